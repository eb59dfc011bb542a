//! A policy of the user's: bad ones remove nothing and say where they are wrong, and none goes beyond the guards.

use super::*;

const STALE: &str = "clean-stale-computers 90d --force --policy mine.rhai";
const DUPLICATES: &str = "clean-duplicates --all --force --policy mine.rhai";

/// Two records of one machine, of which one lives on; two of which nobody can say that; and one that is old.
fn team() -> Fleet {
    Fleet::of([
        machine("PC-1").macs(&[A]),
        machine("PC-2").macs(&[A]).seen(ago(DAY)).online(true),
        machine("LAB-1").host("lab").macs(&[B]),
        machine("LAB-2").host("lab").macs(&["E8-6A-64-00-00-03"]),
        machine("NEVER").never_seen(),
    ])
}

#[test]
fn a_bad_policy_removes_nothing_and_says_where_it_is_wrong() {
    for (command, policy, code, place, told) in [
        (
            STALE,
            "// Mine.\nfn is_stale(c) { true }",
            3,
            "mine.rhai:2:4",
            "`is_stale(c)` takes the place of `is_stale(c, cutoff)`",
        ),
        (
            STALE,
            "fn is_stael(c, cutoff) { true }",
            3,
            "mine.rhai:1:4",
            "did you mean `is_stale`?",
        ),
        (STALE, "fn is_stale(c, cutoff) {\n  c..x\n}", 3, "mine.rhai:2", ""),
        (
            STALE,
            "fn is_stale(c, cutoff) { c.last_sen < cutoff }",
            2,
            "mine.rhai:1",
            "has no field `last_sen`",
        ),
        (
            STALE,
            "\n\nfn is_stale(c, cutoff) { c.last_seen < cutoff }",
            2,
            "mine.rhai:3",
            "the vendor did not say",
        ),
        (
            STALE,
            "fn protect_reason(c) { throw \"not today\" }",
            3,
            "mine.rhai:1:24",
            "not today",
        ),
        (
            STALE,
            "fn is_stale(c, cutoff) { if c.name == \"PC-1\" { true } }",
            3,
            "mine.rhai:1:4",
            "`is_stale` must answer with bool, and its answer was of type ()",
        ),
        (
            STALE,
            "fn spare(computers) { computers }",
            3,
            "mine.rhai:1:4",
            "`spare` must answer with map",
        ),
        (
            DUPLICATES,
            "fn survivor(set) { true }",
            3,
            "mine.rhai:1:4",
            "`survivor` must answer with Computer or (), and its answer was of type bool",
        ),
        (
            DUPLICATES,
            "fn survivor_name(survivor, set) { survivor }",
            3,
            "mine.rhai:1:4",
            "`survivor_name` must answer with string",
        ),
        (
            DUPLICATES,
            "fn same_computer(a, b) { same_computer(b, a) }",
            3,
            // Rhai does not say where it gave up.
            "",
            "functions call each other",
        ),
    ] {
        let fleet = team();
        let ran = fleet.desk().file("mine.rhai", policy).run(command);
        ran.ends_with(code).says(place).says(told).prints_nothing();
        assert_eq!(fleet.writes(), 0, "{}", ran.transcript());
    }
}

#[test]
fn a_policy_that_is_not_there_is_found_out_before_anything_is_asked() {
    let fleet = team();
    fleet.desk().run(STALE).ends_with(2).says("mine.rhai");
    let desk = fleet.desk_with("policy = \"none.rhai\"");
    desk.run("clean-stale-computers 90d --force")
        .ends_with(2)
        .says("none.rhai");
    assert_eq!(fleet.writes(), 0);
}

#[test]
fn what_no_policy_can_call_stale_stays() {
    let all = "fn is_stale(c, cutoff) { true }";
    for (fleet, code, told) in [
        (
            Fleet::of([machine("PC-1").seen(ago(DAY))]),
            2,
            "is not stale: it was seen at",
        ),
        (
            Fleet::of([machine("PC-1").never_seen()]),
            2,
            "unknown is never stale",
        ),
        (Fleet::of([machine("PC-1").online(true)]), 7, "online"),
        (Fleet::of(fleet::machines(30)), 7, "--max-removals 30"),
    ] {
        let ran = fleet.desk().file("mine.rhai", all).run(STALE);
        ran.ends_with(code).says(told);
        assert_eq!(fleet.writes(), 0, "{}", ran.transcript());
    }
}

#[test]
fn what_no_policy_can_call_unprotected_is_not_touched() {
    let fleet = team();
    let desk = fleet
        .desk_with("protect = [\"PC-1\"]")
        .file("mine.rhai", "fn protect_reason(c) { () }");
    refused(&fleet, &desk.run(STALE), &["PC-1"]);
    refused(&fleet, &desk.run(DUPLICATES), &["PC-1"]);
}

#[test]
fn what_no_policy_can_call_one_computer_is_not_made_into_one() {
    let fleet = team();
    let desk = fleet.desk().file(
        "mine.rhai",
        "fn same_computer(a, b) { true }\nfn survivor(set) { set[0] }",
    );
    refused(&fleet, &desk.run(DUPLICATES), &["no hardware address in common"]);
    let desk = fleet.desk().file(
        "mine.rhai",
        "fn survivor(set) { for c in set { if c.name == \"PC-1\" { return c; } } () }",
    );
    refused(&fleet, &desk.run(DUPLICATES), &["PC-2"]);
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
