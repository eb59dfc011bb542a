//! Which computers are alike, and what shows that two are one machine: what the guards know, for scripts to ask.

use std::collections::HashMap;
use std::sync::Arc;

use rhai::{Array, Dynamic, Map};

use crate::fleet::Result;
use crate::host::arguments::Arguments;
use crate::host::directory::Directory;
use crate::host::function::{Effect, Function};
use crate::host::records::ComputerRecord;
use crate::plan::KeptComputer;
use crate::plan::guards::Inventory;
use crate::plan::guards::duplicates::{Same, own_addresses, same_machine};

/// The functions, in the order of the reference.
pub const FUNCTIONS: &[Function] = &[
    Function {
        name: "lookalikes",
        parameters: &[("computers", "array of Computer")],
        returns: "array of arrays of Computer",
        about: "Puts the computers of a whole fleet into sets: those that have a name, a host name or a hardware address in common, \
                directly or through others. Each is in one set; one that is like no other is alone in it. An address of a dock, a \
                VPN or a virtual machine makes nobody alike.",
        example: "lookalikes(list_computers()).sum(|set| set.len) == list_computers().len",
        operations: &[],
        effect: Effect::None,
        body: |call| lookalikes(call),
    },
    Function {
        name: "evidence",
        parameters: &[("a", "Computer"), ("b", "Computer")],
        returns: "map",
        about: "Says whether two records are of one machine, as the guards judge it: a map of `same` (true, false, or `()` where the \
                records do not tell) and `why`. It takes the whole fleet to know which addresses go around: it is listed once, unless \
                lookalikes() was given it before.",
        example: "let all = list_computers(); evidence(all[0], all[1]).same != true",
        operations: &["listEntries", "getDevices"],
        effect: Effect::Read,
        body: |call| evidence(call),
    },
];

fn lookalikes(call: &Arguments<'_>) -> Result<Dynamic> {
    let computers = call.array(0)?;
    let records = computers
        .iter()
        .map(|computer| record(call, computer))
        .collect::<Result<Vec<_>>>()?;
    let inventory = Arc::new(Inventory::of(
        records.iter().map(|record| KeptComputer::from(&*record.0)),
    ));
    let sets = sets(&records, &inventory);
    call.fleet.look_up(|directory, _| {
        directory.keep_inventory(inventory);
        Ok(())
    })?;
    let of_set =
        |set: Vec<usize>| Dynamic::from_array(set.into_iter().map(|at| computers[at].clone()).collect());
    Ok(Dynamic::from_array(
        sets.into_iter().map(of_set).collect::<Array>(),
    ))
}

/// Returns the sets in the order of their first members; members are meant by their places.
fn sets(records: &[ComputerRecord], inventory: &Inventory) -> Vec<Vec<usize>> {
    /// What two computers may have in common.
    #[derive(PartialEq, Eq, Hash)]
    enum Mark {
        Name(String),
        Host(String),
        Address(String),
    }
    let folded = |text: &str| text.trim().to_lowercase();
    let mut bearers: HashMap<Mark, usize> = HashMap::new();
    let mut parents: Vec<usize> = (0..records.len()).collect();
    for (at, record) in records.iter().enumerate() {
        let computer = &record.0;
        let kept = inventory.find(computer.id.as_str());
        let addresses = kept.map_or_else(Vec::new, |kept| own_addresses(kept, inventory));
        let marks = std::iter::once(Mark::Name(folded(&computer.name)))
            .chain(computer.host.as_deref().map(|host| Mark::Host(folded(host))))
            .chain(addresses.iter().map(|address| Mark::Address(address.to_string())));
        for mark in marks {
            if matches!(&mark, Mark::Name(text) | Mark::Host(text) if text.is_empty()) {
                continue;
            }
            let first = *bearers.entry(mark).or_insert(at);
            let (a, b) = (root(&mut parents, at), root(&mut parents, first));
            parents[a.max(b)] = a.min(b);
        }
    }
    let mut sets: Vec<Vec<usize>> = Vec::new();
    let mut places: HashMap<usize, usize> = HashMap::new();
    for at in 0..records.len() {
        let place = *places.entry(root(&mut parents, at)).or_insert_with(|| {
            sets.push(Vec::new());
            sets.len() - 1
        });
        sets[place].push(at);
    }
    sets
}

/// Finds the first member of the set that a member is in, and shortens the way there.
fn root(parents: &mut [usize], at: usize) -> usize {
    let mut top = at;
    while parents[top] != top {
        top = parents[top];
    }
    let mut next = at;
    while parents[next] != top {
        next = std::mem::replace(&mut parents[next], top);
    }
    top
}

fn evidence(call: &Arguments<'_>) -> Result<Dynamic> {
    let (a, b) = (record(call, &call.values[0])?, record(call, &call.values[1])?);
    let inventory = call.fleet.look_up(Directory::inventory)?;
    let listed = |record: &ComputerRecord| inventory.find(record.0.id.as_str());
    let said = match (listed(&a), listed(&b)) {
        (Some(a), Some(b)) => same_machine(a, b, &inventory),
        _ => same_machine(&KeptComputer::from(&*a.0), &KeptComputer::from(&*b.0), &inventory),
    };
    let (same, why) = match said {
        Same::Yes(why) => (Dynamic::from_bool(true), why),
        Same::No(why) => (Dynamic::from_bool(false), why),
        Same::Unclear(why) => (Dynamic::UNIT, why),
    };
    let map = Map::from_iter([("same".into(), same), ("why".into(), why.into())]);
    Ok(Dynamic::from_map(map))
}

fn record(call: &Arguments<'_>, value: &Dynamic) -> Result<ComputerRecord> {
    let name = call.function.name;
    let Some(record) = value.clone().try_cast::<ComputerRecord>() else {
        return Err(call.invalid(format!(
            "`{name}` wants records of computers, as list_computers() gives them"
        )));
    };
    if record.0.profile != call.fleet.profile() {
        return Err(call.invalid(format!(
            "`{name}`: '{}' is a computer of profile `{}`, and not of `{}`",
            record.0.name,
            record.0.profile,
            call.fleet.profile()
        )));
    }
    Ok(record)
}
