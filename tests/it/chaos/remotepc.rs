//! An account of RemotePC Enterprise: assignments, groups, comments, invitations, removals. What groups there are and who
//! is invited no read shows.

use std::time::Duration;

use deskhand::clock::Clock;
use deskhand::fleet::Change;
use deskhand::sim::remotepc::{Device, Options, Running, Server, State, User, World};
use tokio::sync::OnceCell;

use super::account::{Account, LATENCY};
use super::calm::Calm;
use super::facts::Facts;
use crate::desk::NOW;

/// Computers that nobody has looked at since are removed; as the vendor writes the day.
const CUTOFF: &str = "2026-08-20";
const PERIOD: &str = "90d";

pub(crate) struct Enterprise(Running);

impl Account for Enterprise {
    async fn start() -> Self {
        let mut options = Options::new(Clock::Frozen(NOW.parse().unwrap()));
        options.latency = Duration::from_millis(LATENCY);
        Self(Server::start(options).await.unwrap())
    }

    fn calm() -> &'static OnceCell<Calm> {
        static CALM: OnceCell<Calm> = OnceCell::const_new();
        &CALM
    }

    fn url(&self) -> String {
        self.0.base_url()
    }

    fn way_in(&self) -> (&'static str, Vec<(&'static str, String)>) {
        let key = [("CHAOS_KEY", self.0.api_key())];
        ("vendor = \"remotepc\"\napi_key = \"env:CHAOS_KEY\"", key.into())
    }

    fn script(&self) -> String {
        let world = self.0.world();
        let (old, new) = plain_devices(&world);
        let people = plain_users(&world);
        let (assigned, free): (Vec<&Device>, Vec<&Device>) = new
            .into_iter()
            .partition(|device| device.is_assigned_to(&people[0].username));
        let mut lines = Vec::new();
        for user in &people[1..4] {
            let list = array(&free[..4]);
            lines.push(format!("p.assign({list}, find_user(\"{}\"));", user.username));
        }
        let list = array(&assigned);
        lines.push(format!(
            "p.unassign({list}, find_user(\"{}\"));",
            people[0].username
        ));
        lines.push(format!("p.create_group(\"Chaos lab\", {});", array(&free[4..6])));
        lines.push(format!("p.move_to_group(\"Chaos lab\", {});", array(&free[6..9])));
        lines.push(format!(
            "p.move_to_group(\"Spare pool\", {});",
            array(&free[9..14])
        ));
        for (number, device) in free[14..20].iter().enumerate() {
            let pc = format!("pc[\"{}\"]", device.machine_id);
            lines.push(format!("p.comment({pc}, \"in the room {number}\");"));
        }
        for number in 0..5 {
            lines.push(format!("p.invite_user(\"new{number}@new.example\", []);"));
        }
        let gone = people[people.len() - 2..].iter();
        for user in gone {
            lines.push(format!("p.remove_user(find_user(\"{}\"));", user.username));
        }
        for device in &old[..6] {
            let pc = format!("pc[\"{}\"]", device.machine_id);
            lines.push(format!("p.remove({pc}, stale({pc}, ago(\"{PERIOD}\")));"));
        }
        format!(
            "//! Changes of every sort.\n\
             let pc = #{{}};\n\
             for c in list_computers() {{ pc[c.id] = c; }}\n\
             let p = plan();\n{}\np.apply()\n",
            lines.join("\n")
        )
    }

    fn additions(&self) -> Vec<Change> {
        Vec::new()
    }

    fn facts(&self) -> Facts {
        let world = self.0.world();
        let mut facts = Facts::new();
        for device in &world.devices {
            let mut assigned = device.assigned.clone();
            assigned.sort();
            let id = &device.machine_id;
            facts.insert(format!("name of {id}"), device.name.clone());
            facts.insert(format!("comment of {id}"), device.comment.clone());
            facts.insert(format!("group of {id}"), device.group.clone().unwrap_or_default());
            for user in assigned {
                facts.insert(format!("{user} has {id}"), "yes".to_owned());
            }
        }
        for user in &world.users {
            facts.insert(format!("user {}", user.username), format!("{:?}", user.state));
        }
        for group in &world.groups {
            facts.insert(format!("group {group}"), "there".to_owned());
        }
        facts
    }
}

/// Returns computers whose names are their own: those that nobody has looked at for long, and others.
fn plain_devices(world: &World) -> (Vec<&Device>, Vec<&Device>) {
    let is_plain = |device: &&Device| {
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
        world.devices_named(&device.name).count() == 1 && device.name.chars().all(plain)
    };
    let is_old = |device: &&Device| {
        let seen = device.last_session.as_deref().unwrap_or_default();
        device.is_offline() && ("2020"..CUTOFF).contains(&seen)
    };
    world.devices.iter().filter(is_plain).partition(is_old)
}

/// Returns users who have joined and can be deleted; first the one who has the most computers of names of their own.
fn plain_users(world: &World) -> Vec<&User> {
    let (_, devices) = plain_devices(world);
    let has = |user: &&User| {
        devices
            .iter()
            .filter(|d| d.is_assigned_to(&user.username))
            .count()
    };
    let mut users: Vec<&User> = world
        .users
        .iter()
        .filter(|user| user.state == State::Active && user.deletable)
        .collect();
    users.sort_by_key(|user| std::cmp::Reverse(has(user)));
    users
}

fn array(devices: &[&Device]) -> String {
    let records: Vec<String> = devices
        .iter()
        .map(|d| format!("pc[\"{}\"]", d.machine_id))
        .collect();
    format!("[{}]", records.join(", "))
}
