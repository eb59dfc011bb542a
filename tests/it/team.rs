//! A simulated team of RealVNC Connect.
//!
//! With `DESKHAND_E2E_URL`, `DESKHAND_E2E_KEY_ID` and `DESKHAND_E2E_KEY` the tests go to a server that is there already. It
//! may be in use by others and have been used before, so tests leave the team as they found it.

use std::cell::OnceCell;

use serde_json::Value;

use crate::desk::Desk;
use crate::simulator::Simulator;

/// A running team.
pub(crate) struct Team {
    url: String,
    key_id: String,
    key: String,
    _server: Option<Simulator>,
    computers: OnceCell<Vec<(String, String)>>,
}

impl Team {
    /// Finds the team that the environment names, or starts one whose sessions are short.
    pub(crate) fn running() -> Self {
        let var = |name: &str| std::env::var(name).ok();
        match (
            var("DESKHAND_E2E_URL"),
            var("DESKHAND_E2E_KEY_ID"),
            var("DESKHAND_E2E_KEY"),
        ) {
            (Some(url), Some(key_id), Some(key)) => Self {
                url,
                key_id,
                key,
                _server: None,
                computers: OnceCell::new(),
            },
            (None, None, None) => Self::with("--token-ttl 1"),
            _ => panic!("set all of DESKHAND_E2E_URL, DESKHAND_E2E_KEY_ID and DESKHAND_E2E_KEY, or none"),
        }
    }

    /// Starts a team with options of `deskhand simulate`.
    pub(crate) fn with(options: &str) -> Self {
        let server = Simulator::start(options, "export DESKHAND_DEMO_KEY=");
        Self {
            url: server.field("url "),
            key_id: server.field("access key id "),
            key: server.field("access key  "),
            _server: Some(server),
            computers: OnceCell::new(),
        }
    }

    /// Returns where it is.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Returns the key's id and the key.
    pub(crate) fn key(&self) -> (&str, &str) {
        (&self.key_id, &self.key)
    }

    /// Sets up a desk that works on this team.
    pub(crate) fn desk(&self) -> Desk {
        Desk::with_account(&self.url, &self.key_id, &self.key)
    }

    /// Returns the name and id of a computer whose name is its own. Tests that run at the same time take different numbers.
    pub(crate) fn computer(&self, number: usize) -> (String, String) {
        self.computers
            .get_or_init(|| self.list())
            .get(number)
            .cloned()
            .expect("the team has that many computers")
    }

    fn list(&self) -> Vec<(String, String)> {
        let computers = self.desk().run("list-computers --output json").succeeds().json();
        let all: Vec<(&str, &str)> = computers
            .as_array()
            .unwrap()
            .iter()
            .map(|c| (text(c, "id"), text(c, "name")))
            .collect();
        let alone = |name: &str| {
            all.iter()
                .filter(|(_, other)| other.eq_ignore_ascii_case(name))
                .count()
                == 1
        };
        let plain = |name: &str| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        let mut found: Vec<_> = all
            .iter()
            .filter(|(_, name)| alone(name) && plain(name))
            .collect();
        // By id: names change.
        found.sort();
        found
            .into_iter()
            .map(|(id, name)| ((*name).to_owned(), (*id).to_owned()))
            .collect()
    }
}

/// Returns a text of a JSON object.
pub(crate) fn text<'a>(object: &'a Value, member: &str) -> &'a str {
    object[member]
        .as_str()
        .unwrap_or_else(|| panic!("no `{member}` in {object}"))
}
