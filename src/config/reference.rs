//! Where a key is: the configuration never holds the key itself, only a reference to it.

use std::fmt;
use std::path::PathBuf;

use super::error::shown;
use crate::fleet::Vendor;
use crate::text::visible;

/// A reference to a key.
#[derive(Clone, PartialEq, Eq)]
pub enum KeyReference {
    /// A file: `file:PATH`, relative to the configuration's directory. It holds the JSON of a RealVNC access key, or a
    /// RemotePC API key on a line of its own.
    File(PathBuf),
    /// Environment variables: `env:ID_VAR,KEY_VAR` for RealVNC, `env:KEY_VAR` for RemotePC.
    Env(Vec<String>),
    /// A program that prints it, and its arguments: `cmd:PROGRAM ARGUMENTS`.
    Command(Vec<String>),
    /// The keyring of the system: `keyring:NAME`.
    Keyring(String),
}

/// What is wrong with a text that should be a reference. It never repeats the text: somebody may have written a key there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoReference {
    /// What is wrong, in a form that goes on from the name of the key or the option.
    pub why: String,
    /// What to write instead.
    pub hint: String,
}

impl KeyReference {
    /// Reads a reference to a key of a vendor.
    pub fn parse(text: &str, vendor: Vendor) -> Result<Self, NoReference> {
        let reference = Self::read(text).map_err(|why| NoReference {
            why,
            hint: format!(
                "write {}: where the key is; the key itself must not stand here",
                Self::forms(vendor)
            ),
        })?;
        match (&reference, vendor) {
            (Self::Env(names), Vendor::RealVnc) if names.len() != 2 => Err(NoReference {
                why: "needs two variables".to_owned(),
                hint: "write env:ID_VAR,KEY_VAR".to_owned(),
            }),
            (Self::Env(names), Vendor::RemotePc) if names.len() != 1 => Err(NoReference {
                why: "needs one variable".to_owned(),
                hint: "write env:KEY_VAR".to_owned(),
            }),
            _ => Ok(reference),
        }
    }

    /// Returns the forms of a reference to a key of a vendor, for messages.
    pub fn forms(vendor: Vendor) -> &'static str {
        match vendor {
            Vendor::RealVnc => "file:PATH, env:ID_VAR,KEY_VAR or cmd:PROGRAM ARGUMENTS",
            Vendor::RemotePc => "file:PATH, env:KEY_VAR or cmd:PROGRAM ARGUMENTS",
        }
    }

    fn read(text: &str) -> Result<Self, String> {
        let Some((scheme, rest)) = text.split_once(':') else {
            return Err("is not a reference".to_owned());
        };
        let rest = rest.trim();
        let needed = |what: &str| {
            if rest.is_empty() {
                Err(format!("names no {what} after `{scheme}:`"))
            } else {
                Ok(())
            }
        };
        match scheme {
            "file" => needed("file").map(|()| Self::File(rest.into())),
            "keyring" => needed("entry").map(|()| Self::Keyring(rest.to_owned())),
            "env" => {
                needed("variable")?;
                let names: Vec<String> = rest.split(',').map(|name| name.trim().to_owned()).collect();
                if names.iter().all(|name| is_variable(name)) {
                    Ok(Self::Env(names))
                } else {
                    Err("does not name environment variables after `env:`".to_owned())
                }
            }
            "cmd" => {
                needed("program")?;
                words(rest).map(Self::Command)
            }
            _ => Err("is not a reference".to_owned()),
        }
    }
}

/// Leaves the arguments of a program out: one of them may be a password.
impl fmt::Display for KeyReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => write!(f, "file:{}", shown(path)),
            Self::Env(names) => write!(f, "env:{}", names.join(",")),
            Self::Command(words) => {
                let program = words.first().map_or("", String::as_str);
                let more = if words.len() > 1 { " …" } else { "" };
                write!(f, "cmd:{}{more}", visible(program))
            }
            Self::Keyring(name) => write!(f, "keyring:{}", visible(name)),
        }
    }
}

impl fmt::Debug for KeyReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

fn is_variable(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// Splits a command into words at blanks; `'…'` and `"…"` hold words together. There is no shell and no escape
/// character, so that a Windows path keeps its backslashes.
fn words(text: &str) -> Result<Vec<String>, String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for c in text.chars() {
        match quote {
            Some(open) if c == open => quote = None,
            None if c == '"' || c == '\'' => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            None if c.is_whitespace() => words.extend(word.take()),
            _ => word.get_or_insert_default().push(c),
        }
    }
    if quote.is_some() {
        return Err("opens a quotation that it does not close".to_owned());
    }
    words.extend(word);
    match words.first() {
        Some(program) if !program.is_empty() => Ok(words),
        _ => Err("names no program after `cmd:`".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn command(text: &str) -> Vec<String> {
        match KeyReference::parse(text, Vendor::RealVnc).unwrap() {
            KeyReference::Command(words) => words,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn each_form_is_read() {
        let read = |text| KeyReference::parse(text, Vendor::RealVnc);
        assert_eq!(
            read("file: ~/a b.json"),
            Ok(KeyReference::File("~/a b.json".into()))
        );
        assert_eq!(
            read("env:ID, KEY"),
            Ok(KeyReference::Env(vec!["ID".into(), "KEY".into()]))
        );
        assert_eq!(read("keyring:acme"), Ok(KeyReference::Keyring("acme".into())));
        assert_eq!(command("cmd:op read op://x"), ["op", "read", "op://x"]);
    }

    #[test]
    fn a_command_is_split_without_a_shell() {
        assert_eq!(
            command(r#"cmd: "C:\Program Files\op.exe"  read 'a "b" $HOME' c"d e"f """#),
            [r"C:\Program Files\op.exe", "read", r#"a "b" $HOME"#, "cd ef", ""]
        );
    }

    #[test]
    fn a_reference_that_is_none_is_not_repeated() {
        for text in [
            "S3cretKey",
            "S3cretKey:x",
            "file:",
            "env:",
            "env:A,",
            "env:A=S3cretKey",
            "cmd:",
            "cmd:a 'S3cretKey",
            "cmd:''",
        ] {
            for vendor in Vendor::ALL {
                let error = format!("{:?}", KeyReference::parse(text, vendor).unwrap_err());
                assert!(!error.contains("S3cret"), "{text}: {error}");
            }
        }
    }

    #[test]
    fn each_vendor_takes_as_many_variables_as_its_key_has_parts() {
        for (text, vendor, hint) in [
            ("env:A", Vendor::RealVnc, "write env:ID_VAR,KEY_VAR"),
            ("env:A,B,C", Vendor::RealVnc, "write env:ID_VAR,KEY_VAR"),
            ("env:A,B", Vendor::RemotePc, "write env:KEY_VAR"),
        ] {
            assert_eq!(KeyReference::parse(text, vendor).unwrap_err().hint, hint);
        }
        assert!(KeyReference::parse("env:A,B", Vendor::RealVnc).is_ok());
        assert!(KeyReference::parse("env:A", Vendor::RemotePc).is_ok());
    }

    #[test]
    fn the_arguments_of_a_command_are_not_shown() {
        let reference = KeyReference::parse("cmd:echo S3cretKey", Vendor::RealVnc).unwrap();
        assert_eq!(format!("{reference} {reference:?}"), "cmd:echo … cmd:echo …");
        let alone = KeyReference::parse("cmd:key-of-acme", Vendor::RealVnc).unwrap();
        assert_eq!(alone.to_string(), "cmd:key-of-acme");
    }
}
