//! Which profile it is, and everything that it says, its key included.
//!
//! A profile is chosen by `--profile`, by name or by the script, else by `DESKHAND_PROFILE`, else by `default_profile`; then
//! nothing of the environment changes its key or its address. Only where none is chosen is there an implicit one.

mod implicit;

use std::path::{Path, PathBuf};

use super::address;
use super::credentials::{Whereabouts, readable_by_others};
use super::file::{Told, key_name};
use super::{ConfigFile, Credentials, Environment, Error, KeyReference, Paging};
use crate::fleet::{Protected, Vendor};

pub use implicit::is_implicit;

/// What names a value that nobody has set.
const DEFAULT: &str = "default";

/// What named a profile that stands on the command line of a command about profiles, in messages.
pub const COMMAND_LINE: &str = "the command line";

/// A profile that is ready to be used.
#[derive(Debug, Clone)]
pub struct Profile {
    /// Its name; `environment` or `accesskey` for the implicit one.
    pub name: String,
    /// The vendor's address; only whose it is has been checked.
    pub url: String,
    /// Its key, which tells the vendor.
    pub key: Credentials,
    /// How pages are asked for, of RemotePC.
    pub paging: Paging,
    /// Whether nothing may be written.
    pub read_only: bool,
    /// How many requests may be under way at once, if the profile says so.
    pub jobs: Option<usize>,
    /// The computers that are never touched.
    pub protect: Protected,
    /// How many computers a run may remove at most, however large the fleet is, if the profile says so.
    pub max_removals: Option<u32>,
    /// The file of the cleanup policy, if the profile names one.
    pub policy: Option<PathBuf>,
    /// Where each value came from.
    pub source: Source,
    /// What the user should be told, a line each.
    pub warnings: Vec<String>,
}

impl Profile {
    /// Returns whose API it is for.
    pub fn vendor(&self) -> Vendor {
        self.key.vendor()
    }
}

/// Where the values of a profile came from, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// What chose the profile.
    pub profile: String,
    /// What named the address.
    pub url: String,
    /// What held the key.
    pub key: String,
}

/// A profile that somebody has named, and who: it is told where there is no such profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice<'a> {
    /// The option `--profile`.
    Option(&'a str),
    /// The name in a command about profiles.
    Argument(&'a str),
    /// The script, with `fleet("NAME")`.
    Script(&'a str),
}

/// A value, and where it came from in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sourced<T> {
    /// The value.
    pub value: T,
    /// A line of the file, a variable, or that it is the default.
    pub source: String,
}

impl<T> Sourced<T> {
    /// Makes a value of something that is not in the configuration, such as an option.
    pub fn new(value: T, source: impl Into<String>) -> Self {
        Self {
            value,
            source: source.into(),
        }
    }

    fn by_default(value: T) -> Self {
        Self::new(value, DEFAULT)
    }

    /// Takes what a line of the file says.
    fn told(told: &Told<impl Clone + Into<T>>) -> Self {
        Self::new(told.value.clone().into(), told.place.to_string())
    }
}

/// A profile that was chosen, and where each of its values came from. Its key is not fetched yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selected {
    /// Its name, and what chose it.
    pub name: Sourced<String>,
    /// Whose API it is for.
    pub vendor: Sourced<Vendor>,
    /// The vendor's address, which is not the other vendor's.
    pub url: Sourced<String>,
    /// Where its key is.
    pub key: Sourced<KeyReference>,
    /// How pages are asked for, of RemotePC.
    pub paging: Sourced<Paging>,
    /// Whether nothing may be written.
    pub read_only: Sourced<bool>,
    /// How many requests may be under way at once, if the profile says so.
    pub jobs: Sourced<Option<usize>>,
    /// The computers that are never touched.
    pub protect: Sourced<Protected>,
    /// How many computers a run may remove at most, however large the fleet is, if the profile says so.
    pub max_removals: Sourced<Option<u32>>,
    /// The file of the cleanup policy, if the profile names one. A relative path starts from the configuration file.
    pub policy: Sourced<Option<PathBuf>>,
    /// What refers to the key, in messages.
    by: String,
    /// The folder that a key file is relative to.
    base: PathBuf,
}

