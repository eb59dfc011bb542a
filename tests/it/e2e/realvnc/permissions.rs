//! What the key may not read: what is lost is said, and the stricter rule holds. Each test has a team of its own.

use crate::desk::Desk;
use crate::team::Team;

/// Starts a team whose key lacks a permission.
fn without(permission: &str) -> (Team, Desk) {
    let team = Team::with(&format!("--deny {permission}"));
    let desk = team.desk();
    (team, desk)
}

#[test]
fn without_presence_what_was_not_seen_for_two_days_goes_and_that_is_said() {
    let (_team, desk) = without("LIST_PRESENCE");
    desk.run("clean-stale-computers 90d --dry-run --output text")
        .ends_with(6)
        .says("LIST_PRESENCE")
        .says("presence not checked of ");
    desk.run("remove-computer backup-vault --force")
        .succeeds()
        .says("presence not checked of 1 computer ('backup-vault')");
    // Nobody knows whether it is online, and it was seen yesterday.
    desk.run("remove-computer ACC-LT-001 --force")
        .ends_with(7)
        .says("whether it is online is not known");
}

#[test]
fn without_groups_a_computer_goes_and_it_is_said_what_is_not_kept() {
    let (_team, desk) = without("LIST_ENTRY_GROUPS");
    desk.run("remove-computer backup-vault --force")
        .succeeds()
        .says("the groups of what is changed are not known");
}

#[test]
fn without_the_list_computers_go_by_id_only_and_no_more_than_three() {
    let team = Team::running();
    let ids: Vec<String> = (0..5).map(|number| team.computer(number).1).collect();
    let (_team, desk) = without("LIST_ENTRIES");
    let desk = desk
        .file("ids.txt", &ids[..3].join("\n"))
        .file("many.txt", &ids[..4].join("\n"))
        .file("names.txt", "backup-vault\n");
    desk.run("remove-computers names.txt --force")
        .ends_with(4)
        .says("LIST_ENTRIES");
    desk.run("remove-computers many.txt --by-id --force")
        .ends_with(7)
        .says("the size of the fleet not being known");
    desk.run("remove-computers ids.txt --by-id --dry-run")
        .ends_with(6)
        .says("neither the names of the computers nor anything else about them is known")
        .says("presence not checked");
    desk.run("remove-computers ids.txt --by-id --force")
        .ends_with(5)
        .says("nothing is checked against the fleet")
        // They are gone, and the key may not look.
        .says("could not confirm")
        .says("3 of unknown outcome");
}

#[test]
fn without_the_permission_to_remove_nothing_more_is_sent_after_the_first() {
    let (_team, desk) = without("DELETE_ENTRY");
    let ran = desk.run("clean-stale-computers 90d --force --jobs 1 --output csv");
    ran.ends_with(5).says("DELETE_ENTRY");
    let (_, rows) = ran.csv();
    let unsent = rows.iter().filter(|row| row[4].contains("it was not sent"));
    assert_eq!(unsent.count(), rows.len() - 1, "{}", ran.transcript());
}

#[test]
fn without_the_groups_of_users_a_user_goes_and_it_is_said_what_is_not_kept() {
    let (_team, desk) = without("LIST_USER_GROUPS");
    desk.run("remove-user elena.rossi@kestrel.example --force")
        .succeeds()
        .says("the groups of who is removed are not known");
    desk.run("invite-user a@example.com --roles USER --groups \"All staff\" --force")
        .ends_with(4)
        .says("LIST_USER_GROUPS");
    desk.run("invite-user a@example.com --roles USER --force")
        .succeeds();
}

#[test]
fn without_the_list_of_members_nobody_is_removed() {
    let (_team, desk) = without("LIST_TEAM_MEMBERS");
    desk.run("remove-user elena.rossi@kestrel.example --force")
        .ends_with(4)
        .says("LIST_TEAM_MEMBERS");
}

#[test]
fn without_the_list_of_computers_it_is_told_who_is_connected_and_that_no_ids_are() {
    let (_team, desk) = without("LIST_ENTRIES");
    let ran = desk.run("list-presence --output csv");
    ran.succeeds()
        .says("it is not known which computers these servers are on")
        .says("LIST_ENTRIES");
    let (header, rows) = ran.csv();
    assert_eq!(header, ["Name", "Status", "LastSeen", "ServerID", "EntryID"]);
    assert!(rows.iter().all(|row| row[4].is_empty() && !row[3].is_empty()));
    let (_team, desk) = without("LIST_AUDIT_EVENTS");
    let (_, rows) = desk.run("list-presence --output csv").succeeds().csv();
    assert!(rows.iter().all(|row| !row[4].is_empty()), "{rows:?}");
}
