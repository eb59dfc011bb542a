//! What has to be listed to see how several changes stand: each list once, whatever the number of changes.

use std::collections::{HashMap, HashSet};

use crate::fleet::{Change, ComputerId, ComputerRef, Error, Kind, Observed, Result, UserId};

use super::super::Reads;
use super::super::machines::{Machines, Standing};
use super::super::pages::Listed;
use super::super::per_user::same_user;
use super::super::wire::Device;

/// Everything that was listed. A list that failed fails each change that needs it.
#[derive(Debug, Default)]
pub(super) struct Sight {
    machines: Option<Result<Machines>>,
    users: Option<Result<Vec<String>>>,
    assigned: HashMap<UserId, Result<HashSet<ComputerId>>>,
}

impl Sight {
    /// Lists what these changes need.
    pub(super) async fn of(reads: &Reads, changes: &[&Change]) -> Self {
        let mut sight = Self::default();
        if changes.iter().any(|change| names_computers(change)) {
            sight.machines = Some(reads.get_devices().await.map(Machines::new));
        }
        if changes.iter().any(|change| is_about_users(change)) {
            let users = reads.get_users().await;
            sight.users = Some(users.map(|all| all.into_iter().filter_map(|user| user.username).collect()));
        }
        for change in changes {
            if let Change::Assign { user, .. } | Change::Unassign { user, .. } = change
                && !sight.assigned.contains_key(&user.id)
            {
                let devices = reads.get_users_devices(user.id.as_str()).await;
                let ids =
                    devices.map(|all| all.iter().filter_map(Listed::key).map(ComputerId::new).collect());
                sight.assigned.insert(user.id.clone(), ids);
            }
        }
        sight
    }

    /// Looks for a computer: the machine, where it is there under its name, or how it stands otherwise.
    pub(super) fn find(&self, computer: &ComputerRef) -> Result<std::result::Result<&Device, Observed>> {
        let was = || computer.name.clone();
        Ok(match self.machines()?.standing(computer) {
            Standing::There(device) => Ok(device),
            Standing::Gone => Err(Observed::Gone { was: was() }),
            Standing::Renamed(now) => Err(Observed::Other {
                was: was(),
                now: now.to_owned(),
            }),
        })
    }

    /// Refuses the name of a computer that others bear as well.
    pub(super) fn only_one(&self, operation: &'static str, computer: &ComputerRef) -> Result<()> {
        self.machines()?.only_one(operation, &computer.name)
    }

    /// Tells whether a computer is among those that are assigned to a user.
    pub(super) fn is_assigned(&self, computer: &ComputerRef, user: &UserId) -> Result<bool> {
        let ids = self.assigned.get(user).ok_or_else(unlisted)?.as_ref();
        Ok(ids.map_err(Clone::clone)?.contains(&computer.id))
    }

    /// Tells whether there is a user of that name.
    pub(super) fn has_user(&self, username: &str) -> Result<bool> {
        let users = self.users.as_ref().ok_or_else(unlisted)?.as_ref();
        let mut users = users.map_err(Clone::clone)?.iter();
        Ok(users.any(|user| same_user(user, username)))
    }

    fn machines(&self) -> Result<&Machines> {
        let machines = self.machines.as_ref().ok_or_else(unlisted)?;
        machines.as_ref().map_err(Clone::clone)
    }
}

fn names_computers(change: &Change) -> bool {
    match change {
        Change::CreateGroup { computers, .. } => !computers.is_empty(),
        change => change.computer().is_some(),
    }
}

/// Those who were only invited are not known to be listed.
fn is_about_users(change: &Change) -> bool {
    matches!(
        change,
        Change::CreateUser(_) | Change::RemoveUser { invited: false, .. }
    )
}

/// Says that a change came for which nothing was listed: better than to take that for "not there".
fn unlisted() -> Error {
    Error::new(Kind::Vendor, "nothing was listed to compare the change with")
}
