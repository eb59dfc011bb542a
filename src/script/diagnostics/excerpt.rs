//! The line of source that a position is in, with the word there.
//!
//! Rhai counts lines and characters from 1 and knows no ends; a position may lie behind the text (where it ends too
//! early) or, for a text that was changed since, anywhere. The span here is always within the line and on the bounds of
//! characters.

use std::ops::Range;

use rhai::Position;

use crate::script::source::compilable;

/// One line, and the part of it that is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Excerpt {
    /// From 1.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
    /// The whole line without its end, and with one blank behind where the span lies behind it.
    pub text: String,
    /// In bytes of `text`; never empty.
    pub span: Range<usize>,
}

impl Excerpt {
    /// Finds the line of a position; nothing for a position that is none.
    pub(super) fn at(text: &str, position: Position) -> Option<Self> {
        let code = compilable(text);
        let lines: Vec<&str> = code.lines().collect();
        let wanted = position.line()?;
        let line = wanted.clamp(1, lines.len().max(1));
        let mut text = lines.get(line - 1).copied().unwrap_or("").to_owned();
        let column = if line == wanted {
            position.position().unwrap_or(1).max(1)
        } else {
            usize::MAX
        };
        let start = text
            .char_indices()
            .nth(column - 1)
            .map_or(text.len(), |(at, _)| at);
        // Where a field is asked for, Rhai points at the dot; the name behind it is what is meant.
        let dots = text[start..].find(|c| c != '.' && c != '?').unwrap_or(0);
        let start = if text[start + dots..].starts_with(is_word) {
            start + dots
        } else {
            start
        };
        if start == text.len() {
            text.push(' ');
        }
        let span = start..start + word_length(&text[start..]);
        let column = text[..start].chars().count() + 1;
        Some(Self {
            line,
            column,
            text,
            span,
        })
    }

    /// Returns the part of the line before the span.
    pub(super) fn before(&self) -> &str {
        &self.text[..self.span.start]
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The bytes of the word or the quoted text that a text begins with, or of its first character.
fn word_length(text: &str) -> usize {
    let mut chars = text.char_indices();
    match chars.next() {
        Some((_, quote @ ('"' | '`'))) => chars.find(|(_, c)| *c == quote).map_or(1, |(at, _)| at + 1),
        Some((_, first)) if is_word(first) => text.find(|c| !is_word(c)).unwrap_or(text.len()),
        Some((_, first)) => first.len_utf8(),
        None => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meant(text: &str, line: u16, column: u16) -> String {
        let excerpt = Excerpt::at(text, Position::new(line, column)).unwrap();
        excerpt.text[excerpt.span].to_owned()
    }

    #[test]
    fn a_point_is_widened_to_the_word_or_the_quoted_text() {
        assert_eq!(
            meant("let s = \"é→\"; delete_computer(id)", 1, 15),
            "delete_computer"
        );
        assert_eq!(meant("import \"std/a\" as a;", 1, 8), "\"std/a\"");
        assert_eq!(meant("a + b", 1, 3), "+");
        assert_eq!(meant("c.last_sen > x", 1, 2), "last_sen");
        assert_eq!(meant("c?.last_sen", 1, 2), "last_sen");
        assert_eq!(meant("1..5", 1, 2), "5");
    }

    #[test]
    fn a_position_behind_the_text_is_taken_back_to_its_end() {
        assert_eq!(meant("let x = ", 1, 9), " ");
        assert_eq!(meant("one\ntwo", 9, 1), " ");
        assert_eq!(meant("", 1, 1), " ");
    }
}
