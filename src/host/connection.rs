//! The fleet of a profile, as a script holds it: what it can be asked, and the one way to change it.

use std::path::Path;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};

use crate::fleet::{Answer, Change, Error, Kind, Listing, Outcome, Protected, Reader, Result, Vendor};
use crate::held::held;
use crate::plan::journal::RunId;
use crate::plan::{Binding, Executor, Plan, Proposal, Reason, Tally};
use crate::secret::Secret;
use crate::vendor::{realvnc, remotepc};

use super::directory::Directory;
use super::singly::Singly;
use super::world::{World, cancelled};

/// What a fleet's connection is made from.
pub struct Connection {
    /// What all fleets of the run share.
    pub world: Arc<World>,
    /// Reads the fleet.
    pub reader: Arc<dyn Reader>,
    /// The only way to change it.
    pub executor: Executor,
    /// Reads in the vendor's own words.
    pub native: Native,
}

/// A vendor's own read operations.
#[derive(Debug, Clone)]
pub enum Native {
    /// Those of RealVNC Connect.
    RealVnc(realvnc::Reads),
    /// Those of RemotePC Enterprise.
    RemotePc(remotepc::Reads),
}

/// What a change has made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Made {
    /// It was made just now.
    Now,
    /// It was made just now, and the vendor has handed out a secret.
    Issued(Secret),
    /// It was so already, or was only planned.
    Nothing,
}

/// The fleet of one profile, as a script holds it. Clones are the same fleet.
#[derive(Clone)]
pub struct Fleet(Arc<Shared>);

struct Shared {
    connection: Connection,
    directory: Mutex<Directory>,
    singly: Singly,
}

impl Fleet {
    /// Makes a script's hold on a connection.
    pub fn new(connection: Connection) -> Self {
        Self(Arc::new(Shared {
            connection,
            directory: Mutex::default(),
            singly: Singly::default(),
        }))
    }

    /// Returns the profile's name.
    pub fn profile(&self) -> &str {
        &self.binding().profile
    }

    /// Returns whose fleet it is.
    pub fn vendor(&self) -> Vendor {
        self.0.connection.reader.vendor()
    }

    /// Returns what a saved plan is bound to.
    pub fn binding(&self) -> &Binding {
        self.0.connection.executor.binding()
    }

    /// Returns the computers that the profile lets nobody touch.
    pub fn protected(&self) -> &Protected {
        self.0.connection.executor.protected()
    }

    /// Starts a plan for this fleet.
    pub fn plan(&self) -> Plan {
        self.0.connection.executor.plan()
    }

    /// Returns the error of a change that the vendor has no operation for.
    pub fn lacks(&self, change: &Change) -> Option<Error> {
        self.0.connection.reader.lacks(change)
    }

    /// Writes a plan into a file; `shown` is the path in the user's words.
    pub fn save(&self, plan: &Plan, path: &Path, shown: &str) -> Result<()> {
        let plan = self.signed(plan.clone());
        self.0.connection.executor.save(&plan, path, shown)
    }

    /// Notes in a plan by whose policy it was decided.
    fn signed(&self, mut plan: Plan) -> Plan {
        plan.notes.policy = (self.world().decided_by)().or(plan.notes.policy);
        plan
    }

    pub(super) fn executor(&self) -> &Executor {
        &self.0.connection.executor
    }

    /// Returns what all fleets of the run share.
    pub fn world(&self) -> &World {
        &self.0.connection.world
    }

    /// Opens the fleet of another profile by name.
    pub fn open(&self, profile: &str) -> Result<Self> {
        let world = &self.0.connection.world;
        (world.open)(world, profile)
    }

    /// Ends the journal of what the run has done to this fleet, if it has done anything.
    pub fn close(&self) -> Result<()> {
        let executor = &self.0.connection.executor;
        self.world().runtime.block_on(executor.close())
    }

    /// Returns the name under which the run stands in its journal, if it has written anything.
    pub fn run(&self) -> Option<RunId> {
        self.0.connection.executor.run().cloned()
    }

    /// Returns what the run has done to this fleet so far.
    pub fn tally(&self) -> Tally {
        self.0.connection.executor.tally()
    }

    /// Returns the vendor's own read operations.
    pub fn native(&self) -> &Native {
        &self.0.connection.native
    }

    /// Makes the error of a function that is another vendor's.
    pub fn not_of(&self, vendor: Vendor) -> Error {
        Error::new(
            Kind::Unsupported,
            format!(
                "profile `{}` is {}, not {}",
                self.profile(),
                self.vendor().product(),
                vendor.product()
            ),
        )
        .hint(format!("choose a {vendor} profile with --profile"))
    }

    /// Reads something, stopping when the run is stopped.
    pub fn read<'a, T>(&'a self, ask: impl FnOnce(&'a dyn Reader) -> Answer<'a, T>) -> Result<T> {
        self.world().wait(ask(self.0.connection.reader.as_ref()))
    }

    /// Reads a list, and passes on what the user should know about it.
    pub fn list<'a, T>(
        &'a self,
        ask: impl FnOnce(&'a dyn Reader) -> Answer<'a, Listing<T>>,
    ) -> Result<Vec<T>> {
        let listing = self.read(ask)?;
        for warning in &listing.warnings {
            (self.world().warn)(warning);
        }
        Ok(listing.items)
    }

    /// Looks something up among what was listed before in this run, listing it first where needed.
    pub fn look_up<T>(&self, find: impl FnOnce(&mut Directory, &Self) -> Result<T>) -> Result<T> {
        find(&mut held(&self.0.directory), self)
    }

