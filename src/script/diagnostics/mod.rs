//! Errors of scripts: what happened, where, by which way, and what to do.

mod excerpt;
mod lost;
mod render;
mod reserved;
mod trace;
pub(super) mod wording;

use rhai::{Dynamic, Engine, EvalAltResult, ParseError};

use crate::script::diagnostics::excerpt::Excerpt;
use crate::script::diagnostics::wording::Wording;
use crate::script::library::{Library, LibraryError, Source};
use crate::script::source::Fault;

pub use crate::script::diagnostics::render::Look;

/// The kind of an error that ends a script from outside: Ctrl-C, or a deadline.
pub const CANCELLED: &str = "cancelled";

/// A script that could not be read, or that ended in an error.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{message}")]
pub struct ScriptError {
    /// What kind the thrown map says it is; [`CANCELLED`] for an interruption; nothing for an error of the language.
    pub kind: Option<String>,
    /// What happened, without place.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
    /// What was thrown: a map of the host or of the script, a text, or `()` where the language itself gave up.
    pub thrown: Dynamic,
    /// Where it happened.
    pub place: Option<Place>,
    /// More to know, a line each: the signatures of functions that were perhaps meant.
    pub notes: Vec<String>,
    steps: Vec<Step>,
}

/// A place in a script as it is shown: `line` and `column` (in characters) count from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file, relative to the current directory where that is shorter, or an id such as `std:text`.
    pub file: String,
    /// The line.
    pub line: usize,
    /// The character in the line.
    pub column: usize,
}

/// One step of the way to an error; the first is the error itself.
#[derive(Debug, Clone)]
struct Step {
    /// What the step was, e.g. "in the call of `kill`"; empty for the error itself.
    what: String,
    file: String,
    excerpt: Option<Excerpt>,
}

impl ScriptError {
    /// Tells whether the script was interrupted from outside.
    pub fn is_cancelled(&self) -> bool {
        self.kind.as_deref() == Some(CANCELLED)
    }

    /// Returns a key of the thrown map, such as `status` or `operation`.
    pub fn detail(&self, key: &str) -> Option<Dynamic> {
        self.thrown.as_map_ref().ok()?.get(key).cloned()
    }

    /// Writes the error with the lines of source that it came by, ready for a terminal.
    pub fn render(&self, look: &Look) -> String {
        render::render(self, look)
    }

    /// An error found before anything ran.
    pub(super) fn fault(library: &Library, id: &str, fault: Fault) -> Box<Self> {
        let wording = Wording {
            message: fault.message,
            hint: fault.hint,
            ..Wording::default()
        };
        Self::assemble(
            wording,
            vec![Step::new(library, id, fault.position, String::new())],
        )
    }

    /// A text that is not in the language.
    pub(super) fn parse(
        engine: &Engine,
        library: &Library,
        source: &Source,
        error: &ParseError,
    ) -> Box<Self> {
        let wording = wording::of_parsing(engine, &error.0, &source.text, error.1);
        Self::assemble(
            wording,
            vec![Step::new(library, &source.id, error.1, String::new())],
        )
    }

    /// An error that ended the script `entry`, whose parameters are `params`.
    pub(super) fn run(
        engine: &Engine,
        library: &Library,
        entry: &str,
        params: &[&str],
        error: Box<EvalAltResult>,
    ) -> Box<Self> {
        let mut trace = trace::unwind(entry, error);
        if trace.position.is_none() {
            match library
                .text(&trace.source)
                .and_then(|text| lost::call(&trace.error, &text))
            {
                Some(position) => trace.position = position,
                None => trace.stand_in(),
            }
        }
        let text = library.text(&trace.source);
        let step = Step::new(library, &trace.source, trace.position, String::new());
        let before = step.excerpt.as_ref().map_or("", Excerpt::before);
        let imported = |alias: &str| {
            let path = import_of(text.as_deref()?, alias)?;
            library
                .module(Some(&trace.source), path)
                .ok()
                .map(|module| module.text)
        };
        let text = text.as_deref().unwrap_or("");
        let context = wording::Context {
            text,
            position: trace.position,
            before,
            params,
            imported: &imported,
        };
        let wording = wording::of_running(engine, *trace.error, &context);
        let calls = trace
            .calls
            .into_iter()
            .map(|call| Step::new(library, &call.source, call.position, call.what));
        Self::assemble(wording, std::iter::once(step.clone()).chain(calls).collect())
    }

    /// An error of the program itself, which no script can cause.
    pub(super) fn internal(error: &std::io::Error) -> Box<Self> {
        let message = error.to_string();
        Self::assemble(
            Wording {
                message,
                ..Wording::default()
            },
            Vec::new(),
        )
    }

    /// A file that a script would need and that cannot be read.
    pub(super) fn unread(error: &LibraryError) -> Box<Self> {
        let message = error.to_string();
        Self::assemble(
            Wording {
                message,
                ..Wording::default()
            },
            Vec::new(),
        )
    }

    fn assemble(wording: Wording, steps: Vec<Step>) -> Box<Self> {
        let place = steps.first().and_then(Step::place);
        Box::new(Self {
            kind: wording.kind,
            message: wording.message,
            hint: Some(wording.hint).filter(|h| !h.is_empty()),
            thrown: wording.thrown,
            place,
            notes: wording.notes,
            steps,
        })
    }
}

impl Place {
    /// Returns the place of a position in the source of an id, as it is shown.
    pub(super) fn of(library: &Library, id: &str, position: rhai::Position) -> Option<Self> {
        Step::new(library, id, position, String::new()).place()
    }
}

impl Step {
    fn place(&self) -> Option<Place> {
        let excerpt = self.excerpt.as_ref()?;
        Some(Place {
            file: self.file.clone(),
            line: excerpt.line,
            column: excerpt.column,
        })
    }

    fn new(library: &Library, id: &str, position: rhai::Position, what: String) -> Self {
        let located = library.located(id, position);
        let (file, excerpt) = match &located {
            Some((file, text, position)) => (file.as_str(), Excerpt::at(text, *position)),
            None => (id, None),
        };
        Self {
            what,
            file: library.shown(file),
            excerpt,
        }
    }
}

/// Returns the path that a text imports under a name.
fn import_of<'a>(text: &'a str, alias: &str) -> Option<&'a str> {
    text.split("import \"").skip(1).find_map(|rest| {
        let (path, rest) = rest.split_once('"')?;
        let name = rest.trim_start().strip_prefix("as ")?.trim_start();
        let name = name.split(|c: char| !c.is_alphanumeric() && c != '_').next()?;
        (name == alias).then_some(path)
    })
}
