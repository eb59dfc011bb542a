//! What a vendor offers: reading to everybody, writing to the executor of `plan` alone.

use std::future::Future;
use std::pin::Pin;

use jiff::Timestamp;

use super::{
    Change, Computer, ComputerId, ComputerQuery, ComputerRef, Error, Event, EventQuery, Grant, Group,
    Observed, Presence, Result, User, UserId, Vendor,
};
use crate::secret::Secret;

/// A fleet operation under way.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T>> + Send + 'a>>;

/// A look at several computers: the record of each as it is now, in the order in which they were named; nothing of one that
/// is not there any more.
pub type Recollections<'a> = Pin<Box<dyn Future<Output = Vec<Result<Option<Computer>>>> + Send + 'a>>;

/// A look at the targets of several changes: what is seen of each, in the order of the changes.
pub type Sightings<'a> = Pin<Box<dyn Future<Output = Vec<Result<Observed>>> + Send + 'a>>;

/// Several changes on their way: what came of each, in their order.
pub type Attempts<'a> = Pin<Box<dyn Future<Output = Vec<Attempt>> + Send + 'a>>;

/// A complete list, and what the user should know about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Listing<T> {
    /// Every item: a list that could not be read to its end is an error, not a shorter list.
    pub items: Vec<T>,
    /// What is missing from the items and why, such as presence that the key may not read.
    pub warnings: Vec<String>,
}

impl<T> Listing<T> {
    /// Makes a listing without warnings.
    pub fn of(items: Vec<T>) -> Self {
        Self {
            items,
            warnings: Vec::new(),
        }
    }

    /// Tells whether there is nothing at all: no item, and no warning that some are missing.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty() && self.warnings.is_empty()
    }
}

/// Reads a fleet. Operations that a vendor lacks answer with an error of kind `unsupported`.
pub trait Reader: Send + Sync {
    /// Tells whose fleet it is.
    fn vendor(&self) -> Vendor;
    /// Returns the error of a change that the vendor has no operation for, which says what there is instead.
    fn lacks(&self, change: &Change) -> Option<Error>;
    /// Finds out what the key may do, changing nothing: with a request at most for each permission that only reads. An
    /// error says that the key gives no way in at all. `now` is the time of day.
    fn check(&self, now: Timestamp) -> Answer<'_, Vec<Grant>>;
    /// Lists the computers.
    fn computers<'a>(&'a self, query: &'a ComputerQuery) -> Answer<'a, Listing<Computer>>;
    /// Reads one computer, with its groups and presence not loaded.
    fn computer<'a>(&'a self, id: &'a ComputerId) -> Answer<'a, Computer>;
    /// Reads computers as they are now, one that has another name included. Together, because one list may serve them all.
    /// With `groups`, the groups of each are loaded where the vendor tells them. Presence is loaded where it stands in the
    /// record. An error says that a computer cannot be told from others, or could not be read.
    fn recall<'a>(&'a self, computers: &'a [ComputerRef], groups: bool) -> Recollections<'a>;
    /// Lists the groups of computers.
    fn computer_groups(&self) -> Answer<'_, Listing<Group>>;
    /// Lists the groups that a computer is a member of.
    fn groups_of_computer<'a>(&'a self, id: &'a ComputerId) -> Answer<'a, Listing<Group>>;
    /// Lists the users, joined and invited.
    fn users(&self) -> Answer<'_, Listing<User>>;
    /// Lists the groups of users.
    fn user_groups(&self) -> Answer<'_, Listing<Group>>;
    /// Lists the groups that a user is a member of.
    fn groups_of_user<'a>(&'a self, id: &'a UserId) -> Answer<'a, Listing<Group>>;
    /// Lists who is connected; with `computers`, each with the computer that it runs on, where the vendor tells it.
    fn presence(&self, computers: bool) -> Answer<'_, Listing<Presence>>;
    /// Lists audit events, oldest first.
    fn events<'a>(&'a self, query: &'a EventQuery) -> Answer<'a, Vec<Event>>;
    /// Reads back how the fleet stands to changes: each not yet made, made, or overtaken by somebody else's. Together,
    /// because one list may serve them all.
    fn observe<'a>(&'a self, changes: &'a [Change]) -> Sightings<'a>;
}

/// What came of sending a change to the vendor, before anything is read back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Attempt {
    /// The vendor says that it is done; the note, if any, is something the user should know.
    Done(Option<String>),
    /// The vendor says no, or nothing was sent: nothing has changed.
    Failed(Error),
    /// The vendor says that it is done, and hands out a secret.
    Issued(Secret),
    /// Sent, and the answer was lost or leaves it open: it may or may not be done. Also what is known to be done in part: the
    /// error tells which part, and it is not to be sent again before somebody has looked.
    Unknown(Error),
}

/// Writes to a fleet. Only the executor of `plan` holds one.
pub trait Writer: Send + Sync {
    /// Tells how many of these changes, from the first on, one call to the vendor takes; at least 1.
    fn together(&self, changes: &[Change]) -> usize;

    /// Sends changes to the vendor, no more than go together, each at most once if it cannot be repeated safely.
    fn write<'a>(&'a self, changes: &'a [Change]) -> Attempts<'a>;
}
