//! Rules 19 and 20: secrets, and what is said plainly.

use std::path::Path;

use super::devices::{Account, device};
use super::fleet::{Fleet, machines, person};
use super::{CLEAN, NAMED};
use crate::desk::Desk;

/// Searches everything below a folder for a text.
fn holds(folder: &Path, text: &str) -> Option<String> {
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if String::from_utf8_lossy(&std::fs::read(&path).unwrap()).contains(text) {
                return Some(path.display().to_string());
            }
        }
    }
    None
}

/// Checks that nothing that a desk keeps holds any of these.
#[track_caller]
fn keeps_none(desk: &Desk, secrets: &[&str]) {
    let folder = desk.desk();
    let folder = folder.parent().unwrap();
    for secret in secrets {
        assert_eq!(holds(folder, secret), None, "`{secret}` is kept");
    }
}

#[test]
fn a_search_for_secrets_finds_what_is_there() {
    let desk = Desk::new().file("a/b.txt", "x S3cret-word y");
    assert!(holds(desk.desk().parent().unwrap(), "S3cret-word").is_some());
}

#[test]
fn no_key_is_kept_after_writes_of_every_sort() {
    use deskhand::sim::realvnc::Role;
    let fleet = Fleet::of_people(vec![
        person("mia", &[Role::Manager]),
        person("ann", &[Role::User]),
        person("bob", &[Role::User]),
    ]);
    let script = "//! Does all.\n\
        let p = plan();\n\
        p.rename(\"PC-1\", \"PC-9\"); p.group_add(\"Desks\", \"PC-1\");\n\
        p.remove(\"PC-2\", chosen(\"old\"));\n\
        p.invite_user(\"new@kestrel.example\", [\"USER\"]);\n\
        p.update_roles(find_user(\"ann@kestrel.example\"), [\"TECHNICIAN\"]);\n\
        p.remove_user(find_user(\"bob@kestrel.example\"));\n\
        p.save(\"saved.json\");\n\
        p.apply()";
    let desk = fleet.desk().file("s.rhai", script);
    desk.run("./s.rhai --dry-run --plan-out p.json -v").ends_with(6);
    desk.run("./s.rhai --force -v --out rows.csv").succeeds();
    desk.run("journal export last --out journal.csv").succeeds();
    desk.run("journal show last").succeeds();
    let world = fleet.world();
    keeps_none(&desk, &[&world.access_key, "eyJ"]);
}

#[test]
fn no_key_password_or_address_of_remotepc_is_kept() {
    let account = Account::of(vec![device("A"), device("B")]);
    let script = "//! Does all.\n\
        const PARAMS = [#{ name: \"password\", type: \"secret\", help: \"Of the new user\" }];\n\
        comment(\"A\", \"on loan until May\");\n\
        let p = plan(); p.remove(\"B\", chosen(\"old\")); p.apply();\n\
        create_user(#{ username: \"new@kestrel.example\", first_name: \"New\", last_name: \"User\", password: params.password });\n\
        connect_url(\"A\", list_users()[0])";
    let (key, password) = (account.key(), "S3cret-word!7");
    let desk = account
        .desk()
        .file("s.rhai", script)
        .var("DESKHAND_PASSWORD", password)
        .secret(password)
        .secret("viewer.remotepc");
    let ran = desk.run("./s.rhai --force -v");
    assert!(account.writes() >= 3, "{}", ran.transcript());
    desk.run("journal export last").succeeds();
    keeps_none(&desk, &[&key, password]);
}

#[test]
fn a_removal_says_that_the_agent_stays_and_the_machine_may_come_back() {
    let plainly =
        "removing a computer's record does not uninstall the agent on it: the computer may enrol again";
    let way_back = "cannot be undone: somebody has to enrol the computer again, at its desk";
    let fleet = Fleet::of(machines(2));
    let desk = fleet.desk().file("s.rhai", CLEAN).file("n.rhai", NAMED);
    desk.run("./s.rhai 30d --dry-run")
        .ends_with(6)
        .says(plainly)
        .says(way_back);
    desk.run("./n.rhai PC-1 --dry-run")
        .ends_with(6)
        .says(plainly)
        .says(way_back);
    desk.run("./s.rhai 30d --plan-out p.json").ends_with(6);
    desk.run("plan show p.json")
        .succeeds()
        .says(plainly)
        .says(way_back);
    desk.run("./s.rhai 30d --force")
        .succeeds()
        .says(plainly)
        .says(way_back);
}
