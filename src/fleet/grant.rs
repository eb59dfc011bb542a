//! What a key may do, as far as that can be found out.

use super::Error;

/// Something that a key may or may not do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// The vendor's name of the permission, such as `LIST_ENTRIES`; a few words where the vendor has none.
    pub name: String,
    /// What it is for.
    pub purpose: String,
    /// What was found out.
    pub found: Found,
}

/// What was found out about a permission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// The vendor let it be used.
    Granted,
    /// The vendor said no.
    Refused(Error),
    /// It was tried, and the answer says neither.
    Unclear(Error),
    /// It cannot be tried without changing something.
    Untried,
}
