//! What was not made, as lists that scripts read to make it after all.
//!
//! A list has the columns that the script for many such changes reads, and three more: the change, so that no script takes it
//! for another, what came of it, and why. Left out is what must not be done once more without a decision: see [`LeftOut`].

use crate::fleet::{Change, ComputerRef, GroupRef, Member, Outcome, Role, UserRef};
use crate::output::{Cell, Column, Table};
use crate::secret::Redactor;

use super::{Proposal, Reason, Tally, results};

/// Changes of one sort that were not made.
#[derive(Debug, Clone, PartialEq)]
pub struct List {
    /// The sort, as part of a file's name.
    pub name: &'static str,
    /// The script that reads such a list, with the options that it needs for it. Nothing where there is none, or where the change was decided on for what had been
    /// read: that has to be read again.
    pub script: Option<&'static str>,
    /// A row for each change.
    pub table: Table,
}

/// How many changes stand in no list, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LeftOut {
    /// Invitations and new users that may have been made: another try could make them twice.
    pub may_be_made: usize,
    /// Removals of what is not as it was when they were decided on: a list would name it, and what is named is removed.
    pub decided_on_other: usize,
}

/// A sort of change, and the columns of its list.
struct Sort {
    name: &'static str,
    script: Option<&'static str>,
    columns: &'static [&'static str],
}

const RENAME: Sort = sort("rename", Some("rename-computers"), &["Current", "New", "EntryID"]);
// By id: what was decided on by id may have a name that others bear, or none that the key may read.
const REMOVE_COMPUTER: Sort = sort(
    "remove-computer",
    Some("remove-computers --by-id"),
    &["Name", "EntryID"],
);
const GROUP_ADD_COMPUTER: Sort = sort("group-add-computer", Some("group-add-computers"), OF_GROUP);
const GROUP_REMOVE_COMPUTER: Sort = sort("group-remove-computer", None, OF_GROUP);
const GROUP_ADD_USER: Sort = sort("group-add-user", Some("group-add-users"), OF_USER_GROUP);
const GROUP_REMOVE_USER: Sort = sort("group-remove-user", None, OF_USER_GROUP);
const MOVE: Sort = sort("move-to-group", None, OF_GROUP);
const ASSIGN: Sort = sort("assign", None, OF_USER);
const UNASSIGN: Sort = sort("unassign", None, OF_USER);
const COMMENT: Sort = sort("comment", None, &["Name", "EntryID", "Comment"]);
const CREATE_GROUP: Sort = sort("create-group", None, &["GroupName", "Computers"]);
const INVITE: Sort = sort("invite-user", None, &["Email", "Roles", "Groups"]);
const CREATE_USER: Sort = sort("create-user", None, &["Email", "FirstName", "LastName"]);
const UPDATE_ROLES: Sort = sort("update-roles", None, &["Email", "UserID", "Roles"]);
const REMOVE_USER: Sort = sort("remove-user", None, &["Email", "UserID"]);

const OF_GROUP: &[&str] = &["GroupName", "Name", "EntryID"];
const OF_USER_GROUP: &[&str] = &["GroupName", "Email", "UserID"];
const OF_USER: &[&str] = &["Email", "Name", "EntryID"];

const fn sort(name: &'static str, script: Option<&'static str>, columns: &'static [&'static str]) -> Sort {
    Sort {
        name,
        script,
        columns,
    }
}

/// Returns what was not made, a list for each sort of change, and counts what stands in none. A change that was tried more
/// than once counts as it ended.
pub fn lists(tally: &Tally, redactor: &Redactor) -> (Vec<List>, LeftOut) {
    let mut lists: Vec<List> = Vec::new();
    let mut left_out = LeftOut::default();
    for (proposal, outcome) in tally.undone() {
        let (sort, row) = match row(proposal, outcome) {
            Row::In(sort, row) => (sort, row),
            Row::Out => continue,
            Row::MayBeMade => {
                left_out.may_be_made += 1;
                continue;
            }
            Row::DecidedOnOther => {
                left_out.decided_on_other += 1;
                continue;
            }
        };
        let at = lists.iter().position(|list| list.name == sort.name);
        let at = at.unwrap_or_else(|| {
            lists.push(List::of(&sort));
            lists.len() - 1
        });
        let list = &mut lists[at];
        list.script = list.script.filter(|_| is_told_by_name(proposal));
        list.table
            .rows
            .push(row.into_iter().map(|cell| clean(cell, redactor)).collect());
    }
    (lists, left_out)
}

impl List {
    fn of(sort: &Sort) -> Self {
        let columns = sort.columns.iter().chain(&[results::CHANGE, "Outcome", "Why"]);
        Self {
            name: sort.name,
            script: sort.script,
            table: Table::new(columns.map(|heading| Column::named(*heading)).collect()),
        }
    }
}

