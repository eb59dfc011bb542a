//! What each operation sends, byte for byte.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::fleet::{ComputerId, DefaultAccess, GroupId, PresenceStatus, Role, ServerId, UserId, UserState};
use crate::http::ETag;

use super::super::{EntryPresence, Order, TeamEvents, permission};
use super::{calls, granting, team};
use crate::vendor::stub::Answer;

fn ids() -> (ComputerId, GroupId, UserId) {
    (ComputerId::new("e/1"), GroupId::new("g?1"), UserId::new("u 1"))
}

#[tokio::test]
async fn each_read_goes_where_the_contract_says() {
    let lists = json!({ "entries": [], "groups": [], "members": [], "events": [] });
    let stub = granting(move |_| Answer::json(200, &lists)).await;
    let (reads, _) = team(&stub);
    let (entry, group, user) = ids();
    let at = |text: &str| text.parse::<Timestamp>().unwrap();

    reads.list_entries().await.unwrap();
    reads.read_entry(&entry).await.unwrap();
    reads.list_groups_of_entry(&entry).await.unwrap();
    reads.list_entry_groups().await.unwrap();
    reads.read_entry_group(&group).await.unwrap();
    reads.list_members(None, None).await.unwrap();
    let filtered = reads.list_members(Some(&UserState::Invited), Some(&Role::Manager));
    filtered.await.unwrap();
    reads.read_member(&user).await.unwrap();
    reads.list_member_groups(&user).await.unwrap();
    reads.list_user_groups().await.unwrap();
    reads.read_user_group(&group).await.unwrap();
    reads
        .list_entry_presence(&EntryPresence::default())
        .await
        .unwrap();
    let presence = EntryPresence {
        status: Some(PresenceStatus::Online),
        last_seen_sort: Some(Order::Descending),
        page: Some(0),
        page_size: Some(10),
    };
    reads.list_entry_presence(&presence).await.unwrap();
    let events = TeamEvents {
        from: at("1969-12-31T00:00:00Z"),
        to: at("2022-01-01T00:00:00.1239Z"),
        order: Some(Order::Ascending),
        server: Some(ServerId::new("s&1")),
    };
    reads.get_team_events(&events).await.unwrap();

    let lines: Vec<String> = calls(&stub).iter().map(super::Call::line).collect();
    assert_eq!(
        lines,
        [
            "GET /1.0/entries",
            "GET /1.0/entries/e%2F1",
            "GET /1.0/entries/e%2F1/groups",
            "GET /1.0/entryGroups",
            "GET /1.0/entryGroups/g%3F1",
            "GET /1.0/members",
            "GET /1.0/members?state=INVITED&role=MANAGER",
            "GET /1.0/members/u%201",
            "GET /1.0/members/u%201/groups",
            "GET /1.0/userGroups",
            "GET /1.0/userGroups/g%3F1",
            "GET /1.0/presence",
            "GET /1.0/presence?status=ONLINE&lastSeenSort=DESC&page=0&pageSize=10",
            "GET /1.0/audit?from=0&to=1640995200123&order=ASC&serverId=s%261",
        ]
    );
}

