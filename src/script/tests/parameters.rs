//! Parameters, from their texts to `params`.

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
    let code =
        format!("{TABLE} [params.group, params.period.to_string(), params.names, params.quick, params.key]");
    let value = run(&code, &[("group", "Servers"), ("names", "a, b")]).unwrap();
    assert_eq!(
        value.to_string(),
        "[\"Servers\", \"90d\", [\"a\", \"b\"], false, ()]"
    );
}

#[test]
fn an_item_of_a_list_that_has_a_comma_stands_in_quotes() {
    let code = format!("{TABLE} params.names");
    let value = run(&code, &[("group", "x"), ("names", "\"a, b\",c")]).unwrap();
    assert_eq!(value.to_string(), "[\"a, b\", \"c\"]");
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
    let header = Header::read(&library, &library.keep("t", TABLE), &Vocabulary::default()).unwrap();
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
fn a_closure_sees_the_parameters() {
    let code =
        "const PARAMS = [#{ name: \"n\", type: \"int\", value: 2 }]; [1, 2, 3].filter(|x| x > params.n)";
    assert_eq!(eval(code), "[3]");
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
    assert!(error.hint.unwrap().contains("as an argument"));
}
