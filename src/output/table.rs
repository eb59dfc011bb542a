//! Tables for people: as wide as the terminal, everything in it safe to look at.
//!
//! Only this file knows comfy-table. A cell that is too long is wrapped, and cut with `…` after a few lines; without a
//! terminal nothing is cut and no column gives way. A cell is at most 65,535 columns wide, then it wraps all the same.

use std::io::{self, Write};

use comfy_table::{
    Cell as View, CellAlignment, ColumnConstraint, ContentArrangement, LineStyle, Row, TableStyle, Width,
};
use unicode_width::UnicodeWidthStr;

use super::fit::{GAP, Wish, fit};
use super::words::{Zone, tells_time, words};
use super::{Cell, Notes, Place, Style, Table};
use crate::text::visible;

/// How many lines a row may take before its cells are cut.
const TALLEST: usize = 3;

const RULE: char = '─';
const LOOK: TableStyle = TableStyle::new().header_separator(LineStyle::none().fill(RULE));

const BOLD: anstyle::Style = anstyle::Style::new().bold();

/// Writes a table; tells which columns had to give way.
pub(super) fn write(table: &Table, style: &Style, out: &mut dyn Write) -> io::Result<Notes> {
    let columns = worth_showing(table);
    let grid = Grid {
        columns: columns.iter().map(|at| Heading::of(table, *at)).collect(),
        rows: table
            .rows
            .iter()
            .map(|row| {
                let cells = columns.iter().map(|at| Table::at(row, *at));
                cells
                    .map(|cell| words(cell, Zone::InHeading).into_owned())
                    .collect()
            })
            .collect(),
        tallest: style.width.map(|_| TALLEST),
    };
    grid.write(style, out)
}

/// Returns the columns that a table shows: none for programs only, and no optional one that is empty in every row.
pub(super) fn worth_showing(table: &Table) -> Vec<usize> {
    let is_empty = |at: usize| table.rows.iter().all(|row| Table::at(row, at).is_nothing());
    (0..table.columns.len())
        .filter(|at| match table.columns[*at].place {
            Place::Shown => true,
            Place::Optional => table.rows.is_empty() || !is_empty(*at),
            Place::DataOnly | Place::Asked => false,
        })
        .collect()
}

/// Writes the first row of a table, a field a line, in which nothing is cut.
pub(super) fn write_row(table: &Table, style: &Style, out: &mut dyn Write) -> io::Result<Notes> {
    let Some(row) = table.rows.first() else {
        return Ok(Notes::default());
    };
    let fields = worth_showing(table)
        .into_iter()
        .map(|at| (table.columns[at].title.clone(), Table::at(row, at).clone()));
    write_record(&fields.collect::<Vec<_>>(), style, out)
}

/// Writes a record as a table of two columns, in which nothing is cut.
pub(super) fn write_record(
    pairs: &[(String, Cell)],
    style: &Style,
    out: &mut dyn Write,
) -> io::Result<Notes> {
    let grid = Grid {
        columns: vec![Heading::essential("Field"), Heading::essential("Value")],
        rows: pairs
            .iter()
            .map(|(key, cell)| vec![visible(key).into_owned(), words(cell, Zone::InValue).into_owned()])
            .collect(),
        tallest: None,
    };
    grid.write(style, out)
}

/// Writes values under one heading.
pub(super) fn write_list(items: &[Cell], style: &Style, out: &mut dyn Write) -> io::Result<Notes> {
    let grid = Grid {
        columns: vec![Heading::essential("Value")],
        rows: items
            .iter()
            .map(|item| vec![words(item, Zone::InValue).into_owned()])
            .collect(),
        tallest: style.width.map(|_| TALLEST),
    };
    grid.write(style, out)
}

/// What stands over a column, and how the column behaves.
struct Heading {
    title: String,
    optional: bool,
    essential: bool,
    /// Numbers stand under each other by their last digit.
    number: bool,
}

impl Heading {
    fn essential(title: &str) -> Self {
        Self {
            title: title.to_owned(),
            optional: false,
            essential: true,
            number: false,
        }
    }

    fn of(table: &Table, at: usize) -> Self {
        let column = &table.columns[at];
        let cells = || {
            table
                .rows
                .iter()
                .map(|row| Table::at(row, at))
                .filter(|cell| **cell != Cell::Null)
        };
        let zone = if cells().any(tells_time) { " (UTC)" } else { "" };
        Self {
            title: format!("{}{zone}", visible(&column.title)),
            optional: column.place == Place::Optional,
            essential: at == table.name_column,
            number: cells().next().is_some() && cells().all(|c| matches!(c, Cell::Int(_) | Cell::Float(_))),
        }
    }
}

/// A table in words.
struct Grid {
    columns: Vec<Heading>,
    rows: Vec<Vec<String>>,
    /// The lines that a row may take, if there is a limit.
    tallest: Option<usize>,
}

impl Grid {
    fn write(self, style: &Style, out: &mut dyn Write) -> io::Result<Notes> {
        let wishes: Vec<Wish> = (0..self.columns.len()).map(|at| self.wish(at)).collect();
        let widths = match style.width {
            Some(width) => fit(&wishes, width),
            None => wishes.iter().map(|wish| Some(wish.natural)).collect(),
        };
        let mut in_heading = style.color;
        for line in self.view(&widths).lines() {
            in_heading &= !line.starts_with(RULE);
            let line = line.trim_end();
            if in_heading {
                writeln!(out, "{BOLD}{line}{BOLD:#}")?;
            } else {
                writeln!(out, "{line}")?;
            }
        }
        let given_way = self
            .columns
            .into_iter()
            .zip(widths)
            .filter(|(_, width)| width.is_none());
        Ok(Notes {
            hidden_columns: given_way.map(|(column, _)| column.title).collect(),
        })
    }

    fn wish(&self, at: usize) -> Wish {
        let column = &self.columns[at];
        let widest = self.rows.iter().map(|row| row[at].width()).max().unwrap_or(0);
        Wish {
            natural: widest.max(column.title.width()).max(1),
            heading: column
                .title
                .split(' ')
                .map(UnicodeWidthStr::width)
                .max()
                .unwrap_or(0),
            optional: column.optional,
            essential: column.essential,
        }
    }

    fn view(&self, widths: &[Option<usize>]) -> comfy_table::Table {
        let shown: Vec<(usize, usize)> = widths
            .iter()
            .enumerate()
            .filter_map(|(at, width)| width.map(|width| (at, width)))
            .collect();
        let mut view = comfy_table::Table::new();
        view.load_style(LOOK)
            .set_content_arrangement(ContentArrangement::Disabled)
            .set_truncation_indicator("…");
        if !shown.is_empty() {
            view.set_header(shown.iter().map(|(at, _)| View::new(&self.columns[*at].title)));
        }
        for cells in &self.rows {
            let mut row = Row::from(shown.iter().map(|(at, _)| View::new(&cells[*at])));
            if let Some(lines) = self.tallest {
                row.max_height(lines);
            }
            view.add_row(row);
        }
        for (place, (at, width)) in shown.iter().enumerate() {
            let gap = if place + 1 < shown.len() { GAP } else { 0 };
            if let Some(column) = view.column_mut(place) {
                column.set_padding((0, columns(gap)));
                column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(columns(width + gap))));
                if self.columns[*at].number {
                    column.set_cell_alignment(CellAlignment::Right);
                }
            }
        }
        view
    }
}

fn columns(width: usize) -> u16 {
    u16::try_from(width).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests;
