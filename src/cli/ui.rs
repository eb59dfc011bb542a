//! The terminal: data to standard output, everything else to standard error, and the questions.

use std::io::{self, Write};
use std::sync::mpsc;
use std::time::Duration;

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};

use crate::cancel::Cancel;
use crate::fleet::{Error, Kind, Result};
use crate::secret::{Redactor, Secret};
use crate::text::{visible, visible_lines};

use super::args::Globals;
use super::color;
use super::hidden::{Hidden, read_line};
use super::process::Process;
use super::screen::Screen;

/// How a heading such as `error` looks, and what else has gone wrong.
pub const ERROR: Style = AnsiColor::Red.on_default().bold();
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
    /// Standard error.
    pub screen: Screen,
    /// How many columns standard error has, where there is a limit.
    pub width: Option<usize>,
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
            screen: Screen::default(),
            width: process.stderr_width,
            quiet: globals.quiet,
            color: color(process, globals, process.stderr_is_terminal),
        }
    }

    /// Tells whether messages are coloured.
    pub fn in_color(&self) -> bool {
        self.color == ColorChoice::Always
    }

    /// Tells whether nothing is to be said in passing.
    pub fn is_quiet(&self) -> bool {
        self.quiet
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
        let text = self.redactor.redact(text);
        self.screen.above(|| {
            let mut stderr = AutoStream::new(io::stderr(), self.color);
            // Where standard error is closed there is nobody left to tell.
            let _ = writeln!(stderr, "{text}");
        });
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
