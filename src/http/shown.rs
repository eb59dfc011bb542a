//! Text from outside, made fit to be shown: one line, no control characters, not too long.

use std::fmt::Write as _;

/// Returns `text` on one line of at most `most` bytes, with control and direction-changing characters spelt out.
/// A text that is cut ends in `…`.
pub(super) fn one_line(text: &str, most: usize) -> String {
    let mut out = String::new();
    for c in text.trim().chars() {
        let before = out.len();
        match c {
            ' ' | '\t' | '\n' | '\r' => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c if c.is_control() || reorders(c) => {
                // Writing to a String cannot fail.
                let _ = write!(out, "{}", c.escape_unicode());
            }
            c => out.push(c),
        }
        if out.len() > most {
            out.truncate(before);
            out.push('…');
            break;
        }
    }
    out
}

/// Tells whether a character is invisible and changes how its neighbours are drawn, so that a text could pose as another.
fn reorders(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_become_single_spaces() {
        assert_eq!(one_line("  a\r\n\t b\n", 80), "a b");
    }

    #[test]
    fn terminal_escapes_and_direction_changes_are_spelt_out() {
        assert_eq!(one_line("a\u{1b}[31m\u{202e}b", 80), "a\\u{1b}[31m\\u{202e}b");
    }

    #[test]
    fn a_long_text_is_cut_between_characters() {
        assert_eq!(one_line("ééééé", 5), "éé…");
        assert_eq!(one_line("12345", 5), "12345");
    }
}
