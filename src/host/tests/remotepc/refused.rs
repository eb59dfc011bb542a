//! What is read strictly, and what a run must not do.

use super::{Desk, USER};

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
