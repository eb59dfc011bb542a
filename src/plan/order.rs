//! The order in which the changes of a plan may be made: in waves, the changes of a wave at the same time.
//!
//! Order holds where it matters, and only there:
//! - changes of one computer or user: as they were proposed;
//! - sets of duplicates: the groups of all survivors, then the removals, then each survivor's new name;
//! - a new name: when all who have it in this plan have let go of it;
//! - moves into a new group: when it is there.
//!
//! Names that go around in a circle (A becomes B, and B becomes A) have no such order. Somebody would have to have a third
//! name in between, which nobody has agreed to, and keep it if the run is stopped there: such a plan is refused.

use std::collections::{HashMap, HashSet};

use crate::fleet::{Change, ComputerId, Error, Kind, Result};

use super::plan::survivor;
use super::subject::{Hold, Subject, holds};
use super::{Plan, Proposal};

#[cfg(test)]
mod tests;

/// How many changes of a circle are told.
const TOLD: usize = 4;

/// When each change of a plan may be made; changes are meant by their place in the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// The waves, each to be begun when the one before has ended; inside a wave, the order of the plan.
    pub waves: Vec<Vec<usize>>,
    /// For each change those that have to have succeeded before: if one has not, neither must the change be made.
    pub needs: Vec<Vec<usize>>,
}

impl Plan {
    /// Puts the changes into an order. An error of kind `invalid` says that there is none.
    pub fn order(&self) -> Result<Order> {
        let mut links = Links::of(self.proposals());
        links.duplicates(self.proposals());
        links.names(self.proposals());
        links.groups(self.proposals());
        links.order(self.proposals())
    }
}

/// Which change comes before which.
struct Links {
    after: Vec<Vec<usize>>,
    needs: Vec<Vec<usize>>,
}

/// Who holds a subject, as far as the plan has been gone through.
#[derive(Default)]
struct Held {
    alone: Option<usize>,
    together: Vec<usize>,
}

impl Links {
    /// Begins with the changes of each subject in their order, in which a survivor's new name comes last.
    fn of(proposals: &[Proposal]) -> Self {
        let mut links = Self {
            after: vec![Vec::new(); proposals.len()],
            needs: vec![Vec::new(); proposals.len()],
        };
        let survivors: HashSet<&ComputerId> = proposals
            .iter()
            .filter_map(survivor)
            .map(|survivor| &survivor.id)
            .collect();
        let comes_last = |at: &usize| match &proposals[*at].change {
            Change::Rename { computer, .. } => survivors.contains(&computer.id),
            _ => false,
        };
        let (last, first): (Vec<usize>, Vec<usize>) = (0..proposals.len()).partition(comes_last);
        let mut held: HashMap<Subject, Held> = HashMap::new();
        for at in first.into_iter().chain(last) {
            for (subject, hold) in holds(&proposals[at].change) {
                let held = held.entry(subject).or_default();
                match hold {
                    Hold::Together => {
                        links.link(held.alone, at);
                        held.together.push(at);
                    }
                    Hold::Alone if held.together.is_empty() => links.link(held.alone.replace(at), at),
                    Hold::Alone => {
                        links.link(held.together.drain(..), at);
                        held.alone = Some(at);
                    }
                }
            }
        }
        links
    }

    fn link(&mut self, before: impl IntoIterator<Item = usize>, at: usize) {
        for before in before {
            if before != at {
                self.after[before].push(at);
            }
        }
    }

    fn need(&mut self, before: impl IntoIterator<Item = usize>, at: usize) {
        for before in before {
            if before != at {
                self.after[before].push(at);
                self.needs[at].push(before);
            }
        }
    }

    /// The groups of a survivor come one after the other, so that the last one stands for all of them.
    fn duplicates(&mut self, proposals: &[Proposal]) {
        let mut losers: HashMap<&ComputerId, Vec<usize>> = HashMap::new();
        for (at, proposal) in proposals.iter().enumerate() {
            if let (Some(survivor), Change::RemoveComputer { .. }) = (survivor(proposal), &proposal.change) {
                losers.entry(&survivor.id).or_default().push(at);
            }
        }
        let mut joined: HashMap<&ComputerId, usize> = HashMap::new();
        for (at, proposal) in proposals.iter().enumerate() {
            let Some(losers) = proposal
                .change
                .computer()
                .and_then(|c| losers.get_key_value(&c.id))
            else {
                continue;
            };
            match &proposal.change {
                Change::GroupAdd { .. } => self.need(joined.insert(losers.0, at), at),
                Change::Rename { .. } => self.need(losers.1.iter().copied(), at),
                _ => {}
            }
        }
        // No set loses anything before all groups are handed on: a key that may not do that would end the run in the middle.
        let handed_on: Vec<usize> = joined.values().copied().collect();
        for (survivor, losers) in losers {
            for loser in losers {
                self.need(joined.get(survivor).copied(), loser);
                self.link(handed_on.iter().copied(), loser);
            }
        }
    }

