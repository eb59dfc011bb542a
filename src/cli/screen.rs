//! Standard error as one place, so that what is said stands above a bar and not in the middle of it.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use indicatif::ProgressBar;

use crate::held::held;

/// Standard error, and the bar that stands on its last line if there is one. Clones are the same screen.
#[derive(Debug, Clone, Default)]
pub struct Screen(Arc<Mutex<Option<ProgressBar>>>);

impl Screen {
    /// Lets a bar stand below all that is written from now on; one that stood there goes.
    pub fn show(&self, bar: ProgressBar) {
        let before = held(&self.0).replace(bar);
        if let Some(before) = before {
            before.finish_and_clear();
        }
    }

    /// Takes the bar away, if there is one.
    pub fn clear(&self) {
        let bar = held(&self.0).take();
        if let Some(bar) = bar {
            bar.finish_and_clear();
        }
    }

    /// Lets something be written above the bar; it has to end its line.
    pub fn above<T>(&self, work: impl FnOnce() -> T) -> T {
        // Not held meanwhile: whoever writes may be told of something that is to be written, too.
        let bar = held(&self.0).clone();
        match bar {
            Some(bar) => bar.suspend(work),
            None => work(),
        }
    }
}

/// For whole lines alone.
impl Write for Screen {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.above(|| io::stderr().write_all(bytes))?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        io::stderr().flush()
    }
}
