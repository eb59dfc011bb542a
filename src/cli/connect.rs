//! From a profile's name to a fleet: the one place where configuration, connection and the door for writes meet.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::AtomicUsize;
use std::sync::{Arc, Mutex, OnceLock};

use jiff::Timestamp;
use tokio::runtime::Handle;

use crate::cancel::Cancel;
use crate::clock::Clock;
use crate::config::{self, Choice, Environment, Profile};
use crate::fleet::{Error, Kind, Result, Vendor};
use crate::held::held;
use crate::host::{Connection, Fleet, Named, Say, Supposed, World};
use crate::plan::guards::Limits;
use crate::plan::{Approve, Binding, BrokenOff, Executor, Logbook, Rules, Terms, Watch, journal};
use crate::text::without_login;

use super::args::Globals;
use super::confirmation::Confirmation;
use super::demo;
use super::dial::{Dial, setting};
use super::failure::Failure;
use super::process::Process;
use super::progress::Progress;
use super::results;
use super::runtime::Tasks;
use super::simulated::Simulated;
use super::ui::Ui;

/// What a verb wants of the fleets that it opens.
#[derive(Default)]
pub struct Errand {
    /// The script or the verb, as it was asked for.
    pub what: String,
    /// Where the script lies, if it is a file: an `accesskey.json` beside it counts.
    pub script_dir: Option<PathBuf>,
    /// The verbs that the script may write with, if it says so.
    pub writes: Option<Vec<String>>,
    /// The period that the user typed for the script, if it takes one.
    pub period: Option<String>,
    /// The run that was broken off and is gone on with, if it is one.
    pub resumes: Option<BrokenOff>,
    /// Says by which cleanup policy of the user's own the script decides, once it does.
    pub decided_by: Option<Arc<Say>>,
    /// Whether the user has agreed to what is written already, so that nobody is asked.
    pub agreed: bool,
}

/// Opens fleets, each once a run.
pub struct Connector {
    /// The options of the run.
    globals: Globals,
    /// What the configuration may know of the process.
    environment: Environment,
    /// The time of day.
    pub clock: Clock,
    /// When the run began.
    pub started: Timestamp,
    /// What is to be done with the fleets.
    errand: Errand,
    /// Asks before the first write.
    approve: Arc<dyn Approve>,
    /// Shows how it gets on.
    watch: Arc<dyn Watch>,
    /// Speaks with the user.
    ui: Ui,
    /// Where requests run.
    runtime: Handle,
    /// Stops the run.
    cancel: Cancel,
    fleets: Mutex<BTreeMap<String, Fleet>>,
    /// The cleanup policy of the profile that was chosen, if it names one.
    policy: OnceLock<PathBuf>,
    /// The name of the profile that was chosen, once it is open.
    chosen: OnceLock<String>,
    /// The simulator, if there is one.
    demo: Mutex<Option<Simulated>>,
}

impl Connector {
    /// Makes what opens the fleets of a run; nothing is opened yet.
    pub fn new(
        process: &Process,
        globals: &Globals,
        ui: &Ui,
        (tasks, cancel): (&Tasks, &Cancel),
        errand: Errand,
    ) -> std::result::Result<Arc<Self>, Failure> {
        results::check(process, globals)?;
        let clock = process.clock.clone().map_err(Failure::usage)?;
        Ok(Arc::new(Self {
            globals: globals.clone(),
            environment: process.environment.clone(),
            clock,
            started: clock.now(),
            approve: Confirmation::shared(ui, cancel, errand.agreed),
            watch: Progress::shared(process, ui),
            errand,
            ui: ui.clone(),
            runtime: tasks.handle().clone(),
            cancel: cancel.clone(),
            fleets: Mutex::default(),
            policy: OnceLock::new(),
            chosen: OnceLock::new(),
            demo: Mutex::default(),
        }))
    }

    /// Returns the script or the verb, as it was asked for.
    pub fn what(&self) -> &str {
        &self.errand.what
    }

    /// Makes what all fleets of the run share.
    pub fn world(self: &Arc<Self>) -> Arc<World> {
        let opener = Arc::clone(self);
        let (warner, alerter) = (self.ui.clone(), self.ui.clone());
        let decided_by = self.errand.decided_by.clone();
        Arc::new(World {
            runtime: self.runtime.clone(),
            cancel: self.cancel.clone(),
            clock: self.clock,
            supposed: Supposed::default(),
            here: self.environment.cwd.clone(),
            warn: Box::new(move |warning| warner.warn(warning)),
            alert: Box::new(move |alert| alerter.alert(alert)),
            open: Box::new(move |world, name| opener.open(world, name)),
            decided_by: Box::new(move || decided_by.as_ref().and_then(|say| say())),
            named: Named::default(),
            choosing: AtomicUsize::new(0),
        })
    }

    /// Opens the fleet of the profile that was chosen, or of the simulated team.
    pub fn open_chosen(&self, world: &Arc<World>) -> Result<Fleet> {
        let profile = match self.globals.demo {
            Some(demo) => self.simulated(demo.into())?,
            None => self.configured(self.globals.profile.as_deref().map(Choice::Option))?,
        };
        self.chosen.get_or_init(|| profile.name.clone());
        if let Some(file) = &profile.policy {
            self.policy.get_or_init(|| file.clone());
        }
        self.open_profile(world, &profile)
    }

    /// Returns the cleanup policy that the chosen profile names, once it is open.
    pub fn policy(&self) -> Option<PathBuf> {
        self.policy.get().cloned()
    }

