//! The machines about which there is nothing to say, except that some have not been seen for long.

use jiff::{SignedDuration, Timestamp};

use super::machine::{Machine, Seen, mac};
use super::names::{Namer, SERIES, Series};
use crate::sim::rng::Rng;

/// One machine in so many is stale.
const STALE_ONE_IN: usize = 19;
/// The shortest and the longest time that a stale one was not seen, in hours: 90 days and two years.
const STALE_HOURS: (i64, i64) = (90 * 24 + 5, 730 * 24);

/// Returns this many ordinary machines.
pub fn machines(rng: &mut Rng, names: &mut Namer, day: Timestamp, count: usize) -> Vec<Machine> {
    (0..count)
        .filter_map(|number| {
            let series = draw(rng)?;
            let name = names.next(series);
            let device = *rng.pick(series.devices)?;
            let mut machine = Machine::new(rng, day, &name, device).of(series.department);
            if rng.chance(30) {
                machine.macs.push(mac(rng));
            }
            live(&mut machine, rng, day, number % STALE_ONE_IN == 7);
            Some(machine)
        })
        .collect()
}

fn draw(rng: &mut Rng) -> Option<&'static Series> {
    static ALL: [Series; SERIES.len()] = SERIES;
    let mut at = rng.below(ALL.iter().map(|s| s.share).sum());
    ALL.iter().find(|series| {
        let found = at < series.share;
        at = at.saturating_sub(series.share);
        found
    })
}

/// Decides whether a machine is online, and when it was seen.
fn live(machine: &mut Machine, rng: &mut Rng, day: Timestamp, stale: bool) {
    let minutes = if stale {
        machine.online = Some(false);
        rng.between(STALE_HOURS.0 * 60, STALE_HOURS.1 * 60)
    } else if rng.chance(45) {
        machine.online = Some(true);
        // A check-in is daily: who is online now may have been "seen" yesterday.
        rng.between(5, 23 * 60)
    } else if rng.chance(80) {
        rng.between(60, 6 * 24 * 60)
    } else {
        rng.between(6 * 24 * 60, 60 * 24 * 60)
    };
    if !stale && rng.chance(3) {
        machine.online = None;
    }
    machine.seen = Seen::ago(day, SignedDuration::from_mins(minutes));
}
