//! Rule 5: what rests on an incomplete list is not applied. Nothing relaxes it.
//!
//! That goes for the whole plan, removals or not: what is missing from a list may be what would have changed the decision.

use crate::plan::Proposal;

use super::words::counted;
use super::{Facts, Rule, Verdict};

pub(super) fn judge(proposals: &[Proposal], facts: &Facts<'_>, verdict: &mut Verdict) {
    let rows: Vec<usize> = (0..proposals.len())
        .filter(|row| proposals[*row].change.alters())
        .collect();
    if facts.incomplete.is_empty() || rows.is_empty() {
        return;
    }
    verdict.refuse(
        Rule::Completeness,
        rows.clone(),
        format!(
            "not allowed to make {}: what they were decided on is incomplete: {}",
            counted(rows.len(), "change"),
            facts.incomplete.join("; ")
        ),
        "list again and make the plan again; an incomplete plan can be looked at, but not applied",
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fleet::{Change, UserId, UserRef};
    use crate::plan::Reason;
    use crate::plan::guards::tests::{computer, facts, remove, rename};

    fn judged(incomplete: &[&str], proposals: &[Proposal]) -> Verdict {
        let incomplete: Vec<String> = incomplete.iter().map(ToString::to_string).collect();
        let facts = Facts {
            incomplete: &incomplete,
            ..facts()
        };
        let mut verdict = Verdict::default();
        judge(proposals, &facts, &mut verdict);
        verdict
    }

    #[test]
    fn an_incomplete_list_refuses_every_change() {
        let plan = [remove(&computer("1"), Reason::Named), rename(&computer("2"), "X")];
        let verdict = judged(
            &["page 3 of the computers came back empty", "page 4 failed"],
            &plan,
        );
        assert_eq!(
            verdict.refusals[0].message,
            "not allowed to make 2 changes: what they were decided on is incomplete: page 3 of the computers came back empty; page \
             4 failed"
        );
        assert_eq!(verdict.refusals[0].rows, [0, 1]);
        assert_eq!(judged(&[], &plan), Verdict::default());
    }

    #[test]
    fn what_changes_nothing_passes() {
        let url = Proposal::of(Change::ConnectUrl {
            computer: crate::plan::guards::tests::named(&computer("1")),
            user: UserRef {
                id: UserId::new("u"),
                email: "a@b.example".to_owned(),
            },
        });
        assert_eq!(judged(&["page 4 failed"], &[url]), Verdict::default());
    }
}
