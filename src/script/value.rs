//! The values of parameters: read from text, and handed to a script.

use std::path::PathBuf;

use rhai::Dynamic;

use crate::period::{self, Period};
use crate::script::params::ParamKind;
use crate::secret::Secret;
use crate::suggest;
use crate::when::{self, When};

/// The value of a parameter.
#[derive(Debug, Clone)]
pub enum ParamValue {
    /// Of a string, an enum or an email.
    String(String),
    /// Of an int.
    Int(i64),
    /// Of a flag.
    Flag(bool),
    /// Of a period.
    Period(Period),
    /// Of a date.
    Date(When),
    /// Of a file.
    File(PathBuf),
    /// Of a secret.
    Secret(Secret),
    /// Of a list.
    List(Vec<ParamValue>),
}

impl ParamValue {
    /// Returns the words in it: of texts and lists of texts.
    pub fn words(&self) -> Vec<&str> {
        match self {
            Self::String(text) => vec![text],
            Self::List(items) => items.iter().flat_map(Self::words).collect(),
            _ => Vec::new(),
        }
    }

    /// Returns the value as a script gets it. A file is its path as a string; [`Period`], [`When`] and [`Secret`] keep
    /// their types.
    pub fn into_dynamic(self) -> Dynamic {
        match self {
            Self::String(text) => text.into(),
            Self::Int(number) => number.into(),
            Self::Flag(set) => set.into(),
            Self::Period(period) => Dynamic::from(period),
            Self::Date(when) => Dynamic::from(when),
            Self::File(path) => path.display().to_string().into(),
            Self::Secret(secret) => Dynamic::from(secret),
            Self::List(items) => Dynamic::from_array(items.into_iter().map(Self::into_dynamic).collect()),
        }
    }
}

/// Why a text is not a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refusal {
    pub problem: String,
    pub hint: String,
}

impl Refusal {
    pub(super) fn new(problem: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            problem: problem.into(),
            hint: hint.into(),
        }
    }
}

/// Says what a parameter of this kind takes.
pub(super) fn expected(kind: &ParamKind) -> String {
    match kind {
        ParamKind::String => "a text".to_owned(),
        ParamKind::Int => "a whole number".to_owned(),
        ParamKind::Flag => "true or false".to_owned(),
        ParamKind::Enum(choices) => format!("one of {}", choices.join(", ")),
        ParamKind::Period => period::EXPECTED.to_owned(),
        ParamKind::Date => when::EXPECTED.to_owned(),
        ParamKind::File => "the path of a file".to_owned(),
        ParamKind::Email => "an email address".to_owned(),
        ParamKind::Secret => "a secret, at the prompt, from a file or from the environment".to_owned(),
        ParamKind::List(of) => format!("a list, each item {}", expected(of)),
    }
}

/// Reads one value. For a list it reads one item.
pub(super) fn parse(kind: &ParamKind, text: &str) -> Result<ParamValue, Refusal> {
    let refuse = |problem: String| Refusal::new(problem, format!("expected {}", expected(kind)));
    if text.is_empty() {
        return Err(refuse("the value is empty".to_owned()));
    }
    match kind {
        ParamKind::String => Ok(ParamValue::String(text.to_owned())),
        ParamKind::Int => text
            .parse()
            .map(ParamValue::Int)
            .map_err(|error: std::num::ParseIntError| {
                use std::num::IntErrorKind::{NegOverflow, PosOverflow};
                match error.kind() {
                    PosOverflow | NegOverflow => refuse(format!("`{text}` is too large a number")),
                    _ => refuse(format!("`{text}` is not a whole number")),
                }
            }),
        ParamKind::Flag => match text {
            "true" => Ok(ParamValue::Flag(true)),
            "false" => Ok(ParamValue::Flag(false)),
            _ => Err(refuse(format!("`{text}` is neither true nor false"))),
        },
        ParamKind::Enum(choices) => choose(choices, text),
        ParamKind::Period => text
            .parse()
            .map(ParamValue::Period)
            .map_err(|error: period::PeriodError| {
                let problem = error.to_string();
                // An error that carries its own advice needs no second one.
                if problem.contains("did you mean") {
                    Refusal::new(problem, "")
                } else {
                    refuse(problem)
                }
            }),
        ParamKind::Date => text
            .parse()
            .map(ParamValue::Date)
            .map_err(|error: when::WhenError| refuse(error.to_string())),
        ParamKind::File => Ok(ParamValue::File(PathBuf::from(text))),
        ParamKind::Email if is_email(text) => Ok(ParamValue::String(text.to_owned())),
        ParamKind::Email => Err(refuse(format!("`{text}` is not an email address"))),
        ParamKind::Secret => Ok(ParamValue::Secret(Secret::new(text))),
        ParamKind::List(of) => parse(of, text),
    }
}

fn choose(choices: &[String], text: &str) -> Result<ParamValue, Refusal> {
    if choices.iter().any(|c| c == text) {
        return Ok(ParamValue::String(text.to_owned()));
    }
    let list = format!("expected one of {}", choices.join(", "));
    let hint = match suggest::did_you_mean(text, choices.iter().map(String::as_str)) {
        Some(guess) => format!("{guess} ({list})"),
        None => list,
    };
    Err(Refusal::new(format!("`{text}` is not a choice"), hint))
}

/// Tells whether a text can be an address; whether there is such a mailbox is for the vendor to say.
fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else {
        return false;
    };
    let clean = |part: &str| {
        !part.is_empty()
            && !part
                .chars()
                .any(|c| c.is_whitespace() || c.is_control() || c == ',')
    };
    clean(local)
        && clean(domain)
        && !local.contains('@')
        && !domain.starts_with('.')
        && !domain.ends_with('.')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(kind: &ParamKind, text: &str) -> String {
        let refusal = parse(kind, text).unwrap_err();
        format!("{}; {}", refusal.problem, refusal.hint)
    }

    #[test]
    fn a_choice_that_is_none_is_answered_with_the_nearest() {
        let kind = ParamKind::Enum(vec!["admin".into(), "user".into()]);
        assert_eq!(
            refused(&kind, "usr"),
            "`usr` is not a choice; did you mean `user`? (expected one of admin, user)"
        );
    }

    #[test]
    fn numbers_say_whether_they_are_none_or_too_large() {
        assert!(refused(&ParamKind::Int, "ten").starts_with("`ten` is not a whole number"));
        assert!(refused(&ParamKind::Int, "99999999999999999999").contains("too large"));
        assert!(matches!(parse(&ParamKind::Int, "-5"), Ok(ParamValue::Int(-5))));
    }

    #[test]
    fn an_email_has_two_clean_sides() {
        for bad in [
            "ada",
            "@x.org",
            "ada@",
            "a da@x.org",
            "a@b@c",
            "ada@.org",
            "ada@x.org,bob@x.org",
        ] {
            assert!(parse(&ParamKind::Email, bad).is_err(), "{bad}");
        }
        assert!(parse(&ParamKind::Email, "ada@example.org").is_ok());
    }

    #[test]
    fn a_period_in_the_wrong_case_is_answered_with_the_right_one() {
        assert_eq!(
            refused(&ParamKind::Period, "90D"),
            "`D` in `90D` is not a unit of time; did you mean `90d`?; "
        );
    }

    #[test]
    fn a_date_by_custom_is_refused() {
        assert!(refused(&ParamKind::Date, "01/02/2024").contains("two ways"));
    }

    #[test]
    fn a_secret_is_not_in_its_debug_text() {
        let value = parse(&ParamKind::Secret, "hunter2hunter2").unwrap();
        assert!(!format!("{value:?}").contains("hunter2"));
    }
}
