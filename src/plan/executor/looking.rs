//! The look at the targets of changes: is it so already, and are they still what was decided on?

use crate::fleet::{Change, Computer, ComputerRef, Kind, Observed, Outcome, Result};
use crate::held::held;

use super::super::drift::drift;
use super::super::plan::survivor;
use super::super::verdict::GONE;
use super::super::{Kept, KeptComputer, Presence, Proposal, Reason};
use super::knowledge::Known;
use super::{Executor, changes_of};

/// Of so many changes or fewer it is told at once what is so already.
const FEW: usize = 8;

impl Executor {
    /// Looks at the targets of a plan before anybody is asked. Where nobody is going to be, and there are many, only what is to
    /// be removed is looked at, which costs nothing more: all are looked at before they are sent anyway, and a list of the
    /// fleet goes page by page.
    pub(super) async fn first_look(&self, proposals: &[&Proposal], known: &Known) -> Vec<Option<Outcome>> {
        if !self.goes_by_itself(proposals.len()) {
            return self.look(proposals, Some(known)).await;
        }
        let removes = |at: &usize| proposals[*at].change.removes_computer();
        let removals: Vec<usize> = (0..proposals.len()).filter(removes).collect();
        let those: Vec<&Proposal> = removals.iter().map(|at| proposals[*at]).collect();
        let mut settled = vec![None; proposals.len()];
        for (at, outcome) in removals.into_iter().zip(self.look(&those, Some(known)).await) {
            settled[at] = outcome;
        }
        settled
    }

    /// Tells whether so many changes are made without anybody waiting to be told of them first.
    pub(super) fn goes_by_itself(&self, changes: usize) -> bool {
        let is_agreed = self.approve.is_given() || *held(&self.agreed) == Some(true);
        changes > FEW && is_agreed && !self.rules.dry_run
    }

    /// Looks at the targets; returns what comes of each change that is not to be sent. Computers that are to be removed are
    /// compared with the records that they were decided on; `known` is what was read of them just now, if it was.
    pub(super) async fn look(&self, proposals: &[&Proposal], known: Option<&Known>) -> Vec<Option<Outcome>> {
        let removes = |at: &usize| proposals[*at].change.removes_computer();
        let (removals, others): (Vec<usize>, Vec<usize>) = (0..proposals.len()).partition(removes);
        let mut settled = vec![None; proposals.len()];
        if !others.is_empty() {
            let changes = changes_of(others.iter().map(|at| proposals[*at]));
            let seen = self.reader.observe(&changes).await;
            for ((at, change), seen) in others.into_iter().zip(&changes).zip(seen) {
                settled[at] = self.stands_in_the_way(change, seen);
            }
        }
        let computers: Vec<ComputerRef> = removals
            .iter()
            .filter_map(|at| proposals[*at].change.computer().cloned())
            .collect();
        // Groups that were not known when it was decided are compared with nothing, and the key may not be allowed to read them.
        let grouped = removals.iter().any(|at| has_groups(proposals[*at]));
        let read = self.recall(&computers, grouped, known).await;
        for (at, read) in removals.into_iter().zip(read) {
            settled[at] = removal(proposals[at], read);
            // With all that is known of the fleet the guards have just looked at those that stay.
            if settled[at].is_none() && known.is_none() {
                settled[at] = self.survivor(proposals[at]).await;
            }
        }
        settled
    }

    /// Looks at the record that stays in the place of one that goes: no set is emptied, and no group is lost.
    async fn survivor(&self, proposal: &Proposal) -> Option<Outcome> {
        let stays = survivor(proposal)?;
        let read = self.reader.recall(std::slice::from_ref(stays), true).await;
        let there = match read.into_iter().next()? {
            Ok(Some(there)) => there,
            Ok(None) => {
                return Some(Outcome::Drifted {
                    was: format!("'{}' stays in its place", stays.name),
                    now: format!("'{}' is {GONE}", stays.name),
                });
            }
            Err(error) => return Some(Outcome::Failed(error)),
        };
        let Some(Kept::Computer(before)) = &proposal.before else {
            return None;
        };
        let has = there.groups.get().map(Vec::as_slice).unwrap_or_default();
        let mut had = before.groups.iter().flatten();
        let lost = had.find(|group| has.iter().all(|other| other.id != group.id))?;
        Some(Outcome::Drifted {
            was: format!("'{}' in each of its groups", stays.name),
            now: format!("'{}' not in {}", stays.name, lost.name),
        })
    }

