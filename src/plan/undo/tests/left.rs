//! What stays as it is, and what is said of it.

use super::*;
use crate::fleet::{NewUser, SignIn};
use crate::plan::fixtures::run;
use crate::plan::journal::{Standing, Word};
use crate::secret::Secret;

#[test]
fn what_the_run_has_put_back_itself_need_not_be_undone() {
    let (one, two) = ([Role::User, Role::Manager], [Role::User]);
    for changes in [
        vec![rename("1", "A", "B"), rename("1", "B", "A")],
        vec![add("1", "a"), take_out("1", "a")],
        vec![take_out("1", "a"), add("1", "a")],
        vec![assign("1", "u"), unassign("1", "u")],
        vec![comment("1", Some("a"), "b"), comment("1", Some("b"), " a")],
        // There is no way to delete a comment, and none is needed.
        vec![comment("1", None, "b"), comment("1", Some("b"), "")],
        vec![
            roles("u", &one, &two),
            roles("u", &two, &[Role::Manager, Role::User]),
        ],
    ] {
        let undo = undo(done(changes.clone()));
        assert!(undo.proposals.is_empty(), "{changes:?}: {undo:?}");
        let told: Vec<Change> = undo.left.iter().map(|left| left.change.clone()).collect();
        assert_eq!(told, changes);
        for left in &undo.left {
            assert_eq!(left.why, "the run itself has put it back");
        }
    }
}

#[test]
fn what_cannot_be_undone_is_listed_with_the_reason() {
    let create_user = Change::CreateUser(NewUser {
        username: "ann@x.example".to_owned(),
        first_name: "Ann".to_owned(),
        last_name: "Other".to_owned(),
        password: Secret::new("S3cret-word"),
        sign_in: SignIn::default(),
    });
    let create = Change::CreateGroup {
        name: "Lab".to_owned(),
        computers: vec![computer("1")],
    };
    let to_group = |group: &str| Change::MoveToGroup {
        group: group.to_owned(),
        computer: computer("1"),
    };
    let url = Change::ConnectUrl {
        computer: computer("1"),
        user: user("u"),
    };
    let undo = undo(done(vec![
        remove("9"),
        comment("1", None, "x"),
        comment("1", Some("x"), "y"),
        create,
        to_group("Lab"),
        to_group("Sales"),
        url,
        create_user,
        remove_user("w"),
    ]));
    assert!(undo.proposals.is_empty());
    assert_eq!(
        left(&undo),
        [
            "remove computer 'PC-9' from the team: somebody has to enrol the computer again, at its desk; `deskhand restore` then \
             gives back what it had",
            "comment 'PC-1' with 'x': the vendor has no way to delete a comment",
            "comment 'PC-1' with 'y': the vendor has no way to delete a comment",
            "create the computer group 'Lab' with 'PC-1': the vendor has no way to delete a group",
            "move 'PC-1' to the computer group 'Lab': the vendor does not tell which group it is in now, so that it cannot be moved \
             back",
            "move 'PC-1' to the computer group 'Sales': the vendor does not tell which group it is in now, so that it cannot be \
             moved back",
            "make an address that opens 'PC-1' as 'u@x.example': whoever has the address can use it",
            "create the user 'ann@x.example': whether the user is to go again is a decision of its own: remove_user(user)",
            "remove user 'w@x.example' from the team: the user has to be invited again",
        ]
    );
}

#[test]
fn what_may_have_been_done_is_listed_and_not_undone() {
    let undo = undo([unclear(rename("1", "A", "B")), unclear(remove("2"))]);
    assert!(undo.proposals.is_empty());
    assert_eq!(
        left(&undo),
        [
            "rename 'A' to 'B': nobody knows whether it was done (the line was cut): look at 'A'",
            "remove computer 'PC-2' from the team: nobody knows whether it was done (the line was cut): look at 'PC-2'",
        ]
    );
}

#[test]
fn what_was_surely_done_is_undone_though_the_next_change_of_it_is_unclear() {
    let mut changes = done(vec![rename("1", "A", "B"), add("2", "a")]);
    changes.extend([unclear(rename("1", "B", "C")), unclear(take_out("2", "a"))]);
    let undo = undo(changes);
    // Were the unclear ones done, these are found drifted, or so already.
    assert_eq!(back(&undo), [take_out("2", "a"), rename("1", "B", "A")]);
    assert_eq!(undo.left.len(), 2);
    assert!(undo.left.iter().all(|left| left.why.starts_with("nobody knows")));
}

