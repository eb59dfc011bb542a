//! How values look: text, table, CSV and JSON. Only this room decides; scripts return values.
//!
//! [`sort`] and [`select`] choose what of a [`Document`] is shown, and [`render()`] writes it to anything that takes bytes.
//! In text and tables what strangers have named is made safe to look at; CSV and JSON are data, and [`read`] finds in
//! them what went in. Where the bytes go, how wide the terminal is and whether it wants colour is the caller's business.

mod arrange;
mod columns;
mod csv;
mod document;
mod fit;
mod format;
mod guard;
mod json;
mod order;
pub mod read;
mod render;
mod table;
mod text;
mod value;
mod words;

pub use arrange::{SortKey, select, sort};
pub use columns::ColumnError;
pub use csv::{csv_headings, csv_rows};
pub use document::Document;
pub use format::{Format, UnknownFormat};
pub use render::{Lines, Notes, Style, render};
pub use value::{Absent, Cell, Column, Place, Table};
