//! A group in a script.

use std::sync::Arc;

use crate::fleet::Group;
use crate::output::Cell;

use super::{Field, Record, data, json_cell, optional, shown, text_cells};

/// A group of computers or of users, on RealVNC; RemotePC lists none. Copies share one record.
#[derive(Clone)]
pub struct GroupRecord(pub Arc<Group>);

impl From<Group> for GroupRecord {
    fn from(group: Group) -> Self {
        Self(Arc::new(group))
    }
}

impl Record for GroupRecord {
    const TYPE: &'static str = "Group";

    const CSV: &'static [&'static str] = &["GroupName", "Members", "GroupID", "Kind", "MemberIDs"];

    const FIELDS: &'static [Field<Self>] = &[
        Field {
            name: "name",
            ty: "string",
            about: "The title. The vendors do not promise that it is unique.",
            column: shown("Group", "GroupName"),
            read: |g| Ok(Cell::Text(g.0.name.clone())),
        },
        Field {
            name: "size",
            ty: "int",
            about: "How many members it has.",
            column: shown("Members", "Members"),
            read: |g| Ok(Cell::Int(count(g))),
        },
        Field {
            name: "id",
            ty: "string",
            about: "The vendor's identifier.",
            column: optional("Id", "GroupID"),
            read: |g| Ok(Cell::Text(g.0.id.to_string())),
        },
        Field {
            name: "kind",
            ty: "string",
            about: "`computer group` or `user group`.",
            column: data("Kind"),
            read: |g| Ok(Cell::Text(g.0.kind.to_string())),
        },
        Field {
            name: "members",
            ty: "array of string",
            about: "The ids of the computers or users in it.",
            column: data("MemberIDs"),
            read: |g| Ok(text_cells(g.0.members.iter().cloned())),
        },
        Field {
            name: "profile",
            ty: "string",
            about: "The profile that it was read through.",
            column: data("Profile"),
            read: |g| Ok(Cell::Text(g.0.profile.clone())),
        },
        Field {
            name: "raw",
            ty: "map",
            about: "The vendor's record, whole, in the vendor's words.",
            column: None,
            read: |g| Ok(json_cell(&g.0.raw)),
        },
    ];

    fn label(&self) -> String {
        self.0.name.clone()
    }

    fn is(&self, other: &Self) -> bool {
        self.0.kind == other.0.kind && self.0.profile == other.0.profile && self.0.id == other.0.id
    }
}

fn count(group: &GroupRecord) -> i64 {
    i64::try_from(group.0.members.len()).unwrap_or(i64::MAX)
}
