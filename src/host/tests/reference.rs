//! The declarations of the functions: complete, true, and with examples that run.

use super::Desk;
use crate::fleet::Vendor;
use crate::host::{Effect, Function, global_functions, modules};
use crate::script::ParamValue;
use crate::secret::Secret;
use crate::sim::realvnc::Operation;
use crate::vendor::realvnc::permission;

/// The operations of RemotePC, in the words of the contract.
const REMOTEPC: [&str; 13] = [
    "inviteUsers",
    "createUser",
    "deleteUsers",
    "listUsers",
    "assignComputers",
    "unassignComputers",
    "createGroup",
    "moveToGroup",
    "removeComputers",
    "addComment",
    "listComputers",
    "listUserComputers",
    "getConnectUrl",
];

fn all() -> impl Iterator<Item = (&'static str, &'static Function)> {
    let global = global_functions().into_iter().flatten().map(|f| ("", f));
    let in_modules = modules()
        .into_iter()
        .flat_map(|(module, functions)| functions.iter().copied().flatten().map(move |f| (module, f)));
    global.chain(in_modules)
}

/// Returns the vendor on whose fleet a function's example runs: RealVNC where it has the function.
fn vendor(function: &Function) -> Vendor {
    let of_realvnc = |operation: &&str| permission(operation).is_some();
    if function.operations.is_empty() || function.operations.iter().any(of_realvnc) {
        Vendor::RealVnc
    } else {
        Vendor::RemotePc
    }
}

/// What a user would type where an example asks for a secret.
fn typed(example: &str) -> Option<(String, ParamValue)> {
    let secret = ParamValue::Secret(Secret::new("open-sesame"));
    example
        .contains("name: \"password\"")
        .then(|| ("password".to_owned(), secret))
}

#[test]
fn every_example_runs_on_the_demo_team_and_writes_only_where_that_is_declared() {
    for (module, function) in all().filter(|(_, f)| vendor(f) == Vendor::RealVnc) {
        let name = format!("{module}::{}", function.signature());
        let desk = Desk::new()
            .file("computers.txt", "DC-01\npump-house\n")
            .file("new-groups.csv", "GroupName;Name\nServers;pump-house\n");
        let before = desk.team();
        let value = match desk.run_with(function.example, typed(function.example)) {
            Ok(value) => value,
            Err(error) => panic!("{name}: {}\n{error} ({:?})", function.example, error.hint),
        };
        assert_ne!(value.as_bool(), Ok(false), "{name}: {}", function.example);
        if function.effect != Effect::Write {
            assert_eq!(desk.writes(), 0, "{name}");
            assert_eq!(desk.team(), before, "{name}");
        }
    }
}

#[test]
fn every_function_says_what_it_takes_gives_and_does() {
    for (module, function) in all() {
        let name = format!("{module}::{}", function.name);
        assert!(
            !function.returns.is_empty() && !function.about.is_empty(),
            "{name}"
        );
        assert!(
            function.about.ends_with('.'),
            "{name}: its description is no sentence"
        );
        for (parameter, ty) in function.parameters {
            assert!(!parameter.is_empty() && !ty.is_empty(), "{name}");
        }
        let calls = format!("{}(", function.name);
        assert!(
            function.example.contains(&calls),
            "{name}: its example shows another"
        );
    }
}

#[test]
fn every_operation_is_one_of_the_vendors() {
    for (_, function) in all() {
        for operation in function.operations {
            assert!(
                permission(operation).is_some() || REMOTEPC.contains(operation),
                "{}: {operation}",
                function.name
            );
        }
        assert_eq!(
            function.operations.is_empty(),
            function.effect == Effect::None,
            "{}",
            function.name
        );
    }
}

#[test]
fn every_operation_that_is_called_is_declared() {
    let team = Desk::new().team();
    let pump = &team.entries_named("pump-house").next().unwrap().id;
    let servers = team.entry_groups().iter().find(|g| g.name == "Servers").unwrap();
    let (user, users) = (&team.members()[1].id, &team.user_groups()[0].id);
    let by_id = [
        (
            "update_entry",
            format!("realvnc::update_entry(\"{pump}\", \"X\")"),
        ),
        (
            "add_entry_to_group",
            format!("realvnc::add_entry_to_group(\"{pump}\", \"{}\")", servers.id),
        ),
        (
            "remove_entry_from_group",
            format!(
                "realvnc::remove_entry_from_group(\"{}\", \"{}\", \"NO_ONE\")",
                servers.members[0], servers.id
            ),
        ),
        (
            "add_member_to_group",
            format!("realvnc::add_member_to_group(\"{user}\", \"{users}\")"),
        ),
        (
            "remove_member_from_group",
            format!("realvnc::remove_member_from_group(\"{user}\", \"{users}\")"),
        ),
    ];
    // The fleet's functions by name, which takes the most operations.
    let by_name = [
        (
            "list_computers",
            "list_computers(#{ groups: true, presence: true })",
        ),
        ("find_computer", "find_computer(\"DC-01\")"),
        ("find_computers", "find_computers(\"DC\")"),
        ("find_computer_group", "find_computer_group(\"Servers\")"),
        ("groups_of", "groups_of(\"DC-01\")"),
        ("find_user", "find_user(\"nobody@example.com\")"),
        ("find_user_group", "find_user_group(\"x\")"),
        ("rename", "rename(\"DC-01\", \"DC-1\")"),
        ("group_add", "group_add(\"Servers\", \"pump-house\")"),
        ("group_remove", "group_remove(\"Servers\", \"DC-01\")"),
        (
            "group_remove",
            "group_remove(\"Servers\", \"DC-01\", #{ default_access: \"EVERYONE\" })",
        ),
        ("no_such", "no_such(\"computer\", \"x\")"),
    ];
    let by_name = by_name.map(|(name, code)| (name, code.to_owned()));
    for (name, code) in by_id.into_iter().chain(by_name) {
        let desk = Desk::new();
        desk.says(&code);
        let declared: Vec<&str> = all()
            .filter(|(_, f)| f.name == name)
            .flat_map(|(_, f)| f.operations.iter().copied())
            .collect();
        for operation in Operation::ALL {
            let known = operation == Operation::CreateSession || declared.contains(&operation.id());
            assert!(
                known || desk.received(operation) == 0,
                "{name}: {}",
                operation.id()
            );
        }
    }
}

#[test]
fn read_only_refuses_every_function_that_writes_before_anything_is_sent() {
    for (module, function) in all().filter(|(_, f)| f.effect == Effect::Write) {
        let desk = Desk::with(|setup| setup.rules.read_only = Some("--read-only was given".to_owned()));
        let arguments = vec!["()"; function.parameters.len()].join(", ");
        let path = if module.is_empty() {
            String::new()
        } else {
            format!("{module}::")
        };
        let error = desk.fails(&format!("{path}{}({arguments})", function.name));
        assert_eq!(error.kind, "refused", "{}", function.name);
        assert_eq!(
            error.message,
            "not allowed to change anything: --read-only was given"
        );
    }
}
