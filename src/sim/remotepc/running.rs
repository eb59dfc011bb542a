//! Starts simulated accounts.

use super::enterprise::Enterprise;
use super::options::Options;
use super::seed;
use crate::sim::running::{self, Manner};
use crate::sim::{Error, options};

/// The environment variable from which the printed profile takes the key.
pub const API_KEY_VARIABLE: &str = "DESKHAND_DEMO_API_KEY";

/// A simulated account that answers on a port, until it is shut down or dropped.
pub type Running = running::Running<Enterprise>;

/// Starts simulated accounts.
#[derive(Debug)]
pub struct Server;

impl Server {
    /// Makes an account and answers for it on 127.0.0.1.
    ///
    /// Fails for options beyond their bounds, a port that is taken, and a state file that cannot be read or written, or that
    /// another server works on.
    pub async fn start(options: Options) -> Result<Running, Error> {
        options.check()?;
        let manner = Manner {
            clock: options.clock,
            latency: options.latency,
            state_file: options.state_file.clone(),
            port: options.port,
        };
        let (seed, size) = (options.seed, options.size);
        let day = options::midnight(options.day);
        Running::start(Enterprise::new(options), manner, || seed::world(seed, day, size)).await
    }
}

impl Running {
    /// Returns the API key. It follows from the seed, and is no secret.
    pub fn api_key(&self) -> String {
        self.look().api_key.clone()
    }
}

/// Returns a profile for the configuration file that leads to a simulated account.
pub fn profile_toml(running: &Running) -> String {
    format!(
        "[profiles.demo]\nvendor = \"remotepc\"\nurl = \"{}\"\napi_key = \"env:{API_KEY_VARIABLE}\"\n",
        running.base_url()
    )
}
