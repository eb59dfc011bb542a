//! A team as the vendor keeps it: entries, members, groups, presence, audit log.
//!
//! Plain data with its invariants: entries sorted by name, members by e-mail, events by time; whatever leaves the team
//! leaves its groups. What a request may do to it is decided by the operations, not here.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::sim::rng::Rng;

/// A team, and the one access key to it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct World {
    /// The seed that the team was made from.
    pub seed: u64,
    /// The team's identifier, which audit events carry.
    pub team_id: String,
    /// The access key's identifier.
    pub access_key_id: String,
    /// The access key's secret. It opens nothing but a simulator.
    pub access_key: String,
    /// How many identifiers were made for what came later.
    pub(super) later_ids: u64,
    pub(super) entries: Vec<Entry>,
    pub(super) entry_groups: Vec<Group>,
    pub(super) members: Vec<Member>,
    pub(super) user_groups: Vec<Group>,
    pub(super) events: Vec<Event>,
}

/// A computer's record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// The record's identifier.
    pub id: String,
    /// The display name.
    pub name: String,
    /// Counts the changes.
    pub version: u64,
    /// The identifier of the server, for a computer that is in the cloud.
    pub server_id: Option<String>,
    /// Host and port, for one that is not.
    pub host: Option<String>,
    /// When the server was last heard of, as it is told.
    pub last_seen: Option<String>,
    /// What is known of the machine, as it is told.
    pub data: Option<EntryData>,
    /// Members that no contract knows.
    pub extra: Map<String, Value>,
    /// Whether everybody in the team may connect, whatever the groups.
    pub everyone: bool,
    /// What presence says, if it says anything.
    pub presence: Option<Presence>,
}

/// What an entry says of its machine.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EntryData {
    /// The agent and its version.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub app_name: Option<String>,
    /// The type of hardware.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub device_form: Option<String>,
    /// The name that the machine shows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub device_name: Option<String>,
    /// The host name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub machine_name: Option<String>,
    /// The hardware addresses.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub mac_addrs: Vec<String>,
    /// The operating system.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub os_name: Option<String>,
}

/// What presence says of a server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Presence {
    /// Whether it is connected now.
    pub online: bool,
    /// When it was last in contact.
    pub last_seen: Option<Timestamp>,
}

/// A group of entries or of users.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// The identifier.
    pub id: String,
    /// The title.
    pub name: String,
    /// Counts the changes.
    pub version: u64,
    /// When it was changed last.
    pub modified: Timestamp,
    /// The identifiers of the entries or users in it.
    pub members: Vec<String>,
}

/// A user's membership of the team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// The user's identifier.
    pub id: String,
    /// The e-mail address, where it is known.
    pub email: Option<String>,
    /// The identifier at the identity provider.
    pub sso: Option<String>,
    /// The roles, highest first.
    pub roles: Vec<Role>,
    /// Whether the invitation is not accepted yet.
    pub invited: bool,
    /// Counts the changes.
    pub version: u64,
}

/// A role in the team, lowest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Role {
    /// Not in the team any more.
    Deleted,
    /// Connects to computers.
    User,
    /// Helps users.
    Technician,
    /// Manages computers and users.
    Manager,
    /// Manages everything.
    Admin,
    /// Owns the team.
    Owner,
}

/// An audit event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Event {
    /// Milliseconds since the epoch.
    pub timestamp: i64,
    /// The type of the event.
    pub event_type: String,
    /// What is particular to the type.
    pub event_body: Map<String, Value>,
    /// Everything else, in the words of the wire.
    #[serde(flatten)]
    pub rest: Map<String, Value>,
}

impl World {
    /// Returns the entries, sorted by name.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Returns the groups of entries.
    pub fn entry_groups(&self) -> &[Group] {
        &self.entry_groups
    }

    /// Returns the members, invited ones too, sorted by e-mail.
    pub fn members(&self) -> &[Member] {
        &self.members
    }

    /// Returns the groups of users.
    pub fn user_groups(&self) -> &[Group] {
        &self.user_groups
    }

    /// Returns the audit log, oldest first.
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// Returns the entries of a name.
    pub fn entries_named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Entry> {
        self.entries.iter().filter(move |e| e.name == name)
    }

    /// Returns the titles of the groups that an entry or a user is in, sorted.
    pub fn groups_of(&self, id: &str) -> Vec<&str> {
        let all = self.entry_groups.iter().chain(&self.user_groups);
        let mut titles: Vec<&str> = all.filter(|g| g.has(id)).map(|g| g.name.as_str()).collect();
        titles.sort_unstable();
        titles
    }

