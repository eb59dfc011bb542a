//! Why a certificate is not accepted, in plain words, and what to do about it.

use rustls::CertificateError as Fault;

/// Returns what is wrong with a certificate, and what to do. `ca_file` tells whether there is one already.
pub(super) fn plain(fault: &Fault, ca_file: bool) -> (String, &'static str) {
    const CLOCK: &str =
        "check this computer's clock; if it is right, whoever runs the server must renew the certificate";
    const NAME: &str = "check the host in the `url` of the profile";
    const REPLACE: &str = "whoever runs the server must replace the certificate";
    match fault {
        Fault::UnknownIssuer if ca_file => (
            "nobody whom this computer trusts has signed it, nor the authority in the file of --ca-file"
                .to_owned(),
            "put the certificate of the authority that signs there into the file of --ca-file, not that of the server",
        ),
        Fault::UnknownIssuer => (
            "nobody whom this computer trusts has signed it".to_owned(),
            "where a proxy inspects the traffic, or a company has an authority of its own, name the certificate that it signs with: --ca-file FILE",
        ),
        Fault::Expired | Fault::ExpiredContext { .. } => ("it has expired".to_owned(), CLOCK),
        Fault::NotValidYet | Fault::NotValidYetContext { .. } => ("it is not valid yet".to_owned(), CLOCK),
        Fault::NotValidForName => ("it is for another host".to_owned(), NAME),
        Fault::NotValidForNameContext { presented, .. } if presented.is_empty() => {
            ("it names no host".to_owned(), REPLACE)
        }
        Fault::NotValidForNameContext { presented, .. } => {
            let names: Vec<String> = presented.iter().take(3).map(|name| host(name)).collect();
            let more = if presented.len() > names.len() {
                ", …"
            } else {
                ""
            };
            (
                format!("it is for another host: {}{more}", names.join(", ")),
                NAME,
            )
        }
        Fault::Revoked => ("it was revoked".to_owned(), REPLACE),
        Fault::BadEncoding => ("it is damaged".to_owned(), REPLACE),
        Fault::BadSignature => ("its signature is wrong".to_owned(), REPLACE),
        // The library that finds these is not ours to name; only their words are.
        Fault::Other(other) => match other.to_string().as_str() {
            "CaUsedAsEndEntity" => (
                "it is an authority's own, which is for signing and not for servers".to_owned(),
                "the server needs a certificate of its own, signed by that authority",
            ),
            word => (words(word), REPLACE),
        },
        other => (words(&other.to_string()), REPLACE),
    }
}

/// Takes a name out of the form of the library: `DnsName("host")`.
fn host(name: &str) -> String {
    let inner = name
        .split_once("(\"")
        .and_then(|(_, rest)| rest.strip_suffix("\")"));
    inner.unwrap_or(name).to_owned()
}

/// Makes words of a name such as `PathLenConstraintViolated`; the members that may follow it say nothing to anybody.
fn words(name: &str) -> String {
    let end = name.find([' ', '(', '{']).unwrap_or(name.len());
    if name[end..].starts_with(' ') && !name[end..].starts_with(" {") {
        return name.to_owned();
    }
    let mut words = String::new();
    for c in name[..end].chars() {
        if c.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.extend(c.to_lowercase());
    }
    words
}

#[cfg(test)]
mod tests {
    use std::fmt;
    use std::sync::Arc;

    use rustls::OtherError;
    use rustls::pki_types::{ServerName, UnixTime};

    use super::*;

    #[derive(Debug)]
    struct Said(&'static str);

    impl fmt::Display for Said {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(self.0)
        }
    }

    impl std::error::Error for Said {}

    fn other(word: &'static str) -> Fault {
        Fault::Other(OtherError(Arc::new(Said(word))))
    }

    #[test]
    fn each_fault_is_told_in_words_with_what_to_do() {
        let time = UnixTime::now();
        let expected = ServerName::try_from("a.test").unwrap();
        let presented = vec!["DnsName(\"b.test\")".to_owned()];
        for (fault, why, advice) in [
            (Fault::Expired, "it has expired", "clock"),
            (
                Fault::ExpiredContext {
                    time,
                    not_after: time,
                },
                "it has expired",
                "clock",
            ),
            (
                Fault::NotValidForNameContext { expected, presented },
                "it is for another host: b.test",
                "`url`",
            ),
            (
                other("CaUsedAsEndEntity"),
                "it is an authority's own, which is for signing and not for servers",
                "of its own",
            ),
            (
                other("PathLenConstraintViolated"),
                "path len constraint violated",
                "replace",
            ),
            (
                other("TrailingData(Certificate { x: 1 })"),
                "trailing data",
                "replace",
            ),
            (
                Fault::UnhandledCriticalExtension,
                "unhandled critical extension",
                "replace",
            ),
        ] {
            let (told, what_to_do) = plain(&fault, false);
            assert_eq!(told, why, "{fault:?}");
            assert!(
                what_to_do.contains(advice) && !what_to_do.contains("--ca-file"),
                "{what_to_do}"
            );
        }
    }

    #[test]
    fn a_file_of_certificates_is_not_advised_where_there_is_one() {
        assert!(plain(&Fault::UnknownIssuer, false).1.ends_with("--ca-file FILE"));
        assert!(!plain(&Fault::UnknownIssuer, true).1.contains("--ca-file FILE"));
    }
}
