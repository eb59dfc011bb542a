//! The profile that there is without any being chosen: the variables of RealVNC, else those of RemotePC, else a file
//! `accesskey.json` in the current directory, beside the script, or beside the program.

use std::path::Path;

use super::{Selected, Sourced};
use crate::config::{Environment, Error, KeyReference, Paging, address};
use crate::fleet::{Protected, Vendor};

const REALVNC_KEY_ID: &str = "REALVNC_ACCESS_KEY_ID";
const REALVNC_KEY: &str = "REALVNC_ACCESS_KEY";
const REMOTEPC_KEY: &str = "REMOTEPC_API_KEY";
const KEY_FILE: &str = "accesskey.json";

/// The name of the profile that variables make.
const OF_VARIABLES: &str = "environment";

/// The name of the profile that a key file makes.
const OF_KEY_FILE: &str = "accesskey";

/// Tells whether a name is that of a profile which nobody has to configure, and which cannot be chosen by its name.
pub fn is_implicit(name: &str) -> bool {
    [OF_VARIABLES, OF_KEY_FILE].contains(&name)
}

/// Finds the implicit profile, if there is one.
pub(super) fn find(script_dir: Option<&Path>, environment: &Environment) -> Result<Option<Selected>, Error> {
    let found = match from_variables(environment)? {
        Some(found) => Some(found),
        None => from_key_file(script_dir, environment),
    };
    if let Some(found) = &found {
        address::check(&found.url.value, found.vendor.value, &found.url.source)?;
    }
    Ok(found)
}

fn from_variables(environment: &Environment) -> Result<Option<Selected>, Error> {
    let of = |vendor, names: &[&str]| {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let source = names.join(" and ");
        let key = KeyReference::Env(names);
        Ok(Some(implicit(OF_VARIABLES, vendor, key, &source, environment)))
    };
    let is_set = |name| environment.var(name).is_some();
    match (is_set(REALVNC_KEY_ID), is_set(REALVNC_KEY)) {
        (true, true) => of(Vendor::RealVnc, &[REALVNC_KEY_ID, REALVNC_KEY]),
        (true, false) => Err(Error::HalfKey {
            set: REALVNC_KEY_ID,
            missing: REALVNC_KEY,
        }),
        (false, true) => Err(Error::HalfKey {
            set: REALVNC_KEY,
            missing: REALVNC_KEY_ID,
        }),
        (false, false) if is_set(REMOTEPC_KEY) => of(Vendor::RemotePc, &[REMOTEPC_KEY]),
        (false, false) => Ok(None),
    }
}

fn from_key_file(script_dir: Option<&Path>, environment: &Environment) -> Option<Selected> {
    let dirs = [
        ("the current directory", Some(environment.cwd.as_path())),
        ("the script's directory", script_dir),
        ("the program's directory", environment.program_dir.as_deref()),
    ];
    let (place, path) = dirs
        .into_iter()
        .filter_map(|(place, dir)| Some((place, dir?.join(KEY_FILE))))
        .find(|(_, path)| path.exists())?;
    let source = format!("{KEY_FILE} in {place}");
    let key = KeyReference::File(path);
    Some(implicit(OF_KEY_FILE, Vendor::RealVnc, key, &source, environment))
}

/// Makes the implicit profile. The variable of the address goes with a key file, too: passing over it in silence would
/// send what was meant for a simulator to the vendor.
fn implicit(
    name: &str,
    vendor: Vendor,
    key: KeyReference,
    source: &str,
    environment: &Environment,
) -> Selected {
    let url = match vendor {
        Vendor::RealVnc => "REALVNC_URL",
        Vendor::RemotePc => "REMOTEPC_URL",
    };
    Selected {
        name: Sourced::new(name.to_owned(), source),
        vendor: Sourced::new(vendor, source),
        url: match environment.var(url) {
            Some(address) => Sourced::new(address.to_owned(), url),
            None => Sourced::by_default(address::usual(vendor).to_owned()),
        },
        key: Sourced::new(key, source),
        paging: Sourced::by_default(Paging::default()),
        read_only: Sourced::by_default(false),
        jobs: Sourced::by_default(None),
        protect: Sourced::by_default(Protected::default()),
        max_removals: Sourced::by_default(None),
        policy: Sourced::by_default(None),
        by: source.to_owned(),
        base: environment.cwd.clone(),
    }
}
