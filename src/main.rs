//! The program: collects the process's world, runs, and returns the exit code.

use std::process::ExitCode;

use deskhand::cli::{self, Process};

fn main() -> ExitCode {
    ExitCode::from(cli::run(&Process::capture()))
}
