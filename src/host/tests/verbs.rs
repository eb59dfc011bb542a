//! No verb of the fleet vanishes in a function of rhai's own, however it is written.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use super::Desk;
use crate::cancel::Cancel;
use crate::host::global_functions;
use crate::script::{Library, Limits, Names, Of, Places, engine};

fn names() -> BTreeSet<&'static str> {
    let all = global_functions().into_iter().flatten();
    all.map(|function| function.name).collect()
}

fn is_refused_by_rhai(message: &str) -> bool {
    message.contains("there is no function") || message.contains("does not take")
}

#[test]
fn rhai_has_no_function_of_the_name_of_one_of_ours() {
    let nowhere = Places {
        here: PathBuf::from("/nonexistent"),
        scripts: None,
        stdlib: None,
    };
    let library = Arc::new(Library::with_shipped(nowhere, &[], &[]));
    let bare = engine(&Limits::default(), &Cancel::default(), library, Arc::new(|_| {}));
    let known = Names::of(&bare, Of::All);
    assert!(
        known.named("remove").next().is_some(),
        "the names are not all there"
    );
    for name in names() {
        let taken: Vec<_> = known.named(name).map(|f| &f.signature).collect();
        assert!(taken.is_empty(), "{name}: {taken:?}");
    }
}

#[test]
fn a_verb_on_a_value_that_is_no_fleet_fails_or_is_ours() {
    let desk = Desk::new();
    for name in names() {
        for receiver in ["\"x\"", "#{}", "[]", "1", "1.5", "true", "()"] {
            for arguments in ["", "\"y\"", "\"y\", \"z\"", "#{}", "[]"] {
                let code = format!("let it = {receiver}; it.{name}({arguments})");
                let Err(error) = desk.run(&code) else {
                    // As a plain function it has to succeed with the same arguments, and so it is ours.
                    let comma = if arguments.is_empty() { "" } else { ", " };
                    desk.says(&format!("{name}({receiver}{comma}{arguments})"));
                    continue;
                };
                assert!(
                    error.kind.is_some() || is_refused_by_rhai(&error.message),
                    "{code}: {}",
                    error.message
                );
            }
        }
    }
    assert_eq!(desk.writes(), 0);
}

#[test]
fn a_verb_of_rhai_on_a_record_is_an_error() {
    let desk = Desk::new();
    for verb in [
        "remove(\"x\")",
        "remove()",
        "clear()",
        "delete()",
        "push(1)",
        "set(\"name\", \"x\")",
        "mixin(#{})",
        "truncate(1)",
        "name(\"x\")",
    ] {
        for record in [
            "list_computers()[0]",
            "list_computer_groups()[0]",
            "list_users()[0]",
        ] {
            let error = desk.fails(&format!("let it = {record}; it.{verb}"));
            assert!(is_refused_by_rhai(&error.message), "{verb}: {error:?}");
        }
    }
}

#[test]
fn a_name_is_renamed_as_a_method_too() {
    let desk = Desk::new();
    desk.holds("\"pump-house\".rename(\"Pump 1\").name == \"Pump 1\"");
    assert_eq!(desk.team().entries_named("Pump 1").count(), 1);
}

#[test]
fn the_functions_are_methods_of_another_fleet() {
    let desk = Desk::new();
    desk.holds("let f = fleet(\"branch\"); f.list_computers().len == list_computers().len");
    desk.holds("fleet(\"branch\").get_computer(list_computers()[0].id).profile == \"branch\"");
    desk.holds("fleet(\"branch\").list_computers(#{ presence: true })[0].profile == \"branch\"");
    desk.holds("fleet(\"branch\").rename(\"pump-house\", \"Pump 1\").name == \"Pump 1\"");
    desk.holds(
        "let f = fleet(\"branch\"); f.group_remove(\"Servers\", \"DC-01\", #{ default_access: \"NO_ONE\" }).size \
         == f.list_computer_groups().find(|g| g.name == \"Servers\").size",
    );
    let team = desk.team();
    let computer = team.entries_named("DC-01").next().unwrap();
    assert!(team.groups_of(&computer.id).is_empty());
    assert_eq!(team.entries_named("Pump 1").count(), 1);
}

#[test]
fn what_was_read_through_another_profile_is_refused() {
    let desk = Desk::new();
    for code in [
        "fleet(\"branch\").group_add(list_computer_groups()[0], \"DC-01\")",
        "group_remove(fleet(\"branch\").list_computer_groups()[0], \"DC-01\")",
        "fleet(\"branch\").update_roles(list_users()[0], [\"USER\"])",
        "let f = fleet(\"branch\"); f.group_add(list_user_groups()[0], f.list_users()[0])",
        "remove_user(fleet(\"branch\").list_users()[0])",
        "groups_of(fleet(\"branch\").list_users()[0])",
        "fleet(\"branch\").group_add(\"Servers\", list_users()[0])",
        "fleet(\"branch\").rename(list_computers()[0], \"X\")",
        "fleet(\"branch\").group_add(\"Servers\", list_computers()[0])",
        "rename(fleet(\"branch\").list_computers()[0], \"X\")",
        "fleet(\"branch\").groups_of(list_computers()[0])",
    ] {
        let error = desk.fails(code);
        assert_eq!(error.kind, "invalid", "{code}: {error:?}");
        assert!(
            error.message.contains("`demo`") && error.message.contains("`branch`"),
            "{code}: {error:?}"
        );
        assert!(error.hint.contains("own fleet: fleet("), "{code}: {error:?}");
    }
    assert_eq!(desk.writes(), 0);
}

#[test]
fn a_fleet_that_cannot_be_opened_says_so() {
    let error = Desk::new().fails("fleet(\"nowhere\")");
    assert_eq!(error.kind, "not_found");
    assert_eq!(Desk::new().fails("fleet(\"\")").kind, "invalid");
}
