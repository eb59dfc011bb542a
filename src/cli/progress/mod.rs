//! How a plan gets on, for those who wait for it: a bar on a terminal, and off one a line now and then.

mod bar;
mod margin;
mod pace;

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::fleet::{Change, Outcome};
use crate::held::held;
use crate::plan::Watch;

use super::process::Process;
use super::ui::Ui;

use pace::{Pace, Told};

/// So few changes are made before anybody has read about them.
const FEW: usize = 2;

/// When the first line is written off a terminal, and how long after it the next.
const FIRST: Duration = Duration::from_secs(10);
const EVERY: Duration = Duration::from_secs(30);

/// Tells how much time has gone by since some moment; never less than before.
type Stopwatch = Arc<dyn Fn() -> Duration + Send + Sync>;

/// Shows how many changes are made.
pub struct Progress {
    ui: Ui,
    face: Face,
    stopwatch: Stopwatch,
    under_way: Mutex<Option<UnderWay>>,
}

/// How it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Face {
    Bar,
    Lines,
    Nothing,
}

/// A plan that is being carried out.
struct UnderWay {
    begun: Duration,
    pace: Arc<Mutex<Pace>>,
    /// When the next line is due, since it was begun.
    due: Duration,
}

impl Progress {
    /// Makes it, shared by all fleets of a run.
    pub fn shared(process: &Process, ui: &Ui) -> Arc<Self> {
        let begun = Instant::now();
        let face = match () {
            () if ui.is_quiet() => Face::Nothing,
            () if process.stderr_is_terminal && !process.is_dumb => Face::Bar,
            () => Face::Lines,
        };
        Arc::new(Self {
            ui: ui.clone(),
            face,
            stopwatch: Arc::new(move || begun.elapsed()),
            under_way: Mutex::default(),
        })
    }

    /// Takes down what came of a change, and returns the line that is due.
    fn line(&self, outcome: &Outcome) -> Option<String> {
        let mut under_way = held(&self.under_way);
        let under_way = under_way.as_mut()?;
        let now = (self.stopwatch)().saturating_sub(under_way.begun);
        let mut pace = held(&under_way.pace);
        pace.came(outcome, now);
        if self.face != Face::Lines || now < under_way.due || pace.is_done() {
            return None;
        }
        under_way.due = now + EVERY;
        let Told { way, trouble } = pace.told(now, None);
        let trouble = trouble.map_or_else(String::new, |trouble| format!(", {trouble}"));
        Some(format!("{way}{trouble}"))
    }
}

impl Watch for Progress {
    fn begin(&self, changes: usize) {
        if changes <= FEW || self.face == Face::Nothing {
            return;
        }
        let begun = (self.stopwatch)();
        let pace = Arc::new(Mutex::new(Pace::new(changes)));
        if self.face == Face::Bar {
            bar::show(&self.ui, &pace, &self.stopwatch);
        }
        *held(&self.under_way) = Some(UnderWay {
            begun,
            pace,
            due: FIRST,
        });
    }

    fn came(&self, _: &Change, outcome: &Outcome) {
        if let Some(line) = self.line(outcome) {
            self.ui.note(&line);
        }
    }

    fn end(&self) {
        if held(&self.under_way).take().is_some() {
            self.ui.screen.clear();
        }
    }
}

#[cfg(test)]
mod tests;
