//! A run that is killed, resumed, and killed again.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

use deskhand::fleet::Change;
use deskhand::plan::journal::{self, Run};
use deskhand::plan::{Proposal, saved};
use deskhand::secret::Redactor;
use fastrand::Rng;

use super::account::Account;
use super::calm::Calm;
use super::tap::{Moment, Point, Tap, Which};
use crate::desk::Desk;

/// A run that is not through after so many kills never will be.
const PATIENCE: usize = 12;

/// An account, a desk to work on it, and the tap between them.
pub(crate) struct Ordeal<A> {
    pub(crate) account: A,
    pub(crate) tap: Tap,
    pub(crate) desk: Desk,
    /// What makes the changes.
    pub(crate) line: &'static str,
}

/// What came of a process.
pub(crate) struct Ended {
    /// The exit code; nothing where it was killed.
    pub(crate) code: Option<i32>,
    /// All that it printed.
    pub(crate) said: String,
}

impl<A: Account> Ordeal<A> {
    /// Starts an account, and lays the plan ready.
    pub(crate) async fn begin() -> Self {
        let account = A::start().await;
        let tap = Tap::on(&account.url());
        let (way_in, key) = account.way_in();
        let profile = format!(
            "default_profile = \"acme\"\n[profiles.acme]\nurl = \"{}\"\n{way_in}\n",
            tap.url()
        );
        let desk = Desk::new().config(&profile).file("all.rhai", &account.script());
        let desk = key
            .iter()
            .fold(desk, |desk, (name, value)| desk.var(name, value).secret(value));
        let additions = account.additions();
        let line = if additions.is_empty() {
            "./all.rhai --force"
        } else {
            add(&desk, additions);
            "apply plan.json"
        };
        Self {
            account,
            tap,
            desk,
            line,
        }
    }

    /// Kills a run at a moment that the seed draws, resumes it, kills that perhaps, and so on; in the end the world has to
    /// be as after the calm run.
    pub(crate) async fn suffer(calm: &Calm, seed: u64) {
        let ordeal = Self::begin().await;
        let mut rng = Rng::with_seed(seed);
        let jobs = rng.choice([1, 4, 8, 32]).unwrap();
        let mut kills = rng.usize(1..=3);
        let begin = format!("{} --jobs {jobs}", ordeal.line);
        let mut line = begin.clone();
        let mut told = vec![format!("seed {seed}")];
        for _ in 0..PATIENCE {
            let moment = (kills > 0).then(|| Moment {
                request: Which::Number(rng.usize(1..=calm.requests)),
                point: rng
                    .choice([Point::Lost, Point::Unanswered, Point::Answered])
                    .unwrap(),
                // Mostly between two requests, and sometimes while the journal is written.
                pause: Duration::from_micros(rng.u64(0..4000)),
            });
            kills = kills.saturating_sub(1);
            told.push(format!("{line}, killed at {moment:?}"));
            let ended = ordeal.run(&line, moment);
            match (ordeal.journal(), ended.code) {
                (Some(run), Some(code)) if !run.entries.is_empty() => {
                    told.push(ended.said.clone());
                    // Shown where an assertion below fails.
                    eprintln!("{}", told.join("\n"));
                    assert!(matches!(code, 0 | 5), "it ended with {code}");
                    return calm.stands(&ordeal, &run, &ended);
                }
                (Some(run), _) if !run.entries.is_empty() => {
                    line = format!("apply --resume {} --force --jobs {jobs}", run.head.run);
                }
                (_, Some(code)) => panic!("it ended with {code} and no journal: {told:#?}\n{}", ended.said),
                // Nothing was planned yet: there is nothing to go on with.
                (_, None) => line.clone_from(&begin),
            }
        }
        panic!("it does not come to an end: {told:#?}");
    }

    /// Runs the program, and kills it at a moment.
    pub(crate) fn run(&self, line: &str, moment: Option<Moment>) -> Ended {
        self.tap.watch_for(moment);
        let said = self.desk.desk().join("said.txt");
        let mut program = self.program(line, &said);
        let status = loop {
            if let Some(status) = program.try_wait().unwrap() {
                break status;
            }
            if self.tap.holds() {
                std::thread::sleep(moment.map(|moment| moment.pause).unwrap_or_default());
                program.kill().unwrap();
                break program.wait().unwrap();
            }
            std::thread::sleep(Duration::from_micros(300));
        };
        Ended {
            code: ended(status),
            said: std::fs::read_to_string(said).unwrap(),
        }
    }

    /// Starts the program; what it prints goes to a file.
    pub(crate) fn program(&self, line: &str, said: &Path) -> Child {
        let said = File::create(said).unwrap();
        Command::new(env!("CARGO_BIN_EXE_deskhand"))
            .args(self.desk.words(line))
            .current_dir(self.desk.desk())
            .env_clear()
            .envs(self.desk.vars().iter().cloned())
            .stdin(Stdio::null())
            .stdout(said.try_clone().unwrap())
            .stderr(said)
            .spawn()
            .unwrap()
    }

    /// Returns the path of a file of a run.
    pub(crate) fn path_of(&self, run: &Run, ending: &str) -> PathBuf {
        self.desk.journals().join(format!("{}.{ending}", run.head.run))
    }

    /// Reads the journal of the run that has begun with the changes, or of one that has not, or nothing.
    pub(crate) fn journal(&self) -> Option<Run> {
        let listed = journal::list(&self.desk.journals()).unwrap();
        let mut runs: Vec<Run> = listed
            .iter()
            .map(|listed| journal::read(&listed.path).unwrap())
            .collect();
        runs.sort_by_key(|run| run.entries.len());
        let planned = runs.iter().filter(|run| !run.entries.is_empty()).count();
        assert!(planned <= 1, "the changes were planned {planned} times");
        runs.pop()
    }
}

/// Returns the exit code; nothing of a program that was killed.
fn ended(status: ExitStatus) -> Option<i32> {
    use std::os::unix::process::ExitStatusExt as _;
    assert!(matches!(status.signal(), None | Some(9)), "{status}");
    status.code()
}

/// Saves what the script plans, with some more changes behind it.
fn add(desk: &Desk, additions: Vec<Change>) {
    desk.run("./all.rhai --plan-out plan.json").ends_with(6);
    let path = desk.desk().join("plan.json");
    let mut plan = saved::load(&path, "plan.json").unwrap().plan;
    for change in additions {
        plan.push(Proposal::of(change)).unwrap();
    }
    std::fs::remove_file(&path).unwrap();
    saved::save(&plan, &Redactor::default(), &path, "plan.json").unwrap();
}
