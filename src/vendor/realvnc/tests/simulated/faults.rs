//! Removals, invitations and roles on bad days: what is said of them, and what the team is like afterwards.

use crate::fleet::{
    Attempt, Change, Computer, GroupKind, Kind, Observed, Reader, Role, SignIn, User, UserState,
};
use crate::sim::realvnc::Operation;
use crate::sim::{Effect, Fault};

use super::super::{seen, sent};
use super::{Team, options};

/// The changes that cannot simply be taken back, each on its own computer or user, with the operation that makes it.
async fn changes(team: &Team) -> Vec<(Change, Operation)> {
    let computers = team.computers().await;
    let users = team.reads.users().await.unwrap().items;
    let group = team.group(GroupKind::Users).await;
    let plain: Vec<&User> = users
        .iter()
        .filter(|u| u.roles == [Role::User] && u.state == Some(UserState::Joined))
        .collect();
    let guest = users
        .iter()
        .find(|u| u.state == Some(UserState::Invited))
        .unwrap();
    let invite = |email: &str, groups| Change::InviteUser {
        email: email.to_owned(),
        roles: vec![Role::User],
        sign_in: SignIn::default(),
        groups,
    };
    vec![
        (
            Change::RemoveComputer {
                computer: computers.first().map(Computer::to_ref).unwrap(),
            },
            Operation::DeleteEntry,
        ),
        (invite("one@example.com", Vec::new()), Operation::InviteMember),
        (invite("two@example.com", vec![group]), Operation::InviteMember),
        (
            Change::UpdateRoles {
                user: plain[0].to_ref(),
                from: plain[0].roles.clone(),
                to: vec![Role::Manager],
            },
            Operation::UpdateMemberRoles,
        ),
        (
            Change::RemoveUser {
                user: plain[1].to_ref(),
                invited: false,
            },
            Operation::RemoveMember,
        ),
        (
            Change::RemoveUser {
                user: guest.to_ref(),
                invited: true,
            },
            Operation::RemoveMember,
        ),
    ]
}

fn status(status: u16, retry_after: Option<&str>) -> Effect {
    Effect::Status {
        status,
        retry_after: retry_after.map(str::to_owned),
    }
}

/// Makes each change while its operation suffers from an effect; returns it with what came of it, how it shows afterwards, and how
/// many times it was sent.
async fn made(effect: &Effect) -> Vec<(Change, Attempt, Observed, u64)> {
    let team = Team::start(options()).await;
    let mut made = Vec::new();
    for (change, operation) in changes(&team).await {
        assert_eq!(seen(&team.reads, &change).await, Ok(Observed::Before), "{change}");
        let before = team.sim.received(operation);
        team.sim.faults().push(Fault::on(operation, effect.clone()));
        let attempt = sent(&team.writes, &change).await;
        assert_eq!(team.sim.faults().waiting(), 0, "{change}");
        let times = team.sim.received(operation) - before;
        let observed = seen(&team.reads, &change).await.unwrap();
        made.push((change, attempt, observed, times));
    }
    made
}

/// An operation that can be repeated whatever happened: what was removed is not there a second time.
fn may_repeat(change: &Change) -> bool {
    matches!(change, Change::RemoveComputer { .. } | Change::RemoveUser { .. })
}

#[tokio::test]
async fn a_change_that_was_turned_away_for_the_number_of_requests_goes_again() {
    for (change, attempt, observed, times) in made(&status(429, Some("0"))).await {
        assert_eq!(
            (attempt, observed, times),
            (Attempt::Done(None), Observed::After, 2),
            "{change}"
        );
    }
}

#[tokio::test]
async fn a_change_that_would_have_to_wait_too_long_has_failed_and_nothing_has_changed() {
    for (change, attempt, observed, times) in made(&status(429, Some("6000"))).await {
        let Attempt::Failed(error) = attempt else {
            panic!("{change}: {attempt:?}")
        };
        assert_eq!(error.kind, Kind::RateLimited, "{change}");
        assert_eq!((observed, times), (Observed::Before, 1), "{change}");
    }
}

