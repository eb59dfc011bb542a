//! The pages of a list, as the vendor wraps them.
//!
//! A page without its list is no empty page: an object with other members, such as an error's, is not taken for one.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};

use crate::vendor::listless::without;

use super::wire::{AuditEvent, Entry, Group, PresenceItem, TeamMember};

/// One page of a list.
pub(super) trait Page: DeserializeOwned {
    /// What the list holds.
    type Item: Listed;
    /// Whether a page with nothing on it may be followed by another, as where the pages are made before they are searched.
    const GAPS: bool;
    /// Returns the items of this page, or says what the page has in the place of its list.
    fn into_items(self) -> Result<Vec<Self::Item>, String>;
}

/// An item of a list.
pub(super) trait Listed {
    /// Returns the id that tells the item from the others, where it has one. An empty id is none.
    fn key(&self) -> Option<&str>;
}

/// Whether a page may be an object with nothing in it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Absence {
    /// The contract leaves the list optional: nothing at all stands for an empty list.
    Empty,
    /// The contract requires the list, or more is concluded from it than the vendor may have said.
    Unusable,
}

macro_rules! page {
    ($(#[$doc:meta])* $page:ident, $field:ident: $item:ident, $absence:ident, $gaps:literal) => {
        $(#[$doc])*
        #[derive(Deserialize)]
        pub(super) struct $page {
            $field: Option<Vec<$item>>,
            #[serde(flatten)]
            others: BTreeMap<String, IgnoredAny>,
        }

        impl Page for $page {
            type Item = $item;
            const GAPS: bool = $gaps;

            fn into_items(self) -> Result<Vec<$item>, String> {
                match self.$field {
                    Some(items) => Ok(items),
                    None if Absence::$absence == Absence::Empty && self.others.is_empty() => Ok(Vec::new()),
                    None => Err(without(stringify!($field), self.others.keys())),
                }
            }
        }
    };
}

macro_rules! listed {
    ($item:ident, $key:ident) => {
        impl Listed for $item {
            fn key(&self) -> Option<&str> {
                self.$key.as_deref().filter(|key| !key.is_empty())
            }
        }
    };
}

page!(EntryPage, entries: Entry, Empty, false);
page!(GroupPage, groups: Group, Empty, false);
page!(
    /// Groups, where they decide whether an entry or a member is in one.
    MembershipPage, groups: Group, Unusable, false
);
page!(MemberPage, members: TeamMember, Unusable, false);
page!(PresencePage, events: PresenceItem, Empty, false);
page!(EventPage, events: AuditEvent, Empty, true);

listed!(Entry, entry_id);
listed!(Group, id);
listed!(TeamMember, id);
listed!(PresenceItem, server_id);
listed!(AuditEvent, id);

#[cfg(test)]
mod tests {
    use serde_json::{Value, from_value, json};

    use super::*;

    fn items<P: Page>(page: Value) -> Result<usize, String> {
        from_value::<P>(page)
            .unwrap()
            .into_items()
            .map(|items| items.len())
    }

    #[test]
    fn a_page_with_nothing_in_it_is_an_empty_list_where_the_contract_requires_none() {
        for items in [
            items::<EntryPage>(json!({})),
            items::<EntryPage>(json!({ "entries": null })),
            items::<EntryPage>(json!({ "entries": [], "next": "x" })),
            items::<GroupPage>(json!({})),
            items::<PresencePage>(json!({})),
            items::<EventPage>(json!({})),
        ] {
            assert_eq!(items, Ok(0));
        }
    }

    #[test]
    fn a_page_with_something_else_in_the_place_of_its_list_is_no_empty_list() {
        let answer = json!({ "error": "busy", "status": 503 });
        for (list, items) in [
            ("entries", items::<EntryPage>(answer.clone())),
            ("groups", items::<GroupPage>(answer.clone())),
            ("groups", items::<MembershipPage>(answer.clone())),
            ("members", items::<MemberPage>(answer.clone())),
            ("events", items::<PresencePage>(answer.clone())),
            ("events", items::<EventPage>(answer.clone())),
        ] {
            let told = format!("the answer has no list `{list}`; its members are `error`, `status`");
            assert_eq!(items, Err(told));
        }
        assert!(items::<EntryPage>(json!({ "entries": null, "next": "x" })).is_err());
    }

    #[test]
    fn a_list_that_the_contract_requires_is_never_left_out() {
        for page in [json!({}), json!({ "members": null })] {
            let told = "the answer has no list `members`: it is empty".to_owned();
            assert_eq!(items::<MemberPage>(page), Err(told));
        }
        assert!(items::<MembershipPage>(json!({})).is_err());
        assert_eq!(items::<MemberPage>(json!({ "members": [] })), Ok(0));
    }

    #[test]
    fn an_item_is_told_from_the_others_by_its_own_kind_of_id() {
        let entry: Entry = from_value(json!({ "entryId": "e", "id": "x" })).unwrap();
        let presence: PresenceItem = from_value(json!({ "serverId": "s" })).unwrap();
        assert_eq!((entry.key(), presence.key()), (Some("e"), Some("s")));
        assert_eq!(AuditEvent::default().key(), None);
    }

    #[test]
    fn an_empty_id_is_none() {
        let entry: Entry = from_value(json!({ "entryId": "" })).unwrap();
        let group: Group = from_value(json!({ "id": "" })).unwrap();
        let member: TeamMember = from_value(json!({ "id": "" })).unwrap();
        let presence: PresenceItem = from_value(json!({ "serverId": "" })).unwrap();
        assert_eq!(
            (entry.key(), group.key(), member.key(), presence.key()),
            (None, None, None, None)
        );
    }
}
