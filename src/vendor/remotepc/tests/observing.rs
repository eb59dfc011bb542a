//! How the account stands to changes.

use std::sync::{Arc, Mutex};

use serde_json::json;

use crate::fleet::{
    Change, ComputerRef, DefaultAccess, GroupId, GroupKind, GroupRef, Kind, Member, NewUser, Observed,
    Reader, Result, Role, SignIn, UserId, UserRef,
};
use crate::secret::Secret;
use crate::vendor::stub::{Answer, Call, Stub};

use super::{account, ann, computer, device, html, refused, whole};

pub(super) fn user(name: &str) -> UserRef {
    UserRef {
        id: UserId::new(name),
        email: name.to_owned(),
    }
}

pub(super) fn assign(computer: ComputerRef, name: &str) -> Change {
    Change::Assign {
        computer,
        user: user(name),
    }
}

pub(super) fn unassign(computer: ComputerRef, name: &str) -> Change {
    Change::Unassign {
        computer,
        user: user(name),
    }
}

pub(super) fn comment(computer: ComputerRef, from: Option<&str>, to: &str) -> Change {
    Change::Comment {
        computer,
        from: from.map(str::to_owned),
        to: to.to_owned(),
    }
}

pub(super) fn move_to(group: &str, computer: ComputerRef) -> Change {
    Change::MoveToGroup {
        group: group.to_owned(),
        computer,
    }
}

pub(super) fn create_group(name: &str, computers: &[ComputerRef]) -> Change {
    Change::CreateGroup {
        name: name.to_owned(),
        computers: computers.to_vec(),
    }
}

pub(super) fn open(computer: ComputerRef, name: &str) -> Change {
    Change::ConnectUrl {
        computer,
        user: user(name),
    }
}

pub(super) fn remove(computer: ComputerRef) -> Change {
    Change::RemoveComputer { computer }
}

pub(super) fn invite(email: &str, roles: &[Role]) -> Change {
    Change::InviteUser {
        email: email.to_owned(),
        roles: roles.to_vec(),
        sign_in: SignIn::default(),
        groups: Vec::new(),
    }
}

pub(super) fn remove_user(name: &str, invited: bool) -> Change {
    Change::RemoveUser {
        user: user(name),
        invited,
    }
}

fn small(call: &Call) -> Answer {
    match call.path.strip_prefix("/rpcnew/api/msp/").unwrap() {
        "computer/list" => {
            let mut commented = device("M2", "B", "Offline");
            commented["comments"] = json!("on loan");
            whole(
                "devices",
                &[
                    device("M1", "A", "Offline"),
                    commented,
                    device("M3", "Kiosk", "Offline"),
                    device("M4", " kiosk", "Offline"),
                    device("M5", "", "Offline"),
                ],
            )
        }
        "computer/list/ann@myworld" => whole("devices", &[device("M1", "A", "Offline")]),
        "computer/list/pam@myworld" => whole("devices", &[]),
        "user/list" => whole("users", &[json!({ "username": "Ann@MyWorld" })]),
        _ => refused("BAD_REQUEST", 400, "Invalid username"),
    }
}

async fn observed(changes: &[Change]) -> Vec<Result<Observed>> {
    let stub = Stub::start(small).await;
    let seen = account(&stub).0.observe(changes).await;
    assert_eq!(seen.len(), changes.len());
    seen
}

fn told(seen: &Result<Observed>) -> String {
    match seen {
        Ok(Observed::Before) => "before".to_owned(),
        Ok(Observed::After) => "after".to_owned(),
        Ok(Observed::Unseen) => "unseen".to_owned(),
        Ok(Observed::Gone { was }) => format!("{was} is gone"),
        Ok(Observed::Other { was, now }) => format!("{was} -> {now}"),
        Err(error) => error.kind.to_string(),
    }
}

fn new_user(username: &str) -> NewUser {
    NewUser {
        username: username.to_owned(),
        ..ann()
    }
}

