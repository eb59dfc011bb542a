//! The policy is asked about other days, and may be whatever it may be where it decides.

use super::*;

#[test]
fn a_policy_that_looks_at_no_cutoff_is_asked_only_where_it_can_be_right() {
    for policy in [
        "fn is_stale(c, cutoff) { c.name == \"backup-vault\" }\n",
        "fn is_stale(c, cutoff) { c.last_seen != () && c.last_seen < time(\"2026-01-01\") }\n",
    ] {
        let desk = Desk::demo().file("mine.rhai", policy);
        desk.run("clean-stale-computers 90d --dry-run --max-removals 200 --policy mine.rhai")
            .ends_with(6);
        let rows = answers(&desk, "backup-vault --policy mine.rhai");
        let when = answer(&rows, "when is it stale");
        // The first day on which the guards would let it go.
        assert_eq!(when["says"], "2026-01-13", "{policy}");
        assert_eq!(when["value"], "90d after it was last seen, days in UTC");
        assert_eq!(verdict(&rows, "clean-stale-computers").0, "removes it");
    }
}

#[test]
fn a_policy_may_call_its_own_functions_as_explaining_calls_its_own() {
    let policy = "import \"std:cleanup_policy\" as shipped;\n\
                  fn may_be_online(c) { !offline(c) || surveyed() }\n\
                  private fn offline(c) { !shipped::may_be_online(c) }\n\
                  private fn surveyed() { false }\n\
                  private fn at_end_of(day, asked) { asked }\n";
    let desk = Desk::demo().file("mine.rhai", policy);
    desk.run("clean-stale-computers 90d --dry-run --policy mine.rhai")
        .ends_with(6);
    let rows = answers(&desk, "backup-vault --policy mine.rhai");
    assert_eq!(verdict(&rows, "clean-stale-computers").0, "removes it");
}

#[test]
fn a_policy_does_not_choose_the_day_that_it_is_asked_about() {
    let policy = "fn is_stale(c, cutoff) {\n    explain::at_end_of(9, || c.last_seen < cutoff)\n}\n";
    let desk = Desk::demo().file("mine.rhai", policy);
    desk.run("explain backup-vault --policy mine.rhai")
        .prints_nothing()
        .says("mine.rhai:2")
        .says("not allowed to call `explain::at_end_of` in the cleanup policy");
    // There is no such thing where it decides.
    desk.run("clean-stale-computers 90d --dry-run --policy mine.rhai")
        .prints_nothing()
        .says("mine.rhai:2");
}
