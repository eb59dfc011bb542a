//! How far each change of a run has come, as the process knows that writes its journal: what keeps a caller from writing
//! what no reader would understand, and from sending anything twice.

use crate::fleet::{Error, Kind, Result};

use super::{Entry, Number, Run, Standing, Word};

/// All changes of a run, in the order of their numbers.
#[derive(Debug, Default)]
pub(super) struct Progress {
    changes: Vec<Known>,
}

/// What is known of a change.
#[derive(Debug, Clone, Copy)]
struct Known {
    standing: Standing,
    /// Whether this process has begun it, and not one that went before.
    here: bool,
    /// Whether what it removes stands in the CSV.
    kept: bool,
}

/// What was known of a change before it was begun.
#[derive(Debug)]
pub(super) struct Before {
    number: Number,
    known: Known,
}

impl Progress {
    /// Goes on from where a run stands; `kept` tells of a change that was not begun whether what it removes is in the CSV.
    pub(super) fn of(run: &Run, kept: impl Fn(Number) -> bool) -> Self {
        let known = |entry: &Entry| Known {
            standing: entry.stands(),
            here: false,
            kept: entry.begun.is_some() || kept(entry.number),
        };
        Self {
            changes: run.entries.iter().map(known).collect(),
        }
    }

    /// Returns the numbers that come next.
    pub(super) fn next_numbers(&self) -> impl Iterator<Item = Number> + use<> {
        (self.changes.len()..).map(Number::after)
    }

    /// Takes in changes that have been planned, from the next number on.
    pub(super) fn plan(&mut self, many: usize) {
        let planned = Known {
            standing: Standing::NotBegun,
            here: false,
            kept: false,
        };
        self.changes.resize(self.changes.len() + many, planned);
    }

    /// Begins changes, all of them or none, and returns what was known of each before. What another process has begun may
    /// be begun again.
    pub(super) fn begin(&mut self, numbers: impl Iterator<Item = Number>) -> Result<Vec<Before>> {
        let mut all = Vec::new();
        for number in numbers {
            match self.begin_one(number) {
                Ok(before) => all.push(before),
                Err(error) => {
                    self.put_back(&all);
                    return Err(error);
                }
            }
        }
        Ok(all)
    }

    fn begin_one(&mut self, number: Number) -> Result<Before> {
        let known = self.known(number)?;
        let before = Before {
            number,
            known: *known,
        };
        match known.standing {
            Standing::NotBegun => {}
            Standing::InFlight if !known.here => {}
            standing => return Err(unfit(number, standing)),
        }
        *known = Known {
            standing: Standing::InFlight,
            here: true,
            kept: true,
        };
        Ok(before)
    }

    /// Puts changes back to what was known of them before they were begun.
    pub(super) fn put_back(&mut self, all: &[Before]) {
        for before in all {
            if let Ok(known) = self.known(before.number) {
                *known = before.known;
            }
        }
    }

    /// Makes sure that a change can be settled.
    pub(super) fn check_open(&mut self, number: Number) -> Result<()> {
        match self.known(number)?.standing {
            Standing::NotBegun | Standing::InFlight => Ok(()),
            settled @ Standing::Settled(_) => Err(unfit(number, settled)),
        }
    }

    /// Settles a change.
    pub(super) fn settle(&mut self, number: Number, word: Word) {
        if let Ok(known) = self.known(number) {
            known.standing = Standing::Settled(word);
        }
    }

    /// Returns how far each change has come.
    pub(super) fn standings(&self) -> impl Iterator<Item = Standing> + '_ {
        self.changes.iter().map(|known| known.standing)
    }

    fn known(&mut self, number: Number) -> Result<&mut Known> {
        let at = number.before();
        at.and_then(|at| self.changes.get_mut(at)).ok_or_else(|| {
            Error::new(
                Kind::Refused,
                format!("change {number} must not be sent: it stands in no plan of the journal"),
            )
        })
    }
}

impl Before {
    /// Tells whether what the change removes stood in the CSV already.
    pub(super) fn kept(&self) -> bool {
        self.known.kept
    }
}

fn unfit(number: Number, standing: Standing) -> Error {
    Error::new(
        Kind::Refused,
        format!("change {number} is `{standing}` in the journal: it is neither sent nor settled again"),
    )
}
