//! The configuration file: what may stand in it, read strictly.
//!
//! ```toml
//! default_profile = "acme"
//!
//! [profiles.acme]
//! vendor = "realvnc"
//! access_key = "file:~/keys/acme.json"
//!
//! [profiles.branch]
//! vendor = "remotepc"
//! api_key = "env:BRANCH_KEY"
//! ```
//!
//! A key that is not known is an error, because a belt that is misspelt would not hold.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use super::reader::{Entry, Reader};
use super::{Dirs, Error, KeyReference, Place};
use crate::encoding;
use crate::fleet::{DefaultAccess, Protected, Protection, Vendor};
use crate::text::visible;

const TOP_KEYS: &[&str] = &["default_profile", "profiles"];
const PROFILE_KEYS: &[&str] = &[
    "vendor",
    "url",
    "access_key",
    "api_key",
    "paging",
    "read_only",
    "jobs",
    "protect",
    "max_removals",
    "policy",
    "default_access",
];
const ACCESSES: [DefaultAccess; 2] = [DefaultAccess::NoOne, DefaultAccess::Everyone];

/// What is read, and checked, but not yet heeded: a belt that does not hold is worse than none.
const UNSUPPORTED: &[&str] = &["default_access"];

/// More requests at once than this help nobody.
const MOST_JOBS: u32 = 64;

/// How RemotePC is asked for a page of a list. Its documentation puts the page into the body of a GET request, which not
/// everything between here and there lets through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Paging {
    /// As documented, and by the query where that does not work.
    #[default]
    Auto,
    /// In the body, as documented.
    Body,
    /// In the query of the address.
    Query,
}

impl Paging {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Auto, Self::Body, Self::Query];

    /// Returns the word of the configuration.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Body => "body",
            Self::Query => "query",
        }
    }

    /// Reads the word of the configuration, in any case.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|paging| paging.as_str().eq_ignore_ascii_case(word))
    }
}

/// A value of the file, and the line that says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told<T> {
    /// The value.
    pub value: T,
    /// The line.
    pub place: Place,
}

/// A configuration file, or that there is none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ConfigFile {
    /// Where the file is or would be; none for a user without a configuration directory.
    pub path: Option<PathBuf>,
    /// The profile that is chosen where nothing else chooses.
    pub default_profile: Option<Told<String>>,
    /// The profiles by name.
    pub profiles: BTreeMap<String, ProfileEntry>,
}

impl ConfigFile {
    /// Finds a profile by name; `by` is what named it, in messages.
    pub fn profile(&self, name: &str, by: &str) -> Result<&ProfileEntry, Error> {
        self.profiles.get(name).ok_or_else(|| Error::UnknownProfile {
            name: name.to_owned(),
            by: by.to_owned(),
            known: self.profiles.keys().cloned().collect(),
        })
    }

    /// Tells whether a profile is the one that is chosen where nothing else chooses.
    pub fn is_default(&self, name: &str) -> bool {
        self.default_profile
            .as_ref()
            .is_some_and(|told| told.value == name)
    }
}

/// A profile as it stands in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileEntry {
    /// Where it begins.
    pub place: Place,
    /// Whose API it is for.
    pub vendor: Told<Vendor>,
    /// The vendor's address, if it is not the usual one.
    pub url: Option<Told<String>>,
    /// Where its key is: `access_key` or `api_key`, by the vendor.
    pub key: Option<Told<KeyReference>>,
    /// How pages are asked for, of RemotePC.
    pub paging: Option<Told<Paging>>,
    /// Whether nothing may be written.
    pub read_only: Option<Told<bool>>,
    /// How many requests may be under way at once.
    pub jobs: Option<Told<usize>>,
    /// The computers that are never touched.
    pub protect: Option<Told<Protected>>,
    /// How many computers a run may remove at most, however large the fleet is.
    pub max_removals: Option<Told<u32>>,
    /// The file of the cleanup policy.
    pub policy: Option<Told<String>>,
    /// Who may see a computer that is taken out of its last group.
    pub default_access: Option<DefaultAccess>,
    /// The first of its keys that this version does not heed: such a profile cannot be used.
    pub unsupported: Option<Told<&'static str>>,
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

