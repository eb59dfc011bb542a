//! `plan()`, and the methods that only plans have.

use rhai::Dynamic;

use crate::fleet::{Change, Result};
use crate::host::arguments::Arguments;
use crate::host::function::{Effect, Function};
use crate::host::records::{ComputerRecord, UserRecord};
use crate::host::several::tell;
use crate::host::table::TableValue;
use crate::plan::{Kept, Proposal, Reason, results};

use super::{Draft, Looked, Why};

/// The function that starts a plan.
pub const FUNCTIONS: &[Function] = &[Function {
    name: "plan",
    parameters: &[],
    returns: "Plan",
    about: "Starts a plan: an empty list of changes for this fleet. The writing functions are its methods, and add a change instead \
            of making it; `apply` makes them all. `len` is how many there are, `changes` an array with a map for each.",
    example: "let p = plan(); p.rename(list_computers()[0], \"Reception-1\"); p.len == 1",
    operations: &[],
    effect: Effect::Read,
    body: |call| Ok(Dynamic::from(Draft::new(call.fleet))),
}];

/// What the removal of a computer may call, on one vendor or the other: it is judged by the whole fleet.
pub const REMOVING: &[&str] = &[
    "listEntries",
    "listEntryGroups",
    "listEntryPresence",
    "readEntry",
    "listEntryGroups_1",
    "deleteEntry",
    "getDevices",
    "removeComputers",
];

/// The methods that only plans have, in the order of the reference.
pub const METHODS: &[Function] = &[
    Function {
        name: "remove",
        parameters: &[("computer", "Computer|string"), ("reason", "Reason")],
        returns: "()",
        about: "Plans to remove a computer from the team, for a reason: stale(computer, cutoff), duplicate_of(computer, survivor) or \
                chosen(\"…\"). The guards check the reason against the computer's record before anything is removed. What is removed \
                cannot be brought back without walking to a desk.",
        example: "let cutoff = ago(\"90d\"); let p = plan();\n\
                  for c in list_computers() { if c.last_seen != () && c.last_seen < cutoff { p.remove(c, stale(c, cutoff)); } }\n\
                  p.len > 0",
        operations: REMOVING,
        effect: Effect::Write,
        body: |call| {
            let computer = call.computer(0)?;
            let Some(why) = call.values[1].clone().try_cast::<Why>() else {
                return Err(call.invalid(
                    "`remove` wants a reason: stale(computer, cutoff), duplicate_of(computer, survivor) or chosen(\"…\")",
                ));
            };
            if !why.fits(call.fleet.profile(), &computer.id) {
                return Err(call.invalid(format!(
                    "the reason was made for another computer than '{}'",
                    computer.name
                )));
            }
            let mut proposal = call.fleet.proposal(Change::RemoveComputer { computer });
            // What the user has named is not the script's choice.
            if !matches!(
                (&proposal.reason, &why.reason),
                (Some(Reason::Named), Reason::Chosen(_))
            ) {
                proposal.reason = Some(why.reason);
            }
            remove(call, proposal)
        },
    },
    Function {
        name: "keep",
        parameters: &[("thing", "Computer|User|string"), ("why", "string")],
        returns: "()",
        about: "Counts something that the script has looked at and leaves alone, by a word for why: the preview tells the counts, so \
                that they add up to the fleet; the report and a saved plan list each. Whatever is counted twice, or removed as well, is an error of kind `invalid`.",
        example: "let p = plan(); p.keep(list_computers()[0], \"seen lately\"); p.len == 0",
        operations: &[],
        effect: Effect::None,
        body: |call| {
            let (looked, name) = looked(call)?;
            call.draft()?.keep(looked, &name, &call.name(1)?)?;
            Ok(Dynamic::UNIT)
        },
    },
    Function {
        name: "save",
        parameters: &[("file", "string")],
        returns: "()",
        about: "Writes the plan into a file, which `deskhand plan show` shows and `deskhand apply` applies within a day.",
        example: "let p = plan(); p.rename(list_computers()[0], \"Reception-1\"); p.save(\"plan.json\")",
        operations: &[],
        effect: Effect::None,
        body: |call| {
            let file = call.name(0)?;
            let path = call.fleet.world().here.join(&file);
            call.draft()?.save(&path, &file)?;
            Ok(Dynamic::UNIT)
        },
    },
    Function {
        name: "apply",
        parameters: &[],
        returns: "Table",
        about: "Makes the changes of the plan: judged by the guards, agreed to by the user, written into the journal, in their order \
                and as many at the same time as allowed. Returns a table with a row for each: `change`, `target`, `to`, `outcome` \
                (done, already_so, planned, drifted, failed, unknown), `note` and `id`. A plan that the guards refuse is an error of kind \
                `refused`, and nothing of it is made. In a dry run nothing is made.",
        example: "let p = plan(); p.rename(list_computers()[0], \"Reception-1\"); p.apply().rows[0].outcome == \"done\"",
        operations: &[],
        effect: Effect::Write,
        body: |call| {
            let rows = call.draft()?.apply()?;
            tell(
                call.fleet,
                rows.iter().map(|(proposal, outcome)| (&proposal.change, outcome)),
            );
            let rows = rows.iter().map(|(proposal, outcome)| (proposal, Some(outcome)));
            Ok(Dynamic::from(TableValue::from(results::table(rows))))
        },
    },
];

/// Returns what a script leaves alone, and how it is called.
fn looked(call: &Arguments<'_>) -> Result<(Looked, String)> {
    let value = &call.values[0];
    if let Some(user) = value.clone().try_cast::<UserRecord>() {
        let user = call
            .user(0)
            .map(|known| (Looked::User(user.0.id.to_string()), known.email))?;
        return Ok(user);
    }
    if value.is_string() {
        let name = call.name(0)?;
        return Ok((Looked::Named(name.clone()), name));
    }
    let computer = call.computer(0)?;
    Ok((Looked::Computer(computer.id.to_string()), computer.name))
}

/// Removes a computer, or plans to, with the record that it was chosen by.
pub fn remove(call: &Arguments<'_>, mut proposal: Proposal) -> Result<Dynamic> {
    let record = call.values[0].clone().try_cast::<ComputerRecord>();
    let read = record.filter(|record| record.0.was_read());
    proposal.before = read.map(|record| Kept::from(&*record.0));
    call.propose(proposal)?;
    Ok(Dynamic::UNIT)
}
