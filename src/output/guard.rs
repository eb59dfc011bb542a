//! Texts that a spreadsheet would run as formulas, made harmless in a way that can be undone.
//!
//! A name such as `=HYPERLINK(…)` comes from a stranger's machine, and a spreadsheet that opens a list with it would
//! obey. Guarded, it has an apostrophe before it, which makes it a text. What is guarded already gets one more, so that
//! [`unguard`] finds the text as it was.

use std::borrow::Cow;

/// The mark of a text.
const MARK: char = '\'';

/// Tells whether a spreadsheet takes what begins so for a formula, once it has swallowed what stands before.
fn is_dangerous(first: char) -> bool {
    matches!(
        first,
        '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠'
    )
}

/// Tells whether a text is dangerous, but for marks before it.
fn is_formula(text: &str) -> bool {
    text.trim_start_matches(MARK).starts_with(is_dangerous)
}

/// Returns a text as a spreadsheet may have it.
pub(super) fn guard(text: &str) -> Cow<'_, str> {
    if is_formula(text) {
        Cow::Owned(format!("{MARK}{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// Returns the text that was guarded.
pub(super) fn unguard(text: &str) -> &str {
    match text.strip_prefix(MARK) {
        Some(rest) if is_formula(rest) => rest,
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_a_spreadsheet_would_run_has_an_apostrophe_before_it() {
        for formula in [
            "=SUM(A1)", "+1", "-1", "@x", "\tx", "\rx", "\nx", "＝x", "＋x", "－x", "＠x",
        ] {
            assert_eq!(guard(formula), format!("'{formula}"));
        }
    }

    #[test]
    fn what_is_harmless_stays_as_it_is() {
        for text in ["", "PC-7", "'", "'tis", "''", "1+1", " =1"] {
            assert!(
                matches!(guard(text), Cow::Borrowed(same) if same == text),
                "{text}"
            );
            assert_eq!(unguard(text), text);
        }
    }

    #[test]
    fn a_text_that_looks_guarded_is_guarded_once_more() {
        assert_eq!(guard("'=1"), "''=1");
        assert_eq!(unguard("''=1"), "'=1");
        assert_eq!(unguard("'=1"), "=1");
    }

    proptest! {
        #[test]
        fn the_text_comes_back_and_is_harmless_meanwhile(text in "['=+@\t\r\n＝x-]{0,5}|\\PC{0,8}") {
            let guarded = guard(&text).into_owned();
            prop_assert!(!guarded.starts_with(is_dangerous));
            prop_assert_eq!(unguard(&guarded), text);
        }
    }
}
