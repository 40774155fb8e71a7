//! Frames over standard input and output.
//!
//! The handles of the standard library keep a buffer of their own, beside which `poll` would sleep on what has been
//! read already; so this reads and writes the descriptors themselves.

use rustix::{
    event::{PollFd, PollFlags, Timespec},
    io::Errno,
    stdio,
};
use serde::Serialize;

use std::time::Duration;

use crate::frame::{self, Order};

/// Bytes taken from the pipe at a time.
const CHUNK: usize = 64 * 1024;

/// Both directions.
#[derive(Debug, Default)]
pub struct Pipe {
    read: Vec<u8>,
    /// Kept for its memory.
    written: Vec<u8>,
}

impl Pipe {
    /// The next order, however long it takes. `None` when there will be no more.
    pub fn wait(&mut self) -> Option<(Order, Vec<u8>)> {
        loop {
            if let Some(frame) = frame::take(&mut self.read).ok()? {
                return Some(frame);
            }
            self.fill()?;
        }
    }

    /// The next order if it comes in time. The outer `None` when there will be no more.
    pub fn wait_for(&mut self, patience: Duration) -> Option<Option<(Order, Vec<u8>)>> {
        if let Some(frame) = frame::take(&mut self.read).ok()? {
            return Some(Some(frame));
        }
        let timeout =
            Timespec { tv_sec: patience.as_secs() as i64, tv_nsec: i64::from(patience.subsec_nanos()) };
        let mut ready = [PollFd::from_borrowed_fd(stdio::stdin(), PollFlags::IN)];
        match rustix::event::poll(&mut ready, Some(&timeout)) {
            Ok(0) | Err(Errno::INTR) => return Some(None),
            Ok(_) => self.fill()?,
            Err(_) => return None,
        }
        frame::take(&mut self.read).ok()
    }

    /// Sends a report. `None` if nobody listens any more.
    pub fn send(&mut self, head: &impl Serialize, tail: &[u8]) -> Option<()> {
        self.written.clear();
        frame::write(&mut self.written, head, tail).ok()?;
        let mut rest = &self.written[..];
        while !rest.is_empty() {
            match rustix::io::write(stdio::stdout(), rest) {
                Ok(0) => return None,
                Ok(count) => rest = &rest[count..],
                Err(Errno::INTR) => {}
                Err(_) => return None,
            }
        }
        if self.written.capacity() > 4 * CHUNK {
            self.written = Vec::new();
        }
        Some(())
    }

    fn fill(&mut self) -> Option<()> {
        let start = self.read.len();
        self.read.resize(start + CHUNK, 0);
        let count = loop {
            match rustix::io::read(stdio::stdin(), &mut self.read[start..]) {
                Err(Errno::INTR) => {}
                other => break other.unwrap_or_default(),
            }
        };
        self.read.truncate(start + count);
        (count > 0).then_some(())
    }
}
