//! What a run would change, for people and for files.

use crate::fleet::Change;
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
                Cell::text(change.target_id()),
            ]
        })
        .collect();
    table
}

/// Says how the target is then, and what cannot be taken back or lets somebody in.
fn result(change: &Change) -> String {
    match change.exposure().or_else(|| change.irreversible()) {
        Some(caution) => format!("{}; {caution}", change.result()),
        None => change.result(),
    }
}
