//! How the team stands to changes, read one by one and from lists: the same either way.

use crate::fleet::{
    Change, Computer, ComputerId, ComputerRef, DefaultAccess, GroupKind, GroupRef, Kind, Member, Observed,
    Reader, Role, SignIn, User, UserId, UserRef, UserState,
};
use crate::sim::realvnc::{Operation, Options};
use crate::sim::{Effect, Fault};

use super::super::{seen, sent};
use super::{Team, options};

fn nobody() -> UserRef {
    UserRef {
        id: UserId::new("nobody"),
        email: "nobody@example.com".to_owned(),
    }
}

fn nothing() -> ComputerRef {
    ComputerRef {
        id: ComputerId::new("nothing"),
        name: "Nothing".to_owned(),
    }
}

fn rename(computer: &ComputerRef, to: &str) -> Change {
    Change::Rename {
        computer: computer.clone(),
        to: to.to_owned(),
    }
}

fn remove(computer: ComputerRef) -> Change {
    Change::RemoveComputer { computer }
}

fn join(group: &GroupRef, member: Member) -> Change {
    Change::GroupAdd {
        group: group.clone(),
        member,
    }
}

fn leave(group: &GroupRef, member: Member) -> Change {
    Change::GroupRemove {
        group: group.clone(),
        member,
        default_access: DefaultAccess::NoOne,
    }
}

fn invite(email: &str, groups: &[GroupRef]) -> Change {
    Change::InviteUser {
        email: email.to_owned(),
        roles: vec![Role::User],
        sign_in: SignIn::default(),
        groups: groups.to_vec(),
    }
}

fn roles(user: UserRef, from: &[Role], to: &[Role]) -> Change {
    Change::UpdateRoles {
        user,
        from: from.to_vec(),
        to: to.to_vec(),
    }
}

fn dismiss(user: UserRef, invited: bool) -> Change {
    Change::RemoveUser { user, invited }
}

fn told(seen: &crate::fleet::Result<Observed>) -> String {
    match seen {
        Ok(Observed::Before) => "before".to_owned(),
        Ok(Observed::After) => "after".to_owned(),
        Ok(Observed::Unseen) => "unseen".to_owned(),
        Ok(Observed::Gone { was }) => format!("{was} is gone"),
        Ok(Observed::Other { was, now }) => format!("{was} -> {now}"),
        Err(error) => error.kind.to_string(),
    }
}

/// Changes of every kind, and how the team stands to each.
async fn cases(team: &Team) -> Vec<(Change, String)> {
    let computers = team.computers().await;
    let group = team.group(GroupKind::Computers).await;
    let inside = |c: &&Computer| c.groups.get().unwrap().contains(&group);
    let a = computers.iter().find(inside).unwrap().to_ref();
    let b = computers.iter().find(|c| !inside(c)).unwrap().to_ref();
    let renamed = ComputerRef {
        name: "Old".to_owned(),
        ..a.clone()
    };

    let users = team.reads.users().await.unwrap().items;
    let staff = team.reads.user_groups().await.unwrap().items.remove(0);
    let is_staff = |user: &&User| staff.members.iter().any(|id| id == user.id.as_str());
    let plain = |user: &&User| user.roles == [Role::User] && user.email.is_some();
    let member = users.iter().find(|u| plain(u) && is_staff(u)).unwrap();
    let other = users.iter().find(|u| plain(u) && !is_staff(u)).unwrap();
    let guest = users
        .iter()
        .find(|u| u.state == Some(UserState::Invited))
        .unwrap();
    let owner = users.iter().find(|u| u.roles.contains(&Role::Owner)).unwrap();
    let staff = staff.to_ref();
    let (address, loud) = (
        other.email.clone().unwrap(),
        member.email.as_deref().unwrap().to_uppercase(),
    );
    let not_in = format!(
        "not in the team -> a user who is not in the user group '{}'",
        staff.name
    );
    let computer = |of: &ComputerRef| Member::Computer(of.clone());
    let moved = UserRef {
        email: "was@example.com".to_owned(),
        ..other.to_ref()
    };

    vec![
        (rename(&a, "Quite new"), "before".to_owned()),
        (rename(&renamed, &a.name), "after".to_owned()),
        (rename(&renamed, "Quite new"), format!("Old -> {}", a.name)),
        (rename(&nothing(), "Quite new"), "Nothing is gone".to_owned()),
        (rename(&a, "$$$"), "invalid".to_owned()),
        (remove(a.clone()), "before".to_owned()),
        (remove(nothing()), "after".to_owned()),
        (remove(renamed), format!("Old -> {}", a.name)),
        (join(&group, computer(&a)), "after".to_owned()),
        (join(&group, computer(&b)), "before".to_owned()),
        (join(&group, computer(&nothing())), "Nothing is gone".to_owned()),
        (leave(&group, computer(&a)), "before".to_owned()),
        (leave(&group, computer(&b)), "after".to_owned()),
        (join(&staff, Member::User(member.to_ref())), "after".to_owned()),
        (join(&staff, Member::User(other.to_ref())), "before".to_owned()),
        (
            join(&staff, Member::User(nobody())),
            "nobody@example.com is gone".to_owned(),
        ),
        (leave(&staff, Member::User(other.to_ref())), "after".to_owned()),
        (
            roles(other.to_ref(), &[Role::User], &[Role::Manager]),
            "before".to_owned(),
        ),
        (
            roles(other.to_ref(), &[Role::Manager], &[Role::User]),
            "after".to_owned(),
        ),
        (
            roles(other.to_ref(), &[Role::Manager], &[Role::Technician]),
            "MANAGER -> USER".to_owned(),
        ),
        (
            roles(nobody(), &[Role::User], &[Role::Manager]),
            "USER is gone".to_owned(),
        ),
        (
            roles(owner.to_ref(), &owner.roles, &[Role::User]),
            "unsupported".to_owned(),
        ),
        (dismiss(other.to_ref(), false), "before".to_owned()),
        (dismiss(guest.to_ref(), true), "before".to_owned()),
        (dismiss(moved, false), format!("was@example.com -> {address}")),
        (dismiss(nobody(), false), "after".to_owned()),
        (dismiss(owner.to_ref(), false), "unsupported".to_owned()),
        (invite("new@example.com", &[]), "before".to_owned()),
        (
            invite("new@example.com", std::slice::from_ref(&staff)),
            "before".to_owned(),
        ),
        (invite(&loud, &[]), "after".to_owned()),
        (invite(&loud, std::slice::from_ref(&staff)), "after".to_owned()),
        (invite(&address, &[]), "after".to_owned()),
        (invite(&address, std::slice::from_ref(&staff)), not_in),
        (
            invite("new@example.com", std::slice::from_ref(&group)),
            "invalid".to_owned(),
        ),
    ]
}

