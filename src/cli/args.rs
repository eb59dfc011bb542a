//! What was typed, and nothing more: the only file that describes the command line, but for the scripts' own parameters.

mod explain;
mod guards;
mod journal;
mod plan;
mod policy;
mod profile;
mod results;
mod simulate;
mod vnc_connect;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::StyledStr;
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};

use crate::fleet::Vendor;

use super::display::Display;

pub use explain::Explain;
pub use guards::Guards;
pub use journal::Journal;
pub use plan::{Apply, OfRun, Plan};
pub use policy::{New, OfPolicy, Policy, ToWrite};
pub use profile::{Add, Profile};
pub use results::Results;
pub use simulate::{Paging, Simulate};
pub use vnc_connect::VncConnect;

/// The names that later versions will give to global options; scripts must not take them for their parameters.
const SPOKEN_FOR: [&str; 1] = ["sandbox"];

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
    /// Say what each rule says to the removal of a computer, and when it becomes stale
    #[command(
        after_help = "Nothing is changed. Each rule is asked as if the computer were to be removed for its age, and says what it looked at.\n\nExamples:\n  deskhand explain PC-7\n  deskhand explain PC-7 --period 6M --output json"
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

/// The options of every command, before the script's name or after it.
#[derive(Debug, Clone, Default, Args)]
#[allow(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
#[command(next_help_heading = "Global options")]
pub struct Globals {
    /// Use this profile of the configuration
    #[arg(long, global = true, value_name = "NAME")]
    pub profile: Option<String>,
    /// Use a simulated team; no account needed
    #[arg(
        long,
        global = true,
        value_enum,
        value_name = "VENDOR",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "realvnc",
        conflicts_with = "profile"
    )]
    pub demo: Option<Demo>,
    /// Keep the simulated team in this file between commands
    #[arg(long, global = true, value_name = "FILE")]
    pub state: Option<PathBuf>,
    /// How data looks, and where it goes.
    #[command(flatten)]
    pub display: Display,
    /// Show what would change, and change nothing
    #[arg(long, global = true)]
    pub dry_run: bool,
    /// Change nothing, and save what would change as a plan in this file
    #[arg(long, global = true, value_name = "FILE")]
    pub plan_out: Option<PathBuf>,
    /// Change without asking
    #[arg(long, global = true, visible_alias = "yes")]
    pub force: bool,
    /// How much may be changed, and how fast.
    #[command(flatten)]
    pub guards: Guards,
    /// What is written down of the run.
    #[command(flatten)]
    pub results: Results,
    /// Refuse every change
    #[arg(long, global = true)]
    pub read_only: bool,
    /// Trust the certificates in this PEM file too
    #[arg(long, global = true, value_name = "FILE")]
    pub ca_file: Option<PathBuf>,
    /// Append a log of all requests to this file; it holds no secrets
    #[arg(long, global = true, value_name = "FILE")]
    pub log_file: Option<PathBuf>,
    /// Say nothing but errors
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// Use colours
    #[arg(long, global = true, value_enum, value_name = "WHEN")]
    pub color: Option<Color>,
    /// Log requests; -vv logs more
    #[arg(long, short, global = true, action = clap::ArgAction::Count)]
    pub verbose: u8,
}

/// The vendors that can be simulated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Demo {
    /// RealVNC Connect
    Realvnc,
    /// RemotePC Enterprise
    Remotepc,
}

impl From<Demo> for Vendor {
    fn from(demo: Demo) -> Self {
        match demo {
            Demo::Realvnc => Self::RealVnc,
            Demo::Remotepc => Self::RemotePc,
        }
    }
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless `NO_COLOR` is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
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

impl Globals {
    /// Returns these options with those that were given later laid over them.
    #[must_use]
    pub fn then(self, later: Self) -> Self {
        Self {
            profile: later.profile.or(self.profile),
            demo: later.demo.or(self.demo),
            state: later.state.or(self.state),
            display: self.display.then(later.display),
            dry_run: later.dry_run || self.dry_run,
            plan_out: later.plan_out.or(self.plan_out),
            force: later.force || self.force,
            guards: self.guards.then(later.guards),
            results: self.results.then(later.results),
            read_only: later.read_only || self.read_only,
            ca_file: later.ca_file.or(self.ca_file),
            log_file: later.log_file.or(self.log_file),
            quiet: later.quiet || self.quiet,
            color: later.color.or(self.color),
            verbose: later.verbose.saturating_add(self.verbose),
        }
    }

    /// Finds options that do not go together. They may stand on both sides of a script's name, where clap does not see
    /// them side by side.
    pub fn check(&self) -> Result<(), &'static str> {
        if self.demo.is_some() && self.profile.is_some() {
            return Err("--demo and --profile exclude each other: a demo knows no other team than its own");
        }
        if self.demo.is_none() && self.state.is_some() {
            return Err("--state keeps the simulated team, and is of no use without --demo");
        }
        self.display.check()
    }

    /// Returns the names that no script's parameter may bear.
    pub fn reserved() -> Vec<String> {
        Self::augment_args(clap::Command::new("deskhand"))
            .get_arguments()
            .flat_map(|argument| {
                let aliases = argument.get_visible_aliases().unwrap_or_default();
                argument
                    .get_long()
                    .into_iter()
                    .chain(aliases)
                    .map(str::to_owned)
                    .collect::<Vec<_>>()
            })
            .chain(["help", "version"].map(str::to_owned))
            .chain(SPOKEN_FOR.map(str::to_owned))
            .collect()
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

    #[test]
    fn options_given_later_are_laid_over_earlier_ones() {
        let early = Globals {
            profile: Some("a".into()),
            verbose: 1,
            quiet: true,
            ..Globals::default()
        };
        let late = Globals {
            profile: Some("b".into()),
            verbose: 1,
            ..Globals::default()
        };
        let both = early.then(late);
        assert_eq!(
            (both.profile.as_deref(), both.verbose, both.quiet),
            (Some("b"), 2, true)
        );
    }

    #[test]
    fn options_that_exclude_each_other_are_found_on_both_sides_of_a_script() {
        let profile = Globals {
            profile: Some("a".into()),
            ..Globals::default()
        };
        let demo = Globals {
            demo: Some(Demo::Realvnc),
            ..Globals::default()
        };
        assert!(
            profile
                .clone()
                .then(demo.clone())
                .check()
                .unwrap_err()
                .contains("--profile")
        );
        let state = Globals {
            state: Some("f".into()),
            ..Globals::default()
        };
        assert!(state.check().unwrap_err().contains("--state"));
        assert_eq!(state.then(demo).check(), Ok(()));
        assert_eq!(profile.check(), Ok(()));
    }

    #[test]
    fn every_global_option_is_reserved() {
        let reserved = Globals::reserved();
        for name in [
            "profile", "demo", "output", "dry-run", "force", "yes", "verbose", "help", "where", "out",
            "columns", "sort", "excel", "sandbox",
        ] {
            assert!(reserved.iter().any(|r| r == name), "{name}");
        }
    }
}
