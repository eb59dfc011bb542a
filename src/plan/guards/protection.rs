//! Rule 6: protected computers are not touched. The profile's `protect` says which; taking an entry out relaxes it.
//!
//! Not touched means: not removed, renamed, moved, assigned or commented on, and neither put into a group nor taken out of
//! one. A computer that could be renamed first could be removed next. What changes nothing, such as the address that opens
//! a screen, is no touch. Where a group is protected, the groups of every computer in the plan must be known.

use std::collections::BTreeMap;

use crate::fleet::{Change, ComputerRef, GroupKind, GroupRef, Member, Protection};
use crate::plan::{Kept, KeptComputer, Proposal};

use super::words::some;
use super::{Facts, Limits, Rule, Verdict};

/// Computers that an entry protects, or may protect: in which rows, and their names.
type Found<'a> = BTreeMap<String, (Vec<usize>, Vec<&'a str>)>;

pub(super) fn judge(proposals: &[Proposal], facts: &Facts<'_>, limits: &Limits, verdict: &mut Verdict) {
    if limits.protected.is_empty() {
        return;
    }
    let (mut protected, mut unclear) = (Found::new(), Found::new());
    for (row, proposal) in proposals.iter().enumerate().filter(|(_, p)| p.change.alters()) {
        for computer in touched(&proposal.change) {
            let kept = record(proposal, computer);
            // A plan that was saved may hold the record of yesterday.
            let listed = facts.inventory.and_then(|fleet| fleet.find(computer.id.as_str()));
            let records: Vec<&KeptComputer> = kept.into_iter().chain(listed).collect();
            let found = match by(limits, &proposal.change, computer, &records) {
                Some(entry) => protected.entry(entry.to_string()),
                None => match limits.protected.by_group() {
                    Some(entry) if kept.is_none_or(|kept| kept.groups.is_none()) => {
                        unclear.entry(entry.to_string())
                    }
                    _ => continue,
                },
            };
            let (rows, names) = found.or_default();
            rows.push(row);
            names.push(&computer.name);
        }
    }
    for (entry, (rows, names)) in protected {
        verdict.refuse(
            Rule::Protection,
            rows,
            format!(
                "not allowed to touch {}: protected by \"{entry}\"",
                some("computer", &names)
            ),
            "leave them out of the plan; what is protected is said by `protect` in the profile",
        );
    }
    for (entry, (rows, names)) in unclear {
        verdict.refuse(
            Rule::Protection,
            rows,
            format!(
                "not allowed to touch {}: \"{entry}\" is protected, and the groups that they are in were not read",
                some("computer", &names)
            ),
            "list the computers with #{ groups: true }, and make the plan again",
        );
    }
}

/// Returns the computers that a change touches.
fn touched(change: &Change) -> Vec<&ComputerRef> {
    match change {
        Change::CreateGroup { computers, .. } => computers.iter().collect(),
        change => change.computer().into_iter().collect(),
    }
}

fn record<'a>(proposal: &'a Proposal, computer: &ComputerRef) -> Option<&'a KeptComputer> {
    match &proposal.before {
        Some(Kept::Computer(kept)) if kept.id == computer.id.as_str() => Some(kept),
        _ => None,
    }
}

/// Returns the entry that protects a computer: by the names and groups that it had whenever it was read as well as by the name in
/// the change.
fn by<'a>(
    limits: &'a Limits,
    change: &Change,
    computer: &ComputerRef,
    records: &[&KeptComputer],
) -> Option<&'a Protection> {
    let protected = &limits.protected;
    let mut groups = records.iter().flat_map(|record| record.groups.iter().flatten());
    let mut names = records
        .iter()
        .map(|record| (record.id.as_str(), record.name.as_str()));
    protected
        .computer(computer.id.as_str(), &computer.name)
        .or_else(|| names.find_map(|(id, name)| protected.computer(id, name)))
        .or_else(|| groups.find_map(|group| by_group(limits, group)))
        .or_else(|| match change {
            Change::GroupRemove {
                group,
                member: Member::Computer(_),
                ..
            } => by_group(limits, group),
            _ => None,
        })
}

