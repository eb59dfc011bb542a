//! What was typed, and nothing more: the only file that describes the command line, but for the scripts' own parameters.

mod explain;
mod globals;
mod guards;
mod journal;
mod plan;
mod policy;
mod profile;
mod results;
mod simulate;
mod vnc_connect;

use std::ffi::OsString;

use clap::builder::StyledStr;
use clap::{CommandFactory, Parser, Subcommand};

pub use explain::Explain;
pub use globals::{Color, Demo, Globals};
pub use guards::Guards;
pub use journal::Journal;
pub use plan::{Apply, OfRun, Plan};
pub use policy::{New, OfPolicy, Policy, ToWrite};
pub use profile::{Add, Profile};
pub use results::Results;
pub use simulate::{Paging, Simulate};
pub use vnc_connect::{VERB as VNC_CONNECT, VncConnect};

/// The whole command line.
#[derive(Debug, Parser)]
#[command(
    name = "deskhand",
    version,
    about = "Run Rhai scripts against the management APIs of remote-access vendors",
    long_about = "Run Rhai scripts against the management APIs of remote-access vendors.\n\nA script is run by its name, or by \
                  the path of a .rhai file: `deskhand list-computers --demo`. `deskhand scripts` lists what there is, and \
                  `deskhand SCRIPT --help` says what a script does.",
    override_usage = "deskhand <SCRIPT> [PARAMETERS] [OPTIONS]\n       deskhand <COMMAND> [OPTIONS]",
    after_help = "Examples:\n  deskhand list-computers --demo          a simulated team; no account needed\n  deskhand find-computer PC-7             with the account of the default profile\n  deskhand ./tidy.rhai --dry-run          a script of your own; look before you leap",
    allow_external_subcommands = true,
    subcommand_required = false,
    arg_required_else_help = true,
    disable_help_subcommand = true
)]
pub struct Cli {
    /// Options of every command.
    #[command(flatten)]
    pub globals: Globals,
    /// What to do.
    #[command(subcommand)]
    pub verb: Option<Verb>,
}

/// The built-in verbs. They win over scripts of the same name.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Run a script by name or path
    #[command(
        override_usage = "deskhand run <SCRIPT> [PARAMETERS] [OPTIONS]",
        arg_required_else_help = true
    )]
    Run {
        /// The script and what follows it.
        #[command(subcommand)]
        script: Script,
    },
    /// List the scripts and where each comes from
    Scripts,
    /// Run a simulated vendor as a server of its own, for other programs
    #[command(
        after_help = "Prints the address, the key and a profile to paste, and serves until Ctrl-C.\n\nExamples:\n  deskhand simulate --port 8080\n  deskhand simulate --port 8080 --token-ttl 5 --deny LIST_PRESENCE\n  deskhand simulate --vendor remotepc --paging query"
    )]
    Simulate(Simulate),
    /// Add, list, show, remove and check the profiles of the configuration
    #[command(
        arg_required_else_help = true,
        disable_help_subcommand = true,
        after_help = "Examples:\n  deskhand profile add\n  deskhand profile check acme"
    )]
    Profile {
        /// What to do with them.
        #[command(subcommand)]
        what: Profile,
    },
    /// Make the changes of a saved plan, or go on with a run that was broken off
    #[command(
        after_help = "The file is the approval: nobody is asked. It is good for the profile and the host that it was made for, and for 24 hours. Each \
                      target is looked at again before it is changed, and left alone if it is not as it was.\n\nExamples:\n  deskhand group-add-computer Servers PC-7 --plan-out servers.json\n  deskhand plan show servers.json\n  deskhand apply servers.json\n  deskhand apply --resume last"
    )]
    Apply(Apply),
    /// Take back what a run did, as far as it can be taken back
    #[command(
        after_help = "Renames, groups, roles, assignments and comments that were not empty can be taken back; what cannot is listed, with why. What \
                      somebody else has changed since is left alone. An undo is a run of its own, and can be undone.\n\nExamples:\n  deskhand undo last --dry-run\n  deskhand undo 20261120T0900"
    )]
    Undo(OfRun),
    /// Give back name and groups to computers that a run has removed and that have enrolled again
    #[command(
        after_help = "A computer is known again by its host name together with a hardware address. What became of each is said.\n\nExamples:\n  deskhand restore last --dry-run\n  deskhand restore 20261120T0900"
    )]
    Restore(OfRun),
    /// List the journals of runs, show one, or write it out
    #[command(
        arg_required_else_help = true,
        disable_help_subcommand = true,
        after_help = "Examples:\n  deskhand journal list\n  deskhand journal show last"
    )]
    Journal {
        /// What to do with them.
        #[command(subcommand)]
        what: Journal,
    },
    /// Say what a clean-up would do with a computer, by which rules, and when the computer becomes stale
    #[command(
        after_help = "Nothing is changed. The cleanup policy is asked as clean-stale-computers and clean-duplicates would ask it, and each guard as if \
                      the computer were to be removed for its age; each says what it looked at.\n\nThe day on which it becomes stale is found by asking \
                      the policy again with the clock set to other days, up to ten years ahead. That takes the computer to stay offline and unseen, and \
                      what is stale on a day to be so on all that follow.\n\nExamples:\n  deskhand explain PC-7\n  deskhand explain PC-7 --period 6M --policy my-policy.rhai --output json"
    )]
    Explain(Explain),
    /// Look at saved plans
    #[command(arg_required_else_help = true, disable_help_subcommand = true)]
    Plan {
        /// What to do with them.
        #[command(subcommand)]
        what: Plan,
    },
    /// Show by what a clean-up decides
    Policy(Policy),
    /// Write a file to begin with
    New(New),
    /// Take the options of the vendor's sample script, word for word
    VncConnect(VncConnect),
    /// Say what a command or a script does
    Help {
        /// The command or the script.
        name: Option<String>,
    },
    /// A script, by name or path.
    #[command(external_subcommand)]
    Script(Vec<OsString>),
}

/// The script of `deskhand run`.
#[derive(Debug, Subcommand)]
pub enum Script {
    /// A script, by name or path.
    #[command(external_subcommand)]
    Script(Vec<OsString>),
}

impl Cli {
    /// Returns the help of a built-in command, or of the program; nothing for what may be a script.
    pub fn help(name: Option<&str>) -> Option<StyledStr> {
        let mut program = Self::command();
        program.build();
        match name {
            None => Some(program.render_long_help()),
            Some(name) => program
                .find_subcommand_mut(name)
                .map(clap::Command::render_long_help),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn a_demo_takes_its_vendor_only_with_an_equals_sign() {
        let cli = Cli::parse_from(["deskhand", "--demo", "list-computers"]);
        assert_eq!(cli.globals.demo, Some(Demo::Realvnc));
        assert!(matches!(cli.verb, Some(Verb::Script(words)) if words == ["list-computers"]));
    }

    #[test]
    fn what_follows_a_script_is_left_to_the_script() {
        let cli = Cli::parse_from([
            "deskhand", "--quiet", "run", "x.rhai", "--output", "csv", "--help",
        ]);
        assert!(cli.globals.quiet);
        let Some(Verb::Run {
            script: Script::Script(words),
        }) = cli.verb
        else {
            panic!("{cli:?}")
        };
        assert_eq!(words, ["x.rhai", "--output", "csv", "--help"]);
    }
}
