//! One run at a time.

use super::*;
use crate::fleet::{Error, Kind};
use crate::plan::journal::Lock;

#[test]
fn a_second_run_is_told_who_holds_the_lock() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journals");
    let first = head(0x3f9a).run;
    let held = Lock::take(&path, "acme", &first, now()).unwrap();
    let refused = Lock::take(&path, "acme", &head(2).run, now()).unwrap_err();
    let error = Error::from(refused);
    assert_eq!(error.kind, Kind::Refused);
    assert_eq!(
        error.message,
        format!(
            "not allowed to change profile `acme`: run 20261120T090000Z-acme-3f9a (process {}) has been at it since \
             2026-11-20T09:00:00Z",
            std::process::id()
        )
    );
    assert!(
        Lock::take(&path, "branch", &head(3).run, now()).is_ok(),
        "each profile has its own"
    );
    assert_eq!(Lock::holder(&path, "acme").unwrap().run, first);
    drop(held);
    assert_eq!(Lock::holder(&path, "acme"), None);
    let again = Lock::take(&path, "acme", &head(2).run, now()).unwrap();
    assert_eq!(Lock::holder(&path, "acme").unwrap().run, head(2).run);
    drop(again);
}

#[test]
fn what_a_killed_run_left_behind_is_no_lock() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("acme.lock"), "").unwrap();
    std::fs::write(folder.path().join("acme.holder"), "{\"pid\":").unwrap();
    assert_eq!(Lock::holder(folder.path(), "acme"), None);
    assert!(Lock::take(folder.path(), "acme", &head(1).run, now()).is_ok());
}

#[test]
fn a_place_without_locks_refuses_every_run() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("acme.lock")).unwrap();
    let error = Error::from(Lock::take(folder.path(), "acme", &head(1).run, now()).unwrap_err());
    assert_eq!(error.kind, Kind::Refused);
    assert!(error.message.contains("cannot be locked"), "{error}");
}
