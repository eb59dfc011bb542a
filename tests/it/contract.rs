//! The clients against the vendors' own examples: `.ci/contract` starts mocks that answer with them.

mod realvnc;
mod remotepc;

use crate::desk::{Desk, Ran};

/// Said where a test is run that needs a mock.
const WHY_IGNORED: &str = "DESKHAND_MOCK_URL names the mock; .ci/contract sets it";

/// Runs a script of one's own from a desk.
fn ask_from(desk: Desk, script: &str, options: &str) -> Ran {
    desk.file("ask.rhai", &format!("//! Asks the mock.\n{script}\n"))
        .run(&format!("./ask.rhai --output json {options}"))
}

/// Checks what a script ended in.
#[track_caller]
fn answers(ran: &Ran, answer: &serde_json::Value) {
    ran.succeeds();
    assert_eq!(ran.json(), *answer, "{}", ran.transcript());
}
