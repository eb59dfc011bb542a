//! The same decisions in plain Rust: what the clean-ups could cost at best.

use std::collections::HashMap;
use std::hint::black_box;
use std::time::Duration;

use deskhand::plan::guards::duplicates::Address;
use deskhand::sim::realvnc::World;
use jiff::{SignedDuration, Timestamp};

/// How often a loop is repeated: one run takes some milliseconds.
const TIMES: u32 = 20;

/// A computer, as far as it is looked at.
pub struct Record {
    name: String,
    host: Option<String>,
    os: Option<String>,
    addresses: Vec<Address>,
    seen: Option<Timestamp>,
    online: Option<bool>,
    groups: Vec<usize>,
}

/// Decides on a fleet at a moment, for computers unseen for so many days; returns how many are to be removed.
pub type Loop = fn(&[Record], Timestamp, i64) -> usize;

/// Takes the records of a team out of the simulator.
pub fn fleet(world: &World) -> Vec<Record> {
    let mut groups: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, group) in world.entry_groups().iter().enumerate() {
        for member in &group.members {
            groups.entry(member).or_default().push(at);
        }
    }
    let entries = world.entries().iter();
    let records = entries.map(|entry| {
        let data = entry.data.as_ref();
        let presence = entry.server_id.as_ref().and(entry.presence.as_ref());
        Record {
            name: entry.name.clone(),
            host: data.and_then(|data| data.machine_name.clone()),
            os: data.and_then(|data| data.os_name.clone()),
            addresses: data.map_or_else(Vec::new, |data| Address::all(&data.mac_addrs)),
            seen: entry.last_seen.as_deref().and_then(|text| text.parse().ok()),
            online: presence.map(|presence| presence.online),
            groups: groups.remove(entry.id.as_str()).unwrap_or_default(),
        }
    });
    records.collect()
}

/// Runs a loop; returns what it takes of the processor, and what it decides.
pub fn timed(decide: Loop, fleet: &[Record], now: Timestamp, days: i64) -> (Duration, usize) {
    let mut removed = 0;
    let before = on_cpu();
    for _ in 0..TIMES {
        removed = decide(black_box(fleet), now, days);
    }
    (on_cpu().saturating_sub(before) / TIMES, removed)
}

/// Returns what this thread has used of the processor; nothing where the system does not tell.
fn on_cpu() -> Duration {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = stat.split_whitespace().next().and_then(|word| word.parse().ok());
    Duration::from_nanos(nanoseconds.unwrap_or(0))
}

/// What was not seen since, and is not online.
pub fn stale(fleet: &[Record], now: Timestamp, days: i64) -> usize {
    let cutoff = now - SignedDuration::from_hours(days * 24);
    let mut names: HashMap<String, usize> = HashMap::new();
    for record in fleet {
        *names.entry(record.name.to_lowercase()).or_default() += 1;
    }
    let mut kept: HashMap<&str, usize> = HashMap::new();
    let mut planned = Vec::new();
    for record in fleet {
        let why = match seen(record, now) {
            None => "unknown",
            Some(at) if at >= cutoff => "seen since",
            Some(_) if record.online == Some(true) => "not surely offline",
            Some(_) => {
                planned.push(record);
                continue;
            }
        };
        *kept.entry(why).or_default() += 1;
    }
    black_box((names, kept));
    black_box(planned).len()
}

/// All but the survivor of each set that has one.
pub fn duplicates(fleet: &[Record], now: Timestamp, _: i64) -> usize {
    let mut borne: HashMap<Address, usize> = HashMap::new();
    let mut names: HashMap<String, usize> = HashMap::new();
    for record in fleet {
        *names.entry(folded(&record.name)).or_default() += 1;
        for address in &record.addresses {
            *borne.entry(*address).or_default() += 1;
        }
    }
    let (mut removed, mut given, mut renamed) = (Vec::new(), Vec::new(), Vec::new());
    for alike in alike(fleet, &borne) {
        for set in machines(&alike, &borne) {
            let outlives_all = |c: &&&Record| {
                let mut others = set.iter().filter(|other| !std::ptr::eq(**other, **c));
                others.all(|other| same(c, other, &borne) && outlives(c, other, now))
            };
            let Some(survivor) = set.iter().find(outlives_all).filter(|_| set.len() > 1) else {
                continue;
            };
            let lower = folded(&survivor.name);
            let fits = |c: &&&Record| !c.name.is_empty() && lower.starts_with(&folded(&c.name));
            let shortest = set.iter().filter(fits).min_by_key(|c| c.name.len());
            let others = set.iter().filter(|c| !std::ptr::eq(**c, *survivor));
            for other in others {
                let new = other
                    .groups
                    .iter()
                    .filter(|group| !survivor.groups.contains(group));
                given.extend(new.map(|group| (*group, *survivor)));
                removed.push(*other);
            }
            if let Some(name) = shortest.map(|c| folded(&c.name)) {
                let bearers = set.iter().filter(|c| folded(&c.name) == name).count();
                if name != lower && names[&name] <= bearers {
                    renamed.push((*survivor, name));
                }
            }
        }
    }
    black_box((given, renamed));
    black_box(removed).len()
}

