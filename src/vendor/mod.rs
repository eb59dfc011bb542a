//! A typed client for each vendor, and its adapter to the fleet model.
//!
//! A vendor's client speaks the wire's own words (entry, member); its adapter implements the ports of
//! [`fleet`](crate::fleet) in the administrator's (computer, user). No vendor knows another; what they share is how
//! a request begins, how a write fails, and what is said of an answer that never came or cannot be used.

mod address;
mod at_once;
mod explain;
mod failure;
mod listless;
mod nameless;
#[cfg(test)]
mod stub;

pub mod realvnc;
pub mod remotepc;

pub use failure::Failure;
