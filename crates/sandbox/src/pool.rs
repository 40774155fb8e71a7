//! The pool: hands calls to workers, fairly, and kills what overstays.
//!
//! One owner never has more than [`Options::per_owner`] workers, whoever else waits or not: a bot whose scripts all hang
//! slows itself. Among those that may have one, the owner with the fewest comes first, then who came first. Spares are
//! kept ready, so that a kill costs nobody a start.

mod process;
mod serve;

use std::{
    collections::{HashMap, VecDeque},
    ffi::OsString,
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{
    sync::oneshot,
    time::{Instant, sleep, timeout_at},
};

use self::{process::Process, serve::End};
use crate::{
    MAX_CODE, MAX_TIME,
    call::{Call, Failure, HttpFailure, HttpRequest, HttpResponse, Outcome},
    frame::MAX_TAIL,
};

/// Workers that an owner's scripts have used up, by time or memory, before it has one worker at a time …
const MAX_SPENT: u32 = 3;
/// … until none was used up for so long.
const FORGIVEN_AFTER: Duration = Duration::from_secs(60);
/// How long a worker that nobody needed stays.
const IDLE: Duration = Duration::from_secs(30);

/// How a pool works; [`Options::new`] has what fits a small server.
#[derive(Debug, Clone)]
pub struct Options {
    /// The program that becomes a worker …
    pub program: PathBuf,
    /// … when it is started with these arguments: it must call [`crate::worker::main`].
    pub args: Vec<OsString>,
    /// Processes at most. One that waits for an upstream costs some 5 MB and no processor.
    pub workers: usize,
    /// … and at most for one owner.
    pub per_owner: usize,
    /// Processes that are started before they are needed, and stay when nothing happens.
    pub spares: usize,
    /// Calls that may wait for a worker; one more fails at once.
    pub waiting: usize,
    /// … and for one owner.
    pub waiting_per_owner: usize,
    /// What local time is for scripts, as `TZ` has it. The default is Korea's, in the form that needs no zone files.
    pub time_zone: String,
    /// How long past its time a script may take to end by itself before its process is killed.
    pub grace: Duration,
}

impl Options {
    /// The defaults, with a program for workers.
    pub fn new<A: Into<OsString>>(program: impl Into<PathBuf>, args: impl IntoIterator<Item = A>) -> Self {
        Self {
            program: program.into(),
            args: args.into_iter().map(Into::into).collect(),
            workers: 16,
            per_owner: 8,
            spares: 2,
            waiting: 256,
            waiting_per_owner: 64,
            time_zone: "KST-9".to_owned(),
            grace: Duration::from_millis(100),
        }
    }
}

/// How many of each, for meters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Status {
    /// Workers with a call.
    pub busy: usize,
    /// Workers without one.
    pub idle: usize,
    /// Calls without a worker.
    pub waiting: usize,
}

/// Runs scripts; cheap to clone. The last one to go ends all workers.
#[derive(Debug, Clone)]
pub struct Pool {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    options: Options,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    /// The last one used is the next one used.
    idle: Vec<Process>,
    /// Processes on their way.
    starting: usize,
    /// Workers at work, by owner; no zeros.
    busy: HashMap<String, usize>,
    /// How many workers an owner's scripts have used up lately, and when the last one.
    spent: HashMap<String, (u32, Instant)>,
    waiting: VecDeque<Waiter>,
    /// Whether someone comes by to end what is idle.
    sweeping: bool,
}

#[derive(Debug)]
struct Waiter {
    owner: String,
    hand: oneshot::Sender<Result<Lease, Failure>>,
}

/// A process for one call.
#[derive(Debug)]
struct Lease {
    inner: Arc<Inner>,
    owner: String,
    /// Gone once it has been killed. Whoever drops a lease in the middle of a call kills as well.
    process: Option<Process>,
    /// Whether it may serve another call: not from the moment on when it has this one, until that has ended well.
    reusable: bool,
}

impl Pool {
    /// A pool whose workers start when the first call comes, or with [`Pool::warm`].
    pub fn new(options: Options) -> Self {
        Self { inner: Arc::new(Inner { options, state: Mutex::default() }) }
    }

