//! Computers that are removed, 50 at a time, and what came of each.

mod answers;

use std::sync::{Arc, Mutex};

use serde_json::Value;

use crate::fleet::{Attempt, ComputerRef, Kind};
use crate::vendor::stub::{Answer, Call, Stub};

use super::super::PerComputer;
use super::{account, computer, device, html, lists, refused, success, whole};

/// A fleet that forgets what it is told to remove, as far as `obeys` lets it.
#[derive(Clone)]
struct Fleet(Arc<Mutex<Vec<Value>>>);

impl Fleet {
    fn of(devices: Vec<Value>) -> Self {
        Self(Arc::new(Mutex::new(devices)))
    }

    fn listed(&self) -> Answer {
        whole("devices", &self.0.lock().unwrap())
    }

    fn forget(&self, names: &[Value]) {
        self.0
            .lock()
            .unwrap()
            .retain(|d| !names.contains(&d["host_name"]));
    }
}

fn names(call: &Call) -> Vec<Value> {
    call.body["computer_names"].as_array().unwrap().clone()
}

/// Starts a server that lists the fleet, and answers a removal by `answer`.
async fn server(
    fleet: &Fleet,
    answer: impl Fn(&Fleet, Vec<Value>) -> Answer + Send + Sync + 'static,
) -> Stub {
    let fleet = fleet.clone();
    Stub::start(move |call| {
        if lists(call) {
            fleet.listed()
        } else {
            answer(&fleet, names(call))
        }
    })
    .await
}

fn offline(count: usize) -> Fleet {
    Fleet::of(
        (0..count)
            .map(|n| device(&format!("M{n}"), &format!("PC-{n}"), "Offline"))
            .collect(),
    )
}

fn chosen(count: usize) -> Vec<ComputerRef> {
    (0..count)
        .map(|n| computer(&format!("M{n}"), &format!("PC-{n}")))
        .collect()
}

async fn remove(stub: &Stub, computers: &[ComputerRef]) -> Vec<PerComputer> {
    let outcomes = account(stub).1.remove_computers(computers).await;
    let asked: Vec<_> = outcomes.iter().map(|o| o.computer.clone()).collect();
    let mut once = computers.to_vec();
    once.dedup();
    assert_eq!(asked, once);
    outcomes
}

fn done(outcome: &PerComputer) -> bool {
    matches!(outcome.attempt, Attempt::Done(_))
}

fn failed(outcome: &PerComputer) -> &crate::fleet::Error {
    match &outcome.attempt {
        Attempt::Failed(error) => error,
        other => panic!("{other:?}"),
    }
}

fn unknown(outcome: &PerComputer) -> &crate::fleet::Error {
    match &outcome.attempt {
        Attempt::Unknown(error) => error,
        other => panic!("{other:?}"),
    }
}

fn sizes(stub: &Stub) -> Vec<usize> {
    let removals = stub.calls().into_iter().filter(|call| !lists(call));
    removals.map(|call| names(&call).len()).collect()
}

#[tokio::test]
async fn at_most_50_go_in_a_call_and_each_is_looked_for_after_it() {
    for (count, calls) in [
        (1, vec![1]),
        (50, vec![50]),
        (51, vec![50, 1]),
        (120, vec![50, 50, 20]),
    ] {
        let stub = server(&offline(count), |fleet, names| {
            fleet.forget(&names);
            success()
        })
        .await;
        let outcomes = remove(&stub, &chosen(count)).await;
        assert!(outcomes.iter().all(|o| o.attempt == Attempt::Done(None)));
        assert_eq!(sizes(&stub), calls);
        // A listing before the first call, and one after each.
        assert_eq!(stub.calls().len(), 2 * calls.len() + 1);
    }
}

#[tokio::test]
async fn only_a_computer_that_is_known_to_be_offline_is_removed() {
    let words = [
        "Offline",
        " OFFLINE ",
        "Online",
        "In session",
        "",
        "Offline since Monday",
    ];
    let devices = (0..)
        .zip(words)
        .map(|(n, word)| device(&format!("M{n}"), &format!("PC-{n}"), word));
    let mut devices: Vec<Value> = devices.collect();
    devices.push(device("M6", "PC-6", "Offline"));
    devices[6]["host_status_text"] = Value::Null;
    let stub = server(&Fleet::of(devices), |fleet, names| {
        fleet.forget(&names);
        success()
    })
    .await;
    let outcomes = remove(&stub, &chosen(7)).await;
    let told: Vec<bool> = outcomes.iter().map(done).collect();
    assert_eq!(told, [true, true, false, false, false, false, false]);
    for (at, part) in [(2, "it is online"), (3, "`In session`"), (4, "``"), (6, "``")] {
        let error = failed(&outcomes[at]);
        assert_eq!(error.kind, Kind::Refused);
        assert!(error.message.contains(part), "{error}");
    }
    assert_eq!(sizes(&stub), [2]);
}

