//! The async runtime, started only by what needs the network, and Ctrl-C.

use tokio::runtime::{Builder, Handle, Runtime};

use crate::cancel::Cancel;

use super::failure::{Failure, code};
use super::ui::Ui;

/// Requests are few and wait for the network: two threads are enough.
const THREADS: usize = 2;

/// The exit code of a run that the user stopped.
const INTERRUPTED: i32 = 130;

/// The runtime of a run. Dropped, it waits for nobody: a name that is being looked up, or a question that nobody answers,
/// must not keep a program from ending.
pub struct Tasks {
    runtime: Option<Runtime>,
    handle: Handle,
}

impl Tasks {
    /// Starts the runtime.
    pub fn start() -> Result<Self, Failure> {
        let runtime = Builder::new_multi_thread()
            .worker_threads(THREADS)
            .enable_all()
            .build()
            .map_err(|e| {
                Failure::new(code::ERROR, "the program could not start its threads").caused_by(&e)
            })?;
        Ok(Self {
            handle: runtime.handle().clone(),
            runtime: Some(runtime),
        })
    }

    /// Starts the runtime for a run that the first Ctrl-C stops in good order, and the second one at once.
    pub fn until_ctrl_c(ui: &Ui) -> Result<(Self, Cancel), Failure> {
        let tasks = Self::start()?;
        let cancel = Cancel::default();
        stop_on_ctrl_c(&tasks.handle, &cancel, ui);
        Ok((tasks, cancel))
    }

    /// Returns the way to the runtime.
    pub fn handle(&self) -> &Handle {
        &self.handle
    }
}

impl Drop for Tasks {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// Lets the first Ctrl-C stop the run in good order, and the second one stop it at once.
fn stop_on_ctrl_c(runtime: &Handle, cancel: &Cancel, ui: &Ui) {
    let (cancel, ui) = (cancel.clone(), ui.clone());
    // Listened for from here on: a task may begin late, and until then Ctrl-C would kill the program at a hidden prompt,
    // or a quick second one would be lost.
    let within = runtime.enter();
    let Ok(mut interrupts) = interrupts() else {
        return;
    };
    drop(within);
    runtime.spawn(async move {
        if interrupts.recv().await.is_none() {
            return;
        }
        cancel.raise();
        ui.note("stopping; a change that is under way is finished first; Ctrl-C again stops at once");
        if interrupts.recv().await.is_some() {
            // Nobody else is going to take the bar away.
            ui.screen.clear();
            ui.alert(
                "stopped at once: if a change was under way, look at the vendor's side whether it was made",
            );
            std::process::exit(INTERRUPTED);
        }
    });
}

/// Returns the Ctrl-Cs from now on; to be called within the runtime.
#[cfg(unix)]
pub fn interrupts() -> std::io::Result<tokio::signal::unix::Signal> {
    tokio::signal::unix::signal(tokio::signal::unix::SignalKind::interrupt())
}

/// Returns the Ctrl-Cs from now on; to be called within the runtime.
#[cfg(windows)]
pub fn interrupts() -> std::io::Result<tokio::signal::windows::CtrlC> {
    tokio::signal::windows::ctrl_c()
}
