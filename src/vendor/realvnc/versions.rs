//! The versions of entries that were read lately, for the renames that rest on them.

use std::collections::VecDeque;
use std::sync::Mutex;

use crate::fleet::ComputerId;
use crate::held::held;
use crate::http::ETag;

/// How many are remembered. A rename follows its reading at once, so that no more can be needed than changes are
/// under way; a dry run reads, and never renames.
const MOST: usize = 256;

/// The versions of entries, each good for one write.
#[derive(Debug, Default)]
pub(super) struct Versions {
    /// Oldest first.
    known: Mutex<VecDeque<(ComputerId, ETag)>>,
}

impl Versions {
    /// Remembers the version of an entry that was just read, or that it came without one.
    ///
    /// A weak version, as a proxy that compresses answers makes of a strong one, counts as none: by RFC 9110, 13.1.1, no
    /// server may take it for a match, so that each rename would be refused.
    pub(super) fn learn(&self, entry: &ComputerId, version: Option<ETag>) {
        let mut known = held(&self.known);
        known.retain(|(id, _)| id != entry);
        if let Some(version) = version.filter(|version| !version.as_bytes().starts_with(b"W/")) {
            if known.len() >= MOST {
                known.pop_front();
            }
            known.push_back((entry.clone(), version));
        }
    }

    /// Returns the version of an entry, and forgets it: whatever comes of the write, it is not known to hold any more.
    pub(super) fn take(&self, entry: &ComputerId) -> Option<ETag> {
        let mut known = held(&self.known);
        let at = known.iter().position(|(id, _)| id == entry)?;
        known.remove(at).map(|(_, version)| version)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tag(text: &str) -> ETag {
        ETag::new(text)
    }

    #[test]
    fn a_version_is_the_latest_and_used_once() {
        let versions = Versions::default();
        let (a, b) = (ComputerId::new("a"), ComputerId::new("b"));
        versions.learn(&a, Some(tag("\"1\"")));
        versions.learn(&b, Some(tag("\"7\"")));
        versions.learn(&a, Some(tag("\"2\"")));
        assert_eq!(versions.take(&a), Some(tag("\"2\"")));
        assert_eq!(versions.take(&a), None);
        versions.learn(&b, None);
        assert_eq!(versions.take(&b), None);
    }

    #[test]
    fn a_weak_version_is_none() {
        let versions = Versions::default();
        let entry = ComputerId::new("a");
        versions.learn(&entry, Some(tag("\"1\"")));
        versions.learn(&entry, Some(tag("W/\"1\"")));
        assert_eq!(versions.take(&entry), None);
    }

    #[test]
    fn the_oldest_is_forgotten_first() {
        let versions = Versions::default();
        for number in 0..=MOST {
            versions.learn(&ComputerId::new(number.to_string()), Some(tag("\"1\"")));
        }
        assert_eq!(versions.take(&ComputerId::new("0")), None);
        assert!(versions.take(&ComputerId::new("1")).is_some());
        assert!(versions.take(&ComputerId::new(MOST.to_string())).is_some());
    }
}
