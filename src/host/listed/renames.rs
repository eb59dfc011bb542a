//! `read_renames`: which computers get which names, by a file.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use rhai::{Dynamic, Map};

use crate::fleet::{Computer, ComputerQuery, Result};
use crate::host::arguments::Arguments;
use crate::host::files::{bytes, unusable};
use crate::host::function::{Effect, Function};
use crate::host::records::ComputerRecord;
use crate::output::read::{self, Asked, Fault, Fields, Header};

use super::who::{COMPUTERS, by_id, find};
use super::{ID, changes, meant, sound};

/// The columns, in the order in which the fields of a row stand where there is no header.
const COLUMNS: [Asked<'_>; 3] = [
    Asked {
        names: &[
            "Current",
            "CurrentName",
            "Name",
            "Old",
            "OldName",
            "Computer",
            "Target",
        ],
        required: true,
    },
    Asked {
        names: &["New", "NewName", "To"],
        required: true,
    },
    Asked {
        names: &[ID],
        required: false,
    },
];

/// The function.
pub const FUNCTION: Function = Function {
    name: "read_renames",
    parameters: &[("file", "string")],
    returns: "array of map",
    about: "Reads which computers are to get which names: CSV with the columns `Current` and `New` in any order, and perhaps `EntryID`, \
            or without a header a line `current,new` for each. Returns a map for each row: `computer`, `name` and the row's `line`. \
            A computer that has its new name already is found by that. Rows that name nobody or several, a computer or a new \
            name that is there twice, and a name that another computer keeps are one error that tells their lines.",
    example: "read_renames(\"new-names.csv\").map(|row| `${row.computer.name} becomes ${row.name}`)",
    operations: &["listEntries", "getDevices"],
    effect: Effect::Read,
    body: |call| renames(call),
};

/// A row that could be told.
struct Rename<'a> {
    line: usize,
    computer: &'a Computer,
    to: String,
}

fn renames(call: &Arguments<'_>) -> Result<Dynamic> {
    let file = call.name(0)?;
    let bytes = bytes(call, &file)?;
    let changes = changes();
    let meant = meant("rename", &changes);
    let (rows, mut faults) = read::fields(Path::new(&file), &bytes, &COLUMNS, Header::Optional, &meant)
        .map_err(|error| unusable(&file, error))?;
    let query = ComputerQuery::default();
    let fleet = call.fleet.list(|reader| reader.computers(&query))?;
    let fleet: Vec<&Computer> = fleet.iter().collect();
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        // A row that is the same letter by letter was found out when the file was read.
        if faults.iter().any(|fault| fault.line == row.line) {
            continue;
        }
        match told(&fleet, row) {
            Ok(rename) => found.push(rename),
            Err(fault) => faults.push(fault),
        }
    }
    faults.extend(clashes(&fleet, &found));
    sound(&file, faults)?;
    let rows = found.into_iter().map(|rename| {
        Dynamic::from_map(Map::from_iter([
            (
                "computer".into(),
                Dynamic::from(ComputerRecord::from(rename.computer.clone())),
            ),
            ("name".into(), rename.to.into()),
            (
                "line".into(),
                i64::try_from(rename.line).unwrap_or(i64::MAX).into(),
            ),
        ]))
    });
    Ok(Dynamic::from_array(rows.collect()))
}

/// Finds the computer of a row.
fn told<'a>(fleet: &[&'a Computer], row: Fields) -> std::result::Result<Rename<'a>, Fault> {
    let Fields { line, values } = row;
    let [current, Some(to), id] = &values[..] else {
        return Err(Fault::new(line, "it says no new name"));
    };
    let asked = (id.as_ref(), current.as_ref());
    let found = find(&COMPUTERS, fleet, asked).or_else(|why| renamed_before(fleet, asked, to).ok_or(why));
    Ok(Rename {
        line,
        computer: found.map_err(|why| Fault::new(line, why))?,
        to: to.clone(),
    })
}

/// Finds the computer that a row was about when it was made so: whoever feeds a list in again has part of it behind him.
/// Without an id it is the only one that bears the new name, where none bears the old one any more.
fn renamed_before<'a>(
    fleet: &[&'a Computer],
    (id, current): (Option<&String>, Option<&String>),
    to: &str,
) -> Option<&'a Computer> {
    if let Some(id) = id {
        return by_id(&COMPUTERS, fleet, id).ok().filter(|it| it.name == to);
    }
    let old = current?.to_lowercase();
    let mut bearers = fleet.iter().copied().filter(|it| it.name == to);
    let only = bearers.next().filter(|_| bearers.next().is_none())?;
    fleet
        .iter()
        .all(|it| it.name.to_lowercase() != old)
        .then_some(only)
}

/// Finds rows that cannot be made along with others, or with what else there is.
fn clashes(fleet: &[&Computer], rows: &[Rename<'_>]) -> Vec<Fault> {
    let renamed: HashSet<&str> = rows.iter().map(|row| row.computer.id.as_str()).collect();
    let mut bearers: HashMap<String, &Computer> = HashMap::new();
    for computer in fleet.iter().filter(|it| !renamed.contains(it.id.as_str())) {
        bearers.insert(computer.name.to_lowercase(), computer);
    }
    let mut computers: HashMap<&str, usize> = HashMap::new();
    let mut names: HashMap<String, usize> = HashMap::new();
    let mut faults = Vec::new();
    for Rename { line, computer, to } in rows {
        let twice = computers.get(computer.id.as_str());
        let taken = names.get(&to.to_lowercase());
        let why = if let Some(earlier) = twice {
            format!("'{}' is the same computer as in line {earlier}", computer.name)
        } else if let Some(earlier) = taken {
            format!("'{to}' is the new name in line {earlier}, too")
        } else if let Some(other) = bearers.get(&to.to_lowercase()) {
            format!("'{}' is the name of another computer ({})", other.name, other.id)
        } else {
            computers.insert(computer.id.as_str(), *line);
            names.insert(to.to_lowercase(), *line);
            continue;
        };
        faults.push(Fault::new(*line, why));
    }
    faults
}
