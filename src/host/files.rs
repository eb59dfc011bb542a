//! `read_list` and `read_rows`: a list in a file, as bulk input of a script.
//!
//! What may be in a file is said by [`output::read`](crate::output::read). Whatever is wrong with it is told at once, and
//! nothing is returned: a script cannot begin with half a list.

use std::path::Path;

use rhai::{Array, Dynamic, Map};

use crate::encoding;
use crate::fleet::{Error, Kind, Result};
use crate::output::read::{self, Fault, ReadError, Row};
use crate::output::{Cell, Column};

use super::arguments::Arguments;
use super::function::{Effect, Function};
use super::records::{
    ComputerRecord, EventRecord, GroupRecord, PresenceRecord, Record, UserRecord, column as heading,
};
use super::value::to_dynamic;

/// The largest list that is read, far beyond a fleet's.
const LARGEST: u64 = 64 << 20;

/// How many rows that are wrong are named.
const MOST_NAMED: usize = 10;

/// The column that a list is read from where none is named.
pub(super) const USUAL: &str = "Name";

/// The field of a row that tells its place in the file.
const LINE: &str = "line";

/// The functions, in the order of the reference.
pub const FUNCTIONS: &[Function] = &[
    Function {
        name: "read_list",
        parameters: &[("file", "string")],
        returns: "array of string",
        about: "Reads a list of names from a file: a name a line, or the column `Name` of CSV with a header, JSON or JSON \
                lines, as deskhand and spreadsheets write them. A relative path starts from the current directory. Rows \
                without a name, rows that are the same and broken quoting are one error of kind `invalid` that tells \
                their lines.",
        example: "read_list(\"computers.txt\").map(|name| find_computer(name))",
        operations: &[],
        effect: Effect::None,
        body: |call| list(call, USUAL),
    },
    Function {
        name: "read_list",
        parameters: &[("file", "string"), ("column", "string")],
        returns: "array of string",
        about: "Reads a list from another column of a file. The name of a column may be the heading in the file or the field \
                that it comes from (`EntryID` or `id`), whatever the case.",
        example: "read_list(\"new-groups.csv\", \"group name\").len",
        operations: &[],
        effect: Effect::None,
        body: |call| list(call, &call.name(1)?),
    },
    Function {
        name: "read_rows",
        parameters: &[("file", "string")],
        returns: "array of map",
        about: "Reads all rows of a file that has a header, or of JSON: a map each, with the headings for keys as they stand \
                in the file, `()` for what is empty, and the row's place in the file as `line`.",
        example: "read_rows(\"new-groups.csv\").map(|row| `${row.line}: ${row.Name} to ${row.GroupName}`)",
        operations: &[],
        effect: Effect::None,
        body: |call| {
            let file = call.name(0)?;
            let rows = read::rows(Path::new(&file), &bytes(call, &file)?).map_err(|e| unusable(&file, e))?;
            let words = rows.iter().flat_map(|row| &row.cells);
            for (_, cell) in words {
                if let Cell::Text(word) = cell {
                    call.fleet.world().named.add(word);
                }
            }
            let maps = rows.into_iter().map(|row| map(&file, row));
            maps.collect::<Result<Array>>().map(Dynamic::from_array)
        },
    },
];

fn list(call: &Arguments<'_>, column: &str) -> Result<Dynamic> {
    let file = call.name(0)?;
    let others = other_names(column);
    let names: Vec<&str> = std::iter::once(column)
        .chain(others.iter().map(String::as_str))
        .collect();
    let list =
        read::column(Path::new(&file), &bytes(call, &file)?, &names).map_err(|e| unusable(&file, e))?;
    for name in &list {
        call.fleet.world().named.add(name);
    }
    Ok(Dynamic::from_array(list.into_iter().map(Dynamic::from).collect()))
}

pub(super) fn bytes(call: &Arguments<'_>, file: &str) -> Result<Vec<u8>> {
    let path = call.fleet.world().here.join(file);
    encoding::read_bytes(&path, LARGEST)
        .map_err(|e| Error::new(Kind::Invalid, format!("`{file}` cannot be read")).caused_by(&e))
}

/// Returns the other names of the columns that bear a name: the field's, and the headings.
pub(super) fn other_names(name: &str) -> Vec<String> {
    fn columns<R: Record>() -> impl Iterator<Item = Column> {
        R::FIELDS.iter().filter_map(heading)
    }
    columns::<ComputerRecord>()
        .chain(columns::<GroupRecord>())
        .chain(columns::<UserRecord>())
        .chain(columns::<PresenceRecord>())
        .chain(columns::<EventRecord>())
        .filter(|column| column.is_called(name))
        .flat_map(|column| [column.key, column.title, column.csv])
        .collect()
}

fn map(file: &str, row: Row) -> Result<Dynamic> {
    let mut map = Map::new();
    let line = i64::try_from(row.line).unwrap_or(i64::MAX);
    map.insert(LINE.into(), line.into());
    for (heading, cell) in row.cells {
        if heading == LINE {
            return Err(Error::new(
                Kind::Invalid,
                format!("`{file}` cannot be used: a column is called `{LINE}`, as the place of a row is"),
            )
            .hint("rename it in the first line"));
        }
        map.insert(heading.into(), to_dynamic(cell));
    }
    Ok(Dynamic::from_map(map))
}

pub(super) fn unusable(file: &str, error: ReadError) -> Error {
    let error_of = |why: &str| Error::new(Kind::Invalid, format!("`{file}` cannot be used: {why}"));
    match error {
        ReadError::Unreadable { why, hint } => {
            let error = error_of(&why);
            match hint {
                Some(hint) => error.hint(hint),
                None => error,
            }
        }
        ReadError::Faults(faults) => {
            let told = |fault: &Fault| format!("line {}: {}", fault.line, fault.why);
            let error = match &faults[..] {
                [fault] => error_of(&told(fault)),
                many => {
                    let mut error = error_of(&format!("{} of its rows are wrong", many.len()));
                    error.causes = many.iter().take(MOST_NAMED).map(told).collect();
                    let unnamed = many.len().saturating_sub(MOST_NAMED);
                    error
                        .causes
                        .extend((unnamed > 0).then(|| format!("and {unnamed} more")));
                    error
                }
            };
            error.hint("mend the file and run it again: nothing was taken from it")
        }
    }
}
