//! The binary against a team over the network: scripts shipped and of one's own, in all formats, across session ends.
//!
//! Every test leaves the team as it found it and keeps to computers of its own, as the team may be in use: see [`Team`].

mod cleaning;
mod formats;
mod permissions;
mod vendor_functions;
mod writes;

use crate::team::Team;

/// A group that nothing is in, unless a test has just put it there.
const GROUP: &str = "Spare pool";

/// How long a script sleeps to outlive its session, in seconds: longer than any session that the tests are run with.
const LONGER_THAN_A_SESSION: &str = "2.2";

#[test]
fn a_script_of_ones_own_renames_and_groups_across_the_ends_of_its_sessions() {
    let team = Team::running();
    let (name, _) = team.computer(0);
    let script = r#"
        //! Moves a computer to another name and a group, and back, taking its time.
        const PARAMS = [
            #{ name: "computer", type: "string", help: "Which computer" },
            #{ name: "group", type: "string", help: "Which group" },
        ];
        const NEEDS = ["LIST_ENTRIES", "UPDATE_ENTRY", "LIST_ENTRY_GROUPS", "UPDATE_ENTRY_GROUP"];
        const WRITES = ["rename", "group_add", "group_remove"];
        const PAUSE = PAUSE_SECONDS;

        let computer = find_computer(params.computer);
        let first = computer.name;
        let seen = [];
        computer = rename(computer, first + "-moved");
        sleep(PAUSE);
        seen += get_computer(computer.id).name;
        group_add(params.group, computer);
        sleep(PAUSE);
        seen += groups_of(computer).map(|g| g.name).contains(params.group);
        group_remove(params.group, computer);
        sleep(PAUSE);
        seen += groups_of(computer).map(|g| g.name).contains(params.group);
        rename(computer, first);
        seen += get_computer(computer.id).name;
        seen
    "#;
    let script = script.replace("PAUSE_SECONDS", LONGER_THAN_A_SESSION);
    let desk = team.desk().file("move.rhai", script.trim_start());

    let ran = desk.run(&format!("./move.rhai {name} \"{GROUP}\" --force --output json"));

    ran.succeeds().says("4 done");
    assert_eq!(
        ran.json(),
        serde_json::json!([format!("{name}-moved"), true, false, name]),
        "{}",
        ran.transcript()
    );
    let sessions = ran
        .log
        .lines()
        .filter(|line| line.contains("answered") && line.contains("createSession"))
        .count();
    assert!(
        sessions >= 4,
        "only {sessions} sessions: none of them ended\n{}",
        ran.log
    );
}

#[test]
fn a_script_may_name_its_team_as_a_profile() {
    let team = Team::running();
    let (key_id, key) = team.key();
    let config = format!(
        "[profiles.branch]\nvendor = \"realvnc\"\nurl = \"{}\"\naccess_key = \"env:ID,KEY\"\n",
        team.url()
    );
    let desk = crate::desk::Desk::new()
        .config(&config)
        .var("ID", key_id)
        .var("KEY", key)
        .secret(key);
    let desk = desk.file(
        "count.rhai",
        "//! Counts.\nfleet(\"branch\").list_computers().len == list_computers().len",
    );
    desk.run("./count.rhai --profile branch --output json")
        .succeeds()
        .prints("true");
    let both = team.computer(1).0;
    desk.run(&format!("find-computer {both} --profile branch --output text"))
        .succeeds()
        .prints(&both);
}
