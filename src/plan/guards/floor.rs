//! Rule 3: the least age of what is called stale. `--allow-short-period` relaxes it.
//!
//! RealVNC hears from a computer about once a day. RemotePC's only time is that of the last session of a viewer, in a zone
//! that is not documented: what nobody has looked at may be in use every day.

use jiff::SignedDuration;

use crate::fleet::Vendor;
use crate::plan::Reason;

use super::removal::{Removal, last_seen, rows, whom};
use super::words::span;
use super::{Facts, Limits, Rule, Verdict};

const DAY: SignedDuration = SignedDuration::from_hours(24);

const FLAG: &str = "--allow-short-period";

/// What is too short and what is short, for a vendor.
struct Floor {
    refused_under: SignedDuration,
    warned_under: SignedDuration,
    /// Why, to be read behind "…: ".
    why: &'static str,
}

fn floor_of(vendor: Vendor) -> Floor {
    match vendor {
        Vendor::RealVnc => Floor {
            refused_under: DAY * 2,
            warned_under: DAY * 14,
            why: "it hears from a computer about once a day, so that one that is in use may look a day old",
        },
        Vendor::RemotePc => Floor {
            refused_under: DAY * 30,
            warned_under: DAY * 30,
            why: "its only time is that of the last session of a viewer, in a zone that is not documented",
        },
    }
}

