//! A machine of the company, and how it is made up.

use jiff::{SignedDuration, Timestamp};

use super::DOMAIN;
use crate::sim::rng::Rng;

/// When a machine was last heard of, and how badly the record of it may be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// At this moment.
    At(Timestamp),
    /// There is no record.
    Never,
    /// There is a record, and it is empty.
    Blank,
}

impl Seen {
    /// Returns the moment this long before (or, if negative, after) another.
    pub fn ago(day: Timestamp, ago: SignedDuration) -> Self {
        // Saturates at the end of time, where no day of ours is.
        day.checked_sub(ago).map_or(Self::Never, Self::At)
    }
}

/// How a machine is reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach {
    /// Through the vendor's cloud.
    Cloud,
    /// Directly, at this host and port.
    Direct(String),
}

/// What sort of device a machine is: its form, system and agent, in the words that agents use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Device {
    /// The form, such as `LAPTOP`.
    pub form: &'static str,
    /// The operating system.
    pub os: &'static str,
    /// The agent and its version.
    pub agent: &'static str,
}

/// A machine of the company.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Machine {
    /// The display name.
    pub name: String,
    /// The host name it gave itself, where it did.
    pub host: Option<String>,
    /// What sort of device it is, where that is known.
    pub device: Option<Device>,
    /// Its department: a word of [`super::DEPARTMENTS`].
    pub department: Option<&'static str>,
    /// Its hardware addresses, as `e8-6a-64-00-00-98`.
    pub macs: Vec<String>,
    /// When it was last heard of.
    pub seen: Seen,
    /// Whether it is connected, where that is known.
    pub online: Option<bool>,
    /// How it is reached.
    pub reach: Reach,
    /// Its address in the company's network.
    pub ip: String,
}

impl Machine {
    /// Makes up a cloud machine with a host name and one hardware address, offline for a day.
    pub fn new(rng: &mut Rng, day: Timestamp, name: &str, device: Device) -> Self {
        Self {
            name: name.to_owned(),
            host: Some(host_name(name)),
            device: Some(device),
            department: None,
            macs: vec![mac(rng)],
            seen: Seen::ago(day, SignedDuration::from_mins(rng.between(1500, 2800))),
            online: Some(false),
            reach: Reach::Cloud,
            ip: format!(
                "10.{}.{}.{}",
                rng.between(20, 28),
                rng.below(255),
                rng.between(2, 254)
            ),
        }
    }

    /// Puts it into a department.
    #[must_use]
    pub fn of(mut self, department: &'static str) -> Self {
        self.department = Some(department);
        self
    }

    /// Sets when it was last heard of, about so many hours before the day.
    #[must_use]
    pub fn seen_hours_ago(mut self, day: Timestamp, hours: i64) -> Self {
        // Some minutes on top: nothing is heard of on the hour.
        self.seen = Seen::ago(day, SignedDuration::from_mins(hours * 60 + hours % 47 + 3));
        self
    }

    /// Connects it: heard of within the last hours.
    #[must_use]
    pub fn online(mut self, day: Timestamp) -> Self {
        self.online = Some(true);
        self.seen_hours_ago(day, 3)
    }

    /// Makes the record that a reinstallation makes: same hardware and host, another name.
    #[must_use]
    pub fn again(&self, name: String) -> Self {
        Self { name, ..self.clone() }
    }
}

/// Makes a host name out of a display name, as an installer would.
pub fn host_name(name: &str) -> String {
    let host: String = name
        .to_lowercase()
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect();
    format!("{}.{DOMAIN}", host.trim_matches('-'))
}

/// Makes up a hardware address.
pub fn mac(rng: &mut Rng) -> String {
    let maker = rng.word(&["e8-6a-64", "3c-52-82", "b8-27-eb", "f0-18-98", "48-2a-e3"]);
    format!("{maker}-{}-{}-{}", rng.hex(2), rng.hex(2), rng.hex(2))
}
