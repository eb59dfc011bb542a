//! Secrets, and the one list of what must never be shown.
//!
//! A [`Secret`] has no `Display` and prints as `[redacted]`. A [`Redactor`] knows every secret of the process and
//! takes them out of any text that is about to leave it (log lines, error messages): the second belt.

use std::fmt;
use std::sync::{Arc, RwLock};

use secrecy::{ExposeSecret, SecretString};

/// What stands in the place of a secret.
pub const REDACTED: &str = "[redacted]";

/// Shorter secrets are not searched for in texts: they would blank out innocent words.
const SHORTEST_SEARCHED: usize = 6;

/// A value that is never printed, logged or serialised.
#[derive(Clone)]
pub struct Secret(SecretString);

impl Secret {
    /// Wraps a secret value.
    pub fn new(value: impl Into<String>) -> Self {
        Self(SecretString::from(value.into()))
    }

    /// Returns the value itself. Each call is a place to check in a review.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(REDACTED)
    }
}

/// The secrets known so far; shared by whatever writes text.
#[derive(Debug, Clone, Default)]
pub struct Redactor {
    known: Arc<RwLock<Vec<Secret>>>,
}

impl Redactor {
    /// Adds a secret that from now on is taken out of every text.
    pub fn learn(&self, secret: &Secret) {
        if secret.expose().len() < SHORTEST_SEARCHED {
            return;
        }
        if let Ok(mut known) = self.known.write()
            && !known.iter().any(|k| k.expose() == secret.expose())
        {
            known.push(secret.clone());
            // A secret that contains another one goes first, or its rest would be left standing.
            known.sort_by_key(|k| std::cmp::Reverse(k.expose().len()));
        }
    }

    /// Returns `text` with every known secret replaced by [`REDACTED`].
    pub fn redact(&self, text: &str) -> String {
        let mut out = text.to_owned();
        if let Ok(known) = self.known.read() {
            for secret in known.iter() {
                if out.contains(secret.expose()) {
                    out = out.replace(secret.expose(), REDACTED);
                }
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_prints_as_redacted() {
        assert_eq!(format!("{:?}", Secret::new("hunter2hunter2")), REDACTED);
    }

    #[test]
    fn a_redactor_takes_out_what_it_has_learned() {
        let redactor = Redactor::default();
        redactor.learn(&Secret::new("tok-12345"));
        redactor.learn(&Secret::new("tok-12345-long"));
        assert_eq!(
            redactor.redact("a tok-12345-long b tok-12345"),
            "a [redacted] b [redacted]"
        );
    }

    #[test]
    fn a_short_secret_does_not_blank_out_words() {
        let redactor = Redactor::default();
        redactor.learn(&Secret::new("a"));
        assert_eq!(redactor.redact("banana"), "banana");
    }
}
