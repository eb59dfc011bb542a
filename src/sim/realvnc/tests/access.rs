//! Who is let in: tokens, permissions, and what is not there.

use axum::http::Method;

use super::{Team, options};
use crate::sim::raw_http::{self, Ask};
use crate::sim::realvnc::{Operation, Permission};

/// A path of the operation that leads to something which is there.
fn path(team: &Team, operation: Operation) -> String {
    let owner_or_entry = if operation.path().contains("/entries/") || operation.path().contains("entryGroups")
    {
        team.entry_group("Lab")
    } else {
        team.user_group("IT support")
    };
    operation
        .path()
        .replace("{entryId}", &team.entry("DC-01"))
        .replace("{userId}", &team.owner())
        .replace("{groupId}", &owner_or_entry)
}

#[tokio::test]
async fn without_a_live_token_every_operation_but_one_is_a_401() {
    let team = Team::start().await;
    let before = team.running.world();
    let token = &team.token;
    let headers = [
        None,
        Some("Bearer nonsense".to_owned()),
        Some(format!("bearer {token}")),
        Some(format!("Bearer  {token}")),
        Some(format!("Bearer {token}x")),
        Some(token.clone()),
    ];
    for operation in Operation::ALL.into_iter().filter(|o| o.permission().is_some()) {
        for header in &headers {
            let (target, method) = (path(&team, operation), operation.method());
            let ask = Ask {
                method: method.as_str(),
                target: &target,
                headers: header.iter().map(|h| ("Authorization", h.clone())).collect(),
                body: None,
            };
            let answer = raw_http::send(&team.running.base_url(), &ask).await;
            assert_eq!(answer.status, 401, "{} with {header:?}", operation.id());
        }
    }
    assert_eq!(team.running.world(), before);
}

#[tokio::test]
async fn each_permission_that_the_key_lacks_is_a_403_on_its_operations_and_on_no_others() {
    for denied in Permission::ALL {
        let mut options = options();
        options.size = 40;
        options.deny = vec![denied.as_str().to_owned()];
        let team = Team::with(options).await;
        let world = team.running.world();
        for operation in Operation::ALL.into_iter().filter(|o| o.permission().is_some()) {
            // Nothing there: whoever may do it gets a 404, a 400, or a list, and nothing changes.
            let target = operation
                .path()
                .replace("{entryId}", "none")
                .replace("{userId}", "none")
                .replace("{groupId}", "none");
            let answer = team.send(operation.method().as_str(), &target, &[], None).await;
            let expected = operation.permission() == Some(denied);
            assert_eq!(
                answer.status == 403,
                expected,
                "{} without {denied}",
                operation.id()
            );
        }
        assert_eq!(team.running.world(), world);
    }
}

#[tokio::test]
async fn what_is_not_there_is_a_404() {
    let team = Team::start().await;
    for operation in Operation::ALL.into_iter().filter(|o| o.path().contains('{')) {
        let target = operation
            .path()
            .replace("{entryId}", "00000000000000000000000000000000")
            .replace("{userId}", "nobody")
            .replace("{groupId}", "no%2Fgroup");
        let answer = team
            .send(
                operation.method().as_str(),
                &format!("{target}?defaultAccess=NO_ONE"),
                &[],
                None,
            )
            .await;
        assert_eq!(answer.status, 404, "{}", operation.id());
        assert!(answer.body.is_empty());
    }
}

#[tokio::test]
async fn a_group_that_is_not_there_is_a_404_for_somebody_who_is() {
    let team = Team::start().await;
    let (entry, user) = (team.entry("DC-01"), team.plain_member());
    for method in ["PUT", "DELETE"] {
        for target in [
            format!("/1.0/entries/{entry}/groups/none?defaultAccess=NO_ONE"),
            format!("/1.0/members/{user}/groups/none"),
        ] {
            assert_eq!(
                team.send(method, &target, &[], None).await.status,
                404,
                "{method} {target}"
            );
        }
    }
}

#[tokio::test]
async fn other_paths_and_methods_are_refused() {
    let team = Team::start().await;
    assert_eq!(team.get("/2.0/entries").await.status, 404);
    assert_eq!(team.get("/").await.status, 404);
    assert_eq!(team.put("/1.0/entries").await.status, 405);
}

#[tokio::test]
async fn a_key_may_do_everything_that_is_not_denied() {
    let team = Team::start().await;
    for operation in Operation::ALL.into_iter().filter(|o| o.method() == Method::GET) {
        let target = format!("{}?from=0&to=1", path(&team, operation));
        assert_eq!(team.get(&target).await.status, 200, "{}", operation.id());
    }
}
