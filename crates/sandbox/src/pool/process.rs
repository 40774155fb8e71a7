//! One worker process, seen from the pool.

use std::{io, process::Stdio, time::Duration};

use rustix::process::Pid;
use serde::Serialize;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    process::{Child, ChildStdin, ChildStdout, Command},
    time::Instant,
};

use super::Options;
use crate::frame::{self, FrameError, Report};

/// How little a script matters to the scheduler once it has computed for a while.
const LAST: i32 = 19;
/// What a new process may take until it is ready; some milliseconds on a machine with nothing else to do.
const START: Duration = Duration::from_secs(10);
/// Bytes of a buffer that is kept between calls.
const KEPT: usize = 256 * 1024;

/// A running worker. Dropping it kills it.
#[derive(Debug)]
pub struct Process {
    child: Child,
    stdin: ChildStdin,
    stdout: ChildStdout,
    read: Vec<u8>,
    out: Vec<u8>,
    /// How much of `out` has left.
    left: usize,
    since: Instant,
    /// Calls it was given.
    pub calls: u64,
    /// Whether it has been put last in the queue for processors; there is no way back.
    pub slowed: bool,
}

/// What happened on the pipes.
#[derive(Debug)]
pub enum Event {
    /// The worker says something.
    Report(Report, Vec<u8>),
    /// Bytes have moved, and no more than that.
    Moved,
    /// It is gone, or speaks nonsense.
    Lost(String),
}

impl Process {
    /// Starts one and waits until it is ready for a call. It knows nothing of this process's surroundings but the time zone.
    pub async fn start(options: &Options) -> io::Result<Self> {
        let mut child = Command::new(&options.program)
            .args(&options.args)
            .env_clear()
            .env("TZ", &options.time_zone)
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()?;
        let missing = || io::Error::other("the process has no pipes");
        let stdin = child.stdin.take().ok_or_else(missing)?;
        let stdout = child.stdout.take().ok_or_else(missing)?;
        let mut process = Self {
            child,
            stdin,
            stdout,
            read: Vec::new(),
            out: Vec::new(),
            left: 0,
            since: Instant::now(),
            calls: 0,
            slowed: false,
        };
        let ready = async {
            loop {
                match process.event().await {
                    Event::Moved => {}
                    Event::Report(Report::Ready, _) => return Ok(()),
                    Event::Report(..) => return Err(io::Error::other("it is no worker")),
                    Event::Lost(why) => return Err(io::Error::other(why)),
                }
            }
        };
        let in_time = tokio::time::timeout(START, ready).await;
        in_time.unwrap_or_else(|_| Err(io::Error::other("it does not get ready")))?;
        Ok(process)
    }

    /// Puts a frame among what is to be written.
    pub fn push(&mut self, head: &impl Serialize, tail: &[u8]) -> Result<(), FrameError> {
        frame::write(&mut self.out, head, tail)
    }

    /// Bytes that the worker has not taken yet.
    pub fn pending(&self) -> usize {
        self.out.len() - self.left
    }

    /// The next thing that happens on the pipes. Nothing is lost when this is dropped half-way.
    pub async fn event(&mut self) -> Event {
        match frame::take(&mut self.read) {
            Ok(Some((report, tail))) => return Event::Report(report, tail),
            Ok(None) => {}
            Err(error) => return Event::Lost(error.to_string()),
        }
        let pending = &self.out[self.left..];
        tokio::select! {
            read = self.stdout.read_buf(&mut self.read) => match read {
                Ok(0) => Event::Lost(self.obituary().await),
                Ok(_) => Event::Moved,
                Err(error) => Event::Lost(error.to_string()),
            },
            // A worker that has gone is noticed where it is read from, with its last words.
            Ok(count) = self.stdin.write(pending), if !pending.is_empty() => {
                self.left += count;
                if self.left == self.out.len() {
                    self.out.clear();
                    self.left = 0;
                }
                Event::Moved
            }
        }
    }

    /// What ended it.
    async fn obituary(&mut self) -> String {
        match tokio::time::timeout(Duration::from_millis(50), self.child.wait()).await {
            Ok(Ok(status)) => status.to_string(),
            Ok(Err(error)) => error.to_string(),
            Err(_) => "it has closed its pipe".to_owned(),
        }
    }

    /// Ends it, whatever it does.
    pub fn kill(&mut self) {
        // It may have ended on its own; then there is nothing to do.
        let _ = self.child.start_kill();
    }

    /// Lets everyone else go first.
    pub fn slow(&mut self) {
        let pid = self.child.id().and_then(|pid| Pid::from_raw(pid as i32));
        self.slowed = rustix::process::setpriority_process(pid, LAST).is_ok();
    }

    /// The same process between two calls.
    pub fn rest(mut self) -> Self {
        self.read.shrink_to(KEPT);
        self.out.shrink_to(KEPT);
        self.since = Instant::now();
        self
    }

    /// How long nobody has needed it.
    pub fn idle_for(&self) -> Duration {
        self.since.elapsed()
    }
}
