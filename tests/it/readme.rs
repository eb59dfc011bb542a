//! The README is a promise: its transcripts are typed again, and its script is run as it stands there.

use crate::desk::Desk;

const README: &str = include_str!("../../README.md");

/// The width that the transcripts were made for.
const COLUMNS: &str = "100";

/// Stands for lines of no interest.
const ELLIPSIS: &str = "…";

#[test]
fn the_transcripts_are_what_is_printed() {
    let script = blocks("rust").into_iter().next().unwrap();
    let desk = Desk::new()
        .var("COLUMNS", COLUMNS)
        .file("label-scanners.rhai", script);
    let mut commands = 0;
    for block in blocks("console") {
        for exchange in block.split("$ deskhand ").skip(1) {
            let (command, expected) = exchange.split_once('\n').unwrap();
            let ran = desk.run(command);
            let printed = without_tails(&format!("{}{}", ran.stdout, ran.stderr));
            assert!(
                matches(&without_tails(expected), &printed),
                "$ deskhand {command}\n{printed}\nbut the README says\n{expected}"
            );
            commands += 1;
        }
    }
    assert!(commands >= 8, "only {commands} commands were found in the README");
}

#[test]
fn the_lists_that_the_page_cuts_short_are_long() {
    let long = [
        ("list-computers --demo", 150),
        ("list-computers --demo --presence --groups", 150),
        ("list-computers --demo --ungrouped-only --output csv", 20),
    ];
    let desk = Desk::new();
    for (command, least) in long {
        assert!(README.contains(command), "the README has no `{command}`");
        let ran = desk.run(command);
        assert!(ran.stdout.lines().count() > least, "{}", ran.transcript());
    }
    for block in blocks("console") {
        for exchange in block.split("$ deskhand ").skip(1) {
            let (command, expected) = exchange.split_once('\n').unwrap();
            assert!(
                !expected.contains(ELLIPSIS) || long.iter().any(|(known, _)| *known == command),
                "nothing says how long the list of `{command}` is"
            );
        }
    }
}

#[test]
fn an_ellipsis_stands_for_any_lines_and_nothing_else_does() {
    assert!(matches("a\n…\nd\n", "a\nb\nc\nd\n"));
    assert!(matches("a\n…\n", "a\nb\n"));
    assert!(!matches("a\n…\nd\n", "a\nb\nc\n"));
    assert!(!matches("a\nb\n", "a\nb\nc\n"));
}

/// Returns the fenced blocks of a language.
fn blocks(language: &str) -> Vec<&'static str> {
    let fence = format!("```{language}\n");
    README
        .split(fence.as_str())
        .skip(1)
        .map(|rest| rest.split("```\n").next().unwrap())
        .collect()
}

/// Replaces what is random in the names of runs, such as `20261120T090000Z-demo-3f9a`.
fn without_tails(text: &str) -> String {
    const TAIL: usize = 4;
    let (start, end) = ("T090000Z-demo-", "xxxx");
    let mut parts = text.split(start);
    let mut told = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        told.extend([start, end, &part[TAIL..]]);
    }
    told
}

fn matches(expected: &str, printed: &str) -> bool {
    fn lines(expected: &[&str], printed: &[&str]) -> bool {
        match expected {
            [] => printed.is_empty(),
            [ELLIPSIS, rest @ ..] => (0..=printed.len()).any(|skipped| lines(rest, &printed[skipped..])),
            [line, rest @ ..] => printed.first().is_some_and(|p| p == line) && lines(rest, &printed[1..]),
        }
    }
    lines(
        &expected.lines().collect::<Vec<_>>(),
        &printed.lines().collect::<Vec<_>>(),
    )
}
