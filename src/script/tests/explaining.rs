//! Errors, as they are read.

use super::*;
use crate::text::is_unseen;

fn shown(error: &ScriptError) -> String {
    error.render(&Look::default())
}

#[test]
fn an_error_shows_its_line_and_the_way_through_imports_and_calls() {
    let error = run_files(&[
        (
            "main.rhai",
            "import \"util\" as u;\nfn clean(id) {\n    u::kill(id)\n}\nclean(7)",
        ),
        ("util.rhai", "fn kill(id) {\n    let s = \"é→\"; refuse(404)\n}"),
    ])
    .unwrap_err();
    assert_eq!(error.kind.as_deref(), Some("not_found"), "{}", shown(&error));
    assert_eq!(error.detail("status").unwrap().as_int(), Ok(404));
    let expected = "\
error[not_found]: no such machine
 --> util.rhai:2:19
  |
2 |     let s = \"é→\"; refuse(404)
  |                   ^^^^^^
  |
  = help: list them first
note: in the call of `kill`
 --> main.rhai:3:8
  |
3 |     u::kill(id)
  |        ----
note: in the call of `clean`
 --> main.rhai:5:1
  |
5 | clean(7)
  | -----";
    assert_eq!(shown(&error), expected);
}

#[test]
fn a_closure_and_the_helper_that_called_it_are_one_step() {
    let error = failure("[1].filter(|x| x.nope > 1)");
    assert!(
        shown(&error).contains("note: in the function given to `filter`"),
        "{}",
        shown(&error)
    );
    assert_eq!(shown(&error).matches("note:").count(), 1, "{}", shown(&error));
}

#[test]
fn an_error_to_which_rhai_gives_no_position_has_one() {
    for (code, line, word) in [
        ("let a = [1];\na.for_each(|x| a.push(x));", 2, "for_each"),
        ("let a = [1];\na.map(|x| x);\na.map(|x| a.len)", 3, "map"),
        (
            "fn g() {\n    let a = [1];\n    a.sort_by(|x| a.len)\n}\ng()",
            3,
            "sort_by",
        ),
        (
            "let v = [3, 1];\n[1].map(|x|\n    v.sort_by(|y| v[0]))",
            3,
            "sort_by",
        ),
        (
            "let a = [1];\nlet f = |n| a.push(n);\na.index_of(|x| f.call(1))",
            3,
            "call",
        ),
        ("let c = [5];\nlet f = |x| c;\nc.map(f)", 3, "map"),
    ] {
        let error = failure(code);
        assert!(
            error.message.contains("while it is in use"),
            "{code}: {}",
            error.message
        );
        let place = error
            .place
            .clone()
            .unwrap_or_else(|| panic!("{code}\n{}", shown(&error)));
        let at = code.lines().nth(line - 1).unwrap().find(word).unwrap() + 1;
        assert_eq!(
            (place.line, place.column),
            (line, at),
            "{code}\n{}",
            shown(&error)
        );
        assert!(shown(&error).contains("^^^"), "{code}\n{}", shown(&error));
        // The call that stands in for the place is not shown twice.
        let steps = shown(&error).matches(&format!("test.rhai:{line}:{at}\n")).count();
        assert_eq!(steps, 1, "{code}\n{}", shown(&error));
    }
}

#[test]
fn an_error_without_any_place_names_its_file() {
    let library = Library::new(Places::default());
    library.keep("t.rhai", "1");
    let fault = Fault::new(Position::NONE, "it is broken", "mend it");
    assert_eq!(
        shown(&ScriptError::fault(&library, "t.rhai", fault)),
        "error: it is broken\n |\n = note: in t.rhai\n = help: mend it"
    );
}

#[test]
fn text_maps_and_nothing_can_be_thrown() {
    assert_eq!(failure("throw \"broken\"").message, "broken");
    let error = failure("throw #{ kind: \"invalid\", message: \"no\", hint: \"yes\", mine: 3 }");
    assert_eq!(
        (error.kind.as_deref(), error.hint.as_deref()),
        (Some("invalid"), Some("yes"))
    );
    assert_eq!(error.detail("mine").unwrap().as_int(), Ok(3));
    assert!(failure("throw").message.contains("without a message"));
    assert_eq!(failure("throw 42").message, "42");
    assert!(failure("let x = 1 / 0;").kind.is_none());
}

