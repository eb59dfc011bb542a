//! People: invited, made, given roles, removed, on each vendor as far as it goes.

use super::{Desk, RemotePcDesk};
use crate::fleet::Role;
use crate::plan::Kept;
use crate::script::ParamValue;
use crate::secret::Secret;
use crate::sim::realvnc::{Member, Operation, World};
use crate::sim::remotepc::Operation as RemotePcOperation;
use crate::sim::{Effect, Fault};

/// A user of the demo team, and nothing more.
const USER: &str = "elena.rossi@kestrel.example";

fn member<'a>(world: &'a World, email: &str) -> Option<&'a Member> {
    world
        .members()
        .iter()
        .find(|member| member.email.as_deref() == Some(email))
}

/// Puts a user of the team into a group, as if it were done in the portal.
fn in_group(desk: &Desk, email: &str) -> String {
    let id = member(&desk.team(), email).unwrap().id.clone();
    let group = desk.team().user_groups()[0].name.clone();
    desk.says(&format!(
        "let u = list_users().find(|u| u.id == \"{id}\"); group_add(\"{group}\", u).name"
    ));
    group
}

#[test]
fn somebody_is_invited_with_roles_and_into_groups_once() {
    let desk = Desk::new();
    let groups: Vec<String> = desk
        .team()
        .user_groups()
        .iter()
        .map(|g| g.name.clone())
        .take(2)
        .collect();
    desk.says(&format!(
        "invite_user(\"a@example.com\", [\"user\", \"TECHNICIAN\"], [\"{}\", find_user_group(\"{}\")])",
        groups[0].to_uppercase(),
        groups[1]
    ));
    let team = desk.team();
    let new = member(&team, "a@example.com").unwrap();
    assert!(new.invited && new.roles.len() == 2);
    for name in &groups {
        let group = team.user_groups().iter().find(|g| g.name == *name).unwrap();
        assert!(group.has(&new.id), "{name}");
    }
    desk.says(&format!(
        "invite_user(\"A@example.com\", [\"USER\"], [\"{}\"])",
        groups[0]
    ));
    assert_eq!(desk.received(Operation::InviteMember), 1);
    assert_eq!(desk.fleet.tally().already_so, 1);
}

#[test]
fn groups_may_stand_among_the_options_too() {
    let desk = Desk::new();
    let group = desk.team().user_groups()[0].name.clone();
    desk.says(&format!(
        "invite_user(\"a@example.com\", [\"USER\"], #{{ groups: [\"{group}\"] }})"
    ));
    let team = desk.team();
    assert!(team.user_groups()[0].has(&member(&team, "a@example.com").unwrap().id));
    desk.says("invite_user(\"b@example.com\", [\"USER\"], #{ groups: () }); invite_user(\"c@example.com\", [\"USER\"], [])");
    assert_eq!(desk.received(Operation::InviteMember), 3);
}

