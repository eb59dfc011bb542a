//! Removes computers: 50 at a time, offline ones only, each by a name that is its own.
//!
//! The vendor is told names, may do a part of what it is told, and does not say which. So before each call the computers
//! are compared with a fresh listing, and after it what is gone is done, whatever the answer said and whomever it named. What
//! is still there has failed only where the answer speaks for the call as a whole; else it is unknown, and may show for a
//! while yet. The first call that does not succeed is the last.

use std::collections::HashSet;
use std::sync::Arc;

use serde_json::json;

use crate::fleet::{Attempt, ComputerRef, Error, Kind};
use crate::http::Delivery;
use crate::text::visible;

use super::limits::{MOST_REMOVED, check_computer};
use super::machines::{Machines, Standing, online};
use super::refusal::Subject;
use super::{Failure, PRODUCT, Reads, Writes};

const OPERATION: &str = "removeComputers";

const NOT_SENT: &str = "it was not sent, since something went wrong before it";

/// What came of a write for one computer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PerComputer {
    /// The computer, as in the request.
    pub computer: ComputerRef,
    /// What came of it.
    pub attempt: Attempt,
}

impl Writes {
    /// `computer/remove`: removes computers, in as many calls as it takes, and returns what came of each, in their order,
    /// once for each. There is no way back by the API.
    pub async fn remove_computers(&self, computers: &[ComputerRef]) -> Vec<PerComputer> {
        let mut removal = Removal::of(computers);
        let mut machines = match self.listed().await {
            Ok(machines) => machines,
            Err(error) => return removal.stop("the computers could not be listed first", &error),
        };
        loop {
            let call = removal.next(&machines);
            if call.is_empty() {
                return removal.settled();
            }
            let failure = self.send(&removal.names(&call)).await.err();
            if let Some(failure) = failure.as_ref().filter(|failure| at_the_door(failure)) {
                removal.settle(&call, &Attempt::Failed(failure.error.clone()));
                return removal.stop(NOT_SENT, &failure.error);
            }
            match self.listed().await {
                Ok(now) => {
                    removal.compare(&call, &now, failure.as_ref());
                    machines = now;
                }
                Err(error) => {
                    let lost = failure.map_or_else(unconfirmed, |failure| failure.error);
                    removal.settle(&call, &Attempt::Unknown(lost.beneath(error.clone())));
                    return removal.stop(NOT_SENT, &error);
                }
            }
            if let Some(failure) = failure {
                return removal.stop(NOT_SENT, &failure.error);
            }
        }
    }

    async fn send(&self, names: &[&str]) -> Result<(), Failure> {
        let subject = Subject {
            operation: OPERATION,
            about: "such computers",
            targets: names.len(),
        };
        let body = json!({ "computer_names": names });
        self.connection
            .carry_out(subject, &["computer", "remove"], body)
            .await
    }

    async fn listed(&self) -> Result<Machines, Error> {
        let reads = Reads {
            connection: Arc::clone(&self.connection),
        };
        reads.get_devices().await.map(Machines::new)
    }
}

/// Tells whether a call was turned away before anybody looked at what it asks for.
fn at_the_door(failure: &Failure) -> bool {
    failure.delivery == Delivery::NotCarriedOut && failure.error.kind.turns_away()
}

fn unconfirmed() -> Error {
    let message =
        format!("{PRODUCT} says that the computers are removed, and they could not be listed after it");
    Error::new(Kind::Vendor, message).operation(OPERATION)
}

/// A removal under way.
struct Removal<'a> {
    computers: Vec<&'a ComputerRef>,
    /// What came of each, where it is settled.
    attempts: Vec<Option<Attempt>>,
}

impl<'a> Removal<'a> {
    fn of(computers: &'a [ComputerRef]) -> Self {
        let mut seen = HashSet::new();
        let computers: Vec<_> = computers.iter().filter(|c| seen.insert(&c.id)).collect();
        Self {
            attempts: vec![None; computers.len()],
            computers,
        }
    }

