//! The team as a fleet, read.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::fleet::{
    Change, ComputerId, ComputerQuery, ComputerRef, DefaultAccess, EventQuery, GroupId, GroupKind, GroupRef,
    Kind, Member, Observed, Reader, Role, SignIn, UserId, UserRef, UserState,
};

use super::{calls, granting, seen, team};
use crate::vendor::stub::{Answer, Call};

const ALL: ComputerQuery = ComputerQuery {
    groups: true,
    presence: true,
    user: None,
};

/// A team of two computers and two users, whose lists have pages that overlap.
fn small_team(call: &Call) -> Answer {
    let next = |path: &str| format!("<{path}>; rel=\"next\"");
    let ok = |body: Value| Answer::json(200, &body);
    match call.path.as_str() {
        "/1.0/entries" => ok(json!({"entries": [
            {"entryId": "e1", "name": "A", "serverId": "s1"}, {"name": "no id"}, {"name": "no id either"},
        ]}))
        .with("Link", next("/1.0/entries?from=A%20B")),
        "/1.0/entries?from=A%20B" => ok(json!({"entries": [
            {"entryId": "e1", "name": "A", "serverId": "s1"}, {"entryId": "e2", "name": "B", "serverId": "s2"},
        ]})),
        "/1.0/entries/e1" => ok(json!({"entryId": "e1", "name": "A"})),
        "/1.0/entryGroups" => ok(json!({"groups": [{"id": "g1", "name": "G", "members": ["e2"]}]}))
            .with("Link", next("/1.0/entryGroups?from=g2")),
        "/1.0/entryGroups?from=g2" => ok(json!({"groups": [{"id": "g2", "name": "H", "members": ["e2"]}]})),
        "/1.0/presence" => ok(json!({"events": [{"serverId": "s1", "status": "ONLINE"}]})),
        "/1.0/entries/e1/groups" => ok(json!({"groups": [{"id": "g1"}]})),
        "/1.0/members/u1/groups" => ok(json!({"groups": []})),
        "/1.0/members/u1" => ok(json!({"id": "u1", "email": "A@b.c", "roles": ["USER", "MANAGER"]})),
        "/1.0/members?state=JOINED" => ok(json!({"members": [{"id": "u1", "email": "A@b.c"}, {}]})),
        "/1.0/members?state=INVITED" => ok(json!({"members": [
            {"id": "u1", "email": "A@b.c"}, {"id": "u2", "email": "new@b.c", "roles": ["WIZARD"]},
        ]})),
        path if path.starts_with("/1.0/audit") => ok(json!({"events": [
            {"id": "1", "timestamp": 1000, "eventType": "connection_start", "eventCategory": "SESSION_LOG",
             "eventBody": "text", "userId": "u1"},
            {"id": "2", "timestamp": 2000, "eventType": "t", "eventCategory": "OTHER", "eventBody": {}},
            {"id": "2", "timestamp": 2000, "eventType": "t", "eventCategory": "OTHER", "eventBody": {}},
        ]})),
        _ => Answer::empty(404),
    }
}

#[tokio::test]
async fn computers_come_with_groups_and_presence_from_one_list_of_each() {
    let stub = granting(small_team).await;
    let (reads, _) = team(&stub);
    let listing = reads.computers(&ALL).await.unwrap();
    let told: Vec<_> = listing
        .items
        .iter()
        .map(|c| {
            (
                c.name.as_str(),
                *c.online.get().unwrap(),
                c.groups.get().unwrap().len(),
            )
        })
        .collect();
    assert_eq!(told, [("A", Some(true), 0), ("B", None, 2)]);
    assert_eq!(listing.items[0].profile, "acme");
    assert_eq!(listing.warnings.len(), 1);
    assert!(
        listing.warnings[0].starts_with("2 computers have no id"),
        "{:?}",
        listing.warnings
    );
    assert_eq!(calls(&stub).len(), 5);
}

#[tokio::test]
async fn presence_that_is_refused_is_a_warning() {
    let stub = granting(|call| match call.path.as_str() {
        "/1.0/presence" => Answer::empty(403),
        _ => small_team(call),
    })
    .await;
    let (reads, _) = team(&stub);
    let listing = reads.computers(&ALL).await.unwrap();
    assert!(listing.items.iter().all(|c| c.online.get() == Some(&None)));
    assert!(
        listing
            .warnings
            .iter()
            .any(|w| w.contains("LIST_PRESENCE") && w.contains("plan"))
    );
}

#[tokio::test]
async fn presence_that_fails_otherwise_is_an_error() {
    let stub = granting(|call| match call.path.as_str() {
        "/1.0/presence" => Answer::empty(500),
        _ => small_team(call),
    })
    .await;
    let (reads, _) = team(&stub);
    assert_eq!(reads.computers(&ALL).await.unwrap_err().kind, Kind::Vendor);
}

