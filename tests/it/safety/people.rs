//! Rules 10 and 11: who gets in when a group lets go of a computer, and people that no run touches.

use deskhand::sim::realvnc::{Operation, Role};
use deskhand::sim::{Effect, Fault};

use super::fleet::{Fleet, machine, person, refused};

fn group_remove(options: &str) -> String {
    format!("//! Takes it out.\nlet p = plan(); p.group_remove(\"Desks\", \"PC-1\"{options}); p.apply()")
}

#[test]
fn without_a_word_nobody_gets_in_and_the_preview_says_what_that_means() {
    let fleet = Fleet::of([machine("PC-1").in_group("Desks")]);
    let desk = fleet.desk().file("s.rhai", &group_remove(""));
    let lonely = "1 computer ('PC-1') would leave the last group: nobody can find the machine until access is given again";
    desk.run("./s.rhai --dry-run").ends_with(6).says(lonely);
    let ran = desk.run("./s.rhai --force");
    ran.succeeds().says(lonely);
    let entry = fleet.world().entries()[0].clone();
    assert!(!entry.everyone, "{}", ran.transcript());
}

#[test]
fn everyone_gets_in_only_where_that_is_asked_for_and_it_is_said_before_and_after() {
    let fleet = Fleet::of([machine("PC-1").in_group("Desks")]);
    let script = group_remove(", #{ default_access: \"EVERYONE\" }");
    let desk = fleet.desk().file("s.rhai", &script);
    let open =
        "would leave the last group, with EVERYONE asked for: the whole team gets in, which cannot be undone";
    desk.run("./s.rhai --dry-run").ends_with(6).says(open);
    let ran = desk.run("./s.rhai --force --output csv");
    ran.succeeds().says(open);
    assert!(
        format!("{}{}", ran.stdout, ran.stderr).contains("now everyone in the team has"),
        "{}",
        ran.transcript()
    );
    assert!(fleet.world().entries()[0].everyone);
}

#[test]
fn a_group_that_is_not_the_last_says_nothing_of_it() {
    let fleet = Fleet::of([machine("PC-1").in_group("Desks").in_group("Servers")]);
    let ran = fleet.run(&group_remove(""), "");
    assert!(
        !ran.succeeds().stderr.contains("last group"),
        "{}",
        ran.transcript()
    );
}

#[test]
fn a_key_that_may_not_read_groups_is_told_that_the_last_one_is_not_known() {
    let fleet = Fleet::lacking(&["LIST_ENTRY_GROUPS"], [machine("PC-1").in_group("Desks")]);
    let ran = fleet.run(&group_remove(""), "");
    assert_ne!(ran.code, Some(0), "{}", ran.transcript());
    assert_eq!(fleet.writes(), 0);
}

fn staff() -> Fleet {
    Fleet::of_people(vec![
        person("owner", &[Role::Owner]),
        person("adam", &[Role::Admin]),
        person("mia", &[Role::Manager]),
        person("mo", &[Role::Manager, Role::User]),
        person("ann", &[Role::User]),
    ])
}

fn user(name: &str) -> String {
    format!("find_user(\"{name}@kestrel.example\")")
}

#[test]
fn owners_and_administrators_are_not_touched() {
    let cases = [
        (format!("remove_user({})", user("owner")), "remove"),
        (format!("remove_user({})", user("adam")), "remove"),
        (
            format!("update_roles({}, [\"USER\"])", user("adam")),
            "set the roles of",
        ),
    ];
    for (call, verb) in cases {
        let fleet = staff();
        let ran = fleet.run(&format!("//! Changes people.\n{call}"), "");
        refused(
            &fleet,
            &ran,
            &[
                &format!("not allowed to {verb} 1 user"),
                "the vendor's API is not for owners and administrators",
            ],
        );
    }
}

#[test]
fn nobody_becomes_an_owner_or_an_administrator() {
    for call in [
        format!("update_roles({}, [\"ADMIN\"])", user("ann")),
        format!("update_roles({}, [\"USER\", \"owner\"])", user("ann")),
        "invite_user(\"new@kestrel.example\", [\"ADMIN\"])".to_owned(),
        "invite_user(\"new@kestrel.example\", [\"OWNER\", \"USER\"])".to_owned(),
    ] {
        let fleet = staff();
        let ran = fleet.run(&format!("//! Changes people.\n{call}"), "");
        assert!(matches!(ran.code, Some(2 | 7)), "{}", ran.transcript());
        assert_eq!(fleet.writes(), 0, "{call}");
    }
}

