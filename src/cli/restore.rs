//! `deskhand restore`: looks for computers that a run has removed and that have enrolled again, and gives back what they
//! had.

use crate::fleet::{ComputerQuery, ComputerRef, Group, GroupRef, Outcome, Result, Vendor};
use crate::host::Fleet;
use crate::output::{Cell, Table};
use crate::plan::restore::{Fate, Found, Removed, Restore, restore};
use crate::plan::results::{self, Aside};
use crate::plan::undo::Left;
use crate::plan::{KeptComputer, Proposal};

use super::args::{Globals, OfRun};
use super::failure::Failure;
use super::past::{Past, tell_left};
use super::process::Process;
use super::ui::Ui;

/// What the runs of this verb are called in their journals, and what its rows are about that are no changes.
const VERB: &str = "restore";

/// What of a computer no record of RemotePC tells, but for those that were listed as a user's.
const UNTOLD: &str =
    "RemotePC does not tell of a computer to whom it is assigned, nor its group: assign and move it by hand";

/// Finds what a run has removed among what there is now, says what became of each, and gives back what can be.
pub fn run(process: &Process, globals: &Globals, of: &OfRun, ui: &Ui) -> std::result::Result<u8, Failure> {
    let past = Past::open(process, globals, ui, &of.run, VERB)?;
    let Removed { computers, left } = Removed::of(&past.run);
    tell_left("not restored", &left, ui);
    if computers.is_empty() {
        ui.note("it has removed no computer that could be restored");
        return past.make_nothing(process, globals, ui, table(&[], &left, Vec::new()));
    }
    past.make(
        process,
        ui,
        |fleet| {
            let Restore { proposals, rows } = look_for(&computers, fleet)?;
            ui.note(&counted(&rows));
            let is_back = |row: &Found| matches!(row.fate, Fate::Back { .. });
            if fleet.vendor() == Vendor::RemotePc && rows.iter().any(is_back) {
                ui.note(UNTOLD);
            }
            Ok((proposals, rows))
        },
        |rows, came| table(&rows, &left, came),
    )
}

/// Looks for the computers in the fleet.
fn look_for(removed: &[KeptComputer], fleet: &Fleet) -> Result<Restore> {
    let grouped = fleet.vendor() == Vendor::RealVnc;
    let query = ComputerQuery {
        groups: grouped,
        ..ComputerQuery::default()
    };
    let computers = fleet.list(|reader| reader.computers(&query))?;
    let groups: Vec<GroupRef> = if grouped {
        let groups = fleet.list(|reader| reader.computer_groups())?;
        groups.iter().map(Group::to_ref).collect()
    } else {
        Vec::new()
    };
    Ok(restore(removed, &computers, &groups))
}

/// Says in a line what became of the computers.
fn counted(rows: &[Found]) -> String {
    let words = [
        ("back", "back"),
        ("not_back", "not back"),
        ("several", "that may be any of several"),
        ("unrecognizable", "that cannot be known again"),
        ("not_removed", "still there"),
    ];
    let told = words.into_iter().filter_map(|(fate, words)| {
        let count = rows.iter().filter(|row| word(&row.fate) == fate).count();
        (count > 0).then(|| format!("{count} {words}"))
    });
    let computers = match rows.len() {
        1 => "1 computer".to_owned(),
        many => format!("{many} computers"),
    };
    format!("looked for {computers}: {}", told.collect::<Vec<_>>().join(", "))
}

/// Makes a row for each computer that was removed, and behind each one for every change that gives something back to it.
fn table(rows: &[Found], left: &[Left], mut came: Vec<(Proposal, Outcome)>) -> Table {
    let mut cells = Vec::new();
    for Found { removed, fate } in rows {
        cells.push(became(removed, fate));
        if let Fate::Back { computer, .. } = fate {
            let of_it =
                |(proposal, _): &mut (Proposal, Outcome)| proposal.change.target_id() == computer.id.as_str();
            let given: Vec<_> = came.extract_if(.., of_it).collect();
            cells.extend(given.iter().map(|(p, outcome)| results::row(p, Some(outcome))));
        }
    }
    cells.extend(left.iter().map(|Left { change, why }| {
        Aside {
            verb: VERB,
            target: &change.target(),
            to: None,
            outcome: "not_restored",
            note: Some(why),
            id: change.target_id(),
        }
        .row()
    }));
    results::table_of(cells)
}

/// Makes the row of what became of a computer.
fn became(removed: &KeptComputer, fate: &Fate) -> Vec<Cell> {
    let (now, note) = match fate {
        Fate::NotBack => (None, None),
        Fate::NotRemoved(computer) => (Some(computer), Some("its record is still there".to_owned())),
        Fate::Unrecognizable(why) => (None, Some((*why).to_owned())),
        Fate::Several(computers) => (None, Some(format!("may be any of {}", named(computers)))),
        Fate::Back {
            computer,
            proposals,
            withheld,
        } => {
            let nothing =
                (*proposals == 0 && withheld.is_empty()).then(|| "it has all that it had".to_owned());
            let withheld = (!withheld.is_empty()).then(|| withheld.join("; "));
            (Some(computer), withheld.or(nothing))
        }
    };
    Aside {
        verb: VERB,
        target: &removed.name,
        to: now.map(|computer| computer.name.as_str()),
        outcome: word(fate),
        note: note.as_deref(),
        id: now.map_or(&removed.id, |computer| computer.id.as_str()),
    }
    .row()
}

/// Returns what became of a computer in a word.
fn word(fate: &Fate) -> &'static str {
    match fate {
        Fate::NotRemoved(_) => "not_removed",
        Fate::NotBack => "not_back",
        Fate::Unrecognizable(_) => "unrecognizable",
        Fate::Several(_) => "several",
        Fate::Back { .. } => "back",
    }
}

fn named(computers: &[ComputerRef]) -> String {
    let named: Vec<String> = computers
        .iter()
        .map(|computer| format!("'{}' ({})", computer.name, computer.id))
        .collect();
    named.join(", ")
}
