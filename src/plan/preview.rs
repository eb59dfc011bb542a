//! What a run would change, for people and for files.

use crate::fleet::{Change, Role};
use crate::output::{Cell, Column, Table};

/// Makes the table of changes: what is done to whom, and how it is then.
pub fn preview(changes: &[Change]) -> Table {
    let columns = vec![
        Column::new("change", "Change", "Change"),
        Column::new("target", "Target", "Target"),
        Column::new("to", "To", "To"),
        Column::new("id", "Id", "ID").optional(),
    ];
    let mut table = Table::new(columns);
    table.name_column = 1;
    table.rows = changes
        .iter()
        .map(|change| {
            vec![
                Cell::text(change.verb()),
                Cell::text(change.target()),
                Cell::text(result(change)),
                Cell::text(target_id(change)),
            ]
        })
        .collect();
    table
}

fn result(change: &Change) -> String {
    match change {
        Change::Rename { to, .. } => to.clone(),
        Change::GroupAdd { group, .. } => format!("in {}", group.name),
        Change::GroupRemove { group, .. } => match change.exposure() {
            Some(exposure) => format!("not in {}; {exposure}", group.name),
            None => format!("not in {}", group.name),
        },
        Change::RemoveComputer { .. } | Change::RemoveUser { .. } => "removed from the team".to_owned(),
        Change::InviteUser { roles, .. } => format!("invited as {}", Role::list(roles)),
        Change::UpdateRoles { to, .. } => Role::list(to),
    }
}

fn target_id(change: &Change) -> String {
    match change {
        Change::Rename { computer, .. } | Change::RemoveComputer { computer } => computer.id.to_string(),
        Change::GroupAdd { member, .. } | Change::GroupRemove { member, .. } => member.id().to_owned(),
        Change::InviteUser { .. } => String::new(),
        Change::UpdateRoles { user, .. } | Change::RemoveUser { user } => user.id.to_string(),
    }
}
