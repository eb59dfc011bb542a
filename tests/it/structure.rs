//! The house and its rooms: who may import whom, which room alone may name a crate, and how long a file may be.
//!
//! The sources are read as text, without comments and strings: what a macro writes stays unseen.

mod source;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use source::{Source, files_below};

/// The plain files at the root of `src`, which every room may use, as it may use `fleet`.
const OPEN: &[&str] = &[
    "cancel", "clock", "encoding", "fields", "fleet", "held", "period", "replace", "secret", "suggest",
    "text", "when",
];

/// Each room, and the rooms that it may import besides those that are open to all.
const ROOMS: &[(&str, &[&str])] = &[
    ("fleet", &[]),
    ("http", &[]),
    ("output", &[]),
    ("config", &[]),
    ("vendor", &["http"]),
    ("plan", &["output"]),
    ("script", &[]),
    ("host", &["script", "plan", "vendor", "output"]),
    ("sim", &[]),
    (
        "cli",
        &[
            "http", "output", "config", "vendor", "plan", "script", "host", "sim",
        ],
    ),
];

/// What the tests of a room import besides: a client is tested against the simulator, which knows nothing of it.
const IN_TESTS: &[(&str, &[&str])] = &[("vendor", &["sim"]), ("host", &["sim", "http"])];

/// What is open to all others, but not to these: `script` is Rhai and nothing of the product, `sim` has words of its own.
const CLOSED: &[(&str, &[&str])] = &[("script", &["fleet"]), ("sim", &["fleet"])];

/// Each crate that is the affair of a few rooms, and who may name it.
const CRATES: &[(&str, &[&str])] = &[
    ("annotate_snippets", &["script"]),
    ("anstream", &["cli"]),
    ("anstyle", &["cli", "output"]),
    ("axum", &["sim"]),
    ("clap", &["cli"]),
    ("comfy_table", &["output"]),
    ("console", &["cli"]),
    ("crc32fast", &["plan"]),
    ("csv", &["output"]),
    ("fastrand", &["http", "plan", "sim"]),
    ("http_body", &["sim"]),
    ("httpdate", &["http"]),
    ("indicatif", &["cli"]),
    ("reqwest", &["http"]),
    ("rhai", &["script", "host"]),
    ("ring", &["plan"]),
    ("rustix", &["cli"]),
    ("rustls", &["http"]),
    ("secrecy", &["secret"]),
    ("strsim", &["suggest"]),
    ("toml", &["config"]),
    ("toml_edit", &["config"]),
    // The tests of http read the log.
    ("tracing_subscriber", &["cli", "http"]),
    ("unicode_width", &["output"]),
    ("url", &["config", "http", "sim"]),
];

/// The crates that every room may name: time, tasks, errors, JSON and the log.
const COMMON: &[&str] = &[
    "futures_util",
    "jiff",
    "serde",
    "serde_json",
    "tempfile",
    "thiserror",
    "tokio",
    "tracing",
];

/// Beyond this a file has two subjects.
const LINES: usize = 400;

/// The folder of a file below `src`, or the file's own name for those at the root.
fn room_of(path: &Path) -> String {
    let first = path.iter().next().unwrap_or_default().to_string_lossy();
    first.trim_end_matches(".rs").to_owned()
}

fn is_room(name: &str) -> bool {
    OPEN.contains(&name) || ROOMS.iter().any(|(room, _)| *room == name)
}

/// The row of a room, which may have none.
fn named(table: &[(&str, &'static [&'static str])], room: &str) -> &'static [&'static str] {
    table
        .iter()
        .find(|(name, _)| *name == room)
        .map_or(&[], |(_, row)| row)
}

/// Tells whether a file holds nothing but tests.
fn is_test(path: &Path) -> bool {
    path.iter().any(|part| part == "tests" || part == "tests.rs")
}

/// Returns what is wrong with a file, in the words of the tables above; `path` is below `src`.
fn faults(path: &Path, text: &str) -> Vec<String> {
    let room = room_of(path);
    let source = Source::read(text);
    let mut faults = Vec::new();
    if let Some((_, may)) = ROOMS.iter().find(|(name, _)| *name == room) {
        let closed = named(CLOSED, &room);
        let in_tests = if is_test(path) {
            named(IN_TESTS, &room)
        } else {
            &[]
        };
        for other in source.rooms(path).into_iter().filter(|name| is_room(name)) {
            let open = OPEN.contains(&other.as_str()) && !closed.contains(&other.as_str());
            let may = open || may.contains(&other.as_str()) || in_tests.contains(&other.as_str());
            if other != room && !may {
                faults.push(format!(
                    "src/{}: `{room}` must not import `{other}`",
                    path.display()
                ));
            }
        }
    } else if OPEN.contains(&room.as_str()) {
        for other in source
            .rooms(path)
            .into_iter()
            .filter(|name| is_room(name) && !OPEN.contains(&name.as_str()))
        {
            faults.push(format!(
                "src/{}: is open to all, and must not import `{other}`",
                path.display()
            ));
        }
    } else if !["lib", "main"].contains(&room.as_str()) {
        faults.push(format!(
            "src/{}: `{room}` stands in no table of tests/it/structure.rs",
            path.display()
        ));
    }
    for (name, owners) in CRATES {
        if !owners.contains(&room.as_str()) && source.names(name) {
            faults.push(format!(
                "src/{}: only {} may name the crate `{name}`",
                path.display(),
                owners.join(" and ")
            ));
        }
    }
    if text.lines().count() > LINES {
        let lines = text.lines().count();
        faults.push(format!(
            "src/{}: {lines} lines are more than {LINES}; it has two subjects",
            path.display()
        ));
    }
    faults
}

