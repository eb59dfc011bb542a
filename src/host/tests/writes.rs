//! What writes change at the vendor, and what they give back.

use super::Desk;
use crate::sim::realvnc::{Operation, PageSizes, World};

/// Returns the ids of the members of a group, of either sort.
fn members(world: &World, group: &str) -> Vec<String> {
    let groups = world.entry_groups().iter().chain(world.user_groups());
    groups
        .filter(|g| g.name == group)
        .flat_map(|g| g.members.clone())
        .collect()
}

fn id(desk: &Desk, computer: &str) -> String {
    desk.team().entries_named(computer).next().unwrap().id.clone()
}

#[test]
fn a_rename_changes_the_name_and_nothing_else() {
    let desk = Desk::new();
    let (before, id) = (desk.team(), id(&desk, "pump-house"));
    desk.holds("let c = rename(\"pump-house\", \"Pump 1\"); c.name == \"Pump 1\"");
    let mut after = desk.team();
    assert_eq!(after.find_entry(&id).unwrap().name, "Pump 1");
    after.change_entry(&id, |e| "pump-house".clone_into(&mut e.name));
    let names = |w: &World| {
        w.entries()
            .iter()
            .map(|e| (e.id.clone(), e.name.clone()))
            .collect::<Vec<_>>()
    };
    assert_eq!(names(&after), names(&before));
    assert_eq!(after.entry_groups(), before.entry_groups());
    assert_eq!(desk.received(Operation::UpdateEntry), 1);
    assert_eq!(desk.fleet.tally().done, 1);
}

#[test]
fn a_name_can_be_anything_that_the_vendor_takes() {
    let desk = Desk::new();
    for name in [
        "東京-受付-02",
        "a/b?c#d%20",
        "\\\"quoted\\\"",
        "..",
        "\\u001b[31mred",
        " spaced ",
    ] {
        let code = format!("rename(find_computer(\"pump-house\"), \"{name}\").name == \"{name}\"");
        if name == ".." {
            assert_eq!(desk.fails(&code).kind, "invalid");
            continue;
        }
        desk.holds(&code);
        desk.holds(&format!(
            "rename(\"{name}\", \"pump-house\").name == \"pump-house\""
        ));
    }
}

#[test]
fn a_computer_goes_into_a_group_and_out_of_it() {
    let desk = Desk::new();
    let (before, id) = (desk.team(), id(&desk, "pump-house"));
    desk.holds("group_add(\"Servers\", \"pump-house\").members.contains(find_computer(\"pump-house\").id)");
    let with = members(&desk.team(), "Servers");
    assert_eq!(with.len(), members(&before, "Servers").len() + 1);
    assert!(with.contains(&id));
    desk.holds(
        "!group_remove(\"Servers\", \"pump-house\").members.contains(find_computer(\"pump-house\").id)",
    );
    assert_eq!(members(&desk.team(), "Servers"), members(&before, "Servers"));
    assert_eq!(desk.team().entries().len(), before.entries().len());
    assert_eq!((desk.writes(), desk.fleet.tally().done), (2, 2));
}

#[test]
fn a_user_goes_into_a_group_and_out_of_it() {
    let desk = Desk::new();
    let team = desk.team();
    let group = team.user_groups()[0].name.clone();
    let outside = team.members().iter().find(|m| !team.user_groups()[0].has(&m.id));
    let user = outside.unwrap();
    let find = format!("list_users().find(|u| u.id == \"{}\")", user.id);
    desk.holds(&format!(
        "let u = {find}; group_add(\"{group}\", u).members.contains(u.id)"
    ));
    assert!(members(&desk.team(), &group).contains(&user.id));
    desk.holds(&format!(
        "let u = {find}; groups_of(u).some(|g| g.name == \"{group}\")"
    ));
    desk.holds(&format!(
        "let u = {find}; !group_remove(\"{group}\", u).members.contains(u.id)"
    ));
    assert_eq!(
        desk.team().user_groups()[0].members,
        team.user_groups()[0].members
    );
}

