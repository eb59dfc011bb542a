//! What is to be done to each of several, as a file says: new names, and who goes into which groups.

use super::{Desk, RemotePcDesk};
use crate::host::tests::desk::Failed;
use crate::sim::realvnc::Operation;

/// Everything that is said of a file that is refused.
fn told(failed: &Failed) -> String {
    format!("{}: {}", failed.message, failed.causes.join(" | "))
}

#[test]
fn new_names_are_read_by_name_or_id_with_a_header_or_without() {
    let team = Desk::new().team();
    let id = team.entries_named("DC-01").next().unwrap().id.clone();
    let desk = Desk::new()
        .file("bare.csv", "dc-01,DC-1\n\npump-house,\"Pump, house\"\n")
        .file(
            "headed.csv",
            "\u{feff}New;Note;Current\r\nDC-1;x;DC-01\r\n".as_bytes(),
        )
        .file("ids.csv", format!("EntryID,Name,NewName\n{id},DC-01,DC-1\n"));
    desk.holds(
        "read_renames(\"bare.csv\").map(|row| [row.computer.name, row.name, row.line]) \
         == [[\"DC-01\", \"DC-1\", 1], [\"pump-house\", \"Pump, house\", 3]]",
    );
    for file in ["headed.csv", "ids.csv"] {
        desk.holds(&format!(
            "read_renames(\"{file}\").map(|row| [row.computer.name, row.name]) == [[\"DC-01\", \"DC-1\"]]"
        ));
    }
}

#[test]
fn all_new_names_that_cannot_be_given_are_told_with_their_lines() {
    let desk = Desk::new().file(
        "a.csv",
        "Current,New,EntryID\n\
         DC-O1,A,\n\
         meeting room,B,\n\
         DC-01,C,\n\
         dc-01,D,\n\
         pump-house,C,\n\
         backup-vault,SRV-FILE-01,\n\
         old-nas,,\n\
         old-nas,E,no-such-id\n\
         ,F,\n",
    );
    let failed = desk.fails("read_renames(\"a.csv\")");
    let told = told(&failed);
    for part in [
        "8 of its rows are wrong",
        "line 2: there is no computer named 'DC-O1' (did you mean `DC-01`?)",
        "line 3: 'meeting room' fits 2 computers",
        "line 5: 'DC-01' is the same computer as in line 4",
        "line 6: 'C' is the new name in line 4, too",
        "line 7: 'SRV-FILE-01' is the name of another computer",
        "line 8: it says no new name",
        "line 9: there is no computer with the id 'no-such-id'",
        "line 10: it says no computer",
    ] {
        assert!(told.contains(part), "{part}\n{told}");
    }
}

#[test]
fn a_name_that_another_row_sets_free_can_be_given() {
    let desk = Desk::new().file("a.csv", "DC-01,SRV-FILE-01\nSRV-FILE-01,FILES\n");
    desk.says(
        "let p = plan(); for row in read_renames(\"a.csv\") { p.rename(row.computer, row.name); } p.apply()",
    );
    assert_eq!(desk.fleet.tally().done, 2);
    assert_eq!(desk.team().entries_named("SRV-FILE-01").count(), 1);
}

#[test]
fn what_was_renamed_before_is_found_by_its_new_name_unless_the_old_one_is_there_still() {
    let desk = Desk::new().file("a.csv", "was-here,DC-01\n");
    desk.holds("read_renames(\"a.csv\")[0].computer.name == \"DC-01\"");
    let desk = Desk::new().file("a.csv", "DC-O1,meeting room\nwas-here,dc-01\n");
    let told = told(&desk.fails("read_renames(\"a.csv\")"));
    assert!(
        told.contains("line 1: there is no computer named 'DC-O1'"),
        "{told}"
    );
    assert!(
        told.contains("line 2: there is no computer named 'was-here'"),
        "{told}"
    );
}

#[test]
fn computers_and_their_groups_are_read_by_name_and_id() {
    let team = Desk::new().team();
    let id = team.entries_named("DC-01").next().unwrap().id.clone();
    for text in [
        "GroupName,Name,EntryID\nSpare pool,DC-01,\n".to_owned(),
        format!("entry id;Why;Group name\r\n{id};x;spare POOL\r\n"),
        format!("GroupName,Name,EntryID\nSpare pool,dc-01,{id}\n"),
    ] {
        let desk = Desk::new().file("a.csv", &text);
        desk.holds(
            "read_group_computers(\"a.csv\").map(|row| [row.group.name, row.computer.name, row.line]) \
             == [[\"Spare pool\", \"DC-01\", 2]]",
        );
    }
}