/// Changes that look at so many other computers and users that lists are worth while.
async fn company(team: &Team) -> Vec<Change> {
    let (group, staff) = (
        team.group(GroupKind::Computers).await,
        team.group(GroupKind::Users).await,
    );
    let computers = team.computers().await;
    let users = team.reads.users().await.unwrap().items;
    let of_computers = computers.iter().take(12).flat_map(|c| {
        let computer = c.to_ref();
        [
            rename(&computer, "Quite new"),
            join(&group, Member::Computer(computer)),
        ]
    });
    let plain = users.iter().filter(|u| u.roles == [Role::User]);
    let of_users = plain.take(12).flat_map(|u| {
        [
            roles(u.to_ref(), &u.roles, &[Role::Technician]),
            join(&staff, Member::User(u.to_ref())),
        ]
    });
    of_computers.chain(of_users).collect()
}

#[tokio::test]
async fn alone_or_in_company_each_change_is_seen_alike() {
    let team = Team::start(options()).await;
    let company = company(&team).await;
    let cases = cases(&team).await;
    for (change, expected) in &cases {
        let alone = team.reads.observe(std::slice::from_ref(change)).await;
        assert_eq!(told(&alone[0]), *expected, "alone: {change}: {alone:?}");
    }
    let before = [Operation::ReadEntry, Operation::ReadMember].map(|o| team.sim.received(o));
    let changes: Vec<Change> = cases
        .iter()
        .map(|(change, _)| change.clone())
        .chain(company)
        .collect();
    let seen = team.reads.observe(&changes).await;
    assert_eq!(seen.len(), changes.len());
    for ((change, expected), seen) in cases.iter().zip(&seen) {
        assert_eq!(told(seen), *expected, "in company: {change}: {seen:?}");
    }
    // Only those who are not listed were read by themselves, each once.
    let after = [Operation::ReadEntry, Operation::ReadMember].map(|o| team.sim.received(o));
    assert_eq!([after[0] - before[0], after[1] - before[1]], [1, 1]);
}

#[tokio::test]
async fn the_number_of_requests_depends_on_the_team_and_not_on_the_number_of_changes() {
    let team = Team::start(Options {
        pages: crate::sim::realvnc::PageSizes::all(100),
        ..options()
    })
    .await;
    let group = team.group(GroupKind::Computers).await;
    let changes: Vec<Change> = team
        .computers()
        .await
        .iter()
        .flat_map(|c| {
            let computer = c.to_ref();
            [
                rename(&computer, "Quite new"),
                join(&group, Member::Computer(computer)),
            ]
        })
        .collect();
    let asked = || Operation::ALL.iter().map(|o| team.sim.received(*o)).sum::<u64>();
    let before = asked();
    team.reads.observe(&changes).await;
    assert_eq!(asked() - before, 2, "one list of computers, one of groups");
}

