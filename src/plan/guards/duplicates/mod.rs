//! Rule 9: what makes two records one machine, and which of them stays. Nothing relaxes it.
//!
//! A record goes as a duplicate only if both records say that they are of one machine, exactly one survivor can be told,
//! the survivor stays, and it has every group of the record that goes, or gets it earlier in the plan. RemotePC removes by
//! name, so that there duplicates are only reported.

mod address;
mod same;

pub use address::Address;
pub use same::{Same, own_addresses, same_machine};

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::SignedDuration;

use crate::fleet::{Change, ComputerId, ComputerRef, GroupId, Member, Vendor};
use crate::plan::{KeptComputer, Presence, Proposal, Reason};

use super::removal::{Removal, last_seen, rows, whom};
use super::{Facts, Inventory, Rule, Verdict};

/// By so much must the survivor have been seen later than the others, where presence does not tell.
const LATER_BY: SignedDuration = SignedDuration::from_hours(48);

const REPORT: &str =
    "leave the set alone and look at the machines; what is no duplicate to deskhand may be one to you";

pub(super) fn judge(
    removals: &[Removal<'_>],
    proposals: &[Proposal],
    facts: &Facts<'_>,
    verdict: &mut Verdict,
) {
    let going: HashSet<&str> = removals
        .iter()
        .map(|removal| removal.computer.id.as_str())
        .collect();
    let given = given(proposals);
    let mut refused: BTreeMap<String, (&'static str, Vec<&Removal<'_>>)> = BTreeMap::new();
    for removal in removals {
        let Some(Reason::DuplicateOf { survivor }) = removal.reason else {
            continue;
        };
        let set = Set {
            loser: removal,
            survivor,
            going: &going,
            given: given.get(&survivor.id).map_or(&[], Vec::as_slice),
            facts,
        };
        if let Err((why, hint)) = set.judge() {
            refused
                .entry(why)
                .or_insert_with(|| (hint, Vec::new()))
                .1
                .push(removal);
        }
    }
    for (why, (hint, removals)) in refused {
        let message = format!(
            "not allowed to remove {} as a duplicate: {why}",
            whom(removals.iter().copied())
        );
        verdict.refuse(Rule::Duplicates, rows(removals), message, hint);
    }
}

/// Returns the groups that each computer is put into, with the rows of the plan, in their order.
fn given(proposals: &[Proposal]) -> HashMap<&ComputerId, Vec<(usize, &GroupId)>> {
    let mut given: HashMap<&ComputerId, Vec<(usize, &GroupId)>> = HashMap::new();
    for (row, proposal) in proposals.iter().enumerate() {
        if let Change::GroupAdd {
            group,
            member: Member::Computer(computer),
        } = &proposal.change
        {
            given.entry(&computer.id).or_default().push((row, &group.id));
        }
    }
    given
}

/// A record that goes, and what it is held against.
struct Set<'a> {
    loser: &'a Removal<'a>,
    survivor: &'a ComputerRef,
    /// The ids of all computers that the plan removes.
    going: &'a HashSet<&'a str>,
    /// The groups that the survivor is put into, each with the row of the plan.
    given: &'a [(usize, &'a GroupId)],
    facts: &'a Facts<'a>,
}

/// Why a record may not go, and what to do.
type Refused = (String, &'static str);

impl Set<'_> {
    fn judge(&self) -> Result<(), Refused> {
        if self.facts.vendor == Vendor::RemotePc {
            return Err((
                "RemotePC Enterprise removes by name, so that duplicates are only reported".to_owned(),
                "look at the machines, and remove the record in the vendor's portal",
            ));
        }
        let name = &self.survivor.name;
        if self.going.contains(self.survivor.id.as_str()) {
            return Err((
                format!("'{name}', which is to stay, goes in the same plan, and a set is never emptied"),
                "name the one that is to stay, and leave it out of the removals",
            ));
        }
        let unread = || {
            (
                format!("the records of both it and '{name}' were not read"),
                "list all computers first",
            )
        };
        let inventory = self.facts.inventory.ok_or_else(unread)?;
        let survivor = inventory.find(self.survivor.id.as_str()).ok_or_else(unread)?;
        let loser = self.loser.kept().ok_or_else(unread)?;
        match same_machine(loser, survivor, inventory) {
            Same::Yes(_) => {}
            Same::No(why) => return Err((format!("it is not the machine of '{name}': {why}"), REPORT)),
            Same::Unclear(why) => {
                return Err((
                    format!("nothing shows that it is the machine of '{name}': {why}"),
                    REPORT,
                ));
            }
        }
        self.only_survivor(loser, survivor, inventory)?;
        self.keeps_groups(loser, survivor)
    }

    /// Exactly one survivor can be told: it alone is online, or it was seen later than every other by far.
    fn only_survivor(
        &self,
        loser: &KeptComputer,
        survivor: &KeptComputer,
        inventory: &Inventory,
    ) -> Result<(), Refused> {
        // What stays besides counts as much as what goes: it may be the living one.
        let others = inventory.akin(survivor).into_iter();
        let others = others.filter(|other| {
            other.id != loser.id && matches!(same_machine(survivor, other, inventory), Same::Yes(_))
        });
        for other in std::iter::once(loser).chain(others) {
            if !self.outlives(survivor, other) {
                return Err((
                    format!(
                        "'{}' or '{}' may be the living record: neither is one the only one online, nor was '{}' seen later by 48 \
                         hours",
                        survivor.name, other.name, survivor.name
                    ),
                    "leave the set alone until it shows which record lives on",
                ));
            }
        }
        Ok(())
    }

    fn outlives(&self, survivor: &KeptComputer, other: &KeptComputer) -> bool {
        match (self.facts.presence(survivor), self.facts.presence(other)) {
            (Presence::Online, Presence::Offline) => return true,
            (_, Presence::Online) => return false,
            _ => {}
        }
        let seen = |record| last_seen(record, self.facts.now);
        match (seen(survivor), seen(other)) {
            (Ok(survivor), Ok(other)) => survivor.duration_since(other) >= LATER_BY,
            _ => false,
        }
    }

    fn keeps_groups(&self, loser: &KeptComputer, survivor: &KeptComputer) -> Result<(), Refused> {
        let Some(groups) = &loser.groups else {
            return Err((
                "its groups were not read, and the survivor is to have them".to_owned(),
                "list the computers with #{ groups: true }, and make the plan again",
            ));
        };
        let before = self.given.iter().filter(|(row, _)| *row < self.loser.row);
        let given = before.map(|(_, group)| *group);
        let has = survivor.groups.iter().flatten().map(|group| &group.id);
        let has: HashSet<&GroupId> = has.chain(given).collect();
        match groups.iter().find(|group| !has.contains(&group.id)) {
            None => Ok(()),
            Some(group) => Err((
                format!(
                    "it is in the group '{}', into which '{}' neither is nor is put before",
                    group.name, self.survivor.name
                ),
                "put the survivor into the groups of the others before they are removed",
            )),
        }
    }
}

#[cfg(test)]
mod tests;
