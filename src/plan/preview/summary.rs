//! A plan in a few sentences: how many changes of which sort, what cannot be undone, and what else there is to know.

use std::collections::{BTreeSet, HashMap, HashSet};

use jiff::Timestamp;

use crate::fleet::{Change, Member, Vendor};

use super::super::plan::tallied;
use super::super::{Kept, Notes, Plan, Presence, Proposal, Reason};

/// What a person should know of a plan before its rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// The changes, counted: `15 changes: 12 computers to remove, 3 to rename`.
    pub headline: String,
    /// What is worth knowing, a sentence each.
    pub remarks: Vec<String>,
    /// What is wrong with the plan, or was done to its rules, a sentence each.
    pub warnings: Vec<String>,
}

impl Summary {
    /// Sums a plan up.
    pub fn of(plan: &Plan) -> Self {
        Self::of_proposals(plan.proposals(), plan.binding().vendor).with(&plan.notes)
    }

    /// Adds what there is to know of how the changes came about.
    #[must_use]
    pub fn with(mut self, notes: &Notes) -> Self {
        let summary = &mut self;
        if let Some(fleet) = notes.fleet {
            summary
                .remarks
                .push(format!("the inventory had {}", counted(fleet, "computer")));
        }
        summary.remarks.extend(notes.told_left_alone());
        summary.remarks.extend(notes.told_policy());
        summary.warnings.extend(notes.warnings.iter().cloned());
        let relaxed = notes
            .relaxed
            .iter()
            .map(|rule| format!("a rule is relaxed: {rule}"));
        summary.warnings.extend(relaxed);
        let incomplete = notes.incomplete.iter();
        summary.warnings.extend(incomplete.map(|why| {
            format!("the inventory that it was made of is not whole, so that it cannot be applied: {why}")
        }));
        self
    }

    /// Sums proposals up that are no plan yet.
    pub fn of_proposals(proposals: &[Proposal], vendor: Vendor) -> Self {
        let changes = || proposals.iter().map(|proposal| &proposal.change);
        let cautions = |caution: fn(&Change) -> Option<&'static str>| tallied(changes().filter_map(caution));
        // A script that makes its changes one by one has a plan for each, and counts none of them.
        let is_one = proposals.len() == 1;
        let mut remarks: Vec<String> = Vec::new();
        for (why, count) in cautions(Change::irreversible) {
            let what = if is_one {
                "it".to_owned()
            } else {
                counted(count, "change")
            };
            remarks.push(format!("{what} cannot be undone: {why}"));
        }
        for (exposure, count) in cautions(Change::exposure) {
            let whose = if is_one {
                String::new()
            } else {
                format!(" of {}", counted(count, "change"))
            };
            remarks.push(format!("exposure{whose}: {exposure}"));
        }
        remarks.extend(of_removals(proposals, vendor));
        Self {
            headline: headline(proposals),
            remarks,
            warnings: Vec::new(),
        }
    }
}

/// Says of removals what the other changes have no need of.
fn of_removals(proposals: &[Proposal], vendor: Vendor) -> Vec<String> {
    let removals: Vec<&Proposal> = proposals
        .iter()
        .filter(|proposal| proposal.change.removes_computer())
        .collect();
    let mut told = Vec::new();
    if removals.is_empty() {
        return told;
    }
    let unchecked = removals.iter().filter(|removal| match &removal.before {
        Some(Kept::Computer(computer)) => {
            matches!(computer.online, Presence::NotChecked | Presence::Unknown)
        }
        _ => true,
    });
    match unchecked.count() {
        0 => {}
        count => told.push(format!(
            "presence not checked, or not known, of {} to remove",
            counted(count, "computer")
        )),
    }
    told.extend(cutoffs(&removals));
    let stale = |removal: &&Proposal| matches!(removal.reason, Some(Reason::Stale { .. }));
    if vendor == Vendor::RemotePc && removals.iter().any(stale) {
        let when = "RemotePC tells when a viewer last connected, without a zone, and not when a computer was last on";
        told.push(when.to_owned());
    }
    let enrol =
        "removing a computer's record does not uninstall the agent on it: the computer may enrol again";
    told.push(enrol.to_owned());
    told
}

/// Says before which moment a computer has to have been last seen to go for its age, with the zone.
fn cutoffs(removals: &[&Proposal]) -> Option<String> {
    let cutoffs: BTreeSet<Timestamp> = removals
        .iter()
        .filter_map(|removal| match removal.reason {
            Some(Reason::Stale { cutoff, .. }) => Some(cutoff),
            _ => None,
        })
        .collect();
    let (first, last) = (cutoffs.first()?, cutoffs.last()?);
    Some(if first == last {
        format!("cutoff {first:.0} (UTC): what was last seen before it is stale")
    } else {
        format!("cutoffs from {first:.0} to {last:.0} (UTC): what was last seen before its own is stale")
    })
}

/// Counts the targets by what is to be done to them. A noun is said once as long as it stays the same.
fn headline(proposals: &[Proposal]) -> String {
    let mut tasks: Vec<((&str, &str), HashSet<String>)> = Vec::new();
    let mut place: HashMap<(&str, &str), usize> = HashMap::new();
    for Proposal { change, .. } in proposals {
        let task = task(change);
        let at = *place.entry(task).or_insert_with(|| {
            tasks.push((task, HashSet::new()));
            tasks.len() - 1
        });
        let id = match change.target_id() {
            "" => change.target(),
            id => id.to_owned(),
        };
        tasks[at].1.insert(id);
    }
    let mut noun = "";
    let parts: Vec<String> = tasks
        .iter()
        .map(|((of, what), targets)| {
            let count = targets.len();
            let part = if noun == *of {
                format!("{count} {what}")
            } else {
                format!("{} {what}", counted(count, of))
            };
            noun = of;
            part
        })
        .collect();
    match parts.len() {
        0 => "no changes".to_owned(),
        _ => format!("{}: {}", counted(proposals.len(), "change"), parts.join(", ")),
    }
}

/// Returns what is counted, and what is to be done to it.
fn task(change: &Change) -> (&'static str, &'static str) {
    let of = match change {
        Change::GroupAdd { member, .. } | Change::GroupRemove { member, .. } => match member {
            Member::Computer(_) => "computer",
            Member::User(_) => "user",
        },
        Change::CreateGroup { .. } => "group",
        Change::InviteUser { .. }
        | Change::CreateUser(_)
        | Change::UpdateRoles { .. }
        | Change::RemoveUser { .. } => "user",
        _ => "computer",
    };
    let what = match change {
        Change::Rename { .. } => "to rename",
        Change::GroupAdd { .. } => "to put into groups",
        Change::GroupRemove { .. } => "to take out of groups",
        Change::RemoveComputer { .. } | Change::RemoveUser { .. } => "to remove",
        Change::Assign { .. } => "to assign",
        Change::Unassign { .. } => "to take from users",
        Change::CreateGroup { .. } | Change::CreateUser(_) => "to create",
        Change::MoveToGroup { .. } => "to move to groups",
        Change::Comment { .. } => "to comment",
        Change::ConnectUrl { .. } => "to make addresses of",
        Change::InviteUser { .. } => "to invite",
        Change::UpdateRoles { .. } => "to give other roles",
    };
    (of, what)
}

fn counted(count: usize, noun: &str) -> String {
    match count {
        1 => format!("1 {noun}"),
        _ => format!("{count} {noun}s"),
    }
}
