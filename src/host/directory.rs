//! Who is meant by a name: computers, groups and users as this run has seen them.
//!
//! Listed once a run and kept up to date with the run's own changes, so that a script which renames a hundred
//! computers by name lists them once. What it says is only where to look: before each write the target is read again.

use std::sync::Arc;

use crate::fleet::{
    Change, Computer, ComputerId, ComputerQuery, ComputerRef, Error, Group, GroupKind, Kind, Result, User,
    UserRef, Vendor,
};
use crate::plan::KeptComputer;
use crate::plan::guards::Inventory;
use crate::suggest;

use super::connection::Fleet;

/// The names of a fleet, loaded when they are first needed.
#[derive(Default)]
pub struct Directory {
    computers: Option<Vec<ComputerRef>>,
    computer_groups: Option<Vec<Group>>,
    user_groups: Option<Vec<Group>>,
    users: Option<Vec<UserRef>>,
    inventory: Option<Arc<Inventory>>,
}

/// At most so many candidates are named in an error.
const NAMED: usize = 10;

impl Directory {
    /// Finds the one computer of a name: exactly so, else the only one that is so but for upper and lower case.
    pub fn computer(&mut self, fleet: &Fleet, name: &str) -> Result<Option<ComputerRef>> {
        let known = loaded(&mut self.computers, || {
            let query = ComputerQuery::default();
            Ok(fleet
                .list(|reader| reader.computers(&query))?
                .iter()
                .map(Computer::to_ref)
                .collect())
        })?;
        one("computer", name, known, |c| &c.name, |c| c.id.as_str()).map_err(|error| match fleet.vendor() {
            Vendor::RealVnc => {
                error.hint("choose one by its id: `--by-id` on the command line, get_computer(id) in a script")
            }
            Vendor::RemotePc => error.hint(
                "RemotePC changes computers by name alone: give each a name of its own first; to read one, or to connect to it, \
                 choose it by its id: get_computer(id)",
            ),
        })
    }

    /// Finds the one group of a name and a kind, with its members.
    pub fn group(&mut self, fleet: &Fleet, kind: GroupKind, name: &str) -> Result<Option<Group>> {
        let known = match kind {
            GroupKind::Computers => loaded(&mut self.computer_groups, || {
                fleet.list(|reader| reader.computer_groups())
            }),
            GroupKind::Users => loaded(&mut self.user_groups, || {
                fleet.list(|reader| reader.user_groups())
            }),
        }?;
        one(&kind.to_string(), name, known, |g| &g.name, |g| g.id.as_str())
            .map_err(|error| error.hint("choose one by its record, among those that are listed"))
    }

    /// Returns the names of the computer groups that a computer is in.
    pub fn groups_of_computer(&mut self, fleet: &Fleet, id: &ComputerId) -> Result<Vec<String>> {
        let known = loaded(&mut self.computer_groups, || {
            fleet.list(|reader| reader.computer_groups())
        })?;
        let with = known
            .iter()
            .filter(|group| group.members.iter().any(|member| member == id.as_str()));
        Ok(with.map(|group| group.name.clone()).collect())
    }

    /// Finds the one user of an email address.
    pub fn user(&mut self, fleet: &Fleet, email: &str) -> Result<Option<UserRef>> {
        let known = loaded(&mut self.users, || {
            Ok(fleet
                .list(|reader| reader.users())?
                .iter()
                .map(User::to_ref)
                .collect())
        })?;
        one("user", email, known, |u| &u.email, |u| u.id.as_str())
            .map_err(|error| error.hint("choose one by its record, among those that are listed"))
    }

    /// Returns the whole fleet, so that it shows which addresses go around.
    pub fn inventory(&mut self, fleet: &Fleet) -> Result<Arc<Inventory>> {
        if let Some(known) = &self.inventory {
            return Ok(Arc::clone(known));
        }
        let query = ComputerQuery::default();
        let computers = fleet.list(|reader| reader.computers(&query))?;
        let listed = Arc::new(Inventory::of(computers.into_iter().map(KeptComputer::from)));
        self.inventory = Some(Arc::clone(&listed));
        Ok(listed)
    }

    /// Keeps the names of the whole fleet, so that they need no list of their own.
    pub fn keep_computers(&mut self, listed: Vec<ComputerRef>) {
        self.computers = Some(listed);
    }

    /// Keeps the whole fleet as a script has listed it.
    pub fn keep_inventory(&mut self, listed: Arc<Inventory>) {
        self.inventory = Some(listed);
    }

    /// Forgets the groups of a kind, so that they are listed anew.
    pub fn forget_groups(&mut self, kind: GroupKind) {
        match kind {
            GroupKind::Computers => self.computer_groups = None,
            GroupKind::Users => self.user_groups = None,
        }
    }

    /// Returns an error that says that there is no such thing, with the nearest name there is.
    pub fn missing(&self, kind: &str, name: &str) -> Error {
        let names: Vec<&str> = match kind {
            "computer" => self.computers.iter().flatten().map(|c| c.name.as_str()).collect(),
            "computer group" => self
                .computer_groups
                .iter()
                .flatten()
                .map(|g| g.name.as_str())
                .collect(),
            "user group" => self
                .user_groups
                .iter()
                .flatten()
                .map(|g| g.name.as_str())
                .collect(),
            _ => self.users.iter().flatten().map(|u| u.email.as_str()).collect(),
        };
        let error = Error::new(Kind::NotFound, format!("there is no {kind} named '{name}'"));
        match suggest::did_you_mean(name, names) {
            Some(hint) => error.hint(hint),
            None => error,
        }
    }

