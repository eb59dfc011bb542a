//! A team of RealVNC Connect: renames, also along a chain of names, groups, roles, invitations, removals.

use std::time::Duration;

use deskhand::clock::Clock;
use deskhand::fleet::{Change, GroupId, GroupKind, GroupRef, Role, SignIn};
use deskhand::sim::realvnc::{Entry, Group, Member, Options, Running, Server, World};
use jiff::Timestamp;
use tokio::sync::OnceCell;

use super::account::{Account, LATENCY};
use super::calm::Calm;
use super::facts::Facts;
use crate::desk::NOW;

/// Computers that were not seen since are removed.
const PERIOD: (&str, i64) = ("120d", 120 * 24);

const SPARE: &str = "Spare pool";

pub(crate) struct Team(Running);

impl Account for Team {
    async fn start() -> Self {
        let mut options = Options::new(Clock::Frozen(NOW.parse().unwrap()));
        options.latency = Duration::from_millis(LATENCY);
        // Runs that are killed again and again need many sessions.
        options.rate_limits = None;
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
        let key = [
            ("CHAOS_ID", self.0.access_key_id()),
            ("CHAOS_KEY", self.0.access_key()),
        ];
        (
            "vendor = \"realvnc\"\naccess_key = \"env:CHAOS_ID,CHAOS_KEY\"",
            key.into(),
        )
    }

    fn script(&self) -> String {
        let world = self.0.world();
        let (old, new) = plain_entries(&world);
        let people = plain_members(&world);
        let mut lines = Vec::new();
        for (number, entry) in new[..10].iter().enumerate() {
            lines.push(format!("p.rename(pc[\"{}\"], \"RENAMED-{number}\");", entry.id));
        }
        // A name that is handed on: its last owner lets go of it first.
        lines.push(format!("p.rename(pc[\"{}\"], \"{}\");", new[10].id, new[11].name));
        lines.push(format!("p.rename(pc[\"{}\"], \"HANDED-ON\");", new[11].id));
        // One that is renamed and put into a group, among others.
        for entry in &new[11..18] {
            lines.push(format!("p.group_add(\"{SPARE}\", pc[\"{}\"]);", entry.id));
        }
        for (entry, group) in grouped(&world, &new[18..]).into_iter().take(5) {
            lines.push(format!(
                "p.group_remove(\"{}\", pc[\"{}\"]);",
                group.name, entry.id
            ));
        }
        for member in &people[..4] {
            let who = user(member);
            lines.push(format!("p.update_roles({who}, [\"USER\", \"TECHNICIAN\"]);"));
        }
        for member in &people[4..7] {
            lines.push(format!("p.group_add(\"Nobody yet\", {});", user(member)));
        }
        for member in &people[7..9] {
            lines.push(format!("p.remove_user({});", user(member)));
        }
        for number in 0..4 {
            lines.push(format!(
                "p.invite_user(\"plain{number}@new.example\", [\"USER\"]);"
            ));
        }
        for entry in &old[..6] {
            let pc = format!("pc[\"{}\"]", entry.id);
            lines.push(format!("p.remove({pc}, stale({pc}, ago(\"{}\")));", PERIOD.0));
        }
        format!(
            "//! Changes of every sort.\n\
             let pc = #{{}};\n\
             for c in list_computers(#{{ groups: true, presence: true }}) {{ pc[c.id] = c; }}\n\
             let who = #{{}};\n\
             for u in list_users() {{ who[u.id] = u; }}\n\
             let p = plan();\n{}\np.apply()\n",
            lines.join("\n")
        )
    }

    fn additions(&self) -> Vec<Change> {
        let world = self.0.world();
        let groups: Vec<GroupRef> = ["Night shift, weekend", "Contractors"]
            .iter()
            .map(|name| world.user_groups().iter().find(|g| g.name == *name).unwrap())
            .map(|group| GroupRef {
                id: GroupId::new(group.id.clone()),
                name: group.name.clone(),
                kind: GroupKind::Users,
            })
            .collect();
        let invite = |number| Change::InviteUser {
            email: format!("grouped{number}@new.example"),
            roles: vec![Role::User],
            sign_in: SignIn::default(),
            groups: groups.clone(),
        };
        (0..4).map(invite).collect()
    }

    fn facts(&self) -> Facts {
        let world = self.0.world();
        let mut facts = Facts::new();
        for entry in world.entries() {
            let told = format!("{} v{} {}", entry.name, entry.version, entry.everyone);
            facts.insert(format!("computer {}", entry.id), told);
        }
        for member in world.members() {
            let told = format!("{:?} v{} {}", member.roles, member.version, member.invited);
            facts.insert(format!("user {}", address(member)), told);
        }
        for group in world.entry_groups().iter().chain(world.user_groups()) {
            for id in &group.members {
                let who = world.find_member(id).map_or(id.as_str(), address);
                facts.insert(format!("`{}` has {who}", group.name), "yes".to_owned());
            }
        }
        // What was done twice is in the log twice.
        for event in world.events() {
            let mut about = serde_json::to_string(&event.event_body).unwrap();
            for member in world.members() {
                about = about.replace(&member.id, address(member));
            }
            let seen = facts
                .entry(format!("event {} {about}", event.event_type))
                .or_default();
            seen.push('*');
        }
        facts
    }
}

/// Returns computers whose names are their own: those that were not seen for long, and others.
fn plain_entries(world: &World) -> (Vec<&Entry>, Vec<&Entry>) {
    let cutoff = NOW.parse::<Timestamp>().unwrap() - jiff::SignedDuration::from_hours(PERIOD.1);
    let is_plain = |entry: &&Entry| {
        let name = entry.name.to_lowercase();
        let alike = world.entries().iter().filter(|e| e.name.to_lowercase() == name);
        alike.count() == 1 && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    let is_old = |entry: &&Entry| {
        let seen = entry
            .last_seen
            .as_deref()
            .and_then(|at| at.parse::<Timestamp>().ok());
        let offline = entry.presence.as_ref().is_some_and(|presence| !presence.online);
        offline && seen.is_some_and(|at| at < cutoff && at > Timestamp::UNIX_EPOCH)
    };
    world.entries().iter().filter(is_plain).partition(is_old)
}

/// Returns those of some computers that are in a group, and one of their groups.
fn grouped<'a>(world: &'a World, entries: &[&'a Entry]) -> Vec<(&'a Entry, &'a Group)> {
    let found = entries.iter().filter_map(|entry| {
        let group = world.entry_groups().iter().find(|group| group.has(&entry.id))?;
        Some((*entry, group))
    });
    found.collect()
}

/// Returns users who have joined, with an address, and with no role but that of a user.
fn plain_members(world: &World) -> Vec<&Member> {
    let is_plain = |member: &&Member| {
        let roles: Vec<&str> = member.roles.iter().map(|role| role.as_str()).collect();
        !member.invited && member.email.is_some() && roles == ["USER"]
    };
    world.members().iter().filter(is_plain).collect()
}

fn user(member: &Member) -> String {
    format!("who[\"{}\"]", member.id)
}

fn address(member: &Member) -> &str {
    member.email.as_deref().unwrap_or(&member.id)
}