    /// Picks the computers of the next call. Those that may not be removed are settled.
    fn next(&mut self, machines: &Machines) -> Vec<usize> {
        let mut call = Vec::new();
        for (at, computer) in self.computers.iter().enumerate() {
            if call.len() == MOST_REMOVED {
                break;
            }
            if self.attempts[at].is_none() {
                self.attempts[at] = in_the_way(machines, computer);
                if self.attempts[at].is_none() {
                    call.push(at);
                }
            }
        }
        call
    }

    fn names(&self, call: &[usize]) -> Vec<&'a str> {
        call.iter().map(|at| self.computers[*at].name.as_str()).collect()
    }

    fn settle(&mut self, call: &[usize], attempt: &Attempt) {
        for at in call {
            self.attempts[*at] = Some(attempt.clone());
        }
    }

    /// Settles the computers of a call by what is listed after it.
    fn compare(&mut self, call: &[usize], now: &Machines, failure: Option<&Failure>) {
        let is_gone = |at: &usize| now.find(&self.computers[*at].id).is_none();
        let gone: Vec<bool> = call.iter().map(is_gone).collect();
        // An answer that nothing was done counts for nothing where something was.
        let contradicted = gone.contains(&true);
        for (at, gone) in call.iter().zip(gone) {
            let computer = self.computers[*at];
            self.attempts[*at] = Some(match failure {
                None if gone => Attempt::Done(None),
                None => Attempt::Unknown(still_there(computer)),
                Some(_) if gone => Attempt::Done(Some(format!(
                    "the call that was to remove '{}' failed, and it is not listed any more",
                    computer.name
                ))),
                Some(failure) if contradicted => Attempt::Unknown(failure.error.clone()),
                Some(failure) => Attempt::from(failure.clone()),
            });
        }
    }

    /// Settles what is left, since it will not be sent.
    fn stop(mut self, why: &str, error: &Error) -> Vec<PerComputer> {
        for (computer, attempt) in self.computers.iter().zip(&mut self.attempts) {
            attempt.get_or_insert_with(|| {
                let message = format!("could not remove `{}`: {why}", computer.name);
                let mut unsent = Error::new(error.kind, message)
                    .operation(OPERATION)
                    .beneath(error.clone());
                unsent.hint.clone_from(&error.hint);
                Attempt::Failed(unsent)
            });
        }
        self.settled()
    }

    fn settled(self) -> Vec<PerComputer> {
        let both = self.computers.into_iter().zip(self.attempts);
        both.filter_map(|(computer, attempt)| {
            Some(PerComputer {
                computer: computer.clone(),
                attempt: attempt?,
            })
        })
        .collect()
    }
}

/// Returns what comes of a computer that is not to be sent: it is gone, is another than was meant, shares its name, or
/// is not known to be offline.
fn in_the_way(machines: &Machines, computer: &ComputerRef) -> Option<Attempt> {
    let refused = |kind, why: String| {
        let error = Error::new(kind, format!("could not remove `{}`: {why}", computer.name));
        Some(Attempt::Failed(error.operation(OPERATION)))
    };
    match machines.standing(computer) {
        Standing::Gone => Some(Attempt::Done(Some(format!(
            "'{}' was not listed any more before anything was sent",
            computer.name
        )))),
        Standing::Renamed(now) => refused(Kind::Conflict, format!("it is called `{now}` now")),
        Standing::There(device) => {
            let named = check_computer(OPERATION, &computer.name)
                .and_then(|()| machines.only_one(OPERATION, &computer.name));
            match (named, online(device)) {
                (Err(error), _) => Some(Attempt::Failed(error)),
                (Ok(()), Some(false)) => None,
                (Ok(()), Some(true)) => refused(
                    Kind::Refused,
                    format!("it is online, and {PRODUCT} removes only computers that are offline"),
                ),
                (Ok(()), None) => refused(
                    Kind::Refused,
                    format!(
                        "its status is `{}`, and only computers whose status is exactly `Offline` are removed",
                        visible(device.host_status_text.as_deref().unwrap_or_default())
                    ),
                ),
            }
        }
    }
}

fn still_there(computer: &ComputerRef) -> Error {
    let message = format!(
        "could not remove `{}`: {PRODUCT} says that it is removed, and still lists it",
        computer.name
    );
    Error::new(Kind::Vendor, message)
        .operation(OPERATION)
        .hint("look again in a while")
}
