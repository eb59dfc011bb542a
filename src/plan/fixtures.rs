//! Computers by number, what the tests of plans propose of them, and what a journal tells of it.

use jiff::Timestamp;

use crate::fleet::{Change, ComputerId, ComputerRef, Vendor};

use super::journal::{Came, Entry, Head, PlanHead, Run, RunId, Standing, Told, Word};
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

/// Returns what the journal of a run tells that planned this, and came so far with each.
pub(super) fn run(changes: impl IntoIterator<Item = (Proposal, Standing)>) -> Run {
    let at: Timestamp = "2026-11-20T09:00:00Z".parse().unwrap();
    let entries: Vec<Entry> = changes
        .into_iter()
        .zip(1_u64..)
        .map(|((proposal, standing), number)| Entry {
            number: serde_json::from_value(number.into()).unwrap(),
            plan: 0,
            proposal,
            begun: (standing != Standing::NotBegun).then_some(at),
            came: match standing {
                Standing::Settled(outcome) => Some(came(at, outcome)),
                Standing::InFlight | Standing::NotBegun => None,
            },
        })
        .collect();
    Run {
        head: Head {
            run: RunId::new(at, "acme"),
            profile: "acme".to_owned(),
            vendor: Vendor::RealVnc,
            host: "api.x.example".to_owned(),
            program: "0.1.0".to_owned(),
            started: at,
            what: "a test".to_owned(),
        },
        plans: vec![PlanHead {
            relaxed: Vec::new(),
            policy: None,
            changes: entries.len() as u64,
        }],
        entries,
        end: None,
        resumed: Vec::new(),
        torn: None,
    }
}

fn came(at: Timestamp, outcome: Word) -> Came {
    Came {
        at,
        outcome,
        note: None,
        error: (outcome == Word::Unknown).then(|| Told {
            kind: "network".to_owned(),
            message: "the line was cut".to_owned(),
            status: None,
            hint: None,
            causes: Vec::new(),
        }),
    }
}