#[test]
fn an_invitation_that_cannot_be_right_is_not_sent() {
    let desk = Desk::new();
    for (arguments, kind, part) in [
        (
            "\"a@b\", [\"USER\"], [\"No such\"]",
            "not_found",
            "there is no user group named 'No such'",
        ),
        (
            "\"a@b\", [\"USER\"], [\"No such\", \"Nor this\"]",
            "not_found",
            "2 of the groups cannot be told",
        ),
        (
            "\"a@b\", [\"USER\"], #{ groups: [\"No such\"] }",
            "not_found",
            "there is no user group named 'No such'",
        ),
        ("\"a@b\", [\"USER\"], [\"\"]", "invalid", "is empty"),
        (
            "\"a@b\", [\"USER\"], [1]",
            "invalid",
            "a group (a record, or a name)",
        ),
        (
            "\"a@b\", [\"USER\"], [list_computer_groups()[0]]",
            "invalid",
            "is a computer group, not a user group",
        ),
        (
            "\"a@b\", [\"USER\"], [list_user_groups()[0], list_user_groups()[0].name]",
            "invalid",
            "is there twice",
        ),
        ("\"a@b\", [\"USER\"], \"Staff\"", "invalid", "a map of options"),
        (
            "\"a@b\", [\"USER\"], #{ groups: \"Staff\" }",
            "invalid",
            "must be an array",
        ),
        (
            "\"a@b\", [\"USER\"], #{ group: [] }",
            "invalid",
            "has no option `group`",
        ),
        ("\"a@b\", []", "invalid", "without a role"),
        (
            "\"a@b\", [\"USER\", \"user\"]",
            "invalid",
            "the role USER is there twice",
        ),
        ("\"a@b\", [\"OWNER\"]", "invalid", "no role that can be granted"),
        ("\"a@b\", \"USER\"", "invalid", "an array"),
        ("\"ab\", [\"USER\"]", "invalid", "is no email address"),
        ("\"a@b, c@d\", [\"USER\"]", "invalid", "is no email address"),
        ("\"a@b c@d\", [\"USER\"]", "invalid", "is no email address"),
        ("\"a@b;c@d\", [\"USER\"]", "invalid", "is no email address"),
        ("\"@b\", [\"USER\"]", "invalid", "is no email address"),
        ("[\"a@b\"], [\"USER\"]", "invalid", "a string"),
    ] {
        for code in [
            format!("invite_user({arguments})"),
            format!("plan().invite_user({arguments})"),
        ] {
            let error = desk.fails(&code);
            assert_eq!(error.kind, kind, "{code}: {error:?}");
            assert!(error.message.contains(part), "{code}: {error:?}");
        }
    }
    let error = desk.fails("invite_user(\"a@b\", [\"USER\"], #{ two_factor: true })");
    assert!(
        error.message.contains("does not take how an invited person"),
        "{error:?}"
    );
    assert_eq!(desk.writes(), 0);
}

#[test]
fn an_invitation_whose_groups_did_not_work_is_told_and_not_sent_again() {
    let desk = Desk::new();
    let refused = Effect::Status {
        status: 500,
        retry_after: None,
    };
    let fault = Fault::on(Operation::AddMemberToGroup, refused);
    desk.vendor().faults().push(fault.times(9));
    desk.holds(
        "let p = plan(); p.invite_user(\"a@example.com\", [\"USER\"], [list_user_groups()[0]]);
         let row = p.apply().rows[0]; row.outcome == \"unknown\" && row.note.contains(\"was invited, and not put into\")",
    );
    assert_eq!(desk.received(Operation::InviteMember), 1);
    assert_eq!(desk.fleet.tally().unknown, 1);
    assert!(
        desk.warnings().iter().any(|told| told.contains("was invited")),
        "{:?}",
        desk.warnings()
    );
}

#[test]
fn roles_are_replaced_as_a_set() {
    let desk = Desk::new();
    desk.holds(&format!(
        "let u = update_roles(find_user(\"{USER}\"), [\"TECHNICIAN\", \"MANAGER\"]); u.roles == [\"TECHNICIAN\", \"MANAGER\"]"
    ));
    assert_eq!(member(&desk.team(), USER).unwrap().roles.len(), 2);
    desk.says(&format!(
        "update_roles(find_user(\"{USER}\"), [\"MANAGER\", \"TECHNICIAN\"])"
    ));
    assert_eq!(desk.received(Operation::UpdateMemberRoles), 1);
    for roles in [
        "[]",
        "[\"BOSS\"]",
        "[\"USER\", \"USER\"]",
        "\"USER\"",
        "[1]",
        "()",
    ] {
        let error = desk.fails(&format!("update_roles(find_user(\"{USER}\"), {roles})"));
        assert_eq!(error.kind, "invalid", "{roles}: {error:?}");
    }
    assert_eq!(desk.received(Operation::UpdateMemberRoles), 1);
}

