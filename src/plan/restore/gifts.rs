//! What a computer that is back had, and gets again.

use std::collections::{BTreeSet, HashMap};

use super::there::There;
use super::{Fate, Sighting};
use crate::fleet::{Change, Computer, ComputerId, GroupKind, GroupRef, Member, UserId, UserRef, Vendor};
use crate::plan::guards::folded;
use crate::plan::subject::{Aspect, Subject, settles};
use crate::plan::{Kept, KeptComputer, Proposal};

/// A change that gives something back, if there is something to give; an error says what is withheld and why.
type Gift = Result<Option<Change>, String>;

/// What is given back to whom.
pub(super) struct Gifts<'a> {
    pub(super) proposals: Vec<Proposal>,
    there: &'a There<'a>,
    groups: &'a [GroupRef],
    /// The names in the records that fit a computer: several where the run removed several records of it.
    names: HashMap<&'a ComputerId, BTreeSet<&'a str>>,
    /// Which of those that are back had a name, in whatever case.
    bearers: HashMap<String, BTreeSet<&'a ComputerId>>,
    /// What is settled by the proposals, each by its place.
    given: HashMap<(Subject, Aspect), usize>,
}

impl<'a> Gifts<'a> {
    pub(super) fn new(
        there: &'a There<'a>,
        groups: &'a [GroupRef],
        removed: &'a [KeptComputer],
        sightings: &[Sighting<'a>],
    ) -> Self {
        let mut gifts = Self {
            proposals: Vec::new(),
            there,
            groups,
            names: HashMap::new(),
            bearers: HashMap::new(),
            given: HashMap::new(),
        };
        for (record, sighting) in removed.iter().zip(sightings) {
            if let Sighting::Back(computer) = sighting {
                let (name, id) = (record.name.as_str(), &computer.id);
                gifts.names.entry(id).or_default().insert(name);
                gifts.bearers.entry(folded(name)).or_default().insert(id);
            }
        }
        gifts
    }

    /// Gives back to a computer what stands in its old record.
    pub(super) fn give(&mut self, record: &KeptComputer, computer: &Computer) -> Fate {
        let gifts = match computer.vendor {
            Vendor::RealVnc => {
                let mut gifts = self.groups(record, computer);
                gifts.push(self.name(record, computer));
                gifts
            }
            Vendor::RemotePc => vec![comment(record, computer), Ok(assignment(record, computer))],
        };
        let mut proposals = 0;
        let mut withheld = Vec::new();
        for gift in gifts {
            match gift.and_then(|change| change.map_or(Ok(false), |change| self.propose(change, computer))) {
                Ok(is_new) => proposals += usize::from(is_new),
                Err(why) => withheld.push(why),
            }
        }
        Fate::Back {
            computer: computer.to_ref(),
            proposals,
            withheld,
        }
    }

    /// Proposes a change, unless another record of the machine has led to it already; tells whether it is new.
    fn propose(&mut self, change: Change, computer: &Computer) -> Result<bool, String> {
        let settles = settles(&change);
        if let Some(at) = settles.iter().find_map(|key| self.given.get(key)) {
            let before = &self.proposals[*at].change;
            return if *before == change {
                Ok(false)
            } else {
                Err(format!("another record of it had something else: {before}"))
            };
        }
        let at = self.proposals.len();
        self.given.extend(settles.into_iter().map(|key| (key, at)));
        self.proposals.push(Proposal {
            before: Some(Kept::from(computer)),
            ..Proposal::of(change)
        });
        Ok(true)
    }

    fn name(&self, record: &KeptComputer, computer: &Computer) -> Gift {
        let name = &record.name;
        if *name == computer.name || name.trim().is_empty() {
            return Ok(None);
        }
        if let Some(names) = self.names.get(&computer.id).filter(|names| names.len() > 1) {
            let names: Vec<String> = names.iter().map(|name| format!("'{name}'")).collect();
            return Err(format!(
                "the run removed several records of it, with the names {}",
                names.join(", ")
            ));
        }
        if let Some(bearer) = self.there.another_bearer(name, computer) {
            return Err(format!(
                "the name '{name}' is now that of another computer (`{}`)",
                bearer.id
            ));
        }
        if self.bearers.get(&folded(name)).is_some_and(|all| all.len() > 1) {
            return Err(format!(
                "the name '{name}' was that of several computers that are back"
            ));
        }
        Ok(Some(Change::Rename {
            computer: computer.to_ref(),
            to: name.clone(),
        }))
    }

    fn groups(&self, record: &KeptComputer, computer: &Computer) -> Vec<Gift> {
        let Some(groups) = &record.groups else {
            return vec![Err(
                "which groups it was in had not been read when it was removed".to_owned(),
            )];
        };
        groups.iter().map(|group| self.group(group, computer)).collect()
    }

    fn group(&self, old: &GroupRef, computer: &Computer) -> Gift {
        let group = self.find(old)?;
        let is_in = computer
            .groups
            .get()
            .is_some_and(|groups| groups.iter().any(|other| other.id == group.id));
        Ok((!is_in).then(|| Change::GroupAdd {
            group: group.clone(),
            member: Member::Computer(computer.to_ref()),
        }))
    }

    /// Finds a group: itself, or the only one that has its name now.
    fn find(&self, old: &GroupRef) -> Result<&'a GroupRef, String> {
        let mut groups = self.groups.iter().filter(|g| g.kind == GroupKind::Computers);
        if let Some(group) = groups.clone().find(|group| group.id == old.id) {
            return Ok(group);
        }
        let mut named = groups.by_ref().filter(|group| group.name == old.name);
        match (named.next(), named.next()) {
            (None, _) => Err(format!("there is no group '{}' any more", old.name)),
            (Some(group), None) => Ok(group),
            (Some(_), Some(_)) => Err(format!(
                "the group '{}' is gone, and several others have its name",
                old.name
            )),
        }
    }
}

/// A comment that somebody has written since is not written over.
fn comment(record: &KeptComputer, computer: &Computer) -> Gift {
    let said = |text: &Option<String>| text.as_deref().unwrap_or_default().trim().to_owned();
    let (old, now) = (said(&record.comment), said(&computer.comment));
    if old.is_empty() || old == now {
        return Ok(None);
    }
    if !now.is_empty() {
        return Err(format!(
            "its comment was '{old}', and somebody has written another one"
        ));
    }
    Ok(Some(Change::Comment {
        computer: computer.to_ref(),
        from: computer.comment.clone(),
        to: old,
    }))
}

fn assignment(record: &KeptComputer, computer: &Computer) -> Option<Change> {
    let user = record.user.as_deref().filter(|user| !user.trim().is_empty())?;
    let has = computer
        .user
        .as_deref()
        .is_some_and(|now| folded(now) == folded(user));
    (!has).then(|| Change::Assign {
        computer: computer.to_ref(),
        user: UserRef {
            id: UserId::new(user),
            email: user.to_owned(),
        },
    })
}
