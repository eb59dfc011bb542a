//! What the guards know besides the plan: what was read, and what the user allowed.

use jiff::{SignedDuration, Timestamp};

use crate::fleet::{Protected, Vendor};
use crate::plan::{KeptComputer, Presence};

use super::Inventory;

/// After this presence that was read counts as not checked.
const PRESENCE_LASTS: SignedDuration = SignedDuration::from_mins(10);

/// What was read before the plan is judged. What is `None` is not known, and nothing good is supposed of it.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// Whose fleet it is.
    pub vendor: Vendor,
    /// The time of day, not before the plan was decided on.
    pub now: Timestamp,
    /// The whole fleet, where it was listed whole.
    pub inventory: Option<&'a Inventory>,
    /// What went wrong with lists that the plan rests on, each to be read behind "…: ".
    pub incomplete: &'a [String],
    /// When presence was last read; of RemotePC, when the computers were.
    pub presence_at: Option<Timestamp>,
    /// How many computers this run has removed already, or has sent the removal of.
    pub removed: usize,
    /// How many more it would have removed by now if it were not a dry run.
    pub planned: usize,
    /// How many users who have joined are managers now.
    pub managers: Option<usize>,
    /// The period that the user typed, if a script was given one.
    pub period: Option<&'a str>,
}

impl Facts<'_> {
    /// Returns what is known of a computer's presence now. That it was online counts for longer than that it was not.
    pub(super) fn presence(&self, record: &KeptComputer) -> Presence {
        let fresh = self
            .presence_at
            .is_some_and(|at| self.now.duration_since(at) <= PRESENCE_LASTS);
        match record.online {
            Presence::Online => Presence::Online,
            known if fresh => known,
            _ => Presence::NotChecked,
        }
    }
}

/// What the user and the profile allow.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Limits {
    /// `--max-removals N`: the user knows that the run removes so many computers.
    pub max_removals: Option<u32>,
    /// `max_removals` of the profile: stands for the 50.
    pub profile_max_removals: Option<u32>,
    /// `--allow-short-period`.
    pub allow_short_period: bool,
    /// `protect` of the profile.
    pub protected: Protected,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::guards::tests::{computer, facts, now};

    #[test]
    fn presence_is_believed_for_ten_minutes_and_online_for_longer() {
        let (mut offline, mut online) = (computer("1"), computer("2"));
        offline.online = Presence::Offline;
        online.online = Presence::Online;
        let at = |minutes| Facts {
            presence_at: Some(now() - SignedDuration::from_mins(minutes)),
            ..facts()
        };
        assert_eq!(at(0).presence(&offline), Presence::Offline);
        assert_eq!(at(10).presence(&offline), Presence::Offline);
        assert_eq!(at(11).presence(&offline), Presence::NotChecked);
        assert_eq!(at(11).presence(&online), Presence::Online);
        let never = Facts {
            presence_at: None,
            ..facts()
        };
        assert_eq!(never.presence(&offline), Presence::NotChecked);
    }
}
