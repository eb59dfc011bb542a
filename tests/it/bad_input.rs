//! Bad input gets a clear error and its exit code, and nothing is written: what was wrong, where, and what to do.

mod accounts;
mod answers;
mod display;
mod names;
mod scripts;
mod simulator;

use crate::desk::{Desk, Ran};

/// Types a command that must fail, and once more with the whole log on standard error, where no secret may be either.
///
/// Nothing may come out on standard output, and no request may have changed anything.
#[track_caller]
fn fails(desk: &Desk, line: &str, code: i32) -> Ran {
    let ran = desk.run(line);
    ran.ends_with(code).prints_nothing();
    desk.run(&format!("{line} -vv")).ends_with(code).prints_nothing();
    for method in ["PATCH", "PUT", "DELETE"] {
        assert!(
            !ran.log.contains(&format!("method=\"{method}\"")),
            "something was sent\n{}",
            ran.log
        );
    }
    ran
}
