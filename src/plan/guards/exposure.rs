//! Rule 10: who gets in, or loses sight of it, when a group lets go of a computer. Warns; refuses nothing.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::fleet::{Change, ComputerId, ComputerRef, DefaultAccess, GroupId, GroupRef, Member};
use crate::plan::{Kept, Proposal};

use super::Verdict;
use super::words::some;

/// What becomes of a computer that a group lets go of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Exposure {
    EveryoneNow,
    EveryonePerhaps,
    Nobody,
}

pub(super) fn judge(proposals: &[Proposal], verdict: &mut Verdict) {
    let mut left: HashMap<&ComputerId, HashSet<&GroupId>> = HashMap::new();
    for (computer, group, _) in proposals.iter().filter_map(|proposal| leaving(&proposal.change)) {
        left.entry(&computer.id).or_default().insert(&group.id);
    }
    // A computer that leaves several groups is told of once.
    let found: BTreeSet<(Exposure, &str, &str)> = proposals
        .iter()
        .filter_map(|proposal| of(proposal, &left))
        .collect();
    for (exposure, what) in [
        (
            Exposure::EveryoneNow,
            "would leave the last group, with EVERYONE asked for: the whole team gets in, which cannot be undone",
        ),
        (
            Exposure::EveryonePerhaps,
            "would leave a group, with EVERYONE asked for: if it was the last, the whole team gets in, which cannot be undone",
        ),
        (
            Exposure::Nobody,
            "would leave the last group: nobody can find the machine until access is given again",
        ),
    ] {
        let same = found.iter().filter(|(other, ..)| *other == exposure);
        let names: Vec<&str> = same.map(|(.., name)| *name).collect();
        if !names.is_empty() {
            verdict.warn(format!("{} {what}", some("computer", &names)));
        }
    }
}

/// `left` has the groups that each computer leaves.
fn of<'a>(
    proposal: &'a Proposal,
    left: &HashMap<&ComputerId, HashSet<&GroupId>>,
) -> Option<(Exposure, &'a str, &'a str)> {
    let (computer, _, default_access) = leaving(&proposal.change)?;
    let left = left.get(&computer.id)?;
    let leaves_all = match &proposal.before {
        Some(Kept::Computer(kept)) => kept
            .groups
            .as_ref()
            .is_some_and(|groups| groups.iter().all(|group| left.contains(&group.id))),
        _ => false,
    };
    let exposure = match (default_access, leaves_all) {
        (DefaultAccess::Everyone, true) => Exposure::EveryoneNow,
        (DefaultAccess::Everyone, false) => Exposure::EveryonePerhaps,
        (DefaultAccess::NoOne, true) => Exposure::Nobody,
        (DefaultAccess::NoOne, false) => return None,
    };
    Some((exposure, computer.id.as_str(), &computer.name))
}

/// Returns which computer a change takes out of which group, and who is to see it then.
fn leaving(change: &Change) -> Option<(&ComputerRef, &GroupRef, DefaultAccess)> {
    match change {
        Change::GroupRemove {
            group,
            member: Member::Computer(computer),
            default_access,
        } => Some((computer, group, *default_access)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::guards::tests::{computer, group, named};

    /// The warnings of a plan that takes a computer out of some of the groups that it is in.
    fn warned_of(from: &[&str], groups: Option<&[&str]>, default_access: DefaultAccess) -> Vec<String> {
        let mut record = computer("1");
        record.groups = groups.map(|groups| groups.iter().map(|name| group(name)).collect());
        let leave = |name: &&str| Proposal {
            before: Some(Kept::Computer(Box::new(record.clone()))),
            ..Proposal::of(Change::GroupRemove {
                group: group(name),
                member: Member::Computer(named(&record)),
                default_access,
            })
        };
        let plan: Vec<Proposal> = from.iter().map(leave).collect();
        let mut verdict = Verdict::default();
        judge(&plan, &mut verdict);
        assert!(verdict.refusals.is_empty());
        verdict.warnings
    }

    fn warned(groups: Option<&[&str]>, default_access: DefaultAccess) -> Vec<String> {
        warned_of(&["Sales"], groups, default_access)
    }

    #[test]
    fn a_plan_that_takes_it_out_of_all_groups_is_seen_through() {
        let warnings = warned_of(&["Sales", "Lab"], Some(&["Lab", "Sales"]), DefaultAccess::NoOne);
        assert_eq!(warnings.len(), 1);
        assert!(
            warnings[0].starts_with("1 computer ('PC-1') would leave the last group"),
            "{warnings:?}"
        );
    }

    #[test]
    fn everyone_is_always_warned_of() {
        let last = warned(Some(&["Sales"]), DefaultAccess::Everyone);
        assert!(last[0].starts_with(
            "1 computer ('PC-1') would leave the last group, with EVERYONE asked for: the whole team"
        ));
        for groups in [None, Some(["Sales", "Lab"].as_slice())] {
            let perhaps = warned(groups, DefaultAccess::Everyone);
            assert!(
                perhaps[0].contains("if it was the last, the whole team gets in, which cannot be undone")
            );
        }
    }

    #[test]
    fn no_one_is_warned_of_when_it_is_the_last_group() {
        assert!(warned(Some(&["Sales"]), DefaultAccess::NoOne)[0].contains("nobody can find the machine"));
        assert!(warned(Some(&["Sales", "Lab"]), DefaultAccess::NoOne).is_empty());
        assert!(warned(None, DefaultAccess::NoOne).is_empty());
    }
}
