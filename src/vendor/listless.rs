//! A page of a list that came without the list.

use crate::fleet::Error;
use crate::text::visible;

use super::explain::unused;

/// How many members of a page without its list a message names.
const MOST_NAMED: usize = 8;

/// How many characters of a member's name a message shows.
const LONGEST_NAME: usize = 40;

/// Explains that a page of a list came without the list. `why` says what it had instead.
pub(super) fn listless(operation: &'static str, doing: &str, why: &str) -> Error {
    let mut error = unused(doing).operation(operation).hint(
        "if it happens again, the vendor has changed its format, or something between here and the vendor has answered",
    );
    error.causes.push(format!("{operation}: {why}"));
    error
}

/// Says that an answer has no `list`, and what it has instead.
pub(super) fn without<'a>(list: &str, others: impl ExactSizeIterator<Item = &'a String>) -> String {
    if others.len() == 0 {
        return format!("the answer has no list `{list}`: it is empty");
    }
    let more = if others.len() > MOST_NAMED { ", …" } else { "" };
    let names: Vec<String> = others
        .take(MOST_NAMED)
        .map(|name| {
            let start: String = name.chars().take(LONGEST_NAME).collect();
            let cut = if start.len() < name.len() { "…" } else { "" };
            format!("`{}{cut}`", visible(&start))
        })
        .collect();
    format!(
        "the answer has no list `{list}`; its members are {}{more}",
        names.join(", ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_members_that_are_named_are_few_short_and_printable() {
        let mut names = vec![format!("a\u{1b}{}", "x".repeat(5000))];
        names.extend((0..100).map(|number| format!("b{number}")));
        let told = without("entries", names.iter());
        assert!(
            told.len() < 200 && !told.contains('\u{1b}') && told.ends_with(", …"),
            "{told}"
        );
    }

    #[test]
    fn an_answer_with_nothing_in_it_is_called_empty() {
        assert_eq!(
            without("users", [].iter()),
            "the answer has no list `users`: it is empty"
        );
    }
}
