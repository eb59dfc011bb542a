//! The machines that programs stumble over: duplicates, unseen ones, and names of strangers.
//!
//! Sets of duplicates come in several certainties, from "surely one machine" to "surely two". They repeat with each two
//! hundred machines; the other oddities are there once.

use jiff::{SignedDuration, Timestamp};

use super::machine::{Machine, Reach, Seen, host_name, mac};
use super::names::{
    ACCOUNTING_LAPTOPS, DESIGN_MACS, FRONT_DESKS, LAB_STATIONS, LAPTOP_11, MAC_15, Namer, PHONE, PI,
    SALES_LAPTOPS, SCANNERS, SERVER_2022, SIGNAGE, TABLET, UBUNTU, WINDOWS_10, WINDOWS_11,
};
use crate::sim::rng::Rng;

/// How many machines [`sets`] makes.
const IN_SETS: usize = 15;
/// How many machines [`singles`] makes.
const SINGLES: usize = 23;
/// Machines per round of sets.
const ROUND: usize = 200;

/// Returns how many of `size` machines are odd.
pub fn count(size: usize) -> usize {
    (size / ROUND * IN_SETS + SINGLES + if size < ROUND { IN_SETS } else { 0 }).min(size / 4)
}

/// Returns the odd machines of a company of `size` machines.
pub fn machines(rng: &mut Rng, names: &mut Namer, day: Timestamp, size: usize) -> Vec<Machine> {
    let mut odd = sets(rng, names, day);
    odd.extend(singles(rng, day));
    for _ in 1..size / ROUND {
        odd.extend(sets(rng, names, day));
    }
    odd.truncate(count(size));
    odd
}

/// Days in hours.
const fn days(days: i64) -> i64 {
    days * 24
}

fn sets(rng: &mut Rng, names: &mut Namer, day: Timestamp) -> Vec<Machine> {
    let mut all = Vec::with_capacity(IN_SETS);

    // Surely one machine: the same hardware address, and the new record carries a suffix.
    let name = names.next(&ACCOUNTING_LAPTOPS);
    let old = Machine::new(rng, day, &name, LAPTOP_11)
        .of("Accounting")
        .seen_hours_ago(day, days(118));
    let mut new = old.again(format!("{name} (2)")).online(day);
    new.department = None;
    all.extend([old, new]);

    // The same three times over, with two sorts of suffix.
    let name = names.next(&DESIGN_MACS);
    let first = Machine::new(rng, day, &name, MAC_15)
        .of("Design")
        .seen_hours_ago(day, days(201));
    let second = first.again(format!("{name} (2)")).seen_hours_ago(day, days(96));
    let third = first.again(format!("{name}-1")).online(day);
    all.extend([first, second, third]);

    // Probably one machine: the same host name and system, and one record without hardware addresses.
    let name = names.next(&FRONT_DESKS);
    let mut old = Machine::new(rng, day, &name, WINDOWS_10)
        .of("Front desk")
        .seen_hours_ago(day, days(34));
    old.macs.clear();
    let mut new = old.again(format!("{name} 2")).seen_hours_ago(day, 20);
    new.macs.push(mac(rng));
    all.extend([old, new]);

    // Surely two machines, set up from one image: the same host name, different hardware.
    let name = names.next(&LAB_STATIONS);
    let one = Machine::new(rng, day, &name, UBUNTU)
        .of("Lab")
        .seen_hours_ago(day, 30);
    let mut other = one.again(format!("{name} B")).seen_hours_ago(day, days(5));
    other.macs = vec![mac(rng)];
    all.extend([one, other]);

    // One machine, but nobody can tell which record is the living one: both offline, seen hours apart.
    let name = names.next(&SCANNERS);
    let one = Machine::new(rng, day, &name, WINDOWS_10)
        .of("Warehouse")
        .seen_hours_ago(day, 55);
    let other = one.again(format!("{name} (2)")).seen_hours_ago(day, 51);
    all.extend([one, other]);

    // Four machines that were on the same docking station, and report its address besides their own.
    let dock = mac(rng);
    for _ in 0..4 {
        let name = names.next(&SALES_LAPTOPS);
        let mut machine = Machine::new(rng, day, &name, LAPTOP_11).of("Sales, EMEA");
        machine.macs.push(dock.clone());
        all.push(machine);
    }
    all
}

