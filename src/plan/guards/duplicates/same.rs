//! Are two records of one machine?

use crate::plan::KeptComputer;
use crate::plan::guards::Inventory;
use crate::plan::guards::inventory::folded;

use super::Address;

/// An address that more records than this bear is that of a dock or of an adapter that goes around.
const BORNE_BY: usize = 3;

/// Whether two records are of one machine, and why; each reason is to be read behind "…: ".
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Same {
    /// They are.
    Yes(String),
    /// They are not.
    No(String),
    /// The records do not tell.
    Unclear(String),
}

/// Tells whether two records are of one machine: by a hardware address that is the machine's own, or by host name and
/// system where no addresses conflict. Addresses that have nothing in common always mean two machines.
///
/// `inventory` is the whole fleet: it shows which addresses go around.
pub fn same_machine(a: &KeptComputer, b: &KeptComputer, inventory: &Inventory) -> Same {
    let (all_a, all_b) = (Address::all(&a.macs), Address::all(&b.macs));
    let common: Vec<Address> = all_a
        .iter()
        .filter(|address| all_b.contains(address))
        .copied()
        .collect();
    if common.is_empty() && !all_a.is_empty() && !all_b.is_empty() {
        return Same::No("they have no hardware address in common".to_owned());
    }
    let own = |all: &[Address]| own(all, inventory);
    let (own_a, own_b, own_common) = (own(&all_a), own(&all_b), own(&common));
    let hosts = pair(a.host.as_deref(), b.host.as_deref());
    if let Some(address) = own_common.first() {
        let both_have_more = own_a.len() > own_common.len() && own_b.len() > own_common.len();
        if both_have_more && hosts == Pair::Differ {
            return Same::Unclear(format!(
                "both have the hardware address {address}, which may be that of a dock: the other addresses and the host names \
                 differ"
            ));
        }
        return Same::Yes(format!("both have the hardware address {address}"));
    }
    if !own_a.is_empty() && !own_b.is_empty() {
        return Same::No(
            "the only hardware addresses that they have in common are those of docks, VPNs or virtual machines".to_owned(),
        );
    }
    match (hosts, pair(a.os.as_deref(), b.os.as_deref())) {
        (Pair::Same, Pair::Same) => Same::Yes(format!(
            "both have the host name '{}' and the same system, and no hardware addresses that conflict",
            a.host.as_deref().unwrap_or_default()
        )),
        (Pair::Same, _) => {
            Same::Unclear("they have the host name in common, and not surely the system".to_owned())
        }
        _ => Same::Unclear("they have neither a hardware address nor a host name in common".to_owned()),
    }
}

/// Returns the hardware addresses of a record that are the machine's own, and tell it from others: not those of programs,
/// docks and adapters that go around.
pub fn own_addresses(record: &KeptComputer, inventory: &Inventory) -> Vec<Address> {
    own(&Address::all(&record.macs), inventory)
}

fn own(addresses: &[Address], inventory: &Inventory) -> Vec<Address> {
    let goes_around = |address: Address| address.is_virtual() || inventory.records_with(address) > BORNE_BY;
    addresses
        .iter()
        .filter(|address| !goes_around(**address))
        .copied()
        .collect()
}

/// How two values stand to each other that may both be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pair {
    Same,
    Differ,
    Unknown,
}

fn pair(a: Option<&str>, b: Option<&str>) -> Pair {
    let known = |text: Option<&str>| text.map(folded).filter(|text| !text.is_empty());
    match (known(a), known(b)) {
        (Some(a), Some(b)) if a == b => Pair::Same,
        (Some(_), Some(_)) => Pair::Differ,
        _ => Pair::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::guards::tests::computer;

    const ONE: &str = "e8:6a:64:00:00:01";
    const TWO: &str = "e8:6a:64:00:00:02";
    const DOCK: &str = "e8:6a:64:00:00:dd";
    const VM: &str = "00:50:56:00:00:01";

    fn record(id: &str, host: &str, macs: &[&str]) -> KeptComputer {
        KeptComputer {
            host: Some(host.to_owned()),
            os: Some("Windows 11 Pro 23H2".to_owned()),
            macs: macs.iter().map(ToString::to_string).collect(),
            ..computer(id)
        }
    }

    /// The first word of the judgement on the first two of a fleet.
    fn said(fleet: &[KeptComputer]) -> String {
        let inventory = Inventory::of(fleet.iter().cloned());
        let there = same_machine(&fleet[0], &fleet[1], &inventory);
        assert_eq!(
            std::mem::discriminant(&there),
            std::mem::discriminant(&same_machine(&fleet[1], &fleet[0], &inventory)),
            "{there:?}"
        );
        match there {
            Same::Yes(why) => format!("yes: {why}"),
            Same::No(why) => format!("no: {why}"),
            Same::Unclear(why) => format!("unclear: {why}"),
        }
    }

    #[test]
    fn an_address_of_its_own_makes_one_machine_even_under_another_host_name() {
        let said = said(&[
            record("1", "old.lan", &[ONE]),
            record("2", "new.lan", &[ONE, TWO]),
        ]);
        assert_eq!(said, format!("yes: both have the hardware address {ONE}"));
    }

    #[test]
    fn addresses_apart_make_two_whatever_the_names() {
        let macs = [[ONE], [TWO]];
        let fleet = macs.map(|macs| record(macs[0], "lab.lan", &macs));
        assert_eq!(said(&fleet), "no: they have no hardware address in common");
        let clones = [
            record("1", "vm.lan", &[VM]),
            record("2", "vm.lan", &["00:50:56:00:00:02"]),
        ];
        assert!(said(&clones).starts_with("no: "));
    }

    #[test]
    fn host_name_and_system_do_where_no_addresses_conflict() {
        let mut fleet = [record("1", "Front.LAN ", &[]), record("2", "front.lan", &[ONE])];
        assert!(said(&fleet).starts_with("yes: both have the host name 'Front.LAN '"));
        fleet[0].os = Some("Windows 10".to_owned());
        assert!(said(&fleet).starts_with("unclear: they have the host name in common"));
        fleet[0].os = None;
        assert!(said(&fleet).starts_with("unclear: "));
    }

    #[test]
    fn an_address_that_many_bear_is_that_of_a_dock() {
        let laptop = |id: &str, own: &str| record(id, &format!("{id}.lan"), &[own, DOCK]);
        let four = [
            laptop("1", ONE),
            laptop("2", TWO),
            laptop("3", "e8:6a:64:00:00:03"),
            laptop("4", "e8:6a:64:00:00:04"),
        ];
        assert!(said(&four).starts_with("no: the only hardware addresses that they have in common"));
        // Of three nobody can say, because of what else they have.
        assert!(
            said(&four[..3])
                .starts_with("unclear: both have the hardware address e8:6a:64:00:00:dd, which may be")
        );
    }

    #[test]
    fn an_address_of_a_program_is_no_evidence() {
        let fleet = [record("1", "a.lan", &[VM]), record("2", "b.lan", &[VM])];
        assert_eq!(
            said(&fleet),
            "unclear: they have neither a hardware address nor a host name in common"
        );
        let one_host = [record("1", "a.lan", &[VM, ONE]), record("2", "a.lan", &[VM, TWO])];
        assert!(said(&one_host).starts_with("no: "));
    }

    #[test]
    fn records_that_tell_nothing_are_not_one_machine() {
        assert!(said(&[computer("1"), computer("2")]).starts_with("unclear: "));
        assert!(said(&[record("1", " ", &[]), record("2", " ", &[])]).starts_with("unclear: "));
    }
}
