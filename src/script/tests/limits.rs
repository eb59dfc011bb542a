//! What the language refuses, and where its limits are.

use super::*;

fn strict() -> Engine {
    let library = Arc::new(Library::new(Places::default()));
    engine(&Limits::default(), &Cancel::default(), library, Arc::new(|_| {}))
}

#[test]
fn the_language_is_strict_and_bounded() {
    assert!(failure("eval(\"1\")").message.contains("eval"));
    assert!(
        failure("fn f(n) { f(n + 1) } f(0)")
            .message
            .contains("256 levels")
    );
    assert_eq!(
        eval("fn f(n) { if n == 0 { 0 } else { 1 + f(n - 1) } } f(200)"),
        "200"
    );
    assert_eq!(
        eval("fn f(n) { if n == 0 { 0 } else { [n].map(|x| f(x - 1)).sum() + 1 } } f(60)"),
        "60"
    );
    assert!(failure("let m = #{a: 1}; m.b").message.contains("no field `b`"));
    assert!(
        failure("if false { undefined_thing }")
            .message
            .contains("undefined_thing")
    );
}

#[test]
fn what_is_nested_too_deep_is_an_error_and_not_a_crash() {
    for (open, close) in [
        ("(", ")"),
        ("[", "]"),
        ("#{a:", "}"),
        ("if true {", "}"),
        ("{", "}"),
        ("-", ""),
        ("|x| ", ""),
        ("f(", ")"),
        ("`${", "}`"),
        ("try {", "} catch {}"),
        ("loop {", "break 1;}"),
    ] {
        for depth in [100, 250, 20_000] {
            let code = format!("{}1{}", open.repeat(depth), close.repeat(depth));
            let _ = run(&code, &[]);
        }
    }
    assert!(
        failure(&format!("{}1{}", "(".repeat(300), ")".repeat(300)))
            .message
            .contains("complexity")
    );
}

#[test]
fn an_early_exit_is_no_error() {
    assert_eq!(eval("exit(5); 1"), "5");
    assert_eq!(eval("return 6; 1"), "6");
}

#[test]
fn a_script_cannot_take_the_place_of_what_the_host_has() {
    let error = failure("\nfn rename(a, b) { 1 }");
    assert_eq!(
        error.message,
        "the function `rename` would take the place of rename(machine, string) -> machine"
    );
    assert_eq!(error.place.unwrap().line, 2);
    // As a method it would, too.
    assert!(
        failure("fn rename(name) { 1 }")
            .message
            .contains("take the place")
    );
    assert_eq!(eval("fn rename(a, b, c) { 1 } rename(1, 2, 3)"), "1");
    let error = failure("import \"std/text\" as vendor;");
    assert!(
        error.message.contains("take the place of the module `vendor`"),
        "{}",
        error.message
    );
}

#[test]
fn print_and_debug_go_where_the_host_wants_them() {
    let lines = Arc::new(Mutex::new(Vec::new()));
    let folder = tempfile::tempdir().unwrap();
    let library = library_in(folder.path());
    let sink = Arc::clone(&lines);
    let print = Arc::new(move |text: &str| sink.lock().unwrap().push(text.to_owned()));
    let engine = engine(
        &Limits::default(),
        &Cancel::default(),
        Arc::clone(&library),
        print,
    );
    let source = library.keep("t.rhai", "print(\"one\"); debug(2);");
    let program = Program::prepare(&engine, &library, source, &Vocabulary::default()).unwrap();
    let _ = program.run(&engine, rhai::Map::new()).unwrap();
    assert_eq!(*lines.lock().unwrap(), ["one", "t.rhai:1:15: 2"]);
}

#[test]
fn a_list_grows_item_by_item_without_being_measured_each_time() {
    // No time is taken here: where rhai measures the whole list at each step, this does not end in an hour.
    let code = "let list = []; for i in 0..200000 { list.push(#{ i: i }); } list.len";
    assert_eq!(eval(code), "200000");
    let engine = strict();
    assert_eq!(
        (
            engine.max_array_size(),
            engine.max_map_size(),
            engine.max_string_size()
        ),
        (0, 0, 0),
        "any limit makes rhai measure all values"
    );
}

#[test]
fn filling_up_has_a_limit() {
    for code in [
        "let a = []; a.pad(1000000000000, 0)",
        "let s = \"x\"; s.pad(1000000000000, 'y')",
        "let s = \"x\"; s.pad(1000000000000, \"yz\")",
        "let b = blob(1); b.pad(1000000000000, 7)",
        "blob(1000000000000)",
        "blob(1000000000000, 7)",
    ] {
        let error = failure(code);
        assert!(error.message.contains("2000000 is the most"), "{code}: {error}");
        assert_eq!(error.place.unwrap().line, 1, "{code}");
    }
    assert!(
        failure("let s = \"\"; s.pad(3, \"\")")
            .message
            .contains("empty text")
    );
}

#[test]
fn filling_up_does_what_it_does_in_rhai() {
    for code in [
        "let a = [1]; a.pad(3, 0); a",
        "let a = [1]; a.pad(-3, 0); a",
        "let s = \"é\"; s.pad(4, 'y'); s",
        "let s = \"x\"; s.pad(4, \"yz\"); s",
        "let s = \"xyz\"; s.pad(2, \"\"); s",
        "let b = blob(1); b.pad(3, 263); b",
        "blob(2)",
        "blob(-2)",
        "blob(2, 65)",
    ] {
        let stock: Dynamic = Engine::new().eval(code).unwrap();
        assert_eq!(eval(code), stock.to_string(), "{code}");
    }
}

#[test]
fn a_script_may_have_a_function_of_its_own_for_filling_up() {
    assert_eq!(
        eval("fn pad(text, width) { `${text}/${width}` } pad(\"a\", 3)"),
        "a/3"
    );
}
