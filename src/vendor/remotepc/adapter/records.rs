//! The vendor's records as the fleet's.
//!
//! Nothing is made up: what the vendor did not say, or said in a way that cannot be read, is absent from the fleet's
//! record and stays in its `raw` part.

use std::net::IpAddr;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde_json::Value;

use crate::fleet::{Computer, ComputerId, Loaded, User, UserId, Vendor};

use super::super::machines::online;
use super::super::pages::Listed;
use super::super::wire;
use super::lacks::{NO_GROUPS, NO_USER_GROUPS};

/// How the vendor writes a time.
const TIME: &str = "%Y-%m-%d %H:%M:%S";

/// Makes a computer, or nothing of a device that has no id. `user` is whose list it was found in, if it was one.
pub(super) fn computer(device: &wire::Device, user: Option<&str>, profile: &str) -> Option<Computer> {
    Some(Computer {
        id: ComputerId::new(device.key()?),
        name: device.host_name.clone().unwrap_or_default(),
        vendor: Vendor::RemotePc,
        profile: profile.to_owned(),
        online: Loaded::Yes(online(device)),
        last_seen: device.viewer_last_session_time.as_deref().and_then(moment),
        os: joined(device.host_os_text.as_deref(), device.host_os_version.as_deref()),
        host: said(device.host_name.as_deref()).map(str::to_owned),
        ip: device.host_ip.as_deref().and_then(address),
        macs: Vec::new(),
        user: user.map(str::to_owned),
        groups: Loaded::No(NO_GROUPS),
        comment: said(device.comments.as_deref()).map(str::to_owned),
        server: None,
        raw: Value::Object(device.raw.clone()).into(),
    })
}

/// Makes a user, or nothing of one without a username.
pub(super) fn user(user: &wire::User, profile: &str) -> Option<User> {
    let username = user.key()?;
    Some(User {
        id: UserId::new(username),
        email: Some(username.to_owned()),
        name: joined(user.firstname.as_deref(), user.lastname.as_deref()),
        roles: Vec::new(),
        state: None,
        profile: profile.to_owned(),
        groups: Loaded::No(NO_USER_GROUPS),
        raw: Value::Object(user.raw.clone()),
    })
}

/// Returns a text that says something.
fn said(text: Option<&str>) -> Option<&str> {
    text.filter(|text| !text.trim().is_empty())
}

/// Puts two texts together, as far as they are there.
fn joined(first: Option<&str>, second: Option<&str>) -> Option<String> {
    let parts: Vec<&str> = [said(first), said(second)]
        .into_iter()
        .flatten()
        .map(str::trim)
        .collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// Reads the time of the last viewer session as UTC. In which zone it is, is not documented, so that it may be off by up
/// to 14 hours. What stands for "never" is not documented either: the beginning of time, and what is no time, are none.
fn moment(text: &str) -> Option<Timestamp> {
    let time = DateTime::strptime(TIME, text.trim()).ok()?;
    let at = time.to_zoned(TimeZone::UTC).ok()?.timestamp();
    (at > Timestamp::UNIX_EPOCH).then_some(at)
}

/// Reads an IP address. `0.0.0.0` and `::` are nobody's.
fn address(text: &str) -> Option<String> {
    let ip: IpAddr = text.trim().parse().ok()?;
    (!ip.is_unspecified()).then(|| ip.to_string())
}

#[cfg(test)]
mod tests {
    use serde_json::{from_value, json};

    use super::*;

    fn read(record: &Value) -> Computer {
        computer(&from_value(record.clone()).unwrap(), None, "branch").unwrap()
    }

    #[test]
    fn a_device_becomes_a_computer() {
        let raw = json!({
            "machine_id": "M1", "host_name": "PC-7", "host_os_version": "10.0", "host_ip": "192.0.2.7",
            "viewer_last_session_time": "2023-02-24 11:07:11", "comments": "on loan", "host_os_text": "Windows",
            "host_status_text": "Offline", "new": [null],
        });
        let computer = read(&raw);
        assert_eq!((computer.id.as_str(), computer.name.as_str()), ("M1", "PC-7"));
        assert_eq!(computer.last_seen.unwrap().to_string(), "2023-02-24T11:07:11Z");
        assert_eq!(
            (
                computer.host.as_deref(),
                computer.os.as_deref(),
                computer.ip.as_deref()
            ),
            (Some("PC-7"), Some("Windows 10.0"), Some("192.0.2.7"))
        );
        assert_eq!(computer.online, Loaded::Yes(Some(false)));
        assert_eq!(
            (computer.comment.as_deref(), computer.user),
            (Some("on loan"), None)
        );
        assert_eq!((computer.vendor, computer.raw), (Vendor::RemotePc, raw.into()));
    }

    #[test]
    fn a_device_of_which_nothing_is_said_becomes_a_computer_of_which_nothing_is_known() {
        let computer = read(&json!({ "machine_id": "M1" }));
        assert_eq!(
            (
                computer.name.as_str(),
                computer.last_seen,
                computer.ip,
                computer.os,
                computer.host
            ),
            ("", None, None, None, None)
        );
        assert_eq!((computer.online, computer.comment), (Loaded::Yes(None), None));
    }

    #[test]
    fn an_empty_text_says_nothing() {
        let computer = read(&json!({
            "machine_id": "M1", "comments": " ", "host_os_text": "Windows", "host_os_version": "", "host_ip": "0.0.0.0",
        }));
        assert_eq!((computer.comment, computer.ip), (None, None));
        assert_eq!(computer.os.as_deref(), Some("Windows"));
    }

    #[test]
    fn a_time_that_says_nothing_is_no_time() {
        for text in [
            "",
            "never",
            "0000-00-00 00:00:00",
            "1970-01-01 00:00:00",
            "1969-12-31 23:59:59",
            "0001-01-01 00:00:00",
            "2023-13-01 00:00:00",
            "2023-02-30 00:00:00",
            "2023-02-24",
            "02/24/2023 11:07:11",
            "1677236831",
        ] {
            assert_eq!(moment(text), None, "{text:?}");
        }
        assert!(moment(" 2023-02-24 11:07:11 ").is_some());
    }

    #[test]
    fn what_has_no_id_cannot_be_named() {
        for record in [json!({ "host_name": "A" }), json!({ "machine_id": " " })] {
            assert!(computer(&from_value(record).unwrap(), None, "branch").is_none());
        }
        assert!(user(&from_value(json!({ "firstname": "Ann" })).unwrap(), "branch").is_none());
    }

    #[test]
    fn a_user_is_known_by_the_username() {
        let raw = json!({ "username": "ann@myworld", "firstname": " Ann", "lastname": "Other ", "x": 1 });
        let user = user(&from_value(raw.clone()).unwrap(), "branch").unwrap();
        assert_eq!(
            (user.id.as_str(), user.email.as_deref()),
            ("ann@myworld", Some("ann@myworld"))
        );
        assert_eq!(user.name.as_deref(), Some("Ann Other"));
        assert_eq!((user.state, user.roles.len(), user.raw), (None, 0, raw));
    }
}
