//! Every function of the module `realvnc`, from a script, over the network.

use std::collections::BTreeSet;

use deskhand::host;

use super::GROUP;
use crate::team::Team;

const READS: &str = r#"//! Calls every function that reads.
let entry = realvnc::list_entries()[0];
let group = realvnc::list_entry_groups().find(|g| g.name == "Servers");
let member = realvnc::list_members()[0];
let users = realvnc::list_user_groups()[0];
#{
    read_entry: realvnc::read_entry(entry.entryId).entryId == entry.entryId,
    list_groups_of_entry: realvnc::list_groups_of_entry(group.members[0]).some(|g| g.id == group.id),
    read_entry_group: realvnc::read_entry_group(group.id).name == group.name,
    invited: realvnc::list_members(#{ state: "INVITED" }).all(|m| m.state == "INVITED"),
    managers: realvnc::list_members(#{ role: "MANAGER" }).len <= realvnc::list_members().len,
    read_member: realvnc::read_member(member.id).id == member.id,
    list_member_groups: realvnc::list_member_groups(member.id).len >= 0,
    read_user_group: realvnc::read_user_group(users.id).name == users.name,
    presence: realvnc::list_entry_presence().len > 0,
    online: realvnc::list_entry_presence(#{ status: "ONLINE", last_seen_sort: "DESC" }).all(|p| p.status == "ONLINE"),
    events: realvnc::get_team_events(#{ from: ago("3d"), to: now(), order: "DESC" }).len > 0,
}
"#;

const WRITES: &str = r#"//! Calls every function that writes, and takes it back.
const PARAMS = [
    #{ name: "entry", type: "string", help: "The id of an entry" },
    #{ name: "group", type: "string", help: "The name of an entry group that it is not in" },
    #{ name: "email", type: "email", help: "The address of somebody whom the team does not know" },
];
let id = params.entry;
let was = realvnc::read_entry(id).name;
let group = find_computer_group(params.group).id;
let renamed = realvnc::update_entry(id, was + "-v").name;
realvnc::update_entry(id, was);
realvnc::add_entry_to_group(id, group);
let grouped = realvnc::list_groups_of_entry(id).some(|g| g.id == group);
realvnc::remove_entry_from_group(id, group, "NO_ONE");
let user = realvnc::list_members()[0].id;
let staff = find_user_group("Nobody yet").id;
realvnc::add_member_to_group(user, staff);
let joined = realvnc::list_member_groups(user).some(|g| g.id == staff);
realvnc::remove_member_from_group(user, staff);
let left = !realvnc::list_member_groups(user).some(|g| g.id == staff);
realvnc::invite_member(params.email, ["USER"]);
let guest = find_user(params.email);
let invited = guest.state == "INVITED";
realvnc::update_member_roles(guest.id, ["TECHNICIAN"]);
let technician = realvnc::read_member(guest.id).roles == ["TECHNICIAN"];
realvnc::remove_member(guest.id);
let removed = !realvnc::list_members(#{ state: "INVITED" }).some(|m| m.id == guest.id);
// What is removed of a team in use is gone: one that is online stays.
let online = list_computers(#{ presence: true, where: "online == true" })[0].id;
let stays = false;
try { realvnc::delete_entry(online); } catch (e) { stays = e.kind == "refused"; }
#{
    invited: invited, technician: technician, removed: removed, stays: stays,
    renamed: renamed == was + "-v" && realvnc::read_entry(id).name == was,
    grouped: grouped, joined: joined, left: left,
}
"#;

#[test]
fn every_function_of_the_vendor_that_reads_works() {
    let team = Team::running();
    let ran = team
        .desk()
        .file("reads.rhai", READS)
        .run("./reads.rhai --output json");
    ran.succeeds();
    let answers = ran.json();
    for (what, answer) in answers.as_object().unwrap() {
        assert_eq!(answer, true, "{what}\n{}", ran.transcript());
    }
}

#[test]
fn every_function_of_the_vendor_that_writes_works() {
    let team = Team::running();
    let (_, id) = team.computer(13);
    let desk = team.desk().file("writes.rhai", WRITES);
    let ran = desk.run(&format!(
        "./writes.rhai {id} \"{GROUP}\" new-{}@kestrel.example --force --output json",
        std::process::id()
    ));
    ran.succeeds().says("9 done");
    let answers = ran.json();
    for (what, answer) in answers.as_object().unwrap() {
        assert_eq!(answer, true, "{what}\n{}", ran.transcript());
    }
}

#[test]
fn these_tests_leave_no_function_of_the_vendor_out() {
    let declared: BTreeSet<&str> = host::modules()
        .into_iter()
        .filter(|(module, _)| *module == "realvnc")
        .flat_map(|(_, functions)| functions.iter().copied().flatten().map(|function| function.name))
        .collect();
    assert!(declared.len() == 21, "{declared:?}");
    let called = |name: &&str| {
        [READS, WRITES]
            .iter()
            .any(|script| script.contains(&format!("realvnc::{name}(")))
    };
    let left_out: Vec<&str> = declared.into_iter().filter(|name| !called(name)).collect();
    assert!(left_out.is_empty(), "{left_out:?}");
}
