//! The team as it is read, and each operation once.

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::fleet::{DefaultAccess, EventQuery, Found, GroupKind, Kind, Reader, Role, UserState};
use crate::secret::Secret;
use crate::sim::realvnc::{Operation, Options, Permission};
use crate::sim::{Effect, Fault};

use super::super::super::{EntryPresence, TeamEvents, permission};
use super::{ALL, Team, client, noon, options};

#[tokio::test]
async fn the_whole_team_is_read() {
    let team = Team::start(options()).await;
    let world = team.sim.world();

    let computers = team.computers().await;
    assert_eq!(computers.len(), world.entries().len());
    for (computer, entry) in computers.iter().zip(world.entries()) {
        assert_eq!(
            (computer.id.as_str(), &computer.name),
            (entry.id.as_str(), &entry.name)
        );
        let mut groups: Vec<_> = computer
            .groups
            .get()
            .unwrap()
            .iter()
            .map(|g| g.name.as_str())
            .collect();
        groups.sort_unstable();
        assert_eq!(groups, world.groups_of(&entry.id), "{}", entry.name);
        let online = entry.presence.as_ref().map(|p| p.online);
        assert_eq!(*computer.online.get().unwrap(), online, "{}", entry.name);
    }

    let users = team.reads.users().await.unwrap().items;
    let ids: BTreeSet<_> = users.iter().map(|u| u.id.as_str().to_owned()).collect();
    assert_eq!(ids, world.members().iter().map(|m| m.id.clone()).collect());
    for user in &users {
        let invited = world.find_member(user.id.as_str()).unwrap().invited;
        assert_eq!(user.state == Some(UserState::Invited), invited, "{user:?}");
    }

    let query = EventQuery {
        from: Timestamp::UNIX_EPOCH,
        to: noon(),
        connections_only: false,
    };
    let events = team.reads.events(&query).await.unwrap();
    let times: Vec<_> = events.iter().map(|e| e.at.unwrap().as_millisecond()).collect();
    let until_noon = world
        .events()
        .iter()
        .map(|e| e.timestamp)
        .filter(|t| *t <= noon().as_millisecond());
    assert_eq!(times, until_noon.collect::<Vec<_>>());
    assert_eq!(team.sim.received(Operation::CreateSession), 1);
}

#[tokio::test]
async fn what_the_key_may_not_read_is_found_out_without_reading_everything() {
    let team = Team::start(Options {
        deny: vec!["LIST_USER_GROUPS".to_owned()],
        ..options()
    })
    .await;
    let grants = team.reads.check(noon()).await.unwrap();
    for grant in &grants {
        let right = match grant.name.as_str() {
            "LIST_USER_GROUPS" => matches!(grant.found, Found::Refused(_)),
            name if name.starts_with("LIST_") => grant.found == Found::Granted,
            _ => grant.found == Found::Untried,
        };
        assert!(right, "{grant:?}");
    }
    assert_eq!(grants.len(), 13);
    for operation in [Operation::ListEntries, Operation::GetTeamEvents] {
        assert_eq!(team.sim.received(operation), 1);
    }
}

