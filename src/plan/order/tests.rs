use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::fleet::{ComputerRef, GroupId, GroupKind, GroupRef, Member, UserId, UserRef, Vendor};
use crate::plan::Binding;
use crate::plan::fixtures::{computer, duplicate, remove};

fn rename(n: usize, to: usize) -> Proposal {
    Proposal::of(Change::Rename {
        computer: computer(n),
        to: format!("PC-{to}"),
    })
}

fn join(n: usize, group: usize) -> Proposal {
    Proposal::of(Change::GroupAdd {
        group: GroupRef {
            id: GroupId::new(format!("g{group}")),
            name: format!("G-{group}"),
            kind: GroupKind::Computers,
        },
        member: Member::Computer(computer(n)),
    })
}

fn comment(n: usize) -> Proposal {
    Proposal::of(Change::Comment {
        computer: computer(n),
        from: None,
        to: "x".to_owned(),
    })
}

fn user(n: usize) -> UserRef {
    UserRef {
        id: UserId::new(format!("u{n}")),
        email: format!("u{n}@x.example"),
    }
}

fn unassign(n: usize, from: usize) -> Proposal {
    Proposal::of(Change::Unassign {
        computer: computer(n),
        user: user(from),
    })
}

fn remove_user(n: usize) -> Proposal {
    Proposal::of(Change::RemoveUser {
        user: user(n),
        invited: true,
    })
}

fn invite(n: usize) -> Proposal {
    Proposal::of(Change::InviteUser {
        email: format!("U{n}@x.example"),
        roles: vec![],
        sign_in: crate::fleet::SignIn::default(),
        groups: vec![],
    })
}

fn create(group: usize, computers: &[usize]) -> Proposal {
    Proposal::of(Change::CreateGroup {
        name: format!("N-{group}"),
        computers: computers.iter().map(|n| computer(*n)).collect(),
    })
}

fn to_group(n: usize, group: usize) -> Proposal {
    Proposal::of(Change::MoveToGroup {
        group: format!("N-{group}"),
        computer: computer(n),
    })
}

/// Makes a plan of those proposals that it takes.
fn plan(proposals: Vec<Proposal>) -> Plan {
    let binding = Binding {
        profile: "acme".to_owned(),
        vendor: Vendor::RealVnc,
        host: "api.x.example".to_owned(),
    };
    let mut plan = Plan::new(binding, "2026-11-20T09:00:00Z".parse().unwrap());
    for proposal in proposals {
        let _ = plan.push(proposal);
    }
    plan
}

fn waves(proposals: Vec<Proposal>) -> Vec<Vec<usize>> {
    let all = proposals.len();
    let plan = plan(proposals);
    assert_eq!(plan.proposals().len(), all, "all are taken");
    plan.order().unwrap().waves
}

#[test]
fn changes_of_different_targets_are_made_at_once() {
    assert_eq!(waves(vec![]), Vec::<Vec<usize>>::new());
    assert_eq!(
        waves(vec![
            rename(1, 11),
            join(2, 1),
            remove(3),
            unassign(4, 1),
            unassign(5, 1)
        ]),
        [[0, 1, 2, 3, 4]]
    );
}

#[test]
fn changes_of_one_target_are_made_in_their_order() {
    assert_eq!(
        waves(vec![comment(1), comment(2), rename(1, 11), join(1, 1)]),
        [vec![0, 1], vec![2], vec![3]]
    );
}

#[test]
fn a_set_of_duplicates_goes_by_groups_removals_and_the_new_name() {
    let proposals = vec![
        rename(1, 2),
        duplicate(2, 1),
        join(1, 1),
        duplicate(3, 1),
        join(1, 2),
        remove(9),
    ];
    assert_eq!(
        waves(proposals.clone()),
        [vec![2, 5], vec![4], vec![1, 3], vec![0]]
    );
    let order = plan(proposals).order().unwrap();
    assert_eq!(order.needs[1], [4], "a merge that fails leaves the set alone");
    assert_eq!(order.needs[3], [4]);
    assert_eq!(order.needs[4], [2], "the first group, too");
    assert_eq!(order.needs[0], [1, 3]);
    assert!(order.needs[2].is_empty() && order.needs[5].is_empty());
}

