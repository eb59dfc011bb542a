//! A computer by its name or id, and what the rules say to its removal: for whoever explains it outside a script.

use jiff::Timestamp;

use crate::fleet::{ComputerId, Result};
use crate::plan::Explained;

use super::connection::Fleet;

impl Fleet {
    /// Explains what each rule says to the removal of a computer that was not seen since a moment. `computer` is its name,
    /// found as everywhere, or its id.
    pub fn explain(&self, computer: &str, by_id: bool, cutoff: Timestamp) -> Result<Explained> {
        let found = if by_id {
            let id = ComputerId::new(computer);
            self.read(|reader| reader.computer(&id))?.to_ref()
        } else {
            self.look_up(|directory, fleet| {
                directory
                    .computer(fleet, computer)?
                    .ok_or_else(|| directory.missing("computer", computer))
            })?
        };
        self.world().wait(self.executor().explain(&found, cutoff))
    }
}
