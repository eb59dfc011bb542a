//! What the language refuses, and where its limits are.

use super::*;

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
    let program = Program::prepare(&engine, &library, source, &[]).unwrap();
    let _ = program.run(&engine, rhai::Map::new()).unwrap();
    assert_eq!(*lines.lock().unwrap(), ["one", "t.rhai:1:15: 2"]);
}
