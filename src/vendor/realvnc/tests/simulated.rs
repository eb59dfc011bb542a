//! The client against the simulator, which knows the contract and shares no type with it.

use std::collections::BTreeSet;
use std::time::Duration;

use jiff::Timestamp;

use crate::clock::Clock;
use crate::fleet::{
    Attempt, Change, Computer, ComputerId, ComputerQuery, ComputerRef, DefaultAccess, EventQuery, GroupKind,
    GroupRef, Kind, Member, Observed, Reader, Role, User, UserId, UserRef, UserState, Writer,
};
use crate::http::{BaseUrl, ETag, Retry, Settings, Transport};
use crate::secret::{Redactor, Secret};
use crate::sim::realvnc::{Operation, Options, PageSizes, Permission, Running, Server};
use crate::sim::{Effect, Fault};

use super::super::{AccessKey, EntryPresence, Reads, TeamEvents, Writes, connect, permission};

const ALL: ComputerQuery = ComputerQuery {
    groups: true,
    presence: true,
    user: None,
};

fn noon() -> Timestamp {
    "2026-11-20T12:00:00Z".parse().unwrap()
}

/// A team of 60 computers, seven items to a page.
fn options() -> Options {
    Options {
        size: 60,
        pages: PageSizes::all(7),
        rate_limits: None,
        ..Options::new(Clock::Frozen(noon()))
    }
}

struct Team {
    sim: Running,
    reads: Reads,
    writes: Writes,
}

impl Team {
    async fn start(options: Options) -> Self {
        let sim = Server::start(options).await.unwrap();
        let secret = Secret::new(sim.access_key());
        let (reads, writes) = client(&sim, secret);
        Self { sim, reads, writes }
    }

    async fn computers(&self) -> Vec<Computer> {
        self.reads.computers(&ALL).await.unwrap().items
    }

    async fn group(&self, kind: GroupKind) -> GroupRef {
        let groups = match kind {
            GroupKind::Computers => self.reads.computer_groups().await,
            GroupKind::Users => self.reads.user_groups().await,
        };
        groups.unwrap()[0].to_ref()
    }

    /// Returns a user who has joined and may be changed.
    async fn user(&self) -> User {
        let users = self.reads.users().await.unwrap().items;
        let plain =
            |u: &User| u.roles == [Role::User] && u.state == Some(UserState::Joined) && u.email.is_some();
        users.into_iter().find(plain).unwrap()
    }
}

fn client(sim: &Running, secret: Secret) -> (Reads, Writes) {
    let mut settings = Settings::new(BaseUrl::parse(&sim.base_url()).unwrap());
    settings.retry = Retry {
        first_pause: Duration::from_millis(1),
        longest_pause: Duration::from_millis(1),
        ..Retry::default()
    };
    settings.timeouts.read = Duration::from_secs(10);
    let redactor = Redactor::default();
    let transport = Transport::new(settings, redactor.clone()).unwrap();
    let id = sim.access_key_id();
    connect(transport, AccessKey { id, secret }, redactor, "demo".to_owned())
}

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

/// One change of each kind, each on its own computer or user.
async fn changes(team: &Team) -> Vec<Change> {
    let computers = team.computers().await;
    let group = team.group(GroupKind::Computers).await;
    let is_in = |c: &&Computer| c.groups.get().unwrap().contains(&group);
    let inside = computers.iter().find(is_in).unwrap().to_ref();
    let outside: Vec<_> = computers
        .iter()
        .filter(|c| !is_in(c))
        .map(Computer::to_ref)
        .collect();
    let user_group = team.group(GroupKind::Users).await;
    let users = team.reads.users().await.unwrap().items;
    let in_group = team.sim.world().user_groups()[0].members.clone();
    let members: Vec<_> = users
        .iter()
        .filter(|u| in_group.iter().any(|id| id == u.id.as_str()))
        .collect();
    let others: Vec<_> = users
        .iter()
        .filter(|u| u.roles == [Role::User] && !in_group.iter().any(|id| id == u.id.as_str()))
        .collect();
    vec![
        Change::Rename {
            computer: outside[0].clone(),
            to: "A new name".to_owned(),
        },
        Change::GroupAdd {
            group: group.clone(),
            member: Member::Computer(outside[1].clone()),
        },
        Change::GroupRemove {
            group,
            member: Member::Computer(inside),
            default_access: DefaultAccess::NoOne,
        },
        Change::RemoveComputer {
            computer: outside[2].clone(),
        },
        Change::InviteUser {
            email: "Somebody@Example.com".to_owned(),
            roles: vec![Role::User],
        },
        Change::UpdateRoles {
            user: others[0].to_ref(),
            from: others[0].roles.clone(),
            to: vec![Role::Manager, Role::User],
        },
        Change::GroupAdd {
            group: user_group.clone(),
            member: Member::User(others[1].to_ref()),
        },
        Change::GroupRemove {
            group: user_group,
            member: Member::User(members[0].to_ref()),
            default_access: DefaultAccess::NoOne,
        },
        Change::RemoveUser {
            user: others[2].to_ref(),
        },
    ]
}

