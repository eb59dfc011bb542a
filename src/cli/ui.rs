//! The terminal: data to standard output, everything else to standard error, and the questions.

use std::io::{self, Write};
use std::sync::Arc;
use std::sync::mpsc;
use std::time::Duration;

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};

use crate::cancel::Cancel;
use crate::fleet::{Error, Kind, Result};
use crate::plan::{Approve, Ask};
use crate::secret::{Redactor, Secret};
use crate::text::{visible, visible_lines};

use super::args::Globals;
use super::color;
use super::hidden::{Hidden, read_line};
use super::process::Process;

/// How a heading such as `error` looks.
const ERROR: Style = AnsiColor::Red.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();
const HINT: Style = AnsiColor::Cyan.on_default().bold();

/// How often a question looks whether the run was stopped.
const GLANCE: Duration = Duration::from_millis(50);

/// Speaks with the user. Every line that goes out is free of secrets and of what could steer the terminal.
#[derive(Clone)]
pub struct Ui {
    /// Whether there is somebody to answer.
    pub can_ask: bool,
    /// Whether data on standard output is coloured.
    pub data_in_color: bool,
    /// Takes secrets out of what is said.
    pub redactor: Redactor,
    quiet: bool,
    color: ColorChoice,
}

impl Ui {
    /// Finds out how to speak from the process and the options.
    pub fn new(process: &Process, globals: &Globals, redactor: &Redactor) -> Self {
        Self {
            can_ask: process.can_ask,
            data_in_color: color(process, globals, process.stdout_is_terminal) == ColorChoice::Always,
            redactor: redactor.clone(),
            quiet: globals.quiet,
            color: color(process, globals, process.stderr_is_terminal),
        }
    }

    /// Tells whether messages are coloured.
    pub fn in_color(&self) -> bool {
        self.color == ColorChoice::Always
    }

    /// Says what went wrong.
    pub fn error(&self, message: &str) {
        self.say("error", ERROR, message);
    }

    /// Says what lies beneath an error.
    pub fn cause(&self, message: &str) {
        self.say("caused by", Style::new(), message);
    }

    /// Says what to do now.
    pub fn hint(&self, message: &str) {
        self.say("hint", HINT, message);
    }

    /// Warns of something that the user should know, unless told to be quiet.
    pub fn warn(&self, message: &str) {
        if !self.quiet {
            self.alert(message);
        }
    }

    /// Warns of something that happened to the fleet: said even when told to be quiet.
    pub fn alert(&self, message: &str) {
        self.say("warning", WARNING, message);
    }

    /// Says something in passing, unless told to be quiet.
    pub fn note(&self, message: &str) {
        if !self.quiet {
            self.line(&visible(message));
        }
    }

    /// Writes text that is already fit for the terminal, such as the excerpt of a script.
    pub fn rendered(&self, text: &str) {
        self.line(text.trim_end_matches('\n'));
    }

    /// Writes what a script prints: a message, not data, and never held back.
    pub fn printed(&self, text: &str) {
        self.line(&visible_lines(text));
    }

    /// Tells several things of a sort, a line each, and how many more there are.
    pub fn listed(&self, what: &str, things: impl ExactSizeIterator<Item = String>) {
        /// A list that is longer is one that nobody reads.
        const TOLD: usize = 20;
        let more = things.len().saturating_sub(TOLD);
        for thing in things.take(TOLD) {
            self.note(&format!("{what}: {thing}"));
        }
        if more > 0 {
            self.note(&format!("{what}: {more} more"));
        }
    }

    /// Writes the help that was asked for, to standard output.
    pub fn help(&self, text: &str) {
        let color = if self.data_in_color {
            ColorChoice::Always
        } else {
            ColorChoice::Never
        };
        // A reader that has gone away needs no help.
        let _ = AutoStream::new(io::stdout(), color).write_all(text.as_bytes());
    }

    fn say(&self, heading: &str, style: Style, message: &str) {
        self.line(&format!("{style}{heading}{style:#}: {}", visible(message)));
    }

    fn line(&self, text: &str) {
        let mut stderr = AutoStream::new(io::stderr(), self.color);
        // Where standard error is closed there is nobody left to tell.
        let _ = writeln!(stderr, "{}", self.redactor.redact(text));
    }

    /// Asks for a line of text; `None` where nobody answers or the run is stopped.
    pub fn ask(&self, question: &str, cancel: &Cancel) -> Option<String> {
        self.prompt(question)?;
        patiently(cancel, read_line)
    }

