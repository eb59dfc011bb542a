//! An audit event in a script.

use std::sync::Arc;

use crate::fleet::Event;

use super::{Field, Record, json_cell, optional, shown, text_cell, time_cell};

/// An audit event, on RealVNC; RemotePC tells of none. Copies share one record.
#[derive(Clone)]
pub struct EventRecord(pub Arc<Event>);

impl From<Event> for EventRecord {
    fn from(event: Event) -> Self {
        Self(Arc::new(event))
    }
}

impl Record for EventRecord {
    const TYPE: &'static str = "Event";

    const CSV: &'static [&'static str] = &[
        "Time",
        "Category",
        "Type",
        "User",
        "Computer",
        "Description",
        "EventID",
    ];

    const FIELDS: &'static [Field<Self>] = &[
        Field {
            name: "at",
            ty: "Timestamp|()",
            about: "When the vendor received the event, which may be later than when it occurred.",
            column: shown("Time", "Time"),
            read: |e| Ok(time_cell(e.0.at)),
        },
        Field {
            name: "kind",
            ty: "string|()",
            about: "The type, such as connection_start.",
            column: shown("Type", "Type"),
            read: |e| Ok(text_cell(e.0.kind.as_deref())),
        },
        Field {
            name: "user",
            ty: "string|()",
            about: "The email address or id of the user it concerns.",
            column: shown("User", "User"),
            read: |e| Ok(text_cell(e.0.user.as_deref())),
        },
        Field {
            name: "computer",
            ty: "string|()",
            about: "The name of the computer it concerns.",
            column: shown("Computer", "Computer"),
            read: |e| Ok(text_cell(e.0.computer.as_deref())),
        },
        Field {
            name: "text",
            ty: "string|()",
            about: "The event in a sentence, in the vendor's words.",
            column: shown("Description", "Description"),
            read: |e| Ok(text_cell(e.0.text.as_deref())),
        },
        Field {
            name: "category",
            ty: "string|()",
            about: "The category, such as SESSION_LOG.",
            column: optional("Category", "Category"),
            read: |e| Ok(text_cell(e.0.category.as_deref())),
        },
        Field {
            name: "id",
            ty: "string|()",
            about: "The vendor's identifier, where there is one.",
            column: optional("Id", "EventID"),
            read: |e| Ok(text_cell(e.0.id.as_deref())),
        },
        Field {
            name: "raw",
            ty: "map",
            about: "The vendor's record, whole, in the vendor's words.",
            column: None,
            read: |e| Ok(json_cell(&e.0.raw)),
        },
    ];

    fn label(&self) -> String {
        self.0
            .text
            .clone()
            .or_else(|| self.0.kind.clone())
            .unwrap_or_else(|| "event".to_owned())
    }

    fn is(&self, other: &Self) -> bool {
        match (&self.0.id, &other.0.id) {
            (Some(a), Some(b)) => a == b,
            _ => self.0 == other.0,
        }
    }
}
