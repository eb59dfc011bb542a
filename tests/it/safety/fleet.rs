//! A RealVNC team that a test makes computer by computer, and changes behind the program's back.

use std::fmt::Display;
use std::path::PathBuf;

use deskhand::clock::Clock;
use deskhand::sim::realvnc::{
    Entry, EntryData, Group, Member, Operation, Options, Presence, Role, Running, Server, World,
};
use deskhand::sim::{Effect, Fault};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use tokio::runtime::Runtime;

use crate::desk::{Desk, Ran};

/// The time of day at every desk.
pub(super) fn now() -> Timestamp {
    "2026-11-20T09:00:00Z".parse().unwrap()
}

/// A moment before it, as the vendors write it.
pub(super) fn ago(seconds: i64) -> String {
    (now() - SignedDuration::from_secs(seconds)).to_string()
}

pub(super) const HOUR: i64 = 3600;
pub(super) const DAY: i64 = 24 * HOUR;

/// A computer of a team: offline, and not seen for a hundred days.
#[derive(Clone)]
pub(super) struct Machine {
    entry: Entry,
    groups: Vec<&'static str>,
}

/// Makes a computer whose id is `id-` and its name.
pub(super) fn machine(name: impl Display) -> Machine {
    let name = name.to_string();
    let host = name.clone();
    let machine = Machine {
        entry: Entry {
            id: format!("id-{name}"),
            version: 1,
            server_id: Some(format!("server-{name}")),
            host: None,
            last_seen: Some(ago(100 * DAY)),
            data: Some(EntryData {
                app_name: None,
                device_form: None,
                device_name: None,
                machine_name: Some(host),
                mac_addrs: Vec::new(),
                os_name: Some("Windows 11".to_owned()),
            }),
            extra: serde_json::Map::new(),
            everyone: false,
            presence: None,
            name,
        },
        groups: Vec::new(),
    };
    machine.online(false)
}

/// Makes so many computers, `PC-1` and on.
pub(super) fn machines(many: usize) -> Vec<Machine> {
    (1..=many).map(|n| machine(format!("PC-{n}"))).collect()
}

impl Machine {
    pub(super) fn with(mut self, change: impl FnOnce(&mut Entry)) -> Self {
        change(&mut self.entry);
        self
    }

    pub(super) fn id(self, id: &str) -> Self {
        self.with(|entry| {
            id.clone_into(&mut entry.id);
            entry.server_id = Some(format!("server-{id}"));
        })
    }

    pub(super) fn seen(self, at: impl Display) -> Self {
        self.with(|entry| entry.last_seen = Some(at.to_string()))
    }

    pub(super) fn never_seen(self) -> Self {
        self.with(|entry| entry.last_seen = None)
    }

    pub(super) fn online(self, online: bool) -> Self {
        self.with(|entry| {
            entry.presence = Some(Presence {
                online,
                last_seen: None,
            });
        })
    }

    /// Has presence say nothing of it.
    pub(super) fn untold(self) -> Self {
        self.with(|entry| entry.presence = None)
    }

    pub(super) fn host(self, host: &str) -> Self {
        self.with(|entry| entry.data.as_mut().unwrap().machine_name = Some(host.to_owned()))
    }

    pub(super) fn macs(self, macs: &[&str]) -> Self {
        let macs = macs.iter().map(|mac| (*mac).to_owned()).collect();
        self.with(|entry| entry.data.as_mut().unwrap().mac_addrs = macs)
    }

    pub(super) fn in_group(mut self, group: &'static str) -> Self {
        self.groups.push(group);
        self
    }
}

/// Somebody of the team, who has joined.
pub(super) fn person(name: &str, roles: &[Role]) -> Member {
    Member {
        id: format!("id-{name}"),
        email: Some(format!("{name}@kestrel.example")),
        sso: None,
        roles: roles.to_vec(),
        invited: false,
        version: 1,
    }
}

/// A running team.
pub(super) struct Fleet {
    // Before the runtime, which it needs to end.
    running: Running,
    _runtime: Runtime,
}

impl Fleet {
    /// Starts a team of these computers.
    pub(super) fn of(machines: impl IntoIterator<Item = Machine>) -> Self {
        Self::lacking(&[], machines)
    }

    /// Starts a team whose key lacks some permissions.
    pub(super) fn lacking(permissions: &[&str], machines: impl IntoIterator<Item = Machine>) -> Self {
        Self::with(
            |options| options.deny = permissions.iter().map(|word| (*word).to_owned()).collect(),
            machines,
            vec![person("owner", &[Role::Owner]), person("mia", &[Role::Manager])],
        )
    }

    /// Starts a team of these people.
    pub(super) fn of_people(people: Vec<Member>) -> Self {
        Self::with(|_| {}, machines(3), people)
    }

