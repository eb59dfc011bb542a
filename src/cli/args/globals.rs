//! The options of every command.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::cli::display::Display;
use crate::fleet::Vendor;

use super::{Guards, Results};

/// The names that later versions will give to global options; scripts must not take them for their parameters.
const SPOKEN_FOR: [&str; 1] = ["sandbox"];

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

    /// Returns the name of the option that may be typed as one letter behind one dash.
    pub fn long_of(letter: &str) -> Option<String> {
        let command = Self::augment_args(clap::Command::new("deskhand"));
        let is_it = |short: char| letter.chars().eq([short]);
        let found = command
            .get_arguments()
            .find(|argument| argument.get_short().is_some_and(is_it))?;
        found.get_long().map(str::to_owned)
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
