//! An account as the vendor keeps it: computers, groups, users.
//!
//! Plain data. Names of computers and groups and addresses of users are compared without regard to case. What a request may do
//! to the account is decided by the operations, not here.

use serde::{Deserialize, Serialize};

/// An account, and the one key to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct World {
    /// The seed that the account was made from.
    pub seed: u64,
    /// The API key. It opens nothing but a simulator.
    pub api_key: String,
    /// The computers, in the order in which they are listed.
    pub devices: Vec<Device>,
    /// The names of the groups of computers. No read shows them.
    pub groups: Vec<String>,
    /// The users, invited ones too, in the order in which they are listed.
    pub users: Vec<User>,
    /// Addresses that belong to other accounts of the vendor.
    pub elsewhere: Vec<String>,
    /// Addresses that invitations and deletions pass over without a word.
    pub unmentioned: Vec<String>,
    /// How many addresses to connect at were handed out.
    pub(super) connections: u64,
}

/// A computer's record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    /// The identifier.
    pub machine_id: String,
    /// The display name, which others may bear too.
    pub name: String,
    /// The operating system, as it is told.
    pub os: Option<String>,
    /// Its version, as it is told.
    pub os_version: Option<String>,
    /// The address in the company's network.
    pub ip: String,
    /// Whether it is connected, in whatever words the vendor has for that.
    pub status: Option<String>,
    /// When somebody last viewed it, as it is told.
    pub last_session: Option<String>,
    /// The comment; empty where there is none.
    pub comment: String,
    /// The group that it is in. No read shows it.
    pub group: Option<String>,
    /// The addresses of the users that it is assigned to.
    pub assigned: Vec<String>,
}

/// Somebody who may use the account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    /// The address, which is the only identifier.
    pub username: String,
    /// The first name, where it is known.
    pub firstname: Option<String>,
    /// The last name, where it is known.
    pub lastname: Option<String>,
    /// Whether the user has joined.
    pub state: State,
    /// Whether a deletion works.
    pub deletable: bool,
    /// Whether a second factor is asked for.
    pub two_factor: bool,
    /// Whether the user signs in through the company.
    pub sso: bool,
}

/// Whether a user has joined. No read shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Owns the account.
    Owner,
    /// Has joined.
    Active,
    /// Has not accepted the invitation yet.
    Invited,
}

impl World {
    /// Returns the computers of a name, in any case: what the vendor takes the name for.
    pub fn devices_named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Device> {
        self.devices.iter().filter(move |d| d.is_named(name))
    }

    /// Finds a computer.
    pub fn find_device(&self, machine_id: &str) -> Option<&Device> {
        self.devices.iter().find(|d| d.machine_id == machine_id)
    }

    /// Changes a computer, if it is there.
    pub fn change_device(&mut self, machine_id: &str, change: impl FnOnce(&mut Device)) {
        if let Some(device) = self.devices.iter_mut().find(|d| d.machine_id == machine_id) {
            change(device);
        }
    }

    /// Returns the computers that are assigned to a user.
    pub fn devices_of<'a>(&'a self, username: &'a str) -> impl Iterator<Item = &'a Device> {
        self.devices.iter().filter(move |d| d.is_assigned_to(username))
    }

    /// Finds a user, invited or not.
    pub fn find_user(&self, username: &str) -> Option<&User> {
        self.users.iter().find(|u| same(&u.username, username))
    }

    /// Finds a user who has joined.
    pub fn find_joined(&self, username: &str) -> Option<&User> {
        self.find_user(username).filter(|u| u.has_joined())
    }

    /// Changes a user, if it is there.
    pub fn change_user(&mut self, username: &str, change: impl FnOnce(&mut User)) {
        if let Some(user) = self.users.iter_mut().find(|u| same(&u.username, username)) {
            change(user);
        }
    }

    /// Takes a user out of the account, and from the computers that were assigned.
    pub fn remove_user(&mut self, username: &str) {
        self.users.retain(|u| !same(&u.username, username));
        for device in &mut self.devices {
            device.unassign(username);
        }
    }

    /// Finds a group, and returns its name as it was given.
    pub fn find_group(&self, name: &str) -> Option<&str> {
        self.groups.iter().find(|g| same(g, name)).map(String::as_str)
    }

    /// Tells whether an address belongs to another account.
    pub fn is_elsewhere(&self, username: &str) -> bool {
        self.elsewhere.iter().any(|e| same(e, username))
    }

    /// Tells whether an address is passed over.
    pub fn is_unmentioned(&self, username: &str) -> bool {
        self.unmentioned.iter().any(|u| same(u, username))
    }
}

impl Device {
    /// Tells whether the name means this computer.
    pub fn is_named(&self, name: &str) -> bool {
        same(&self.name, name)
    }

    /// Tells whether the vendor takes it for offline: only then can it be removed.
    pub fn is_offline(&self) -> bool {
        self.status
            .as_deref()
            .is_some_and(|s| s.trim().eq_ignore_ascii_case("offline"))
    }

    /// Tells whether it is assigned to a user.
    pub fn is_assigned_to(&self, username: &str) -> bool {
        self.assigned.iter().any(|a| same(a, username))
    }

    /// Assigns it to a user; nothing happens if it is already.
    pub fn assign(&mut self, username: &str) {
        if !self.is_assigned_to(username) {
            self.assigned.push(username.to_owned());
        }
    }

    /// Takes it from a user; nothing happens if it is not assigned.
    pub fn unassign(&mut self, username: &str) {
        self.assigned.retain(|a| !same(a, username));
    }
}

impl User {
    /// Tells whether the user has joined.
    pub fn has_joined(&self) -> bool {
        self.state != State::Invited
    }
}

/// Tells whether two names or addresses are one to the vendor.
pub fn same(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}