    fn with(
        change: impl FnOnce(&mut Options),
        machines: impl IntoIterator<Item = Machine>,
        people: Vec<Member>,
    ) -> Self {
        let runtime = Runtime::new().unwrap();
        let mut options = Options {
            size: 1,
            rate_limits: None,
            ..Options::new(Clock::Frozen(now()))
        };
        change(&mut options);
        let running = runtime.block_on(Server::start(options)).unwrap();
        let mut groups: Vec<Group> = Vec::new();
        let mut entries = Vec::new();
        for Machine { entry, groups: of } in machines {
            for name in of {
                let at = groups
                    .iter()
                    .position(|group| group.name == name)
                    .unwrap_or_else(|| {
                        groups.push(group(name));
                        groups.len() - 1
                    });
                groups[at].members.push(entry.id.clone());
            }
            entries.push(entry);
        }
        for name in ["Desks", "Servers"] {
            if groups.iter().all(|group| group.name != name) {
                groups.push(group(name));
            }
        }
        entries.sort_by_cached_key(Entry::place);
        let mut people = people;
        people.sort_by_cached_key(Member::place);
        running.edit(|world| {
            let mut made = serde_json::to_value(&*world).unwrap();
            for (part, value) in [
                ("entries", json!(entries)),
                ("entry_groups", json!(groups)),
                ("members", json!(people)),
                ("user_groups", json!([])),
                ("events", json!([])),
            ] {
                made[part] = value;
            }
            *world = serde_json::from_value(made).unwrap();
        });
        Self {
            running,
            _runtime: runtime,
        }
    }

    /// Sets up a desk whose profile `acme` leads here; `settings` are further lines of the profile.
    pub(super) fn desk_with(&self, settings: &str) -> Desk {
        let key = self.running.access_key();
        Desk::new()
            .config(&format!(
                "default_profile = \"acme\"\n\n[profiles.acme]\nvendor = \"realvnc\"\nurl = \"{}\"\n\
                 access_key = \"env:KEY_ID,KEY\"\n{settings}\n",
                self.running.base_url()
            ))
            .var("KEY_ID", &self.running.access_key_id())
            .var("KEY", &key)
            .secret(&key)
    }

    /// Sets up a desk.
    pub(super) fn desk(&self) -> Desk {
        self.desk_with("")
    }

    /// Runs a script at a new desk, with all questions answered beforehand.
    pub(super) fn run(&self, script: &str, words: &str) -> Ran {
        let desk = self.desk().file("s.rhai", script);
        desk.run(&format!("./s.rhai --force {words}"))
    }

    /// Changes the team as if at the vendor's portal.
    pub(super) fn edit<T>(&self, change: impl FnOnce(&mut World) -> T) -> T {
        self.running.edit(change)
    }

    /// Has requests go wrong.
    pub(super) fn fault(&self, fault: Fault) {
        self.running.faults().push(fault);
    }

    /// Has a value be another in each answer after so many that are true.
    pub(super) fn falsify(
        &self,
        operation: Operation,
        after: u64,
        pointer: &str,
        value: impl Into<serde_json::Value>,
    ) {
        let effect = Effect::Member {
            pointer: pointer.to_owned(),
            value: value.into(),
        };
        self.fault(Fault::on(operation, effect).after(after).always());
    }

    /// Returns how many requests of an operation came.
    pub(super) fn received(&self, operation: Operation) -> u64 {
        self.running.received(operation)
    }

    /// Returns how many requests came that change anything.
    pub(super) fn writes(&self) -> u64 {
        let writing = Operation::ALL.into_iter().filter(|operation| operation.writes());
        writing.map(|operation| self.received(operation)).sum()
    }

    /// Returns the names of the computers, sorted.
    pub(super) fn names(&self) -> Vec<String> {
        let world = self.running.world();
        world.entries().iter().map(|entry| entry.name.clone()).collect()
    }

    /// Returns how many computers there are.
    pub(super) fn len(&self) -> usize {
        self.running.world().entries().len()
    }

    /// Returns the team as it is.
    pub(super) fn world(&self) -> World {
        self.running.world()
    }
}

fn group(name: &str) -> Group {
    Group {
        id: format!("group-{name}"),
        name: name.to_owned(),
        version: 1,
        modified: now(),
        members: Vec::new(),
    }
}

/// Returns where a desk keeps its journals.
pub(super) fn journals(desk: &Desk) -> PathBuf {
    let data = desk.vars().iter().find(|(name, _)| name == "DESKHAND_DATA_DIR");
    PathBuf::from(&data.unwrap().1).join("journals")
}

/// Checks that a run was refused by a guard, in these words, and that nothing was sent to change anything.
#[track_caller]
pub(super) fn refused(fleet: &Fleet, ran: &Ran, words: &[&str]) {
    ran.ends_with(7);
    for words in words {
        ran.says(words);
    }
    assert_eq!(fleet.writes(), 0, "{}", ran.transcript());
}