fn by_group<'a>(limits: &'a Limits, group: &GroupRef) -> Option<&'a Protection> {
    (group.kind == GroupKind::Computers)
        .then(|| limits.protected.group(&group.name))
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fleet::{DefaultAccess, Protected, UserId, UserRef};
    use crate::plan::Reason;
    use crate::plan::guards::Inventory;
    use crate::plan::guards::tests::{computer, facts, group, named, remove, rename};

    fn judged(protect: &[&str], proposals: &[Proposal]) -> Vec<String> {
        judged_beside(protect, proposals, None)
    }

    /// Judges a plan, with what is known of the fleet now.
    fn judged_beside(protect: &[&str], proposals: &[Proposal], fleet: Option<&Inventory>) -> Vec<String> {
        let entries = protect.iter().map(|text| Protection::parse(text).unwrap());
        let limits = Limits {
            protected: Protected::new(entries.collect()),
            ..Limits::default()
        };
        let mut verdict = Verdict::default();
        let facts = Facts {
            inventory: fleet,
            ..facts()
        };
        judge(proposals, &facts, &limits, &mut verdict);
        verdict
            .refusals
            .into_iter()
            .map(|refusal| refusal.message)
            .collect()
    }

    /// A computer that is known to be in some groups.
    fn within(id: &str, groups: &[&str]) -> KeptComputer {
        let mut record = computer(id);
        record.groups = Some(groups.iter().map(|name| group(name)).collect());
        record
    }

    fn removal(record: &KeptComputer) -> Proposal {
        remove(record, Reason::Named)
    }

    #[test]
    fn by_name_by_id_and_by_group_even_if_named() {
        for entry in ["pc-?", "1", "group:SERV*"] {
            assert_eq!(
                judged(&[entry], &[removal(&within("1", &["Sales", "Servers"]))]),
                [format!(
                    "not allowed to touch 1 computer ('PC-1'): protected by \"{entry}\""
                )]
            );
            assert!(
                judged(&[entry], &[removal(&within("10", &["Sales"]))]).is_empty(),
                "{entry}"
            );
        }
    }

    #[test]
    fn by_what_it_is_called_and_where_it_is_now() {
        let was = within("1", &["Sales"]);
        let mut renamed = within("1", &["Sales"]);
        renamed.name = "DC-1".to_owned();
        for (entry, now) in [("dc-*", renamed), ("group:servers", within("1", &["Servers"]))] {
            let fleet = Inventory::of([now]);
            let plan = [removal(&was)];
            assert_eq!(judged_beside(&[entry], &plan, Some(&fleet)).len(), 1, "{entry}");
            assert!(judged(&[entry], &plan).is_empty(), "{entry}");
        }
    }

    #[test]
    fn nothing_is_done_to_a_protected_computer() {
        let record = within("1", &[]);
        let computer = named(&record);
        let user = UserRef {
            id: UserId::new("u"),
            email: "a@b.example".to_owned(),
        };
        let of = |change| Proposal {
            before: Some(Kept::Computer(Box::new(record.clone()))),
            ..Proposal::of(change)
        };
        let member = Member::Computer(computer.clone());
        let touches = [
            removal(&record),
            rename(&record, "X"),
            of(Change::GroupAdd {
                group: group("Sales"),
                member: member.clone(),
            }),
            of(Change::GroupRemove {
                group: group("Sales"),
                member,
                default_access: DefaultAccess::NoOne,
            }),
            of(Change::Assign {
                computer: computer.clone(),
                user: user.clone(),
            }),
            of(Change::Unassign {
                computer: computer.clone(),
                user: user.clone(),
            }),
            of(Change::CreateGroup {
                name: "New".to_owned(),
                computers: vec![computer.clone()],
            }),
            of(Change::MoveToGroup {
                group: "New".to_owned(),
                computer: computer.clone(),
            }),
            of(Change::Comment {
                computer: computer.clone(),
                from: None,
                to: "on loan".to_owned(),
            }),
        ];
        for touch in touches {
            assert_eq!(
                judged(&["PC-1"], std::slice::from_ref(&touch)).len(),
                1,
                "{}",
                touch.change
            );
            assert!(
                judged(&["PC-2"], std::slice::from_ref(&touch)).is_empty(),
                "{}",
                touch.change
            );
        }
        let look = of(Change::ConnectUrl { computer, user });
        assert!(judged(&["PC-1"], &[look]).is_empty());
    }

    #[test]
    fn a_group_that_lets_go_protects_by_itself() {
        let proposal = Proposal::of(Change::GroupRemove {
            group: group("Servers"),
            member: Member::Computer(named(&computer("1"))),
            default_access: DefaultAccess::NoOne,
        });
        assert!(judged(&["group:Servers"], &[proposal])[0].contains("protected by \"group:Servers\""));
    }

    #[test]
    fn where_the_groups_were_not_read_a_protected_group_refuses() {
        let unread = removal(&computer("1"));
        assert_eq!(
            judged(&["group:Servers"], std::slice::from_ref(&unread)),
            [
                "not allowed to touch 1 computer ('PC-1'): \"group:Servers\" is protected, and the groups that they are in were \
                 not read"
            ]
        );
        assert!(judged(&["DC-*"], &[unread]).is_empty());
        assert!(judged(&["group:Servers"], &[removal(&within("1", &[]))]).is_empty());
    }

    #[test]
    fn the_name_that_was_read_counts_as_much_as_that_in_the_change() {
        let mut proposal = removal(&within("1", &[]));
        if let Change::RemoveComputer { computer } = &mut proposal.change {
            computer.name = "PC-harmless".to_owned();
        }
        assert_eq!(judged(&["PC-1"], &[proposal]).len(), 1);
    }
}
