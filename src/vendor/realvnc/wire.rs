//! What goes over the wire, in the vendor's own names.
//!
//! The contract requires almost nothing of an answer, so that almost every field is optional here. Fields and words
//! that this version does not know are kept, and every type serialises back to what was received.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A computer of the team.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    /// The entry's identifier, opaque.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entry_id: Option<String>,
    /// The display name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The cloud-joined server that the entry stands for; absent for an entry that has only a `host`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub server_id: Option<String>,
    /// Address and port of a server that is not cloud-joined, such as `172.16.1.1::5901`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub host: Option<String>,
    /// The server's last connection to the vendor's services, ISO 8601.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub server_last_seen_time: Option<String>,
    /// What the server found out about its machine.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<EntryData>,
    /// Everything else.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// What a server found out about its machine.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EntryData {
    /// Name and version of the server software, such as `vncserver/6.0.0`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub app_name: Option<String>,
    /// The type of hardware, such as `DESKTOP`; the other words are not documented.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub device_form: Option<String>,
    /// The friendly name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub device_name: Option<String>,
    /// The host name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub machine_name: Option<String>,
    /// The addresses of the network interfaces, such as `e8-6a-64-00-00-98`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mac_addrs: Option<Vec<String>>,
    /// The operating system in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub os_name: Option<String>,
    /// Everything else.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// A group in a list of groups, with the ids of its members.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Group {
    /// The group's identifier, opaque.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The version; no operation on groups takes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
    /// The last modification, in milliseconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_modified_at: Option<i64>,
    /// Entry ids or user ids.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub members: Option<Vec<String>>,
    /// Everything else.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// A single group, of computers or of users. It carries neither id nor version, and the contract gives even the
/// computers of a group the shape of users.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GroupDetails {
    /// The title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Who is in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub members: Option<Vec<GroupMember>>,
    /// Everything else.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// A member of a single group.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GroupMember {
    /// The member's identifier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The email address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The user's identifier with the identity provider (single sign-on only).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub idp_user_display_id: Option<String>,
    /// Everything else.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// A user of the team.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TeamMember {
    /// The user's identifier, opaque.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The email address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The user's identifier with the identity provider (single sign-on only).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub idp_user_display_id: Option<String>,
    /// The roles, as a set of words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub roles: Option<Vec<String>>,
    /// `JOINED` or `INVITED`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// The version of this record, with or without quotes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
    /// Everything else.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// The presence of a server.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PresenceItem {
    /// Which server. It is no entry id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub server_id: Option<String>,
    /// The server's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub server_name: Option<String>,
    /// `ONLINE` or `OFFLINE`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// The last contact, ISO 8601.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_seen: Option<String>,
    /// Everything else.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// An audit event.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AuditEvent {
    /// The event's identifier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Whose team.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team_id: Option<String>,
    /// When the event was received and processed, in milliseconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timestamp: Option<i64>,
    /// The type, such as `connection_start`; the others are not documented.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event_type: Option<String>,
    /// The category, such as `SESSION_LOG`; the others are not documented.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event_category: Option<String>,
    /// Whatever belongs to the type. The contract says that it holds objects, its own example shows strings.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event_body: Option<Value>,
    /// The event in a sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The email address of the user.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The user's identifier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
    /// The server's identifier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub server_id: Option<String>,
    /// The server's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub server_name: Option<String>,
    /// The viewer's identifier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub viewer_id: Option<String>,
    /// Everything else.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// The answer to taking an entry out of a group.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RemovedFromGroup {
    /// Whether everyone in the team was given access, because the entry was left without any permission and
    /// `defaultAccess=EVERYONE` was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub added_everyone_permission: Option<bool>,
    /// Everything else.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

#[cfg(test)]
mod tests {
    use serde_json::{from_value, json, to_value};

    use super::*;

    fn comes_back_as_it_was<T: Serialize + serde::de::DeserializeOwned>(value: &Value) {
        let read: T = from_value(value.clone()).unwrap();
        assert_eq!(to_value(read).unwrap(), *value);
    }

    #[test]
    fn an_object_with_nothing_in_it_is_read() {
        let empty = json!({});
        comes_back_as_it_was::<Entry>(&empty);
        comes_back_as_it_was::<EntryData>(&empty);
        comes_back_as_it_was::<Group>(&empty);
        comes_back_as_it_was::<GroupDetails>(&empty);
        comes_back_as_it_was::<GroupMember>(&empty);
        comes_back_as_it_was::<TeamMember>(&empty);
        comes_back_as_it_was::<PresenceItem>(&empty);
        comes_back_as_it_was::<AuditEvent>(&empty);
        comes_back_as_it_was::<RemovedFromGroup>(&empty);
    }

    #[test]
    fn fields_and_words_from_the_future_come_back_under_their_own_names() {
        comes_back_as_it_was::<Entry>(&json!({
            "entryId": "e1", "name": "A", "serverId": "s1", "host": "h::5900",
            "serverLastSeenTime": "2026-01-01T00:00:00Z", "labels": ["x"],
            "data": {"appName": "vncserver/7", "deviceForm": "WATCH", "deviceName": "a", "machineName": "a.lan",
                     "macAddrs": ["e8-6a-64-00-00-98"], "osName": "Linux", "cpu": {"cores": 4}},
        }));
        comes_back_as_it_was::<TeamMember>(&json!({
            "id": "u1", "email": "a@b.c", "idpUserDisplayId": "x", "roles": ["USER", "WIZARD"],
            "state": "ASLEEP", "etag": "\"1\"", "mfa": true,
        }));
        comes_back_as_it_was::<Group>(&json!({
            "id": "g", "name": "G", "etag": "1", "lastModifiedAt": 1, "members": ["e1"], "colour": null,
        }));
        comes_back_as_it_was::<PresenceItem>(&json!({
            "serverId": "s", "serverName": "S", "status": "DREAMING", "lastSeen": "x", "why": 1,
        }));
    }

    #[test]
    fn the_body_of_an_event_may_be_any_json() {
        for body in [json!({"a": "b"}), json!("text"), json!([1]), json!(7)] {
            comes_back_as_it_was::<AuditEvent>(&json!({
                "eventBody": body, "eventType": "t", "timestamp": 1, "eventCategory": "SESSION_LOG",
                "teamId": "t", "userId": "u", "serverId": "s", "serverName": "S", "viewerId": "v",
            }));
        }
    }

    #[test]
    fn null_stands_for_a_missing_field() {
        let entry: Entry =
            from_value(json!({"entryId": "e", "name": null, "data": {"macAddrs": null}})).unwrap();
        assert_eq!(entry.name, None);
        assert_eq!(entry.data.unwrap().mac_addrs, None);
    }
}
