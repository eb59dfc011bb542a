//! Text from outside, made fit to be shown: one line, nothing that cannot be seen, not too long.

use crate::text::visible;

/// Returns `text` on one line of at most `most` bytes, with what cannot be seen written out as [`visible`] does.
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
            c => out.push_str(&visible(c.encode_utf8(&mut [0; 4]))),
        }
        if out.len() > most {
            out.truncate(before);
            out.push('…');
            break;
        }
    }
    out
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
    fn what_no_terminal_shows_is_spelt_out() {
        assert_eq!(
            one_line("a\u{e0041}\u{ad}\u{2028}b", 80),
            r"a\u{e0041}\u{ad}\u{2028}b"
        );
    }

    #[test]
    fn a_long_text_is_cut_between_characters() {
        assert_eq!(one_line("ééééé", 5), "éé…");
        assert_eq!(one_line("12345", 5), "12345");
    }
}