#[tokio::test]
async fn what_a_list_passes_over_is_read_by_itself() {
    let team = Team::start(options()).await;
    let changes: Vec<Change> = team
        .computers()
        .await
        .iter()
        .map(|c| remove(c.to_ref()))
        .collect();
    // The first page comes without the first computer, as it does where that is renamed while the list is read.
    let effect = Effect::Member {
        pointer: "/entries/0/entryId".to_owned(),
        value: "somebody else".into(),
    };
    team.sim.faults().push(Fault::on(Operation::ListEntries, effect));
    let seen = team.reads.observe(&changes).await;
    assert_eq!(team.sim.faults().waiting(), 0);
    assert!(seen.iter().all(|seen| seen == &Ok(Observed::Before)), "{seen:?}");
}

#[tokio::test]
async fn a_list_that_fails_fails_the_changes_that_need_it_and_no_others() {
    let team = Team::start(options()).await;
    let mut changes = company(&team).await;
    changes.push(invite("new@example.com", &[]));
    for (operation, verbs) in [
        (Operation::ListEntries, &["rename", "group_add"][..]),
        (Operation::ListEntryGroups, &["group_add"][..]),
        (
            Operation::ListMembers,
            &["update_roles", "group_add", "invite_user"][..],
        ),
        (Operation::ListUserGroups, &["group_add"][..]),
    ] {
        let of_users = matches!(operation, Operation::ListMembers | Operation::ListUserGroups);
        team.sim.faults().push(
            Fault::on(
                operation,
                Effect::Status {
                    status: 500,
                    retry_after: None,
                },
            )
            .always(),
        );
        let seen = team.reads.observe(&changes).await;
        for (change, seen) in changes.iter().zip(&seen) {
            let needs = verbs.contains(&change.verb()) && change.computer().is_none() == of_users;
            assert_eq!(seen.is_err(), needs, "{operation:?}: {change}: {seen:?}");
        }
        team.sim.faults().clear();
    }
}

#[tokio::test]
async fn a_key_that_may_see_groups_and_not_the_team_sees_memberships() {
    let team = Team::start(options()).await;
    let company: Vec<Change> = company(&team).await;
    let joining: Vec<Change> = company.into_iter().filter(|c| c.verb() == "group_add").collect();
    let expected = team.reads.observe(&joining).await;
    let blind = Team::start(Options {
        deny: vec!["LIST_ENTRIES".to_owned(), "LIST_TEAM_MEMBERS".to_owned()],
        ..options()
    })
    .await;
    // The same world: it hangs on the seed.
    assert_eq!(blind.reads.observe(&joining).await, expected);
    assert!(expected.iter().all(Result::is_ok));
}

#[tokio::test]
async fn a_rename_never_rests_on_a_version_from_before_a_list() {
    let team = Team::start(Options {
        entry_etag: true,
        ..options()
    })
    .await;
    let computers = team.computers().await;
    let changes: Vec<Change> = (0..12)
        .map(|n| rename(&computers[n].to_ref(), &format!("New {n}")))
        .collect();
    // Read by itself, with a version; then changed and changed back by somebody else; then seen in a list.
    assert_eq!(seen(&team.reads, &changes[0]).await, Ok(Observed::Before));
    let other = super::client(&team.sim, crate::secret::Secret::new(team.sim.access_key())).1;
    for name in ["Meanwhile", &computers[0].name] {
        other.update_entry(&computers[0].id, name, None).await.unwrap();
    }
    let seen = team.reads.observe(&changes).await;
    assert!(seen.iter().all(|seen| seen == &Ok(Observed::Before)), "{seen:?}");
    assert_eq!(
        sent(&team.writes, &changes[0]).await,
        crate::fleet::Attempt::Done(None)
    );
    assert_eq!(
        team.sim
            .world()
            .find_entry(computers[0].id.as_str())
            .unwrap()
            .name,
        "New 0"
    );
}

#[tokio::test]
async fn owners_and_administrators_are_out_of_reach_and_it_is_said_why() {
    let team = Team::start(options()).await;
    let users = team.reads.users().await.unwrap().items;
    let top = |u: &&User| u.roles.contains(&Role::Owner) || u.roles.contains(&Role::Admin);
    let top: Vec<&User> = users.iter().filter(top).collect();
    assert!(!top.is_empty());
    for user in top {
        for (change, operation) in [
            (dismiss(user.to_ref(), false), "removeMember"),
            (
                roles(user.to_ref(), &user.roles, &[Role::User]),
                "updateMemberRoles",
            ),
        ] {
            let error = seen(&team.reads, &change).await.unwrap_err();
            assert_eq!(
                (error.kind, error.operation),
                (Kind::Unsupported, Some(operation))
            );
            assert!(error.message.contains(user.roles[0].as_str()), "{error}");
            assert!(error.hint.unwrap().contains("portal"));
        }
    }
}
