//! The events of one workspace, read once for all who watch it.

use std::{
    collections::VecDeque,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use axum::extract::ws::Utf8Bytes;
use store::{EndUserId, ReadError, WorkspaceId};
use tokio::{
    sync::{Notify, broadcast, watch},
    time::Instant,
};

use super::audience::{self, Agents};
use crate::Hub;

/// Events that are remembered: who is not further behind needs no read.
const MAX_REMEMBERED: usize = 2_000;
/// Events read at once.
const READ_AT_ONCE: u32 = 500;
/// Signals that wait for a slow console; older ones are lost, as signals may be.
const MAX_SIGNALS: usize = 64;
/// Between two looks, however often it rings. Writing to hundreds of consoles is what costs; what happens within a moment
/// goes to each of them at once, and the first after a silence goes at once.
const PACE: Duration = Duration::from_millis(25);
/// How often the store is looked at without a ring: other processes ring elsewhere.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// One event as it is sent.
#[derive(Debug, Clone)]
pub struct Event {
    /// Its number.
    pub seq: i64,
    /// Its frame.
    pub text: Utf8Bytes,
    /// In whose conversation.
    pub chat: Option<EndUserId>,
    /// Whom alone it is for; everybody where `None`.
    pub to: Option<Agents>,
    /// Whose conversation it is, where other agents do not see it.
    pub holders: Option<Agents>,
}

/// What came after a number.
#[derive(Debug)]
pub enum After {
    /// These, in order and without a gap; perhaps none.
    Events(Vec<Event>),
    /// Too far behind: what is missing is not stored any more. The number to go on from.
    Reset(i64),
}

/// The events of a workspace.
#[derive(Debug)]
pub struct Feed {
    /// The workspace.
    pub workspace: WorkspaceId,
    remembered: Mutex<VecDeque<Event>>,
    last: watch::Sender<i64>,
    signals: broadcast::Sender<Arc<str>>,
    rung: Notify,
    watchers: AtomicUsize,
}

/// Who watches a feed.
#[derive(Debug)]
pub struct Watcher {
    feed: Arc<Feed>,
    /// The number of the newest event; changes when there are more.
    pub last: watch::Receiver<i64>,
    /// What is told and not stored.
    pub signals: broadcast::Receiver<Arc<str>>,
}

impl Feed {
    pub(super) fn new(workspace: WorkspaceId, last: i64) -> Self {
        Self {
            workspace,
            remembered: Mutex::default(),
            last: watch::Sender::new(last),
            signals: broadcast::Sender::new(MAX_SIGNALS),
            rung: Notify::new(),
            watchers: AtomicUsize::new(0),
        }
    }

    pub(super) fn ring(&self) {
        self.rung.notify_one();
    }

    pub(super) fn signal(&self, text: Arc<str>) {
        // Nobody listening is no error.
        let _ = self.signals.send(text);
    }

    pub(super) fn is_idle(&self) -> bool {
        self.watchers.load(Ordering::SeqCst) == 0
    }

    pub(super) fn watch(feed: &Arc<Self>) -> Watcher {
        feed.watchers.fetch_add(1, Ordering::SeqCst);
        Watcher { feed: Arc::clone(feed), last: feed.last.subscribe(), signals: feed.signals.subscribe() }
    }

    /// Reads what is new and tells it.
    async fn pull(&self, hub: &Hub) -> Result<(), ReadError> {
        loop {
            let last = *self.last.borrow();
            let rows = hub.store.live_after(self.workspace, last, READ_AT_ONCE).await?;
            let Some(newest) = rows.last().map(|row| row.seq) else { return Ok(()) };
            let events = audience::events(hub, self.workspace, rows).await?;
            {
                let mut remembered = self.remembered.lock().unwrap_or_else(PoisonError::into_inner);
                remembered.extend(events);
                let spare = remembered.len().saturating_sub(MAX_REMEMBERED);
                remembered.drain(..spare);
            }
            self.last.send_replace(newest);
        }
    }

    /// What is remembered after this number; `None` where that is not all.
    fn recall(&self, after: i64) -> Option<Vec<Event>> {
        if *self.last.borrow() <= after {
            return Some(Vec::new());
        }
        let remembered = self.remembered.lock().unwrap_or_else(PoisonError::into_inner);
        let first = remembered.front()?.seq;
        if first > after + 1 {
            return None;
        }
        let skip = usize::try_from(after + 1 - first).unwrap_or(usize::MAX);
        Some(remembered.iter().skip(skip).take(READ_AT_ONCE as usize).cloned().collect())
    }
}

impl Watcher {
    /// The number of the newest event.
    pub fn newest(&self) -> i64 {
        *self.last.borrow()
    }

    /// What came after this number.
    pub async fn after(&self, hub: &Hub, after: i64) -> Result<After, ReadError> {
        if let Some(events) = self.feed.recall(after) {
            return Ok(After::Events(events));
        }
        let rows = hub.store.live_after(self.feed.workspace, after, READ_AT_ONCE).await?;
        match rows.first() {
            Some(first) if first.seq > after + 1 => Ok(After::Reset(self.newest())),
            None if self.newest() > after => Ok(After::Reset(self.newest())),
            _ => Ok(After::Events(audience::events(hub, self.feed.workspace, rows).await?)),
        }
    }
}

impl Drop for Watcher {
    fn drop(&mut self) {
        self.feed.watchers.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Keeps a feed up to date while somebody watches it.
pub(super) async fn run(hub: Arc<Hub>, feed: Arc<Feed>) {
    loop {
        let looked_at = Instant::now();
        if let Err(error) = feed.pull(&hub).await {
            tracing::warn!(%error, workspace.id = %feed.workspace, "events could not be read; they are read again in a second");
        }
        // A ring between the pull and this wait is remembered.
        let rung = tokio::time::timeout(LOOK_EVERY, feed.rung.notified()).await;
        if rung.is_err() && (hub.stopping() || hub.live.forget(&feed)) {
            return;
        }
        tokio::time::sleep_until(looked_at + PACE).await;
    }
}
