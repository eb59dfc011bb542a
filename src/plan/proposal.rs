//! A change, and what it was decided on: what guards check, a plan shows and saves, and the journal keeps.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::fleet::{Change, ComputerRef};

use super::Kept;

/// A change that is proposed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Proposal {
    /// What is to be done.
    pub change: Change,
    /// Why; a removal has to say it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// The target as it was when this was decided, where it was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Kept>,
}

/// Why something is to be removed, in a form that can be checked against the record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// It was last seen before a moment.
    Stale {
        /// When it was last seen.
        last_seen: Timestamp,
        /// The moment.
        cutoff: Timestamp,
    },
    /// It is another record of a machine whose living record stays.
    DuplicateOf {
        /// The record that stays.
        survivor: ComputerRef,
    },
    /// The user has named it, on the command line or in a file.
    Named,
    /// A script has chosen it, for a reason of its own.
    Chosen(String),
}

impl Proposal {
    /// Proposes a change that needs no reason, of a target that nobody has read.
    pub fn of(change: Change) -> Self {
        Self {
            change,
            reason: None,
            before: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fleet::{ComputerId, NewUser, SignIn};
    use crate::secret::Secret;

    fn computer() -> ComputerRef {
        ComputerRef {
            id: ComputerId::new("17c7245d551d0b64"),
            name: "PC-1".to_owned(),
        }
    }

    #[test]
    fn a_proposal_is_read_back_as_it_was_written() {
        let proposal = Proposal {
            reason: Some(Reason::Stale {
                last_seen: "2026-01-31T08:30:00Z".parse().unwrap(),
                cutoff: "2026-08-22T00:00:00Z".parse().unwrap(),
            }),
            ..Proposal::of(Change::RemoveComputer { computer: computer() })
        };
        let text = serde_json::to_string(&proposal).unwrap();
        assert_eq!(
            text,
            r#"{"change":{"verb":"remove_computer","computer":{"id":"17c7245d551d0b64","name":"PC-1"}},"reason":{"stale":{"last_seen":"2026-01-31T08:30:00Z","cutoff":"2026-08-22T00:00:00Z"}}}"#
        );
        assert_eq!(serde_json::from_str::<Proposal>(&text).unwrap(), proposal);
    }

    #[test]
    fn a_password_is_never_written() {
        let new = Change::CreateUser(NewUser {
            username: "ann@kestrel.example".to_owned(),
            first_name: "Ann".to_owned(),
            last_name: "Other".to_owned(),
            password: Secret::new("S3cret-word"),
            sign_in: SignIn::default(),
        });
        let text = serde_json::to_string(&Proposal::of(new)).unwrap();
        assert!(!text.contains("S3cret"), "{text}");
        let Change::CreateUser(read) = serde_json::from_str::<Proposal>(&text).unwrap().change else {
            panic!("{text}")
        };
        assert_eq!(read.password, Secret::nothing());
    }
}
