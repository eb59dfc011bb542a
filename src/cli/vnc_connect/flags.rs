//! What may stand beside an operation of the vendor's script.

/// A flag of the original.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Flag {
    /// The last check-in of each computer.
    LastSeenTime,
    /// The id of each computer.
    EntryId,
    /// The id of each user.
    UserId,
    /// The groups of each.
    WithGroups,
    /// Only those that are in no group.
    UngroupedOnly,
    /// Only the events between two dates.
    DateRange,
    /// Only the events of sessions.
    ConnectionsOnly,
    /// The user groups that an invited user goes into.
    Groups,
    /// Into a file.
    Csv,
    /// As a table.
    Table,
    /// In a window, which is a table here.
    GridView,
    /// Without asking.
    Force,
}

impl Flag {
    /// All flags.
    pub const ALL: [Self; 12] = [
        Self::LastSeenTime,
        Self::EntryId,
        Self::UserId,
        Self::WithGroups,
        Self::UngroupedOnly,
        Self::DateRange,
        Self::ConnectionsOnly,
        Self::Groups,
        Self::Csv,
        Self::Table,
        Self::GridView,
        Self::Force,
    ];

    /// Returns its name, without its dash.
    pub fn name(self) -> &'static str {
        match self {
            Self::LastSeenTime => "lastseentime",
            Self::EntryId => "entryid",
            Self::UserId => "userid",
            Self::WithGroups => "withgroups",
            Self::UngroupedOnly => "ungroupedonly",
            Self::DateRange => "daterange",
            Self::ConnectionsOnly => "connectionsonly",
            Self::Groups => "groups",
            Self::Csv => "csv",
            Self::Table => "table",
            Self::GridView => "gridview",
            Self::Force => "force",
        }
    }

    /// Returns what stands between the quotes after it; nothing for what is given by its name alone.
    pub fn placeholder(self) -> Option<&'static str> {
        match self {
            Self::DateRange => Some("start,end"),
            Self::Groups => Some("group,group"),
            _ => None,
        }
    }

    /// Returns how it is typed.
    pub fn typed(self) -> String {
        match self.placeholder() {
            None => format!("-{}", self.name()),
            Some(placeholder) => format!("-{} \"{placeholder}\"", self.name()),
        }
    }
}
