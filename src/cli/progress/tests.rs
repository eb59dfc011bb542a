//! Lines off a terminal, with a stopwatch that the test holds.

use std::sync::atomic::{AtomicU64, Ordering};

use super::*;
use crate::cli::args::Globals;
use crate::fleet::{Error, Kind};
use crate::secret::Redactor;

/// Progress of which the test reads the lines, and sets the time.
struct Desk {
    progress: Progress,
    seconds: Arc<AtomicU64>,
}

impl Desk {
    fn off_a_terminal() -> Self {
        Self::with(Face::Lines)
    }

    fn with(face: Face) -> Self {
        let seconds = Arc::new(AtomicU64::new(7));
        let told = Arc::clone(&seconds);
        Self {
            progress: Progress {
                ui: Ui::new(&Process::capture(), &Globals::default(), &Redactor::default()),
                face,
                stopwatch: Arc::new(move || Duration::from_secs(told.load(Ordering::Relaxed))),
                under_way: Mutex::default(),
            },
            seconds,
        }
    }

    /// Lets time go by, and a change be made.
    fn after(&self, seconds: u64) -> Option<String> {
        self.seconds.fetch_add(seconds, Ordering::Relaxed);
        self.progress.line(&Outcome::Done(None))
    }
}

#[test]
fn a_line_is_written_after_a_while_and_then_now_and_then() {
    let desk = Desk::off_a_terminal();
    desk.progress.begin(100);
    assert_eq!(desk.after(9), None);
    assert_eq!(
        desk.after(1).unwrap(),
        "2 of 100 changes, 12/min, about 9 min left"
    );
    for _ in 0..29 {
        assert_eq!(desk.after(1), None);
    }
    let failed = Outcome::Failed(Error::new(Kind::Vendor, "x"));
    assert_eq!(desk.progress.line(&failed), None);
    assert_eq!(
        desk.after(1).unwrap(),
        "33 of 100 changes, 1.1/s, about 64 s left, 1 failed"
    );
}

#[test]
fn the_end_of_a_plan_needs_no_line_and_the_next_one_begins_anew() {
    let desk = Desk::off_a_terminal();
    desk.progress.begin(3);
    assert_eq!(desk.after(4), None);
    assert!(desk.after(8).unwrap().starts_with("2 of 3 changes"));
    assert_eq!(desk.after(60), None, "all is done");
    desk.progress.end();
    assert_eq!(desk.after(60), None, "nothing is under way");
    desk.progress.begin(3);
    assert_eq!(desk.after(9), None);
}

#[test]
fn of_one_or_two_changes_and_where_quiet_is_wanted_nothing_is_told() {
    let desk = Desk::off_a_terminal();
    desk.progress.begin(2);
    assert_eq!(desk.after(60), None);
    let desk = Desk::with(Face::Nothing);
    desk.progress.begin(100);
    assert_eq!(desk.after(60), None);
}
