//! Each of the 29, in the original's own words, and the script that it runs.

use super::super::names::Bearer;
use super::*;

/// What is typed, and what is run instead.
const LINES: [(&[&str], &str); 29] = [
    (&["-listcomputers"], "list-computers"),
    (&["-renamecomputer", "PC 1,PC 2"], "rename-computer -- PC 1 PC 2"),
    (
        &["-renamecomputerlistbyname", "a.csv"],
        "rename-computers -- a.csv",
    ),
    (&["-findcomputer", "PC 1"], "find-computer -- PC 1"),
    (&["-removecomputer", "PC 1"], "remove-computer -- PC 1"),
    (
        &["-removecomputerlistbyname", "a.txt"],
        "remove-computers -- a.txt",
    ),
    (
        &["-removecomputerlistbyid", "a.txt"],
        "remove-computers --by-id -- a.txt",
    ),
    (&["-cleanduplicates", "PC"], "clean-duplicates -- PC"),
    (&["-cleanallduplicates"], "clean-duplicates --all"),
    (&["-cleanstalecomputers", "3M"], "clean-stale-computers -- 3M"),
    (&["-listcomputergroups"], "list-computer-groups"),
    (&["-findcomputergroup", "Docks"], "find-computer-group -- Docks"),
    (
        &["-listgroupsforcomputer", "PC 1"],
        "list-groups-for-computer -- PC 1",
    ),
    (
        &["-groupaddcomputer", "Docks,PC 1"],
        "group-add-computer -- Docks PC 1",
    ),
    (
        &["-bulkgroupaddcomputer", "a.csv"],
        "group-add-computers -- a.csv",
    ),
    (
        &["-groupremovecomputer", "Docks,PC 1"],
        "group-remove-computer -- Docks PC 1",
    ),
    (&["-listauditevents"], "list-audit-events"),
    (&["-listpresence"], "list-presence"),
    (&["-listusers"], "list-users"),
    (
        &["-inviteuser", "ann@x.example USER,MANAGER"],
        "invite-user --roles=USER,MANAGER -- ann@x.example",
    ),
    (
        &["-updateuserroles", "ann@x.example USER"],
        "update-user-roles -- ann@x.example USER",
    ),
    (&["-finduser", "ann@x.example"], "find-user -- ann@x.example"),
    (&["-removeuser", "ann@x.example"], "remove-user -- ann@x.example"),
    (&["-listusergroups"], "list-user-groups"),
    (&["-findusergroup", "Staff"], "find-user-group -- Staff"),
    (
        &["-listgroupsforuser", "ann@x.example"],
        "list-groups-for-user -- ann@x.example",
    ),
    (
        &["-groupadduser", "Staff,ann@x.example"],
        "group-add-user -- Staff ann@x.example",
    ),
    (&["-bulkgroupadduser", "a.csv"], "group-add-users -- a.csv"),
    (
        &["-groupremoveuser", "Staff,ann@x.example"],
        "group-remove-user -- Staff ann@x.example",
    ),
];

/// What each flag of the original says, beside an operation that takes it.
const FLAGS: [(&[&str], &str); 12] = [
    (&["-listcomputers", "-lastseentime"], "list-computers"),
    (&["-listcomputers", "-entryid"], "list-computers"),
    (&["-listcomputers", "-withgroups"], "list-computers --groups"),
    (
        &["-listcomputers", "-ungroupedonly"],
        "list-computers --ungrouped-only",
    ),
    (&["-listusers", "-userid"], "list-users"),
    (&["-listusers", "-withgroups"], "list-users --groups"),
    (&["-listusers", "-ungroupedonly"], "list-users --ungrouped-only"),
    (
        &["-listauditevents", "-daterange", "2026-01-01, 2026-01-31"],
        "list-audit-events --from=2026-01-01 --to=2026-01-31",
    ),
    (
        &["-listauditevents", "-connectionsonly"],
        "list-audit-events --connections-only",
    ),
    (
        &["-listauditevents", "-csv", "-table", "-gridview"],
        "list-audit-events",
    ),
    (
        &["-inviteuser", "ann@x.example USER", "-groups", "Staff"],
        "invite-user --groups=Staff --roles=USER -- ann@x.example",
    ),
    (&["-removecomputer", "PC", "-force"], "remove-computer -- PC"),
];

#[test]
fn each_of_the_29_runs_its_script() {
    for (operation, (words, script)) in OPERATIONS.iter().zip(LINES) {
        assert_eq!(words[0], format!("-{}", operation.option));
        assert_eq!(instead(words), script);
        let more = words.len() > 1;
        assert_eq!(more, operation.argument.placeholder().is_some(), "{words:?}");
    }
}

#[test]
fn each_flag_says_what_it_did() {
    for (words, script) in FLAGS {
        assert_eq!(instead(words), script, "{words:?}");
    }
    for flag in Flag::ALL {
        let name = format!("-{}", flag.name());
        assert!(
            FLAGS.iter().any(|(words, _)| words.contains(&name.as_str())),
            "{name}"
        );
    }
}

#[test]
fn names_and_roles_are_parted_as_they_were_typed() {
    for (words, script) in [
        (
            &["-renamecomputer", " PC 1 , PC 2 "][..],
            "rename-computer -- PC 1 PC 2",
        ),
        (
            &["-renamecomputer", "'PC 1,PC 2'"],
            "rename-computer -- PC 1 PC 2",
        ),
        (
            &["-groupadduser", "Sales, EMEA,ann@x.example"],
            "group-add-user -- Sales, EMEA ann@x.example",
        ),
        (
            &["-inviteuser", "ann@x.example  user, technician"],
            "invite-user --roles=USER,TECHNICIAN -- ann@x.example",
        ),
        (
            &["-updateuserroles", "ann@x.example USER MANAGER"],
            "update-user-roles -- ann@x.example USER,MANAGER",
        ),
    ] {
        assert_eq!(instead(words), script, "{words:?}");
    }
}

#[test]
fn a_comma_in_doubt_is_settled_by_what_there_is() {
    let there = |bearer| {
        Ok(vec![match bearer {
            Bearer::Computer => "Dock 4, north gate".to_owned(),
            Bearer::UserGroup => "Night shift, weekend".to_owned(),
        }])
    };
    for (words, script) in [
        (
            &["-renamecomputer", "Dock 4, north gate,Dock 4"][..],
            &["rename-computer", "--", "Dock 4, north gate", "Dock 4"][..],
        ),
        (
            &["-groupaddcomputer", "Docks, all,Dock 4, north gate"],
            &["group-add-computer", "--", "Docks, all", "Dock 4, north gate"],
        ),
        (
            &[
                "-inviteuser",
                "a@b.example USER",
                "-groups",
                "Night shift, weekend",
            ],
            &[
                "invite-user",
                "--groups=\"Night shift, weekend\"",
                "--roles=USER",
                "--",
                "a@b.example",
            ],
        ),
    ] {
        assert_eq!(order(words).unwrap().words(there).unwrap(), script, "{words:?}");
    }
}
