//! Writes that go wrong, and errors as scripts see them.

use super::Desk;
use crate::sim::realvnc::Operation;
use crate::sim::{Effect, Fault};

fn spoil(desk: &Desk, operation: Operation, effect: Effect) {
    desk.vendor().faults().push(Fault::on(operation, effect));
}

/// Fails if a fault did not find its request, so that the test tested nothing.
fn all_struck(desk: &Desk) {
    assert_eq!(desk.vendor().faults().waiting(), 0);
}

#[test]
fn a_name_that_is_taken_is_a_conflict_and_the_old_one_stays_known() {
    let desk = Desk::new();
    desk.holds(
        "let e = #{}; try { rename(\"pump-house\", \"DC-01\") } catch (thrown) { e = thrown }
         e.kind == \"conflict\" && e.status == 409 && e.operation == \"updateEntry\"
         && rename(\"pump-house\", \"Pump 1\").name == \"Pump 1\"
         && find_computer(\"DC-01\").name == \"DC-01\"",
    );
    assert_eq!(desk.team().entries_named("DC-01").count(), 1);
    assert_eq!(desk.team().entries_named("Pump 1").count(), 1);
    assert_eq!((desk.fleet.tally().done, desk.fleet.tally().failed), (1, 1));
    assert!(desk.fleet.tally().left_something_undone());
}

#[test]
fn a_rename_whose_answer_is_lost_is_read_back_and_not_sent_again() {
    for effect in [Effect::CutAfter, Effect::CutMidway, Effect::TruncatedJson] {
        let desk = Desk::new();
        spoil(&desk, Operation::UpdateEntry, effect.clone());
        desk.holds("rename(\"pump-house\", \"Pump 1\").name == \"Pump 1\"");
        assert_eq!(desk.received(Operation::UpdateEntry), 1, "{effect:?}");
        assert_eq!(desk.team().entries_named("Pump 1").count(), 1);
        assert_eq!(desk.fleet.tally().done, 1);
        assert!(
            desk.warnings()[0].contains("no clear answer came; read back, and it is done"),
            "{:?}",
            desk.warnings()
        );
        all_struck(&desk);
    }
}

#[test]
fn a_rename_that_never_arrived_has_failed_and_is_not_sent_again() {
    let desk = Desk::new();
    spoil(&desk, Operation::UpdateEntry, Effect::CutBefore);
    let error = desk.fails("rename(\"pump-house\", \"Pump 1\")");
    assert_eq!(error.kind, "network");
    assert!(
        error.message.ends_with("(read back: nothing has changed)"),
        "{error:?}"
    );
    assert_eq!(desk.received(Operation::UpdateEntry), 1);
    assert_eq!(desk.team().entries_named("pump-house").count(), 1);
    assert_eq!((desk.fleet.tally().failed, desk.fleet.tally().unknown), (1, 0));
    all_struck(&desk);
}

#[test]
fn a_rename_that_nobody_can_read_back_is_not_known_and_names_are_listed_anew() {
    let desk = Desk::new();
    desk.holds("find_computer(\"pump-house\") != ()");
    spoil(&desk, Operation::UpdateEntry, Effect::CutAfter);
    // The record, and the looks before and after the answer, pass; those that read back do not, each with its second try.
    let after = Fault::on(
        Operation::ReadEntry,
        Effect::Status {
            status: 503,
            retry_after: None,
        },
    );
    desk.vendor().faults().push(after.after(3).times(6));
    let error = desk.fails("rename(\"pump-house\", \"Pump 1\")");
    assert_eq!(error.kind, "network", "{error:?}");
    assert_eq!(
        error.message,
        "not known whether this was done: rename 'pump-house' to 'Pump 1'"
    );
    assert!(error.hint.contains("before you repeat it"), "{error:?}");
    assert_eq!(desk.fleet.tally().unknown, 1);
    all_struck(&desk);
    desk.holds("find_computer(\"pump-house\") == () && find_computer(\"Pump 1\") != ()");
    assert_eq!(desk.received(Operation::UpdateEntry), 1);
}

#[test]
fn a_group_change_whose_answer_is_lost_is_done() {
    let desk = Desk::new();
    spoil(&desk, Operation::AddEntryToGroup, Effect::CutAfter);
    spoil(&desk, Operation::RemoveEntryFromGroup, Effect::CutAfter);
    desk.says("group_add(\"Servers\", \"pump-house\")");
    desk.says("group_remove(\"Servers\", \"pump-house\")");
    let pump = desk.team().entries_named("pump-house").next().unwrap().id.clone();
    assert!(desk.team().groups_of(&pump).is_empty());
    assert_eq!(desk.fleet.tally().done, 2);
    all_struck(&desk);
}

#[test]
fn a_computer_that_was_renamed_by_somebody_else_is_left_alone() {
    let desk = Desk::new();
    let id = desk.team().entries_named("pump-house").next().unwrap().id.clone();
    desk.holds("find_computer(\"pump-house\") != ()");
    desk.vendor()
        .edit(|world| world.change_entry(&id, |e| "Well".clone_into(&mut e.name)));
    // By name, from the list that this run made before.
    let error = desk.fails("rename(\"pump-house\", \"Pump 1\")");
    assert_eq!(error.kind, "conflict", "{error:?}");
    assert!(
        error
            .message
            .contains("it has changed meanwhile (was pump-house, is Well)"),
        "{error:?}"
    );
    assert_eq!(desk.writes(), 0);
    assert_eq!(desk.team().find_entry(&id).unwrap().name, "Well");
    // Nobody knows any more what the names are: they are listed anew.
    assert_eq!(desk.fails("rename(\"pump-house\", \"Pump 1\")").kind, "not_found");
    desk.holds("rename(\"Well\", \"Pump 1\").name == \"Pump 1\"");
}

#[test]
fn a_record_that_is_out_of_date_is_left_alone() {
    let desk = Desk::new();
    let error =
        desk.fails("let c = find_computer(\"pump-house\"); rename(c, \"Pump 1\"); rename(c, \"Pump 2\")");
    assert_eq!(error.kind, "conflict", "{error:?}");
    assert_eq!(desk.team().entries_named("Pump 1").count(), 1);
}

#[test]
fn a_computer_that_has_left_the_team_is_left_alone() {
    let desk = Desk::new();
    let id = desk.team().entries_named("pump-house").next().unwrap().id.clone();
    desk.says("find_computer(\"pump-house\").id");
    desk.vendor()
        .edit(|world| world.remove_entry(&id, "2026-11-20T00:00:00Z".parse().unwrap()));
    assert_eq!(
        desk.fails("group_add(\"Servers\", \"pump-house\")").kind,
        "conflict"
    );
    assert_eq!(desk.writes(), 0);
}

#[test]
fn a_key_that_may_not_is_told_which_permission_it_lacks() {
    let desk = Desk::with(|setup| setup.team.deny = vec!["UPDATE_ENTRY".to_owned()]);
    let error = desk.fails("rename(\"pump-house\", \"Pump 1\")");
    assert_eq!(error.kind, "permission");
    assert!(error.message.contains("UPDATE_ENTRY"), "{error:?}");
    // A key that may not now may not later: nothing more is tried. What has failed has changed no names.
    let error = desk.fails("rename(\"pump-house\", \"Pump 1\")");
    assert_eq!(error.kind, "refused");
    assert!(error.message.contains("the key may not"), "{error:?}");
    assert_eq!(desk.writes(), 1);
}

#[test]
fn an_error_is_caught_as_a_map() {
    let desk = Desk::new();
    for (code, condition) in [
        (
            "get_computer(\"nobody\")",
            "e.kind == \"not_found\" && e.status == 404 && e.operation == \"readEntry\"
             && e.message.contains(\"nobody\") && e.hint != () && type_of(e.causes) == \"array\"",
        ),
        (
            "find_computer(5)",
            "e.kind == \"invalid\" && e.status == () && e.operation == () && e.hint.contains(\"find_computer(\")",
        ),
        (
            "list_computers()[0].nam",
            "e.kind == \"invalid\" && e.hint.contains(\"name\")",
        ),
        ("now() > ()", "e.kind == \"invalid\""),
        ("throw no_such(\"user\", \"x\")", "e.kind == \"not_found\""),
    ] {
        desk.holds(&format!(
            "let e = (); try {{ {code} }} catch (thrown) {{ e = thrown }} {condition}"
        ));
    }
}

#[test]
fn a_script_throws_errors_of_the_same_shape() {
    let desk = Desk::new();
    let error = desk.fails("throw error(\"conflict\", \"two of them\", \"choose\")");
    assert_eq!(
        (error.kind.as_str(), error.message.as_str(), error.hint.as_str()),
        ("conflict", "two of them", "choose")
    );
    for kind in ["cancelled", "conflct", ""] {
        let error = desk.fails(&format!("error(\"{kind}\", \"x\")"));
        assert_eq!(error.kind, "invalid", "{error:?}");
    }
    assert_eq!(desk.fails("no_such(\"robot\", \"x\")").kind, "invalid");
}

#[test]
fn an_interruption_cannot_be_caught() {
    for code in [
        "try { list_computers() } catch { 1 }",
        "try { rename(\"pump-house\", \"X\") } catch { 1 }",
        "try { list_computers(#{ where: \"name == \\\"x\\\"\" }) } catch { 1 }",
        "try { realvnc::list_entries() } catch { 1 }",
    ] {
        let desk = Desk::new();
        desk.cancel.raise();
        assert_eq!(desk.fails(code).kind, "cancelled", "{code}");
        assert_eq!(desk.received(Operation::ListEntries), 0);
    }
}

#[test]
fn a_request_that_hangs_ends_with_the_run() {
    let desk = Desk::new();
    spoil(&desk, Operation::ListEntries, Effect::Hang);
    let cancel = desk.cancel.clone();
    std::thread::scope(|threads| {
        let run = threads.spawn(|| desk.fails("try { list_computers() } catch { 1 }").kind);
        while desk.received(Operation::ListEntries) == 0 {
            std::thread::yield_now();
        }
        cancel.raise();
        assert_eq!(run.join().unwrap(), "cancelled");
    });
}

#[test]
fn an_interruption_while_a_rename_is_under_way_lets_it_end() {
    let desk = Desk::new();
    let pause = std::time::Duration::from_millis(100);
    spoil(&desk, Operation::UpdateEntry, Effect::Latency(pause));
    let cancel = desk.cancel.clone();
    std::thread::scope(|threads| {
        let run = threads.spawn(|| {
            desk.fails("rename(\"pump-house\", \"Pump 1\"); rename(\"old-nas\", \"NAS\")")
                .kind
        });
        while desk.received(Operation::UpdateEntry) == 0 {
            std::thread::yield_now();
        }
        cancel.raise();
        assert_eq!(run.join().unwrap(), "cancelled");
    });
    assert_eq!(desk.team().entries_named("Pump 1").count(), 1);
    assert_eq!(desk.team().entries_named("old-nas").count(), 1);
    assert_eq!((desk.fleet.tally().done, desk.writes()), (1, 1));
}

#[test]
fn a_change_that_was_made_is_no_error_where_what_follows_it_cannot_be_read() {
    let desk = Desk::new();
    // What groups it is in, the look before, the one after the answer and the reading back pass; whether it is in any group
    // now does not.
    let after = Fault::on(
        Operation::ListEntryGroupsOfEntry,
        Effect::Status {
            status: 403,
            retry_after: None,
        },
    );
    desk.vendor().faults().push(after.after(4).always());
    desk.says("group_remove(\"Servers\", \"DC-01\")");
    assert!(
        desk.warnings()[0].starts_with("could not check whether 'DC-01' is in any group now"),
        "{:?}",
        desk.warnings()
    );
    assert_eq!(desk.fleet.tally().done, 1);
}

#[test]
fn a_name_that_cannot_be_looked_up_is_not_called_missing() {
    let desk = Desk::new();
    desk.vendor().faults().push(
        Fault::on(
            Operation::ListEntries,
            Effect::Status {
                status: 403,
                retry_after: None,
            },
        )
        .always(),
    );
    assert_eq!(
        desk.fails("throw no_such(\"computer\", \"PC\")").kind,
        "permission"
    );
}