/// Reads the text of a configuration file; `path` is where it is, in messages.
pub(super) fn parse(path: &Path, text: &str) -> Result<ConfigFile, Error> {
    let mut file = ConfigFile {
        path: Some(path.to_owned()),
        ..ConfigFile::default()
    };
    for entry in Reader::new(path, text).section()?.entries {
        match entry.key.as_str() {
            "default_profile" => {
                file.default_profile = Some(told(&entry, entry.text("\"NAME\"")?.to_owned()));
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
    if !is_name(&entry.key) {
        return Err(Error::WrongValue {
            place: entry.place,
            key: format!("`{}`", visible(&entry.key)),
            why: "cannot be the name of a profile".to_owned(),
            hint: NAME_RULE.to_owned(),
        });
    }
    let (name, place) = (entry.key.clone(), entry.place.clone());
    let entries = entry.section()?.entries;
    // What the other keys may be depends on the vendor, wherever it stands.
    let Some(vendor) = entries.iter().find(|entry| entry.key == "vendor") else {
        return Err(without_vendor(entries, name, place));
    };
    let mut profile = ProfileEntry {
        vendor: told(vendor, word(vendor, Vendor::ALL, Vendor::as_str)?),
        place,
        url: None,
        key: None,
        paging: None,
        read_only: None,
        jobs: None,
        protect: None,
        max_removals: None,
        policy: None,
        default_access: None,
        unsupported: None,
    };
    for entry in entries {
        if profile.unsupported.is_none() {
            let key = UNSUPPORTED.iter().find(|key| **key == entry.key);
            profile.unsupported = key.map(|key| told(&entry, *key));
        }
        match entry.key.as_str() {
            "vendor" => {}
            "url" => profile.url = Some(told(&entry, entry.text("\"https://HOST\"")?.to_owned())),
            "access_key" | "api_key" => {
                profile.key = Some(told(&entry, key_of(&entry, profile.vendor.value)?));
            }
            "paging" => profile.paging = Some(told(&entry, paging_of(&entry, profile.vendor.value)?)),
            "read_only" => profile.read_only = Some(told(&entry, entry.flag()?)),
            "jobs" => profile.jobs = Some(told(&entry, entry.number(1, MOST_JOBS)? as usize)),
            "protect" => {
                profile.protect = Some(told(&entry, protected(&entry, profile.vendor.value)?));
            }
            "max_removals" => profile.max_removals = Some(told(&entry, entry.number(0, u32::MAX)?)),
            "policy" => profile.policy = Some(told(&entry, entry.text("\"PATH\"")?.to_owned())),
            "default_access" => profile.default_access = Some(word(&entry, ACCESSES, DefaultAccess::as_str)?),
            _ => return Err(unknown(entry, &name)),
        }
    }
    Ok(profile)
}

/// A vendor that is missing may be one that is misspelt.
fn without_vendor(entries: Vec<Entry<'_>>, profile: String, place: Place) -> Error {
    let is_unknown = |entry: &Entry<'_>| !PROFILE_KEYS.contains(&entry.key.as_str());
    match entries.into_iter().find(is_unknown) {
        Some(entry) => unknown(entry, &profile),
        None => Error::MissingKey {
            place,
            profile,
            key: "vendor",
        },
    }
}

fn unknown(entry: Entry<'_>, profile: &str) -> Error {
    entry.unknown(&format!("profile `{profile}`"), PROFILE_KEYS)
}

fn told<T>(entry: &Entry<'_>, value: T) -> Told<T> {
    Told {
        value,
        place: entry.place.clone(),
    }
}

/// What a profile may be called, for messages.
pub const NAME_RULE: &str = "use letters, digits, `-`, `_` and `.`";

/// Tells whether a profile may be called so: profiles give their names to files, too.
pub fn is_name(name: &str) -> bool {
    let plain = name.chars().all(|c| c.is_alphanumeric() || "-_.".contains(c));
    plain && !name.is_empty() && !name.starts_with('.')
}

/// Returns the name of the key with which a profile of a vendor refers to its credentials.
pub fn key_name(vendor: Vendor) -> &'static str {
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
    KeyReference::parse(entry.text("\"file:PATH\"")?, vendor)
        .map_err(|wrong| entry.wrong(wrong.why, wrong.hint))
}

fn paging_of(entry: &Entry<'_>, vendor: Vendor) -> Result<Paging, Error> {
    match vendor {
        Vendor::RemotePc => word(entry, Paging::ALL, Paging::as_str),
        Vendor::RealVnc => Err(entry.wrong(
            format!("is not a key of a {vendor} profile"),
            "take it out: RealVNC Connect itself says where the next page is",
        )),
    }
}

fn protected(entry: &Entry<'_>, vendor: Vendor) -> Result<Protected, Error> {
    let mut protected = Vec::new();
    for text in entry.texts("[\"DC-*\", \"group:Servers\"]")? {
        let protection = Protection::parse(&text)
            .map_err(|wrong| entry.wrong(format!("holds `{}`: {}", visible(&text), wrong.why), wrong.hint))?;
        if vendor == Vendor::RemotePc && matches!(protection, Protection::Group(_)) {
            return Err(entry.wrong(
                format!(
                    "holds `{}`, which could not hold: RemotePC does not tell which group a computer is in",
                    visible(&text)
                ),
                "write the names of the computers, such as `DC-*`",
            ));
        }
        protected.push(protection);
    }
    Ok(Protected::new(protected))
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
                format!("write {}", or(&names)),
            )
        })
}

/// Joins words: `a, b or c`.
fn or(words: &[&str]) -> String {
    match words {
        [some @ .., last] if !some.is_empty() => format!("{} or {last}", some.join(", ")),
        words => words.concat(),
    }
}

#[cfg(test)]
mod tests;
