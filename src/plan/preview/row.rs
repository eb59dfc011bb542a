//! One proposal as a row: what is to be done, why, and what was read of the target.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::fleet::{Change, GroupRef, Member, Role, SignIn, UserRef};
use crate::output::Cell;

use super::super::{Kept, Presence, Proposal, Reason};

/// Returns the cells of the columns in [`super::table`], in their order.
pub(super) fn row(proposal: &Proposal) -> Vec<Cell> {
    let change = &proposal.change;
    let id = change.target_id();
    let mut row = vec![
        Cell::text(change.verb()),
        Cell::text(change.target()),
        Cell::text(change.result()),
        Cell::maybe((!id.is_empty()).then_some(id), Cell::text),
        Cell::maybe(change.exposure(), Cell::text),
        Cell::maybe(change.irreversible(), Cell::text),
        Cell::maybe(proposal.reason.as_ref(), |reason| Cell::text(words(reason))),
    ];
    let record = Record::of(proposal);
    row.extend([record.last_seen, record.presence, record.groups]);
    row.push(Cell::Bool(change.irreversible().is_none()));
    row.extend(reason(proposal.reason.as_ref()));
    row.extend([record.name, record.host, record.os, record.macs]);
    row.extend([record.assigned_to, record.comment, record.roles]);
    row.extend(details(change));
    row
}

/// Says why, as a person reads it.
fn words(reason: &Reason) -> String {
    match reason {
        Reason::Stale { last_seen, cutoff } => {
            format!("last seen {}, before {}", day(*last_seen), day(*cutoff))
        }
        Reason::DuplicateOf { survivor } => format!("duplicate of '{}' ({})", survivor.name, survivor.id),
        Reason::Named => "named by the user".to_owned(),
        Reason::Chosen(why) => why.clone(),
    }
}

fn day(at: Timestamp) -> String {
    at.to_zoned(TimeZone::UTC).date().to_string()
}

/// Returns the kind of reason and what it rests on, but for when the computer was last seen.
fn reason(reason: Option<&Reason>) -> [Cell; 4] {
    let mut cells = [Cell::Null, Cell::Null, Cell::Null, Cell::Null];
    let kind = match reason {
        None => return cells,
        Some(Reason::Stale { cutoff, .. }) => {
            cells[1] = Cell::Time(*cutoff);
            "stale"
        }
        Some(Reason::DuplicateOf { survivor }) => {
            cells[2] = Cell::text(&survivor.name);
            cells[3] = Cell::text(survivor.id.as_str());
            "duplicate_of"
        }
        Some(Reason::Named) => "named",
        Some(Reason::Chosen(_)) => "chosen",
    };
    cells[0] = Cell::text(kind);
    cells
}

/// What was read of the target.
struct Record {
    last_seen: Cell,
    presence: Cell,
    groups: Cell,
    name: Cell,
    host: Cell,
    os: Cell,
    macs: Cell,
    assigned_to: Cell,
    comment: Cell,
    roles: Cell,
}

impl Record {
    fn of(proposal: &Proposal) -> Self {
        let mut record = Self {
            last_seen: Cell::Null,
            presence: Cell::Null,
            groups: Cell::Null,
            name: Cell::Null,
            host: Cell::Null,
            os: Cell::Null,
            macs: Cell::Null,
            assigned_to: Cell::Null,
            comment: Cell::Null,
            roles: Cell::Null,
        };
        match &proposal.change {
            Change::Comment { from, .. } => record.comment = Cell::maybe(from.as_ref(), Cell::text),
            Change::UpdateRoles { from, .. } => record.roles = roles(from),
            _ => {}
        }
        if let Some(Reason::Stale { last_seen, .. }) = &proposal.reason {
            record.last_seen = Cell::Time(*last_seen);
        }
        match &proposal.before {
            None => {}
            Some(Kept::Computer(computer)) => {
                record.name = Cell::text(&computer.name);
                record.last_seen = Cell::maybe(computer.last_seen, Cell::Time);
                record.presence = Cell::text(presence(computer.online));
                record.groups = Cell::maybe(computer.groups.as_ref(), groups);
                record.host = Cell::maybe(computer.host.as_ref(), Cell::text);
                record.os = Cell::maybe(computer.os.as_ref(), Cell::text);
                record.macs = Cell::List(computer.macs.iter().map(Cell::text).collect());
                record.assigned_to = Cell::maybe(computer.user.as_ref(), Cell::text);
                record.comment = Cell::maybe(computer.comment.as_ref(), Cell::text);
            }
            Some(Kept::User(user)) => {
                record.name = Cell::maybe(user.email.as_ref(), Cell::text);
                record.groups = Cell::maybe(user.groups.as_ref(), groups);
                record.roles = roles(&user.roles);
            }
        }
        record
    }
}

fn presence(presence: Presence) -> &'static str {
    match presence {
        Presence::Online => "online",
        Presence::Offline => "offline",
        Presence::Unknown => "unknown",
        Presence::NotChecked => "not checked",
    }
}

#[allow(clippy::ptr_arg, reason = "it is given to what has a reference to the vector")]
fn groups(groups: &Vec<GroupRef>) -> Cell {
    Cell::List(groups.iter().map(|group| Cell::text(&group.name)).collect())
}

fn roles(roles: &[Role]) -> Cell {
    Cell::List(roles.iter().map(|role| Cell::text(role.as_str())).collect())
}

/// Returns what the change holds besides its target: group, its id, default access, user, their id, computers, and the
/// two ways to sign in.
fn details(change: &Change) -> [Cell; 8] {
    let mut cells = [const { Cell::Null }; 8];
    match change {
        Change::GroupAdd { group, member } => of_group(&mut cells, group, member),
        Change::GroupRemove {
            group,
            member,
            default_access,
        } => {
            of_group(&mut cells, group, member);
            cells[2] = Cell::text(default_access.as_str());
        }
        Change::MoveToGroup { group, .. } => cells[0] = Cell::text(group),
        Change::CreateGroup { name, computers } => {
            cells[0] = Cell::text(name);
            cells[5] = Cell::List(computers.iter().map(|c| Cell::text(&c.name)).collect());
        }
        Change::Assign { user, .. } | Change::Unassign { user, .. } | Change::ConnectUrl { user, .. } => {
            of_user(&mut cells, user);
        }
        Change::UpdateRoles { user, .. } | Change::RemoveUser { user, .. } => of_user(&mut cells, user),
        Change::InviteUser { email, sign_in, .. } => {
            cells[3] = Cell::text(email);
            of_sign_in(&mut cells, *sign_in);
        }
        Change::CreateUser(user) => {
            cells[3] = Cell::text(&user.username);
            of_sign_in(&mut cells, user.sign_in);
        }
        Change::Rename { .. } | Change::RemoveComputer { .. } | Change::Comment { .. } => {}
    }
    cells
}

fn of_group(cells: &mut [Cell; 8], group: &GroupRef, member: &Member) {
    cells[0] = Cell::text(&group.name);
    cells[1] = Cell::text(group.id.as_str());
    if let Member::User(user) = member {
        of_user(cells, user);
    }
}

fn of_user(cells: &mut [Cell; 8], user: &UserRef) {
    cells[3] = Cell::text(&user.email);
    cells[4] = Cell::text(user.id.as_str());
}

fn of_sign_in(cells: &mut [Cell; 8], sign_in: SignIn) {
    cells[6] = Cell::maybe(sign_in.two_factor, Cell::Bool);
    cells[7] = Cell::maybe(sign_in.sso, Cell::Bool);
}
