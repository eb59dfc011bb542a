//! Which profile it is, and everything that it says, its key included.
//!
//! A profile is chosen by `--profile` or by the script, else by `DESKHAND_PROFILE`, else by `default_profile`; then nothing of the
//! environment changes its key or its address. Only where none is chosen is there an implicit one: the variables of
//! RealVNC, else those of RemotePC, else a file `accesskey.json` in the current directory, beside the script, or beside
//! the program.

use std::path::Path;

use super::error::shown;
use super::file::{ProfileEntry, key_name};
use super::{AccessKey, ConfigFile, Environment, Error, KeyReference, command};
use crate::fleet::Vendor;

/// Where RealVNC's Gateway API is, if nobody says otherwise.
pub const REALVNC_URL: &str = "https://connect-api.services.vnc.com";

const KEY_FILE: &str = "accesskey.json";

/// A profile that is ready to be used.
#[derive(Debug, Clone)]
pub struct Profile {
    /// Its name; `environment` or `accesskey` for the implicit one.
    pub name: String,
    /// Whose API it is for.
    pub vendor: Vendor,
    /// The vendor's address; nobody has checked it yet.
    pub url: String,
    /// Its key.
    pub key: AccessKey,
    /// Whether nothing may be written.
    pub read_only: bool,
    /// How many requests may be under way at once, if the profile says so.
    pub jobs: Option<usize>,
    /// Where each value came from.
    pub source: Source,
    /// What the user should be told, a line each.
    pub warnings: Vec<String>,
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
    /// The script, with `fleet("NAME")`.
    Script(&'a str),
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
    let choice = chosen
        .map(|choice| match choice {
            Choice::Option(name) => (name, "--profile".to_owned()),
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
                .map(|(name, place)| (name.as_str(), format!("default_profile, {place}")))
        });
    if let Some((name, by)) = choice {
        return named(file, name, by, environment);
    }
    from_variables(environment)
        .or_else(|| from_key_file(script_dir, environment))
        .unwrap_or_else(|| {
            Err(Error::NoProfile {
                file: file.path.clone(),
                known: file.profiles.keys().cloned().collect(),
            })
        })
}

/// The one place that says which vendors there are clients for.
fn supported(vendor: Vendor, by: &str) -> Result<(), Error> {
    match vendor {
        Vendor::RealVnc => Ok(()),
        Vendor::RemotePc => Err(Error::UnsupportedVendor {
            vendor,
            by: by.to_owned(),
        }),
    }
}

fn named(file: &ConfigFile, name: &str, by: String, environment: &Environment) -> Result<Profile, Error> {
    let Some(entry) = file.profiles.get(name) else {
        return Err(Error::UnknownProfile {
            name: name.to_owned(),
            by,
            known: file.profiles.keys().cloned().collect(),
            file: file.path.clone(),
        });
    };
    let profile = format!("profile `{name}`");
    supported(entry.vendor, &profile)?;
    if let Some((key, place)) = &entry.unsupported {
        return Err(Error::UnsupportedKey {
            place: place.clone(),
            profile: name.to_owned(),
            key,
        });
    }
    let reference = entry.key.as_ref().ok_or_else(|| Error::MissingKey {
        place: entry.place.clone(),
        profile: name.to_owned(),
        key: key_name(entry.vendor),
    })?;
    let mut warnings = Vec::new();
    let key = fetch(reference, entry, &profile, environment, &mut warnings)?;
    let (url, url_source) = match &entry.url {
        Some((url, place)) => (url.clone(), format!("{profile}, {place}")),
        None => (REALVNC_URL.to_owned(), "default".to_owned()),
    };
    Ok(Profile {
        name: name.to_owned(),
        vendor: entry.vendor,
        url,
        key,
        read_only: entry.read_only,
        jobs: entry.jobs,
        source: Source {
            profile: format!("{by} ({})", entry.place),
            url: url_source,
            key: format!("{reference:?}"),
        },
        warnings,
    })
}

fn fetch(
    reference: &KeyReference,
    entry: &ProfileEntry,
    by: &str,
    environment: &Environment,
    warnings: &mut Vec<String>,
) -> Result<AccessKey, Error> {
    match reference {
        KeyReference::File(path) => {
            let base = entry.place.path.parent().unwrap_or(&environment.cwd);
            AccessKey::from_file(&environment.expand(path, base), warnings)
        }
        KeyReference::Env(names) => {
            let value = |name: &String| {
                environment.var(name).ok_or_else(|| Error::MissingVariable {
                    by: by.to_owned(),
                    variable: name.clone(),
                })
            };
            let values = names.iter().map(value).collect::<Result<Vec<_>, _>>()?;
            // The file was refused if it named any other number of variables.
            let [id, secret] = values.as_slice() else {
                return Err(Error::BadKey {
                    from: by.to_owned(),
                    why: "does not name two variables".to_owned(),
                });
            };
            Ok(AccessKey::new(id, secret))
        }
        KeyReference::Command(words) => command::key_from(words, by, environment),
        KeyReference::Keyring(_) => Err(Error::UnsupportedKeyring { by: by.to_owned() }),
    }
}

fn from_variables(environment: &Environment) -> Option<Result<Profile, Error>> {
    const ID: &str = "REALVNC_ACCESS_KEY_ID";
    const KEY: &str = "REALVNC_ACCESS_KEY";
    const REMOTEPC: &str = "REMOTEPC_API_KEY";
    let half = |set, missing| Some(Err(Error::HalfKey { set, missing }));
    match (environment.var(ID), environment.var(KEY)) {
        (Some(id), Some(secret)) => {
            let key = AccessKey::new(id, secret);
            Some(Ok(implicit(
                "environment",
                key,
                &format!("{ID} and {KEY}"),
                environment,
            )))
        }
        (Some(_), None) => half(ID, KEY),
        (None, Some(_)) => half(KEY, ID),
        (None, None) => {
            environment.var(REMOTEPC)?;
            supported(Vendor::RemotePc, REMOTEPC).err().map(Err)
        }
    }
}

fn from_key_file(script_dir: Option<&Path>, environment: &Environment) -> Option<Result<Profile, Error>> {
    let dirs = [
        Some(environment.cwd.as_path()),
        script_dir,
        environment.program_dir.as_deref(),
    ];
    let path = dirs
        .into_iter()
        .flatten()
        .map(|dir| dir.join(KEY_FILE))
        .find(|path| path.exists())?;
    let mut warnings = Vec::new();
    let profile = AccessKey::from_file(&path, &mut warnings).map(|key| Profile {
        warnings,
        ..implicit("accesskey", key, &shown(&path), environment)
    });
    Some(profile)
}

/// Makes the implicit profile. `REALVNC_URL` goes with a key file, too: passing over it in silence would send
/// what was meant for a simulator to the vendor.
fn implicit(name: &str, key: AccessKey, source: &str, environment: &Environment) -> Profile {
    const URL: &str = "REALVNC_URL";
    let (url, url_source) = environment
        .var(URL)
        .map_or((REALVNC_URL, "default"), |url| (url, URL));
    Profile {
        name: name.to_owned(),
        vendor: Vendor::RealVnc,
        url: url.to_owned(),
        key,
        read_only: false,
        jobs: None,
        source: Source {
            profile: source.to_owned(),
            url: url_source.to_owned(),
            key: source.to_owned(),
        },
        warnings: Vec::new(),
    }
}

#[cfg(test)]
mod tests;