#[tokio::test]
async fn each_write_goes_where_the_contract_says() {
    let stub = granting(|call| match call.method.as_str() {
        "PUT" => Answer::empty(204),
        "PATCH" => Answer::json(200, &json!({})).with("ETag", "\"2\""),
        _ => Answer::json(200, &json!({ "etag": "7" })),
    })
    .await;
    let (_, writes) = team(&stub);
    let (entry, group, user) = ids();

    let renamed = writes.update_entry(&entry, "ä", None).await.unwrap();
    assert_eq!(renamed.etag, Some(ETag::new("\"2\"")));
    writes
        .update_entry(&entry, "b", Some(ETag::new("W/\"1\"")))
        .await
        .unwrap();
    writes.delete_entry(&entry).await.unwrap();
    writes.add_entry_to_group(&entry, &group).await.unwrap();
    let removal = writes.remove_entry_from_group(&entry, &group, DefaultAccess::NoOne);
    removal.await.unwrap();
    let invited = writes
        .invite_member("a@b.c", &[Role::User, Role::User])
        .await
        .unwrap();
    assert_eq!(invited.etag, Some(ETag::new("7")));
    let roles = writes.update_member_roles(&user, &[Role::Manager], ETag::new("1"));
    assert_eq!(roles.await.unwrap(), Some(ETag::new("\"2\"")));
    writes.remove_member(&user).await.unwrap();
    writes.add_member_to_group(&user, &group).await.unwrap();
    writes.remove_member_from_group(&user, &group).await.unwrap();

    let calls = calls(&stub);
    let sent: Vec<(String, Option<&str>, &Value)> = calls
        .iter()
        .map(|c| (c.line(), c.header("if-match"), &c.body))
        .collect();
    let expected = [
        ("PATCH /1.0/entries/e%2F1", None, json!({ "name": "ä" })),
        (
            "PATCH /1.0/entries/e%2F1",
            Some("W/\"1\""),
            json!({ "name": "b" }),
        ),
        ("DELETE /1.0/entries/e%2F1", None, Value::Null),
        ("PUT /1.0/entries/e%2F1/groups/g%3F1", None, Value::Null),
        (
            "DELETE /1.0/entries/e%2F1/groups/g%3F1?defaultAccess=NO_ONE",
            None,
            Value::Null,
        ),
        (
            "POST /1.0/members",
            None,
            json!({ "email": "a@b.c", "roles": ["USER"] }),
        ),
        (
            "PATCH /1.0/members/u%201",
            Some("1"),
            json!({ "roles": ["MANAGER"] }),
        ),
        ("DELETE /1.0/members/u%201", None, Value::Null),
        ("PUT /1.0/members/u%201/groups/g%3F1", None, Value::Null),
        ("DELETE /1.0/members/u%201/groups/g%3F1", None, Value::Null),
    ];
    for (sent, expected) in sent.iter().zip(&expected) {
        assert_eq!(
            (sent.0.as_str(), sent.1, sent.2),
            (expected.0, expected.1, &expected.2)
        );
    }
    assert_eq!(sent.len(), expected.len());
}

#[tokio::test]
async fn a_403_to_each_operation_names_the_permission_that_it_needs() {
    let stub = granting(|_| Answer::empty(403)).await;
    let (reads, writes) = team(&stub);
    let (entry, group, user) = ids();
    let tag = || ETag::new("1");
    let events = TeamEvents {
        from: Timestamp::UNIX_EPOCH,
        to: Timestamp::UNIX_EPOCH,
        order: None,
        server: None,
    };
    let errors = [
        reads.list_entries().await.err(),
        reads.read_entry(&entry).await.err(),
        reads.list_groups_of_entry(&entry).await.err(),
        reads.list_entry_groups().await.err(),
        reads.read_entry_group(&group).await.err(),
        reads.list_members(None, None).await.err(),
        reads.read_member(&user).await.err(),
        reads.list_member_groups(&user).await.err(),
        reads.list_user_groups().await.err(),
        reads.read_user_group(&group).await.err(),
        reads.list_entry_presence(&EntryPresence::default()).await.err(),
        reads.get_team_events(&events).await.err(),
        writes.update_entry(&entry, "a", None).await.err().map(Into::into),
        writes.delete_entry(&entry).await.err().map(Into::into),
        writes
            .add_entry_to_group(&entry, &group)
            .await
            .err()
            .map(Into::into),
        writes
            .remove_entry_from_group(&entry, &group, DefaultAccess::NoOne)
            .await
            .err()
            .map(Into::into),
        writes.invite_member("a@b.c", &[]).await.err().map(Into::into),
        writes
            .update_member_roles(&user, &[], tag())
            .await
            .err()
            .map(Into::into),
        writes.remove_member(&user).await.err().map(Into::into),
        writes
            .add_member_to_group(&user, &group)
            .await
            .err()
            .map(Into::into),
        writes
            .remove_member_from_group(&user, &group)
            .await
            .err()
            .map(Into::into),
    ];
    let mut operations = std::collections::BTreeSet::new();
    for error in errors {
        let error = error.unwrap();
        let operation = error.operation.unwrap();
        assert!(
            error.message.ends_with(permission(operation).unwrap()),
            "{operation}: {error}"
        );
        operations.insert(operation);
    }
    assert_eq!(operations.len(), 21);
}
