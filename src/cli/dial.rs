//! From a profile to its vendor: the one place that knows which client belongs to which vendor.

use std::path::PathBuf;
use std::sync::Arc;

use crate::config::{self, Credentials, Environment, Paging, Profile};
use crate::fleet::{Error, Kind, Reader, Result, Writer};
use crate::host::Native;
use crate::http::{self, BaseUrl, Settings, Transport};
use crate::secret::Redactor;
use crate::vendor::{realvnc, remotepc};

use super::args::Globals;

/// What every connection is made with, whatever the profile.
#[derive(Clone)]
pub struct Dial {
    environment: Environment,
    ca_file: Option<PathBuf>,
    redactor: Redactor,
    jobs: Option<u8>,
}

/// How many requests are under way at the same time where nobody says otherwise.
const JOBS: usize = 8;

/// Both ends of a connection.
pub struct Line {
    /// Reads the fleet.
    pub reader: Arc<dyn Reader>,
    /// Writes to it; to be handed to an executor.
    pub writer: Box<dyn Writer>,
    /// Reads in the vendor's own words.
    pub native: Native,
}

impl Dial {
    /// Makes it from the options of a run.
    pub fn new(globals: &Globals, environment: &Environment, redactor: &Redactor) -> Self {
        Self {
            ca_file: globals.ca_file.as_ref().map(|path| environment.cwd.join(path)),
            environment: environment.clone(),
            redactor: redactor.clone(),
            jobs: globals.guards.jobs,
        }
    }

    /// Makes the connection of a profile; nothing is sent yet.
    pub fn dial(&self, profile: &Profile) -> Result<Line> {
        match &profile.key {
            Credentials::AccessKey(key) => {
                self.redactor.learn(&key.secret);
                let key = realvnc::AccessKey {
                    id: key.id.clone(),
                    secret: key.secret.clone(),
                };
                let (reads, writes) = realvnc::connect(
                    self.transport(profile)?,
                    key,
                    self.redactor.clone(),
                    profile.name.clone(),
                );
                Ok(Line {
                    reader: Arc::new(reads.clone()),
                    writer: Box::new(writes),
                    native: Native::RealVnc(reads),
                })
            }
            Credentials::ApiKey(key) => {
                self.redactor.learn(key);
                let settings = remotepc::Settings {
                    paging: match profile.paging {
                        Paging::Auto => remotepc::Paging::Auto,
                        Paging::Body => remotepc::Paging::Body,
                        Paging::Query => remotepc::Paging::Query,
                    },
                    ..remotepc::Settings::default()
                };
                let (reads, writes) = remotepc::connect(
                    self.transport(profile)?,
                    remotepc::ApiKey(key.clone()),
                    settings,
                    self.redactor.clone(),
                    profile.name.clone(),
                );
                Ok(Line {
                    reader: Arc::new(reads.clone()),
                    writer: Box::new(writes),
                    native: Native::RemotePc(reads),
                })
            }
        }
    }

    /// Returns how many requests may be under way at the same time.
    pub fn jobs(&self, profile: &Profile) -> usize {
        self.jobs.map(usize::from).or(profile.jobs).unwrap_or(JOBS)
    }

    fn transport(&self, profile: &Profile) -> Result<Transport> {
        let base = BaseUrl::parse(&profile.url)
            .map_err(|e| Error::new(Kind::Invalid, format!("{}: {e}", profile.source.url)))?;
        let mut settings = Settings::new(base);
        settings.ca_file.clone_from(&self.ca_file);
        if let Some(proxy) = config::proxy(&self.environment) {
            settings.proxy = http::Proxy {
                url: Some(proxy.url),
                except: proxy.except,
            };
        }
        settings.concurrency = self.jobs(profile);
        Transport::new(settings, self.redactor.clone()).map_err(|e| setting(&e))
    }
}

/// Turns the error of a setting that cannot be used into one of the fleet.
pub fn setting(error: &dyn std::error::Error) -> Error {
    let told = Error::new(Kind::Invalid, error.to_string());
    match error.source() {
        Some(source) => told.caused_by(source),
        None => told,
    }
}
