//! What each rule says to the removal of one computer: the guards' own answers, and the values that they looked at.
//!
//! Nothing is decided here. Each rule is asked by itself about a removal that nobody has proposed.

use std::collections::HashSet;

use jiff::Timestamp;

use crate::fleet::{Change, ComputerId, ComputerRef, GroupId, Member, Vendor};
use crate::plan::{Kept, KeptComputer, Presence, Proposal, Reason};

use super::duplicates::{self, Same, same_machine};
use super::removal::{Removal, Unseen, last_seen};
use super::words::{counted, some, span};
use super::{
    Facts, Limits, Refusal, Rule, Verdict, belt, completeness, evidence, floor, names, presence, protection,
    removal,
};

/// What a rule says to a removal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Says {
    /// It has nothing against it.
    Allows,
    /// It lets it pass, and has something to say.
    Warns,
    /// It does not let it pass.
    Refuses,
    /// It has nothing to look at.
    NotAsked,
}

impl Says {
    /// Returns the word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Allows => "allows",
            Self::Warns => "warns",
            Self::Refuses => "refuses",
            Self::NotAsked => "not asked",
        }
    }
}

/// The answer of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Which rule.
    pub rule: Rule,
    /// What it says.
    pub says: Says,
    /// What it looked at.
    pub value: String,
    /// Why, in the words of a refusal or a warning; empty where there is nothing to say.
    pub why: String,
    /// What to do about a refusal.
    pub hint: Option<String>,
}

impl Rule {
    /// Returns what the rule wants of a removal, in a few words.
    pub fn question(self) -> &'static str {
        match self {
            Self::Evidence => "unseen since the cutoff",
            Self::Presence => "surely offline",
            Self::Floor => "period long enough",
            Self::Belt => "few enough removals",
            Self::Completeness => "fleet listed whole",
            Self::Protection => "not protected",
            Self::Names => "told from all others",
            Self::Duplicates => "same machine as another",
            Self::People => "may go",
        }
    }
}

