//! The verbs as methods of plans: what they add, and that none of them vanishes in a function of rhai's own.

use super::{Desk, RemotePcDesk};
use crate::host::PLAN_METHODS;
use crate::host::writes::FUNCTIONS;

#[test]
fn every_verb_of_realvnc_adds_to_a_plan_and_nothing_is_sent() {
    let desk = Desk::new();
    let before = desk.team();
    for (verb, code) in [
        (
            "rename",
            "p.rename(\"pump-house\", \"Pump 1\").name == \"Pump 1\"",
        ),
        (
            "rename",
            "p.rename(find_computer(\"pump-house\"), \"Pump 1\").name == \"Pump 1\"",
        ),
        (
            "group_add",
            "p.group_add(\"Servers\", \"pump-house\").name == \"Servers\"",
        ),
        (
            "group_remove",
            "p.group_remove(\"Servers\", \"DC-01\").name == \"Servers\"",
        ),
        (
            "group_remove",
            "p.group_remove(\"Servers\", \"DC-01\", #{ default_access: \"EVERYONE\" }).name == \"Servers\"",
        ),
        (
            "remove_computer",
            "p.remove(\"pump-house\", chosen(\"sold\")) == ()",
        ),
        (
            "invite_user",
            "p.invite_user(\"a@example.com\", [\"USER\"]) == ()",
        ),
        (
            "invite_user",
            "p.invite_user(\"a@example.com\", [\"USER\"], [list_user_groups()[0].name]) == ()",
        ),
        (
            "update_roles",
            "p.update_roles(find_user(\"elena.rossi@kestrel.example\"), [\"MANAGER\"]).roles == [\"MANAGER\"]",
        ),
        (
            "remove_user",
            "p.remove_user(\"elena.rossi@kestrel.example\") == ()",
        ),
        (
            "remove_user",
            "p.remove_user(\"liam.walsh@kestrel.example\", #{ invited: true }) == ()",
        ),
    ] {
        desk.holds(&format!(
            "let p = plan(); let as_told = {code}; as_told && p.len == 1 && p.changes[0].change == \"{verb}\""
        ));
    }
    assert_eq!((desk.team(), desk.writes()), (before, 0));
}

#[test]
fn every_verb_of_remotepc_adds_to_a_plan_and_nothing_is_sent() {
    let desk = RemotePcDesk::new();
    let before = desk.team();
    let user = super::remotepc::USER;
    for (verb, code) in [
        (
            "assign",
            format!("p.assign(\"DC-01\", \"{user}\").user == \"{user}\""),
        ),
        (
            "assign",
            format!("p.assign([\"DC-01\"], \"{user}\")[0].outcome == \"planned\""),
        ),
        (
            "unassign",
            format!("p.unassign(\"DC-01\", \"{user}\").user == ()"),
        ),
        (
            "create_group",
            "p.create_group(\"Cellar\") == \"Cellar\"".to_owned(),
        ),
        (
            "create_group",
            "p.create_group(\"Cellar\", [\"DC-01\"]) == \"Cellar\"".to_owned(),
        ),
        (
            "move_to_group",
            "p.move_to_group(\"Spare pool\", \"DC-01\").name == \"DC-01\"".to_owned(),
        ),
        (
            "comment",
            "p.comment(\"DC-01\", \"on loan\").comment == \"on loan\"".to_owned(),
        ),
        (
            "remove_computer",
            "p.remove(\"backup-vault\", chosen(\"sold\")) == ()".to_owned(),
        ),
        (
            "invite_user",
            "p.invite_user(\"a@example.com\", []) == ()".to_owned(),
        ),
        (
            "invite_user",
            "p.invite_user(\"a@example.com\", [], #{ groups: [], two_factor: true }) == ()".to_owned(),
        ),
        ("remove_user", "p.remove_user(\"shane@myworld\") == ()".to_owned()),
        (
            "remove_user",
            "p.remove_user(\"a@example.com\", #{ invited: true }) == ()".to_owned(),
        ),
    ] {
        desk.holds(&format!(
            "let p = plan(); let as_told = {code}; as_told && p.len == 1 && p.changes[0].change == \"{verb}\""
        ));
    }
    assert_eq!((desk.team(), desk.writes()), (before, 0));
}

