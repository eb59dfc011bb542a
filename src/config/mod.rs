//! Profiles and credentials, resolved once into what the program needs.
//!
//! [`load`] reads the one configuration file, [`select`] chooses a profile, and [`resolve()`] fetches its key as well; an
//! [`Editor`] changes the file. The room never looks at the process's environment by itself: what it may know of the world
//! is handed in as an [`Environment`]. It speaks to nobody but the file system, and to the program that a `cmd:` reference
//! names. Nothing here prints a key: the `Debug` of every type leaves keys out.

mod access_key;
mod address;
mod api_key;
mod command;
mod credentials;
mod dirs;
mod edit;
mod environment;
mod error;
mod file;
mod reader;
mod reference;
mod resolve;

pub use access_key::AccessKey;
pub use address::{REALVNC_URL, REMOTEPC_URL, check as check_address};
pub use credentials::Credentials;
pub use dirs::Dirs;
pub use edit::{Draft, Editor, NewProfile};
pub use environment::{Environment, Proxy, proxy};
pub use error::{Error, Place};
pub use file::{ConfigFile, NAME_RULE, Paging, ProfileEntry, Told, is_name, key_name, load};
pub use reference::{KeyReference, NoReference};
pub use resolve::{COMMAND_LINE, Choice, Profile, Selected, Source, Sourced, is_implicit, resolve, select};