    /// Finds an entry.
    pub fn find_entry(&self, id: &str) -> Option<&Entry> {
        self.entries.iter().find(|e| e.id == id)
    }

    /// Finds a member.
    pub fn find_member(&self, id: &str) -> Option<&Member> {
        self.members.iter().find(|m| m.id == id)
    }

    /// Changes an entry, if it is there, and counts the change.
    pub fn change_entry(&mut self, id: &str, change: impl FnOnce(&mut Entry)) {
        if let Some(at) = self.entries.iter().position(|e| e.id == id) {
            // Only this one may have to move: to sort thousands of entries anew for each rename takes longer than the rename.
            let mut entry = self.entries.remove(at);
            change(&mut entry);
            entry.version += 1;
            let place = entry.place();
            let at = self.entries.partition_point(|e| e.place() < place);
            self.entries.insert(at, entry);
        }
    }

    /// Changes a member, if it is there, and counts the change.
    pub fn change_member(&mut self, id: &str, change: impl FnOnce(&mut Member)) {
        if let Some(member) = self.members.iter_mut().find(|m| m.id == id) {
            change(member);
            member.version += 1;
            self.sort_members();
        }
    }

    /// Takes an entry out of the team and out of its groups, as if somebody had done it at the vendor's portal.
    pub fn remove_entry(&mut self, id: &str, at: Timestamp) {
        self.entries.retain(|e| e.id != id);
        for group in &mut self.entry_groups {
            group.remove(id, at);
        }
    }

    /// Takes a member out of the team and out of its groups.
    pub fn remove_member(&mut self, id: &str, at: Timestamp) {
        self.members.retain(|m| m.id != id);
        for group in &mut self.user_groups {
            group.remove(id, at);
        }
    }

    /// Makes an identifier for something that comes later than the seed.
    pub(super) fn next_id(&mut self) -> String {
        self.later_ids += 1;
        Rng::new(self.seed, &format!("later id {}", self.later_ids)).base62(19)
    }

    pub(super) fn sort_entries(&mut self) {
        self.entries.sort_by_cached_key(Entry::place);
    }

    pub(super) fn sort_members(&mut self) {
        self.members.sort_by_cached_key(Member::place);
    }
}

impl Entry {
    /// Returns what entries are sorted by: the name without regard to case, then the identifier. Whether the vendor
    /// regards case is not known.
    pub fn place(&self) -> (String, String) {
        (self.name.to_lowercase(), self.id.clone())
    }

    pub(super) fn etag(&self) -> String {
        etag(self.version)
    }
}

impl Member {
    /// Returns what members are sorted by: the e-mail address without regard to case, then the identifier.
    pub fn place(&self) -> (String, String) {
        (
            self.email.as_deref().unwrap_or_default().to_lowercase(),
            self.id.clone(),
        )
    }

    /// Tells whether the API may neither change nor remove this member.
    pub fn is_protected(&self) -> bool {
        self.roles
            .iter()
            .any(|r| matches!(r, Role::Owner | Role::Admin | Role::Deleted))
    }

    pub(super) fn etag(&self) -> String {
        etag(self.version)
    }
}

impl Group {
    /// Tells whether somebody or something is in the group.
    pub fn has(&self, id: &str) -> bool {
        self.members.iter().any(|m| m == id)
    }

    /// Puts somebody in; nothing happens if they are in already.
    pub fn add(&mut self, id: &str, at: Timestamp) {
        if !self.has(id) {
            self.members.push(id.to_owned());
            self.touch(at);
        }
    }

    /// Takes somebody out; nothing happens if they are not in.
    pub fn remove(&mut self, id: &str, at: Timestamp) {
        if self.has(id) {
            self.members.retain(|m| m != id);
            self.touch(at);
        }
    }

    fn touch(&mut self, at: Timestamp) {
        self.version += 1;
        self.modified = at;
    }

    pub(super) fn etag(&self) -> String {
        etag(self.version)
    }
}

impl Role {
    /// All roles, highest first.
    pub const ALL: [Self; 6] = [
        Self::Owner,
        Self::Admin,
        Self::Manager,
        Self::Technician,
        Self::User,
        Self::Deleted,
    ];

    /// Returns the vendor's word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Owner => "OWNER",
            Self::Admin => "ADMIN",
            Self::Manager => "MANAGER",
            Self::Technician => "TECHNICIAN",
            Self::User => "USER",
            Self::Deleted => "DELETED",
        }
    }

    /// Reads the vendor's word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.as_str() == word)
    }

    /// Tells whether the API may grant it.
    pub fn is_grantable(self) -> bool {
        matches!(self, Self::User | Self::Manager | Self::Technician)
    }
}

fn etag(version: u64) -> String {
    format!("\"{version}\"")
}
