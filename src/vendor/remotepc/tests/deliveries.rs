//! Whether a write that failed may have been carried out after all.

use serde_json::json;

use crate::fleet::Kind;
use crate::http::Delivery;
use crate::vendor::stub::{Answer, Stub};

use super::{account, html, ok, refused, refused_with};

/// What a failed write to one computer, and to two, says about what was done.
async fn deliveries(answer: fn() -> Answer) -> (Delivery, Delivery) {
    let stub = Stub::start(move |_| answer()).await;
    let (_, writes) = account(&stub);
    let one = writes.assign_computer("a", &["A"]).await.unwrap_err().delivery;
    let two = writes
        .assign_computer("a", &["A", "B"])
        .await
        .unwrap_err()
        .delivery;
    (one, two)
}

#[tokio::test]
async fn a_write_to_several_that_fails_may_be_done_in_part() {
    use Delivery::{NotCarriedOut, Unknown};
    for (answer, expected) in [
        (
            (|| refused("BAD_REQUEST", 400, "Computer(s) not found")) as fn() -> Answer,
            (NotCarriedOut, Unknown),
        ),
        (
            || refused_with(200, "BAD_REQUEST", 400, "Computer(s) not found"),
            (NotCarriedOut, Unknown),
        ),
        (|| refused("BAD_REQUEST", 400, "FAILED"), (NotCarriedOut, Unknown)),
        (
            || refused("BAD_REQUEST", 400, "Invalid user"),
            (NotCarriedOut, Unknown),
        ),
        (
            || refused("BAD_REQUEST", 400, "Something new"),
            (NotCarriedOut, Unknown),
        ),
        (|| html(404), (NotCarriedOut, Unknown)),
        // These speak for the request as a whole.
        (
            || refused("BAD_REQUEST", 400, "User not found"),
            (NotCarriedOut, NotCarriedOut),
        ),
        (
            || refused_with(200, "BAD_REQUEST", 400, "Exceeded computers limit"),
            (NotCarriedOut, NotCarriedOut),
        ),
        (
            || refused("BAD_REQUEST", 400, "Invalid user plan"),
            (NotCarriedOut, NotCarriedOut),
        ),
        (|| Answer::empty(401), (NotCarriedOut, NotCarriedOut)),
        (|| html(403), (NotCarriedOut, NotCarriedOut)),
        (|| Answer::empty(429), (NotCarriedOut, NotCarriedOut)),
        // And here nobody knows.
        (
            || refused("INTERNAL_SERVER_ERROR", 500, "INTERNAL_SERVER_ERROR"),
            (Unknown, Unknown),
        ),
        (
            || refused_with(200, "INTERNAL_SERVER_ERROR", 500, "INTERNAL_SERVER_ERROR"),
            (Unknown, Unknown),
        ),
        (
            || refused("BAD_REQUEST", 400, "INTERNAL_SERVER_ERROR"),
            (Unknown, Unknown),
        ),
        (
            || refused_with(500, "BAD_REQUEST", 400, "User not found"),
            (Unknown, Unknown),
        ),
        // Status and code contradict each other.
        (
            || refused_with(400, "INTERNAL_SERVER_ERROR", 500, "Computer(s) not found"),
            (Unknown, Unknown),
        ),
        (
            || Answer::json(404, &json!({ "status": "OK", "code": 200, "message": "SUCCESS" })),
            (Unknown, Unknown),
        ),
        (
            || Answer::json(200, &json!({ "status": "WHAT", "code": 200 })),
            (Unknown, Unknown),
        ),
        (|| ok(&json!("FAILED")), (Unknown, Unknown)),
        // A success that tells what is wrong.
        (
            || refused_with(200, "OK", 200, "Computer(s) not found"),
            (Unknown, Unknown),
        ),
        (|| html(200), (Unknown, Unknown)),
        (|| Answer::empty(200), (Unknown, Unknown)),
        (|| Answer::Break, (Unknown, Unknown)),
    ] {
        let found = deliveries(answer).await;
        let stub = Stub::start(move |_| answer()).await;
        let error = account(&stub).1.assign_computer("a", &["A"]).await.unwrap_err();
        assert_eq!(found, expected, "{error:?}");
    }
}

#[tokio::test]
async fn a_write_is_not_sent_again_and_a_read_is() {
    for answer in [(|| Answer::empty(502)) as fn() -> Answer, || Answer::Break] {
        let stub = Stub::start(move |_| answer()).await;
        let (reads, writes) = account(&stub);
        writes.add_comment("A", "long enough").await.unwrap_err();
        assert_eq!(stub.calls().len(), 1);
        reads.get_devices().await.unwrap_err();
        assert_eq!(stub.calls().len(), 3);
    }
}

#[tokio::test]
async fn a_group_that_is_made_with_a_computer_is_two_targets() {
    let stub = Stub::start(|_| refused("BAD_REQUEST", 400, "Computer(s) not found")).await;
    let (_, writes) = account(&stub);
    let failure = writes.create_group("G", &["A"]).await.unwrap_err();
    assert_eq!(failure.delivery, Delivery::Unknown);
    let failure = writes.create_group("G", &[]).await.unwrap_err();
    assert_eq!(failure.delivery, Delivery::NotCarriedOut);
    let stub = Stub::start(|_| refused("BAD_REQUEST", 400, "Group name is already exists")).await;
    let failure = account(&stub).1.create_group("G", &["A", "B"]).await.unwrap_err();
    assert_eq!(
        (failure.delivery, failure.error.kind),
        (Delivery::NotCarriedOut, Kind::Conflict)
    );
    assert!(failure.error.hint.unwrap().contains("move"));
}
