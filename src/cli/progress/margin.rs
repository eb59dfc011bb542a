//! The terminal as the bar knows it: not quite as wide as it is.
//!
//! What draws the bar leaves the cursor at its right end. There a terminal that echoes `^C` would break the line, and the
//! bar could not be taken away.

use std::io;

use console::Term;
use indicatif::TermLike;

/// Room for `^C`, and the last column, in which some terminals break the line.
const FREE: u16 = 3;

/// Standard error without its last columns.
#[derive(Debug)]
pub(super) struct Margin(Term);

impl Default for Margin {
    fn default() -> Self {
        Self(Term::buffered_stderr())
    }
}

impl Margin {
    /// Returns how many columns there are.
    pub(super) fn columns(&self) -> usize {
        usize::from(self.width())
    }
}

impl TermLike for Margin {
    fn width(&self) -> u16 {
        self.0.size().1.saturating_sub(FREE).max(1)
    }

    fn height(&self) -> u16 {
        self.0.size().0
    }

    fn move_cursor_up(&self, lines: usize) -> io::Result<()> {
        self.0.move_cursor_up(lines)
    }

    fn move_cursor_down(&self, lines: usize) -> io::Result<()> {
        self.0.move_cursor_down(lines)
    }

    fn move_cursor_right(&self, columns: usize) -> io::Result<()> {
        self.0.move_cursor_right(columns)
    }

    fn move_cursor_left(&self, columns: usize) -> io::Result<()> {
        self.0.move_cursor_left(columns)
    }

    fn write_line(&self, line: &str) -> io::Result<()> {
        self.0.write_line(line)
    }

    fn write_str(&self, text: &str) -> io::Result<()> {
        self.0.write_str(text)
    }

    fn clear_line(&self) -> io::Result<()> {
        self.0.clear_line()
    }

    fn flush(&self) -> io::Result<()> {
        self.0.flush()
    }
}
