//! Each change, on a good day and on a bad one.

use crate::fleet::{
    Attempt, Change, Computer, ComputerId, ComputerRef, DefaultAccess, GroupKind, Kind, Member, Observed,
    Reader, Role, SignIn, UserId, UserRef,
};
use crate::http::ETag;
use crate::secret::Secret;
use crate::sim::realvnc::{Operation, Options};
use crate::sim::{Effect, Fault};

use super::super::{seen, sent};
use super::{Team, client, options};

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
            sign_in: SignIn::default(),
            groups: Vec::new(),
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
            invited: false,
        },
    ]
}

#[tokio::test]
async fn each_change_is_seen_before_it_is_made_and_after() {
    let team = Team::start(options()).await;
    for change in changes(&team).await {
        assert_eq!(
            seen(&team.reads, &change).await.unwrap(),
            Observed::Before,
            "{change}"
        );
        assert_eq!(sent(&team.writes, &change).await, Attempt::Done(None), "{change}");
        assert_eq!(
            seen(&team.reads, &change).await.unwrap(),
            Observed::After,
            "{change}"
        );
    }
}

#[tokio::test]
async fn a_rename_rests_on_the_version_that_was_read_where_the_vendor_tells_one() {
    for entry_etag in [true, false] {
        let team = Team::start(Options {
            entry_etag,
            ..options()
        })
        .await;
        let change = changes(&team).await.remove(0);
        let Change::Rename { computer, .. } = &change else {
            panic!("{change}");
        };
        assert_eq!(seen(&team.reads, &change).await.unwrap(), Observed::Before);
        // Somebody else renames it behind our back.
        let other = client(&team.sim, Secret::new(team.sim.access_key())).1;
        other.update_entry(&computer.id, "Meanwhile", None).await.unwrap();
        let attempt = sent(&team.writes, &change).await;
        if !entry_etag {
            assert_eq!(attempt, Attempt::Done(None));
            continue;
        }
        let Attempt::Failed(error) = attempt else {
            panic!("{attempt:?}");
        };
        assert_eq!((error.kind, error.status), (Kind::Conflict, Some(412)));
        assert!(error.message.contains("somebody else"), "{error}");
        assert!(error.hint.unwrap().contains("again"));
        assert_eq!(
            team.sim.world().find_entry(computer.id.as_str()).unwrap().name,
            "Meanwhile"
        );
        // Looking again shows what has happened.
        assert!(matches!(
            seen(&team.reads, &change).await.unwrap(),
            Observed::Other { .. }
        ));
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
        other => panic!("RealVNC has no {other}"),
    }
}

#[tokio::test]
async fn a_change_whose_answer_is_lost_is_done_or_unknown_and_happens_once() {
    for (effect, carried_out) in [(Effect::CutAfter, true), (Effect::CutBefore, false)] {
        let team = Team::start(options()).await;
        for change in changes(&team).await {
            let operation = operation_of(&change);
            team.sim.faults().push(Fault::on(operation, effect.clone()));
            let attempt = sent(&team.writes, &change).await;
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
                assert_eq!(seen(&team.reads, &change).await.unwrap(), observed, "{change}");
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
    let attempt = sent(&team.writes, &change).await;
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
        invited: false,
    };
    for (change, kind) in [
        (taken, Kind::Conflict),
        (gone, Kind::NotFound),
        (protected, Kind::Permission),
    ] {
        match sent(&team.writes, &change).await {
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
