//! Plans as scripts make them: filled by the verbs, told, kept, handed in once.

use super::vendors::Simulated;
use super::{Desk, DeskOf};
use crate::sim::realvnc::Operation;
use crate::sim::{Effect, Fault};

/// A computer of the demo team that is offline and was not seen for more than a year.
const OLD: &str = "SRV-FILE-01";

#[test]
fn a_plan_is_applied_once_and_tells_what_came_of_each_change() {
    let desk = Desk::new();
    desk.holds(
        "let p = plan();
         p.rename(\"pump-house\", \"Pump 1\"); p.rename(\"old-nas\", \"old-nas\"); p.rename(\"training-07\", \"DC-01\");
         let rows = p.apply().rows;
         rows.map(|r| r.outcome) == [\"done\", \"already_so\", \"failed\"] && rows[2].note.contains(\"already\")
         && rows[0].to == \"Pump 1\" && rows[0].id == find_computer(\"Pump 1\").id
         && p.len == 3 && p.changes.len == 3",
    );
    assert_eq!((desk.fleet.tally().done, desk.fleet.tally().failed), (1, 1));
    // What failed is said even if the script does not look.
    assert!(
        desk.warnings()
            .iter()
            .any(|told| told.starts_with("could not rename 'training-07'")),
        "{:?}",
        desk.warnings()
    );
    for again in [
        "p.apply()",
        "p.rename(\"old-nas\", \"X\")",
        "p.keep(\"x\", \"y\")",
        "p.save(\"x\")",
    ] {
        let error = desk.fails(&format!("let p = plan(); p.apply(); {again}"));
        assert_eq!(error.kind, "invalid", "{again}");
        assert_eq!(error.message, "`apply` was called on this plan already");
    }
}

#[test]
fn of_many_failures_some_are_told_and_the_others_counted() {
    let desk = Desk::new();
    let gone = Effect::Status {
        status: 409,
        retry_after: None,
    };
    desk.vendor()
        .faults()
        .push(Fault::on(Operation::AddEntryToGroup, gone).times(100));
    desk.says("let p = plan(); for c in list_computers() { if p.len < 25 { p.group_add(\"Spare pool\", c); } } p.apply().len");
    let told = desk.warnings();
    assert!(told.len() <= 21, "{told:?}");
    assert!(told.last().unwrap().starts_with("and "), "{told:?}");
}

#[test]
fn a_plan_that_is_forgotten_is_told_and_one_that_was_saved_or_is_empty_is_not() {
    let desk = Desk::new();
    desk.says("let p = plan(); p.rename(\"pump-house\", \"Pump 1\"); 1");
    assert_eq!(
        desk.warnings(),
        ["a plan of 1 change was neither applied nor saved, and nothing of it was made"]
    );
    let desk = Desk::new();
    desk.says("let p = plan(); let q = p; p.rename(\"pump-house\", \"Pump 1\"); q.save(\"p.json\")");
    desk.says("plan().keep(\"x\", \"unknown\")");
    desk.says("let p = plan(); p.rename(\"pump-house\", \"Pump 1\"); p.apply().len");
    assert!(desk.warnings().is_empty(), "{:?}", desk.warnings());
}

#[test]
fn what_is_left_alone_is_counted_once_and_not_removed_as_well() {
    let desk = Desk::new();
    for (code, part) in [
        (
            "let c = find_computer(\"DC-01\"); p.keep(c, \"online\"); p.keep(c, \"unknown\")",
            "it was counted already (online)",
        ),
        (
            "let c = find_computer(\"DC-01\"); p.keep(c, \"online\"); p.remove(c, chosen(\"x\"))",
            "the plan leaves it alone already (online)",
        ),
        (
            "let c = find_computer(\"DC-01\"); p.remove(c, chosen(\"x\")); p.keep(c, \"online\")",
            "cannot count 'DC-01' as left alone: the plan removes it",
        ),
        (
            "p.keep(\"DC-01\", \"online\"); p.remove(\"DC-01\", chosen(\"x\"))",
            "the plan leaves it alone already (online)",
        ),
        (
            "let u = list_users()[1]; p.keep(u, \"asked to\"); p.remove_user(u)",
            "the plan leaves it alone already (asked to)",
        ),
        (
            "p.keep(fleet(\"branch\").list_computers()[0], \"unknown\")",
            "is a computer of profile `branch`",
        ),
    ] {
        let error = desk.fails(&format!("let p = plan(); {code}"));
        assert_eq!(error.kind, "invalid", "{code}: {error:?}");
        assert!(error.message.contains(part), "{code}: {error:?}");
    }
    desk.holds(
        "let p = plan(); for c in list_computers() { if c.last_seen == () { p.keep(c, \"unknown\"); } else { p.keep(c, \"seen\"); } }
         p.rename(\"pump-house\", \"Pump 1\"); p.apply().len == 1",
    );
    let kept = desk.fleet.tally().notes.left_alone;
    let all: usize = kept.values().sum();
    assert_eq!(all, desk.team().entries().len());
    assert!(kept["unknown"] > 0);
}

#[test]
fn a_plan_of_another_profile_takes_its_own_records_only() {
    let desk = Desk::new();
    for code in [
        "fleet(\"branch\").plan().rename(list_computers()[0], \"X\")",
        "plan().rename(fleet(\"branch\").list_computers()[0], \"X\")",
        "let c = list_computers()[0]; fleet(\"branch\").plan().remove(c, chosen(\"x\"))",
        "let b = fleet(\"branch\"); b.plan().group_add(list_computer_groups()[0], b.list_computers()[0])",
        "plan().remove_user(fleet(\"branch\").list_users()[0])",
        "plan().invite_user(\"a@example.com\", [\"USER\"], fleet(\"branch\").list_user_groups())",
    ] {
        let error = desk.fails(code);
        assert_eq!(error.kind, "invalid", "{code}: {error:?}");
        assert!(error.message.contains("of profile `"), "{code}: {error:?}");
    }
    desk.holds("let p = fleet(\"branch\").plan(); p.rename(\"pump-house\", \"Pump 1\"); p.apply().rows[0].outcome == \"done\"");
    // What was done there is counted there.
    assert_eq!(desk.fleet.tally().done, 0);
    assert_eq!(desk.team().entries_named("Pump 1").count(), 1);
}

#[test]
fn a_plan_that_is_handed_to_a_function_is_the_same_plan() {
    let desk = Desk::new();
    desk.holds("fn fill(q) { q.rename(\"pump-house\", \"Pump 1\"); } let p = plan(); fill(p); p.len == 1 && p.apply().len == 1");
    assert_eq!(desk.team().entries_named("Pump 1").count(), 1);
}

#[test]
fn a_dry_run_plans_and_sends_nothing() {
    let desk = Desk::with(|setup| setup.rules.dry_run = true);
    let before = desk.team();
    desk.holds(&format!(
        "let p = plan(); let c = find_computer(\"{OLD}\");
         p.remove(c, stale(c, ago(\"90d\"))); p.rename(\"pump-house\", \"Pump 1\"); p.rename(\"old-nas\", \"old-nas\");
         p.apply().rows.map(|r| r.outcome) == [\"planned\", \"planned\", \"already_so\"]"
    ));
    assert_eq!((desk.team(), desk.writes()), (before, 0));
    assert_eq!(desk.fleet.tally().planned.len(), 2);
}

#[test]
fn a_script_ends_in_a_plan_as_in_the_table_of_its_changes() {
    let desk = Desk::new();
    let value = desk
        .run("let p = plan(); p.rename(\"pump-house\", \"Pump 1\"); p")
        .unwrap();
    let crate::output::Document::Table(table) = crate::host::value::to_document(value) else {
        panic!("no table")
    };
    assert_eq!(table.rows.len(), 1);
    desk.holds("let p = plan(); `${p}` == \"plan of 0 changes\" && p.to_string() == \"plan of 0 changes\"");
}

fn refused_to_write<S: Simulated>(desk: &DeskOf<S>, code: &str) {
    let error = desk.fails(code);
    assert_eq!(error.kind, "refused", "{code}: {error:?}");
    assert_eq!(desk.writes(), 0);
}

#[test]
fn the_limits_of_a_run_hold_for_plans() {
    let read_only = Desk::with(|setup| setup.rules.read_only = Some("--read-only was given".to_owned()));
    refused_to_write(&read_only, "plan().rename(\"pump-house\", \"X\")");
    refused_to_write(&read_only, "plan().remove(\"pump-house\", chosen(\"x\"))");
    refused_to_write(&read_only, "plan().apply()");
    let narrow = Desk::with(|setup| setup.rules.writes = Some(vec!["rename".to_owned()]));
    refused_to_write(
        &narrow,
        "let p = plan(); p.rename(\"pump-house\", \"X\"); p.remove(\"old-nas\", chosen(\"x\")); p.apply()",
    );
    let stubborn = Desk::with(|setup| setup.user_agrees = false);
    refused_to_write(
        &stubborn,
        "let p = plan(); p.rename(\"pump-house\", \"X\"); p.apply()",
    );
    let desk = Desk::new();
    for method in ["p.apply()", "p.rename(name, \\\"X\\\")"] {
        let where_it_chooses = format!("let p = plan(); list_computers(#{{ where: \"{method} != ()\" }})");
        desk.fails(&where_it_chooses);
    }
    assert_eq!(desk.writes(), 0);
}
