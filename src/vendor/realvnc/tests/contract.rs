//! The changes that cannot simply be taken back, through a proxy that holds requests and answers against the contract:
//! `.ci/contract` starts it, and looks at its log afterwards.

use crate::fleet::{Attempt, Change, ComputerQuery, GroupKind, Observed, Reader, Role, SignIn, UserState};
use crate::http::{BaseUrl, Transport};
use crate::secret::{Redactor, Secret};

use super::super::{AccessKey, Reads, Writes, connect};
use super::{seen, sent};

const WHY_IGNORED: &str =
    "DESKHAND_E2E_URL, DESKHAND_E2E_KEY_ID and DESKHAND_E2E_KEY name the server; .ci/contract sets them";

fn team() -> (Reads, Writes) {
    let var = |name: &str| std::env::var(name).expect(WHY_IGNORED);
    let base = BaseUrl::parse(&var("DESKHAND_E2E_URL")).unwrap();
    let transport = Transport::new(crate::http::Settings::new(base), Redactor::default()).unwrap();
    let key = AccessKey {
        id: var("DESKHAND_E2E_KEY_ID"),
        secret: Secret::new(var("DESKHAND_E2E_KEY")),
    };
    connect(transport, key, Redactor::default(), "e2e".to_owned())
}

#[tokio::test]
#[ignore = "needs a server behind the contract's proxy: run .ci/contract"]
async fn people_and_computers_come_and_go_as_the_contract_has_it() {
    let (reads, writes) = team();
    let group = reads.user_groups().await.unwrap().items[0].to_ref();
    assert_eq!(group.kind, GroupKind::Users);
    let email = format!("guest{}@kestrel.example", std::process::id());
    let invite = Change::InviteUser {
        email: email.clone(),
        roles: vec![Role::User],
        sign_in: SignIn::default(),
        groups: vec![group],
    };
    let users = reads.users().await.unwrap().items;
    let plain = users
        .iter()
        .find(|user| user.roles == [Role::User] && user.state == Some(UserState::Joined))
        .unwrap();
    let promote = Change::UpdateRoles {
        user: plain.to_ref(),
        from: plain.roles.clone(),
        to: vec![Role::User, Role::Technician],
    };
    let computers = reads.computers(&ComputerQuery::default()).await;
    let remove = Change::RemoveComputer {
        computer: computers.unwrap().items.last().unwrap().to_ref(),
    };
    for change in [&invite, &promote, &remove] {
        assert_eq!(sent(&writes, change).await, Attempt::Done(None), "{change}");
    }
    let invited = reads.users().await.unwrap().items;
    let guest = invited.iter().find(|user| user.email.as_ref() == Some(&email));
    let dismiss = Change::RemoveUser {
        user: guest.unwrap().to_ref(),
        invited: true,
    };
    assert_eq!(sent(&writes, &dismiss).await, Attempt::Done(None));
    for change in [&promote, &remove, &dismiss] {
        assert_eq!(seen(&reads, change).await, Ok(Observed::After), "{change}");
    }
}
