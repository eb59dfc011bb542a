//! `deskhand SCRIPT`: from the words on the command line to what the script ends in.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::cancel::Cancel;
use crate::host;
use crate::script::{
    self, Header, Library, Limits, Origin, ParamForm, ParamValue, Program, Source, Vocabulary,
};

use super::args::Globals;
use super::connect::{Connector, Errand};
use super::destination::Destination;
use super::disclose;
use super::failure::Failure;
use super::feed;
use super::finish::{Done, Ending};
use super::parameters::{self, Given, Sources};
use super::policy;
use super::process::Process;
use super::report::report;
use super::runtime::Tasks;
use super::speak;
use super::trouble::Trouble;
use super::ui::Ui;
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
    let (tasks, cancel) = Tasks::until_ctrl_c(ui)?;
    let library = Arc::clone(&invocation.library);
    let errand = Errand {
        what: invocation.name.clone(),
        script_dir: folder(&invocation.source),
        writes: invocation.header.writes.clone(),
        period: invocation.given.period(&invocation.header),
        resumes: None,
        decided_by: Some(Arc::new(move || script::decided_by(&library))),
        agreed: invocation.globals.force,
    };
    let connector = Connector::new(process, &invocation.globals, ui, (&tasks, &cancel), errand)?;
    let globals = invocation.globals.clone();
    let flags = flags(&invocation.header);
    let ended = invocation.run(process, ui, &cancel, &connector);
    let done = Done::by(&connector, ui);
    // Reported here, where it is known how to speak.
    done.finish(process, &globals, ui, ended)
        .or_else(|failure| Ok(report(&with_flag(failure, &flags), ui)))
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
        policy::of_option(process, &globals, &library)?;
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
    ) -> Result<Ending, Failure> {
        let sources = Sources {
            environment: &process.environment,
            ui,
            cancel,
        };
        let display = &self.globals.display;
        let values = self.given.values(&self.header, &sources)?;
        let world = connector.world();
        for word in values.values().flat_map(ParamValue::words) {
            world.named.add(word);
        }
        let fleet = connector.open_chosen(&world)?;
        if let Some(file) = connector.policy() {
            self.library.use_policy(&file);
        }
        let printed = ui.clone();
        let print = Arc::new(move |line: &str| printed.printed(line));
        let mut engine = script::engine(&Limits::default(), cancel, Arc::clone(&self.library), print);
        host::register(&mut engine, &fleet);
        let trouble = Trouble::new(process, ui, &self.source);
        let program = Program::prepare(&engine, &self.library, self.source, &self.vocabulary)
            .map_err(|e| trouble.failure(&e))?;
        let params = program.bind(values)?;
        let value = program.run(&engine, params).map_err(|e| {
            policy::had_a_say(&self.library, &e, ui);
            trouble.failure(&e)
        })?;
        if self.globals.guards.policy.is_some() && !self.library.asks_policy() {
            ui.warn(&format!(
                "`{}` asks no cleanup policy: --policy changes nothing",
                self.name
            ));
        }
        if let Some(feed) = host::Feed::of(&value) {
            return feed::hand_on(&feed, process, &self.globals, ui).map(Ending::Written);
        }
        let to_terminal = Destination::of(display, process).is_terminal(process);
        let document = disclose::document(host::ending(value), to_terminal)?;
        Ok(Ending::Result(match &display.filter {
            None => document,
            Some(expression) => host::choose(&engine, Some(&world), document, expression)?,
        }))
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