    /// Asks until the answer can be used; `None` where nobody answers or the run is stopped. `read` gets the answer without
    /// the blanks around it, and says what is wrong with it.
    pub fn ask_until<T>(
        &self,
        question: &str,
        cancel: &Cancel,
        read: impl Fn(&str) -> std::result::Result<T, String>,
    ) -> Option<T> {
        loop {
            match read(self.ask(question, cancel)?.trim()) {
                Ok(value) => return Some(value),
                Err(why) => self.printed(&why),
            }
        }
    }

    /// Asks whether to go on. Anything but a yes is the error that `refused` makes of the reason.
    pub fn consent(&self, question: &str, cancel: &Cancel, refused: impl Fn(&str) -> Error) -> Result<()> {
        match self.ask(question, cancel) {
            Some(answer) if ["y", "yes"].contains(&answer.trim().to_lowercase().as_str()) => Ok(()),
            Some(_) => Err(refused("you said no")),
            None if cancel.is_raised() => Err(Error::new(Kind::Cancelled, "interrupted")),
            None => Err(refused("there was no answer")),
        }
    }

    /// Asks for a secret, which is not shown while it is typed.
    pub fn ask_secret(&self, question: &str, cancel: &Cancel) -> Option<Secret> {
        let _hidden = Hidden::begin().ok()?;
        self.prompt(question)?;
        patiently(cancel, Hidden::read).map(Secret::new)
    }

    /// Writes a question, if there is somebody to answer it.
    fn prompt(&self, question: &str) -> Option<()> {
        let mut stderr = self.can_ask.then(|| AutoStream::new(io::stderr(), self.color))?;
        write!(stderr, "{HINT}?{HINT:#} {} ", visible(question))
            .and_then(|()| stderr.flush())
            .ok()
    }
}

/// Waits for an answer on a thread of its own, so that Ctrl-C need not wait for the user's Enter.
fn patiently(cancel: &Cancel, read: fn() -> io::Result<Option<String>>) -> Option<String> {
    let (answer, answered) = mpsc::channel();
    std::thread::spawn(move || answer.send(read().ok().flatten()));
    loop {
        match answered.recv_timeout(GLANCE) {
            Ok(answer) => return answer,
            Err(mpsc::RecvTimeoutError::Timeout) if !cancel.is_raised() => {}
            Err(_) => return None,
        }
    }
}

/// Asks once a run whether it may write.
pub struct Confirmation {
    /// Whom to ask.
    pub ui: Ui,
    /// Stops the question.
    pub cancel: Cancel,
    /// The answer was given on the command line.
    pub given: bool,
}

impl Confirmation {
    /// Makes the question, shared by all fleets of a run.
    pub fn shared(ui: &Ui, cancel: &Cancel, given: bool) -> Arc<Self> {
        Arc::new(Self {
            ui: ui.clone(),
            cancel: cancel.clone(),
            given,
        })
    }
}

impl Approve for Confirmation {
    fn preview(&self, ask: &Ask<'_>) {
        let summary = ask.summary();
        if let [_, _, ..] = ask.proposals {
            let profile = ask.profile;
            self.ui
                .note(&format!("profile `{profile}`: {}", summary.headline));
            for remark in &summary.remarks {
                self.ui.note(remark);
            }
        }
        for warning in &summary.warnings {
            self.ui.warn(warning);
        }
    }

    fn approve(&self, ask: &Ask<'_>) -> Result<()> {
        let (false, [first, others @ ..]) = (self.given, ask.proposals) else {
            return Ok(());
        };
        let (profile, first) = (ask.profile, &first.change);
        let refused = |why: &str| {
            Error::new(
                Kind::Refused,
                format!("not allowed to {first} in profile `{profile}`: {why}"),
            )
        };
        if !self.ui.can_ask {
            return Err(refused("nobody can be asked, as there is no terminal")
                .hint("look at it with --dry-run, then allow it with --force"));
        }
        // Said even when told to be quiet: a question must say what it is about.
        let more = match others {
            [] => String::new(),
            [.., last] => format!(
                ", and {} more along with it, to the last: {}",
                others.len(),
                last.change
            ),
        };
        self.ui.printed(&format!(
            "This run is about to change profile `{profile}`. Its first change: {first}{more}."
        ));
        for caution in [first.exposure(), first.irreversible()].into_iter().flatten() {
            self.ui.printed(&format!("Of that change: {caution}."));
        }
        self.ui.consent(
            "Make it, and all further changes of this run to this profile? [y/N]",
            &self.cancel,
            refused,
        )
    }
}
