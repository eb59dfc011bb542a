//! A simulated vendor for other programs: `deskhand simulate`, as its users start it.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use crate::desk::Desk;

/// A server that runs until it is dropped.
pub(crate) struct Simulator {
    server: Child,
    lines: Vec<String>,
}

impl Simulator {
    /// Starts it with options of `deskhand simulate`; `last` begins the last line that it prints.
    pub(crate) fn start(options: &str, last: &str) -> Self {
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
        let lines = BufReader::new(server.stdout.as_mut().unwrap())
            .lines()
            .map(Result::unwrap)
            .take_while(|line| !line.starts_with(last))
            .collect();
        Self { server, lines }
    }

    /// Returns what it has printed behind a name.
    pub(crate) fn field(&self, name: &str) -> String {
        let line = self
            .lines
            .iter()
            .find_map(|line| line.strip_prefix(name))
            .unwrap_or_else(|| panic!("no {name}in {:#?}", self.lines));
        line.trim().to_owned()
    }
}

impl Drop for Simulator {
    fn drop(&mut self) {
        self.server.kill().unwrap();
        self.server.wait().unwrap();
    }
}
