//! What there is to know of how a plan came about, besides its changes.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What a plan was made of, and what the guards have to say of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notes {
    /// How many computers there were when the inventory was read, if it was.
    pub fleet: Option<usize>,
    /// Why the inventory is not whole, a sentence each; a plan that was made of such a one cannot be applied.
    pub incomplete: Vec<String>,
    /// How many computers or users were looked at and left alone, by the script's word for why, such as `unknown`.
    pub left_alone: BTreeMap<String, usize>,
    /// Each of these. A plan that was saved before there was such a list has none.
    #[serde(default)]
    pub kept: Vec<LeftAlone>,
    /// The rules that were relaxed, each with the flag or the setting that did it.
    pub relaxed: Vec<String>,
    /// The cleanup policy of the user's own that had a say in it, and in which functions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy: Option<String>,
    /// What the user should know before it is applied, a sentence each.
    pub warnings: Vec<String>,
}

/// A computer or a user that was looked at and left alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftAlone {
    /// The name, or the email address of a user.
    pub name: String,
    /// The vendor's identifier, where the script had the record.
    pub id: Option<String>,
    /// The script's word for why.
    pub why: String,
}

impl Notes {
    /// Counts something that was left alone, and lists it.
    pub fn leave_alone(&mut self, one: LeftAlone) {
        *self.left_alone.entry(one.why.clone()).or_default() += 1;
        self.kept.push(one);
    }

    /// Says what was left alone and why, counted; nothing where nothing was.
    pub fn told_left_alone(&self) -> Option<String> {
        let counts: Vec<String> = self
            .left_alone
            .iter()
            .map(|(why, count)| format!("{count} {why}"))
            .collect();
        (!counts.is_empty()).then(|| format!("left alone: {}", counts.join(", ")))
    }

    /// Says by whose rules it was decided, where the shipped ones are not all.
    pub fn told_policy(&self) -> Option<String> {
        self.policy.as_ref().map(|policy| format!("decided by {policy}"))
    }

    /// Adds what there is to know of another plan of the same run.
    pub fn add(&mut self, other: Self) {
        self.fleet = self.fleet.max(other.fleet);
        self.policy = self.policy.take().or(other.policy);
        for (why, count) in other.left_alone {
            *self.left_alone.entry(why).or_default() += count;
        }
        self.kept.extend(other.kept);
        for (all, more) in [
            (&mut self.incomplete, other.incomplete),
            (&mut self.relaxed, other.relaxed),
            (&mut self.warnings, other.warnings),
        ] {
            // What is said of several plans alike is said once.
            for sentence in more {
                if !all.contains(&sentence) {
                    all.push(sentence);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_of_several_plans_are_added_up_and_nothing_is_said_twice() {
        let left_alone = |name: &str| LeftAlone {
            name: name.to_owned(),
            id: None,
            why: "unknown".to_owned(),
        };
        let notes = |fleet, warning: &str| {
            let mut notes = Notes {
                fleet,
                warnings: vec![warning.to_owned()],
                ..Notes::default()
            };
            notes.leave_alone(left_alone("PC-1"));
            notes.leave_alone(left_alone("PC-2"));
            notes
        };
        let mut all = notes(None, "a");
        all.add(notes(Some(7), "b"));
        all.add(notes(Some(5), "a"));
        assert_eq!(all.fleet, Some(7));
        assert_eq!((all.left_alone["unknown"], all.kept.len()), (6, 6));
        assert_eq!(all.warnings, ["a", "b"]);
    }
}
