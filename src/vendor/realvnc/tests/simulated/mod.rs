//! The client against the simulator, which knows the contract and shares no type with it.

mod faults;
mod reading;
mod seeing;
mod writing;

use std::time::Duration;

use jiff::Timestamp;

use crate::clock::Clock;
use crate::fleet::{Computer, ComputerQuery, GroupKind, GroupRef, Reader, Role, User, UserState};
use crate::http::{BaseUrl, Retry, Settings, Transport};
use crate::secret::{Redactor, Secret};
use crate::sim::realvnc::{Options, PageSizes, Running, Server};

use super::super::{AccessKey, Reads, Writes, connect};

const ALL: ComputerQuery = ComputerQuery {
    groups: true,
    presence: true,
    user: None,
};

fn noon() -> Timestamp {
    "2026-11-20T12:00:00Z".parse().unwrap()
}

/// A team of 60 computers, seven items to a page.
fn options() -> Options {
    Options {
        size: 60,
        pages: PageSizes::all(7),
        rate_limits: None,
        ..Options::new(Clock::Frozen(noon()))
    }
}

struct Team {
    sim: Running,
    reads: Reads,
    writes: Writes,
}

impl Team {
    async fn start(options: Options) -> Self {
        let sim = Server::start(options).await.unwrap();
        let secret = Secret::new(sim.access_key());
        let (reads, writes) = client(&sim, secret);
        Self { sim, reads, writes }
    }

    async fn computers(&self) -> Vec<Computer> {
        self.reads.computers(&ALL).await.unwrap().items
    }

    async fn group(&self, kind: GroupKind) -> GroupRef {
        let groups = match kind {
            GroupKind::Computers => self.reads.computer_groups().await,
            GroupKind::Users => self.reads.user_groups().await,
        };
        groups.unwrap().items[0].to_ref()
    }

    /// Returns a user who has joined and may be changed.
    async fn user(&self) -> User {
        let users = self.reads.users().await.unwrap().items;
        let plain =
            |u: &User| u.roles == [Role::User] && u.state == Some(UserState::Joined) && u.email.is_some();
        users.into_iter().find(plain).unwrap()
    }
}

fn client(sim: &Running, secret: Secret) -> (Reads, Writes) {
    let mut settings = Settings::new(BaseUrl::parse(&sim.base_url()).unwrap());
    settings.retry = Retry {
        first_pause: Duration::from_millis(1),
        longest_pause: Duration::from_millis(1),
        ..Retry::default()
    };
    settings.timeouts.read = Duration::from_secs(10);
    let redactor = Redactor::default();
    let transport = Transport::new(settings, redactor.clone()).unwrap();
    let id = sim.access_key_id();
    connect(transport, AccessKey { id, secret }, redactor, "demo".to_owned())
}
