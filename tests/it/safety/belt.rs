//! Rule 4: how many computers a run may remove.

use super::fleet::{Fleet, machine, machines, refused};
use super::{CHOOSE, NAMED};

/// Removes so many computers, in plans of so many each.
fn removing(count: usize, each: usize) -> String {
    format!(
        "//! Removes some, plan by plan.\n\
         let all = list_computers();\n\
         let at = 0;\n\
         while at < {count} {{\n\
             let p = plan();\n\
             for c in all.extract(at, if {count} - at < {each} {{ {count} - at }} else {{ {each} }}) {{\n\
                 p.remove(c, chosen(\"of the branch\"));\n\
             }}\n\
             p.apply();\n\
             at += {each};\n\
         }}"
    )
}

fn one_plan(count: usize) -> String {
    removing(count, count)
}

#[test]
fn the_belt_holds_at_every_size_of_a_fleet_and_refuses_whole() {
    for (fleet, most) in [
        (3, 3),
        (10, 3),
        (30, 3),
        (39, 3),
        (40, 4),
        (499, 49),
        (500, 50),
        (1000, 50),
    ] {
        let team = Fleet::of(machines(fleet));
        if most < fleet {
            let ran = team.run(&one_plan(most + 1), "");
            let (count, total) = (most + 1, format!("--max-removals {}", most + 1));
            refused(
                &team,
                &ran,
                &[
                    &format!("not allowed to remove {count} computers ("),
                    &format!("a run may remove {most}: the least of 50 and "),
                    &total,
                ],
            );
            assert_eq!(team.len(), fleet);
        }
        team.run(&one_plan(most), "").succeeds();
        assert_eq!(team.len(), fleet - most);
    }
}

#[test]
fn several_plans_of_a_run_are_counted_together() {
    let team = Fleet::of(machines(30));
    let ran = team.run(&removing(4, 2), "");
    ran.ends_with(5)
        .says("besides the 2 that this run has removed already: a run may remove 3")
        .says("use --max-removals 4");
    assert_eq!(team.len(), 28);
    let team = Fleet::of(machines(31));
    team.run(&removing(3, 1), "").succeeds();
    assert_eq!(team.len(), 28);
}

#[test]
fn a_plan_and_single_removals_are_counted_together() {
    let team = Fleet::of(machines(30));
    let script = format!("{}\nremove_computer(list_computers()[0]);", one_plan(3));
    team.run(&script, "")
        .ends_with(5)
        .says("besides the 3 that this run has removed already");
    assert_eq!(team.len(), 27);
}

#[test]
fn a_script_that_catches_the_refusal_removes_no_more_for_it() {
    let team = Fleet::of(machines(30));
    let script = "//! Tries hard.\n\
        for c in list_computers() {\n\
            try { let p = plan(); p.remove(c, chosen(\"of the branch\")); p.apply(); } catch {}\n\
            try { remove_computer(c); } catch {}\n\
        }";
    team.run(script, "");
    assert_eq!(team.len(), 27);
}

#[test]
fn the_profile_opened_a_second_time_is_the_same_run() {
    let team = Fleet::of(machines(30));
    let script = format!(
        "{}\nlet again = fleet(\"acme\"); let p = again.plan();\n\
         p.remove(again.list_computers()[0], chosen(\"one more\")); p.apply()",
        one_plan(3)
    );
    team.run(&script, "").ends_with(5).says("a run may remove 3");
    assert_eq!(team.len(), 27);
}

#[test]
fn more_than_three_removals_outside_a_plan_are_refused() {
    let team = Fleet::of(machines(100));
    let script = "//! Removes.\nfor c in list_computers().extract(0, 4) { remove_computer(c); }";
    team.run(script, "").ends_with(5).says("use plan()");
    assert_eq!(team.len(), 97);
    let team = Fleet::of(machines(100));
    team.run(&script.replace(", 4)", ", 3)"), "").succeeds();
    assert_eq!(team.len(), 97);
}

