//! Rules 12, 15 and 16: the journal first, saved plans, and one writer a profile.

use deskhand::plan::journal::{Lock, RunId};
use deskhand::sim::realvnc::Operation;

use crate::desk::Desk;

use super::fleet::{Fleet, journals, machine, machines, now, refused};
use super::{CHOOSE, CLEAN};

#[test]
fn without_a_journal_nothing_is_sent() {
    let fleet = Fleet::of(machines(2));
    let desk = fleet.desk().file("s.rhai", CLEAN);
    // Where the folder should be is a file.
    std::fs::write(journals(&desk), "in the way").unwrap();
    let ran = desk.run("./s.rhai 30d --force");
    assert_ne!(ran.code, Some(0), "{}", ran.transcript());
    ran.says("journal");
    assert_eq!((fleet.writes(), fleet.len()), (0, 2), "{}", ran.transcript());
    // Whoever only looks needs none.
    desk.run("./s.rhai 30d --dry-run").ends_with(6);
}

#[test]
fn the_whole_record_stands_in_the_journal_before_the_call() {
    let fleet = Fleet::of([machine("PC-1").in_group("Desks").macs(&["E8-6A-64-00-00-01"])]);
    let desk = fleet.desk().file("s.rhai", CLEAN);
    // The vendor never answers the removal, so that only what was written before it is there.
    let effect = deskhand::sim::Effect::CutBefore;
    fleet.fault(deskhand::sim::Fault::on(Operation::DeleteEntry, effect).always());
    desk.run("./s.rhai 30d --force").ends_with(5);
    let kept = desk.run("journal export last").succeeds().json();
    let before = &kept["before"]["computer"];
    assert_eq!(before["name"], "PC-1");
    assert_eq!(before["macs"][0], "e8:6a:64:00:00:01");
    assert_eq!(before["groups"][0]["name"], "Desks");
    assert_eq!(before["raw"]["entryId"], "id-PC-1");
    assert!(kept["reason"].is_object() || kept["reason"].is_string(), "{kept}");
}

fn planned(fleet: &Fleet) -> Desk {
    let desk = fleet.desk().file("s.rhai", CHOOSE);
    desk.run("./s.rhai --plan-out p.json").ends_with(6);
    desk
}

#[test]
fn a_plan_is_good_for_24_hours_to_the_second() {
    let fleet = Fleet::of(machines(1));
    let desk = planned(&fleet).var("DESKHAND_NOW", "2026-11-21T09:00:01Z");
    refused(
        &fleet,
        &desk.run("apply p.json"),
        &["good for 24 hours", "--allow-old-plan"],
    );
    let desk = desk.var("DESKHAND_NOW", "2026-11-21T09:00:00Z");
    desk.run("apply p.json").succeeds();
    assert_eq!(fleet.len(), 0);
}

#[test]
fn an_old_plan_that_is_allowed_is_still_held_to_the_other_rules() {
    let fleet = Fleet::of(machines(1));
    let desk = planned(&fleet).var("DESKHAND_NOW", "2026-11-23T09:00:00Z");
    fleet.edit(|world| world.change_entry("id-PC-1", |entry| entry.presence.as_mut().unwrap().online = true));
    refused(
        &fleet,
        &desk.run("apply p.json --allow-old-plan"),
        &["it is online"],
    );
}

#[test]
fn a_plan_from_a_clock_that_runs_ahead_is_refused() {
    let fleet = Fleet::of(machines(1));
    let desk = planned(&fleet).var("DESKHAND_NOW", "2026-11-20T08:00:00Z");
    refused(&fleet, &desk.run("apply p.json"), &["yet to come"]);
}

#[test]
fn a_plan_is_for_one_profile_at_one_host() {
    let fleet = Fleet::of(machines(1));
    let desk = planned(&fleet);
    let plan = std::fs::read_to_string(desk.desk().join("p.json")).unwrap();
    // The same profile, by its name, at another host.
    let elsewhere = Fleet::of(machines(1));
    let desk = elsewhere.desk().file("p.json", &plan);
    refused(&elsewhere, &desk.run("apply p.json"), &["127.0.0.1"]);
    assert_eq!((elsewhere.len(), fleet.len()), (1, 1));
    // Another profile at the same host.
    let desk = fleet.desk();
    let config = std::fs::read_to_string(desk.config_file()).unwrap();
    let desk = desk
        .config(&config.replace("acme", "other"))
        .file("p.json", &plan);
    refused(
        &fleet,
        &desk.run("apply p.json --profile other"),
        &["acme", "other"],
    );
}

#[test]
fn a_plan_that_was_edited_in_any_part_is_refused() {
    for (from, to) in [
        ("id-PC-1", "id-PC-2"),
        ("offline", "online"),
        ("the branch has closed", "named"),
        ("2026-08-12T09:00:00Z", "2025-08-12T09:00:00Z"),
        ("\"acme\"", "\"other\""),
        ("2026-11-20T09:00:00Z", "2026-11-20T09:00:01Z"),
    ] {
        let fleet = Fleet::of(machines(1));
        let desk = planned(&fleet);
        let plan = std::fs::read_to_string(desk.desk().join("p.json")).unwrap();
        assert!(plan.contains(from), "{from} in {plan}");
        let desk = desk.file("p.json", &plan.replace(from, to));
        let ran = desk.run("apply p.json");
        assert!(matches!(ran.code, Some(2 | 7)), "{}", ran.transcript());
        assert_eq!((fleet.writes(), fleet.len()), (0, 1), "{from}");
    }
}

#[test]
fn a_plan_is_applied_once() {
    let fleet = Fleet::of(machines(2));
    let desk = planned(&fleet);
    desk.run("apply p.json").succeeds().says("2 done");
    desk.run("apply p.json").succeeds().says("2 so already");
    assert_eq!(fleet.received(Operation::DeleteEntry), 2);
}

#[test]
fn while_another_run_holds_the_profile_nothing_is_sent_and_it_is_said_who() {
    let fleet = Fleet::of(machines(2));
    let desk = fleet.desk().file("s.rhai", CLEAN);
    let run = RunId::new(now(), "acme");
    let lock = Lock::take(&journals(&desk), "acme", &run, now()).unwrap();
    let ran = desk.run("./s.rhai 30d --force");
    refused(
        &fleet,
        &ran,
        &[
            "only one run may write through a profile",
            run.as_str(),
            &std::process::id().to_string(),
        ],
    );
    desk.run("./s.rhai 30d --dry-run").ends_with(6);
    drop(lock);
    desk.run("./s.rhai 30d --force").succeeds();
    assert_eq!(fleet.len(), 0);
}
