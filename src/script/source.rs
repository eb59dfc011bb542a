//! The text of a script before rhai sees it, and places in it.

use std::borrow::Cow;

use rhai::{AST, Engine, EvalAltResult, OptimizationLevel, ParseError, Position};

use crate::script::raise::{SCRIPT, raise};

/// Returns the text without what rhai cannot read: a byte order mark and a first line that begins with `#!`.
///
/// The line itself stays, empty, so that all positions are those of the file.
pub(super) fn compilable(text: &str) -> Cow<'_, str> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.starts_with("#!") {
        Cow::Owned(
            text.find('\n')
                .map_or(String::new(), |end| text[end..].to_owned()),
        )
    } else {
        Cow::Borrowed(text)
    }
}

/// How deep expressions may be nested.
pub(super) const DEPTH: usize = 256;

/// Parses a text as it stands: without the functions of a host, without optimisation, and without running anything.
pub(super) fn parse(text: &str) -> Result<AST, ParseError> {
    let mut engine = Engine::new_raw();
    engine
        .set_optimization_level(OptimizationLevel::None)
        .set_max_expr_depths(DEPTH, DEPTH);
    engine.compile(&*compilable(text))
}

/// A fault found without running anything: what is wrong, what to do, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    pub message: String,
    /// Empty for no advice.
    pub hint: String,
    pub position: Position,
}

impl Fault {
    pub(super) fn new(position: Position, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            hint: hint.into(),
            position,
        }
    }

    /// Makes it an error of the run that has come upon it.
    #[allow(clippy::unnecessary_box_returns, reason = "rhai passes its errors in boxes")]
    pub(super) fn raise(self) -> Box<EvalAltResult> {
        let mut error = raise(SCRIPT, self.message, self.hint);
        error.set_position(self.position);
        error
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_first_line_for_the_shell_is_blanked_and_keeps_its_place() {
        assert_eq!(
            compilable("#!/usr/bin/env -S deskhand run\nlet x = 1;"),
            "\nlet x = 1;"
        );
        assert_eq!(compilable("\u{feff}#!x"), "");
        assert_eq!(compilable("let x = \"#!\";"), "let x = \"#!\";");
    }
}
