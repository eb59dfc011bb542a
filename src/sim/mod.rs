//! The vendors' servers, simulated: for demos, for practice, and for tests.
//!
//! A real HTTP server on 127.0.0.1 over a make-believe company. The room shares no type with the clients, so that a wrong
//! name of a member cannot be wrong on both sides. What is a vendor's own is in the vendor's folder; what any vendor
//! needs is here:
//! - `estate`: the company's machines and people, from a seed, a day and a size;
//! - [`Fault`] and [`Effect`]: what goes wrong, on order;
//! - `api`, with `call` and `reply`: the way of a request to its operation and back, with the world kept in `state`;
//! - [`Running`], `server` and `connection`: the socket, and how an answer is cut short;
//! - `rng`: the same numbers for the same seed, for ever.
//!
//! It is a model, not the vendors: [`realvnc`] and [`remotepc`] list what in it is guessed. Nothing here is safe to expose to
//! a network, and nothing here is secret. With a state file each write stores the whole world before it is answered, which is
//! felt from some ten thousand computers on.

mod api;
mod call;
mod connection;
mod estate;
mod faults;
mod operation;
mod options;
#[cfg(test)]
mod raw_http;
pub mod realvnc;
pub mod remotepc;
mod reply;
mod rng;
mod running;
mod server;
mod spoil;
mod state;

pub use faults::{Effect, Fault, Faults};
pub use options::{DEFAULT_SEED, DEFAULT_SIZE, LARGEST_SIZE};
pub use running::Running;

use std::io;
use std::path::PathBuf;

use crate::text::visible;

/// Why a simulator did not start.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The port cannot be had.
    #[error("cannot listen on 127.0.0.1:{port}; choose another port, or 0 for any free one")]
    Bind {
        /// The port that was asked for.
        port: u16,
        /// What the system says.
        source: io::Error,
    },
    /// A permission to be denied does not exist.
    #[error("`{}` is no permission; {hint}", visible(.word))]
    UnknownPermission {
        /// What was asked for.
        word: String,
        /// The one that may be meant, and all there are.
        hint: String,
    },
    /// An option beyond what the simulator can do.
    #[error("{option} cannot be {value}; {allowed}")]
    BadOption {
        /// The option, in words.
        option: &'static str,
        /// What was asked for.
        value: String,
        /// What is possible.
        allowed: String,
    },
    /// Another server works on the state file.
    #[error(
        "the state file {} is in use by another deskhand; end that one, or name another file",
        path.display()
    )]
    InUse {
        /// Which file.
        path: PathBuf,
    },
    /// The state file is somebody else's.
    #[error("cannot use the state file {}: {why}; name another file", path.display())]
    NoState {
        /// Which file.
        path: PathBuf,
        /// What it is, or is not.
        why: String,
    },
    /// The state file cannot be used.
    #[error("cannot use the state file {}: {why}; name another file, or delete it to begin anew", path.display())]
    State {
        /// Which file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
}
