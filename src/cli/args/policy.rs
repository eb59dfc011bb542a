//! The command lines of `deskhand policy` and `deskhand new`.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, Subcommand};

use crate::script::policy_examples;

/// The options of `deskhand policy`.
#[derive(Debug, Clone, Args)]
#[command(arg_required_else_help = true, disable_help_subcommand = true)]
pub struct Policy {
    /// What is to be done.
    #[command(subcommand)]
    pub what: OfPolicy,
}

/// What is to be done with the cleanup policy.
#[derive(Debug, Clone, Subcommand)]
pub enum OfPolicy {
    /// Show each function of the cleanup policy, what it decides, and where it comes from
    #[command(
        after_help = "Whose policy: --policy, else the profile's, else `cleanup_policy.rhai` in the folder `stdlib` of the configuration. A file \
                      that cannot be laid over deskhand's own is an error, as it is in a run.\n\nExamples:\n  deskhand policy show\n  deskhand policy show --policy mine.rhai\n  deskhand policy show --output json"
    )]
    Show,
}

/// The options of `deskhand new`.
#[derive(Debug, Clone, Args)]
#[command(arg_required_else_help = true, disable_help_subcommand = true)]
pub struct New {
    /// What is to be written.
    #[command(subcommand)]
    pub what: ToWrite,
}

/// What can be written.
#[derive(Debug, Clone, Subcommand)]
pub enum ToWrite {
    /// Write a cleanup policy that can be used at once; a file that is there already is left alone
    #[command(
        long_about = "Write a cleanup policy that can be used at once; a file that is there already is left alone.\n\nIn it every function of deskhand's \
                      own stands as a comment. With --example it is one of the examples that come with deskhand.",
        after_help = "Without a FILE it is `cleanup_policy.rhai` in the folder `stdlib` of the configuration, where it counts in every run.\n\nExamples:\n  deskhand new policy\n  deskhand new policy mine.rhai --example keep-servers-longer\n  deskhand clean-stale-computers --demo --dry-run 90d --policy mine.rhai"
    )]
    Policy {
        /// The file to write
        file: Option<PathBuf>,
        /// Begin with this example
        #[arg(long, value_name = "NAME", value_parser = PossibleValuesParser::new(policy_examples()))]
        example: Option<String>,
    },
}
