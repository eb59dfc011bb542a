//! The simulated team inside the program, for `--demo`.

use std::path::PathBuf;

use crate::clock::Clock;
use crate::config::{AccessKey, Credentials, Paging, Profile, Source};
use crate::fleet::{Protected, Vendor};
use crate::secret::Secret;
use crate::sim::{realvnc, remotepc};

use super::simulated::{Options, Simulated};

/// The profile of the simulated team.
pub const PROFILE: &str = "demo";

/// Returns how the team of a vendor is to be; what the file holds wins.
pub fn options(vendor: Vendor, clock: Clock, state_file: Option<PathBuf>) -> Options {
    match vendor {
        Vendor::RealVnc => Options::RealVnc(realvnc::Options {
            state_file,
            ..realvnc::Options::new(clock)
        }),
        Vendor::RemotePc => Options::RemotePc(remotepc::Options {
            state_file,
            ..remotepc::Options::new(clock)
        }),
    }
}

/// Returns the profile that leads to a team.
pub fn profile(team: &Simulated) -> Profile {
    let (url, key) = match team {
        Simulated::RealVnc(running) => (
            running.base_url(),
            Credentials::AccessKey(AccessKey {
                id: running.access_key_id(),
                secret: Secret::new(running.access_key()),
            }),
        ),
        Simulated::RemotePc(running) => (
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
        policy: None,
        source: Source {
            profile: "--demo".to_owned(),
            url: "the simulator".to_owned(),
            key: "the simulator".to_owned(),
        },
        warnings: Vec::new(),
    }
}
