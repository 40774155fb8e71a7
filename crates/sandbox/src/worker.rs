//! The worker: a process that runs one script after the other until it is told to end, or is killed.
//!
//! It prepares the next engine while nobody waits, so that a call finds one ready. One thread does everything; while a
//! script waits for the world or for a timer, so does the process, in `poll`.

mod address;
mod clock;
mod crypto;
mod engine;
mod host;
mod limits;
mod links;
mod pipe;
mod thrown;

pub(crate) use engine::{AFTER, BEFORE, FILE};

use std::{process::ExitCode, thread};

use engine::Engine;
use pipe::Pipe;

use crate::frame::{Order, Report};

/// Bytes of heap that one script may have.
pub const MEMORY: usize = 64 << 20;
/// Bytes of the worker's stack; the engine is told of half, so that what it calls has room.
const STACK: usize = 8 << 20;
/// Calls after which a worker makes room for a fresh one.
const MAX_CALLS: u64 = 1000;

/// Serves calls from standard input to standard output until the input ends. Never returns early for a script's sake.
///
/// Starts with whatever the process may do and gives that away before the first script.
pub fn main() -> ExitCode {
    // A thread's stack has a known size; the main thread's is whatever the shell allows.
    let served = thread::Builder::new().stack_size(STACK).spawn(serve).map(thread::JoinHandle::join);
    match served {
        Ok(Ok(Some(()))) => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}

/// `None` when the worker cannot go on.
fn serve() -> Option<()> {
    let size = limits::Size::open();
    let mut engine = Engine::new().ok()?;
    engine.look_up_zone();
    limits::give_up_rights(size.as_ref())?;
    let mut pipe = Pipe::default();
    pipe.send(&Report::Ready, b"")?;
    let mut calls = 0;
    loop {
        let (order, context) = pipe.wait()?;
        let Order::Run { call, script, within_ms } = order else { continue };
        calls += 1;
        limits::allow_cpu_for(within_ms);
        let (done, shared) =
            engine.run(pipe, &engine::Job { call, script, context, within_ms }, size.as_ref());
        pipe = shared;
        // `run` has thrown the engine away: what the script left behind is gone.
        let leaving = calls >= MAX_CALLS || size.as_ref().is_some_and(limits::Size::has_grown);
        let (failure, value) = match done.result {
            Ok(value) => (None, value),
            Err(failure) => (Some(failure), Vec::new()),
        };
        pipe.send(&Report::Done { failure, logs: done.logs, leaving }, &value)?;
        if leaving {
            return Some(());
        }
        engine = Engine::new().ok()?;
    }
}
