//! How the guards count, name and measure in their texts.

use jiff::SignedDuration;

/// How many are named before the rest is counted.
const NAMED: usize = 3;

/// Says how many there are: `1 computer`, `3 computers`.
pub(super) fn counted(count: usize, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {what}{plural}")
}

/// Counts some things and names the first: `5 computers ('A', 'B', 'C' and 2 more)`.
pub(super) fn some(what: &str, names: &[&str]) -> String {
    let first: Vec<String> = names.iter().take(NAMED).map(|name| format!("'{name}'")).collect();
    let first = first.join(", ");
    let whole = counted(names.len(), what);
    match names.len().saturating_sub(NAMED) {
        0 => format!("{whole} ({first})"),
        more => format!("{whole} ({first} and {more} more)"),
    }
}

/// Says how long something is, in the largest unit of which there are two.
pub(super) fn span(duration: SignedDuration) -> String {
    let seconds = duration.as_secs().max(0);
    let (count, unit) = match seconds {
        s if s >= 2 * 86_400 => (s / 86_400, "days"),
        s if s >= 2 * 3_600 => (s / 3_600, "hours"),
        s if s >= 120 => (s / 60, "minutes"),
        s => (s, "seconds"),
    };
    format!("{count} {unit}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_are_named_and_the_rest_is_counted() {
        assert_eq!(some("computer", &["A"]), "1 computer ('A')");
        assert_eq!(some("computer", &["A", "B", "C"]), "3 computers ('A', 'B', 'C')");
        assert_eq!(
            some("user", &["A", "B", "C", "D", "E"]),
            "5 users ('A', 'B', 'C' and 2 more)"
        );
    }

    #[test]
    fn a_span_is_told_in_a_unit_that_suits_it() {
        for (seconds, told) in [
            (-5, "0 seconds"),
            (90, "90 seconds"),
            (120, "2 minutes"),
            (86_400, "24 hours"),
            (172_799, "47 hours"),
            (172_800, "2 days"),
        ] {
            assert_eq!(span(SignedDuration::from_secs(seconds)), told);
        }
    }
}
