//! Patterns for whole names: `*` is any text, `?` one character, and letter case and space around do not count.

use std::fmt;

/// A pattern for a whole name. Characters are compared one by one, so that `ü` in one character and `ü` in two differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Glob {
    text: String,
    tokens: Vec<Token>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token {
    Many,
    One,
    Just(char),
}

impl Glob {
    /// Makes a pattern; every text is one.
    pub fn new(text: &str) -> Self {
        let text = text.trim();
        let tokens = text.chars().map(|c| match c {
            '*' => Token::Many,
            '?' => Token::One,
            c => Token::Just(c),
        });
        Self {
            text: text.to_owned(),
            tokens: tokens.collect(),
        }
    }

    /// Returns the pattern as it was written, without space around.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Tells whether the whole of a name is as the pattern says.
    pub fn matches(&self, name: &str) -> bool {
        // A pattern may ask for the space at one end, as `DC *` does.
        let forms = [name, name.trim(), name.trim_start(), name.trim_end()];
        forms.into_iter().any(|form| self.fits(form))
    }

    fn fits(&self, name: &str) -> bool {
        let name: Vec<char> = name.chars().collect();
        let (mut token, mut at) = (0, 0);
        // The last `*`, and how far the name is taken to go in it: one more each time that the rest does not fit.
        let mut star: Option<(usize, usize)> = None;
        while let Some(c) = name.get(at) {
            match self.tokens.get(token) {
                Some(Token::Many) => {
                    star = Some((token, at));
                    token += 1;
                }
                Some(Token::One) => (token, at) = (token + 1, at + 1),
                Some(Token::Just(wanted)) if same(*wanted, *c) => (token, at) = (token + 1, at + 1),
                _ => match star {
                    Some((many, from)) => {
                        star = Some((many, from + 1));
                        (token, at) = (many + 1, from + 1);
                    }
                    None => return false,
                },
            }
        }
        self.tokens[token..].iter().all(|rest| *rest == Token::Many)
    }
}

impl fmt::Display for Glob {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Compares without regard to case, in both directions: some letters have two small forms.
fn same(a: char, b: char) -> bool {
    a == b || a.to_lowercase().eq(b.to_lowercase()) || a.to_uppercase().eq(b.to_uppercase())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn matches(pattern: &str, name: &str) -> bool {
        Glob::new(pattern).matches(name)
    }

    #[test]
    fn a_pattern_is_for_the_whole_name() {
        for (pattern, name) in [
            ("DC-*", "DC-01"),
            ("DC-*", "DC-"),
            ("*-DC", "berlin-dc"),
            ("DC-?", "dc-1"),
            ("DC *", "DC "),
            ("a*b*c", "a-b-b-c"),
            ("*ab", "aab"),
            ("*", ""),
            (" DC-1 ", "dc-1\t"),
            ("BÜRO-?", "büro-ß"),
            ("ΟΔΟΣ", "οδος"),
        ] {
            assert!(matches(pattern, name), "{pattern} {name}");
        }
        for (pattern, name) in [
            ("DC-*", "XDC-01"),
            ("DC-*", "DC"),
            ("DC-?", "DC-10"),
            ("DC-?", "DC-"),
            ("DC", "DC-1"),
            ("a*b*c", "a-c-b"),
            ("", "x"),
        ] {
            assert!(!matches(pattern, name), "{pattern} {name}");
        }
    }

    /// The same by its definition, slowly.
    fn slowly(pattern: &[char], name: &[char]) -> bool {
        match (pattern, name) {
            ([], name) => name.is_empty(),
            (['*', rest @ ..], name) => (0..=name.len()).any(|skip| slowly(rest, &name[skip..])),
            (['?', rest @ ..], [_, name @ ..]) => slowly(rest, name),
            ([c, rest @ ..], [d, name @ ..]) => c == d && slowly(rest, name),
            (_, []) => false,
        }
    }

    proptest! {
        #[test]
        fn any_pattern_matches_as_it_is_defined(pattern in "[ab*?]{0,8}", name in "[ab]{0,10}") {
            let slow = slowly(&pattern.chars().collect::<Vec<_>>(), &name.chars().collect::<Vec<_>>());
            prop_assert_eq!(matches(&pattern, &name), slow);
        }

        #[test]
        fn a_name_in_any_case_matches_itself_and_what_it_begins_with(name in "[A-Za-z0-9äÖ -]{1,12}", cut in 0_usize..12) {
            let start: String = name.chars().take(cut).collect();
            prop_assert!(matches(&name.to_uppercase(), &name));
            let begins = format!("{}*", start.trim_start());
            prop_assert!(matches(&begins, &name), "{} {}", begins, name);
        }
    }
}
