//! Every shipped script on each simulated vendor: what it prints and ends with, word for word, and what it leaves behind.
//!
//! A case is a folder, named after its script: for each vendor a file `VENDOR.commands` and what comes of them in
//! `VENDOR.golden`, which `BLESS=1 cargo test golden` writes anew; whatever else is in it lies on the desk. The commands are
//! typed one after the other on a world that is kept between them.
//!
//! Whatever a command is told: one that ends with 2, 6 or 7 leaves the world as it was and no journal, and one that has changed
//! something leaves one.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use crate::desk::{Desk, Ran};
use crate::portable::without_ports;

const WORLD: &str = "world.json";

/// What stays the same however runs come to speak about themselves.
const TOLD: [&str; 11] = [
    "error",
    "hint: ",
    "caused by: ",
    "warning: ",
    "exposure: ",
    "left alone: ",
    "Changes: ",
    "events from ",
    "cursor ",
    "wrote ",
    // What a script prints of a computer.
    "'",
];

/// The exit codes of commands that must not have changed anything.
const UNCHANGED: [i32; 3] = [2, 6, 7];

struct Case {
    folder: PathBuf,
    vendor: &'static str,
    desk: Desk,
}

impl Case {
    fn new(script: &str, vendor: &'static str) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/it/e2e/golden")
            .join(script);
        let desk = Desk::demo_of(vendor);
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            if !name.ends_with(".commands") && !name.ends_with(".golden") {
                std::fs::copy(&path, desk.desk().join(&name)).unwrap();
            }
        }
        Self { folder, vendor, desk }
    }

    fn transcript(&self) -> String {
        let commands = self.folder.join(format!("{}.commands", self.vendor));
        // The first one finds the world made.
        self.run("list-users");
        let mut transcript = String::new();
        for line in std::fs::read_to_string(commands).unwrap().lines() {
            let before = (self.world(), self.journals("jsonl").len());
            let ran = self.run(line);
            let after = (self.world(), self.journals("jsonl").len());
            let code = ran.code.unwrap();
            if UNCHANGED.contains(&code) {
                assert!(before == after, "something was changed\n{}", ran.transcript());
            }
            if ran.stderr.contains(" done") {
                assert!(before.1 < after.1, "there is no journal\n{}", ran.transcript());
            }
            let _ = writeln!(
                transcript,
                "$ deskhand {line}\n{}{}=> {code}\n",
                ran.stdout,
                told(&ran)
            );
        }
        without_ports(&transcript) + &self.removed()
    }

    fn run(&self, line: &str) -> Ran {
        self.desk.run(&format!("{line} --state {WORLD}"))
    }

    fn world(&self) -> String {
        std::fs::read_to_string(self.desk.desk().join(WORLD)).unwrap()
    }

    fn journals(&self, extension: &str) -> Vec<PathBuf> {
        let folder = self.desk.desk().join("../data/journals");
        let Ok(files) = std::fs::read_dir(folder) else {
            return Vec::new();
        };
        let paths = files.map(|entry| entry.unwrap().path());
        paths
            .filter(|path| path.extension().is_some_and(|other| other == extension))
            .collect()
    }

    /// Returns what the journals keep of removed computers, in an order that is the same each time.
    fn removed(&self) -> String {
        let mut rows: Vec<String> = self
            .journals("csv")
            .iter()
            .flat_map(|path| {
                std::fs::read_to_string(path)
                    .unwrap()
                    .lines()
                    .map(str::to_owned)
                    .collect::<Vec<_>>()
            })
            .collect();
        rows.sort();
        rows.dedup();
        if rows.is_empty() {
            return "no computer was removed\n".to_owned();
        }
        format!("removed:\n{}\n", rows.join("\n"))
    }
}

/// Returns what was said that a user or a program goes by.
fn told(ran: &Ran) -> String {
    let lines = ran.stderr.lines();
    let told = lines.filter(|line| TOLD.iter().any(|start| line.starts_with(start)));
    told.flat_map(|line| [line, "\n"]).collect()
}

fn says_the_same_as_ever(script: &str) {
    for vendor in ["realvnc", "remotepc"] {
        let case = Case::new(script, vendor);
        let actual = case.transcript();
        let golden = case.folder.join(format!("{vendor}.golden"));
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(&golden, &actual).unwrap();
        }
        let expected = std::fs::read_to_string(&golden).unwrap_or_default();
        assert!(
            actual == expected,
            "{script} on {vendor} is not as it was\n=== expected\n{expected}\n=== actual\n{actual}"
        );
    }
}

macro_rules! scripts {
    ($($test:ident: $script:literal,)+) => {
        const SCRIPTS: &[&str] = &[$($script),+];

        $(#[test]
        fn $test() {
            says_the_same_as_ever($script);
        })+
    };
}

scripts! {
    assign_computers: "assign-computers",
    clean_duplicates: "clean-duplicates",
    clean_stale_computers: "clean-stale-computers",
    comment_computer: "comment-computer",
    connect_url: "connect-url",
    create_computer_group: "create-computer-group",
    create_user: "create-user",
    find_computer: "find-computer",
    find_computer_group: "find-computer-group",
    find_user: "find-user",
    find_user_group: "find-user-group",
    group_add_computer: "group-add-computer",
    group_add_computers: "group-add-computers",
    group_add_user: "group-add-user",
    group_add_users: "group-add-users",
    group_remove_computer: "group-remove-computer",
    group_remove_user: "group-remove-user",
    invite_user: "invite-user",
    list_audit_events: "list-audit-events",
    list_computer_groups: "list-computer-groups",
    list_computers: "list-computers",
    list_groups_for_computer: "list-groups-for-computer",
    list_groups_for_user: "list-groups-for-user",
    list_presence: "list-presence",
    list_user_groups: "list-user-groups",
    list_users: "list-users",
    move_computers: "move-computers",
    remove_computer: "remove-computer",
    remove_computers: "remove-computers",
    remove_user: "remove-user",
    rename_computer: "rename-computer",
    rename_computers: "rename-computers",
    unassign_computers: "unassign-computers",
    update_user_roles: "update-user-roles",
}

#[test]
fn every_shipped_script_has_its_cases() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/scripts");
    let mut shipped: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            entry
                .unwrap()
                .path()
                .file_stem()
                .unwrap()
                .to_str()
                .unwrap()
                .to_owned()
        })
        .collect();
    shipped.sort();
    assert_eq!(shipped, SCRIPTS);
}
