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
    use super::*;

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