    /// Starts the spares. Needs a runtime, as all of this does.
    pub fn warm(&self) {
        self.inner.settle(&mut self.inner.lock());
    }

    /// What it does just now.
    pub fn status(&self) -> Status {
        let state = self.inner.lock();
        Status { busy: state.busy.values().sum(), idle: state.idle.len(), waiting: state.waiting.len() }
    }

    /// Runs one script once and answers its questions through `door`. Never takes longer than `call.within` and the
    /// grace; dropping the future kills the script.
    pub async fn run<F, Fut>(&self, call: Call<'_>, door: &F) -> Outcome
    where
        F: Fn(HttpRequest) -> Fut + Sync,
        Fut: Future<Output = Result<HttpResponse, HttpFailure>> + Send,
    {
        let given_up = Instant::now() + call.within;
        if call.script.len() > MAX_CODE {
            return Outcome::failed(Failure::code_too_large(call.script.len()));
        }
        let context = serde_json::to_vec(&call.context).unwrap_or_default();
        if context.len() > MAX_TAIL {
            return Outcome::failed(Failure::context_too_large(MAX_TAIL));
        }
        // A process that has died while it was idle is no fault of the script: one more try.
        for _ in 0..2 {
            let mut lease = match self.inner.lease(call.owner, given_up).await {
                Ok(lease) => lease,
                Err(failure) => return Outcome::failed(failure),
            };
            lease.reusable = false;
            let Some(process) = lease.process.as_mut() else { continue };
            let within = MAX_TIME.min(given_up.saturating_duration_since(Instant::now()));
            let terms = serve::Terms {
                script: call.script,
                context: &context,
                within,
                grace: self.inner.options.grace,
            };
            match serve::serve(process, &terms, door).await {
                End::Done { outcome, reusable } => {
                    lease.reusable = reusable;
                    return outcome;
                }
                End::Killed(failure) => return Outcome::failed(failure),
                End::Untouched => {}
            }
        }
        Outcome::failed(Failure::worker("it ended before it ran anything"))
    }
}

impl Inner {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for a worker.
    async fn lease(self: &Arc<Self>, owner: &str, until: Instant) -> Result<Lease, Failure> {
        let (hand, taken) = oneshot::channel();
        {
            let mut state = self.lock();
            // Those that have gone wait no more.
            state.waiting.retain(|waiter| !waiter.hand.is_closed());
            let mine = state.waiting.iter().filter(|waiter| waiter.owner == owner).count();
            if state.waiting.len() >= self.options.waiting || mine >= self.options.waiting_per_owner {
                return Err(Failure::busy());
            }
            state.waiting.push_back(Waiter { owner: owner.to_owned(), hand });
            self.settle(&mut state);
        }
        match timeout_at(until, taken).await {
            Ok(Ok(lease)) => lease,
            Ok(Err(_)) | Err(_) => Err(Failure::busy()),
        }
    }

    /// Hands out what is idle, and starts what is missing.
    fn settle(self: &Arc<Self>, state: &mut State) {
        while let Some(at) = self.next(state) {
            let Some(process) = state.idle.pop() else { break };
            let Some(Waiter { owner, hand }) = state.waiting.remove(at) else { break };
            if hand.is_closed() {
                state.idle.push(process);
                continue;
            }
            *state.busy.entry(owner.clone()).or_default() += 1;
            let lease = Lease { inner: Arc::clone(self), owner, process: Some(process), reusable: true };
            if let Err(Ok(mut lease)) = hand.send(Ok(lease)) {
                // Gone between the question and the hand: nothing was run. Its drop would need the lock we hold.
                state.idle.extend(lease.process.take());
                state.release(&lease.owner);
                lease.owner.clear();
            }
        }
        let busy: usize = state.busy.values().sum();
        let room = self.options.workers.saturating_sub(busy + state.idle.len() + state.starting);
        let wanted =
            (self.able(state) + self.options.spares).saturating_sub(state.idle.len() + state.starting);
        for _ in 0..wanted.min(room) {
            state.starting += 1;
            let inner = Arc::clone(self);
            tokio::spawn(inner.start());
        }
    }

