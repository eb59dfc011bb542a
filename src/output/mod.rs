//! How values look: text, table, CSV and JSON. Only this room decides; scripts return values.
//!
//! [`render()`] writes a [`Document`] to anything that takes bytes. In text and tables what strangers have named is made
//! safe to look at; CSV and JSON are data, and read back as what went in. Where the bytes go, how wide the terminal is
//! and whether it wants colour is the caller's business.

mod csv;
mod fit;
mod format;
mod json;
mod render;
mod table;
mod text;
mod value;
mod words;

pub use format::{Format, UnknownFormat};
pub use render::{Notes, Style, render};
pub use value::{Cell, Column, Document, Place, Table};
