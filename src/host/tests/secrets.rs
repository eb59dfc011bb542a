//! Secrets in scripts: nobody sees one before the script has ended in it.

use rhai::Dynamic;

use super::Desk;
use crate::host::secrets::Issued;
use crate::host::{Ending, ending};
use crate::output::{Cell, Document, Format, Style, render};
use crate::script::ParamValue;
use crate::secret::{REDACTED, Secret};

/// Runs a script that is given a secret as `params.key`.
fn run(code: &str) -> Dynamic {
    let code = format!("const PARAMS = [#{{ name: \"key\", type: \"secret\" }}];\n{code}");
    let key = ParamValue::Secret(Secret::new("open-sesame"));
    Desk::new().run_with(&code, [("key".to_owned(), key)]).unwrap()
}

fn issued() -> Dynamic {
    Dynamic::from(Issued(Secret::new("open-sesame")))
}

#[test]
fn a_secret_is_redacted_wherever_a_script_turns_it_into_text() {
    for code in [
        "`${it}`",
        "\"\" + it",
        "it + \"\"",
        "it.to_string()",
        "it.to_debug()",
        "#{ key: it }.to_json()",
        "#{ key: it }.to_string()",
        "[it].to_string()",
        "[it, 1]",
        "#{ key: it }",
        "table([#{ key: it }], [\"key\"])",
        "let said = (); try { rename(it, \"x\") } catch (e) { said = e } said",
        "let said = (); try { throw it } catch (e) { said = `${e}` } said",
    ] {
        let desk = Desk::new();
        for (whose, value) in [
            ("given", run(&format!("let it = params.key; {code}"))),
            ("issued", desk.run_on(code, issued())),
            (
                "revealed",
                desk.run_on(&format!("let it = reveal(it); {code}"), issued()),
            ),
        ] {
            let Ending::Shown(document) = ending(value) else {
                panic!("{whose}: {code} ends in a secret");
            };
            for format in Format::ALL {
                let mut shown = Vec::new();
                let _ = render(&document, format, &Style::default(), &mut shown).unwrap();
                let shown = String::from_utf8(shown).unwrap();
                assert!(!shown.contains("sesame"), "{whose}: {code}: {shown}");
            }
        }
    }
}

#[test]
fn a_script_ends_in_an_issued_secret_that_it_may_have_revealed_and_never_in_one_that_was_given() {
    let redacted = Ending::Shown(Document::Value(Cell::text(REDACTED)));
    assert_eq!(ending(run("params.key")), redacted);
    assert_eq!(ending(issued()), Ending::Secret(Secret::new("open-sesame")));
    let desk = Desk::new();
    let revealed = |code: &str| ending(desk.run_on(code, issued()));
    let shown = Ending::Shown(Document::Value(Cell::text("open-sesame")));
    assert_eq!(revealed("reveal(it)"), shown);
    assert_eq!(revealed("reveal(reveal(it))"), shown);
    assert_eq!(revealed("it.reveal()"), shown);
    assert_eq!(
        revealed("[reveal(it)]"),
        Ending::Shown(Document::List(vec![Cell::text(REDACTED)]))
    );
}

#[test]
fn only_a_secret_can_be_revealed_and_nothing_stays_nothing() {
    let desk = Desk::new();
    desk.holds("reveal(()) == ()");
    for code in ["reveal(\"text\")", "reveal(5)", "reveal([])"] {
        let error = desk.fails(code);
        assert_eq!(error.kind, "invalid", "{code}: {error:?}");
        assert!(error.hint.starts_with("call it as reveal("), "{code}: {error:?}");
    }
    let given = run("let why = (); try { reveal(params.key) } catch (e) { why = e.message } why").to_string();
    assert!(given.contains("those that were given to the run"), "{given}");
    let types = "type_of(it) + type_of(reveal(it))";
    assert_eq!(desk.run_on(types, issued()).to_string(), "secretsecret");
}

#[test]
fn a_secret_tells_nothing_when_it_is_compared() {
    for code in [
        "params.key == \"open-sesame\"",
        "\"open-sesame\" == params.key",
        "params.key in [\"open-sesame\"]",
    ] {
        assert_eq!(run(code).as_bool(), Ok(false), "{code}");
    }
}
