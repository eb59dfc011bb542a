//! Reads the fleet.

use std::collections::HashSet;

use jiff::Timestamp;

use crate::fleet::{
    Answer, Change, Computer, ComputerId, ComputerQuery, ComputerRef, Error, Event, EventQuery, Grant, Group,
    Kind, Listing, Presence, Reader, Recollections, Result, Sightings, User, UserId, Vendor,
};
use crate::vendor::nameless::with_ids;

use super::super::{PRODUCT, Reads, check};
use super::{lacks, observe, recall, records};

impl Reader for Reads {
    fn vendor(&self) -> Vendor {
        Vendor::RemotePc
    }

    fn lacks(&self, change: &Change) -> Option<Error> {
        lacks::change(change)
    }

    fn check(&self, _now: Timestamp) -> Answer<'_, Vec<Grant>> {
        Box::pin(check::check(self))
    }

    fn computers<'a>(&'a self, query: &'a ComputerQuery) -> Answer<'a, Listing<Computer>> {
        Box::pin(computers(self, query))
    }

    /// The API reads no computer by its id: all are listed, and the one is picked.
    fn computer<'a>(&'a self, id: &'a ComputerId) -> Answer<'a, Computer> {
        Box::pin(async move {
            let listing = computers(self, &ComputerQuery::default()).await?;
            let found = listing.items.into_iter().find(|computer| computer.id == *id);
            found.ok_or_else(|| {
                Error::new(Kind::NotFound, format!("the account has no computer `{id}`"))
                    .operation("getDevices")
                    .hint("it may have been removed meanwhile; list again")
            })
        })
    }

    /// Which group a computer is in is nowhere told.
    fn recall<'a>(&'a self, computers: &'a [ComputerRef], _groups: bool) -> Recollections<'a> {
        Box::pin(recall::recall(self, computers))
    }

    fn computer_groups(&self) -> Answer<'_, Listing<Group>> {
        Box::pin(async { Err(lacks::computer_groups()) })
    }

    fn groups_of_computer<'a>(&'a self, _id: &'a ComputerId) -> Answer<'a, Listing<Group>> {
        Box::pin(async { Err(lacks::groups_of_computer()) })
    }

    fn users(&self) -> Answer<'_, Listing<User>> {
        Box::pin(async {
            let users = self.get_users().await?;
            let profile = self.connection.profile();
            let listing = with_ids(&users, "user", |user| records::user(user, profile));
            Ok(each_once(listing, "user", |user| user.id.clone()))
        })
    }

    fn user_groups(&self) -> Answer<'_, Listing<Group>> {
        Box::pin(async { Err(lacks::user_groups()) })
    }

    fn groups_of_user<'a>(&'a self, _id: &'a UserId) -> Answer<'a, Listing<Group>> {
        Box::pin(async { Err(lacks::user_groups()) })
    }

    fn presence(&self, _computers: bool) -> Answer<'_, Listing<Presence>> {
        Box::pin(async { Err(lacks::presence()) })
    }

    fn events<'a>(&'a self, _query: &'a EventQuery) -> Answer<'a, Vec<Event>> {
        Box::pin(async { Err(lacks::events()) })
    }

    fn observe<'a>(&'a self, changes: &'a [Change]) -> Sightings<'a> {
        Box::pin(observe::observe(self, changes))
    }
}

/// Whether a computer is online stands in its record, so that presence costs nothing.
async fn computers(reads: &Reads, query: &ComputerQuery) -> Result<Listing<Computer>> {
    if query.groups {
        return Err(lacks::groups_of_computer());
    }
    let user = query.user.as_deref();
    let devices = match user {
        Some(user) => reads.get_users_devices(user).await?,
        None => reads.get_devices().await?,
    };
    let profile = reads.connection.profile();
    let listing = with_ids(&devices, "computer", |device| {
        records::computer(device, user, profile)
    });
    Ok(each_once(listing, "computer", |computer| computer.id.clone()))
}

/// Leaves out what bears the id of another record, and says how many those are.
fn each_once<T, I: std::hash::Hash + Eq>(
    mut listing: Listing<T>,
    what: &str,
    id: impl Fn(&T) -> I,
) -> Listing<T> {
    let before = listing.items.len();
    let mut seen = HashSet::new();
    listing.items.retain(|item| seen.insert(id(item)));
    let repeated = before - listing.items.len();
    if repeated > 0 {
        listing.warnings.push(format!(
            "{PRODUCT} lists {repeated} more {what}{} under an id that another one has: left out",
            if repeated == 1 { "" } else { "s" }
        ));
    }
    listing
}
