//! Modules: where they come from, and what they see.

use super::*;

#[test]
fn imports_are_found_beside_the_importer_in_the_users_folder_and_in_the_program() {
    let value = run_files(&[
        (
            "main.rhai",
            "import \"lib/a\" as a; import \"std/policy\" as p; import \"std:policy\" as q; [a::f(), p::is_stale(1), q::is_stale(1)]",
        ),
        (
            "lib/a.rhai",
            "import \"b\" as b; import \"../top.rhai\" as top; fn f() { b::g() + top::h() }",
        ),
        (
            "lib/b.rhai",
            "import \"std/text\" as text; fn g() { text::twice(\"b\") }",
        ),
        ("top.rhai", "fn h() { \"t\" }"),
        ("stdlib/policy.rhai", "fn is_stale(c) { \"mine\" }"),
    ]);
    assert_eq!(value.unwrap().to_string(), "[\"bbt\", \"mine\", true]");
}

#[test]
fn a_module_sees_nothing_of_its_importer_and_runs_once() {
    let error = run_files(&[
        ("main.rhai", "let secret = 1; import \"a\" as a; a::f()"),
        ("a.rhai", "fn f() { 1 }\nsecret"),
    ])
    .unwrap_err();
    assert_eq!(error.message, "there is no variable `secret`");
    assert_eq!(error.place.unwrap().file, "a.rhai");
    let error = run_files(&[
        ("main.rhai", "fn own() { 1 } import \"a\" as a; 1"),
        ("a.rhai", "own()"),
    ])
    .unwrap_err();
    assert_eq!(error.message, "there is no function `own`");
}

#[test]
fn a_circle_is_named_with_all_its_files() {
    let error = run_files(&[
        ("main.rhai", "import \"a\" as a; 1"),
        ("a.rhai", "import \"b\" as b;"),
        ("b.rhai", "import \"a\" as a;"),
    ])
    .unwrap_err();
    assert!(
        error.message.ends_with("a.rhai → b.rhai → a.rhai"),
        "{}",
        error.message
    );
    let error = run_files(&[
        ("main.rhai", "import \"a\" as a;"),
        ("a.rhai", "import \"main\" as m;"),
    ])
    .unwrap_err();
    assert!(
        error.message.ends_with("main.rhai → a.rhai → main.rhai"),
        "{}",
        error.message
    );
}

#[test]
fn a_module_that_is_not_there_is_answered_with_the_nearest() {
    let missing = |import: &str| {
        run_files(&[
            ("main.rhai", &format!("import \"{import}\" as x;")),
            ("helper.rhai", ""),
        ])
        .unwrap_err()
    };
    assert!(
        missing("std/polcy")
            .message
            .contains("did you mean `std/policy`?")
    );
    assert!(
        missing("std:nothing")
            .message
            .contains("the modules are: text, policy")
    );
    assert!(missing("helpr").message.contains("did you mean `helper`?"));
    assert!(missing("std/../main").message.contains("there is no module"));
    let error = failure("import \"x\" as x;");
    assert!(
        error.message.contains("only `std/NAME` can be imported here"),
        "{}",
        error.message
    );
}

#[cfg(unix)]
#[test]
fn two_ways_to_a_file_are_one_module() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("real")).unwrap();
    fs::write(
        folder.path().join("real/a.rhai"),
        "import \"b\" as b; fn f() { b::g() }",
    )
    .unwrap();
    fs::write(folder.path().join("real/b.rhai"), "fn g() { 5 }").unwrap();
    std::os::unix::fs::symlink(folder.path().join("real/a.rhai"), folder.path().join("link.rhai")).unwrap();
    let library = library_in(folder.path());
    let importer = library.keep("x", "").id;
    assert!(library.module(Some(&importer), "real/a").is_err());
    let main = folder.path().join("main.rhai").display().to_string();
    let direct = library.module(Some(&main), "real/a").unwrap();
    let linked = library.module(Some(&main), "link").unwrap();
    assert_eq!(direct.id, linked.id);
}

#[test]
fn a_function_that_hides_deep_in_data_does_not_reach_a_module() {
    // Each of these would silently run the module's `helper`.
    for make in [
        "#{ a: #{ f: |x| helper(x) } }",
        "#{ a: #{ f: [[|x| helper(x)]] } }",
        "{ let many = []; for i in 0..100 { many.push(|x| helper(x)); } #{ a: #{ f: many } } }",
        "{ let f = |x| helper(x); #{ a: #{ f: |y| f.call(y) } } }",
    ] {
        let main = format!(
            "import \"deep\" as deep; fn helper(x) {{ \"main\" }} fn make() {{ {make} }} deep::run(make())"
        );
        let error = run_files(&[
            ("main.rhai", main.as_str()),
            (
                "deep.rhai",
                "fn helper(x) { \"module\" } fn run(o) { let f = o.a.f; if type_of(f) == \"array\" { f = f[0]; } [1].map(f) }",
            ),
        ])
        .unwrap_err();
        assert!(
            error.message.contains("from outside of this module"),
            "{make}: {}",
            error.message
        );
    }
}
