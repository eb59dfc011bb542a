//! The configuration file: what may stand in it, read strictly.
//!
//! ```toml
//! default_profile = "acme"
//!
//! [profiles.acme]
//! vendor = "realvnc"
//! access_key = "file:~/keys/acme.json"
//! ```
//!
//! A key that is not known is an error, because a belt that is misspelt would not hold.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use super::reader::{Entry, Reader};
use super::reference::FORMS;
use super::{Dirs, Error, KeyReference, Place};
use crate::encoding;
use crate::fleet::{DefaultAccess, Vendor};
use crate::text::visible;

const TOP_KEYS: &[&str] = &["default_profile", "profiles"];
const PROFILE_KEYS: &[&str] = &[
    "vendor",
    "url",
    "access_key",
    "api_key",
    "read_only",
    "jobs",
    "protect",
    "max_removals",
    "policy",
    "default_access",
];
const VENDORS: [Vendor; 2] = [Vendor::RealVnc, Vendor::RemotePc];
const ACCESSES: [DefaultAccess; 2] = [DefaultAccess::NoOne, DefaultAccess::Everyone];

/// What is read, and checked, but not yet heeded: a belt that does not hold is worse than none.
const UNSUPPORTED: &[&str] = &["protect", "max_removals", "policy", "default_access"];

/// More requests at once than this help nobody.
const MOST_JOBS: u32 = 64;

/// A configuration file, or that there is none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ConfigFile {
    /// Where the file is or would be; none for a user without a configuration directory.
    pub path: Option<PathBuf>,
    /// The profile that is chosen where nothing else chooses, and the line that says so.
    pub default_profile: Option<(String, Place)>,
    /// The profiles by name.
    pub profiles: BTreeMap<String, ProfileEntry>,
}

/// A profile as it stands in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileEntry {
    /// Where it begins.
    pub place: Place,
    /// Whose API it is for.
    pub vendor: Vendor,
    /// The vendor's address, if it is not the usual one, and the line that says so.
    pub url: Option<(String, Place)>,
    /// Where its key is: `access_key` or `api_key`, by the vendor.
    pub key: Option<KeyReference>,
    /// Whether nothing may be written.
    pub read_only: bool,
    /// How many requests may be under way at once.
    pub jobs: Option<usize>,
    /// Ids, name patterns and groups of computers that are never touched.
    pub protect: Vec<String>,
    /// How many computers a run may remove.
    pub max_removals: Option<u32>,
    /// The file of the cleanup policy.
    pub policy: Option<String>,
    /// Who may see a computer that is taken out of its last group.
    pub default_access: Option<DefaultAccess>,
    /// The first of its keys that this version does not heed, and its line: such a profile cannot be used.
    pub unsupported: Option<(&'static str, Place)>,
}

/// Reads the configuration file. That there is none is not an error; that it cannot be read is.
pub fn load(dirs: &Dirs) -> Result<ConfigFile, Error> {
    let Some(path) = dirs.config_file() else {
        return Ok(ConfigFile::default());
    };
    match encoding::read(&path) {
        Ok(text) => parse(&path, &text),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(ConfigFile {
            path: Some(path),
            ..ConfigFile::default()
        }),
        Err(source) => Err(Error::Unreadable { path, source }),
    }
}

fn parse(path: &Path, text: &str) -> Result<ConfigFile, Error> {
    let mut file = ConfigFile {
        path: Some(path.to_owned()),
        ..ConfigFile::default()
    };
    for entry in Reader::new(path, text).section()?.entries {
        match entry.key.as_str() {
            "default_profile" => {
                file.default_profile = Some((entry.text("\"NAME\"")?.to_owned(), entry.place.clone()));
            }
            "profiles" => {
                for profile in entry.section()?.entries {
                    let name = profile.key.clone();
                    file.profiles.insert(name, profile_of(profile)?);
                }
            }
            _ => return Err(entry.unknown("the top level", TOP_KEYS)),
        }
    }
    Ok(file)
}

