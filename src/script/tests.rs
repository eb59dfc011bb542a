//! Scripts from their text to their value or error; and what the tests of the room share.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use proptest::prelude::*;
use rhai::{Dynamic, Engine, NativeCallContext, Position};

use crate::cancel::Cancel;
use crate::script::source::Fault;
use crate::script::{
    Header, Library, Limits, LoadError, Look, Origin, ParamValue, Places, Program, Raised, ScriptError,
    Source, engine, raise,
};

/// A record of a host.
#[derive(Debug, Clone)]
struct Machine(String);

/// An engine with a few functions as a host would register them.
pub(super) fn host(library: &Arc<Library>, cancel: &Cancel) -> Engine {
    let mut engine = engine(&Limits::default(), cancel, Arc::clone(library), Arc::new(|_| {}));
    engine.register_type_with_name::<Machine>("machine");
    engine.register_get("name", |m: &mut Machine| m.0.clone());
    engine.register_get("online", |_: &mut Machine| true);
    engine.register_fn("get_machine", |name: &str| Machine(name.to_owned()));
    engine.register_fn("list_machines", || vec![Dynamic::from(Machine("PC-1".into()))]);
    engine.register_fn("rename", |_: &mut Machine, name: &str| Machine(name.to_owned()));
    engine.register_fn("refuse", |_: NativeCallContext, status: i64| -> Raised<()> {
        let error = raise("not_found", "no such machine", "list them first");
        match *error {
            rhai::EvalAltResult::ErrorRuntime(thrown, position) => {
                let mut map = thrown.cast::<rhai::Map>();
                map.insert("status".into(), status.into());
                Err(rhai::EvalAltResult::ErrorRuntime(map.into(), position).into())
            }
            other => Err(other.into()),
        }
    });
    let mut vendor = rhai::Module::new();
    vendor.set_native_fn(
        "each",
        |ctx: NativeCallContext, f: rhai::FnPtr| -> Raised<Dynamic> { f.call_within_context(&ctx, (1_i64,)) },
    );
    engine.register_static_module("vendor", vendor.into());
    engine
}

pub(super) fn library_in(folder: &Path) -> Arc<Library> {
    Arc::new(Library::with_shipped(
        Places {
            here: folder.to_owned(),
            scripts: Some(folder.join("user")),
            stdlib: Some(folder.join("stdlib")),
        },
        &[
            ("greet", "`hello ${params}`"),
            ("list-machines", "list_machines()"),
        ],
        &[
            ("text", "fn twice(x) { x + x }"),
            ("policy", "fn is_stale(c) { true }"),
        ],
    ))
}

/// Runs a text as a script with parameters that were given as they are typed.
pub(super) fn run(code: &str, given: &[(&str, &str)]) -> Result<Dynamic, Box<ScriptError>> {
    let folder = tempfile::tempdir().unwrap();
    let library = library_in(folder.path());
    let engine = host(&library, &Cancel::default());
    let program = Program::prepare(&engine, &library, library.keep("test.rhai", code), &[])?;
    let values: BTreeMap<String, ParamValue> = given
        .iter()
        .map(|(name, text)| {
            let spec = program.header().params.iter().find(|p| p.name == *name).unwrap();
            ((*name).to_owned(), spec.parse(text).unwrap())
        })
        .collect();
    let params = program.bind(values).unwrap();
    program.run(&engine, params)
}

/// Runs a text and writes its value as rhai would.
pub(super) fn eval(code: &str) -> String {
    run(code, &[])
        .unwrap_or_else(|error| panic!("{code}\n{}", error.render(&Look::default())))
        .to_string()
}

/// Runs a text that must fail.
pub(super) fn failure(code: &str) -> ScriptError {
    match run(code, &[]) {
        Ok(value) => panic!("{code}\nended in {value}"),
        Err(error) => *error,
    }
}

/// Writes files into a folder and runs the one named `main.rhai`.
pub(super) fn run_files(files: &[(&str, &str)]) -> Result<Dynamic, Box<ScriptError>> {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let library = library_in(folder.path());
    let engine = host(&library, &Cancel::default());
    match Program::load(&engine, &library, "./main.rhai", &[]) {
        Ok(program) => program.run(&engine, rhai::Map::new()),
        Err(LoadError::Script(error)) => Err(error),
        Err(LoadError::Library(error)) => panic!("{error}"),
    }
}

mod parameters {
    use super::*;

