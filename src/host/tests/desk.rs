//! A script, its host and a simulated team in one process: what the tests of the room run on.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rhai::{Dynamic, Engine, Map, Scope};
use tempfile::TempDir;
use tokio::runtime::{Builder, Handle, Runtime};

use crate::cancel::Cancel;
use crate::clock::Clock;
use crate::fleet::{Change, Error, Kind, Outcome, Result};
use crate::held::held;
use crate::host::{self, Connection, Ending, Fleet, Tell, World};
use crate::http::{BaseUrl, Retry, Settings, Transport};
use crate::output::Document;
use crate::plan::{Approve, Ask, Binding, Executor, Logbook, Rules, Watch};
use crate::script::{self, Library, Limits, ParamValue, Places, Program, ScriptError, Vocabulary};
use crate::secret::Redactor;
use crate::sim;

use super::vendors::{Dial, Simulated};

/// What a desk is made from.
pub struct Setup<O> {
    /// How the team is to be.
    pub team: O,
    /// What the run may change.
    pub rules: Rules,
    /// Whether the user agrees to changes.
    pub user_agrees: bool,
}

/// A desk in front of a RealVNC team.
pub type Desk = DeskOf<sim::realvnc::Running>;

/// A desk in front of a RemotePC account.
pub type RemotePcDesk = DeskOf<sim::remotepc::Running>;

/// A simulated team of a vendor, and an engine whose plain functions act on it as the profile `demo`. `fleet("branch")` is
/// another way to the same team.
pub struct DeskOf<S> {
    // Before the runtime, which it needs to end.
    running: Arc<S>,
    pub cancel: Cancel,
    pub fleet: Fleet,
    engine: Engine,
    library: Arc<Library>,
    warnings: Arc<Mutex<Vec<String>>>,
    here: TempDir,
    _runtime: Runtime,
}

struct User {
    agrees: bool,
}

impl Approve for User {
    fn preview(&self, _: &Ask<'_>) {}

    fn is_given(&self) -> bool {
        false
    }

    fn approve(&self, ask: &Ask<'_>) -> Result<()> {
        if self.agrees {
            return Ok(());
        }
        Err(Error::new(
            Kind::Refused,
            format!("{}: {}: no", ask.profile, ask.proposals[0].change),
        ))
    }
}

impl Watch for User {
    fn begin(&self, _: usize) {}
    fn came(&self, _: &Change, _: &Outcome) {}
    fn end(&self) {}
}

fn teller(told: &Arc<Mutex<Vec<String>>>) -> Box<Tell> {
    let told = Arc::clone(told);
    Box::new(move |text| {
        held(&told).push(text.to_owned());
    })
}

impl<S: Simulated> DeskOf<S> {
    pub fn new() -> Self {
        Self::with(|_| {})
    }

    pub fn with(change: impl FnOnce(&mut Setup<S::Options>)) -> Self {
        let clock = Clock::Frozen("2026-11-20T00:00:00Z".parse().unwrap());
        let mut setup = Setup {
            team: S::usual(clock),
            rules: Rules::default(),
            user_agrees: true,
        };
        change(&mut setup);
        let runtime = Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let running = Arc::new(runtime.block_on(S::start(setup.team)));
        let cancel = Cancel::default();
        let here = tempfile::tempdir().unwrap();
        let warnings = Arc::new(Mutex::new(Vec::new()));
        let way = Way {
            url: running.url(),
            dial: running.dial(),
            rules: setup.rules,
            user_agrees: setup.user_agrees,
            journals: Arc::new(TempDir::new().unwrap()),
        };
        let demo: Arc<Mutex<Option<Fleet>>> = Arc::default();
        let (known, beside) = (Arc::clone(&demo), way.clone());
        let world = Arc::new(World {
            supposed: host::Supposed::default(),
            runtime: handle(&runtime),
            cancel: cancel.clone(),
            clock,
            here: here.path().to_owned(),
            warn: teller(&warnings),
            alert: teller(&warnings),
            open: Box::new(move |world, name| match name {
                "demo" => Ok(known.lock().unwrap().clone().unwrap()),
                "branch" => Ok(beside.fleet(world, name)),
                _ => Err(Error::new(Kind::NotFound, format!("no profile `{name}`"))),
            }),
            decided_by: Box::new(|| None),
            named: host::Named::default(),
            choosing: std::sync::atomic::AtomicUsize::default(),
        });
        let fleet = way.fleet(&world, "demo");
        *demo.lock().unwrap() = Some(fleet.clone());
        let library = Arc::new(Library::with_shipped(
            Places {
                here: PathBuf::from("/nonexistent"),
                scripts: None,
                stdlib: None,
            },
            &[],
            &[],
        ));
        let mut engine = script::engine(
            &Limits::default(),
            &cancel,
            Arc::clone(&library),
            Arc::new(|_| {}),
        );
        host::register(&mut engine, &fleet);
        Self {
            running,
            cancel,
            fleet,
            engine,
            library,
            warnings,
            here,
            _runtime: runtime,
        }
    }

    /// Puts a file into the folder that the script is run in.
    pub fn file(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        std::fs::write(self.here.path().join(name), content).unwrap();
        self
    }

