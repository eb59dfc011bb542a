//! A policy of the user's: bad ones remove nothing and say where they are wrong, and none goes beyond the guards.

use super::*;

pub(super) const STALE: &str = "clean-stale-computers 90d --force --policy mine.rhai";
const DUPLICATES: &str = "clean-duplicates --all --force --policy mine.rhai";

/// Two records of one machine, of which one lives on; two of which nobody can say that; and one that is old.
pub(super) fn team() -> Fleet {
    Fleet::of([
        machine("PC-1").macs(&[A]),
        machine("PC-2").macs(&[A]).seen(ago(DAY)).online(true),
        machine("LAB-1").host("lab").macs(&[B]),
        machine("LAB-2").host("lab").macs(&["E8-6A-64-00-00-03"]),
        machine("NEVER").never_seen(),
    ])
}

#[test]
#[allow(clippy::too_many_lines, reason = "it is a table")]
fn a_bad_policy_removes_nothing_and_says_where_it_is_wrong() {
    for (command, policy, code, place, told) in [
        (
            STALE,
            "// Mine.\nfn is_stale(c) { true }",
            3,
            Some("mine.rhai:2:4"),
            "`is_stale(c)` takes the place of `is_stale(c, cutoff)`",
        ),
        (
            STALE,
            "fn is_stael(c, cutoff) { true }",
            3,
            Some("mine.rhai:1:4"),
            "did you mean `is_stale`?",
        ),
        (
            STALE,
            "fn is_stale(c, cutoff) {\n  c..x\n}",
            3,
            Some("mine.rhai:2"),
            "there is no variable `x`",
        ),
        (
            STALE,
            "fn is_stale(c, cutoff) { c.last_sen < cutoff }",
            2,
            Some("mine.rhai:1"),
            "has no field `last_sen`",
        ),
        (
            STALE,
            "\n\nfn is_stale(c, cutoff) { c.last_seen < cutoff }",
            2,
            Some("mine.rhai:3"),
            "the vendor did not say",
        ),
        (
            STALE,
            "fn protect_reason(c) { throw \"not today\" }",
            3,
            Some("mine.rhai:1:24"),
            "not today",
        ),
        (
            STALE,
            "fn is_stale(c, cutoff) { if c.name == \"PC-1\" { true } }",
            3,
            Some("mine.rhai:1:4"),
            "`is_stale` must answer with bool, and its answer was of type ()",
        ),
        (
            STALE,
            "fn spare(computers) { computers }",
            3,
            Some("mine.rhai:1:4"),
            "`spare` must answer with map",
        ),
        (
            DUPLICATES,
            "fn survivor(set) { true }",
            3,
            Some("mine.rhai:1:4"),
            "`survivor` must answer with Computer or (), and its answer was of type bool",
        ),
        (
            DUPLICATES,
            "fn survivor_name(survivor, set) { survivor }",
            3,
            Some("mine.rhai:1:4"),
            "`survivor_name` must answer with string",
        ),
        (
            STALE,
            "fn wrong_spare(answer, computers) { }",
            3,
            Some("mine.rhai:1:4"),
            "`wrong_spare` cannot be a function of a policy",
        ),
        (
            STALE,
            "fn is_stale(c, cutoff) { shipped::is_stale(c, cutoff) }",
            3,
            Some("mine.rhai:1:26"),
            "is an import missing?",
        ),
        (
            DUPLICATES,
            "fn same_computer(a, b) { same_computer(b, a) }",
            3,
            // Rhai does not say where it gave up.
            None,
            "functions call each other",
        ),
    ] {
        let fleet = team();
        let ran = fleet.desk().file("mine.rhai", policy).run(command);
        ran.ends_with(code).says(told).prints_nothing();
        if let Some(place) = place {
            ran.says(place);
        }
        assert_eq!(fleet.writes(), 0, "{}", ran.transcript());
    }
}

#[test]
fn an_answer_that_cannot_be_right_is_said_where_it_was_given() {
    for (command, policy, told) in [
        (
            STALE,
            "fn is_stale(c, cutoff) { c.name == \"PC-2\" }",
            "`is_stale` cannot be right: 'PC-2' is not stale: it was seen at",
        ),
        (
            STALE,
            "fn is_stale(c, cutoff) { true }",
            "the vendor does not say when it was last seen",
        ),
        (
            STALE,
            "fn spare(computers) { #{ \"PC-1\": \"by its name\" } }",
            "`spare` spares 'PC-1', which is the id of no computer",
        ),
        (
            STALE,
            "fn spare(computers) { #{ \"id-PC-1\": true } }",
            "must say in words why it spares 'id-PC-1'",
        ),
        (
            STALE,
            "fn protect_reason(c) { \" \" }",
            "`protect_reason` answered with an empty text",
        ),
        (
            STALE,
            "fn keep_reason(answer, own__answer) { \"\" }",
            "`keep_reason` answered with an empty text",
        ),
        (
            DUPLICATES,
            "fn survivor(set) { find_computer(\"NEVER\") }",
            "'NEVER' is none of it",
        ),
        (
            DUPLICATES,
            "fn survivor_name(survivor, set) { \"\" }",
            "an empty name",
        ),
        (
            DUPLICATES,
            "fn survivor_name(survivor, set) { \"PC\\x1b[31m\" }",
            "a control character",
        ),
        (
            DUPLICATES,
            "fn machines(alike) { [[alike[0]], alike] }",
            "2 times, and each computer is to be in one list",
        ),
        (
            DUPLICATES,
            "fn machines(alike) { [list_computers()] }",
            "`machines` has computers that it was not asked for",
        ),
        (
            DUPLICATES,
            "fn machines(alike) { alike }",
            "a list of lists of computers",
        ),
    ] {
        let fleet = team();
        let policy = format!("// Mine.\n{policy}");
        let ran = fleet.desk().file("mine.rhai", &policy).run(command);
        ran.ends_with(3).says("mine.rhai:2:4").says(told).prints_nothing();
        assert_eq!(fleet.writes(), 0, "{}", ran.transcript());
    }
}

