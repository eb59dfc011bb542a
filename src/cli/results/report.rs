//! `--report`: a run as one JSON document, for whatever started it.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

use crate::fleet::{Change, Outcome};
use crate::plan::journal::RunId;
use crate::plan::results::NOT_SENT;
use crate::plan::{Kept, Notes, Proposal, Reason, Tally};
use crate::replace;

use super::super::args::Globals;
use super::super::failure::{Failure, code};
use super::super::process::Process;
use super::super::ui::Ui;
use super::{Account, Changed};

/// What tells such a file from others, and what its fields mean.
const FORMAT: &str = "deskhand-report";
const VERSION: u32 = 1;

/// A run.
#[derive(Serialize)]
struct Report<'a> {
    format: &'static str,
    version: u32,
    program: &'static str,
    what: &'a str,
    started: Timestamp,
    ended: Timestamp,
    dry_run: bool,
    exit_code: u8,
    error: Option<Problem<'a>>,
    profiles: Vec<Fleet<'a>>,
    /// Where what was not made is listed.
    failed: &'a [PathBuf],
}

/// What ended it before its end.
#[derive(Serialize)]
struct Problem<'a> {
    message: &'a str,
    causes: &'a [String],
    hint: Option<&'a str>,
}

/// What was done to the fleet of a profile.
#[derive(Serialize)]
struct Fleet<'a> {
    profile: &'a str,
    vendor: &'static str,
    host: &'a str,
    /// The name of the journal, where anything was written.
    run: Option<&'a str>,
    counts: Counts,
    notes: &'a Notes,
    changes: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Counts {
    planned: usize,
    done: usize,
    already_so: usize,
    failed: usize,
    unknown: usize,
    not_sent: usize,
}

/// A change, and what came of it.
#[derive(Serialize)]
struct Row<'a> {
    change: &'static str,
    target: String,
    id: Option<&'a str>,
    to: String,
    reason: Option<&'a Reason>,
    outcome: &'static str,
    note: Option<String>,
    error: Option<Trouble<'a>>,
    proposed: &'a Change,
    before: Option<Value>,
}

/// What went wrong with a change.
#[derive(Serialize)]
struct Trouble<'a> {
    kind: &'static str,
    message: &'a str,
    status: Option<u16>,
    operation: Option<&'static str>,
    hint: Option<&'a str>,
    causes: &'a [String],
}

/// Writes the report that was asked for, if one was, and returns how the run ends then: not well where it has no report.
pub fn write_report(
    account: &Account,
    failed: &[PathBuf],
    process: &Process,
    globals: &Globals,
    ui: &Ui,
    ended: Result<u8, Failure>,
) -> Result<u8, Failure> {
    let Some(file) = &globals.results.report else {
        return ended;
    };
    let text = text(account, failed, globals, &ended);
    let path = process.environment.cwd.join(file);
    let Err(error) = publish(&path, &ui.redactor.redact(&text)) else {
        return ended;
    };
    let unwritten = Failure::new(
        code::ERROR,
        format!("the report cannot be written to {}", file.display()),
    )
    .caused_by(&error);
    match ended {
        Ok(code::DONE) => Err(unwritten),
        ended => {
            ui.alert(&format!("{}: {error}", unwritten.message));
            ended
        }
    }
}

fn publish(path: &Path, text: &str) -> std::io::Result<()> {
    replace::publish(path, text.as_bytes())
}

fn text(account: &Account, failed: &[PathBuf], globals: &Globals, ended: &Result<u8, Failure>) -> String {
    let report = Report {
        format: FORMAT,
        version: VERSION,
        program: env!("CARGO_PKG_VERSION"),
        what: &account.what,
        started: account.started,
        ended: account.ended,
        dry_run: globals.dry_run || globals.plan_out.is_some(),
        exit_code: match ended {
            Ok(code) => *code,
            Err(failure) => failure.code,
        },
        error: ended.as_ref().err().map(|failure| Problem {
            message: &failure.message,
            causes: &failure.causes,
            hint: failure.hint.as_deref(),
        }),
        profiles: account.fleets.iter().map(Fleet::of).collect(),
        failed,
    };
    // All of it is text, numbers and lists: it can be written.
    serde_json::to_string_pretty(&report).unwrap_or_default() + "\n"
}

impl<'a> Fleet<'a> {
    fn of(changed: &'a Changed) -> Self {
        let Changed { binding, run, tally } = changed;
        let rows = tally
            .rows
            .iter()
            .map(|(proposal, outcome)| Row::of(proposal, Some(outcome)));
        let unsent = tally.unsent.iter().map(|proposal| Row::of(proposal, None));
        Self {
            profile: &binding.profile,
            vendor: binding.vendor.as_str(),
            host: &binding.host,
            run: run.as_ref().map(RunId::as_str),
            counts: Counts::of(tally),
            notes: &tally.notes,
            changes: rows.chain(unsent).collect(),
        }
    }
}

impl Counts {
    fn of(tally: &Tally) -> Self {
        Self {
            planned: tally.planned.len(),
            done: tally.done,
            already_so: tally.already_so,
            failed: tally.failed,
            unknown: tally.unknown,
            not_sent: tally.unsent.len(),
        }
    }
}

impl<'a> Row<'a> {
    fn of(proposal: &'a Proposal, outcome: Option<&'a Outcome>) -> Self {
        let change = &proposal.change;
        let id = change.target_id();
        Self {
            change: change.verb(),
            target: change.target(),
            id: (!id.is_empty()).then_some(id),
            to: change.result(),
            reason: proposal.reason.as_ref(),
            outcome: outcome.map_or(NOT_SENT, Outcome::word),
            note: outcome.and_then(Outcome::note),
            error: outcome.and_then(Trouble::of),
            proposed: change,
            before: proposal.before.as_ref().map(before),
        }
    }
}

/// Returns what was known of a target, but for the vendor's whole record: that stands in the journal.
fn before(kept: &Kept) -> Value {
    let mut value = match kept {
        Kept::Computer(computer) => serde_json::to_value(computer),
        Kept::User(user) => serde_json::to_value(user),
    }
    .unwrap_or_default();
    if let Some(fields) = value.as_object_mut() {
        fields.remove("raw");
    }
    value
}

impl<'a> Trouble<'a> {
    fn of(outcome: &'a Outcome) -> Option<Self> {
        let (Outcome::Failed(error) | Outcome::Unknown(error)) = outcome else {
            return None;
        };
        Some(Self {
            kind: error.kind.as_str(),
            message: &error.message,
            status: error.status,
            operation: error.operation,
            hint: error.hint.as_deref(),
            causes: &error.causes,
        })
    }
}