#[test]
fn the_rooms_import_only_what_is_beneath_them() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files = files_below(&src);
    assert!(
        files.len() > 50,
        "only {} files were found in {}",
        files.len(),
        src.display()
    );
    let mut found = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        found.extend(faults(file.strip_prefix(&src).unwrap(), &text));
    }
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn the_tests_keep_to_the_length_of_a_file_too() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let long: Vec<PathBuf> = files_below(&tests)
        .into_iter()
        .filter(|file| std::fs::read_to_string(file).unwrap().lines().count() > LINES)
        .collect();
    assert!(long.is_empty(), "{long:?}");
}

#[test]
fn no_arrow_of_the_table_points_in_a_circle() {
    fn beneath(room: &str, found: &mut BTreeSet<String>) {
        for next in ROOMS
            .iter()
            .filter(|(name, _)| *name == room)
            .flat_map(|(_, may)| *may)
        {
            if found.insert((*next).to_owned()) {
                beneath(next, found);
            }
        }
    }
    for (room, _) in ROOMS {
        let mut found = BTreeSet::new();
        beneath(room, &mut found);
        assert!(!found.contains(*room), "`{room}` is beneath itself");
    }
}

#[test]
fn each_crate_that_the_program_depends_on_has_its_place() {
    let manifest: toml::Table = include_str!("../../Cargo.toml").parse().unwrap();
    let sections = [
        &manifest["dependencies"],
        &manifest["target"]["cfg(unix)"]["dependencies"],
    ];
    let depended: BTreeSet<String> = sections
        .into_iter()
        .flat_map(|section| section.as_table().unwrap().keys())
        .map(|name| name.replace('-', "_"))
        .collect();
    let placed = CRATES.iter().map(|(name, _)| *name).chain(COMMON.iter().copied());
    let placed: BTreeSet<String> = placed.map(str::to_owned).collect();
    assert_eq!(
        depended, placed,
        "Cargo.toml on the left, CRATES and COMMON on the right"
    );
}

#[test]
fn each_owner_of_a_crate_is_there() {
    for (name, owners) in CRATES {
        for owner in *owners {
            assert!(is_room(owner), "`{name}` is said to belong to `{owner}`");
        }
    }
}

mod tells {
    use super::*;

    fn found(path: &str, text: &str) -> String {
        faults(Path::new(path), text).join("\n")
    }

    #[test]
    fn an_arrow_that_points_upwards() {
        assert_eq!(
            found("http/client.rs", "use crate::vendor::realvnc::Reads;"),
            "src/http/client.rs: `http` must not import `vendor`"
        );
    }

    #[test]
    fn an_arrow_in_the_middle_of_a_group_or_of_a_function() {
        assert!(
            found(
                "fleet/user.rs",
                "use crate::{secret::Secret, fleet::{Id, Name}, plan};"
            )
            .contains("`plan`")
        );
        assert!(found("fleet/user.rs", "fn f() { crate::host::run() }").contains("`host`"));
    }

    #[test]
    fn an_arrow_that_goes_by_way_of_the_parents() {
        assert!(found("sim/realvnc/wire.rs", "use super::super::super::vendor::Wire;").contains("`vendor`"));
        assert_eq!(
            found("sim/realvnc/wire.rs", "use super::super::server::Served;"),
            ""
        );
    }

    #[test]
    fn a_client_that_leans_on_the_simulator_outside_its_tests() {
        let text = "use crate::sim::realvnc::Server;";
        assert!(found("vendor/realvnc/session.rs", text).contains("`sim`"));
        assert_eq!(found("vendor/realvnc/tests/reading.rs", text), "");
        assert!(found("vendor/realvnc/tests/reading.rs", "use crate::cli::run;").contains("`cli`"));
    }

    #[test]
    fn a_crate_in_a_foreign_room() {
        assert_eq!(
            found("cli/run.rs", "let engine = rhai::Engine::new();"),
            "src/cli/run.rs: only script and host may name the crate `rhai`"
        );
        assert!(found("cli/run.rs", "use csv;").contains("`csv`"));
        assert!(found("cli/run.rs", "use {reqwest::Url, std::fmt};").contains("`reqwest`"));
    }

    #[test]
    fn nothing_of_what_is_allowed() {
        assert_eq!(
            found(
                "vendor/realvnc/mod.rs",
                "use crate::http::Transport;\nuse crate::{fleet, secret};"
            ),
            ""
        );
        assert_eq!(
            found("cli/run.rs", "use crate::output::csv::Writer; use super::csv;"),
            ""
        );
        assert_eq!(found("http/tls.rs", "use reqwest::Certificate;"), "");
    }

    #[test]
    fn nothing_of_what_is_only_talked_about() {
        let text = r##"
            //! See [`crate::vendor`] and rhai::Engine.
            /* crate::host /* crate::plan */ clap::Command */
            const A: &str = "crate::cli \" toml::Table"; const B: &str = r#"crate::sim"#;
            const C: char = '"'; fn f<'a>(x: &'a str) {}
        "##;
        assert_eq!(found("fleet/mod.rs", text), "");
    }

    #[test]
    fn a_room_that_nobody_has_announced() {
        assert!(found("attic/mod.rs", "").contains("stands in no table"));
    }

    #[test]
    fn what_is_open_to_all_and_imports_a_room() {
        assert!(found("secret.rs", "use crate::config::Profile;").contains("must not import `config`"));
    }

    #[test]
    fn the_script_room_that_learns_of_fleets() {
        assert!(found("script/run.rs", "use crate::fleet::Error;").contains("`fleet`"));
    }

    #[test]
    fn a_file_that_is_too_long() {
        assert!(found("fleet/mod.rs", &"\n".repeat(401)).contains("401 lines"));
        assert_eq!(found("fleet/mod.rs", &"\n".repeat(400)), "");
    }
}
