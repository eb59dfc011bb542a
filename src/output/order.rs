//! Which of two values comes first.
//!
//! Numbers go by size, moments by time, false before true, and texts as a person would sort them: "PC-2" before "PC-10",
//! whatever the case. Values of different sorts are kept apart. The order is total, so that sorting cannot go wrong.

use std::cmp::Ordering;
use std::iter::Peekable;
use std::str::Chars;

use super::Cell;

/// Compares two values; nothing, and an empty list, come last in both directions.
pub(super) fn compare(one: &Cell, other: &Cell, descending: bool) -> Ordering {
    match (one.is_nothing(), other.is_nothing()) {
        (true, true) => Ordering::Equal,
        (true, false) => Ordering::Greater,
        (false, true) => Ordering::Less,
        (false, false) if descending => values(other, one),
        (false, false) => values(one, other),
    }
}

fn values(one: &Cell, other: &Cell) -> Ordering {
    match (one, other) {
        (Cell::Bool(a), Cell::Bool(b)) => a.cmp(b),
        (Cell::Int(_) | Cell::Float(_), Cell::Int(_) | Cell::Float(_)) => numbers(one, other),
        (Cell::Time(a), Cell::Time(b)) => a.cmp(b),
        (Cell::Text(a), Cell::Text(b)) => texts(a, b),
        (Cell::List(a), Cell::List(b)) => lists(a, b),
        (Cell::Map(a), Cell::Map(b)) => a
            .iter()
            .map(|(key, _)| key)
            .cmp(b.iter().map(|(key, _)| key))
            .then_with(|| lists_of(a.iter().map(|(_, cell)| cell), b.iter().map(|(_, cell)| cell))),
        _ => sort_of(one).cmp(&sort_of(other)),
    }
}

fn sort_of(cell: &Cell) -> u8 {
    match cell {
        Cell::Bool(_) => 0,
        Cell::Int(_) | Cell::Float(_) => 1,
        Cell::Time(_) => 2,
        Cell::Text(_) => 3,
        Cell::List(_) => 4,
        Cell::Map(_) => 5,
        Cell::Null => 6,
    }
}

fn lists(one: &[Cell], other: &[Cell]) -> Ordering {
    lists_of(one.iter(), other.iter())
}

fn lists_of<'a>(
    mut one: impl Iterator<Item = &'a Cell>,
    mut other: impl Iterator<Item = &'a Cell>,
) -> Ordering {
    loop {
        match (one.next(), other.next()) {
            (None, None) => return Ordering::Equal,
            (None, Some(_)) => return Ordering::Less,
            (Some(_), None) => return Ordering::Greater,
            (Some(a), Some(b)) => match compare(a, b, false) {
                Ordering::Equal => {}
                unequal => return unequal,
            },
        }
    }
}

/// Large whole numbers share a floating-point image: those are told apart by themselves, after the image.
fn numbers(one: &Cell, other: &Cell) -> Ordering {
    image(one)
        .total_cmp(&image(other))
        .then_with(|| match (one, other) {
            (Cell::Int(a), Cell::Int(b)) => a.cmp(b),
            (Cell::Int(_), _) => Ordering::Less,
            (_, Cell::Int(_)) => Ordering::Greater,
            _ => Ordering::Equal,
        })
}

#[allow(
    clippy::cast_precision_loss,
    reason = "what the image loses is compared after it"
)]
fn image(cell: &Cell) -> f64 {
    match cell {
        Cell::Int(number) => *number as f64,
        // The two zeros are one number.
        Cell::Float(number) if *number == 0.0 => 0.0,
        Cell::Float(number) => *number,
        _ => f64::NAN,
    }
}

/// Compares two texts: runs of digits as numbers, letters whatever their case; the exact text decides between equals.
fn texts(one: &str, other: &str) -> Ordering {
    natural(one, other).then_with(|| one.cmp(other))
}

fn natural(one: &str, other: &str) -> Ordering {
    let (mut a, mut b) = (one.chars().peekable(), other.chars().peekable());
    loop {
        let unequal = match (a.peek().copied(), b.peek().copied()) {
            (None, None) => return Ordering::Equal,
            (None, Some(_)) => Ordering::Less,
            (Some(_), None) => Ordering::Greater,
            (Some(x), Some(y)) if x.is_ascii_digit() && y.is_ascii_digit() => {
                let (x, y) = (number(&mut a), number(&mut b));
                x.len().cmp(&y.len()).then_with(|| x.cmp(&y))
            }
            (Some(x), Some(y)) => {
                a.next();
                b.next();
                x.to_lowercase().cmp(y.to_lowercase())
            }
        };
        if unequal != Ordering::Equal {
            return unequal;
        }
    }
}

