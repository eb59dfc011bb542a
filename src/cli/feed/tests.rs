//! A feed that is killed at any moment, over and over: each event arrives once.

mod files;
mod quicksand;

use super::cursor::tests::{at, binding, entry};
use super::*;
use crate::fleet::Kind;
use crate::host::Entry;
use quicksand::{ALL, Lasting, Quicksand, arrived, keys, look_at, run};

#[test]
fn each_event_arrives_once_however_often_a_run_is_killed() {
    for seed in 0..400 {
        let mut rng = Numbers(seed);
        let mut lasting = Lasting {
            file: Some(Vec::new()),
            ..Lasting::default()
        };
        let mut events: Vec<Entry> = Vec::new();
        let mut now = 0;
        for round in 0..12 {
            now += rng.between(0, 5_400);
            events.extend(happened(&mut rng, round, now));
            events.sort_by_key(|entry| entry.at);
            // By a clock that is now ahead of the vendor's, and now behind it.
            let by_clock = at(now + rng.between(-300, 300));
            let Ok(step) = look_at(&mut lasting, &events, by_clock) else {
                continue;
            };
            assert_eq!(step.alerts, [""; 0], "seed {seed}");
            if rng.between(0, 3) == 0 {
                // The vendor did not answer.
                continue;
            }
            let mut ground = Quicksand {
                lasting: &mut lasting,
                steps: usize::try_from(rng.between(0, 600)).unwrap(),
                space: usize::try_from(rng.between(0, 900)).unwrap(),
            };
            if take(&mut ground, &step).is_ok() && rng.between(0, 3) == 0 {
                lasting.rotate();
            }
        }
        run(&mut lasting, &events, at(now + 300), ALL).unwrap();
        assert_eq!(arrived(&lasting), keys(&events), "seed {seed}");
        let before = lasting.file.clone();
        run(&mut lasting, &events, at(now + 305), ALL).unwrap();
        assert_eq!(lasting.file, before, "seed {seed}");
    }
}

/// A few events: many at the same time, some late, some without an id.
fn happened(rng: &mut Numbers, round: i64, now: i64) -> Vec<Entry> {
    (0..rng.between(0, 4))
        .map(|number| {
            let second = now - rng.between(0, 1) * rng.between(0, 3_000);
            let id = match rng.between(0, 3) {
                0 => String::new(),
                _ => format!("{round}-{number}"),
            };
            entry(second, &id)
        })
        .collect()
}

#[test]
fn a_clock_that_was_wrong_for_a_while_has_no_event_pass_by() {
    let year = 365 * 86_400;
    let events = [entry(1, "a"), entry(2, "b")];
    let mut lasting = Lasting::default();
    // The first run of all, and one later.
    for first in [true, false] {
        run(&mut lasting, &events, at(year), ALL).unwrap();
        assert_eq!(arrived(&lasting), if first { vec![] } else { keys(&events) });
        let alerts = run(&mut lasting, &events, at(9), ALL).unwrap();
        assert_eq!(
            alerts.iter().any(|alert| alert.contains("begins anew")),
            first,
            "{alerts:?}"
        );
        assert_eq!(arrived(&lasting), keys(&events));
    }
    let more = [events[0].clone(), events[1].clone(), entry(20_000, "c")];
    run(&mut lasting, &more, at(20_000), ALL).unwrap();
    let alerts = run(&mut lasting, &more, at(9), ALL).unwrap();
    assert!(alerts[0].contains("when the clock is right"), "{alerts:?}");
    assert_eq!(arrived(&lasting), keys(&more));
}

#[test]
fn a_new_cursor_does_not_begin_tomorrow() {
    let terms = Terms {
        of: binding(),
        connections_only: false,
        begins: Some(at(86_400)),
        now: at(0),
    };
    let ground = Quicksand {
        lasting: &mut Lasting::default(),
        steps: 0,
        space: 0,
    };
    let error = look(&ground, &terms, |_, _| Ok(Vec::new())).unwrap_err();
    assert_eq!(error.kind, Kind::Invalid);
}

#[test]
fn after_more_than_the_vendor_keeps_a_gap_is_said_once() {
    let mut lasting = Lasting::default();
    let day = 86_400;
    run(&mut lasting, &[], at(0), ALL).unwrap();
    assert_eq!(run(&mut lasting, &[], at(30 * day), ALL).unwrap(), [""; 0]);
    let alerts = run(&mut lasting, &[entry(60 * day + 1, "a")], at(61 * day), ALL).unwrap();
    assert!(alerts[0].contains("events are missing"), "{alerts:?}");
    assert_eq!(run(&mut lasting, &[], at(61 * day), ALL).unwrap(), [""; 0]);
    assert_eq!(arrived(&lasting), ["id a"]);
}

#[test]
fn a_gap_is_said_also_after_a_first_run_that_was_killed() {
    let mut lasting = Lasting {
        file: Some(Vec::new()),
        ..Lasting::default()
    };
    let day = 86_400;
    run(&mut lasting, &[entry(-day, "a")], at(0), 1).unwrap_err();
    let again = look_at(&mut lasting, &[], at(3)).unwrap();
    assert_eq!(again.alerts, [""; 0]);
    let alerts = run(&mut lasting, &[], at(31 * day), ALL).unwrap();
    assert!(alerts[0].contains("events are missing"), "{alerts:?}");
}

#[test]
fn a_cursor_keeps_to_the_events_that_it_was_made_for() {
    let mut lasting = Lasting::default();
    run(&mut lasting, &[], at(0), ALL).unwrap();
    let of = |change: fn(&mut Terms)| {
        let mut terms = Terms {
            of: binding(),
            connections_only: false,
            begins: None,
            now: at(1),
        };
        change(&mut terms);
        let ground = Quicksand {
            lasting: &mut lasting.clone(),
            steps: ALL,
            space: ALL,
        };
        look(&ground, &terms, |_, _| Ok(Vec::new())).map(|step| step.count)
    };
    assert_eq!(of(|_| {}), Ok(0));
    for change in [
        (|terms| terms.of.host = "https://other.test".to_owned()) as fn(&mut Terms),
        |terms| terms.of.profile = "branch".to_owned(),
        |terms| terms.connections_only = true,
    ] {
        assert_eq!(of(change).unwrap_err().kind, Kind::Refused);
    }
}

/// Numbers that follow from a seed.
struct Numbers(u64);

impl Numbers {
    /// Draws one of `from` to `to`, both included.
    fn between(&mut self, from: i64, to: i64) -> i64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        from + i64::try_from(self.0 >> 33).unwrap() % (to - from + 1)
    }
}