#[tokio::test]
async fn each_of_the_22_operations_is_answered() {
    let team = Team::start(options()).await;
    let (reads, writes) = (&team.reads, &team.writes);
    let computer = team.computers().await.remove(0).id;
    let computers = team.group(GroupKind::Computers).await.id;
    let users = team.group(GroupKind::Users).await.id;
    let user = team.user().await.id;

    reads.list_entries().await.unwrap();
    assert_eq!(
        reads.read_entry(&computer).await.unwrap().entry_id.as_deref(),
        Some(computer.as_str())
    );
    writes
        .update_entry(&computer, "Another name", None)
        .await
        .unwrap();
    writes.add_entry_to_group(&computer, &computers).await.unwrap();
    let groups = reads.list_groups_of_entry(&computer).await.unwrap();
    assert!(groups.iter().any(|g| g.id.as_deref() == Some(computers.as_str())));
    let details = reads.read_entry_group(&computers).await.unwrap();
    assert!(
        details
            .members
            .unwrap()
            .iter()
            .any(|m| m.id.as_deref() == Some(computer.as_str()))
    );
    let removed = writes.remove_entry_from_group(&computer, &computers, DefaultAccess::NoOne);
    assert_eq!(removed.await.unwrap().added_everyone_permission, None);
    writes.delete_entry(&computer).await.unwrap();
    reads
        .list_entry_presence(&EntryPresence::default())
        .await
        .unwrap();

    let managers = reads.list_members(None, Some(&Role::Manager)).await.unwrap();
    assert!(!managers.is_empty() && managers.iter().all(|m| m.id.as_deref() != Some(user.as_str())));
    let version = reads.read_member(&user).await.unwrap().etag.unwrap();
    let newer = writes
        .update_member_roles(&user, &[Role::Technician], version.clone())
        .await
        .unwrap();
    assert_ne!(newer, Some(version));
    writes.add_member_to_group(&user, &users).await.unwrap();
    let groups = reads.list_member_groups(&user).await.unwrap();
    assert!(groups.iter().any(|g| g.id.as_deref() == Some(users.as_str())));
    let details = reads.read_user_group(&users).await.unwrap();
    assert!(
        details
            .members
            .unwrap()
            .iter()
            .any(|m| m.id.as_deref() == Some(user.as_str()))
    );
    writes.remove_member_from_group(&user, &users).await.unwrap();
    writes.remove_member(&user).await.unwrap();
    let invited = writes
        .invite_member("new@example.com", &[Role::User, Role::Technician])
        .await
        .unwrap();
    assert_eq!(invited.value.state.as_deref(), Some("INVITED"));
    let events = TeamEvents {
        from: Timestamp::UNIX_EPOCH,
        to: noon(),
        order: None,
        server: None,
    };
    reads.get_team_events(&events).await.unwrap();

    for operation in Operation::ALL {
        assert!(team.sim.received(operation) > 0, "{operation:?}");
        assert_eq!(
            permission(operation.id()),
            operation.permission().map(Permission::as_str)
        );
    }
    let world = team.sim.world();
    assert!(world.find_entry(computer.as_str()).is_none() && world.find_member(user.as_str()).is_none());
}

#[tokio::test]
async fn sessions_that_end_are_renewed_under_way() {
    let team = Team::start(options()).await;
    for _ in 0..3 {
        team.computers().await;
        team.sim.end_sessions();
    }
    assert_eq!(team.computers().await.len(), 60);
    assert_eq!(team.sim.received(Operation::CreateSession), 4);
}

#[tokio::test]
async fn a_wrong_key_is_refused_at_once() {
    let team = Team::start(options()).await;
    let (reads, _) = client(&team.sim, Secret::new("wrong-secret"));
    let error = reads.computers(&ALL).await.unwrap_err();
    assert_eq!((error.kind, error.operation), (Kind::Auth, Some("createSession")));
    assert_eq!(team.sim.received(Operation::CreateSession), 1);
}

#[tokio::test]
async fn presence_that_the_key_may_not_read_is_a_warning() {
    let team = Team::start(Options {
        deny: vec!["LIST_PRESENCE".to_owned()],
        ..options()
    })
    .await;
    let listing = team.reads.computers(&ALL).await.unwrap();
    assert_eq!(listing.items.len(), 60);
    assert!(listing.items.iter().all(|c| c.online.get() == Some(&None)));
    assert!(
        listing.warnings[0].contains("LIST_PRESENCE"),
        "{:?}",
        listing.warnings
    );
}

#[tokio::test]
async fn a_list_that_cannot_be_read_to_its_end_is_an_error() {
    let team = Team::start(options()).await;
    let effects = [
        Effect::Html,
        Effect::TruncatedJson,
        Effect::LinkToItself,
        Effect::LinkTo("https://elsewhere.example/1.0/entries".to_owned()),
        Effect::Redirect("https://elsewhere.example/".to_owned()),
    ];
    for effect in effects {
        team.sim
            .faults()
            .push(Fault::on(Operation::ListEntries, effect.clone()).after(2));
        let error = team.reads.computers(&ALL).await.unwrap_err();
        assert_eq!(
            (error.kind, error.operation),
            (Kind::Vendor, Some("listEntries")),
            "{effect:?}"
        );
        assert_eq!(team.sim.faults().waiting(), 0, "{effect:?}");
    }
}
