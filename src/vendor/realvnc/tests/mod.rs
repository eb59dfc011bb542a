//! The client over a real socket, against a server that says what each test wants to hear.

mod calls;
mod listless;
mod reading;
mod sessions;
mod simulated;
mod stub;
mod writing;

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use serde_json::json;

use crate::http::{BaseUrl, Retry, Settings, Transport};
use crate::secret::{Redactor, Secret};

use super::{AccessKey, Reads, Writes, connect};
use crate::fleet::{Attempt, Change, Observed, Reader, Result, Writer};
use stub::{Answer, Call, Stub};

/// Connects to a stub, with pauses between tries that nobody has to wait for.
fn team(stub: &Stub) -> (Reads, Writes) {
    team_with(stub, Redactor::default())
}

fn team_with(stub: &Stub, redactor: Redactor) -> (Reads, Writes) {
    let mut settings = Settings::new(BaseUrl::parse(&stub.url).unwrap());
    settings.retry = Retry {
        attempts: 2,
        first_pause: Duration::from_millis(1),
        longest_pause: Duration::from_millis(1),
        longest_retry_after: Duration::ZERO,
    };
    settings.concurrency = 64;
    let transport = Transport::new(settings, redactor.clone()).unwrap();
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
        if call.path == "/1.0/sessions" {
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
