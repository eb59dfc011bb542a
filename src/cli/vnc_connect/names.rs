//! The names that there are, for an argument that its commas leave in doubt.

use crate::fleet::ComputerQuery;

use super::super::args::Globals;
use super::super::connect::{Connector, Errand};
use super::super::failure::Failure;
use super::super::process::Process;
use super::super::runtime::Tasks;
use super::super::ui::Ui;

/// What a name is the name of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bearer {
    /// A computer.
    Computer,
    /// A group of users.
    UserGroup,
}

/// Lists the names of the chosen fleet, before the run that is about some of them.
pub fn all(bearer: Bearer, process: &Process, globals: &Globals, ui: &Ui) -> Result<Vec<String>, Failure> {
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
        .and_then(|fleet| match bearer {
            Bearer::Computer => {
                let computers = fleet.list(|reader| reader.computers(&query))?;
                Ok(computers.into_iter().map(|computer| computer.name).collect())
            }
            Bearer::UserGroup => {
                let groups = fleet.list(|reader| reader.user_groups())?;
                Ok(groups.into_iter().map(|group| group.name).collect())
            }
        });
    connector.close();
    connector.shut_down();
    Ok(listed?)
}
