//! `deskhand simulate`: a simulated vendor as a server for other programs.

mod introduction;

use std::io;
use std::path::PathBuf;
use std::time::Duration;

use crate::clock::Clock;
use crate::sim::{realvnc, remotepc};

use super::args::{Demo, Globals, Paging, Simulate};
use super::failure::{Failure, code};
use super::process::Process;
use super::runtime::{Tasks, interrupts};
use super::simulated::{Options, Simulated};
use super::ui::Ui;

use introduction::Introduction;

/// How long a session token lives, if nothing is said.
const TOKEN_TTL: Duration = Duration::from_secs(3600);

/// Serves until Ctrl-C.
pub fn run(process: &Process, globals: &Globals, simulate: Simulate, ui: &Ui) -> Result<u8, Failure> {
    let clock = process.clock.clone().map_err(Failure::usage)?;
    check(&simulate)?;
    let state_file = globals
        .state
        .as_ref()
        .map(|path| process.environment.cwd.join(path));
    let tasks = Tasks::start()?;
    tasks.handle().block_on(async {
        let mut interrupts = interrupts()
            .map_err(|e| Failure::new(code::ERROR, "Ctrl-C cannot be waited for").caused_by(&e))?;
        let simulator = Simulated::start(options(simulate, clock, state_file)).await?;
        Introduction::of(&simulator)
            .print(&mut io::stdout().lock())
            .map_err(|e| Failure::new(code::ERROR, "the address could not be printed").caused_by(&e))?;
        interrupts.recv().await;
        simulator.shut_down().await;
        Ok::<_, Failure>(())
    })?;
    ui.note("stopped");
    Ok(code::DONE)
}

/// Refuses options that only the other vendor has.
fn check(simulate: &Simulate) -> Result<(), Failure> {
    let given = [
        ("--token-ttl", "realvnc", simulate.token_ttl.is_some()),
        ("--deny", "realvnc", !simulate.deny.is_empty()),
        ("--paging", "remotepc", simulate.paging.is_some()),
        ("--not-whitelisted", "remotepc", simulate.not_whitelisted),
    ];
    let vendor = match simulate.vendor {
        Demo::Realvnc => "realvnc",
        Demo::Remotepc => "remotepc",
    };
    match given.iter().find(|(_, of, given)| *given && *of != vendor) {
        Some((option, of, _)) => Err(Failure::usage(format!(
            "{option} goes with --vendor {of}; the simulated vendor is {vendor}"
        ))
        .hint(format!("leave it out, or add --vendor {of}"))),
        None => Ok(()),
    }
}

/// Returns what was asked for, for the vendor that was.
fn options(simulate: Simulate, clock: Clock, state_file: Option<PathBuf>) -> Options {
    let latency = Duration::from_millis(simulate.latency);
    match simulate.vendor {
        Demo::Realvnc => Options::RealVnc(realvnc::Options {
            seed: simulate.seed,
            size: simulate.size,
            latency,
            token_ttl: simulate.token_ttl.map_or(TOKEN_TTL, Duration::from_secs),
            deny: simulate.deny,
            state_file,
            port: simulate.port,
            ..realvnc::Options::new(clock)
        }),
        Demo::Remotepc => Options::RemotePc(remotepc::Options {
            seed: simulate.seed,
            size: simulate.size,
            latency,
            paging: simulate.paging.unwrap_or(Paging::Both).into(),
            whitelisted: !simulate.not_whitelisted,
            state_file,
            port: simulate.port,
            ..remotepc::Options::new(clock)
        }),
    }
}

impl From<Paging> for remotepc::Paging {
    fn from(paging: Paging) -> Self {
        match paging {
            Paging::Body => Self::Body,
            Paging::Query => Self::Query,
            Paging::Both => Self::Both,
            Paging::RefuseBody => Self::RefuseBody,
        }
    }
}
