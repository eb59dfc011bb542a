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
pub fn stop_on_ctrl_c(runtime: &Handle, cancel: &Cancel, ui: &Ui) {
    let (cancel, ui) = (cancel.clone(), ui.clone());
    runtime.spawn(async move {
        if tokio::signal::ctrl_c().await.is_err() {
            return;
        }
        cancel.raise();
        ui.note("stopping; a change that is under way is finished first; Ctrl-C again stops at once");
        if tokio::signal::ctrl_c().await.is_ok() {
            ui.warn(
                "stopped at once: if a change was under way, look at the vendor's side whether it was made",
            );
            std::process::exit(INTERRUPTED);
        }
    });
}
