//! What the texts of a request must look like, whatever the operation.
//!
//! Guess: an address has one `@` with something on both sides, and no white space; a dot is not needed, the vendor's own samples
//! have none.

/// Tells whether there is nothing in a text but white space.
pub fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}

/// Tells whether a text could be somebody's address.
pub fn is_address(text: &str) -> bool {
    let clean = !text.chars().any(|c| c.is_whitespace() || c.is_control());
    clean
        && text
            .split_once('@')
            .is_some_and(|(user, host)| !user.is_empty() && !host.is_empty() && !host.contains('@'))
}
