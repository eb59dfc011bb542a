//! The computers of the account as one listing shows them, and which of them a name stands for.

use std::collections::HashMap;

use crate::fleet::{ComputerId, ComputerRef, Error, Kind, Result};

use super::PRODUCT;
use super::pages::Listed;
use super::wire::Device;

/// Everything that one listing shows. Many changes may be held against it.
#[derive(Debug)]
pub(super) struct Machines {
    devices: Vec<Device>,
    /// Where the machine of each id is; the first, where the vendor lists one twice.
    by_id: HashMap<String, usize>,
    /// Where the machines of each name are, space around it and case apart.
    by_name: HashMap<String, Vec<usize>>,
}

/// How a computer that was chosen stands to the listing.
#[derive(Debug, PartialEq)]
pub(super) enum Standing<'a> {
    /// It is there, under the name that it had.
    There(&'a Device),
    /// It is there, under this name.
    Renamed(&'a str),
    /// It is not there any more.
    Gone,
}

impl Machines {
    pub(super) fn new(devices: Vec<Device>) -> Self {
        let mut by_id = HashMap::new();
        let mut by_name: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, device) in devices.iter().enumerate() {
            if let Some(id) = device.key() {
                by_id.entry(id.to_owned()).or_insert(at);
            }
            if let Some(name) = &device.host_name {
                by_name.entry(folded(name)).or_default().push(at);
            }
        }
        Self {
            devices,
            by_id,
            by_name,
        }
    }

    /// Returns the machine of an id.
    pub(super) fn find(&self, id: &ComputerId) -> Option<&Device> {
        self.by_id.get(id.as_str()).and_then(|at| self.devices.get(*at))
    }

    /// Compares a computer with the listing.
    pub(super) fn standing(&self, computer: &ComputerRef) -> Standing<'_> {
        match self.find(&computer.id) {
            None => Standing::Gone,
            Some(device) => match device.host_name.as_deref().unwrap_or_default() {
                name if name == computer.name => Standing::There(device),
                name => Standing::Renamed(name),
            },
        }
    }

    /// Refuses a name that several machines bear: the vendor is told names, and which of the machines it would write to
    /// is not documented. Space around a name and letter case do not tell two names apart.
    pub(super) fn only_one(&self, operation: &'static str, name: &str) -> Result<()> {
        let mut ids: Vec<&str> = Vec::new();
        let mut nameless = 0;
        for at in self.by_name.get(&folded(name)).into_iter().flatten() {
            match self.devices[*at].key() {
                Some(id) if ids.contains(&id) => {}
                Some(id) => ids.push(id),
                None => nameless += 1,
            }
        }
        let count = ids.len() + nameless;
        if count < 2 {
            return Ok(());
        }
        let mut listed: Vec<String> = ids.iter().map(|id| format!("`{id}`")).collect();
        if nameless > 0 {
            listed.push(format!("{nameless} without an id"));
        }
        let message = format!(
            "{count} machines are called `{name}` ({}), and {PRODUCT} knows computers by name",
            listed.join(", ")
        );
        Err(Error::new(Kind::Ambiguous, message).operation(operation).hint(
            "give the machines different names first; the name is the host name, set on the machine itself",
        ))
    }
}

fn folded(name: &str) -> String {
    name.trim().to_lowercase()
}

/// Reads the vendor's word for whether a computer is connected; `None` where there is no word, or one that is not known.
/// Only `Offline` is documented.
pub(super) fn online(device: &Device) -> Option<bool> {
    let word = device.host_status_text.as_deref()?.trim();
    if word.eq_ignore_ascii_case("Online") {
        Some(true)
    } else if word.eq_ignore_ascii_case("Offline") {
        Some(false)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn machines(named: &[(&str, &str)]) -> Machines {
        let devices = named.iter().map(|(id, name)| {
            serde_json::from_value(json!({ "machine_id": id, "host_name": name })).unwrap()
        });
        Machines::new(devices.collect())
    }

    fn computer(id: &str, name: &str) -> ComputerRef {
        ComputerRef {
            id: ComputerId::new(id),
            name: name.to_owned(),
        }
    }

    #[test]
    fn a_computer_is_found_by_id_and_compared_by_name() {
        let machines = machines(&[("M1", "A"), ("M2", "B")]);
        assert!(matches!(
            machines.standing(&computer("M1", "A")),
            Standing::There(_)
        ));
        assert_eq!(machines.standing(&computer("M1", "B")), Standing::Renamed("A"));
        assert_eq!(machines.standing(&computer("M1", "a")), Standing::Renamed("A"));
        assert_eq!(machines.standing(&computer("M3", "A")), Standing::Gone);
        assert_eq!(machines.standing(&computer("", "A")), Standing::Gone);
    }

    #[test]
    fn a_name_of_several_machines_is_refused_with_their_ids() {
        let machines = machines(&[
            ("M1", "Kiosk"),
            ("M2", "kiosk "),
            ("", "KIOSK"),
            ("M4", "Kiosk-2"),
            ("M1", "Kiosk"),
        ]);
        let error = machines.only_one("addComment", "Kiosk").unwrap_err();
        assert_eq!(
            (error.kind, error.operation),
            (Kind::Ambiguous, Some("addComment"))
        );
        assert!(
            error
                .message
                .starts_with("3 machines are called `Kiosk` (`M1`, `M2`, 1 without an id)"),
            "{error}"
        );
        assert!(machines.only_one("addComment", "Kiosk-2").is_ok());
        assert!(machines.only_one("addComment", "Nobody").is_ok());
    }

    #[test]
    fn a_machine_that_is_listed_twice_is_one() {
        assert!(
            machines(&[("M1", "A"), ("M1", "A")])
                .only_one("addComment", "A")
                .is_ok()
        );
    }

    #[test]
    fn two_words_are_known() {
        let said = |word: serde_json::Value| {
            online(&serde_json::from_value(json!({ "host_status_text": word })).unwrap())
        };
        for (word, known) in [
            ("Offline", Some(false)),
            (" OFFLINE\n", Some(false)),
            ("online", Some(true)),
            ("Off line", None),
            ("In session", None),
            ("Offline since Monday", None),
            ("", None),
        ] {
            assert_eq!(said(json!(word)), known, "{word:?}");
        }
        assert_eq!(said(json!(null)), None);
        assert_eq!(said(json!(0)), None);
    }
}
