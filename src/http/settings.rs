//! How a transport behaves: where it goes, how long it waits, how much it takes.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use url::{Host, Url};

use super::Error;
use crate::text::without_login;

/// The address of a vendor: https, or plain http to this very machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl(Url);

impl BaseUrl {
    /// Reads a base URL. Plain http is for loopback only, and a name and password in the URL are refused.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let bad = |why: &str| Error::BadUrl {
            url: without_login(text).into_owned(),
            why: why.to_owned(),
        };
        let url = Url::parse(text).map_err(|e| bad(&format!("{e}; write it like https://host")))?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(bad("it must not contain a name or password"));
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(bad("it must not contain a query or a fragment"));
        }
        match url.scheme() {
            "https" => {}
            "http" if is_loopback(&url) => {}
            "http" => {
                return Err(bad(
                    "plain http is only allowed to this machine (127.0.0.1); use https",
                ));
            }
            other => {
                return Err(bad(&format!(
                    "`{other}` is no scheme that deskhand speaks; use https"
                )));
            }
        }
        Ok(Self(url))
    }

    /// Returns the URL.
    pub fn as_url(&self) -> &Url {
        &self.0
    }

    /// Returns scheme, host and port as text, for messages.
    pub fn origin(&self) -> String {
        self.0.origin().ascii_serialization()
    }

    /// Tells whether the vendor is on this very machine, as a simulator is.
    pub fn is_loopback(&self) -> bool {
        is_loopback(&self.0)
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name.eq_ignore_ascii_case("localhost"),
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

/// The deadlines of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timeouts {
    /// To make a connection.
    pub connect: Duration,
    /// Between two pieces of an answer.
    pub read: Duration,
    /// For the text of an answer that is no success: its status says most, and must not be lost for the rest.
    pub refusal: Duration,
    /// For all attempts and the pauses between them, but not for the time in which others of a slowed account go first.
    pub total: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            read: Duration::from_secs(30),
            refusal: Duration::from_secs(2),
            total: Duration::from_secs(180),
        }
    }
}

/// How often and how patiently a request is sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retry {
    /// How many times a request is sent at most, the first time included.
    pub attempts: u32,
    /// The longest first pause; each further one may be twice as long. Pauses are drawn between zero and this.
    pub first_pause: Duration,
    /// The longest pause of our own choosing.
    pub longest_pause: Duration,
    /// The longest `Retry-After` that is waited for; beyond it the request fails and says how long the vendor asked.
    pub longest_retry_after: Duration,
}

impl Default for Retry {
    fn default() -> Self {
        Self {
            attempts: 5,
            first_pause: Duration::from_millis(250),
            longest_pause: Duration::from_secs(10),
            longest_retry_after: Duration::from_secs(120),
        }
    }
}

/// The proxy that the environment asks for. Requests to this very machine never take one.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Proxy {
    /// Where requests go through: `HTTPS_PROXY`, else `ALL_PROXY`, in either case.
    pub url: Option<String>,
    /// The hosts that are reached without it: `NO_PROXY`.
    pub except: Option<String>,
}

/// Leaves out what stands before an `@`: it may be a password.
impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Proxy")
            .field("url", &self.url.as_deref().map(without_login))
            .field("except", &self.except)
            .finish()
    }
}

/// Everything that a transport is made from.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where the vendor is.
    pub base: BaseUrl,
    /// More certificates to trust, in PEM.
    pub ca_file: Option<PathBuf>,
    /// The proxy to take.
    pub proxy: Proxy,
    /// The deadlines.
    pub timeouts: Timeouts,
    /// When to send again.
    pub retry: Retry,
    /// How many requests are under way at once, at most.
    pub concurrency: usize,
    /// The largest answer in bytes, after decompression.
    pub largest_body: usize,
    /// The deepest nesting of an answer.
    pub deepest_body: usize,
}

impl Settings {
    /// Returns the settings that suit a vendor at `base`.
    pub fn new(base: BaseUrl) -> Self {
        Self {
            base,
            ca_file: None,
            proxy: Proxy::default(),
            timeouts: Timeouts::default(),
            retry: Retry::default(),
            concurrency: 8,
            largest_body: 64 << 20,
            deepest_body: 64,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn https_goes_anywhere_and_http_only_to_this_machine() {
        for good in [
            "https://vendor.example",
            "http://127.0.0.1:8080",
            "http://localhost",
            "http://[::1]:1/x",
        ] {
            assert!(BaseUrl::parse(good).is_ok(), "{good}");
        }
        let error = BaseUrl::parse("http://vendor.example").unwrap_err().to_string();
        assert!(error.contains("use https"), "{error}");
    }

    #[test]
    fn what_is_no_address_of_a_vendor_is_refused() {
        for bad in [
            "",
            "vendor.example",
            "ftp://vendor.example",
            "https://",
            "https://v.example?x=1",
            "https://v.example#x",
        ] {
            assert!(matches!(BaseUrl::parse(bad), Err(Error::BadUrl { .. })), "{bad}");
        }
    }

    #[test]
    fn a_password_in_an_address_is_refused_and_not_shown() {
        let error = BaseUrl::parse("https://me:hunter2@vendor.example")
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("must not contain a name or password") && !error.contains("hunter2"),
            "{error}"
        );
    }
}
