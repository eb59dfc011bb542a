//! The fingerprint of a document: of what it says, not of how it is laid out.
//!
//! Blanks, the order of members, the way characters are escaped and whether a whole number has a `.0` do not count.
//! Whole numbers beyond 2^53 do not survive every tool; to change one of those is to change the document.

use std::fmt::Write as _;

use ring::digest::{Context, SHA256};
use serde_json::{Map, Number, Value};

/// The largest power of two up to which a floating-point number holds every whole one.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// Returns the fingerprint of an object without one of its members, with the name of the algorithm before it.
pub(super) fn fingerprint(object: &Map<String, Value>, without: &str) -> String {
    let mut hash = Context::new(&SHA256);
    members(&mut hash, object.iter().filter(|(name, _)| *name != without));
    let digest = hash.finish();
    let mut print = "sha256:".to_owned();
    for byte in digest.as_ref() {
        // Writing to a String cannot fail.
        let _ = write!(print, "{byte:02x}");
    }
    print
}

/// Each value says what it is and where it ends, so that no two documents are spelt the same.
fn value(hash: &mut Context, value: &Value) {
    match value {
        Value::Null => hash.update(b"n"),
        Value::Bool(true) => hash.update(b"t"),
        Value::Bool(false) => hash.update(b"f"),
        Value::Number(number) => {
            hash.update(b"#");
            text(hash, &digits(number));
        }
        Value::String(string) => {
            hash.update(b"\"");
            text(hash, string);
        }
        Value::Array(items) => {
            hash.update(b"[");
            for item in items {
                self::value(hash, item);
            }
            hash.update(b"]");
        }
        Value::Object(object) => members(hash, object.iter()),
    }
}

fn members<'a>(hash: &mut Context, members: impl Iterator<Item = (&'a String, &'a Value)>) {
    let mut members: Vec<_> = members.collect();
    members.sort_unstable_by_key(|(name, _)| *name);
    hash.update(b"{");
    for (name, member) in members {
        text(hash, name);
        value(hash, member);
    }
    hash.update(b"}");
}

fn text(hash: &mut Context, text: &str) {
    hash.update(format!("{}:", text.len()).as_bytes());
    hash.update(text.as_bytes());
}

/// Returns a number in one form: 3, 3.0 and 3e0 are the same.
fn digits(number: &Number) -> String {
    match number.as_f64() {
        Some(float) if number.is_f64() && float.fract() == 0.0 && float.abs() < EXACT => {
            // Adding nothing turns -0 into 0.
            format!("{:.0}", float + 0.0)
        }
        Some(float) if number.is_f64() => format!("{float:?}"),
        _ => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn of(json: &str) -> String {
        match serde_json::from_str(json).unwrap() {
            Value::Object(object) => fingerprint(&object, "fingerprint"),
            other => panic!("{other}"),
        }
    }

    #[test]
    fn how_it_is_laid_out_does_not_count() {
        let plain = of(r#"{"a":[1,null,true],"b":{"c":"ü/","d":0.5}}"#);
        for same in [
            "{ \"b\": {\n\t\"d\": 5e-1, \"c\": \"\\u00fc\\/\" },\r\n \"a\": [ 1.0, null, true ] }",
            r#"{"fingerprint":"sha256:0","a":[1e0,null,true],"b":{"c":"ü/","d":0.50}}"#,
        ] {
            assert_eq!(of(same), plain, "{same}");
        }
        assert_eq!(of(r#"{"a":-0.0}"#), of(r#"{"a":0}"#));
        assert_eq!(plain.len(), "sha256:".len() + 64);
    }

    #[test]
    fn whatever_it_says_counts() {
        let documents = [
            "{}",
            r#"{"a":null}"#,
            r#"{"a":false}"#,
            r#"{"a":true}"#,
            r#"{"a":0}"#,
            r#"{"a":1}"#,
            r#"{"a":-1}"#,
            r#"{"a":1.5}"#,
            r#"{"a":9007199254740993}"#,
            r#"{"a":9007199254740992}"#,
            r#"{"a":"1"}"#,
            r#"{"a":""}"#,
            r#"{"a":[]}"#,
            r#"{"a":{}}"#,
            r#"{"a":["b","c"]}"#,
            r#"{"a":["c","b"]}"#,
            r#"{"a":["bc"]}"#,
            r#"{"a":[["b"],"c"]}"#,
            r#"{"a":{"b":"c"}}"#,
            r#"{"a":"1","b":"1"}"#,
            r#"{"a":{"fingerprint":1}}"#,
        ];
        let prints: std::collections::HashSet<String> = documents.iter().map(|json| of(json)).collect();
        assert_eq!(prints.len(), documents.len());
    }

    #[test]
    fn a_member_that_stands_twice_counts_as_it_is_read() {
        assert_ne!(of(r#"{"a":1,"a":2}"#), of(r#"{"a":1}"#));
    }

    proptest! {
        #[test]
        fn a_number_that_was_written_and_read_is_the_same(bits in any::<u64>(), whole in any::<i64>()) {
            let float = Some(f64::from_bits(bits)).filter(|float| float.is_finite());
            let object = json!({ "float": float, "whole": whole, "large": bits });
            let read: Value = serde_json::from_str(&object.to_string()).unwrap();
            let print = |value: &Value| fingerprint(value.as_object().unwrap(), "");
            prop_assert_eq!(print(&read), print(&object));
        }
    }
}