#[test]
fn roles_that_somebody_else_has_changed_meanwhile_are_left_alone() {
    let desk = Desk::new();
    let id = member(&desk.team(), USER).unwrap().id.clone();
    let user = desk.run(&format!("find_user(\"{USER}\")")).unwrap();
    let other = member(&desk.team(), "jonas.keller@kestrel.example")
        .unwrap()
        .roles
        .clone();
    desk.vendor()
        .edit(|world| world.change_member(&id, |member| member.roles = other));
    let outcome = desk.run_on(
        "let p = plan(); p.update_roles(it, [\"TECHNICIAN\"]); p.apply().rows[0].outcome",
        user,
    );
    assert_eq!(outcome.to_string(), "drifted");
    assert_eq!(desk.received(Operation::UpdateMemberRoles), 0);
}

#[test]
fn owners_administrators_and_the_last_manager_stay_as_they_are() {
    let desk = Desk::new();
    let managers = "list_users().filter(|u| u.state == \"JOINED\" && u.roles.contains(\"MANAGER\"))";
    for code in [
        "remove_user(\"anna.berger@kestrel.example\")".to_owned(),
        "update_roles(find_user(\"mei.lin@kestrel.example\"), [\"USER\"])".to_owned(),
        "realvnc::remove_member(find_user(\"mei.lin@kestrel.example\").id)".to_owned(),
        "realvnc::update_member_roles(find_user(\"anna.berger@kestrel.example\").id, [\"USER\"])".to_owned(),
        format!("let p = plan(); for u in {managers} {{ p.remove_user(u); }} p.apply()"),
        format!("let p = plan(); for u in {managers} {{ p.update_roles(u, [\"USER\"]); }} p.apply()"),
    ] {
        let error = desk.fails(&code);
        assert_eq!(error.kind, "refused", "{code}: {error:?}");
    }
    assert_eq!(desk.writes(), 0);
    // All of them but one may go.
    desk.says(&format!(
        "let p = plan(); let all = {managers}; all.pop(); for u in all {{ p.remove_user(u); }} p.apply()"
    ));
    assert!(desk.received(Operation::RemoveMember) > 1);
}

#[test]
fn who_is_removed_is_kept_with_roles_and_groups() {
    for remove in [
        format!("remove_user(\"{USER}\")"),
        format!("remove_user(find_user(\"{USER}\"))"),
        format!("realvnc::remove_member(find_user(\"{USER}\").id)"),
        format!("let p = plan(); p.remove_user(\"{USER}\"); p.apply()"),
    ] {
        let desk = Desk::new();
        let group = in_group(&desk, USER);
        desk.says(&remove);
        assert!(member(&desk.team(), USER).is_none(), "{remove}");
        let tally = desk.fleet.tally();
        let Some(Kept::User(kept)) = &tally.rows.last().unwrap().0.before else {
            panic!("{remove}: no record")
        };
        assert_eq!(kept.roles, [Role::User], "{remove}");
        let groups: Vec<&str> = kept.groups.iter().flatten().map(|g| g.name.as_str()).collect();
        assert!(groups.contains(&group.as_str()), "{remove}: {groups:?}");
    }
}

#[test]
fn without_the_permission_for_groups_a_user_goes_and_it_is_said_what_is_not_kept() {
    let desk = Desk::with(|setup| setup.team.deny = vec!["LIST_USER_GROUPS".to_owned()]);
    desk.says(&format!("remove_user(\"{USER}\")"));
    assert!(member(&desk.team(), USER).is_none());
    let tally = desk.fleet.tally();
    let told = &tally.notes.warnings;
    assert!(
        told.iter()
            .any(|told| told.starts_with("the groups of who is removed are not known")),
        "{told:?}"
    );
}

#[test]
fn more_than_three_people_go_only_by_a_plan() {
    let desk = Desk::new();
    let users = "list_users().filter(|u| u.state == \"JOINED\" && u.roles == [\"USER\"])";
    let error = desk.fails(&format!("for u in {users} {{ remove_user(u); }}"));
    assert_eq!(error.kind, "refused");
    assert!(error.message.contains("3 removals one by one"), "{error:?}");
    assert!(error.hint.contains("plan()"), "{error:?}");
    assert_eq!(desk.received(Operation::RemoveMember), 3);
    let desk = Desk::new();
    desk.says(&format!(
        "let p = plan(); for u in {users} {{ p.remove_user(u); }} p.apply()"
    ));
    assert!(desk.received(Operation::RemoveMember) > 3);
}