#[test]
fn an_unclear_change_is_settled_by_a_later_one_of_the_same() {
    let undo = undo([
        unclear(rename("1", "A", "B")),
        (rename("1", "B", "C"), Done::Yes),
        unclear(add("2", "a")),
        (take_out("2", "a"), Done::Yes),
    ]);
    assert_eq!(back(&undo), [rename("1", "C", "A")]);
    assert_eq!(
        left(&undo),
        [
            "rename 'A' to 'B': no clear answer came (the line was cut), but it is settled by what was done later: rename 'B' to \
             'C'",
            "add 'PC-2' to computer group 'G-a': no clear answer came (the line was cut), but it is settled by what was done later: \
             remove 'PC-2' from computer group 'G-a'",
            "remove 'PC-2' from computer group 'G-a': the run itself has put it back",
        ]
    );
}

#[test]
fn nothing_is_undone_of_what_the_same_run_has_removed_later() {
    let undo = undo(done(vec![
        rename("1", "PC-1", "B"),
        unassign("2", "u"),
        roles("u", &[Role::User], &[Role::Manager]),
        Change::RemoveComputer {
            computer: called("1", "B"),
        },
        remove_user("u"),
        add("2", "a"),
    ]));
    assert_eq!(back(&undo), [take_out("2", "a")]);
    assert_eq!(
        left(&undo)[..3],
        [
            "rename 'PC-1' to 'B': the run did this later: remove computer 'B' from the team",
            "take 'PC-2' from 'u@x.example': the run did this later: remove user 'u@x.example' from the team",
            "set the roles of 'u@x.example' to MANAGER: the run did this later: remove user 'u@x.example' from the team",
        ]
    );
}

#[test]
fn what_was_done_after_a_removal_is_undone() {
    // Where the name is the identifier, somebody who was removed and invited again is the same.
    let undo = undo(done(vec![remove_user("u"), assign("1", "u")]));
    assert_eq!(back(&undo), [unassign("1", "u")]);
}

#[test]
fn a_removal_that_is_unclear_keeps_nothing_from_being_undone() {
    let undo = undo([(add("1", "a"), Done::Yes), unclear(remove("1"))]);
    assert_eq!(back(&undo), [take_out("1", "a")]);
    assert_eq!(undo.left.len(), 1);
}

#[test]
fn that_everyone_was_let_in_is_told_though_the_computer_goes_back_into_the_group() {
    let undo = undo(done(vec![take_out_for_everyone("1", "a")]));
    assert_eq!(back(&undo), [add("1", "a")]);
    assert_eq!(
        left(&undo),
        [
            "remove 'PC-1' from computer group 'G-a': if that leaves it without any permission, the whole team may use it, which \
             cannot be undone"
        ]
    );
}

#[test]
fn a_computer_that_comes_out_of_a_group_again_is_for_nobody_and_the_plan_says_so() {
    let undo = undo(done(vec![add("1", "a")]));
    let exposure = undo.proposals[0].change.exposure().unwrap();
    assert!(exposure.contains("nobody can find it"), "{exposure}");
}

#[test]
fn of_a_journal_counts_what_was_done_and_what_may_have_been() {
    let standings = [
        ("done", Standing::Settled(Word::Done)),
        ("issued", Standing::Settled(Word::Issued)),
        ("so", Standing::Settled(Word::AlreadySo)),
        ("planned", Standing::Settled(Word::Planned)),
        ("drifted", Standing::Settled(Word::Drifted)),
        ("failed", Standing::Settled(Word::Failed)),
        ("unknown", Standing::Settled(Word::Unknown)),
        ("in flight", Standing::InFlight),
        ("to come", Standing::NotBegun),
    ];
    let run = run(standings.map(|(id, standing)| (Proposal::of(add(id, "a")), standing)));
    let undo = Undo::of(&run);
    assert_eq!(back(&undo), [take_out("issued", "a"), take_out("done", "a")]);
    assert_eq!(
        left(&undo),
        [
            "add 'PC-unknown' to computer group 'G-a': nobody knows whether it was done (the line was cut): look at 'PC-unknown'",
            "add 'PC-in flight' to computer group 'G-a': nobody knows whether it was done (the run was broken off before an answer \
             came): look at 'PC-in flight'",
        ]
    );
}
