//! Makes the clients that a transport sends with. Nowhere else is one made.

use std::time::Duration;

use reqwest::{Client, redirect, retry};

use crate::secret::Redactor;

use super::{Error, Settings, cause, proxy, tls};

/// Shorter than what servers and middle boxes keep an idle connection for, so that few are found closed.
const IDLE: Duration = Duration::from_secs(10);

/// The clients of a transport.
#[derive(Debug, Clone)]
pub(super) struct Clients {
    /// Reuses idle connections: for requests that may be sent twice.
    pub(super) pooled: Client,
    /// Makes a connection for each request: on a reused one that was just closed, nobody could tell whether the request
    /// was carried out.
    pub(super) fresh: Client,
    /// The proxy that is configured, without its password.
    pub(super) proxy: Option<String>,
}

impl Clients {
    /// Makes the clients; nothing is sent.
    pub(super) fn new(settings: &Settings, redactor: &Redactor) -> Result<Self, Error> {
        let way = proxy::choose(settings, redactor)?;
        Ok(Self {
            pooled: client(settings, way.as_ref(), usize::MAX)?,
            fresh: client(settings, way.as_ref(), 0)?,
            proxy: way.map(|w| w.shown),
        })
    }
}

fn client(settings: &Settings, way: Option<&proxy::Way>, idle: usize) -> Result<Client, Error> {
    tls::install();
    let mut builder = Client::builder()
        .user_agent(concat!("deskhand/", env!("CARGO_PKG_VERSION")))
        .redirect(redirect::Policy::none())
        .retry(retry::never())
        .referer(false)
        .gzip(true)
        .http1_only()
        .https_only(settings.base.as_url().scheme() == "https")
        .connect_timeout(settings.timeouts.connect)
        .read_timeout(settings.timeouts.read)
        .pool_idle_timeout(IDLE)
        .pool_max_idle_per_host(idle)
        .no_proxy();
    if let Some(way) = way {
        builder = builder.proxy(way.proxy.clone());
    }
    tls::trust(builder, settings)?
        .build()
        .map_err(|e| Error::BadSetting {
            what: "TLS".to_owned(),
            why: format!(
                "{}; install the system's certificates (package ca-certificates) or name a file with --ca-file",
                cause::root(&e)
            ),
        })
}
