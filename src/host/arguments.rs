//! The arguments of a host function, read strictly: what is wrong is said with the function's name and signature.

use std::sync::Arc;

use rhai::{Array, Dynamic, Engine, Map};

use crate::fleet::{
    Change, Computer, ComputerId, ComputerRef, Error, Group, GroupId, GroupKind, GroupRef, Kind, Member,
    Outcome, Result, UserRef,
};
use crate::plan::Proposal;
use crate::secret::Secret;
use crate::suggest;

use super::connection::{Fleet, Made};
use super::function::Function;
use super::options::Options;
use super::plans::Draft;
use super::records::{ComputerRecord, GroupRecord, UserRecord};

/// The arguments of one call.
pub struct Arguments<'a> {
    /// The function that was called.
    pub function: &'static Function,
    /// The engine that runs the script.
    pub engine: &'a Engine,
    /// The fleet that it was called on.
    pub fleet: &'a Fleet,
    /// The plan that it was called on, if it was: then changes are added to it instead of made.
    pub plan: Option<&'a Draft>,
    /// The values, one for each parameter.
    pub values: &'a [Dynamic],
}

impl Arguments<'_> {
    /// Makes a change through the one door, or adds it to the plan that the function was called on.
    pub fn change(&self, change: Change) -> Result<Made> {
        self.propose(self.fleet.proposal(change))
    }

    /// Makes a change that was decided on for a reason, or by a record, or adds it to the plan.
    pub fn propose(&self, proposal: Proposal) -> Result<Made> {
        match self.plan {
            Some(plan) => plan.push(proposal).map(|()| Made::Nothing),
            None => self.fleet.change(proposal),
        }
    }

    /// Makes changes, as many in one call as the vendor allows, or adds them to the plan. Returns what came of each.
    pub fn change_each(&self, changes: Vec<Change>) -> Result<Vec<(Change, Outcome)>> {
        match self.plan {
            Some(plan) => changes
                .into_iter()
                .map(|change| {
                    plan.push(self.fleet.proposal(change.clone()))?;
                    Ok((change, Outcome::Planned))
                })
                .collect(),
            None => self.fleet.change_each(changes),
        }
    }

    /// Returns the plan that the function was called on.
    pub fn draft(&self) -> Result<&Draft> {
        self.plan
            .ok_or_else(|| self.invalid(format!("`{}` is a method of a plan", self.function.name)))
    }

    /// Returns a text.
    pub fn text(&self, index: usize) -> Result<String> {
        self.values[index]
            .clone()
            .into_string()
            .map_err(|_| self.wrong(index, "a string"))
    }

    /// Returns a text that is not empty.
    pub fn name(&self, index: usize) -> Result<String> {
        self.not_empty(index, self.text(index)?)
    }

    fn not_empty(&self, index: usize, text: String) -> Result<String> {
        if text.trim().is_empty() {
            return Err(self.invalid(format!("`{}` is empty", self.parameter(index))));
        }
        Ok(text)
    }

    /// Returns an array.
    pub fn array(&self, index: usize) -> Result<Array> {
        self.values[index]
            .clone()
            .into_array()
            .map_err(|_| self.wrong(index, "an array"))
    }

    /// Returns an array of texts.
    pub fn texts(&self, index: usize) -> Result<Vec<String>> {
        self.array(index)?
            .into_iter()
            .map(|item| {
                item.into_string()
                    .map_err(|_| self.wrong(index, "an array of strings"))
            })
            .collect()
    }

    /// Returns a secret.
    pub fn secret(&self, index: usize) -> Result<Secret> {
        self.values[index]
            .clone()
            .try_cast::<Secret>()
            .ok_or_else(|| self.wrong(index, "a secret"))
    }

    /// Returns options, of which only those named are known.
    pub fn options(&self, index: usize, known: &'static [&'static str]) -> Result<Options> {
        let map = self.values[index]
            .clone()
            .try_cast::<Map>()
            .ok_or_else(|| self.wrong(index, "a map of options"))?;
        for name in map.keys() {
            if !known.contains(&name.as_str()) {
                let hint = suggest::among(name, known.iter().copied());
                return Err(self
                    .invalid(format!("`{}` has no option `{name}`", self.function.name))
                    .hint(hint));
            }
        }
        Ok(Options::new(self.function.name, map))
    }

    /// Returns the computer that is meant by a record or a name.
    pub fn computer(&self, index: usize) -> Result<ComputerRef> {
        self.computer_of(index, &self.values[index])
    }

    /// Returns the computer that is meant with all that is known of it; the name that it was meant by stays, so that a
    /// change notices another.
    pub fn known_computer(&self, index: usize) -> Result<(ComputerRef, Computer)> {
        let named = self.computer(index)?;
        let computer = match self.values[index].clone().try_cast::<ComputerRecord>() {
            Some(record) => Arc::unwrap_or_clone(record.0),
            None => self.fleet.read(|reader| reader.computer(&named.id))?,
        };
        Ok((named, computer))
    }

    /// Returns the computer that is meant by a value, which is one of a parameter's.
    fn computer_of(&self, index: usize, value: &Dynamic) -> Result<ComputerRef> {
        if let Some(computer) = value.clone().try_cast::<ComputerRecord>() {
            self.of_this_fleet("computer", &computer.0.name, &computer.0.profile)?;
            return Ok(computer.to_ref());
        }
        let Ok(name) = value.clone().into_string() else {
            return Err(self.unlike(index, value, "a computer (a record, or a name)"));
        };
        let name = self.not_empty(index, name)?;
        self.fleet.look_up(|directory, fleet| {
            directory
                .computer(fleet, &name)?
                .ok_or_else(|| directory.missing("computer", &name))
        })
    }

    /// Tells whether several things are given where one could be.
    pub fn is_array(&self, index: usize) -> bool {
        self.values[index].is_array()
    }

    /// Returns the computers that are meant by an array of records and names: at least one, and none twice.
    pub fn computers(&self, index: usize) -> Result<Vec<ComputerRef>> {
        let items = self.array(index)?;
        if items.is_empty() {
            return Err(self.invalid(format!("`{}` is empty", self.parameter(index))));
        }
        let mut computers: Vec<ComputerRef> = Vec::with_capacity(items.len());
        let mut unknown = Vec::new();
        for item in items {
            match self.computer_of(index, &item) {
                Ok(computer) if computers.iter().any(|known| known.id == computer.id) => {
                    return Err(
                        Error::new(Kind::Invalid, format!("'{}' is there twice", computer.name))
                            .hint("name each computer once, in capitals or not"),
                    );
                }
                Ok(computer) => computers.push(computer),
                Err(error) if is_doubt(&error) => unknown.push(error),
                Err(error) => return Err(error),
            }
        }
        one_of_all("computers", unknown).map_or(Ok(computers), Err)
    }

    /// Returns the computer or user that is meant; a text is the name of a computer.
    pub fn member(&self, index: usize) -> Result<Member> {
        if let Some(user) = self.values[index].clone().try_cast::<UserRecord>() {
            return self.known_user(&user).map(Member::User);
        }
        if !self.values[index].is::<ComputerRecord>() && !self.values[index].is_string() {
            return Err(self.wrong(index, "a computer (a record, or a name) or a user (a record)"));
        }
        self.computer(index).map(Member::Computer)
    }

    fn known_user(&self, user: &UserRecord) -> Result<UserRef> {
        let known = user.0.to_ref();
        self.of_this_fleet("user", &known.email, &user.0.profile)?;
        Ok(known)
    }

    /// Refuses what was read through another profile: its id means nothing here, or something else.
    fn of_this_fleet(&self, what: &str, name: &str, theirs: &str) -> Result<()> {
        let ours = self.fleet.profile();
        if theirs == ours {
            return Ok(());
        }
        Err(Error::new(
            Kind::Invalid,
            format!(
                "'{name}' is a {what} of profile `{theirs}`, and `{}` was called for profile `{ours}`",
                self.function.name
            ),
        )
        .hint(format!(
            "call it on the {what}'s own fleet: fleet(\"{theirs}\").{}(…)",
            self.function.name
        )))
    }

    /// Returns the user that is meant by a record or an email address.
    pub fn user(&self, index: usize) -> Result<UserRef> {
        if let Some(user) = self.values[index].clone().try_cast::<UserRecord>() {
            return self.known_user(&user);
        }
        if !self.values[index].is_string() {
            return Err(self.wrong(index, "a user (a record, or an email address)"));
        }
        let email = self.name(index)?;
        self.fleet.look_up(|directory, fleet| {
            directory
                .user(fleet, &email)?
                .ok_or_else(|| directory.missing("user", &email))
        })
    }

    /// Returns the group of a kind that is meant by a record or a name, with its members.
    pub fn group(&self, index: usize, kind: GroupKind) -> Result<Group> {
        self.group_of(index, &self.values[index], kind)
    }

    /// Returns the groups of a kind that are meant by an array of records and names: none twice.
    pub fn groups(&self, index: usize, items: Array, kind: GroupKind) -> Result<Vec<GroupRef>> {
        let mut groups: Vec<GroupRef> = Vec::with_capacity(items.len());
        let mut unknown = Vec::new();
        for item in items {
            match self.group_of(index, &item, kind) {
                Ok(group) if groups.iter().any(|known| known.id == group.id) => {
                    return Err(self.invalid(format!("the {kind} '{}' is there twice", group.name)));
                }
                Ok(group) => groups.push(group.to_ref()),
                Err(error) if is_doubt(&error) => unknown.push(error),
                Err(error) => return Err(error),
            }
        }
        one_of_all("groups", unknown).map_or(Ok(groups), Err)
    }

    /// Returns the group that is meant by a value, which is one of a parameter's.
    fn group_of(&self, index: usize, value: &Dynamic, kind: GroupKind) -> Result<Group> {
        if let Some(group) = value.clone().try_cast::<GroupRecord>() {
            if group.0.kind != kind {
                return Err(self.invalid(format!("'{}' is a {}, not a {kind}", group.0.name, group.0.kind)));
            }
            self.of_this_fleet(&kind.to_string(), &group.0.name, &group.0.profile)?;
            return Ok(Arc::unwrap_or_clone(group.0));
        }
        let Ok(name) = value.clone().into_string() else {
            return Err(self.unlike(index, value, "a group (a record, or a name)"));
        };
        let name = self.not_empty(index, name)?;
        self.fleet.look_up(|directory, fleet| {
            directory
                .group(fleet, kind, &name)?
                .ok_or_else(|| directory.missing(&kind.to_string(), &name))
        })
    }

    /// Returns the name of a computer group, which is not looked up: some vendors have no list of them.
    pub fn group_name(&self, index: usize) -> Result<String> {
        if self.values[index].is::<GroupRecord>() {
            return self.group(index, GroupKind::Computers).map(|group| group.name);
        }
        if !self.values[index].is_string() {
            return Err(self.wrong(index, "a group (a name, or a record)"));
        }
        self.name(index)
    }

    /// Returns the id of a computer.
    pub fn computer_id(&self, index: usize) -> Result<ComputerId> {
        self.name(index).map(ComputerId::new)
    }

    /// Returns the id of a group.
    pub fn group_id(&self, index: usize) -> Result<GroupId> {
        self.name(index).map(GroupId::new)
    }

    /// Makes an error of kind `invalid` that ends in the function's signature.
    pub fn invalid(&self, what: impl Into<String>) -> Error {
        Error::new(Kind::Invalid, what).hint(format!("call it as {}", self.function.signature()))
    }

    fn wrong(&self, index: usize, wanted: &str) -> Error {
        self.unlike(index, &self.values[index], wanted)
    }

    fn unlike(&self, index: usize, value: &Dynamic, wanted: &str) -> Error {
        let got = match value.type_name() {
            "()" => "nothing, ()".to_owned(),
            other => format!("a value of type {}", self.engine.map_type_name(other)),
        };
        self.invalid(format!(
            "`{}` wants {wanted} as `{}`, and got {got}",
            self.function.name,
            self.parameter(index)
        ))
    }

    fn parameter(&self, index: usize) -> &'static str {
        self.function.parameters[index].0
    }
}

/// Tells whether it is not clear who or what was meant.
fn is_doubt(error: &Error) -> bool {
    matches!(error.kind, Kind::NotFound | Kind::Ambiguous)
}

/// Makes one error of several of their sort, so that all that is wrong is said at once.
fn one_of_all(what: &str, errors: Vec<Error>) -> Option<Error> {
    let count = errors.len();
    let mut errors = errors.into_iter();
    let first = errors.next()?;
    if count == 1 {
        return Some(first);
    }
    let (kind, hint) = (first.kind, first.hint.clone());
    let told = Error::new(kind, format!("{count} of the {what} cannot be told"));
    let told = errors.fold(told.beneath(first), Error::beneath);
    Some(Error { hint, ..told })
}
