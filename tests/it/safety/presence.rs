//! Rule 2: what is online, or may be, is not removed.

use deskhand::sim::realvnc::Operation;
use deskhand::sim::{Effect, Fault};

use super::devices::{self, Account, device};
use super::fleet::{Fleet, HOUR, ago, machine, machines, refused};
use super::{CHOOSE, CLEAN, NAMED};

#[test]
fn what_is_online_is_not_removed_for_any_reason() {
    for (script, words) in [(CLEAN, "30d"), (CHOOSE, ""), (NAMED, "PC-2"), (NAMED, "id-PC-2")] {
        let fleet = Fleet::of([machine("PC-1"), machine("PC-2").online(true)]);
        let ran = fleet.run(script, words);
        if words == "id-PC-2" {
            // A name is looked for, not an id; and nothing goes by accident.
            assert_ne!(ran.code, Some(0), "{}", ran.transcript());
        } else {
            refused(
                &fleet,
                &ran,
                &["('PC-2'): it is online, and what is online is never removed"],
            );
        }
        assert_eq!(fleet.len(), 2, "{words}");
    }
    let fleet = Fleet::of([machine("PC-1").online(true)]);
    let ran = fleet.run(
        "//! Removes.\nremove_computer(\"PC-1\")",
        "--max-removals 1 --allow-short-period",
    );
    refused(&fleet, &ran, &["it is online"]);
}

#[test]
fn what_the_script_did_not_ask_about_is_asked_about() {
    // The script lists without presence: the guards look for themselves.
    let fleet = Fleet::of(machines(2));
    fleet.run(CLEAN, "30d").succeeds().says("2 done");
    assert_eq!(fleet.len(), 0);
}

#[test]
fn without_presence_what_was_seen_within_48_hours_stays_even_if_it_is_named() {
    for (age, code) in [(48 * HOUR - 1, 7), (48 * HOUR, 0)] {
        let fleet = Fleet::lacking(&["LIST_PRESENCE"], [machine("PC-1").seen(ago(age))]);
        let ran = fleet.run(NAMED, "PC-1");
        if code == 7 {
            refused(
                &fleet,
                &ran,
                &["whether it is online is not known, and it was seen within the last 48 hours"],
            );
        } else {
            ran.succeeds().says("presence not checked of 1 computer ('PC-1')");
        }
        assert_eq!(fleet.len() == 1, code == 7);
    }
}

#[test]
fn a_computer_that_presence_does_not_tell_of_is_held_to_the_48_hours() {
    for (age, code) in [(48 * HOUR - 1, 7), (48 * HOUR, 0)] {
        let fleet = Fleet::of([machine("PC-1").seen(ago(age)).untold(), machine("PC-2")]);
        fleet.run(NAMED, "PC-1").ends_with(code);
        assert_eq!(fleet.len() == 2, code == 7);
    }
}

#[test]
fn where_nothing_is_known_only_what_the_user_names_goes() {
    let make = || Fleet::lacking(&["LIST_PRESENCE"], [machine("PC-1").never_seen()]);
    let fleet = make();
    refused(
        &fleet,
        &fleet.run(CHOOSE, ""),
        &["neither whether it is online nor when it was last seen is known"],
    );
    make().run(NAMED, "PC-1").succeeds().says("presence not checked");
}

#[test]
fn a_word_of_presence_that_nobody_knows_is_not_offline() {
    let fleet = Fleet::of([machine("PC-1").seen(ago(HOUR))]);
    fleet.falsify(Operation::ListEntryPresence, 0, "/events/0/status", "AWAY");
    refused(
        &fleet,
        &fleet.run(NAMED, "PC-1"),
        &["whether it is online is not known"],
    );
}

#[test]
fn presence_that_cannot_be_read_for_another_reason_ends_the_run() {
    let fleet = Fleet::of(machines(1));
    let effect = Effect::Status {
        status: 400,
        retry_after: None,
    };
    fleet.fault(Fault::on(Operation::ListEntryPresence, effect).always());
    let ran = fleet.run(NAMED, "PC-1");
    assert!(matches!(ran.code, Some(2 | 4)), "{}", ran.transcript());
    assert_eq!((fleet.writes(), fleet.len()), (0, 1));
}

#[test]
fn of_remotepc_only_offline_is_offline() {
    for status in [
        Some("Online"),
        Some("ONLINE"),
        Some("Away"),
        Some("Offline?"),
        Some("Not Offline"),
        Some(""),
        Some(" "),
        None,
    ] {
        let mut other = device("B");
        other.status = status.map(str::to_owned);
        let account = Account::of(vec![device("A"), other]);
        devices::refused(
            &account,
            &account.run(NAMED, "B"),
            &["not allowed to remove 1 computer ('B')"],
        );
        assert_eq!(account.names(), ["A", "B"], "{status:?}");
    }
}

#[test]
fn of_remotepc_offline_may_be_written_in_any_case_with_blanks_around() {
    for status in ["Offline", "offline ", " OFFLINE", "oFFLINE\t"] {
        let mut other = device("B");
        other.status = Some(status.to_owned());
        let account = Account::of(vec![device("A"), other]);
        account.run(NAMED, "B").succeeds();
        assert_eq!(account.names(), ["A"], "{status:?}");
    }
}
