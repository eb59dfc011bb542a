//! The outside world as one value, so that nothing else in the program looks at the process.

use std::ffi::OsString;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use crate::clock::Clock;
use crate::config::{Dirs, Environment};
use crate::script::Places;

/// Stops the clock at an ISO 8601 timestamp: for tests, screenshots and demos that are to be repeated.
const CLOCK_VARIABLE: &str = "DESKHAND_NOW";

/// The width that tables take where a terminal does not tell its own.
const USUAL_WIDTH: usize = 80;

/// What the program knows of the process that it runs in.
#[allow(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct Process {
    /// The command line, the program's name first.
    pub args: Vec<OsString>,
    /// The environment and the places it leads to.
    pub environment: Environment,
    /// Whether questions can be asked.
    pub can_ask: bool,
    /// Whether standard output is a terminal.
    pub stdout_is_terminal: bool,
    /// Whether standard error is a terminal.
    pub stderr_is_terminal: bool,
    /// How many columns standard output has, where there is a limit.
    pub width: Option<usize>,
    /// How many columns standard error has, where there is a limit.
    pub stderr_width: Option<usize>,
    /// Whether the terminal calls itself `dumb`: it has no colours, and cannot move its cursor.
    pub is_dumb: bool,
    /// The time of day, or what is wrong with the variable that should stop it.
    pub clock: Result<Clock, String>,
}

impl Process {
    /// Looks at the process once.
    pub fn capture() -> Self {
        let environment = environment();
        let stdout_is_terminal = std::io::stdout().is_terminal();
        let stderr_is_terminal = std::io::stderr().is_terminal();
        Self {
            args: std::env::args_os().collect(),
            can_ask: std::io::stdin().is_terminal() && stderr_is_terminal,
            stdout_is_terminal,
            stderr_is_terminal,
            width: width(&environment, stdout_is_terminal, &console::Term::stdout()),
            stderr_width: width(&environment, stderr_is_terminal, &console::Term::stderr()),
            is_dumb: environment.var("TERM") == Some("dumb"),
            clock: clock(&environment),
            environment,
        }
    }
}

impl Process {
    /// Returns where scripts and modules are looked for.
    pub fn places(&self) -> Places {
        let dirs = Dirs::of(&self.environment);
        Places {
            here: self.environment.cwd.clone(),
            scripts: dirs.scripts(),
            stdlib: dirs.stdlib(),
        }
    }
}

fn environment() -> Environment {
    let vars = std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
        .collect();
    Environment {
        vars,
        cwd: std::env::current_dir().unwrap_or_else(|_| PathBuf::from(".")),
        home: std::env::home_dir(),
        program_dir: std::env::current_exe()
            .ok()
            .as_deref()
            .and_then(Path::parent)
            .map(Path::to_owned),
    }
}

/// Returns how wide tables may become: as wide as the terminal, or as `COLUMNS` says where it was exported; without
/// either there is no limit.
fn width(environment: &Environment, is_terminal: bool, terminal: &console::Term) -> Option<usize> {
    let asked = environment
        .var("COLUMNS")
        .and_then(|columns| columns.parse().ok());
    if !is_terminal {
        return asked;
    }
    let told = terminal.size_checked().map(|(_, columns)| usize::from(columns));
    told.or(asked).or(Some(USUAL_WIDTH))
}

fn clock(environment: &Environment) -> Result<Clock, String> {
    match environment.var(CLOCK_VARIABLE) {
        None => Ok(Clock::System),
        Some(text) => text
            .parse()
            .map(Clock::Frozen)
            .map_err(|e| format!("{CLOCK_VARIABLE} is `{text}`, which is no ISO 8601 timestamp: {e}")),
    }
}
