//! What cannot be undone here and now, and why.

use deskhand::fleet::Vendor;
use deskhand::plan::journal::{Lock, RunId};

use super::practice::{Practice, folder, head};
use crate::desk::Desk;
use crate::team::Team;

const RENAME: &str = r#"rename("ACC-LT-001", "RECEPTION-1");"#;

fn config(teams: &[(&str, &Team)]) -> String {
    let profile = |(name, team): &(&str, &Team)| {
        let url = team.url();
        format!(
            "[profiles.{name}]\nvendor = \"realvnc\"\nurl = \"{url}\"\naccess_key = \"env:ID_{name},KEY_{name}\"\n"
        )
    };
    teams.iter().map(profile).collect()
}

/// A desk with two profiles of servers.
fn two_profiles(acme: &Team, other: &Team) -> Desk {
    let mut desk = Desk::new().config(&config(&[("acme", acme), ("other", other)]));
    for (name, team) in [("acme", acme), ("other", other)] {
        let (id, key) = team.key();
        desk = desk
            .var(&format!("ID_{name}"), id)
            .var(&format!("KEY_{name}"), key)
            .secret(key);
    }
    desk
}

#[test]
fn a_run_is_undone_on_its_own_profile_and_host_only() {
    let (acme, other) = (Team::with("--seed 1"), Team::with("--seed 1"));
    let desk = two_profiles(&acme, &other);
    let name = acme.computer(0).0;
    desk.run(&format!(
        "rename-computer {name} RECEPTION-1 --force --profile acme"
    ))
    .succeeds();
    desk.run("undo last --force --profile other")
        .ends_with(7)
        .says("is for profile `acme`, and this is profile `other`")
        .says("--profile acme");
    desk.run("undo last --force --demo")
        .ends_with(7)
        .says("is for profile `acme`, and this is profile `demo`");
    let desk = desk.config(&config(&[("acme", &other), ("other", &acme)]));
    desk.run("undo last --force")
        .ends_with(7)
        .says("is for the team at")
        .says("profile `acme` leads to");
    let desk = desk.config(&config(&[("acme", &acme)]));
    // No profile need be named: the run says whose it was.
    desk.run("undo last --force").succeeds().says("1 done");
    desk.run(&format!("find-computer {name} --profile acme"))
        .succeeds();
}

#[test]
fn without_a_terminal_an_undo_needs_force() {
    let team = Practice::with(Vendor::RealVnc);
    team.script(RENAME).succeeds();
    let before = team.looks();
    team.run("undo last")
        .ends_with(7)
        .prints_nothing()
        .says("not allowed to rename 'RECEPTION-1' to 'ACC-LT-001'")
        .says("allow it with --force");
    team.run("undo last --force --read-only")
        .ends_with(7)
        .says("--read-only was given");
    assert_eq!(team.looks(), before);
}

#[test]
fn a_simulated_team_is_out_of_reach_without_the_option() {
    let team = Practice::with(Vendor::RemotePc);
    team.script(r#"assign(["DC-01"], "shane@myworld");"#).succeeds();
    for verb in ["undo", "restore", "apply --resume"] {
        let ran = team.desk.run(&format!("{verb} last"));
        if verb == "apply --resume" {
            ran.succeeds().says("nothing is left");
        } else {
            ran.ends_with(2)
                .says("a simulated team of RemotePC Enterprise")
                .says("add --demo=remotepc");
        }
    }
    team.desk
        .run("undo last --demo --force")
        .ends_with(7)
        .says("is for RemotePC Enterprise, and profile `demo` is one of RealVNC Connect now");
}

#[test]
fn a_run_that_is_still_under_way_is_left_alone() {
    let team = Practice::with(Vendor::RealVnc);
    let run = team.broken_off(&[]);
    let at = "2026-11-20T08:00:00Z".parse().unwrap();
    let named: RunId = serde_json::from_value(run.clone().into()).unwrap();
    let lock = Lock::take(&team.journals(), "demo", &named, at).unwrap();
    for verb in ["undo", "restore"] {
        team.run(&format!("{verb} {run} --dry-run"))
            .ends_with(7)
            .prints_nothing()
            .says(&format!("not allowed to {verb} run {run}: it is still under way"))
            .says("wait for its end");
    }
    drop(lock);
    team.run(&format!("undo {run}"))
        .succeeds()
        .says("nothing that can be undone");
}

#[test]
fn while_another_run_is_at_the_profile_nothing_is_undone() {
    let acme = Team::with("");
    let desk = two_profiles(&acme, &acme);
    let name = acme.computer(0).0;
    desk.run(&format!(
        "rename-computer {name} RECEPTION-1 --force --profile acme"
    ))
    .succeeds();
    let other = head("acme", Vendor::RealVnc, "x").run;
    let lock = Lock::take(
        &folder(&desk),
        "acme",
        &other,
        "2026-11-20T08:00:00Z".parse().unwrap(),
    )
    .unwrap();
    desk.run("undo last --force")
        .ends_with(7)
        .prints_nothing()
        .says(&format!("not allowed to change profile `acme`: run {other}"))
        .says("only one run may write through a profile");
    drop(lock);
    desk.run("undo last --force").succeeds().says("1 done");
}

#[test]
fn a_run_that_nobody_knows_is_told_from_those_that_there_are() {
    let team = Practice::with(Vendor::RealVnc);
    for verb in ["undo", "restore", "apply --resume"] {
        team.run(&format!("{verb} last"))
            .ends_with(2)
            .prints_nothing()
            .says("there is no run `last`");
    }
    team.script(RENAME).succeeds();
    team.run("undo 2025").ends_with(2).says("there is no run `2025`");
}
