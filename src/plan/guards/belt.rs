//! Rule 4: how many computers a run may remove: the least of 50 and of 10 % of the fleet, where 10 % are at least 3.
//!
//! A plan of more is refused whole. `--max-removals N` lifts the belt to N; a profile's `max_removals` moves the 50 alone.

use std::collections::BTreeSet;

use super::removal::{Removal, rows, whom};
use super::words::counted;
use super::{Facts, Limits, Rule, Verdict};

const MOST: usize = 50;
const SHARE_PERCENT: usize = 10;
/// A tenth of a small fleet would be nothing.
const AT_LEAST: usize = 3;

const FLAG: &str = "--max-removals";

/// How many computers a run may remove, and how that was reckoned.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Belt {
    most: usize,
    why: String,
}

impl Belt {
    /// `fleet` is how many computers there are, where that is known.
    fn of(fleet: Option<usize>, profile: Option<u32>) -> Self {
        let cap = profile.map_or(MOST, |most| most as usize);
        let told = match profile {
            Some(_) => format!("{cap} (max_removals of the profile)"),
            None => cap.to_string(),
        };
        match fleet {
            None => Self {
                most: cap.min(AT_LEAST),
                why: format!("the least of {told} and {AT_LEAST}, the size of the fleet not being known"),
            },
            Some(fleet) => {
                let share = share(fleet);
                Self {
                    most: cap.min(share.max(AT_LEAST)),
                    why: format!(
                        "the least of {told} and {}, {SHARE_PERCENT} % of {} being {share}{}",
                        share.max(AT_LEAST),
                        counted(fleet, "computer"),
                        if share < AT_LEAST {
                            format!(", but never under {AT_LEAST}")
                        } else {
                            String::new()
                        }
                    ),
                }
            }
        }
    }
}

/// Rounds down, and cannot overflow.
fn share(fleet: usize) -> usize {
    fleet / (100 / SHARE_PERCENT)
}

