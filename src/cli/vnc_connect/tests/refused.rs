//! What is typed wrong, and what is said of it.

use super::*;

#[test]
fn what_cannot_be_meant_says_what_may_be() {
    for (words, message, hint) in [
        (&[][..], "no option says what is to be done", "-listcomputers"),
        (&["-force"], "no option says what is to be done", "-help"),
        (
            &["-listcomputer5"],
            "there is no option `-listcomputer5`",
            "did you mean `-listcomputers`?",
        ),
        (&["-zzz"], "there is no option `-zzz`", "-help"),
        (&["-demo"], "there is no option `-demo`", "--demo"),
        (
            &["--listusers"],
            "there is no option `--listusers`",
            "one dash: -listusers",
        ),
        (
            &["--dry-rum"],
            "there is no option `--dry-rum`",
            "did you mean `--dry-run`?",
        ),
        (
            &["-list"],
            "`-list` is the beginning of 8 options",
            "-listpresence",
        ),
    ] {
        refused(words, message, hint);
    }
}

#[test]
fn what_does_not_go_together_says_what_does() {
    for (words, message, hint) in [
        (
            &["-listusers", "-listpresence"][..],
            "`-listusers` and `-listpresence` are two operations",
            "each of them",
        ),
        (&["-listusers", "-listusers"], "`-listusers` is there twice", ""),
        (&["-listusers", "-csv", "-csv"], "`-csv` is there twice", ""),
        (
            &["-listusers", "-csv", "--output", "json"],
            "`-csv` and `--output json` exclude each other",
            "",
        ),
        (
            &["-listusers", "-entryid"],
            "`-entryid` does not go with `-listusers`",
            "-userid",
        ),
        (
            &["-removeuser", "a@b", "-force"],
            "`-force` does not go with `-removeuser`",
            "none does",
        ),
        (
            &["-listusergroups", "-csv"],
            "`-csv` does not go with `-listusergroups`",
            "--output csv --out FILE",
        ),
        (
            &["-findcomputer", "PC", "-table"],
            "`-table` does not go with `-findcomputer`",
            "--output table",
        ),
    ] {
        refused(words, message, hint);
    }
}

#[test]
fn what_belongs_to_nothing_and_what_has_no_argument_says_how_it_is_typed() {
    for (words, message, hint) in [
        (
            &["-findcomputer"][..],
            "`-findcomputer` has no argument",
            "-findcomputer \"name\"",
        ),
        (
            &["-findcomputer", ""],
            "`-findcomputer` has no argument",
            "-findcomputer \"name\"",
        ),
        (
            &["-findcomputer", "''"],
            "`-findcomputer` has no argument",
            "-findcomputer \"name\"",
        ),
        (
            &["-findcomputer", "-csv"],
            "`-findcomputer` has no argument",
            "-findcomputer:-csv",
        ),
        (
            &["-findcomputer", "--demo"],
            "`-findcomputer` has no argument",
            "-findcomputer:--demo",
        ),
        (
            &["-listauditevents", "-daterange"],
            "`-daterange` has no argument",
            "\"start,end\"",
        ),
        (
            &["-findcomputer", "PC", "7"],
            "`7` belongs to no option",
            "double quotes",
        ),
        (
            &["-findcomputer", "PC", "d"],
            "`d` belongs to no option",
            "double quotes",
        ),
        (
            &["/force"],
            "`/force` belongs to no option",
            "dash before it: -force",
        ),
        (&["listusers"], "`listusers` belongs to no option", "-listusers"),
        (
            &["\u{2212}Force:$true"],
            "`\u{2212}Force:$true` belongs to no option",
            "-force",
        ),
        (
            &["-force", "$true"],
            "`$true` belongs to no option",
            "-force:$true",
        ),
        (&["-o", "json"], "there is no option `-o`", "two dashes: --output"),
        (
            &["-renamecomputer", "PC-1"],
            "`PC-1` is not two names with a comma between",
            "\"one,other\"",
        ),
        (
            &["-inviteuser", "a@b.example"],
            "`-inviteuser`: `a@b.example` names no role",
            "a@b.example USER",
        ),
        (
            &["-updateuserroles", "a@b.example,USER"],
            "`-updateuserroles`: `a@b.example,USER` names no role",
            "\"a@b.example USER,TECHNICIAN\"",
        ),
        (
            &["-listauditevents", "-daterange", "2026-01-01"],
            "`-daterange`: `2026-01-01` is not two dates with a comma between",
            "2026-01-31",
        ),
    ] {
        refused(words, message, hint);
    }
}
