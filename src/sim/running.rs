//! A simulated vendor that answers on a port.

use std::fs::File;
use std::path::PathBuf;
use std::sync::{Arc, MutexGuard};
use std::time::Duration;

use super::api::{Api, Vendor};
use super::faults::Faults;
use super::server::Served;
use super::{Error, state};
use crate::clock::Clock;

/// How a server is to be run, whatever it serves.
#[derive(Debug)]
pub struct Manner {
    /// Stamps what requests change.
    pub clock: Clock,
    /// How long each answer is held back.
    pub latency: Duration,
    /// Where the world is kept between runs. What the file holds wins over what would be made.
    pub state_file: Option<PathBuf>,
    /// The port on 127.0.0.1; 0 for any free one.
    pub port: u16,
}

/// A simulated vendor that answers on a port, until it is shut down or dropped.
#[derive(Debug)]
pub struct Running<V: Vendor> {
    api: Arc<Api<V>>,
    served: Served,
    /// Keeps other servers from the state file; the last member, so that it is given back last.
    _lock: Option<File>,
}

impl<V: Vendor> Running<V> {
    /// Makes a world, unless its file has one, and answers for it on 127.0.0.1.
    ///
    /// Fails for a port that is taken, and a state file that cannot be read or written, or that another server works on.
    pub(super) async fn start(
        vendor: V,
        manner: Manner,
        make: impl FnOnce() -> V::World,
    ) -> Result<Self, Error> {
        let lock = manner.state_file.as_deref().map(state::lock).transpose()?;
        let api = Arc::new(Api::new(
            vendor,
            make,
            manner.clock,
            manner.latency,
            manner.state_file,
        )?);
        let served = Served::start(manner.port, |base_url, closing| api.routes(base_url, &closing)).await?;
        Ok(Self {
            api,
            served,
            _lock: lock,
        })
    }

    /// Returns where the API is, such as `http://127.0.0.1:8021`.
    pub fn base_url(&self) -> String {
        self.served.base_url()
    }

    /// Returns what the customer has at the vendor now.
    pub fn world(&self) -> V::World {
        self.api.world().clone()
    }

    /// Changes it from outside, as if somebody did so at the vendor's portal. It is not saved to the state file.
    pub fn edit<T>(&self, change: impl FnOnce(&mut V::World) -> T) -> T {
        change(&mut self.api.world())
    }

    /// Returns the faults that requests will meet.
    pub fn faults(&self) -> &Faults {
        &self.api.faults
    }

    /// Returns how many requests of an operation came, spoilt and refused ones included.
    pub fn received(&self, operation: V::Operation) -> u64 {
        self.api.received(operation)
    }

    /// Ends the server; requests under way are answered first, for two seconds at most.
    pub async fn shutdown(self) {
        // The lock is given back at the end of this function.
        self.served.shutdown().await;
    }

    /// Looks at the world without a copy of it, while no request can.
    pub(super) fn look(&self) -> MutexGuard<'_, V::World> {
        self.api.world()
    }

    pub(super) fn vendor(&self) -> &V {
        &self.api.vendor
    }
}