#[test]
fn the_last_manager_is_neither_removed_nor_demoted() {
    for script in [
        format!("remove_user({})", user("mia")),
        format!("update_roles({}, [\"USER\"])", user("mia")),
    ] {
        // Of two managers one may go; then the other is the last, in this run and in the next.
        let both = format!("//! Two.\n{script};\n{}", script.replace("mia", "mo"));
        let fleet = staff();
        fleet
            .run(&both, "")
            .ends_with(5)
            .says("not allowed to remove or demote 1 manager ('mo@kestrel.example')")
            .says("1 left of which at least one has to stay");
        let next = format!("//! One.\n{}", script.replace("mia", "mo"));
        let ran = fleet.run(&next, "");
        ran.ends_with(7).says("1 left of which at least one has to stay");
        assert_eq!(fleet.writes(), 1);
    }
}

#[test]
fn two_managers_in_one_plan_are_refused_together() {
    let fleet = staff();
    let script = format!(
        "//! Both.\nlet p = plan(); p.remove_user({}); p.update_roles({}, [\"USER\"]); p.apply()",
        user("mia"),
        user("mo")
    );
    refused(
        &fleet,
        &fleet.run(&script, ""),
        &["2 managers", "2 left of which at least one has to stay"],
    );
}

#[test]
fn a_manager_who_was_only_invited_does_not_count() {
    let mut invited = person("ina", &[Role::Manager]);
    invited.invited = true;
    let fleet = Fleet::of_people(vec![person("mia", &[Role::Manager]), invited]);
    let script = format!("//! The last.\nremove_user({})", user("mia"));
    refused(
        &fleet,
        &fleet.run(&script, ""),
        &["1 left of which at least one has to stay"],
    );
}

#[test]
fn whoever_has_risen_since_it_was_planned_is_left_alone() {
    for (roles, why) in [
        (
            vec![Role::Admin],
            "the vendor's API is not for owners and administrators",
        ),
        (vec![Role::Manager], "1 left of which at least one has to stay"),
    ] {
        let fleet = Fleet::of_people(vec![
            person("mia", &[Role::Manager]),
            person("ann", &[Role::User]),
        ]);
        let script = format!(
            "//! Goes.\nlet p = plan(); p.remove_user({}); p.apply()",
            user("ann")
        );
        let desk = fleet.desk().file("s.rhai", &script);
        desk.run("./s.rhai --plan-out p.json").ends_with(6);
        fleet.edit(|world| {
            world.change_member("id-ann", |member| member.roles.clone_from(&roles));
            world.change_member("id-mia", |member| member.roles = vec![Role::User]);
        });
        refused(&fleet, &desk.run("apply p.json"), &[why]);
    }
}

#[test]
fn roles_that_change_under_the_update_are_decided_on_again_once() {
    let script = format!("//! Raises.\nupdate_roles({}, [\"TECHNICIAN\"])", user("ann"));
    let stale = || Effect::Status {
        status: 412,
        retry_after: None,
    };
    let fleet = staff();
    fleet.fault(Fault::on(Operation::UpdateMemberRoles, stale()));
    fleet.run(&script, "").succeeds();
    assert_eq!(fleet.received(Operation::UpdateMemberRoles), 2);
    let fleet = staff();
    fleet.fault(Fault::on(Operation::UpdateMemberRoles, stale()).always());
    assert_ne!(fleet.run(&script, "").code, Some(0));
    assert_eq!(fleet.received(Operation::UpdateMemberRoles), 2);
}

#[test]
fn a_key_that_may_not_list_people_removes_none() {
    let fleet = Fleet::lacking(&["LIST_TEAM_MEMBERS"], [machine("PC-1")]);
    let ran = fleet.run(&format!("//! Goes.\nremove_user({})", user("mia")), "");
    assert_ne!(ran.code, Some(0), "{}", ran.transcript());
    assert_eq!(fleet.writes(), 0);
}