#[tokio::test]
async fn the_account_is_compared_with_each_change() {
    let (a, b, gone) = (computer("M1", "A"), computer("M2", "B"), computer("M9", "Z"));
    let (renamed, kiosk) = (computer("M2", "Old"), computer("M3", "Kiosk"));
    let cases = [
        (assign(a.clone(), "ann@myworld"), "after"),
        (assign(b.clone(), "ann@myworld"), "before"),
        (assign(a.clone(), "pam@myworld"), "before"),
        (assign(a.clone(), "nobody@myworld"), "not_found"),
        (assign(gone.clone(), "ann@myworld"), "Z is gone"),
        (assign(renamed.clone(), "ann@myworld"), "Old -> B"),
        (assign(kiosk.clone(), "ann@myworld"), "ambiguous"),
        (unassign(a.clone(), "ann@myworld"), "before"),
        (unassign(b.clone(), "ann@myworld"), "after"),
        (unassign(gone.clone(), "ann@myworld"), "Z is gone"),
        (unassign(kiosk.clone(), "ann@myworld"), "ambiguous"),
        (comment(b.clone(), Some("on loan"), "returned"), "before"),
        (comment(b.clone(), Some("whatever"), "on loan"), "after"),
        (comment(b.clone(), None, " on loan "), "after"),
        (
            comment(b.clone(), Some("in the lab"), "returned"),
            "in the lab -> on loan",
        ),
        (comment(b.clone(), None, "returned"), " -> on loan"),
        (comment(a.clone(), None, "returned"), "before"),
        (comment(a.clone(), Some(""), "returned"), "before"),
        (comment(gone.clone(), None, "returned"), "Z is gone"),
        (comment(kiosk.clone(), None, "returned"), "ambiguous"),
        (move_to("G", a.clone()), "unseen"),
        (move_to("G", gone.clone()), "Z is gone"),
        (move_to("G", renamed.clone()), "Old -> B"),
        (move_to("G", kiosk.clone()), "ambiguous"),
        (create_group("G", &[]), "unseen"),
        (create_group("G", &[a.clone(), b.clone()]), "unseen"),
        (create_group("G", &[a.clone(), gone.clone()]), "Z is gone"),
        (create_group("G", &[a.clone(), kiosk.clone()]), "ambiguous"),
        // The one operation that goes by the id of the machine.
        (open(kiosk.clone(), "ann@myworld"), "unseen"),
        (open(computer("M5", ""), "ann@myworld"), "unseen"),
        (open(gone.clone(), "ann@myworld"), "Z is gone"),
        (open(renamed, "ann@myworld"), "Old -> B"),
        (remove(a), "before"),
        (remove(gone), "after"),
        (remove(computer("M2", "Old")), "Old -> B"),
        (remove(kiosk), "ambiguous"),
        (invite("ann@myworld", &[]), "unseen"),
        (Change::CreateUser(new_user("ann@MYWORLD")), "after"),
        (Change::CreateUser(new_user("new@myworld")), "before"),
        (remove_user("ann@myworld", false), "before"),
        (remove_user("gone@myworld", false), "after"),
        (remove_user("gone@myworld", true), "unseen"),
    ];
    let changes: Vec<Change> = cases.iter().map(|(change, _)| change.clone()).collect();
    for ((change, expected), seen) in cases.iter().zip(observed(&changes).await) {
        assert_eq!(told(&seen), *expected, "{change}: {seen:?}");
        // Alone as in company.
        let alone = observed(std::slice::from_ref(change)).await;
        assert_eq!(told(&alone[0]), *expected, "{change}");
    }
}

#[tokio::test]
async fn a_name_of_several_machines_is_refused_with_their_ids() {
    let seen = observed(&[comment(computer("M3", "Kiosk"), None, "returned")]).await;
    let error = seen[0].as_ref().unwrap_err();
    assert_eq!(error.operation, Some("addComment"));
    assert!(error.message.contains("(`M3`, `M4`)"), "{error}");
}

#[tokio::test]
async fn one_list_serves_all_changes() {
    let stub = Stub::start(small).await;
    let (reads, _) = account(&stub);
    let (a, b) = (computer("M1", "A"), computer("M2", "B"));
    let changes = [
        assign(a.clone(), "ann@myworld"),
        assign(b.clone(), "ann@myworld"),
        unassign(a.clone(), "ann@myworld"),
        assign(a.clone(), "pam@myworld"),
        comment(a.clone(), None, "returned"),
        move_to("G", b),
        create_group("H", &[a]),
        remove_user("ann@myworld", false),
        Change::CreateUser(ann()),
    ];
    reads.observe(&changes).await;
    let paths: Vec<String> = stub
        .calls()
        .iter()
        .map(|call| call.path.replace("/rpcnew/api/msp/", ""))
        .collect();
    assert_eq!(
        paths,
        [
            "computer/list",
            "user/list",
            "computer/list/ann@myworld",
            "computer/list/pam@myworld"
        ]
    );
    let before = stub.calls().len();
    reads
        .observe(&[
            create_group("G", &[]),
            invite("a@b", &[]),
            remove_user("a@b", true),
        ])
        .await;
    reads.observe(&[]).await;
    assert_eq!(
        stub.calls().len(),
        before,
        "what nobody can see is not looked for"
    );
}

