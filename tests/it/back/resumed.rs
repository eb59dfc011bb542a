//! A run that was broken off, gone on with.

use deskhand::fleet::{Change, Outcome, SignIn, Vendor};
use deskhand::plan::Proposal;
use deskhand::plan::journal::{Lock, RunId};
use serde_json::{Value, json};

use super::interrupted::{rename, renamed};
use super::practice::{Came, Practice};

fn outcomes(ran: &crate::desk::Ran) -> Vec<(String, String)> {
    let text = |row: &Value, key: &str| row[key].as_str().unwrap_or_default().to_owned();
    let rows = ran.json();
    let rows = rows.as_array().unwrap().iter();
    rows.map(|row| (text(row, "target"), text(row, "outcome")))
        .collect()
}

/// A run of which one change is done, one in flight and made, one in flight and not made, and one not begun.
fn broken_off(team: &Practice) -> String {
    let run = team.broken_off(&[
        (rename(team, "ACC-LT-001", "A-1"), Came::To(Outcome::Done(None))),
        (rename(team, "ACC-LT-002", "A-2"), Came::InFlight),
        (rename(team, "ACC-LT-003", "A-3"), Came::InFlight),
        (rename(team, "ACC-LT-004", "A-4"), Came::NotBegun),
    ]);
    renamed(team, "ACC-LT-001", "A-1");
    renamed(team, "ACC-LT-002", "A-2");
    run
}

#[test]
fn what_was_in_flight_is_read_back_the_rest_is_made_and_nothing_is_made_twice() {
    let team = Practice::with(Vendor::RealVnc);
    let run = broken_off(&team);
    let versions = |name: &str| team.entry(name)["version"].as_u64().unwrap();
    let (one, two) = (versions("A-1"), versions("A-2"));
    let resumed = team.run("apply --resume last --output json");
    resumed.succeeds().says("3 done");
    let expected = [
        ("ACC-LT-002", "done"),
        ("ACC-LT-003", "done"),
        ("ACC-LT-004", "done"),
    ];
    assert_eq!(
        outcomes(&resumed),
        expected.map(|(name, outcome)| (name.to_owned(), outcome.to_owned()))
    );
    assert!(
        resumed.json()[0]["note"].as_str().unwrap().contains("read back"),
        "{}",
        resumed.transcript()
    );
    assert_eq!(
        (versions("A-1"), versions("A-2")),
        (one, two),
        "a rename was sent twice"
    );
    team.entry("A-3");
    team.entry("A-4");
    let again = team.run("apply --resume last");
    again
        .succeeds()
        .prints_nothing()
        .says(&format!("nothing is left of run {run}: all of it is settled"));
    // It is one run, and can be undone as one.
    team.run("undo last --force").succeeds().says("4 done");
    for name in ["ACC-LT-001", "ACC-LT-002", "ACC-LT-003", "ACC-LT-004"] {
        team.entry(name);
    }
}

#[test]
fn what_somebody_has_changed_since_the_run_was_broken_off_is_left_alone() {
    let team = Practice::with(Vendor::RealVnc);
    broken_off(&team);
    renamed(&team, "ACC-LT-003", "Ann's");
    renamed(&team, "ACC-LT-004", "Ben's");
    let resumed = team.run("apply --resume last --output json");
    resumed.ends_with(5);
    // The one in flight may have been made before Ann came.
    let expected = [
        ("ACC-LT-002", "done"),
        ("ACC-LT-003", "unknown"),
        ("ACC-LT-004", "drifted"),
    ];
    assert_eq!(
        outcomes(&resumed),
        expected.map(|(name, outcome)| (name.to_owned(), outcome.to_owned()))
    );
    team.entry("Ann's");
    team.entry("Ben's");
}

#[test]
fn an_invitation_in_flight_that_nobody_can_see_is_not_sent_again() {
    let team = Practice::with(Vendor::RemotePc);
    let invite = |email: &str| {
        Proposal::of(Change::InviteUser {
            email: email.to_owned(),
            roles: Vec::new(),
            sign_in: SignIn::default(),
            groups: Vec::new(),
        })
    };
    team.broken_off(&[
        (invite("in-flight@kestrel.example"), Came::InFlight),
        (invite("not-begun@kestrel.example"), Came::NotBegun),
    ]);
    let resumed = team.run("apply --resume last --output json");
    resumed.ends_with(5).says("1 done, 1 of unknown outcome");
    let expected = [
        ("in-flight@kestrel.example", "unknown"),
        ("not-begun@kestrel.example", "done"),
    ];
    assert_eq!(
        outcomes(&resumed),
        expected.map(|(name, outcome)| (name.to_owned(), outcome.to_owned()))
    );
    let world = team.world().to_string();
    assert!(!world.contains("in-flight@kestrel.example"));
    assert!(world.contains("not-begun@kestrel.example"));
    // It stays unknown, however often somebody asks.
    team.run("apply --resume last")
        .ends_with(5)
        .says("nothing is left");
}

#[test]
fn what_resuming_is_not_for_is_refused_and_changes_nothing() {
    let team = Practice::with(Vendor::RealVnc);
    let run = broken_off(&team);
    let before = team.looks();
    for (options, code, why) in [
        ("--dry-run", 2, "--dry-run is of no use with --resume"),
        ("--plan-out p.json", 2, "--plan-out saves a plan"),
        ("--read-only", 7, "--read-only was given"),
    ] {
        team.run(&format!("apply --resume {run} {options}"))
            .ends_with(code)
            .prints_nothing()
            .says(why);
    }
    team.desk
        .run("apply --resume last")
        .ends_with(2)
        .says("a simulated team of RealVNC Connect");
    team.desk
        .run("apply --resume last --demo=remotepc")
        .ends_with(7)
        .says("is for RealVNC Connect");
    let at = "2026-11-20T08:00:00Z".parse().unwrap();
    let named: RunId = serde_json::from_value(json!(run)).unwrap();
    let lock = Lock::take(&team.journals(), "demo", &named, at).unwrap();
    team.run("apply --resume last")
        .ends_with(7)
        .says(&format!("not allowed to resume run {run}: it is still under way"));
    drop(lock);
    assert_eq!(team.looks(), before);
}

#[test]
fn a_run_of_yesterday_needs_a_word() {
    let mut team = Practice::with(Vendor::RealVnc);
    broken_off(&team);
    team.desk = team.desk.var("DESKHAND_NOW", "2026-11-21T09:00:00Z");
    team.run("apply --resume last")
        .ends_with(7)
        .says("1 d 1 h old")
        .says("--allow-old-plan");
    team.run("apply --resume last --allow-old-plan")
        .succeeds()
        .says("3 done");
}
