//! Who is meant by a row: by the id that stands in it, or else by the name.

use crate::fleet::{Computer, Group, User};
use crate::host::directory;
use crate::suggest;

/// A sort of things that rows name: what one is called, and where its name and its id stand.
pub struct Sort<T> {
    /// A word for one of them.
    pub word: &'static str,
    /// What a row names it by besides the id.
    pub called: &'static str,
    /// Returns its name.
    pub name: fn(&T) -> &str,
    /// Returns its id.
    pub id: fn(&T) -> &str,
}

/// Computers, by their display names.
pub const COMPUTERS: Sort<Computer> = Sort {
    word: "computer",
    called: "named",
    name: |computer| &computer.name,
    id: |computer| computer.id.as_str(),
};

/// Users, by their email addresses.
pub const USERS: Sort<User> = Sort {
    word: "user",
    called: "with the address",
    name: |user| user.email.as_deref().unwrap_or_default(),
    id: |user| user.id.as_str(),
};

/// Groups of computers.
pub const COMPUTER_GROUPS: Sort<Group> = Sort {
    word: "computer group",
    called: "named",
    name: |group| &group.name,
    id: |group| group.id.as_str(),
};

/// Groups of users.
pub const USER_GROUPS: Sort<Group> = Sort {
    word: "user group",
    ..COMPUTER_GROUPS
};

/// Finds the one that is meant by an id and a name of which at least one is there, or says why not. Where both are there
/// the id counts, and the name has to be right as well: a list may be old.
pub fn find<'a, T>(
    sort: &Sort<T>,
    all: &[&'a T],
    (id, name): (Option<&String>, Option<&String>),
) -> Result<&'a T, String> {
    match (id, name) {
        (Some(id), name) => {
            let found = by_id(sort, all, id)?;
            let is = (sort.name)(found);
            match name {
                Some(name) if name.to_lowercase() != is.to_lowercase() => {
                    let word = sort.word;
                    Err(format!("the {word} with the id '{id}' is '{is}', not '{name}'"))
                }
                _ => Ok(found),
            }
        }
        (None, Some(name)) => by_name(sort, all, name),
        (None, None) => Err(format!("it says no {}", sort.word)),
    }
}

/// Finds the one of an id.
pub fn by_id<'a, T>(sort: &Sort<T>, all: &[&'a T], id: &str) -> Result<&'a T, String> {
    let found = all.iter().copied().find(|it| (sort.id)(it) == id);
    found.ok_or_else(|| format!("there is no {} with the id '{id}'", sort.word))
}

/// Finds the one of a name: exactly so, else the only one that is so but for upper and lower case.
pub fn by_name<'a, T>(sort: &Sort<T>, all: &[&'a T], name: &str) -> Result<&'a T, String> {
    match directory::one(sort.word, name, all, |it| (sort.name)(it), |it| (sort.id)(it)) {
        Ok(Some(found)) => Ok(found),
        Ok(None) => {
            let guess = suggest::did_you_mean(name, all.iter().map(|it| (sort.name)(it)));
            let guess = guess.map(|guess| format!(" ({guess})")).unwrap_or_default();
            Err(format!(
                "there is no {} {} '{name}'{guess}",
                sort.word, sort.called
            ))
        }
        Err(several) => Err(several.message),
    }
}
