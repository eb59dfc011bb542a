//! Secrets in scripts: nobody sees one before the script has ended in it.

use rhai::Dynamic;

use super::Desk;
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

#[test]
fn a_secret_is_redacted_wherever_a_script_turns_it_into_text() {
    for secret in ["params.key", "reveal(params.key)"] {
        for code in [
            "`${SECRET}`",
            "\"\" + SECRET",
            "SECRET + \"\"",
            "SECRET.to_string()",
            "SECRET.to_debug()",
            "#{ key: SECRET }.to_json()",
            "#{ key: SECRET }.to_string()",
            "[SECRET].to_string()",
            "[SECRET, 1]",
            "#{ key: SECRET }",
            "table([#{ key: SECRET }], [\"key\"])",
            "let said = (); try { rename(SECRET, \"x\") } catch (e) { said = e } said",
            "let said = (); try { throw SECRET } catch (e) { said = `${e}` } said",
        ] {
            let code = code.replace("SECRET", secret);
            let Ending::Shown(document) = ending(run(&code)) else {
                panic!("{code} ends in a secret");
            };
            for format in Format::ALL {
                let mut shown = Vec::new();
                let _ = render(&document, format, &Style::default(), &mut shown).unwrap();
                let shown = String::from_utf8(shown).unwrap();
                assert!(!shown.contains("sesame"), "{code}: {shown}");
            }
        }
    }
}

#[test]
fn a_script_ends_in_a_secret_that_it_may_have_revealed() {
    assert_eq!(
        ending(run("params.key")),
        Ending::Secret(Secret::new("open-sesame"))
    );
    let shown = Ending::Shown(Document::Value(Cell::text("open-sesame")));
    assert_eq!(ending(run("reveal(params.key)")), shown);
    assert_eq!(ending(run("reveal(reveal(params.key))")), shown);
    assert_eq!(ending(run("params.key.reveal()")), shown);
    assert_eq!(
        ending(run("[reveal(params.key)]")),
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
    assert_eq!(
        run("type_of(params.key) + type_of(reveal(params.key))").to_string(),
        "secretsecret"
    );
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
