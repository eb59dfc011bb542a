//! A simulated team that answers on a port.

use std::fs::File;
use std::sync::Arc;

use super::api::Api;
use super::operation::Operation;
use super::options::Options;
use super::state;
use super::world::World;
use crate::sim::Error;
use crate::sim::faults::Faults;
use crate::sim::server::Served;

/// The environment variable from which the printed profile takes the key's identifier.
pub const KEY_ID_VARIABLE: &str = "DESKHAND_DEMO_KEY_ID";
/// The environment variable from which the printed profile takes the key.
pub const KEY_VARIABLE: &str = "DESKHAND_DEMO_KEY";

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
        let lock = options.state_file.as_deref().map(state::lock).transpose()?;
        let api = Arc::new(Api::new(&options)?);
        let served = Served::start(options.port, |closing| api.routes(&closing)).await?;
        Ok(Running {
            api,
            served,
            _lock: lock,
        })
    }
}

/// A simulated team that answers on a port, until it is shut down or dropped.
#[derive(Debug)]
pub struct Running {
    api: Arc<Api>,
    served: Served,
    /// Keeps other servers from the state file; the last member, so that it is given back last.
    _lock: Option<File>,
}

impl Running {
    /// Returns where the API is, such as `http://127.0.0.1:8021`.
    pub fn base_url(&self) -> String {
        self.served.base_url()
    }

    /// Returns the access key's identifier.
    pub fn access_key_id(&self) -> String {
        self.api.world().access_key_id.clone()
    }

    /// Returns the access key. It follows from the seed, and is no secret.
    pub fn access_key(&self) -> String {
        self.api.world().access_key.clone()
    }

    /// Returns the team as it is now.
    pub fn world(&self) -> World {
        self.api.world().clone()
    }

    /// Changes the team from outside, as if somebody did so at the vendor's portal. It is not saved to the state file.
    pub fn edit<T>(&self, change: impl FnOnce(&mut World) -> T) -> T {
        change(&mut self.api.world())
    }

    /// Returns the faults that requests will meet.
    pub fn faults(&self) -> &Faults {
        &self.api.faults
    }

    /// Ends all sessions: every token is answered with 401 from now on, whatever its `expiresIn` was.
    pub fn end_sessions(&self) {
        self.api.sessions().forget();
    }

    /// Returns how many requests of an operation came, spoilt and refused ones included.
    pub fn received(&self, operation: Operation) -> u64 {
        self.api.received(operation)
    }

    /// Ends the server; requests under way are answered first, for two seconds at most.
    pub async fn shutdown(self) {
        // The lock is given back at the end of this function.
        self.served.shutdown().await;
    }
}

/// Returns a profile for the configuration file that leads to a simulated team.
pub fn profile_toml(running: &Running) -> String {
    format!(
        "[profiles.demo]\nvendor = \"realvnc\"\nurl = \"{}\"\naccess_key = \"env:{KEY_ID_VARIABLE},{KEY_VARIABLE}\"\n",
        running.base_url()
    )
}
