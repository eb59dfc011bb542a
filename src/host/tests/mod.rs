//! Scripts against a simulated team: what they get, what they are refused, and what changes.

mod choice;
mod declared;
mod desk;
mod files;
mod listing;
mod names;
mod pairs;
mod people;
mod plan_verbs;
mod plans;
mod protected;
mod records;
mod reference;
mod remotepc;
mod removals;
mod secrets;
mod supposing;
mod trouble;
mod unsupported;
mod values;
mod vendors;
mod verbs;
mod writes;

use desk::{Desk, DeskOf, RemotePcDesk};
