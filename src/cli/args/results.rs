//! The options about what is written down of a run, besides its data.

use std::path::PathBuf;

use clap::Args;

/// The files that tell what came of a run, of every command that changes anything.
#[derive(Debug, Clone, Default, PartialEq, Eq, Args)]
pub struct Results {
    /// Write what came of the run to this file, as JSON
    ///
    /// Counts, a row for each change, whatever was looked at and left alone with why, what was to be known before it, and how it
    /// ended; also of a dry run, and where it was refused or interrupted. A file that is there is replaced as a whole.
    ///
    /// Example: --report run.json
    #[arg(long, global = true, value_name = "FILE")]
    pub report: Option<PathBuf>,
    /// Write the changes that were not made to this file, as CSV
    ///
    /// Where some of several changes are not made they are listed in a form that a script takes again. Without the option the
    /// list stands beside the run's journal. Where changes of several sorts were not made each sort has a list of its own, and
    /// the sort is part of the file's name.
    ///
    /// Example: --failed again.csv
    #[arg(long, global = true, value_name = "FILE")]
    pub failed: Option<PathBuf>,
}

impl Results {
    /// Returns these options with those that were given later laid over them.
    #[must_use]
    pub fn then(self, later: Self) -> Self {
        Self {
            report: later.report.or(self.report),
            failed: later.failed.or(self.failed),
        }
    }
}
