//! The simulated team inside the program, for `--demo`.

use std::path::PathBuf;

use crate::clock::Clock;
use crate::config::{AccessKey, Credentials, Paging, Profile, Source};
use crate::secret::Secret;
use crate::sim;
use crate::sim::realvnc::{Options, Running, Server};

/// The profile of the simulated team.
pub const PROFILE: &str = "demo";

/// A simulated team that answers on a port of this machine, until it is shut down or dropped.
pub struct Demo(Running);

impl Demo {
    /// Starts the team, or takes it from its file.
    pub async fn start(clock: Clock, state_file: Option<PathBuf>) -> Result<Self, sim::Error> {
        let options = Options {
            state_file,
            ..Options::new(clock)
        };
        Server::start(options).await.map(Self)
    }

    /// Returns the profile that leads there.
    pub fn profile(&self) -> Profile {
        let running = &self.0;
        Profile {
            name: PROFILE.to_owned(),
            url: running.base_url(),
            key: Credentials::AccessKey(AccessKey {
                id: running.access_key_id(),
                secret: Secret::new(running.access_key()),
            }),
            paging: Paging::default(),
            read_only: false,
            jobs: None,
            source: Source {
                profile: "--demo".to_owned(),
                url: "the simulator".to_owned(),
                key: "the simulator".to_owned(),
            },
            warnings: Vec::new(),
        }
    }

    /// Ends the server; requests under way are answered first.
    pub async fn shut_down(self) {
        self.0.shutdown().await;
    }
}
