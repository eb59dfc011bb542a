//! Rules 1 and 3: unknown is never stale, and the least age of what is called stale.

use super::devices::{self, Account, device};
use super::fleet::{DAY, Fleet, ago, machine, machines, refused};
use super::{CHOOSE, CLEAN, NAMED};

/// Each sort of a last-seen time that says nothing, with what is said of it.
const UNKNOWN: [(&str, &str); 6] = [
    ("1970-01-01T00:00:00Z", "unknown is never stale"),
    ("0001-01-01T00:00:00Z", "unknown is never stale"),
    ("never", "unknown is never stale"),
    ("", "unknown is never stale"),
    ("2026-08-01T08:00:00", "unknown is never stale"),
    ("2026-11-20T09:00:01Z", "last seen lies in the future"),
];

#[test]
fn a_script_cannot_choose_what_has_no_age() {
    for (seen, why) in UNKNOWN {
        let fleet = Fleet::of([machine("PC-1"), machine("PC-2").seen(seen)]);
        let ran = fleet.run(CHOOSE, "");
        refused(&fleet, &ran, &["not allowed to remove 1 computer ('PC-2')", why]);
        assert_eq!(fleet.len(), 2, "{seen}");
    }
    let fleet = Fleet::of([machine("PC-1").never_seen()]);
    refused(
        &fleet,
        &fleet.run(CHOOSE, ""),
        &["there is no last-seen time", "name it on the command line"],
    );
}

#[test]
fn what_has_no_age_goes_if_the_user_names_it() {
    let fleet = Fleet::of([machine("PC-1"), machine("PC-2").never_seen()]);
    fleet.run(NAMED, "PC-2").succeeds().says("1 done");
    assert_eq!(fleet.names(), ["PC-1"]);
}

#[test]
fn what_has_no_age_goes_if_it_stands_in_a_file_that_the_user_names() {
    let fleet = Fleet::of([machine("PC-1"), machine("PC-2").never_seen()]);
    let script = "//! Removes the computers of a list.\n\
        const PARAMS = [#{ name: \"list\", type: \"file\", help: \"Which\" }];\n\
        let p = plan();\n\
        for name in read_list(params.list) { p.remove(find_computer(name), chosen(\"as listed\")); }\n\
        p.apply()";
    let desk = fleet.desk().file("s.rhai", script).file("l.csv", "name\nPC-2\n");
    desk.run("./s.rhai l.csv --force").succeeds();
    assert_eq!(fleet.names(), ["PC-1"]);
}

#[test]
fn what_a_script_names_by_itself_is_not_named_by_the_user() {
    let fleet = Fleet::of([machine("PC-1"), machine("PC-2").never_seen()]);
    let script = NAMED.replace("help:", "value: [\"PC-2\"], help:");
    refused(&fleet, &fleet.run(&script, ""), &["unknown is never stale"]);
    fleet.run(&script, "--computers PC-2").succeeds();
    assert_eq!(fleet.names(), ["PC-1"]);
}

#[test]
fn a_script_cannot_make_up_a_reason() {
    for (body, code, why) in [
        // Stale by a moment that has not come.
        (
            "stale(c, time(\"2027-01-01\"))",
            7,
            "a moment that has not come yet",
        ),
        // A reason that was made of somebody else's record.
        (
            "stale(find_computer(\"PC-2\"), ago(\"60d\"))",
            2,
            "made for another computer",
        ),
        ("chosen(\"\")", 2, "empty"),
        ("()", 2, "wants a reason"),
        ("false", 2, "wants a reason"),
    ] {
        let fleet = Fleet::of([machine("PC-1").seen(ago(40 * DAY)), machine("PC-2")]);
        let script = format!(
            "//! Removes.\nlet c = find_computer(\"PC-1\"); let p = plan(); p.remove(c, {body}); p.apply()"
        );
        fleet.run(&script, "").ends_with(code).says(why);
        assert_eq!((fleet.writes(), fleet.len()), (0, 2), "{body}");
    }
}

#[test]
fn a_script_cannot_make_up_a_record() {
    for forged in [
        "c.last_seen = ago(\"100d\"); p.remove(c, stale(c, ago(\"30d\")))",
        "c.online = false; p.remove(c, chosen(\"off\"))",
        "p.remove(#{ id: c.id, name: c.name, last_seen: ago(\"100d\") }, chosen(\"old\"))",
        "stale(#{ id: c.id, name: c.name, last_seen: ago(\"100d\") }, ago(\"30d\"))",
    ] {
        let fleet = Fleet::of([machine("PC-1").seen(ago(60)).online(true)]);
        let script =
            format!("//! Forges.\nlet c = find_computer(\"PC-1\"); let p = plan(); {forged}; p.apply()");
        let ran = fleet.run(&script, "");
        assert!(matches!(ran.code, Some(2 | 3 | 7)), "{}", ran.transcript());
        assert_eq!((fleet.writes(), fleet.len()), (0, 1), "{forged}");
    }
}

