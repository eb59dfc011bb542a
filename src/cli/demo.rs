//! The simulated team inside the program, for `--demo`.

use std::path::PathBuf;

use crate::clock::Clock;
use crate::config::{AccessKey, Credentials, Paging, Profile, Source};
use crate::fleet::{Protected, Vendor};
use crate::secret::Secret;
use crate::sim::{self, realvnc, remotepc};

/// The profile of the simulated team.
pub const PROFILE: &str = "demo";

/// A simulated team that answers on a port of this machine, until it is shut down or dropped.
pub enum Demo {
    /// One of RealVNC Connect.
    RealVnc(realvnc::Running),
    /// One of RemotePC Enterprise.
    RemotePc(remotepc::Running),
}

impl Demo {
    /// Starts a team of a vendor, or takes it from its file.
    pub async fn start(
        vendor: Vendor,
        clock: Clock,
        state_file: Option<PathBuf>,
    ) -> Result<Self, sim::Error> {
        match vendor {
            Vendor::RealVnc => {
                let options = realvnc::Options {
                    state_file,
                    ..realvnc::Options::new(clock)
                };
                realvnc::Server::start(options).await.map(Self::RealVnc)
            }
            Vendor::RemotePc => {
                let options = remotepc::Options {
                    state_file,
                    ..remotepc::Options::new(clock)
                };
                remotepc::Server::start(options).await.map(Self::RemotePc)
            }
        }
    }

    /// Returns the profile that leads there.
    pub fn profile(&self) -> Profile {
        let (url, key) = match self {
            Self::RealVnc(running) => (
                running.base_url(),
                Credentials::AccessKey(AccessKey {
                    id: running.access_key_id(),
                    secret: Secret::new(running.access_key()),
                }),
            ),
            Self::RemotePc(running) => (
                running.base_url(),
                Credentials::ApiKey(Secret::new(running.api_key())),
            ),
        };
        Profile {
            name: PROFILE.to_owned(),
            url,
            key,
            paging: Paging::default(),
            read_only: false,
            jobs: None,
            protect: Protected::default(),
            max_removals: None,
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
        match self {
            Self::RealVnc(running) => running.shutdown().await,
            Self::RemotePc(running) => running.shutdown().await,
        }
    }
}
