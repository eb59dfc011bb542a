//! `read_computers`: the computers that a file lists, found before anything is done to any of them.
//!
//! Whatever is wrong with the file and whoever cannot be told from it is said at once, each with its line: a script cannot
//! begin with half of a list.

use std::collections::HashMap;
use std::path::Path;

use rhai::{Array, Dynamic};

use crate::fleet::{Computer, ComputerId, ComputerQuery, Error, Kind, Result, Vendor};
use crate::output::read::{self, Fault, Meant, ReadError};
use crate::plan::results::CHANGE;
use crate::suggest;

use super::arguments::Arguments;
use super::files::{USUAL, bytes, other_names, unusable};
use super::function::{Effect, Function};
use super::options::Options;
use super::records::ComputerRecord;
use super::writes;

mod members;
mod renames;
mod who;

use who::{COMPUTERS, find};

/// The functions that read what is to be done to each of several, in the order of the reference.
pub const PAIRS: &[Function] = &[
    renames::FUNCTION,
    members::COMPUTERS,
    members::COMPUTERS_INTO,
    members::USERS,
    members::USERS_INTO,
];

/// The column that ids are read from.
const ID: &str = "EntryID";

/// The functions, in the order of the reference.
pub const FUNCTIONS: &[Function] = &[
    Function {
        name: "read_computers",
        parameters: &[("file", "string")],
        returns: "array of Computer",
        about: "Reads the computers that a file lists by their names, as read_list(file) reads it, and finds each: exactly, or else the only \
                one that is so but for upper and lower case. Rows that name nobody, several, or the same computer twice are one \
                error that tells their lines.",
        example: "read_computers(\"computers.txt\").map(|c| c.name)",
        operations: &["listEntries", "getDevices"],
        effect: Effect::Read,
        body: |call| computers(call, &Options::none(call)),
    },
    Function {
        name: "read_computers",
        parameters: &[("file", "string"), ("options", "map")],
        returns: "array of Computer",
        about: "As read_computers(file); with `by_id: true` the file lists the vendor's ids, an id a line or in a column `EntryID`. Where the \
                key may not list computers, RealVNC only, the records then hold nothing but the id. `change: \"remove_computer\"` says \
                what the computers are read for: rows that are for another, as their column `Change` says in every list of what \
                was not made, are refused.",
        example: "read_computers(\"computers.txt\", #{ by_id: false }).len",
        operations: &["listEntries", "getDevices"],
        effect: Effect::Read,
        body: |call| computers(call, &call.options(1, &["by_id", "change"])?),
    },
];

/// Returns the words for the changes that there are.
fn changes() -> Vec<&'static str> {
    let functions = writes::FUNCTIONS.into_iter().flatten();
    functions.map(|function| function.name).collect()
}

/// Returns what the rows of a file are read for.
fn meant<'a>(change: &'a str, of: &'a [&'a str]) -> Meant<'a> {
    Meant {
        column: CHANGE,
        for_this: change,
        of,
    }
}

fn computers(call: &Arguments<'_>, options: &Options) -> Result<Dynamic> {
    let by_id = options.flag("by_id")?;
    let change = options.text("change")?;
    let changes = changes();
    if let Some(change) = change
        .as_ref()
        .filter(|change| !changes.contains(&change.as_str()))
    {
        return Err(
            Error::new(Kind::Invalid, format!("there is no change `{change}`"))
                .hint(suggest::among(change, changes.iter().copied())),
        );
    }
    let meant = change.as_ref().map(|change| meant(change, &changes));
    let file = call.name(0)?;
    let column = if by_id { ID } else { USUAL };
    let others = other_names(column);
    let names: Vec<&str> = std::iter::once(column)
        .chain(others.iter().map(String::as_str))
        .collect();
    let bytes = bytes(call, &file)?;
    let (rows, mut faults) = read::lines(Path::new(&file), &bytes, &names, meant.as_ref())
        .map_err(|error| unusable(&file, error))?;
    for (_, word) in &rows {
        call.fleet.world().named.add(word);
    }
    let Some(fleet) = listed(call, by_id)? else {
        return unread(call, &file, rows, faults);
    };
    let fleet: Vec<&Computer> = fleet.iter().collect();
    let mut found = Vec::with_capacity(rows.len());
    let mut lines: HashMap<ComputerId, usize> = HashMap::new();
    for (line, word) in rows {
        let asked = if by_id {
            (Some(&word), None)
        } else {
            (None, Some(&word))
        };
        match find(&COMPUTERS, &fleet, asked) {
            Err(why) => faults.push(Fault::new(line, why)),
            Ok(computer) => match lines.get(&computer.id) {
                None => {
                    lines.insert(computer.id.clone(), line);
                    found.push(computer.clone());
                }
                // A row that is the same letter by letter was found out when the file was read.
                Some(_) if faults.iter().any(|fault| fault.line == line) => {}
                Some(earlier) => {
                    let why = format!("'{word}' is the same computer as in line {earlier}");
                    faults.push(Fault::new(line, why));
                }
            },
        }
    }
    sound(&file, faults)?;
    Ok(records(found))
}

/// Lists the fleet; nothing where the key may not, and ids are all that is asked for.
fn listed(call: &Arguments<'_>, by_id: bool) -> Result<Option<Vec<Computer>>> {
    let query = ComputerQuery::default();
    match call.fleet.list(|reader| reader.computers(&query)) {
        Err(refused)
            if refused.kind == Kind::Permission && by_id && call.fleet.vendor() == Vendor::RealVnc =>
        {
            (call.fleet.world().warn)(&format!(
                "neither the names of the computers nor anything else about them is known: {refused}"
            ));
            Ok(None)
        }
        listed => listed.map(Some),
    }
}

/// Returns records that hold nothing but the ids.
fn unread(
    call: &Arguments<'_>,
    file: &str,
    rows: Vec<(usize, String)>,
    faults: Vec<Fault>,
) -> Result<Dynamic> {
    sound(file, faults)?;
    let record = |(_, id): (usize, String)| {
        Computer::unread(
            ComputerId::new(id),
            call.fleet.vendor(),
            call.fleet.profile().to_owned(),
        )
    };
    Ok(records(rows.into_iter().map(record).collect()))
}

fn sound(file: &str, mut faults: Vec<Fault>) -> Result<()> {
    if faults.is_empty() {
        return Ok(());
    }
    faults.sort_by_key(|fault| fault.line);
    Err(unusable(file, ReadError::Faults(faults)))
}

fn records(computers: Vec<Computer>) -> Dynamic {
    let records = computers.into_iter().map(ComputerRecord::from);
    Dynamic::from_array(records.map(Dynamic::from).collect::<Array>())
}
