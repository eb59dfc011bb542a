//! One flag that stops a run: polled by scripts, awaited by requests and sleeps.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::watch;

/// A cancellation flag; clones share it. Once raised it stays up.
#[derive(Debug, Clone)]
pub struct Cancel {
    raised: Arc<AtomicBool>,
    signal: Arc<watch::Sender<bool>>,
}

impl Default for Cancel {
    fn default() -> Self {
        Self {
            raised: Arc::default(),
            signal: Arc::new(watch::Sender::new(false)),
        }
    }
}

impl Cancel {
    /// Raises the flag and wakes everything that waits for it.
    pub fn raise(&self) {
        self.raised.store(true, Ordering::Relaxed);
        self.signal.send_replace(true);
    }

    /// Tells whether the flag is up. Cheap enough for every operation of a script.
    pub fn is_raised(&self) -> bool {
        self.raised.load(Ordering::Relaxed)
    }

    /// Completes as soon as the flag is up, at once if it is up already.
    pub async fn raised(&self) {
        // The sender lives as long as `self`, so that waiting can only end with the flag up.
        let _ = self.signal.subscribe().wait_for(|up| *up).await;
    }
}
