//! Several computers at once: as few requests as the vendor takes, and a word for each computer.

use super::{Desk, USER, assigned, device};
use crate::sim::remotepc::Operation;
use crate::sim::{Effect, Fault};

#[test]
fn several_computers_go_with_one_request_and_each_has_its_outcome() {
    let desk = Desk::new();
    desk.vendor().edit(|world| {
        let id = device(world, "old-nas").machine_id;
        world.change_device(&id, |d| d.assign(USER));
    });
    let id = device(&desk.team(), "pump-house").machine_id;
    desk.holds(&format!(
        "let rows = assign([\"pump-house\", find_computer(\"old-nas\"), \"DC-01\"], \"{USER}\");
         rows.map(|r| r.computer) == [\"pump-house\", \"old-nas\", \"DC-01\"]
         && rows.map(|r| r.outcome) == [\"done\", \"already_so\", \"done\"]
         && rows.all(|r| r.note == ()) && rows[0].id == \"{id}\""
    ));
    let now = assigned(&desk.team());
    assert!(
        ["pump-house", "old-nas", "DC-01"]
            .iter()
            .all(|name| now.contains(&(*name).to_owned()))
    );
    assert_eq!(desk.received(Operation::AssignComputer), 1);
    let tally = desk.fleet.tally();
    assert_eq!((tally.done, tally.already_so), (2, 1));
    desk.holds(&format!(
        "unassign([\"pump-house\", \"DC-01\"], \"{USER}\").map(|r| r.outcome) == [\"done\", \"done\"]"
    ));
    assert_eq!(desk.received(Operation::UnassignComputer), 1);
    desk.holds("move_to_group(\"Spare pool\", [\"pump-house\", \"DC-01\"]).map(|r| r.outcome) == [\"done\", \"done\"]");
    assert_eq!(desk.received(Operation::MoveComputers), 1);
    assert_eq!(device(&desk.team(), "DC-01").group.as_deref(), Some("Spare pool"));
    assert_eq!(desk.warnings(), [""; 0]);
}

#[test]
fn one_computer_in_an_array_is_answered_as_an_array() {
    let desk = Desk::new();
    desk.holds(&format!(
        "assign([\"pump-house\"], \"{USER}\")[0].outcome == \"done\""
    ));
}

#[test]
fn names_that_cannot_be_told_are_all_named_before_anything_is_sent() {
    let desk = Desk::new();
    let error = desk.fails(&format!("assign([\"DC-01\", \"DC-O1\"], \"{USER}\")"));
    assert_eq!(
        (error.kind.as_str(), error.message.as_str(), error.hint.as_str()),
        (
            "not_found",
            "there is no computer named 'DC-O1'",
            "did you mean `DC-01`?"
        )
    );
    desk.holds(&format!(
        "let e = (); try {{ assign([\"DC-O1\", \"DC-01\", \"pumphouse\", \"Meeting Room\"], \"{USER}\") }} catch (error) {{ e = error }}
         e.kind == \"not_found\" && e.message == \"3 of the computers cannot be told\" && e.causes.len == 3
         && e.causes[0].contains(\"DC-O1\") && e.causes[1].contains(\"pumphouse\") && e.causes[2].contains(\"fits 2 computers\")"
    ));
    assert_eq!(desk.writes(), 0);
}

#[test]
fn nothing_and_the_same_twice_are_mistakes() {
    let desk = Desk::new();
    for (code, part) in [
        (format!("assign([], \"{USER}\")"), "`computers` is empty"),
        (format!("unassign([], \"{USER}\")"), "`computers` is empty"),
        (
            "move_to_group(\"Spare pool\", [])".to_owned(),
            "`computers` is empty",
        ),
        ("create_group(\"Cellar\", [])".to_owned(), "`computers` is empty"),
        (
            format!("assign([\"DC-01\", \"dc-01\"], \"{USER}\")"),
            "'DC-01' is there twice",
        ),
        (
            "create_group(\"Cellar\", [\"DC-01\", find_computer(\"DC-01\")])".to_owned(),
            "'DC-01' is there twice",
        ),
        (
            format!("assign([\"DC-01\", 5], \"{USER}\")"),
            "wants a computer (a record, or a name) as `computers`",
        ),
        (
            format!("assign([\"DC-01\", \"\"], \"{USER}\")"),
            "`computers` is empty",
        ),
    ] {
        let error = desk.fails(&code);
        assert_eq!(error.kind, "invalid", "{code}: {error:?}");
        assert!(error.message.contains(part), "{code}: {error:?}");
        if part.ends_with("twice") {
            assert_eq!(
                error.hint, "name each computer once, in capitals or not",
                "{code}"
            );
        }
    }
    assert_eq!(desk.writes(), 0);
}

#[test]
fn what_the_vendor_refuses_is_told_of_each_and_the_script_goes_on() {
    let desk = Desk::new();
    desk.holds(
        "let rows = move_to_group(\"No such group\", [\"DC-01\", \"pump-house\"]);
         rows.map(|r| r.outcome) == [\"failed\", \"failed\"] && rows.all(|r| r.note.contains(\"does not exists\"))",
    );
    let warnings = desk.warnings();
    assert_eq!(warnings.len(), 2, "{warnings:?}");
    assert!(
        warnings[0].starts_with("could not move 'DC-01' to the computer group 'No such group': "),
        "{warnings:?}"
    );
    assert_eq!(desk.fleet.tally().failed, 2);
    assert!(desk.fleet.tally().left_something_undone());
}

#[test]
fn an_answer_that_was_lost_is_read_back_where_the_vendor_shows_it() {
    let desk = Desk::new();
    let faults = desk.vendor().faults();
    faults.push(Fault::on(Operation::AssignComputer, Effect::CutAfter));
    desk.holds(&format!(
        "assign([\"DC-01\", \"pump-house\"], \"{USER}\").map(|r| r.outcome) == [\"done\", \"done\"]"
    ));
    assert!(
        desk.warnings()[0].contains("no clear answer came"),
        "{:?}",
        desk.warnings()
    );
    // The group of a computer cannot be read back.
    faults.push(Fault::on(Operation::MoveComputers, Effect::CutAfter).times(9));
    desk.holds("move_to_group(\"Spare pool\", [\"DC-01\"]).map(|r| r.outcome) == [\"unknown\"]");
    let warnings = desk.warnings();
    assert!(
        warnings
            .last()
            .unwrap()
            .starts_with("not known whether this was done: move 'DC-01'"),
        "{warnings:?}"
    );
    assert_eq!(desk.fleet.tally().unknown, 1);
}

#[test]
fn a_machine_of_the_same_name_that_came_meanwhile_fails_alone() {
    let desk = Desk::new();
    desk.vendor().edit(|world| {
        let mut twin = device(world, "DC-01");
        twin.machine_id = "TWIN000000001".to_owned();
        world.devices.push(twin);
    });
    let ids: Vec<String> = desk
        .team()
        .devices_named("DC-01")
        .map(|d| d.machine_id.clone())
        .collect();
    desk.holds(&format!(
        "let rows = assign([get_computer(\"{}\"), \"pump-house\"], \"{USER}\");
         rows.map(|r| r.outcome) == [\"failed\", \"done\"] && rows[0].note.contains(\"{}\")",
        ids[0], ids[1]
    ));
    assert_eq!(desk.fleet.tally().failed, 1);
}
