//! Changes to one computer or to several, and what scripts are told of them.
//!
//! Of one computer a script gets the record as it is then, and what goes wrong is thrown. Of several it gets what came of
//! each: one that cannot be changed must not hide what was done to the others.

use rhai::{Array, Dynamic, Map};

use crate::fleet::{Change, Computer, ComputerRef, Outcome, Result};

use super::arguments::Arguments;
use super::connection::{Fleet, changed_meanwhile, nobody_knows};
use super::records::ComputerRecord;

/// So many alerts of one plan are read; more would push the others off the screen.
const MOST_TOLD: usize = 20;

/// Makes a change to the computer that is meant, and returns its record as it is then.
pub fn change_one(
    call: &Arguments<'_>,
    index: usize,
    change: impl FnOnce(ComputerRef, &Computer) -> Change,
    alter: impl FnOnce(&mut Computer),
) -> Result<Dynamic> {
    let (named, mut computer) = call.known_computer(index)?;
    call.change(change(named, &computer))?;
    alter(&mut computer);
    Ok(Dynamic::from(ComputerRecord::from(computer)))
}

/// Makes a change to the one computer that is meant, or the same change to each of an array.
pub fn change_one_or_each(
    call: &Arguments<'_>,
    index: usize,
    change: impl Fn(ComputerRef) -> Change,
    alter: impl FnOnce(&mut Computer),
) -> Result<Dynamic> {
    if !call.is_array(index) {
        return change_one(call, index, |named, _| change(named), alter);
    }
    let changes: Vec<Change> = call.computers(index)?.into_iter().map(change).collect();
    change_each(call, changes)
}

/// Makes changes, as many in one call as the vendor allows, and returns a map for each of them, in their order.
pub fn change_each(call: &Arguments<'_>, changes: Vec<Change>) -> Result<Dynamic> {
    let outcomes = call.change_each(changes)?;
    tell(
        call.fleet,
        outcomes.iter().map(|(change, outcome)| (change, outcome)),
    );
    let rows = outcomes
        .iter()
        .map(|(change, outcome)| Dynamic::from_map(row(change, outcome)));
    Ok(Dynamic::from_array(rows.collect::<Array>()))
}

/// Tells the user what must not be passed over, whatever the script does with it: the first ones in full, the others counted.
pub fn tell<'a>(fleet: &Fleet, outcomes: impl Iterator<Item = (&'a Change, &'a Outcome)>) {
    let mut alerts = outcomes.filter_map(|(change, outcome)| alert(change, outcome));
    let tell = &fleet.world().alert;
    for alert in alerts.by_ref().take(MOST_TOLD) {
        tell(&alert);
    }
    let untold = alerts.count();
    if untold > 0 {
        tell(&format!(
            "and {untold} more like these: `deskhand journal show` has them all"
        ));
    }
}

fn row(change: &Change, outcome: &Outcome) -> Map {
    let note = outcome.note().map_or(Dynamic::UNIT, Dynamic::from);
    let mut row = Map::from_iter([("outcome".into(), outcome.word().into()), ("note".into(), note)]);
    match change.computer() {
        Some(computer) => {
            row.insert("computer".into(), computer.name.clone().into());
            row.insert("id".into(), computer.id.to_string().into());
        }
        None => {
            row.insert("user".into(), change.target().into());
        }
    }
    row
}

/// Says what must not be passed over, if there is anything.
fn alert(change: &Change, outcome: &Outcome) -> Option<String> {
    match outcome {
        Outcome::Done(note) => note.clone(),
        Outcome::Issued(_) | Outcome::AlreadySo | Outcome::Planned => None,
        Outcome::Drifted { was, now } => Some(changed_meanwhile(change, was, now)),
        Outcome::Failed(error) => {
            let hint = error.hint.as_deref().map(|hint| format!(" ({hint})"));
            Some(format!("could not {change}: {error}{}", hint.unwrap_or_default()))
        }
        Outcome::Unknown(error) => Some(format!("{}: {error}", nobody_knows(change))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fleet::{ComputerId, Error, Kind};

    fn change() -> Change {
        Change::MoveToGroup {
            group: "Lab".to_owned(),
            computer: ComputerRef {
                id: ComputerId::new("m1"),
                name: "PC-1".to_owned(),
            },
        }
    }

    #[test]
    fn every_outcome_has_a_word_and_what_must_not_be_passed_over_is_told() {
        let error = |text: &str| Error::new(Kind::Vendor, text);
        let drifted = Outcome::Drifted {
            was: "PC-1".to_owned(),
            now: "PC-9".to_owned(),
        };
        for (outcome, word, note, alerted) in [
            (Outcome::Done(None), "done", None, None),
            (
                Outcome::Done(Some("read back".to_owned())),
                "done",
                Some("read back"),
                Some("read back"),
            ),
            (Outcome::AlreadySo, "already_so", None, None),
            (Outcome::Planned, "planned", None, None),
            (
                drifted,
                "drifted",
                Some("was PC-1, is PC-9"),
                Some(
                    "did not move 'PC-1' to the computer group 'Lab': it has changed meanwhile (was PC-1, is PC-9)",
                ),
            ),
            (
                Outcome::Failed(error("no").hint("try later")),
                "failed",
                Some("no"),
                Some("could not move 'PC-1' to the computer group 'Lab': no (try later)"),
            ),
            (
                Outcome::Unknown(error("lost")),
                "unknown",
                Some("lost"),
                Some("not known whether this was done: move 'PC-1' to the computer group 'Lab': lost"),
            ),
        ] {
            let row = row(&change(), &outcome);
            assert_eq!(row["outcome"].to_string(), word);
            assert_eq!(row["note"].clone().into_string().ok().as_deref(), note);
            assert_eq!(row["computer"].to_string(), "PC-1");
            assert_eq!(row["id"].to_string(), "m1");
            assert_eq!(alert(&change(), &outcome).as_deref(), alerted);
        }
    }
}
