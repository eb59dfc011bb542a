//! What can go wrong between a client and a vendor, on order: for tests.
//!
//! A fault waits for requests of an operation, lets some pass, and then spoils some. The first fault in the list that
//! is due spoils a request; faults behind it do not notice that request.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::held::held;

use serde_json::Value;

/// What happens to a request that a fault spoils.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Not carried out; answered with this status and, where given, this `Retry-After`.
    Status {
        /// The HTTP status.
        status: u16,
        /// The text of `Retry-After`: seconds, or a date.
        retry_after: Option<String>,
    },
    /// Not carried out; answered with this status and this JSON, such as a failure that calls itself 200.
    Answer {
        /// The HTTP status.
        status: u16,
        /// The body.
        body: Value,
    },
    /// Not carried out; answered with a redirect (302) to this address.
    Redirect(String),
    /// Not carried out; the connection ends without a byte of an answer.
    CutBefore,
    /// Carried out; the connection ends without a byte of an answer.
    CutAfter,
    /// Carried out; the connection ends in the middle of the answer.
    CutMidway,
    /// Not carried out, and never answered. The connection stays open until the server ends.
    Hang,
    /// Carried out, and never answered.
    HangAfter,
    /// Carried out after a pause.
    Latency(Duration),
    /// Not carried out; an HTML page with status 200, as a captive portal would give.
    Html,
    /// Carried out; the answer is a complete HTTP message, but its JSON stops half way.
    TruncatedJson,
    /// Carried out; in the JSON of the answer this value takes the place of another.
    Member {
        /// Where that is, as a JSON pointer: `/message/pagination/current_page_index`. If there is nothing, nothing happens.
        pointer: String,
        /// The new value.
        value: Value,
    },
    /// Not carried out; an answer of at least this many bytes, streamed, of unannounced length.
    Huge {
        /// The size in bytes.
        bytes: u64,
    },
    /// Carried out; whatever the page, its `Link` says that it is followed by itself.
    LinkToItself,
    /// Carried out; whatever the page, its `Link` leads to this address.
    LinkTo(String),
}

/// A fault that waits for its requests.
#[derive(Debug, Clone)]
pub struct Fault {
    operation: Option<&'static str>,
    pass: u64,
    times: u64,
    effect: Effect,
}

impl Fault {
    /// Spoils the next request of an operation.
    pub fn on(operation: impl Into<&'static str>, effect: Effect) -> Self {
        Self {
            operation: Some(operation.into()),
            pass: 0,
            times: 1,
            effect,
        }
    }

    /// Spoils the next request, whatever its operation.
    pub fn on_any(effect: Effect) -> Self {
        Self {
            operation: None,
            pass: 0,
            times: 1,
            effect,
        }
    }

    /// Lets this many requests pass first.
    #[must_use]
    pub fn after(mut self, requests: u64) -> Self {
        self.pass = requests;
        self
    }

    /// Spoils this many requests instead of one.
    #[must_use]
    pub fn times(mut self, requests: u64) -> Self {
        self.times = requests;
        self
    }

    /// Spoils every request from now on.
    #[must_use]
    pub fn always(self) -> Self {
        self.times(u64::MAX)
    }
}

/// The faults that wait for their requests; clones share them.
#[derive(Debug, Clone, Default)]
pub struct Faults {
    waiting: Arc<Mutex<VecDeque<Fault>>>,
}

impl Faults {
    /// Adds a fault behind those that wait already.
    pub fn push(&self, fault: Fault) {
        self.lock().push_back(fault);
    }

    /// Forgets all faults.
    pub fn clear(&self) {
        self.lock().clear();
    }

    /// Returns how many faults have not done all that they were to do. A test asks this at its end: a fault that
    /// waits for the wrong operation is a test that tests nothing.
    pub fn waiting(&self) -> usize {
        self.lock().len()
    }

    /// Returns what is to happen to a request of this operation, if anything.
    pub fn strike(&self, operation: &str) -> Option<Effect> {
        let mut waiting = self.lock();
        let mut due = None;
        for (at, fault) in waiting.iter_mut().enumerate() {
            if fault.operation.is_some_and(|o| o != operation) {
                continue;
            }
            if fault.pass > 0 {
                fault.pass -= 1;
                continue;
            }
            fault.times = fault.times.saturating_sub(1);
            due = Some((at, fault.times == 0, fault.effect.clone()));
            break;
        }
        let (at, spent, effect) = due?;
        if spent {
            waiting.remove(at);
        }
        Some(effect)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, VecDeque<Fault>> {
        held(&self.waiting)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_lets_requests_pass_and_then_spoils_some() {
        let faults = Faults::default();
        faults.push(Fault::on("list", Effect::Html).after(1).times(2));
        let struck: Vec<bool> = (0..5).map(|_| faults.strike("list").is_some()).collect();
        assert_eq!(struck, [false, true, true, false, false]);
        assert_eq!(faults.waiting(), 0);
    }

    #[test]
    fn a_fault_leaves_other_operations_alone() {
        let faults = Faults::default();
        faults.push(Fault::on("list", Effect::Html));
        assert_eq!(faults.strike("read"), None);
        assert_eq!(faults.waiting(), 1);
        faults.push(Fault::on_any(Effect::CutBefore).always());
        assert_eq!(faults.strike("read"), Some(Effect::CutBefore));
        assert_eq!(faults.strike("read"), Some(Effect::CutBefore));
    }
}
