//! Simulated teams that cannot be.

use super::fails;
use crate::desk::Desk;
use crate::team::Team;

#[test]
fn a_permission_that_does_not_exist() {
    let ran = fails(&Desk::new(), "simulate --deny LIST_PRESENTS", 2);
    ran.says("`LIST_PRESENTS` is no permission; did you mean `LIST_PRESENCE`?");
}

#[test]
fn a_team_or_a_token_beyond_all_bounds() {
    let desk = Desk::new();
    fails(&desk, "simulate --size 200001", 2).says("200000 computers is the most");
    fails(&desk, "simulate --token-ttl 0", 2).says("the life of a session token cannot be 0 s");
}

#[test]
fn an_option_that_only_the_other_vendor_has() {
    let desk = Desk::new();
    for (option, vendor, other) in [
        ("--token-ttl 5", "remotepc", "realvnc"),
        ("--deny LIST_PRESENCE", "remotepc", "realvnc"),
        ("--paging body", "realvnc", "remotepc"),
        ("--not-whitelisted", "realvnc", "remotepc"),
    ] {
        let ran = fails(&desk, &format!("simulate --vendor {vendor} {option}"), 2);
        let name = option.split(' ').next().unwrap();
        ran.says(&format!(
            "{name} goes with --vendor {other}; the simulated vendor is {vendor}"
        ))
        .says(&format!("add --vendor {other}"));
    }
}

#[test]
fn a_state_file_of_the_other_vendor() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("team.json");
    drop(Team::with(&format!("--state {}", state.display())));
    let before = std::fs::read(&state).unwrap();
    let line = format!("simulate --vendor remotepc --state {}", state.display());
    fails(&Desk::new(), &line, 2)
        .says("it is kept for `realvnc`, not for `remotepc`")
        .says("name another file");
    assert_eq!(std::fs::read(&state).unwrap(), before);
}

#[test]
fn a_state_file_that_another_one_works_on() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("team.json").display().to_string();
    let _team = Team::with(&format!("--state {state}"));
    let desk = Desk::new();
    for line in ["simulate", "list-computers --demo"] {
        fails(&desk, &format!("{line} --state {state}"), 2)
            .says(&format!("the state file {state} is in use by another deskhand"));
    }
}
