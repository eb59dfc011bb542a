//! How values look: text, table, CSV and JSON. Only this room decides; scripts return values.

mod format;
mod value;

pub use format::Format;
pub use value::{Cell, Column, Document, Table};
