use super::*;
use crate::fleet::{GroupId, GroupKind, GroupRef, Member, NewUser, Role, SignIn, UserId};
use crate::plan::fixtures::{computer, duplicate, remove};
use crate::secret::Secret;

fn user(name: &str) -> UserRef {
    UserRef {
        id: UserId::new(format!("u-{name}")),
        email: format!("{name}@x.example"),
    }
}

fn group(name: &str) -> GroupRef {
    GroupRef {
        id: GroupId::new(format!("g-{name}")),
        name: name.to_owned(),
        kind: GroupKind::Computers,
    }
}

fn rename(n: usize, to: &str) -> Proposal {
    Proposal::of(Change::Rename {
        computer: computer(n),
        to: to.to_owned(),
    })
}

fn join(n: usize, name: &str) -> Proposal {
    Proposal::of(Change::GroupAdd {
        group: group(name),
        member: Member::Computer(computer(n)),
    })
}

fn leave(n: usize, name: &str) -> Proposal {
    Proposal::of(Change::GroupRemove {
        group: group(name),
        member: Member::Computer(computer(n)),
        default_access: crate::fleet::DefaultAccess::NoOne,
    })
}

fn to_group(n: usize, name: &str) -> Proposal {
    Proposal::of(Change::MoveToGroup {
        group: name.to_owned(),
        computer: computer(n),
    })
}

fn create(name: &str, computers: &[usize]) -> Proposal {
    Proposal::of(Change::CreateGroup {
        name: name.to_owned(),
        computers: computers.iter().map(|n| computer(*n)).collect(),
    })
}

fn assign(n: usize, name: &str) -> Proposal {
    Proposal::of(Change::Assign {
        computer: computer(n),
        user: user(name),
    })
}

fn unassign(n: usize, name: &str) -> Proposal {
    Proposal::of(Change::Unassign {
        computer: computer(n),
        user: user(name),
    })
}

fn remove_user(name: &str) -> Proposal {
    Proposal::of(Change::RemoveUser {
        user: user(name),
        invited: false,
    })
}

fn roles(name: &str, to: Role) -> Proposal {
    Proposal::of(Change::UpdateRoles {
        user: user(name),
        from: vec![],
        to: vec![to],
    })
}

fn invite(email: &str) -> Proposal {
    Proposal::of(Change::InviteUser {
        email: email.to_owned(),
        roles: vec![],
        sign_in: SignIn::default(),
        groups: Vec::new(),
    })
}

fn create_user(email: &str) -> Proposal {
    Proposal::of(Change::CreateUser(NewUser {
        username: email.to_owned(),
        first_name: "Ann".to_owned(),
        last_name: "Other".to_owned(),
        password: Secret::new("S3cret-word"),
        sign_in: SignIn::default(),
    }))
}

fn plan() -> Plan {
    let binding = Binding {
        profile: "acme".to_owned(),
        vendor: Vendor::RealVnc,
        host: "api.x.example".to_owned(),
    };
    Plan::new(binding, "2026-11-20T09:00:00Z".parse().unwrap())
}

/// What the last of some proposals is refused with; the others are taken.
fn refused(proposals: Vec<Proposal>) -> String {
    let mut plan = plan();
    let last = proposals.len() - 1;
    for (at, proposal) in proposals.into_iter().enumerate() {
        let told = proposal.change.to_string();
        let before = plan.clone();
        match plan.push(proposal) {
            Ok(()) => assert!(at < last, "{told} was taken"),
            Err(error) => {
                assert_eq!(at, last, "{error}");
                assert_eq!(error.kind, Kind::Invalid);
                assert!(error.hint.is_some());
                assert_eq!(plan, before, "a refusal changes nothing");
                return error.message;
            }
        }
    }
    unreachable!("all were taken")
}

fn taken(proposals: Vec<Proposal>) -> Plan {
    let mut plan = plan();
    for proposal in proposals {
        plan.push(proposal).unwrap();
    }
    plan
}

#[test]
fn the_same_change_twice_is_refused() {
    for twice in [
        || rename(1, "X"),
        || remove(1),
        || join(1, "Lab"),
        || leave(1, "Lab"),
        || to_group(1, "Lab"),
        || create("Lab", &[1]),
        || assign(1, "ann"),
        || remove_user("ann"),
        || roles("ann", Role::User),
        || invite("ann@x.example"),
        || create_user("ann@x.example"),
    ] {
        let message = refused(vec![twice(), twice()]);
        assert!(message.ends_with(": the plan holds that already"), "{message}");
    }
    assert_eq!(
        refused(vec![rename(1, "X"), rename(1, "X")]),
        "cannot plan to rename 'PC-1' to 'X': the plan holds that already"
    );
}

#[test]
fn a_change_is_the_same_whatever_its_target_was_called() {
    let mut renamed = remove(1);
    renamed.change = Change::RemoveComputer {
        computer: ComputerRef {
            name: "an old name".to_owned(),
            ..computer(1)
        },
    };
    refused(vec![remove(1), renamed]);
    refused(vec![invite("ann@x.example"), invite(" Ann@X.example")]);
}

