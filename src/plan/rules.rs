//! What a run may change, decided before anything is sent.

use crate::fleet::{Change, Error, Kind, Result};

use super::guards::Limits;

/// The limits of one run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rules {
    /// Only plan; send nothing.
    pub dry_run: bool,
    /// Why nothing may be written, such as `--read-only`; `None` where writing is allowed.
    pub read_only: Option<String>,
    /// The verbs that the script's `WRITES` allows; `None` where it has no such table.
    pub writes: Option<Vec<String>>,
    /// What the profile and the options allow, for the guards.
    pub limits: Limits,
    /// The period that the user typed, if a script was given one: the guards guess what was meant by a short one.
    pub period: Option<String>,
    /// How many calls to the vendor may be under way at the same time; at least 1 is.
    pub jobs: usize,
}

impl Rules {
    /// Refuses if nothing may be written at all; `what` follows "not allowed to".
    pub fn writable(&self, what: &str) -> Result<()> {
        match &self.read_only {
            None => Ok(()),
            Some(why) => Err(Error::new(Kind::Refused, format!("not allowed to {what}: {why}"))
                .hint("reading works; to write, leave out what forbids it")),
        }
    }

    /// Checks a change against the limits of the run.
    pub fn check(&self, change: &Change) -> Result<()> {
        self.writable(&change.to_string())?;
        if let Some(writes) = &self.writes
            && !writes.iter().any(|verb| verb == change.verb())
        {
            return Err(Error::new(
                Kind::Refused,
                format!(
                    "not allowed to {change}: the script's WRITES does not list \"{}\"",
                    change.verb()
                ),
            )
            .hint(format!(
                "add \"{}\" to `const WRITES` if the script is meant to do this",
                change.verb()
            )));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fleet::{ComputerId, ComputerRef};

    fn rename() -> Change {
        Change::Rename {
            computer: ComputerRef {
                id: ComputerId::new("1"),
                name: "PC-1".to_owned(),
            },
            to: "PC-2".to_owned(),
        }
    }

    #[test]
    fn a_rename_passes_without_limits() {
        assert_eq!(Rules::default().check(&rename()), Ok(()));
    }

    #[test]
    fn read_only_refuses_and_says_why() {
        let rules = Rules {
            read_only: Some("--read-only was given".to_owned()),
            ..Rules::default()
        };
        let error = rules.check(&rename()).unwrap_err();
        assert_eq!(error.kind, Kind::Refused);
        assert_eq!(
            error.message,
            "not allowed to rename 'PC-1' to 'PC-2': --read-only was given"
        );
    }

    #[test]
    fn writes_narrows_what_a_script_may_change() {
        let rules = Rules {
            writes: Some(vec!["group_add".to_owned()]),
            ..Rules::default()
        };
        let error = rules.check(&rename()).unwrap_err();
        assert!(
            error.message.contains("WRITES does not list \"rename\""),
            "{error}"
        );
        let rules = Rules {
            writes: Some(vec!["rename".to_owned()]),
            ..Rules::default()
        };
        assert_eq!(rules.check(&rename()), Ok(()));
    }
}
