//! Lists of what was not made: what stands in which, under which headings, and what stands in none.

use super::*;
use crate::fleet::{Error, GroupId, GroupKind, Kind, NewUser, SignIn, UserId};
use crate::output::{Document, Format, Style, render};
use crate::plan::fixtures::{computer, duplicate, remove};
use crate::secret::Secret;

fn failed() -> Outcome {
    Outcome::Failed(Error::new(Kind::Vendor, "the vendor said no"))
}

fn unknown() -> Outcome {
    Outcome::Unknown(Error::new(Kind::Network, "the connection broke"))
}

fn drifted() -> Outcome {
    Outcome::Drifted {
        was: "named 'PC-1'".to_owned(),
        now: "named 'X'".to_owned(),
    }
}

fn rename(n: usize) -> Proposal {
    Proposal::of(Change::Rename {
        computer: computer(n),
        to: format!("DESK-{n}"),
    })
}

fn named(n: usize) -> Proposal {
    Proposal {
        reason: Some(Reason::Named),
        ..remove(n)
    }
}

fn into_group(member: Member) -> Proposal {
    Proposal::of(Change::GroupAdd {
        group: GroupRef {
            id: GroupId::new("g"),
            name: "Servers, east".to_owned(),
            kind: GroupKind::Computers,
        },
        member,
    })
}

fn user() -> UserRef {
    UserRef {
        id: UserId::new("u1"),
        email: "ann@kestrel.example".to_owned(),
    }
}

fn invite() -> Proposal {
    Proposal::of(Change::InviteUser {
        email: "omar@kestrel.example".to_owned(),
        roles: vec![Role::User, Role::Manager],
        sign_in: SignIn::default(),
        groups: Vec::new(),
    })
}

fn new_user() -> Proposal {
    Proposal::of(Change::CreateUser(NewUser {
        username: "lee@kestrel.example".to_owned(),
        first_name: "Lee".to_owned(),
        last_name: "Other".to_owned(),
        password: Secret::new("S3cret-word"),
        sign_in: SignIn::default(),
    }))
}

fn tally(rows: Vec<(Proposal, Outcome)>, unsent: Vec<Proposal>) -> Tally {
    let mut tally = Tally::default();
    for (proposal, outcome) in rows {
        tally.count(&proposal, &outcome);
    }
    Tally { unsent, ..tally }
}

/// Returns the name of each list, and what it is as CSV.
fn written(tally: &Tally) -> Vec<(&'static str, String)> {
    let csv = |table: &Table| {
        let mut out = Vec::new();
        let document = Document::Table(table.clone());
        let notes = render(&document, Format::Csv, &Style::default(), &mut out).unwrap();
        assert!(notes.is_empty());
        String::from_utf8(out).unwrap()
    };
    let (lists, _) = lists(tally, &Redactor::default());
    lists.iter().map(|list| (list.name, csv(&list.table))).collect()
}

#[test]
fn a_list_has_what_its_script_reads_what_came_of_it_and_why() {
    let tally = tally(
        vec![
            (rename(1), failed()),
            (rename(2), Outcome::Done(None)),
            (rename(3), Outcome::AlreadySo),
            (rename(4), drifted()),
            (rename(5), unknown()),
        ],
        vec![rename(6)],
    );
    assert_eq!(
        written(&tally),
        [(
            "rename",
            "Current,New,EntryID,Change,Outcome,Why\n\
             PC-1,DESK-1,c1,rename,failed,the vendor said no\n\
             PC-4,DESK-4,c4,rename,drifted,\"was named 'PC-1', is named 'X'\"\n\
             PC-5,DESK-5,c5,rename,unknown,the connection broke\n\
             PC-6,DESK-6,c6,rename,not_sent,the run was stopped before it\n"
                .to_owned()
        )]
    );
}