    /// Refuses if this run may not write to this fleet at all.
    pub fn writable(&self) -> Result<()> {
        if self.world().choosing.load(Ordering::SeqCst) > 0 {
            return Err(Error::new(
                Kind::Refused,
                "not allowed to change anything: a `where` expression only chooses",
            )
            .hint("choose first, and then change what was chosen"));
        }
        self.0.connection.executor.writable()
    }

    /// Makes a change through the one door, as a plan of one; in a dry run it is only noted. Tells whether anything was made
    /// of it.
    pub fn change(&self, proposal: Proposal) -> Result<Made> {
        self.count_removals(std::slice::from_ref(&proposal.change))?;
        let mut plan = self.plan();
        plan.push(proposal)?;
        let came = self.apply(plan)?;
        came.into_iter()
            .next()
            .map_or(Ok(Made::Nothing), |(proposal, outcome)| {
                self.conclude(&proposal.change, outcome)
            })
    }

    /// Proposes a change. A computer is removed because the user has named it, or else because the script chose it.
    pub fn proposal(&self, change: Change) -> Proposal {
        let reason = match &change {
            Change::RemoveComputer { computer } if self.world().named.holds(computer) => Some(Reason::Named),
            Change::RemoveComputer { .. } => Some(Reason::Chosen("chosen by the script".to_owned())),
            _ => None,
        };
        Proposal {
            reason,
            ..Proposal::of(change)
        }
    }

    /// Makes changes through the one door, as one plan. Returns what came of each, in their order.
    pub fn change_each(&self, changes: Vec<Change>) -> Result<Vec<(Change, Outcome)>> {
        self.count_removals(&changes)?;
        let mut plan = self.plan();
        for change in changes {
            plan.push(self.proposal(change))?;
        }
        let came = self.apply(plan)?.into_iter();
        Ok(came
            .map(|(proposal, outcome)| (proposal.change, outcome))
            .collect())
    }

    /// Makes the changes of a plan through the one door. Returns what came of each, in their order. An interruption ends it
    /// between two calls, and is then the error.
    pub fn apply(&self, plan: Plan) -> Result<Vec<(Proposal, Outcome)>> {
        let executor = &self.0.connection.executor;
        let decided = self.world().wait(executor.decide(self.signed(plan)))?;
        let proposals = decided.plan().proposals().to_vec();
        let cancel = &self.world().cancel;
        // A write under way is not broken off: patience is better than not knowing what was done.
        let outcomes = self
            .world()
            .runtime
            .block_on(executor.carry_out(decided, &|| !cancel.is_raised()));
        let mut rows = Vec::with_capacity(proposals.len());
        let mut interrupted = false;
        for (proposal, outcome) in proposals.into_iter().zip(outcomes) {
            match outcome {
                Some(outcome) => {
                    self.remember(&proposal.change, &outcome);
                    rows.push((proposal, outcome));
                }
                None => interrupted = true,
            }
        }
        if interrupted { Err(cancelled()) } else { Ok(rows) }
    }

    /// Goes on with the run that was broken off. Returns what came of each change that was not settled before; nothing of
    /// those that an interruption has left unsent.
    pub fn resume(&self) -> Result<Vec<(Proposal, Option<Outcome>)>> {
        let cancel = &self.world().cancel;
        let executor = &self.0.connection.executor;
        let runtime = &self.world().runtime;
        runtime.block_on(executor.resume(&|| !cancel.is_raised()))
    }

    fn count_removals(&self, changes: &[Change]) -> Result<()> {
        let dry_run = self.0.connection.executor.is_dry_run();
        self.0.singly.count(changes, dry_run, &self.world().warn)
    }

    /// Keeps the names up to date. Where nobody knows what is there now, they are listed anew when next needed.
    fn remember(&self, change: &Change, outcome: &Outcome) {
        let mut directory = held(&self.0.directory);
        match outcome {
            Outcome::Done(_) | Outcome::Issued(_) | Outcome::AlreadySo => directory.note(change),
            // Later reads do not see what was only planned.
            Outcome::Planned | Outcome::Failed(_) => {}
            Outcome::Drifted { .. } | Outcome::Unknown(_) => *directory = Directory::default(),
        }
    }

    /// Turns what came of a change into what its caller is told.
    fn conclude(&self, change: &Change, outcome: Outcome) -> Result<Made> {
        match outcome {
            Outcome::Done(note) => {
                if let Some(note) = note {
                    (self.world().alert)(&note);
                }
                Ok(Made::Now)
            }
            Outcome::Issued(secret) => Ok(Made::Issued(secret)),
            Outcome::AlreadySo | Outcome::Planned => Ok(Made::Nothing),
            Outcome::Drifted { was, now } => {
                Err(Error::new(Kind::Conflict, changed_meanwhile(change, &was, &now))
                    .hint("look at it again and decide anew"))
            }
            Outcome::Failed(error) => Err(error),
            Outcome::Unknown(error) => {
                let told = Error {
                    status: error.status,
                    operation: error.operation,
                    ..Error::new(Kind::Network, nobody_knows(change))
                };
                Err(told
                    .hint("look at the vendor's side before you repeat it")
                    .beneath(error))
            }
        }
    }
}

/// Says that a change was left alone, and why.
pub(super) fn changed_meanwhile(change: &Change, was: &str, now: &str) -> String {
    format!("did not {change}: it has changed meanwhile (was {was}, is {now})")
}

/// Says that a change was sent, and no more.
pub(super) fn nobody_knows(change: &Change) -> String {
    format!("not known whether this was done: {change}")
}
