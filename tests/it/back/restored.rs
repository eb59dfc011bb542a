//! Computers that were removed, and are back.

use deskhand::fleet::Vendor;
use serde_json::{Value, json};

use super::practice::Practice;

const REMOVED: [&str; 3] = ["ACC-LT-026", "SRV-FILE-01", "WH-SCAN-06"];

/// Removes some computers, and returns what their records were.
fn removed(team: &Practice) -> Vec<Value> {
    let records = REMOVED.map(|name| team.entry(name));
    let names = json!(REMOVED);
    team.script(&format!(
        "let p = plan(); for name in {names} {{ p.remove(name, stale(find_computer(name), ago(\"90d\"))); }} p.apply();"
    ))
    .succeeds()
    .says("3 done");
    records.into()
}

/// Enrols a machine again: the same host and addresses, another id, and the name that it gives itself.
fn enrol(team: &Practice, record: &Value, number: u32, name: &str) -> String {
    let id = format!("{number:032x}");
    let mut entry = record.clone();
    entry["id"] = json!(id);
    entry["name"] = json!(name);
    entry["version"] = json!(1);
    team.meanwhile(|world| world["entries"].as_array_mut().unwrap().push(entry));
    id
}

/// Returns the names of the groups that a computer is in.
fn groups_of(team: &Practice, id: &str) -> Vec<String> {
    let world = team.world();
    let groups = world["world"]["entry_groups"].as_array().unwrap().iter();
    let in_it = groups.filter(|group| group["members"].as_array().unwrap().contains(&json!(id)));
    in_it
        .map(|group| group["name"].as_str().unwrap().to_owned())
        .collect()
}

fn of<'a>(rows: &'a Value, target: &str) -> Vec<&'a Value> {
    let rows = rows.as_array().unwrap().iter();
    rows.filter(|row| row["target"] == target).collect()
}

#[test]
fn a_computer_that_has_enrolled_again_gets_its_name_and_its_groups() {
    let team = Practice::with(Vendor::RealVnc);
    let old = team.entry("ACC-LT-026")["id"].as_str().unwrap().to_owned();
    let groups = groups_of(&team, &old);
    assert_eq!(groups, ["Accounting", "Laptops"]);
    let records = removed(&team);
    let run = team.last();
    team.run("restore last --output json")
        .succeeds()
        .says("looked for 3 computers: 3 not back");
    let id = enrol(&team, &records[0], 1, "acc-lt-026-new");

    let planned = team.run("restore last --dry-run --output json");
    planned
        .ends_with(6)
        .says("looked for 3 computers: 1 back, 2 not back")
        .says("3 planned");
    assert!(groups_of(&team, &id).is_empty());
    team.run("restore last").ends_with(7).says("--force");

    let restored = team.run("restore last --force --output json");
    restored.succeeds().says("3 done");
    let rows = restored.json();
    let [back] = of(&rows, "ACC-LT-026")[..] else {
        panic!("{}", restored.transcript())
    };
    assert_eq!(
        (&back["change"], &back["to"], &back["outcome"], &back["id"]),
        (
            &json!("restore"),
            &json!("acc-lt-026-new"),
            &json!("back"),
            &json!(id)
        )
    );
    // What is given back stands behind the computer that gets it.
    let verbs: Vec<&str> = rows.as_array().unwrap()[1..4]
        .iter()
        .map(|row| row["change"].as_str().unwrap())
        .collect();
    assert_eq!(verbs, ["group_add", "group_add", "rename"]);
    assert_eq!(of(&rows, "SRV-FILE-01")[0]["outcome"], "not_back");
    assert_eq!(team.entry("ACC-LT-026")["id"], json!(id));
    assert_eq!(groups_of(&team, &id), groups);

    team.run(&format!(
        "restore {run} --output json --columns target,outcome,note"
    ))
    .succeeds()
    .prints("it has all that it had");
    // A restore is a run like all others.
    team.run("undo last --force").succeeds().says("3 done");
    assert!(groups_of(&team, &id).is_empty());
    assert_eq!(team.entry("acc-lt-026-new")["id"], json!(id));
}

