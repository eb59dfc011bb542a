//! RemotePC Enterprise. `DESKHAND_MOCK_PAGING` says in which form the mock takes the number of a page.

use serde_json::json;

use super::{WHY_IGNORED, answers, ask_from};
use crate::desk::{Desk, Ran};

fn ask(script: &str) -> Ran {
    let var = |name| std::env::var(name).expect(WHY_IGNORED);
    let config = format!(
        "[profiles.mock]\nvendor = \"remotepc\"\nurl = \"{}\"\napi_key = \"env:KEY\"\npaging = \"{}\"\n",
        var("DESKHAND_MOCK_URL"),
        var("DESKHAND_MOCK_PAGING")
    );
    let desk = Desk::new()
        .config(&config)
        .var("KEY", "kEy-0123456789abcdef")
        .secret("kEy-0123456789abcdef");
    ask_from(desk, script, "--profile mock")
}

#[track_caller]
fn is(script: &str, answer: &serde_json::Value) {
    answers(&ask(script), answer);
}

#[test]
#[ignore = "needs the vendor's mock: run .ci/contract"]
fn the_lists_are_read_as_the_contract_has_them() {
    is(
        "remotepc::get_devices().map(|d| d.machine_id)",
        &json!(["M1", "M2"]),
    );
    is(
        "remotepc::get_users().map(|u| u.username)",
        &json!(["shane@mymail"]),
    );
    is("remotepc::get_users_devices(\"shane@myworld\").len", &2.into());
}

#[test]
#[ignore = "needs the vendor's mock: run .ci/contract"]
fn the_fleet_functions_read_the_examples_too() {
    is(
        "list_computers().map(|c| [c.name, c.online])",
        &json!([["Computer A", false], ["Computer B", false]]),
    );
    is(
        "find_computer(\"computer a\").last_seen == time(\"2023-02-24T11:07:11Z\")",
        &true.into(),
    );
    is("list_users()[0].name", &"firstname lastname".into());
}