#[test]
fn a_record_of_another_fleet_removes_nothing_here() {
    let (here, there) = (
        Fleet::of([machine("PC-1").seen(ago(60))]),
        Fleet::of([machine("PC-1").id("x")]),
    );
    let config = std::fs::read_to_string(there.desk().config_file()).unwrap();
    let profile = config.split_once("\n\n").unwrap().1;
    let other = profile.replace("acme", "other");
    let desk = here.desk_with(&format!("\n{other}")).file(
        "s.rhai",
        "//! Mixes up.\nlet c = fleet(\"other\").find_computer(\"PC-1\"); let p = plan();\n\
         p.remove(c, chosen(\"old\")); p.apply()",
    );
    desk.run("./s.rhai --force");
    assert_eq!((here.writes(), there.writes()), (0, 0));
}

#[test]
fn the_floor_of_realvnc_is_two_days_to_the_second() {
    let fleet = Fleet::of(machines(3));
    refused(
        &fleet,
        &fleet.run(CLEAN, "172799s"),
        &[
            "not allowed to remove 3 computers ('PC-1', 'PC-2', 'PC-3') after 47 hours",
            "the least for RealVNC Connect being 2 days",
            "use --allow-short-period",
        ],
    );
    let ran = fleet.run(CLEAN, "172800s");
    ran.succeeds()
        .says("3 done")
        .says("which is short for RealVNC Connect");
    assert_eq!(fleet.len(), 0);
}

#[test]
fn under_two_weeks_is_warned_of_and_from_there_on_not() {
    for (period, warned) in [("1209599s", true), ("14d", false)] {
        let fleet = Fleet::of(machines(1));
        let ran = fleet.run(CLEAN, period);
        assert_eq!(
            ran.succeeds().stderr.contains("which is short"),
            warned,
            "{period}"
        );
    }
}

#[test]
fn ninety_is_seconds_and_asks_whether_days_were_meant() {
    let fleet = Fleet::of(machines(1));
    refused(
        &fleet,
        &fleet.run(CLEAN, "90"),
        &["after 90 seconds", "did you mean `90d`?"],
    );
}

#[test]
fn what_relaxes_the_floor_is_shown_and_stands_in_the_journal() {
    let fleet = Fleet::of(machines(1));
    let desk = fleet.desk().file("s.rhai", CLEAN);
    let relaxed = "--allow-short-period lifts the floor of 2 days of RealVNC Connect";
    desk.run("./s.rhai 90 --dry-run --allow-short-period")
        .ends_with(6)
        .says(relaxed);
    desk.run("./s.rhai 90 --force --allow-short-period")
        .succeeds()
        .says(relaxed);
    desk.run("journal show last").succeeds().says(relaxed);
    assert_eq!(fleet.len(), 0);
}

#[test]
fn a_choice_of_the_script_is_held_to_the_floor_and_what_the_user_names_is_not() {
    for (age, code) in [(2 * DAY - 1, 7), (2 * DAY, 0)] {
        let fleet = Fleet::of([machine("PC-1").seen(ago(age))]);
        fleet.run(CHOOSE, "").ends_with(code);
        assert_eq!(fleet.len() == 1, code == 7);
    }
    let fleet = Fleet::of([machine("PC-1").seen(ago(60))]);
    fleet.run(NAMED, "PC-1").succeeds();
    assert_eq!(fleet.len(), 0);
}

#[test]
fn the_floor_of_remotepc_is_thirty_days_and_its_time_is_told_for_what_it_is() {
    let account = Account::of(vec![device("A"), device("B")]);
    devices::refused(
        &account,
        &account.run(CLEAN, "2591999s"),
        &[
            "the least for RemotePC Enterprise being 30 days",
            "--allow-short-period",
        ],
    );
    let ran = account.run(CLEAN, "30d --dry-run");
    ran.ends_with(6)
        .says("chosen by the last session of a viewer")
        .says("zone of that time is not documented");
    account.run(CLEAN, "30d").succeeds().says("2 done");
    assert!(account.names().is_empty());
}

#[test]
fn zeros_and_blanks_of_remotepc_are_no_age() {
    for seen in [
        None,
        Some(""),
        Some("0000-00-00 00:00:00"),
        Some("1970-01-01 00:00:00"),
    ] {
        let mut unknown = device("A");
        unknown.last_session = seen.map(str::to_owned);
        let account = Account::of(vec![unknown]);
        devices::refused(&account, &account.run(CHOOSE, ""), &["unknown is never stale"]);
    }
}