#[test]
fn a_person_who_is_not_there_is_told_and_nobody_else_is_removed() {
    let desk = Desk::new();
    for (code, kind) in [
        ("remove_user(\"nobody@example.com\")", "not_found"),
        ("remove_user(())", "invalid"),
        ("remove_user(find_user(\"nobody@example.com\"))", "invalid"),
        ("remove_user(\"\")", "invalid"),
        ("remove_user(list_computers()[0])", "invalid"),
        ("realvnc::remove_member(\"nobody\")", "not_found"),
        (
            "realvnc::update_member_roles(\"nobody\", [\"USER\"])",
            "not_found",
        ),
        ("update_roles((), [\"USER\"])", "invalid"),
    ] {
        let error = desk.fails(code);
        assert_eq!(error.kind, kind, "{code}: {error:?}");
    }
    assert_eq!(desk.writes(), 0);
}

#[test]
fn remotepc_invites_without_roles_and_groups_and_withdraws_by_address() {
    let desk = RemotePcDesk::new();
    desk.holds(
        "let p = plan(); for n in 0..3 { p.invite_user(`u${n}@example.com`, [], #{ two_factor: true }); }
         p.apply().rows.all(|r| r.outcome == \"done\")",
    );
    // All of them go with one request.
    assert_eq!(desk.received(RemotePcOperation::InviteUsers), 1);
    assert!(desk.team().find_user("u1@example.com").unwrap().two_factor);
    let error = desk.fails("invite_user(\"a@b\", [], [\"Staff\"])");
    assert_eq!(error.kind, "unsupported", "{error:?}");
    let error = desk.fails("remove_user(\"u1@example.com\")");
    assert_eq!(error.kind, "not_found", "{error:?}");
    desk.says("remove_user(\"u1@example.com\", #{ invited: true })");
    assert!(desk.team().find_user("u1@example.com").is_none());
    desk.says("remove_user(\"shane@myworld\")");
    assert!(desk.team().find_user("shane@myworld").is_none());
}

#[test]
fn an_invitation_of_which_the_vendor_does_not_tell_is_unknown_and_not_sent_twice() {
    let desk = RemotePcDesk::new();
    desk.vendor()
        .edit(|world| world.unmentioned.push("u1@example.com".to_owned()));
    desk.holds(
        "remotepc::invite_users([\"u0@example.com\", \"u1@example.com\"]).map(|r| r.outcome) == [\"done\", \"unknown\"]",
    );
    assert_eq!(desk.received(RemotePcOperation::InviteUsers), 1);
    assert_eq!(desk.fleet.tally().unknown, 1);
}

#[test]
fn a_user_is_made_once_and_the_password_stays_unseen() {
    let desk = RemotePcDesk::new();
    let code = "const PARAMS = [#{ name: \"password\", type: \"secret\" }];
         let p = plan();
         p.create_user(#{ username: \"a@example.com\", first_name: \"Ann\", last_name: \"Lee\", password: params.password, sso: false });
         let told = `${p.changes} ${p}`;
         told + p.apply().rows[0].outcome";
    let password = || {
        let secret = ParamValue::Secret(Secret::new("open-sesame"));
        [("password".to_owned(), secret)]
    };
    let told = desk.run_with(code, password()).unwrap().to_string();
    assert!(told.ends_with("done") && !told.contains("sesame"), "{told}");
    let told = desk.run_with(code, password()).unwrap().to_string();
    assert!(told.ends_with("failed"), "{told}");
    assert!(desk.warnings().iter().any(|told| told.contains("a@example.com")));
    assert_eq!(desk.received(RemotePcOperation::CreateUser), 1);
}