#[test]
fn what_is_so_already_is_not_sent() {
    let desk = Desk::new();
    desk.holds("rename(\"pump-house\", \"pump-house\").name == \"pump-house\"");
    desk.holds("group_add(\"Servers\", \"DC-01\").size == group_add(\"Servers\", \"DC-01\").size");
    desk.holds("group_remove(\"Servers\", \"pump-house\").size == find_computer_group(\"Servers\").size");
    assert_eq!((desk.writes(), desk.fleet.tally().already_so), (0, 4));
}

#[test]
fn a_computer_without_a_last_group_is_open_to_nobody_unless_everyone_is_asked_for() {
    let desk = Desk::new();
    desk.says("group_remove(\"Servers\", \"DC-01\")");
    assert!(!desk.team().find_entry(&id(&desk, "DC-01")).unwrap().everyone);
    assert_eq!(
        desk.warnings(),
        ["'DC-01' is in no group now; unless somebody was given access to it by name, nobody can find it"]
    );
    desk.says("group_remove(\"Servers\", \"backup-vault\", #{ default_access: \"EVERYONE\" })");
    assert!(
        desk.team()
            .find_entry(&id(&desk, "backup-vault"))
            .unwrap()
            .everyone
    );
    assert!(
        desk.warnings()[1].contains("access to 'backup-vault': now everyone in the team has"),
        "{:?}",
        desk.warnings()
    );
}

#[test]
fn the_vendors_own_functions_change_the_same() {
    let desk = Desk::new();
    let pump = id(&desk, "pump-house");
    desk.holds(&format!(
        "realvnc::update_entry(\"{pump}\", \"Pump 1\").name == \"Pump 1\""
    ));
    assert_eq!(desk.team().find_entry(&pump).unwrap().name, "Pump 1");
    let group = desk
        .team()
        .entry_groups()
        .iter()
        .find(|g| g.name == "Servers")
        .unwrap()
        .id
        .clone();
    desk.holds(&format!(
        "realvnc::add_entry_to_group(\"{pump}\", \"{group}\") == ()"
    ));
    assert!(members(&desk.team(), "Servers").contains(&pump));
    desk.holds(&format!(
        "realvnc::remove_entry_from_group(\"{pump}\", \"{group}\", \"NO_ONE\") == ()"
    ));
    assert!(!members(&desk.team(), "Servers").contains(&pump));
    assert_eq!(desk.fleet.tally().done, 3);
    for (code, kind) in [
        (format!("realvnc::update_entry(\"{pump}x\", \"X\")"), "not_found"),
        (
            format!("realvnc::add_entry_to_group(\"{pump}\", \"{group}x\")"),
            "not_found",
        ),
        (
            format!("realvnc::remove_entry_from_group(\"{pump}\", \"{group}\", \"ALL\")"),
            "invalid",
        ),
    ] {
        assert_eq!(desk.fails(&code).kind, kind, "{code}");
    }
}

#[test]
fn renaming_by_name_in_a_loop_lists_the_computers_once() {
    let desk = Desk::with(|setup| setup.team.size = 20);
    let names: Vec<String> = desk
        .team()
        .entries()
        .iter()
        .map(|e| format!("{:?}", e.name))
        .collect();
    desk.says(&format!(
        "let n = 0; for name in [{}] {{ n += 1; rename(name, `Desk-${{n}}`); }} rename(\"Desk-1\", \"Desk-0\").name",
        names[..8].join(", ")
    ));
    assert_eq!(desk.received(Operation::ListEntries), 1);
    assert_eq!(desk.received(Operation::UpdateEntry), 9);
    assert_eq!(desk.team().entries_named("Desk-0").count(), 1);
}