/// Chooses a profile, and fetches nothing. `script_dir` is where the script is.
///
/// A profile that could not be used is an error: one that says what this version does not heed, one without a key, and one
/// that would take its key to the other vendor.
pub fn select(
    file: &ConfigFile,
    chosen: Option<Choice<'_>>,
    script_dir: Option<&Path>,
    environment: &Environment,
) -> Result<Selected, Error> {
    let choice = chosen
        .map(|choice| match choice {
            Choice::Option(name) => (name, "--profile".to_owned()),
            Choice::Argument(name) => (name, COMMAND_LINE.to_owned()),
            Choice::Script(name) => (name, "fleet(…) in the script".to_owned()),
        })
        .or_else(|| {
            environment
                .var("DESKHAND_PROFILE")
                .map(|name| (name, "DESKHAND_PROFILE".to_owned()))
        })
        .or_else(|| {
            file.default_profile
                .as_ref()
                .map(|told| (told.value.as_str(), format!("default_profile, {}", told.place)))
        });
    if let Some((name, by)) = choice {
        return named(file, name, &by, environment);
    }
    implicit::find(script_dir, environment)?.ok_or_else(|| Error::NoProfile {
        known: file.profiles.keys().cloned().collect(),
    })
}

/// Chooses a profile and fetches its key. `script_dir` is where the script is.
///
/// Reads the key file or runs the program that the profile refers to.
pub fn resolve(
    file: &ConfigFile,
    chosen: Option<Choice<'_>>,
    script_dir: Option<&Path>,
    environment: &Environment,
) -> Result<Profile, Error> {
    select(file, chosen, script_dir, environment)?.fetch(environment)
}

impl Selected {
    /// Returns the file that holds the key, if it is in a file.
    pub fn key_file(&self, environment: &Environment) -> Option<PathBuf> {
        match &self.key.value {
            KeyReference::File(path) => Some(environment.expand(path, &self.base)),
            _ => None,
        }
    }

    /// Returns a warning if the key is in a file that is open to others.
    pub fn exposed(&self, environment: &Environment) -> Option<String> {
        readable_by_others(&self.key_file(environment)?)
    }

    /// Fetches the key.
    pub fn fetch(self, environment: &Environment) -> Result<Profile, Error> {
        let whereabouts = Whereabouts {
            reference: &self.key.value,
            vendor: self.vendor.value,
            base: &self.base,
            by: &self.by,
        };
        let mut warnings = Vec::new();
        Ok(Profile {
            key: whereabouts.fetch(environment, &mut warnings)?,
            name: self.name.value,
            url: self.url.value,
            paging: self.paging.value,
            read_only: self.read_only.value,
            jobs: self.jobs.value,
            protect: self.protect.value,
            max_removals: self.max_removals.value,
            policy: self.policy.value,
            source: Source {
                profile: self.name.source,
                url: self.url.source,
                key: self.key.value.to_string(),
            },
            warnings,
        })
    }
}

fn named(file: &ConfigFile, name: &str, by: &str, environment: &Environment) -> Result<Selected, Error> {
    let entry = file.profile(name, by)?;
    let profile = format!("profile `{name}`");
    if let Some(unsupported) = &entry.unsupported {
        return Err(Error::UnsupportedKey {
            place: unsupported.place.clone(),
            profile: name.to_owned(),
            key: unsupported.value,
        });
    }
    let vendor = entry.vendor.value;
    let key = entry.key.as_ref().ok_or_else(|| Error::MissingKey {
        place: entry.place.clone(),
        profile: name.to_owned(),
        key: key_name(vendor),
    })?;
    if let KeyReference::Keyring(_) = key.value {
        return Err(Error::UnsupportedKeyring { by: profile });
    }
    let url = match &entry.url {
        Some(told) => Sourced::new(told.value.clone(), format!("{profile}, {}", told.place)),
        None => Sourced::by_default(address::usual(vendor).to_owned()),
    };
    address::check(&url.value, vendor, &url.source)?;
    let base = entry.place.path.parent().unwrap_or(&environment.cwd);
    Ok(Selected {
        name: Sourced::new(name.to_owned(), format!("{by} ({})", entry.place)),
        vendor: Sourced::told(&entry.vendor),
        url,
        key: Sourced::told(key),
        paging: or_default(entry.paging.as_ref()),
        read_only: or_default(entry.read_only.as_ref()),
        jobs: or_default(entry.jobs.as_ref()),
        protect: or_default(entry.protect.as_ref()),
        max_removals: or_default(entry.max_removals.as_ref()),
        policy: entry.policy.as_ref().map_or_else(
            || Sourced::by_default(None),
            |told| {
                let file = environment.expand(Path::new(&told.value), base);
                Sourced::new(Some(file), told.place.to_string())
            },
        ),
        by: profile,
        base: base.to_owned(),
    })
}

fn or_default<T: Default>(told: Option<&Told<impl Clone + Into<T>>>) -> Sourced<T> {
    told.map_or_else(|| Sourced::by_default(T::default()), Sourced::told)
}

#[cfg(test)]
mod tests;
