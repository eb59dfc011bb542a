//! Computers that have got other names: who they are, and who gets which name when.

use super::*;

#[test]
fn what_leads_back_names_a_computer_as_it_is_called_after_the_run() {
    // A plan names its computers as they were when it was made, before and after the rename.
    let undo = undo(done(vec![
        add("1", "a"),
        rename("1", "PC-1", "B"),
        rename("1", "B", "C"),
        assign("1", "u"),
        take_out("1", "b"),
        comment("1", Some("x"), "y"),
    ]));
    let names: Vec<String> = back(&undo).iter().map(Change::target).collect();
    assert_eq!(names, ["C"; 5]);
}

#[test]
fn a_computer_that_kept_its_name_goes_by_the_one_it_was_last_read_under() {
    let mut changes = done(vec![add("1", "a")]);
    changes.push((
        Change::Assign {
            computer: called("1", "later"),
            user: user("u"),
        },
        Done::Yes,
    ));
    changes.push(unclear(rename("1", "later", "never")));
    let names: Vec<String> = back(&undo(changes)).iter().map(Change::target).collect();
    assert_eq!(names, ["later"; 2]);
}

#[test]
fn a_chain_of_names_goes_back_from_its_end() {
    goes_back(
        vec![
            rename("3", "C", "D"),
            rename("2", "B", "C"),
            rename("1", "A", "B"),
        ],
        &[
            rename("1", "B", "A"),
            rename("2", "C", "B"),
            rename("3", "D", "C"),
        ],
    );
}

#[test]
fn a_name_is_given_back_when_it_is_free_whenever_its_bearers_were_renamed() {
    // The first change of one computer comes before those of the other, and its last one after them.
    goes_back(
        vec![
            rename("2", "C", "E"),
            rename("1", "A", "B"),
            rename("2", "E", "A"),
            rename("1", "B", "D"),
        ],
        &[rename("2", "A", "C"), rename("1", "D", "A")],
    );
    goes_back(
        vec![
            rename("1", "A", "B"),
            rename("2", "C", "A"),
            rename("1", "B", "D"),
            add("9", "a"),
            rename("3", "E", "C"),
        ],
        &[
            rename("3", "C", "E"),
            take_out("9", "a"),
            rename("2", "A", "C"),
            rename("1", "D", "A"),
        ],
    );
}

#[test]
fn names_that_were_swapped_have_no_way_back_in_one_plan() {
    let undo = undo(done(vec![
        rename("1", "A", "T"),
        rename("2", "B", "A"),
        rename("1", "T", "B"),
        rename("3", "C", "D"),
    ]));
    assert_eq!(back(&undo), [rename("3", "D", "C")]);
    assert_eq!(
        left(&undo),
        [
            "rename 'A' to 'T': its old name 'A' is now that of another computer, which cannot give it up before",
            "rename 'B' to 'A': its old name 'B' is now that of another computer, which cannot give it up before",
            "rename 'T' to 'B': its old name 'A' is now that of another computer, which cannot give it up before",
        ]
    );
}

#[test]
fn a_name_that_several_had_is_given_back_to_none_of_them() {
    let undo = undo(done(vec![
        rename("1", "PC", "PC-1"),
        rename("2", "PC", "PC-2"),
        rename("3", "X", "PC"),
        rename("3", "PC", "Y"),
    ]));
    assert_eq!(back(&undo), [rename("3", "Y", "X")]);
    let why = "'PC' was the name of several computers, and a name tells computers apart";
    assert_eq!(
        left(&undo),
        [
            format!("rename 'PC' to 'PC-1': {why}"),
            format!("rename 'PC' to 'PC-2': {why}")
        ]
    );
}

#[test]
fn a_name_whose_bearer_keeps_it_is_not_given_back() {
    let undo = undo(done(vec![
        rename("3", "PC-1", "Z"),
        rename("1", "PC", "PC-1"),
        rename("2", "PC", "PC-2"),
    ]));
    assert!(undo.proposals.is_empty());
    assert_eq!(
        left(&undo)[0],
        "rename 'PC-1' to 'Z': its old name 'PC-1' is now that of another computer, which cannot give it up before"
    );
}

#[test]
fn a_name_that_two_computers_share_is_free_when_both_have_let_go_of_it() {
    goes_back(
        vec![
            rename("3", "N", "Z"),
            rename("1", "A", "N"),
            rename("2", "B", "N"),
        ],
        &[
            rename("2", "N", "B"),
            rename("1", "N", "A"),
            rename("3", "Z", "N"),
        ],
    );
}
