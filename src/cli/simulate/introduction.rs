//! What `deskhand simulate` prints before it serves.
//!
//! Whoever reads it line by line finds a word and a value on each, and variables to set at the end.

use std::io::{self, Write};

use crate::sim::{realvnc, remotepc};

use super::super::simulated::Simulated;

/// What another program needs to know of a simulator.
pub struct Introduction {
    title: &'static str,
    values: Vec<(&'static str, String)>,
    profile: String,
    variables: Vec<(&'static str, String)>,
}

impl Introduction {
    /// Asks a simulator for it.
    pub fn of(simulator: &Simulated) -> Self {
        match simulator {
            Simulated::RealVnc(running) => Self {
                title: "A simulated RealVNC Connect team",
                values: vec![
                    ("url", running.base_url()),
                    ("access key id", running.access_key_id()),
                    ("access key", running.access_key()),
                ],
                profile: realvnc::profile_toml(running),
                variables: vec![
                    (realvnc::KEY_ID_VARIABLE, running.access_key_id()),
                    (realvnc::KEY_VARIABLE, running.access_key()),
                ],
            },
            Simulated::RemotePc(running) => Self {
                title: "A simulated RemotePC Enterprise account",
                values: vec![("url", running.base_url()), ("api key", running.api_key())],
                profile: remotepc::profile_toml(running),
                variables: vec![(remotepc::API_KEY_VARIABLE, running.api_key())],
            },
        }
    }

    /// Prints it.
    pub fn print(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{}. Ctrl-C ends it.\n", self.title)?;
        for (name, value) in &self.values {
            writeln!(out, "{name:<13}  {value}")?;
        }
        let reads = match self.variables.as_slice() {
            [_] => "the variable that it reads",
            _ => "the variables that it reads",
        };
        writeln!(out, "\nA profile for config.toml, and {reads}:\n")?;
        writeln!(out, "{}\n", self.profile.trim_end())?;
        for (name, value) in &self.variables {
            writeln!(out, "export {name}={value}")?;
        }
        out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;

    async fn printed(simulator: Simulated) -> Vec<String> {
        let mut out = Vec::new();
        Introduction::of(&simulator).print(&mut out).unwrap();
        simulator.shut_down().await;
        let text = String::from_utf8(out).unwrap();
        text.lines().map(str::to_owned).collect()
    }

    fn clock() -> Clock {
        Clock::Frozen("2026-11-20T00:00:00Z".parse().unwrap())
    }

    #[tokio::test]
    async fn an_account_tells_where_it_is_its_key_and_how_to_get_there() {
        let options = remotepc::Options::new(clock());
        let running = remotepc::Server::start(options).await.unwrap();
        let (url, key) = (running.base_url(), running.api_key());
        assert_eq!(
            printed(Simulated::RemotePc(running)).await,
            [
                "A simulated RemotePC Enterprise account. Ctrl-C ends it.",
                "",
                &format!("url            {url}"),
                &format!("api key        {key}"),
                "",
                "A profile for config.toml, and the variable that it reads:",
                "",
                "[profiles.demo]",
                "vendor = \"remotepc\"",
                &format!("url = \"{url}\""),
                "api_key = \"env:DESKHAND_DEMO_API_KEY\"",
                "",
                &format!("export DESKHAND_DEMO_API_KEY={key}"),
            ]
        );
    }

    #[tokio::test]
    async fn a_team_tells_both_halves_of_its_key() {
        let options = realvnc::Options::new(clock());
        let running = realvnc::Server::start(options).await.unwrap();
        let (id, key) = (running.access_key_id(), running.access_key());
        let lines = printed(Simulated::RealVnc(running)).await;
        assert!(lines.contains(&format!("access key id  {id}")), "{lines:#?}");
        assert!(lines.contains(&format!("access key     {key}")), "{lines:#?}");
        let last = [
            format!("export DESKHAND_DEMO_KEY_ID={id}"),
            format!("export DESKHAND_DEMO_KEY={key}"),
        ];
        assert!(lines.ends_with(&last), "{lines:#?}");
    }
}
