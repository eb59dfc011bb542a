//! What to do now about an error of the configuration.

use std::io;

use super::Error;
use crate::config::address;
use crate::fleet::Vendor;
use crate::suggest;

impl Error {
    /// Returns what to do about it.
    pub fn hint(&self) -> Option<String> {
        Some(match self {
            Self::Interrupted { .. } => return None,
            Self::Unreadable { source, .. } => unreadable(source.kind()).to_owned(),
            Self::Syntax { .. } => "the file is TOML: `key = \"value\"` lines under `[profiles.NAME]`".to_owned(),
            Self::UnknownKey { key, known, .. } => suggest::did_you_mean(key, known.iter().copied())
                .unwrap_or_else(|| format!("the keys are {}", known.join(", "))),
            Self::WrongValue { hint, .. } => hint.clone(),
            Self::MissingKey { key: "vendor", .. } => {
                "write vendor = \"realvnc\" or vendor = \"remotepc\"".to_owned()
            }
            Self::MissingKey { key, .. } => format!("write {key} = \"file:PATH\", \"env:…\" or \"cmd:…\""),
            Self::UnknownProfile { name, known, .. } => unknown_profile(name, known),
            Self::NoProfile { known } => no_profile(known),
            Self::HalfKey { set, missing } => format!("set {missing} as well, or unset {set}"),
            Self::ForeignHost { vendor, owner, .. } => format!(
                "leave the address out to use {}; a profile for {} has vendor = \"{owner}\"",
                address::usual(*vendor),
                owner.product()
            ),
            Self::UnsupportedKey { profile, .. } => format!("take it out of [profiles.{profile}]"),
            Self::UnsupportedKeyring { .. } => "use file:, env: or cmd:".to_owned(),
            Self::BadKey { vendor, .. } => match vendor {
                Vendor::RealVnc => {
                    "the key is written {\"accessKeyId\": \"…\", \"accessKey\": \"…\"}, both as the RealVNC portal shows them"
                }
                Vendor::RemotePc => {
                    "it must be the API key and nothing else, as RemotePC shows it under My Account > API Keys"
                }
            }
            .to_owned(),
            Self::MissingVariable { variable, .. } => format!("set {variable}"),
            Self::Command { vendor, .. } => match vendor {
                Vendor::RealVnc => {
                    "it must print the JSON of an access key file, or the id and the key on two lines"
                }
                Vendor::RemotePc => "it must print the API key on a line",
            }
            .to_owned(),
            Self::ProfileExists { .. } => "choose another name, or replace it with --replace".to_owned(),
            Self::NoDirectory => "name a directory in DESKHAND_CONFIG_DIR".to_owned(),
            Self::Unwritable { .. } => {
                "make it writable, or name another directory in DESKHAND_CONFIG_DIR".to_owned()
            }
            Self::Uneditable { .. } => "change it with a text editor".to_owned(),
        })
    }
}

fn unreadable(why: io::ErrorKind) -> &'static str {
    match why {
        io::ErrorKind::NotFound => "check the path, or put the key's file there",
        io::ErrorKind::PermissionDenied => {
            "make it readable for the user who runs deskhand, and for nobody else"
        }
        io::ErrorKind::IsADirectory => "there must be a file of that name; move the directory away",
        io::ErrorKind::InvalidData => "write it as plain text in UTF-8",
        _ => "check that the path leads to a file of plain text",
    }
}

fn unknown_profile(name: &str, known: &[String]) -> String {
    if known.is_empty() {
        return no_profile(known);
    }
    let list = format!("the profiles are {}", known.join(", "));
    match suggest::did_you_mean(name, known.iter().map(String::as_str)) {
        Some(question) => format!("{question} {list}"),
        None => list,
    }
}

fn no_profile(known: &[String]) -> String {
    let [first, rest @ ..] = known else {
        return "make one with `deskhand profile add`, or set REALVNC_ACCESS_KEY_ID and REALVNC_ACCESS_KEY, or \
                REMOTEPC_API_KEY; --demo needs no account"
            .to_owned();
    };
    let example = format!("--profile {first}, or write default_profile = \"{first}\"");
    if rest.is_empty() {
        format!("choose it with {example}; --demo needs none")
    } else {
        format!(
            "choose one, such as with {example}; the profiles are {}; --demo needs none",
            known.join(", ")
        )
    }
}
