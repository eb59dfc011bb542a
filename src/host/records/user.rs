//! A user in a script.

use std::sync::Arc;

use crate::fleet::{User, UserState};
use crate::output::Cell;

use super::{Field, Record, data, group_cell, json_cell, optional, shown, text_cell, text_cells};

/// A user of the team. Copies share one record.
#[derive(Clone)]
pub struct UserRecord(pub Arc<User>);

impl From<User> for UserRecord {
    fn from(user: User) -> Self {
        Self(Arc::new(user))
    }
}

impl Record for UserRecord {
    const TYPE: &'static str = "User";

    const CSV: &'static [&'static str] = &["Email", "UserID", "Roles", "State", "Groups"];

    const FIELDS: &'static [Field<Self>] = &[
        Field {
            name: "email",
            ty: "string|()",
            about: "The email address; `()` where the vendor gave none. RemotePC: the username.",
            column: shown("Email", "Email"),
            read: |u| Ok(text_cell(u.0.email.as_deref())),
        },
        Field {
            name: "name",
            ty: "string|()",
            about: "The person's own name. RealVNC does not tell it: always `()`.",
            column: optional("Name", "Name"),
            read: |u| Ok(text_cell(u.0.name.as_deref())),
        },
        Field {
            name: "roles",
            ty: "array of string",
            about: "The roles, such as USER or MANAGER. RemotePC has no roles: always empty.",
            column: optional("Roles", "Roles"),
            read: |u| Ok(text_cells(u.0.roles.iter().map(ToString::to_string))),
        },
        Field {
            name: "state",
            ty: "string|()",
            about: "JOINED or INVITED; `()` where the vendor did not say, as RemotePC never does.",
            column: optional("State", "State"),
            read: |u| Ok(text_cell(u.0.state.as_ref().map(UserState::as_str))),
        },
        Field {
            name: "groups",
            ty: "array of string",
            about: "The names of the user groups that the user is in. Load them with `groups: true`, or ask groups_of(user). RemotePC has no user groups.",
            column: shown("Groups", "Groups"),
            read: |u| group_cell(&u.0.groups, u.0.email.as_deref().unwrap_or(u.0.id.as_str())),
        },
        Field {
            name: "id",
            ty: "string",
            about: "The vendor's identifier. RemotePC: the username.",
            column: optional("Id", "UserID"),
            read: |u| Ok(Cell::Text(u.0.id.to_string())),
        },
        Field {
            name: "profile",
            ty: "string",
            about: "The profile that it was read through.",
            column: data("Profile"),
            read: |u| Ok(Cell::Text(u.0.profile.clone())),
        },
        Field {
            name: "raw",
            ty: "map",
            about: "The vendor's record, whole, in the vendor's words.",
            column: None,
            read: |u| Ok(json_cell(&u.0.raw)),
        },
    ];

    fn label(&self) -> String {
        self.0.email.clone().unwrap_or_else(|| self.0.id.to_string())
    }

    fn is(&self, other: &Self) -> bool {
        self.0.profile == other.0.profile && self.0.id == other.0.id
    }
}