    const TABLE: &str = r#"const PARAMS = [
        #{ name: "group", type: "string" },
        #{ name: "period", type: "period", value: "90d" },
        #{ name: "names", type: "list", option: true },
        #{ name: "quick", type: "flag" },
        #{ name: "key", type: "secret", required: false },
    ];"#;

    #[test]
    fn a_script_finds_given_values_and_defaults_in_params() {
        let code = format!(
            "{TABLE} [params.group, params.period.to_string(), params.names, params.quick, params.key]"
        );
        let value = run(&code, &[("group", "Servers"), ("names", "a, b")]).unwrap();
        assert_eq!(
            value.to_string(),
            "[\"Servers\", \"90d\", [\"a\", \"b\"], false, ()]"
        );
    }

    #[test]
    fn a_secret_cannot_be_printed() {
        let code = format!("{TABLE} `${{params.key}} ${{[params.key]}}`");
        let value = run(&code, &[("group", "x"), ("key", "hunter2hunter2")]).unwrap();
        assert_eq!(value.to_string(), "[redacted] [[redacted]]");
    }

    #[test]
    fn what_is_missing_or_not_declared_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let library = library_in(folder.path());
        let header = Header::read(&library, &library.keep("t", TABLE), &[]).unwrap();
        let error = crate::script::bind(&header.params, BTreeMap::new()).unwrap_err();
        assert_eq!(error.to_string(), "group: it is required; give a text");
        let given =
            [("grup", "x"), ("group", "x")].map(|(n, v)| (n.to_owned(), ParamValue::String(v.to_owned())));
        let error = crate::script::bind(&header.params, given.into()).unwrap_err();
        assert_eq!(
            error.to_string(),
            "grup: the script has no such parameter; did you mean `group`?"
        );
        let error = header.params[1].parse("90x").unwrap_err();
        assert!(
            error
                .to_string()
                .starts_with("--period: `x` in `90x` is not a unit of time; expected"),
            "{error}"
        );
        let error = header.params[1]
            .parse_all(&["1d".into(), "2d".into()])
            .unwrap_err();
        assert!(error.to_string().contains("more than once"));
    }

    #[test]
    fn a_misspelt_parameter_is_found_before_anything_runs() {
        let error = failure(
            "const PARAMS = [#{ name: \"period\", type: \"period\", value: \"1d\" }];\nif false {\n  params.perod\n}",
        );
        assert_eq!(error.message, "the script has no parameter `perod`");
        assert_eq!(error.hint.as_deref(), Some("did you mean `period`?"));
        assert_eq!(error.place.unwrap().line, 3);
        assert!(failure("params[\"x\"]").hint.unwrap().contains("declares none"));
    }

    #[test]
    fn a_misspelt_parameter_in_a_closure_is_found_when_it_runs() {
        let error = failure(
            "const PARAMS = [#{ name: \"period\", type: \"int\", value: 1 }];\n[1].map(|x| params.perod)",
        );
        assert_eq!(error.message, "the script has no parameter `perod`");
        assert_eq!(error.hint.as_deref(), Some("did you mean `period`?"));
    }

    #[test]
    fn params_is_a_constant_and_not_seen_by_functions() {
        assert!(failure("params = 1;").message.contains("constant"));
        assert!(
            failure("const PARAMS = [#{ name: \"a\", type: \"int\", value: 1 }]; params.a = 2;")
                .message
                .contains("constant")
        );
        let error = failure("fn f() { params.a } f()");
        assert_eq!(error.message, "there is no variable `params`");
        assert!(error.hint.unwrap().contains("its own arguments"));
    }
}

mod cancelling {
    use super::*;

    /// Runs a text, raises the flag as soon as it has begun, and returns how it ended.
    fn interrupted(code: &str) -> ScriptError {
        let folder = tempfile::tempdir().unwrap();
        let library = library_in(folder.path());
        let cancel = Cancel::default();
        let mut engine = host(&library, &cancel);
        let flag = cancel.clone();
        engine.register_fn("begun", move || {
            let flag = flag.clone();
            thread::spawn(move || {
                thread::sleep(Duration::from_millis(20));
                flag.raise();
            });
        });
        let code = format!("begun(); {code}");
        let program = Program::prepare(&engine, &library, library.keep("test.rhai", &code), &[]).unwrap();
        let started = Instant::now();
        let error = program.run(&engine, rhai::Map::new()).unwrap_err();
        assert!(
            started.elapsed() < Duration::from_secs(5),
            "{code} took {:?}",
            started.elapsed()
        );
        *error
    }

