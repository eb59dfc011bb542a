//! What of the data is shown, in which order and form, and where it goes: the options that every command has.

mod choosing;
mod columns;
mod files;
mod lists;
mod sorting;
mod spreadsheets;

use crate::desk::Ran;

/// A team of its own, in names that are hard to sort, to show and to hand to a spreadsheet.
const MACHINES: &str = r#"
//! Lists machines.
const WRITES = [];
[
    #{ name: "PC-10", days: 3, online: true, note: () },
    #{ name: "=SUM(A1)", days: (), online: false, note: "-1" },
    #{ name: "PC-2", days: 12, online: (), note: "a, b" },
    #{ name: "pc-1", days: 3, online: false, note: " padded " },
]
"#;

/// The lines of standard output.
fn lines(ran: &Ran) -> Vec<&str> {
    ran.stdout.lines().collect()
}
