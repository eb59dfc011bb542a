//! Where the vendors are, and whose an address is: a key of one vendor is never sent to the other.
//!
//! The hosts are those under which the vendors' public pages stand. Any other is taken for nobody's: a simulator, a
//! gateway of the user's own.

use url::{Host, Url};

use super::Error;
use crate::fleet::Vendor;

/// Where RealVNC's Gateway API is, if nobody says otherwise.
pub const REALVNC_URL: &str = "https://connect-api.services.vnc.com";

/// Where RemotePC's enterprise API is, if nobody says otherwise.
pub const REMOTEPC_URL: &str = "https://web1.remotepc.com";

/// The domains of each vendor, with everything below them.
const DOMAINS: [(Vendor, &[&str]); 2] = [
    (Vendor::RealVnc, &["vnc.com", "realvnc.com"]),
    (Vendor::RemotePc, &["remotepc.com", "remotedesktop.com"]),
];

/// Returns the address of a vendor's API.
pub(super) fn usual(vendor: Vendor) -> &'static str {
    match vendor {
        Vendor::RealVnc => REALVNC_URL,
        Vendor::RemotePc => REMOTEPC_URL,
    }
}

/// Refuses an address of the other vendor. `from` names what holds it, in messages.
///
/// An address that cannot be read at all passes: nothing can be sent there either.
pub fn check(url: &str, vendor: Vendor, from: &str) -> Result<(), Error> {
    match owner(url) {
        Some((owner, host)) if owner != vendor => Err(Error::ForeignHost {
            from: from.to_owned(),
            vendor,
            host,
            owner,
        }),
        _ => Ok(()),
    }
}

/// Returns whose host an address leads to, and the host: read as the transport will read it, whatever stands around it.
fn owner(url: &str) -> Option<(Vendor, String)> {
    let url = Url::parse(url).ok()?;
    let Some(Host::Domain(host)) = url.host() else {
        return None;
    };
    let host = host.trim_end_matches('.').to_lowercase();
    let is_below = |domain: &str| {
        host.strip_suffix(domain)
            .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    DOMAINS
        .into_iter()
        .find(|(_, domains)| domains.iter().any(|domain| is_below(domain)))
        .map(|(vendor, _)| (vendor, host))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(url: &str) -> Option<Vendor> {
        owner(url).map(|(vendor, _)| vendor)
    }

    #[test]
    fn the_usual_addresses_are_their_vendors_own() {
        for vendor in Vendor::ALL {
            assert_eq!(of(usual(vendor)), Some(vendor));
            assert!(check(usual(vendor), vendor, "x").is_ok());
        }
    }

    #[test]
    fn a_host_is_known_in_whatever_way_it_is_written() {
        for url in [
            "https://remotepc.com",
            "https://remotedesktop.com/rpcnew",
            "https://WEB1.RemotePC.com:8443/",
            "https://web1.remotepc.com.",
            "https://web1.remotepc.com..:443",
            "https://connect-api.services.vnc.com@web1.remotepc.com",
            "https://user:pass@web1.remotepc.com",
            "https:\\\\web1.remotepc.com\\x",
            "https:web1.remotepc.com",
            " https://web1.remotepc.com",
            "ht\ntps://web1.remote\tpc.com",
            "https://web1%2Eremotepc%2ecom",
            "https://web1。remotepc。com",
            "https://ｗｅｂ１.remotepc.com",
            "http://web1.remotepc.com",
        ] {
            assert_eq!(of(url), Some(Vendor::RemotePc), "{url:?}");
        }
        for url in [
            "https://vnc.com",
            "https://API.RealVNC.com.",
            "https://a.b.vnc.com",
        ] {
            assert_eq!(of(url), Some(Vendor::RealVnc), "{url:?}");
        }
    }

    #[test]
    fn a_host_that_only_looks_like_a_vendors_is_nobodys() {
        for url in [
            "https://notvnc.com",
            "https://vnc.com.example",
            "https://web1.remotepc.com@example.org",
            "https://example.org/web1.remotepc.com",
            "https://example.org#@vnc.com",
            "http://127.0.0.1:9",
            "https://[::1]",
            "web1.remotepc.com:443",
            "nowhere",
            "",
        ] {
            assert_eq!(of(url), None, "{url:?}");
        }
    }

    #[test]
    fn the_error_names_the_host_alone() {
        let error = check("https://me:pa55word@vnc.com/x", Vendor::RemotePc, "REMOTEPC_URL").unwrap_err();
        assert_eq!(
            error.to_string(),
            "REMOTEPC_URL: vnc.com belongs to RealVNC Connect, where a key for RemotePC Enterprise must not be sent"
        );
        assert_eq!(
            error.hint().unwrap(),
            "leave the address out to use https://web1.remotepc.com; a profile for RealVNC Connect has vendor = \"realvnc\""
        );
    }
}
