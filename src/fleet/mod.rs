//! The portable fleet: computers, users and groups in the administrator's words, whatever the vendor.
//!
//! Plain data and two traits. A vendor implements [`Reader`] and [`Writer`]; nothing here does I/O. In a record an
//! `Option` that is `None` means that the vendor did not say, and [`Loaded::No`] that nobody asked.

mod change;
mod computer;
mod error;
mod event;
mod glob;
mod grant;
mod group;
mod ids;
mod outcome;
mod ports;
mod presence;
mod protected;
mod raw;
mod user;

pub use change::{Change, DefaultAccess, Member};
pub use computer::{Computer, ComputerQuery, Loaded};
pub use error::{Error, Kind};
pub use event::{Event, EventQuery};
pub use glob::Glob;
pub use grant::{Found, Grant};
pub use group::{Group, GroupKind, GroupRef};
pub use ids::{ComputerId, ComputerRef, GroupId, ServerId, UserId, UserRef, Vendor};
pub use outcome::{Observed, Outcome};
pub use ports::{Answer, Attempt, Attempts, Listing, Reader, Recollections, Sightings, Writer};
pub use presence::{Presence, PresenceStatus};
pub use protected::{NoProtection, Protected, Protection};
pub use raw::Raw;
pub use user::{NewUser, Role, SignIn, User, UserState};

/// The result of an operation on a fleet.
pub type Result<T> = std::result::Result<T, Error>;
