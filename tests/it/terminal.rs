//! A real terminal: questions, Ctrl-C, and tables that fit.

mod applying;
mod interruption;
mod profiles;
pub(crate) mod screen;

use screen::{Terminal, width};

use crate::desk::Desk;

#[test]
fn a_change_is_made_when_the_user_says_yes() {
    let desk = Desk::demo();
    let mut terminal = Terminal::open(&desk, "rename-computer ACC-LT-001 ACC-LT-900", 100);
    terminal.shows("This run is about to change profile `demo`");
    terminal.shows("rename 'ACC-LT-001' to 'ACC-LT-900'");
    terminal.shows("[y/N]");
    terminal.types("y\r");
    terminal.shows("1 done");
    assert_eq!(terminal.ends(), 0, "{}", terminal.screen());
}

#[test]
fn a_change_is_not_made_when_the_user_says_no_or_nothing() {
    for answer in ["n\r", "\r", "perhaps\r"] {
        let desk = Desk::demo();
        let mut terminal = Terminal::open(&desk, "rename-computer ACC-LT-001 ACC-LT-900", 100);
        terminal.shows("[y/N]");
        terminal.types(answer);
        terminal.shows("you said no");
        assert_eq!(terminal.ends(), 7, "{}", terminal.screen());
    }
}

#[test]
fn it_is_asked_once_a_run() {
    let script = "//! Renames two.\nrename(\"ACC-LT-001\", \"ACC-LT-901\");\nrename(\"ACC-LT-002\", \"ACC-LT-902\");\n";
    let desk = Desk::demo().file("two.rhai", script);
    let mut terminal = Terminal::open(&desk, "./two.rhai", 100);
    terminal.shows("[y/N]");
    terminal.types("yes\r");
    terminal.shows("2 done");
    assert_eq!(terminal.ends(), 0);
    assert_eq!(
        terminal.screen().matches("[y/N]").count(),
        1,
        "{}",
        terminal.screen()
    );
}

#[test]
fn a_missing_parameter_is_asked_for_until_it_can_be_used() {
    let script = "//! Waits.\nconst PARAMS = [#{ name: \"days\", type: \"int\", help: \"How many days\" }];\nparams.days * 2";
    let desk = Desk::demo().file("wait.rhai", script);
    let mut terminal = Terminal::open(&desk, "./wait.rhai --output json", 100);
    terminal.shows("days (How many days):");
    terminal.types("soon\r");
    terminal.shows("`soon`");
    terminal.types("21\r");
    terminal.shows("42");
    assert_eq!(terminal.ends(), 0, "{}", terminal.screen());
}

#[test]
fn a_question_with_choices_lists_them() {
    let script = "//! Picks.\nconst PARAMS = [#{ name: \"speed\", type: \"enum\", choices: [\"fast\", \"slow\"], help: \"How\" }];\nparams.speed";
    let desk = Desk::demo().file("pick.rhai", script);
    let mut terminal = Terminal::open(&desk, "./pick.rhai --output json", 100);
    terminal.shows("speed (How; one of fast, slow):");
    terminal.types("slow\r");
    terminal.shows("\"slow\"");
    assert_eq!(terminal.ends(), 0, "{}", terminal.screen());
}

#[test]
fn a_secret_is_not_shown_while_it_is_typed() {
    let script = "//! Keeps.\nconst PARAMS = [#{ name: \"password\", type: \"secret\", help: \"Which\" }];\n`kept ${params.password}`";
    let desk = Desk::demo().file("keep.rhai", script);
    let mut terminal = Terminal::open(&desk, "./keep.rhai", 100);
    terminal.shows("password (Which):");
    assert!(terminal.hides(), "{}", terminal.screen());
    terminal.types("open-sesame\r");
    assert_eq!(terminal.ends(), 0, "{}", terminal.screen());
    assert!(
        terminal.raw().contains("kept [redacted]"),
        "{}",
        terminal.screen()
    );
    assert!(!terminal.raw().contains("sesame"), "{}", terminal.screen());
}

