//! From what was typed to the standard script that does the same: its name and words, and how its result is shown.

use std::ffi::OsString;
use std::path::Path;

use crate::fields;
use crate::output::{Format, Lines};

use super::super::args::Globals;
use super::super::failure::Failure;
use super::flags::Flag;
use super::names::Bearer;
use super::operations::{Argument, Operation};
use super::option::see_help;
use super::pair::{self, Known};
use super::parse::Typed;

/// How a list is shown. The original takes any of them together.
const SHAPES: [Flag; 3] = [Flag::Csv, Flag::Table, Flag::GridView];

/// One of the 29, with all that goes with it.
#[derive(Debug)]
pub struct Order {
    operation: &'static Operation,
    argument: String,
    typed: Typed,
}

impl Order {
    /// Makes sure that what was typed is one operation, with flags that go with it.
    pub fn of(mut typed: Typed) -> Result<Self, Failure> {
        let Some((operation, argument)) = typed.operation.take() else {
            let failure = Failure::usage("no option says what is to be done");
            return Err(failure.hint(format!("one does, such as -listcomputers; {}", see_help())));
        };
        let order = Self {
            operation,
            argument,
            typed,
        };
        order.check()?;
        Ok(order)
    }

    fn check(&self) -> Result<(), Failure> {
        let operation = self.operation;
        if let Some(stray) = self
            .typed
            .flags
            .keys()
            .find(|flag| !operation.flags.contains(flag))
        {
            let failure = Failure::usage(format!(
                "`-{}` does not go with `-{}`",
                stray.name(),
                operation.option
            ));
            return Err(failure.hint(match operation.flags {
                _ if *stray == Flag::Csv => {
                    "the original writes no file here; --output csv --out FILE does".to_owned()
                }
                _ if SHAPES.contains(stray) => "--output table prints a table".to_owned(),
                [] => "of the options of the original none does".to_owned(),
                flags => format!("what does: {}", listed(flags)),
            }));
        }
        Ok(())
    }

    fn has(&self, flag: Flag) -> bool {
        self.typed.flags.contains_key(&flag)
    }

    /// Tells whether a window was asked for, in the place of which there is a table.
    pub fn wants_grid(&self) -> bool {
        self.has(Flag::GridView)
    }

    /// Returns the global options: deskhand's own that were typed, laid over `early`, and what the flags stand for. Files
    /// without a path of their own are written `here`.
    pub fn globals(&self, early: Globals, here: &Path) -> Result<Globals, Failure> {
        let mut globals = early.then(self.typed.globals.clone());
        let shape = SHAPES.iter().find(|flag| self.has(**flag));
        if let (Some(shape), Some(format)) = (shape, globals.display.output) {
            return Err(Failure::usage(format!(
                "`-{}` and `--output {format}` exclude each other",
                shape.name()
            )));
        }
        globals.force = globals.force || !self.operation.asks() || self.has(Flag::Force);
        let display = &mut globals.display;
        display.lines = Lines::Rows;
        let is_table = self.has(Flag::Table) || self.wants_grid();
        if self.has(Flag::Csv) {
            display.output = Some(Format::Csv);
            display.beside = is_table.then_some(Format::Table);
            if let (None, Some(file)) = (&display.out, self.operation.file) {
                display.out = Some(here.join(file));
            }
        } else if is_table {
            display.output = Some(Format::Table);
        } else if display.output.is_none() {
            display.output = display.file().and_then(Format::of_file).or(Some(Format::Text));
        }
        if display.columns.is_empty() {
            let columns = self.operation.columns.iter();
            display.columns = columns
                .filter(|(_, flag)| flag.is_none_or(|flag| self.has(flag)))
                .map(|(column, _)| (*column).to_owned())
                .collect();
        }
        Ok(globals)
    }