#[tokio::test]
async fn each_change_is_seen_before_it_is_made_and_after() {
    let team = Team::start(options()).await;
    for change in changes(&team).await {
        assert_eq!(
            team.reads.observe(&change).await.unwrap(),
            Observed::Before,
            "{change}"
        );
        assert_eq!(team.writes.write(&change).await, Attempt::Done(None), "{change}");
        assert_eq!(
            team.reads.observe(&change).await.unwrap(),
            Observed::After,
            "{change}"
        );
    }
}

/// The operation that carries a change out.
fn operation_of(change: &Change) -> Operation {
    match change {
        Change::Rename { .. } => Operation::UpdateEntry,
        Change::GroupAdd {
            member: Member::Computer(_),
            ..
        } => Operation::AddEntryToGroup,
        Change::GroupAdd {
            member: Member::User(_),
            ..
        } => Operation::AddMemberToGroup,
        Change::GroupRemove {
            member: Member::Computer(_),
            ..
        } => Operation::RemoveEntryFromGroup,
        Change::GroupRemove {
            member: Member::User(_),
            ..
        } => Operation::RemoveMemberFromGroup,
        Change::RemoveComputer { .. } => Operation::DeleteEntry,
        Change::InviteUser { .. } => Operation::InviteMember,
        Change::UpdateRoles { .. } => Operation::UpdateMemberRoles,
        Change::RemoveUser { .. } => Operation::RemoveMember,
    }
}

#[tokio::test]
async fn a_change_whose_answer_is_lost_is_done_or_unknown_and_happens_once() {
    for (effect, carried_out) in [(Effect::CutAfter, true), (Effect::CutBefore, false)] {
        let team = Team::start(options()).await;
        for change in changes(&team).await {
            let operation = operation_of(&change);
            team.sim.faults().push(Fault::on(operation, effect.clone()));
            let attempt = team.writes.write(&change).await;
            assert_eq!(team.sim.faults().waiting(), 0, "{change}");
            if matches!(operation.method().as_str(), "PUT" | "DELETE") {
                assert_eq!(attempt, Attempt::Done(None), "{change}");
                assert_eq!(team.sim.received(operation), 2, "{change}");
            } else {
                assert!(matches!(attempt, Attempt::Unknown(_)), "{change}: {attempt:?}");
                assert_eq!(team.sim.received(operation), 1, "{change}");
                let observed = if carried_out {
                    Observed::After
                } else {
                    Observed::Before
                };
                assert_eq!(team.reads.observe(&change).await.unwrap(), observed, "{change}");
            }
        }
    }
}

#[tokio::test]
async fn everyone_gets_access_to_what_leaves_its_last_group() {
    let team = Team::start(options()).await;
    let computers = team.computers().await;
    let alone = |c: &&Computer| {
        let everyone = team.sim.world().find_entry(c.id.as_str()).unwrap().everyone;
        c.groups.get().unwrap().len() == 1 && !everyone
    };
    let computer = computers.iter().find(alone).unwrap();
    let change = Change::GroupRemove {
        group: computer.groups.get().unwrap()[0].clone(),
        member: Member::Computer(computer.to_ref()),
        default_access: DefaultAccess::Everyone,
    };
    let attempt = team.writes.write(&change).await;
    assert!(
        matches!(&attempt, Attempt::Done(Some(note)) if note.contains("everyone")),
        "{attempt:?}"
    );
    assert!(
        team.sim
            .world()
            .find_entry(computer.id.as_str())
            .unwrap()
            .everyone
    );
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
async fn what_the_vendor_refuses_has_its_kind() {
    let team = Team::start(options()).await;
    let computers = team.computers().await;
    let taken = Change::Rename {
        computer: computers[0].to_ref(),
        to: computers[1].name.clone(),
    };
    let gone = Change::RemoveComputer {
        computer: ComputerRef {
            id: ComputerId::new("nothing"),
            name: String::new(),
        },
    };
    let world = team.sim.world();
    let owner = world.members().iter().find(|m| m.is_protected()).unwrap();
    let protected = Change::RemoveUser {
        user: UserRef {
            id: UserId::new(&owner.id),
            email: String::new(),
        },
    };
    for (change, kind) in [
        (taken, Kind::Conflict),
        (gone, Kind::NotFound),
        (protected, Kind::Permission),
    ] {
        match team.writes.write(&change).await {
            Attempt::Failed(error) => assert_eq!(error.kind, kind, "{change}"),
            other => panic!("{change}: {other:?}"),
        }
    }
    let user = team.user().await.id;
    let stale = team
        .writes
        .update_member_roles(&user, &[Role::User], ETag::new("\"999\""));
    let error = stale.await.unwrap_err().error;
    assert_eq!((error.kind, error.status), (Kind::Conflict, Some(412)));
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