    #[test]
    fn nothing_that_a_script_does_outlasts_a_cancellation() {
        for code in [
            "loop { }",
            "let n = 0; while true { n += 1; if n > 1000 { n = 0; } }",
            "loop { try { loop { } } catch { } }",
            "loop { [1, 2, 3].filter(|x| x > 1); }",
            "let l = []; l.pad(100000, 1); loop { l.sort(|a, b| a - b); }",
            "let l = []; l.pad(100000, 1); l.map(|x| { loop { } })",
            "let l = []; l.pad(100000, 1); loop { try { l.sort_by(|x| -x); } catch { } }",
            "sleep(60)",
            "sleep(60.0)",
            "try { sleep(60) } catch { } loop { }",
        ] {
            assert!(interrupted(code).is_cancelled(), "{code}");
        }
    }

    #[test]
    fn a_short_sleep_ends_by_itself_and_a_negative_one_is_refused() {
        assert_eq!(eval("sleep(0); sleep(0.01); 1"), "1");
        assert!(failure("sleep(-1)").message.contains("0 or more"));
        assert!(failure("sleep(0.0/0.0)").message.contains("0 or more"));
    }
}

mod limits {
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
}

mod finding {
    use super::*;

    #[test]
    fn the_first_place_wins_and_says_what_it_hides() {
        let folder = tempfile::tempdir().unwrap();
        for path in ["scripts/greet.rhai", "user/greet.rhai", "user/mine.rhai"] {
            fs::create_dir_all(folder.path().join(path).parent().unwrap()).unwrap();
            fs::write(folder.path().join(path), "1").unwrap();
        }
        let library = library_in(folder.path());
        let listed: Vec<_> = library
            .scripts()
            .into_iter()
            .map(|l| (l.name, l.origin, l.hides))
            .collect();
        assert_eq!(
            listed,
            [
                (
                    "greet".to_owned(),
                    Origin::Here,
                    vec![Origin::User, Origin::Shipped]
                ),
                ("list-machines".to_owned(), Origin::Shipped, vec![]),
                ("mine".to_owned(), Origin::User, vec![]),
            ]
        );
        assert_eq!(library.script("greet").unwrap().origin, Origin::Here);
        assert_eq!(library.script("user/greet.rhai").unwrap().origin, Origin::Path);
        assert_eq!(
            library.script("list-machines").unwrap().id,
            "shipped:list-machines"
        );
    }

    #[test]
    fn everything_in_the_program_can_be_read() {
        let library = Library::new(Places::default());
        for listed in library.scripts() {
            let source = library.script(&listed.name).unwrap();
            if let Err(error) = Header::read(&library, &source, &[]) {
                panic!("{}", error.render(&Look::default()));
            }
        }
        assert_eq!(library.module(None, "std/text").unwrap().id, "std:text");
    }

    #[test]
    fn what_is_not_a_script_says_why() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("binary.rhai"), [0xff, 0xfe, 0x00]).unwrap();
        fs::write(folder.path().join("good.rhai"), "1").unwrap();
        fs::create_dir(folder.path().join("folder.rhai")).unwrap();
        let library = library_in(folder.path());
        let refused = |name: &str| library.script(name).unwrap_err().to_string();
        assert_eq!(
            refused("list-machine"),
            "there is no script `list-machine`; did you mean `list-machines`?"
        );
        assert!(refused("zzz").contains("there are: greet, list-machines"));
        assert!(refused("./binary.rhai").contains("not UTF-8"));
        assert!(refused("./folder.rhai").contains("it is a folder"));
        assert!(refused("./goood.rhai").contains("did you mean `good`?"));
    }
}

mod importing {
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
        std::os::unix::fs::symlink(folder.path().join("real/a.rhai"), folder.path().join("link.rhai"))
            .unwrap();
        let library = library_in(folder.path());
        let importer = library.keep("x", "").id;
        assert!(library.module(Some(&importer), "real/a").is_err());
        let main = folder.path().join("main.rhai").display().to_string();
        let direct = library.module(Some(&main), "real/a").unwrap();
        let linked = library.module(Some(&main), "link").unwrap();
        assert_eq!(direct.id, linked.id);
    }
}

mod explaining {
    use super::*;

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
                .contains("its own arguments")
        );
        assert_eq!(
            failure("vendr::each(1)").hint.as_deref(),
            Some("did you mean `vendor`?")
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
            let escapes = shown.contains('\u{1b}');
            prop_assert!(color || !escapes);
        }

        #[test]
        fn no_text_makes_the_parser_or_its_errors_panic(text in "([a-z(){}\\[\\]|;=.#\"'`é😀 \\n]|\\PC){0,120}") {
            let library = Arc::new(Library::new(Places::default()));
            let engine = Engine::new();
            let source: Source = library.keep("t.rhai", &text);
            if let Err(error) = Program::prepare(&engine, &library, source, &[]) {
                error.render(&Look::default());
            }
        }
    }
}