#[test]
fn changes_of_one_target_that_contradict_each_other_are_refused() {
    assert_eq!(
        refused(vec![rename(1, "X"), rename(1, "Y")]),
        "cannot plan to rename 'PC-1' to 'Y': the plan is to rename 'PC-1' to 'X' already"
    );
    for contradiction in [
        vec![join(1, "Lab"), leave(1, "Lab")],
        vec![to_group(1, "Lab"), to_group(1, "Hall")],
        vec![create("Lab", &[1]), to_group(1, "Hall")],
        vec![create("Lab", &[1]), create("Lab", &[2])],
        vec![assign(1, "ann"), unassign(1, "ann")],
        vec![roles("ann", Role::User), roles("ann", Role::Manager)],
        vec![invite("ann@x.example"), create_user("ann@x.example")],
    ] {
        refused(contradiction);
    }
}

#[test]
fn of_what_is_removed_nothing_else_is_changed() {
    assert_eq!(
        refused(vec![remove(1), rename(1, "X")]),
        "cannot plan to rename 'PC-1' to 'X': the plan is to remove computer 'PC-1' from the team already"
    );
    for thwarted in [
        vec![rename(1, "X"), remove(1)],
        vec![join(1, "Lab"), remove(1)],
        vec![create("Lab", &[2, 1]), remove(1)],
        vec![remove(1), create("Lab", &[2, 1])],
        vec![remove(1), unassign(1, "ann")],
        vec![assign(1, "ann"), remove_user("ann")],
        vec![remove_user("ann"), assign(1, "ann")],
        vec![remove_user("ann"), unassign(1, "ann")],
        vec![roles("ann", Role::User), remove_user("ann")],
    ] {
        refused(thwarted);
    }
}

#[test]
fn a_duplicate_is_removed_only_while_the_record_in_its_place_stays() {
    assert_eq!(
        refused(vec![duplicate(2, 1), remove(1)]),
        "cannot plan to remove computer 'PC-1' from the team: it stays in the place of 'PC-2', which the plan removes"
    );
    assert_eq!(
        refused(vec![remove(1), duplicate(2, 1)]),
        "cannot plan to remove computer 'PC-2' from the team: 'PC-1' is to stay in its place, and the plan removes that too"
    );
    refused(vec![duplicate(1, 2), duplicate(2, 1)]);
    refused(vec![duplicate(1, 1)]);
    taken(vec![
        duplicate(2, 1),
        duplicate(3, 1),
        rename(1, "PC-2"),
        join(1, "Lab"),
    ]);
}

#[test]
fn one_name_is_not_given_twice() {
    assert_eq!(
        refused(vec![rename(1, "X"), rename(2, "X")]),
        "cannot plan to rename 'PC-2' to 'X': the plan gives that name to 'PC-1' already"
    );
}

#[test]
fn changes_that_go_together_are_taken() {
    taken(vec![
        rename(1, "X"),
        join(1, "Lab"),
        join(1, "Hall"),
        leave(1, "Store"),
        assign(1, "ann"),
        assign(1, "bob"),
        unassign(2, "ann"),
        remove(2),
        unassign(3, "eve"),
        remove_user("eve"),
        invite("eve@x.example"),
        create("New", &[4, 4]),
        to_group(5, "New"),
    ]);
}

#[test]
fn changes_are_counted_and_removals_found() {
    let plan = taken(vec![
        rename(1, "X"),
        remove(2),
        rename(3, "Y"),
        remove_user("ann"),
        remove(4),
    ]);
    assert_eq!(
        plan.counts(),
        [("rename", 2), ("remove_computer", 2), ("remove_user", 1)]
    );
    let removed: Vec<&str> = plan.removed_computers().map(|(c, _)| c.name.as_str()).collect();
    assert_eq!(removed, ["PC-2", "PC-4"]);
    let removed: Vec<&str> = plan.removed_users().map(|(u, _)| u.email.as_str()).collect();
    assert_eq!(removed, ["ann@x.example"]);
}

#[test]
fn a_hundred_thousand_proposals_are_taken_ordered_and_summed_up() {
    const MANY: usize = 100_000;
    // A quadratic way through them would take this test minutes.
    let mut plan = plan();
    for n in 0..MANY {
        plan.push(match n % 4 {
            0 => rename(n, &format!("PC-{}", n + 4)),
            1 => duplicate(n, 0),
            2 => join(0, &format!("g{n}")),
            _ => assign(n, "ann"),
        })
        .unwrap();
    }
    let order = plan.order().unwrap();
    assert_eq!(order.waves.iter().map(Vec::len).sum::<usize>(), MANY);
    let summary = crate::plan::preview::Summary::of(&plan);
    assert!(
        summary.headline.starts_with("100000 changes: "),
        "{}",
        summary.headline
    );
}