#[test]
fn no_set_loses_anything_before_the_groups_of_all_sets_are_handed_on() {
    let proposals = vec![
        duplicate(2, 1),
        join(1, 1),
        duplicate(4, 3),
        join(5, 9),
        duplicate(7, 6),
        join(6, 2),
    ];
    assert_eq!(waves(proposals.clone()), [vec![1, 3, 5], vec![0, 2, 4]]);
    let order = plan(proposals).order().unwrap();
    assert!(order.needs[2].is_empty(), "another set's merge may fail");
}

#[test]
fn a_name_is_given_when_it_is_free() {
    assert_eq!(
        waves(vec![rename(1, 2), rename(2, 3), rename(3, 4)]),
        [[2], [1], [0]]
    );
    assert_eq!(waves(vec![rename(1, 2), remove(2)]), [[1], [0]]);
    assert_eq!(plan(vec![rename(1, 2), remove(2)]).order().unwrap().needs[0], [1]);
    assert_eq!(
        waves(vec![rename(1, 1)]),
        [[0]],
        "to keep a name waits for nobody"
    );
}

#[test]
fn names_that_go_around_in_a_circle_are_refused() {
    let error = plan(vec![comment(9), rename(1, 2), rename(2, 1), rename(3, 4)])
        .order()
        .unwrap_err();
    assert_eq!(error.kind, Kind::Invalid);
    assert!(error.message.contains("names around in a circle"), "{error}");
    assert!(error.message.contains("rename 'PC-1' to 'PC-2'"), "{error}");
    assert!(error.message.contains("rename 'PC-2' to 'PC-1'"), "{error}");
    assert!(!error.message.contains("PC-3"), "{error}");
    assert!(error.hint.unwrap().contains("a name that nobody has"));
    let ring: Vec<Proposal> = (0..9).map(|n| rename(n, (n + 1) % 9)).collect();
    let error = plan(ring).order().unwrap_err();
    assert!(
        error.message.ends_with("and 5 more") || error.message.ends_with(", 5 more"),
        "{error}"
    );
}

#[test]
fn other_circles_are_refused_too() {
    let error = plan(vec![to_group(1, 1), rename(1, 11), rename(2, 1), create(1, &[2])])
        .order()
        .unwrap_err();
    assert!(error.message.contains("wait for each other"), "{error}");
    assert!(error.hint.unwrap().contains("two plans"));
}

#[test]
fn a_group_is_there_before_anything_is_moved_into_it() {
    assert_eq!(
        waves(vec![to_group(1, 1), to_group(2, 2), create(1, &[3])]),
        [vec![1, 2], vec![0]]
    );
}

#[test]
fn who_is_removed_lets_go_of_computers_before_and_is_invited_after() {
    assert_eq!(
        waves(vec![
            unassign(1, 1),
            unassign(2, 1),
            remove_user(1),
            invite(1),
            invite(2)
        ]),
        [vec![0, 1, 4], vec![2], vec![3]]
    );
}

/// The ids of the computers that a change is about.
fn computers(proposal: &Proposal) -> Vec<&ComputerId> {
    match &proposal.change {
        Change::CreateGroup { computers, .. } => computers.iter().map(|c| &c.id).collect(),
        change => change.computer().map(|c| &c.id).into_iter().collect(),
    }
}

fn any_proposal() -> impl Strategy<Value = Proposal> {
    let n = || 0..8_usize;
    prop_oneof![
        4 => (n(), 0..12_usize).prop_map(|(a, b)| rename(a, b)),
        2 => n().prop_map(remove),
        3 => (n(), n()).prop_map(|(a, b)| duplicate(a, b)),
        3 => (n(), 0..4_usize).prop_map(|(a, b)| join(a, b)),
        2 => n().prop_map(comment),
        2 => (n(), 0..3_usize).prop_map(|(a, b)| unassign(a, b)),
        1 => (0..3_usize).prop_map(remove_user),
        1 => (0..3_usize).prop_map(invite),
        1 => (0..3_usize, prop::collection::vec(n(), 0..3)).prop_map(|(g, c)| create(g, &c)),
        2 => (n(), 0..3_usize).prop_map(|(a, g)| to_group(a, g)),
    ]
}

