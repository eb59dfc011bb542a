//! The fleet as it is now, and how a machine is known again in it.

use std::collections::HashMap;

use super::Sighting;
use crate::fleet::{Computer, Vendor};
use crate::plan::KeptComputer;
use crate::plan::guards::duplicates::{Address, own_addresses};
use crate::plan::guards::{Inventory, folded};

/// All computers that there are now.
pub(super) struct There<'a> {
    by_id: HashMap<&'a str, &'a Computer>,
    by_host: HashMap<String, Vec<&'a Computer>>,
    inventory: Inventory,
}

impl<'a> There<'a> {
    pub(super) fn of(fleet: &'a [Computer]) -> Self {
        let mut by_host: HashMap<String, Vec<&Computer>> = HashMap::new();
        for computer in fleet {
            if let Some(host) = &computer.host {
                by_host.entry(folded(host)).or_default().push(computer);
            }
        }
        Self {
            by_id: fleet
                .iter()
                .map(|computer| (computer.id.as_str(), computer))
                .collect(),
            by_host,
            inventory: Inventory::of(fleet.iter().map(KeptComputer::from)),
        }
    }

    /// Looks for a computer that was removed.
    pub(super) fn look_for(&self, record: &KeptComputer) -> Sighting<'a> {
        if let Some(computer) = self.by_id.get(record.id.as_str()) {
            return Sighting::Here(computer);
        }
        let host = record.host.as_deref().map(folded).unwrap_or_default();
        if host.is_empty() {
            return Sighting::Unrecognizable("its record has no host name to know it by");
        }
        let of_that_host = self.by_host.get(&host).map_or(&[][..], Vec::as_slice);
        if of_that_host.is_empty() {
            return Sighting::Nowhere;
        }
        let own = own_addresses(record, &self.inventory);
        if own.is_empty() && of_that_host.iter().any(|computer| tells_addresses(computer)) {
            return Sighting::Unrecognizable(
                "its record has no hardware address of its own, and a host name alone does not tell machines apart",
            );
        }
        let fits = |computer: &&Computer| {
            !tells_addresses(computer) || Address::all(&computer.macs).iter().any(|mac| own.contains(mac))
        };
        let fitting: Vec<&Computer> = of_that_host.iter().copied().filter(fits).collect();
        match fitting.as_slice() {
            [] => Sighting::Nowhere,
            [computer] => Sighting::Back(computer),
            _ => Sighting::Several(fitting),
        }
    }

    /// Returns another computer that has a name, in any case, if there is one.
    pub(super) fn another_bearer(&self, name: &str, than: &Computer) -> Option<&KeptComputer> {
        let bearers = self.inventory.bearers(name).into_iter();
        bearers.into_iter().find(|bearer| bearer.id != than.id.as_str())
    }
}

/// Tells whether a computer's vendor tells hardware addresses.
fn tells_addresses(computer: &Computer) -> bool {
    computer.vendor == Vendor::RealVnc
}
