//! Whom to trust: the system's certificates, and those of a file on top.

use std::fs;
use std::path::Path;

use reqwest::{Certificate, ClientBuilder};
use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;

use super::{Error, Settings};

/// Chooses the one implementation of TLS for the process. Without it, making a client panics.
pub(super) fn install() {
    // Failing means that it was chosen before.
    let _ = rustls::crypto::ring::default_provider().install_default();
}

/// Adds what to trust to a client.
pub(super) fn trust(client: ClientBuilder, settings: &Settings) -> Result<ClientBuilder, Error> {
    let more = match &settings.ca_file {
        Some(path) => certificates(path)?,
        None => Vec::new(),
    };
    if settings.base.as_url().scheme() == "http" {
        // A simulator on this machine must work where the system has no certificates at all.
        return Ok(client.tls_certs_only(more));
    }
    Ok(client.tls_certs_merge(more))
}

/// Reads a file of certificates in PEM.
fn certificates(path: &Path) -> Result<Vec<Certificate>, Error> {
    let bad = |why: String| Error::BadSetting {
        what: format!("the certificate file `{}` (--ca-file)", path.display()),
        why,
    };
    let pem = fs::read(path).map_err(|e| bad(e.to_string()))?;
    let mut certificates = Vec::new();
    for (number, der) in (1..).zip(CertificateDer::pem_slice_iter(&pem)) {
        let der = der.map_err(|e| bad(format!("certificate {number} in it is damaged: {e}")))?;
        RootCertStore::empty()
            .add(der.clone())
            .map_err(|e| bad(format!("certificate {number} in it cannot be read: {e}")))?;
        certificates.push(Certificate::from_der(&der).map_err(|e| bad(e.to_string()))?);
    }
    if certificates.is_empty() {
        return Err(bad(
            "it holds no certificate; a PEM file with `-----BEGIN CERTIFICATE-----` is needed".to_owned(),
        ));
    }
    Ok(certificates)
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpListener;
    use std::sync::Arc;
    use std::thread;

    use rustls::pki_types::PrivateKeyDer;
    use rustls::{ServerConfig, ServerConnection, StreamOwned};

    use super::*;
    use crate::http::{BaseUrl, ConnectCause, Method, Request, Transport};
    use crate::secret::Redactor;

    /// A certificate for localhost that nobody trusts, made for these tests and valid until the year 2126.
    const CERTIFICATE: &str = "\
-----BEGIN CERTIFICATE-----
MIIBoDCCAUagAwIBAgIUW+G/t7x6ePXssT8t6L4vydu4ThkwCgYIKoZIzj0EAwIw
GDEWMBQGA1UEAwwNZGVza2hhbmQgdGVzdDAgFw0yNjExMjExOTMxMjNaGA8yMTI2
MTAyODE5MzEyM1owGDEWMBQGA1UEAwwNZGVza2hhbmQgdGVzdDBZMBMGByqGSM49
AgEGCCqGSM49AwEHA0IABNAGICZeNE/XMk9ddg3paw2UNoqRmkyLoHyw/5QH5tl4
THsrkZcSYZVpgWz9lHKF4a/V7QAR+JGirR0hVv6tAtCjbDBqMB0GA1UdDgQWBBT8
pLogxf4+lkEOb0UvJ3EMJXIl8zAfBgNVHSMEGDAWgBT8pLogxf4+lkEOb0UvJ3EM
JXIl8zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwDAYDVR0TAQH/BAIwADAK
BggqhkjOPQQDAgNIADBFAiEA/d9mbF+gNcs2nNlRAaFYCMi33o+2D1iWqax6HOFC
MJcCIGGgo6+xaAfZBrQmcg+I77eMTuuj/Uq9j8NXharh+Y8k
-----END CERTIFICATE-----
";

    /// The key of [`CERTIFICATE`]. It protects nothing.
    const KEY: &str = "\
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgIBlBBPXTqQtDa27t
NjbZO+pTLuRK2m1P30P9+792kCuhRANCAATQBiAmXjRP1zJPXXYN6WsNlDaKkZpM
i6B8sP+UB+bZeEx7K5GXEmGVaYFs/ZRyheGv1e0AEfiRoq0dIVb+rQLQ
-----END PRIVATE KEY-----
";

    /// Starts a server with [`CERTIFICATE`] that answers one request on each of `connections`, and returns its port.
    fn serve(connections: usize) -> u16 {
        install();
        let chain = vec![CertificateDer::from_pem_slice(CERTIFICATE.as_bytes()).unwrap()];
        let key = PrivateKeyDer::from_pem_slice(KEY.as_bytes()).unwrap();
        let config = ServerConfig::builder()
            .with_no_client_auth()
            .with_single_cert(chain, key);
        let config = Arc::new(config.unwrap());
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        thread::spawn(move || {
            for stream in listener.incoming().take(connections).flatten() {
                let connection = ServerConnection::new(config.clone()).unwrap();
                let mut stream = StreamOwned::new(connection, stream);
                let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\n[]";
                if stream.read(&mut [0; 4096]).is_ok() {
                    let _ = stream.write_all(answer);
                }
            }
        });
        port
    }

    async fn get(base: &str, ca_file: Option<&Path>) -> Result<(), Error> {
        let mut settings = Settings::new(BaseUrl::parse(base)?);
        settings.ca_file = ca_file.map(Path::to_owned);
        let transport = Transport::new(settings, Redactor::default())?;
        transport
            .send(Request::new("op", Method::GET, ["x"]))
            .await
            .map(drop)
    }

    #[tokio::test]
    async fn a_file_of_certificates_makes_its_servers_trusted() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("company.pem");
        fs::write(&path, format!("Our own:\n{KEY}{CERTIFICATE}")).unwrap();
        let base = format!("https://127.0.0.1:{}", serve(1));
        get(&base, Some(&path)).await.unwrap();
    }

    #[tokio::test]
    async fn a_server_with_the_wrong_certificate_gets_nothing() {
        // One connection: a second attempt would be refused, and so say something else.
        let base = format!("https://127.0.0.1:{}", serve(1));
        let error = get(&base, None).await.unwrap_err();
        let Error::Connect { source, .. } = &error else {
            panic!("{error}");
        };
        let ConnectCause::Certificate { why, advice } = source else {
            panic!("{source}");
        };
        assert_eq!(why, "nobody whom this computer trusts has signed it");
        assert!(advice.contains("--ca-file"), "{advice}");
    }

    #[tokio::test]
    async fn a_server_without_tls_is_told_in_plain_words() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("https://127.0.0.1:{}", listener.local_addr().unwrap().port());
        thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let _ = stream.read(&mut [0; 4096]);
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n");
            // The client hangs up first: closing with bytes unread would reset the connection under its answer.
            let _ = stream.read_to_end(&mut Vec::new());
        });
        let error = get(&base, None).await.unwrap_err();
        let Error::Connect { source, .. } = &error else {
            panic!("{error}");
        };
        assert!(matches!(source, ConnectCause::NoTls), "{source}");
        assert!(source.to_string().contains("does not speak TLS"), "{source}");
    }

    fn refusal(content: Option<&str>) -> String {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("company.pem");
        if let Some(content) = content {
            fs::write(&path, content).unwrap();
        }
        let error = certificates(&path).unwrap_err().to_string();
        assert!(error.contains("company.pem"), "{error}");
        error
    }

    #[test]
    fn a_missing_file_is_named() {
        assert!(refusal(None).contains("No such file"));
    }

    #[test]
    fn a_file_without_certificates_is_refused() {
        assert!(refusal(Some("")).contains("holds no certificate"));
        assert!(refusal(Some("hello\n")).contains("holds no certificate"));
    }

    #[test]
    fn a_damaged_certificate_is_refused_by_number() {
        let damaged = "-----BEGIN CERTIFICATE-----\naGVsbG8=\n-----END CERTIFICATE-----\n";
        assert!(refusal(Some(damaged)).contains("certificate 1 in it cannot be read"));
    }
}
