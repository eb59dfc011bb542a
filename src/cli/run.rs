//! `deskhand SCRIPT`: from the words on the command line to what the script ends in.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;

use crate::cancel::Cancel;
use crate::fleet;
use crate::host::{self, Fleet, World};
use crate::output::Document;
use crate::plan::{Binding, Plan, Proposal, Tally, preview, saved};
use crate::script::{self, Header, Library, Limits, Origin, ParamForm, Program, Source, Vocabulary};

use super::args::Globals;
use super::connect::{Connector, Opened};
use super::destination::Destination;
use super::disclose;
use super::display::Display;
use super::failure::{Failure, code};
use super::parameters::{self, Given, Sources};
use super::process::Process;
use super::report::report;
use super::runtime::{Tasks, stop_on_ctrl_c};
use super::show::present;
use super::speak;
use super::trouble::Trouble;
use super::ui::{Confirmation, Ui};
use super::vocabulary::vocabulary;

/// A script that is about to run: what was asked for, and what it says of itself.
struct Invocation {
    /// The script, as it was asked for.
    name: String,
    library: Arc<Library>,
    source: Source,
    header: Header,
    given: Given,
    globals: Globals,
    vocabulary: Vocabulary,
}

/// Runs a script: `words` are its name and what follows it on the command line.
pub fn run(process: &Process, early: Globals, words: &[OsString], ui: &Ui) -> Result<u8, Failure> {
    let invocation = Invocation::read(process, early, words, ui)?;
    Destination::of(&invocation.globals.display, process).check()?;
    // The options may stand behind the script's name: only now it is known how to speak and what to log.
    let ui = &speak(process, &invocation.globals, &ui.redactor)?;
    let cancel = Cancel::default();
    let tasks = Tasks::start()?;
    stop_on_ctrl_c(tasks.handle(), &cancel, ui);
    let connector = Arc::new(Connector {
        globals: invocation.globals.clone(),
        environment: process.environment.clone(),
        clock: process.clock.clone().map_err(Failure::usage)?,
        script_dir: folder(&invocation.source),
        what: invocation.name.clone(),
        writes: invocation.header.writes.clone(),
        approve: Confirmation::shared(ui, &cancel, invocation.globals.force),
        ui: ui.clone(),
        runtime: tasks.handle().clone(),
        opened: Opened::default(),
    });
    let globals = invocation.globals.clone();
    let flags = flags(&invocation.header);
    let ended = invocation.run(process, ui, &cancel, &connector);
    let done = settle(&connector, ui);
    // Reported here, where it is known how to speak.
    finish(process, &globals, ui, ended, &done).or_else(|failure| Ok(report(&with_flag(failure, &flags), ui)))
}

impl Invocation {
    fn read(process: &Process, early: Globals, words: &[OsString], ui: &Ui) -> Result<Self, Failure> {
        let Some((name, words)) = words.split_first() else {
            return Err(Failure::usage("which script?").hint("`deskhand scripts` lists them"));
        };
        let Some(name) = name.to_str() else {
            return Err(Failure::usage(format!("`{}` is not Unicode", name.display())));
        };
        let library = Arc::new(Library::new(process.places()));
        let source = library.script(name)?;
        let vocabulary = vocabulary();
        let header = Header::read(&library, &source, &vocabulary)
            .map_err(|e| Trouble::new(process, ui, &source).failure(&e))?;
        let given = parameters::read(name, &header, words, ui.can_ask)?;
        let globals = early.then(given.globals.clone());
        globals.check().map_err(Failure::usage)?;
        Ok(Self {
            name: name.to_owned(),
            library,
            source,
            header,
            given,
            globals,
            vocabulary,
        })
    }

    fn run(
        self,
        process: &Process,
        ui: &Ui,
        cancel: &Cancel,
        connector: &Arc<Connector>,
    ) -> Result<Document, Failure> {
        let sources = Sources {
            environment: &process.environment,
            ui,
            cancel,
        };
        let display = &self.globals.display;
        let values = self.given.values(&self.header, &sources)?;
        let world = world(connector, cancel);
        let fleet = connector.open_chosen(&world)?;
        let printed = ui.clone();
        let print = Arc::new(move |line: &str| printed.printed(line));
        let mut engine = script::engine(&Limits::default(), cancel, Arc::clone(&self.library), print);
        host::register(&mut engine, &fleet);
        let trouble = Trouble::new(process, ui, &self.source);
        let program = Program::prepare(&engine, &self.library, self.source, &self.vocabulary)
            .map_err(|e| trouble.failure(&e))?;
        let params = program.bind(values)?;
        let ended = program.run(&engine, params).map(host::ending);
        let to_terminal = Destination::of(display, process).is_terminal(process);
        let document = disclose::document(ended.map_err(|e| trouble.failure(&e))?, to_terminal)?;
        match &display.filter {
            None => Ok(document),
            Some(expression) => Ok(host::choose(&engine, Some(&world), document, expression)?),
        }
    }
}

/// Returns the names of a script's flags.
fn flags(header: &Header) -> Vec<String> {
    let flags = header.params.iter().filter(|param| param.form == ParamForm::Flag);
    flags.map(|param| param.name.clone()).collect()
}

