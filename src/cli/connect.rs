//! From a profile's name to a fleet: the one place where configuration, transport, vendor and the door for writes meet.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::runtime::Handle;

use crate::clock::Clock;
use crate::config::{self, Choice, Environment};
use crate::fleet::{Error, Kind, Result, Vendor};
use crate::host::{Connection, Fleet, World};
use crate::http::{self, BaseUrl, Settings, Transport};
use crate::plan::{Approve, Executor, Rules};
use crate::secret::Secret;
use crate::sim::realvnc::{Options, Running, Server};
use crate::vendor::realvnc;

use super::args::Globals;
use super::ui::Ui;

/// The profile of the simulated team.
const DEMO: &str = "demo";

/// Opens fleets, each once a run.
pub struct Connector {
    /// The options of the run.
    pub globals: Globals,
    /// What the configuration may know of the process.
    pub environment: Environment,
    /// The time of day.
    pub clock: Clock,
    /// Where the script lies, if it is a file: an `accesskey.json` beside it counts.
    pub script_dir: Option<PathBuf>,
    /// The verbs that the script may write with, if it says so.
    pub writes: Option<Vec<String>>,
    /// Asks before the first write.
    pub approve: Arc<dyn Approve>,
    /// Speaks with the user.
    pub ui: Ui,
    /// Where requests run.
    pub runtime: Handle,
    /// The fleets that are open.
    pub opened: Opened,
}

/// The fleets that a run has opened, and the simulator if there is one.
#[derive(Default)]
pub struct Opened {
    fleets: Mutex<BTreeMap<String, Fleet>>,
    demo: Mutex<Option<Running>>,
}

/// A profile, ready to be connected.
struct Address {
    profile: String,
    url: String,
    /// What named the address.
    url_source: String,
    key: realvnc::AccessKey,
    read_only: Option<String>,
    concurrency: Option<usize>,
}

impl Connector {
    /// Opens the fleet of the profile that was chosen, or of the simulated team.
    pub fn open_chosen(&self, world: &Arc<World>) -> Result<Fleet> {
        let address = if self.globals.demo.is_some() {
            self.demo()?
        } else {
            self.configured(self.globals.profile.as_deref().map(Choice::Option))?
        };
        self.keep(world, address)
    }

    /// Opens the fleet of a profile by name. A demo knows no other fleet: practice must not reach a real team.
    pub fn open(&self, world: &Arc<World>, name: &str) -> Result<Fleet> {
        if let Some(fleet) = self.fleets().get(name) {
            return Ok(fleet.clone());
        }
        if self.globals.demo.is_some() {
            return Err(
                Error::new(Kind::NotFound, format!("there is no profile `{name}` in a demo")).hint(format!(
                    "the simulated team is `{DEMO}`; other profiles are out of reach with --demo"
                )),
            );
        }
        let address = self.configured(Some(Choice::Script(name)))?;
        self.keep(world, address)
    }

    /// Returns the fleets that were opened, and forgets them.
    pub fn close(&self) -> Vec<Fleet> {
        std::mem::take(&mut *self.fleets()).into_values().collect()
    }

    /// Ends the simulator, if there is one.
    pub fn shut_down(&self) {
        let demo = self
            .opened
            .demo
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if let Some(running) = demo {
            self.runtime.block_on(running.shutdown());
        }
    }

    fn fleets(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, Fleet>> {
        self.opened.fleets.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn keep(&self, world: &Arc<World>, address: Address) -> Result<Fleet> {
        let fleet = self.connect(world, address)?;
        self.fleets().insert(fleet.profile().to_owned(), fleet.clone());
        Ok(fleet)
    }

    fn demo(&self) -> Result<Address> {
        let options = Options {
            state_file: self
                .globals
                .state
                .as_ref()
                .map(|path| self.environment.cwd.join(path)),
            ..Options::new(self.clock)
        };
        let running = self
            .runtime
            .block_on(Server::start(options))
            .map_err(|e| setting(&e))?;
        let address = Address {
            profile: DEMO.to_owned(),
            url: running.base_url(),
            url_source: "the simulator".to_owned(),
            key: realvnc::AccessKey {
                id: running.access_key_id(),
                secret: Secret::new(running.access_key()),
            },
            read_only: None,
            concurrency: None,
        };
        *self.opened.demo.lock().unwrap_or_else(PoisonError::into_inner) = Some(running);
        Ok(address)
    }

    fn configured(&self, chosen: Option<Choice<'_>>) -> Result<Address> {
        let file = config::load(&config::Dirs::of(&self.environment))?;
        let profile = config::resolve(&file, chosen, self.script_dir.as_deref(), &self.environment)?;
        for warning in &profile.warnings {
            self.ui.warn(warning);
        }
        match profile.vendor {
            Vendor::RealVnc => {}
            Vendor::RemotePc => {
                return Err(Error::new(
                    Kind::Unsupported,
                    "RemotePC is not supported by this version",
                ));
            }
        }
        Ok(Address {
            read_only: profile
                .read_only
                .then(|| format!("profile `{}` is read-only", profile.name)),
            profile: profile.name,
            url: profile.url,
            url_source: profile.source.url,
            key: realvnc::AccessKey {
                id: profile.key.id,
                secret: profile.key.secret,
            },
            concurrency: profile.jobs,
        })
    }

    fn connect(&self, world: &Arc<World>, address: Address) -> Result<Fleet> {
        self.ui.redactor.learn(&address.key.secret);
        let transport = self.transport(&address)?;
        let (reads, writes) = realvnc::connect(
            transport,
            address.key,
            self.ui.redactor.clone(),
            address.profile.clone(),
        );
        let rules = Rules {
            dry_run: self.globals.dry_run,
            read_only: self
                .globals
                .read_only
                .then(|| "--read-only was given".to_owned())
                .or(address.read_only),
            writes: self.writes.clone(),
        };
        let executor = Executor::new(
            address.profile.clone(),
            Arc::new(reads.clone()),
            Box::new(writes),
            rules,
            Arc::clone(&self.approve),
        );
        Ok(Fleet::new(Connection {
            world: Arc::clone(world),
            profile: address.profile,
            reader: Arc::new(reads.clone()),
            executor,
            realvnc: Some(reads),
        }))
    }

    fn transport(&self, address: &Address) -> Result<Transport> {
        let base = BaseUrl::parse(&address.url)
            .map_err(|e| Error::new(Kind::Invalid, format!("{}: {e}", address.url_source)))?;
        let mut settings = Settings::new(base);
        settings.ca_file = self
            .globals
            .ca_file
            .as_ref()
            .map(|path| self.environment.cwd.join(path));
        if let Some(proxy) = config::proxy(&self.environment) {
            settings.proxy = http::Proxy {
                url: Some(proxy.url),
                except: proxy.except,
            };
        }
        if let Some(concurrency) = address.concurrency {
            settings.concurrency = concurrency;
        }
        Transport::new(settings, self.ui.redactor.clone()).map_err(|e| setting(&e))
    }
}

fn setting(error: &dyn std::error::Error) -> Error {
    let told = Error::new(Kind::Invalid, error.to_string());
    match error.source() {
        Some(source) => told.caused_by(source),
        None => told,
    }
}
