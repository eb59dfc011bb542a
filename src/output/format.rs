//! The formats.

/// How a document is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// One name a line, for pipes.
    Text,
    /// Columns that fit the terminal.
    #[default]
    Table,
    /// Comma-separated, lossless.
    Csv,
    /// One JSON document.
    Json,
}
