//! What the user has named: the words of the command line and the rows of the files that it points to.
//!
//! A computer that the user has named may go where one that a script has chosen by itself may not.

use std::collections::HashSet;
use std::sync::Mutex;

use crate::fleet::ComputerRef;
use crate::held::held;

/// The words that the user has given to this run, in lower case.
#[derive(Debug, Default)]
pub struct Named(Mutex<HashSet<String>>);

impl Named {
    /// Takes down a word.
    pub fn add(&self, word: &str) {
        let word = word.trim();
        if !word.is_empty() {
            held(&self.0).insert(word.to_lowercase());
        }
    }

    /// Tells whether the user has given a computer's name or its id.
    pub fn holds(&self, computer: &ComputerRef) -> bool {
        let words = held(&self.0);
        words.contains(&computer.name.trim().to_lowercase())
            || words.contains(&computer.id.as_str().to_lowercase())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fleet::ComputerId;

    #[test]
    fn a_computer_is_named_by_its_whole_name_or_its_id_in_any_case() {
        let named = Named::default();
        for word in [" pc-7 ", "17C7", "", "PC"] {
            named.add(word);
        }
        for (name, id, is) in [
            ("PC-7", "x", true),
            ("other", "17c7", true),
            ("PC-70", "x", false),
            ("", "", false),
        ] {
            let computer = ComputerRef {
                id: ComputerId::new(id),
                name: name.to_owned(),
            };
            assert_eq!(named.holds(&computer), is, "{name} {id}");
        }
    }
}
