//! What came of a write for each of the users that it named.
//!
//! The vendor's own examples show users in an answer who were not in the request, and one address both as invited and
//! as invalid. So nothing is concluded from silence or from contradiction: such a user is unknown. Addresses are compared
//! without regard to case; that the vendor tells two people apart by it is not documented.

use std::collections::HashSet;

use serde_json::Value;

use crate::fleet::{Attempt, Error, Kind};

use super::PRODUCT;
use super::connection::Connection;

/// What came of a write for one user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PerUser {
    /// The user, as in the request.
    pub username: String,
    /// What came of it.
    pub attempt: Attempt,
}

/// What an answer says of a user.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Word {
    Done,
    Failed(String),
}

/// Everything that an answer says of users.
#[derive(Debug, Default)]
pub(super) struct Words(Vec<(String, Word)>);

impl Words {
    /// Reads the answer to an invitation: two lists.
    pub(super) fn of_invitation(message: Option<&Value>) -> Self {
        let listed = |list: &str| {
            let users = message.and_then(|m| m.get(list)).and_then(Value::as_array);
            users.into_iter().flatten().filter_map(Value::as_str)
        };
        let invited = listed("invited_list").map(|user| (key(user), Word::Done));
        let invalid = listed("invalid_list").map(|user| (key(user), Word::Failed("invalid".to_owned())));
        Self(invited.chain(invalid).collect())
    }

    /// Reads the answer to a removal: two maps. Words other than `SUCCESS` are failures.
    pub(super) fn of_removal(message: Option<&Value>) -> Self {
        let mapped = |map: &str| {
            let users = message.and_then(|m| m.get(map)).and_then(Value::as_object);
            users.into_iter().flatten()
        };
        let words = mapped("active_user_delete_status").chain(mapped("invited_user_delete_status"));
        let read = |word: &Value| match word.as_str() {
            Some(word) if word.trim().eq_ignore_ascii_case("SUCCESS") => Word::Done,
            Some(word) => Word::Failed(word.to_owned()),
            None => Word::Failed(word.to_string()),
        };
        Self(words.map(|(user, word)| (key(user), read(word))).collect())
    }

    /// Returns what became of a user who was in the request. `doing` follows "could not".
    pub(super) fn attempt(
        &self,
        connection: &Connection,
        operation: &'static str,
        doing: &str,
        username: &str,
    ) -> PerUser {
        let user = key(username);
        let mut said: Vec<&Word> = Vec::new();
        for (_, word) in self.0.iter().filter(|(named, _)| *named == user) {
            if !said.contains(&word) {
                said.push(word);
            }
        }
        let error = |kind, why: String| {
            Error::new(kind, format!("could not {doing} `{username}`: {why}")).operation(operation)
        };
        let attempt = match said.as_slice() {
            [Word::Done] => Attempt::Done(None),
            [Word::Failed(word)] => {
                let word = connection.shown(word);
                Attempt::Failed(error(Kind::Vendor, format!("{PRODUCT} answered `{word}`")))
            }
            [] => Attempt::Unknown(
                error(Kind::Vendor, "the answer does not name this user".to_owned())
                    .hint("whether it was done is not known; look before doing it again"),
            ),
            _ => Attempt::Unknown(
                error(
                    Kind::Vendor,
                    "the answer contradicts itself about this user".to_owned(),
                )
                .hint("whether it was done is not known; look before doing it again"),
            ),
        };
        PerUser {
            username: username.to_owned(),
            attempt,
        }
    }
}

/// Returns each user once, in the first spelling.
pub(super) fn each_once<'a>(usernames: &[&'a str]) -> Vec<&'a str> {
    let mut seen = HashSet::new();
    usernames
        .iter()
        .copied()
        .filter(|username| seen.insert(key(username)))
        .collect()
}

/// Tells whether two names are the same user's.
pub(super) fn same_user(a: &str, b: &str) -> bool {
    key(a) == key(b)
}

fn key(username: &str) -> String {
    username.trim().to_lowercase()
}
