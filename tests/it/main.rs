//! The tests from outside: the binary as a user at a terminal meets it, and the shape of the source.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stderr)]

mod account;
mod again;
mod apply;
mod back;
mod bad_input;
mod bulk;
#[cfg(unix)]
mod chaos;
mod contract;
mod desk;
mod e2e;
mod events;
mod explain;
mod formats;
mod journal;
mod kept;
mod pipe;
mod plans;
mod policy;
mod portable;
mod profiles;
mod readme;
mod results;
mod safety;
mod server;
mod shipped;
mod simulator;
mod structure;
mod team;
mod terminal;
mod vnc_connect;
