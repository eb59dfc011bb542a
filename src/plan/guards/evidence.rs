//! Rule 1: unknown is never stale. A reason is held against the record that it was taken from.
//!
//! Nothing relaxes it. A computer that the user names needs no reason of age; one that a script chose by itself is held to
//! a last-seen time as if it were stale.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use crate::plan::Reason;

use super::removal::{Record, Removal, Unseen, last_seen, rows, whom};
use super::{Facts, Rule, Verdict};

/// A cutoff that is reckoned from the time of day may be so far ahead of it: clocks are read one after the other.
const READING_APART: SignedDuration = SignedDuration::from_secs(1);

const HINT: &str =
    "leave it out of the plan; to remove it all the same, name it on the command line or in a file";

/// What a reason lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Lack {
    NoReason,
    NoRecord,
    ForeignRecord,
    Unseen(Unseen),
    NotAsRecorded,
    NotBeforeCutoff,
    CutoffAhead,
}

pub(super) fn judge(removals: &[Removal<'_>], facts: &Facts<'_>, verdict: &mut Verdict) {
    let mut lacking: BTreeMap<Lack, Vec<&Removal<'_>>> = BTreeMap::new();
    for removal in removals {
        if let Some(lack) = lack(removal, facts.now) {
            lacking.entry(lack).or_default().push(removal);
        }
    }
    for (lack, removals) in lacking {
        let message = format!(
            "not allowed to remove {}: {}",
            whom(removals.iter().copied()),
            lack.why()
        );
        verdict.refuse(Rule::Evidence, rows(removals), message, lack.hint());
    }
}

fn lack(removal: &Removal<'_>, now: Timestamp) -> Option<Lack> {
    let Some(reason) = removal.reason else {
        return Some(Lack::NoReason);
    };
    let record = match removal.record {
        Record::Foreign => return Some(Lack::ForeignRecord),
        Record::Read(kept) => Some(kept),
        Record::NotRead => None,
    };
    let seen = || match record {
        None => Err(Lack::NoRecord),
        Some(record) => last_seen(record, now).map_err(Lack::Unseen),
    };
    match reason {
        // What two records must say of each other is another rule's.
        Reason::Named | Reason::DuplicateOf { .. } => None,
        Reason::Chosen(_) => seen().err(),
        Reason::Stale {
            last_seen: told,
            cutoff,
        } => match seen() {
            Err(lack) => Some(lack),
            Ok(seen) if seen != *told => Some(Lack::NotAsRecorded),
            Ok(seen) if seen >= *cutoff => Some(Lack::NotBeforeCutoff),
            Ok(_) if cutoff.duration_since(now) > READING_APART => Some(Lack::CutoffAhead),
            Ok(_) => None,
        },
    }
}

impl Lack {
    /// Says why, to be read behind "not allowed to …: ".
    fn why(self) -> &'static str {
        match self {
            Self::NoReason => "the plan does not say why",
            Self::NoRecord => "the plan does not hold the record that it was decided on",
            Self::ForeignRecord => {
                "the record that goes with it has another id or name, so that the plan was changed after it was made"
            }
            Self::Unseen(Unseen::Never) => {
                "there is no last-seen time, or none that can be read, and unknown is never stale"
            }
            Self::Unseen(Unseen::Future) => "last seen lies in the future, which says nothing about its age",
            Self::Unseen(Unseen::Epoch) => {
                "last seen is the beginning of 1970 or before: a clock that was never set, which says nothing about its age"
            }
            Self::NotAsRecorded => "the last-seen time that it was decided on is not that of the record",
            Self::NotBeforeCutoff => "it was seen since the cutoff, and what was seen since is not stale",
            Self::CutoffAhead => {
                "it was called stale at a moment that has not come yet, by which everything is"
            }
        }
    }

    fn hint(self) -> &'static str {
        match self {
            Self::NoReason => "say why: stale(c, cutoff), duplicate_of(c, survivor) or chosen(\"…\")",
            Self::ForeignRecord => "make the plan again",
            _ => HINT,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::guards::tests::{ago, computer, facts, now, remove, seen, stale, told};
    use crate::plan::{Kept, KeptComputer, Proposal};

    fn judged(proposal: &Proposal) -> Option<String> {
        told(Rule::Evidence, std::slice::from_ref(proposal), judge_it)
    }

    fn judge_it(removals: &[Removal<'_>], _: &[Proposal], verdict: &mut Verdict) {
        judge(removals, &facts(), verdict);
    }

    /// A computer that is said to be stale since 90 days, whose record says another thing.
    fn stale_but(at: Option<Timestamp>) -> KeptComputer {
        let mut record = computer("1");
        record.last_seen = at;
        record
    }

    #[test]
    fn a_computer_that_was_last_seen_before_the_cutoff_is_stale() {
        assert_eq!(judged(&stale(&seen("1", 91 * 24), 90 * 24)), None);
        assert_eq!(
            judged(&remove(&seen("1", 91 * 24), Reason::Chosen("x".to_owned()))),
            None
        );
    }

    #[test]
    fn a_time_that_says_nothing_is_no_age() {
        let second = SignedDuration::from_secs(1);
        for (at, why) in [
            (None, "there is no last-seen time"),
            (Some(now() + second), "last seen lies in the future"),
            (Some(Timestamp::UNIX_EPOCH), "the beginning of 1970 or before"),
            (
                Some(Timestamp::UNIX_EPOCH - second),
                "the beginning of 1970 or before",
            ),
        ] {
            let record = stale_but(at);
            let reason = Reason::Stale {
                last_seen: at.unwrap_or(ago(91 * 24)),
                cutoff: ago(90 * 24),
            };
            for reason in [reason, Reason::Chosen("old".to_owned())] {
                let text = judged(&remove(&record, reason)).unwrap();
                assert!(
                    text.starts_with("not allowed to remove 1 computer ('PC-1'): ") && text.contains(why),
                    "{text}"
                );
            }
            assert_eq!(judged(&remove(&record, Reason::Named)), None);
        }
        let after = stale_but(Some(Timestamp::UNIX_EPOCH + second));
        assert_eq!(judged(&remove(&after, Reason::Chosen("x".to_owned()))), None);
        let just = stale_but(Some(now()));
        assert_eq!(judged(&remove(&just, Reason::Chosen("x".to_owned()))), None);
    }

    #[test]
    fn what_was_seen_at_the_cutoff_is_not_stale() {
        let at_cutoff = judged(&stale(&seen("1", 90 * 24), 90 * 24)).unwrap();
        assert!(at_cutoff.contains("was seen since the cutoff"), "{at_cutoff}");
    }

    #[test]
    fn a_reason_is_held_against_the_record() {
        let record = seen("1", 5);
        let reason = Reason::Stale {
            last_seen: ago(91 * 24),
            cutoff: ago(90 * 24),
        };
        let text = judged(&remove(&record, reason.clone())).unwrap();
        assert!(text.contains("is not that of the record"), "{text}");
        let mut other = remove(&record, reason);
        other.before = None;
        assert!(judged(&other).unwrap().contains("does not hold the record"));
    }

    #[test]
    fn a_cutoff_that_has_not_come_yet_condemns_nothing() {
        for (ahead, refused) in [(0, false), (1, false), (2, true)] {
            let record = seen("1", 5);
            let reason = Reason::Stale {
                last_seen: ago(5),
                cutoff: now() + SignedDuration::from_secs(ahead),
            };
            assert_eq!(judged(&remove(&record, reason)).is_some(), refused, "{ahead}");
        }
    }

    #[test]
    fn a_removal_without_a_reason_is_refused_and_told_how_to_say_it() {
        let mut proposal = remove(&seen("1", 1000), Reason::Named);
        proposal.reason = None;
        let mut verdict = Verdict::default();
        judge(&super::super::removal::of(&[proposal]), &facts(), &mut verdict);
        assert!(verdict.refusals[0].message.ends_with("the plan does not say why"));
        assert!(verdict.refusals[0].hint.contains("stale(c, cutoff)"));
    }

    #[test]
    fn the_record_of_another_computer_is_none() {
        let mut named = remove(&seen("1", 1000), Reason::Named);
        named.before = Some(Kept::Computer(Box::new(seen("2", 1000))));
        assert!(judged(&named).unwrap().contains("has another id or name"));
        named.before = None;
        assert_eq!(judged(&named), None);
    }

    #[test]
    fn computers_with_the_same_lack_are_told_together() {
        let proposals: Vec<Proposal> = ["1", "2", "3", "4"]
            .iter()
            .map(|id| remove(&computer(id), Reason::Chosen("x".to_owned())))
            .collect();
        let text = told(Rule::Evidence, &proposals, judge_it).unwrap();
        assert!(
            text.contains("4 computers ('PC-1', 'PC-2', 'PC-3' and 1 more)"),
            "{text}"
        );
    }
}
