//! The cleanup policy: a user's file over the shipped one.

use super::*;

/// A shipped policy that fits on a page.
const SHIPPED: &str = "//! The policy.\n\
    const ANSWERS = #{ is_old: \"bool\", best: \"machine or ()\", told: \"string\" };\n\
    const LIMIT = 3;\n\
    /// Is a number old?\n///\n/// By its age.\n\
    fn is_old(n) { age(n) > global::LIMIT }\n\
    /// Which is best?\n\
    fn best(list) { for n in list { if is_old(n) { return get_machine(`PC-${n}`); } } () }\n\
    /// How it is told.\n\
    fn told(n) { if is_old(n) { \"old\" } else { \"young\" } }\n\
    /// The age of a number.\n\
    fn age(n) { n }\n";

/// Runs a script at a desk whose policy is `over`.
fn laid(main: &str, over: &str) -> Result<Dynamic, Box<ScriptError>> {
    let folder = tempfile::tempdir().unwrap();
    laid_in(folder.path(), main, over, &Cancel::default())
}

fn laid_in(folder: &Path, main: &str, over: &str, cancel: &Cancel) -> Result<Dynamic, Box<ScriptError>> {
    fs::create_dir_all(folder.join("stdlib")).unwrap();
    fs::write(folder.join("stdlib/cleanup_policy.rhai"), over).unwrap();
    run_main(&library(folder), main, cancel)
}

pub(super) fn library(folder: &Path) -> Arc<Library> {
    Arc::new(Library::with_shipped(
        Places {
            here: folder.to_owned(),
            scripts: None,
            stdlib: Some(folder.join("stdlib")),
        },
        &[],
        &[("cleanup_policy", SHIPPED)],
    ))
}

pub(super) fn run_main(
    library: &Arc<Library>,
    main: &str,
    cancel: &Cancel,
) -> Result<Dynamic, Box<ScriptError>> {
    let mut engine = host(library, cancel);
    let stop = cancel.clone();
    engine.register_fn("stop_me", move || stop.raise());
    let main = format!("import \"std/cleanup_policy\" as policy; {main}");
    let source = library.keep("main.rhai", &main);
    Program::prepare(&engine, library, source, &Vocabulary::default())?.run(&engine, rhai::Map::new())
}

/// Lays a bad policy over, and returns the error of a run that uses it.
fn refused(over: &str) -> ScriptError {
    match laid("policy::told(1)", over) {
        Ok(value) => panic!("{over}\nended in {value}"),
        Err(error) => *error,
    }
}

#[track_caller]
pub(super) fn is_at(error: &ScriptError, line: usize, column: usize) {
    let place = error.place.as_ref().unwrap();
    assert_eq!(
        (place.file.as_str(), place.line, place.column),
        ("stdlib/cleanup_policy.rhai", line, column),
        "{}",
        error.render(&Look::default())
    );
}

#[test]
fn the_shipped_functions_call_the_users() {
    let main = "`${policy::told(5)} ${policy::told(1)} ${policy::best([1, 2])}`";
    let over = "fn is_old(n) { n < 2 }";
    assert_eq!(laid("policy::told(5)", "").unwrap().to_string(), "old");
    assert_eq!(laid("policy::told(5)", over).unwrap().to_string(), "young");
    let best = laid("policy::best([3, 1]).name", over).unwrap();
    assert_eq!(best.to_string(), "PC-1");
    assert!(laid(main, over).is_ok());
}

#[test]
fn the_users_functions_call_what_the_shipped_one_has_and_their_own() {
    let over = "import \"std:cleanup_policy\" as shipped;\n\
        const FACTOR = 2;\n\
        fn is_old(n) { shipped::is_old(n) || twice(age(n)) > global::LIMIT }\n\
        private fn twice(n) { n * global::FACTOR }";
    // The script's own function of the name is another one.
    let main = "fn twice(n) { 0 } fn age(n) { 0 } [1, 2, 4].map(|n| policy::is_old(n))";
    assert_eq!(laid(main, over).unwrap().to_string(), "[false, true, true]");
    let over = "fn is_old(n) { [n].some(|m| twice(m) > 5) } private fn twice(n) { n * 2 }";
    assert_eq!(laid(main, over).unwrap().to_string(), "[false, false, true]");
}

#[test]
fn a_constant_of_the_users_takes_the_place_of_the_shipped_one() {
    assert_eq!(
        laid("policy::told(3)", "const LIMIT = 2;").unwrap().to_string(),
        "old"
    );
}

#[test]
fn what_is_imported_is_found_beside_the_users_file() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("stdlib")).unwrap();
    fs::write(folder.path().join("stdlib/sites.rhai"), "fn limit() { 9 }").unwrap();
    let over = "import \"sites\" as sites; fn is_old(n) { n > sites::limit() }";
    let value = laid_in(folder.path(), "policy::told(8)", over, &Cancel::default());
    assert_eq!(value.unwrap().to_string(), "young");
}

#[test]
fn the_shipped_policy_by_its_own_name_has_nothing_of_the_users() {
    let main = "import \"std:cleanup_policy\" as shipped; `${policy::told(1)} ${shipped::told(1)}`";
    assert_eq!(
        laid(main, "fn is_old(n) { true }").unwrap().to_string(),
        "old young"
    );
}

