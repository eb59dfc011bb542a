//! A simulated account of RemotePC Enterprise.
//!
//! With `DESKHAND_E2E_REMOTEPC_URL` and `DESKHAND_E2E_REMOTEPC_KEY` the tests go to a server that is there already, and that
//! others may have used before: what they need they look up, or make under names of their own.

use serde_json::Value;

use crate::desk::Desk;
use crate::simulator::Simulator;
use crate::team::text;

/// A running account.
pub(crate) struct Account {
    url: String,
    key: String,
    _server: Option<Simulator>,
}

impl Account {
    /// Finds the account that the environment names, or starts one.
    pub(crate) fn running() -> Self {
        let var = |name: &str| std::env::var(name).ok();
        match (var("DESKHAND_E2E_REMOTEPC_URL"), var("DESKHAND_E2E_REMOTEPC_KEY")) {
            (Some(url), Some(key)) => Self {
                url,
                key,
                _server: None,
            },
            (None, None) => Self::with(""),
            _ => panic!("set both of DESKHAND_E2E_REMOTEPC_URL and DESKHAND_E2E_REMOTEPC_KEY, or none"),
        }
    }

    /// Starts an account with options of `deskhand simulate`.
    pub(crate) fn with(options: &str) -> Self {
        let server = Simulator::start(
            &format!("--vendor remotepc {options}"),
            "export DESKHAND_DEMO_API_KEY=",
        );
        Self {
            url: server.field("url "),
            key: server.field("api key "),
            _server: Some(server),
        }
    }

    /// Sets up a desk that works on this account.
    pub(crate) fn desk(&self) -> Desk {
        Desk::with_api_key(&self.url, &self.key)
    }

    /// Returns the names of some computers that are alone in bearing them.
    pub(crate) fn computers(&self, count: usize) -> Vec<String> {
        let all = self.desk().run("list-computers --output json").succeeds().json();
        let names: Vec<&str> = all.as_array().unwrap().iter().map(|c| text(c, "name")).collect();
        let alone = |name: &str| names.iter().filter(|n| n.eq_ignore_ascii_case(name)).count() == 1;
        let plain = |name: &str| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        let found = names.iter().filter(|name| alone(name) && plain(name));
        let found: Vec<String> = found.take(count).map(|name| (*name).to_owned()).collect();
        assert_eq!(found.len(), count);
        found
    }

    /// Returns the address of a user.
    pub(crate) fn user(&self) -> String {
        let users = self.desk().run("list-users --output json").succeeds().json();
        let users: Vec<&Value> = users.as_array().unwrap().iter().collect();
        text(users[users.len() / 2], "email").to_owned()
    }
}