#[test]
fn grouping_by_name_in_a_loop_lists_computers_and_groups_once() {
    let desk = Desk::with(|setup| setup.team.pages = PageSizes::all(1000));
    desk.holds(
        "let size = 0; for name in [\"pump-house\", \"old-nas\", \"training-07\"] { size = group_add(\"Servers\", name).size; }
         size == find_computer_group(\"Servers\").size",
    );
    assert_eq!(desk.received(Operation::ListEntries), 1);
    // Once for the loop, and once more for who asks after it.
    assert_eq!(desk.received(Operation::ListEntryGroups), 2);
}

#[test]
fn a_dry_run_changes_nothing_and_gives_the_record_as_it_would_be() {
    let desk = Desk::with(|setup| setup.rules.dry_run = true);
    let before = desk.team();
    desk.holds("rename(\"pump-house\", \"Pump 1\").name == \"Pump 1\"");
    desk.holds("let g = find_computer_group(\"Servers\"); group_add(g, \"pump-house\").size == g.size + 1");
    desk.holds("let g = find_computer_group(\"Servers\"); group_remove(g, \"DC-01\").size == g.size - 1");
    desk.holds("realvnc::update_entry(find_computer(\"old-nas\").id, \"NAS\").name == \"NAS\"");
    // Later reads do not see what was only planned.
    desk.holds("find_computer(\"Pump 1\") == () && find_computer(\"pump-house\").name == \"pump-house\"");
    assert_eq!(desk.team(), before);
    assert_eq!(desk.writes(), 0);
    let planned: Vec<String> = desk
        .fleet
        .tally()
        .planned
        .iter()
        .map(|proposal| proposal.change.to_string())
        .collect();
    assert_eq!(
        planned,
        [
            "rename 'pump-house' to 'Pump 1'",
            "add 'pump-house' to computer group 'Servers'",
            "remove 'DC-01' from computer group 'Servers'",
            "rename 'old-nas' to 'NAS'",
        ]
    );
}

#[test]
fn a_user_who_says_no_stops_every_write() {
    let desk = Desk::with(|setup| setup.user_agrees = false);
    let error = desk.fails("rename(\"pump-house\", \"X\")");
    assert_eq!(
        (error.kind.as_str(), error.message.as_str()),
        ("refused", "demo: rename 'pump-house' to 'X': no")
    );
    desk.holds(
        "let refused = 0;
         for name in [\"pump-house\", \"old-nas\"] { try { rename(name, \"X\") } catch (e) { if e.kind == \"refused\" { refused += 1; } } }
         refused == 2",
    );
    assert_eq!(desk.writes(), 0);
}

#[test]
fn a_script_writes_only_what_its_table_lists() {
    let desk = Desk::with(|setup| setup.rules.writes = Some(vec!["group_add".to_owned()]));
    assert_eq!(desk.fails("rename(\"pump-house\", \"X\")").kind, "refused");
    assert_eq!(
        desk.fails("realvnc::update_entry(find_computer(\"pump-house\").id, \"X\")")
            .kind,
        "refused"
    );
    assert_eq!(
        desk.fails("fleet(\"branch\").rename(\"pump-house\", \"X\")").kind,
        "refused"
    );
    desk.says("group_add(\"Servers\", \"pump-house\")");
    assert_eq!(desk.writes(), 1);
}

#[test]
fn an_expression_that_chooses_changes_nothing() {
    let desk = Desk::new();
    for write in [
        "rename(name, \\\"x\\\") != ()",
        "fleet(\\\"demo\\\").rename(name, \\\"x\\\") != ()",
    ] {
        let error = desk.fails(&format!("list_computers(#{{ where: \"{write}\" }})"));
        assert_eq!(error.kind, "invalid", "{error:?}");
        assert!(error.message.contains("only chooses"), "{error:?}");
    }
    assert_eq!(desk.writes(), 0);
    desk.holds("rename(\"pump-house\", \"Pump 1\").name == \"Pump 1\"");
}