    /// Starts a process; without one, whoever would have got it hears why.
    async fn start(self: Arc<Self>) {
        let started = Process::start(&self.options).await;
        let mut state = self.lock();
        state.starting -= 1;
        match started {
            Ok(process) => {
                state.idle.push(process);
                self.settle(&mut state);
            }
            Err(error) => {
                if let Some(waiter) = self.next(&state).and_then(|at| state.waiting.remove(at)) {
                    let failure = Failure::worker(&format!("it cannot be started: {error}"));
                    let _ = waiter.hand.send(Err(failure));
                }
            }
        }
    }

    /// Whose turn it is.
    fn next(&self, state: &State) -> Option<usize> {
        let has = |waiter: &Waiter| state.busy.get(&waiter.owner).copied().unwrap_or_default();
        let able = state
            .waiting
            .iter()
            .enumerate()
            .filter(|(_, waiter)| has(waiter) < self.cap(state, &waiter.owner));
        able.min_by_key(|(at, waiter)| (has(waiter), *at)).map(|(at, _)| at)
    }

    /// How many of those that wait may have a worker.
    fn able(&self, state: &State) -> usize {
        let mut left: HashMap<&str, usize> = HashMap::new();
        let mut able = 0;
        for waiter in &state.waiting {
            let left = left.entry(&waiter.owner).or_insert_with(|| {
                self.cap(state, &waiter.owner)
                    .saturating_sub(state.busy.get(&waiter.owner).copied().unwrap_or_default())
            });
            if *left > 0 {
                *left -= 1;
                able += 1;
            }
        }
        able
    }

    /// How many workers this owner may have. Who uses them up gets them one by one: eight loops that are killed and
    /// come again would take the machine from everybody, however low their place in its queue is.
    fn cap(&self, state: &State, owner: &str) -> usize {
        let spender = state
            .spent
            .get(owner)
            .is_some_and(|(count, last)| *count >= MAX_SPENT && last.elapsed() < FORGIVEN_AFTER);
        if spender { 1 } else { self.options.per_owner }
    }

    fn give_back(self: &Arc<Self>, owner: &str, process: Option<Process>) {
        // Without a runtime the program is ending, and so do the workers.
        let Ok(runtime) = tokio::runtime::Handle::try_current() else { return };
        let mut state = self.lock();
        state.release(owner);
        if process.is_none() && !owner.is_empty() {
            state.spent.retain(|_, (_, last)| last.elapsed() < FORGIVEN_AFTER);
            let (count, last) = state.spent.entry(owner.to_owned()).or_insert((0, Instant::now()));
            (*count, *last) = (count.saturating_add(1), Instant::now());
        }
        state.idle.extend(process);
        self.settle(&mut state);
        if state.idle.len() > self.options.spares && !state.sweeping {
            state.sweeping = true;
            let inner = Arc::downgrade(self);
            runtime.spawn(async move {
                loop {
                    sleep(IDLE).await;
                    let Some(inner) = inner.upgrade() else { return };
                    if inner.sweep() {
                        return;
                    }
                }
            });
        }
    }

    /// Ends what was idle for long. Whether that was all.
    fn sweep(&self) -> bool {
        let mut state = self.lock();
        let spare = state.idle.len().saturating_sub(self.options.spares);
        let old = state.idle.iter().take(spare).take_while(|process| process.idle_for() >= IDLE).count();
        // The oldest stand in front; dropping them kills them, and they have nothing to lose.
        state.idle.drain(..old);
        state.sweeping = state.idle.len() > self.options.spares;
        !state.sweeping
    }
}

impl State {
    fn release(&mut self, owner: &str) {
        if let Some(count) = self.busy.get_mut(owner) {
            *count -= 1;
            if *count == 0 {
                self.busy.remove(owner);
            }
        }
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        // Taken back already, under the lock.
        if self.process.is_none() && self.owner.is_empty() {
            return;
        }
        let process = self.process.take().filter(|_| self.reusable);
        self.inner.give_back(&self.owner, process.map(Process::rest));
    }
}