/// Asks every rule about the removal of a computer for its age; those about duplicates about each record that may be one.
pub fn answers(record: &KeptComputer, cutoff: Timestamp, facts: &Facts<'_>, limits: &Limits) -> Vec<Answer> {
    let stale = [removed(
        record,
        Reason::Stale {
            // Where there is none, the record says so.
            last_seen: record.last_seen.unwrap_or(cutoff),
            cutoff,
        },
    )];
    let removals = removal::of(&stale);
    let removals: &[Removal<'_>] = &removals;
    let asked = |rule, value: String, judge: &dyn Fn(&mut Verdict)| {
        let mut verdict = Verdict::default();
        judge(&mut verdict);
        answer(rule, value, &verdict, &record.name)
    };
    let mut answers = vec![
        asked(Rule::Evidence, seen(record, facts.now), &|verdict| {
            evidence::judge(removals, facts, verdict);
        }),
        asked(Rule::Presence, online(record, facts), &|verdict| {
            presence::judge(removals, facts, verdict);
        }),
        asked(
            Rule::Floor,
            format!(
                "cutoff {cutoff:.0} (UTC), {} ago",
                span(facts.now.duration_since(cutoff))
            ),
            &|verdict| floor::judge(removals, facts, limits, verdict),
        ),
        asked(Rule::Protection, touched(record, limits), &|verdict| {
            protection::judge(&stale, facts, limits, verdict);
        }),
        asked(Rule::Names, bearers(record, facts), &|verdict| {
            names::judge(removals, facts, verdict);
        }),
        asked(Rule::Completeness, whole(facts), &|verdict| {
            completeness::judge(&stale, facts, verdict);
        }),
        asked(Rule::Belt, format!("1 of {}", size(facts)), &|verdict| {
            belt::judge(removals, facts, limits, verdict);
        }),
    ];
    answers.extend(of_duplicates(record, facts));
    answers
}

/// Returns why a plan with nothing but the removal of a computer would be refused, if it would.
pub fn refused(record: &KeptComputer, reason: Reason, facts: &Facts<'_>, limits: &Limits) -> Option<String> {
    judged(&[removed(record, reason)], record, facts, limits)
}

/// Returns why a plan that makes several records of a machine into one would be refused, if it would; `record` is the one that
/// is spoken of. The survivor has the name in the end.
pub fn refused_merge(
    record: &KeptComputer,
    survivor: &KeptComputer,
    others: &[KeptComputer],
    name: &str,
    facts: &Facts<'_>,
    limits: &Limits,
) -> Option<String> {
    let mut proposals = merged(others, survivor);
    if name != survivor.name {
        proposals.push(Proposal::of(Change::Rename {
            computer: named(survivor),
            to: name.to_owned(),
        }));
    }
    judged(&proposals, record, facts, limits)
}

fn judged(
    proposals: &[Proposal],
    record: &KeptComputer,
    facts: &Facts<'_>,
    limits: &Limits,
) -> Option<String> {
    let verdict = super::judge(proposals, facts, limits);
    let told = |refusal: &Refusal| bare(&refusal.message, &record.name);
    let refusals: Vec<String> = verdict.refusals.iter().map(told).collect();
    (!refusals.is_empty()).then(|| refusals.join("; "))
}

fn removed(record: &KeptComputer, reason: Reason) -> Proposal {
    Proposal {
        change: Change::RemoveComputer {
            computer: named(record),
        },
        reason: Some(reason),
        before: Some(Kept::Computer(Box::new(record.clone()))),
    }
}

/// Proposes what a clean-up does with records of one machine: the survivor gets the groups of the others, then they go.
fn merged(others: &[KeptComputer], survivor: &KeptComputer) -> Vec<Proposal> {
    let mut has: HashSet<&GroupId> = survivor.groups.iter().flatten().map(|group| &group.id).collect();
    let groups = others.iter().flat_map(|other| other.groups.iter().flatten());
    let lacked = groups.filter(|group| has.insert(&group.id));
    let given = lacked.map(|group| Proposal {
        before: Some(Kept::Computer(Box::new(survivor.clone()))),
        ..Proposal::of(Change::GroupAdd {
            group: group.clone(),
            member: Member::Computer(named(survivor)),
        })
    });
    let mut proposals: Vec<Proposal> = given.collect();
    proposals.extend(others.iter().map(|other| {
        let survivor = named(survivor);
        removed(other, Reason::DuplicateOf { survivor })
    }));
    proposals
}

fn named(record: &KeptComputer) -> ComputerRef {
    ComputerRef {
        id: ComputerId::new(record.id.as_str()),
        name: record.name.clone(),
    }
}

fn answer(rule: Rule, value: String, verdict: &Verdict, name: &str) -> Answer {
    let (says, why, hint) = if let [refusal, ..] = &verdict.refusals[..] {
        (
            Says::Refuses,
            bare(&refusal.message, name),
            Some(refusal.hint.clone()),
        )
    } else {
        let told: Vec<&str> = verdict
            .relaxed
            .iter()
            .chain(&verdict.warnings)
            .map(String::as_str)
            .collect();
        let says = if told.is_empty() {
            Says::Allows
        } else {
            Says::Warns
        };
        (says, told.join("; "), None)
    };
    Answer {
        rule,
        says,
        value,
        why,
        hint,
    }
}

/// Leaves out of a refusal what goes without saying where one computer is spoken of.
fn bare(message: &str, name: &str) -> String {
    let whom = some("computer", &[name]);
    let prefixes = ["remove", "touch"].map(|verb| format!("not allowed to {verb} {whom}"));
    let rest = prefixes.iter().find_map(|prefix| message.strip_prefix(prefix));
    rest.map_or(message, |rest| rest.trim_start_matches([':', ' ']))
        .to_owned()
}

/// Asks of each record that has the host name or a hardware address in common whether the computer is another record of that
/// machine, and might go in its favour.
fn of_duplicates(record: &KeptComputer, facts: &Facts<'_>) -> Vec<Answer> {
    let none = |value: &str| Answer {
        rule: Rule::Duplicates,
        says: Says::NotAsked,
        value: value.to_owned(),
        why: String::new(),
        hint: None,
    };
    let Some(inventory) = facts.inventory else {
        return vec![none("the fleet was not listed")];
    };
    let akin = inventory.akin(record);
    if akin.is_empty() {
        return vec![none(
            "no other record has its host name or a hardware address of it",
        )];
    }
    let of_one = |other: &&KeptComputer| {
        let value = format!("'{}' ({})", other.name, other.id);
        let unlike = |why| Answer {
            rule: Rule::Duplicates,
            says: Says::Refuses,
            value: value.clone(),
            why,
            hint: None,
        };
        match same_machine(record, other, inventory) {
            Same::No(why) | Same::Unclear(why) => unlike(why),
            Same::Yes(why) => {
                let proposals = merged(std::slice::from_ref(record), other);
                let mut verdict = Verdict::default();
                duplicates::judge(&removal::of(&proposals), &proposals, facts, &mut verdict);
                let value = format!("{value}: {why}");
                answer(Rule::Duplicates, value, &verdict, &record.name)
            }
        }
    };
    akin.iter().map(of_one).collect()
}

fn seen(record: &KeptComputer, now: Timestamp) -> String {
    match last_seen(record, now) {
        Ok(at) => format!("last seen {at:.0} (UTC), {} ago", span(now.duration_since(at))),
        Err(Unseen::Never) => "last seen: the vendor does not say".to_owned(),
        Err(Unseen::Future) => format!("last seen {}, which has not come yet", told(record)),
        Err(Unseen::Epoch) => format!("last seen {}, by a clock that was never set", told(record)),
    }
}

fn told(record: &KeptComputer) -> String {
    record.last_seen.map(|at| format!("{at:.0}")).unwrap_or_default()
}

fn online(record: &KeptComputer, facts: &Facts<'_>) -> String {
    match facts.presence(record) {
        Presence::Online => "online",
        Presence::Offline => "offline",
        Presence::Unknown => "the vendor does not say",
        Presence::NotChecked => "not read",
    }
    .to_owned()
}

fn touched(record: &KeptComputer, limits: &Limits) -> String {
    if limits.protected.is_empty() {
        return "the profile protects nothing".to_owned();
    }
    let groups = match &record.groups {
        None => "groups not read".to_owned(),
        Some(groups) if groups.is_empty() => "in no group".to_owned(),
        Some(groups) => {
            let names: Vec<&str> = groups.iter().map(|group| group.name.as_str()).collect();
            format!("in {}", names.join(", "))
        }
    };
    let entries = limits.protected.entries().len();
    format!(
        "'{}', {groups}; {} of protect",
        record.name,
        if entries == 1 {
            "1 entry".to_owned()
        } else {
            format!("{entries} entries")
        }
    )
}

fn bearers(record: &KeptComputer, facts: &Facts<'_>) -> String {
    let by = match facts.vendor {
        Vendor::RealVnc => format!("removed by its id, {}", record.id),
        Vendor::RemotePc => format!("removed by its name, '{}'", record.name),
    };
    match facts.inventory {
        None => by,
        Some(inventory) => {
            let bear = counted(inventory.bearers(&record.name).len(), "computer");
            format!("{by}; {bear} of that name")
        }
    }
}

fn whole(facts: &Facts<'_>) -> String {
    match facts.inventory {
        None => "the fleet was not listed".to_owned(),
        Some(_) => size(facts),
    }
}

fn size(facts: &Facts<'_>) -> String {
    match facts.inventory {
        None => "a fleet of unknown size".to_owned(),
        Some(inventory) => counted(inventory.len(), "computer"),
    }
}

#[cfg(test)]
mod tests;