    /// Opens the fleet of a profile by name. A demo knows no other fleet: practice must not reach a real team.
    fn open(&self, world: &Arc<World>, name: &str) -> Result<Fleet> {
        if let Some(fleet) = held(&self.fleets).get(name) {
            return Ok(fleet.clone());
        }
        if self.globals.demo.is_some() {
            let here = demo::PROFILE;
            return Err(
                Error::new(Kind::NotFound, format!("there is no profile `{name}` in a demo")).hint(format!(
                    "the simulated team is `{here}`; other profiles are out of reach with --demo"
                )),
            );
        }
        let profile = self.configured(Some(Choice::Script(name)))?;
        if let Some(warning) = self.other_policy(&profile) {
            self.ui.warn(&warning);
        }
        self.open_profile(world, &profile)
    }

    /// Says that the cleanup policy of a profile does not count, as a run has one policy: that of the profile that was chosen.
    /// One that was named for this run is meant for all of it.
    fn other_policy(&self, other: &Profile) -> Option<String> {
        let ignored = other.policy.as_ref()?;
        if self.globals.guards.policy.is_some() || self.policy.get() == Some(ignored) {
            return None;
        }
        let counts = match (self.policy.get(), self.chosen.get()) {
            (Some(file), Some(name)) => format!("{}, that of profile `{name}`", file.display()),
            (_, Some(name)) => format!("the one that is used for profile `{name}`, which names none"),
            _ => return None,
        };
        Some(format!(
            "the cleanup policy of profile `{}`, {}, does not count in this run, which has only one: {counts}",
            other.name,
            ignored.display()
        ))
    }

    /// Returns the fleets that were opened, and forgets them.
    pub fn close(&self) -> Vec<Fleet> {
        std::mem::take(&mut *held(&self.fleets)).into_values().collect()
    }

    /// Ends the simulator, if there is one.
    pub fn shut_down(&self) {
        let demo = held(&self.demo).take();
        if let Some(demo) = demo {
            self.runtime.block_on(demo.shut_down());
        }
    }

    fn simulated(&self, vendor: Vendor) -> Result<Profile> {
        let state = self.globals.state.as_ref();
        let state = state.map(|path| self.environment.cwd.join(path));
        let options = demo::options(vendor, self.clock, state);
        let team = self
            .runtime
            .block_on(Simulated::start(options))
            .map_err(|e| setting(&e))?;
        let profile = demo::profile(&team);
        *held(&self.demo) = Some(team);
        Ok(profile)
    }

    fn configured(&self, chosen: Option<Choice<'_>>) -> Result<Profile> {
        let file = config::load(&config::Dirs::of(&self.environment))?;
        let profile = config::resolve(
            &file,
            chosen,
            self.errand.script_dir.as_deref(),
            &self.environment,
        )?;
        for warning in &profile.warnings {
            self.ui.warn(warning);
        }
        Ok(profile)
    }

    fn open_profile(&self, world: &Arc<World>, profile: &Profile) -> Result<Fleet> {
        let dial = Dial::new(&self.globals, &self.environment, &self.ui.redactor);
        let line = dial.dial(profile)?;
        let binding = Binding {
            profile: profile.name.clone(),
            vendor: profile.vendor(),
            host: self.host(profile),
        };
        let executor = Executor::new(
            binding,
            Arc::clone(&line.reader),
            line.writer,
            self.rules(profile, dial.jobs(profile)),
            (Arc::clone(&self.approve), Arc::clone(&self.watch)),
            self.logbook(profile),
        );
        let fleet = Fleet::new(Connection {
            world: Arc::clone(world),
            reader: line.reader,
            executor,
            native: line.native,
        });
        held(&self.fleets).insert(profile.name.clone(), fleet.clone());
        Ok(fleet)
    }

    /// Returns the host of a profile as plans and journals name it: that of a demo is another each time, and always the
    /// same fleet.
    fn host(&self, profile: &Profile) -> String {
        if self.globals.demo.is_some() {
            return demo::PROFILE.to_owned();
        }
        without_login(&profile.url).into_owned()
    }

    fn logbook(&self, profile: &Profile) -> Logbook {
        let data = config::Dirs::of(&self.environment).data;
        let terms = Terms {
            folder: data.as_deref().map(journal::folder),
            profile: profile.name.clone(),
            vendor: profile.vendor(),
            host: self.host(profile),
            what: self.errand.what.clone(),
            // Each demo has a fleet of its own, and one that is kept in a file is locked there.
            exclusive: self.globals.demo.is_none(),
            clock: self.clock,
            redactor: self.ui.redactor.clone(),
        };
        match &self.errand.resumes {
            Some(broken_off) => Logbook::going_on(terms, broken_off.clone()),
            None => Logbook::new(terms),
        }
    }

    fn rules(&self, profile: &Profile, jobs: usize) -> Rules {
        let by_choice = || "--where chooses what is shown, not what is changed".to_owned();
        let by_profile = || format!("profile `{}` is read-only", profile.name);
        Rules {
            dry_run: self.globals.dry_run || self.globals.plan_out.is_some(),
            read_only: self
                .globals
                .read_only
                .then(|| "--read-only was given".to_owned())
                .or_else(|| self.globals.display.filter.is_some().then(by_choice))
                .or_else(|| profile.read_only.then(by_profile)),
            writes: self.errand.writes.clone(),
            limits: Limits {
                max_removals: self.globals.guards.max_removals,
                profile_max_removals: profile.max_removals,
                allow_short_period: self.globals.guards.allow_short_period,
                protected: profile.protect.clone(),
            },
            period: self.errand.period.clone(),
            jobs,
        }
    }
}
