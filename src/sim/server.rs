//! A socket on this machine, and the task that answers on it.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::Error;
use super::connection::{Door, Scissors};

/// How long requests under way may take once the server is to end.
const LAST_WORDS: Duration = Duration::from_secs(2);

/// Tells whoever waits (a hanging answer, a pause) that the server is about to end.
#[derive(Debug, Clone)]
pub struct Closing(watch::Receiver<bool>);

impl Closing {
    /// Waits until the server is to end.
    pub async fn wait(&self) {
        let mut closing = self.0.clone();
        // An error means that the sender is gone, and with it the server.
        let _ = closing.wait_for(|closing| *closing).await;
    }
}

/// A server on a loopback port. Dropping it ends it without waiting.
#[derive(Debug)]
pub struct Served {
    address: SocketAddr,
    close: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Served {
    /// Binds 127.0.0.1 and a port (0: any free one) and answers there with what `routes` makes of the address.
    pub async fn start(port: u16, routes: impl FnOnce(&str, Closing) -> Router) -> Result<Self, Error> {
        let refused = |source| Error::Bind { port, source };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
            .await
            .map_err(refused)?;
        let address = listener.local_addr().map_err(refused)?;
        let (close, closing) = watch::channel(false);
        let closing = Closing(closing);
        let service =
            routes(&base_url(address), closing.clone()).into_make_service_with_connect_info::<Scissors>();
        let server =
            axum::serve(Door(listener), service).with_graceful_shutdown(async move { closing.wait().await });
        let task = tokio::spawn(async move {
            // Only an accept loop that cannot go on ends with an error; clients then see refused connections.
            let _ = server.await;
        });
        Ok(Self { address, close, task })
    }

    /// Returns the address, such as `http://127.0.0.1:8021`.
    pub fn base_url(&self) -> String {
        base_url(self.address)
    }

    /// Ends the server: requests under way are answered, hanging ones are cut.
    pub async fn shutdown(mut self) {
        // Nobody listens any more: the server has ended by itself.
        let _ = self.close.send(true);
        if tokio::time::timeout(LAST_WORDS, &mut self.task).await.is_err() {
            self.task.abort();
        }
    }
}

fn base_url(address: SocketAddr) -> String {
    format!("http://{address}")
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.close.send(true);
    }
}