    fn stands_in_the_way(&self, change: &Change, seen: Result<Observed>) -> Option<Outcome> {
        match seen {
            Ok(Observed::Before | Observed::Unseen) => None,
            // A dry run does not see its own earlier changes, and so cannot tell somebody else's from them.
            Ok(Observed::Other { .. }) if self.rules.dry_run => None,
            Ok(Observed::After) => Some(change.clash().map_or(Outcome::AlreadySo, Outcome::Failed)),
            Ok(Observed::Other { was, now }) => Some(Outcome::Drifted { was, now }),
            Ok(Observed::Gone { was }) => Some(Outcome::Drifted {
                was,
                now: GONE.to_owned(),
            }),
            Err(error) => Some(Outcome::Failed(error)),
        }
    }

    /// Reads computers that are to be removed, with their groups if that is asked for, and whether they are online.
    async fn recall(
        &self,
        computers: &[ComputerRef],
        groups: bool,
        known: Option<&Known>,
    ) -> Vec<Result<Option<KeptComputer>>> {
        if computers.is_empty() {
            return Vec::new();
        }
        // Nobody can look for what the vendor itself takes for several, or for what breaks its limits.
        if let Some(known) = known.filter(|known| known.inventory.is_some()) {
            let found = computers
                .iter()
                .map(|computer| known.computer(computer.id.as_str()));
            return found.map(|found| Ok(found.cloned())).collect();
        }
        let mut records = Vec::with_capacity(computers.len());
        for read in self.reader.recall(computers, groups).await {
            records.push(match read {
                Ok(Some(computer)) => self.kept(&computer).await.map(Some),
                Ok(None) => Ok(None),
                Err(error) => Err(error),
            });
        }
        records
    }

    async fn kept(&self, computer: &Computer) -> Result<KeptComputer> {
        let mut kept = KeptComputer::from(computer);
        if let (Presence::NotChecked, Some(server)) = (kept.online, &computer.server) {
            kept.online = match self.online.is_online(self.reader.as_ref(), server).await? {
                Some(true) => Presence::Online,
                Some(false) => Presence::Offline,
                None => Presence::Unknown,
            };
        }
        Ok(kept)
    }
}

/// Compares a computer that is to be removed with the record that this was decided on.
fn removal(proposal: &Proposal, read: Result<Option<KeptComputer>>) -> Option<Outcome> {
    let now = match read {
        Ok(Some(now)) => now,
        Ok(None) => return Some(Outcome::AlreadySo),
        // Where nothing of it may be read, the user's word is all there is.
        Err(error) if error.kind == Kind::Permission && is_blind(proposal) => return None,
        Err(error) => return Some(Outcome::Failed(error)),
    };
    let name = proposal.change.target();
    let (was, now) = match &proposal.before {
        Some(Kept::Computer(before)) => drift(before, &now)?,
        _ if now.name != name => (format!("named '{name}'"), format!("named '{}'", now.name)),
        _ if now.online == Presence::Online => ("not known to be online".to_owned(), "online".to_owned()),
        _ => return None,
    };
    Some(Outcome::Drifted { was, now })
}

/// Tells whether the groups of a computer that is to be removed were known when that was decided.
fn has_groups(proposal: &Proposal) -> bool {
    matches!(&proposal.before, Some(Kept::Computer(before)) if before.groups.is_some())
}

/// Tells whether the user has named a computer of which nothing was read.
fn is_blind(proposal: &Proposal) -> bool {
    proposal.before.is_none() && proposal.reason == Some(Reason::Named)
}
