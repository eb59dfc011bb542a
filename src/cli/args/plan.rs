//! The command line of `deskhand plan`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// What is to be done with a saved plan.
#[derive(Debug, Clone, Subcommand)]
pub enum Plan {
    /// Show the changes of a saved plan, whose it is, and how old; nothing is changed, and no vendor is asked
    #[command(
        after_help = "The changes go to standard output in the format that is asked for, the rest to standard error. --where chooses what is \
                      shown, and leaves the plan as it is.\n\nExamples:\n  deskhand plan show cleanup.json\n  deskhand plan show cleanup.json --out cleanup.csv\n  deskhand plan show cleanup.json --kept --sort why\n  deskhand plan show cleanup.json --where 'change == \"remove_computer\"' --sort last_seen"
    )]
    Show {
        /// The file of the plan
        file: PathBuf,
        /// Show what was looked at and left alone instead of the changes, each with why
        #[arg(long)]
        kept: bool,
    },
}

/// The options of `deskhand apply`.
#[derive(Debug, Clone, Args)]
pub struct Apply {
    /// The file of the plan
    #[arg(required_unless_present = "resume", conflicts_with = "resume")]
    pub file: Option<PathBuf>,
    /// Go on with a run that was broken off: its name, a beginning that no other has, or `last`
    ///
    /// What was in flight is settled by reading back, then the rest is done, and nothing twice. What cannot be read back,
    /// such as an invitation of RemotePC, stays unknown.
    #[arg(long, value_name = "RUN")]
    pub resume: Option<String>,
    /// Apply it though it is older than 24 hours
    #[arg(long)]
    pub allow_old_plan: bool,
}

/// The run that a command is about.
#[derive(Debug, Clone, Args)]
pub struct OfRun {
    /// The run: its name, a beginning that no other has, or `last`
    pub run: String,
}
