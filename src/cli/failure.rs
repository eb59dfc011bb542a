//! What ends a run: an error as data, with the exit code that it deserves.

use crate::script::LibraryError;
use crate::{config, fleet, sim};

/// The exit codes that are no [`fleet::Kind`]'s own.
pub mod code {
    /// All done.
    pub const DONE: u8 = 0;
    /// Something that deskhand has no better word for.
    pub const ERROR: u8 = 1;
    /// Wrong usage.
    pub const USAGE: u8 = 2;
    /// An error in a script.
    pub const SCRIPT: u8 = 3;
    /// Some changes were made, and some were not.
    pub const PARTIAL: u8 = 5;
    /// A dry run found changes to make.
    pub const PENDING: u8 = 6;
}

/// Why a run ended: what happened, what lies beneath, and what to do now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The exit code.
    pub code: u8,
    /// What happened, in a sentence without a full stop.
    pub message: String,
    /// What lies beneath, outermost first.
    pub causes: Vec<String>,
    /// What to do now.
    pub hint: Option<String>,
    /// Text that is ready to print as it is and takes the place of the message: the excerpt of a script, or clap's own.
    pub rendered: Option<String>,
}

impl Failure {
    /// Makes a failure from what happened.
    pub fn new(code: u8, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            causes: Vec::new(),
            hint: None,
            rendered: None,
        }
    }

    /// Makes the failure of a run that the user stopped.
    pub fn interrupted() -> Self {
        Self::new(fleet::Kind::Cancelled.exit_code(), "interrupted")
    }

    /// Makes a failure of wrong usage.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::new(code::USAGE, message)
    }

    /// Takes clap's own words; asking for help or the version is no error.
    pub fn from_clap(error: &clap::Error) -> Self {
        let code = if error.use_stderr() {
            code::USAGE
        } else {
            code::DONE
        };
        Self {
            rendered: Some(error.render().ansi().to_string()),
            ..Self::new(code, String::new())
        }
    }

    /// Tells whether the user stopped the run.
    pub fn is_interruption(&self) -> bool {
        self.code == fleet::Kind::Cancelled.exit_code()
    }

    /// Adds what to do now.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Adds what lies beneath.
    #[must_use]
    pub fn caused_by(mut self, source: &(dyn std::error::Error + 'static)) -> Self {
        let mut next = Some(source);
        while let Some(cause) = next {
            self.causes.push(cause.to_string());
            next = cause.source();
        }
        self
    }
}

impl From<fleet::Error> for Failure {
    fn from(error: fleet::Error) -> Self {
        Self {
            code: error.kind.exit_code(),
            message: error.message,
            causes: error.causes,
            hint: error.hint,
            rendered: None,
        }
    }
}

impl From<config::Error> for Failure {
    fn from(error: config::Error) -> Self {
        fleet::Error::from(error).into()
    }
}

impl From<sim::Error> for Failure {
    fn from(error: sim::Error) -> Self {
        let mut failure = Self::usage(error.to_string());
        if let Some(source) = std::error::Error::source(&error) {
            failure = failure.caused_by(source);
        }
        failure
    }
}

impl From<LibraryError> for Failure {
    fn from(error: LibraryError) -> Self {
        Self::usage(error.to_string())
    }
}
