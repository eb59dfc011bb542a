//! Journals written, broken, and read back.

mod chaos;
mod failing;
mod listing;
mod locking;
mod reading;
mod resuming;
mod writing;

use std::path::Path;

use jiff::Timestamp;
use tempfile::TempDir;

use crate::clock::Clock;
use crate::fleet::{Change, ComputerId, ComputerRef, GroupId, GroupKind, GroupRef, Result, Vendor};
use crate::plan::{Kept, KeptComputer, Notes, Presence, Proposal, Reason};
use crate::secret::Redactor;

use super::{Head, Journal, Number, RunId, read};

fn now() -> Timestamp {
    "2026-11-20T09:00:00Z".parse().unwrap()
}

fn clock() -> Clock {
    Clock::Frozen(now())
}

fn head(tail: u16) -> Head {
    Head {
        run: RunId::with_tail(now(), "acme", tail),
        profile: "acme".to_owned(),
        vendor: Vendor::RealVnc,
        host: "connect-api.services.vnc.com".to_owned(),
        program: "0.1.0".to_owned(),
        started: now(),
        what: "clean-stale-computers".to_owned(),
    }
}

fn create(folder: &TempDir) -> Journal {
    create_in(folder.path(), 0x3f9a)
}

fn create_in(folder: &Path, tail: u16) -> Journal {
    Journal::create(folder, &head(tail), clock(), &Redactor::default()).unwrap()
}

/// Notes of a plan for which a rule was relaxed, and which a policy had a say in.
fn relaxed(rule: &str) -> Notes {
    Notes {
        relaxed: vec![rule.to_owned()],
        policy: Some("the cleanup policy mine.rhai: spare in line 3".to_owned()),
        ..Notes::default()
    }
}

/// Plans changes and begins them all.
async fn intend(journal: &Journal, proposals: &[Proposal]) -> Result<Vec<Number>> {
    let numbers = journal.plan(&Notes::default(), proposals)?;
    begin(journal, &numbers, proposals).await?;
    Ok(numbers)
}

/// Begins changes.
async fn begin(journal: &Journal, numbers: &[Number], proposals: &[Proposal]) -> Result<()> {
    let changes: Vec<_> = numbers.iter().copied().zip(proposals).collect();
    journal.begin(&changes).await
}

/// Goes on with a journal as it stands.
fn resume(path: &Path) -> Journal {
    Journal::resume(path, &read(path).unwrap(), clock(), &Redactor::default()).unwrap()
}

fn computer(number: usize) -> ComputerRef {
    ComputerRef {
        id: ComputerId::new(format!("id-{number}")),
        name: format!("PC-{number}"),
    }
}

fn rename(number: usize) -> Proposal {
    Proposal::of(Change::Rename {
        computer: computer(number),
        to: format!("NEW-{number}"),
    })
}

/// The removal of a computer of which everything is known.
fn removal(number: usize) -> Proposal {
    let computer = computer(number);
    let kept = KeptComputer {
        id: computer.id.to_string(),
        name: computer.name.clone(),
        online: Presence::Offline,
        last_seen: Some("2026-01-31T08:30:00Z".parse().unwrap()),
        groups: Some(
            ["Sales", "West"]
                .map(|name| GroupRef {
                    id: GroupId::new(name),
                    name: name.to_owned(),
                    kind: GroupKind::Computers,
                })
                .into(),
        ),
        host: Some("pc.kestrel.example".to_owned()),
        os: Some("Windows 11".to_owned()),
        macs: vec!["00:11:22:33:44:55".to_owned(), "00:11:22:33:44:56".to_owned()],
        user: None,
        comment: Some("by the \"window\"\nof Ann".to_owned()),
        raw: serde_json::json!({ "entryId": computer.id.as_str(), "more": [1, 2.5, null] }).into(),
    };
    Proposal {
        change: Change::RemoveComputer { computer },
        reason: Some(Reason::Stale {
            last_seen: "2026-01-31T08:30:00Z".parse().unwrap(),
            cutoff: "2026-08-22T00:00:00Z".parse().unwrap(),
        }),
        before: Some(Kept::Computer(Box::new(kept))),
    }
}
