//! Rule 8: what goes by name needs a name of its own. Nothing relaxes it.
//!
//! RemotePC removes computers by name, and which of two machines of one name it takes is not documented. Whoever looks a
//! computer up by its name, on either vendor, refuses a name of several before there is a plan.

use std::collections::BTreeMap;

use crate::fleet::Vendor;

use super::inventory::folded;
use super::removal::{Removal, rows, whom};
use super::{Facts, Rule, Verdict};

const HINT: &str =
    "give the machines different names first: the name is the host name, set on the machine itself";

pub(super) fn judge(removals: &[Removal<'_>], facts: &Facts<'_>, verdict: &mut Verdict) {
    if facts.vendor != Vendor::RemotePc || removals.is_empty() {
        return;
    }
    let Some(inventory) = facts.inventory else {
        verdict.refuse(
            Rule::Names,
            rows(removals),
            format!(
                "not allowed to remove {}: RemotePC Enterprise removes by name, and how many machines bear the name is not known",
                whom(removals)
            ),
            "list all computers first",
        );
        return;
    };
    let mut of_name: BTreeMap<String, Vec<&Removal<'_>>> = BTreeMap::new();
    for removal in removals {
        of_name
            .entry(folded(&removal.computer.name))
            .or_default()
            .push(removal);
    }
    for (name, these) in of_name {
        let bearers = inventory.bearers(&name);
        if bearers.len() < 2 {
            continue;
        }
        let ids: Vec<String> = bearers
            .iter()
            .map(|computer| match computer.id.as_str() {
                "" => "one without an id".to_owned(),
                id => format!("`{id}`"),
            })
            .collect();
        verdict.refuse(
            Rule::Names,
            rows(these.iter().copied()),
            format!(
                "not allowed to remove {}: RemotePC Enterprise removes by name, and {} machines bear it: {}",
                whom(these),
                ids.len(),
                ids.join(", ")
            ),
            HINT,
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::guards::Inventory;
    use crate::plan::guards::removal::of;
    use crate::plan::guards::tests::{computer, facts, remotepc, remove};
    use crate::plan::{KeptComputer, Reason};

    fn called(id: &str, name: &str) -> KeptComputer {
        let mut record = computer(id);
        record.name = name.to_owned();
        record
    }

    fn judged(facts: &Facts<'_>, fleet: &[KeptComputer], removed: usize) -> Vec<String> {
        let inventory = Inventory::of(fleet.iter().cloned());
        let facts = Facts {
            inventory: Some(&inventory),
            ..*facts
        };
        let proposals = [remove(&fleet[removed], Reason::Named)];
        let mut verdict = Verdict::default();
        judge(&of(&proposals), &facts, &mut verdict);
        verdict
            .refusals
            .into_iter()
            .map(|refusal| refusal.message)
            .collect()
    }

    #[test]
    fn a_name_of_several_machines_is_refused_with_their_ids() {
        let fleet = [
            called("M1", "Kiosk"),
            called("M2", " KIOSK "),
            called("M3", "Kiosk-2"),
        ];
        assert_eq!(
            judged(&remotepc(), &fleet, 0),
            [
                "not allowed to remove 1 computer ('Kiosk'): RemotePC Enterprise removes by name, and 2 machines bear it: `M1`, \
                 `M2`"
            ]
        );
        assert!(judged(&remotepc(), &fleet, 2).is_empty());
    }

    #[test]
    fn a_machine_without_an_id_bears_its_name_too() {
        let fleet = [called("M1", "Kiosk"), called("", "kiosk")];
        assert!(judged(&remotepc(), &fleet, 0)[0].ends_with("`M1`, one without an id"));
    }

    #[test]
    fn realvnc_removes_by_id() {
        let fleet = [called("1", "Kiosk"), called("2", "Kiosk")];
        assert!(judged(&facts(), &fleet, 0).is_empty());
    }

    #[test]
    fn a_fleet_that_was_not_listed_has_no_names_of_their_own() {
        let proposals = [remove(&computer("M1"), Reason::Named)];
        let mut verdict = Verdict::default();
        judge(&of(&proposals), &remotepc(), &mut verdict);
        assert!(verdict.refusals[0].message.contains("is not known"));
    }
}
