//! What the user types and sees. One file for each verb; errors travel as data to the one printer.

mod apply;
mod args;
mod bound;
mod confirmation;
mod connect;
mod demo;
mod destination;
mod dial;
mod disclose;
mod display;
mod explain;
mod failure;
mod feed;
mod finish;
mod hidden;
mod journal;
mod logging;
mod new;
mod parameters;
mod past;
mod plan;
mod policy;
mod process;
mod profile;
mod progress;
mod report;
mod restore;
mod results;
mod run;
mod runtime;
mod screen;
mod scripts;
mod show;
mod simulate;
mod simulated;
mod trouble;
mod ui;
mod undo;
mod vnc_connect;
mod vocabulary;

use anstream::ColorChoice;

use crate::secret::Redactor;

use args::{Cli, Color, Globals, Script, Verb};
use failure::{Failure, code};
use ui::Ui;

pub use process::Process;

/// Runs the program and returns its exit code.
pub fn run(process: &Process) -> u8 {
    let redactor = Redactor::default();
    let plain = Ui::new(process, &Globals::default(), &redactor);
    let cli = match Cli::read(&process.args) {
        Ok(cli) => cli,
        Err(error) => return report::report(&Failure::from_clap(&error), &plain),
    };
    let ui = Ui::new(process, &cli.globals, &redactor);
    dispatch(process, cli, &ui).unwrap_or_else(|failure| report::report(&failure, &ui))
}

fn dispatch(process: &Process, cli: Cli, ui: &Ui) -> Result<u8, Failure> {
    match cli.verb {
        Some(
            Verb::Script(words)
            | Verb::Run {
                script: Script::Script(words),
            },
        ) => run::run(process, cli.globals, &words, ui),
        Some(Verb::Scripts) => scripts::run(process, &cli.globals, ui),
        Some(Verb::Simulate(simulate)) => {
            let ui = speak(process, &cli.globals, &ui.redactor)?;
            simulate::run(process, &cli.globals, simulate, &ui)
        }
        Some(Verb::Profile { what }) => {
            let ui = speak(process, &cli.globals, &ui.redactor)?;
            profile::run(process, &cli.globals, what, &ui)
        }
        Some(Verb::Journal { what }) => journal::run(process, &cli.globals, &what, ui),
        Some(Verb::Apply(apply)) => {
            let ui = speak(process, &cli.globals, &ui.redactor)?;
            apply::run(process, &cli.globals, &apply, &ui)
        }
        Some(Verb::Undo(of)) => {
            let ui = speak(process, &cli.globals, &ui.redactor)?;
            undo::run(process, &cli.globals, &of, &ui)
        }
        Some(Verb::Restore(of)) => {
            let ui = speak(process, &cli.globals, &ui.redactor)?;
            restore::run(process, &cli.globals, &of, &ui)
        }
        Some(Verb::Explain(of)) => {
            let ui = speak(process, &cli.globals, &ui.redactor)?;
            explain::run(process, &cli.globals, &of, &ui)
        }
        Some(Verb::Plan { what }) => {
            let ui = speak(process, &cli.globals, &ui.redactor)?;
            plan::run(process, &cli.globals, what, &ui)
        }
        Some(Verb::Policy(verb)) => policy::run(process, &cli.globals, &verb.what, ui),
        Some(Verb::New(verb)) => new::run(process, &verb.what, ui),
        Some(Verb::VncConnect(typed)) => vnc_connect::run(process, cli.globals, &typed.words, ui),
        Some(Verb::Help { name }) => help(process, cli.globals, name, ui),
        None => Err(Failure::usage("what is to be done?").hint("`deskhand --help` says what there is")),
    }
}

/// Says what a built-in command does, else what the script of that name does.
fn help(process: &Process, globals: Globals, name: Option<String>, ui: &Ui) -> Result<u8, Failure> {
    if name.as_deref() == Some(args::VNC_CONNECT) {
        return vnc_connect::run(process, globals, &["-help".into()], ui);
    }
    if let Some(help) = Cli::help(name.as_deref()) {
        ui.help(&help.ansi().to_string());
        return Ok(code::DONE);
    }
    run::run(
        process,
        globals,
        &[name.unwrap_or_default().into(), "--help".into()],
        ui,
    )
}

/// Finds out how to speak with the user, and starts the log.
fn speak(process: &Process, globals: &Globals, redactor: &Redactor) -> Result<Ui, Failure> {
    let ui = Ui::new(process, globals, redactor);
    let file = globals
        .log_file
        .as_ref()
        .map(|path| process.environment.cwd.join(path));
    logging::start(
        globals.verbose,
        file.as_deref(),
        (&ui.screen, ui.in_color()),
        redactor,
    )?;
    Ok(ui)
}

/// Decides on colours for a stream: what was asked for, else whether it is a terminal that has any and `NO_COLOR` is not
/// set.
fn color(process: &Process, globals: &Globals, is_terminal: bool) -> ColorChoice {
    let wanted = match globals.color {
        Some(Color::Always) => true,
        Some(Color::Never) => false,
        Some(Color::Auto) | None => {
            is_terminal && !process.is_dumb && process.environment.var("NO_COLOR").is_none()
        }
    };
    if wanted {
        ColorChoice::Always
    } else {
        ColorChoice::Never
    }
}
