//! A desk with a simulated team that is kept in a file: commands change it, and so can the test, as other people would.

use std::path::PathBuf;

use deskhand::clock::Clock;
use deskhand::fleet::{Outcome, Vendor};
use deskhand::plan::journal::{self, Head, Journal, RunId};
use deskhand::plan::{Notes, Proposal};
use deskhand::secret::Redactor;
use serde_json::{Value, json};

use crate::desk::{Desk, Ran};

const STATE: &str = "team.json";

/// A desk, and the team of one vendor.
pub(super) struct Practice {
    pub(super) desk: Desk,
    vendor: Vendor,
}

/// How far a change had come when a run was broken off.
#[derive(Debug, Clone)]
pub(super) enum Came {
    To(Outcome),
    InFlight,
    NotBegun,
}

impl Practice {
    /// Sets up the team of a vendor.
    pub(super) fn with(vendor: Vendor) -> Self {
        let practice = Self {
            desk: Desk::new(),
            vendor,
        };
        practice.run("list-users --output text").succeeds();
        practice
    }

    /// Types what follows `deskhand`, about this team.
    pub(super) fn run(&self, line: &str) -> Ran {
        let vendor = self.vendor.as_str();
        self.desk.run(&format!("{line} --demo={vendor} --state {STATE}"))
    }

    /// Runs a script of one line.
    pub(super) fn script(&self, line: &str) -> Ran {
        std::fs::write(
            self.desk.desk().join("one.rhai"),
            format!("//! Changes something.\n{line}\n"),
        )
        .unwrap();
        self.run("./one.rhai --force")
    }

    /// Returns the team, whole.
    pub(super) fn world(&self) -> Value {
        let text = std::fs::read_to_string(self.desk.desk().join(STATE)).unwrap();
        serde_json::from_str(&text).unwrap()
    }

    /// Changes the team behind everybody's back.
    pub(super) fn meanwhile(&self, change: impl FnOnce(&mut Value)) {
        let mut state = self.world();
        change(&mut state["world"]);
        if let Some(entries) = state["world"]["entries"].as_array_mut() {
            // As the simulator keeps them.
            let text = |entry: &Value, key: &str| entry[key].as_str().unwrap().to_owned();
            entries.sort_by_key(|entry| (text(entry, "name").to_lowercase(), text(entry, "id")));
        }
        std::fs::write(self.desk.desk().join(STATE), state.to_string()).unwrap();
    }

    /// Returns what administrators see of the team: without versions, times and what happened.
    pub(super) fn looks(&self) -> Value {
        let world = &self.world()["world"];
        let list = |name: &str| world[name].as_array().cloned().unwrap_or_default();
        let with_members = |name: &str| -> Vec<Value> {
            let groups = list(name).into_iter();
            let group = |group: Value| {
                let mut members: Vec<String> = serde_json::from_value(group["members"].clone()).unwrap();
                members.sort();
                json!([group["name"], members])
            };
            groups.map(group).collect()
        };
        let devices: Vec<Value> = list("devices")
            .into_iter()
            .map(|device| {
                json!([
                    device["name"],
                    device["comment"],
                    device["group"],
                    device["assigned"]
                ])
            })
            .collect();
        let entries: Vec<Value> = list("entries")
            .into_iter()
            .map(|entry| json!([entry["id"], entry["name"]]))
            .collect();
        let members: Vec<Value> = list("members")
            .into_iter()
            .map(|member| json!([member["email"], member["roles"]]))
            .collect();
        json!([
            entries,
            members,
            with_members("entry_groups"),
            with_members("user_groups"),
            devices,
            list("users"),
        ])
    }

    /// Returns the record of a computer, by its name; RealVNC only.
    pub(super) fn entry(&self, name: &str) -> Value {
        let world = self.world();
        let entries = world["world"]["entries"].as_array().unwrap();
        let found = entries.iter().find(|entry| entry["name"] == name);
        found.unwrap_or_else(|| panic!("there is no '{name}'")).clone()
    }

    /// Returns the folder of the journals.
    pub(super) fn journals(&self) -> PathBuf {
        folder(&self.desk)
    }

    /// Returns the name of the newest run.
    pub(super) fn last(&self) -> String {
        let listed = journal::list(&self.journals()).unwrap();
        listed.first().expect("there is a run").run.clone()
    }

    /// Writes the journal of a run that was broken off; returns its name.
    pub(super) fn broken_off(&self, changes: &[(Proposal, Came)]) -> String {
        let head = head("demo", self.vendor, "demo");
        break_off(&self.journals(), &head, changes);
        head.run.to_string()
    }
}

/// Returns the folder of the journals of a desk.
pub(super) fn folder(desk: &Desk) -> PathBuf {
    let data = desk.vars().iter().find(|(name, _)| name == "DESKHAND_DATA_DIR");
    journal::folder(data.unwrap().1.as_ref())
}

/// Begins a journal an hour before it is at the desk.
pub(super) fn head(profile: &str, vendor: Vendor, host: &str) -> Head {
    let started = "2026-11-20T08:00:00Z".parse().unwrap();
    Head {
        run: RunId::new(started, profile),
        profile: profile.to_owned(),
        vendor,
        host: host.to_owned(),
        program: "0.1.0".to_owned(),
        started,
        what: "./tidy.rhai".to_owned(),
    }
}

/// Writes the journal of a run that was killed.
pub(super) fn break_off(folder: &std::path::Path, head: &Head, changes: &[(Proposal, Came)]) {
    let clock = Clock::Frozen(head.started);
    let journal = Journal::create(folder, head, clock, &Redactor::default()).unwrap();
    let proposals: Vec<Proposal> = changes.iter().map(|(proposal, _)| proposal.clone()).collect();
    let numbers = journal.plan(&Notes::default(), &proposals).unwrap();
    let begun: Vec<_> = numbers
        .iter()
        .zip(changes)
        .filter(|(_, (_, came))| !matches!(came, Came::NotBegun))
        .map(|(number, (proposal, _))| (*number, proposal))
        .collect();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(journal.begin(&begun)).unwrap();
    for (number, (_, came)) in numbers.iter().zip(changes) {
        if let Came::To(outcome) = came {
            journal.came(*number, outcome).unwrap();
        }
    }
}
