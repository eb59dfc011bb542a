//! The command line of `deskhand journal`.

use clap::Subcommand;

/// What is to be done with the journals.
#[derive(Debug, Clone, Subcommand)]
pub enum Journal {
    /// List the runs, the newest first, and what came of their changes
    #[command(
        long_about = "List the runs, the newest first, and what came of their changes.\n\nA run is `ended`, `running`, `interrupted` \
                      where it was broken off, or `damaged` where its journal cannot be read; the column `trouble` says why.",
        after_help = "Examples:\n  deskhand journal list\n  deskhand journal list --where 'state == \"interrupted\"'"
    )]
    List,
    /// Show the changes of a run, a row each: what was to be done, and what came of it
    #[command(
        after_help = "Examples:\n  deskhand journal show last\n  deskhand journal show 20261120T0900 --where 'outcome != \"done\"'"
    )]
    Show {
        /// The run: its name, a beginning that no other has, or `last`
        run: String,
    },
    /// Write out all that is known of the changes of a run, as JSON lines unless told otherwise
    #[command(
        after_help = "Examples:\n  deskhand journal export last\n  deskhand journal export last --out run.csv"
    )]
    Export {
        /// The run: its name, a beginning that no other has, or `last`
        run: String,
    },
}
