//! The pages of a list, as the vendor wraps them.

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::wire::{AuditEvent, Entry, Group, PresenceItem, TeamMember};

/// One page of a list.
pub(super) trait Page: DeserializeOwned {
    /// What the list holds.
    type Item: Listed;
    /// Returns the items of this page.
    fn into_items(self) -> Vec<Self::Item>;
}

/// An item of a list.
pub(super) trait Listed {
    /// Returns what tells the item from the others, where it has such a thing.
    fn key(&self) -> Option<&str>;
}

macro_rules! page {
    ($page:ident, $field:ident: $item:ident, $key:ident) => {
        #[derive(Deserialize)]
        pub(super) struct $page {
            $field: Option<Vec<$item>>,
        }

        impl Page for $page {
            type Item = $item;

            fn into_items(self) -> Vec<$item> {
                self.$field.unwrap_or_default()
            }
        }

        impl Listed for $item {
            fn key(&self) -> Option<&str> {
                self.$key.as_deref()
            }
        }
    };
}

page!(EntryPage, entries: Entry, entry_id);
page!(GroupPage, groups: Group, id);
page!(MemberPage, members: TeamMember, id);
page!(PresencePage, events: PresenceItem, server_id);
page!(EventPage, events: AuditEvent, id);

#[cfg(test)]
mod tests {
    use serde_json::{from_value, json};

    use super::*;

    #[test]
    fn a_page_may_leave_its_list_out() {
        for page in [
            json!({}),
            json!({ "entries": null }),
            json!({ "entries": [], "next": "x" }),
        ] {
            assert!(from_value::<EntryPage>(page).unwrap().into_items().is_empty());
        }
    }

    #[test]
    fn an_item_is_told_from_the_others_by_its_own_kind_of_id() {
        let entry: Entry = from_value(json!({ "entryId": "e", "id": "x" })).unwrap();
        let presence: PresenceItem = from_value(json!({ "serverId": "s" })).unwrap();
        assert_eq!((entry.key(), presence.key()), (Some("e"), Some("s")));
        assert_eq!(AuditEvent::default().key(), None);
    }
}