pub(super) fn judge(removals: &[Removal<'_>], facts: &Facts<'_>, limits: &Limits, verdict: &mut Verdict) {
    let aged: Vec<(SignedDuration, &Removal<'_>)> = removals
        .iter()
        .filter_map(|removal| Some((age(removal, facts)?, removal)))
        .collect();
    if aged.is_empty() {
        return;
    }
    let floor = floor_of(facts.vendor);
    let under = |limit: SignedDuration| -> Option<(SignedDuration, Vec<&Removal<'_>>)> {
        let under = aged.iter().filter(|(age, _)| *age < limit);
        let shortest = under.clone().map(|(age, _)| *age).min()?;
        Some((shortest, under.map(|(_, removal)| *removal).collect()))
    };
    let (product, least) = (facts.vendor.product(), span(floor.refused_under));
    if let Some((shortest, removals)) = under(floor.refused_under) {
        let whom = whom(removals.iter().copied());
        let after = span(shortest);
        if limits.allow_short_period {
            verdict.relaxed.push(format!(
                "{FLAG} lifts the floor of {least} of {product}: {whom} would go after {after}"
            ));
        } else {
            let message = format!(
                "not allowed to remove {whom} after {after}, the least for {product} being {least}: {}",
                floor.why
            );
            let hint = format!(
                "{}to go below the floor of {least} of {product}, use {FLAG}",
                guess(facts.period)
            );
            verdict.refuse(Rule::Floor, rows(removals), message, hint);
        }
    } else if let Some((shortest, removals)) = under(floor.warned_under) {
        verdict.warn(format!(
            "{} would go after {}, which is short for {product}: {}",
            whom(removals),
            span(shortest),
            floor.why
        ));
    }
    if facts.vendor == Vendor::RemotePc {
        let removals: Vec<&Removal<'_>> = aged.iter().map(|(_, removal)| *removal).collect();
        verdict.warn(format!(
            "{} chosen by the last session of a viewer: one that nobody has viewed since may be in use every day, and the \
             zone of that time is not documented",
            whom(removals)
        ));
    }
}

/// Returns how long a computer must have been unseen to be removed for its age; `None` for what goes for something else.
fn age(removal: &Removal<'_>, facts: &Facts<'_>) -> Option<SignedDuration> {
    match removal.reason? {
        Reason::Stale { cutoff, .. } => Some(facts.now.duration_since(*cutoff)),
        // Without a time there is no age: another rule refuses that.
        Reason::Chosen(_) => Some(
            facts
                .now
                .duration_since(last_seen(removal.kept()?, facts.now).ok()?),
        ),
        Reason::Named | Reason::DuplicateOf { .. } => None,
    }
}

/// Guesses that days were meant where a bare number was typed.
fn guess(period: Option<&str>) -> String {
    match period.map(str::trim) {
        Some(text) if !text.is_empty() && text.chars().all(|c| c.is_ascii_digit()) => {
            format!("`{text}` is {text} seconds; did you mean `{text}d`? Else, ")
        }
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Proposal;
    use crate::plan::guards::removal::of;
    use crate::plan::guards::tests::{facts, now, remotepc, remove, seen, stale};

    fn judged(facts: &Facts<'_>, allow_short_period: bool, proposals: &[Proposal]) -> Verdict {
        let limits = Limits {
            allow_short_period,
            ..Limits::default()
        };
        let mut verdict = Verdict::default();
        judge(&of(proposals), facts, &limits, &mut verdict);
        verdict
    }

    /// A removal for staleness, with a cutoff so many seconds ago.
    fn after(seconds: i64) -> Proposal {
        let mut proposal = stale(&seen("1", 9000), 0);
        if let Some(Reason::Stale { cutoff, .. }) = &mut proposal.reason {
            *cutoff = now() - SignedDuration::from_secs(seconds);
        }
        proposal
    }

    const TWO_DAYS: i64 = 2 * 86_400;

    #[test]
    fn under_two_days_nothing_is_stale_on_realvnc() {
        let verdict = judged(&facts(), false, &[after(TWO_DAYS - 1)]);
        assert_eq!(
            verdict.refusals[0].message,
            "not allowed to remove 1 computer ('PC-1') after 47 hours, the least for RealVNC Connect being 2 days: it hears \
             from a computer about once a day, so that one that is in use may look a day old"
        );
        assert!(judged(&facts(), false, &[after(TWO_DAYS)]).refusals.is_empty());
    }

    #[test]
    fn under_two_weeks_there_is_a_warning() {
        let warned = |seconds| judged(&facts(), false, &[after(seconds)]).warnings.len();
        assert_eq!(warned(TWO_DAYS), 1);
        assert_eq!(warned(14 * 86_400 - 1), 1);
        assert_eq!(warned(14 * 86_400), 0);
    }

    #[test]
    fn a_bare_number_is_asked_about() {
        let typed = Facts {
            period: Some("90"),
            ..facts()
        };
        let hint = judged(&typed, false, &[after(90)]).refusals[0].hint.clone();
        assert_eq!(
            hint,
            "`90` is 90 seconds; did you mean `90d`? Else, to go below the floor of 2 days of RealVNC Connect, use \
             --allow-short-period"
        );
        for period in [None, Some("90s"), Some("")] {
            let hint = judged(&Facts { period, ..facts() }, false, &[after(90)]).refusals[0]
                .hint
                .clone();
            assert!(!hint.contains("did you mean"), "{hint}");
        }
    }

    #[test]
    fn the_flag_lifts_the_floor_and_that_is_told() {
        let verdict = judged(&facts(), true, &[after(90)]);
        assert!(verdict.refusals.is_empty());
        assert_eq!(
            verdict.relaxed,
            [
                "--allow-short-period lifts the floor of 2 days of RealVNC Connect: 1 computer ('PC-1') would go after 90 seconds"
            ]
        );
        assert!(judged(&facts(), true, &[after(TWO_DAYS)]).relaxed.is_empty());
    }

    #[test]
    fn on_remotepc_thirty_days_are_the_floor_and_what_the_time_means_is_told() {
        let at = judged(&remotepc(), false, &[after(30 * 86_400)]);
        assert!(at.refusals.is_empty());
        assert!(
            at.warnings[0].contains("may be in use every day"),
            "{:?}",
            at.warnings
        );
        let past = judged(&remotepc(), false, &[after(30 * 86_400 - 1)]);
        assert!(past.refusals[0].hint.contains("30 days of RemotePC Enterprise"));
    }

    #[test]
    fn what_a_script_chose_is_held_to_the_floor_by_its_own_time() {
        let chosen = |hours| remove(&seen("1", hours), Reason::Chosen("x".to_owned()));
        assert_eq!(judged(&facts(), false, &[chosen(47)]).refusals.len(), 1);
        assert!(judged(&facts(), false, &[chosen(48)]).refusals.is_empty());
    }

    #[test]
    fn what_was_named_has_no_least_age() {
        let named = remove(&seen("1", 1), Reason::Named);
        assert_eq!(judged(&remotepc(), false, &[named]), Verdict::default());
    }
}
