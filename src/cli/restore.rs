//! `deskhand restore`: looks for computers that a run has removed and that have enrolled again, and gives back what they
//! had.

use crate::fleet::{ComputerQuery, Group, GroupRef, Result, Vendor};
use crate::host::Fleet;
use crate::plan::restore::{Fate, Found, Removed, Restore, restore};
use crate::plan::{KeptComputer, Proposal};

use super::args::{Globals, OfRun};
use super::failure::{Failure, code};
use super::past::Past;
use super::process::Process;
use super::ui::Ui;
use super::undo::told;

/// Finds what a run has removed among what there is now, says what became of each, and gives back what can be.
pub fn run(process: &Process, globals: &Globals, of: &OfRun, ui: &Ui) -> std::result::Result<u8, Failure> {
    let past = Past::open(process, globals, ui, &of.run, "restore")?;
    let removed = Removed::of(&past.run);
    ui.listed("not restored", removed.left.iter().map(told));
    if removed.computers.is_empty() {
        ui.note(&format!(
            "run {} has removed no computer that could be restored",
            past.run.head.run
        ));
        past.bound.connector.shut_down();
        return Ok(code::DONE);
    }
    past.make(process, ui, |fleet| proposals(fleet, &removed.computers, ui))
}

/// Looks for the computers in the fleet.
fn proposals(fleet: &Fleet, removed: &[KeptComputer], ui: &Ui) -> Result<Vec<Proposal>> {
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
    let Restore { proposals, rows } = restore(removed, &computers, &groups);
    ui.listed("looked for", rows.iter().map(became));
    Ok(proposals)
}

/// Says what became of a computer.
fn became(Found { removed, fate }: &Found) -> String {
    let name = &removed.name;
    match fate {
        Fate::NotRemoved(_) => format!("'{name}' was not removed: its record is still there"),
        Fate::NotBack => format!("'{name}' has not enrolled again"),
        Fate::Unrecognizable(why) => format!("'{name}' cannot be known again: {why}"),
        Fate::Several(computers) => {
            let some: Vec<String> = computers
                .iter()
                .map(|c| format!("'{}' ({})", c.name, c.id))
                .collect();
            format!("'{name}' may be any of {}", some.join(", "))
        }
        Fate::Back {
            computer,
            proposals,
            withheld,
        } => {
            let gives = match proposals {
                0 => "there is nothing to give back".to_owned(),
                1 => "1 change gives back what it had".to_owned(),
                many => format!("{many} changes give back what it had"),
            };
            let withheld: String = withheld.iter().map(|what| format!("; {what}")).collect();
            format!(
                "'{name}' has enrolled again as '{}' ({}): {gives}{withheld}",
                computer.name, computer.id
            )
        }
    }
}
