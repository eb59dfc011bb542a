//! The client over a real socket, against a server that says what each test wants to hear.

mod calls;
mod checking;
mod contract;
mod inviting;
mod listless;
mod reading;
mod recalling;
mod roles;
mod sessions;
mod simulated;
mod writing;

use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::json;

use crate::fleet::{Attempt, Change, Observed, Reader, Result, Writer};
use crate::secret::{Redactor, Secret};
use crate::vendor::stub::{Answer, Call, Stub};

use super::{AccessKey, Reads, Writes, connect};

/// Connects to a stub.
fn team(stub: &Stub) -> (Reads, Writes) {
    team_with(stub, Redactor::default())
}

fn team_with(stub: &Stub, redactor: Redactor) -> (Reads, Writes) {
    let transport = stub.transport(redactor.clone());
    let key = AccessKey {
        id: "key-id".to_owned(),
        secret: Secret::new("key-secret"),
    };
    connect(transport, key, redactor, "acme".to_owned())
}

/// Starts a server that grants sessions (`token-1`, `token-2`, …) and answers everything else by `answer`.
async fn granting(answer: impl Fn(&Call) -> Answer + Send + Sync + 'static) -> Stub {
    let sessions = AtomicU32::new(0);
    Stub::start(move |call| {
        if for_a_session(call) {
            let number = sessions.fetch_add(1, Ordering::SeqCst) + 1;
            return Answer::json(
                201,
                &json!({ "token": format!("token-{number}"), "expiresIn": 3600 }),
            );
        }
        answer(call)
    })
    .await
}

/// Looks at the target of one change.
async fn seen(reads: &Reads, change: &Change) -> Result<Observed> {
    let mut seen = reads.observe(std::slice::from_ref(change)).await;
    assert_eq!(seen.len(), 1);
    seen.remove(0)
}

/// Sends one change.
async fn sent(writes: &Writes, change: &Change) -> Attempt {
    let mut attempts = writes.write(std::slice::from_ref(change)).await;
    assert_eq!(attempts.len(), 1);
    attempts.remove(0)
}

fn for_a_session(call: &Call) -> bool {
    call.path == "/1.0/sessions"
}

/// Returns what was asked for so far, sessions apart.
fn calls(stub: &Stub) -> Vec<Call> {
    let calls = stub.calls().into_iter();
    calls.filter(|call| !for_a_session(call)).collect()
}

/// Returns how many sessions were asked for.
fn sessions(stub: &Stub) -> usize {
    stub.calls().iter().filter(|call| for_a_session(call)).count()
}
