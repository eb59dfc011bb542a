//! Text from strangers, made safe to look at.
//!
//! The names of computers, users and groups are chosen on machines that nobody here controls. Sent to a terminal as
//! they are, they could move the cursor, hide themselves, or pass for another name. Here every character that a
//! terminal would obey or not show is written as its code point: `\u{1b}`, the notation of Rust and JavaScript, one
//! form for all of them. A backslash is left alone, or every `DOMAIN\user` would suffer; a name that spells out
//! `\u{1b}` in plain letters looks the same, and does no harm.
//!
//! The limit: letters that merely look alike (Latin a, Cyrillic а) stay as they are. An emoji that is joined from
//! several by an invisible joiner is shown in its parts.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Returns `text` with every character that cannot be seen written as `\u{…}`; borrowed when there is none.
///
/// Those are control characters (tab and newline too), the marks that turn the direction of writing, characters
/// without width, separators of lines and paragraphs, fillers and tags. Apply it to one name or value: what it returns
/// is one line.
pub fn visible(text: &str) -> Cow<'_, str> {
    written_out(text, is_unseen)
}

/// Returns `text` as [`visible`] does, but leaves newlines and tabs standing: for a text of several lines that a script
/// has put together itself.
pub fn visible_lines(text: &str) -> Cow<'_, str> {
    written_out(text, |c| is_unseen(c) && c != '\n' && c != '\t')
}

/// Returns an address without what stands before an `@`: it may be a password.
pub fn without_login(url: &str) -> Cow<'_, str> {
    match url.rsplit_once('@') {
        Some((_, host)) => Cow::Owned(format!("…@{host}")),
        None => Cow::Borrowed(url),
    }
}

/// Tells whether a terminal would obey `c`, or would not show it as a character of its own.
pub fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}'                        // soft hyphen
            | '\u{34f}'                     // combining grapheme joiner
            | '\u{61c}'                     // Arabic letter mark
            | '\u{115f}' | '\u{1160}'       // Hangul fillers
            | '\u{17b4}' | '\u{17b5}'       // Khmer vowels without a shape
            | '\u{180b}'..='\u{180f}'       // Mongolian selectors and vowel separator
            | '\u{200b}'..='\u{200f}'       // zero-width space, joiners, direction marks
            | '\u{2028}'..='\u{202e}'       // line and paragraph separator, embeddings, overrides
            | '\u{2060}'..='\u{206f}'       // word joiner, invisible operators, isolates
            | '\u{3164}' | '\u{ffa0}'       // Hangul fillers
            | '\u{feff}'                    // byte-order mark
            | '\u{fff9}'..='\u{fffb}'       // interlinear annotation
            | '\u{1bca0}'..='\u{1bca3}'     // shorthand format controls
            | '\u{1d173}'..='\u{1d17a}'     // musical format controls
            | '\u{e0000}'..='\u{e0fff}'     // tags, supplementary variation selectors
        )
}

fn written_out(text: &str, unseen: impl Fn(char) -> bool) -> Cow<'_, str> {
    let Some(first) = text.find(&unseen) else {
        return Cow::Borrowed(text);
    };
    let (plain, rest) = text.split_at(first);
    let mut out = String::with_capacity(text.len() + 16);
    out.push_str(plain);
    for c in rest.chars() {
        if unseen(c) {
            // Writing to a String cannot fail.
            let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn plain_text_of_any_script_is_borrowed() {
        for plain in [
            "",
            "PC-7",
            r"CORP\ada",
            "Büro 東京",
            "cafe\u{301}",
            "🙂",
            "❤\u{fe0f}",
        ] {
            assert!(
                matches!(visible(plain), Cow::Borrowed(same) if same == plain),
                "{plain}"
            );
        }
    }

    #[test]
    fn a_terminal_escape_is_written_out() {
        assert_eq!(visible("a\u{1b}[31mred"), r"a\u{1b}[31mred");
        assert_eq!(visible("\u{9b}2J\u{7f}\0"), r"\u{9b}2J\u{7f}\u{0}");
    }

    #[test]
    fn a_login_is_not_part_of_an_address_that_is_shown() {
        assert_eq!(without_login("https://me:pa55@word@host/x"), "…@host/x");
        assert_eq!(without_login("https://host/x"), "https://host/x");
    }

    #[test]
    fn tabs_and_line_ends_are_written_out() {
        assert_eq!(visible("a\tb\r\nc\u{2028}d"), r"a\u{9}b\u{d}\u{a}c\u{2028}d");
    }

    #[test]
    fn a_direction_override_cannot_turn_a_name_around() {
        assert_eq!(visible("exe\u{202e}cod\u{2066}"), r"exe\u{202e}cod\u{2066}");
    }

    #[test]
    fn two_names_that_differ_in_an_invisible_character_look_different() {
        assert_eq!(visible("PC\u{200b}-7\u{feff}"), r"PC\u{200b}-7\u{feff}");
    }

    #[test]
    fn a_text_of_several_lines_keeps_its_lines_but_no_escapes() {
        assert_eq!(visible_lines("a\n\tb\u{1b}\r\n"), "a\n\tb\\u{1b}\\u{d}\n");
        assert!(matches!(visible_lines("a\nb"), Cow::Borrowed(_)));
    }

    /// Texts with many of the characters that matter; proptest's own strings have no control characters.
    fn nasty() -> impl Strategy<Value = String> {
        let nasty = prop_oneof![
            any::<char>(),
            prop::char::range('\0', '\u{ff}'),
            prop::char::range('\u{2000}', '\u{2070}'),
        ];
        prop::collection::vec(nasty, 0..40).prop_map(String::from_iter)
    }

    proptest! {
        #[test]
        fn nothing_unseen_is_left(text in nasty()) {
            prop_assert!(!visible(&text).chars().any(|c| c.is_control() || is_unseen(c)));
        }

        #[test]
        fn making_visible_twice_changes_nothing_more(text in nasty()) {
            let once = visible(&text).into_owned();
            prop_assert_eq!(visible(&once).into_owned(), once);
        }

        #[test]
        fn what_can_be_seen_stays(text in nasty()) {
            let mut rest = visible(&text).into_owned();
            for c in text.chars().filter(|c| !is_unseen(*c)) {
                let at = rest.find(c);
                prop_assert!(at.is_some(), "{:?} is gone", c);
                rest = rest.split_off(at.unwrap_or_default() + c.len_utf8());
            }
        }
    }
}
