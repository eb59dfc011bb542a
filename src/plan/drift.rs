//! What of a record the removal of a computer rests on: if any of it is otherwise now, the removal is left alone.

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::fleet::GroupRef;

use super::{KeptComputer, Presence};

/// Compares the record that was decided on with the one there is now. Returns what was and what is, where they differ in
/// the name, in when it was last seen, or in the groups, or where the computer is online now, or was offline and is not
/// known to be any more.
pub(super) fn drift(before: &KeptComputer, now: &KeptComputer) -> Option<(String, String)> {
    if before.name != now.name {
        return Some((
            format!("named '{}'", before.name),
            format!("named '{}'", now.name),
        ));
    }
    if before.last_seen != now.last_seen {
        return Some((seen(before.last_seen), seen(now.last_seen)));
    }
    let presence = match (before.online, now.online) {
        (Presence::Offline, Presence::Online) => Some(("offline", "online")),
        (Presence::Unknown | Presence::NotChecked, Presence::Online) => {
            Some(("not known to be online", "online"))
        }
        (Presence::Offline, Presence::Unknown | Presence::NotChecked) => {
            Some(("offline", "not known to be offline"))
        }
        _ => None,
    };
    if let Some((was, now)) = presence {
        return Some((was.to_owned(), now.to_owned()));
    }
    let (Some(had), Some(has)) = (&before.groups, &now.groups) else {
        return None;
    };
    let ids = |groups: &[GroupRef]| -> BTreeSet<String> {
        groups.iter().map(|group| group.id.to_string()).collect()
    };
    (ids(had) != ids(has)).then(|| (grouped(had), grouped(has)))
}

fn seen(at: Option<Timestamp>) -> String {
    at.map_or_else(|| "never seen".to_owned(), |at| format!("last seen {at}"))
}

fn grouped(groups: &[GroupRef]) -> String {
    let mut names: Vec<&str> = groups.iter().map(|group| group.name.as_str()).collect();
    names.sort_unstable();
    match names.as_slice() {
        [] => "in no group".to_owned(),
        names => format!("in {}", names.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::fleet::{GroupId, GroupKind};

    fn kept() -> KeptComputer {
        KeptComputer {
            id: "1".to_owned(),
            name: "PC-1".to_owned(),
            online: Presence::Offline,
            last_seen: Some("2026-08-01T00:00:00Z".parse().unwrap()),
            groups: Some(vec![group("a"), group("b")]),
            host: None,
            os: None,
            macs: Vec::new(),
            user: None,
            comment: None,
            raw: Value::Null.into(),
        }
    }

    fn group(id: &str) -> GroupRef {
        GroupRef {
            id: GroupId::new(id),
            name: id.to_uppercase(),
            kind: GroupKind::Computers,
        }
    }

    fn told(now: &KeptComputer) -> Option<String> {
        drift(&kept(), now).map(|(was, is)| format!("{was} -> {is}"))
    }

    #[test]
    fn what_a_removal_rests_on_is_compared_and_nothing_else() {
        assert_eq!(told(&kept()), None);
        let now = KeptComputer {
            groups: Some(vec![group("b"), group("a")]),
            comment: Some("new".to_owned()),
            os: Some("Other".to_owned()),
            ..kept()
        };
        assert_eq!(told(&now), None);
    }

    #[test]
    fn what_is_not_known_later_counts_only_where_it_was_known_to_be_offline() {
        let seen = |was, is| {
            let at = |online| KeptComputer { online, ..kept() };
            drift(&at(was), &at(is)).is_some()
        };
        let all = [Presence::Offline, Presence::Unknown, Presence::NotChecked];
        for (was, is) in all.iter().flat_map(|was| all.map(|is| (*was, is))) {
            let counts = was == Presence::Offline && is != Presence::Offline;
            assert_eq!(seen(was, is), counts, "{was:?} {is:?}");
        }
    }

    #[test]
    fn each_difference_that_counts_is_told() {
        for (now, says) in [
            (
                KeptComputer {
                    name: "PC-2".to_owned(),
                    ..kept()
                },
                "named 'PC-1' -> named 'PC-2'",
            ),
            (
                KeptComputer {
                    last_seen: Some("2026-11-19T00:00:00Z".parse().unwrap()),
                    ..kept()
                },
                "last seen 2026-08-01T00:00:00Z -> last seen 2026-11-19T00:00:00Z",
            ),
            (
                KeptComputer {
                    last_seen: None,
                    ..kept()
                },
                "last seen 2026-08-01T00:00:00Z -> never seen",
            ),
            (
                KeptComputer {
                    online: Presence::Online,
                    ..kept()
                },
                "offline -> online",
            ),
            (
                KeptComputer {
                    groups: Some(Vec::new()),
                    ..kept()
                },
                "in A, B -> in no group",
            ),
        ] {
            assert_eq!(told(&now).as_deref(), Some(says));
        }
    }

    #[test]
    fn groups_that_nobody_asked_for_are_not_compared() {
        let now = KeptComputer {
            groups: None,
            ..kept()
        };
        assert_eq!(told(&now), None);
    }
}
