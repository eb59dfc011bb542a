//! Values: days and moments compared, and what a script's own values look like as data.

use super::Desk;
use crate::host::value::to_document;
use crate::output::{Document, Format, Style, render};
use crate::script::ParamValue;

const DAY: &str = "const PARAMS = [#{ name: \"day\", type: \"date\" }];\n";

fn with_day(day: &str, code: &str) -> bool {
    let day = ParamValue::Date(day.parse().unwrap());
    let value = Desk::new()
        .run_with(&format!("{DAY}{code}"), [("day".to_owned(), day)])
        .unwrap();
    value.as_bool().unwrap()
}

#[test]
fn a_moment_lies_before_a_day_within_it_or_after_it() {
    for (moment, holds) in [
        ("2026-10-31T23:59:59Z", "<"),
        ("2026-11-01T00:00:00Z", "=="),
        ("2026-11-01T23:59:59Z", "=="),
        ("2026-11-02T00:00:00Z", ">"),
    ] {
        for operator in ["<", "==", ">"] {
            let code = format!("time(\"{moment}\") {operator} params.day");
            assert_eq!(with_day("2026-11-01", &code), operator == holds, "{code}");
        }
        let reversed = match holds {
            "<" => ">",
            ">" => "<",
            same => same,
        };
        assert!(
            with_day("2026-11-01", &format!("params.day {reversed} time(\"{moment}\")")),
            "{moment}"
        );
    }
    assert!(with_day(
        "2026-11-01",
        "time(\"2026-11-01T12:00:00Z\") <= params.day && params.day >= time(\"2026-10-01T00:00:00Z\")"
    ));
    assert!(with_day(
        "2026-11-01",
        "time(\"2026-11-01T12:00:00Z\") != time(params.day)"
    ));
}

#[test]
fn a_moment_as_a_parameter_is_that_moment_alone() {
    assert!(with_day(
        "2026-11-01T08:00:00Z",
        "time(\"2026-11-01T08:00:00Z\") == params.day"
    ));
    assert!(with_day(
        "2026-11-01T08:00:00Z",
        "time(\"2026-11-01T08:00:01Z\") > params.day"
    ));
}

#[test]
fn a_range_of_events_takes_days_from_parameters() {
    let code = "list_audit_events(#{ from: params.day, to: params.day }).all(|e| e.at == params.day)";
    assert!(with_day("2026-11-01", code));
}

#[test]
fn a_value_is_never_shown_by_the_name_of_its_type_in_rust() {
    let desk = Desk::new();
    let code = "#{ fleet: fleet(\"demo\"), table: table([], \"users\"), period: params.period, key: params.key, at: now() }";
    let code = format!(
        "const PARAMS = [#{{ name: \"period\", type: \"period\" }}, #{{ name: \"key\", type: \"secret\" }}];\n{code}"
    );
    let given = [
        ("period".to_owned(), ParamValue::Period("90d".parse().unwrap())),
        (
            "key".to_owned(),
            ParamValue::Secret(crate::secret::Secret::new("open-sesame")),
        ),
    ];
    let value = desk.run_with(&code, given).unwrap();
    for format in Format::ALL {
        let mut out = Vec::new();
        let _ = render(&to_document(value.clone()), format, &Style::default(), &mut out).unwrap();
        let out = String::from_utf8(out).unwrap();
        assert!(out.contains("90d") && out.contains("fleet demo"), "{out}");
        assert!(!out.contains("::") && !out.contains("sesame"), "{out}");
    }
    assert!(matches!(to_document(value), Document::Record(_)));
}

#[test]
fn json_of_a_map_shows_values_as_the_output_does() {
    Desk::new().holds("#{ at: time(\"2026-11-01T08:00:00Z\"), n: 1 }.to_json() == `{\"at\":\"2026-11-01T08:00:00Z\",\"n\":1}`");
}

#[test]
fn an_error_names_types_as_scripts_do() {
    let error = Desk::new().fails("rename(list_computers()[0], list_computers()[1])");
    assert!(
        error.message.ends_with("got a value of type Computer"),
        "{error:?}"
    );
}
