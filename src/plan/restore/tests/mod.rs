//! Machines that were removed and are back, and those that only look like it.

mod gifts;
mod known;

use serde_json::Value;

use super::*;
use crate::fleet::{ComputerId, GroupId, GroupKind, Loaded, Vendor};
use crate::plan::{Binding, Plan, Presence};

const MAC: &str = "e8:6a:64:00:00:01";
const OTHER: &str = "e8:6a:64:00:00:02";

fn group(id: &str) -> GroupRef {
    GroupRef {
        id: GroupId::new(id),
        name: format!("G-{id}"),
        kind: GroupKind::Computers,
    }
}

/// The record of a machine that was removed: called PC-1, of the host front.lan.
fn record(id: &str) -> KeptComputer {
    KeptComputer {
        id: id.to_owned(),
        name: "PC-1".to_owned(),
        online: Presence::Offline,
        last_seen: None,
        groups: Some(Vec::new()),
        host: Some("front.lan".to_owned()),
        os: Some("Windows 11".to_owned()),
        macs: vec![MAC.to_owned()],
        user: None,
        comment: None,
        raw: Value::Null.into(),
    }
}

/// The record of the same machine when it is back: it is called by its host name.
fn back(id: &str) -> Computer {
    Computer {
        id: ComputerId::new(id),
        name: "front".to_owned(),
        vendor: Vendor::RealVnc,
        profile: "acme".to_owned(),
        online: Loaded::No("ask"),
        last_seen: None,
        os: None,
        host: Some("FRONT.lan".to_owned()),
        ip: None,
        macs: vec![OTHER.to_owned(), MAC.to_uppercase()],
        user: None,
        groups: Loaded::Yes(Vec::new()),
        comment: None,
        server: None,
        raw: Value::Null.into(),
    }
}

fn called(name: &str, computer: Computer) -> Computer {
    Computer {
        name: name.to_owned(),
        ..computer
    }
}

/// On RemotePC the name is the host name, and there are no hardware addresses.
fn remotepc_record() -> KeptComputer {
    KeptComputer {
        name: "FRONT".to_owned(),
        host: Some("FRONT".to_owned()),
        groups: None,
        macs: Vec::new(),
        ..record("M1")
    }
}

fn remotepc_back(id: &str) -> Computer {
    Computer {
        name: "front".to_owned(),
        vendor: Vendor::RemotePc,
        host: Some("front".to_owned()),
        macs: Vec::new(),
        groups: Loaded::No("never"),
        ..back(id)
    }
}

/// Restores; a plan must take all of it, and have an order for it.
fn restored(removed: &[KeptComputer], fleet: &[Computer], groups: &[GroupRef]) -> Restore {
    let restore = restore(removed, fleet, groups);
    let binding = Binding {
        profile: "acme".to_owned(),
        vendor: Vendor::RealVnc,
        host: "api.x.example".to_owned(),
    };
    let mut plan = Plan::new(binding, "2026-11-20T09:00:00Z".parse().unwrap());
    for proposal in &restore.proposals {
        plan.push(proposal.clone()).unwrap();
    }
    plan.order().unwrap();
    let kept: Vec<&KeptComputer> = restore.rows.iter().map(|row| &row.removed).collect();
    assert_eq!(kept, removed.iter().collect::<Vec<_>>());
    restore
}

/// Returns what became of the only computer.
fn fate(record: &KeptComputer, fleet: &[Computer]) -> Fate {
    restored(std::slice::from_ref(record), fleet, &[]).rows[0]
        .fate
        .clone()
}
