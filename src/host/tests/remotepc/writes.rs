//! What writes change at the vendor, and what they give back.

use super::{Desk, USER, assigned, device};
use crate::sim::remotepc::Operation;

#[test]
fn a_computer_is_assigned_to_a_user_and_taken_away_again() {
    let desk = Desk::new();
    let before = desk.team();
    assert!(!device(&before, "pump-house").is_assigned_to(USER));
    desk.holds(&format!(
        "let c = assign(\"pump-house\", \"{}\"); c.name == \"pump-house\" && c.user == \"{USER}\"",
        USER.to_uppercase()
    ));
    assert!(assigned(&desk.team()).contains(&"pump-house".to_owned()));
    desk.holds(&format!(
        "let c = find_computer(\"pump-house\"); let after = unassign(c, find_user(\"{USER}\")); after == c && after.user == ()"
    ));
    assert_eq!(desk.team(), before);
    assert_eq!((desk.writes(), desk.fleet.tally().done), (2, 2));
}

#[test]
fn what_is_so_already_is_not_sent() {
    let desk = Desk::new();
    desk.vendor().edit(|world| {
        let id = device(world, "DC-01").machine_id;
        world.change_device(&id, |d| {
            d.assign(USER);
            d.comment = "on loan until May".to_owned();
        });
    });
    desk.holds(&format!("assign(\"DC-01\", \"{USER}\").name == \"DC-01\""));
    desk.holds(&format!(
        "unassign(\"pump-house\", \"{USER}\").name == \"pump-house\""
    ));
    desk.holds("comment(\"DC-01\", \"on loan until May\").comment == \"on loan until May\"");
    assert_eq!((desk.writes(), desk.fleet.tally().already_so), (0, 3));
}

#[test]
fn a_comment_takes_the_place_of_the_one_before() {
    let desk = Desk::new();
    desk.holds("comment(\"DC-01\", \"on loan until May\").comment == \"on loan until May\"");
    assert_eq!(device(&desk.team(), "DC-01").comment, "on loan until May");
    desk.holds("comment(find_computer(\"dc-01\"), \"back again\").comment == \"back again\"");
    assert_eq!(device(&desk.team(), "DC-01").comment, "back again");
    let said = desk.team();
    for text in ["short", &"x".repeat(251), "       "] {
        let error = desk.fails(&format!("comment(\"DC-01\", \"{text}\")"));
        assert_eq!(error.kind, "invalid", "{text}: {error:?}");
    }
    for text in ["sixsix".to_owned(), "ü".repeat(250)] {
        desk.holds(&format!("comment(\"DC-01\", \"{text}\").comment == \"{text}\""));
    }
    assert_eq!(said.devices.len(), desk.team().devices.len());
    assert_eq!(desk.received(Operation::AddComment), 4);
}

#[test]
fn a_computer_is_moved_to_a_group_that_is_there() {
    let desk = Desk::new();
    desk.holds("move_to_group(\"Spare pool\", \"pump-house\").name == \"pump-house\"");
    assert_eq!(
        device(&desk.team(), "pump-house").group.as_deref(),
        Some("Spare pool")
    );
    let error = desk.fails("move_to_group(\"No such group\", \"pump-house\")");
    assert_eq!(error.kind, "not_found", "{error:?}");
    assert!(error.hint.contains("create the group"), "{error:?}");
    assert_eq!(
        device(&desk.team(), "pump-house").group.as_deref(),
        Some("Spare pool")
    );
    assert_eq!(desk.fails("move_to_group(\"\", \"pump-house\")").kind, "invalid");
    assert_eq!(desk.fails("move_to_group(5, \"pump-house\")").kind, "invalid");
}

#[test]
fn a_group_is_made_with_its_computers_in_one_call() {
    let desk = Desk::new();
    desk.holds("create_group(\"Reception desks\") == \"Reception desks\"");
    assert_eq!(desk.team().find_group("Reception desks"), Some("Reception desks"));
    desk.holds("create_group(\"Cellar\", [\"pump-house\", find_computer(\"DC-01\")]) == \"Cellar\"");
    for name in ["pump-house", "DC-01"] {
        assert_eq!(device(&desk.team(), name).group.as_deref(), Some("Cellar"));
    }
    assert_eq!(
        (desk.received(Operation::CreateGroup), desk.fleet.tally().done),
        (2, 2)
    );
    // The new group can be used at once.
    desk.holds("create_group(\"Attic\").move_to_group(\"old-nas\").name == \"old-nas\"");
}

