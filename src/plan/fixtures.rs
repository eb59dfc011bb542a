//! Computers by number, and what the tests of plans propose of them.

use crate::fleet::{Change, ComputerId, ComputerRef};

use super::{Proposal, Reason};

/// Returns a computer.
pub(super) fn computer(n: usize) -> ComputerRef {
    ComputerRef {
        id: ComputerId::new(format!("c{n}")),
        name: format!("PC-{n}"),
    }
}

/// Proposes to remove it.
pub(super) fn remove(n: usize) -> Proposal {
    Proposal::of(Change::RemoveComputer {
        computer: computer(n),
    })
}

/// Proposes to remove it as another record of a machine.
pub(super) fn duplicate(n: usize, survivor: usize) -> Proposal {
    Proposal {
        reason: Some(Reason::DuplicateOf {
            survivor: computer(survivor),
        }),
        ..remove(n)
    }
}
