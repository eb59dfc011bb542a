//! The simulated vendors as a desk meets them: started, dialled, looked at.

use std::fmt::Debug;
use std::sync::Arc;

use crate::clock::Clock;
use crate::fleet::{Reader, Writer};
use crate::host::Native;
use crate::http::Transport;
use crate::secret::{Redactor, Secret};
use crate::sim;
use crate::vendor;

/// Both ends of a connection, and the vendor's own reads.
pub type Line = (Arc<dyn Reader>, Box<dyn Writer>, Native);

/// Makes connections for a profile of a name, with a key that it knows.
pub type Dial = Arc<dyn Fn(Transport, String) -> Line + Send + Sync>;

/// A simulated vendor that answers.
#[allow(async_fn_in_trait, reason = "nobody else implements it")]
pub trait Simulated: Sized + Send + Sync + 'static {
    /// How it is to be.
    type Options;
    /// What it can be asked for.
    type Operation: Copy + 'static;
    /// What it keeps.
    type World: Debug + PartialEq;

    /// Returns the options that tests begin with.
    fn usual(clock: Clock) -> Self::Options;
    async fn start(options: Self::Options) -> Self;
    fn url(&self) -> String;
    fn dial(&self) -> Dial;
    fn kept(&self) -> Self::World;
    fn count(&self, operation: Self::Operation) -> u64;
    /// Returns the operations that could change something.
    fn writing() -> Vec<Self::Operation>;
}

impl Simulated for sim::realvnc::Running {
    type Options = sim::realvnc::Options;
    type Operation = sim::realvnc::Operation;
    type World = sim::realvnc::World;

    fn usual(clock: Clock) -> Self::Options {
        Self::Options {
            rate_limits: None,
            ..Self::Options::new(clock)
        }
    }

    async fn start(options: Self::Options) -> Self {
        sim::realvnc::Server::start(options).await.unwrap()
    }

    fn url(&self) -> String {
        self.base_url()
    }

    fn dial(&self) -> Dial {
        let (id, secret) = (self.access_key_id(), self.access_key());
        Arc::new(move |transport, profile| {
            let key = vendor::realvnc::AccessKey {
                id: id.clone(),
                secret: Secret::new(secret.as_str()),
            };
            let (reads, writes) = vendor::realvnc::connect(transport, key, Redactor::default(), profile);
            (Arc::new(reads.clone()), Box::new(writes), Native::RealVnc(reads))
        })
    }

    fn kept(&self) -> Self::World {
        self.world()
    }

    fn count(&self, operation: Self::Operation) -> u64 {
        self.received(operation)
    }

    fn writing() -> Vec<Self::Operation> {
        Self::Operation::ALL
            .into_iter()
            .filter(|operation| operation.writes())
            .collect()
    }
}

impl Simulated for sim::remotepc::Running {
    type Options = sim::remotepc::Options;
    type Operation = sim::remotepc::Operation;
    type World = sim::remotepc::World;

    fn usual(clock: Clock) -> Self::Options {
        Self::Options::new(clock)
    }

    async fn start(options: Self::Options) -> Self {
        sim::remotepc::Server::start(options).await.unwrap()
    }

    fn url(&self) -> String {
        self.base_url()
    }

    fn dial(&self) -> Dial {
        let key = self.api_key();
        Arc::new(move |transport, profile| {
            let (reads, writes) = vendor::remotepc::connect(
                transport,
                vendor::remotepc::ApiKey(Secret::new(key.as_str())),
                vendor::remotepc::Settings::default(),
                Redactor::default(),
                profile,
            );
            (Arc::new(reads.clone()), Box::new(writes), Native::RemotePc(reads))
        })
    }

    fn kept(&self) -> Self::World {
        self.world()
    }

    fn count(&self, operation: Self::Operation) -> u64 {
        self.received(operation)
    }

    fn writing() -> Vec<Self::Operation> {
        Self::Operation::ALL
            .into_iter()
            .filter(|operation| operation.writes())
            .collect()
    }
}
