//! A RealVNC access key: its id and its secret, and the file that holds both.
//!
//! The vendor's page about the file has lost its example; its members are taken to be named as the request that they
//! are sent in: `accessKeyId` and `accessKey`, in any case. Others are ignored.

use std::fmt;
use std::path::Path;

use serde_json::Value;

use super::error::{Error, shown};
use crate::encoding;
use crate::secret::Secret;
use crate::text::visible;

const ID: &str = "accessKeyId";
const KEY: &str = "accessKey";

/// How many members of a file a message names.
const MOST_NAMED: usize = 8;

/// An access key.
#[derive(Clone)]
pub struct AccessKey {
    /// Its id.
    pub id: String,
    /// Its secret.
    pub secret: Secret,
}

/// Leaves the id out as well: it is half of a credential.
impl fmt::Debug for AccessKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccessKey").finish_non_exhaustive()
    }
}

impl AccessKey {
    /// Makes a key of its two parts, without the blanks around them.
    pub(super) fn new(id: &str, secret: &str) -> Self {
        Self {
            id: id.trim().to_owned(),
            secret: Secret::new(secret.trim()),
        }
    }

    /// Reads the JSON of a key. `from` says where it comes from, in messages.
    pub(super) fn from_json(text: &str, from: &str) -> Result<Self, Error> {
        let bad = |why: String| Error::BadKey {
            from: from.to_owned(),
            why,
        };
        let value: Value = serde_json::from_str(text).map_err(|e| bad(malformed(&e)))?;
        let Value::Object(members) = value else {
            return Err(bad(format!("holds {} instead of an object", sort(&value))));
        };
        let member = |name: &str| {
            let found = members
                .iter()
                .find(|(member, _)| member.eq_ignore_ascii_case(name));
            match found {
                Some((_, Value::String(text))) if text.trim().is_empty() => {
                    Err(bad(format!("has an empty `{name}`")))
                }
                Some((_, Value::String(text))) => Ok(text.as_str()),
                Some((_, value)) => Err(bad(format!("has {} as `{name}` instead of a text", sort(value)))),
                None => Err(bad(format!(
                    "has no member `{name}`; {}",
                    found_members(members.keys())
                ))),
            }
        };
        Ok(Self::new(member(ID)?, member(KEY)?))
    }

    /// Reads a key file. Adds a warning if others may read it, too.
    pub(super) fn from_file(path: &Path, warnings: &mut Vec<String>) -> Result<Self, Error> {
        let text = encoding::read(path).map_err(|source| Error::Unreadable {
            path: path.to_owned(),
            source,
        })?;
        warnings.extend(readable_by_others(path));
        Self::from_json(&text, &shown(path))
    }
}

fn malformed(error: &serde_json::Error) -> String {
    let text = error.to_string();
    // serde_json repeats the place at the end.
    let why = text
        .rsplit_once(" at line ")
        .map_or(text.as_str(), |(why, _)| why);
    format!(
        "is not valid JSON: line {}, column {}: {why}",
        error.line(),
        error.column()
    )
}

fn sort(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

fn found_members<'a>(names: impl ExactSizeIterator<Item = &'a String>) -> String {
    let more = if names.len() > MOST_NAMED { ", …" } else { "" };
    let names: Vec<String> = names
        .take(MOST_NAMED)
        .map(|name| format!("`{}`", visible(name)))
        .collect();
    if names.is_empty() {
        return "it is empty".to_owned();
    }
    format!("its members are {}{more}", names.join(", "))
}

#[cfg(unix)]
fn readable_by_others(path: &Path) -> Option<String> {
    use std::os::unix::fs::PermissionsExt;

    let mode = std::fs::metadata(path).ok()?.permissions().mode() & 0o777;
    (mode & 0o077 != 0).then(|| {
        let path = shown(path);
        format!("{path} holds a key and is open to others (mode {mode:03o}); close it with: chmod 600 {path}")
    })
}

