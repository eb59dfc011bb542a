//! A RemotePC API key: one line of text, in a file, in a variable, or printed by a program.
//!
//! What a key looks like is not documented. What could not be sent as a bearer token is refused here, where it is known
//! whence it came.

use super::Error;
use crate::fleet::Vendor;
use crate::secret::Secret;

/// Takes the key out of a text: its only line, without the blanks around it. `from` says where it comes from, in messages.
pub(super) fn read(text: &str, from: &str) -> Result<Secret, Error> {
    let bad = |why: String| Error::BadKey {
        from: from.to_owned(),
        vendor: Vendor::RemotePc,
        why,
    };
    let lines: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    match lines.as_slice() {
        [] => Err(bad("is empty".to_owned())),
        [json] if json.starts_with('{') => Err(bad("holds JSON instead of the key alone".to_owned())),
        [key] if !key.chars().all(|c| c.is_ascii_graphic()) => Err(bad(
            "holds blanks or other characters that cannot be part of a key".to_owned(),
        )),
        [key] => Ok(Secret::new(*key)),
        many => Err(bad(format!("has {} lines instead of one", many.len()))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_only_line_is_the_key() {
        for text in ["s3cr3t+/=", "\n  s3cr3t+/=\t\r\n\r\n"] {
            assert_eq!(read(text, "k").unwrap().expose(), "s3cr3t+/=");
        }
    }

    #[test]
    fn every_fault_is_told_apart_and_no_content_repeated() {
        let odd = "holds blanks or other characters that cannot be part of a key";
        for (text, why) in [
            ("", "is empty"),
            (" \r\n\t\n", "is empty"),
            ("S3cret\nkey\n", "has 2 lines instead of one"),
            ("a\nb\n\nS3cret", "has 3 lines instead of one"),
            ("{\"apiKey\": \"S3cret\"}", "holds JSON instead of the key alone"),
            ("Bearer S3cret", odd),
            ("S3cret\u{1b}[m", odd),
            ("S3crét", odd),
        ] {
            let error = read(text, "k.txt").unwrap_err();
            assert_eq!(error.to_string(), format!("k.txt {why}"), "{text:?}");
            assert!(!format!("{error:?} {:?}", error.hint()).contains("S3cr"));
        }
    }
}
