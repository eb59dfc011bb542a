//! What the guards say of changes, before anything is looked at or sent.

use crate::fleet::{Change, Computer, ComputerId, Group, Kind, Loaded, Result};

use super::super::guards::{self, Facts};
use super::super::{Kept, Proposal};
use super::Executor;

impl Executor {
    /// Holds changes against the guards: an error of kind `refused` where any of them must not be made.
    pub(super) async fn judge(&self, changes: &[Change]) -> Result<()> {
        let proposals = self.proposals(changes).await?;
        let facts = Facts {
            vendor: self.reader.vendor(),
            now: self.logbook.now(),
            inventory: None,
            incomplete: &[],
            presence_at: None,
            removed: 0,
            managers: None,
            period: None,
        };
        match guards::judge(&proposals, &facts, &self.rules.limits).refused() {
            Some(refused) => Err(refused),
            None => Ok(()),
        }
    }

    /// Puts to the changes what the guards need to know of their targets: the groups, where groups are protected.
    async fn proposals(&self, changes: &[Change]) -> Result<Vec<Proposal>> {
        let by_group = self.rules.limits.protected.by_group().is_some();
        let mut proposals = Vec::with_capacity(changes.len());
        for change in changes {
            let mut proposal = Proposal::of(change.clone());
            if let Some(computer) = change.computer().filter(|_| by_group && change.alters()) {
                let record = self.record(&computer.id).await?;
                proposal.before = record.as_ref().map(Kept::from);
            }
            proposals.push(proposal);
        }
        Ok(proposals)
    }

    /// Reads a computer with its groups; nothing if there is no such computer.
    async fn record(&self, id: &ComputerId) -> Result<Option<Computer>> {
        let mut computer = match self.reader.computer(id).await {
            Ok(computer) => computer,
            Err(error) if error.kind == Kind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        let groups = self.reader.groups_of_computer(id).await?;
        computer.groups = Loaded::Yes(groups.items.iter().map(Group::to_ref).collect());
        Ok(Some(computer))
    }
}
