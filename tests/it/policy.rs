//! `deskhand policy show` and `deskhand new policy`.

use serde_json::Value;

use crate::desk::Desk;

/// The functions of a policy as JSON.
#[track_caller]
fn functions(desk: &Desk, options: &str) -> Vec<Value> {
    let ran = desk.run(&format!("policy show --output json {options}"));
    ran.succeeds();
    ran.json().as_array().unwrap().clone()
}

fn field<'a>(function: &'a Value, name: &str) -> &'a str {
    function[name].as_str().unwrap()
}

#[test]
fn each_shipped_function_says_what_it_decides_and_answers_with() {
    let functions = functions(&Desk::new(), "");
    let names: Vec<&str> = functions
        .iter()
        .map(|function| field(function, "function").split('(').next().unwrap())
        .collect();
    assert_eq!(
        names,
        [
            "same_computer",
            "survivor",
            "survivor_name",
            "is_stale",
            "protect_reason",
            "spare",
            "is_seen",
            "may_be_online",
            "outlives",
            "keep_reason",
            "machines",
        ]
    );
    for function in &functions {
        assert!(field(function, "function").contains(" -> "), "{function}");
        assert!(field(function, "about").ends_with('?'), "{function}");
        assert_eq!(field(function, "from"), "shipped");
    }
    for columns in ["80", "100"] {
        let shown = Desk::new().var("COLUMNS", columns).run("policy show");
        shown.succeeds().prints("is_stale(c, cutoff) -> bool");
        assert!(!shown.stdout.contains('…'), "{}", shown.transcript());
    }
}

#[test]
fn what_is_the_users_own_is_shown_with_its_line() {
    let desk = Desk::new().file(
        "mine.rhai",
        "// Mine.\n\n/// Is it older than the hills?\nfn is_stale(computer, moment) { false }\n",
    );
    let functions = functions(&desk, "--policy mine.rhai");
    let (own, shipped): (Vec<_>, Vec<_>) = functions.iter().partition(|f| field(f, "from") != "shipped");
    assert_eq!(own.len(), 1);
    assert_eq!(field(own[0], "function"), "is_stale(computer, moment) -> bool");
    assert_eq!(field(own[0], "about"), "Is it older than the hills?");
    assert_eq!(field(own[0], "from"), "mine.rhai:4");
    assert!(!shipped.is_empty());
}

#[test]
fn a_policy_that_cannot_be_used_cannot_be_shown() {
    let desk = Desk::new().file("mine.rhai", "fn is_stael(c, cutoff) { true }\n");
    desk.run("policy show --policy mine.rhai")
        .ends_with(3)
        .prints_nothing()
        .says("mine.rhai:1:4")
        .says("did you mean `is_stale`?");
    desk.run("policy show --policy none.rhai")
        .ends_with(2)
        .says("the cleanup policy cannot be used")
        .says("none.rhai");
    // What only a run would come upon, as it needs the names of the functions that there are.
    for (policy, told) in [
        ("private fn rename(c, n) { 1 }", "would take the place of rename("),
        (
            "private fn list_computers(c) { 1 }",
            "the function `list_computers` would take the place of list_computers(",
        ),
        (
            "import \"x\" as realvnc;",
            "would take the place of the module `realvnc`",
        ),
    ] {
        let desk = Desk::new().file("mine.rhai", policy);
        for command in ["policy show", "clean-stale-computers --demo --dry-run 90d"] {
            desk.run(&format!("{command} --policy mine.rhai"))
                .ends_with(3)
                .prints_nothing()
                .says("mine.rhai:1")
                .says(told);
        }
    }
}

#[test]
fn the_policy_of_a_profile_is_shown() {
    let desk = Desk::new().config(
        "[profiles.a]\nvendor = \"realvnc\"\naccess_key = \"env:A,B\"\npolicy = \"a.rhai\"\n\
         [profiles.b]\nvendor = \"realvnc\"\naccess_key = \"env:A,B\"\n",
    );
    let folder = desk.config_file().parent().unwrap().to_owned();
    std::fs::write(folder.join("a.rhai"), "fn spare(all) { #{} }").unwrap();
    let own = |options: &str| {
        let functions = functions(&desk, options);
        functions
            .iter()
            .filter(|f| field(f, "from").ends_with("a.rhai:1"))
            .count()
    };
    assert_eq!((own("--profile a"), own("--profile b"), own("")), (1, 0, 0));
    desk.run("profile show a --output csv")
        .succeeds()
        .prints("a.rhai");
}

#[test]
fn a_new_policy_counts_at_once_and_changes_nothing() {
    let desk = Desk::new();
    desk.run("new policy").succeeds().says("from now on it counts");
    let path = desk
        .config_file()
        .parent()
        .unwrap()
        .join("stdlib/cleanup_policy.rhai");
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(functions(&desk, "").iter().all(|f| field(f, "from") == "shipped"));
    desk.run("policy show").succeeds().says("cleanup_policy.rhai");
    let plan = |desk: &Desk| desk.run("clean-stale-computers --demo --dry-run 90d --output json");
    assert_eq!(plan(&desk).ends_with(6).stdout, plan(&Desk::new()).stdout);
    std::fs::write(&path, "// Mine.\n").unwrap();
    desk.run("new policy").ends_with(2).says("is there already");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "// Mine.\n");
    // With everything taken out of its comments, each function is the user's own, and does the same.
    let uncommented: String = text
        .lines()
        .flat_map(|line| [line.strip_prefix("// ").unwrap_or(line), "\n"])
        .collect();
    std::fs::write(&path, uncommented).unwrap();
    assert!(functions(&desk, "").iter().all(|f| field(f, "from") != "shipped"));
    assert_eq!(plan(&desk).ends_with(6).stdout, plan(&Desk::new()).stdout);
}

#[test]
fn every_example_can_be_written_and_shown() {
    let desk = Desk::new();
    let refused = desk.run("new policy x.rhai --example keep");
    refused.ends_with(2);
    for example in ["keep-newest-two", "keep-servers-longer", "never-touch-a-group"] {
        refused.says(example);
        desk.run(&format!("new policy {example}.rhai --example {example}"))
            .succeeds()
            .says(&format!("--policy {example}.rhai"));
        let functions = functions(&desk, &format!("--policy {example}.rhai"));
        let own = functions.iter().filter(|f| field(f, "from") != "shipped");
        assert_eq!(own.count(), 1, "{example}");
        desk.run(&format!("new policy {example}.rhai")).ends_with(2);
    }
    assert!(!desk.desk().join("x.rhai").exists());
}

#[test]
fn the_policy_on_the_first_page_can_be_used() {
    let readme = include_str!("../../README.md");
    let (_, rest) = readme.split_once("```rust,ignore\n").unwrap();
    let (policy, _) = rest.split_once("```").unwrap();
    let desk = Desk::new().file("mine.rhai", policy);
    let functions = functions(&desk, "--policy mine.rhai");
    assert!(
        functions.iter().any(|f| field(f, "from") == "mine.rhai:2"),
        "{functions:?}"
    );
    desk.run("clean-stale-computers --demo --dry-run 90d --policy mine.rhai")
        .ends_with(6);
}
