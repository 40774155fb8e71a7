//! What a worker gives up before it runs the first script, for good.
//!
//! Scripts have no way to files, sockets or processes in the first place. These are the second wall, for the day on
//! which someone finds a hole in the engine.

use std::{fs::File, os::unix::fs::FileExt as _};

use rustix::process::{Resource, Rlimit};

/// Bytes of address space beyond what the program has when it is ready: the heap of a script and frames on their way.
const ADDRESSES: u64 = 256 << 20;
/// Descriptors: the three that a worker was born with and the one of [`Size`]. `poll` refuses to look at more than this.
const DESCRIPTORS: u64 = 4;
/// Seconds of processor time past a call's own; the pool's kill comes long before.
const SPARE_CPU: u64 = 2;
/// The most that may have been resident at once before the worker leaves: the C library keeps what a large script has
/// freed, and what was the mark of one call would hide that of the next.
const GROWN: u64 = 32 << 20;
/// How much less than the server a worker matters to the scheduler.
const NICE: i32 = 5;

/// Lowers every limit that a script has no business with. `None` if one of them cannot be set.
pub fn give_up_rights(size: Option<&Size>) -> Option<()> {
    let fixed = |value| Rlimit { current: Some(value), maximum: Some(value) };
    for (resource, limit) in [(Resource::Core, 0), (Resource::Fsize, 0), (Resource::Nofile, DESCRIPTORS)] {
        rustix::process::setrlimit(resource, fixed(limit)).ok()?;
    }
    if let Some(now) = size.map(|size| size.read("VmSize:")) {
        rustix::process::setrlimit(Resource::As, fixed(now + ADDRESSES)).ok()?;
    }
    // No processes and threads beyond this one. Root is not bound by it, which is one more reason not to be root.
    rustix::process::setrlimit(Resource::Nproc, fixed(0)).ok()?;
    // Neither is needed for safety where the rest holds, and neither exists everywhere.
    let _ = rustix::process::nice(NICE);
    #[cfg(target_os = "linux")]
    {
        rustix::thread::set_no_new_privs(true).ok()?;
        // A server that is itself killed leaves no endless loop behind. The signal follows the *thread* that started
        // the worker: the pool starts workers on the runtime's own threads, which live as long as it does.
        rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::KILL)).ok()?;
    }
    Some(())
}

/// Lets the first thread's stack grow that far, whatever the shell has set.
pub fn allow_stack(bytes: u64) {
    let now = rustix::process::getrlimit(Resource::Stack);
    if now.current.is_some_and(|current| current < bytes) {
        let _ = rustix::process::setrlimit(Resource::Stack, Rlimit { current: Some(bytes), ..now });
    }
}

/// Sets the processor time after which the kernel ends this process: what it has used, this call, and a little more.
pub fn allow_cpu_for(within_ms: u64) {
    let used = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    let used = u64::try_from(used.tv_sec).unwrap_or_default();
    let limit = Rlimit { current: Some(used + within_ms.div_ceil(1000) + SPARE_CPU), maximum: None };
    let _ = rustix::process::setrlimit(Resource::Cpu, limit);
}

/// How much memory this process holds; the file is opened while that is still possible.
#[derive(Debug)]
pub struct Size {
    status: File,
}

impl Size {
    /// `None` where there is no /proc.
    pub fn open() -> Option<Self> {
        Some(Self { status: File::open("/proc/self/status").ok()? })
    }

    /// Whether the worker should leave.
    pub fn has_grown(&self) -> bool {
        self.most() > GROWN
    }

    /// The most bytes that were ever resident at once.
    pub fn most(&self) -> u64 {
        self.read("VmHWM:")
    }

    /// Zero where the kernel does not say.
    fn read(&self, name: &str) -> u64 {
        let mut text = [0; 2048];
        let read = self.status.read_at(&mut text, 0).unwrap_or_default();
        let text = String::from_utf8_lossy(&text[..read]);
        let kib =
            text.lines().find_map(|line| line.strip_prefix(name)?.trim().strip_suffix(" kB")?.parse().ok());
        kib.unwrap_or(0_u64) << 10
    }
}
