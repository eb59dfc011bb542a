//! What is read from a command line of the original's, and what it is turned into.

mod refused;
mod words;

use std::ffi::OsString;
use std::path::Path;

use crate::output::Format;

use super::super::args::Globals;
use super::super::failure::Failure;
use super::flags::Flag;
use super::operations::OPERATIONS;
use super::option::Choice;
use super::order::Order;
use super::parse::Typed;

const HERE: &str = "/here";

fn typed(words: &[&str]) -> Result<Typed, Failure> {
    Typed::read(&words.iter().map(OsString::from).collect::<Vec<_>>())
}

fn order(words: &[&str]) -> Result<Order, Failure> {
    Order::of(typed(words)?)
}

/// What is run instead, as one would type it after `deskhand`. Nothing is looked up.
fn instead(words: &[&str]) -> String {
    let never = |_| panic!("{words:?}: nothing need be looked up");
    let words = order(words).unwrap().words(never).unwrap();
    words
        .iter()
        .map(|word| word.to_str().unwrap())
        .collect::<Vec<_>>()
        .join(" ")
}

fn globals(words: &[&str]) -> Globals {
    order(words)
        .unwrap()
        .globals(Globals::default(), Path::new(HERE))
        .unwrap()
}

#[track_caller]
fn refused(words: &[&str], message: &str, hint: &str) {
    let failure = order(words)
        .and_then(|order| {
            order.globals(Globals::default(), Path::new(HERE))?;
            order.words(|_| Ok(Vec::new()))
        })
        .unwrap_err();
    assert_eq!(failure.code, 2);
    assert_eq!(failure.message, message, "{words:?}");
    let said = failure.hint.unwrap_or_default();
    assert!(said.contains(hint), "{words:?}: `{hint}` is not in `{said}`");
}

#[test]
fn names_are_found_in_any_case_and_by_a_beginning_of_their_own() {
    for (words, script) in [
        (["-listcomputers", "-csv"], "list-computers"),
        (["-ListComputers", "-Csv"], "list-computers"),
        (["-LISTCOMPUTERS", "-T"], "list-computers"),
        (["-listcomputers", "-grid"], "list-computers"),
        (["-lista", "-conn"], "list-audit-events --connections-only"),
        (["\u{2013}listp", "\u{2014}csv"], "list-presence"),
    ] {
        assert_eq!(instead(&words), script, "{words:?}");
    }
}

#[test]
fn a_whole_name_is_found_though_others_begin_with_it() {
    assert_eq!(instead(&["-removecomputer", "PC"]), "remove-computer -- PC");
    assert_eq!(instead(&["-findcomputer", "PC"]), "find-computer -- PC");
    refused(
        &["-removecomputerlist", "a.csv"],
        "`-removecomputerlist` is the beginning of 2 options",
        "-removecomputerlistbyname, -removecomputerlistbyid",
    );
}

#[test]
fn an_argument_follows_or_is_joined_by_a_colon() {
    for words in [
        &["-findcomputer", "PC 7"][..],
        &["-findcomputer:PC 7"],
        &["-FindComputer:", "PC 7"],
        &["-findcomputer", "  PC 7 "],
    ] {
        assert_eq!(instead(words), "find-computer -- PC 7", "{words:?}");
    }
    for (typed, name) in [
        ("'PC 7'", "PC 7"),
        ("'O''Brien'", "O'Brien"),
        ("O'Brien", "O'Brien"),
        ("'A','B'", "'A','B'"),
    ] {
        assert_eq!(
            instead(&["-findcomputer", typed]),
            format!("find-computer -- {name}")
        );
    }
    // The first colon alone parts the name from the value.
    assert_eq!(
        instead(&[r"-removecomputerlistbyid:C:\lists\old.txt"]),
        r"remove-computers --by-id -- C:\lists\old.txt"
    );
    assert_eq!(instead(&["-findcomputer:-x"]), "find-computer -- -x");
    assert_eq!(instead(&["-findcomputer", "-7"]), "find-computer -- -7");
}

#[test]
fn a_switch_may_say_that_it_is_off() {
    for (switch, force) in [
        (&["-force"][..], true),
        (&["-Force:$true"], true),
        (&["-force:True"], true),
        (&["-force:", "$true"], true),
        (&["-force:$false"], false),
        (&["-force:$FALSE"], false),
        (&[], false),
    ] {
        let words = [&["-cleanallduplicates"][..], switch].concat();
        assert_eq!(globals(&words).force, force, "{words:?}");
    }
    refused(
        &["-cleanallduplicates", "-force:yes"],
        "`-force:yes` is neither true nor false",
        "-force:$false",
    );
    refused(
        &["-listusers:$false"],
        "no option says what is to be done",
        "-help",
    );
}

