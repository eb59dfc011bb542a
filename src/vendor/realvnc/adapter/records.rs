//! The vendor's records as the fleet's.
//!
//! Nothing is made up: what the vendor did not say, or said in a way that cannot be read, is absent from the fleet's
//! record and stays in its `raw` part.

use std::net::IpAddr;

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

use crate::fleet::{
    Computer, ComputerId, Event, Group, GroupId, GroupKind, Loaded, Presence, PresenceStatus, Role, ServerId,
    User, UserId, UserState, Vendor,
};

use super::super::pages::Listed;
use super::super::wire;

const NO_GROUPS: &str = "load it with list_computers(#{ groups: true })";
const NO_PRESENCE: &str = "load it with list_computers(#{ presence: true })";
const NO_COMPUTERS: &str = "load it with list_presence(#{ computers: true })";
const NO_USER_GROUPS: &str = "load it with groups_of(user)";

/// Makes a computer, with groups and presence not loaded, from an entry and the id under which it was found.
pub(super) fn computer(id: &str, entry: &wire::Entry, profile: &str) -> Computer {
    let data = entry.data.as_ref();
    Computer {
        id: ComputerId::new(id),
        name: entry.name.clone().unwrap_or_default(),
        vendor: Vendor::RealVnc,
        profile: profile.to_owned(),
        online: Loaded::No(NO_PRESENCE),
        last_seen: entry.server_last_seen_time.as_deref().and_then(moment),
        os: data.and_then(|d| d.os_name.clone()),
        host: data.and_then(|d| d.machine_name.clone()),
        ip: entry.host.as_deref().and_then(address),
        macs: macs(data.and_then(|d| d.mac_addrs.as_deref()).unwrap_or_default()),
        user: None,
        groups: Loaded::No(NO_GROUPS),
        comment: None,
        server: entry
            .server_id
            .as_deref()
            .filter(|id| !id.is_empty())
            .map(ServerId::new),
        raw: raw(entry).into(),
    }
}

/// Makes a group, or nothing of one that has no id.
pub(super) fn group(group: &wire::Group, kind: GroupKind, profile: &str) -> Option<Group> {
    Some(Group {
        id: GroupId::new(group.key()?),
        name: group.name.clone().unwrap_or_default(),
        kind,
        profile: profile.to_owned(),
        members: group.members.clone().unwrap_or_default(),
        raw: raw(group),
    })
}

/// Makes a user, or nothing of one that has no id. `listed_as` is the state that the list was asked for.
pub(super) fn user(member: &wire::TeamMember, listed_as: &UserState, profile: &str) -> Option<User> {
    let roles = member.roles.as_deref().unwrap_or_default();
    Some(User {
        id: UserId::new(member.key()?),
        email: member.email.clone(),
        name: None,
        roles: roles.iter().map(|word| Role::from_word(word)).collect(),
        state: Some(
            member
                .state
                .as_deref()
                .map_or_else(|| listed_as.clone(), UserState::from_word),
        ),
        profile: profile.to_owned(),
        groups: Loaded::No(NO_USER_GROUPS),
        raw: raw(member),
    })
}

/// Makes the presence of a server, or nothing where the vendor does not say of which.
pub(super) fn presence(item: &wire::PresenceItem) -> Option<Presence> {
    Some(Presence {
        id: ServerId::new(item.key()?),
        name: item.server_name.clone(),
        status: item.status.as_deref().map(PresenceStatus::from_word),
        last_seen: item.last_seen.as_deref().and_then(moment),
        computer: Loaded::No(NO_COMPUTERS),
        raw: raw(item),
    })
}

/// Makes an event.
pub(super) fn event(event: &wire::AuditEvent) -> Event {
    Event {
        id: event.id.clone(),
        at: event
            .timestamp
            .and_then(|ms| Timestamp::from_millisecond(ms).ok()),
        category: event.event_category.clone(),
        kind: event.event_type.clone(),
        user: event.email.clone().or_else(|| event.user_id.clone()),
        computer: event.server_name.clone(),
        text: event.description.clone(),
        raw: raw(event),
    }
}

fn raw<T: Serialize>(record: &T) -> Value {
    // A record was JSON before and has only string keys: it can always be JSON again.
    serde_json::to_value(record).unwrap_or_default()
}

/// Reads an ISO 8601 time with its zone. The beginning of time stands for "never", in any of its spellings.
fn moment(text: &str) -> Option<Timestamp> {
    let at: Timestamp = text.trim().parse().ok()?;
    (at > Timestamp::UNIX_EPOCH).then_some(at)
}

/// Brings hardware addresses into one form, each once. What is no 48-bit address is left out.
fn macs(vendors: &[String]) -> Vec<String> {
    let mut macs = Vec::with_capacity(vendors.len());
    for text in vendors {
        if let Some(mac) = mac(text)
            && !macs.contains(&mac)
        {
            macs.push(mac);
        }
    }
    macs
}

