//! What goes over the wire, in the vendor's own names.
//!
//! The vendor's page shows records by example and calls nothing mandatory. So every member may be absent, `null`, or of
//! another type than shown, and each record is kept whole beside what is known of it.

use serde::{Deserialize, Serialize, Serializer};
use serde_json::{Map, Value};

/// A computer of the account, as both lists of computers show it.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(from = "Map<String, Value>")]
pub struct Device {
    /// The machine's identifier, opaque. Only connection URLs are made by it.
    pub machine_id: Option<String>,
    /// The name that all other operations know the computer by. That names are unique is nowhere said.
    pub host_name: Option<String>,
    /// The version of the operating system, such as `10.0`.
    pub host_os_version: Option<String>,
    /// An IP address; which of the computer's, is not documented.
    pub host_ip: Option<String>,
    /// The last session of a viewer, as `YYYY-MM-DD HH:MM:SS` in a zone that is not documented. It says nothing about when
    /// the computer was last online.
    pub viewer_last_session_time: Option<String>,
    /// The administrator's comment; empty where there is none.
    pub comments: Option<String>,
    /// The operating system, such as `Windows`.
    pub host_os_text: Option<String>,
    /// `Offline`; the other words are not documented.
    pub host_status_text: Option<String>,
    /// The whole record.
    pub raw: Map<String, Value>,
}

impl From<Map<String, Value>> for Device {
    fn from(raw: Map<String, Value>) -> Self {
        let text = |name| text(&raw, name);
        Self {
            machine_id: text("machine_id"),
            host_name: text("host_name"),
            host_os_version: text("host_os_version"),
            host_ip: text("host_ip"),
            viewer_last_session_time: text("viewer_last_session_time"),
            comments: text("comments"),
            host_os_text: text("host_os_text"),
            host_status_text: text("host_status_text"),
            raw,
        }
    }
}

/// As it was received.
impl Serialize for Device {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.raw.serialize(serializer)
    }
}

/// A user of the account. Whether the user has accepted the invitation is not told.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(from = "Map<String, Value>")]
pub struct User {
    /// The first name.
    pub firstname: Option<String>,
    /// The last name.
    pub lastname: Option<String>,
    /// The name to sign in with, an email address. It is the only identifier.
    pub username: Option<String>,
    /// The whole record.
    pub raw: Map<String, Value>,
}

impl From<Map<String, Value>> for User {
    fn from(raw: Map<String, Value>) -> Self {
        let text = |name| text(&raw, name);
        Self {
            firstname: text("firstname"),
            lastname: text("lastname"),
            username: text("username"),
            raw,
        }
    }
}

/// As it was received.
impl Serialize for User {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.raw.serialize(serializer)
    }
}

/// Reads a text, or a number that stands where a text should.
fn text(record: &Map<String, Value>, name: &str) -> Option<String> {
    match record.get(name)? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{from_value, json, to_value};

    use super::*;

    #[test]
    fn a_record_with_nothing_in_it_is_read() {
        assert_eq!(from_value::<Device>(json!({})).unwrap(), Device::default());
        assert_eq!(from_value::<User>(json!({})).unwrap(), User::default());
    }

    #[test]
    fn a_member_may_be_null_or_of_another_type() {
        let device: Device = from_value(json!({
            "machine_id": 17, "host_name": null, "host_os_version": 10.5, "comments": ["x"], "host_ip": "",
        }))
        .unwrap();
        assert_eq!(device.machine_id.as_deref(), Some("17"));
        assert_eq!(device.host_os_version.as_deref(), Some("10.5"));
        assert_eq!((device.host_name, device.comments), (None, None));
        assert_eq!(device.host_ip.as_deref(), Some(""));
    }

    #[test]
    fn a_record_comes_back_whole() {
        for record in [
            json!({ "machine_id": "M1", "host_name": null, "tags": [1, { "a": null }], "comments": 7 }),
            json!({}),
        ] {
            assert_eq!(
                to_value(from_value::<Device>(record.clone()).unwrap()).unwrap(),
                record
            );
        }
        let user = json!({ "username": "a@b", "firstname": null, "role": "ADMIN" });
        assert_eq!(to_value(from_value::<User>(user.clone()).unwrap()).unwrap(), user);
    }

    #[test]
    fn what_is_no_record_is_refused() {
        for value in [json!([]), json!("M1"), json!(null)] {
            assert!(from_value::<Device>(value.clone()).is_err(), "{value}");
            assert!(from_value::<User>(value).is_err());
        }
    }
}
