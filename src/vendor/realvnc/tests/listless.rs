//! Answers that are objects, but not the lists that were asked for.

use serde_json::json;

use crate::fleet::{
    Change, ComputerId, ComputerRef, DefaultAccess, GroupId, GroupKind, GroupRef, Kind, Member, Reader, Role,
    SignIn, UserId, UserRef,
};

use super::{granting, seen, team};
use crate::vendor::stub::Answer;

#[tokio::test]
async fn an_answer_without_its_list_is_no_empty_list() {
    let stub = granting(|_| Answer::json(200, &json!({ "error": "busy" }))).await;
    let (reads, _) = team(&stub);
    for (error, doing, list) in [
        (
            reads.list_entries().await.unwrap_err(),
            "list computers",
            "entries",
        ),
        (
            reads.list_entry_groups().await.unwrap_err(),
            "list computer groups",
            "groups",
        ),
        (reads.users().await.unwrap_err(), "list users", "members"),
        (
            reads.presence(false).await.unwrap_err(),
            "list who is online",
            "events",
        ),
    ] {
        assert_eq!(error.kind, Kind::Vendor);
        assert_eq!(
            error.message,
            format!("could not {doing}: the answer cannot be used")
        );
        let cause = format!("the answer has no list `{list}`; its members are `error`");
        assert!(error.causes[0].ends_with(&cause), "{error:?}");
    }
}

#[tokio::test]
async fn a_later_page_without_its_list_makes_the_whole_list_fail() {
    let stub = granting(|call| match call.path.as_str() {
        "/1.0/entries" => {
            Answer::json(200, &json!({ "entries": [] })).with("Link", "</1.0/entries?from=b>; rel=next")
        }
        _ => Answer::json(200, &json!({ "error": "busy" })),
    })
    .await;
    let (reads, _) = team(&stub);
    assert_eq!(reads.list_entries().await.unwrap_err().kind, Kind::Vendor);
}

#[tokio::test]
async fn no_membership_is_concluded_from_an_answer_without_a_list() {
    let stub = granting(|_| Answer::json(200, &json!({}))).await;
    let (reads, _) = team(&stub);
    assert!(reads.list_entry_groups().await.unwrap().is_empty());
    for (kind, member) in [
        (
            GroupKind::Computers,
            Member::Computer(ComputerRef {
                id: ComputerId::new("e1"),
                name: "A".to_owned(),
            }),
        ),
        (
            GroupKind::Users,
            Member::User(UserRef {
                id: UserId::new("u1"),
                email: "a@b.c".to_owned(),
            }),
        ),
    ] {
        let (group, default_access) = (
            GroupRef {
                id: GroupId::new("g1"),
                name: "G".to_owned(),
                kind,
            },
            DefaultAccess::NoOne,
        );
        for change in [
            Change::GroupAdd {
                group: group.clone(),
                member: member.clone(),
            },
            Change::GroupRemove {
                group,
                member: member.clone(),
                default_access,
            },
        ] {
            let error = seen(&reads, &change).await.unwrap_err();
            assert_eq!(error.kind, Kind::Vendor, "{change}");
        }
    }
    let invite = Change::InviteUser {
        email: "a@b.c".to_owned(),
        roles: vec![Role::User],
        sign_in: SignIn::default(),
        groups: Vec::new(),
    };
    assert_eq!(seen(&reads, &invite).await.unwrap_err().kind, Kind::Vendor);
}
