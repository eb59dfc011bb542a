//! Rule 2: what is online, or may be, is not removed.
//!
//! Nothing relaxes it, and a computer that the user names is held to it as well.

use jiff::SignedDuration;

use crate::fleet::Vendor;
use crate::plan::Presence;

use super::removal::{Removal, last_seen, rows, whom};
use super::{Facts, Rule, Verdict};

/// A computer that has not been seen for so long is taken to be offline, where presence is not known. A computer that is
/// online may look a day old.
const SURELY_OFFLINE: SignedDuration = SignedDuration::from_hours(48);

/// How a removal stands to the rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Finding {
    Offline,
    Unchecked,
    Online,
    SeenLately,
    NothingKnown,
    NotOffline,
}

pub(super) fn judge(removals: &[Removal<'_>], facts: &Facts<'_>, verdict: &mut Verdict) {
    let found: Vec<(Finding, &Removal<'_>)> = removals
        .iter()
        .map(|removal| (find(removal, facts), removal))
        .collect();
    let those = |finding: Finding| -> Vec<&Removal<'_>> {
        let same = found.iter().filter(|(other, _)| *other == finding);
        same.map(|(_, removal)| *removal).collect()
    };
    for (finding, why, hint) in REFUSED {
        let removals = those(finding);
        if !removals.is_empty() {
            let message = format!("not allowed to remove {}: {why}", whom(removals.iter().copied()));
            verdict.refuse(Rule::Presence, rows(removals), message, hint);
        }
    }
    let unchecked = those(Finding::Unchecked);
    if !unchecked.is_empty() {
        verdict.warn(format!("presence not checked of {}", whom(unchecked)));
    }
}

/// What is refused: why, to be read behind "not allowed to …: ", and what to do.
const REFUSED: [(Finding, &str, &str); 4] = [
    (
        Finding::Online,
        "it is online, and what is online is never removed",
        "leave it out of the plan, or take it offline first",
    ),
    (
        Finding::SeenLately,
        "whether it is online is not known, and it was seen within the last 48 hours",
        "list the computers with #{ presence: true }, with a key that may read it, or leave it out of the plan",
    ),
    (
        Finding::NothingKnown,
        "neither whether it is online nor when it was last seen is known",
        "name it on the command line or in a file, or leave it out of the plan",
    ),
    (
        Finding::NotOffline,
        "its status, just read, is not exactly `Offline`, and RemotePC Enterprise tells no other that is surely offline",
        "list the computers again, and leave out of the plan what is not offline",
    ),
];

fn find(removal: &Removal<'_>, facts: &Facts<'_>) -> Finding {
    let presence = removal
        .kept()
        .map_or(Presence::NotChecked, |record| facts.presence(record));
    match presence {
        Presence::Online => return Finding::Online,
        Presence::Offline => return Finding::Offline,
        Presence::Unknown | Presence::NotChecked => {}
    }
    if facts.vendor == Vendor::RemotePc {
        return Finding::NotOffline;
    }
    match removal.kept().map(|record| last_seen(record, facts.now)) {
        Some(Ok(seen)) if facts.now.duration_since(seen) >= SURELY_OFFLINE => Finding::Unchecked,
        Some(Ok(_)) => Finding::SeenLately,
        Some(Err(_)) | None if removal.is_named() => Finding::Unchecked,
        Some(Err(_)) | None => Finding::NothingKnown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::guards::removal::of;
    use crate::plan::guards::tests::{computer, facts, now, remotepc, remove, seen};
    use crate::plan::{KeptComputer, Proposal, Reason};

    fn judged(facts: &Facts<'_>, proposals: &[Proposal]) -> Verdict {
        let mut verdict = Verdict::default();
        judge(&of(proposals), facts, &mut verdict);
        verdict
    }

    fn with(presence: Presence, mut record: KeptComputer) -> KeptComputer {
        record.online = presence;
        record
    }

    fn chosen(record: &KeptComputer) -> Proposal {
        remove(record, Reason::Chosen("x".to_owned()))
    }

    #[test]
    fn what_is_online_is_never_removed_even_if_named() {
        for proposal in [
            remove(&with(Presence::Online, seen("1", 9000)), Reason::Named),
            chosen(&with(Presence::Online, seen("1", 9000))),
        ] {
            let verdict = judged(&facts(), &[proposal]);
            assert_eq!(
                verdict.refusals[0].message,
                "not allowed to remove 1 computer ('PC-1'): it is online, and what is online is never removed"
            );
        }
    }

    #[test]
    fn what_is_known_to_be_offline_may_have_been_seen_just_now() {
        let verdict = judged(&facts(), &[chosen(&with(Presence::Offline, seen("1", 0)))]);
        assert_eq!(verdict, Verdict::default());
    }

    #[test]
    fn where_presence_is_not_known_48_hours_decide() {
        for presence in [Presence::NotChecked, Presence::Unknown] {
            for reason in [Reason::Chosen("x".to_owned()), Reason::Named] {
                let of = |record: KeptComputer| {
                    judged(&facts(), &[remove(&with(presence, record), reason.clone())])
                };
                let verdict = of(seen("1", 48));
                assert!(verdict.refusals.is_empty());
                assert_eq!(verdict.warnings, ["presence not checked of 1 computer ('PC-1')"]);
                let mut lately = seen("1", 48);
                lately.last_seen = lately.last_seen.map(|at| at + SignedDuration::from_secs(1));
                assert!(
                    of(lately).refusals[0]
                        .message
                        .contains("within the last 48 hours")
                );
            }
        }
    }

    #[test]
    fn presence_read_long_ago_is_not_checked() {
        let old = Facts {
            presence_at: Some(now() - SignedDuration::from_hours(2)),
            ..facts()
        };
        let verdict = judged(&old, &[chosen(&with(Presence::Offline, seen("1", 5)))]);
        assert_eq!(verdict.refusals.len(), 1);
    }

    #[test]
    fn where_nothing_is_known_only_a_named_computer_goes() {
        let verdict = judged(&facts(), &[chosen(&computer("1"))]);
        assert!(
            verdict.refusals[0]
                .message
                .contains("neither whether it is online")
        );
        let verdict = judged(&facts(), &[remove(&computer("1"), Reason::Named)]);
        assert!(verdict.refusals.is_empty());
        assert_eq!(verdict.warnings.len(), 1);
    }

    #[test]
    fn on_remotepc_only_offline_is_offline() {
        for presence in [Presence::Unknown, Presence::NotChecked] {
            let verdict = judged(
                &remotepc(),
                &[remove(&with(presence, seen("1", 9000)), Reason::Named)],
            );
            assert!(verdict.refusals[0].message.contains("not exactly `Offline`"));
        }
        let offline = remove(&with(Presence::Offline, seen("1", 9000)), Reason::Named);
        assert_eq!(
            judged(&remotepc(), std::slice::from_ref(&offline)),
            Verdict::default()
        );
        let unread = Proposal {
            before: None,
            ..offline
        };
        assert_eq!(judged(&remotepc(), &[unread]).refusals.len(), 1);
    }
}
