//! Ctrl-C, wherever a script may be.

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
    let program = Program::prepare(
        &engine,
        &library,
        library.keep("test.rhai", &code),
        &Vocabulary::default(),
    )
    .unwrap();
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
