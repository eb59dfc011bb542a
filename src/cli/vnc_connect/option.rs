//! The names after a dash: found in any case, and by any beginning that no other has, as PowerShell finds them.

use std::collections::BTreeSet;

use crate::suggest;

use super::super::args::Globals;
use super::super::failure::Failure;
use super::flags::Flag;
use super::operations::{OPERATIONS, Operation};

/// The name of the option that asks for help.
const HELP: &str = "help";

/// What PowerShell takes for the dash before a parameter: text that went through a word processor has the long ones.
const DASHES: [char; 4] = ['-', '\u{2013}', '\u{2014}', '\u{2015}'];

/// An option of the original.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// One of the 29.
    Operation(&'static Operation),
    /// What stands beside them.
    Flag(Flag),
    /// The table of all of them.
    Help,
}

impl Choice {
    /// Returns its name, without its dash.
    pub fn name(self) -> &'static str {
        match self {
            Self::Operation(operation) => operation.option,
            Self::Flag(flag) => flag.name(),
            Self::Help => HELP,
        }
    }

    /// Returns what stands between the quotes after it; nothing for what is given by its name alone.
    pub fn placeholder(self) -> Option<&'static str> {
        match self {
            Self::Operation(operation) => operation.argument.placeholder(),
            Self::Flag(flag) => flag.placeholder(),
            Self::Help => None,
        }
    }

    /// Finds the option of a name that was typed without its dash.
    pub fn find(name: &str) -> Result<Self, Failure> {
        let lower = name.to_lowercase();
        let is_exact = |choice: &Self| choice.name() == lower || (lower == "?" && *choice == Self::Help);
        if let Some(choice) = all().find(is_exact) {
            return Ok(choice);
        }
        let beginning: Vec<Self> = all()
            .filter(|choice| !lower.is_empty() && choice.name().starts_with(&lower))
            .collect();
        match beginning.as_slice() {
            [choice] => Ok(*choice),
            [] => Err(unknown(name)),
            several => {
                let names: Vec<String> = several
                    .iter()
                    .map(|choice| format!("-{}", choice.name()))
                    .collect();
                Err(
                    Failure::usage(format!("`-{name}` is the beginning of {} options", several.len()))
                        .hint(format!("write out which one: {}", names.join(", "))),
                )
            }
        }
    }
}

/// Returns a word without its dash, if it is an option of the original: one dash and a name.
pub fn after_dash(word: &str) -> Option<&str> {
    let name = word.strip_prefix(DASHES)?;
    name.starts_with(|c: char| c.is_alphabetic() || c == '?')
        .then_some(name)
}

/// Says that an option of deskhand's own is not there. The original's may have been given one dash too many.
pub fn not_our_own(name: &str, own: &BTreeSet<String>) -> Failure {
    let failure = Failure::usage(format!("there is no option `--{name}`"));
    match Choice::find(name) {
        Ok(choice) => failure.hint(format!(
            "the options of the original have one dash: -{}",
            choice.name()
        )),
        Err(_) => failure.hint(
            suggest::did_you_mean(name, own.iter().map(String::as_str))
                .map_or_else(see_help, |guess| guess.replacen('`', "`--", 1)),
        ),
    }
}

/// Says where all options are listed.
pub fn see_help() -> String {
    "`deskhand vnc-connect -help` lists the options".to_owned()
}

fn all() -> impl Iterator<Item = Choice> {
    let operations = OPERATIONS.iter().map(Choice::Operation);
    operations
        .chain(Flag::ALL.map(Choice::Flag))
        .chain([Choice::Help])
}

fn unknown(name: &str) -> Failure {
    let failure = Failure::usage(format!("there is no option `-{name}`"));
    let lower = name.to_lowercase();
    let own = Globals::reserved();
    if let Some(long) = own
        .iter()
        .find(|long| **long == lower)
        .or(Globals::long_of(name).as_ref())
    {
        return failure.hint(format!("deskhand's own options have two dashes: --{long}"));
    }
    failure.hint(
        suggest::did_you_mean(&lower, all().map(Choice::name))
            .map_or_else(see_help, |guess| guess.replacen('`', "`-", 1)),
    )
}