    /// Takes note of a change that this run has made.
    pub fn note(&mut self, change: &Change) {
        match change {
            Change::Rename { computer, to } => {
                if let Some(known) = self.computers.iter_mut().flatten().find(|c| c.id == computer.id) {
                    known.name.clone_from(to);
                }
            }
            Change::GroupAdd { group, member } => {
                let members = self.members(group.kind, group.id.as_str());
                if let Some(members) = members
                    && !members.iter().any(|id| id == member.id())
                {
                    members.push(member.id().to_owned());
                }
            }
            Change::GroupRemove { group, member, .. } => {
                if let Some(members) = self.members(group.kind, group.id.as_str()) {
                    members.retain(|id| id != member.id());
                }
            }
            Change::RemoveComputer { computer } => {
                if let Some(known) = &mut self.computers {
                    known.retain(|c| c.id != computer.id);
                }
            }
            Change::RemoveUser { user, .. } => {
                if let Some(known) = &mut self.users {
                    known.retain(|u| u.id != user.id);
                }
            }
            // What the vendor made has an id that only a list tells.
            Change::InviteUser { .. } | Change::CreateUser(_) => self.users = None,
            Change::CreateGroup { .. } | Change::MoveToGroup { .. } => self.computer_groups = None,
            Change::Assign { .. }
            | Change::Unassign { .. }
            | Change::Comment { .. }
            | Change::ConnectUrl { .. }
            | Change::UpdateRoles { .. } => {}
        }
    }

    fn members(&mut self, kind: GroupKind, id: &str) -> Option<&mut Vec<String>> {
        let groups = match kind {
            GroupKind::Computers => &mut self.computer_groups,
            GroupKind::Users => &mut self.user_groups,
        };
        groups
            .iter_mut()
            .flatten()
            .find(|g| g.id.as_str() == id)
            .map(|g| &mut g.members)
    }
}

fn loaded<T>(known: &mut Option<Vec<T>>, load: impl FnOnce() -> Result<Vec<T>>) -> Result<&[T]> {
    Ok(match known {
        Some(known) => known,
        none => none.insert(load()?),
    })
}

/// Finds the only item of a name, or says which ones there are.
pub(super) fn one<T: Clone>(
    kind: &str,
    name: &str,
    items: &[T],
    name_of: impl Fn(&T) -> &str,
    id_of: impl Fn(&T) -> &str,
) -> Result<Option<T>> {
    let mut found: Vec<&T> = items.iter().filter(|item| name_of(item) == name).collect();
    if found.is_empty() {
        let lower = name.to_lowercase();
        found = items
            .iter()
            .filter(|item| name_of(item).to_lowercase() == lower)
            .collect();
    }
    match found.as_slice() {
        [] => Ok(None),
        [only] => Ok(Some((*only).clone())),
        several => {
            let mut named: Vec<String> = several
                .iter()
                .take(NAMED)
                .map(|item| format!("'{}' ({})", name_of(item), id_of(item)))
                .collect();
            if several.len() > NAMED {
                named.push(format!("and {} more", several.len() - NAMED));
            }
            Err(Error::new(
                Kind::Ambiguous,
                format!("'{name}' fits {} {kind}s: {}", several.len(), named.join(", ")),
            ))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fleet::{SignIn, UserId};

    const PAIRS: [(&str, &str); 4] = [("PC-1", "a"), ("pc-2", "b"), ("Pc-2", "c"), ("PC-1x", "d")];

    fn find(name: &str) -> Result<Option<(&'static str, &'static str)>> {
        one("computer", name, &PAIRS, |p| p.0, |p| p.1)
    }

    #[test]
    fn an_exact_name_wins_over_one_of_another_case() {
        assert_eq!(find("pc-2").unwrap().unwrap().1, "b");
    }

    #[test]
    fn the_only_name_of_another_case_is_taken() {
        assert_eq!(find("pc-1").unwrap().unwrap().1, "a");
    }

    #[test]
    fn two_names_of_another_case_are_ambiguous_and_named() {
        let error = find("PC-2").unwrap_err();
        assert_eq!(error.kind, Kind::Ambiguous);
        assert_eq!(error.message, "'PC-2' fits 2 computers: 'pc-2' (b), 'Pc-2' (c)");
    }

    fn computer(id: &str) -> ComputerRef {
        ComputerRef {
            id: ComputerId::new(id),
            name: id.to_owned(),
        }
    }

    fn user(id: &str) -> UserRef {
        UserRef {
            id: UserId::new(id),
            email: id.to_owned(),
        }
    }

    #[test]
    fn who_was_removed_is_found_no_more_and_who_is_new_is_listed_anew() {
        let mut directory = Directory {
            computers: Some(vec![computer("a"), computer("b")]),
            computer_groups: Some(Vec::new()),
            user_groups: None,
            users: Some(vec![user("ann"), user("bob")]),
            inventory: None,
        };
        directory.note(&Change::RemoveComputer {
            computer: computer("a"),
        });
        assert_eq!(directory.computers, Some(vec![computer("b")]));
        directory.note(&Change::RemoveUser {
            user: user("bob"),
            invited: false,
        });
        assert_eq!(directory.users, Some(vec![user("ann")]));
        directory.note(&Change::InviteUser {
            email: "new".to_owned(),
            roles: Vec::new(),
            sign_in: SignIn::default(),
            groups: Vec::new(),
        });
        assert_eq!(directory.users, None);
        directory.note(&Change::CreateGroup {
            name: "Lab".to_owned(),
            computers: Vec::new(),
        });
        assert_eq!(directory.computer_groups, None);
        directory.note(&Change::Assign {
            computer: computer("b"),
            user: user("ann"),
        });
        assert_eq!(directory.computers, Some(vec![computer("b")]));
    }

    #[test]
    fn a_part_of_a_name_is_no_match() {
        assert_eq!(find("PC").unwrap(), None);
    }
}
