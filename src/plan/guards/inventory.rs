//! The whole fleet as it was read, so that a computer can be found in it by what it has in common with others.

use std::collections::HashMap;

use crate::plan::KeptComputer;

use super::duplicates::Address;

/// All computers of a fleet.
#[derive(Debug, Clone, Default)]
pub struct Inventory {
    computers: Vec<KeptComputer>,
    by_id: HashMap<String, usize>,
    by_name: HashMap<String, Vec<usize>>,
    by_host: HashMap<String, Vec<usize>>,
    by_address: HashMap<Address, Vec<usize>>,
}

impl Inventory {
    /// Takes the records of a whole fleet. A record that comes twice counts once.
    pub fn of(computers: impl IntoIterator<Item = KeptComputer>) -> Self {
        let mut all = Self::default();
        for computer in computers {
            let at = all.computers.len();
            if !computer.id.is_empty() {
                if all.by_id.contains_key(&computer.id) {
                    continue;
                }
                all.by_id.insert(computer.id.clone(), at);
            }
            all.by_name.entry(folded(&computer.name)).or_default().push(at);
            if let Some(host) = &computer.host {
                all.by_host.entry(folded(host)).or_default().push(at);
            }
            for address in Address::all(&computer.macs) {
                all.by_address.entry(address).or_default().push(at);
            }
            all.computers.push(computer);
        }
        all
    }

    /// Returns how many computers there are.
    pub fn len(&self) -> usize {
        self.computers.len()
    }

    /// Tells whether there is none.
    pub fn is_empty(&self) -> bool {
        self.computers.is_empty()
    }

    /// Finds the record of a computer.
    pub fn find(&self, id: &str) -> Option<&KeptComputer> {
        self.by_id.get(id).map(|at| &self.computers[*at])
    }

    /// Returns those that bear a name, in any case and without regard to space around.
    pub fn bearers(&self, name: &str) -> Vec<&KeptComputer> {
        self.those(self.by_name.get(&folded(name)))
    }

    /// Returns how many records bear a hardware address.
    pub(super) fn records_with(&self, address: Address) -> usize {
        self.by_address.get(&address).map_or(0, Vec::len)
    }

    /// Returns those that have the host name or a hardware address in common with a computer, itself not among them.
    pub(super) fn akin(&self, computer: &KeptComputer) -> Vec<&KeptComputer> {
        let by_host = computer
            .host
            .as_deref()
            .and_then(|host| self.by_host.get(&folded(host)));
        let addresses = Address::all(&computer.macs);
        let by_address = addresses
            .iter()
            .filter_map(|address| self.by_address.get(address));
        let mut akin: Vec<usize> = by_host.into_iter().chain(by_address).flatten().copied().collect();
        akin.sort_unstable();
        akin.dedup();
        let akin = akin.into_iter().map(|at| &self.computers[at]);
        akin.filter(|other| other.id != computer.id).collect()
    }

    fn those(&self, places: Option<&Vec<usize>>) -> Vec<&KeptComputer> {
        places
            .into_iter()
            .flatten()
            .map(|at| &self.computers[*at])
            .collect()
    }
}

/// A name as it is compared: letter case and space around do not tell two names apart.
pub(in crate::plan) fn folded(name: &str) -> String {
    name.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::guards::tests::computer;

    #[test]
    fn a_record_that_comes_twice_counts_once() {
        let all = Inventory::of([
            computer("1"),
            computer("2"),
            computer("1"),
            computer("1"),
            computer("3"),
        ]);
        assert_eq!(all.len(), 3);
        assert_eq!(all.find("1").unwrap().name, "PC-1");
        assert_eq!(all.find("3").unwrap().name, "PC-3");
        assert_eq!(all.find("9"), None);
    }

    #[test]
    fn records_without_an_id_all_count() {
        let all = Inventory::of([computer(""), computer("")]);
        assert_eq!(all.len(), 2);
        assert_eq!(all.bearers("pc- ").len(), 2);
    }

    #[test]
    fn a_computer_is_not_akin_to_itself() {
        let mut records = [computer("1"), computer("2"), computer("3")];
        for record in &mut records {
            record.host = Some("a.lan".to_owned());
        }
        records[2].host = Some("c.lan".to_owned());
        let all = Inventory::of(records.clone());
        let akin: Vec<&str> = all.akin(&records[0]).iter().map(|c| c.id.as_str()).collect();
        assert_eq!(akin, ["2"]);
    }
}
