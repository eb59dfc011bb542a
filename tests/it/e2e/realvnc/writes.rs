//! The door for writes: what is refused, what is only looked at, and what is so already.

use super::GROUP;
use crate::desk::Desk;
use crate::team::Team;

#[track_caller]
fn has_its_name(desk: &Desk, name: &str) {
    desk.run(&format!("find-computer {name} --output text"))
        .succeeds()
        .prints(name);
}

#[test]
fn a_dry_run_shows_the_changes_and_makes_none() {
    let team = Team::running();
    let desk = team.desk();
    let (name, id) = team.computer(3);
    let ran = desk.run(&format!(
        "rename-computer {name} {name}-dry --dry-run --output csv"
    ));
    ran.ends_with(6).says("nothing was changed");
    let (header, rows) = ran.csv();
    assert_eq!(header[..4], ["Change", "Target", "To", "ID"]);
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0][..4], ["rename", &name, &format!("{name}-dry"), &id]);
    let ran = desk.run(&format!("group-add-computer \"{GROUP}\" {name} --dry-run"));
    ran.ends_with(6).prints(&format!("in {GROUP}"));
    assert!(
        !ran.log.contains("PATCH") && !ran.log.contains("PUT"),
        "{}",
        ran.log
    );
    has_its_name(&desk, &name);
}

#[test]
fn a_dry_run_of_what_is_so_already_has_nothing_to_change() {
    let team = Team::running();
    let desk = team.desk();
    let (name, _) = team.computer(4);
    desk.run(&format!("rename-computer {name} {name} --dry-run"))
        .succeeds()
        .says("so already");
    desk.run(&format!("group-remove-computer \"{GROUP}\" {name} --dry-run"))
        .succeeds()
        .says("so already");
}

#[test]
fn read_only_refuses_even_with_force() {
    let team = Team::running();
    let desk = team.desk();
    let (name, _) = team.computer(5);
    let ran = desk.run(&format!("rename-computer {name} {name}-ro --read-only --force"));
    ran.ends_with(7).prints_nothing().says("--read-only was given");
    has_its_name(&desk, &name);
}

#[test]
fn a_profile_that_is_read_only_refuses_and_says_that_it_is_the_profile() {
    let team = Team::running();
    let (key_id, key) = team.key();
    let config = format!(
        "[profiles.look]\nvendor = \"realvnc\"\nurl = \"{}\"\naccess_key = \"env:ID,KEY\"\nread_only = true\n",
        team.url()
    );
    let desk = Desk::new()
        .config(&config)
        .var("ID", key_id)
        .var("KEY", key)
        .secret(key);
    let (name, _) = team.computer(6);
    let ran = desk.run(&format!(
        "rename-computer {name} {name}-ro --profile look --force"
    ));
    ran.ends_with(7)
        .prints_nothing()
        .says("profile `look` is read-only");
}

#[test]
fn without_a_terminal_nothing_is_changed_unless_force_is_given() {
    let team = Team::running();
    let desk = team.desk();
    let (name, _) = team.computer(7);
    let ran = desk.run(&format!("rename-computer {name} {name}-asked"));
    ran.ends_with(7)
        .prints_nothing()
        .says("no terminal")
        .says("--force")
        .says("--dry-run");
    has_its_name(&desk, &name);
}

#[test]
fn a_script_changes_only_what_it_says_it_writes() {
    let team = Team::running();
    let (name, _) = team.computer(8);
    let script = format!("//! Promises.\nconst WRITES = [\"group_add\"];\nrename(\"{name}\", \"{name}-w\")");
    let desk = team.desk().file("promise.rhai", &script);
    desk.run("./promise.rhai --force")
        .ends_with(7)
        .says("WRITES does not list \"rename\"");
    has_its_name(&desk, &name);
}

#[test]
fn a_change_that_is_so_already_is_no_change_and_no_error() {
    let team = Team::running();
    let desk = team.desk();
    let (name, _) = team.computer(9);
    let line = format!("group-add-computer \"{GROUP}\" {name} --force");
    desk.run(&line).succeeds().says("1 done");
    desk.run(&line).succeeds().says("1 so already");
    let line = format!("group-remove-computer \"{GROUP}\" {name} --force");
    desk.run(&line).succeeds().says("1 done");
    desk.run(&line).succeeds().says("1 so already");
}

#[test]
fn a_name_that_is_taken_is_a_conflict() {
    let team = Team::running();
    let desk = team.desk();
    let ((name, _), (other, _)) = (team.computer(10), team.computer(11));
    let ran = desk.run(&format!("rename-computer {name} {other} --force"));
    ran.ends_with(4).says("already used");
    has_its_name(&desk, &name);
}

#[test]
fn a_computer_that_is_online_is_not_removed_even_where_it_is_named() {
    let team = Team::running();
    let desk = team.desk();
    desk.run("remove-computer DC-01 --force")
        .ends_with(7)
        .prints_nothing()
        .says("it is online, and what is online is never removed");
    has_its_name(&desk, "DC-01");
}

#[test]
fn a_run_that_ends_after_it_has_changed_something_is_partly_done() {
    let team = Team::running();
    let (name, id) = team.computer(12);
    for (ending, says) in [
        ("throw \"no more\";", "no more"),
        ("get_computer(\"00000000000000000000000000000000\");", "not_found"),
        ("remove_computer(\"DC-01\");", "not allowed"),
    ] {
        let script = format!(
            "//! Ends early.\nlet c = get_computer(\"{id}\");\nc = rename(c, \"{name}-half\");\nc = rename(c, \"{name}\");\n{ending}\n"
        );
        let desk = team.desk().file("half.rhai", &script);
        desk.run("./half.rhai --force")
            .ends_with(5)
            .says(says)
            .says("Changes: 2 done");
    }
}

#[test]
fn what_happened_to_the_fleet_is_said_even_when_told_to_be_quiet() {
    let script =
        "//! Hides.\nlet c = find_computer(\"DC-01\");\nfor g in groups_of(c) { group_remove(g, c); }\n";
    let desk = Desk::demo().file("hide.rhai", script);
    desk.run("./hide.rhai --force --quiet")
        .succeeds()
        .says("'DC-01' is in no group now");
}
