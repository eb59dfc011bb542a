//! Scripts, parameters, computers and addresses that are not what they should be.

use super::fails;
use crate::desk::Desk;
use crate::team::Team;

#[test]
fn a_script_that_is_misspelt() {
    let ran = fails(&Desk::demo(), "list-computer", 2);
    ran.says("there is no script `list-computer`")
        .says("did you mean")
        .says("list-computers");
}

#[test]
fn a_path_without_a_script() {
    fails(&Desk::demo(), "./nothing.rhai", 2).says("nothing.rhai");
}

#[test]
fn a_parameter_that_is_misspelt() {
    let ran = fails(&Desk::demo(), "list-computers --ungruoped-only", 2);
    ran.says("--ungruoped-only").says("--ungrouped-only");
}

#[test]
fn a_parameter_that_is_missing() {
    fails(&Desk::demo(), "rename-computer ACC-LT-001", 2).says("<NEW-NAME>");
}

#[test]
fn a_choice_that_there_is_not() {
    let ran = fails(
        &Desk::demo(),
        "group-remove-computer Servers SRV-FILE-01 --default-access EVERYBODY",
        2,
    );
    ran.says("EVERYBODY").says("EVERYONE").says("NO_ONE");
}

#[test]
fn a_value_that_its_parameter_cannot_have() {
    let script = "//! Waits.\nconst PARAMS = [#{ name: \"period\", type: \"period\", help: \"How long\" }];\nparams.period";
    let desk = Desk::demo().file("wait.rhai", script);
    fails(&desk, "./wait.rhai soon", 2).says("period").says("90d");
}

#[test]
fn a_format_that_there_is_not() {
    fails(&Desk::demo(), "list-computers --output cvs", 2)
        .says("cvs")
        .says("csv");
}

#[test]
fn a_name_that_fits_two_computers() {
    let team = Team::with("");
    let ran = fails(&team.desk(), "rename-computer \"Meeting Room\" Lounge --force", 2);
    ran.says("Meeting Room");
    let listed = team
        .desk()
        .run("find-computer \"Meeting Room\" --output json")
        .succeeds()
        .json();
    let ids: Vec<&str> = listed
        .as_array()
        .unwrap()
        .iter()
        .map(|c| crate::team::text(c, "id"))
        .collect();
    assert_eq!(ids.len(), 2);
    for id in ids {
        ran.says(id);
    }
}

#[test]
fn a_computer_and_a_group_that_there_are_not() {
    let desk = Desk::demo();
    fails(&desk, "rename-computer acc-lt-001x X --force", 2)
        .says("there is no computer")
        .says("did you mean `ACC-LT-001`?");
    fails(&desk, "group-add-computer Server ACC-LT-001 --force", 2)
        .says("Server")
        .says("did you mean `Servers`?");
}

#[test]
fn a_host_that_does_not_resolve() {
    let desk = Desk::with_account("https://connect-api.deskhand.invalid", "kid-1", "kEy-77c1e09a4b");
    let ran = fails(&desk, "list-computers", 4);
    ran.says("could not reach https://connect-api.deskhand.invalid")
        .says("hint");
}

#[test]
fn an_address_without_encryption() {
    let desk = Desk::with_account("http://connect-api.deskhand.invalid", "kid-1", "kEy-77c1e09a4b");
    fails(&desk, "list-computers", 2).says("plain http is only allowed to this machine");
}

#[test]
fn a_port_that_nobody_listens_on() {
    let port = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let desk = Desk::with_account(&format!("http://127.0.0.1:{port}"), "kid-1", "kEy-77c1e09a4b");
    fails(&desk, "list-computers", 4).says("the connection was refused");
}

#[test]
fn a_file_of_certificates_that_is_none() {
    let desk = Desk::with_account("https://connect-api.deskhand.invalid", "kid-1", "kEy-77c1e09a4b");
    let desk = desk.file("ca.pem", "no certificate");
    fails(&desk, "list-computers --ca-file ca.pem", 2).says("ca.pem");
}

#[test]
fn a_permission_to_deny_that_there_is_not() {
    fails(&Desk::new(), "simulate --deny LIST_PRESENTS", 2)
        .says("`LIST_PRESENTS` is no permission")
        .says("LIST_PRESENCE");
}
