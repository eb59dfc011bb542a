//! What a machine that is back gets.

use super::*;
use crate::fleet::{Change, Member};
use crate::plan::Kept;

/// Returns what is proposed, a sentence each.
fn proposed(restore: &Restore) -> Vec<String> {
    let proposals = restore.proposals.iter();
    proposals.map(|proposal| proposal.change.to_string()).collect()
}

/// Returns what a computer that is back does not get.
fn withheld(found: &Found) -> &[String] {
    match &found.fate {
        Fate::Back { withheld, .. } => withheld,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_machine_that_is_back_gets_its_name_and_its_groups() {
    let removed = KeptComputer {
        groups: Some(vec![group("a"), group("b")]),
        ..record("1")
    };
    let restore = restored(&[removed], &[back("9")], &[group("a"), group("b"), group("c")]);
    assert_eq!(
        proposed(&restore),
        [
            "add 'front' to computer group 'G-a'",
            "add 'front' to computer group 'G-b'",
            "rename 'front' to 'PC-1'"
        ]
    );
    let fate = Fate::Back {
        computer: back("9").to_ref(),
        proposals: 3,
        withheld: Vec::new(),
    };
    assert_eq!(restore.rows[0].fate, fate);
    for proposal in &restore.proposals {
        assert_eq!(proposal.before, Some(Kept::from(&back("9"))));
    }
}

#[test]
fn what_it_has_already_is_not_given_again() {
    let removed = KeptComputer {
        groups: Some(vec![group("a"), group("b")]),
        ..record("1")
    };
    let mut now = called("PC-1", back("9"));
    now.groups = Loaded::Yes(vec![group("b"), group("a")]);
    let restore = restored(&[removed], &[now.clone()], &[group("a"), group("b")]);
    assert!(restore.proposals.is_empty());
    let fate = Fate::Back {
        computer: now.to_ref(),
        proposals: 0,
        withheld: Vec::new(),
    };
    assert_eq!(restore.rows[0].fate, fate);
}

#[test]
fn a_name_that_another_computer_has_is_withheld_and_the_groups_are_given() {
    let removed = KeptComputer {
        groups: Some(vec![group("a")]),
        ..record("1")
    };
    let mut bearer = called("pc-1", back("5"));
    bearer.host = Some("desk.lan".to_owned());
    let restore = restored(&[removed], &[back("9"), bearer], &[group("a")]);
    assert_eq!(proposed(&restore), ["add 'front' to computer group 'G-a'"]);
    assert_eq!(
        withheld(&restore.rows[0]),
        ["the name 'PC-1' is now that of another computer (`5`)"]
    );
    // Its own name in another case is no other computer's.
    let restore = restored(&[record("1")], &[called("pc-1", back("9"))], &[]);
    assert_eq!(proposed(&restore), ["rename 'pc-1' to 'PC-1'"]);
}

#[test]
fn a_group_is_found_by_its_id_then_by_a_name_that_is_its_alone() {
    let renamed = |id: &str, name: &str| GroupRef {
        name: name.to_owned(),
        ..group(id)
    };
    let removed = KeptComputer {
        groups: Some(vec![group("kept"), group("anew"), group("gone"), group("twice")]),
        ..record("1")
    };
    let users = GroupRef {
        kind: GroupKind::Users,
        ..group("gone")
    };
    let now = [
        renamed("kept", "Front desks"),
        renamed("x", "G-kept"),
        renamed("y", "G-anew"),
        renamed("z1", "G-twice"),
        renamed("z2", "G-twice"),
        users,
    ];
    let restore = restored(&[removed], &[called("PC-1", back("9"))], &now);
    let into: Vec<&str> = restore
        .proposals
        .iter()
        .map(|proposal| match &proposal.change {
            Change::GroupAdd {
                group,
                member: Member::Computer(_),
            } => group.id.as_str(),
            other => panic!("{other}"),
        })
        .collect();
    assert_eq!(into, ["kept", "y"]);
    assert_eq!(
        withheld(&restore.rows[0]),
        [
            "there is no group 'G-gone' any more",
            "the group 'G-twice' is gone, and several others have its name"
        ]
    );
}

#[test]
fn groups_that_were_not_read_are_said_to_be_missing() {
    let removed = KeptComputer {
        groups: None,
        ..record("1")
    };
    let restore = restored(&[removed], &[back("9")], &[group("a")]);
    assert_eq!(proposed(&restore), ["rename 'front' to 'PC-1'"]);
    assert_eq!(
        withheld(&restore.rows[0]),
        ["which groups it was in had not been read when it was removed"]
    );
}

#[test]
fn of_several_records_of_one_machine_it_gets_all_groups_and_a_name_only_if_they_agree() {
    let of = |id: &str, groups: &[&str]| KeptComputer {
        groups: Some(groups.iter().map(|id| group(id)).collect()),
        ..record(id)
    };
    let groups = [group("a"), group("b"), group("c")];
    let mut removed = [of("1", &["a", "b"]), of("2", &["b", "c"])];
    let restore = restored(&removed, &[back("9")], &groups);
    assert_eq!(
        proposed(&restore),
        [
            "add 'front' to computer group 'G-a'",
            "add 'front' to computer group 'G-b'",
            "rename 'front' to 'PC-1'",
            "add 'front' to computer group 'G-c'",
        ]
    );
    removed[1].name = "PC-2".to_owned();
    let restore = restored(&removed, &[back("9")], &groups);
    assert_eq!(restore.proposals.len(), 3);
    for row in &restore.rows {
        assert_eq!(
            withheld(row),
            ["the run removed several records of it, with the names 'PC-1', 'PC-2'"]
        );
    }
}

#[test]
fn a_name_that_several_of_those_that_are_back_had_is_given_to_none() {
    let mut other = record("2");
    other.host = Some("desk.lan".to_owned());
    other.name = "pc-1".to_owned();
    let mut desk = called("desk", back("8"));
    desk.host.clone_from(&other.host);
    let restore = restored(&[record("1"), other], &[back("9"), desk], &[]);
    assert!(restore.proposals.is_empty());
    for row in &restore.rows {
        assert!(
            withheld(row)[0].contains("was that of several computers that are back"),
            "{row:?}"
        );
    }
}

#[test]
fn on_remotepc_a_machine_is_known_by_its_host_name_and_gets_comment_and_user() {
    let removed = KeptComputer {
        comment: Some("on loan".to_owned()),
        user: Some("ann@x.example".to_owned()),
        ..remotepc_record()
    };
    let restore = restored(std::slice::from_ref(&removed), &[remotepc_back("M2")], &[]);
    assert_eq!(
        proposed(&restore),
        [
            "comment 'front' with 'on loan'",
            "assign 'front' to 'ann@x.example'"
        ]
    );
    assert!(withheld(&restore.rows[0]).is_empty());
    let mut now = remotepc_back("M2");
    now.user = Some("Ann@x.example".to_owned());
    now.comment = Some("on loan ".to_owned());
    assert!(
        restored(std::slice::from_ref(&removed), &[now.clone()], &[])
            .proposals
            .is_empty()
    );
    now.comment = Some("new disk".to_owned());
    let restore = restored(&[removed], &[now], &[]);
    assert!(restore.proposals.is_empty());
    assert_eq!(
        withheld(&restore.rows[0]),
        ["its comment was 'on loan', and somebody has written another one"]
    );
}

#[test]
fn on_remotepc_there_may_be_nothing_to_give_and_several_hosts_of_one_name() {
    let fleet = [remotepc_back("M2"), remotepc_back("M3")];
    let fate = fate(&remotepc_record(), &fleet[..1]);
    assert_eq!(
        fate,
        Fate::Back {
            computer: fleet[0].to_ref(),
            proposals: 0,
            withheld: Vec::new()
        }
    );
    let all = restored(&[remotepc_record()], &fleet, &[]);
    assert!(matches!(&all.rows[0].fate, Fate::Several(refs) if refs.len() == 2));
}

#[test]
fn of_two_comments_for_one_computer_the_second_is_withheld() {
    let removed = ["a", "b"].map(|comment| KeptComputer {
        comment: Some(comment.to_owned()),
        ..remotepc_record()
    });
    let restore = restored(&removed, &[remotepc_back("M2")], &[]);
    assert_eq!(proposed(&restore), ["comment 'front' with 'a'"]);
    assert_eq!(
        withheld(&restore.rows[1]),
        ["another record of it had something else: comment 'front' with 'a'"]
    );
}