    /// Returns the engine with all that a script can reach.
    pub fn engine(&self) -> &Engine {
        &self.engine
    }

    /// Runs a script as the program does.
    pub fn run(&self, code: &str) -> std::result::Result<Dynamic, Box<ScriptError>> {
        self.run_with(code, [])
    }

    /// Runs a script with values for its parameters.
    pub fn run_with(
        &self,
        code: &str,
        given: impl IntoIterator<Item = (String, ParamValue)>,
    ) -> std::result::Result<Dynamic, Box<ScriptError>> {
        let source = self.library.keep("test.rhai", code);
        let program = Program::prepare(&self.engine, &self.library, source, &Vocabulary::default())?;
        let params = program.bind(given.into_iter().collect()).unwrap();
        program.run(&self.engine, params)
    }

    /// Evaluates code that has to succeed, with a value under the name `it`.
    pub fn run_on(&self, code: &str, it: Dynamic) -> Dynamic {
        let mut scope = Scope::new();
        scope.push_dynamic("it", it);
        self.engine.eval_with_scope(&mut scope, code).unwrap()
    }

    /// Runs a script that has to succeed, and chooses among the rows that it ends in.
    pub fn choose(&self, code: &str, expression: &str) -> Result<Document> {
        let Ending::Shown(document) = host::ending(self.run(code).unwrap()) else {
            panic!("it ends in a secret: {code}")
        };
        self.choose_among(document, expression)
    }

    /// Chooses among the rows of a document.
    pub fn choose_among(&self, document: Document, expression: &str) -> Result<Document> {
        host::choose(&self.engine, Some(self.fleet.world()), document, expression)
    }

    /// Runs a script that has to succeed, and returns its value in the script's own notation.
    pub fn says(&self, code: &str) -> String {
        match self.run(code) {
            Ok(value) => value.to_string(),
            Err(error) => panic!("{code}\n{}: {:?}", error.message, error.hint),
        }
    }

    /// Runs a script that has to be true.
    pub fn holds(&self, code: &str) {
        assert_eq!(self.says(code), "true", "{code}");
    }

    /// Runs a script that has to fail.
    pub fn fails(&self, code: &str) -> Failed {
        match self.run(code) {
            Ok(value) => panic!("{code}\nended in {value}"),
            Err(error) => Failed {
                kind: error.kind.unwrap_or_default(),
                message: error.message,
                hint: error.hint.unwrap_or_default(),
                causes: causes(&error.thrown),
            },
        }
    }

    /// Returns the team as it is now.
    pub fn team(&self) -> S::World {
        self.running.kept()
    }

    /// Returns the simulator.
    pub fn vendor(&self) -> &S {
        &self.running
    }

    /// Returns how many requests of an operation came.
    pub fn received(&self, operation: S::Operation) -> u64 {
        self.running.count(operation)
    }

    /// Returns how many requests came that could have changed something.
    pub fn writes(&self) -> u64 {
        S::writing().into_iter().map(|o| self.received(o)).sum()
    }

    /// Returns what the user was told besides the result.
    pub fn warnings(&self) -> Vec<String> {
        self.warnings.lock().unwrap().clone()
    }
}

/// How a script ended.
#[derive(Debug)]
pub struct Failed {
    pub kind: String,
    pub message: String,
    pub hint: String,
    pub causes: Vec<String>,
}

impl Failed {
    /// Tells whether a text is part of what is said, as the message or as one of its causes.
    pub fn tells(&self, part: &str) -> bool {
        self.message.contains(part) || self.causes.iter().any(|cause| cause.contains(part))
    }
}

fn causes(thrown: &Dynamic) -> Vec<String> {
    let map = thrown.clone().try_cast::<Map>().unwrap_or_default();
    let causes = map.get("causes").cloned().unwrap_or_default();
    let causes = causes.into_array().unwrap_or_default();
    causes.iter().map(ToString::to_string).collect()
}

fn handle(runtime: &Runtime) -> Handle {
    runtime.handle().clone()
}

/// The way to a team.
#[derive(Clone)]
struct Way {
    url: String,
    dial: Dial,
    rules: Rules,
    user_agrees: bool,
    journals: Arc<TempDir>,
}

impl Way {
    fn fleet(&self, world: &Arc<World>, profile: &str) -> Fleet {
        let mut settings = Settings::new(BaseUrl::parse(&self.url).unwrap());
        settings.retry = Retry {
            attempts: 2,
            first_pause: Duration::from_millis(1),
            longest_pause: Duration::from_millis(1),
            longest_retry_after: Duration::ZERO,
        };
        let transport = Transport::new(settings, Redactor::default()).unwrap();
        let (reader, writer, native) = (self.dial)(transport, profile.to_owned());
        let user = Arc::new(User {
            agrees: self.user_agrees,
        });
        let binding = Binding {
            profile: profile.to_owned(),
            vendor: reader.vendor(),
            host: "vendor.test".to_owned(),
        };
        Fleet::new(Connection {
            world: Arc::clone(world),
            reader: Arc::clone(&reader),
            executor: Executor::new(
                binding,
                reader,
                writer,
                self.rules.clone(),
                (user.clone(), user),
                Logbook::of_a_test(self.journals.path(), profile),
            ),
            native,
        })
    }
}
