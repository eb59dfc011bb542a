//! What all fleets of a running script share: the clock, what the user is told, and the way from Rhai's threads into the async
//! world.

use std::future::Future;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use jiff::Timestamp;
use tokio::runtime::Handle;

use crate::cancel::Cancel;
use crate::clock::Clock;
use crate::fleet::{Error, Kind, Result};
use crate::held::held;

use super::connection::Fleet;
use super::named::Named;

/// Opens the fleet of another profile by name.
pub type Open = dyn Fn(&Arc<World>, &str) -> Result<Fleet> + Send + Sync;

/// Tells the user something that is not data: a warning, a line that a script prints.
pub type Tell = dyn Fn(&str) + Send + Sync;

/// Something that has a say where it is asked.
pub type Say = dyn Fn() -> Option<String> + Send + Sync;

/// The moment that scripts are told instead of the present one, while one is supposed.
#[derive(Default)]
pub struct Supposed(Mutex<Option<Timestamp>>);

/// What all fleets of a run share.
pub struct World {
    /// Where requests run; never a thread of a script.
    pub runtime: Handle,
    /// Stops the run.
    pub cancel: Cancel,
    /// The time of day.
    pub clock: Clock,
    /// What scripts are told instead of the present moment.
    pub supposed: Supposed,
    /// The folder that the paths of files start from.
    pub here: PathBuf,
    /// Receives warnings about what was read.
    pub warn: Box<Tell>,
    /// Receives what happened to the fleet and must not be passed over.
    pub alert: Box<Tell>,
    /// Opens another profile's fleet.
    pub open: Box<Open>,
    /// Says by which cleanup policy of the user's own the run decides, once it does.
    pub decided_by: Box<Say>,
    /// What the user has named.
    pub named: Named,
    /// How many expressions are being evaluated that only choose, and must not change anything.
    pub choosing: AtomicUsize,
}

impl World {
    /// Runs something that only chooses: whatever it calls, nothing is written.
    pub fn choose<T>(&self, choice: impl FnOnce() -> T) -> T {
        /// Counts down whatever ends the choice.
        struct Choosing<'a>(&'a AtomicUsize);
        impl Drop for Choosing<'_> {
            fn drop(&mut self) {
                self.0.fetch_sub(1, Ordering::SeqCst);
            }
        }
        self.choosing.fetch_add(1, Ordering::SeqCst);
        let _choosing = Choosing(&self.choosing);
        choice()
    }

    /// Runs something to which another moment is the present one.
    pub fn suppose<T>(&self, moment: Timestamp, asked: impl FnOnce() -> T) -> T {
        /// Goes back to what was supposed before, whatever ends the question.
        struct Supposing<'a>(&'a Supposed, Option<Timestamp>);
        impl Drop for Supposing<'_> {
            fn drop(&mut self) {
                *held(&self.0.0) = self.1;
            }
        }
        let before = held(&self.supposed.0).replace(moment);
        let _supposing = Supposing(&self.supposed, before);
        asked()
    }

    /// Returns the present moment, or the one that is supposed instead.
    pub fn now(&self) -> Timestamp {
        held(&self.supposed.0).unwrap_or_else(|| self.clock.now())
    }

    /// Waits for a request, or for the run to be stopped.
    pub fn wait<T>(&self, request: impl Future<Output = Result<T>>) -> Result<T> {
        if self.cancel.is_raised() {
            return Err(cancelled());
        }
        self.runtime.block_on(async {
            tokio::select! {
                biased;
                () = self.cancel.raised() => Err(cancelled()),
                answer = request => answer,
            }
        })
    }
}

/// Returns the error that no script can catch.
pub(super) fn cancelled() -> Error {
    Error::new(Kind::Cancelled, "interrupted")
}
