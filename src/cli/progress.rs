//! How a plan gets on, for those who wait for it.

use std::sync::Arc;

use crate::fleet::{Change, Outcome};
use crate::plan::Watch;

use super::ui::Ui;

/// Shows how many changes are made.
pub struct Progress;

impl Progress {
    /// Makes it, shared by all fleets of a run.
    pub fn shared(_: &Ui) -> Arc<Self> {
        Arc::new(Self)
    }
}

impl Watch for Progress {
    fn begin(&self, _: usize) {}
    fn came(&self, _: &Change, _: &Outcome) {}
    fn end(&self) {}
}
