//! A computer by its name or id, and what would be done with it: for whoever explains it outside a script.

mod policy;

use crate::fleet::{Computer, ComputerId, Error, Kind, Result};
use crate::plan::Survey;

use super::connection::Fleet;

pub use policy::{Asked, Duplicate, OfPolicy, When, YEARS, answered, asking, given, register};

impl Fleet {
    /// Lists the whole fleet once, so that nothing more has to be read to explain what would be done with a computer.
    pub fn survey(&self) -> Result<Survey> {
        let survey = self.world().wait(self.executor().survey())?;
        for warning in survey.warnings() {
            (self.world().warn)(warning);
        }
        self.look_up(|directory, _| {
            directory.keep_computers(survey.computers().iter().map(Computer::to_ref).collect());
            Ok(())
        })?;
        Ok(survey)
    }

    /// Finds a computer of a survey by its name, as everywhere, or by its id.
    pub fn surveyed<'a>(&self, survey: &'a Survey, computer: &str, by_id: bool) -> Result<&'a Computer> {
        let id = if by_id {
            ComputerId::new(computer)
        } else {
            let found = self.look_up(|directory, fleet| {
                directory
                    .computer(fleet, computer)?
                    .ok_or_else(|| directory.missing("computer", computer))
            })?;
            found.id
        };
        if let Some(found) = survey.computers().iter().find(|listed| listed.id == id) {
            return Ok(found);
        }
        // What is not there is an error of the vendor's.
        let there = self.read(|reader| reader.computer(&id))?;
        Err(Error::new(
            Kind::Vendor,
            format!(
                "the list of computers leaves out '{}', found where asked for by itself",
                there.name
            ),
        )
        .hint("a clean-up sees only what is listed; run it again"))
    }
}
