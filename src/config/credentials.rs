//! A vendor's key, fetched from where the configuration says that it is.

use std::path::Path;

use super::command::Program;
use super::error::shown;
use super::{AccessKey, Environment, Error, KeyReference, api_key};
use crate::encoding;
use crate::fleet::Vendor;
use crate::secret::Secret;

/// The key to an account. Which sort it is tells the vendor, so that a key cannot be taken for the other vendor's.
#[derive(Debug, Clone)]
pub enum Credentials {
    /// An access key of RealVNC Connect.
    AccessKey(AccessKey),
    /// An API key of RemotePC Enterprise.
    ApiKey(Secret),
}

impl Credentials {
    /// Returns whose key it is.
    pub fn vendor(&self) -> Vendor {
        match self {
            Self::AccessKey(_) => Vendor::RealVnc,
            Self::ApiKey(_) => Vendor::RemotePc,
        }
    }
}

/// A reference to a key, and what has to be known to follow it.
pub(super) struct Whereabouts<'a> {
    /// The reference.
    pub(super) reference: &'a KeyReference,
    /// Whose key it is.
    pub(super) vendor: Vendor,
    /// The folder that a file is relative to.
    pub(super) base: &'a Path,
    /// What refers to the key, in messages.
    pub(super) by: &'a str,
}

impl Whereabouts<'_> {
    /// Reads the file, the variables, or what the program prints. Adds a warning if a file may be read by others, too.
    pub(super) fn fetch(
        &self,
        environment: &Environment,
        warnings: &mut Vec<String>,
    ) -> Result<Credentials, Error> {
        match self.reference {
            KeyReference::File(path) => self.in_file(&environment.expand(path, self.base), warnings),
            KeyReference::Env(names) => self.in_variables(names, environment),
            KeyReference::Command(words) => self.printed_by(words, environment),
            KeyReference::Keyring(_) => Err(Error::UnsupportedKeyring {
                by: self.by.to_owned(),
            }),
        }
    }

    fn in_file(&self, path: &Path, warnings: &mut Vec<String>) -> Result<Credentials, Error> {
        let text = encoding::read(path).map_err(|source| Error::Unreadable {
            path: path.to_owned(),
            source,
        })?;
        warnings.extend(readable_by_others(path));
        let from = shown(path);
        match self.vendor {
            Vendor::RealVnc => AccessKey::from_json(&text, &from).map(Credentials::AccessKey),
            Vendor::RemotePc => api_key::read(&text, &from).map(Credentials::ApiKey),
        }
    }

    fn in_variables(&self, names: &[String], environment: &Environment) -> Result<Credentials, Error> {
        let value = |name: &String| {
            environment.var(name).ok_or_else(|| Error::MissingVariable {
                by: self.by.to_owned(),
                variable: name.clone(),
            })
        };
        let values = names.iter().map(value).collect::<Result<Vec<_>, _>>()?;
        match (self.vendor, values.as_slice()) {
            (Vendor::RealVnc, [id, secret]) => Ok(Credentials::AccessKey(AccessKey::new(id, secret))),
            (Vendor::RemotePc, [key]) => api_key::read(key, &names.join(",")).map(Credentials::ApiKey),
            // A reference that names any other number was refused when it was read.
            (vendor, _) => Err(Error::BadKey {
                from: self.by.to_owned(),
                vendor,
                why: "names another number of variables than the key has parts".to_owned(),
            }),
        }
    }

    fn printed_by(&self, words: &[String], environment: &Environment) -> Result<Credentials, Error> {
        let program = Program {
            words,
            by: self.by,
            vendor: self.vendor,
        };
        let output = program.output(environment)?;
        match self.vendor {
            Vendor::RealVnc => AccessKey::printed(&output, &program).map(Credentials::AccessKey),
            Vendor::RemotePc => {
                let from = format!("the output of `{}`", program.name());
                api_key::read(&output, &from).map(Credentials::ApiKey)
            }
        }
    }
}

/// Returns a warning if others than its owner may read a file, or write it.
#[cfg(unix)]
pub(super) fn readable_by_others(path: &Path) -> Option<String> {
    use std::os::unix::fs::PermissionsExt;

    let mode = std::fs::metadata(path).ok()?.permissions().mode() & 0o777;
    (mode & 0o077 != 0).then(|| {
        let path = shown(path);
        format!("{path} holds a key and is open to others (mode {mode:03o}); close it with: chmod 600 {path}")
    })
}

