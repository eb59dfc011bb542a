//! Plans in files: made now, looked at by somebody, and applied within a day.
//!
//! A file is one JSON document, laid out for people and for diffs. A fingerprint over all that it says tells whether it is
//! as it was written; a tool that only lays it out anew, or sorts its members, does no harm. The fingerprint is no
//! signature: it tells of an edit, not of somebody who makes a plan of their own. No secret is ever in a file.

mod document;
mod error;
mod fingerprint;

use std::path::Path;

use jiff::{SignedDuration, Timestamp};

use crate::encoding;
use crate::replace::replace;
use crate::secret::Redactor;

use super::{Binding, Plan};

use error::old;
pub use error::{Error, Trouble};

#[cfg(test)]
mod tests;

/// How long a plan may be applied: the fleet goes on changing.
pub const GOOD_FOR: SignedDuration = SignedDuration::from_hours(24);

/// How far the clocks of two computers may be apart before a plan is one from the future.
const CLOCKS_APART: SignedDuration = SignedDuration::from_mins(5);

/// A file beyond this is no plan that deskhand has written.
const LARGEST: u64 = 1 << 30;

/// A plan from a file that is as it was written.
#[derive(Debug, Clone, PartialEq)]
pub struct Saved {
    /// What it proposes, and for whose fleet.
    pub plan: Plan,
    file: String,
}

/// Writes a plan to a file of its own, which only its owner can read, or replaces one; whole or not at all. `file` is the
/// path in the user's words.
///
/// Refused is a plan that cannot be applied from a file: with a new user's password, with an address that opens a
/// computer, or with a secret that `redactor` knows; one that has no order, too.
pub fn save(plan: &Plan, redactor: &Redactor, path: &Path, file: &str) -> Result<(), Error> {
    let failed = |trouble| Error::new(file, trouble);
    plan.order().map_err(|e| failed(Trouble::NoOrder(e.into())))?;
    let text = document::write(plan).map_err(failed)?;
    if redactor.redact(&text) != text {
        return Err(failed(Trouble::Secret));
    }
    replace(path, text.as_bytes()).map_err(|e| failed(Trouble::Unwritable(e)))
}

/// Reads a plan, and makes sure that it is as it was written. `file` is the path in the user's words.
pub fn load(path: &Path, file: &str) -> Result<Saved, Error> {
    let failed = |trouble| Error::new(file, trouble);
    let bytes = encoding::read_bytes(path, LARGEST).map_err(|e| failed(Trouble::Unreadable(e)))?;
    let text = encoding::decode(&bytes).map_err(|e| failed(Trouble::Unreadable(e)))?;
    Ok(Saved {
        plan: document::read(&text).map_err(failed)?,
        file: file.to_owned(),
    })
}

impl Saved {
    /// Says how old the plan is: `2 d 1 h old`.
    pub fn told_age(&self, now: Timestamp) -> String {
        old(now.duration_since(self.plan.made_at()))
    }

    /// Returns the last moment at which it can be applied without `--allow-old-plan`.
    pub fn good_until(&self) -> Timestamp {
        self.plan
            .made_at()
            .saturating_add(GOOD_FOR)
            .unwrap_or(Timestamp::MAX)
    }

    /// Returns whose it is, and how old.
    pub fn origin(&self) -> Origin<'_> {
        Origin {
            name: &self.file,
            made_for: self.plan.binding(),
            made_at: self.plan.made_at(),
        }
    }
}

/// Where and when the changes were decided on that somebody wants to apply now: from a plan's file, or from the journal of
/// a run that was broken off.
#[derive(Debug, Clone, Copy)]
pub struct Origin<'a> {
    /// The file, or the run, in the user's words.
    pub name: &'a str,
    /// Whose fleet they are for.
    pub made_for: &'a Binding,
    /// When they were decided on.
    pub made_at: Timestamp,
}

impl Origin<'_> {
    /// Refuses what is too old, unless that is allowed, and what is not made yet.
    pub fn check_age(&self, now: Timestamp, allow_old: bool) -> Result<(), Error> {
        let made_at = self.made_at;
        let age = now.duration_since(made_at);
        if age < -CLOCKS_APART {
            return Err(self.refused(Trouble::FromTheFuture { made_at, now }));
        }
        if age > GOOD_FOR && !allow_old {
            return Err(self.refused(Trouble::Expired { made_at, age }));
        }
        Ok(())
    }

    /// Refuses what is not for this fleet, and what [`Origin::check_age`] refuses. `here` is the fleet that it would be
    /// applied to.
    pub fn check(&self, here: &Binding, now: Timestamp, allow_old: bool) -> Result<(), Error> {
        self.check_fleet(here)?;
        self.check_age(now, allow_old)
    }

    /// Refuses what is not for this fleet.
    pub fn check_fleet(&self, here: &Binding) -> Result<(), Error> {
        let made_for = self.made_for;
        let profile = here.profile.clone();
        let trouble = if made_for.profile != profile {
            Some(Trouble::OtherProfile {
                made_for: made_for.profile.clone(),
                here: profile,
            })
        } else if made_for.vendor != here.vendor {
            Some(Trouble::OtherVendor {
                profile,
                made_for: made_for.vendor,
                here: here.vendor,
            })
        } else if made_for.host != here.host {
            Some(Trouble::OtherHost {
                profile,
                made_for: made_for.host.clone(),
                here: here.host.clone(),
            })
        } else {
            None
        };
        trouble.map_or(Ok(()), |trouble| Err(self.refused(trouble)))
    }

    fn refused(&self, trouble: Trouble) -> Error {
        Error::new(self.name, trouble)
    }
}