    /// Returns the name of the script and what follows it on the command line of `deskhand SCRIPT`. `known` lists what there
    /// is, and is asked where a comma leaves in doubt what is meant.
    pub fn words(
        &self,
        known: impl Fn(Bearer) -> Result<Vec<String>, Failure>,
    ) -> Result<Vec<OsString>, Failure> {
        let operation = self.operation;
        let mut words = vec![operation.script.to_owned()];
        words.extend(operation.words.iter().map(|&word| word.to_owned()));
        for (flag, value) in &self.typed.flags {
            words.extend(told(*flag, value, &known)?);
        }
        let named = self.named(&mut words, || known(Bearer::Computer))?;
        if !named.is_empty() {
            // What follows may begin with a dash.
            words.push("--".to_owned());
            words.extend(named);
        }
        Ok(words.into_iter().map(OsString::from).collect())
    }

    /// Returns the parts of the argument that the script takes by their places; the roles of an invitation it takes by name.
    fn named(
        &self,
        words: &mut Vec<String>,
        computers: impl FnOnce() -> Result<Vec<String>, Failure>,
    ) -> Result<Vec<String>, Failure> {
        let argument = self.argument.trim();
        let both = |(left, right): pair::Pair| vec![left, right];
        match self.operation.argument {
            Argument::None => Ok(Vec::new()),
            Argument::One(_) => Ok(vec![argument.to_owned()]),
            Argument::Rename => pair::split(argument, Known::Left, computers).map(both),
            Argument::GroupAndComputer => pair::split(argument, Known::Right, computers).map(both),
            Argument::GroupAndUser => pair::split_at_last(argument).map(both),
            Argument::Invitation => {
                let (email, roles) = self.roles()?;
                words.push(format!("--roles={roles}"));
                Ok(vec![email])
            }
            Argument::Roles => self.roles().map(both),
        }
    }

    /// Splits an email address from the roles behind it, which are written in capitals whatever was typed.
    fn roles(&self) -> Result<pair::Pair, Failure> {
        let argument = self.argument.trim();
        let (email, roles) = argument.split_once(char::is_whitespace).unwrap_or((argument, ""));
        let roles: Vec<&str> = roles
            .split(|c: char| c == ',' || c.is_whitespace())
            .filter(|role| !role.is_empty())
            .collect();
        if roles.is_empty() {
            let (option, email) = (self.operation.option, email.split(',').next().unwrap_or(email));
            return Err(Failure::usage(format!("`-{option}`: `{argument}` names no role"))
                .hint(format!("-{option} \"{email} USER,TECHNICIAN\"")));
        }
        Ok((email.to_owned(), roles.join(",").to_uppercase()))
    }
}

/// Returns what a flag tells the script.
fn told(
    flag: Flag,
    value: &str,
    known: impl Fn(Bearer) -> Result<Vec<String>, Failure>,
) -> Result<Vec<String>, Failure> {
    Ok(match flag {
        Flag::WithGroups => vec!["--groups".to_owned()],
        Flag::UngroupedOnly => vec!["--ungrouped-only".to_owned()],
        Flag::ConnectionsOnly => vec!["--connections-only".to_owned()],
        Flag::Groups => {
            let groups = pair::split_all(value, || known(Bearer::UserGroup))?;
            vec![format!("--groups={}", fields::join(&groups))]
        }
        Flag::DateRange => {
            let (start, end) = dates(value)?;
            vec![format!("--from={start}"), format!("--to={end}")]
        }
        Flag::LastSeenTime
        | Flag::EntryId
        | Flag::UserId
        | Flag::Csv
        | Flag::Table
        | Flag::GridView
        | Flag::Force => Vec::new(),
    })
}

fn dates(range: &str) -> Result<(&str, &str), Failure> {
    let dates: Vec<&str> = range.split(',').map(str::trim).collect();
    match dates.as_slice() {
        [start, end] if !start.is_empty() && !end.is_empty() => Ok((*start, *end)),
        _ => Err(Failure::usage(format!(
            "`-daterange`: `{range}` is not two dates with a comma between"
        ))
        .hint("-daterange \"2026-01-01,2026-01-31\"")),
    }
}

fn listed(flags: &[Flag]) -> String {
    let flags: Vec<String> = flags.iter().map(|flag| flag.typed()).collect();
    flags.join(" ")
}
