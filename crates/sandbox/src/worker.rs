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

use std::process::ExitCode;

use engine::Engine;
use pipe::Pipe;

use crate::frame::{Order, Report};

/// Bytes of heap that one script may have.
pub const MEMORY: usize = 64 << 20;
/// Bytes that the stack may grow to; the engine is told of half, so that what it calls has room.
const STACK: u64 = 8 << 20;
/// Calls after which a worker makes room for a fresh one.
const MAX_CALLS: u64 = 1000;

/// Serves calls from standard input to standard output until the input ends. Never returns early for a script's sake.
///
/// Must be called on the program's first thread, before there is another: rights are given up, and places in the queue
/// for processors kept, thread by thread; and that stack grows as it is told here.
pub fn main() -> ExitCode {
    limits::allow_stack(STACK);
    match serve() {
        Some(()) => ExitCode::SUCCESS,
        None => ExitCode::FAILURE,
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
