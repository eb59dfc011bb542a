//! `deskhand explain`: what the clean-ups would do with a computer, each rule that was asked about it and what it looked at, and
//! when the computer becomes stale.

mod rows;

use std::sync::Arc;

use crate::cancel::Cancel;
use crate::fleet::Computer;
use crate::host::{self, Fleet};
use crate::output::{Document, Table};
use crate::period::{self, Period};
use crate::plan::{Reason, Survey};
use crate::script::{self, Library, Limits, PolicyFunction, Program};

use super::args::{Explain, Globals};
use super::connect::{Connector, Errand};
use super::destination::Destination;
use super::failure::Failure;
use super::finish::{Done, Ending};
use super::policy;
use super::process::Process;
use super::runtime::Tasks;
use super::show::chosen;
use super::trouble::Trouble;
use super::ui::Ui;
use super::vocabulary::vocabulary;

use rows::{Findings, Verdict};

/// Explains a computer.
pub fn run(process: &Process, globals: &Globals, asked: &Explain, ui: &Ui) -> Result<u8, Failure> {
    globals.check().map_err(Failure::usage)?;
    Destination::of(&globals.display, process).check()?;
    let period: Period = asked.period.parse().map_err(|e: period::PeriodError| {
        Failure::usage(format!("--period: {e}")).hint(format!("write {}", period::EXPECTED))
    })?;
    let library = Arc::new(Library::new(process.places()));
    policy::of_option(process, globals, &library)?;
    let (tasks, cancel) = Tasks::until_ctrl_c(ui)?;
    let errand = Errand {
        what: format!("explain {}", asked.computer),
        writes: Some(Vec::new()),
        period: Some(asked.period.clone()),
        ..Errand::default()
    };
    let connector = Connector::new(process, globals, ui, (&tasks, &cancel), errand)?;
    let explaining = Explaining {
        process,
        ui,
        cancel: &cancel,
        library,
        period,
    };
    let ended = explaining
        .explain(&connector, asked)
        .and_then(|table| chosen(Document::Table(table), globals));
    Done::by(&connector, ui).finish(process, globals, ui, ended.map(Ending::Result))
}

/// What it takes to ask.
struct Explaining<'a> {
    process: &'a Process,
    ui: &'a Ui,
    cancel: &'a Cancel,
    library: Arc<Library>,
    period: Period,
}

impl Explaining<'_> {
    fn explain(&self, connector: &Arc<Connector>, asked: &Explain) -> Result<Table, Failure> {
        let now = connector.clock.now();
        let cutoff = self
            .period
            .before(now)
            .map_err(|error| Failure::usage(format!("--period: {error}")))?;
        let fleet = connector.open_chosen(&connector.world())?;
        if let Some(file) = connector.policy() {
            self.library.use_policy(&file);
        }
        let survey = fleet.survey()?;
        let computer = fleet.surveyed(&survey, &asked.computer, asked.by_id)?;
        let (functions, of_policy) = self.ask_policy(&fleet, &survey, computer)?;
        let stale = Reason::Stale {
            // Where there is none, a rule says so.
            last_seen: computer.last_seen.unwrap_or(cutoff),
            cutoff,
        };
        let findings = Findings {
            computer,
            period: self.period,
            now,
            answers: survey.answers(computer, cutoff),
            stale: Verdict::of(of_policy.why.clone(), || survey.refused(computer, stale)),
            duplicate: duplicate(&of_policy.duplicate, &survey, computer),
            functions,
            of_policy,
        };
        Ok(rows::table(&findings))
    }

    /// Asks the cleanup policy that a clean-up would use; returns where its functions come from, too.
    fn ask_policy(
        &self,
        fleet: &Fleet,
        survey: &Survey,
        computer: &Computer,
    ) -> Result<(Vec<PolicyFunction>, host::explain::OfPolicy), Failure> {
        let source = host::explain::asking(&self.library);
        let trouble = Trouble::new(self.process, self.ui, &source);
        let functions = script::policy(&self.library).map_err(|e| trouble.failure(&e))?;
        let printed = self.ui.clone();
        let print = Arc::new(move |line: &str| printed.printed(line));
        let mut engine = script::engine(&Limits::default(), self.cancel, Arc::clone(&self.library), print);
        host::register(&mut engine, fleet);
        host::explain::register(&mut engine, fleet, survey);
        let program = Program::prepare(&engine, &self.library, source, &vocabulary())
            .map_err(|e| trouble.failure(&e))?;
        let given = host::explain::given(computer, self.period, fleet.world().clock.now());
        let params = program.bind(given)?;
        let value = program.run(&engine, params).map_err(|e| trouble.failure(&e))?;
        Ok((functions, host::explain::answered(&value, fleet)?))
    }
}

/// Returns what becomes of a computer where duplicates are cleaned: of several records of a machine one stays.
fn duplicate(of_set: &host::explain::Duplicate, survey: &Survey, computer: &Computer) -> Verdict {
    let listed = |id: &str| survey.computers().iter().find(|other| other.id.as_str() == id);
    let survivor = of_set.survivor.as_deref().and_then(listed);
    let Some(survivor) = survivor.filter(|_| of_set.why.is_none()) else {
        return Verdict::Keeps(of_set.why.clone().unwrap_or_default());
    };
    let others: Vec<&Computer> = of_set.others.iter().filter_map(|id| listed(id)).collect();
    let name = of_set.gets.as_ref().unwrap_or(&survivor.name);
    let refused = survey.refused_merge(computer, survivor, &others, name);
    if survivor.id != computer.id {
        return match refused {
            Some(why) => Verdict::Refused(why),
            None => Verdict::Removes(format!(
                "duplicate of '{}' ({}), which stays",
                survivor.name, survivor.id
            )),
        };
    }
    let count = match others.len() {
        1 => "1 other".to_owned(),
        many => format!("{many} others"),
    };
    Verdict::Keeps(match refused {
        Some(why) => format!("it would survive {count}, which is refused: {why}"),
        None if *name == computer.name => format!("it survives {count}"),
        None => format!("it survives {count}, and is called '{name}' then"),
    })
}