pub(super) fn judge(removals: &[Removal<'_>], facts: &Facts<'_>, limits: &Limits, verdict: &mut Verdict) {
    if removals.is_empty() {
        return;
    }
    let computers: BTreeSet<(&str, &str)> = removals
        .iter()
        .map(|removal| (removal.computer.id.as_str(), removal.computer.name.as_str()))
        .collect();
    let before = facts.removed.saturating_add(facts.planned);
    let total = computers.len().saturating_add(before);
    let belt = Belt::of(
        // What this run has removed was part of the fleet that the limit is a share of.
        facts
            .inventory
            .map(|fleet| fleet.len().saturating_add(facts.removed)),
        limits.profile_max_removals,
    );
    let allowed = limits.max_removals.map_or(belt.most, |most| most as usize);
    if total > allowed {
        let before = match (facts.removed, facts.planned) {
            (0, 0) => String::new(),
            (0, planned) => format!(" besides the {planned} that this run would have removed already"),
            _ => format!(" besides the {before} that this run has removed already"),
        };
        let (most, why) = match limits.max_removals {
            Some(flag) => (flag as usize, format!("what {FLAG} allows")),
            None => (belt.most, belt.why),
        };
        verdict.refuse(
            Rule::Belt,
            rows(removals),
            format!(
                "not allowed to remove {}{before}: a run may remove {most}: {why}",
                whom(removals)
            ),
            format!("look at the plan with --dry-run; if all of them are to go, use {FLAG} {total}"),
        );
    } else if total > belt.most {
        verdict.relaxed.push(format!(
            "{FLAG} {allowed} lifts the limit of {} ({}): {} would be removed",
            belt.most,
            belt.why,
            counted(total, "computer")
        ));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::plan::guards::Inventory;
    use crate::plan::guards::removal::of;
    use crate::plan::guards::tests::{computer, facts, remove};
    use crate::plan::{Proposal, Reason};

    fn fleet(size: usize) -> Inventory {
        Inventory::of((0..size).map(|n| computer(&n.to_string())))
    }

    fn judged(size: Option<usize>, count: usize, removed: usize, limits: &Limits) -> Verdict {
        let fleet = size.map(fleet);
        let facts = Facts {
            inventory: fleet.as_ref(),
            removed,
            ..facts()
        };
        let proposals: Vec<Proposal> = (0..count)
            .map(|n| remove(&computer(&n.to_string()), Reason::Named))
            .collect();
        let mut verdict = Verdict::default();
        judge(&of(&proposals), &facts, limits, &mut verdict);
        verdict
    }

    fn refused(size: Option<usize>, count: usize) -> bool {
        !judged(size, count, 0, &Limits::default()).refusals.is_empty()
    }

    fn flag(max_removals: u32) -> Limits {
        Limits {
            max_removals: Some(max_removals),
            ..Limits::default()
        }
    }

    fn profile(max_removals: u32) -> Limits {
        Limits {
            profile_max_removals: Some(max_removals),
            ..Limits::default()
        }
    }

    #[test]
    fn each_limit_holds_at_its_edge() {
        for (size, most) in [
            (None, 3),
            (Some(5), 3),
            (Some(39), 3),
            (Some(40), 4),
            (Some(104), 10),
            (Some(500), 50),
            (Some(2000), 50),
        ] {
            assert!(!refused(size, most), "{size:?}");
            assert!(refused(size, most + 1), "{size:?}");
        }
        assert!(!refused(Some(0), 0));
    }

    #[test]
    fn the_arithmetic_is_shown_and_the_flag_with_its_number() {
        let refusal = &judged(Some(104), 11, 0, &Limits::default()).refusals[0];
        assert_eq!(
            refusal.message,
            "not allowed to remove 11 computers ('PC-0', 'PC-1', 'PC-2' and 8 more): a run may remove 10: the least of 50 and \
             10, 10 % of 104 computers being 10"
        );
        assert!(refusal.hint.ends_with("use --max-removals 11"));
        let text = |size| {
            judged(size, 60, 0, &Limits::default()).refusals[0]
                .message
                .clone()
        };
        assert!(text(Some(7)).ends_with(
            "a run may remove 3: the least of 50 and 3, 10 % of 7 computers being 0, but never under 3"
        ));
        assert!(text(None).ends_with("the least of 50 and 3, the size of the fleet not being known"));
    }

    #[test]
    fn the_belt_counts_the_whole_run() {
        assert!(judged(Some(100), 4, 6, &Limits::default()).refusals.is_empty());
        let refusal = &judged(Some(100), 5, 6, &Limits::default()).refusals[0];
        assert!(
            refusal
                .message
                .contains("besides the 6 that this run has removed already")
        );
        assert!(refusal.hint.ends_with("--max-removals 11"));
    }

    #[test]
    fn a_computer_that_is_removed_twice_counts_once() {
        let proposals = vec![remove(&computer("1"), Reason::Named); 9];
        let mut verdict = Verdict::default();
        judge(&of(&proposals), &facts(), &Limits::default(), &mut verdict);
        assert!(verdict.refusals.is_empty());
    }

    #[test]
    fn the_flag_lifts_the_belt_from_the_planned_count_on() {
        let short = &judged(Some(100), 11, 0, &flag(10)).refusals[0];
        assert!(
            short
                .message
                .ends_with("a run may remove 10: what --max-removals allows")
        );
        let lifted = judged(Some(100), 11, 0, &flag(11));
        assert!(lifted.refusals.is_empty());
        assert_eq!(
            lifted.relaxed,
            [
                "--max-removals 11 lifts the limit of 10 (the least of 50 and 10, 10 % of 100 computers being 10): 11 computers \
                 would be removed"
            ]
        );
        // A flag that says less than the belt is heeded as well.
        assert_eq!(judged(Some(100), 5, 0, &flag(4)).refusals.len(), 1);
        assert!(judged(Some(100), 5, 0, &flag(5)).relaxed.is_empty());
    }

    #[test]
    fn a_profile_moves_the_50_and_not_the_share() {
        assert!(judged(Some(1000), 80, 0, &profile(80)).refusals.is_empty());
        assert_eq!(judged(Some(1000), 81, 0, &profile(80)).refusals.len(), 1);
        assert_eq!(judged(Some(100), 11, 0, &profile(80)).refusals.len(), 1);
        let none = &judged(Some(100), 1, 0, &profile(0)).refusals[0];
        assert!(
            none.message
                .contains("a run may remove 0: the least of 0 (max_removals of the profile)")
        );
    }

    proptest! {
        #[test]
        fn the_belt_is_as_it_is_written(size in 0_usize..100_000, cap in proptest::option::of(0_u32..2000)) {
            let most = Belt::of(Some(size), cap).most;
            let tenth = size * 10 / 100;
            let wanted = (cap.unwrap_or(50) as usize).min(tenth.max(3));
            prop_assert_eq!(most, wanted);
            prop_assert!(most >= Belt::of(None, cap).most);
        }
    }
}
