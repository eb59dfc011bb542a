//! What is a period and what is not, and where it leads by the calendar.

use proptest::prelude::*;

use super::*;

fn before(period: &str, at: &str) -> String {
    let period: Period = period.parse().unwrap();
    period.before(at.parse().unwrap()).unwrap().to_string()
}

#[test]
fn a_bare_number_is_seconds() {
    assert_eq!(before("90", "2026-03-01T00:01:30Z"), "2026-03-01T00:00:00Z");
}

#[test]
fn the_case_of_m_tells_minutes_from_months() {
    assert_eq!(before("1m", "2026-03-31T00:00:00Z"), "2026-03-30T23:59:00Z");
    assert_eq!(before("1M", "2026-03-31T00:00:00Z"), "2026-02-28T00:00:00Z");
}

#[test]
fn years_follow_the_calendar() {
    assert_eq!(before("1y", "2024-02-29T12:00:00Z"), "2023-02-28T12:00:00Z");
}

#[test]
fn iso_durations_are_read_as_iso() {
    assert_eq!(before("P1M", "2026-03-31T00:00:00Z"), "2026-02-28T00:00:00Z");
    assert_eq!(before("PT90M", "2026-03-31T01:30:00Z"), "2026-03-31T00:00:00Z");
}

#[test]
fn a_period_is_written_as_it_can_be_read() {
    for text in ["1y2M", "90d", "3600s", "2w1h5m"] {
        assert_eq!(text.parse::<Period>().unwrap().to_string(), text);
    }
    assert_eq!("3600".parse::<Period>().unwrap().to_string(), "3600s");
}

#[test]
fn what_is_no_period_is_refused_with_its_reason() {
    let refused = |text: &str| text.parse::<Period>().unwrap_err().to_string();
    assert_eq!(
        refused("90D"),
        "`D` in `90D` is not a unit of time; did you mean `90d`?"
    );
    assert_eq!(
        refused("90 days"),
        "`days` in `90 days` is not a unit of time; did you mean `90d`?"
    );
    assert_eq!(refused("90x"), "`x` in `90x` is not a unit of time");
    assert!(refused("-90d").contains("sign"));
    assert!(refused("P-1D").contains("not a period"));
    assert!(refused("1.5d").contains("fraction"));
    assert!(refused("PT1.5H").contains("fraction"));
    assert!(refused("").contains("missing"));
    assert!(refused("soon").contains("not a period"));
    assert!(refused("1d1d").contains("each once"));
    assert!(refused("1h2d").contains("longest to the shortest"));
    assert!(refused("1d5").contains("not a unit"));
    assert!(refused("0d").contains("no time at all"));
    assert!(refused("PT0S").contains("no time at all"));
    assert!(refused("P").contains("not a period"));
}

#[test]
fn what_does_not_fit_is_too_long() {
    for text in [
        "99999999999999999999d",
        "9000000000000000000",
        "99999y",
        "P9999999999999Y",
    ] {
        assert!(
            matches!(text.parse::<Period>(), Err(PeriodError::TooLong(_))),
            "{text}"
        );
    }
    let long: Period = "9000y".parse().unwrap();
    let at: Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
    assert_eq!(
        long.before(at).unwrap(),
        "-006974-01-01T00:00:00Z".parse().unwrap()
    );
    assert!(matches!(
        "19000y".parse::<Period>().unwrap().before(at),
        Err(PeriodError::TooLong(_))
    ));
}

#[test]
fn the_day_on_which_a_period_is_over_is_the_first_on_which_its_cutoff_is_later() {
    let over = |period: &str, at: &str| {
        let period: Period = period.parse().unwrap();
        period.over_on(at.parse().unwrap()).unwrap().to_string()
    };
    assert_eq!(over("90d", "2026-08-22T09:00:00Z"), "2026-11-20");
    assert_eq!(over("1d", "2026-08-22T23:59:59.999999999Z"), "2026-08-24");
    assert_eq!(over("1M", "2026-02-28T12:00:00Z"), "2026-03-28");
    assert_eq!(over("1M", "2026-01-31T12:00:00Z"), "2026-03-01");
    assert_eq!(over("1y", "2024-02-29T00:00:00Z"), "2025-03-01");
    assert_eq!(over("1s", "2026-08-22T09:00:00Z"), "2026-08-22");
}

