//! A random number generator that says the same for the same seed, on every machine and in every release.
//!
//! A crate's generator may change between its versions, and with it the demo team; this one (`SplitMix64`) will not.
//! It is no source of secrets: whoever knows the seed knows every number.

/// The characters of the vendors' short identifiers.
const BASE62: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
/// The characters of machine identifiers.
const CAPITALS: &[u8; 36] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
/// The digits of the long ones.
const HEX: &[u8; 16] = b"0123456789abcdef";

/// A stream of numbers that only depends on a seed and a label.
#[derive(Debug, Clone)]
pub struct Rng {
    state: u64,
}

impl Rng {
    /// Starts the stream `label` of a seed. Streams with different labels do not disturb each other, so that one
    /// part of a world can grow without changing another.
    pub fn new(seed: u64, label: &str) -> Self {
        let hash = label.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        let mut rng = Self { state: seed ^ hash };
        rng.next();
        rng
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Returns a number below `limit`, or 0 when the limit is 0.
    pub fn below(&mut self, limit: usize) -> usize {
        let limit = limit.max(1) as u64;
        usize::try_from(self.next() % limit).unwrap_or(0)
    }

    /// Returns a number from `low` up to and including `high`.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = high.saturating_sub(low).saturating_add(1).max(1).unsigned_abs();
        low.saturating_add_unsigned(self.next() % span)
    }

    /// Returns true in `percent` of a hundred cases.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// Returns one of the items, or nothing when there are none.
    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        items.get(self.below(items.len()))
    }

    /// Returns one of some words; empty when there are none.
    pub fn word<'a>(&mut self, words: &[&'a str]) -> &'a str {
        self.pick(words).copied().unwrap_or_default()
    }

    /// Returns an identifier of letters and digits.
    pub fn base62(&mut self, length: usize) -> String {
        self.characters(BASE62, length)
    }

    /// Returns an identifier of capital letters and digits.
    pub fn capitals(&mut self, length: usize) -> String {
        self.characters(CAPITALS, length)
    }

    /// Returns an identifier of hexadecimal digits.
    pub fn hex(&mut self, length: usize) -> String {
        self.characters(HEX, length)
    }

    fn characters(&mut self, of: &[u8], length: usize) -> String {
        (0..length)
            .filter_map(|_| self.pick(of).copied().map(char::from))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_of_a_seed_never_change() {
        let mut rng = Rng::new(7, "test");
        assert_eq!(rng.base62(12), "xqUyIYL63KxK");
    }

    #[test]
    fn labels_make_streams_of_their_own() {
        assert_ne!(Rng::new(7, "a").hex(16), Rng::new(7, "b").hex(16));
        assert_ne!(Rng::new(7, "a").hex(16), Rng::new(8, "a").hex(16));
    }

    #[test]
    fn numbers_stay_within_their_bounds() {
        let mut rng = Rng::new(1, "bounds");
        assert!((0..1000).all(|_| (-3..=3).contains(&rng.between(-3, 3))));
        assert!((0..1000).all(|_| rng.below(5) < 5));
        assert_eq!(rng.below(0), 0);
    }
}
