//! Restore: finds the machines that a run has removed and that have enrolled again, and gives back what they had.
//!
//! A machine that enrols again has a new record, with another id, the name that it gives itself, and no groups. On RealVNC
//! it is known by its host name together with a hardware address of its own, and gets its name and its groups. RemotePC
//! tells no hardware addresses, names computers by their hosts and does not tell their groups: there the host name is all
//! there is to know a machine by, and it gets its comment and its user. Who may be meant is listed where several may be.
//!
//! Nothing is asked here: the fleet and its groups are read before, and what has changed since is left alone as drifted.

mod gifts;
mod removed;
#[cfg(test)]
mod tests;
mod there;

use super::{KeptComputer, Proposal};
use crate::fleet::{Computer, ComputerRef, GroupRef};

use gifts::Gifts;
pub use removed::Removed;
use there::There;

/// What there is to give back.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Restore {
    /// What gives it back; a plan takes all of it.
    pub proposals: Vec<Proposal>,
    /// What became of each computer, in the order in which they were removed.
    pub rows: Vec<Found>,
}

/// A computer that was removed, and what became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// What was known of it.
    pub removed: KeptComputer,
    /// What became of it.
    pub fate: Fate,
}

/// What became of a computer that was removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// Its record is still there.
    NotRemoved(ComputerRef),
    /// No computer looks like it.
    NotBack,
    /// Its record does not tell it from others; the text says why.
    Unrecognizable(&'static str),
    /// Several computers look like it.
    Several(Vec<ComputerRef>),
    /// It has enrolled again.
    Back {
        /// The record that it has now.
        computer: ComputerRef,
        /// How many of the proposals are for it; there may be nothing to give.
        proposals: usize,
        /// What it had and does not get, a sentence each.
        withheld: Vec<String>,
    },
}

/// Looks for the computers that a run has removed among all that there are now, and proposes what gives back to those that
/// are there again what they had.
///
/// `fleet` is the whole fleet, with the groups of each computer where the vendor tells them, and `groups` are all groups of
/// computers that there are now.
pub fn restore(removed: &[KeptComputer], fleet: &[Computer], groups: &[GroupRef]) -> Restore {
    let there = There::of(fleet);
    let sightings: Vec<Sighting<'_>> = removed.iter().map(|record| there.look_for(record)).collect();
    let mut gifts = Gifts::new(&there, groups, removed, &sightings);
    let rows = removed.iter().zip(&sightings).map(|(record, sighting)| Found {
        removed: record.clone(),
        fate: match sighting {
            Sighting::Here(computer) => Fate::NotRemoved(computer.to_ref()),
            Sighting::Nowhere => Fate::NotBack,
            Sighting::Unrecognizable(why) => Fate::Unrecognizable(why),
            Sighting::Several(computers) => {
                Fate::Several(computers.iter().map(|computer| computer.to_ref()).collect())
            }
            Sighting::Back(computer) => gifts.give(record, computer),
        },
    });
    let rows = rows.collect();
    Restore {
        proposals: gifts.proposals,
        rows,
    }
}

/// Where a computer that was removed has been seen.
#[derive(Debug, Clone, PartialEq)]
enum Sighting<'a> {
    /// Its own record is there.
    Here(&'a Computer),
    Nowhere,
    /// Nobody could say whether it is there.
    Unrecognizable(&'static str),
    Several(Vec<&'a Computer>),
    Back(&'a Computer),
}
