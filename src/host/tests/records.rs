//! Records in scripts: read-only, strict about names, comparable by what they are.

use serde_json::json;

use super::Desk;

#[test]
fn a_misspelt_field_is_an_error_that_says_which_is_near() {
    let desk = Desk::new();
    for (code, field) in [
        ("list_computers()[0].nam", "`name`"),
        ("list_computers()[0].lastseen", "`last_seen`"),
        ("list_computers()[0][\"onlin\"]", "`online`"),
        ("list_computers().filter(|c| c.nmae == \"x\")", "`name`"),
        ("list_computers().sort_by(\"nmae\")", "`name`"),
        ("list_users()[0].mail", "`email`"),
        ("list_computer_groups()[0].member", "`members`"),
        ("list_presence()[0].stats", "`status`"),
        ("list_audit_events(#{})[0].cmputer", "`computer`"),
    ] {
        let error = desk.fails(code);
        assert!(error.message.contains("has no field"), "{code}: {error:?}");
        assert_eq!(error.hint, format!("did you mean {field}?"), "{code}");
    }
}

#[test]
fn a_field_that_nobody_loaded_says_how_to_load_it() {
    let desk = Desk::new();
    for (code, how) in [
        ("list_computers()[0].groups", "list_computers(#{ groups: true })"),
        (
            "list_computers()[0].online",
            "list_computers(#{ presence: true })",
        ),
        (
            "list_computers().filter(|c| c.online == true)",
            "list_computers(#{ presence: true })",
        ),
        (
            "find_computer(\"DC-01\").groups",
            "list_computers(#{ groups: true })",
        ),
        ("list_users()[0].groups", "groups_of(user)"),
    ] {
        let error = desk.fails(code);
        assert!(error.message.ends_with("not loaded"), "{code}: {error:?}");
        assert!(error.hint.contains(how), "{code}: {error:?}");
    }
}

