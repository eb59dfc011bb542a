//! The options of a host function, read as strictly as its arguments.

use jiff::Timestamp;
use rhai::{Dynamic, Map};

use crate::fleet::{Error, Kind, Result};
use crate::secret::Secret;
use crate::when::{self, When, WhenError};

use super::arguments::Arguments;
use super::time::Moment;

/// The options of one call.
pub struct Options {
    function: &'static str,
    map: Map,
}

impl Options {
    /// Takes the options of a call; that they are known ones was checked.
    pub fn new(function: &'static str, map: Map) -> Self {
        Self { function, map }
    }

    /// Returns the options of a call that has none.
    pub fn none(call: &Arguments<'_>) -> Self {
        Self::new(call.function.name, Map::new())
    }

    /// Returns the options of a call that has given one of them without its name.
    pub fn of(call: &Arguments<'_>, name: &str, value: Dynamic) -> Self {
        Self::new(call.function.name, Map::from_iter([(name.into(), value)]))
    }

    /// Returns a flag; false where it is not given.
    pub fn flag(&self, name: &str) -> Result<bool> {
        match self.map.get(name) {
            None => Ok(false),
            Some(value) => value.as_bool().map_err(|_| self.wrong(name, "true or false")),
        }
    }

    /// Returns a text, if it is given.
    pub fn text(&self, name: &str) -> Result<Option<String>> {
        match self.value(name) {
            None => Ok(None),
            Some(value) => value
                .into_string()
                .map(Some)
                .map_err(|_| self.wrong(name, "a string")),
        }
    }

    /// Returns a text that has to be given, and not be empty.
    pub fn required(&self, name: &str) -> Result<String> {
        self.text(name)?
            .filter(|text| !text.trim().is_empty())
            .ok_or_else(|| self.wrong(name, "a text, and given"))
    }

    /// Returns whether something is so, if it is given.
    pub fn truth(&self, name: &str) -> Result<Option<bool>> {
        self.value(name)
            .map(|value| value.as_bool().map_err(|_| self.wrong(name, "true or false")))
            .transpose()
    }

    /// Returns a secret that has to be given.
    pub fn secret(&self, name: &str) -> Result<Secret> {
        self.value(name)
            .and_then(Dynamic::try_cast::<Secret>)
            .ok_or_else(|| {
                self.wrong(name, "a secret, such as a parameter of the type secret")
                    .hint("a text is none: it would stand in the script for everybody to read")
            })
    }

    /// Returns the value itself, if it is given and not `()`.
    pub fn value(&self, name: &str) -> Option<Dynamic> {
        self.map.get(name).filter(|value| !value.is_unit()).cloned()
    }

    /// Returns the moment that is given by itself or by a date, if it is given.
    pub fn moment(
        &self,
        name: &str,
        read: impl Fn(When) -> std::result::Result<Timestamp, WhenError>,
    ) -> Result<Option<Timestamp>> {
        let Some(value) = self.value(name) else {
            return Ok(None);
        };
        if let Some(moment) = value.clone().try_cast::<Moment>() {
            return Ok(Some(moment.0));
        }
        let when = match value.clone().try_cast::<When>() {
            Some(when) => Ok(when),
            None => value
                .into_string()
                .map_err(|_| self.wrong(name, "a moment or an ISO 8601 date"))?
                .parse::<When>(),
        };
        when.and_then(read)
            .map(Some)
            .map_err(|e| Error::new(Kind::Invalid, format!("the option `{name}`: {e}")).hint(when::EXPECTED))
    }

    /// Makes the error that an option is not what it should be.
    pub fn wrong(&self, name: &str, wanted: &str) -> Error {
        Error::new(
            Kind::Invalid,
            format!("the option `{name}` of `{}` must be {wanted}", self.function),
        )
    }
}
