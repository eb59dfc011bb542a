use serde_json::{Value, json};

use super::*;
use crate::fleet::{
    Change, ComputerId, ComputerRef, DefaultAccess, GroupId, GroupKind, GroupRef, Member, Role, SignIn,
    UserId, UserRef, Vendor,
};
use crate::output::{Document, Format, Style, render};
use crate::plan::{Binding, Kept, KeptComputer, KeptUser, Plan, Presence, Reason};

fn computer(name: &str) -> ComputerRef {
    ComputerRef {
        id: ComputerId::new(format!("id-{name}")),
        name: name.to_owned(),
    }
}

fn group() -> GroupRef {
    GroupRef {
        id: GroupId::new("g1"),
        name: "Lab".to_owned(),
        kind: GroupKind::Computers,
    }
}

fn ann() -> UserRef {
    UserRef {
        id: UserId::new("u1"),
        email: "ann@x.example".to_owned(),
    }
}

fn rename(name: &str, to: &str) -> Proposal {
    Proposal::of(Change::Rename {
        computer: computer(name),
        to: to.to_owned(),
    })
}

fn removal(name: &str, online: Presence, reason: Reason) -> Proposal {
    Proposal {
        change: Change::RemoveComputer {
            computer: computer(name),
        },
        reason: Some(reason),
        before: Some(Kept::Computer(Box::new(KeptComputer {
            id: format!("id-{name}"),
            name: name.to_owned(),
            online,
            last_seen: Some("2026-01-31T08:30:00Z".parse().unwrap()),
            groups: Some(vec![group()]),
            host: Some("old".to_owned()),
            os: Some("Windows".to_owned()),
            macs: vec!["aa:bb:cc:dd:ee:ff".to_owned()],
            user: None,
            comment: Some("by the door".to_owned()),
            raw: Value::Null.into(),
        }))),
    }
}

fn stale(name: &str, online: Presence) -> Proposal {
    let reason = Reason::Stale {
        last_seen: "2026-01-31T08:30:00Z".parse().unwrap(),
        cutoff: "2026-08-22T00:00:00Z".parse().unwrap(),
    };
    removal(name, online, reason)
}

fn leave(name: &str) -> Proposal {
    Proposal::of(Change::GroupRemove {
        group: group(),
        member: Member::Computer(computer(name)),
        default_access: DefaultAccess::Everyone,
    })
}

