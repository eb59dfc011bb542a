//! What went wrong in a script, made fit for the one error printer.

use crate::fleet::Kind;
use crate::script::{Look, Origin, ScriptError, Source};

use super::failure::{Failure, code};
use super::process::Process;
use super::ui::Ui;

/// Turns the errors of one script into failures.
pub struct Trouble {
    look: Look,
    shipped: bool,
}

impl Trouble {
    /// Makes it for a script and the terminal that it will be read on.
    pub fn new(process: &Process, ui: &Ui, source: &Source) -> Self {
        let look = Look {
            color: ui.in_color(),
            width: process.width.unwrap_or(Look::default().width),
        };
        Self {
            look,
            shipped: source.origin == Origin::Shipped,
        }
    }

    /// Returns the failure. An error of the fleet in a shipped script needs no excerpt of a script that the user never
    /// wrote; in the user's own script, or policy, the line is half of the answer.
    pub fn failure(&self, error: &ScriptError) -> Failure {
        if error.is_cancelled() {
            return Failure::interrupted();
        }
        let kind = error.kind.as_deref().and_then(Kind::from_word);
        let causes = error
            .detail("causes")
            .and_then(|causes| causes.into_typed_array::<String>().ok());
        let told_by_host = self.shipped && kind.is_some() && is_shipped(error);
        Failure {
            code: kind.map_or(code::SCRIPT, Kind::exit_code),
            message: error.message.clone(),
            causes: causes.unwrap_or_default(),
            hint: error.hint.clone(),
            rendered: (!told_by_host).then(|| error.render(&self.look)),
        }
    }
}

/// Tells whether an error happened in a text that is in the program.
fn is_shipped(error: &ScriptError) -> bool {
    let file = error.place.as_ref().map(|place| place.file.as_str());
    file.is_none_or(|file| file.starts_with("shipped:") || file.starts_with("std:"))
}
