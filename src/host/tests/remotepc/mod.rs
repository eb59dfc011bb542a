//! RemotePC behind the fleet's words, and in its own.

mod module;
mod reads;
mod refused;
mod several;
mod writes;

use super::RemotePcDesk as Desk;
use crate::sim::remotepc::{Device, World};

/// A user of the demo account who has joined.
pub(super) const USER: &str = "anna.berger@kestrel.example";

/// The only computer of a name.
fn device(world: &World, name: &str) -> Device {
    let mut devices = world.devices_named(name);
    let device = devices.next().unwrap().clone();
    assert!(devices.next().is_none(), "{name} is there twice");
    device
}

/// The names of the computers that are assigned to [`USER`].
fn assigned(world: &World) -> Vec<String> {
    world.devices_of(USER).map(|device| device.name.clone()).collect()
}
