//! A simulated team for other programs: `deskhand simulate`, as its users start it.
//!
//! With `DESKHAND_E2E_URL`, `DESKHAND_E2E_KEY_ID` and `DESKHAND_E2E_KEY` the tests go to a server that is there already. It
//! may be in use by others and have been used before, so tests leave the team as they found it.

use std::cell::OnceCell;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use crate::desk::Desk;

/// A running team.
pub(crate) struct Team {
    url: String,
    key_id: String,
    key: String,
    server: Option<Child>,
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
                server: None,
                computers: OnceCell::new(),
            },
            (None, None, None) => Self::with("--token-ttl 1"),
            _ => panic!("set all of DESKHAND_E2E_URL, DESKHAND_E2E_KEY_ID and DESKHAND_E2E_KEY, or none"),
        }
    }

    /// Starts a team with options of `deskhand simulate`.
    pub(crate) fn with(options: &str) -> Self {
        let desk = Desk::new();
        let mut server = Command::new(env!("CARGO_BIN_EXE_deskhand"))
            .args(desk.words(&format!("simulate --port 0 {options}")))
            .current_dir(std::env::temp_dir())
            .env_clear()
            .envs(desk.vars().iter().cloned())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines: Vec<String> = BufReader::new(server.stdout.as_mut().unwrap())
            .lines()
            .map(Result::unwrap)
            // The last thing that it prints.
            .take_while(|line| !line.starts_with("export DESKHAND_DEMO_KEY="))
            .collect();
        let value = |name: &str| {
            let line = lines
                .iter()
                .find_map(|line| line.strip_prefix(name))
                .unwrap_or_else(|| panic!("no {name}in {lines:#?}"));
            line.trim().to_owned()
        };
        let (url, key_id, key) = (value("url "), value("access key id "), value("access key  "));
        Self {
            url,
            key_id,
            key,
            server: Some(server),
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

impl Drop for Team {
    fn drop(&mut self) {
        if let Some(server) = &mut self.server {
            server.kill().unwrap();
            server.wait().unwrap();
        }
    }
}

/// Returns a text of a JSON object.
pub(crate) fn text<'a>(object: &'a Value, member: &str) -> &'a str {
    object[member]
        .as_str()
        .unwrap_or_else(|| panic!("no `{member}` in {object}"))
}
