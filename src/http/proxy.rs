//! The proxy between this machine and the vendor: only the one of the settings, never the process environment's own.

use reqwest::NoProxy;
use url::Url;

use crate::secret::{Redactor, Secret};

use super::{Error, Settings};

/// The schemes of proxies that work.
const SCHEMES: [&str; 6] = ["http", "https", "socks4", "socks4a", "socks5", "socks5h"];

/// A proxy that can be used.
pub(super) struct Way {
    /// For the client.
    pub(super) proxy: reqwest::Proxy,
    /// For messages, to follow "a proxy is configured", without name and password.
    pub(super) shown: String,
}

/// Returns the proxy to take, if any. This very machine is always reached directly.
pub(super) fn choose(settings: &Settings, redactor: &Redactor) -> Result<Option<Way>, Error> {
    let text = settings.proxy.url.as_deref().unwrap_or_default().trim();
    if text.is_empty() || settings.base.is_loopback() {
        return Ok(None);
    }
    // By custom, a proxy may be given as host and port alone.
    let full = if text.contains("://") {
        text.to_owned()
    } else {
        format!("http://{text}")
    };
    let bad = |why: String| Error::BadSetting {
        what: format!("the proxy `{}`", without_login(text)),
        why,
    };
    let url = Url::parse(&full).map_err(|e| bad(format!("{e}; write it like http://host:port")))?;
    if !SCHEMES.contains(&url.scheme()) {
        return Err(bad(format!(
            "`{}` is none of {}",
            url.scheme(),
            SCHEMES.join(", ")
        )));
    }
    if url.host_str().is_none_or(str::is_empty) {
        return Err(bad("it has no host; write it like http://host:port".to_owned()));
    }
    if let Some(password) = url.password() {
        redactor.learn(&Secret::new(password));
    }
    let except = settings.proxy.except.as_deref().and_then(NoProxy::from_string);
    let proxy = reqwest::Proxy::all(url.as_str())
        .map_err(|e| bad(e.without_url().to_string()))?
        .no_proxy(except.clone());
    let mut shown = without_login(url.as_str()).trim_end_matches('/').to_owned();
    if except.is_some() {
        // Which hosts that is, is for the library to say, and it does not.
        shown.push_str(", unless NO_PROXY exempts the host");
    }
    Ok(Some(Way { proxy, shown }))
}

/// Takes out what stands between the scheme and an `@`.
fn without_login(url: &str) -> String {
    let (scheme, rest) = match url.split_once("://") {
        Some((scheme, rest)) => (format!("{scheme}://"), rest),
        None => (String::new(), url),
    };
    let host = rest.rsplit_once('@').map_or(rest, |(_, host)| host);
    format!("{scheme}{host}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::{BaseUrl, Proxy};

    fn chosen(base: &str, proxy: &str) -> Result<Option<String>, Error> {
        let mut settings = Settings::new(BaseUrl::parse(base).unwrap());
        settings.proxy = Proxy {
            url: Some(proxy.to_owned()),
            except: None,
        };
        Ok(choose(&settings, &Redactor::default())?.map(|w| w.shown))
    }

    #[test]
    fn a_proxy_may_be_given_without_scheme_and_is_shown_without_password() {
        for proxy in [
            "proxy.example:3128",
            "http://proxy.example:3128/",
            "http://me:hunter2@proxy.example:3128",
        ] {
            assert_eq!(
                chosen("https://vendor.example", proxy).unwrap().as_deref(),
                Some("http://proxy.example:3128"),
                "{proxy}"
            );
        }
        assert!(
            chosen("https://vendor.example", "socks5h://proxy.example:1080")
                .unwrap()
                .is_some()
        );
    }

    #[test]
    fn hosts_that_may_be_exempt_are_told_of() {
        let mut settings = Settings::new(BaseUrl::parse("https://vendor.example").unwrap());
        settings.proxy = Proxy {
            url: Some("proxy.example:3128".to_owned()),
            except: Some("internal.example".to_owned()),
        };
        let way = choose(&settings, &Redactor::default()).unwrap().unwrap();
        assert_eq!(
            way.shown,
            "http://proxy.example:3128, unless NO_PROXY exempts the host"
        );
    }

    #[test]
    fn no_proxy_is_taken_to_this_machine_or_where_none_is_set() {
        for base in ["http://127.0.0.1:8080", "http://localhost:1", "https://[::1]:1"] {
            assert_eq!(chosen(base, "http://proxy.example:3128").unwrap(), None, "{base}");
        }
        assert_eq!(chosen("https://vendor.example", " ").unwrap(), None);
    }

    #[test]
    fn a_bad_proxy_is_refused_without_showing_its_password() {
        for proxy in [
            "ftp://me:hunter2@proxy.example",
            "http://me:hunter2@",
            "me:hunter2@proxy example:1",
        ] {
            let error = chosen("https://vendor.example", proxy).unwrap_err().to_string();
            assert!(
                error.starts_with("the proxy `") && !error.contains("hunter2"),
                "{error}"
            );
        }
    }

    #[test]
    fn the_password_of_a_proxy_is_redacted_from_then_on() {
        let mut settings = Settings::new(BaseUrl::parse("https://vendor.example").unwrap());
        settings.proxy.url = Some("http://me:hunter2hunter2@proxy.example".to_owned());
        let redactor = Redactor::default();
        choose(&settings, &redactor).unwrap();
        assert_eq!(redactor.redact("hunter2hunter2"), "[redacted]");
    }
}