fn singles(rng: &mut Rng, day: Timestamp) -> Vec<Machine> {
    let mut all = Vec::with_capacity(SINGLES);

    // Names that are hard to show, to sort, to quote or to search for.
    all.push(Machine::new(rng, day, "Büro-Zürich-02", WINDOWS_11).online(day));
    all.push(Machine::new(rng, day, "東京-受付-01", WINDOWS_11).of("Front desk"));
    all.push(Machine::new(
        rng,
        day,
        "printer-room \u{1b}[31mred\u{1b}[0m\u{7}",
        WINDOWS_10,
    ));
    all.push(Machine::new(rng, day, "Dock 4, north gate", PI).of("Warehouse"));
    all.push(Machine::new(rng, day, "Anna’s \"old\" MacBook", MAC_15).of("Design"));
    all.push(Machine::new(rng, day, "🦊 Marketing", MAC_15).online(day));
    // A name that looks like a duplicate of something, and of which there is no other.
    all.push(Machine::new(rng, day, "Studio (2)", WINDOWS_11));
    // One name begins with the other.
    all.push(Machine::new(rng, day, "KIOSK-1", SIGNAGE).online(day));
    all.push(Machine::new(rng, day, "KIOSK-10", PI));

    // Two machines with the very same name, on different floors.
    all.push(Machine::new(rng, day, "Meeting Room", WINDOWS_11).online(day));
    let mut upstairs = Machine::new(rng, day, "Meeting Room", MAC_15);
    upstairs.host = Some(host_name("meeting-room-2f"));
    all.push(upstairs);

    // Not seen, or not well recorded.
    for (name, seen) in [
        ("spare-laptop-a", Seen::Never),
        ("spare-laptop-b", Seen::Never),
        ("training-07", Seen::Never),
        ("training-08", Seen::Blank),
        ("museum-piece", Seen::At(Timestamp::UNIX_EPOCH)),
        (
            "clock-trouble",
            Seen::ago(day, SignedDuration::from_hours(-days(400))),
        ),
    ] {
        let mut machine = Machine::new(rng, day, name, WINDOWS_10);
        machine.seen = seen;
        machine.online = None;
        all.push(machine);
    }

    // Reached directly: the cloud knows next to nothing about them.
    for (name, host) in [("pump-house", "172.16.1.1::5901"), ("old-nas", "10.20.0.14:5900")] {
        let mut machine = Machine::new(rng, day, name, WINDOWS_10);
        machine.reach = Reach::Direct(host.to_owned());
        machine.device = None;
        machine.host = None;
        machine.macs.clear();
        machine.seen = Seen::Never;
        machine.online = None;
        all.push(machine);
    }

    // Mobile devices have no host name and report no hardware address.
    for (name, device) in [("Omar's iPhone", PHONE), ("Forklift tablet", TABLET)] {
        let mut machine = Machine::new(rng, day, name, device).seen_hours_ago(day, 40);
        machine.host = None;
        machine.macs.clear();
        machine.online = None;
        all.push(machine);
    }

    // The one that must never go.
    all.push(
        Machine::new(rng, day, "DC-01", SERVER_2022)
            .of("Servers")
            .online(day),
    );
    all.push(
        Machine::new(rng, day, "backup-vault", SERVER_2022)
            .of("Servers")
            .seen_hours_ago(day, days(400)),
    );
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_counts_are_those_of_what_is_made() {
        let mut rng = Rng::new(1, "test");
        let day = Timestamp::UNIX_EPOCH + SignedDuration::from_hours(days(20_000));
        assert_eq!(sets(&mut rng, &mut Namer::default(), day).len(), IN_SETS);
        assert_eq!(singles(&mut rng, day).len(), SINGLES);
    }
}
