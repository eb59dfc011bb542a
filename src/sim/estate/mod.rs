//! A make-believe company: its computers and its people, in no vendor's words.
//!
//! Everything follows from a seed, a day and a size, so that a demo says the same all day and a test the same for
//! ever. Moments are counted back from 00:00 UTC of the day. The company has what real fleets have and programs stumble
//! over: machines that nobody has seen for a year, records that a reinstallation left behind, names of strangers.

mod machine;
mod names;
mod oddities;
mod ordinary;
mod people;

pub use machine::{Machine, Reach, Seen};
pub use names::DEPARTMENTS;
pub use people::{Person, Rank, people, plain};

use jiff::Timestamp;

use super::rng::Rng;

/// The name under which the company's machines and mailboxes are registered; `.example` belongs to nobody.
pub const DOMAIN: &str = "kestrel.example";

/// Returns `size` machines. Of a small company only some are odd.
pub fn machines(seed: u64, day: Timestamp, size: usize) -> Vec<Machine> {
    let mut rng = Rng::new(seed, "machines");
    let mut names = names::Namer::default();
    let odd = oddities::count(size);
    let mut machines = ordinary::machines(&mut rng, &mut names, day, size - odd);
    machines.extend(oddities::machines(&mut rng, &mut names, day, size));
    machines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day() -> Timestamp {
        "2026-11-20T00:00:00Z".parse().unwrap()
    }

    #[test]
    fn a_company_has_as_many_machines_as_asked_for() {
        for size in [0, 1, 3, 17, 40, 199, 200, 201, 1000] {
            assert_eq!(machines(1, day(), size).len(), size, "size {size}");
        }
    }

    #[test]
    fn the_same_seed_and_day_make_the_same_company_and_another_seed_another() {
        assert_eq!(machines(1, day(), 200), machines(1, day(), 200));
        assert_ne!(machines(1, day(), 200), machines(2, day(), 200));
    }

    #[test]
    fn ordinary_names_are_not_given_twice() {
        let mut names: Vec<String> = machines(3, day(), 2000).into_iter().map(|m| m.name).collect();
        names.sort();
        let doubles: Vec<&String> = names.windows(2).filter(|w| w[0] == w[1]).map(|w| &w[0]).collect();
        assert_eq!(doubles, ["Meeting Room"], "the one pair that is meant");
    }
}
