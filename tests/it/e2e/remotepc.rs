//! RemotePC Enterprise: each operation that a script can make, through the shipped scripts and the vendor's own functions.

use crate::account::Account;
use crate::team::text;

#[test]
fn computers_and_users_are_listed_and_found() {
    let account = Account::running();
    let desk = account.desk();
    let computers = desk.run("list-computers --output json").succeeds().json();
    let computers = computers.as_array().unwrap();
    assert!(computers.len() > 100, "{}", computers.len());
    assert!(computers.iter().all(|c| text(c, "vendor") == "remotepc"));
    let users = desk.run("list-users --output json").succeeds().json();
    assert!(users.as_array().unwrap().len() > 5);
    let name = account.computers(1).remove(0);
    desk.run(&format!("find-computer {} --output text", name.to_lowercase()))
        .succeeds()
        .prints(&name);
    let user = account.user();
    desk.run(&format!("find-user {user} --output text"))
        .succeeds()
        .prints(&user);
    desk.run("find-user nobody@kestrel.example").ends_with(2);
}

#[test]
fn computers_are_assigned_once_and_taken_back() {
    let account = Account::running();
    let desk = account.desk();
    let user = account.user();
    let names = account.computers(5)[3..].to_vec();
    let computers = names.join(" ");
    let listed = || {
        let ran = desk.run(&format!("list-computers --user {user} --output text"));
        let listed: Vec<String> = ran.succeeds().stdout.lines().map(str::to_owned).collect();
        names.iter().filter(|name| listed.contains(name)).count()
    };
    let unassign = format!("unassign-computers {user} {computers} --force");
    desk.run(&unassign).succeeds();
    assert_eq!(listed(), 0);
    let assign = format!("assign-computers {user} {computers}");
    desk.run(&format!("{assign} --dry-run"))
        .ends_with(6)
        .says("2 planned");
    assert_eq!(listed(), 0);
    desk.run(&format!("{assign} --force")).succeeds().says("2 done");
    assert_eq!(listed(), 2);
    desk.run(&format!("{assign} --force"))
        .succeeds()
        .says("2 so already");
    desk.run(&unassign).succeeds().says("2 done");
    assert_eq!(listed(), 0);
}

#[test]
fn a_group_is_made_and_computers_are_moved_into_it() {
    let account = Account::running();
    let desk = account.desk();
    let names = account.computers(3);
    // The account may have been used before, and no group of it can be deleted.
    let group = format!("Quiet room {}", std::process::id());
    let create = format!("create-computer-group \"{group}\" {} --force", names[0]);
    desk.run(&create).succeeds().says("1 done");
    desk.run(&create).ends_with(4).says("already");
    desk.run(&format!(
        "move-computers \"{group}\" {} {} --force",
        names[1], names[2]
    ))
    .succeeds()
    .says("2 done");
    desk.run(&format!(
        "move-computers \"No such {group}\" {} --force",
        names[1]
    ))
    .ends_with(5)
    .says("does not exist");
}

#[test]
fn a_comment_is_written_and_read_back() {
    let account = Account::running();
    let desk = account.desk();
    let name = account.computers(4).remove(3);
    let text = format!("in the quiet room, {}", std::process::id());
    let comment = format!("comment-computer {name} \"{text}\" --force");
    desk.run(&comment).succeeds().says("1 done");
    desk.run(&comment).succeeds().says("1 so already");
    desk.run(&format!("comment-computer {name} short --force"))
        .ends_with(2)
        .says("6 to 250");
}

#[test]
fn an_address_that_opens_a_computer_is_shown_to_nobody_unless_it_is_revealed() {
    let account = Account::running();
    let (name, user) = (account.computers(1).remove(0), account.user());
    let desk = account.desk();
    desk.run(&format!("assign-computers {user} {name} --force"))
        .succeeds();
    desk.run(&format!("connect-url {name} {user}"))
        .ends_with(7)
        .prints_nothing()
        .says("--reveal");
    let ran = desk.run(&format!("connect-url {name} {user} --reveal"));
    let address = ran.succeeds().stdout.trim();
    assert!(address.starts_with("http"), "{address}");
    assert!(!ran.stderr.contains(address) && !ran.log.contains(address));
}

#[test]
fn the_vendors_own_functions_give_the_vendors_own_records() {
    let account = Account::running();
    let desk = account.desk().file(
        "own.rhai",
        "//! Asks in the vendor's words.\n\
         let devices = remotepc::get_devices();\n\
         let users = remotepc::get_users();\n\
         [devices[0].machine_id == list_computers()[0].id, users[0].username == list_users()[0].email,\n\
         remotepc::get_users_devices(users[0].username).is_empty() || devices.len > 1]",
    );
    let ran = desk.run("./own.rhai --output json");
    assert_eq!(
        ran.succeeds().json(),
        serde_json::json!([true, true, true]),
        "{}",
        ran.transcript()
    );
}

#[test]
fn a_name_that_several_computers_bear_is_not_written_to() {
    let account = Account::running();
    account
        .desk()
        .run("comment-computer \"meeting room\" \"by the window\" --force")
        .ends_with(2)
        .says("Meeting Room");
}