#[test]
fn what_no_policy_can_call_stale_stays() {
    let all = "fn is_stale(c, cutoff) { true }";
    for (fleet, code, told) in [
        (
            Fleet::of([machine("PC-1").seen(ago(DAY))]),
            3,
            "is not stale: it was seen at",
        ),
        (
            Fleet::of([machine("PC-1").never_seen()]),
            3,
            "the vendor does not say when it was last seen",
        ),
        (Fleet::of([machine("PC-1").online(true)]), 7, "online"),
        (Fleet::of(fleet::machines(30)), 7, "--max-removals 30"),
    ] {
        let ran = fleet.desk().file("mine.rhai", all).run(STALE);
        ran.ends_with(code).says(told).says("mine.rhai");
        assert_eq!(fleet.writes(), 0, "{}", ran.transcript());
    }
}

#[test]
fn a_policy_changes_nothing_itself() {
    for change in [
        "remove_computer(c)",
        "fleet(\"acme\").remove_computer(c)",
        "[c].for_each(|x| remove_computer(this))",
        "[c].map(|x| remove_computer(x))",
        "plan().remove(c, chosen(\"so\"))",
        "plan().save(\"saved.json\")",
        "realvnc::delete_entry(c.id)",
    ] {
        let fleet = team();
        let policy = format!("fn protect_reason(c) {{\n  {change}; ()\n}}");
        let ran = fleet.desk().file("mine.rhai", &policy).run(STALE);
        ran.ends_with(7)
            .says("in the cleanup policy")
            .says("mine.rhai:2")
            .says("changes nothing");
        assert_eq!(fleet.writes(), 0, "{}", ran.transcript());
    }
}

#[test]
fn who_reviews_a_plan_or_a_journal_reads_whose_policy_decided() {
    let fleet = team();
    let policy = "fn keep_reason(c, cutoff) { \"mine\" }\n\nfn spare(all) { #{} }";
    let desk = fleet.desk().file("mine.rhai", policy);
    let told = "mine.rhai: spare in line 3, keep_reason in line 1";
    desk.run("clean-stale-computers 90d --policy mine.rhai --plan-out plan.json")
        .ends_with(6)
        .says(told);
    desk.run("plan show plan.json").succeeds().says(told);
    // A plan is what was decided, whatever becomes of the policy.
    std::fs::write(desk.desk().join("mine.rhai"), "fn is_stale(").unwrap();
    let applied = desk.run("apply plan.json --force");
    applied.succeeds().says(told);
    let (_, run) = applied.stderr.split_once("deskhand journal show ").unwrap();
    let shown = desk.run(&format!(
        "journal show {}",
        run.split_whitespace().next().unwrap()
    ));
    shown.succeeds().says(told);
    assert!(!fleet.names().contains(&"PC-1".to_owned()));
    // By the shipped policy alone nothing needs to be said.
    let ran = desk.run("clean-stale-computers 90d --dry-run");
    assert!(!ran.stderr.contains("decided by"), "{}", ran.transcript());
}

#[test]
fn a_script_that_asks_no_policy_says_that_the_option_changes_nothing() {
    let fleet = team();
    let desk = fleet.desk().file("mine.rhai", "fn spare(all) { #{} }").file(
        "asks.rhai",
        "import \"std/cleanup_policy\" as policy; policy::spare([]).len()",
    );
    desk.run("list-computers --policy mine.rhai")
        .succeeds()
        .says("`list-computers` asks no cleanup policy: --policy changes nothing");
    let asks = desk.run("asks.rhai --policy mine.rhai");
    assert!(
        !asks.succeeds().stderr.contains("--policy"),
        "{}",
        asks.transcript()
    );
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
fn what_a_policy_imports_changes_nothing_either_and_the_script_still_may() {
    let fleet = team();
    let desk = fleet
        .desk()
        .file(
            "hands.rhai",
            "fn gone(c) {\n  remove_computer(c)\n}\nfn new_name(c) {\n  rename(c, c.name + \" (old)\")\n}\n",
        )
        .file(
            "between.rhai",
            "import \"hands\" as hands;\nfn gone(c) { hands::gone(c) }\n",
        )
        .file(
            "mine.rhai",
            "import \"between\" as between;\nfn protect_reason(c) { between::gone(c); () }\n",
        );
    let ran = desk.run(STALE);
    ran.ends_with(7).says("in what it imports").says("hands.rhai:2");
    assert_eq!(fleet.writes(), 0, "{}", ran.transcript());
    let script = "import \"hands\" as hands;\nimport \"std/cleanup_policy\" as policy;\n\
                  let c = list_computers(#{ presence: true })[0];\npolicy::is_stale(c, ago(\"90d\"));\nhands::new_name(c).name\n";
    let desk = desk.file("mine.rhai", "import \"hands\" as hands;\nfn spare(all) { #{} }\n");
    desk.file("script.rhai", script)
        .run("script.rhai --policy mine.rhai --force --output text")
        .succeeds()
        .prints("(old)");
    assert_eq!(fleet.writes(), 1);
}
