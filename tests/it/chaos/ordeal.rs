//! A run that is killed, resumed, and killed again, and what has to be so in the end.

use std::collections::{BTreeMap, HashMap};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

use deskhand::fleet::Change;
use deskhand::plan::journal::{self, Run, Standing, Word};
use deskhand::plan::{Proposal, saved};
use deskhand::secret::Redactor;
use fastrand::Rng;
use serde_json::Value;

use super::account::Account;
use super::facts::{Facts, differences, is_about};
use super::tap::{Moment, Point, Sent, Tap};
use crate::desk::Desk;

/// A run that is not through after so many kills never will be.
const PATIENCE: usize = 12;

/// How the world was, how it is after a run that nobody disturbed, and how many requests that took.
pub(crate) struct Calm {
    start: Facts,
    end: Facts,
    requests: usize,
}

/// An account, a desk to work on it, and the tap between them.
pub(crate) struct Ordeal<A> {
    account: A,
    tap: Tap,
    desk: Desk,
    line: &'static str,
}

/// What came of a process that was left to end.
struct Ended {
    code: Option<i32>,
    said: String,
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

    /// Makes the changes without a disturbance.
    pub(crate) async fn calm() -> Calm {
        let ordeal = Self::begin().await;
        let start = ordeal.account.facts();
        let ended = ordeal.run(ordeal.line, None);
        assert_eq!(ended.code, Some(0), "{}", ended.said);
        let calm = Calm {
            end: ordeal.account.facts(),
            requests: ordeal.tap.requests(),
            start,
        };
        let run = ordeal.journal().unwrap();
        assert_eq!(run.counts().done, run.entries.len() as u64);
        for entry in &run.entries {
            let change = &entry.proposal.change;
            let shows = differences(&calm.start, &calm.end)
                .iter()
                .any(|fact| is_about(fact, change));
            assert!(shows, "no fact tells of it: {change}");
        }
        calm.stand_by(&ordeal, &run, 0);
        calm
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
                request: rng.usize(1..=calm.requests),
                point: rng
                    .choice([Point::Lost, Point::Unanswered, Point::Answered])
                    .unwrap(),
            });
            kills = kills.saturating_sub(1);
            told.push(format!("{line}, killed at {moment:?}"));
            let ended = ordeal.run(&line, moment);
            match (ordeal.journal(), ended.code) {
                (Some(run), Some(code)) if !run.entries.is_empty() => {
                    told.push(ended.said);
                    let told = told.join("\n");
                    // A panic of a test says this first.
                    eprintln!("{told}");
                    return calm.stand_by(&ordeal, &run, code);
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
    fn run(&self, line: &str, moment: Option<Moment>) -> Ended {
        self.tap.watch_for(moment);
        let said = self.desk.desk().join("said.txt");
        let mut program = self.program(line, &said);
        let status = loop {
            if let Some(status) = program.try_wait().unwrap() {
                break status;
            }
            if self.tap.holds() {
                // Often between two requests, and sometimes while the journal is written.
                std::thread::sleep(Duration::from_micros(fastrand::u64(0..4000)));
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

    fn program(&self, line: &str, said: &std::path::Path) -> Child {
        let said = std::fs::File::create(said).unwrap();
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

    /// Reads the journal of the run that has begun with the changes, or of one that has not, or nothing.
    fn journal(&self) -> Option<Run> {
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

impl Calm {
    /// Asserts what has to be so once a run has come to its end.
    fn stand_by<A: Account>(&self, ordeal: &Ordeal<A>, run: &Run, code: i32) {
        self.is_the_world_of(&ordeal.account.facts(), run);
        is_sent_once(&ordeal.tap.sent());
        let counts = run.counts();
        assert_eq!(counts.left(), 0, "{counts:?}");
        let open = counts.unknown + counts.failed;
        assert_eq!(code, if open > 0 { 5 } else { 0 }, "{counts:?}");
        self.is_kept(ordeal, run);
        is_shown(ordeal, run);
    }

    /// Asserts that all that is done shows, that what is not done does not, and that only what nobody can look up is unknown.
    fn is_the_world_of(&self, now: &Facts, run: &Run) {
        let mut open = Vec::new();
        for entry in &run.entries {
            let change = &entry.proposal.change;
            match entry.stands() {
                Standing::Settled(Word::Done | Word::AlreadySo) => {}
                Standing::Settled(Word::Unknown) => {
                    assert!(may_be_unknown(change), "unknown, and need not be: {change}");
                    open.push(change);
                }
                // What needed something that is unknown.
                Standing::Settled(Word::Failed) => open.push(change),
                standing => panic!("{standing}: {change}"),
            }
        }
        for fact in differences(now, &self.end) {
            let excused = open.iter().any(|change| is_about(&fact, change));
            let (was, is, wanted) = (self.start.get(&fact), now.get(&fact), self.end.get(&fact));
            assert!(
                excused && is == was,
                "{fact}: {is:?} and not {wanted:?}; it was {was:?}"
            );
        }
    }

    /// Asserts that each computer that was removed stands in the list of what was removed, once and with all that was known.
    fn is_kept<A>(&self, ordeal: &Ordeal<A>, run: &Run) {
        let path = ordeal
            .desk
            .journals()
            .join(format!("{}.removed.csv", run.head.run));
        let mut reader = csv::Reader::from_path(path).unwrap();
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        let removed: Vec<&Proposal> = run
            .entries
            .iter()
            .map(|entry| &entry.proposal)
            .filter(|proposal| matches!(proposal.change, Change::RemoveComputer { .. }))
            .collect();
        assert_eq!(rows.len(), removed.len(), "{rows:?}");
        for proposal in removed {
            let computer = proposal.change.computer().unwrap();
            let row = rows.iter().find(|row| row[1] == *computer.id.as_str()).unwrap();
            assert_eq!(row[0], computer.name);
            assert!(!row[2].is_empty() && row.len() == 9, "{row:?}");
        }
    }
}

/// Asserts that `journal show` has a row for each change, and that they come to what the journal says.
fn is_shown<A>(ordeal: &Ordeal<A>, run: &Run) {
    let shown = ordeal
        .desk
        .run(&format!("journal show {} --output json", run.head.run));
    let rows = shown.succeeds().json();
    let mut many: BTreeMap<&str, u64> = BTreeMap::new();
    for row in rows.as_array().unwrap() {
        *many.entry(row["outcome"].as_str().unwrap()).or_default() += 1;
    }
    let many = |word| many.get(word).copied().unwrap_or(0);
    let counts = run.counts();
    assert_eq!(many("done"), counts.done);
    assert_eq!(many("already_so"), counts.already_so);
    assert_eq!(many("failed"), counts.failed);
    assert_eq!(many("unknown"), counts.unknown);
    assert_eq!(rows.as_array().unwrap().len(), run.entries.len());
}

/// Asserts that nobody was invited twice, whatever became of the first message, and nothing else done twice.
fn is_sent_once(sent: &[Sent]) {
    let mut times: HashMap<String, usize> = HashMap::new();
    for sent in sent {
        let invites = sent.call.contains("/members {") || sent.call.contains("/user/invite");
        // Nobody can look up where a computer was moved to, and to move it there again does no more than once.
        let moves = sent.call.contains("/group/move");
        let done = sent.status.is_some_and(|status| status < 300);
        if invites || (done && !moves) {
            for target in targets(&sent.call) {
                *times.entry(target).or_default() += 1;
            }
        }
    }
    times.retain(|_, times| *times > 1);
    assert!(times.is_empty(), "sent more than once: {times:#?}");
}

/// Returns what a call changes: the members of its list, where it has one.
fn targets(call: &str) -> Vec<String> {
    let (path, body) = call.split_once(" {").unwrap_or((call, "}"));
    let body: Value = serde_json::from_str(&format!("{{{body}")).unwrap();
    let user = body.get("username").and_then(Value::as_str).unwrap_or_default();
    let members = body.as_object().unwrap().values().filter_map(Value::as_array);
    let names = members.flatten().filter_map(Value::as_str);
    let all: Vec<String> = names.map(|name| format!("{path} {user} {name}")).collect();
    match all.is_empty() || path.starts_with("PATCH ") || path.ends_with("/members") {
        true => vec![call.to_owned()],
        false => all,
    }
}

/// Tells whether a change that was in flight may be unknown in the end: it does harm twice, or nobody can look it up.
fn may_be_unknown(change: &Change) -> bool {
    change.must_not_repeat() || matches!(change, Change::CreateGroup { .. })
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
