//! The account as a fleet, read.

use serde_json::{Value, json};

use crate::fleet::{
    Computer, ComputerId, ComputerQuery, EventQuery, Found, Kind, Listing, Loaded, Reader, UserId, Vendor,
};
use crate::vendor::stub::{Answer, Call, Stub};

use super::{account, device, html, refused, whole};

/// An account of a few computers and users, with what may be odd about them.
fn small(call: &Call) -> Answer {
    let path = call.path.strip_prefix("/rpcnew/api/msp/").unwrap();
    let path = path.split('?').next().unwrap();
    match path {
        "computer/list" => {
            let mut twice = device("M2", "Twice", "Online");
            twice["comments"] = json!("second");
            let nameless = json!({ "host_name": "No id", "host_status_text": "Offline" });
            whole(
                "devices",
                &[
                    device("M1", "A", "Offline"),
                    device("M2", "B", " ONLINE "),
                    device("M3", "C", "In session"),
                    twice,
                    nameless.clone(),
                    json!({ "machine_id": "", "host_name": "No id either" }),
                ],
            )
        }
        "computer/list/ann@myworld" => whole("devices", &[device("M1", "A", "Offline")]),
        "user/list" => whole(
            "users",
            &[
                json!({ "username": "ann@myworld", "firstname": "Ann", "lastname": "Other" }),
                json!({ "username": "new@myworld", "firstname": null, "lastname": "" }),
                json!({ "firstname": "Nobody" }),
            ],
        ),
        _ => refused("BAD_REQUEST", 400, "Invalid username"),
    }
}

async fn computers(query: &ComputerQuery) -> crate::fleet::Result<Listing<Computer>> {
    let stub = Stub::start(small).await;
    account(&stub).0.computers(query).await
}

#[tokio::test]
async fn computers_come_with_their_presence() {
    let listing = computers(&ComputerQuery::default()).await.unwrap();
    let told: Vec<_> = listing
        .items
        .iter()
        .map(|c| (c.id.as_str(), c.name.as_str(), *c.online.get().unwrap()))
        .collect();
    assert_eq!(
        told,
        [
            ("M1", "A", Some(false)),
            ("M2", "B", Some(true)),
            ("M3", "C", None)
        ]
    );
    assert_eq!(
        listing.warnings,
        [
            "2 computers have no id in the vendor's answer and cannot be acted on: left out",
            "RemotePC Enterprise lists 1 more computer under an id that another one has: left out",
        ]
    );
    let first = &listing.items[0];
    assert_eq!(
        (first.vendor, first.profile.as_str()),
        (Vendor::RemotePc, "branch")
    );
    assert!(matches!(first.groups, Loaded::No(why) if why.contains("does not tell which group")));
}

#[tokio::test]
async fn the_computers_of_a_user_are_listed_as_that_users() {
    let of = |user: &str| ComputerQuery {
        user: Some(user.to_owned()),
        presence: true,
        ..ComputerQuery::default()
    };
    let listing = computers(&of("ann@myworld")).await.unwrap();
    assert_eq!(listing.items.len(), 1);
    assert_eq!(listing.items[0].user.as_deref(), Some("ann@myworld"));
    let error = computers(&of("nobody@myworld")).await.unwrap_err();
    assert_eq!(
        (error.kind, error.operation),
        (Kind::NotFound, Some("getUsersDevices"))
    );
}

#[tokio::test]
async fn one_computer_is_picked_from_the_list() {
    let stub = Stub::start(small).await;
    let (reads, _) = account(&stub);
    assert_eq!(reads.computer(&ComputerId::new("M3")).await.unwrap().name, "C");
    let error = reads.computer(&ComputerId::new("M9")).await.unwrap_err();
    assert_eq!(error.kind, Kind::NotFound);
    assert!(error.message.contains("`M9`"), "{error}");
}

#[tokio::test]
async fn users_are_known_by_their_usernames() {
    let stub = Stub::start(small).await;
    let listing = account(&stub).0.users().await.unwrap();
    let told: Vec<_> = listing
        .items
        .iter()
        .map(|u| (u.id.as_str(), u.name.as_deref()))
        .collect();
    assert_eq!(told, [("ann@myworld", Some("Ann Other")), ("new@myworld", None)]);
    assert!(
        listing
            .items
            .iter()
            .all(|u| u.state.is_none() && u.roles.is_empty())
    );
    assert!(listing.warnings[0].starts_with("1 user has no id"));
}

