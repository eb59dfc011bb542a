//! What somebody has changed since is left alone.

use deskhand::fleet::Vendor;
use serde_json::{Value, json};

use super::practice::Practice;

fn change_entry(world: &mut Value, name: &str, change: impl FnOnce(&mut Value)) {
    let entries = world["entries"].as_array_mut().unwrap();
    let found = entries.iter_mut().find(|entry| entry["name"] == name);
    change(found.unwrap_or_else(|| panic!("there is no '{name}'")));
}

#[test]
fn a_computer_that_somebody_has_renamed_meanwhile_keeps_its_name() {
    let team = Practice::with(Vendor::RealVnc);
    team.script(r#"rename("ACC-LT-001", "A-1"); rename("ACC-LT-002", "A-2");"#)
        .succeeds();
    team.meanwhile(|world| change_entry(world, "A-1", |entry| entry["name"] = json!("Ann's")));
    let undone = team.run("undo last --force --output json");
    undone.ends_with(5).says("1 done, 1 failed");
    let rows = undone.json();
    let of = |target: &str| {
        let rows = rows.as_array().unwrap();
        rows.iter().find(|row| row["target"] == target).unwrap().clone()
    };
    assert_eq!(of("A-2")["outcome"], "done");
    assert_eq!(of("A-1")["outcome"], "drifted");
    assert_eq!(of("A-1")["note"], "was A-1, is Ann's");
    assert_eq!(team.entry("Ann's")["id"], of("A-1")["id"]);
    assert_eq!(team.entry("ACC-LT-002")["id"], of("A-2")["id"]);
}

#[test]
fn a_computer_that_is_gone_is_left_out_and_a_comment_of_somebody_else_stays() {
    let team = Practice::with(Vendor::RealVnc);
    team.script(r#"rename("ACC-LT-001", "A-1");"#).succeeds();
    team.meanwhile(|world| {
        let entries = world["entries"].as_array_mut().unwrap();
        entries.retain(|entry| entry["name"] != "A-1");
    });
    let undone = team.run("undo last --force --output json");
    undone.ends_with(5);
    assert_eq!(undone.json()[0]["outcome"], "drifted");

    let team = Practice::with(Vendor::RemotePc);
    team.script(r#"comment("DC-01", "the first");"#).succeeds();
    team.script(r#"comment("DC-01", "the second");"#).succeeds();
    team.script(r#"comment("DC-01", "the third");"#).succeeds();
    let runs = team.desk.run("journal list --output json").json();
    let second = runs[1]["run"].as_str().unwrap();
    let undone = team.run(&format!("undo {second} --force --output json"));
    undone.ends_with(5);
    assert_eq!(undone.json()[0]["note"], "was the second, is the third");
}

#[test]
fn an_old_name_that_another_computer_has_now_is_not_given_twice() {
    let team = Practice::with(Vendor::RealVnc);
    team.script(r#"rename("ACC-LT-001", "A-1");"#).succeeds();
    team.meanwhile(|world| change_entry(world, "ACC-LT-002", |entry| entry["name"] = json!("ACC-LT-001")));
    let undone = team.run("undo last --force");
    assert_ne!(undone.code, Some(0), "{}", undone.transcript());
    team.entry("A-1");
}
