//! What is written down of a run for later, besides its data and its journal: the report, and the lists of what was not made.

mod again;
mod report;

use std::path::Path;

use jiff::Timestamp;

use crate::fleet::Vendor;
use crate::plan::journal::RunId;
use crate::plan::{Binding, Tally};
use crate::replace;

use super::args::Globals;
use super::failure::Failure;
use super::process::Process;

pub use again::write_lists;
pub use report::write_report;

/// What a run has done to the fleet of one profile.
pub struct Changed {
    /// Whose fleet it is.
    pub binding: Binding,
    /// The name of the run in its journal, if it has one.
    pub run: Option<RunId>,
    /// What came of the changes.
    pub tally: Tally,
}

/// A run, and what it has done to each of its fleets.
pub struct Account {
    /// The script or the verb, as it was asked for.
    pub what: String,
    /// When it began.
    pub started: Timestamp,
    /// When it ended.
    pub ended: Timestamp,
    /// What was done to each of its fleets.
    pub fleets: Vec<Changed>,
}

/// Finds out before the run begins whether what it comes to could be written at all.
pub fn check(process: &Process, globals: &Globals) -> Result<(), Failure> {
    let results = &globals.results;
    if results.report.is_some() && results.report == results.failed {
        return Err(Failure::usage("--report and --failed name the same file"));
    }
    for file in [&results.report, &results.failed].into_iter().flatten() {
        replace::check(&process.environment.cwd.join(file))
            .map_err(|e| Failure::usage(format!("`{}` cannot be written", file.display())).caused_by(&e))?;
    }
    Ok(())
}

/// Returns the options that lead to the same fleet, to follow a command that the user is told to type.
pub fn same_fleet(globals: &Globals) -> String {
    let profile = globals.profile.as_ref();
    let profile = profile.map(|profile| format!(" --profile {}", typed(Path::new(profile))));
    same_team(globals) + &profile.unwrap_or_default()
}

/// Returns those of them that lead to the same simulated team, where it is one: a journal knows its profile.
pub fn same_team(globals: &Globals) -> String {
    let demo = globals.demo.map(|demo| format!(" --demo={}", Vendor::from(demo)));
    let state = globals.state.as_deref();
    let state = state.map(|state| format!(" --state {}", typed(state)));
    demo.into_iter().chain(state).collect()
}

/// Returns a path as it can be typed.
pub fn typed(path: &Path) -> String {
    let text = path.display().to_string();
    let plain = |c: char| c.is_alphanumeric() || "-_./\\:~+,=@%".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        return text;
    }
    if cfg!(windows) {
        format!("\"{text}\"")
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
}