#[tokio::test]
async fn what_the_vendor_lacks_says_what_there_is_instead_and_asks_nothing() {
    let stub = Stub::start(small).await;
    let (reads, _) = account(&stub);
    let (computer, user) = (ComputerId::new("M1"), UserId::new("ann@myworld"));
    let events = EventQuery {
        from: "2026-01-01T00:00:00Z".parse().unwrap(),
        to: "2026-01-02T00:00:00Z".parse().unwrap(),
        connections_only: false,
    };
    let with_groups = ComputerQuery {
        groups: true,
        ..ComputerQuery::default()
    };
    for (error, instead) in [
        (reads.computers(&with_groups).await.unwrap_err(), "user"),
        (reads.computer_groups().await.unwrap_err(), "move_to_group("),
        (reads.groups_of_computer(&computer).await.unwrap_err(), "user"),
        (reads.user_groups().await.unwrap_err(), "assign("),
        (reads.groups_of_user(&user).await.unwrap_err(), "assign("),
        (reads.presence(true).await.unwrap_err(), "c.online"),
        (reads.events(&events).await.unwrap_err(), "last_seen"),
    ] {
        assert_eq!(error.kind, Kind::Unsupported);
        assert!(error.message.starts_with("RemotePC Enterprise "), "{error}");
        assert!(error.hint.as_deref().unwrap().contains(instead), "{error:?}");
    }
    assert!(stub.calls().is_empty());
}

/// What is found out where the two lists are answered so.
async fn checked(computers: fn() -> Answer, users: fn() -> Answer) -> crate::fleet::Result<Vec<Found>> {
    let stub = Stub::start(move |call| {
        if call.path.contains("/computer/") {
            computers()
        } else {
            users()
        }
    })
    .await;
    let now = "2026-11-20T12:00:00Z".parse().unwrap();
    let grants = account(&stub).0.check(now).await?;
    let names: Vec<_> = grants.iter().map(|grant| grant.name.as_str()).collect();
    assert_eq!(names, ["read computers", "read users", "write"]);
    assert!(grants[0].purpose.contains("list the computers of a user"));
    assert!(grants[2].purpose.contains("remove computers") && !grants[2].purpose.contains("list"));
    Ok(grants.into_iter().map(|grant| grant.found).collect())
}

#[tokio::test]
async fn what_a_key_may_do_is_found_out_by_the_first_page_of_each_list() {
    let first_of_many = |list: &'static str, record: &Value| {
        super::ok(&json!({
            list: [record], "pagination": { "total_records": 7, "current_page_index": 1 },
        }))
    };
    let stub = Stub::start(move |call| {
        if call.path.contains("/computer/") {
            first_of_many("devices", &device("M1", "A", "Offline"))
        } else {
            first_of_many("users", &json!({ "username": "a" }))
        }
    })
    .await;
    let now = "2026-11-20T12:00:00Z".parse().unwrap();
    let grants = account(&stub).0.check(now).await.unwrap();
    assert_eq!(stub.calls().len(), 2);
    let found: Vec<_> = grants.into_iter().map(|grant| grant.found).collect();
    assert_eq!(found, [Found::Granted, Found::Granted, Found::Untried]);
}

#[tokio::test]
async fn one_list_that_is_refused_is_told_and_two_are_no_way_in() {
    let none: fn() -> Answer = || whole("users", &[]);
    let refused: fn() -> Answer = || html(403);
    let found = checked(refused, none).await.unwrap();
    assert!(matches!(&found[0], Found::Refused(error) if error.kind == Kind::Permission));
    assert_eq!(found[1], Found::Granted);
    let found = checked(|| html(500), none).await.unwrap();
    assert!(matches!(&found[0], Found::Unclear(error) if error.kind == Kind::Vendor));
    let error = checked(refused, refused).await.unwrap_err();
    assert_eq!(error.kind, Kind::Permission);
    assert!(error.hint.unwrap().contains("whitelisted"));
    assert_eq!(checked(|| html(401), none).await.unwrap_err().kind, Kind::Auth);
    assert_eq!(
        checked(|| Answer::Break, none).await.unwrap_err().kind,
        Kind::Network
    );
}
