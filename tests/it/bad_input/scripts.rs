//! Errors in scripts: the file, the line, a caret under the place, and the way there.

use super::fails;
use crate::desk::{Desk, Ran};

/// Checks that an excerpt shows `line` of `file`, and that the caret of the line below stands under `word`.
#[track_caller]
fn points_at(ran: &Ran, file: &str, number: usize, line: &str, word: &str) {
    ran.says(&format!("{file}:{number}:"));
    let said: Vec<&str> = ran.stderr.lines().collect();
    let at = said
        .iter()
        .position(|said| said.contains("| ") && said.contains(line))
        .unwrap_or_else(|| panic!("`{line}` is not shown\n{}", ran.transcript()));
    assert!(
        said[at].trim_start().starts_with(&number.to_string()),
        "{}",
        ran.transcript()
    );
    let column = said[at].find(word).unwrap();
    assert_eq!(
        said[at + 1].find('^'),
        Some(column),
        "the caret is not under `{word}`\n{}",
        ran.transcript()
    );
}

#[test]
fn an_error_of_syntax() {
    let desk = Desk::demo().file("bad.rhai", "//! Bad.\nlet a = 1;\nlet b = a +* 2;\n");
    let ran = fails(&desk, "./bad.rhai", 3);
    points_at(&ran, "bad.rhai", 3, "let b = a +* 2;", "*");
}

#[test]
fn a_variable_that_there_is_not() {
    let desk = Desk::demo().file("bad.rhai", "//! Bad.\nlet name = \"x\";\nnmae\n");
    let ran = fails(&desk, "./bad.rhai", 3);
    points_at(&ran, "bad.rhai", 3, "nmae", "nmae");
}

#[test]
fn a_function_that_there_is_not() {
    let desk = Desk::demo().file("bad.rhai", "//! Bad.\nlist_computer()\n");
    let ran = fails(&desk, "./bad.rhai", 3);
    points_at(&ran, "bad.rhai", 2, "list_computer()", "list_computer");
    ran.says("list_computers");
}

#[test]
fn an_error_of_the_vendor_in_a_function_of_a_module() {
    let script = "//! Bad.\nlet id = \"nope\";\nlet entry = realvnc::read_entry(id);\n";
    let ran = fails(&Desk::demo().file("bad.rhai", script), "./bad.rhai", 2);
    points_at(
        &ran,
        "bad.rhai",
        3,
        "let entry = realvnc::read_entry(id);",
        "read_entry",
    );
}

#[test]
fn a_field_that_there_is_not() {
    let script = "//! Bad.\nlet computer = list_computers()[0];\ncomputer.last_sen\n";
    let ran = fails(&Desk::demo().file("bad.rhai", script), "./bad.rhai", 2);
    points_at(&ran, "bad.rhai", 3, "computer.last_sen", "last_sen");
    ran.says("did you mean `last_seen`?");
}

#[test]
fn an_option_of_a_function_that_is_misspelt() {
    let desk = Desk::demo().file("bad.rhai", "//! Bad.\nlist_computers(#{ group: true })\n");
    let ran = fails(&desk, "./bad.rhai", 2);
    ran.says("bad.rhai:2:")
        .says("`group`")
        .says("did you mean `groups`?");
}

#[test]
fn a_field_that_is_misspelt_is_no_silent_nothing() {
    let desk = Desk::demo().file(
        "bad.rhai",
        "//! Bad.\nlist_computers().filter(|c| c.last_sen == ())\n",
    );
    fails(&desk, "./bad.rhai", 2)
        .says("bad.rhai:2:")
        .says("last_sen")
        .says("last_seen");
}

#[test]
fn an_error_through_an_import_shows_both_places() {
    let desk = Desk::demo()
        .file(
            "main.rhai",
            "//! Main.\nimport \"lib/inner\" as inner;\nlet deep = inner::divide(7);\ndeep\n",
        )
        .file(
            "lib/inner.rhai",
            "fn divide(n) {\n    let nought = n - 7;\n    n / nought\n}\n",
        );
    let ran = fails(&desk, "./main.rhai", 3);
    points_at(&ran, "inner.rhai", 3, "n / nought", "/");
    ran.says("main.rhai:3:").says("let deep = inner::divide(7);");
}

#[test]
fn an_import_that_there_is_not() {
    let desk = Desk::demo()
        .file("bad.rhai", "//! Bad.\nimport \"lib/iner\" as inner;\n")
        .file("lib/inner.rhai", "fn f() { 1 }\n");
    fails(&desk, "./bad.rhai", 3).says("bad.rhai:2:").says("lib/iner");
}

#[test]
fn imports_in_a_circle() {
    let desk = Desk::demo()
        .file("a.rhai", "//! A.\nimport \"b\" as b;\nb::f()\n")
        .file("b.rhai", "import \"c\" as c;\nfn f() { 1 }\n")
        .file("c.rhai", "import \"b\" as b;\nfn f() { 1 }\n");
    fails(&desk, "./a.rhai", 3).says("b.rhai").says("c.rhai");
}

#[test]
fn an_error_that_a_script_throws() {
    let desk = Desk::demo().file("bad.rhai", "//! Bad.\nthrow \"the moon is full\";\n");
    fails(&desk, "./bad.rhai", 3)
        .says("the moon is full")
        .says("bad.rhai:2:");
}

#[test]
fn a_parameter_that_bears_the_name_of_a_global_option() {
    let script = "//! Bad.\nconst PARAMS = [#{ name: \"profile\", type: \"string\", help: \"Which\" }];\nparams.profile\n";
    let desk = Desk::demo().file("bad.rhai", script);
    fails(&desk, "./bad.rhai", 3).says("profile").says("bad.rhai:2:");
}

#[test]
fn a_declaration_with_an_unknown_key() {
    let script = "//! Bad.\nconst PARAMS = [#{ nme: \"a\", type: \"string\", help: \"Which\" }];\n1\n";
    let desk = Desk::demo().file("bad.rhai", script);
    fails(&desk, "./bad.rhai", 3).says("nme").says("bad.rhai:2:");
}

#[test]
fn a_permission_or_a_function_that_there_is_not() {
    let script = "//! Bad.\nconst NEEDS = [\"LIST_ENTRYS\"];\n1\n";
    let ran = fails(&Desk::demo().file("bad.rhai", script), "./bad.rhai", 3);
    points_at(&ran, "bad.rhai", 2, "const NEEDS", "\"LIST_ENTRYS\"");
    ran.says("did you mean `LIST_ENTRIES`?");
    let script = "//! Bad.\nconst WRITES = [\"rename\", \"group_ad\"];\n1\n";
    let ran = fails(&Desk::demo().file("bad.rhai", script), "./bad.rhai", 3);
    points_at(&ran, "bad.rhai", 2, "const WRITES", "\"group_ad\"");
    ran.says("did you mean `group_add`?");
}

#[test]
fn a_script_that_never_stops_calling_itself() {
    let desk = Desk::demo().file("deep.rhai", "//! Deep.\nfn f(n) { f(n + 1) }\nf(0)\n");
    fails(&desk, "./deep.rhai", 3)
        .says("deep.rhai:")
        .says("256 levels deep");
}
