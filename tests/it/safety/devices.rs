//! A RemotePC account that a test makes computer by computer.

use deskhand::clock::Clock;
use deskhand::sim::remotepc::{Device, Operation, Options, Running, Server, World};
use deskhand::sim::{Effect, Fault};
use tokio::runtime::Runtime;

use crate::desk::{Desk, Ran};

use super::fleet::now;

/// A computer of an account: offline, and not viewed since January.
pub(super) fn device(name: &str) -> Device {
    Device {
        machine_id: format!("M-{name}"),
        name: name.to_owned(),
        os: Some("Windows".to_owned()),
        os_version: Some("11".to_owned()),
        ip: "10.0.0.1".to_owned(),
        status: Some("Offline".to_owned()),
        last_session: Some("2026-01-31 08:30:00".to_owned()),
        comment: String::new(),
        group: None,
        assigned: Vec::new(),
    }
}

/// A running account.
pub(super) struct Account {
    // Before the runtime, which it needs to end.
    running: Running,
    _runtime: Runtime,
}

impl Account {
    /// Starts an account of these computers.
    pub(super) fn of(devices: Vec<Device>) -> Self {
        let runtime = Runtime::new().unwrap();
        let options = Options {
            size: 1,
            ..Options::new(Clock::Frozen(now()))
        };
        let running = runtime.block_on(Server::start(options)).unwrap();
        running.edit(|world| world.devices = devices);
        Self {
            running,
            _runtime: runtime,
        }
    }

    /// Returns the key.
    pub(super) fn key(&self) -> String {
        self.running.api_key()
    }

    /// Sets up a desk whose profile `branch` leads here.
    pub(super) fn desk(&self) -> Desk {
        let key = self.running.api_key();
        Desk::new()
            .config(&format!(
                "default_profile = \"branch\"\n\n[profiles.branch]\nvendor = \"remotepc\"\nurl = \"{}\"\n\
                 api_key = \"env:KEY\"\n",
                self.running.base_url()
            ))
            .var("KEY", &key)
            .secret(&key)
    }

    /// Runs a script at a new desk, with all questions answered beforehand.
    pub(super) fn run(&self, script: &str, words: &str) -> Ran {
        let desk = self.desk().file("s.rhai", script);
        desk.run(&format!("./s.rhai --force {words}"))
    }

    /// Changes the account as if at the vendor's portal.
    pub(super) fn edit<T>(&self, change: impl FnOnce(&mut World) -> T) -> T {
        self.running.edit(change)
    }

    /// Has requests go wrong.
    pub(super) fn fault(&self, operation: Operation, effect: Effect) {
        self.running.faults().push(Fault::on(operation, effect));
    }

    /// Has a value be another in each list of computers after so many that are true.
    pub(super) fn falsify(&self, after: u64, pointer: &str, value: impl Into<serde_json::Value>) {
        let effect = Effect::Member {
            pointer: pointer.to_owned(),
            value: value.into(),
        };
        let fault = Fault::on(Operation::GetDevices, effect);
        self.running.faults().push(fault.after(after).always());
    }

    /// Returns how many requests of an operation came.
    pub(super) fn received(&self, operation: Operation) -> u64 {
        self.running.received(operation)
    }

    /// Returns how many requests came that change anything.
    pub(super) fn writes(&self) -> u64 {
        let writing = Operation::ALL.into_iter().filter(|operation| operation.writes());
        writing.map(|operation| self.received(operation)).sum()
    }

    /// Returns the names of the computers.
    pub(super) fn names(&self) -> Vec<String> {
        let world = self.running.world();
        world.devices.iter().map(|device| device.name.clone()).collect()
    }
}

/// Checks that a run was refused by a guard, in these words, and that nothing was sent to change anything.
#[track_caller]
pub(super) fn refused(account: &Account, ran: &Ran, words: &[&str]) {
    ran.ends_with(7);
    for words in words {
        ran.says(words);
    }
    assert_eq!(account.writes(), 0, "{}", ran.transcript());
}
