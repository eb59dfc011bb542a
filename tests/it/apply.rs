//! From a plan to what came of it: `--plan-out`, `deskhand apply`, and the journal afterwards.

use crate::account::Account;
use crate::desk::Desk;

const ASSIGN: &str = "assign-computers --demo=remotepc --state team.json shane@myworld DC-01 SRV-FILE-01";
const APPLY: &str = "apply plan.json --demo=remotepc --state team.json";

fn planned() -> Desk {
    let desk = Desk::new();
    desk.run(&format!("{ASSIGN} --plan-out plan.json"))
        .ends_with(6)
        .says("2 planned")
        .says("deskhand apply plan.json");
    desk
}

#[test]
fn a_plan_is_saved_shown_applied_once_and_found_so_after_that() {
    let desk = planned();
    desk.run("journal list --output json").succeeds().prints("[]");
    desk.run("plan show plan.json --output text")
        .succeeds()
        .prints("SRV-FILE-01");
    // Nobody is asked: the file is the approval.
    let applied = desk.run(&format!("{APPLY} --output json"));
    applied.succeeds().says("2 done");
    assert_eq!(applied.json()[0]["outcome"], "done");
    desk.run(APPLY).succeeds().says("2 so already");
    desk.run(ASSIGN).succeeds().says("2 so already");
    let journal = desk.run("journal show last --output json").succeeds().json();
    assert_eq!(journal.as_array().unwrap().len(), 2, "{journal}");
    assert_eq!(journal[1]["outcome"], "done");
    assert_eq!(
        desk.run("journal list --output json")
            .json()
            .as_array()
            .unwrap()
            .len(),
        1
    );
}

#[test]
fn a_plan_that_is_not_for_this_fleet_or_was_edited_changes_nothing() {
    let desk = planned();
    desk.run("apply plan.json --demo")
        .ends_with(7)
        .says("RemotePC Enterprise");
    desk.run("apply plan.json")
        .ends_with(2)
        .says("add --demo=remotepc");
    let text = std::fs::read_to_string(desk.desk().join("plan.json")).unwrap();
    let desk = desk.file("plan.json", &text.replace("DC-01", "DC-02"));
    desk.run(APPLY).ends_with(7).says("edited");
    let desk = desk.file("plan.json", &text[..text.len() / 2]);
    desk.run(APPLY).ends_with(2).says("plan.json");
    desk.run("journal list --output json").succeeds().prints("[]");
}

#[test]
fn a_plan_of_yesterday_needs_a_word() {
    let desk = planned().var("DESKHAND_NOW", "2026-11-21T10:00:00Z");
    desk.run(APPLY).ends_with(7).says("--allow-old-plan");
    desk.run(&format!("{APPLY} --allow-old-plan")).succeeds();
}

#[test]
fn an_apply_can_be_a_dry_run() {
    let desk = planned();
    desk.run(&format!("{APPLY} --dry-run"))
        .ends_with(6)
        .says("2 planned");
    desk.run(APPLY).succeeds().says("2 done");
}

#[test]
fn a_plan_of_the_profile_that_nobody_has_named_is_applied_where_nobody_names_one() {
    let account = Account::running();
    let (desk, name) = (account.desk(), account.computers(3).remove(2));
    desk.run(&format!(
        "comment-computer {name} \"by a plan\" --plan-out plan.json"
    ))
    .ends_with(6);
    desk.run("apply plan.json").succeeds().says("1 done");
    let desk = desk.config(
        "default_profile = \"a\"\n[profiles.a]\nvendor = \"remotepc\"\napi_key = \"env:REMOTEPC_API_KEY\"\n",
    );
    desk.run("apply plan.json").ends_with(7).says("`environment`");
}

#[test]
fn where_there_is_nothing_to_change_no_plan_is_saved() {
    let desk = planned();
    desk.run(APPLY).succeeds();
    desk.run(&format!("{ASSIGN} --plan-out other.json"))
        .succeeds()
        .says("no plan was saved");
    assert!(!desk.desk().join("other.json").exists());
}

#[test]
fn while_one_run_writes_another_on_the_profile_is_told_to_wait() {
    let account = Account::running();
    let names = account.computers(2);
    let desk = account.desk().file(
        "slow.rhai",
        &format!(
            "//! Writes, and takes its time.\n\
             comment(\"{}\", \"by the first run\");\n\
             sleep(6);",
            names[0]
        ),
    );
    let second = format!("comment-computer {} \"by the second run\" --force", names[1]);
    std::thread::scope(|scope| {
        let first = scope.spawn(|| desk.run("./slow.rhai --force"));
        // The journal is there as soon as the first run holds the profile.
        while desk.run("journal list --output text").stdout.trim().is_empty() {
            assert!(!first.is_finished(), "the first run has written nothing");
        }
        desk.run(&second)
            .ends_with(7)
            .says("only one run may write through a profile");
        first.join().unwrap().succeeds();
    });
    desk.run(&second).succeeds().says("1 done");
}
