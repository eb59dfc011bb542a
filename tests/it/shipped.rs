//! What the shipped scripts say of themselves is so.

use crate::desk::Desk;

/// The examples of all scripts that can be typed without an account.
fn examples() -> Vec<String> {
    let desk = Desk::new();
    let scripts = desk.run("scripts --output text");
    let mut examples = Vec::new();
    for script in scripts.succeeds().stdout.lines() {
        let help = desk.run(&format!("{script} --help"));
        let lines = help
            .succeeds()
            .stdout
            .lines()
            .filter_map(|line| line.trim().strip_prefix("deskhand "));
        let own: Vec<String> = lines
            .filter(|line| line.starts_with(script))
            .map(str::to_owned)
            .collect();
        assert!(!own.is_empty(), "{script} has no example");
        examples.extend(own.into_iter().filter(|line| line.contains("--demo")));
    }
    examples
}

#[test]
fn every_example_in_the_help_of_a_script_works_as_it_stands() {
    let examples = examples();
    assert!(examples.len() >= 8, "{examples:?}");
    for line in examples {
        let ran = Desk::new().run(&line);
        let expected = if line.contains("--dry-run") { 6 } else { 0 };
        assert_eq!(ran.code, Some(expected), "{}", ran.transcript());
        assert!(!ran.stdout.trim().is_empty(), "{}", ran.transcript());
    }
}
