//! Starts simulated teams.

use super::gateway::Gateway;
use super::options::Options;
use super::seed;
use crate::sim::running::{self, Manner};
use crate::sim::{Error, options};

/// The environment variable from which the printed profile takes the key's identifier.
pub const KEY_ID_VARIABLE: &str = "DESKHAND_DEMO_KEY_ID";
/// The environment variable from which the printed profile takes the key.
pub const KEY_VARIABLE: &str = "DESKHAND_DEMO_KEY";

/// A simulated team that answers on a port, until it is shut down or dropped.
pub type Running = running::Running<Gateway>;

/// Starts simulated teams.
#[derive(Debug)]
pub struct Server;

impl Server {
    /// Makes a team and answers for it on 127.0.0.1.
    ///
    /// Fails for an unknown permission, options beyond their bounds, a port that is taken, and a state file that cannot
    /// be read or written, or that another server works on.
    pub async fn start(options: Options) -> Result<Running, Error> {
        options.check()?;
        let gateway = Gateway::new(&options)?;
        let manner = Manner {
            clock: options.clock,
            latency: options.latency,
            state_file: options.state_file,
            port: options.port,
        };
        let make = || seed::world(options.seed, options::midnight(options.day), options.size);
        Running::start(gateway, manner, make).await
    }
}

impl Running {
    /// Returns the access key's identifier.
    pub fn access_key_id(&self) -> String {
        self.look().access_key_id.clone()
    }

    /// Returns the access key. It follows from the seed, and is no secret.
    pub fn access_key(&self) -> String {
        self.look().access_key.clone()
    }

    /// Ends all sessions: every token is answered with 401 from now on, whatever its `expiresIn` was.
    pub fn end_sessions(&self) {
        self.vendor().end_sessions();
    }
}

/// Returns a profile for the configuration file that leads to a simulated team.
pub fn profile_toml(running: &Running) -> String {
    format!(
        "[profiles.demo]\nvendor = \"realvnc\"\nurl = \"{}\"\naccess_key = \"env:{KEY_ID_VARIABLE},{KEY_VARIABLE}\"\n",
        running.base_url()
    )
}