/// Takes a run of digits, of any length, without the zeros before it.
fn number(text: &mut Peekable<Chars<'_>>) -> String {
    while text.next_if_eq(&'0').is_some() {}
    let mut digits = String::new();
    while let Some(digit) = text.next_if(char::is_ascii_digit) {
        digits.push(digit);
    }
    digits
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sorted(cells: &[Cell], descending: bool) -> Vec<Cell> {
        let mut cells = cells.to_vec();
        cells.sort_by(|a, b| compare(a, b, descending));
        cells
    }

    fn texts_of(texts: &[&str]) -> Vec<Cell> {
        texts.iter().copied().map(Cell::text).collect()
    }

    #[test]
    fn texts_are_sorted_as_a_person_would() {
        let wanted = texts_of(&[
            "", "1", "02", "2", "10", "PC-2", "pc-2", "PC-2a", "PC-10", "pc-10", "Zoo", "ä",
        ]);
        let mut mixed = wanted.clone();
        mixed.reverse();
        assert_eq!(sorted(&mixed, false), wanted);
    }

    #[test]
    fn numbers_go_by_size_whatever_their_form() {
        let wanted = [
            Cell::Float(f64::NEG_INFINITY),
            Cell::Int(-3),
            Cell::Float(-0.5),
            Cell::Int(2),
            Cell::Float(2.5),
            Cell::Int(10),
            Cell::Int(i64::MAX - 1),
            Cell::Int(i64::MAX),
        ];
        let mut mixed = wanted.to_vec();
        mixed.reverse();
        assert_eq!(sorted(&mixed, false), wanted);
    }

    #[test]
    fn nothing_is_last_in_both_directions_and_false_before_true() {
        let at = |text: &str| Cell::Time(text.parse().unwrap());
        let (early, late) = (at("2026-01-01T00:00:00Z"), at("2026-02-01T00:00:00Z"));
        let mixed = [Cell::Null, late.clone(), Cell::List(vec![]), early.clone()];
        let nothing = [Cell::Null, Cell::List(vec![])];
        let (up, down) = (sorted(&mixed, false), sorted(&mixed, true));
        assert_eq!(
            (&up[..2], &up[2..]),
            ([early.clone(), late.clone()].as_slice(), nothing.as_slice())
        );
        assert_eq!(
            (&down[..2], &down[2..]),
            ([late, early].as_slice(), nothing.as_slice())
        );
        let mixed = [Cell::Bool(true), Cell::Null, Cell::Bool(false)];
        assert_eq!(
            sorted(&mixed, false),
            [Cell::Bool(false), Cell::Bool(true), Cell::Null]
        );
        assert_eq!(
            sorted(&mixed, true),
            [Cell::Bool(true), Cell::Bool(false), Cell::Null]
        );
    }

    #[test]
    fn lists_go_by_their_first_difference() {
        let list = |texts: &[&str]| Cell::List(texts_of(texts));
        let wanted = [list(&["A"]), list(&["A", "B"]), list(&["A 2"]), list(&["A 10"])];
        let mut mixed = wanted.to_vec();
        mixed.reverse();
        assert_eq!(sorted(&mixed, false), wanted);
    }

    fn cells() -> impl Strategy<Value = Cell> {
        let one = prop_oneof![
            Just(Cell::Null),
            any::<bool>().prop_map(Cell::Bool),
            (-2_i64..3).prop_map(Cell::Int),
            any::<i64>().prop_map(Cell::Int),
            any::<f64>().prop_map(Cell::Float),
            Just(Cell::Float(f64::NAN)),
            Just(Cell::Float(-0.0)),
            "[aAbB0-3 ]{0,6}".prop_map(Cell::Text),
            any::<String>().prop_map(Cell::Text),
        ];
        one.prop_recursive(2, 8, 3, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..3).prop_map(Cell::List),
                prop::collection::vec(("[ab]", inner), 0..3).prop_map(Cell::Map),
            ]
        })
    }

    proptest! {
        #[test]
        fn the_order_is_total(a in cells(), b in cells(), c in cells(), descending: bool) {
            let compare = |one: &Cell, other: &Cell| compare(one, other, descending);
            prop_assert_eq!(compare(&a, &a), Ordering::Equal);
            prop_assert_eq!(compare(&a, &b), compare(&b, &a).reverse());
            if compare(&a, &b).is_le() && compare(&b, &c).is_le() {
                prop_assert!(compare(&a, &c).is_le());
            }
        }
    }
}
