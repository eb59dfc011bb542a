//! The company as a team of the vendor: the same machines and people, with the vendor's identifiers.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value, json};

use super::history;
use super::world::{Entry, EntryData, Group, Member, Presence, Role, World};
use crate::sim::estate::{self, DEPARTMENTS, Machine, Person, Rank, Reach, Seen};
use crate::sim::rng::Rng;

/// A group of entries that nothing is in.
const EMPTY_GROUP: &str = "Spare pool";
/// The groups of users beside those of the departments: title, and how many of a hundred are in.
const USER_GROUPS: [(&str, usize); 5] = [
    ("All staff", 90),
    ("IT support", 12),
    ("Contractors", 8),
    ("Night shift, weekend", 15),
    ("Nobody yet", 0),
];

/// Makes the team of a seed and a size; its dates hang on the day.
pub fn world(seed: u64, day: Timestamp, size: usize) -> World {
    let mut ids = Rng::new(seed, "realvnc ids");
    let machines = estate::machines(seed, day, size);
    let people = estate::people(seed, size);
    let mut world = World {
        seed,
        team_id: ids.base62(19),
        access_key_id: ids.base62(19),
        access_key: ids.base62(20),
        later_ids: 0,
        entries: Vec::new(),
        entry_groups: Vec::new(),
        members: Vec::new(),
        user_groups: Vec::new(),
        events: Vec::new(),
    };
    world.entries = machines
        .iter()
        .enumerate()
        .map(|(number, machine)| entry(&mut ids, day, number, machine))
        .collect();
    world.members = people.iter().map(|person| member(&mut ids, person)).collect();
    world.entry_groups = entry_groups(seed, day, &machines, &mut world.entries);
    world.user_groups = user_groups(seed, day, &people, &world.members);
    world.events = history::events(seed, day, &world, &machines);
    world.sort_entries();
    world.sort_members();
    world
}

fn entry(ids: &mut Rng, day: Timestamp, number: usize, machine: &Machine) -> Entry {
    let id = ids.hex(32);
    let server_id = format!("{}-{}-{}", ids.base62(6), ids.base62(5), ids.base62(6));
    let (server_id, host) = match &machine.reach {
        Reach::Cloud => (Some(server_id), None),
        Reach::Direct(host) => (None, Some(host.clone())),
    };
    let presence = machine.online.map(|online| Presence {
        online,
        // Whoever is online was in contact just now; not everybody who is not has a record of it.
        last_seen: match machine.seen {
            _ if online => before(day, SignedDuration::from_mins(2)),
            Seen::At(at) if !number.is_multiple_of(23) => Some(at),
            _ => None,
        },
    });
    Entry {
        id,
        name: machine.name.clone(),
        version: 1 + (number % 4) as u64,
        server_id,
        host,
        last_seen: match machine.seen {
            // Some clocks tell fractions of a second.
            Seen::At(at) if number.is_multiple_of(10) => Some(format!("{at:.3}")),
            Seen::At(at) => Some(at.to_string()),
            Seen::Never => None,
            Seen::Blank => Some(String::new()),
        },
        data: data(machine),
        extra: extra(number),
        everyone: false,
        presence,
    }
}

fn data(machine: &Machine) -> Option<EntryData> {
    let device = machine.device?;
    Some(EntryData {
        app_name: Some(device.agent.to_owned()),
        device_form: Some(device.form.to_owned()),
        device_name: machine
            .host
            .as_ref()
            .and_then(|h| h.split('.').next())
            .map(str::to_uppercase),
        machine_name: machine.host.clone(),
        mac_addrs: machine.macs.clone(),
        os_name: Some(device.os.to_owned()),
    })
}

/// A member that no contract knows, here and there: an API grows.
fn extra(number: usize) -> Map<String, Value> {
    let mut extra = Map::new();
    if number % 37 == 3 {
        extra.insert(
            "licenceState".to_owned(),
            json!({ "seats": 1, "kind": "DEVICE_ACCESS" }),
        );
    }
    extra
}

fn member(ids: &mut Rng, person: &Person) -> Member {
    let roles = match person.rank {
        Rank::Owner => vec![Role::Owner],
        Rank::Admin => vec![Role::Admin, Role::User],
        Rank::Manager => vec![Role::Manager, Role::User],
        Rank::Technician => vec![Role::Technician],
        Rank::ManagerAndTechnician => vec![Role::Manager, Role::Technician],
        Rank::User => vec![Role::User],
        Rank::Gone => vec![Role::Deleted],
    };
    Member {
        id: ids.base62(19),
        email: person.email.clone(),
        sso: person.sso.clone(),
        roles,
        invited: person.invited,
        version: 1,
    }
}

/// Puts most machines into the group of their department; whoever ends up in none is for everyone, as it is at the
/// vendor when nobody decides otherwise.
fn entry_groups(seed: u64, day: Timestamp, machines: &[Machine], entries: &mut [Entry]) -> Vec<Group> {
    let mut rng = Rng::new(seed, "realvnc entry groups");
    let mut groups: Vec<Group> = DEPARTMENTS
        .iter()
        .map(|title| group(&mut rng, day, title))
        .collect();
    let mut laptops = group(&mut rng, day, "Laptops");
    for (machine, entry) in machines.iter().zip(entries.iter_mut()) {
        let department = machine.department.filter(|_| rng.chance(88));
        for group in groups.iter_mut().filter(|g| Some(g.name.as_str()) == department) {
            group.members.push(entry.id.clone());
        }
        if machine.device.is_some_and(|d| d.form == "LAPTOP") && rng.chance(60) {
            laptops.members.push(entry.id.clone());
        } else if department.is_none() {
            entry.everyone = true;
        }
    }
    groups.push(laptops);
    groups.push(group(&mut rng, day, EMPTY_GROUP));
    groups
}

fn user_groups(seed: u64, day: Timestamp, people: &[Person], members: &[Member]) -> Vec<Group> {
    let mut rng = Rng::new(seed, "realvnc user groups");
    let mut groups = Vec::new();
    for title in DEPARTMENTS {
        let mut group = group(&mut rng, day, &format!("{title} staff"));
        let staff = people.iter().zip(members).filter(|(p, _)| p.department == title);
        group.members.extend(staff.map(|(_, m)| m.id.clone()));
        groups.push(group);
    }
    for (title, percent) in USER_GROUPS {
        let mut group = group(&mut rng, day, title);
        for member in members {
            if rng.chance(percent) {
                group.members.push(member.id.clone());
            }
        }
        groups.push(group);
    }
    groups
}

fn group(rng: &mut Rng, day: Timestamp, title: &str) -> Group {
    Group {
        id: rng.base62(19),
        name: title.to_owned(),
        version: rng.between(1, 40).unsigned_abs(),
        modified: before(day, SignedDuration::from_hours(rng.between(5, 9000))).unwrap_or(day),
        members: Vec::new(),
    }
}

fn before(day: Timestamp, ago: SignedDuration) -> Option<Timestamp> {
    day.checked_sub(ago).ok()
}
