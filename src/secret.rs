//! Secrets, and the one list of what must never be shown.
//!
//! A [`Secret`] has no `Display` and prints as `[redacted]`. A [`Redactor`] knows every secret of the process and
//! takes them out of any text that is about to leave it (log lines, error messages): the second belt.

use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};

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

    /// Stands for a secret that was not kept.
    pub fn nothing() -> Self {
        Self::new("")
    }

    /// Returns the value itself. Each call is a place to check in a review.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

/// For changes as data. Whoever checks a password against a stored one must not take this: it takes longer for a better
/// guess.
impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        self.expose() == other.expose()
    }
}

impl Eq for Secret {}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(REDACTED)
    }
}

/// The secrets known so far, and the forms they take in addresses and in JSON; shared by whatever writes text.
#[derive(Debug, Clone, Default)]
pub struct Redactor {
    known: Arc<RwLock<Vec<Secret>>>,
}

impl Redactor {
    /// Adds a secret that from now on is taken out of every text, as it is and as a URL or JSON would spell it.
    pub fn learn(&self, secret: &Secret) {
        let plain = secret.expose();
        if plain.len() < SHORTEST_SEARCHED {
            return;
        }
        // A thread that panicked here has left a list that is short of a secret at worst: better than none.
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        for form in [
            plain.to_owned(),
            in_url(plain, Case::Upper),
            in_url(plain, Case::Lower),
            in_json(plain),
        ] {
            if !known.iter().any(|k| k.expose() == form) {
                known.push(Secret::new(form));
            }
        }
        // A secret that contains another one goes first, or its rest would be left standing.
        known.sort_by_key(|k| std::cmp::Reverse(k.expose().len()));
    }

    /// Returns `text` with every known secret replaced by [`REDACTED`].
    pub fn redact(&self, text: &str) -> String {
        let mut out = text.to_owned();
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        for secret in known.iter() {
            if out.contains(secret.expose()) {
                out = out.replace(secret.expose(), REDACTED);
            }
        }
        out
    }
}

/// The case of the digits in a percent-encoding: both are in use.
#[derive(Clone, Copy)]
enum Case {
    Upper,
    Lower,
}

/// Percent-encodes everything but RFC 3986's unreserved characters, as what goes into a path or a query is.
fn in_url(text: &str, case: Case) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
            continue;
        }
        let code = match case {
            Case::Upper => format!("%{byte:02X}"),
            Case::Lower => format!("%{byte:02x}"),
        };
        out.push_str(&code);
    }
    out
}

/// Escapes what a JSON string cannot hold as it is.
fn in_json(text: &str) -> String {
    let quoted = serde_json::Value::from(text).to_string();
    quoted[1..quoted.len() - 1].to_owned()
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
    fn a_secret_is_found_in_the_forms_of_urls_and_json() {
        let redactor = Redactor::default();
        redactor.learn(&Secret::new("a/b+ü\"\\\n="));
        for form in [
            "a/b+ü\"\\\n=",
            "a%2Fb%2B%C3%BC%22%5C%0A%3D",
            "a%2fb%2b%c3%bc%22%5c%0a%3d",
            r#"a/b+ü\"\\\n="#,
        ] {
            assert_eq!(redactor.redact(&format!("<{form}>")), format!("<{REDACTED}>"));
        }
    }

    #[test]
    fn a_secret_without_other_forms_is_searched_for_once() {
        let redactor = Redactor::default();
        for secret in ["tok-12345", "tok-12345", "tok/12345"] {
            redactor.learn(&Secret::new(secret));
        }
        // The plain one, and of the other: as it is, with %2F and with %2f.
        assert_eq!(redactor.known.read().unwrap().len(), 4);
    }

    #[test]
    fn a_panic_elsewhere_does_not_make_secrets_known() {
        let redactor = Redactor::default();
        redactor.learn(&Secret::new("tok-12345"));
        let other = redactor.clone();
        std::thread::spawn(move || {
            let _held = other.known.write();
            panic!("this is what the test is about");
        })
        .join()
        .unwrap_err();
        assert!(redactor.known.is_poisoned());
        redactor.learn(&Secret::new("tok-67890"));
        assert_eq!(
            redactor.redact("tok-12345 tok-67890"),
            format!("{REDACTED} {REDACTED}")
        );
    }

    #[test]
    fn a_short_secret_does_not_blank_out_words() {
        let redactor = Redactor::default();
        redactor.learn(&Secret::new("a"));
        assert_eq!(redactor.redact("banana"), "banana");
    }
}