#[cfg(not(unix))]
fn readable_by_others(_: &Path) -> Option<String> {
    None
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn read(text: &str) -> Result<(String, String), String> {
        AccessKey::from_json(text, "k.json")
            .map(|key| (key.id, key.secret.expose().to_owned()))
            .map_err(|e| e.to_string())
    }

    #[test]
    fn members_are_found_in_any_case_and_others_ignored() {
        let expected = Ok(("id-1".to_owned(), "s3cr3t".to_owned()));
        assert_eq!(
            read(r#"{"accessKeyId": "id-1", "accessKey": "s3cr3t"}"#),
            expected
        );
        assert_eq!(
            read(r#"{"ACCESSKEY": " s3cr3t\n", "x": [1], "AccessKeyID": "id-1 "}"#),
            expected
        );
    }

    #[test]
    fn every_fault_of_the_json_is_told_apart() {
        let cases = [
            (
                "{\n  \"accessKeyId\": \"S3cret\",\n  oops}",
                "is not valid JSON: line 3, column 3: key must be a string",
            ),
            (
                "",
                "is not valid JSON: line 1, column 0: EOF while parsing a value",
            ),
            (r#""S3cret""#, "holds a text instead of an object"),
            ("[]", "holds a list instead of an object"),
            ("{}", "has no member `accessKeyId`; it is empty"),
            (
                r#"{"id": "S3cret", "accessKeyId": "S3cret"}"#,
                "has no member `accessKey`; its members are `accessKeyId`, `id`",
            ),
            (
                r#"{"accessKeyId": 7, "accessKey": "S3cret"}"#,
                "has a number as `accessKeyId` instead of a text",
            ),
            (
                r#"{"accessKeyId": "S3cret", "accessKey": " "}"#,
                "has an empty `accessKey`",
            ),
        ];
        for (text, why) in cases {
            assert_eq!(read(text), Err(format!("k.json {why}")), "{text}");
        }
    }

    #[test]
    fn a_file_with_many_members_is_not_recited() {
        let members: Vec<String> = (0..40).map(|n| format!("\"m{n:02}\": 1")).collect();
        let error = read(&format!("{{{}}}", members.join(","))).unwrap_err();
        assert!(error.ends_with("`m07`, …"), "{error}");
    }

    #[test]
    fn a_file_of_windows_is_read() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("accesskey.json");
        let text = "\u{feff}{\"accessKeyId\":\"id\",\"accessKey\":\"sécret\"}\r\n";
        let le: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for bytes in [text.as_bytes().to_vec(), le, be] {
            fs::write(&path, bytes).unwrap();
            let key = AccessKey::from_file(&path, &mut Vec::new()).unwrap();
            assert_eq!((key.id.as_str(), key.secret.expose()), ("id", "sécret"));
        }
    }

    #[test]
    fn a_missing_file_and_bytes_that_are_no_text_are_named() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("k.json");
        let error = AccessKey::from_file(&path, &mut Vec::new()).unwrap_err();
        assert!(
            error
                .to_string()
                .starts_with(&format!("{} cannot be read: ", path.display())),
            "{error}"
        );
        assert!(error.hint().unwrap().contains("check the path"));
        fs::write(&path, b"caf\xe9").unwrap();
        let error = AccessKey::from_file(&path, &mut Vec::new()).unwrap_err();
        assert!(
            error.to_string().ends_with("it is neither UTF-8 nor UTF-16 text"),
            "{error}"
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_others_can_read_is_warned_about() {
        use std::os::unix::fs::PermissionsExt;

        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("k.json");
        fs::write(&path, r#"{"accessKeyId": "id", "accessKey": "s3cr3t"}"#).unwrap();
        let warnings = |mode: u32| {
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            let mut warnings = Vec::new();
            AccessKey::from_file(&path, &mut warnings).unwrap();
            warnings
        };
        assert!(warnings(0o600).is_empty());
        assert!(warnings(0o400).is_empty());
        for mode in [0o644, 0o640, 0o604, 0o620] {
            let warnings = warnings(mode);
            assert_eq!(warnings.len(), 1);
            assert!(
                warnings[0].contains(&format!("(mode {mode:03o})")),
                "{warnings:?}"
            );
        }
    }

    #[test]
    fn debug_shows_neither_half() {
        let text = format!("{:?}", AccessKey::new("id-12345", "s3cr3t"));
        assert_eq!(text, "AccessKey { .. }");
    }
}
