//! What rhai 1.27.0 does with closures that cross the border of a file, and what this room does about it.
//!
//! An upgrade of rhai that changes any of these outcomes must be noticed: if all of the first column says `main` or
//! `policy`, lint and belt may go; if a new row goes wrong, they have to learn it.
//!
//! Both files, and the module `base` that they hand the function to, define a `helper` that names its file. The
//! function that is handed over calls `helper`; right is the helper of the file that made it.

use std::sync::Arc;

use rhai::module_resolvers::StaticModuleResolver;
use rhai::{Engine, EvalAltResult, Module, Scope};

use crate::cancel::Cancel;
use crate::script::lint::{self, Role};
use crate::script::names::{Names, Of};
use crate::script::source::parse;
use crate::script::tests::{eval, run_files};
use crate::script::{Library, Limits, Places, engine};

const BASE: &str = r#"
    fn helper(x) { "base" }
    fn called(f) { f.call(1) }
    fn called_in_map(o) { o.f.call(1) }
    fn called_in_array(a) { a[0].call(1) }
    fn mapped(f) { [1].map(f)[0] }
    fn mapped_in_map(o) { [1].map(o.f)[0] }
    fn mapped_in_array(a) { [1].map(a[0])[0] }
    fn make() { |x| helper(x) }
    fn own() { [1].map(|x| helper(x))[0] }
    export const CLOSURE = |x| helper(x);
"#;

/// How a function is handed over: the name of the form, what stands before the call, the argument, and the ending of
/// the receiving function's name.
const FORMS: [(&str, &str, &str, &str); 8] = [
    ("closure", "", "|x| helper(x)", ""),
    ("closure that captures", "let k = \"\";", "|x| helper(x) + k", ""),
    ("variable", "let f = |x| helper(x);", "f", ""),
    ("map", "", "#{f: |x| helper(x)}", "_in_map"),
    ("array", "let a = []; a.push(|x| helper(x));", "a", "_in_array"),
    ("Fn", "", "Fn(\"helper\")", ""),
    ("bare name", "", "helper", ""),
    ("result of a function", "", "make_own()", ""),
];

/// What happens for each form, in the order of [`FORMS`]: where the function is called by the module itself and where
/// the module hands it to `map`; from the main script, then from the module `policy`.
///
/// The columns: stock rhai, the lint on the handing file, the engine of this room with the lint left out.
const OUTCOMES: [[&str; 4]; 32] = [
    ["main, called, closure", "base", "refused", "stopped"],
    [
        "main, called, closure that captures",
        "base",
        "refused",
        "stopped",
    ],
    ["main, called, variable", "base", "refused", "stopped"],
    ["main, called, map", "base", "refused", "stopped"],
    ["main, called, array", "base", "refused", "stopped"],
    ["main, called, Fn", "base", "refused", "stopped"],
    ["main, called, bare name", "main", "refused", "stopped"],
    ["main, called, result of a function", "base", "unseen", "stopped"],
    ["main, mapped, closure", "base", "refused", "stopped"],
    [
        "main, mapped, closure that captures",
        "base",
        "refused",
        "stopped",
    ],
    ["main, mapped, variable", "base", "refused", "stopped"],
    ["main, mapped, map", "base", "refused", "stopped"],
    ["main, mapped, array", "base", "refused", "stopped"],
    ["main, mapped, Fn", "base", "refused", "stopped"],
    ["main, mapped, bare name", "main", "refused", "stopped"],
    ["main, mapped, result of a function", "base", "unseen", "stopped"],
    ["policy, called, closure", "base", "refused", "stopped"],
    [
        "policy, called, closure that captures",
        "base",
        "refused",
        "stopped",
    ],
    ["policy, called, variable", "base", "refused", "stopped"],
    ["policy, called, map", "base", "refused", "stopped"],
    ["policy, called, array", "base", "refused", "stopped"],
    ["policy, called, Fn", "base", "refused", "stopped"],
    ["policy, called, bare name", "main", "refused", "stopped"],
    [
        "policy, called, result of a function",
        "base",
        "unseen",
        "stopped",
    ],
    ["policy, mapped, closure", "base", "refused", "stopped"],
    [
        "policy, mapped, closure that captures",
        "base",
        "refused",
        "stopped",
    ],
    ["policy, mapped, variable", "base", "refused", "stopped"],
    ["policy, mapped, map", "base", "refused", "stopped"],
    ["policy, mapped, array", "base", "refused", "stopped"],
    ["policy, mapped, Fn", "base", "refused", "stopped"],
    ["policy, mapped, bare name", "main", "refused", "stopped"],
    [
        "policy, mapped, result of a function",
        "base",
        "unseen",
        "stopped",
    ],
];