#[test]
fn each_sort_of_change_has_a_list_of_its_own() {
    let tally = tally(
        vec![
            (into_group(Member::Computer(computer(1))), failed()),
            (into_group(Member::User(user())), failed()),
            (named(2), failed()),
            (invite(), failed()),
            (new_user(), failed()),
        ],
        Vec::new(),
    );
    let expected = [
        (
            "group-add-computer",
            "GroupName,Name,EntryID,Change,Outcome,Why\n\"Servers, east\",PC-1,c1,group_add,",
        ),
        (
            "group-add-user",
            "GroupName,Email,UserID,Change,Outcome,Why\n\"Servers, east\",ann@kestrel.example,u1,group_add,",
        ),
        (
            "remove-computer",
            "Name,EntryID,Change,Outcome,Why\nPC-2,c2,remove_computer,",
        ),
        (
            "invite-user",
            "Email,Roles,Groups,Change,Outcome,Why\nomar@kestrel.example,USER;MANAGER,,invite_user,",
        ),
        (
            "create-user",
            "Email,FirstName,LastName,Change,Outcome,Why\nlee@kestrel.example,Lee,Other,create_user,",
        ),
    ];
    let written = written(&tally);
    assert_eq!(written.len(), expected.len());
    for ((name, csv), (expected, beginning)) in written.iter().zip(expected) {
        assert_eq!(*name, expected);
        assert_eq!(*csv, format!("{beginning}failed,the vendor said no\n"));
    }
}

#[test]
fn an_invitation_that_may_have_been_sent_is_never_listed_to_be_sent_again() {
    let tally = tally(
        vec![
            (invite(), unknown()),
            (new_user(), unknown()),
            (rename(1), unknown()),
        ],
        Vec::new(),
    );
    let (lists, left_out) = lists(&tally, &Redactor::default());
    assert_eq!(lists.len(), 1);
    assert_eq!(lists[0].name, "rename");
    assert_eq!(left_out.may_be_made, 2);
}

#[test]
fn a_removal_that_was_decided_on_something_else_is_decided_on_anew() {
    let tally = tally(
        vec![
            (named(1), drifted()),
            (named(2), failed()),
            (duplicate(3, 4), failed()),
        ],
        Vec::new(),
    );
    let (lists, left_out) = lists(&tally, &Redactor::default());
    assert_eq!(left_out.decided_on_other, 1);
    let [list] = &lists[..] else { panic!("{lists:?}") };
    assert_eq!(list.table.rows.len(), 2);
    assert_eq!(
        list.script, None,
        "what was removed as a duplicate must not be removed for being named"
    );
}

#[test]
fn a_list_of_what_the_user_named_goes_to_its_script() {
    let tally = tally(vec![(named(1), failed()), (rename(2), failed())], Vec::new());
    let (lists, _) = lists(&tally, &Redactor::default());
    let scripts: Vec<_> = lists.iter().map(|list| list.script).collect();
    assert_eq!(
        scripts,
        [Some("remove-computers --by-id"), Some("rename-computers")]
    );
}

#[test]
fn what_was_made_at_the_second_try_is_not_listed() {
    let tally = tally(
        vec![
            (rename(1), failed()),
            (rename(2), failed()),
            (rename(1), Outcome::Done(None)),
            (rename(2), drifted()),
        ],
        Vec::new(),
    );
    let [(_, csv)] = &written(&tally)[..] else {
        panic!("{tally:?}")
    };
    assert_eq!(csv.lines().count(), 2, "{csv}");
    assert!(csv.contains("PC-2,DESK-2,c2,rename,drifted"), "{csv}");
}

#[test]
fn no_secret_stands_in_a_list() {
    let redactor = Redactor::default();
    redactor.learn(&Secret::new("S3cret-word"));
    let told = Outcome::Failed(Error::new(Kind::Vendor, "no S3cret-word here"));
    let (lists, _) = lists(&tally(vec![(new_user(), told)], Vec::new()), &redactor);
    let text = format!("{lists:?}");
    assert!(text.contains("no [redacted] here"), "{text}");
    assert!(!text.contains("S3cret"), "{text}");
}

#[test]
fn where_all_was_made_there_is_no_list() {
    let tally = tally(vec![(rename(1), Outcome::Done(None))], Vec::new());
    assert_eq!(
        lists(&tally, &Redactor::default()),
        (Vec::new(), LeftOut::default())
    );
}
