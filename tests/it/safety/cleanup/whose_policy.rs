//! Which of several policies decides, and that the one that does is there.

use super::policy::{STALE, team};
use super::*;
use crate::desk::Desk;

#[test]
fn a_policy_that_is_not_there_is_found_out_before_anything_is_asked() {
    let fleet = team();
    fleet.desk().run(STALE).ends_with(2).says("mine.rhai");
    let desk = fleet.desk_with("policy = \"none.rhai\"");
    for (command, code) in [
        ("clean-stale-computers 90d --force", 3),
        ("clean-duplicates --all --force", 3),
        ("explain --by-id id-PC-1 --period 90d", 3),
        ("policy show", 2),
    ] {
        let ran = desk.run(command);
        ran.ends_with(code)
            .prints_nothing()
            .says("the cleanup policy cannot be used")
            .says("none.rhai");
    }
    assert_eq!(fleet.writes(), 0);
}

#[test]
fn a_policy_that_does_not_count_need_not_be_there() {
    let fleet = team();
    let policy = "fn protect_reason(c) { \"mine\" }";
    let desk = fleet
        .desk_with("policy = \"none.rhai\"")
        .file("mine.rhai", policy);
    desk.run("list-computers").succeeds().prints("PC-1");
    for command in [
        "clean-stale-computers 90d --force",
        "explain --by-id id-PC-1 --period 90d",
        "policy show",
    ] {
        let ran = desk.run(&format!("{command} --policy mine.rhai"));
        ran.succeeds();
        assert!(!ran.transcript().contains("none.rhai"), "{}", ran.transcript());
    }
    assert_eq!(fleet.writes(), 0);
}

#[test]
fn the_policy_of_another_profile_that_a_script_opens_is_said_not_to_count() {
    let fleet = team();
    let other = |settings: &str, policy: &str| {
        let branch = format!(
            "{settings}\n\n[profiles.branch]\nvendor = \"realvnc\"\naccess_key = \"env:KEY_ID,KEY\"\n{policy}"
        );
        fleet
            .desk_with(&branch)
            .file(
                "s.rhai",
                "fleet(\"branch\"); fleet(\"branch\"); fleet(\"acme\"); 1",
            )
            .file("mine.rhai", "")
    };
    let warned = |desk: &Desk, options: &str| {
        let ran = desk.run(&format!("./s.rhai {options}"));
        ran.succeeds();
        let warnings = ran
            .stderr
            .matches("the cleanup policy of profile `branch`, ")
            .count();
        (warnings, ran)
    };
    let desk = other("policy = \"acme.rhai\"", "policy = \"branch.rhai\"");
    let (times, ran) = warned(&desk, "");
    assert_eq!(times, 1, "{}", ran.transcript());
    ran.says("branch.rhai, does not count")
        .says("acme.rhai, that of profile `acme`");
    assert_eq!(warned(&desk, "--policy mine.rhai").0, 0);
    let desk = other("", "policy = \"branch.rhai\"");
    let (times, ran) = warned(&desk, "");
    assert_eq!(times, 1, "{}", ran.transcript());
    ran.says("profile `acme`, which names none");
    for (settings, policy) in [
        ("policy = \"one.rhai\"", "policy = \"one.rhai\""),
        ("policy = \"acme.rhai\"", ""),
    ] {
        assert_eq!(warned(&other(settings, policy), "").0, 0, "{settings} {policy}");
    }
}

#[test]
fn a_policy_comes_from_the_option_else_from_the_profile_else_from_the_folder() {
    let fleet = Fleet::of([machine("PC-1")]);
    let because = |why: &str| format!("fn protect_reason(c) {{ \"{why}\" }}");
    let desk = fleet
        .desk_with("policy = \"profiles.rhai\"")
        .file("options.rhai", &because("as the option says"));
    let config = desk.config_file().parent().unwrap().to_owned();
    std::fs::create_dir_all(config.join("stdlib")).unwrap();
    std::fs::write(config.join("profiles.rhai"), because("as the profile says")).unwrap();
    let folders = config.join("stdlib/cleanup_policy.rhai");
    std::fs::write(&folders, because("as the folder says")).unwrap();
    desk.run("clean-stale-computers 90d --force --policy options.rhai")
        .succeeds()
        .says("1 as the option says");
    desk.run("clean-stale-computers 90d --force")
        .succeeds()
        .says("1 as the profile says");
    let text = std::fs::read_to_string(desk.config_file()).unwrap();
    std::fs::write(desk.config_file(), text.replace("policy =", "# policy =")).unwrap();
    desk.run("clean-stale-computers 90d --force")
        .succeeds()
        .says("1 as the folder says");
    std::fs::remove_file(&folders).unwrap();
    desk.run("clean-stale-computers 90d --force").succeeds();
    assert_eq!(fleet.len(), 0);
}
