//! Reads computers as they are now, all from one list.

use crate::fleet::{Computer, ComputerRef, Result};

use super::super::Reads;
use super::super::limits::check_computer;
use super::super::machines::{Machines, Standing};
use super::records;

/// What is asked for, whatever it is that the computers are read for.
const OPERATION: &str = "getDevices";

/// Lists all computers, and picks these. A computer that no write could name is an error, as it is where the write itself
/// is looked at; where all of them are such, nothing is asked.
pub(super) async fn recall(reads: &Reads, computers: &[ComputerRef]) -> Vec<Result<Option<Computer>>> {
    let checked: Vec<Result<()>> = computers
        .iter()
        .map(|computer| check_computer(OPERATION, &computer.name))
        .collect();
    if checked.iter().all(Result::is_err) {
        return checked
            .into_iter()
            .map(|checked| checked.map(|()| None))
            .collect();
    }
    let machines = reads.get_devices().await.map(Machines::new);
    let profile = reads.connection.profile();
    computers
        .iter()
        .zip(checked)
        .map(|(computer, checked)| {
            checked?;
            pick(machines.as_ref().map_err(Clone::clone)?, computer, profile)
        })
        .collect()
}

fn pick(machines: &Machines, computer: &ComputerRef, profile: &str) -> Result<Option<Computer>> {
    if let Standing::There(_) = machines.standing(computer) {
        machines.only_one(OPERATION, &computer.name)?;
    }
    let found = machines.find(&computer.id);
    Ok(found.and_then(|device| records::computer(device, None, profile)))
}
