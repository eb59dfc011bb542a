//! The company as an account of the vendor: the same machines and people, with the vendor's identifiers, and some more machines
//! that this vendor's API makes hard.

use jiff::{SignedDuration, Timestamp};

use super::world::{Device, State, User, World};
use crate::sim::estate::{self, DEPARTMENTS, DOMAIN, Machine, Person, Rank, Seen, plain};
use crate::sim::rng::Rng;

/// A group that nothing is in.
const EMPTY_GROUP: &str = "Spare pool";
/// The address of somebody whose own is not known. It has no dot, as in the vendor's samples.
const UNKNOWN_ADDRESS: &str = "shane@myworld";
/// What is said of some machines.
const COMMENTS: [&str; 5] = [
    "Reserved for training on Fridays",
    "Ask Omar before restarting",
    "2nd floor, left of the lift",
    "Büro Zürich, „nicht ausschalten“",
    "To be replaced; leave alone",
];
/// Words of the vendor for what is neither online nor offline. Only the word `Offline` is documented.
const OTHER_STATUS: [Option<&str>; 3] = [Some("Disabled"), None, Some("Sleeping")];
/// How the vendor may write that a machine was never viewed.
const NEVER: [Option<&str>; 3] = [Some(""), None, Some("0000-00-00 00:00:00")];

/// A machine that only this vendor has: name, status, and how many hours ago it was viewed.
type Extra = (&'static str, Option<&'static str>, Option<i64>);

const EXTRAS: [Extra; 7] = [
    // Two machines to us, one name to whoever does not regard case.
    ("Reception-PC", Some("Online"), Some(3)),
    ("RECEPTION-PC", Some("Offline"), Some(140 * 24)),
    ("=SUM(A1:A9)", Some("Offline"), Some(47)),
    ("Boardroom display", Some("In Session"), Some(0)),
    ("loading-bay-cam", Some(" offLine "), Some(200 * 24)),
    ("quarantined-01", Some("Disabled"), Some(61 * 24)),
    ("half-installed", None, None),
];

/// Makes the account of a seed and a size; its dates hang on the day.
pub fn world(seed: u64, day: Timestamp, size: usize) -> World {
    let mut rng = Rng::new(seed, "remotepc");
    let extras = EXTRAS.get(..size / 8).unwrap_or(&EXTRAS);
    let machines = estate::machines(seed, day, size - extras.len());
    let people = estate::people(seed, size);
    let api_key = rng.base62(32);
    let mut devices: Vec<Device> = machines
        .iter()
        .enumerate()
        .map(|(number, machine)| device(&mut rng, day, number, machine))
        .collect();
    assign(&mut rng, &machines, &mut devices, &people);
    devices.extend(extras.iter().map(|extra| from_extra(&mut rng, day, extra)));
    World {
        seed,
        api_key,
        devices,
        groups: DEPARTMENTS
            .iter()
            .chain(["Laptops", EMPTY_GROUP].iter())
            .map(|&name| name.to_owned())
            .collect(),
        users: people
            .iter()
            .enumerate()
            .filter_map(|(number, person)| user(number, person))
            .collect(),
        elsewhere: ["sam@rival", "lee.park@rival.example"].map(str::to_owned).into(),
        unmentioned: vec![format!("postmaster@{DOMAIN}")],
        connections: 0,
    }
}

fn device(rng: &mut Rng, day: Timestamp, number: usize, machine: &Machine) -> Device {
    let status = match machine.online {
        Some(true) if number.is_multiple_of(9) => Some("In Session"),
        Some(true) => Some("Online"),
        Some(false) => Some("Offline"),
        None => nth(&OTHER_STATUS, number),
    };
    let last_session = match machine.seen {
        _ if status == Some("In Session") => Some(stamp(day, SignedDuration::from_mins(4))),
        // The agent is heard of more often than somebody looks at the machine; a clock that is wrong is wrong here too.
        Seen::At(at) if at > day || at == Timestamp::UNIX_EPOCH => Some(stamp(at, SignedDuration::ZERO)),
        Seen::At(at) if !rng.chance(12) => {
            Some(stamp(at, SignedDuration::from_mins(rng.between(0, 40 * 24 * 60))))
        }
        _ => nth(&NEVER, number).map(str::to_owned),
    };
    let (os, os_version) = machine.device.map(|d| system(d.os)).unzip();
    let comment = if rng.chance(8) { rng.word(&COMMENTS) } else { "" };
    let laptop = machine.device.is_some_and(|d| d.form == "LAPTOP") && rng.chance(40);
    Device {
        machine_id: machine_id(rng),
        name: machine.name.clone(),
        os: os.map(str::to_owned),
        os_version,
        ip: machine.ip.clone(),
        status: status.map(str::to_owned),
        last_session,
        comment: comment.to_owned(),
        group: if laptop {
            Some("Laptops")
        } else {
            machine.department
        }
        .map(str::to_owned),
        assigned: Vec::new(),
    }
}