#[test]
fn a_loaded_field_is_what_the_vendor_says() {
    let desk = Desk::new();
    desk.holds(
        "let c = list_computers(#{ groups: true, presence: true }).find(|c| c.name == \"DC-01\");
         c.groups == [\"Servers\"] && c.online == true",
    );
    desk.holds(
        "let c = list_computers(#{ presence: true }).find(|c| c.name == \"spare-laptop-a\");
         c.online == () && c.last_seen == ()",
    );
}

#[test]
fn nothing_of_a_record_can_be_assigned() {
    let desk = Desk::new();
    for code in [
        "let c = list_computers()[0]; c.name = \"X\"; c.name",
        "let c = list_computers()[0]; c[\"name\"] = \"X\"; c.name",
        "let c = list_computers()[0]; c.nonsense = 1",
        "let c = list_computers()[0]; c.name += \"X\"; c.name",
        "let l = list_computers(); l[0].name = \"X\"; l[0].name",
        "let g = list_computer_groups()[0]; g.name = \"X\"; g.name",
        "list_computers().map(|c| { c.name = \"X\"; c })",
    ] {
        if let Ok(value) = desk.run(code) {
            panic!("{code}\nended in {value}");
        }
    }
}

#[test]
fn a_part_of_a_record_is_a_copy() {
    let desk = Desk::new();
    // Rhai changes the copy and puts nothing back; it must not seem to have worked.
    for code in [
        "let c = list_computers()[0]; c.raw.name = \"X\"; c.raw.name == \"X\"",
        "let g = find_computer_group(\"Servers\"); g.members.clear(); g.members.len == 0",
    ] {
        if let Ok(value) = desk.run(code) {
            assert_eq!(value.to_string(), "false", "{code}");
        }
    }
}

#[test]
fn records_are_equal_if_they_are_the_same_thing_at_the_vendor() {
    let desk = Desk::new();
    desk.holds("list_computers()[0] == list_computers(#{ groups: true })[0]");
    desk.holds("list_computers()[0] != list_computers()[1]");
    desk.holds("let c = find_computer(\"DC-01\"); c in list_computers()");
    desk.holds("let c = find_computer(\"DC-01\"); let r = rename(c, \"DC-1\"); r == c && r.name != c.name");
    desk.holds("list_users()[0] == list_users()[0] && list_users()[0] != list_users()[1]");
    desk.holds("find_computer_group(\"Servers\") == find_computer_group(\"servers\")");
    desk.holds("list_presence()[0] == list_presence()[0]");
    // The same id in another profile is another computer.
    desk.holds("let id = list_computers()[0].id; get_computer(id) != fleet(\"branch\").get_computer(id)");
    desk.holds("list_users()[0] != fleet(\"branch\").list_users()[0]");
    desk.holds("list_user_groups()[0] != fleet(\"branch\").list_user_groups()[0]");
    desk.holds("list_computers()[0] != list_users()[0]");
    desk.holds("list_computers()[0] != () && list_computers()[0] != \"x\"");
}

#[test]
fn records_live_in_maps_and_lists() {
    let desk = Desk::new();
    desk.holds(
        "let by_name = #{}; for c in list_computers() { by_name[c.name] = c; }
         by_name[\"DC-01\"].name == \"DC-01\" && by_name[\"DC-01\"] == find_computer(\"DC-01\")",
    );
    desk.holds("let c = find_computer(\"DC-01\"); [c, c].len == 2 && `${c}` == \"DC-01\"");
}

#[test]
fn the_vendors_record_comes_whole_with_members_that_nobody_knows() {
    let desk = Desk::new();
    desk.vendor().edit(|world| {
        let id = world.entries_named("DC-01").next().unwrap().id.clone();
        world.change_entry(&id, |entry| {
            entry.extra.insert(
                "warrantyEnds".to_owned(),
                json!({ "year": 2031, "big": u64::MAX }),
            );
        });
    });
    desk.holds("find_computer(\"DC-01\").raw.warrantyEnds.year == 2031");
    desk.holds("find_computer(\"DC-01\").raw.warrantyEnds.big == \"18446744073709551615\"");
    desk.holds("find_computer(\"DC-01\").raw.entryId == find_computer(\"DC-01\").id");
    desk.holds("let id = find_computer(\"DC-01\").id; realvnc::read_entry(id).warrantyEnds.year == 2031");
    desk.holds("realvnc::list_entries().find(|e| e.name == \"DC-01\").warrantyEnds.year == 2031");
}

#[test]
fn a_map_of_a_record_has_what_was_loaded() {
    let desk = Desk::new();
    desk.holds("let m = find_computer(\"DC-01\").to_map(); m.name == \"DC-01\" && !(\"groups\" in m)");
    desk.holds("\"groups\" in list_computers(#{ groups: true })[0].to_map()");
}

#[test]
fn what_is_not_known_cannot_be_compared() {
    let desk = Desk::new();
    // `!(c.last_seen > cutoff)` must not condemn a computer of which nothing is known.
    for condition in [
        "!(c.last_seen > ago(\"90d\"))",
        "c.last_seen < ago(\"90d\")",
        "ago(\"90d\") >= c.last_seen",
        "c.last_seen > 90",
        "c.host > 5",
        "!(c.os >= \"M\")",
    ] {
        let code = format!(
            "list_computers().filter(|c| c.name == \"pump-house\" || c.name == \"Omar's iPhone\").filter(|c| {condition})"
        );
        let error = desk.fails(&code);
        assert!(error.message.contains("compare"), "{condition}: {error:?}");
    }
    desk.holds(
        "list_computers().filter(|c| c.last_seen != () && c.last_seen < ago(\"90d\")).all(|c| c.last_seen != ())",
    );
}

#[test]
fn moments_compare_count_and_print() {
    let desk = Desk::new();
    desk.holds("now().to_string() == \"2026-11-20T00:00:00Z\"");
    desk.holds(
        "ago(\"90d\") == time(\"2026-08-22T00:00:00Z\") && ago(\"1M\") == time(\"2026-10-20T00:00:00Z\")",
    );
    desk.holds("ago(\"2d\").days_until(now()) == 2 && now().days_until(ago(\"2d\")) == -2");
    desk.holds("ago(\"1d\") < now() && now() >= now() && now() != ago(\"1\")");
    desk.holds("now() != () && now() != 5");
    for code in ["now() > 5", "5 < now()", "now() > \"2026-01-01\"", "now() <= ()"] {
        assert_eq!(desk.fails(code).kind, "invalid", "{code}");
    }
    for code in [
        "ago(\"90x\")",
        "ago(90)",
        "ago(\"\")",
        "time(\"yesterday\")",
        "time(5)",
        "ago(\"99999Y\")",
    ] {
        assert_eq!(desk.fails(code).kind, "invalid", "{code}");
    }
}
