//! The undo of a run that was broken off.

use deskhand::fleet::{Change, ComputerId, ComputerRef, Outcome, Vendor};
use deskhand::plan::Proposal;
use serde_json::json;

use super::practice::{Came, Practice};

/// Proposes to rename a computer.
pub(super) fn rename(team: &Practice, name: &str, to: &str) -> Proposal {
    let id = team.entry(name)["id"].as_str().unwrap().to_owned();
    Proposal::of(Change::Rename {
        computer: ComputerRef {
            id: ComputerId::new(id),
            name: name.to_owned(),
        },
        to: to.to_owned(),
    })
}

/// Renames a computer behind everybody's back.
pub(super) fn renamed(team: &Practice, name: &str, to: &str) {
    team.meanwhile(|world| {
        let entries = world["entries"].as_array_mut().unwrap();
        let found = entries.iter_mut().find(|entry| entry["name"] == name);
        found.unwrap()["name"] = json!(to);
    });
}

#[test]
fn what_was_made_is_taken_back_and_what_may_have_been_or_never_was_is_told() {
    let team = Practice::with(Vendor::RealVnc);
    let before = team.looks();
    let run = team.broken_off(&[
        (rename(&team, "ACC-LT-001", "A-1"), Came::To(Outcome::Done(None))),
        (rename(&team, "ACC-LT-002", "A-2"), Came::InFlight),
        (rename(&team, "ACC-LT-003", "A-3"), Came::NotBegun),
        (rename(&team, "ACC-LT-004", "A-4"), Came::NotBegun),
    ]);
    renamed(&team, "ACC-LT-001", "A-1");
    let undone = team.run(&format!("undo {run} --force --output json"));
    undone
        .succeeds()
        .says(&format!(
            "2 of its changes were never begun; `deskhand apply --resume {run}` would still make what is left"
        ))
        .says("not undone: rename 'ACC-LT-002' to 'A-2': nobody knows whether it was done")
        .says("1 done");
    let rows = undone.json();
    assert_eq!(rows.as_array().unwrap().len(), 2, "{}", undone.transcript());
    assert_eq!(
        (&rows[0]["to"], &rows[0]["outcome"]),
        (&json!("ACC-LT-001"), &json!("done"))
    );
    assert_eq!(
        (&rows[1]["target"], &rows[1]["outcome"]),
        (&json!("ACC-LT-002"), &json!("not_undone"))
    );
    assert_eq!(team.looks(), before);
}
