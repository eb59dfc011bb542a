//! What an answer to a removal is worth, next to what is listed after it.

use serde_json::json;

use crate::fleet::{Attempt, Kind};
use crate::vendor::stub::Answer;

use super::super::{html, ok, refused, refused_with, success};
use super::{chosen, done, failed, offline, remove, server, sizes, unknown};

#[tokio::test]
async fn nothing_is_concluded_from_the_word_success() {
    let stub = server(&offline(3), |fleet, names| {
        fleet.forget(&names[..1]);
        success()
    })
    .await;
    let outcomes = remove(&stub, &chosen(3)).await;
    assert!(done(&outcomes[0]));
    for outcome in &outcomes[1..] {
        let error = unknown(outcome);
        assert_eq!(error.kind, Kind::Vendor);
        assert!(
            error
                .message
                .contains("says that it is removed, and still lists it"),
            "{error}"
        );
    }
}

#[tokio::test]
async fn a_call_that_is_refused_is_the_last_and_what_is_gone_is_done() {
    let stub = server(&offline(60), |fleet, names| {
        fleet.forget(&names[..20]);
        refused("BAD_REQUEST", 400, "Computer(s) not found")
    })
    .await;
    let outcomes = remove(&stub, &chosen(60)).await;
    assert!(outcomes[..20].iter().all(done));
    // Whether the vendor does all or nothing is not documented: these may be on their way out.
    for outcome in &outcomes[20..50] {
        assert_eq!(unknown(outcome).kind, Kind::NotFound);
        assert!(unknown(outcome).message.contains("Computer(s) not found"));
    }
    for outcome in &outcomes[50..] {
        assert!(
            failed(outcome).message.contains("not sent"),
            "{:?}",
            outcome.attempt
        );
    }
    assert_eq!(sizes(&stub), [50]);
}

#[tokio::test]
async fn what_is_refused_and_still_there_has_failed_only_if_the_answer_speaks_for_the_whole_call() {
    for (answer, count, settled) in [
        // One computer was named, and it is the one that was refused.
        (
            (|| refused("BAD_REQUEST", 400, "Computer(s) not found")) as fn() -> Answer,
            1,
            true,
        ),
        (|| refused("BAD_REQUEST", 400, "Computer(s) not found"), 2, false),
        (|| refused("BAD_REQUEST", 400, "Something new"), 2, false),
        (|| html(404), 2, false),
        (
            || refused_with(400, "INTERNAL_SERVER_ERROR", 500, "INTERNAL_SERVER_ERROR"),
            1,
            false,
        ),
        (
            || refused("BAD_REQUEST", 400, "Exceeded computers limit"),
            2,
            true,
        ),
    ] {
        let stub = server(&offline(count), move |_, _| answer()).await;
        for outcome in remove(&stub, &chosen(count)).await {
            let told = matches!(outcome.attempt, Attempt::Failed(_));
            assert_eq!(told, settled, "{:?}", outcome.attempt);
            assert!(told || matches!(outcome.attempt, Attempt::Unknown(_)));
        }
    }
}

#[tokio::test]
async fn an_answer_that_names_other_machines_decides_nothing() {
    let stub = server(&offline(3), |fleet, names| {
        fleet.forget(&names[..1]);
        ok(&json!({ "removed": ["PC-7", "PC-8"], "PC-1": "SUCCESS" }))
    })
    .await;
    let outcomes = remove(&stub, &chosen(3)).await;
    assert!(done(&outcomes[0]));
    for outcome in &outcomes[1..] {
        assert!(unknown(outcome).message.contains("still lists it"));
    }
}

#[tokio::test]
async fn a_failure_in_a_success_is_looked_into_as_well() {
    let stub = server(&offline(2), |fleet, names| {
        fleet.forget(&names[..1]);
        refused_with(200, "BAD_REQUEST", 400, "Exceeded computers limit")
    })
    .await;
    let outcomes = remove(&stub, &chosen(2)).await;
    assert!(done(&outcomes[0]));
    // It said that nothing was done, and something is: nothing that it said counts.
    assert_eq!(unknown(&outcomes[1]).kind, Kind::Invalid);
}