#[test]
fn deskhands_own_options_stand_anywhere_with_two_dashes() {
    let words = [
        "--profile",
        "acme",
        "-listusers",
        "--max-removals=7",
        "-csv",
        "--dry-run",
        "--columns",
        "email,roles",
    ];
    let globals = globals(&words);
    assert_eq!(globals.profile.as_deref(), Some("acme"));
    assert_eq!(globals.guards.max_removals, Some(7));
    assert!(globals.dry_run);
    assert_eq!(globals.display.columns, ["email", "roles"]);
    // A demo takes its vendor with an equals sign only, and no word that follows.
    let typed = typed(&["--demo", "-listusers"]).unwrap();
    assert!(typed.globals.demo.is_some() && typed.operation.is_some());
    assert!(typed.flags.is_empty() && !typed.help);
}

#[test]
fn help_is_asked_for_in_four_ways() {
    for word in ["-help", "-?", "--help", "-H"] {
        assert!(typed(&[word]).unwrap().help, "{word}");
    }
}

#[test]
fn a_list_has_the_columns_that_were_asked_for_and_goes_where_it_went() {
    let display = globals(&["-listcomputers"]).display;
    assert_eq!(
        (display.output, display.out.is_none()),
        (Some(Format::Text), true)
    );
    assert_eq!(display.columns, ["Name"]);
    let display = globals(&["-listcomputers", "-withgroups", "-entryid", "-csv"]).display;
    assert_eq!(display.columns, ["Name", "EntryID", "Groups"]);
    assert_eq!(display.output, Some(Format::Csv));
    assert_eq!(display.out, Some(Path::new(HERE).join("Computers.csv")));
    let display = globals(&["-listcomputers", "-csv", "--out", "x.txt"]).display;
    assert_eq!(
        (display.format(), display.out),
        (Format::Csv, Some("x.txt".into()))
    );
    for (words, format) in [
        (&["-listusers", "-gridview"][..], Format::Table),
        (&["-listusers", "-table"], Format::Table),
        (&["-listusers", "-table", "-gridview"], Format::Table),
        (&["-listusers", "--output", "json"], Format::Json),
        (&["-listusers", "--out", "x.jsonl"], Format::JsonLines),
        (&["-listusers", "--out", "x"], Format::Text),
    ] {
        assert_eq!(globals(words).display.format(), format, "{words:?}");
    }
}

#[test]
fn a_file_and_a_table_go_together() {
    for (words, beside) in [
        (&["-listusers", "-csv"][..], None),
        (&["-listusers", "-csv", "-table"], Some(Format::Table)),
        (&["-listusers", "-csv", "-gridview"], Some(Format::Table)),
        (
            &["-listusers", "-table", "-gridview", "-csv"],
            Some(Format::Table),
        ),
    ] {
        let display = globals(words).display;
        assert_eq!(
            (display.format(), display.beside),
            (Format::Csv, beside),
            "{words:?}"
        );
        assert_eq!(display.out, Some(Path::new(HERE).join("Users.csv")), "{words:?}");
    }
}

#[test]
fn a_format_that_was_asked_for_before_the_verb_is_not_passed_over() {
    let early = globals(&["-listusers", "--output", "json"]);
    let order = order(&["-listusers", "-csv"]).unwrap();
    let failure = order.globals(early, Path::new(HERE)).unwrap_err();
    assert_eq!(failure.message, "`-csv` and `--output json` exclude each other");
}

#[test]
fn only_what_had_force_asks() {
    let asking: Vec<&str> = OPERATIONS.iter().filter(|o| o.asks()).map(|o| o.option).collect();
    assert_eq!(
        asking,
        [
            "removecomputer",
            "removecomputerlistbyname",
            "removecomputerlistbyid",
            "cleanduplicates",
            "cleanallduplicates",
            "cleanstalecomputers",
        ]
    );
    assert!(globals(&["-removeuser", "a@b.example"]).force);
    assert!(!globals(&["-removecomputer", "PC"]).force);
    assert!(globals(&["-removecomputer", "PC", "--force"]).force);
}

#[test]
fn the_table_is_whole_and_no_name_stands_for_two_things() {
    let mut names: Vec<&str> = OPERATIONS.iter().map(|operation| operation.option).collect();
    names.extend(Flag::ALL.map(Flag::name));
    for name in &names {
        assert_eq!(Choice::find(name).unwrap().name(), *name);
    }
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), OPERATIONS.len() + Flag::ALL.len());
    for operation in &OPERATIONS {
        assert_eq!(
            operation.file.is_some(),
            operation.flags.contains(&Flag::Csv),
            "{}",
            operation.option
        );
        for (column, flag) in operation.columns {
            let offered = flag.is_none_or(|flag| operation.flags.contains(&flag));
            assert!(offered, "{}: {column}", operation.option);
        }
    }
}
