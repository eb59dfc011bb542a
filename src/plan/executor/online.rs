//! Who is connected, asked anew once a minute while computers are removed: presence cannot be read for one computer alone.

use std::collections::HashMap;
use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::Instant;

use crate::fleet::{Kind, Reader, Result, ServerId};

/// How long a list of who is connected is good for.
const LASTS: Duration = Duration::from_secs(60);

/// The last list of who is connected.
#[derive(Default)]
pub(super) struct Online(Mutex<Option<(Instant, Known)>>);

/// Whether each server was connected, as far as the vendor said; `None` where the key may not read it.
type Known = Option<HashMap<ServerId, bool>>;

impl Online {
    /// Tells whether a server is connected, from a list that is no older than a minute. `None` where that is not known.
    pub(super) async fn is_online(&self, reader: &dyn Reader, server: &ServerId) -> Result<Option<bool>> {
        // Held while listing: others wait for the one list.
        let mut last = self.0.lock().await;
        if last.as_ref().is_none_or(|(at, _)| at.elapsed() >= LASTS) {
            *last = Some((Instant::now(), list(reader).await?));
        }
        let known = last.as_ref().and_then(|(_, known)| known.as_ref());
        Ok(known.and_then(|known| known.get(server).copied()))
    }
}

async fn list(reader: &dyn Reader) -> Result<Known> {
    match reader.presence(false).await {
        Ok(listing) => Ok(Some(
            listing
                .items
                .into_iter()
                .filter_map(|presence| Some((presence.id, presence.status?.is_online()?)))
                .collect(),
        )),
        Err(error) if error.kind == Kind::Permission => Ok(None),
        Err(error) => Err(error),
    }
}
