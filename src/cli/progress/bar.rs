//! The bar itself: drawn a few times a second, as wide as the terminal is at that moment.

use std::fmt::Write;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use console::truncate_str;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

use crate::held::held;

use super::super::ui::{ERROR, Ui};
use super::Stopwatch;
use super::margin::Margin;
use super::pace::{Pace, Told};

/// How often it is drawn: so that numbers can be read, and Ctrl-C is seen to be heard.
const REDRAWN: Duration = Duration::from_millis(250);

/// How long the bar is, and how wide a terminal has to be to have one.
const LENGTH: usize = 20;
const WIDE: usize = 60;

/// Shows how far a plan has come, until the screen is cleared.
pub(super) fn show(ui: &Ui, pace: &Arc<Mutex<Pace>>, stopwatch: &Stopwatch) {
    let Ok(style) = ProgressStyle::with_template("{line}") else {
        return;
    };
    let (pace, stopwatch, in_color) = (Arc::clone(pace), Arc::clone(stopwatch), ui.in_color());
    let begun = stopwatch();
    let line = move |_: &ProgressState, out: &mut dyn Write| {
        let width = Margin::default().columns();
        let now = stopwatch().saturating_sub(begun);
        let line = drawn(&held(&pace), now, width, in_color);
        // What takes the line cannot fail.
        let _ = out.write_str(&truncate_str(&line, width, "…"));
    };
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::term_like(Box::<Margin>::default()));
    bar.set_style(style.with_key("line", line));
    ui.screen.show(bar.clone());
    bar.enable_steady_tick(REDRAWN);
}

/// Returns the line, which takes no more than `width` columns unless not even the counts fit.
fn drawn(pace: &Pace, now: Duration, width: usize, in_color: bool) -> String {
    let (bar, room) = if width < WIDE {
        (String::new(), width)
    } else {
        let done = pace.share(LENGTH);
        let bar = format!("{}{} ", "█".repeat(done), "░".repeat(LENGTH - done));
        (bar, width - LENGTH - 1)
    };
    let Told { way, trouble } = pace.told(now, Some(room));
    match trouble {
        Some(trouble) if in_color => format!("{bar}{way}, {ERROR}{trouble}{ERROR:#}"),
        Some(trouble) => format!("{bar}{way}, {trouble}"),
        None => format!("{bar}{way}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fleet::{Error, Kind, Outcome};

    fn half_done() -> Pace {
        let mut pace = Pace::new(40);
        for second in 1..=19 {
            pace.came(&Outcome::Done(None), Duration::from_secs(second));
        }
        let failed = Outcome::Failed(Error::new(Kind::Vendor, "x"));
        pace.came(&failed, Duration::from_secs(20));
        pace
    }

    #[test]
    fn a_wide_terminal_has_a_bar_and_a_narrow_one_the_words() {
        let line = |width| drawn(&half_done(), Duration::from_secs(20), width, false);
        assert_eq!(
            line(99),
            "██████████░░░░░░░░░░ 20 of 40 changes, 1.0/s, about 20 s left, 1 failed"
        );
        assert_eq!(line(60), "██████████░░░░░░░░░░ 20 of 40 changes, 1 failed");
        assert_eq!(line(59), "20 of 40 changes, 1.0/s, about 20 s left, 1 failed");
        assert_eq!(line(39), "20 of 40 changes, 1 failed");
        for width in 60..120 {
            assert!(line(width).chars().count() <= width, "{width}");
        }
    }

    #[test]
    fn what_went_wrong_stands_out_where_there_are_colours() {
        let line = drawn(&half_done(), Duration::from_secs(20), 99, true);
        assert!(line.ends_with("\u{1b}[1m\u{1b}[31m1 failed\u{1b}[0m"), "{line:?}");
    }
}
