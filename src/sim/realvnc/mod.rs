//! RealVNC's Gateway API, simulated: 22 operations over a team in memory, as strict as its contract.
//!
//! # What is known and what is guessed
//! Paths, methods, statuses, headers, members of bodies, permissions and the order of lists are those of the vendor's
//! OpenAPI document. It leaves much open; where it does, the simulator takes the reading that is hardest on a client, or
//! varies, so that nobody learns to rely on a guess:
//! - the body of an error (the document has none): another shape for each status, empty for 404;
//! - 400 for parameters that the document gives no 400 for (`from` of the audit log, `state`, `role`, `pageSize`, …), for an
//!   `expiry` beyond an hour, an empty or doubled list of roles, and a body that is not called `application/json`;
//! - 403, not 401, for a permission that the key lacks, without naming it;
//! - 409 on a rename: another entry has exactly that name. Seeded entries may share a name, as computers that joined with a
//!   preset name do;
//! - `If-Match` is compared byte for byte, quotes included; `*` matches nothing. Each rename counts as a change, even one to
//!   the same name. Reading an entry tells its `ETag`, as the document's prose has it and its tables do not
//!   ([`Options::entry_etag`]);
//! - the order of checks: a request is refused for the first of 401, 403, 429, 404, 428, 400, 403 (protected member), 412, 409;
//!   a session for the first of 429, 400, 401;
//! - order of names and e-mail addresses: without regard to case;
//! - page sizes but for presence ([`PageSizes`]), and rates ([`RateLimits`]);
//! - leaving a group that one is not in: 404. Inviting somebody again: see `members`. Both ends of an audit interval
//!   belong to it;
//! - audit words other than `SESSION_LOG` and `connection_start`: see `history`.

mod audit;
mod call;
mod entries;
mod gateway;
mod groups;
mod history;
mod limits;
mod members;
mod operation;
mod options;
mod paging;
mod permission;
mod presence;
mod refusal;
mod running;
mod seed;
mod sessions;
#[cfg(test)]
mod tests;
mod world;

pub use limits::{Rate, RateLimits};
pub use operation::Operation;
pub use options::{Options, PageSizes};
pub use permission::Permission;
pub use running::{KEY_ID_VARIABLE, KEY_VARIABLE, Running, Server, profile_toml};
pub use world::{Entry, EntryData, Event, Group, Member, Presence, Role, World};