#[test]
fn a_secret_that_a_script_ends_in_is_shown_to_a_terminal() {
    let desk = Desk::demo_of("remotepc");
    let mut terminal = Terminal::open(&desk, "connect-url DC-01 anna.berger@kestrel.example", 200);
    terminal.shows("/connect/process/");
    assert_eq!(terminal.ends(), 0, "{}", terminal.screen());
}

#[test]
fn ctrl_c_at_a_secret_leaves_a_terminal_that_shows_what_is_typed() {
    let script = "//! Keeps.\nconst PARAMS = [#{ name: \"password\", type: \"secret\", help: \"Which\" }];\nparams.password";
    let desk = Desk::demo().file("keep.rhai", script);
    let mut terminal = Terminal::open(&desk, "./keep.rhai", 100);
    terminal.shows("password (Which):");
    assert!(terminal.hides(), "{}", terminal.screen());
    terminal.types("\u{3}");
    assert_eq!(terminal.ends(), 130, "{}", terminal.screen());
    assert!(!terminal.hides(), "{}", terminal.screen());
}

#[test]
fn ctrl_c_stops_whatever_a_script_is_doing() {
    for (what, body) in [
        ("an endless loop", "loop {}"),
        (
            "an endless loop that catches all it can",
            "loop { try { loop {} } catch { } }",
        ),
        ("a sleep", "sleep(600);"),
        ("a closure", "[1].map(|x| { loop {} });"),
    ] {
        let desk = Desk::demo().file(
            "endless.rhai",
            &format!("//! Goes on.\nprint(\"begun\");\n{body}\n"),
        );
        let mut terminal = Terminal::open(&desk, "./endless.rhai", 100);
        terminal.shows("begun");
        terminal.types("\u{3}");
        assert_eq!(terminal.ends(), 130, "{what}\n{}", terminal.screen());
        assert!(
            terminal.screen().contains("interrupted"),
            "{what}\n{}",
            terminal.screen()
        );
    }
}

#[test]
fn ctrl_c_at_a_question_is_no_answer() {
    let desk = Desk::demo();
    let mut terminal = Terminal::open(&desk, "rename-computer ACC-LT-001 ACC-LT-900", 100);
    terminal.shows("[y/N]");
    terminal.types("\u{3}");
    assert_eq!(terminal.ends(), 130, "{}", terminal.screen());
}

#[test]
fn a_table_fits_a_narrow_terminal_and_says_what_it_leaves_out() {
    let desk = Desk::demo();
    let mut terminal = Terminal::open(&desk, "list-computers", 60);
    assert_eq!(terminal.ends(), 0);
    let lines = terminal.lines();
    assert!(lines.len() > 200, "only {} lines", lines.len());
    let (notes, table): (Vec<&String>, Vec<&String>) =
        lines.iter().partition(|line| line.contains("not shown"));
    assert_eq!(
        notes.len(),
        1,
        "nothing says that columns are missing\n{}",
        terminal.screen()
    );
    for line in table {
        assert!(width(line) <= 60, "too wide: {line}");
    }
    assert!(
        lines[0].contains("Name") && lines[0].contains("Last seen"),
        "{}",
        lines[0]
    );
}

#[test]
fn a_name_that_would_steer_the_terminal_is_shown_instead() {
    let desk = Desk::demo();
    let mut terminal = Terminal::open(&desk, "list-computers --output text", 100);
    assert_eq!(terminal.ends(), 0);
    assert!(
        terminal.lines().iter().any(|line| line.contains(r"\u{1b}[31m")),
        "{}",
        terminal.screen()
    );
    assert!(
        !terminal.raw().contains("\u{1b}[31m"),
        "an escape of a name reached the terminal"
    );
}

#[test]
fn csv_steers_no_terminal_either_and_is_whole_off_one() {
    let desk = Desk::demo();
    let line = "list-computers --output csv";
    let mut terminal = Terminal::open(&desk, line, 100);
    assert_eq!(terminal.ends(), 0);
    assert!(
        terminal.raw().contains(r"\u{1b}[31m"),
        "the name is not there\n{}",
        terminal.screen()
    );
    assert!(
        !terminal.raw().contains('\u{1b}'),
        "an escape reached the terminal"
    );
    desk.run(line).succeeds().prints("\u{1b}[31m");
}
