//! How many removals a run makes call by call: nobody sees all of them before the first.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::fleet::{Change, Error, Kind, Result};

/// How many calls of a run may remove something outside a plan.
const MOST: usize = 3;

/// The calls of a run that have removed something.
#[derive(Debug, Default)]
pub struct Singly(AtomicUsize);

impl Singly {
    /// Counts a call, and refuses the one that is too many. In a dry run, which is refused nothing, that is told with `warn`.
    pub fn count(&self, changes: &[Change], dry_run: bool, warn: impl Fn(&str)) -> Result<()> {
        let Some(change) = changes.iter().find(|change| change.removes()) else {
            return Ok(());
        };
        let before = self.0.fetch_add(1, Ordering::SeqCst);
        if before < MOST {
            return Ok(());
        }
        let message = format!(
            "not allowed to {change}: a run may make {MOST} removals one by one, and this is one more"
        );
        if !dry_run {
            return Err(Error::new(Kind::Refused, message).hint(
                "use plan(): p.remove(computer, reason) for each, then p.apply(), so that all are seen before the first is made",
            ));
        }
        if before == MOST {
            warn(&format!("would be refused: {message}"));
        }
        Ok(())
    }
}