fn rendered(proposals: &[Proposal], format: Format) -> String {
    let mut out = Vec::new();
    let document = Document::Table(table(proposals));
    let _ = render(&document, format, &Style::default(), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn as_json(proposal: Proposal) -> Value {
    let all: Value = serde_json::from_str(&rendered(&[proposal], Format::Json)).unwrap();
    all[0].clone()
}

#[test]
fn a_row_has_a_cell_for_each_column() {
    let table = table(&[
        rename("PC-1", "PC-2"),
        stale("OLD", Presence::Offline),
        leave("PC-3"),
    ]);
    // What came of it is not known here: those columns are there to be asked for, and are empty.
    let told = table.columns.iter().filter(|column| column.place != Place::Asked);
    let told = told.count();
    assert_eq!(table.columns.len(), told + 2);
    for row in &table.rows {
        assert_eq!(row.len(), told);
    }
}

#[test]
fn a_plain_rename_needs_four_columns() {
    assert_eq!(
        rendered(&[rename("PC-1", "PC-2")], Format::Table),
        "Change  Target  To    Id\n─────────────────────────────\nrename  PC-1    PC-2  id-PC-1\n"
    );
    assert_eq!(rendered(&[rename("PC-1", "PC-2")], Format::Text), "PC-1\n");
}

#[test]
fn a_removal_shows_why_and_what_cannot_be_undone() {
    let shown = rendered(&[stale("OLD", Presence::NotChecked)], Format::Table);
    for part in [
        "Why",
        "last seen 2026-01-31, before 2026-08-22",
        "2026-01-31 08:30",
        "not checked",
        "Lab",
        "Cannot be undone",
        "somebody has to enrol the computer again, at its desk",
    ] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    assert!(!shown.contains("Exposure"), "{shown}");
}

#[test]
fn a_narrow_terminal_leaves_out_no_caution() {
    let mut out = Vec::new();
    let style = Style {
        width: Some(80),
        ..Style::default()
    };
    let document = Document::Table(table(&[stale("OLD", Presence::Offline), leave("PC-1")]));
    let notes = render(&document, Format::Table, &style, &mut out).unwrap();
    let shown = String::from_utf8(out).unwrap();
    for heading in ["Exposure", "Cannot"] {
        assert!(shown.contains(heading), "{heading}: {shown}");
    }
    assert!(notes.hidden_columns.contains(&"Groups".to_owned()), "{notes:?}");
}

#[test]
fn data_has_every_field_of_a_removal() {
    let row = as_json(stale("OLD", Presence::Offline));
    for (key, value) in [
        ("change", json!("remove_computer")),
        ("target", json!("OLD")),
        ("to", json!("removed from the team")),
        ("id", json!("id-OLD")),
        ("reason", json!("stale")),
        ("cutoff", json!("2026-08-22T00:00:00Z")),
        ("last_seen", json!("2026-01-31T08:30:00Z")),
        ("presence", json!("offline")),
        ("groups", json!(["Lab"])),
        ("reversible", json!(false)),
        (
            "why_not",
            json!("somebody has to enrol the computer again, at its desk"),
        ),
        ("name", json!("OLD")),
        ("host", json!("old")),
        ("os", json!("Windows")),
        ("macs", json!(["aa:bb:cc:dd:ee:ff"])),
        ("comment", json!("by the door")),
        ("assigned_to", Value::Null),
        ("exposure", Value::Null),
    ] {
        assert_eq!(row[key], value, "{key}");
    }
}

#[test]
fn the_other_reasons_have_words_and_details_too() {
    let survivor = Reason::DuplicateOf {
        survivor: computer("NEW"),
    };
    let row = as_json(removal("OLD", Presence::Offline, survivor));
    assert_eq!(row["reason"], "duplicate_of");
    assert_eq!(row["why"], "duplicate of 'NEW' (id-NEW)");
    assert_eq!(
        (&row["survivor"], &row["survivor_id"]),
        (&json!("NEW"), &json!("id-NEW"))
    );
    let row = as_json(removal("OLD", Presence::Offline, Reason::Named));
    assert_eq!(
        (&row["reason"], &row["why"]),
        (&json!("named"), &json!("named by the user"))
    );
    let row = as_json(removal(
        "OLD",
        Presence::Offline,
        Reason::Chosen("sold".to_owned()),
    ));
    assert_eq!((&row["reason"], &row["why"]), (&json!("chosen"), &json!("sold")));
}

#[test]
fn data_has_what_changes_hold_besides_their_target() {
    let row = as_json(leave("PC-1"));
    assert_eq!((&row["group"], &row["group_id"]), (&json!("Lab"), &json!("g1")));
    assert_eq!(row["default_access"], "EVERYONE");
    assert!(
        row["exposure"].as_str().unwrap().contains("the whole team"),
        "{row}"
    );
    assert_eq!(row["to"], "not in Lab");
    let row = as_json(Proposal::of(Change::Assign {
        computer: computer("PC-1"),
        user: ann(),
    }));
    assert_eq!(
        (&row["user"], &row["user_id"]),
        (&json!("ann@x.example"), &json!("u1"))
    );
    let row = as_json(Proposal {
        before: Some(Kept::User(Box::new(KeptUser {
            id: "u1".to_owned(),
            email: Some("ann@x.example".to_owned()),
            roles: vec![Role::User, Role::Manager],
            groups: None,
            raw: Value::Null,
        }))),
        ..Proposal::of(Change::RemoveUser {
            user: ann(),
            invited: false,
        })
    });
    assert_eq!(row["roles"], json!(["USER", "MANAGER"]));
    assert_eq!(row["groups"], Value::Null, "nobody asked");
    let row = as_json(Proposal::of(Change::InviteUser {
        email: "bob@x.example".to_owned(),
        roles: vec![Role::User],
        sign_in: SignIn {
            two_factor: Some(true),
            sso: None,
        },
        groups: Vec::new(),
    }));
    assert_eq!(
        (&row["user"], &row["id"]),
        (&json!("bob@x.example"), &Value::Null)
    );
    assert_eq!((&row["two_factor"], &row["sso"]), (&json!(true), &Value::Null));
    let row = as_json(Proposal::of(Change::CreateGroup {
        name: "New".to_owned(),
        computers: vec![computer("A"), computer("B")],
    }));
    assert_eq!(
        (&row["group"], &row["computers"]),
        (&json!("New"), &json!(["A", "B"]))
    );
}

#[test]
fn a_headline_counts_targets_by_what_is_done_to_them() {
    let headline = |proposals: &[Proposal]| Summary::of_proposals(proposals, Vendor::RealVnc).headline;
    assert_eq!(headline(&[]), "no changes");
    assert_eq!(headline(&[rename("A", "B")]), "1 change: 1 computer to rename");
    let invite = Proposal::of(Change::InviteUser {
        email: "bob@x.example".to_owned(),
        roles: vec![],
        sign_in: SignIn::default(),
        groups: Vec::new(),
    });
    let join = |name: &str, id: &str| {
        let id = GroupId::new(id);
        Proposal::of(Change::GroupAdd {
            group: GroupRef { id, ..group() },
            member: Member::Computer(computer(name)),
        })
    };
    assert_eq!(
        headline(&[
            stale("A", Presence::Offline),
            rename("B", "C"),
            stale("D", Presence::Offline),
            join("E", "g1"),
            join("E", "g2"),
            invite,
        ]),
        "6 changes: 2 computers to remove, 1 to rename, 1 to put into groups, 1 user to invite"
    );
}

#[test]
fn what_is_to_be_known_of_one_change_is_not_counted() {
    let remarks = |proposal| Summary::of_proposals(&[proposal], Vendor::RealVnc).remarks;
    assert_eq!(
        remarks(stale("A", Presence::Offline))[0],
        "it cannot be undone: somebody has to enrol the computer again, at its desk"
    );
    assert_eq!(
        remarks(leave("C")),
        [
            "exposure: if that leaves it without any permission, the whole team may use it, which cannot be undone"
        ]
    );
}

#[test]
fn a_summary_says_what_cannot_be_undone_and_whom_it_exposes() {
    let proposals = [
        stale("A", Presence::Offline),
        stale("B", Presence::NotChecked),
        leave("C"),
    ];
    let summary = Summary::of_proposals(&proposals, Vendor::RealVnc);
    assert_eq!(
        summary.remarks,
        [
            "2 changes cannot be undone: somebody has to enrol the computer again, at its desk",
            "exposure of 1 change: if that leaves it without any permission, the whole team may use it, which cannot be undone",
            "presence not checked, or not known, of 1 computer to remove",
            "cutoff 2026-08-22T00:00:00Z (UTC): what was last seen before it is stale",
            "removing a computer's record does not uninstall the agent on it: the computer may enrol again",
        ]
    );
    let remotepc = Summary::of_proposals(&proposals, Vendor::RemotePc).remarks;
    assert!(
        remotepc
            .iter()
            .any(|remark| remark.contains("a viewer last connected"))
    );
    assert!(
        Summary::of_proposals(&[rename("A", "B")], Vendor::RemotePc)
            .remarks
            .is_empty()
    );
}

#[test]
fn a_summary_of_a_plan_says_how_it_was_made() {
    let binding = Binding {
        profile: "acme".to_owned(),
        vendor: Vendor::RealVnc,
        host: "x".to_owned(),
    };
    let mut plan = Plan::new(binding, "2026-11-20T09:00:00Z".parse().unwrap());
    plan.push(rename("A", "B")).unwrap();
    plan.notes.fleet = Some(1);
    plan.notes.left_alone.insert("unknown".to_owned(), 3);
    plan.notes.left_alone.insert("protected".to_owned(), 1);
    plan.notes.relaxed.push("--max-removals 80".to_owned());
    plan.notes.incomplete.push("a page was empty".to_owned());
    let summary = Summary::of(&plan);
    assert_eq!(
        summary.remarks,
        [
            "the inventory had 1 computer",
            "left alone: 1 protected, 3 unknown"
        ]
    );
    assert_eq!(summary.warnings.len(), 2);
    assert_eq!(summary.warnings[0], "a rule is relaxed: --max-removals 80");
    assert!(summary.warnings[1].ends_with("cannot be applied: a page was empty"));
}
