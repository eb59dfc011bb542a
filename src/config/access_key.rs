//! A RealVNC access key: its id and its secret, and the file that holds both.
//!
//! The vendor's page about the file has lost its example; its members are taken to be named as the request that they
//! are sent in: `accessKeyId` and `accessKey`, in any case. Others are ignored.

use std::fmt;

use serde_json::Value;

use super::command::Program;
use super::error::Error;
use crate::fleet::Vendor;
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
            vendor: Vendor::RealVnc,
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

    /// Reads what a program has printed: the JSON of a key file, or the id and the key on two lines.
    pub(super) fn printed(output: &str, program: &Program<'_>) -> Result<Self, Error> {
        let output = output.trim();
        if output.starts_with('{') {
            return Self::from_json(output, &format!("the output of `{}`", program.name()));
        }
        let lines: Vec<&str> = output
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .collect();
        match lines.as_slice() {
            [] => Err(program.failed("printed nothing".to_owned())),
            [id, secret] => Ok(Self::new(id, secret)),
            [_] => Err(program.failed("printed 1 line instead of 2".to_owned())),
            many => Err(program.failed(format!("printed {} lines instead of 2", many.len()))),
        }
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

#[cfg(test)]
mod tests {
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
    fn what_a_program_prints_is_json_or_two_lines() {
        let words = ["op".to_owned(), "S3cret".to_owned()];
        let program = Program {
            words: &words,
            by: "profile `acme`",
            vendor: Vendor::RealVnc,
        };
        let printed = |output: &str| {
            AccessKey::printed(output, &program)
                .map(|key| (key.id, key.secret.expose().to_owned()))
                .map_err(|e| e.to_string())
        };
        let expected = Ok(("id".to_owned(), "s3cr3t".to_owned()));
        assert_eq!(printed("id\r\n s3cr3t\r\n\n"), expected);
        assert_eq!(
            printed(" {\"accesskeyid\":\"id\",\"accesskey\":\"s3cr3t\"}\n"),
            expected
        );
        for (output, why) in [
            ("\n", "printed nothing"),
            ("S3cret", "printed 1 line instead of 2"),
            ("S3cret\n2\n3\n", "printed 3 lines instead of 2"),
        ] {
            assert_eq!(
                printed(output).unwrap_err(),
                format!("profile `acme` takes its key from the program `op`, which {why}")
            );
        }
        assert_eq!(
            printed("{\"accessKeyId\": \"S3cret\"}").unwrap_err(),
            "the output of `op` has no member `accessKey`; its members are `accessKeyId`"
        );
    }

    #[test]
    fn debug_shows_neither_half() {
        let text = format!("{:?}", AccessKey::new("id-12345", "s3cr3t"));
        assert_eq!(text, "AccessKey { .. }");
    }
}
