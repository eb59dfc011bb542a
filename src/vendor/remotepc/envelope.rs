//! The envelope that the vendor wraps every answer in: `{status, code, message}`, or `{status, code, errors}`.
//!
//! Whether the HTTP status repeats the code is not documented: an answer of 200 may carry a failure.

use serde_json::{Map, Value};

/// What an answer says besides its HTTP status.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Envelope {
    /// The vendor's word, such as `OK` or `BAD_REQUEST`.
    pub(super) status: Option<String>,
    /// The vendor's own status code.
    pub(super) code: Option<u16>,
    /// A word, a URL or an object; absent from failures.
    pub(super) message: Option<Value>,
    /// What is wrong, in the vendor's words; may be empty in a failure too.
    pub(super) descriptions: Vec<String>,
}

impl Envelope {
    /// Reads an answer; `None` where it has nothing of an envelope.
    pub(super) fn read(answer: Value) -> Option<Self> {
        let Value::Object(mut members) = answer else {
            return None;
        };
        let message = members.remove("message").filter(|message| !message.is_null());
        let status = members.get("status").and_then(Value::as_str).map(str::to_owned);
        let code = members.get("code").and_then(code);
        let descriptions = descriptions(&members);
        if status.is_none() && code.is_none() && descriptions.is_empty() {
            return None;
        }
        Some(Self {
            status,
            code,
            message,
            descriptions,
        })
    }

    /// Tells whether word and code both say that it is a success, and nothing is said to be wrong.
    pub(super) fn is_success(&self) -> bool {
        let ok = |status: &String| status.trim().eq_ignore_ascii_case("OK");
        self.status.as_ref().is_some_and(ok) && self.code == Some(200) && self.descriptions.is_empty()
    }

    /// Says word and code. `shown` makes the word fit to be shown.
    pub(super) fn numbers(&self, shown: impl Fn(&str) -> String) -> String {
        let word = self
            .status
            .as_deref()
            .map(|word| format!("the status `{}`", shown(word)));
        let code = self.code.map(|code| format!("the code {code}"));
        format!(
            "{} and {}",
            word.as_deref().unwrap_or("no status"),
            code.as_deref().unwrap_or("no code")
        )
    }
}

/// Reads a code that is a number, or a number in quotes.
fn code(code: &Value) -> Option<u16> {
    match code {
        Value::String(text) => text.trim().parse().ok(),
        number => number.as_u64().and_then(|code| code.try_into().ok()),
    }
}

/// The member `errorsCount` is not looked at: what counts is what is there.
fn descriptions(members: &Map<String, Value>) -> Vec<String> {
    let errors = members.get("errors").and_then(Value::as_array);
    errors
        .into_iter()
        .flatten()
        .filter_map(|error| error.get("description").unwrap_or(error).as_str())
        .map(str::trim)
        .filter(|description| !description.is_empty())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(answer: Value) -> Envelope {
        Envelope::read(answer).unwrap()
    }

    #[test]
    fn a_success_says_so_by_word_and_code() {
        for answer in [
            json!({ "status": "OK", "code": 200, "message": "SUCCESS" }),
            json!({ "status": "ok ", "code": "200" }),
            json!({ "status": "Ok", "code": 200, "errors": [], "errorsCount": 3, "new": {} }),
        ] {
            assert!(read(answer.clone()).is_success(), "{answer}");
        }
        for answer in [
            json!({ "status": "OK" }),
            json!({ "code": 200, "message": "SUCCESS" }),
            json!({ "status": "OK", "code": 201 }),
            json!({ "status": "OK", "code": null }),
            json!({ "status": "OK", "code": 200.5 }),
            json!({ "status": "OKAY", "code": 200 }),
            json!({ "status": true, "code": 200 }),
            json!({ "status": "BAD_REQUEST", "code": 200 }),
            json!({ "status": "OK", "code": 400 }),
        ] {
            assert!(!read(answer.clone()).is_success(), "{answer}");
        }
    }

    #[test]
    fn a_message_may_be_a_word_a_url_an_object_or_absent() {
        for message in [
            json!("SUCCESS"),
            json!("https://x.test/a"),
            json!({ "users": [] }),
        ] {
            let answer = json!({ "status": "OK", "code": 200, "message": message });
            assert_eq!(read(answer).message, Some(message));
        }
        assert_eq!(read(json!({ "status": "OK", "message": null })).message, None);
    }

    #[test]
    fn descriptions_are_read_from_whatever_there_is() {
        for (errors, expected) in [
            (
                json!([{ "description": " Invalid user plan " }]),
                vec!["Invalid user plan"],
            ),
            (
                json!([{ "description": "a" }, { "description": "b" }]),
                vec!["a", "b"],
            ),
            (json!([{ "description": null }, {}, null, 7]), vec![]),
            (json!([{ "description": "" }, "plain"]), vec!["plain"]),
            (json!([]), vec![]),
            (json!(null), vec![]),
            (json!({ "description": "no list" }), vec![]),
        ] {
            let answer = json!({ "status": "BAD_REQUEST", "code": 400, "errorsCount": 9, "errors": errors });
            assert_eq!(read(answer).descriptions, expected, "{errors}");
        }
    }

    #[test]
    fn what_has_nothing_of_an_envelope_is_none() {
        for answer in [
            json!({}),
            json!([]),
            json!("OK"),
            json!({ "message": "SUCCESS" }),
            json!({ "code": "x" }),
        ] {
            assert_eq!(Envelope::read(answer.clone()), None, "{answer}");
        }
    }
}