fn code(file: &str, form: &(&str, &str, &str, &str), receiver: &str) -> String {
    let (_, before, argument, ending) = form;
    let call = format!("{before} base::{receiver}{ending}({argument})");
    let own = format!("fn helper(x) {{ \"{file}\" }} fn make_own() {{ |x| helper(x) }}");
    if file == "main" {
        format!("import \"base\" as base; {own} {call}")
    } else {
        format!("import \"base\" as base; {own} fn go_on() {{ {call} }}")
    }
}

/// Runs a text with `base` and `policy` as modules, past the resolver of this room and so past its lint.
fn outcome(engine: &mut Engine, file: &str, code: &str) -> String {
    let module = |engine: &Engine, name: &str, text: &str| -> Module {
        let mut ast = engine.compile(text).unwrap();
        ast.set_source(name);
        Module::eval_ast_as_new(Scope::new(), &ast, engine).unwrap()
    };
    let mut resolver = StaticModuleResolver::new();
    resolver.insert("base", module(engine, "base", BASE));
    engine.set_module_resolver(resolver.clone());
    let main = if file == "main" {
        code.to_owned()
    } else {
        resolver.insert("policy", module(engine, "policy", code));
        engine.set_module_resolver(resolver);
        "import \"policy\" as policy; fn helper(x) { \"main\" } policy::go_on()".to_owned()
    };
    match engine.eval::<String>(&main) {
        Ok(value) => value,
        Err(error) => match error.unwrap_inner() {
            EvalAltResult::ErrorRuntime(thrown, _)
                if ["outside", "another file"]
                    .iter()
                    .any(|s| thrown.to_string().contains(s)) =>
            {
                "stopped".to_owned()
            }
            EvalAltResult::ErrorFunctionNotFound(..) => "no function".to_owned(),
            EvalAltResult::ErrorVariableNotFound(..) | EvalAltResult::ErrorParsing(..) => {
                "no variable".to_owned()
            }
            other => other.to_string(),
        },
    }
}

fn stock() -> Engine {
    let mut engine = Engine::new();
    engine.set_max_expr_depths(64, 32);
    engine
}

fn strict() -> Engine {
    let library = Arc::new(Library::new(Places::default()));
    engine(&Limits::default(), &Cancel::default(), library, Arc::new(|_| {}))
}

fn linted(file: &str, code: &str) -> &'static str {
    let ast = parse(code).unwrap();
    let role = if file == "main" {
        Role::Script(&[])
    } else {
        Role::Module
    };
    if lint::check(&ast, role, &Names::of(&strict(), Of::Host)).is_err() {
        "refused"
    } else {
        "unseen"
    }
}

#[test]
fn the_outcomes_of_handing_functions_to_modules_are_as_they_were() {
    let mut found = Vec::new();
    for file in ["main", "policy"] {
        for receiver in ["called", "mapped"] {
            for form in &FORMS {
                let code = code(file, form, receiver);
                let row = [
                    format!("{file}, {receiver}, {}", form.0),
                    outcome(&mut stock(), file, &code),
                    linted(file, &code).to_owned(),
                    outcome(&mut strict(), file, &code),
                ];
                found.push(row);
            }
        }
    }
    for (found, known) in found.iter().zip(OUTCOMES) {
        assert_eq!(*found, known);
    }
}

