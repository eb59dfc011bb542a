//! Which columns a terminal has room for, and how wide each becomes.
//!
//! Optional columns give way first, the last one first, until the others have all the room they could use. If that
//! is not enough the others are narrowed, but not below what can be read; then the last ones give way too.

/// Columns of blank between two columns.
pub(super) const GAP: usize = 2;

/// A column that is narrower than its content needs at least this much to be read: a date with its time, or a
/// Windows computer name.
const LEGIBLE: usize = 16;

/// Narrower than this, a wide character does not fit.
const NARROWEST: usize = 2;

/// What a column would like to have.
#[derive(Debug, Clone)]
pub(super) struct Wish {
    /// The width of its widest cell or of its heading.
    pub(super) natural: usize,
    /// The width of the longest word of its heading.
    pub(super) heading: usize,
    /// Whether it gives way before the others are narrowed.
    pub(super) optional: bool,
    /// Whether it never gives way.
    pub(super) essential: bool,
}

impl Wish {
    fn least(&self) -> usize {
        self.natural.min(self.heading.max(LEGIBLE))
    }
}

/// Returns the width of each column, or nothing for a column that gives way.
pub(super) fn fit(wishes: &[Wish], width: usize) -> Vec<Option<usize>> {
    let mut shown: Vec<usize> = (0..wishes.len()).collect();
    let needed = |shown: &[usize], of: fn(&Wish) -> usize| -> usize {
        let gaps = GAP * shown.len().saturating_sub(1);
        shown.iter().map(|at| of(&wishes[*at])).sum::<usize>() + gaps
    };
    while needed(&shown, |wish| wish.natural) > width {
        match shown
            .iter()
            .rposition(|at| wishes[*at].optional && !wishes[*at].essential)
        {
            Some(last) => shown.remove(last),
            None => break,
        };
    }
    while needed(&shown, Wish::least) > width {
        match shown.iter().rposition(|at| !wishes[*at].essential) {
            Some(last) => shown.remove(last),
            None => break,
        };
    }
    let room = width.saturating_sub(GAP * shown.len().saturating_sub(1));
    let wishes_shown: Vec<&Wish> = shown.iter().map(|at| &wishes[*at]).collect();
    let mut widths = vec![None; wishes.len()];
    for (at, share) in shown.iter().zip(share(&wishes_shown, room)) {
        widths[*at] = Some(share);
    }
    widths
}

/// Shares out the room: each column what it needs to be read, then the essential ones up to half of the room, and the
/// rest evenly among those that can use it.
fn share(wishes: &[&Wish], room: usize) -> Vec<usize> {
    let mut widths: Vec<usize> = wishes.iter().map(|wish| wish.least()).collect();
    while widths.iter().sum::<usize>() > room {
        match widths.iter_mut().max() {
            Some(widest) if *widest > NARROWEST => *widest -= 1,
            _ => return widths,
        }
    }
    let mut left = room - widths.iter().sum::<usize>();
    for (width, wish) in widths.iter_mut().zip(wishes).filter(|(_, wish)| wish.essential) {
        let more = wish.natural.min(room / 2).saturating_sub(*width).min(left);
        *width += more;
        left -= more;
    }
    loop {
        let hungry: Vec<usize> = (0..widths.len())
            .filter(|at| widths[*at] < wishes[*at].natural)
            .collect();
        if hungry.is_empty() || left == 0 {
            return widths;
        }
        let portion = (left / hungry.len()).max(1);
        for at in hungry {
            let more = portion.min(left).min(wishes[at].natural - widths[at]);
            widths[at] += more;
            left -= more;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn wish(natural: usize) -> Wish {
        Wish {
            natural,
            heading: 4,
            optional: false,
            essential: false,
        }
    }

    fn optional(natural: usize) -> Wish {
        Wish {
            optional: true,
            ..wish(natural)
        }
    }

    fn essential(natural: usize) -> Wish {
        Wish {
            essential: true,
            ..wish(natural)
        }
    }

    #[test]
    fn with_room_for_all_each_column_has_its_natural_width() {
        assert_eq!(
            fit(&[essential(10), wish(20), optional(30)], 64),
            [Some(10), Some(20), Some(30)]
        );
    }

    #[test]
    fn an_optional_column_gives_way_before_another_is_narrowed() {
        assert_eq!(
            fit(&[essential(10), optional(30), wish(20)], 63),
            [Some(10), None, Some(20)]
        );
    }

    #[test]
    fn what_is_left_is_shared_by_those_that_can_use_it() {
        assert_eq!(
            fit(&[essential(10), wish(40), wish(60)], 64),
            [Some(10), Some(25), Some(25)]
        );
    }

    #[test]
    fn a_name_is_not_wrapped_for_the_sake_of_longer_columns() {
        assert_eq!(
            fit(&[essential(22), wish(40), wish(60)], 64),
            [Some(22), Some(19), Some(19)]
        );
        assert_eq!(
            fit(&[essential(80), wish(40), wish(60)], 64),
            [Some(28), Some(16), Some(16)]
        );
    }

    #[test]
    fn the_last_column_gives_way_when_it_could_not_be_read() {
        assert_eq!(
            fit(&[wish(30), essential(30), wish(30)], 36),
            [Some(17), Some(17), None]
        );
        assert_eq!(
            fit(&[wish(30), essential(30), wish(30)], 20),
            [None, Some(20), None]
        );
    }

    #[test]
    fn an_essential_column_stays_in_the_narrowest_terminal() {
        assert_eq!(fit(&[wish(9), essential(30)], 1), [None, Some(NARROWEST)]);
        assert_eq!(fit(&[essential(5), essential(30)], 10), [Some(4), Some(4)]);
    }

    proptest! {
        #[test]
        fn columns_never_take_more_than_there_is(
            naturals in prop::collection::vec((1usize..200, any::<bool>()), 1..12),
            width in 20usize..300,
        ) {
            let mut wishes: Vec<Wish> = naturals
                .into_iter()
                .map(|(natural, optional)| Wish { optional, ..wish(natural) })
                .collect();
            wishes[0].essential = true;
            let widths = fit(&wishes, width);
            prop_assert!(widths[0].is_some());
            let shown: Vec<usize> = widths.iter().flatten().copied().collect();
            prop_assert!(shown.iter().sum::<usize>() + GAP * (shown.len() - 1) <= width);
            for (width, wish) in widths.iter().zip(&wishes) {
                prop_assert!(width.is_none_or(|width| width <= wish.natural && width >= wish.least()));
            }
        }
    }
}