#[test]
fn force_does_not_lift_the_belt_and_the_flag_lifts_it_to_its_number() {
    let team = Fleet::of(machines(20));
    refused(&team, &team.run(CHOOSE, "--yes"), &["use --max-removals 20"]);
    refused(
        &team,
        &team.run(CHOOSE, "--max-removals 19"),
        &[
            "a run may remove 19: what --max-removals allows",
            "use --max-removals 20",
        ],
    );
    team.run(CHOOSE, "--max-removals 20")
        .succeeds()
        .says("--max-removals 20 lifts the limit of 3");
    assert_eq!(team.len(), 0);
}

#[test]
fn the_flag_can_also_tighten_the_belt() {
    let team = Fleet::of(machines(100));
    refused(
        &team,
        &team.run(&one_plan(3), "--max-removals 2"),
        &["what --max-removals allows"],
    );
}

#[test]
fn the_setting_of_the_profile_moves_the_fifty_and_not_the_tenth() {
    for (fleet, setting, most) in [(100, 5, 5), (100, 60, 10), (700, 60, 60), (100, 0, 0)] {
        let team = Fleet::of(machines(fleet));
        let desk = team
            .desk_with(&format!("max_removals = {setting}"))
            .file("more.rhai", &one_plan(most + 1))
            .file("most.rhai", &one_plan(most.max(1)));
        let ran = desk.run("./more.rhai --force");
        refused(
            &team,
            &ran,
            &[
                &format!("a run may remove {most}: "),
                "(max_removals of the profile)",
            ],
        );
        if most > 0 {
            desk.run("./most.rhai --force").succeeds();
        }
        assert_eq!(team.len(), fleet - most);
    }
}

#[test]
fn a_dry_run_is_told_and_not_refused() {
    let team = Fleet::of(machines(20));
    team.run(CHOOSE, "--dry-run")
        .ends_with(6)
        .says("would be refused: not allowed to remove 20 computers")
        .says("20 planned");
    // Plan by plan, as it would be in earnest.
    team.run(&removing(4, 2), "--dry-run")
        .ends_with(6)
        .says("would be refused: not allowed to remove 2 computers")
        .says("4 planned");
    assert_eq!(team.writes(), 0);
}

#[test]
fn a_saved_plan_is_held_to_the_fleet_that_is_there_when_it_is_applied() {
    let team = Fleet::of(machines(60));
    let desk = team.desk().file("s.rhai", &one_plan(6));
    desk.run("./s.rhai --plan-out p.json").ends_with(6);
    team.edit(|world| {
        for n in 51..=60 {
            world.remove_entry(&format!("id-PC-{n}"), super::fleet::now());
        }
    });
    // The file is the approval of its changes, not of a belt.
    let ran = desk.run("apply p.json");
    refused(&team, &ran, &["a run may remove 5: ", "--max-removals 6"]);
    desk.run("apply p.json --max-removals 6").succeeds();
    assert_eq!(team.len(), 44);
}

#[test]
fn a_saved_plan_keeps_no_flag_that_it_was_made_with() {
    let team = Fleet::of(machines(20));
    let desk = team.desk().file("s.rhai", CHOOSE);
    desk.run("./s.rhai --plan-out p.json --max-removals 20")
        .ends_with(6);
    refused(
        &team,
        &desk.run("apply p.json --force"),
        &["use --max-removals 20"],
    );
}

#[test]
fn what_the_user_names_counts_as_well() {
    let team = Fleet::of(machines(20));
    refused(
        &team,
        &team.run(NAMED, "PC-1 PC-2 PC-3 PC-4"),
        &["a run may remove 3"],
    );
    team.run(NAMED, "PC-1 PC-2 PC-3").succeeds();
    assert_eq!(team.len(), 17);
}

#[test]
fn where_the_fleet_cannot_be_listed_three_are_the_most() {
    let team = Fleet::lacking(&["LIST_ENTRIES"], (1..=40).map(machine));
    let script = "//! Removes by id.\nfor id in [\"id-1\"] { remove_computer(id) }";
    let ran = team.run(script, "");
    assert_ne!(ran.code, Some(0), "{}", ran.transcript());
    assert_eq!((team.writes(), team.len()), (0, 40));
}