#[test]
fn a_verb_of_plans_on_anything_else_is_an_error_and_never_a_function_of_rhais_own() {
    let desk = Desk::new();
    let verbs = || {
        let writes = FUNCTIONS.into_iter().flatten();
        PLAN_METHODS.iter().chain(writes).map(|function| function.name)
    };
    for receiver in ["\"x\"", "#{ x: 1 }", "[\"x\"]", "1", "()", "#{}", "chosen(\"x\")"] {
        for verb in verbs() {
            for arguments in ["\"x\", chosen(\"y\")", "\"x\", \"y\", #{}", "#{}, chosen(\"y\")"] {
                let code = format!("let it = {receiver}; it.{verb}({arguments})");
                let error = desk.run(&code).err();
                assert!(error.is_some(), "{code} did something");
            }
        }
    }
    assert_eq!(desk.writes(), 0);
}

#[test]
fn a_verb_of_rhai_on_a_plan_is_an_error() {
    let desk = Desk::new();
    for code in [
        "p.remove(\"pump-house\")",
        "p.remove(list_computers()[0])",
        "p.remove(0)",
        "p.clear()",
        "p.push(1)",
        "p.pop()",
        "p.len()",
        "p.retain(|c| true)",
        "p.filter(|c| true)",
        "p += 1",
        "p.len = 0",
        "p.changes = []",
        "p.count",
        "p[0]",
        "p.remove_computer(\"pump-house\")",
        "p.connect_url(\"pump-house\", \"x@y\")",
        "p.plan()",
        "for change in p { }",
        "if p { 1 }",
    ] {
        desk.fails(&format!("let p = plan(); {code}"));
    }
    let error = desk.fails("let p = plan(); p.remove(\"pump-house\")");
    assert!(error.message.contains("remove"), "{error:?}");
}

#[test]
fn arguments_of_the_wrong_sort_are_told_with_the_signature_and_leave_the_plan_as_it_was() {
    let desk = Desk::new();
    for code in [
        "p.rename(\"pump-house\", #{})",
        "p.rename(#{}, \"X\")",
        "p.rename((), \"X\")",
        "p.group_add(#{}, \"pump-house\")",
        "p.group_add(\"Servers\", #{})",
        "p.remove(#{}, chosen(\"x\"))",
        "p.remove([], chosen(\"x\"))",
        "p.remove(list_users()[0], chosen(\"x\"))",
        "p.keep(#{}, \"x\")",
        "p.keep((), \"unknown\")",
        "p.keep(\"\", \"unknown\")",
        "p.keep(\"pump-house\", \"\")",
        "p.keep(\"pump-house\", #{})",
        "p.save(#{})",
        "p.invite_user(\"a@example.com\", \"USER\")",
        "p.update_roles(\"elena.rossi@kestrel.example\", [\"USER\"])",
    ] {
        let error = desk.fails(&format!(
            "let p = plan(); let thrown = (); try {{ {code} }} catch (e) {{ thrown = e; }}
             if p.len != 0 {{ throw \"the plan has grown\" }}
             throw thrown"
        ));
        assert_eq!(error.kind, "invalid", "{code}: {error:?}");
        assert!(error.hint.contains("call it as"), "{code}: {error:?}");
    }
}

#[test]
fn a_change_that_cannot_stand_beside_another_is_told_where_the_script_proposes_it() {
    let desk = Desk::new();
    for (first, second, part) in [
        (
            "p.rename(\"pump-house\", \"A\")",
            "p.rename(\"old-nas\", \"A\")",
            "gives that name to 'pump-house' already",
        ),
        (
            "p.rename(\"pump-house\", \"A\")",
            "p.rename(\"pump-house\", \"B\")",
            "the plan is to rename 'pump-house' to 'A' already",
        ),
        (
            "p.group_add(\"Servers\", \"pump-house\")",
            "p.group_add(\"Servers\", \"PUMP-HOUSE\")",
            "the plan holds that already",
        ),
        (
            "p.remove(\"pump-house\", chosen(\"x\"))",
            "p.rename(\"pump-house\", \"A\")",
            "the plan is to remove computer 'pump-house' from the team already",
        ),
        (
            "p.remove(\"pump-house\", chosen(\"x\"))",
            "p.remove(\"pump-house\", chosen(\"y\"))",
            "the plan holds that already",
        ),
        (
            "p.invite_user(\"a@example.com\", [\"USER\"])",
            "p.invite_user(\"A@example.com\", [\"USER\"])",
            "already",
        ),
    ] {
        let code = format!("let p = plan();\n{first};\n\n{second};");
        let error = desk.run(&code).unwrap_err();
        assert_eq!(error.kind.as_deref(), Some("invalid"), "{error}");
        assert!(error.message.contains(part), "{error}");
        assert_eq!(error.place.unwrap().line, 4, "{code}");
    }
    assert_eq!(desk.writes(), 0);
}
