//! A word of the language where a name should be: what it was to be the name of, and what to write instead.
//!
//! Rhai says no more than which word it is. What it was to name is read off its line; where the line does not show it,
//! the advice is for a variable.

use rhai::{ParseErrorType, Position};

use crate::script::diagnostics::excerpt::Excerpt;
use crate::script::diagnostics::wording::Wording;

/// Words such an error; nothing where it is another one.
pub(super) fn of(error: &ParseErrorType, text: &str, position: Position) -> Option<Wording> {
    let excerpt = Excerpt::at(text, position)?;
    let word = match error {
        ParseErrorType::Reserved(word) => word.as_str(),
        // Rhai has no word for one that it cannot even begin to read as a name.
        ParseErrorType::FnMissingName
        | ParseErrorType::VariableExpected
        | ParseErrorType::PropertyExpected => &excerpt.text[excerpt.span.clone()],
        _ => return None,
    };
    if !word.starts_with(char::is_alphabetic) {
        return None;
    }
    let after = excerpt.text[excerpt.span.end..].trim_start();
    let (names, hint) = match named(excerpt.before().trim_end(), after) {
        Named::Key => (
            "the bare key of a map",
            format!("write it in quotes: `#{{ \"{word}\": … }}`"),
        ),
        Named::Field => (
            "a field after a dot",
            format!("write it in brackets: `map[\"{word}\"]`"),
        ),
        Named::Function => ("the name of a function", "choose another name".to_owned()),
        Named::Parameter => ("the name of a parameter", "choose another name".to_owned()),
        Named::Variable => ("the name of a variable", "choose another name".to_owned()),
    };
    Some(Wording {
        message: format!("`{word}` is a reserved word, and cannot be {names}"),
        hint,
        ..Wording::default()
    })
}

/// What the word was to be the name of.
enum Named {
    Function,
    Parameter,
    Variable,
    Key,
    Field,
}

fn named(before: &str, after: &str) -> Named {
    let last = before
        .rsplit(|c: char| !c.is_alphanumeric() && c != '_')
        .next()
        .unwrap_or("");
    if last == "fn" || (after.starts_with('(') && last != "for") {
        Named::Function
    } else if before.ends_with('.') {
        Named::Field
    } else if after.starts_with(':') && !after.starts_with("::") {
        Named::Key
    } else if opens_parameters(before) {
        Named::Parameter
    } else {
        Named::Variable
    }
}

/// Tells whether a line ends within the parameters of a function or a closure.
fn opens_parameters(before: &str) -> bool {
    let of_function = before
        .rsplit_once("fn ")
        .is_some_and(|(_, rest)| rest.contains('(') && !rest.contains(')'));
    let of_closure =
        before.ends_with(['|', ',']) && before.matches('|').count() % 2 == 1 && !before.ends_with("||");
    of_function || of_closure
}
