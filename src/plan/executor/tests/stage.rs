//! A vendor and a user who answer by a script, and write down what they were asked.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use jiff::Timestamp;

use tempfile::TempDir;

use crate::fleet::{
    Answer, Attempt, Attempts, Change, Computer, ComputerId, ComputerQuery, ComputerRef, Error, Event,
    EventQuery, Grant, Group, Kind, Listing, Loaded, Observed, Outcome, Presence, PresenceStatus, Reader,
    Recollections, Result, ServerId, Sightings, User, UserId, Vendor, Writer,
};
use crate::plan::{Approve, Ask, Binding, Executor, Logbook, Rules, Watch};

/// What is asked of the vendor and of the user, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Ask,
    Look,
    Sent,
}
/// A vendor and a user whose answers are laid out in advance. The last look is repeated for ever.
struct Scene {
    folder: TempDir,
    looks: VecDeque<Result<Observed>>,
    attempts: VecDeque<Attempt>,
    user_says_no: bool,
    steps: Vec<Step>,
    presences: VecDeque<PresenceStatus>,
}

#[derive(Clone)]
pub struct Stage(Arc<Mutex<Scene>>);

impl Stage {
    pub fn new(
        looks: impl IntoIterator<Item = Result<Observed>>,
        attempts: impl IntoIterator<Item = Attempt>,
    ) -> Self {
        Self(Arc::new(Mutex::new(Scene {
            looks: looks.into_iter().collect(),
            attempts: attempts.into_iter().collect(),
            folder: TempDir::new().unwrap(),
            user_says_no: false,
            steps: Vec::new(),
            presences: VecDeque::new(),
        })))
    }

    pub fn door(&self, rules: Rules) -> Executor {
        self.door_of(rules, Logbook::of_a_test(&self.journals(), "acme"))
    }

    pub fn door_of(&self, rules: Rules, logbook: Logbook) -> Executor {
        Executor::new(
            Binding {
                profile: "acme".to_owned(),
                vendor: Vendor::RealVnc,
                host: "vendor.test".to_owned(),
            },
            Arc::new(self.clone()),
            Box::new(self.clone()),
            rules,
            (Arc::new(self.clone()), Arc::new(self.clone())),
            logbook,
        )
    }

    /// Returns the folder of the journals.
    pub fn journals(&self) -> PathBuf {
        self.0.lock().unwrap().folder.path().to_owned()
    }

    fn note(&self, step: Step) -> std::sync::MutexGuard<'_, Scene> {
        let mut scene = self.0.lock().unwrap();
        scene.steps.push(step);
        scene
    }

    pub fn user_says_no(self) -> Self {
        self.0.lock().unwrap().user_says_no = true;
        self
    }

    /// Has the server `s` be in these states, each time that somebody lists who is connected.
    pub fn presences(self, states: impl IntoIterator<Item = PresenceStatus>) -> Self {
        self.0.lock().unwrap().presences = states.into_iter().collect();
        self
    }

    pub fn steps(&self) -> Vec<Step> {
        self.0.lock().unwrap().steps.clone()
    }
}

impl Approve for Stage {
    fn preview(&self, _: &Ask<'_>) {}

    fn is_given(&self) -> bool {
        false
    }

    fn approve(&self, ask: &Ask<'_>) -> Result<()> {
        let (first, profile) = (&ask.proposals[0].change, ask.profile);
        if self.note(Step::Ask).user_says_no {
            let message = format!("not allowed to {first} in profile `{profile}`: you said no");
            return Err(Error::new(Kind::Refused, message));
        }
        Ok(())
    }
}

impl Watch for Stage {
    fn begin(&self, _: usize) {}
    fn came(&self, _: &Change, _: &Outcome) {}
    fn end(&self) {}
}

impl Writer for Stage {
    /// As many as there are, but no more than three.
    fn together(&self, changes: &[Change]) -> usize {
        changes.len().min(3)
    }

    fn write<'a>(&'a self, changes: &'a [Change]) -> Attempts<'a> {
        let mut scene = self.note(Step::Sent);
        let attempts: Vec<Attempt> = changes
            .iter()
            .map(|_| scene.attempts.pop_front().expect("nothing more is to be sent"))
            .collect();
        Box::pin(async move { attempts })
    }
}

impl Reader for Stage {
    fn vendor(&self) -> Vendor {
        Vendor::RealVnc
    }

    fn lacks(&self, change: &Change) -> Option<Error> {
        matches!(change, Change::UpdateRoles { .. })
            .then(|| Error::new(Kind::Unsupported, "there are no roles on this stage"))
    }

    fn observe<'a>(&'a self, changes: &'a [Change]) -> Sightings<'a> {
        let mut scene = self.note(Step::Look);
        let looks: Vec<Result<Observed>> = changes
            .iter()
            .map(|_| match scene.looks.len() {
                1 => scene.looks[0].clone(),
                _ => scene.looks.pop_front().expect("nobody is to look"),
            })
            .collect();
        Box::pin(async move { looks })
    }

    fn check(&self, _: Timestamp) -> Answer<'_, Vec<Grant>> {
        unreachable!()
    }
    fn computers<'a>(&'a self, _: &'a ComputerQuery) -> Answer<'a, Listing<Computer>> {
        unreachable!()
    }
    fn computer<'a>(&'a self, _: &'a ComputerId) -> Answer<'a, Computer> {
        unreachable!()
    }
    /// Everything is there; nobody has to know more of it.
    fn recall<'a>(&'a self, computers: &'a [ComputerRef], _: bool) -> Recollections<'a> {
        Box::pin(async move {
            computers
                .iter()
                .map(|computer| Ok(Some(record(computer))))
                .collect()
        })
    }
    fn computer_groups(&self) -> Answer<'_, Listing<Group>> {
        unreachable!()
    }
    fn groups_of_computer<'a>(&'a self, _: &'a ComputerId) -> Answer<'a, Listing<Group>> {
        unreachable!()
    }
    fn users(&self) -> Answer<'_, Listing<User>> {
        unreachable!()
    }
    fn user_groups(&self) -> Answer<'_, Listing<Group>> {
        unreachable!()
    }
    fn groups_of_user<'a>(&'a self, _: &'a UserId) -> Answer<'a, Listing<Group>> {
        unreachable!()
    }
    fn presence(&self, _: bool) -> Answer<'_, Listing<Presence>> {
        let status = self.0.lock().unwrap().presences.pop_front();
        let presence = Presence {
            id: ServerId::new("s"),
            name: None,
            status: Some(status.expect("nobody is to list who is connected")),
            last_seen: None,
            computer: Loaded::No("nobody asked"),
            raw: serde_json::Value::Null,
        };
        Box::pin(async move { Ok(Listing::of(vec![presence])) })
    }
    fn events<'a>(&'a self, _: &'a EventQuery) -> Answer<'a, Vec<Event>> {
        unreachable!()
    }
}

fn record(computer: &ComputerRef) -> Computer {
    Computer {
        id: computer.id.clone(),
        name: computer.name.clone(),
        vendor: Vendor::RealVnc,
        profile: "acme".to_owned(),
        online: Loaded::No("nobody asked"),
        last_seen: None,
        os: None,
        host: None,
        ip: None,
        macs: Vec::new(),
        user: None,
        groups: Loaded::Yes(Vec::new()),
        comment: None,
        server: None,
        raw: serde_json::Value::Null.into(),
    }
}
