//! What a run did, taken back.

use deskhand::fleet::Vendor;
use serde_json::Value;

use super::practice::Practice;

/// One script for each way to change something of RealVNC that can be taken back.
const REALVNC: [&str; 6] = [
    r#"rename("ACC-LT-001", "RECEPTION-1");"#,
    r#"group_add("Spare pool", "ACC-LT-002");"#,
    r#"group_remove("Laptops", "ACC-LT-002");"#,
    r#"group_add(find_user_group("Nobody yet"), find_user("elena.rossi@kestrel.example"));"#,
    r#"let u = find_user("elena.rossi@kestrel.example"); group_remove(groups_of(u)[0], u);"#,
    r#"update_roles(find_user("elena.rossi@kestrel.example"), ["USER", "TECHNICIAN"]);"#,
];

/// The same for RemotePC; each is begun with something to change.
const REMOTEPC: [&str; 3] = [
    r#"assign(["DC-01"], "shane@myworld");"#,
    r#"unassign(["SRV-FILE-01"], "shane@myworld");"#,
    r#"comment("DC-01", "the new one");"#,
];

/// Makes what the RemotePC scripts begin with.
const REMOTEPC_FIRST: &str = r#"assign(["SRV-FILE-01"], "shane@myworld"); comment("DC-01", "the old one");"#;

#[track_caller]
fn there_and_back(team: &Practice, script: &str) {
    let before = team.looks();
    team.script(script).succeeds().says("1 done");
    let after = team.looks();
    assert_ne!(before, after, "{script} has changed nothing");

    let planned = team.run("undo last --dry-run --output json");
    planned.ends_with(6).says("1 planned");
    assert_eq!(planned.json()[0]["outcome"], "planned");
    assert_eq!(team.looks(), after, "a dry run has changed something");

    let undone = team.run("undo last --force --output json");
    undone.succeeds().says("1 done");
    assert_eq!(undone.json()[0]["outcome"], "done", "{}", undone.transcript());
    assert_eq!(team.looks(), before, "{script} is not undone");

    // An undo is a run like all others, and `last` is that one now.
    team.run("undo last --force")
        .succeeds()
        .says("it was an undo itself")
        .says("1 done");
    assert_eq!(team.looks(), after, "the undo of {script} is not undone");
    team.run("undo last --force").succeeds();
    assert_eq!(team.looks(), before);
}

#[test]
fn every_change_of_realvnc_that_has_a_way_back_is_taken_back_and_made_again() {
    let team = Practice::with(Vendor::RealVnc);
    for script in REALVNC {
        there_and_back(&team, script);
    }
}

#[test]
fn every_change_of_remotepc_that_has_a_way_back_is_taken_back_and_made_again() {
    let team = Practice::with(Vendor::RemotePc);
    team.script(REMOTEPC_FIRST).succeeds();
    for script in REMOTEPC {
        there_and_back(&team, script);
    }
}

#[test]
fn several_changes_are_taken_back_as_one_plan() {
    let team = Practice::with(Vendor::RealVnc);
    let before = team.looks();
    // One computer twice, and another that has got its name.
    team.script(
        r#"
        rename("ACC-LT-001", "X"); rename("ACC-LT-002", "ACC-LT-001"); rename("X", "Y");
        group_add("Spare pool", "ACC-LT-003");
    "#,
    )
    .succeeds()
    .says("4 done");
    let undone = team.run("undo last --force --output json");
    undone.succeeds();
    let json = undone.json();
    assert!(
        json.as_array()
            .unwrap()
            .iter()
            .all(|row| row["outcome"] == "done"),
        "{}",
        undone.transcript()
    );
    assert_eq!(team.looks(), before);
}

#[test]
fn a_saved_undo_is_a_plan_like_all_others() {
    let team = Practice::with(Vendor::RealVnc);
    let before = team.looks();
    team.script(REALVNC[0]).succeeds();
    team.run("undo last --plan-out back.json")
        .ends_with(6)
        .prints("planned")
        .says("deskhand apply back.json");
    let shown = team.desk.run("plan show back.json --output text");
    shown.succeeds().prints("RECEPTION-1\n");
    team.run("apply back.json").succeeds().says("1 done");
    assert_eq!(team.looks(), before);
}

#[test]
fn what_cannot_be_undone_is_told_with_why_before_anything_is_done_and_in_the_result() {
    let team = Practice::with(Vendor::RealVnc);
    team.script(
        r#"
        rename("ACC-LT-001", "RECEPTION-1");
        let p = plan();
        for name in ["ACC-LT-026", "SRV-FILE-01", "SRV-FILE-03", "WH-SCAN-06"] {
            p.remove(name, stale(find_computer(name), ago("90d")));
        }
        p.apply();
        invite_user("new@kestrel.example", ["USER"]);
    "#,
    )
    .succeeds()
    .says("6 done");
    let undone = team.run("undo last --dry-run --output json");
    undone
        .ends_with(6)
        .says(
            "not undone: 4 changes, of 'ACC-LT-026', 'SRV-FILE-01', 'SRV-FILE-03' and 1 more: somebody has to enrol the computer \
             again, at its desk; `deskhand restore` then gives back what it had\n",
        )
        .says("not undone: invite 'new@kestrel.example'")
        .says("a message that was sent cannot be called back");
    let rows = undone.json();
    let of = |outcome: &str| -> Vec<&Value> {
        let rows = rows.as_array().unwrap().iter();
        rows.filter(|row| row["outcome"] == outcome).collect()
    };
    assert_eq!(of("planned").len(), 1);
    assert_eq!(of("not_undone").len(), 5);
    assert_eq!(of("not_undone")[0]["change"], "remove_computer");
    assert!(
        of("not_undone")[4]["note"]
            .as_str()
            .unwrap()
            .contains("cannot be called back")
    );
}

#[test]
fn where_nothing_can_be_undone_that_is_said_and_no_vendor_is_asked() {
    let team = Practice::with(Vendor::RealVnc);
    team.run("remove-computer backup-vault --force").succeeds();
    let undone = team.run("undo last --output json --plan-out back.json");
    undone
        .succeeds()
        .says("it did nothing that can be undone")
        .says("no plan was saved");
    assert_eq!(undone.json()[0]["outcome"], "not_undone");
    assert!(!undone.log.contains("createSession"), "{}", undone.log);
    let chosen = team.run("undo last --output json --where 'outcome == \"done\"'");
    assert_eq!(chosen.succeeds().json(), serde_json::json!([]));
}

#[test]
fn a_run_that_was_undone_already_is_left_as_it_is() {
    let team = Practice::with(Vendor::RealVnc);
    team.script(REALVNC[0]).succeeds();
    let run = team.last();
    team.run(&format!("undo {run} --force")).succeeds().says("1 done");
    let undo = team.last();
    assert_ne!(run, undo);
    team.run(&format!("undo {run} --force"))
        .succeeds()
        .says("1 so already");
    assert_eq!(team.last(), undo, "a run that sends nothing has a journal");
}
