//! What the profile protects is not touched, however a script goes about it.

use super::Desk;
use crate::fleet::{Protected, Protection};
use crate::plan::guards::Limits;

fn protecting(entries: &[&str]) -> Desk {
    let entries = entries.iter().map(|entry| Protection::parse(entry).unwrap());
    let protected = Protected::new(entries.collect());
    Desk::with(|setup| {
        setup.rules.limits = Limits {
            protected,
            ..Limits::default()
        };
    })
}

#[test]
fn a_computer_of_a_protected_name_is_not_renamed_and_goes_in_and_out_of_no_group() {
    let desk = protecting(&["srv-*"]);
    for code in [
        "rename(\"SRV-FILE-01\", \"X\")",
        "group_add(\"Spare pool\", \"SRV-FILE-01\")",
        "group_remove(\"Servers\", \"SRV-FILE-01\")",
        "realvnc::update_entry(find_computer(\"SRV-FILE-01\").id, \"X\")",
    ] {
        let error = desk.fails(code);
        assert_eq!(error.kind, "refused", "{code}: {error:?}");
        assert!(
            error.message.contains("protected by \"srv-*\""),
            "{code}: {error:?}"
        );
        assert!(
            error.hint.contains("`protect` in the profile"),
            "{code}: {error:?}"
        );
    }
    assert_eq!(desk.writes(), 0);
    desk.holds("rename(\"pump-house\", \"Pump 1\").name == \"Pump 1\"");
}

#[test]
fn the_members_of_a_protected_group_are_known_by_their_groups() {
    let desk = protecting(&["group:Laptops"]);
    let error = desk.fails("rename(\"ACC-LT-002\", \"X\")");
    assert_eq!(error.kind, "refused");
    assert!(
        error.message.contains("protected by \"group:Laptops\""),
        "{error:?}"
    );
    assert_eq!(desk.writes(), 0);
    desk.holds("rename(\"ACC-LT-001\", \"Reception\").name == \"Reception\"");
}

#[test]
fn a_dry_run_plans_what_would_be_refused_and_says_so() {
    let entries = vec![Protection::parse("pump-house").unwrap()];
    let desk = Desk::with(|setup| {
        setup.rules.dry_run = true;
        setup.rules.limits.protected = Protected::new(entries);
    });
    desk.says("rename(\"pump-house\", \"Pump 1\").name");
    let tally = desk.fleet.tally();
    assert_eq!(tally.planned.len(), 1);
    let [warning] = tally.notes.warnings.as_slice() else {
        panic!("{tally:?}")
    };
    assert!(
        warning.starts_with("would be refused: not allowed to touch"),
        "{warning}"
    );
}
