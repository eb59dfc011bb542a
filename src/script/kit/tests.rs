//! The kit, as a script meets it.

use crate::script::tests::{eval, failure};

#[test]
fn every_form_of_a_condition_works() {
    assert_eq!(eval("[1, 2, 3].filter(|x| x > 1)"), "[2, 3]");
    assert_eq!(eval("[1, 2, 3].filter(|| this > 1)"), "[2, 3]");
    assert_eq!(eval("[5, 5, 5].filter(|x, i| i > 0)"), "[5, 5]");
    assert_eq!(eval("let k = 2; [1, 2, 3].filter(|x| x == k)"), "[2]");
    assert_eq!(eval("fn big(x) { x > 2 } [1, 2, 3].filter(big)"), "[3]");
    assert_eq!(eval("const L = [1, 2]; L.filter(|x| x > 1)"), "[2]");
    assert_eq!(eval("#{a: 1, b: 2}.filter(|k, v| v > 1)"), "#{\"b\": 2}");
}

#[test]
fn a_condition_that_is_not_true_or_false_throws_everywhere() {
    for call in [
        "filter(|x| x)",
        "all(|x| 1)",
        "some(|x| ())",
        "find(|x| \"yes\")",
        "find(|x| \"yes\", 0)",
        "index_of(|x| 1)",
        "index_of(|x| 1, 0)",
        "retain(|x| 1)",
        "drain(|x| 1)",
        "dedup(|a, b| 1)",
    ] {
        let error = failure(&format!("let l = [1, 2]; l.{call}"));
        assert!(
            error.message.contains("needs true or false"),
            "{call}: {}",
            error.message
        );
    }
    for call in ["filter(|k, v| v)", "retain(|k, v| v)", "drain(|k, v| v)"] {
        let error = failure(&format!("let m = #{{a: 1}}; m.{call}"));
        assert!(
            error.message.contains("needs true or false"),
            "{call}: {}",
            error.message
        );
    }
}

#[test]
fn a_condition_that_throws_leaves_the_list_as_it_was() {
    let code =
        "let l = [1, 2, 3]; try { l.retain(|x| if x == 3 { throw \"no\" } else { false }) } catch { } l";
    assert_eq!(eval(code), "[1, 2, 3]");
}

#[test]
fn the_other_questions_are_answered_as_in_rhai() {
    assert_eq!(eval("[1, 2].all(|x| x > 0)"), "true");
    assert_eq!(eval("[].all(|x| x > 0)"), "true");
    assert_eq!(eval("[1, 2].some(|x| x > 1)"), "true");
    assert_eq!(eval("[1, 2, 3].find(|x| x > 1)"), "2");
    assert_eq!(eval("[1, 2, 3].find(|x| x > 7)"), "");
    assert_eq!(eval("[1, 2, 3].find(|x| x > 0, -1)"), "3");
    assert_eq!(eval("[1, 2, 3].index_of(|x| x > 1)"), "1");
    assert_eq!(eval("[1, 2, 3].index_of(3)"), "2");
    assert_eq!(
        eval("let l = [1, 2, 3]; let out = l.retain(|x| x > 1); [l, out]"),
        "[[2, 3], [1]]"
    );
    assert_eq!(
        eval("let l = [1, 2, 3]; let out = l.drain(|x| x > 1); [l, out]"),
        "[[1], [2, 3]]"
    );
    assert_eq!(eval("let l = [1, 1, 2]; l.dedup(|a, b| a == b); l"), "[1, 2]");
}

#[test]
fn sorting_is_stable_by_key_by_field_and_by_comparer() {
    let people = "let l = [#{n: \"b\", a: 1}, #{n: \"a\", a: 2}, #{n: \"c\", a: 1}];";
    assert_eq!(
        eval(&format!("{people} l.sorted_by(\"a\").map(|p| p.n)")),
        "[\"b\", \"c\", \"a\"]"
    );
    assert_eq!(
        eval(&format!("{people} l.sort_by(|p| p.n); l.map(|p| p.n)")),
        "[\"a\", \"b\", \"c\"]"
    );
    assert_eq!(
        eval(&format!("{people} l.sorted_by(|p| [p.a, p.n]).map(|p| p.n)")),
        "[\"b\", \"c\", \"a\"]"
    );
    assert_eq!(eval("[3, 1, 2].sorted(|a, b| b - a)"), "[3, 2, 1]");
    assert_eq!(eval("[3, 1, 2].sorted(|a, b| a < b)"), "[1, 2, 3]");
    assert_eq!(eval("let l = [3, 1.5, 2]; l.sort(); l"), "[1.5, 2, 3]");
    assert_eq!(eval("[\"b\", \"a\"].sorted_desc()"), "[\"b\", \"a\"]");
}

#[test]
fn a_failing_comparer_or_values_without_an_order_throw_and_change_nothing() {
    assert_eq!(failure("[2, 1].sort(|a, b| throw \"broken\")").message, "broken");
    assert!(failure("[2, 1].sort(|a, b| \"x\")").message.contains("comparer"));
    assert!(failure("[2, 1].sort(|a| a)").hint.unwrap().contains("sort_by"));
    assert!(
        failure("[2, \"a\"].sort()")
            .message
            .contains("cannot be compared")
    );
    assert!(failure("[(), 1].sorted()").message.contains("cannot be compared"));
    assert!(
        failure("[#{a: 1}, #{a: ()}].sort_by(\"a\")")
            .message
            .contains("`()`")
    );
    assert_eq!(
        eval("let l = [2, \"a\", 1]; try { l.sort() } catch { } l"),
        "[2, \"a\", 1]"
    );
}