#[tokio::test]
async fn what_was_not_asked_for_is_not_read_and_says_how_to_load_it() {
    let stub = granting(small_team).await;
    let (reads, _) = team(&stub);
    let listing = reads.computers(&ComputerQuery::default()).await.unwrap();
    assert!(format!("{:?}", listing.items[0].groups).contains("groups: true"));
    assert!(format!("{:?}", listing.items[0].online).contains("presence: true"));
    assert!(calls(&stub).iter().all(|c| c.path.starts_with("/1.0/entries")));
}

#[tokio::test]
async fn computers_cannot_be_listed_by_user() {
    let stub = granting(small_team).await;
    let (reads, _) = team(&stub);
    let query = ComputerQuery {
        user: Some("a@b.c".to_owned()),
        ..ComputerQuery::default()
    };
    assert_eq!(reads.computers(&query).await.unwrap_err().kind, Kind::Unsupported);
    assert!(calls(&stub).is_empty());
}

#[tokio::test]
async fn a_page_that_fails_makes_the_whole_list_fail() {
    let stub = granting(|call| match call.path.as_str() {
        "/1.0/entries?from=A%20B" => Answer::empty(500),
        _ => small_team(call),
    })
    .await;
    let (reads, _) = team(&stub);
    assert_eq!(reads.list_entries().await.unwrap_err().kind, Kind::Vendor);
}

#[tokio::test]
async fn a_page_that_leads_to_itself_or_elsewhere_is_an_error() {
    for link in [
        "</1.0/entries>; rel=next",
        "<https://evil.test/1.0/entries>; rel=next",
    ] {
        let stub = granting(move |_| Answer::json(200, &json!({})).with("Link", link)).await;
        let (reads, _) = team(&stub);
        assert_eq!(
            reads.list_entries().await.unwrap_err().kind,
            Kind::Vendor,
            "{link}"
        );
        assert_eq!(calls(&stub).len(), 1);
    }
}

#[tokio::test]
async fn a_page_of_a_proxy_is_named_as_one() {
    let stub = granting(|_| Answer::Say {
        status: 200,
        headers: vec![("Content-Type", "text/html".to_owned())],
        body: "<html>please log in</html>".to_owned(),
    })
    .await;
    let (reads, _) = team(&stub);
    let error = reads.list_entries().await.unwrap_err();
    assert_eq!(error.kind, Kind::Vendor);
    assert!(error.hint.unwrap().contains("proxy"));
}

#[tokio::test]
async fn users_are_those_who_joined_and_those_who_are_invited() {
    let stub = granting(small_team).await;
    let (reads, _) = team(&stub);
    let listing = reads.users().await.unwrap();
    let told: Vec<_> = listing
        .items
        .iter()
        .map(|u| (u.id.as_str(), u.state.clone().unwrap(), u.roles.clone()))
        .collect();
    assert_eq!(
        told,
        [
            ("u1", UserState::Joined, vec![]),
            ("u2", UserState::Invited, vec![Role::Other("WIZARD".to_owned())]),
        ]
    );
    assert_eq!(listing.warnings.len(), 1);
}

#[tokio::test]
async fn what_has_no_id_is_left_out_and_counted() {
    let stub = granting(|call| {
        let groups = json!({ "groups": [{ "id": "g1" }, { "id": "" }, { "id": "" }, { "name": "no id" }] });
        Answer::json(
            200,
            &match call.path.as_str() {
                "/1.0/entries" => json!({ "entries": [{ "entryId": "" }, { "entryId": "" }] }),
                "/1.0/presence" => json!({ "events": [{ "serverId": "s1" }, { "serverId": "" }, {}] }),
                path if path.starts_with("/1.0/members?") => json!({ "members": [{ "id": "" }] }),
                _ => groups,
            },
        )
    })
    .await;
    let (reads, _) = team(&stub);
    let (computer, user) = (ComputerId::new("e1"), UserId::new("u1"));
    for (listing, what) in [
        (reads.computer_groups().await.unwrap(), "computer groups"),
        (
            reads.groups_of_computer(&computer).await.unwrap(),
            "computer groups",
        ),
        (reads.user_groups().await.unwrap(), "user groups"),
        (reads.groups_of_user(&user).await.unwrap(), "user groups"),
    ] {
        assert_eq!(listing.items.len(), 1);
        let told = format!("3 {what} have no id");
        assert!(listing.warnings[0].starts_with(&told), "{:?}", listing.warnings);
    }
    let presence = reads.presence(false).await.unwrap();
    assert_eq!(presence.items.len(), 1);
    assert!(presence.warnings[0].starts_with("2 servers have no id"));
    for (warnings, what) in [
        (
            reads.computers(&ComputerQuery::default()).await.unwrap().warnings,
            "computers",
        ),
        (reads.users().await.unwrap().warnings, "users"),
    ] {
        assert!(
            warnings[0].starts_with(&format!("2 {what} have no id")),
            "{warnings:?}"
        );
    }
}

