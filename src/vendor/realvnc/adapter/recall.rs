//! Reads computers as they are now, each by its id.

use crate::fleet::{Computer, ComputerRef, Error, GroupKind, GroupRef, Kind, Loaded, Result};
use crate::vendor::at_once;

use super::super::Reads;
use super::records;
use super::sight::present;

/// Reads each of some computers, and where `groups` asks for it those that it is in.
pub(super) async fn recall(
    reads: &Reads,
    computers: &[ComputerRef],
    groups: bool,
) -> Vec<Result<Option<Computer>>> {
    at_once::each(computers, |computer| one(reads, computer, groups)).await
}

async fn one(reads: &Reads, computer: &ComputerRef, groups: bool) -> Result<Option<Computer>> {
    let Some(entry) = present(reads.read_entry(&computer.id).await)? else {
        return Ok(None);
    };
    let mut record = records::computer(computer.id.as_str(), &entry, reads.connection.profile());
    if groups {
        let Some(found) = groups_of(reads, computer).await? else {
            return Ok(None);
        };
        record.groups = Loaded::Yes(found);
    }
    Ok(Some(record))
}

/// What is decided on a computer may rest on a group that it is not in: a group that cannot be named makes that unknown.
async fn groups_of(reads: &Reads, computer: &ComputerRef) -> Result<Option<Vec<GroupRef>>> {
    let Some(groups) = present(reads.memberships_of_entry(&computer.id).await)? else {
        return Ok(None);
    };
    let named = groups.iter().map(|group| {
        let group = records::group(group, GroupKind::Computers, reads.connection.profile());
        group.map(|group| group.to_ref()).ok_or_else(|| {
            Error::new(
                Kind::Vendor,
                format!(
                    "the groups of `{}` are not all known: the vendor gave one of them no id",
                    computer.name
                ),
            )
            .operation("listEntryGroups_1")
        })
    });
    named.collect::<Result<Vec<_>>>().map(Some)
}
