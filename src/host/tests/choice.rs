//! Choosing among the rows that a script ends in.

use super::Desk;
use crate::fleet::Error;
use crate::host::choose_without_fleet;
use crate::output::{Cell, Column, Document, Table};

const ALL: &str = "table(list_computers(#{ groups: true }), \"computers\")";

fn count(document: &Document) -> usize {
    document.count().unwrap()
}

fn rows(document: &Document) -> Vec<Vec<Cell>> {
    document.as_table().unwrap().rows.clone()
}

/// The error's message, and its hint.
fn said(chosen: Result<Document, Error>) -> (String, String) {
    let error = chosen.unwrap_err();
    assert_eq!(error.kind.as_str(), "invalid", "{error:?}");
    (error.message, error.hint.unwrap_or_default())
}

#[test]
fn rows_of_a_table_are_chosen_as_records_are() {
    let desk = Desk::new();
    for condition in [
        "name == \"DC-01\"",
        "name.starts_with(\"ACC\") && os != ()",
        "last_seen != () && last_seen < ago(\"90d\")",
        "last_seen != () && last_seen > time(\"2026-11-19T00:00:00Z\")",
        "\"Servers\" in groups",
        "list_computers().len > groups.len + 10 && groups.len > 1",
    ] {
        let option = condition.replace('"', "\\\"");
        let records = format!("list_computers(#{{ groups: true, where: \"{option}\" }})");
        let wanted = desk
            .choose(&format!("table({records}, \"computers\")"), "true")
            .unwrap();
        assert!(count(&wanted) > 0, "{condition}");
        let chosen = desk.choose(ALL, condition).unwrap();
        assert_eq!(rows(&chosen), rows(&wanted), "{condition}");
    }
}

#[test]
fn what_is_wrong_is_told_as_the_option_of_a_list_tells_it() {
    let desk = Desk::new();
    for (condition, message, hint) in [
        ("os", "it is a value of type string for '", ""),
        (
            "nmae == 5",
            "`--where 'nmae == 5'` cannot be used: Undefined variable: nmae",
            "did you mean `name`?",
        ),
        (
            "zzz",
            "Undefined variable: zzz",
            "there is name, last_seen, groups, os",
        ),
        (
            "online == false",
            "online state of '",
            "load it with list_computers(#{ presence: true })",
        ),
        (
            "raw.name == \"x\"",
            "`raw` is a field of each record, and no column of a table",
            "in a script",
        ),
        (
            "name == \"pump-house\" && last_seen < now()",
            "cannot compare a moment with nothing: the vendor did not say (at 'pump-house')",
            "ask first",
        ),
        ("name ==", "cannot be used", ""),
        ("", "cannot be used", ""),
    ] {
        let (told, advice) = said(desk.choose(ALL, condition));
        assert!(told.contains(message), "{condition}: {told}");
        assert!(advice.contains(hint), "{condition}: {advice}");
    }
}

#[test]
fn records_in_a_list_and_a_record_alone_have_their_fields() {
    let desk = Desk::new();
    let list = desk.choose("list_computers()", "name == \"DC-01\"").unwrap();
    assert_eq!(count(&list), 1);
    let one = "find_computer(\"DC-01\")";
    assert!(matches!(
        desk.choose(one, "name == \"DC-01\""),
        Ok(Document::Row(_))
    ));
    assert_eq!(desk.choose(one, "name != \"DC-01\""), Ok(Document::Nothing));
    let (_, hint) = said(desk.choose(one, "online == true"));
    assert_eq!(hint, "load it with list_computers(#{ presence: true })");
}

#[test]
fn maps_have_their_keys_and_values_are_called_value() {
    let desk = Desk::new();
    let maps = "[#{ n: 1, \"Last seen\": \"x\" }, #{ n: 2 }, #{ n: 3, \"2nd\": true }]";
    for (condition, kept) in [
        ("n > 1", 2),
        ("Last_seen == \"x\"", 1),
        ("column_2nd == true", 1),
        ("column_2nd == ()", 2),
    ] {
        assert_eq!(count(&desk.choose(maps, condition).unwrap()), kept, "{condition}");
    }
    assert_eq!(count(&desk.choose("[3, \"a\", ()]", "value == ()").unwrap()), 1);
    assert_eq!(desk.choose("#{ n: 1 }", "n > 1"), Ok(Document::Nothing));
}

#[test]
fn a_row_without_a_name_is_told_by_its_number() {
    let (message, _) = said(Desk::new().choose("[#{ n: true }, #{ n: 2 }]", "n"));
    assert!(
        message.contains("it is a value of type i64 for 'row 2'"),
        "{message}"
    );
}

#[test]
fn a_name_that_is_made_fit_does_not_take_that_of_another_column() {
    let maps = "[#{ a_b: 1, \"a b\": 2 }]";
    assert_eq!(count(&Desk::new().choose(maps, "a_b == 1").unwrap()), 1);
}

#[test]
fn nothing_and_an_empty_list_stay_and_a_value_alone_is_an_error() {
    let desk = Desk::new();
    assert_eq!(desk.choose("()", "zzz"), Ok(Document::Nothing));
    assert_eq!(desk.choose("[]", "zzz > 1"), Ok(Document::List(vec![])));
    assert_eq!(
        said(desk.choose("1", "true")).0,
        "`--where` chooses among rows, and this is a single value"
    );
    let empty = "table([], \"computers\")";
    assert_eq!(count(&desk.choose(empty, "online == true").unwrap()), 0);
    assert_eq!(said(desk.choose(empty, "nmae == 1")).1, "did you mean `name`?");
}

#[test]
fn nothing_is_changed_by_a_choice() {
    let desk = Desk::new();
    let (message, _) = said(desk.choose(ALL, "rename(name, \"x\") != ()"));
    assert!(message.contains("only chooses"), "{message}");
    assert_eq!(desk.writes(), 0);
}

#[test]
fn a_choice_ends_with_the_run() {
    let desk = Desk::new();
    let rows = Document::List(vec![Cell::Int(1), Cell::Int(2)]);
    desk.cancel.raise();
    let error = desk
        .choose_among(rows, "value > 1 || list_computers().len > 0")
        .unwrap_err();
    assert_eq!(error.kind.as_str(), "cancelled");
}

#[test]
fn an_expression_may_be_deep() {
    let deep = format!("{}true{}", "(".repeat(100), ")".repeat(100));
    assert_eq!(count(&Desk::new().choose("[1]", &deep).unwrap()), 1);
}

#[test]
fn a_table_of_no_fleet_is_chosen_from_without_one() {
    let table = || {
        Document::Table(Table {
            rows: vec![
                vec![Cell::text("a"), Cell::List(vec![Cell::text("X")])],
                vec![Cell::text("b"), Cell::List(vec![])],
            ],
            ..Table::new(vec![Column::named("name"), Column::named("needs")])
        })
    };
    let chosen = choose_without_fleet(table(), "needs.contains(\"X\")").unwrap();
    assert_eq!(count(&chosen), 1);
    let (message, _) = said(choose_without_fleet(table(), "list_computers().len == 0"));
    assert!(message.contains("list_computers"), "{message}");
}