#[tokio::test]
async fn events_are_listed_once_and_filtered_here() {
    let stub = granting(small_team).await;
    let (reads, _) = team(&stub);
    let mut query = EventQuery {
        from: Timestamp::UNIX_EPOCH,
        to: "2022-01-01T00:00:00Z".parse().unwrap(),
        connections_only: false,
    };
    assert_eq!(reads.events(&query).await.unwrap().len(), 2);
    query.connections_only = true;
    let events = reads.events(&query).await.unwrap();
    assert_eq!(events.len(), 1);
    assert_eq!(
        (events[0].user.as_deref(), events[0].at),
        (Some("u1"), "1970-01-01T00:00:01Z".parse().ok())
    );
}

fn a_computer(id: &str, name: &str) -> ComputerRef {
    ComputerRef {
        id: ComputerId::new(id),
        name: name.to_owned(),
    }
}

fn a_user(id: &str, email: &str) -> UserRef {
    UserRef {
        id: UserId::new(id),
        email: email.to_owned(),
    }
}

fn a_group(id: &str, kind: GroupKind) -> GroupRef {
    GroupRef {
        id: GroupId::new(id),
        name: id.to_owned(),
        kind,
    }
}

#[tokio::test]
async fn the_team_is_compared_with_each_change() {
    let stub = granting(small_team).await;
    let (reads, _) = team(&stub);
    let rename = |id, from, to: &str| Change::Rename {
        computer: a_computer(id, from),
        to: to.to_owned(),
    };
    let add = |group, member| Change::GroupAdd { group, member };
    let remove = |group, member| Change::GroupRemove {
        group,
        member,
        default_access: DefaultAccess::NoOne,
    };
    let roles = |id, from: &[Role], to: &[Role]| Change::UpdateRoles {
        user: a_user(id, ""),
        from: from.to_vec(),
        to: to.to_vec(),
    };
    let invite = |email: &str| Change::InviteUser {
        email: email.to_owned(),
        roles: vec![Role::User],
        sign_in: SignIn::default(),
        groups: Vec::new(),
    };
    let computer = || Member::Computer(a_computer("e1", "A"));
    let user = || Member::User(a_user("u1", "a@b.c"));
    let computers = |id| a_group(id, GroupKind::Computers);
    let users = |id| a_group(id, GroupKind::Users);

    for (change, expected) in [
        (rename("e1", "A", "B"), "before"),
        (rename("e1", "Z", "A"), "after"),
        (rename("e1", "Y", "Z"), "Y -> A"),
        (rename("gone", "Y", "Z"), "Y -> not in the team"),
        (add(computers("g1"), computer()), "after"),
        (add(computers("g2"), computer()), "before"),
        (remove(computers("g1"), computer()), "before"),
        (remove(computers("g2"), computer()), "after"),
        (add(users("g1"), user()), "before"),
        (remove(users("g1"), user()), "after"),
        (
            Change::RemoveComputer {
                computer: a_computer("e1", "A"),
            },
            "before",
        ),
        (
            Change::RemoveComputer {
                computer: a_computer("e1", "B"),
            },
            "B -> A",
        ),
        (
            Change::RemoveComputer {
                computer: a_computer("gone", "A"),
            },
            "after",
        ),
        (
            Change::RemoveUser {
                user: a_user("u1", "a@b.c"),
                invited: false,
            },
            "before",
        ),
        (
            Change::RemoveUser {
                user: a_user("gone", "a@b.c"),
                invited: false,
            },
            "after",
        ),
        (
            Change::RemoveUser {
                user: a_user("u1", "x@b.c"),
                invited: false,
            },
            "x@b.c -> A@b.c",
        ),
        (roles("u1", &[Role::Manager, Role::User], &[Role::User]), "before"),
        (roles("u1", &[Role::User], &[Role::Manager, Role::User]), "after"),
        (
            roles("u1", &[Role::User], &[Role::Manager]),
            "USER -> USER,MANAGER",
        ),
        (
            roles("gone", &[Role::User], &[Role::Manager]),
            "USER -> not in the team",
        ),
        (invite("NEW@b.c"), "after"),
        (invite("a@B.C"), "after"),
        (invite("other@b.c"), "before"),
    ] {
        let observed = match seen(&reads, &change).await.unwrap() {
            Observed::Before => "before".to_owned(),
            Observed::After => "after".to_owned(),
            Observed::Gone { was } => format!("{was} -> not in the team"),
            Observed::Other { was, now } => format!("{was} -> {now}"),
            Observed::Unseen => "unseen".to_owned(),
        };
        assert_eq!(observed, expected, "{change}");
    }
}
