//! `deskhand explain`: what each rule says to the removal of a computer, what it looked at, and when the computer becomes stale.

use jiff::Timestamp;

use crate::fleet::{self, Error, Kind};
use crate::output::{Cell, Column, Document, Table};
use crate::period::{self, Period};
use crate::plan::Explained;
use crate::plan::guards::Answer;

use super::args::{Explain, Globals};
use super::connect::{Connector, Errand};
use super::destination::Destination;
use super::failure::Failure;
use super::finish::{Done, Ending};
use super::process::Process;
use super::runtime::Tasks;
use super::show::chosen;
use super::ui::Ui;

/// Explains a computer.
pub fn run(process: &Process, globals: &Globals, asked: &Explain, ui: &Ui) -> Result<u8, Failure> {
    globals.check().map_err(Failure::usage)?;
    Destination::of(&globals.display, process).check()?;
    let period: Period = asked.period.parse().map_err(|e: period::PeriodError| {
        Failure::usage(format!("--period: {e}")).hint(format!("write {}", period::EXPECTED))
    })?;
    let now = process.clock.clone().map_err(Failure::usage)?.now();
    let cutoff = period.before(now).map_err(out_of_calendar)?;
    let (tasks, cancel) = Tasks::until_ctrl_c(ui)?;
    let errand = Errand {
        what: format!("explain {}", asked.computer),
        period: Some(asked.period.clone()),
        ..Errand::default()
    };
    let connector = Connector::new(process, globals, ui, (&tasks, &cancel), errand)?;
    let ended = connector
        .open_chosen(&connector.world())
        .and_then(|fleet| fleet.explain(&asked.computer, asked.by_id, cutoff))
        .and_then(|explained| {
            explained.warnings.iter().for_each(|warning| ui.warn(warning));
            table(&explained, period, now)
        })
        .map_err(Failure::from)
        .and_then(|table| chosen(Document::Table(table), globals));
    Done::by(&connector, ui).finish(process, globals, ui, ended.map(Ending::Result))
}

/// Makes a table with a row for each rule, and a last one that says when the computer becomes stale.
fn table(explained: &Explained, period: Period, now: Timestamp) -> fleet::Result<Table> {
    let mut table = Table::new(vec![
        Column::new("question", "Question", "Question"),
        Column::new("says", "Removal", "Removal"),
        Column::new("value", "Looked at", "Value"),
        Column::new("why", "Why", "Why"),
        Column::new("hint", "Hint", "Hint").data_only(),
        Column::new("relaxed_by", "Relaxed by", "RelaxedBy").data_only(),
        Column::new("computer", "Computer", "Computer").data_only(),
        Column::new("id", "Id", "EntryID").data_only(),
    ]);
    let computer = &explained.computer;
    let row = |cells: [Cell; 6]| {
        let of = [Cell::text(&computer.name), Cell::text(&computer.id)];
        cells.into_iter().chain(of).collect()
    };
    let answered = |answer: &Answer| {
        row([
            Cell::text(answer.rule.question()),
            Cell::text(answer.says.as_str()),
            Cell::text(&answer.value),
            Cell::text(&answer.why),
            Cell::maybe(answer.hint.as_ref(), Cell::text),
            Cell::maybe(answer.rule.relaxed_by(), Cell::text),
        ])
    };
    table.rows = explained.answers.iter().map(answered).collect();
    let (says, value) = becomes_stale(computer.last_seen, period, now)?;
    table.rows.push(row([
        Cell::text("when is it stale"),
        Cell::text(says),
        Cell::text(value),
        Cell::text(""),
        Cell::Null,
        Cell::Null,
    ]));
    Ok(table)
}

/// Returns the day on which what was last seen then becomes stale, and how that is reckoned.
fn becomes_stale(
    last_seen: Option<Timestamp>,
    period: Period,
    now: Timestamp,
) -> fleet::Result<(String, String)> {
    let Some(seen) = last_seen.filter(|at| *at > Timestamp::UNIX_EPOCH && *at <= now) else {
        return Ok((
            "never".to_owned(),
            "what nobody knows to be unseen is not stale".to_owned(),
        ));
    };
    let day = period
        .over_on(seen)
        .map_err(|e| Error::new(Kind::Invalid, e.to_string()))?;
    Ok((
        day.to_string(),
        format!("{period} after it was last seen, days in UTC"),
    ))
}

#[allow(
    clippy::needless_pass_by_value,
    reason = "it is given to what hands over errors"
)]
fn out_of_calendar(error: period::PeriodError) -> Failure {
    Failure::usage(format!("--period: {error}"))
}
