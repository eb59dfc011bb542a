//! A run that nobody disturbs, and what has to be so after one that was.

use std::collections::{BTreeMap, HashMap};

use deskhand::fleet::Change;
use deskhand::plan::Proposal;
use deskhand::plan::journal::{Run, Standing, Word};
use serde_json::Value;

use super::account::Account;
use super::facts::{Facts, differences, is_about};
use super::ordeal::{Ended, Ordeal};
use super::tap::Sent;

/// How the world was, how it is after a run that nobody disturbed, and how many requests that took.
pub(crate) struct Calm {
    start: Facts,
    end: Facts,
    pub(crate) requests: usize,
    /// The journal.
    pub(crate) journal: String,
}

impl Calm {
    /// Returns what a run that nobody disturbs makes of an account: the same each time.
    pub(crate) async fn of<A: Account>() -> &'static Self {
        A::calm().get_or_init(Self::undisturbed::<A>).await
    }

    async fn undisturbed<A: Account>() -> Self {
        let ordeal = Ordeal::<A>::begin().await;
        let start = ordeal.account.facts();
        let ended = ordeal.run(ordeal.line, None);
        assert_eq!(ended.code, Some(0), "{}", ended.said);
        let run = ordeal.journal().unwrap();
        let calm = Self {
            journal: std::fs::read_to_string(ordeal.path_of(&run, "jsonl")).unwrap(),
            end: ordeal.account.facts(),
            requests: ordeal.tap.requests(),
            start,
        };
        assert_eq!(run.counts().done, run.entries.len() as u64);
        let differences = differences(&calm.start, &calm.end);
        for entry in &run.entries {
            let change = &entry.proposal.change;
            let shows = differences.iter().any(|fact| is_about(fact, change));
            assert!(shows, "no fact tells of it: {change}");
        }
        calm.stands(&ordeal, &run, &ended);
        calm
    }

    /// Asserts what has to be so once a run has come to its end.
    pub(crate) fn stands<A: Account>(&self, ordeal: &Ordeal<A>, run: &Run, ended: &Ended) {
        self.is_the_world_of(&ordeal.account.facts(), run);
        is_sent_once(&ordeal.tap.sent());
        let counts = run.counts();
        assert_eq!(counts.left(), 0, "{counts:?}");
        let open = counts.unknown + counts.failed > 0;
        assert_eq!(ended.code, Some(if open { 5 } else { 0 }), "{counts:?}");
        assert_eq!(counts.unknown > 0, ended.said.contains("of unknown outcome"));
        is_kept(ordeal, run);
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
                Standing::Settled(Word::Failed) => {
                    assert!(matches!(change, Change::MoveToGroup { .. }), "failed: {change}");
                    open.push(change);
                }
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
}

/// Asserts that each computer that was removed stands in the list of what was removed, once and with all that was known.
fn is_kept<A: Account>(ordeal: &Ordeal<A>, run: &Run) {
    let mut reader = csv::Reader::from_path(ordeal.path_of(run, "removed.csv")).unwrap();
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

/// Asserts that `journal show` has a row for each change, and that they come to what the journal says.
fn is_shown<A: Account>(ordeal: &Ordeal<A>, run: &Run) {
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
    if all.is_empty() || path.starts_with("PATCH ") || path.ends_with("/members") {
        vec![call.to_owned()]
    } else {
        all
    }
}

/// Tells whether a change that was in flight may be unknown in the end: it does harm twice, or nobody can look it up.
fn may_be_unknown(change: &Change) -> bool {
    change.must_not_repeat() || matches!(change, Change::CreateGroup { .. })
}