fn folded(text: &str) -> String {
    text.trim().to_lowercase()
}

fn seen(record: &Record, now: Timestamp) -> Option<Timestamp> {
    record.seen.filter(|at| *at > Timestamp::UNIX_EPOCH && *at <= now)
}

fn own(record: &Record, borne: &HashMap<Address, usize>) -> Vec<Address> {
    let is_own = |address: &&Address| !address.is_virtual() && borne[*address] <= 3;
    record.addresses.iter().filter(is_own).copied().collect()
}

/// Puts together what has a name, a host name or an address in common.
fn alike<'a>(fleet: &'a [Record], borne: &HashMap<Address, usize>) -> Vec<Vec<&'a Record>> {
    #[derive(PartialEq, Eq, Hash)]
    enum Mark {
        Name(String),
        Host(String),
        Address(Address),
    }
    fn top(parents: &mut [usize], mut at: usize) -> usize {
        while parents[at] != at {
            parents[at] = parents[parents[at]];
            at = parents[at];
        }
        at
    }
    let mut parents: Vec<usize> = (0..fleet.len()).collect();
    let mut first: HashMap<Mark, usize> = HashMap::new();
    for (at, record) in fleet.iter().enumerate() {
        let name = Some(folded(&record.name))
            .filter(|name| !name.is_empty())
            .map(Mark::Name);
        let host = record
            .host
            .as_deref()
            .map(folded)
            .filter(|host| !host.is_empty())
            .map(Mark::Host);
        let addresses = own(record, borne).into_iter().map(Mark::Address);
        for mark in name.into_iter().chain(host).chain(addresses) {
            let other = *first.entry(mark).or_insert(at);
            let (a, b) = (top(&mut parents, at), top(&mut parents, other));
            parents[a.max(b)] = a.min(b);
        }
    }
    let mut sets: Vec<Vec<&Record>> = Vec::new();
    let mut place: HashMap<usize, usize> = HashMap::new();
    for (at, record) in fleet.iter().enumerate() {
        let set = *place.entry(top(&mut parents, at)).or_insert_with(|| {
            sets.push(Vec::new());
            sets.len() - 1
        });
        sets[set].push(record);
    }
    sets
}

/// Parts what is alike into machines.
fn machines<'a>(alike: &[&'a Record], borne: &HashMap<Address, usize>) -> Vec<Vec<&'a Record>> {
    let mut sets: Vec<Vec<&Record>> = Vec::new();
    for record in alike {
        let is_one = |set: &Vec<&Record>| set.iter().any(|other| same(record, other, borne));
        let (joined, mut others): (Vec<_>, Vec<_>) = sets.into_iter().partition(is_one);
        let mut mine: Vec<&Record> = joined.into_iter().flatten().collect();
        mine.push(record);
        others.push(mine);
        sets = others;
    }
    sets
}

fn same(a: &Record, b: &Record, borne: &HashMap<Address, usize>) -> bool {
    let has_common = a.addresses.iter().any(|address| b.addresses.contains(address));
    if !has_common && !a.addresses.is_empty() && !b.addresses.is_empty() {
        return false;
    }
    let like =
        |a: &Option<String>, b: &Option<String>| match (a.as_deref().map(folded), b.as_deref().map(folded)) {
            (Some(a), Some(b)) if !a.is_empty() && !b.is_empty() => Some(a == b),
            _ => None,
        };
    let (own_a, own_b) = (own(a, borne), own(b, borne));
    let common = own_a.iter().filter(|address| own_b.contains(address)).count();
    if common > 0 {
        return own_a.len() == common || own_b.len() == common || like(&a.host, &b.host) != Some(false);
    }
    (own_a.is_empty() || own_b.is_empty())
        && like(&a.host, &b.host) == Some(true)
        && like(&a.os, &b.os) == Some(true)
}

fn outlives(a: &Record, b: &Record, now: Timestamp) -> bool {
    match (a.online, b.online) {
        (Some(true), Some(false)) => return true,
        (_, Some(true)) => return false,
        _ => {}
    }
    match (seen(a, now), seen(b, now)) {
        (Some(a), Some(b)) => a.duration_since(b) >= SignedDuration::from_hours(48),
        _ => false,
    }
}