    fn names(&mut self, proposals: &[Proposal]) {
        let mut freed: HashMap<&str, Vec<usize>> = HashMap::new();
        for (at, proposal) in proposals.iter().enumerate() {
            match &proposal.change {
                Change::Rename { computer, to } if computer.name != *to => {
                    freed.entry(&computer.name).or_default().push(at);
                }
                Change::RemoveComputer { computer } => freed.entry(&computer.name).or_default().push(at),
                _ => {}
            }
        }
        for (at, proposal) in proposals.iter().enumerate() {
            if let Change::Rename { to, .. } = &proposal.change
                && let Some(before) = freed.get(to.as_str())
            {
                self.need(before.iter().copied(), at);
            }
        }
    }

    fn groups(&mut self, proposals: &[Proposal]) {
        let created: HashMap<&str, usize> = proposals
            .iter()
            .enumerate()
            .filter_map(|(at, proposal)| match &proposal.change {
                Change::CreateGroup { name, .. } => Some((name.as_str(), at)),
                _ => None,
            })
            .collect();
        for (at, proposal) in proposals.iter().enumerate() {
            if let Change::MoveToGroup { group, .. } = &proposal.change {
                self.need(created.get(group.as_str()).copied(), at);
            }
        }
    }

    fn order(mut self, proposals: &[Proposal]) -> Result<Order> {
        let mut waiting = vec![0_usize; proposals.len()];
        for at in self.after.iter().flatten() {
            waiting[*at] += 1;
        }
        let mut waves = Vec::new();
        let mut wave: Vec<usize> = (0..proposals.len()).filter(|at| waiting[*at] == 0).collect();
        let mut ordered = 0;
        while !wave.is_empty() {
            let mut next = Vec::new();
            for after in wave.iter().flat_map(|at| &self.after[*at]) {
                waiting[*after] -= 1;
                if waiting[*after] == 0 {
                    next.push(*after);
                }
            }
            next.sort_unstable();
            ordered += wave.len();
            waves.push(std::mem::replace(&mut wave, next));
        }
        if ordered < proposals.len() {
            return Err(endless(&self.circle(&waiting), proposals));
        }
        for needs in &mut self.needs {
            needs.sort_unstable();
            needs.dedup();
        }
        Ok(Order {
            waves,
            needs: self.needs,
        })
    }

    /// Finds a circle among those that still wait: each of them waits for another one of them.
    fn circle(&self, waiting: &[usize]) -> Vec<usize> {
        let mut before: HashMap<usize, usize> = HashMap::new();
        for (at, after) in self.after.iter().enumerate().filter(|(at, _)| waiting[*at] > 0) {
            before.extend(after.iter().map(|after| (*after, at)));
        }
        let mut path = Vec::new();
        let mut place: HashMap<usize, usize> = HashMap::new();
        let mut next = (0..waiting.len()).find(|at| waiting[*at] > 0);
        while let Some(at) = next {
            if let Some(begin) = place.insert(at, path.len()) {
                path.drain(..begin);
                break;
            }
            path.push(at);
            next = before.get(&at).copied();
        }
        path.reverse();
        path
    }
}

/// Says that changes wait for each other.
fn endless(circle: &[usize], proposals: &[Proposal]) -> Error {
    let changes = || circle.iter().map(|at| &proposals[*at].change);
    let mut told: Vec<String> = changes().take(TOLD).map(ToString::to_string).collect();
    if circle.len() > TOLD {
        told.push(format!("{} more", circle.len() - TOLD));
    }
    let told = told.join(", ");
    if changes().all(|change| matches!(change, Change::Rename { .. })) {
        return Error::new(
            Kind::Invalid,
            format!("the plan hands names around in a circle, in which none is free first: {told}"),
        )
        .hint(
            "in a plan of its own, give one of these computers a name that nobody has; then plan the rest",
        );
    }
    Error::new(
        Kind::Invalid,
        format!("changes of the plan wait for each other, so that none can come first: {told}"),
    )
    .hint("make two plans of them, and apply one after the other")
}