#[test]
fn a_missing_field_is_named_with_the_nearest() {
    let error = failure("[#{name: 1}].sort_by(\"nme\")");
    assert!(
        error.message.contains("item 0 has no field `nme`"),
        "{}",
        error.message
    );
    assert_eq!(error.hint.as_deref(), Some("did you mean `name`?"));
    assert!(
        failure("[1].group_by(\"x\")")
            .message
            .contains("is a number and has no field")
    );
}

#[test]
fn items_are_gathered_under_keys() {
    assert_eq!(
        eval("[1, 2, 3].group_by(|x| x % 2 == 0)"),
        "#{\"false\": [1, 3], \"true\": [2]}"
    );
    assert_eq!(
        eval("[\"a\", \"b\", \"a\"].count_by(|x| x)"),
        "#{\"a\": 2, \"b\": 1}"
    );
    assert_eq!(eval("[#{id: 7}].index_by(\"id\")"), "#{\"7\": #{\"id\": 7}}");
    assert!(
        failure("[#{id: 7}, #{id: 7}].index_by(\"id\")")
            .message
            .contains("key `7`")
    );
    assert_eq!(eval("[3, 4, 5].unique_by(|x| x % 2)"), "[3, 4]");
    assert_eq!(eval("[#{n: 2}, #{n: 1}].min_by(\"n\")"), "#{\"n\": 1}");
    assert_eq!(eval("[1, 5, 2].max_by(|x| -x)"), "1");
    assert_eq!(eval("[].max_by(|x| x)"), "");
}

#[test]
fn lists_are_summed_joined_flattened_and_cut() {
    assert_eq!(eval("[1, 2].sum()"), "3");
    assert_eq!(eval("[].sum()"), "0");
    assert_eq!(eval("[1, 0.5].sum()"), "1.5");
    assert_eq!(eval("[#{n: 2}, #{n: 3}].sum(\"n\")"), "5");
    assert_eq!(eval("[1, 2].sum(|x| x * 10)"), "30");
    assert!(
        failure("[1, \"2\"].sum()")
            .message
            .contains("item 1 gives a string")
    );
    assert!(
        failure("[9223372036854775807, 1].sum()")
            .message
            .contains("too large")
    );
    assert_eq!(eval("[\"a\", 1, ()].join(\"-\")"), "a-1-");
    assert!(failure("[[1]].join(\",\")").message.contains("plain value"));
    assert_eq!(eval("[[1], [], [2, [3]]].flatten()"), "[1, 2, [3]]");
    assert_eq!(eval("[1, 2, 3].chunk(2)"), "[[1, 2], [3]]");
    assert!(failure("[1].chunk(0)").message.contains("at least 1"));
}

#[test]
fn what_has_no_order_does_not_compare() {
    for code in [
        "() > 90",
        "1 < \"1\"",
        "let x = (); x > 90",
        "let x = (); !(x > 90)",
        "let x = (); x <= \"a\"",
        "let x = (); x < x",
        "let a = 1; let b = \"1\"; a >= b",
        "let a = true; a < 1",
        "let a = [1]; a < [2]",
        "let a = #{}; a < 1",
        "fn old(c) { c.seen > 90 } old(#{seen: ()})",
    ] {
        assert!(failure(code).message.contains("cannot be compared"), "{code}");
    }
    assert!(failure("let z = 0.0; z / z < 1.0").message.contains("NaN"));
    assert!(failure("() > 90").hint.unwrap().contains("not known"));
}

#[test]
fn records_of_a_host_compare_only_as_the_host_says() {
    assert!(
        failure("get_machine(\"a\") < ()")
            .message
            .contains("a value of type machine cannot be compared with `()`")
    );
    assert!(
        failure("() > get_machine(\"a\")")
            .message
            .contains("cannot be compared")
    );
    assert!(
        failure("get_machine(\"a\") < get_machine(\"b\")")
            .message
            .contains("cannot be compared")
    );
    assert!(
        failure("[get_machine(\"a\"), get_machine(\"b\")].sort()")
            .message
            .contains("cannot be compared")
    );
    assert_eq!(
        eval("[get_machine(\"b\"), get_machine(\"a\")].sort_by(\"name\").map(|m| m.name)"),
        "[\"a\", \"b\"]"
    );
    assert!(
        failure("[get_machine(\"b\")].sort_by(\"nme\")")
            .message
            .contains("has no field `nme`")
    );
    assert!(
        failure("[get_machine(\"b\")].group_by(|m| m)")
            .message
            .contains("name a field")
    );
}

#[test]
fn what_has_an_order_compares_as_before() {
    for code in [
        "1 < 2",
        "1 < 1.5",
        "2.5 >= 2",
        "\"a\" < \"b\"",
        "'a' < 'b'",
        "'a' < \"b\"",
        "false < true",
    ] {
        assert_eq!(eval(code), "true", "{code}");
        assert_eq!(eval(&format!("fn f(x) {{ {code} }} f(1)")), "true", "{code}");
    }
    assert_eq!(
        eval("let a = 3; let n = 0; while a > 0 { a -= 1; n += 1; } n"),
        "3"
    );
    assert_eq!(eval("let a = 1; let b = \"1\"; a == b"), "false");
    assert_eq!(eval("let a = (); a != 1"), "true");
    assert_eq!(eval("let t = timestamp(); timestamp() >= t"), "true");
}
