//! The one error printer: what happened, what lies beneath, and what to do now.

use super::failure::{Failure, code};
use super::ui::Ui;

/// Prints a failure on standard error and returns its exit code; help that was asked for goes to standard output.
pub fn report(failure: &Failure, ui: &Ui) -> u8 {
    match &failure.rendered {
        Some(text) if failure.code == code::DONE => ui.help(text),
        Some(text) => ui.rendered(text),
        None => ui.error(&failure.message),
    }
    for cause in &failure.causes {
        ui.cause(cause);
    }
    // An excerpt of a script holds the hint already.
    if let (None, Some(hint)) = (&failure.rendered, &failure.hint) {
        ui.hint(hint);
    }
    failure.code
}
