//! Where a key is: the configuration never holds the key itself, only a reference to it.

use std::fmt;

/// The forms of a reference, for messages.
pub(super) const FORMS: &str = "file:PATH, env:ID_VAR,KEY_VAR or cmd:PROGRAM ARGUMENTS";

/// A reference to a key.
#[derive(Clone, PartialEq, Eq)]
pub enum KeyReference {
    /// A file of JSON: `file:PATH`, relative to the configuration's directory.
    File(String),
    /// Environment variables: `env:ID_VAR,KEY_VAR`.
    Env(Vec<String>),
    /// A program that prints it, and its arguments: `cmd:PROGRAM ARGUMENTS`.
    Command(Vec<String>),
    /// The keyring of the system: `keyring:NAME`.
    Keyring(String),
}

impl KeyReference {
    /// Reads a reference. The error says what is wrong with it in a form that goes on from the key's name, and never
    /// repeats the text: somebody may have written a key there.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
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
            "file" => needed("file").map(|()| Self::File(rest.to_owned())),
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

/// Tells the arguments of a program from nobody: one of them may be a password.
impl fmt::Debug for KeyReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => write!(f, "file:{path}"),
            Self::Env(names) => write!(f, "env:{}", names.join(",")),
            Self::Command(words) => write!(f, "cmd:{} …", words.first().map_or("", String::as_str)),
            Self::Keyring(name) => write!(f, "keyring:{name}"),
        }
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
        match KeyReference::parse(text).unwrap() {
            KeyReference::Command(words) => words,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn each_form_is_read() {
        assert_eq!(
            KeyReference::parse("file: ~/a b.json"),
            Ok(KeyReference::File("~/a b.json".into()))
        );
        assert_eq!(
            KeyReference::parse("env:ID, KEY"),
            Ok(KeyReference::Env(vec!["ID".into(), "KEY".into()]))
        );
        assert_eq!(
            KeyReference::parse("keyring:acme"),
            Ok(KeyReference::Keyring("acme".into()))
        );
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
            let error = KeyReference::parse(text).unwrap_err();
            assert!(!error.contains("S3cret"), "{text}: {error}");
        }
    }

    #[test]
    fn debug_leaves_the_arguments_of_a_command_out() {
        let reference = KeyReference::parse("cmd:echo S3cretKey").unwrap();
        assert_eq!(format!("{reference:?}"), "cmd:echo …");
    }
}
