//! The names of columns, as people write them.

use std::fmt;

use crate::suggest;

use super::{Absent, Column, Table};

/// Why a name is that of no column to be had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnError {
    message: String,
    hint: Option<String>,
}

impl ColumnError {
    /// Returns what to do about it.
    pub fn hint(&self) -> Option<&str> {
        self.hint.as_deref()
    }

    pub(super) fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            hint: None,
        }
    }

    fn absent(absent: &Absent) -> Self {
        Self {
            message: absent.why.clone(),
            hint: absent.hint.clone(),
        }
    }

    /// Says what was perhaps meant, and what there is.
    pub(super) fn unknown<'a>(name: &str, there: impl Iterator<Item = &'a str> + Clone) -> Self {
        let list = there.clone().collect::<Vec<_>>().join(", ");
        let columns = format!("the columns are {list}");
        Self {
            message: format!("there is no column `{name}`"),
            hint: Some(match suggest::did_you_mean(name, there) {
                Some(guess) => format!("{guess} ({columns})"),
                None => columns,
            }),
        }
    }
}

impl fmt::Display for ColumnError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ColumnError {}

/// Tells whether two names are the same but for upper and lower case, blanks, hyphens and underscores.
fn same_name(one: &str, other: &str) -> bool {
    letters(one).eq(letters(other))
}

fn letters(name: &str) -> impl Iterator<Item = char> {
    name.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '_' | '-'))
        .flat_map(char::to_lowercase)
}

/// Returns the first of some names that is the one asked for: exactly, else but for case and blanks.
pub(super) fn position<'a>(mut names: impl Iterator<Item = &'a str> + Clone, asked: &str) -> Option<usize> {
    let exactly = names.clone().position(|name| name == asked);
    exactly.or_else(|| names.position(|name| same_name(name, asked)))
}

impl Column {
    /// Tells whether it bears a name: the field's, the heading in a table or the heading in CSV.
    pub fn is_called(&self, name: &str) -> bool {
        [&self.key, &self.title, &self.csv]
            .into_iter()
            .any(|own| same_name(own, name))
    }
}

impl Table {
    /// Finds a column by one of its names: the field's, else the heading in a table, else the heading in CSV.
    pub(super) fn column(&self, name: &str) -> Result<usize, ColumnError> {
        if let Some(at) = find(&self.columns, name) {
            return Ok(at);
        }
        let absent: Vec<&Column> = self.absent.iter().map(|absent| &absent.column).collect();
        Err(match find(&absent, name) {
            Some(at) => ColumnError::absent(&self.absent[at]),
            None => ColumnError::unknown(name, self.columns.iter().map(|column| column.key.as_str())),
        })
    }
}

fn find<C: std::borrow::Borrow<Column>>(columns: &[C], name: &str) -> Option<usize> {
    let by = |of: fn(&Column) -> &str| position(columns.iter().map(move |column| of(column.borrow())), name);
    by(|column| &column.key)
        .or_else(|| by(|column| &column.title))
        .or_else(|| by(|column| &column.csv))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        Table {
            absent: vec![Absent {
                column: Column::named("online"),
                why: "online: not loaded".to_owned(),
                hint: Some("load it".to_owned()),
            }],
            ..Table::new(vec![
                Column::new("name", "Script", "Name"),
                Column::new("last_seen", "Seen", "LastSeenTime"),
                Column::named("Script"),
                Column::named("NAME"),
            ])
        }
    }

    #[test]
    fn a_column_is_found_by_each_of_its_names_whatever_the_case_and_the_blanks() {
        for name in [
            "last_seen",
            "LastSeen",
            "last seen",
            "LAST-SEEN",
            "seen",
            "lastseentime",
            "Last_Seen_Time",
        ] {
            assert_eq!(table().column(name), Ok(1), "{name}");
        }
    }

    #[test]
    fn the_exact_name_wins_and_the_field_before_the_heading() {
        assert_eq!(table().column("name"), Ok(0));
        assert_eq!(table().column("NAME"), Ok(3));
        assert_eq!(table().column("Name"), Ok(0));
        assert_eq!(table().column("Script"), Ok(2));
    }

    #[test]
    fn an_unknown_name_is_told_what_it_may_have_meant_and_what_there_is() {
        let error = table().column("last_sen").unwrap_err();
        assert_eq!(error.to_string(), "there is no column `last_sen`");
        assert_eq!(
            error.hint(),
            Some("did you mean `last_seen`? (the columns are name, last_seen, Script, NAME)")
        );
        let error = table().column("zzz").unwrap_err();
        assert_eq!(
            error.hint(),
            Some("the columns are name, last_seen, Script, NAME")
        );
    }

    #[test]
    fn a_column_that_might_be_there_says_why_it_is_not() {
        let error = table().column("Online").unwrap_err();
        assert_eq!(
            (error.to_string().as_str(), error.hint()),
            ("online: not loaded", Some("load it"))
        );
    }
}
