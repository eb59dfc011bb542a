//! What this version does not do, and what a run must not.

use super::{Desk, USER};
use crate::plan::Tally;
use crate::script::ParamValue;
use crate::secret::Secret;

/// Runs a script that is given a password, and that has to be refused.
fn refused(desk: &Desk, code: &str) {
    let password = ParamValue::Secret(Secret::new("S3cret-word"));
    let code = format!("const PARAMS = [#{{ name: \"password\", type: \"secret\" }}];\n{code}");
    let error = desk
        .run_with(&code, [("password".to_owned(), password)])
        .unwrap_err();
    assert_eq!(error.kind.as_deref(), Some("refused"), "{code}: {error}");
    assert!(error.message.contains("this version makes no"), "{code}: {error}");
    assert!(!format!("{error:?}").contains("S3cret"), "{error:?}");
}

#[test]
fn what_cannot_be_taken_back_is_refused_and_nothing_is_sent() {
    for dry_run in [false, true] {
        let desk = Desk::with(|setup| setup.rules.dry_run = dry_run);
        for code in [
            "remove_computer(\"pump-house\")",
            "remotepc::remove_computers([\"pump-house\", \"DC-01\"])",
            "invite_user(\"new@kestrel.example\", [])",
            "invite_user(\"new@kestrel.example\", [], #{ two_factor: true, sso: false })",
            "invite_user(\"new@kestrel.example\", [], #{ groups: [\"Staff\"] })",
            "remotepc::invite_users([\"new@kestrel.example\"])",
            "remotepc::invite_users([\"new@kestrel.example\"], #{ status_2FA: 1, sso_flag: 0 })",
            "create_user(#{ username: \"new@kestrel.example\", first_name: \"Ann\", last_name: \"Lee\", password: params.password })",
            "remotepc::create_user(#{ username: \"new@kestrel.example\", firstname: \"Ann\", lastname: \"Lee\", \
             password: params.password, status_2FA: 1 })",
            "remove_user(list_users()[0])",
            "remove_user(\"new@kestrel.example\", #{ invited: true })",
            "remotepc::delete_users([\"a@kestrel.example\"], [\"b@kestrel.example\"])",
        ] {
            refused(&desk, code);
        }
        assert_eq!((desk.writes(), desk.fleet.tally()), (0, Tally::default()));
    }
}

#[test]
fn what_is_said_of_new_users_is_read_strictly() {
    let desk = Desk::new();
    for (code, part) in [
        ("create_user(#{ usrname: \"x\" })", "has no option `usrname`"),
        ("create_user(#{})", "`username`"),
        (
            "create_user(#{ username: \"x\", first_name: \"A\", last_name: \"B\", password: \"open\" })",
            "must be a secret",
        ),
        (
            "create_user(#{ username: \"x\", first_name: \" \", last_name: \"B\" })",
            "`first_name`",
        ),
        (
            "invite_user(\"x@y\", [], #{ two_factor: 1 })",
            "must be true or false",
        ),
        ("invite_user(\"x@y\", [], #{ twofactor: true })", "has no option"),
        ("invite_user(\"x@y\", [\"BOSS\"])", "no role that can be granted"),
        (
            "remotepc::invite_users([\"x@y\"], #{ status_2FA: 2 })",
            "must be 0 or 1",
        ),
        (
            "remotepc::invite_users([\"x@y\"], #{ sso_flag: true })",
            "must be 0 or 1",
        ),
        ("remotepc::invite_users([])", "nobody to invite"),
        ("remotepc::delete_users([], [])", "nobody to delete"),
        ("remove_user(\"x@y\", #{ invited: 1 })", "must be true or false"),
    ] {
        let error = desk.fails(code);
        assert_eq!(error.kind, "invalid", "{code}: {error:?}");
        assert!(error.message.contains(part), "{code}: {error:?}");
    }
    assert_eq!(desk.fails("remove_user(\"nobody@x\")").kind, "not_found");
}

#[test]
fn the_limits_of_a_run_hold_for_this_vendor_too() {
    let read_only = Desk::with(|setup| setup.rules.read_only = Some("--read-only was given".to_owned()));
    let narrow = Desk::with(|setup| setup.rules.writes = Some(vec!["comment".to_owned()]));
    for desk in [read_only, narrow] {
        for code in [
            format!("assign(\"DC-01\", \"{USER}\")"),
            format!("assign([\"DC-01\", \"pump-house\"], \"{USER}\")"),
            "create_group(\"Cellar\")".to_owned(),
            "move_to_group(\"Spare pool\", [\"DC-01\"])".to_owned(),
            format!("connect_url(\"DC-01\", \"{USER}\")"),
            format!("remotepc::assign_computer(\"{USER}\", [\"DC-01\"])"),
            format!("remotepc::get_web_viewer_url(list_computers()[0].id, \"{USER}\")"),
        ] {
            assert_eq!(desk.fails(&code).kind, "refused", "{code}");
        }
        assert_eq!(desk.writes(), 0);
    }
    let stubborn = Desk::with(|setup| setup.user_agrees = false);
    assert_eq!(
        stubborn
            .fails(&format!("assign([\"DC-01\", \"pump-house\"], \"{USER}\")"))
            .kind,
        "refused"
    );
    assert_eq!(stubborn.writes(), 0);
}

#[test]
fn an_expression_that_chooses_changes_nothing() {
    let desk = Desk::new();
    for write in [
        format!("assign(name, \\\"{USER}\\\") != ()"),
        "create_group(name) != ()".to_owned(),
    ] {
        let error = desk.fails(&format!("list_computers(#{{ where: \"{write}\" }})"));
        assert!(error.message.contains("only chooses"), "{error:?}");
    }
    assert_eq!(desk.writes(), 0);
}
