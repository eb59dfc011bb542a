//! RemotePC's Enterprise API, simulated: 13 operations over an account in memory, as strict as the vendor's page.
//!
//! # What is known and what is guessed
//! Paths, methods, members, limits and the texts of errors are those of the vendor's page "RemotePC Enterprise APIs", slips of
//! grammar included. It is prose with samples, and leaves much open; where it does, the simulator takes the reading that is
//! hardest on a client, or has an option:
//! - where a list is told its page: [`Paging`]. The page shows a GET with a body and nothing else;
//! - the order of checks: a body where none gets through, the caller's address, the key, `Content-type`, the user's standing,
//!   the form of the body, its values in the page's order, what is not there, what cannot be;
//! - a caller whose address is not listed: 403, and a wrong key: 401, worded as on the vendor's page of its reseller API;
//! - the status of an error: 400, but 404 for "User not found", "Computer(s) not found" and "Computer not found", and 403 for a
//!   user who may not ([`Standing`]). `code` in the body is always the HTTP status; [`Effect::Answer`](crate::sim::Effect) makes
//!   others;
//! - a body that is no JSON, lacks its `Content-type`, or has unknown members or wrong types: 400, in words that are not the
//!   vendor's. `null` counts as absent;
//! - another path or method: 404, as a page for people;
//! - which text belongs to which fault, where the page lists texts and does not say when: see the operations. "Username is
//!   required" of two operations that have no user name, and "FAILED" but for single sign-on, are never said;
//! - a name means all computers that bear it, whatever its case. One name that means none, and nothing is done. What becomes of
//!   a removal with a computer that is not offline: [`Removal`];
//! - only what says `Offline`, in any case and with blanks around it, is offline;
//! - addresses are compared without regard to case. Some are passed over without a word by invitations and deletions
//!   ([`World::unmentioned`]): the page's samples are no better;
//! - `viewer_last_session_time` is UTC; `""`, `null` and zeros stand for never. Status words other than `Offline` are made up;
//! - a size of a page that is not 1 to 500: "Invalid page index". No limit on how often one may ask.
//!
//! Empty groups, and the group of a computer, are kept and shown by no read, as at the vendor.

mod assignments;
mod call;
mod computers;
mod devices;
mod enterprise;
mod fields;
mod groups;
mod newcomers;
mod operation;
mod options;
mod paging;
mod refusal;
mod running;
mod seed;
#[cfg(test)]
mod tests;
mod texts;
mod users;
mod viewer;
mod world;

pub use operation::Operation;
pub use options::{Options, Paging, Removal, Standing};
pub use running::{API_KEY_VARIABLE, Running, Server, profile_toml};
pub use world::{Device, State, User, World};