fn from_extra(rng: &mut Rng, day: Timestamp, (name, status, hours): &Extra) -> Device {
    Device {
        machine_id: machine_id(rng),
        name: (*name).to_owned(),
        os: status.map(|_| "Windows".to_owned()),
        os_version: status.map(|_| "10.0".to_owned()),
        ip: format!("10.20.0.{}", rng.between(2, 254)),
        status: status.map(str::to_owned),
        last_session: hours.map(|hours| stamp(day, SignedDuration::from_mins(hours * 60 + 7))),
        comment: String::new(),
        group: None,
        assigned: Vec::new(),
    }
}

/// Assigns some machines to people of their departments; a few to two.
fn assign(rng: &mut Rng, machines: &[Machine], devices: &mut [Device], people: &[Person]) {
    for (machine, device) in machines.iter().zip(devices) {
        let colleagues: Vec<String> = people
            .iter()
            .enumerate()
            .filter(|(_, p)| Some(p.department) == machine.department && !p.invited && p.rank != Rank::Gone)
            .map(|(number, p)| username(number, p))
            .collect();
        for percent in [45, 5] {
            if rng.chance(percent)
                && let Some(colleague) = rng.pick(&colleagues)
            {
                device.assign(colleague);
            }
        }
    }
}

/// Makes somebody a user, unless the person is gone.
fn user(number: usize, person: &Person) -> Option<User> {
    let state = match person.rank {
        Rank::Gone => return None,
        Rank::Owner => State::Owner,
        _ if person.invited => State::Invited,
        _ => State::Active,
    };
    // Who was invited and never asked for a name has none.
    let named = state != State::Invited && number != 17;
    Some(User {
        username: username(number, person),
        firstname: named.then(|| plain(person.first)),
        lastname: named.then(|| plain(person.last)),
        state,
        deletable: person.rank != Rank::ManagerAndTechnician,
        two_factor: number.is_multiple_of(3),
        sso: false,
    })
}

/// Returns the address of the person of a number. Every sixth has a domain without a dot.
fn username(number: usize, person: &Person) -> String {
    match &person.email {
        Some(email) if number % 6 == 3 => email.trim_end_matches(".example").to_owned(),
        Some(email) => email.clone(),
        None => UNKNOWN_ADDRESS.to_owned(),
    }
}

fn machine_id(rng: &mut Rng) -> String {
    rng.capitals(13)
}

/// Writes a moment some time before another as the vendor does. The zone of its times is not known; ours is UTC.
fn stamp(at: Timestamp, ago: SignedDuration) -> String {
    // Saturates at the beginning of time, where no moment of ours is.
    let at = at.checked_sub(ago).unwrap_or(Timestamp::UNIX_EPOCH);
    at.strftime("%Y-%m-%d %H:%M:%S").to_string()
}

/// Returns the vendor's word for an operating system, and the version.
fn system(os: &str) -> (&'static str, String) {
    let version: String = os
        .chars()
        .skip_while(|c| !c.is_ascii_digit())
        .take_while(|c| c.is_ascii_digit() || *c == '.')
        .collect();
    match os.split(' ').next() {
        // All of them call themselves that.
        Some("Microsoft") => ("Windows", "10.0".to_owned()),
        Some("macOS") => ("Mac", version),
        Some("iOS") => ("iOS", version),
        Some("Android") => ("Android", version),
        _ => ("Linux", version),
    }
}

fn nth(words: &[Option<&'static str>], number: usize) -> Option<&'static str> {
    words.get(number % words.len()).copied().flatten()
}