#[test]
fn an_error_that_was_thrown_by_the_host_can_be_caught_and_read() {
    assert_eq!(
        eval("let r = (); try { refuse(404) } catch (e) { r = `${e.kind} ${e.status} ${e.message}`; } r"),
        "not_found 404 no such machine"
    );
    assert_eq!(
        eval("let r = (); try { [1].filter(|x| 1) } catch (e) { r = e.kind; } r"),
        "script"
    );
}

#[test]
fn a_function_that_is_not_there_is_answered_with_what_is() {
    let error = failure("list_machnes()");
    assert_eq!(error.message, "there is no function `list_machnes`");
    assert_eq!(error.hint.as_deref(), Some("did you mean `list_machines`?"));
    let error = failure("rename(1, 2)");
    assert_eq!(error.message, "`rename` does not take (int, int)");
    assert_eq!(error.notes, ["there is rename(machine, string) -> machine"]);
    assert_eq!(
        failure("let a = \"x\"; a - 1").message,
        "`-` does not work on string and int"
    );
    assert_eq!(
        failure("fn total(x) { x } totl(1)").hint.as_deref(),
        Some("did you mean `total`?")
    );
}

#[test]
fn names_that_are_not_there_are_answered_with_the_nearest() {
    assert_eq!(
        failure("let machine = 1; machne").hint.as_deref(),
        Some("did you mean `machine`?")
    );
    assert!(failure("list_machines.len()").hint.unwrap().contains("call it"));
    assert!(
        failure("let x = 1; fn f() { x } f()")
            .hint
            .unwrap()
            .contains("as an argument")
    );
    assert_eq!(
        failure("vendr::each(1)").hint.as_deref(),
        Some("did you mean `vendor`?")
    );
    let error = failure("let m = get_machine(\"a\"); m.name = \"b\";");
    assert_eq!(
        error.message,
        "`name` of a value of type machine cannot be set: it is read-only"
    );
    let error = failure("get_machine(\"a\").nme");
    assert_eq!(error.message, "a value of type machine has no field `nme`");
    assert_eq!(error.hint.as_deref(), Some("did you mean `name`?"));
    assert!(
        failure("let m = #{default: 1};")
            .hint
            .unwrap()
            .contains("\"default\"")
    );
}

#[test]
fn a_reserved_word_is_answered_with_what_it_was_to_name() {
    for (code, word, names, hint) in [
        ("fn go() {}", "go", "the name of a function", "another name"),
        ("fn if() {}", "if", "the name of a function", "another name"),
        ("go(1)", "go", "the name of a function", "another name"),
        (
            "let m = 1; m.go(1)",
            "go",
            "the name of a function",
            "another name",
        ),
        ("fn f(a, go) {}", "go", "the name of a parameter", "another name"),
        ("[1].map(|go| 1)", "go", "the name of a parameter", "another name"),
        (
            "[1].map(|a, go| 1)",
            "go",
            "the name of a parameter",
            "another name",
        ),
        ("let go = 1;", "go", "the name of a variable", "another name"),
        ("const if = 1;", "if", "the name of a variable", "another name"),
        ("for go in [1] {}", "go", "the name of a variable", "another name"),
        ("let x = go;", "go", "the name of a variable", "another name"),
        (
            "#{ a: 1, go: 2 }",
            "go",
            "the bare key of a map",
            "`#{ \"go\": … }`",
        ),
        (
            "#{\n  go: 2\n}",
            "go",
            "the bare key of a map",
            "`#{ \"go\": … }`",
        ),
        ("let m = #{}; m.go", "go", "a field after a dot", "`map[\"go\"]`"),
        ("let m = #{}; m?.if", "if", "a field after a dot", "`map[\"if\"]`"),
    ] {
        let error = failure(code);
        assert_eq!(
            error.message,
            format!("`{word}` is a reserved word, and cannot be {names}"),
            "{code}"
        );
        assert!(
            error.hint.clone().unwrap().contains(hint),
            "{code}: {}",
            shown(&error)
        );
    }
    assert_eq!(failure("let 5 = 1;").message, "expecting name of a variable");
}

