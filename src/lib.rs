//! deskhand runs Rhai scripts against the management APIs of remote-access vendors.
//!
//! The way of a read: `cli` → `script` → `host` → [`fleet::Reader`] (a `vendor`) → `http`, and back as records,
//! which `output` renders. The way of a write: `host` → [`fleet::Change`] → `plan` → [`fleet::Writer`] (a `vendor`)
//! → `http` → [`fleet::Outcome`].
//!
//! | room | what it holds |
//! |---|---|
//! | [`cli`] | what the user types and sees: arguments, verbs, prompts, the one error printer |
//! | [`config`] | profiles and credentials, resolved once into what the program needs |
//! | [`script`] | Rhai as a language: engine, parameters, library, imports, diagnostics |
//! | [`host`] | Rhai as a host: the functions and records that a script can reach |
//! | [`fleet`] | the portable model of computers, users and groups; no I/O |
//! | [`plan`] | the one door for writes |
//! | [`vendor`] | a typed client for each vendor, and its adapter to the fleet model |
//! | [`http`] | the one door for requests |
//! | [`output`] | tables and values to text, table, CSV and JSON, and lists read back |
//! | [`sim`] | the vendors' servers, simulated |

pub mod cancel;
pub mod cli;
pub mod clock;
pub mod config;
pub mod encoding;
pub mod fields;
pub mod fleet;
pub mod held;
pub mod host;
pub mod http;
pub mod output;
pub mod period;
pub mod plan;
pub mod replace;
pub mod script;
pub mod secret;
pub mod sim;
pub mod suggest;
pub mod text;
pub mod vendor;
pub mod when;
