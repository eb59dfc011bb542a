//! A typed client for each vendor, and its adapter to the fleet model.
//!
//! A vendor's client speaks the wire's own words (entry, member); its adapter implements the ports of
//! [`fleet`](crate::fleet) in the administrator's (computer, user). No vendor knows another.

pub mod realvnc;
