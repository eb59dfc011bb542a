//! Finding the journal that somebody means.

use std::path::{Path, PathBuf};

use crate::fleet::{Error, Kind, Result};
use crate::suggest;

use super::list::runs;

/// Stands for the newest run.
const LAST: &str = "last";

/// How many of several runs are named.
const NAMED: usize = 5;

/// Returns the journal of a run that is named whole, by a beginning that no other has, or as `last`.
pub fn find(folder: &Path, name: &str) -> Result<PathBuf> {
    let runs = runs(folder)?;
    let Some((_, newest)) = runs.first() else {
        return Err(Error::new(
            Kind::NotFound,
            format!("there is no run `{name}`: {} has no journals", folder.display()),
        )
        .hint("DESKHAND_DATA_DIR moves them: is it the same as when the run was made?"));
    };
    if name == LAST {
        return Ok(newest.clone());
    }
    if let Some((_, path)) = runs.iter().find(|(run, _)| run == name) {
        return Ok(path.clone());
    }
    let begin: Vec<_> = runs.iter().filter(|(run, _)| run.starts_with(name)).collect();
    match begin.as_slice() {
        [(_, path)] => Ok(path.clone()),
        [] => Err(unknown(name, runs.iter().map(|(run, _)| run.as_str()))),
        several => Err(ambiguous(name, several)),
    }
}

fn unknown<'a>(name: &str, runs: impl Iterator<Item = &'a str>) -> Error {
    let error = Error::new(Kind::NotFound, format!("there is no run `{name}`"));
    error.hint(
        suggest::did_you_mean(name, runs).unwrap_or_else(|| {
            "`deskhand journal list` says which there are; `last` is the newest".to_owned()
        }),
    )
}

fn ambiguous(name: &str, several: &[&(String, PathBuf)]) -> Error {
    let named: Vec<&str> = several.iter().take(NAMED).map(|(run, _)| run.as_str()).collect();
    let more = match several.len() - named.len() {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    Error::new(
        Kind::Ambiguous,
        format!("`{name}` is the beginning of {} runs", several.len()),
    )
    .hint(format!("they are {}{more}", named.join(", ")))
}
