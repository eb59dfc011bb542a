//! Records as RemotePC fills them.

use super::{Desk, USER, device};
use crate::sim::remotepc::Operation;

#[test]
fn a_computer_has_what_the_vendor_tells_of_it() {
    let desk = Desk::new();
    desk.vendor().edit(|world| {
        let id = device(world, "DC-01").machine_id;
        world.change_device(&id, |d| {
            d.ip = "10.1.2.3".to_owned();
            d.comment = "in the cellar".to_owned();
            d.last_session = Some("2026-11-18 07:05:09".to_owned());
            d.status = Some("Online".to_owned());
        });
    });
    let id = device(&desk.team(), "DC-01").machine_id;
    desk.holds(&format!(
        "let c = find_computer(\"DC-01\");
         c.id == \"{id}\" && c.name == \"DC-01\" && c.vendor == \"remotepc\" && c.profile == \"demo\" && c.ip == \"10.1.2.3\"
         && c.comment == \"in the cellar\" && c.user == () && c.macs.is_empty() && c.online == true
         && c.last_seen == time(\"2026-11-18T07:05:09Z\") && c.raw.machine_id == c.id && c.raw.host_name == \"DC-01\""
    ));
    desk.holds(&format!("get_computer(\"{id}\") == find_computer(\"dc-01\")"));
    desk.holds("find_computer(\"DC-01\").os.contains(\"Windows\")");
}

#[test]
fn online_is_known_for_two_words_only() {
    let desk = Desk::new();
    let mut words = vec![];
    for (word, online) in [
        (Some("Online"), "true"),
        (Some("online"), "true"),
        (Some(" offLine "), "false"),
        (Some("Offline"), "false"),
        (Some("In Session"), "()"),
        (Some("Disabled"), "()"),
        (Some(""), "()"),
        (None, "()"),
    ] {
        desk.vendor().edit(|world| {
            let id = device(world, "DC-01").machine_id;
            world.change_device(&id, |d| d.status = word.map(str::to_owned));
        });
        desk.holds(&format!("find_computer(\"DC-01\").online == {online}"));
        desk.holds(&format!(
            "list_computers(#{{ presence: true }}).find(|c| c.name == \"DC-01\").online == {online}"
        ));
        words.push(word);
    }
    // Nobody has to load what is always there.
    desk.holds("list_computers().some(|c| c.online == true) && list_computers().some(|c| c.online == ())");
}

#[test]
fn a_computer_that_was_never_viewed_was_last_seen_never() {
    let desk = Desk::new();
    for never in [None, Some(""), Some("0000-00-00 00:00:00"), Some("yesterday")] {
        desk.vendor().edit(|world| {
            let id = device(world, "DC-01").machine_id;
            world.change_device(&id, |d| d.last_session = never.map(str::to_owned));
        });
        desk.holds("find_computer(\"DC-01\").last_seen == ()");
    }
}

#[test]
fn the_computers_of_a_user_say_whose_they_are() {
    let desk = Desk::new();
    desk.vendor().edit(|world| {
        for name in ["DC-01", "pump-house"] {
            let id = device(world, name).machine_id;
            world.change_device(&id, |d| d.assign(USER));
        }
    });
    let count = desk.team().devices_of(USER).count();
    desk.holds(&format!(
        "let own = list_computers(#{{ user: \"{USER}\" }});
         own.len == {count} && own.all(|c| c.user == \"{USER}\") && own.some(|c| c.name == \"pump-house\")"
    ));
    desk.holds("list_computers().all(|c| c.user == ())");
    desk.holds(&format!(
        "list_computers(#{{ user: \"{USER}\", where: `name == \"DC-01\"` }}).len == 1"
    ));
    let error = desk.fails("list_computers(#{ user: \"nobody@kestrel.example\" })");
    assert_eq!(error.kind, "not_found", "{error:?}");
}

#[test]
fn users_have_names_and_neither_roles_nor_states() {
    let desk = Desk::new();
    let user = desk.team().find_user(USER).unwrap().clone();
    let name = format!("{} {}", user.firstname.unwrap(), user.lastname.unwrap());
    desk.holds(&format!(
        "let u = find_user(\"{}\");
         u.email == \"{USER}\" && u.id == u.email && u.name == \"{name}\" && u.roles.is_empty() && u.state == ()
         && u.raw.username == u.email",
        USER.to_uppercase()
    ));
    desk.holds("find_user(\"nobody@kestrel.example\") == ()");
    desk.holds("find_user(\"shane@myworld\") != ()");
}

#[test]
fn a_name_of_two_machines_lists_their_ids_and_says_what_an_id_is_good_for() {
    let desk = Desk::new();
    let ids: Vec<String> = desk
        .team()
        .devices_named("Meeting Room")
        .map(|d| d.machine_id.clone())
        .collect();
    assert_eq!(ids.len(), 2);
    let error = desk.fails("find_computer(\"meeting room\")");
    assert_eq!(error.kind, "ambiguous");
    for id in &ids {
        assert!(error.message.contains(id.as_str()), "{error:?}");
        desk.holds(&format!("get_computer(\"{id}\").name == \"Meeting Room\""));
    }
    assert!(
        error.hint.contains("by name alone") && error.hint.contains("get_computer(id)"),
        "{error:?}"
    );
    desk.holds("find_computers(\"meeting room\").len == 2");
}

#[test]
fn long_lists_are_read_to_their_end() {
    let desk = Desk::with(|setup| setup.team.size = 1100);
    desk.holds("list_computers().len == 1100 && remotepc::get_devices().len == 1100");
    assert_eq!(desk.received(Operation::GetDevices), 6);
}