#[test]
fn a_group_that_is_there_is_not_made_again_and_nothing_moves() {
    let desk = Desk::new();
    let before = desk.team();
    for code in [
        "create_group(\"Spare pool\")",
        "create_group(\"Spare pool\", [\"pump-house\"])",
        "create_group(\"spare POOL\")",
    ] {
        let error = desk.fails(code);
        assert_eq!(error.kind, "conflict", "{code}: {error:?}");
        assert!(error.hint.contains("move_to_group"), "{code}: {error:?}");
    }
    assert_eq!(
        desk.fails("remotepc::create_group(\"Spare pool\")").kind,
        "conflict"
    );
    assert_eq!(desk.team(), before);
    // A computer that has gone meanwhile is a conflict, too, and says nothing of a group that would be there.
    let computer = desk.run("find_computer(\"DC-01\")").unwrap();
    let id = device(&desk.team(), "DC-01").machine_id;
    desk.vendor()
        .edit(|world| world.devices.retain(|device| device.machine_id != id));
    let code = "let why = (); try { create_group(\"Cellar\", [it]) } catch (e) { why = e } `${why.kind}: ${why.hint}`";
    let gone = desk.run_on(code, computer).to_string();
    assert!(gone.starts_with("conflict: look at it again"), "{gone}");
}

#[test]
fn an_address_to_connect_at_is_a_secret() {
    let desk = Desk::new();
    desk.holds(&format!(
        "let url = connect_url(\"DC-01\", \"{USER}\"); type_of(url) == \"secret\" && `${{url}}` == \"[redacted]\""
    ));
    let id = device(&desk.team(), "DC-01").machine_id;
    desk.holds(&format!(
        "type_of(remotepc::get_web_viewer_url(\"{id}\", \"{USER}\")) == \"secret\""
    ));
    assert_eq!(desk.received(Operation::GetConnectUrl), 2);
    // Nothing in the fleet has changed.
    assert_eq!(desk.fleet.tally().told(), None);
    let error = desk.fails(&format!(
        "remotepc::get_web_viewer_url(\"NOSUCHMACHINE\", \"{USER}\")"
    ));
    assert_eq!(error.kind, "not_found", "{error:?}");
}

#[test]
fn nobody_is_asked_about_an_address_to_connect_at() {
    let desk = Desk::with(|setup| setup.user_agrees = false);
    desk.holds(&format!("connect_url(\"DC-01\", \"{USER}\") != ()"));
    assert_eq!(desk.fails("comment(\"DC-01\", \"on loan\")").kind, "refused");
}

#[test]
fn a_dry_run_changes_nothing_and_gives_what_would_be() {
    let desk = Desk::with(|setup| setup.rules.dry_run = true);
    let before = desk.team();
    desk.holds(&format!("assign(\"pump-house\", \"{USER}\").user == \"{USER}\""));
    desk.holds("comment(\"DC-01\", \"on loan\").comment == \"on loan\"");
    desk.holds("create_group(\"Cellar\", [\"DC-01\"]) == \"Cellar\"");
    desk.holds("move_to_group(\"Spare pool\", [\"DC-01\", \"pump-house\"]).map(|r| r.outcome) == [\"planned\", \"planned\"]");
    desk.holds(&format!("connect_url(\"DC-01\", \"{USER}\") == ()"));
    desk.holds(&format!("reveal(connect_url(\"DC-01\", \"{USER}\")) == ()"));
    assert_eq!((desk.team(), desk.writes()), (before, 0));
    assert_eq!(desk.fleet.tally().planned.len(), 7);
}

#[test]
fn a_name_that_several_machines_bear_is_written_to_neither_by_name_nor_by_record() {
    let desk = Desk::new();
    let before = desk.team();
    let meeting: Vec<String> = before
        .devices_named("Meeting Room")
        .map(|d| d.machine_id.clone())
        .collect();
    // Two names to a script, and one to a vendor that may not regard case.
    let reception: Vec<String> = before
        .devices_named("Reception-PC")
        .map(|d| d.machine_id.clone())
        .collect();
    assert_eq!((meeting.len(), reception.len()), (2, 2));
    for (ids, computer) in [
        (&meeting, "\"Meeting Room\"".to_owned()),
        (&meeting, format!("get_computer(\"{}\")", meeting[0])),
        (&reception, "\"Reception-PC\"".to_owned()),
        (&reception, "\"RECEPTION-PC\"".to_owned()),
        (&reception, format!("get_computer(\"{}\")", reception[1])),
    ] {
        for write in [
            format!("assign({computer}, \"{USER}\")"),
            format!("unassign({computer}, \"{USER}\")"),
            format!("comment({computer}, \"on loan\")"),
            format!("move_to_group(\"Spare pool\", {computer})"),
            format!("create_group(\"Cellar\", [{computer}])"),
        ] {
            let error = desk.fails(&write);
            assert_eq!(error.kind, "ambiguous", "{write}: {error:?}");
            for id in ids {
                assert!(error.message.contains(id.as_str()), "{write}: {error:?}");
            }
        }
    }
    assert_eq!((desk.team(), desk.writes()), (before, 0));
    // To connect, an id is enough.
    desk.holds(&format!(
        "connect_url(get_computer(\"{}\"), \"{USER}\") != ()",
        meeting[0]
    ));
}
