//! The declarations of the functions: complete, true, and with examples that run.

use super::vendors::Simulated;
use super::{Desk, DeskOf, RemotePcDesk};
use crate::fleet::Vendor;
use crate::host::{Effect, Function, PLAN_METHODS, global_functions, modules};
use crate::script::ParamValue;
use crate::secret::Secret;
use crate::sim;
use crate::vendor::realvnc::permission;
use crate::vendor::remotepc;

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

fn example_runs<S: Simulated>(module: &str, function: &Function) {
    let name = format!("{module}::{}", function.signature());
    let desk = DeskOf::<S>::new()
        .file("computers.txt", "DC-01\npump-house\n")
        .file("new-groups.csv", "GroupName;Name\nServers;pump-house\n")
        .file("new-names.csv", "Current,New\nDC-01,DC-1\n")
        .file(
            "new-staff.csv",
            "GroupName,Email\nNobody yet,elena.rossi@kestrel.example\n",
        );
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

#[test]
fn every_example_runs_on_the_demo_team_and_writes_only_where_that_is_declared() {
    for (module, function) in all() {
        match vendor(function) {
            Vendor::RealVnc => example_runs::<sim::realvnc::Running>(module, function),
            Vendor::RemotePc => example_runs::<sim::remotepc::Running>(module, function),
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
                permission(operation).is_some() || remotepc::operations().any(|known| known == *operation),
                "{}: {operation}",
                function.name
            );
        }
        // A plan asks nobody until it is applied.
        if function.name != "plan" {
            assert_eq!(
                function.operations.is_empty(),
                function.effect == Effect::None,
                "{}",
                function.name
            );
        }
    }
}

#[test]
fn every_operation_of_realvnc_that_is_called_is_declared() {
    use crate::sim::realvnc::Operation;
    let team = Desk::new().team();
    let pump = &team.entries_named("pump-house").next().unwrap().id;
    let servers = team.entry_groups().iter().find(|g| g.name == "Servers").unwrap();
    let (user, users) = (&team.members()[1].id, &team.user_groups()[0].id);
    let vault = &team.entries_named("backup-vault").next().unwrap().id;
    let email = "elena.rossi@kestrel.example";
    let staff = team.members().iter().find(|m| m.email.as_deref() == Some(email));
    let staff = &staff.unwrap().id;
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
        ("delete_entry", format!("realvnc::delete_entry(\"{vault}\")")),
        (
            "update_member_roles",
            format!("realvnc::update_member_roles(\"{staff}\", [\"MANAGER\"])"),
        ),
        ("remove_member", format!("realvnc::remove_member(\"{staff}\")")),
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
        ("remove_computer", "remove_computer(\"backup-vault\")"),
        (
            "remove",
            "let p = plan(); p.remove(\"backup-vault\", chosen(\"sold\")); p.apply()",
        ),
        (
            "invite_member",
            "realvnc::invite_member(\"a@example.com\", [\"USER\"])",
        ),
        (
            "invite_user",
            "invite_user(\"a@example.com\", [\"USER\"], [\"All staff\"])",
        ),
        (
            "update_roles",
            "update_roles(find_user(\"elena.rossi@kestrel.example\"), [\"MANAGER\"])",
        ),
        ("remove_user", "remove_user(\"elena.rossi@kestrel.example\")"),
        ("read_computers", "read_computers(\"computers.txt\")"),
    ];
    let by_name = by_name.map(|(name, code)| (name, code.to_owned()));
    for (name, code) in by_id.into_iter().chain(by_name) {
        let desk = Desk::new().file("computers.txt", "DC-01\n");
        desk.says(&code);
        let called = Operation::ALL
            .into_iter()
            .filter(|operation| *operation != Operation::CreateSession && desk.received(*operation) > 0);
        are_declared(name, called.map(Operation::id));
    }
}

#[test]
fn every_operation_of_remotepc_that_is_called_is_declared() {
    use crate::sim::remotepc::Operation;
    let user = "anna.berger@kestrel.example";
    let id = &RemotePcDesk::new().team().devices[0].machine_id;
    for (name, code) in [
        (
            "list_computers",
            format!("list_computers(#{{ user: \"{user}\" }})"),
        ),
        ("list_computers", "list_computers()".to_owned()),
        ("find_computer", "find_computer(\"DC-01\")".to_owned()),
        ("find_computers", "find_computers(\"DC\")".to_owned()),
        ("get_computer", format!("get_computer(\"{id}\")")),
        ("list_users", "list_users()".to_owned()),
        ("find_user", format!("find_user(\"{user}\")")),
        ("no_such", "no_such(\"computer\", \"x\")".to_owned()),
        ("no_such", "no_such(\"user\", \"x\")".to_owned()),
        ("assign", format!("assign(\"DC-01\", \"{user}\")")),
        ("assign", format!("assign([\"DC-01\"], \"{user}\")")),
        ("unassign", format!("unassign(\"old-nas\", \"{user}\")")),
        ("create_group", "create_group(\"Cellar\", [\"DC-01\"])".to_owned()),
        (
            "move_to_group",
            "move_to_group(\"Spare pool\", [\"DC-01\"])".to_owned(),
        ),
        ("comment", "comment(\"DC-01\", \"on loan\")".to_owned()),
        ("connect_url", format!("connect_url(\"DC-01\", \"{user}\")")),
        (
            "assign_computer",
            format!("remotepc::assign_computer(\"{user}\", [\"DC-01\"])"),
        ),
        (
            "unassign_computer",
            format!("remotepc::unassign_computer(\"{user}\", [\"old-nas\"])"),
        ),
        (
            "move_computers",
            "remotepc::move_computers(\"Spare pool\", [\"DC-01\"])".to_owned(),
        ),
        (
            "add_comment",
            "remotepc::add_comment(\"DC-01\", \"on loan\")".to_owned(),
        ),
        (
            "remove_computers",
            "remotepc::remove_computers([\"backup-vault\"])".to_owned(),
        ),
        (
            "invite_users",
            "remotepc::invite_users([\"a@example.com\"])".to_owned(),
        ),
        (
            "delete_users",
            "remotepc::delete_users([\"shane@myworld\"], [])".to_owned(),
        ),
        ("remove_computer", "remove_computer(\"backup-vault\")".to_owned()),
        ("invite_user", "invite_user(\"a@example.com\", [])".to_owned()),
        ("remove_user", "remove_user(\"shane@myworld\")".to_owned()),
        (
            "get_web_viewer_url",
            format!("remotepc::get_web_viewer_url(\"{id}\", \"{user}\")"),
        ),
    ] {
        let desk = RemotePcDesk::new();
        desk.vendor().edit(|world| {
            let id = world.devices_named("old-nas").next().unwrap().machine_id.clone();
            world.change_device(&id, |device| device.assign(user));
        });
        desk.says(&code);
        let called = Operation::ALL
            .into_iter()
            .filter(|operation| desk.received(*operation) > 0);
        are_declared(name, called.map(Operation::id));
    }
}

fn are_declared(name: &str, called: impl Iterator<Item = &'static str>) {
    let declared: Vec<&str> = all()
        .map(|(_, function)| function)
        .chain(PLAN_METHODS)
        .filter(|function| function.name == name)
        .flat_map(|function| function.operations.iter().copied())
        .collect();
    for operation in called {
        assert!(declared.contains(&operation), "{name}: {operation}");
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