fn profile_of(entry: Entry<'_>) -> Result<ProfileEntry, Error> {
    check_name(&entry)?;
    let name = entry.key.clone();
    let mut profile = ProfileEntry {
        place: entry.place.clone(),
        vendor: Vendor::RealVnc,
        url: None,
        key: None,
        read_only: false,
        jobs: None,
        protect: Vec::new(),
        max_removals: None,
        policy: None,
        default_access: None,
        unsupported: None,
    };
    let mut vendor = None;
    let mut keys = Vec::new();
    for entry in entry.section()?.entries {
        if profile.unsupported.is_none() {
            let key = UNSUPPORTED.iter().find(|key| **key == entry.key);
            profile.unsupported = key.map(|key| (*key, entry.place.clone()));
        }
        match entry.key.as_str() {
            "vendor" => vendor = Some(word(&entry, VENDORS, Vendor::as_str)?),
            "url" => {
                profile.url = Some((entry.text("\"https://HOST\"")?.to_owned(), entry.place.clone()));
            }
            "access_key" | "api_key" => keys.push(entry),
            "read_only" => profile.read_only = entry.flag()?,
            "jobs" => profile.jobs = Some(entry.number(1, MOST_JOBS)? as usize),
            "protect" => profile.protect = entry.texts("[\"DC-*\", \"group:Servers\"]")?,
            "max_removals" => profile.max_removals = Some(entry.number(0, u32::MAX)?),
            "policy" => profile.policy = Some(entry.text("\"PATH\"")?.to_owned()),
            "default_access" => profile.default_access = Some(word(&entry, ACCESSES, DefaultAccess::as_str)?),
            _ => return Err(entry.unknown(&format!("profile `{name}`"), PROFILE_KEYS)),
        }
    }
    profile.vendor = vendor.ok_or_else(|| Error::MissingKey {
        place: profile.place.clone(),
        profile: name,
        key: "vendor",
    })?;
    for key in keys {
        profile.key = Some(key_of(&key, profile.vendor)?);
    }
    Ok(profile)
}

/// Profiles give their names to files, too.
fn check_name(entry: &Entry<'_>) -> Result<(), Error> {
    let name = &entry.key;
    let plain = name.chars().all(|c| c.is_alphanumeric() || "-_.".contains(c));
    if plain && !name.is_empty() && !name.starts_with('.') {
        return Ok(());
    }
    Err(Error::WrongValue {
        place: entry.place.clone(),
        key: format!("`{}`", visible(name)),
        why: "cannot be the name of a profile".to_owned(),
        hint: "use letters, digits, `-`, `_` and `.`".to_owned(),
    })
}

/// Returns the name of the key with which a profile of a vendor refers to its credentials.
pub(super) fn key_name(vendor: Vendor) -> &'static str {
    match vendor {
        Vendor::RealVnc => "access_key",
        Vendor::RemotePc => "api_key",
    }
}

fn key_of(entry: &Entry<'_>, vendor: Vendor) -> Result<KeyReference, Error> {
    let right = key_name(vendor);
    if entry.key != right {
        return Err(entry.wrong(
            format!("is not a key of a {vendor} profile"),
            format!("a {vendor} profile has `{right}`"),
        ));
    }
    let reference = KeyReference::parse(entry.text("\"file:PATH\"")?).map_err(|why| {
        entry.wrong(
            why,
            format!("write {FORMS}; a key itself must not stand in this file"),
        )
    })?;
    match (&reference, vendor) {
        (KeyReference::Env(names), Vendor::RealVnc) if names.len() != 2 => {
            Err(entry.wrong("needs two variables", "write env:ID_VAR,KEY_VAR"))
        }
        (KeyReference::Env(names), Vendor::RemotePc) if names.len() != 1 => {
            Err(entry.wrong("needs one variable", "write env:KEY_VAR"))
        }
        _ => Ok(reference),
    }
}

/// Reads one of a few words, in any case.
fn word<T: Copy, const N: usize>(
    entry: &Entry<'_>,
    words: [T; N],
    name: fn(T) -> &'static str,
) -> Result<T, Error> {
    let names = words.map(name);
    let text = entry.text(&format!("\"{}\"", names[0]))?;
    words
        .into_iter()
        .find(|word| name(*word).eq_ignore_ascii_case(text))
        .ok_or_else(|| {
            // No guess: of two words the nearer one can be the opposite of what was meant.
            entry.wrong(
                format!("cannot be `{}`", visible(text)),
                format!("write {}", names.join(" or ")),
            )
        })
}

#[cfg(test)]
mod tests;