fn mac(text: &str) -> Option<String> {
    let digits: Vec<char> = text
        .chars()
        .filter(|c| !matches!(c, '-' | ':' | '.' | ' '))
        .map(|c| c.to_ascii_lowercase())
        .collect();
    if digits.len() != 12 || !digits.iter().all(char::is_ascii_hexdigit) {
        return None;
    }
    let bytes: Vec<String> = digits.chunks(2).map(|pair| pair.iter().collect()).collect();
    Some(bytes.join(":"))
}

/// Takes the IP address out of a VNC address: `172.16.1.1`, with `:display` or `::port` behind it, or `[fe80::1]::5900`.
fn address(host: &str) -> Option<String> {
    let host = host.trim();
    let bare = match host.strip_prefix('[') {
        Some(rest) => rest.split_once(']')?.0,
        None if host.parse::<IpAddr>().is_ok() => host,
        None => host.split_once(':').map_or(host, |(before, _)| before),
    };
    bare.parse::<IpAddr>().ok().map(|ip| ip.to_string())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn entry(value: Value) -> wire::Entry {
        serde_json::from_value(value).unwrap()
    }

    #[test]
    fn an_entry_becomes_a_computer() {
        let raw = json!({
            "entryId": "e1", "name": "PC-7", "serverId": "s1", "serverLastSeenTime": "2026-03-01T08:00:00.5Z",
            "data": {"machineName": "pc7.lan", "osName": "Linux", "macAddrs": ["E8-6A-64-00-00-98"]}, "new": 1,
        });
        let computer = computer("e1", &entry(raw.clone()), "acme");
        assert_eq!((computer.id.as_str(), computer.name.as_str()), ("e1", "PC-7"));
        assert_eq!(computer.last_seen.unwrap().to_string(), "2026-03-01T08:00:00.5Z");
        assert_eq!(
            (computer.host.as_deref(), computer.os.as_deref()),
            (Some("pc7.lan"), Some("Linux"))
        );
        assert_eq!(computer.macs, ["e8:6a:64:00:00:98"]);
        assert_eq!(computer.server, Some(ServerId::new("s1")));
        assert_eq!(computer.groups.get(), None);
        assert_eq!(*computer.raw, raw);
    }

    #[test]
    fn an_empty_entry_becomes_a_computer_of_which_nothing_is_known() {
        let computer = computer("e1", &entry(json!({})), "acme");
        assert_eq!(
            (computer.name.as_str(), computer.last_seen, computer.ip),
            ("", None, None)
        );
        assert!(computer.macs.is_empty() && computer.server.is_none());
    }

    #[test]
    fn a_time_that_says_nothing_is_no_time() {
        for text in [
            "",
            "never",
            "0",
            "1970-01-01T00:00:00Z",
            "0001-01-01T00:00:00Z",
            "2026-13-01T00:00:00Z",
        ] {
            assert_eq!(moment(text), None, "{text:?}");
        }
        // Without a zone it could be any of 26 hours.
        assert_eq!(moment("2026-03-01T08:00:00"), None);
    }

    #[test]
    fn a_time_in_another_zone_is_the_same_moment() {
        assert_eq!(
            moment("2026-03-01T10:00:00+02:00"),
            moment("2026-03-01T08:00:00Z")
        );
        assert!(moment("2026-03-01T08:00:00Z").is_some());
    }

    #[test]
    fn hardware_addresses_have_one_form() {
        let forms = [
            "E8-6A-64-00-00-98",
            "e8:6a:64:00:00:98",
            "e86a.6400.0098",
            "e86a64000098",
            "junk",
            "",
        ];
        assert_eq!(macs(&forms.map(str::to_owned)), ["e8:6a:64:00:00:98"]);
    }

    #[test]
    fn the_address_is_taken_out_of_the_vnc_address() {
        for (host, ip) in [
            ("172.16.1.1::5901", Some("172.16.1.1")),
            ("172.16.1.1:1", Some("172.16.1.1")),
            ("172.16.1.1", Some("172.16.1.1")),
            ("[fe80::1]::5900", Some("fe80::1")),
            ("fe80::1", Some("fe80::1")),
            ("pc7.lan::5900", None),
            ("", None),
        ] {
            assert_eq!(address(host).as_deref(), ip, "{host}");
        }
    }

    #[test]
    fn a_user_whose_state_is_not_told_has_the_state_of_the_list() {
        let member = wire::TeamMember {
            id: Some("u".to_owned()),
            ..wire::TeamMember::default()
        };
        assert_eq!(
            user(&member, &UserState::Invited, "acme").unwrap().state,
            Some(UserState::Invited)
        );
    }

    #[test]
    fn what_has_no_id_cannot_be_named() {
        assert!(group(&wire::Group::default(), GroupKind::Users, "acme").is_none());
        assert!(user(&wire::TeamMember::default(), &UserState::Joined, "acme").is_none());
        assert!(presence(&wire::PresenceItem::default()).is_none());
    }
}