#[tokio::test]
async fn what_breaks_a_limit_is_told_before_anything_is_asked() {
    let a = || computer("M1", "A");
    let mut weak = ann();
    weak.password = Secret::new("a b");
    let mut odd = ann();
    odd.last_name = "O'Neil".to_owned();
    let cases = [
        (comment(a(), None, ""), "blank"),
        (comment(a(), None, "short"), "6 to 250"),
        (comment(a(), None, &"x".repeat(251)), "6 to 250"),
        (
            comment(computer("M5", " "), None, "long enough"),
            "without a name",
        ),
        (assign(computer("M5", ""), "ann"), "without a name"),
        (assign(a(), " "), "username"),
        (unassign(a(), ""), "username"),
        (move_to(" ", a()), "group"),
        (create_group("", &[]), "group"),
        (create_group("G", &[a(), computer("M5", "")]), "without a name"),
        (open(computer("", "A"), "ann"), "machine id"),
        (open(a(), ""), "username"),
        (remove(computer("M5", "")), "without a name"),
        (invite("", &[]), "username"),
        (remove_user(" ", false), "username"),
        (Change::CreateUser(weak), "password"),
        (Change::CreateUser(odd), "last name"),
    ];
    let stub = Stub::start(small).await;
    let changes: Vec<Change> = cases.iter().map(|(change, _)| change.clone()).collect();
    let seen = account(&stub).0.observe(&changes).await;
    for ((change, part), seen) in cases.iter().zip(seen) {
        let error = seen.unwrap_err();
        assert_eq!(error.kind, Kind::Invalid, "{change}");
        assert!(error.message.contains(part), "{change}: {error}");
        assert!(error.operation.is_some());
    }
    assert!(stub.calls().is_empty());
}

#[tokio::test]
async fn a_list_that_fails_fails_the_changes_that_need_it_and_no_others() {
    let refuses: Arc<Mutex<Option<&str>>> = Arc::default();
    let told_to = Arc::clone(&refuses);
    let stub = Stub::start(move |call| match *told_to.lock().unwrap() {
        Some(path) if call.path.ends_with(path) => html(401),
        _ => small(call),
    })
    .await;
    let (reads, _) = account(&stub);
    let a = || computer("M1", "A");
    let changes = [
        comment(a(), None, "returned"),
        remove_user("ann@myworld", false),
        assign(a(), "ann@myworld"),
        assign(a(), "pam@myworld"),
        invite("x@y", &[]),
    ];
    for (path, expected) in [
        ("computer/list", ["auth", "before", "auth", "auth", "unseen"]),
        ("user/list", ["before", "auth", "after", "before", "unseen"]),
        ("ann@myworld", ["before", "before", "auth", "before", "unseen"]),
    ] {
        *refuses.lock().unwrap() = Some(path);
        let seen: Vec<String> = reads.observe(&changes).await.iter().map(told).collect();
        assert_eq!(seen, expected, "{path}");
    }
}

/// Changes that the vendor has no operation for.
pub(super) fn lacking() -> Vec<(Change, &'static str)> {
    let group = |kind| GroupRef {
        id: GroupId::new("g"),
        name: "G".to_owned(),
        kind,
    };
    let of_computers = || (group(GroupKind::Computers), Member::Computer(computer("M1", "A")));
    let of_users = || (group(GroupKind::Users), Member::User(user("ann@myworld")));
    let add = |(group, member)| Change::GroupAdd { group, member };
    let take_out = |(group, member)| Change::GroupRemove {
        group,
        member,
        default_access: DefaultAccess::NoOne,
    };
    vec![
        (
            Change::Rename {
                computer: computer("M1", "A"),
                to: "B".to_owned(),
            },
            "host name",
        ),
        (add(of_computers()), "move_to_group("),
        (take_out(of_computers()), "move_to_group("),
        (add(of_users()), "assign("),
        (take_out(of_users()), "assign("),
        (
            Change::UpdateRoles {
                user: user("ann@myworld"),
                from: vec![],
                to: vec![Role::User],
            },
            "assign(",
        ),
        (invite("a@b", &[Role::User]), "invite_user(email, [])"),
    ]
}

#[tokio::test]
async fn what_the_vendor_lacks_is_unsupported_and_says_what_there_is_instead() {
    let stub = Stub::start(small).await;
    let (reads, _) = account(&stub);
    for (change, instead) in lacking() {
        let seen = reads.observe(std::slice::from_ref(&change)).await.remove(0);
        let lacks = reads.lacks(&change).unwrap();
        assert_eq!(seen.unwrap_err(), lacks);
        assert_eq!(lacks.kind, Kind::Unsupported, "{change}");
        assert!(
            lacks.hint.as_deref().unwrap().contains(instead),
            "{change}: {lacks:?}"
        );
    }
    assert!(stub.calls().is_empty());
    assert_eq!(reads.lacks(&invite("a@b", &[])), None);
}
