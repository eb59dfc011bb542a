//! What can go wrong with a fleet, in kinds that scripts and exit codes can tell apart.

use std::fmt;

/// The kind of an error. Few on purpose: a script that catches one decides by these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The key was refused.
    Auth,
    /// The key may not do this.
    Permission,
    /// There is no such thing.
    NotFound,
    /// There are several such things.
    Ambiguous,
    /// It clashes with what is there.
    Conflict,
    /// Too many requests, and waiting did not help.
    RateLimited,
    /// This vendor cannot do it.
    Unsupported,
    /// An argument or a file is wrong.
    Invalid,
    /// The vendor could not be reached, or the connection broke.
    Network,
    /// The vendor answered with something that cannot be used.
    Vendor,
    /// A guard, a flag or the user said no.
    Refused,
    /// The user interrupted.
    Cancelled,
}

impl Kind {
    /// All kinds, in the order in which they are documented.
    pub const ALL: [Self; 12] = [
        Self::Auth,
        Self::Permission,
        Self::NotFound,
        Self::Ambiguous,
        Self::Conflict,
        Self::RateLimited,
        Self::Unsupported,
        Self::Invalid,
        Self::Network,
        Self::Vendor,
        Self::Refused,
        Self::Cancelled,
    ];

    /// Returns the word that a script sees as `kind`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Auth => "auth",
            Self::Permission => "permission",
            Self::NotFound => "not_found",
            Self::Ambiguous => "ambiguous",
            Self::Conflict => "conflict",
            Self::RateLimited => "rate_limited",
            Self::Unsupported => "unsupported",
            Self::Invalid => "invalid",
            Self::Network => "network",
            Self::Vendor => "vendor",
            Self::Refused => "refused",
            Self::Cancelled => "cancelled",
        }
    }

    /// Reads the word that [`Kind::as_str`] returns.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    /// Tells whether a request was turned away before anybody looked at what it asks for: so would the next one be.
    pub fn turns_away(self) -> bool {
        matches!(self, Self::Auth | Self::Permission | Self::RateLimited)
    }

    /// Returns the exit code of a program that ends with such an error.
    pub fn exit_code(self) -> u8 {
        match self {
            Self::Invalid | Self::NotFound | Self::Ambiguous | Self::Unsupported => 2,
            Self::Auth
            | Self::Permission
            | Self::Network
            | Self::Vendor
            | Self::RateLimited
            | Self::Conflict => 4,
            Self::Refused => 7,
            Self::Cancelled => 130,
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// An error of a fleet operation: what happened, why, and what to do now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    /// What sort of error it is.
    pub kind: Kind,
    /// What happened, in a sentence without a full stop.
    pub message: String,
    /// The HTTP status, where there was one.
    pub status: Option<u16>,
    /// The vendor's name of the operation, such as `listEntries`.
    pub operation: Option<&'static str>,
    /// What to do about it.
    pub hint: Option<String>,
    /// What lies beneath, outermost first.
    pub causes: Vec<String>,
}

impl Error {
    /// Makes an error of a kind from what happened.
    pub fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            status: None,
            operation: None,
            hint: None,
            causes: Vec::new(),
        }
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Adds the HTTP status.
    #[must_use]
    pub fn status(mut self, status: u16) -> Self {
        self.status = Some(status);
        self
    }

    /// Adds the vendor's name of the operation.
    #[must_use]
    pub fn operation(mut self, operation: &'static str) -> Self {
        self.operation = Some(operation);
        self
    }

    /// Adds another error and what lies beneath it.
    #[must_use]
    pub fn beneath(mut self, cause: Self) -> Self {
        self.causes.push(cause.message);
        self.causes.extend(cause.causes);
        self
    }

    /// Adds the chain of causes beneath an error, outermost first.
    #[must_use]
    pub fn caused_by(mut self, source: &(dyn std::error::Error + 'static)) -> Self {
        let mut next = Some(source);
        while let Some(cause) = next {
            let text = cause.to_string();
            if self.causes.last() != Some(&text) {
                self.causes.push(text);
            }
            next = cause.source();
        }
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_read_back_from_its_word() {
        for kind in Kind::ALL {
            assert_eq!(Kind::from_word(kind.as_str()), Some(kind));
        }
    }
}
