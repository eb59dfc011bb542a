//! `deskhand simulate`: the simulated vendor as a server for other programs.

use std::io::{self, Write};
use std::time::Duration;

use crate::sim::realvnc::{KEY_ID_VARIABLE, KEY_VARIABLE, Options, Running, Server, profile_toml};

use super::args::{Globals, Simulate};
use super::failure::{Failure, code};
use super::process::Process;
use super::runtime::{Tasks, interrupts};
use super::ui::Ui;

/// Serves until Ctrl-C.
pub fn run(process: &Process, globals: &Globals, simulate: Simulate, ui: &Ui) -> Result<u8, Failure> {
    let clock = process.clock.clone().map_err(Failure::usage)?;
    let options = Options {
        seed: simulate.seed,
        size: simulate.size,
        latency: Duration::from_millis(simulate.latency),
        token_ttl: Duration::from_secs(simulate.token_ttl),
        deny: simulate.deny,
        state_file: globals
            .state
            .as_ref()
            .map(|path| process.environment.cwd.join(path)),
        port: simulate.port,
        ..Options::new(clock)
    };
    let tasks = Tasks::start()?;
    tasks.handle().block_on(async {
        let mut interrupts = interrupts()
            .map_err(|e| Failure::new(code::ERROR, "Ctrl-C cannot be waited for").caused_by(&e))?;
        let running = Server::start(options).await?;
        introduce(&running, &mut io::stdout().lock())
            .map_err(|e| Failure::new(code::ERROR, "the address could not be printed").caused_by(&e))?;
        interrupts.recv().await;
        running.shutdown().await;
        Ok::<_, Failure>(())
    })?;
    ui.note("stopped");
    Ok(code::DONE)
}

/// Prints what another program needs to know. Whoever reads it line by line finds a word and a value on each.
fn introduce(running: &Running, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "A simulated RealVNC Connect team. Ctrl-C ends it.\n")?;
    writeln!(out, "url            {}", running.base_url())?;
    writeln!(out, "access key id  {}", running.access_key_id())?;
    writeln!(out, "access key     {}", running.access_key())?;
    writeln!(
        out,
        "\nA profile for config.toml, and the variables that it reads:\n"
    )?;
    writeln!(out, "{}", profile_toml(running).trim_end())?;
    writeln!(out, "\nexport {KEY_ID_VARIABLE}={}", running.access_key_id())?;
    writeln!(out, "export {KEY_VARIABLE}={}", running.access_key())?;
    out.flush()
}