#[cfg(not(unix))]
pub(super) fn readable_by_others(_: &Path) -> Option<String> {
    None
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// The text of a key file of each vendor, and what is in it.
    const KEYS: [(Vendor, &str, &str); 2] = [
        (
            Vendor::RealVnc,
            "{\"accessKeyId\":\"id\",\"accessKey\":\"s3cr3t\"}\r\n",
            "id s3cr3t",
        ),
        (Vendor::RemotePc, "  s3cr3t\r\n\r\n", "s3cr3t"),
    ];

    fn fetch(
        reference: &str,
        vendor: Vendor,
        base: &Path,
        environment: &Environment,
    ) -> (Result<String, Error>, Vec<String>) {
        let mut warnings = Vec::new();
        let whereabouts = Whereabouts {
            reference: &KeyReference::parse(reference, vendor).unwrap(),
            vendor,
            base,
            by: "profile `acme`",
        };
        let key = whereabouts.fetch(environment, &mut warnings).map(|key| {
            assert_eq!(key.vendor(), vendor);
            match key {
                Credentials::AccessKey(key) => format!("{} {}", key.id, key.secret.expose()),
                Credentials::ApiKey(key) => key.expose().to_owned(),
            }
        });
        (key, warnings)
    }

    #[test]
    fn a_file_is_read_in_every_encoding_of_windows() {
        let dir = tempfile::tempdir().unwrap();
        for (vendor, text, expected) in KEYS {
            let marked = format!("\u{feff}{text}");
            let le: Vec<u8> = marked.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let be: Vec<u8> = marked.encode_utf16().flat_map(u16::to_be_bytes).collect();
            for bytes in [text.as_bytes().to_vec(), marked.as_bytes().to_vec(), le, be] {
                fs::write(dir.path().join("k"), bytes).unwrap();
                let (key, _) = fetch("file:k", vendor, dir.path(), &Environment::default());
                assert_eq!(key.unwrap(), expected);
            }
        }
    }

    #[test]
    fn a_missing_file_and_bytes_that_are_no_text_are_named() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("k");
        for (vendor, ..) in KEYS {
            let fetched = || fetch("file:k", vendor, dir.path(), &Environment::default()).0;
            let error = fetched().unwrap_err();
            let start = format!("{} cannot be read: ", path.display());
            assert!(error.to_string().starts_with(&start), "{error}");
            assert!(error.hint().unwrap().contains("check the path"));
            fs::write(&path, b"caf\xe9").unwrap();
            let error = fetched().unwrap_err();
            assert!(
                error.to_string().ends_with("it is neither UTF-8 nor UTF-16 text"),
                "{error}"
            );
            fs::remove_file(&path).unwrap();
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_others_can_read_is_warned_about() {
        use std::os::unix::fs::PermissionsExt;

        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("k");
        for (vendor, text, _) in KEYS {
            fs::write(&path, text).unwrap();
            let warnings = |mode: u32| {
                fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
                let (key, warnings) = fetch("file:k", vendor, dir.path(), &Environment::default());
                key.unwrap();
                warnings
            };
            assert!(warnings(0o600).is_empty());
            assert!(warnings(0o400).is_empty());
            for mode in [0o644, 0o640, 0o604, 0o620] {
                let warnings = warnings(mode);
                assert_eq!(warnings.len(), 1);
                assert!(
                    warnings[0].contains(&format!("(mode {mode:03o})")),
                    "{warnings:?}"
                );
            }
        }
    }

    #[test]
    fn variables_hold_the_parts_of_a_key() {
        let environment = Environment {
            vars: [("ID", "id"), ("KEY", " s3cr3t "), ("LONG", "S3cret key")]
                .map(|(k, v)| (k.to_owned(), v.to_owned()))
                .into(),
            ..Environment::default()
        };
        let read = |reference, vendor| {
            fetch(reference, vendor, Path::new(""), &environment)
                .0
                .map_err(|e| e.to_string())
        };
        assert_eq!(read("env:ID,KEY", Vendor::RealVnc).unwrap(), "id s3cr3t");
        assert_eq!(read("env:KEY", Vendor::RemotePc).unwrap(), "s3cr3t");
        assert_eq!(
            read("env:NONE", Vendor::RemotePc).unwrap_err(),
            "profile `acme` takes its key from the environment, but NONE is not set"
        );
        assert_eq!(
            read("env:LONG", Vendor::RemotePc).unwrap_err(),
            "LONG holds blanks or other characters that cannot be part of a key"
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_program_prints_the_key_of_either_vendor() {
        let environment = Environment {
            vars: [("PATH".to_owned(), "/usr/bin:/bin".to_owned())].into(),
            cwd: "/".into(),
            ..Environment::default()
        };
        let printed = |text: &str, vendor| {
            let reference = format!("cmd:printf '{text}'");
            fetch(&reference, vendor, Path::new(""), &environment).0
        };
        assert_eq!(printed(r"id\ns3cr3t\n", Vendor::RealVnc).unwrap(), "id s3cr3t");
        assert_eq!(printed(r"s3cr3t\n", Vendor::RemotePc).unwrap(), "s3cr3t");
        let error = printed(r"S3cret\nkey\n", Vendor::RemotePc).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the output of `printf` has 2 lines instead of one"
        );
        assert!(error.hint().unwrap().contains("API key"), "{error:?}");
    }
}
