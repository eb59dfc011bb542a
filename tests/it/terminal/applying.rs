//! A plan that is being applied: the question before it, the bar, Ctrl-C, and how to go on.

use super::screen::{Terminal, width};
use crate::desk::Desk;
use crate::team::Team;

const CTRL_C: &str = "\u{3}";

/// Renames so many computers, as one plan.
const MANY: &str = r#"//! Renames many computers.
const PARAMS = [#{ name: "many", type: "int", help: "How many" }];
let p = plan();
let seen = #{};
for computer in list_computers() {
    let name = computer.name;
    if p.len < params.many && !(name in seen) {
        p.rename(computer, name + " (new)");
        seen[name] = true;
    }
}
p.apply();
"#;

fn desk() -> Desk {
    Desk::demo().file("many.rhai", MANY)
}

#[test]
fn the_question_shows_the_first_changes_and_says_how_many_there_are() {
    let desk = desk();
    let mut terminal = Terminal::open(&desk, "./many.rhai 23", 70);
    terminal.shows("[y/N]");
    let lines = terminal.lines();
    let told = |text: &str| lines.iter().any(|line| line.contains(text));
    assert!(told("profile `demo`: 23 changes: 23 computers to rename"));
    let rows: Vec<&String> = lines.iter().filter(|line| line.starts_with("rename ")).collect();
    assert_eq!(rows.len(), 20, "{}", terminal.screen());
    for row in rows {
        assert!(width(row) <= 70, "too wide: {row}");
    }
    assert!(told("… and 3 more; --dry-run shows all"));
    assert!(told(
        "about to make 23 changes in profile `demo`, from 'ACC-LT-001' to "
    ));
    terminal.types("n\r");
    terminal.shows("you said no");
    assert_eq!(terminal.ends(), 7);
}

#[test]
fn a_question_says_what_it_is_about_even_where_quiet_is_wanted() {
    let desk = desk();
    let mut terminal = Terminal::open(&desk, "./many.rhai 2 --quiet", 100);
    terminal.shows("[y/N]");
    let screen = terminal.screen();
    assert!(screen.contains("2 changes: 2 computers to rename"), "{screen}");
    assert!(screen.contains("ACC-LT-002 (new)"), "{screen}");
    terminal.types("y\r");
    assert_eq!(terminal.ends(), 0);
    assert!(!terminal.screen().contains("Changes:"), "{}", terminal.screen());
}

#[test]
fn a_bar_shows_how_far_it_is_until_ctrl_c_and_what_to_do_then() {
    let team = Team::with("--latency 100");
    let desk = team.desk().file("many.rhai", MANY);
    let line = "./many.rhai 60 --force --jobs 1 --report run.json";
    let mut terminal = Terminal::open(&desk, line, 100);
    terminal.shows("of 60 changes");
    terminal.shows("█");
    terminal.types(CTRL_C);
    terminal.shows("hint: go on with: deskhand apply --resume ");
    assert_eq!(terminal.ends(), 130, "{}", terminal.screen());
    let screen = terminal.screen();
    assert!(!screen.contains('░'), "the bar is still there\n{screen}");
    assert!(!screen.contains("^C"), "{screen}");
    assert!(screen.contains("error: interrupted: "), "{screen}");
    assert!(screen.contains(" of 60 changes made"), "{screen}");
    let report = std::fs::read_to_string(desk.desk().join("run.json")).unwrap();
    let report: serde_json::Value = serde_json::from_str(&report).unwrap();
    assert_eq!(report["exit_code"], 130);
    let counts = &report["profiles"][0]["counts"];
    let count = |name: &str| counts[name].as_u64().unwrap();
    assert!(count("not_sent") > 0, "{counts}");
    assert_eq!(count("done") + count("not_sent"), 60, "{counts}");
    // The run that is told to be gone on with is the one that the journal knows to have been broken off.
    let run = report["profiles"][0]["run"].as_str().unwrap();
    assert!(
        screen.replace('\n', "").contains(&format!("--resume {run}")),
        "{screen}"
    );
    let left = desk.run(&format!("journal show {run} --output json")).json();
    let left = left.as_array().unwrap();
    let not_begun = left.iter().filter(|row| row["outcome"] == "not_begun").count();
    assert_eq!(not_begun as u64, count("not_sent"));
    desk.run(&format!("apply --resume {run}")).succeeds();
}

#[test]
fn a_narrow_terminal_has_a_line_of_words_and_is_left_clean() {
    let team = Team::with("--latency 30");
    let desk = team.desk().file("many.rhai", MANY);
    let mut terminal = Terminal::open(&desk, "./many.rhai 12 --force --jobs 1", 30);
    terminal.shows("of 12 changes");
    assert_eq!(terminal.ends(), 0, "{}", terminal.screen());
    let screen = terminal.screen();
    assert!(!terminal.raw().contains('█'), "{screen}");
    assert!(screen.ends_with("Changes: 12 done"), "{screen}");
}

#[test]
fn a_terminal_that_cannot_move_its_cursor_gets_no_bar() {
    let team = Team::with("--latency 30");
    let desk = team.desk().file("many.rhai", MANY).var("TERM", "dumb");
    let mut terminal = Terminal::open_as_it_is(&desk, "./many.rhai 12 --force --jobs 1", 100);
    assert_eq!(terminal.ends(), 0, "{}", terminal.screen());
    assert!(!terminal.raw().contains("of 12 changes"), "{}", terminal.screen());
    assert!(!terminal.raw().contains('\u{1b}'), "{}", terminal.raw());
}