#[test]
fn a_function_is_found_where_it_is_defined_and_not_where_it_is_named() {
    for (over, line, column) in [
        ("private fn is_odl_2(n) { 1 }\nfn  is_odl (n) { true }", 2, 5),
        ("fn is_odl(\n  // fn is_odl(n) was here\n  n) {\n true }", 1, 4),
        ("private fn is_odl(a, b) { 1 } fn is_odl(n) { true }", 1, 34),
        ("fn is_odl(n) { `fn is_odl(n) { }` }", 1, 4),
    ] {
        let error = refused(over);
        assert!(
            error.message.contains("no function `is_odl`"),
            "{over}: {}",
            error.message
        );
        is_at(&error, line, column);
    }
}

#[test]
fn a_function_that_nobody_would_call_is_refused_with_its_line() {
    for (over, part, hint, line, column) in [
        (
            "\nfn is_odl(n) { true }",
            "has no function `is_odl`",
            "did you mean `is_old`?",
            2,
            4,
        ),
        (
            "fn old(n, m) { true }",
            "has no function `old`",
            "`private fn old`",
            1,
            4,
        ),
        (
            "const X = 1;\n  fn is_old(n, cutoff) {\n true }",
            "`is_old(n, cutoff)` takes the place of `is_old(n)`",
            "write `fn is_old(n)`",
            2,
            6,
        ),
        (
            "private fn is_old(n) { true }",
            "must not be private",
            "write `fn is_old(n)`",
            1,
            12,
        ),
        (
            "fn machine.is_old() { true }",
            "cannot be a function of a policy",
            "",
            1,
            1,
        ),
        (
            "fn is_old(n) { true }\nlet limit = 5;",
            "the variable `limit` stands outside of functions",
            "`const limit = …`",
            2,
            5,
        ),
        (
            "loop { }",
            "this stands outside of functions",
            "functions, constants and imports",
            1,
            1,
        ),
        (
            "fn is_old(n) { nobody > 1 }",
            "there is no variable `nobody`",
            "",
            1,
            16,
        ),
        (
            "fn is_old(n) { age.call(n) }\nfn told(list) { list.call(1) }",
            "must not call functions from outside",
            "",
            2,
            17,
        ),
        (
            "private fn rename(c, name) { 1 }",
            "would take the place of rename",
            "another name",
            1,
            28,
        ),
    ] {
        let error = refused(over);
        assert!(error.message.contains(part), "{over}: {}", error.message);
        let told = error.hint.clone().unwrap_or_default();
        assert!(told.contains(hint), "{over}: {told}");
        if !over.contains("machine.is_old") {
            is_at(&error, line, column);
        }
    }
}

#[test]
fn a_text_that_is_no_script_is_refused_with_its_line() {
    let error = refused("// Mine.\nfn is_old(n) {\n    n > > 5\n}\n");
    is_at(&error, 3, 9);
}

#[test]
fn an_error_at_run_time_names_the_users_file_and_the_way_there() {
    let error = refused("\n\nfn age(n) {\n    let m = #{};\n    m.nothing\n}");
    is_at(&error, 5, 7);
    assert_eq!(error.message, "the map has no field `nothing`");
    let shown = error.render(&Look::default());
    // From the user's file over the shipped one to the script.
    for part in ["std:cleanup_policy:7", "in the call of `is_old`", "main.rhai:1"] {
        assert!(shown.contains(part), "{part}:\n{shown}");
    }
    assert!(!shown.contains("own__"), "{shown}");
    let error = refused("fn told(n) { throw \"enough\" }");
    is_at(&error, 1, 14);
    assert_eq!(error.message, "enough");
    assert!(!error.render(&Look::default()).contains("own__"));
}

#[test]
fn an_answer_of_another_type_is_an_error_where_the_function_stands() {
    for (over, main, told) in [
        (
            "\n  fn is_old(n) { if n > 5 { true } }",
            "policy::is_old(1)",
            "`is_old` must answer with bool, and its answer was of type ()",
        ),
        (
            "\n  fn is_old(n) { \"yes\" }",
            "policy::told(1)",
            "`is_old` must answer with bool, and its answer was of type string",
        ),
        (
            "\n  fn best(n) { true }",
            "policy::best([1])",
            "`best` must answer with machine or (), and its answer was of type bool",
        ),
    ] {
        let error = *laid(main, over).unwrap_err();
        assert_eq!(error.message, told);
        is_at(&error, 2, 6);
    }
    for over in ["fn best(list) { () }", "fn best(list) { get_machine(\"A\") }"] {
        assert!(laid("policy::best([1])", over).is_ok(), "{over}");
    }
}

#[test]
fn a_policy_without_an_end_can_be_stopped() {
    for over in [
        "fn is_old(n) { stop_me(); loop { } }",
        "fn is_old(n) { stop_me(); try { loop { } } catch { } true }",
    ] {
        let folder = tempfile::tempdir().unwrap();
        let error = laid_in(folder.path(), "policy::told(1)", over, &Cancel::default()).unwrap_err();
        assert!(error.is_cancelled(), "{}", error.message);
    }
    let error = refused("fn age(n) { told(n) }");
    assert!(
        error.message.contains("call each other more than"),
        "{}",
        error.message
    );
}

#[test]
fn what_cannot_be_read_is_an_error_and_not_the_shipped_policy() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("stdlib/cleanup_policy.rhai")).unwrap();
    let error = run_main(&library(folder.path()), "policy::told(1)", &Cancel::default()).unwrap_err();
    assert!(error.message.contains("it is a folder"), "{}", error.message);
}
