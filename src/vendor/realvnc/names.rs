//! Which display names the vendor refuses.

use crate::fleet::{Error, Kind};

/// Checks a computer's display name before it is sent.
///
/// The one rule that is known: at least one character outside ASCII punctuation. It is the pattern
/// `.*[^\p{Punct}].*` of the vendor's OpenAPI document, which is Java's syntax; there `\p{Punct}` is ASCII only.
/// Length, trimming and case are not documented, so that everything else is left to the vendor.
pub fn check_name(name: &str) -> Result<(), Error> {
    if name.chars().any(|c| !c.is_ascii_punctuation()) {
        return Ok(());
    }
    let message = if name.is_empty() {
        "a computer's name cannot be empty".to_owned()
    } else {
        format!("`{name}` cannot be a computer's name: it is made of punctuation alone")
    };
    Err(Error::new(Kind::Invalid, message)
        .operation("updateEntry")
        .hint("use at least one character other than !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_needs_one_character_outside_ascii_punctuation() {
        for good in ["PC-7", "—", "¿", " ", "$$a", "ä"] {
            assert!(check_name(good).is_ok(), "{good:?}");
        }
        for bad in ["", "$$$", "+", "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"] {
            assert_eq!(check_name(bad).unwrap_err().kind, Kind::Invalid, "{bad:?}");
        }
    }
}
