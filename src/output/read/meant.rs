//! Rows that say what they are for: what was not made is listed with the change that it was to be, and must not be fed in
//! as another.

use super::{Fault, Sheet, position, value};

/// What the rows of a list are read for.
#[derive(Debug, Clone, Copy)]
pub struct Meant<'a> {
    /// The column in which a row may say it.
    pub column: &'a str,
    /// The word for what they are read for.
    pub for_this: &'a str,
    /// The words for all there is. Any other word in that column is somebody's own, and says nothing.
    pub of: &'a [&'a str],
}

impl Sheet {
    /// Takes out the rows that are for something else; each is a fault.
    pub(super) fn keep(&mut self, meant: &Meant<'_>) {
        let headings = self.headings.iter().flatten().map(String::as_str);
        let Some(at) = position(headings, meant.column) else {
            return;
        };
        let faults = &mut self.faults;
        self.lines.retain(|line| {
            let word = value(&line.cells[at]).unwrap_or_default();
            let word = word.trim();
            if word == meant.for_this || !meant.of.contains(&word) {
                return true;
            }
            let why = format!(
                "it is to be a `{word}`, as its `{}` says, and not a `{}`",
                meant.column, meant.for_this
            );
            faults.push(Fault::new(line.number, why));
            false
        });
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::lines;
    use super::*;

    fn read(text: &str) -> (Vec<String>, Vec<Fault>) {
        let meant = Meant {
            column: "Change",
            for_this: "rename",
            of: &["rename", "remove_computer"],
        };
        let (rows, faults) = lines(Path::new("a.csv"), text.as_bytes(), &["Name"], Some(&meant)).unwrap();
        (rows.into_iter().map(|(_, value)| value).collect(), faults)
    }

    #[test]
    fn a_row_that_is_to_be_another_change_is_a_fault_and_no_row() {
        let (rows, faults) = read("Name,change\nA, rename \nB,remove_computer\nC,\nD,CHG-0031\n");
        assert_eq!(rows, ["A", "C", "D"]);
        let why = "it is to be a `remove_computer`, as its `Change` says, and not a `rename`";
        assert_eq!(faults, [Fault::new(3, why)]);
    }

    #[test]
    fn rows_that_say_nothing_of_it_are_all_meant() {
        assert_eq!(read("Name,Note\nA,remove_computer\n").0, ["A"]);
        assert_eq!(read("A\nremove_computer\n").0, ["A", "remove_computer"]);
    }
}