#[test]
fn of_several_faults_the_first_in_the_text_is_shown() {
    // Rhai keeps functions in an order that differs from run to run; among eight, chance would show.
    let functions = |body: &str| -> String {
        (1..=8)
            .map(|n| format!("fn f{n}(x) {{\n    {body}\n}}\n"))
            .collect::<Vec<_>>()
            .concat()
    };
    for body in ["x.call(1)", "[1].map(f1)"] {
        let error = run_files(&[
            ("main.rhai", "import \"base\" as base; 1"),
            ("base.rhai", &functions(body)),
        ])
        .unwrap_err();
        assert_eq!(error.place.unwrap().line, 2, "{body}");
    }
    let handed = format!(
        "import \"std/text\" as text;\n{}",
        functions("text::twice(|y| y)")
    );
    assert_eq!(failure(&handed).place.unwrap().line, 3);
    let names = ["list_machines", "get_machine", "vendor", "rename", "refuse"];
    let taken = names.map(|name| format!("fn {name}(a) {{ 1 }}\n")).concat();
    assert_eq!(failure(&taken).place.unwrap().line, 2);
}

#[test]
fn an_error_of_the_language_in_an_import_shows_the_imported_line() {
    let error = run_files(&[
        ("main.rhai", "import \"a\" as a;"),
        ("a.rhai", "let x = 1;\nlet y = ;"),
    ])
    .unwrap_err();
    let place = error.place.clone().unwrap();
    assert_eq!((place.file.as_str(), place.line), ("a.rhai", 2));
    assert!(shown(&error).contains("note: in the import"), "{}", shown(&error));
}

#[test]
fn terminal_escapes_are_shown_and_not_sent() {
    let error = failure("throw \"a\\x1b[31mb\"; // \u{1b}[2J");
    assert!(!shown(&error).contains('\u{1b}'), "{:?}", shown(&error));
}

#[test]
fn what_is_thrown_forges_no_line_of_its_own_and_hides_nothing() {
    let error = failure(
        "throw #{ kind: \"invalid\\nerror: a\", message: \"PC\\nerror: b\\u2028\\U000e0041\", hint: \"c\\nerror: d\" }; // \u{2028}\u{ad}",
    );
    let shown = shown(&error);
    assert_eq!(
        shown.lines().filter(|line| line.starts_with("error")).count(),
        1,
        "{shown}"
    );
    assert!(!shown.chars().any(|c| c != '\n' && is_unseen(c)), "{shown:?}");
    assert!(shown.contains(r"PC\u{a}error: b\u{2028}\u{e0041}"), "{shown}");
}

#[test]
fn colour_is_there_when_it_is_asked_for() {
    let error = failure("throw \"x\"");
    assert!(
        error
            .render(&Look {
                color: true,
                width: 80
            })
            .contains('\u{1b}')
    );
    assert!(
        !error
            .render(&Look {
                color: false,
                width: 80
            })
            .contains('\u{1b}')
    );
}

proptest! {
    #[test]
    fn no_text_and_no_position_makes_the_renderer_panic(
        text in "(\\PC|[\\n\\r\\t é→😀\u{200b}\u{1b}\u{0}]){0,200}",
        message in "(\\PC|\\n|\u{1b}){0,40}",
        line in 0u16..30,
        column in 0u16..250,
        width in 0usize..200,
        color: bool,
    ) {
        let library = Library::new(Places::default());
        library.keep("t.rhai", &text);
        let position = if line == 0 { Position::NONE } else { Position::new(line, column) };
        let error = ScriptError::fault(&library, "t.rhai", Fault::new(position, message.clone(), message));
        let shown = error.render(&Look { color, width });
        prop_assert!(color || !shown.chars().any(|c| c != '\n' && is_unseen(c)), "{shown:?}");
    }

    #[test]
    fn no_text_makes_the_parser_or_its_errors_panic(text in "([a-z(){}\\[\\]|;=.#\"'`é😀 \\n]|\\PC){0,120}") {
        let library = Arc::new(Library::new(Places::default()));
        let engine = Engine::new();
        let source: Source = library.keep("t.rhai", &text);
        if let Err(error) = Program::prepare(&engine, &library, source, &Vocabulary::default()) {
            error.render(&Look::default());
        }
    }
}
