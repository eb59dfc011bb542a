//! The cleanup policy of a run: which file it is, when it is read, what it is known by, and how it is listed.

use super::laying::{is_at, library, run_main};
use super::*;
use crate::script::names::{Names, Of};
use crate::script::{PolicyFunction, checked_policy, decided_by, is_policy, policy};

#[test]
fn the_policy_of_the_run_comes_before_the_one_in_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("stdlib")).unwrap();
    fs::write(
        folder.path().join("stdlib/cleanup_policy.rhai"),
        "fn told(n) { \"folder\" }",
    )
    .unwrap();
    fs::write(folder.path().join("mine.rhai"), "fn told(n) { \"mine\" }").unwrap();
    let library = library(folder.path());
    library.use_policy(&folder.path().join("mine.rhai"));
    // What is not used need not be there.
    library.use_policy(&folder.path().join("none.rhai"));
    let value = run_main(&library, "policy::told(1)", &Cancel::default());
    assert_eq!(value.unwrap().to_string(), "mine");
}

#[test]
fn a_policy_is_read_once_for_all_of_a_run() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("stdlib/cleanup_policy.rhai");
    fs::create_dir_all(folder.path().join("stdlib")).unwrap();
    let text = "// Mine.\nfn told(n) { \"first\" }";
    let changes: [fn(&Path); 3] = [
        |file| fs::write(file, "fn age(n) { 0 }\n\nfn told(n) { \"second\" }").unwrap(),
        |file| fs::write(file, "fn told(").unwrap(),
        |file| fs::remove_file(file).unwrap(),
    ];
    for change in changes {
        fs::write(&file, text).unwrap();
        let library = library(folder.path());
        let told = || run_main(&library, "policy::told(1)", &Cancel::default());
        assert_eq!(decided_by(&library), None, "nothing has imported it");
        assert_eq!(told().unwrap().to_string(), "first");
        change(&file);
        let decided = decided_by(&library).unwrap();
        assert!(
            decided.ends_with("cleanup_policy.rhai: told in line 2"),
            "{decided}"
        );
        // Another engine imports it anew.
        assert_eq!(told().unwrap().to_string(), "first");
        let listed = policy(&library).unwrap();
        let own: Vec<_> = listed
            .iter()
            .filter(|function| function.place.is_some())
            .collect();
        assert_eq!(own.len(), 1);
        assert_eq!(
            (own[0].name.as_str(), own[0].place.as_ref().unwrap().line),
            ("told", 2)
        );
    }
}

#[test]
fn a_policy_that_comes_too_late_does_not_decide() {
    let folder = tempfile::tempdir().unwrap();
    let library = library(folder.path());
    let told = || run_main(&library, "policy::told(1)", &Cancel::default());
    assert_eq!(told().unwrap().to_string(), "young");
    fs::create_dir_all(folder.path().join("stdlib")).unwrap();
    fs::write(
        folder.path().join("stdlib/cleanup_policy.rhai"),
        "fn told(n) { \"late\" }",
    )
    .unwrap();
    assert_eq!(told().unwrap().to_string(), "young");
    assert_eq!(decided_by(&library), None);
}

#[test]
fn the_policy_is_known_by_its_id_and_nothing_else_is() {
    let folder = tempfile::tempdir().unwrap();
    let shipped = library(folder.path());
    assert!(is_policy(&shipped.policy().unwrap().id));
    assert!(is_policy(&shipped.module(None, "std:cleanup_policy").unwrap().id));
    let file = folder.path().join("stdlib/cleanup_policy.rhai");
    fs::create_dir_all(folder.path().join("stdlib")).unwrap();
    fs::write(&file, "fn told(n) { \"mine\" }").unwrap();
    let library = library(folder.path());
    let laid = library.module(None, "std/cleanup_policy").unwrap();
    assert!(is_policy(&laid.id));
    assert_eq!(library.shown(&laid.id), "stdlib/cleanup_policy.rhai");
    // The file by itself is a script as any other.
    let script = library.script(file.to_str().unwrap()).unwrap();
    assert!(!is_policy(&script.id));
    for other in [
        "/desk/mine.rhai over std:cleanup_policy",
        "/desk/std:cleanup_policy",
        "/desk/laid:cleanup_policy",
        "std:cleanup_policy_of_mine",
        "std:stale",
        "shipped:cleanup_policy",
        "",
    ] {
        assert!(!is_policy(other), "{other}");
    }
}

#[test]
fn what_is_debugged_in_a_policy_is_said_with_the_users_line() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("stdlib")).unwrap();
    let over = "// Mine.\nfn told(n) { debug(n); \"mine\" }";
    fs::write(folder.path().join("stdlib/cleanup_policy.rhai"), over).unwrap();
    let library = library(folder.path());
    let lines = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&lines);
    let print = Arc::new(move |line: &str| kept.lock().unwrap().push(line.to_owned()));
    let engine = engine(
        &Limits::default(),
        &Cancel::default(),
        Arc::clone(&library),
        print,
    );
    let main = "import \"std/cleanup_policy\" as policy; policy::told(1)";
    let source = library.keep("main.rhai", main);
    let program = Program::prepare(&engine, &library, source, &Vocabulary::default()).unwrap();
    assert_eq!(
        program.run(&engine, rhai::Map::new()).unwrap().to_string(),
        "mine"
    );
    let lines = lines.lock().unwrap();
    assert!(lines[0].ends_with("cleanup_policy.rhai:2:14: 1"), "{lines:?}");
}

#[test]
fn each_function_is_listed_with_where_it_comes_from() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("stdlib")).unwrap();
    let over = "// Mine.\nprivate fn twice(n) { n * 2 }\n\nfn is_old(number) {\n    twice(number) > 3\n}\n";
    fs::write(folder.path().join("stdlib/cleanup_policy.rhai"), over).unwrap();
    let listed = policy(&library(folder.path())).unwrap();
    let shown: Vec<_> = listed.iter().map(PolicyFunction::signature).collect();
    assert_eq!(
        shown,
        [
            "is_old(number) -> bool",
            "best(list) -> machine or ()",
            "told(n) -> string",
            "age(n)"
        ]
    );
    assert_eq!(listed[0].about, "Is a number old?");
    let place = listed[0].place.as_ref().unwrap();
    assert_eq!(
        (place.file.as_str(), place.line),
        ("stdlib/cleanup_policy.rhai", 4)
    );
    assert!(listed[1..].iter().all(|function| function.place.is_none()));
    fs::write(
        folder.path().join("stdlib/cleanup_policy.rhai"),
        "fn is_odl(n) { }",
    )
    .unwrap();
    let error = policy(&library(folder.path())).unwrap_err();
    is_at(&error, 1, 4);
}

#[test]
fn what_a_run_refuses_is_not_listed_as_what_counts() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("stdlib")).unwrap();
    for over in [
        "private fn rename(c, name) { 1 }",
        "fn is_old(n) { [n].some(age) }\nfn age(n) { n }",
        "fn told(list) { list.call(1) }",
        "import \"std:cleanup_policy\" as vendor;",
    ] {
        fs::write(folder.path().join("stdlib/cleanup_policy.rhai"), over).unwrap();
        let library = library(folder.path());
        let names = Names::of(&host(&library, &Cancel::default()), Of::Host);
        let listed = checked_policy(&library, &names).unwrap_err();
        let ran = run_main(&library, "policy::told(1)", &Cancel::default()).unwrap_err();
        assert_eq!(
            (&listed.message, &listed.place),
            (&ran.message, &ran.place),
            "{over}"
        );
    }
}