/// What becomes of a change that was not made.
enum Row {
    In(Sort, Vec<Cell>),
    /// It changes nothing in the fleet.
    Out,
    MayBeMade,
    DecidedOnOther,
}

fn row(proposal: &Proposal, outcome: Option<&Outcome>) -> Row {
    let change = &proposal.change;
    match outcome {
        Some(Outcome::Unknown(_)) if change.must_not_repeat() => return Row::MayBeMade,
        Some(Outcome::Drifted { .. }) if change.removes() => return Row::DecidedOnOther,
        _ => {}
    }
    let Some((sort, mut row)) = columns(change) else {
        return Row::Out;
    };
    row.push(Cell::text(change.verb()));
    row.push(Cell::text(outcome.map_or(results::NOT_SENT, Outcome::word)));
    row.push(match outcome {
        Some(outcome) => Cell::maybe(outcome.note(), Cell::Text),
        None => Cell::text("the run was stopped before it"),
    });
    Row::In(sort, row)
}

/// Tells whether it is all the same to the guards that a change is told by a list the next time.
fn is_told_by_name(proposal: &Proposal) -> bool {
    !proposal.change.removes() || proposal.reason == Some(Reason::Named)
}

/// Returns the sort of a change, and its cells but for the last three.
fn columns(change: &Change) -> Option<(Sort, Vec<Cell>)> {
    Some(match change {
        Change::Rename { computer, to } => {
            let [name, id] = of_computer(computer);
            (RENAME, vec![name, Cell::text(to), id])
        }
        Change::RemoveComputer { computer } => (REMOVE_COMPUTER, of_computer(computer).into()),
        Change::GroupAdd { group, member } => match member {
            Member::Computer(computer) => (GROUP_ADD_COMPUTER, with(&group.name, of_computer(computer))),
            Member::User(user) => (GROUP_ADD_USER, with(&group.name, of_user(user))),
        },
        Change::GroupRemove { group, member, .. } => match member {
            Member::Computer(computer) => (GROUP_REMOVE_COMPUTER, with(&group.name, of_computer(computer))),
            Member::User(user) => (GROUP_REMOVE_USER, with(&group.name, of_user(user))),
        },
        Change::MoveToGroup { group, computer } => (MOVE, with(group, of_computer(computer))),
        Change::Assign { computer, user } => (ASSIGN, with(&user.email, of_computer(computer))),
        Change::Unassign { computer, user } => (UNASSIGN, with(&user.email, of_computer(computer))),
        Change::Comment { computer, to, .. } => {
            let [name, id] = of_computer(computer);
            (COMMENT, vec![name, id, Cell::text(to)])
        }
        Change::CreateGroup { name, computers } => {
            let names = computers.iter().map(|computer| Cell::text(&computer.name));
            (CREATE_GROUP, vec![Cell::text(name), Cell::List(names.collect())])
        }
        Change::InviteUser {
            email, roles, groups, ..
        } => (
            INVITE,
            vec![Cell::text(email), of_roles(roles), of_groups(groups)],
        ),
        Change::CreateUser(user) => {
            let cells = [&user.username, &user.first_name, &user.last_name];
            (CREATE_USER, cells.map(Cell::text).into())
        }
        Change::UpdateRoles { user, to, .. } => {
            let [email, id] = of_user(user);
            (UPDATE_ROLES, vec![email, id, of_roles(to)])
        }
        Change::RemoveUser { user, .. } => (REMOVE_USER, of_user(user).into()),
        Change::ConnectUrl { .. } => return None,
    })
}

fn of_computer(computer: &ComputerRef) -> [Cell; 2] {
    [Cell::text(&computer.name), Cell::text(computer.id.as_str())]
}

fn of_user(user: &UserRef) -> [Cell; 2] {
    [Cell::text(&user.email), Cell::text(user.id.as_str())]
}

fn with(first: &str, others: [Cell; 2]) -> Vec<Cell> {
    std::iter::once(Cell::text(first)).chain(others).collect()
}

fn of_roles(roles: &[Role]) -> Cell {
    Cell::List(roles.iter().map(|role| Cell::text(role.as_str())).collect())
}

fn of_groups(groups: &[GroupRef]) -> Cell {
    Cell::List(groups.iter().map(|group| Cell::text(&group.name)).collect())
}

fn clean(cell: Cell, redactor: &Redactor) -> Cell {
    match cell {
        Cell::Text(text) => Cell::Text(redactor.redact(&text)),
        Cell::List(items) => Cell::List(items.into_iter().map(|item| clean(item, redactor)).collect()),
        other => other,
    }
}

#[cfg(test)]
mod tests;