/// Says how the script itself is made to load what was not loaded: by its flag of the same name as the option in Rhai.
fn with_flag(failure: Failure, flags: &[String]) -> Failure {
    let hint = failure.hint.clone().unwrap_or_default();
    match flags.iter().find(|flag| hint.contains(&format!("{flag}: true"))) {
        Some(flag) => failure.hint(format!("add --{}; in a script, {hint}", flag.replace('_', "-"))),
        None => failure,
    }
}

fn folder(source: &Source) -> Option<PathBuf> {
    match source.origin {
        Origin::Shipped => None,
        Origin::Path | Origin::Here | Origin::User => Path::new(&source.id).parent().map(Path::to_owned),
    }
}

/// Makes what all fleets of a run share.
pub fn world(connector: &Arc<Connector>, cancel: &Cancel) -> Arc<World> {
    let opener = Arc::clone(connector);
    let (warner, alerter) = (connector.ui.clone(), connector.ui.clone());
    Arc::new(World {
        runtime: connector.runtime.clone(),
        cancel: cancel.clone(),
        clock: connector.clock,
        here: connector.environment.cwd.clone(),
        warn: Box::new(move |warning| warner.warn(warning)),
        alert: Box::new(move |alert| alerter.alert(alert)),
        open: Box::new(move |world, name| opener.open(world, name)),
        choosing: AtomicUsize::new(0),
    })
}

/// Leaves out all that a document could fail to be shown for, but for its format.
fn plainly(globals: &Globals) -> Globals {
    let display = Display {
        output: globals.display.output,
        ..Display::default()
    };
    Globals {
        display,
        ..globals.clone()
    }
}

/// What a run has done to each of its fleets.
pub struct Done(Vec<(Binding, Tally)>);

/// Ends the journals and the simulator, and returns what was done.
pub fn settle(connector: &Connector, ui: &Ui) -> Done {
    let fleets = connector.close();
    let done: Vec<_> = fleets.iter().map(|f| (f.binding(), f.tally())).collect();
    let unwritten = done.iter().filter_map(|(_, tally)| tally.unwritten.clone());
    let unended = fleets.iter().map(Fleet::close).filter_map(Result::err);
    for error in unwritten.chain(unended) {
        ui.alert(&format!("the journal is not whole: {error}"));
    }
    connector.shut_down();
    Done(done)
}

/// Saves what a run would change, as a plan.
fn save(done: &Done, path: &Path, process: &Process, ui: &Ui) -> Result<(), Failure> {
    let mut planned = done.0.iter().filter(|(_, tally)| !tally.planned.is_empty());
    let Some((binding, tally)) = planned.next() else {
        return Ok(());
    };
    if let Some((other, _)) = planned.next() {
        return Err(Failure::usage(format!(
            "a plan is for one profile, and this run would change `{}` and `{}`",
            binding.profile, other.profile
        ))
        .hint("run it for each of them"));
    }
    let now = process.clock.clone().map_err(Failure::usage)?.now();
    let mut plan = Plan::new(binding.clone(), now);
    for change in &tally.planned {
        plan.push(Proposal::of(change.clone()))?;
    }
    let shown = path.display().to_string();
    let file = process.environment.cwd.join(path);
    saved::save(&plan, &ui.redactor, &file, &shown).map_err(fleet::Error::from)?;
    ui.note(&format!(
        "saved the plan in {shown}; look at it with `deskhand plan show {shown}`, make it so with `deskhand apply {shown}`"
    ));
    Ok(())
}

/// Shows what there is to show, says what was changed, and finds the exit code.
pub fn finish(
    process: &Process,
    globals: &Globals,
    ui: &Ui,
    ended: Result<Document, Failure>,
    done: &Done,
) -> Result<u8, Failure> {
    let tally = Tally::sum(done.0.iter().map(|(_, tally)| tally.clone()));
    let ended = ended.and_then(|document| {
        if tally.planned.is_empty() {
            if globals.plan_out.is_some() {
                ui.note("there is nothing to change, and no plan was saved");
            }
            present(&document, process, globals, ui).inspect_err(|_| {
                if tally.done > 0 || tally.unknown > 0 {
                    // What came of each change is told nowhere else, and cannot be had again by running once more.
                    let _ = present(&document, process, &plainly(globals), ui);
                }
            })?;
            return Ok(if tally.left_something_undone() {
                code::PARTIAL
            } else {
                code::DONE
            });
        }
        let planned: Vec<Proposal> = tally.planned.iter().cloned().map(Proposal::of).collect();
        present(&Document::Table(preview::table(&planned)), process, globals, ui)?;
        if let Some(path) = &globals.plan_out {
            save(done, path, process, ui)?;
        }
        Ok(code::PENDING)
    });
    if let Some(changed) = tally.told() {
        ui.note(&changed);
    }
    ended.map_err(|failure| {
        // Whatever ended the run: what was done before it stands.
        if (tally.done > 0 || tally.unknown > 0) && !failure.is_interruption() {
            return Failure {
                code: code::PARTIAL,
                ..failure
            };
        }
        failure
    })
}