/// Tells whether one change has to be made before another, by the rules in their words, and not by how they are kept.
fn comes_before(all: &[Proposal], a: usize, b: usize) -> bool {
    let (one, other) = (&all[a], &all[b]);
    let survives = |computer: &ComputerRef| {
        all.iter()
            .any(|p| survivor(p).is_some_and(|survivor| survivor.id == computer.id))
    };
    match (&one.change, &other.change) {
        (Change::GroupAdd { member, .. }, Change::RemoveComputer { .. })
            if survivor(other).is_some_and(|survivor| survivor.id.as_str() == member.id()) =>
        {
            return true;
        }
        (Change::RemoveComputer { .. }, Change::Rename { computer, .. })
            if survivor(one).is_some_and(|survivor| survivor.id == computer.id) =>
        {
            return true;
        }
        (Change::RemoveComputer { computer }, Change::Rename { to, .. }) if computer.name == *to => {
            return true;
        }
        (Change::Rename { computer, to: new }, Change::Rename { computer: c, to })
            if computer.name == *to && new != to && computer.id != c.id =>
        {
            return true;
        }
        (Change::CreateGroup { name, .. }, Change::MoveToGroup { group, .. }) if name == group => {
            return true;
        }
        (Change::Unassign { user, .. }, Change::RemoveUser { user: gone, .. }) if user == gone => {
            return true;
        }
        (Change::RemoveUser { user, .. }, Change::InviteUser { email, .. })
            if user.email == email.to_lowercase() =>
        {
            return a < b;
        }
        _ => {}
    }
    let shared = computers(one).iter().any(|c| computers(other).contains(c));
    let is_last = |p: &Proposal| matches!(&p.change, Change::Rename { computer, .. } if survives(computer));
    shared
        && if is_last(one) == is_last(other) {
            a < b
        } else {
            is_last(other)
        }
}

proptest! {
    #[test]
    fn everything_appears_once_in_an_order_that_keeps_to_every_rule_or_there_is_none(
        proposals in prop::collection::vec(any_proposal(), 0..30)
    ) {
        let plan = plan(proposals);
        let all = plan.proposals();
        let before = |a: usize, b: usize| a != b && comes_before(all, a, b);
        match plan.order() {
            Ok(order) => {
                let mut wave_of = vec![None; all.len()];
                for (number, wave) in order.waves.iter().enumerate() {
                    prop_assert!(!wave.is_empty());
                    for at in wave {
                        prop_assert_eq!(wave_of[*at].replace(number), None, "twice");
                    }
                }
                prop_assert!(wave_of.iter().all(Option::is_some), "all of them");
                for a in 0..all.len() {
                    for b in (0..all.len()).filter(|b| before(a, *b)) {
                        prop_assert!(wave_of[a] < wave_of[b], "{} / {}", all[a].change, all[b].change);
                    }
                    for need in &order.needs[a] {
                        prop_assert!(wave_of[*need] < wave_of[a]);
                    }
                }
            }
            Err(error) => {
                prop_assert!(error.hint.is_some());
                // Refused only where the rules themselves go around in a circle: taking away what waits for nobody leaves some.
                let mut left: BTreeSet<usize> = (0..all.len()).collect();
                loop {
                    let free: Vec<usize> = left
                        .iter()
                        .copied()
                        .filter(|b| !left.iter().any(|a| before(*a, *b)))
                        .collect();
                    if free.is_empty() {
                        break;
                    }
                    for at in free {
                        left.remove(&at);
                    }
                }
                prop_assert!(!left.is_empty(), "there is an order: {}", error);
            }
        }
    }
}
