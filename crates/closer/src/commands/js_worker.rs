//! `closer js-worker`: what the server starts to run a bot's script. Not for people.

use std::process::ExitCode;

use clap::Command;

/// What it is called.
pub fn define() -> Command {
    Command::new("js-worker").hide(true)
}

/// Runs it.
pub fn run() -> ExitCode {
    sandbox::worker::main()
}
