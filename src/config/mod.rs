//! Profiles and credentials, resolved once into what the program needs.
//!
//! [`load`] reads the one configuration file, [`resolve()`] chooses a profile and fetches its key. The room never looks at
//! the process's environment by itself: what it may know of the world is handed in as an [`Environment`]. It speaks to
//! nobody but the file system, and to the program that a `cmd:` reference names. Nothing here prints a key: the `Debug`
//! of every type leaves keys out.

mod command;
mod dirs;
mod environment;
mod error;
mod file;
mod key;
mod reader;
mod reference;
mod resolve;

pub use dirs::Dirs;
pub use environment::{Environment, Proxy, proxy};
pub use error::{Error, Place};
pub use file::{ConfigFile, ProfileEntry, load};
pub use key::AccessKey;
pub use reference::KeyReference;
pub use resolve::{Choice, Profile, REALVNC_URL, Source, resolve};