/// What a file does with functions of its own: the code, and how it ends in the main script and in a module; stock
/// rhai, and (where that differs) this room's engine.
const OWN: [(&str, [&str; 2], [&str; 2]); 14] = [
    (
        "[1].map(|x| helper(x))[0]",
        ["main", "policy"],
        ["main", "policy"],
    ),
    (
        "let k = \"\"; [1].map(|x| helper(x) + k)[0]",
        ["main", "policy"],
        ["main", "policy"],
    ),
    (
        "let f = |x| helper(x); [1].map(f)[0]",
        ["main", "policy"],
        ["main", "policy"],
    ),
    (
        "let f = |x| helper(x); f.call(1)",
        ["main", "policy"],
        ["main", "policy"],
    ),
    (
        "[1].map(|x| { let g = |y| helper(y); g.call(x) })[0]",
        ["main", "policy"],
        ["main", "policy"],
    ),
    (
        "[1].map(|x| base::helper(x))[0]",
        ["base", "base"],
        ["base", "base"],
    ),
    ("base::own()", ["base", "base"], ["base", "base"]),
    (
        "[1].map(Fn(\"helper\"))[0]",
        ["main", "policy"],
        ["main", "policy"],
    ),
    (
        "let f = Fn(\"helper\"); f.call(1)",
        ["main", "policy"],
        ["main", "stopped"],
    ),
    // The bare name of a function in a module is the main script's function of that name.
    ("[1].map(helper)[0]", ["main", "main"], ["main", "stopped"]),
    ("let f = helper; f.call(1)", ["main", "main"], ["main", "stopped"]),
    ("helper.call(1)", ["main", "main"], ["main", "stopped"]),
    // A closure that comes out of a module is lost, but not silently.
    (
        "base::make().call(1)",
        ["no function", "no function"],
        ["no function", "no function"],
    ),
    (
        "base::CLOSURE.call(1)",
        ["no function", "no function"],
        ["no function", "no function"],
    ),
];

#[test]
fn what_a_file_does_with_its_own_functions_is_as_it_was() {
    for (code, in_stock, in_ours) in OWN {
        let files = ["main", "policy"];
        let texts = files.map(|file| {
            let (open, close) = if file == "main" {
                ("", "")
            } else {
                ("fn go_on() {", "}")
            };
            format!("import \"base\" as base; fn helper(x) {{ \"{file}\" }} {open} {code} {close}")
        });
        for (i, file) in files.into_iter().enumerate() {
            assert_eq!(
                outcome(&mut stock(), file, &texts[i]),
                in_stock[i],
                "stock, {file}: {code}"
            );
            assert_eq!(
                outcome(&mut strict(), file, &texts[i]),
                in_ours[i],
                "ours, {file}: {code}"
            );
        }
        let bare = code.contains("helper)") && !code.contains("(x")
            || code.contains("= helper")
            || code.contains("helper.");
        assert_eq!(
            linted("policy", &texts[1]),
            if bare { "refused" } else { "unseen" },
            "{code}"
        );
    }
}

#[test]
fn a_closure_in_the_main_script_loses_its_globals_in_a_module_and_is_stopped_here() {
    let code = "import \"base\" as base; const K = \"k\"; fn helper(x) { \"main\" } let f = || global::K; base::called(f)";
    assert_eq!(
        outcome(&mut stock(), "main", &code.replace("||", "|x|")),
        "no variable"
    );
    assert_eq!(
        outcome(&mut strict(), "main", &code.replace("||", "|x|")),
        "stopped"
    );
}

#[test]
fn through_the_resolver_of_this_room_no_closure_reaches_a_module() {
    let base = "fn helper(x) { \"base\" } fn mapped(f) { [1].map(f)[0] }";
    for (_, before, argument, _) in FORMS.iter().filter(|form| form.3.is_empty()) {
        let main = format!(
            "import \"base\" as base; fn helper(x) {{ \"main\" }} fn make_own() {{ |x| helper(x) }} {before} base::mapped({argument})"
        );
        let error = run_files(&[("main.rhai", &main), ("base.rhai", base)]).unwrap_err();
        assert!(error.message.contains("function"), "{main}: {}", error.message);
        assert!(error.hint.is_some(), "{main}");
    }
    // The host's own modules are not scripts, and may take closures.
    assert_eq!(
        eval("fn helper(x) { \"main\" } vendor::each(|x| helper(x))"),
        "main"
    );
}

#[test]
fn a_module_that_calls_its_argument_is_refused_with_the_line() {
    for text in [
        "fn f(x) {\n    x.call(1)\n}",
        "fn f(o) {\n    o.pred.call(1)\n}",
        "fn f(x) {\n    call(x, 1)\n}",
    ] {
        let error =
            run_files(&[("main.rhai", "import \"base\" as base; 1"), ("base.rhai", text)]).unwrap_err();
        assert!(
            error.message.contains("must not call functions from outside"),
            "{text}: {}",
            error.message
        );
        assert_eq!(error.place.unwrap().line, 2, "{text}");
    }
}
