//! What runs did, and the way back.

mod left;
mod names;
mod worlds;

use super::*;
use crate::fleet::{ComputerRef, GroupId, GroupKind, GroupRef, Role, UserId, UserRef, Vendor};
use crate::plan::{Binding, Plan};

fn called(id: &str, name: &str) -> ComputerRef {
    ComputerRef {
        id: ComputerId::new(id),
        name: name.to_owned(),
    }
}

/// A computer that has kept its first name.
fn computer(id: &str) -> ComputerRef {
    called(id, &format!("PC-{id}"))
}

fn user(id: &str) -> UserRef {
    UserRef {
        id: UserId::new(id),
        email: format!("{id}@x.example"),
    }
}

fn group(id: &str) -> GroupRef {
    GroupRef {
        id: GroupId::new(id),
        name: format!("G-{id}"),
        kind: GroupKind::Computers,
    }
}

fn rename(id: &str, from: &str, to: &str) -> Change {
    Change::Rename {
        computer: called(id, from),
        to: to.to_owned(),
    }
}

fn add(id: &str, to: &str) -> Change {
    Change::GroupAdd {
        group: group(to),
        member: Member::Computer(computer(id)),
    }
}

fn take_out(id: &str, of: &str) -> Change {
    Change::GroupRemove {
        group: group(of),
        member: Member::Computer(computer(id)),
        default_access: DefaultAccess::NoOne,
    }
}

fn take_out_for_everyone(id: &str, of: &str) -> Change {
    Change::GroupRemove {
        group: group(of),
        member: Member::Computer(computer(id)),
        default_access: DefaultAccess::Everyone,
    }
}

fn assign(id: &str, to: &str) -> Change {
    Change::Assign {
        computer: computer(id),
        user: user(to),
    }
}

fn unassign(id: &str, from: &str) -> Change {
    Change::Unassign {
        computer: computer(id),
        user: user(from),
    }
}

fn comment(id: &str, from: Option<&str>, to: &str) -> Change {
    Change::Comment {
        computer: computer(id),
        from: from.map(str::to_owned),
        to: to.to_owned(),
    }
}

fn roles(id: &str, from: &[Role], to: &[Role]) -> Change {
    Change::UpdateRoles {
        user: user(id),
        from: from.to_vec(),
        to: to.to_vec(),
    }
}

fn remove(id: &str) -> Change {
    Change::RemoveComputer {
        computer: computer(id),
    }
}

fn remove_user(id: &str) -> Change {
    Change::RemoveUser {
        user: user(id),
        invited: false,
    }
}

fn user_joins(id: &str, to: &str) -> Change {
    Change::GroupAdd {
        group: group(to),
        member: Member::User(user(id)),
    }
}

fn user_leaves(id: &str, of: &str) -> Change {
    Change::GroupRemove {
        group: group(of),
        member: Member::User(user(id)),
        default_access: DefaultAccess::NoOne,
    }
}

fn done(changes: Vec<Change>) -> Vec<(Change, Done)> {
    changes.into_iter().map(|change| (change, Done::Yes)).collect()
}

fn unclear(change: Change) -> (Change, Done) {
    (change, Done::NobodyKnows("the line was cut".to_owned()))
}

/// Returns what leads back. A plan must take all of it, and have an order for it.
fn back(undo: &Undo) -> Vec<Change> {
    plan(undo);
    undo.proposals
        .iter()
        .map(|proposal| proposal.change.clone())
        .collect()
}

fn plan(undo: &Undo) -> Plan {
    let binding = Binding {
        profile: "acme".to_owned(),
        vendor: Vendor::RealVnc,
        host: "api.x.example".to_owned(),
    };
    let mut plan = Plan::new(binding, "2026-11-20T09:00:00Z".parse().unwrap());
    for proposal in &undo.proposals {
        plan.push(proposal.clone()).unwrap();
    }
    plan.order().unwrap();
    plan
}

/// Returns what stays, a sentence each.
fn left(undo: &Undo) -> Vec<String> {
    undo.left
        .iter()
        .map(|left| format!("{}: {}", left.change, left.why))
        .collect()
}

/// What was done is taken back by these, and nothing stays.
#[track_caller]
fn goes_back(changes: Vec<Change>, by: &[Change]) {
    let undo = undo(done(changes));
    assert_eq!(back(&undo), by);
    assert_eq!(left(&undo), [""; 0]);
}

#[test]
fn each_change_that_has_a_way_back_is_turned_around() {
    let (one, two) = ([Role::User], [Role::User, Role::Technician]);
    for (change, by) in [
        (rename("1", "PC-1", "B"), rename("1", "B", "PC-1")),
        (add("1", "a"), take_out("1", "a")),
        (take_out("1", "a"), add("1", "a")),
        (user_joins("u", "a"), user_leaves("u", "a")),
        (user_leaves("u", "a"), user_joins("u", "a")),
        (assign("1", "u"), unassign("1", "u")),
        (unassign("1", "u"), assign("1", "u")),
        (
            comment("1", Some("on loan"), "back"),
            comment("1", Some("back"), "on loan"),
        ),
        (roles("u", &one, &two), roles("u", &two, &one)),
    ] {
        goes_back(vec![change], &[by]);
    }
}

#[test]
fn the_last_change_is_taken_back_first() {
    goes_back(
        vec![add("1", "a"), rename("2", "PC-2", "B"), assign("3", "u")],
        &[unassign("3", "u"), rename("2", "B", "PC-2"), take_out("1", "a")],
    );
}

#[test]
fn several_changes_of_one_thing_are_taken_back_as_one() {
    goes_back(
        vec![rename("1", "A", "B"), rename("1", "B", "C")],
        &[rename("1", "C", "A")],
    );
    goes_back(
        vec![comment("1", Some("a"), "b"), comment("1", Some("b"), "c")],
        &[comment("1", Some("c"), "a")],
    );
    let (a, b, c) = ([Role::User], [Role::Technician], [Role::Manager]);
    goes_back(
        vec![roles("u", &a, &b), roles("u", &b, &c)],
        &[roles("u", &c, &a)],
    );
    goes_back(
        vec![add("1", "a"), take_out("1", "a"), add("1", "a")],
        &[take_out("1", "a")],
    );
    goes_back(
        vec![unassign("1", "u"), assign("1", "u"), unassign("1", "u")],
        &[assign("1", "u")],
    );
}

#[test]
fn different_things_of_one_target_are_taken_back_each() {
    goes_back(
        vec![add("1", "a"), add("1", "b"), assign("1", "u"), assign("1", "v")],
        &[
            unassign("1", "v"),
            unassign("1", "u"),
            take_out("1", "b"),
            take_out("1", "a"),
        ],
    );
}
