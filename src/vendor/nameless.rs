//! Records that the vendor gave no id.

use crate::fleet::Listing;

/// Leaves out what has no id, and says how many those are: neither a script nor a change could name them.
pub(super) fn with_ids<W, T>(answer: &[W], what: &str, record: impl Fn(&W) -> Option<T>) -> Listing<T> {
    let mut listing = Listing::of(answer.iter().filter_map(record).collect());
    let nameless = answer.len() - listing.items.len();
    if nameless > 0 {
        listing.warnings.push(left_out(nameless, what));
    }
    listing
}

fn left_out(count: usize, what: &str) -> String {
    let (plural, verb) = if count == 1 { ("", "has") } else { ("s", "have") };
    format!("{count} {what}{plural} {verb} no id in the vendor's answer and cannot be acted on: left out")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_id_is_left_out_and_counted() {
        let listing = |ids: &[Option<u8>]| with_ids(ids, "user", |id| *id);
        assert_eq!(listing(&[Some(1), Some(2)]), Listing::of(vec![1, 2]));
        assert!(listing(&[None]).warnings[0].starts_with("1 user has no id"));
        assert!(listing(&[None, Some(1), None]).warnings[0].starts_with("2 users have no id"));
    }
}