#[tokio::test]
async fn a_server_that_is_out_of_service_is_asked_again_only_for_what_may_be_done_twice() {
    for (change, attempt, observed, times) in made(&status(503, None)).await {
        if may_repeat(&change) {
            assert_eq!(
                (attempt, observed, times),
                (Attempt::Done(None), Observed::After, 2),
                "{change}"
            );
        } else {
            assert!(matches!(attempt, Attempt::Unknown(_)), "{change}: {attempt:?}");
            assert_eq!((observed, times), (Observed::Before, 1), "{change}");
        }
    }
}

#[tokio::test]
async fn an_answer_that_is_lost_after_the_change_shows_when_it_is_read_back() {
    for effect in [Effect::CutAfter, Effect::CutMidway, Effect::TruncatedJson] {
        for (change, attempt, observed, times) in made(&effect).await {
            // Into the groups nobody goes whose invitation is not known to be out.
            let into_groups = matches!(&change, Change::InviteUser { groups, .. } if !groups.is_empty());
            match attempt {
                Attempt::Done(None) => assert!(!change.must_not_repeat(), "{effect:?}: {change}"),
                Attempt::Unknown(_) => assert!(!may_repeat(&change), "{effect:?}: {change}"),
                other => panic!("{effect:?}: {change}: {other:?}"),
            }
            assert_eq!(
                matches!(observed, Observed::Other { .. }),
                into_groups,
                "{change}: {observed:?}"
            );
            assert!(into_groups || observed == Observed::After, "{effect:?}: {change}");
            assert!(
                times == 1 || may_repeat(&change),
                "{effect:?}: {change}: {times} times"
            );
        }
    }
}

#[tokio::test]
async fn an_invitation_goes_out_once_whatever_becomes_of_the_groups() {
    for effect in [
        status(403, None),
        status(404, None),
        status(503, None),
        status(429, Some("6000")),
        Effect::CutBefore,
    ] {
        let team = Team::start(options()).await;
        let (change, _) = changes(&team).await.remove(2);
        team.sim
            .faults()
            .push(Fault::on(Operation::AddMemberToGroup, effect.clone()).always());
        let attempt = sent(&team.writes, &change).await;
        let Attempt::Unknown(error) = attempt else {
            panic!("{effect:?}: {attempt:?}")
        };
        assert!(
            error
                .message
                .starts_with("'two@example.com' was invited, and not put into"),
            "{error}"
        );
        team.sim.faults().clear();
        let observed = seen(&team.reads, &change).await.unwrap();
        assert!(
            matches!(&observed, Observed::Other { now, .. } if now.contains("is not in the user group")),
            "{observed:?}"
        );
        assert_eq!(team.sim.received(Operation::InviteMember), 1);
    }
}

#[tokio::test]
async fn an_answer_to_an_invitation_without_an_id_still_leads_into_the_groups() {
    let team = Team::start(options()).await;
    let (change, _) = changes(&team).await.remove(2);
    let effect = Effect::Member {
        pointer: "/id".to_owned(),
        value: serde_json::Value::Null,
    };
    team.sim.faults().push(Fault::on(Operation::InviteMember, effect));
    assert_eq!(sent(&team.writes, &change).await, Attempt::Done(None));
    assert_eq!(seen(&team.reads, &change).await, Ok(Observed::After));
}

#[tokio::test]
async fn roles_that_somebody_else_touches_without_changing_them_are_given_after_all() {
    let team = Team::start(options()).await;
    let (change, _) = changes(&team).await.remove(3);
    let Change::UpdateRoles { user, from, .. } = &change else {
        panic!("{change}")
    };
    team.sim
        .faults()
        .push(Fault::on(Operation::UpdateMemberRoles, status(412, None)));
    assert_eq!(sent(&team.writes, &change).await, Attempt::Done(None));
    assert_eq!(seen(&team.reads, &change).await, Ok(Observed::After));
    // Asked for once more from where it began, it is not sent: the roles are others.
    let again = Change::UpdateRoles {
        user: user.clone(),
        from: from.clone(),
        to: vec![Role::Technician],
    };
    let Attempt::Failed(error) = sent(&team.writes, &again).await else {
        panic!()
    };
    assert_eq!(error.kind, Kind::Conflict);
    assert_eq!(team.sim.received(Operation::UpdateMemberRoles), 2);
}