/// A period of the units from the longest on, as somebody would write it.
fn written() -> impl Strategy<Value = String> {
    let counts = prop::collection::vec(0..400_u32, UNITS.len());
    counts.prop_filter_map("it has a unit", |counts| {
        let parts = counts.iter().zip(UNITS).filter(|(count, _)| *count % 3 == 1);
        let text = parts
            .map(|(count, (unit, _))| format!("{count}{unit}"))
            .collect::<Vec<_>>()
            .concat();
        (!text.is_empty()).then_some(text)
    })
}

fn moment() -> impl Strategy<Value = Timestamp> {
    (0..4_000_000_000_i64).prop_map(|second| Timestamp::from_second(second).unwrap())
}

proptest! {
    #[test]
    fn what_is_written_is_read_back_as_it_was(text in written()) {
        prop_assert_eq!(text.parse::<Period>().unwrap().to_string(), text);
    }

    #[test]
    fn no_text_is_more_than_refused(text in "\\PC{0,24}") {
        let _ = text.parse::<Period>();
    }

    #[test]
    fn nothing_that_looks_like_a_period_is_read_as_another(text in "[-+]?[0-9]{0,24}[smhdwMyDHYW. ]{0,2}[0-9]{0,3}[smhdwMy]?") {
        if let Ok(period) = text.parse::<Period>() {
            let again: Period = period.to_string().parse().unwrap();
            prop_assert_eq!(again, period);
            prop_assert!(!text.contains(['-', '+', '.', 'D', 'H', 'Y', 'W']), "{}", text);
        }
    }

    #[test]
    fn a_bare_number_and_its_seconds_are_the_same(count in 1..u32::MAX) {
        let bare: Period = count.to_string().parse().unwrap();
        prop_assert_eq!(bare, format!("{count}s").parse().unwrap());
        prop_assert_eq!(bare, format!("PT{count}S").parse().unwrap());
    }

    #[test]
    fn the_cutoff_lies_before_now_and_only_earlier_for_longer(
        now in moment(), count in 1..5000_u32, unit in 0..UNITS.len()
    ) {
        let unit = UNITS[unit].0;
        let before = |count: u32| format!("{count}{unit}").parse::<Period>().unwrap().before(now).unwrap();
        prop_assert!(before(count) < now);
        prop_assert!(before(count + 1) < before(count));
    }

    #[test]
    fn iso_and_letters_say_the_same(now in moment(), years in 0..30_u32, months in 1..40_u32, days in 0..400_u32) {
        let iso: Period = format!("P{years}Y{months}M{days}D").parse().unwrap();
        let parts = [(years, 'y'), (months, 'M'), (days, 'd')];
        let parts = parts.iter().filter(|(count, _)| *count > 0);
        let letters = parts.map(|(count, unit)| format!("{count}{unit}")).collect::<Vec<_>>().concat();
        prop_assert_eq!(iso.before(now).unwrap(), letters.parse::<Period>().unwrap().before(now).unwrap());
    }

    #[test]
    fn on_the_day_that_a_period_is_over_it_is_and_on_no_day_before(at in moment(), text in written()) {
        let period: Period = text.parse().unwrap();
        let Ok(day) = period.over_on(at) else { return Ok(()) };
        let end_of = |day: Date| {
                let next = day.tomorrow().unwrap().to_zoned(TimeZone::UTC).unwrap().timestamp();
                next - SignedDuration::from_nanos(1)
            };
        prop_assert!(period.before(end_of(day)).unwrap() > at);
        for back in 1..40 {
            let earlier = day.checked_sub(Span::new().days(back)).unwrap();
            prop_assert!(period.before(end_of(earlier)).unwrap() <= at, "{} before {}", back, day);
        }
    }
}