#[tokio::test]
async fn a_computer_is_removed_only_by_a_name_that_is_its_own() {
    let devices = vec![
        device("M0", "PC-0", "Offline"),
        device("M1", "Kiosk", "Offline"),
        device("M2", "kiosk ", "Online"),
        device("M3", "New name", "Offline"),
        device("M4", "", "Offline"),
        device("M5", "PC-9", "Offline"),
    ];
    let stub = server(&Fleet::of(devices), |fleet, names| {
        fleet.forget(&names);
        success()
    })
    .await;
    let computers = [
        computer("M0", "PC-0"),
        computer("M1", "Kiosk"),
        computer("M3", "Old name"),
        computer("M4", ""),
        // Another machine has its name by now.
        computer("M9", "PC-9"),
    ];
    let outcomes = remove(&stub, &computers).await;
    assert_eq!(outcomes[0].attempt, Attempt::Done(None));
    assert_eq!(failed(&outcomes[1]).kind, Kind::Ambiguous);
    assert!(failed(&outcomes[1]).message.contains("`M1`, `M2`"));
    assert_eq!(failed(&outcomes[2]).kind, Kind::Conflict);
    assert!(failed(&outcomes[2]).message.contains("`New name`"));
    assert_eq!(failed(&outcomes[3]).kind, Kind::Invalid);
    let Attempt::Done(Some(note)) = &outcomes[4].attempt else {
        panic!("{:?}", outcomes[4])
    };
    assert!(note.contains("not listed any more before"), "{note}");
    let sent: Vec<Value> = stub
        .calls()
        .iter()
        .filter(|c| !lists(c))
        .flat_map(names)
        .collect();
    assert_eq!(sent, ["PC-0"]);
}

#[tokio::test]
async fn a_computer_that_is_named_twice_is_removed_once() {
    let stub = server(&offline(1), |fleet, names| {
        fleet.forget(&names);
        success()
    })
    .await;
    let twice = [chosen(1), chosen(1)].concat();
    assert_eq!(remove(&stub, &twice).await.len(), 1);
    assert_eq!(sizes(&stub), [1]);
}

#[tokio::test]
async fn what_changed_meanwhile_is_left_out_of_the_next_call() {
    let stub = server(&offline(52), |fleet, names| {
        fleet.forget(&names);
        fleet.0.lock().unwrap()[0]["host_status_text"] = "Online".into();
        success()
    })
    .await;
    let outcomes = remove(&stub, &chosen(52)).await;
    assert_eq!(failed(&outcomes[50]).kind, Kind::Refused);
    assert!(done(&outcomes[51]));
    assert_eq!(sizes(&stub), [50, 1]);
}

#[tokio::test]
async fn a_call_that_is_turned_away_at_the_door_needs_no_look() {
    for (answer, kind) in [
        ((|| html(401)) as fn() -> Answer, Kind::Auth),
        (|| refused("FORBIDDEN", 403, "Forbidden"), Kind::Permission),
        (|| Answer::empty(429), Kind::RateLimited),
        (
            || refused("BAD_REQUEST", 400, "Invalid user plan"),
            Kind::Permission,
        ),
    ] {
        let stub = server(&offline(51), move |_, _| answer()).await;
        let outcomes = remove(&stub, &chosen(51)).await;
        assert!(outcomes.iter().all(|o| failed(o).kind == kind), "{outcomes:?}");
        assert!(failed(&outcomes[50]).message.contains("not sent"));
        // A request that was turned away for their number goes again.
        assert!(stub.calls().iter().filter(|c| lists(c)).count() == 1);
    }
}

#[tokio::test]
async fn an_answer_that_is_lost_is_settled_by_looking() {
    for answer in [
        (|| Answer::Break) as fn() -> Answer,
        || Answer::empty(504),
        || html(200),
    ] {
        let stub = server(&offline(60), move |fleet, names| {
            fleet.forget(&names[..1]);
            answer()
        })
        .await;
        let outcomes = remove(&stub, &chosen(60)).await;
        let Attempt::Done(Some(note)) = &outcomes[0].attempt else {
            panic!("{:?}", outcomes[0])
        };
        assert!(note.contains("not listed any more"), "{note}");
        assert!(
            outcomes[1..50]
                .iter()
                .all(|o| matches!(o.attempt, Attempt::Unknown(_)))
        );
        assert!(
            outcomes[50..]
                .iter()
                .all(|o| failed(o).message.contains("not sent"))
        );
        assert_eq!(sizes(&stub), [50]);
    }
}

#[tokio::test]
async fn a_listing_that_fails_after_a_call_leaves_it_unknown_and_ends_the_removal() {
    for answer in [success as fn() -> Answer, || Answer::Break] {
        let (fleet, listings) = (offline(60), Mutex::new(0));
        let stub = Stub::start(move |call| {
            if !lists(call) {
                return answer();
            }
            let mut listings = listings.lock().unwrap();
            *listings += 1;
            if *listings == 1 {
                fleet.listed()
            } else {
                Answer::empty(500)
            }
        })
        .await;
        let outcomes = remove(&stub, &chosen(60)).await;
        for outcome in &outcomes[..50] {
            let Attempt::Unknown(error) = &outcome.attempt else {
                panic!("{:?}", outcome.attempt)
            };
            assert!(error.causes.iter().any(|c| c.contains("status 500")), "{error:?}");
        }
        assert!(
            outcomes[50..]
                .iter()
                .all(|o| failed(o).message.contains("not sent"))
        );
        assert_eq!(sizes(&stub), [50]);
    }
}

#[tokio::test]
async fn nothing_is_removed_that_cannot_be_listed() {
    let stub = Stub::start(|_| Answer::empty(403)).await;
    let outcomes = remove(&stub, &chosen(2)).await;
    for outcome in &outcomes {
        assert_eq!(failed(outcome).kind, Kind::Permission);
        assert!(failed(outcome).message.contains("could not be listed first"));
        assert!(failed(outcome).hint.as_deref().unwrap().contains("whitelisted"));
    }
    assert!(sizes(&stub).is_empty());
    assert!(remove(&stub, &[]).await.is_empty());
}
