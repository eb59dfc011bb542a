//! The names of the computers, for an argument that its commas leave in doubt.

use crate::fleet::ComputerQuery;

use super::super::args::Globals;
use super::super::connect::{Connector, Errand};
use super::super::failure::Failure;
use super::super::process::Process;
use super::super::runtime::Tasks;
use super::super::ui::Ui;

/// Lists the names of the computers of the chosen fleet, before the run that is about one of them.
pub fn of_computers(process: &Process, globals: &Globals, ui: &Ui) -> Result<Vec<String>, Failure> {
    let (tasks, cancel) = Tasks::until_ctrl_c(ui)?;
    let errand = Errand {
        what: "vnc-connect".to_owned(),
        writes: Some(Vec::new()),
        ..Errand::default()
    };
    let connector = Connector::new(process, globals, ui, (&tasks, &cancel), errand)?;
    let query = ComputerQuery::default();
    let listed = connector
        .open_chosen(&connector.world())
        .and_then(|fleet| fleet.list(|reader| reader.computers(&query)));
    connector.close();
    connector.shut_down();
    Ok(listed?.into_iter().map(|computer| computer.name).collect())
}