#[test]
fn all_pairs_that_cannot_be_told_are_told_with_their_lines() {
    let team = Desk::new().team();
    let id = team.entries_named("DC-01").next().unwrap().id.clone();
    let desk = Desk::new().file(
        "a.csv",
        format!(
            "GroupName,Name,EntryID\n\
             Spare pol,DC-01,\n\
             No such,DC-O1,\n\
             ,DC-01,\n\
             Spare pool,pump-house,{id}\n\
             Spare pool,,{id}\n\
             spare pool,DC-01,\n\
             Spare pool,,\n"
        ),
    );
    let told = told(&desk.fails("read_group_computers(\"a.csv\")"));
    for part in [
        "6 of its rows are wrong",
        "line 2: there is no computer group named 'Spare pol' (did you mean `Spare pool`?)",
        "line 3: there is no computer group named 'No such'; there is no computer named 'DC-O1'",
        "line 4: `GroupName` is empty",
        &format!("line 5: the computer with the id '{id}' is 'DC-01', not 'pump-house'"),
        "line 7: it puts 'DC-01' where line 6 does",
        "line 8: it says no computer",
    ] {
        assert!(told.contains(part), "{part}\n{told}");
    }
    let desk = Desk::new().file("a.csv", "GroupName,Host\nSpare pool,DC-01\n");
    let failed = desk.fails("read_group_computers(\"a.csv\")");
    assert!(
        failed
            .message
            .contains("nothing stands in a column `Name` or `EntryID`"),
        "{failed:?}"
    );
}

#[test]
fn a_key_that_may_not_list_puts_into_groups_by_id_alone() {
    let team = Desk::new().team();
    let id = team.entries_named("DC-01").next().unwrap().id.clone();
    let user = team.members()[5].id.clone();
    let group = team
        .user_groups()
        .iter()
        .find(|g| g.name == "Nobody yet")
        .unwrap()
        .id
        .clone();
    let desk = Desk::with(|setup| {
        setup.team.deny = ["LIST_ENTRIES", "LIST_TEAM_MEMBERS"].map(str::to_owned).into();
    })
    .file(
        "a.csv",
        format!("GroupName,Name,EntryID\nSpare pool,anything,{id}\n"),
    )
    .file("b.csv", "GroupName,Name,EntryID\nSpare pool,DC-01,\n")
    .file("c.csv", format!("GroupName,UserID\nNobody yet,{user}\n"));
    desk.says("let p = plan(); for row in read_group_computers(\"a.csv\") { p.group_add(row.group, row.computer); } p.apply()");
    desk.says("let p = plan(); for row in read_group_users(\"c.csv\") { p.group_add(row.group, row.user); } p.apply()");
    assert_eq!(desk.fleet.tally().done, 2, "{:?}", desk.fleet.tally());
    let warnings = desk.warnings();
    assert!(
        warnings[0].contains("`a.csv` are not checked against the ids"),
        "{warnings:?}"
    );
    let after = desk.team();
    let spare = after
        .entry_groups()
        .iter()
        .find(|g| g.name == "Spare pool")
        .unwrap();
    assert!(spare.has(&id));
    assert!(after.user_groups().iter().any(|g| g.id == group && g.has(&user)));
    assert_eq!(desk.fails("read_group_computers(\"b.csv\")").kind, "permission");
}

#[test]
fn users_and_their_groups_are_read_by_address_and_id() {
    let desk = Desk::new()
        .file(
            "a.csv",
            "UserID,GroupName,Email\n,Nobody yet,Elena.Rossi@kestrel.example\n",
        )
        .file(
            "b.csv",
            "GroupName,Email\nNobody yet,elena.rosi@kestrel.example\n",
        );
    desk.holds("read_group_users(\"a.csv\").map(|row| row.user.email) == [\"elena.rossi@kestrel.example\"]");
    let failed = desk.fails("read_group_users(\"b.csv\")");
    assert!(
        failed.message.contains(
            "line 2: there is no user with the address 'elena.rosi@kestrel.example' (did you mean `elena.rossi@kestrel.example`?)"
        ),
        "{failed:?}"
    );
}

#[test]
fn remotepc_says_what_there_is_instead() {
    let desk = RemotePcDesk::new()
        .file("a.csv", "GroupName,Name\nLab,DC-01\n")
        .file("b.csv", "GroupName,Email\nLab,shane@myworld\n");
    for (code, hint) in [
        ("read_group_computers(\"a.csv\")", "move_to_group"),
        ("read_group_users(\"b.csv\")", "assign"),
        ("list_users(#{ groups: true })", "assign"),
    ] {
        let failed = desk.fails(code);
        assert_eq!(failed.kind, "unsupported", "{code}");
        assert!(failed.hint.contains(hint), "{code}: {failed:?}");
    }
}

#[test]
fn users_are_listed_with_their_groups_by_one_more_request() {
    let desk = Desk::new();
    let team = desk.team();
    let groups_of = |id: &str| team.user_groups().iter().filter(|g| g.has(id)).count();
    let anna = team.members()[0].id.clone();
    desk.holds(&format!(
        "list_users(#{{ groups: true }}).find(|u| u.id == \"{anna}\").groups.len == {}",
        groups_of(&anna)
    ));
    assert_eq!(desk.received(Operation::ListUserGroups), 1);
    assert_eq!(desk.received(Operation::ListMemberGroups), 0);
    let alone = team.members().iter().filter(|m| groups_of(&m.id) == 0).count();
    desk.holds(&format!(
        "list_users(#{{ groups: true }}).filter(|u| u.groups.is_empty()).len == {alone}"
    ));
}