#[test]
fn who_may_be_meant_is_told_where_several_may_be_and_none_of_them_is_touched() {
    let team = Practice::with(Vendor::RealVnc);
    let records = removed(&team);
    let one = enrol(&team, &records[0], 1, "new-1");
    let two = enrol(&team, &records[0], 2, "new-2");
    let before = team.looks();
    let restored = team.run("restore last --force --output json");
    restored
        .succeeds()
        .says("looked for 3 computers: 2 not back, 1 that may be any of several");
    let rows = restored.json();
    let row = of(&rows, "ACC-LT-026")[0];
    assert_eq!(row["outcome"], "several");
    let note = row["note"].as_str().unwrap();
    assert!(note.contains(&one) && note.contains(&two), "{note}");
    assert_eq!(team.looks(), before);
}

#[test]
fn a_name_that_is_taken_and_a_group_that_is_gone_are_withheld_and_the_rest_is_given() {
    let team = Practice::with(Vendor::RealVnc);
    let records = removed(&team);
    let id = enrol(&team, &records[0], 1, "new-1");
    team.meanwhile(|world| {
        let groups = world["entry_groups"].as_array_mut().unwrap();
        groups.retain(|group| group["name"] != "Laptops");
        let entries = world["entries"].as_array_mut().unwrap();
        entries[0]["name"] = json!("acc-lt-026");
    });
    let restored = team.run("restore last --force --output json");
    restored.succeeds().says("1 done");
    let rows = restored.json();
    let note = of(&rows, "ACC-LT-026")[0]["note"].as_str().unwrap();
    assert!(note.contains("there is no group 'Laptops' any more"), "{note}");
    assert!(
        note.contains("the name 'ACC-LT-026' is now that of another computer"),
        "{note}"
    );
    assert_eq!(groups_of(&team, &id), ["Accounting"]);
    assert_eq!(team.entry("new-1")["id"], json!(id));
}

#[test]
fn on_remotepc_a_computer_gets_its_comment_and_what_was_never_told_is_said() {
    let team = Practice::with(Vendor::RemotePc);
    team.script(r#"comment("backup-vault", "in the cellar");"#)
        .succeeds();
    let device = |name: &str| -> Value {
        let world = team.world();
        let devices = world["world"]["devices"].as_array().unwrap();
        let found = devices.iter().find(|device| device["name"] == name);
        found.cloned().unwrap_or_default()
    };
    let mut back = device("backup-vault");
    let kept = back["comment"].clone();
    team.run("remove-computer backup-vault --force").succeeds();
    assert_eq!(device("backup-vault"), Value::Null);
    let run = team.last();
    team.run("restore last --output json")
        .succeeds()
        .prints("not_back");
    back["machine_id"] = json!("M-NEW-1");
    back["comment"] = json!("");
    back["assigned"] = json!([]);
    back["group"] = Value::Null;
    team.meanwhile(|world| world["devices"].as_array_mut().unwrap().push(back));
    team.run(&format!("restore {run} --force --output json"))
        .succeeds()
        .says("looked for 1 computer: 1 back")
        .says("RemotePC does not tell of a computer to whom it is assigned, nor its group")
        .says("1 done");
    assert_eq!(device("backup-vault")["comment"], kept);
}

#[test]
fn a_run_that_has_removed_nothing_has_nothing_to_restore() {
    let team = Practice::with(Vendor::RealVnc);
    team.script(r#"rename("ACC-LT-001", "A-1");"#).succeeds();
    let restored = team.run("restore last --output json");
    restored
        .succeeds()
        .says("it has removed no computer that could be restored");
    assert_eq!(restored.json(), json!([]));
}
