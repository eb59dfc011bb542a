//! Options about data that cannot be followed, and lists that cannot be read.

use super::fails;
use crate::desk::Desk;

const READ: &str = "//! Reads.\nconst PARAMS = [#{ name: \"file\", type: \"file\", help: \"Which\" }];\nread_list(params.file)\n";

#[test]
fn a_column_that_there_is_not() {
    let desk = Desk::demo();
    for option in ["--columns", "--sort"] {
        fails(&desk, &format!("list-computers {option} last_sen"), 2)
            .says(&format!("error: {option}: there is no column `last_sen`"))
            .says("hint: did you mean `last_seen`? (the columns are name, last_seen, os, ");
        fails(&desk, &format!("list-computers {option} zzz"), 2)
            .says("hint: the columns are name, last_seen, os, ");
    }
    fails(&desk, "list-computers --columns name,Name", 2).says("--columns: the column `Name` is named twice");
    fails(&desk, "scripts --columns nme", 2).says("did you mean `name`?");
}

#[test]
fn a_column_that_was_not_loaded() {
    for option in ["--columns name,online", "--sort online"] {
        fails(&Desk::demo(), &format!("list-computers {option}"), 2)
            .says("not loaded")
            .says("hint: add --presence;");
    }
}

#[test]
fn a_list_of_columns_that_is_none() {
    let desk = Desk::demo();
    fails(&desk, "list-computers --columns name,,id", 2).says("a column has no name");
    fails(&desk, "list-computers --sort --columns", 2).says("name a column");
}

#[test]
fn an_expression_that_is_neither_true_nor_false() {
    let desk = Desk::demo();
    fails(&desk, "list-computers --where name", 2)
        .says("error: `--where 'name'` cannot be used: it is a value of type string for 'ACC-LT-001', not true or false");
    fails(&desk, "list-computers --where \"nmae == 1\"", 2).says("hint: did you mean `name`?");
    fails(&desk, "list-computers --where \"name ==\"", 2).says("cannot be used: ");
    fails(&desk, "list-computers --where \"last_seen < now()\"", 2)
        .says("cannot compare a moment with nothing: the vendor did not say (at '");
    fails(&desk, "list-computers --where \"raw.x == 1\"", 2).says("`raw` is a field of each record");
    fails(&desk, "scripts --where \"name == 1 || list_computers()\"", 2).says("list_computers");
}

#[test]
fn a_choice_among_what_has_no_rows() {
    let desk = Desk::demo().file("one.rhai", "//! One.\n7\n");
    fails(&desk, "./one.rhai --where true", 2)
        .says("`--where` chooses among rows, and this is a single value");
}

#[test]
fn a_spreadsheet_of_what_is_no_csv() {
    let desk = Desk::demo();
    for line in [
        "list-computers --excel",
        "--excel list-computers --output json",
        "--excel list-computers --out x.json",
        "--excel scripts",
    ] {
        fails(&desk, line, 2).says("--excel is for CSV alone");
    }
}

#[test]
fn a_parameter_that_bears_the_name_of_an_option_about_data() {
    for name in ["columns", "where", "sort", "out", "excel"] {
        let script = format!(
            "//! Bad.\nconst PARAMS = [#{{ name: \"{name}\", type: \"string\", help: \"x\" }}];\n1\n"
        );
        fails(&Desk::demo().file("bad.rhai", &script), "./bad.rhai", 3)
            .says(name)
            .says("bad.rhai:2:");
    }
}

#[test]
fn a_list_with_rows_that_are_wrong() {
    let rows: Vec<String> = (0..14).map(|n| format!(",id-{n}")).collect();
    let desk = Desk::demo()
        .file("read.rhai", READ)
        .file("bad.csv", &format!("Name,EntryID\nPC-1,x\n{}\n", rows.join("\n")))
        .file("quote.csv", "Name\nPC-1\n\"PC-2\nPC-3\n");
    let ran = fails(&desk, "./read.rhai bad.csv", 2);
    ran.says("`bad.csv` cannot be used: 14 of its rows are wrong")
        .says("caused by: line 3: `Name` is empty")
        .says("caused by: line 12: `Name` is empty")
        .says("caused by: and 4 more");
    assert!(!ran.stderr.contains("line 13"), "{}", ran.transcript());
    fails(&desk, "./read.rhai quote.csv", 2)
        .says("`quote.csv` cannot be used: line 3: a quote is opened here and never closed");
}

#[test]
fn a_list_that_is_none() {
    let desk = Desk::demo()
        .file("read.rhai", READ)
        .file("other.csv", "Nmae,EntryID\nx,y\n");
    fails(&desk, "./read.rhai none.csv", 2).says("`none.csv` cannot be read");
    fails(&desk, "./read.rhai other.csv", 2)
        .says("`other.csv` cannot be used: there is no column `Name`")
        .says("did you mean `Nmae`?");
    desk.run("list-computers --out table").succeeds();
    fails(&desk, "./read.rhai table", 2)
        .says("it is a table for people to read")
        .says("--output csv");
}
