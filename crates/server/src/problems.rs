//! What went wrong with requests, for the operator: logged, counted, and kept in the store.
//!
//! Recording never delays an answer: problems go through a bounded queue to a writer of their own. When the store is
//! away they wait in memory, bounded; what does not fit is counted as dropped and stands in the log all the same.

use std::{
    collections::VecDeque,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use store::{NewProblem, ProblemId};
use tokio::sync::Notify;

use crate::{
    Hub,
    turns::{Body, SkillRequest},
};

/// How many problems wait in memory at most. At 4 KiB each this bounds them to 8 MiB.
const MAX_WAITING: usize = 2_000;
/// How many are written at once.
const BATCH: usize = 200;
/// How much of a request is kept.
const EXCERPT: usize = 4_096;

/// What kind of problem it is; the names are stable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The request is not as Kakao sends it; the finding's own name.
    Request(&'static str),
    /// No such bot.
    NoBot,
    /// The channel is switched off.
    Off,
    /// Nothing is published.
    Unpublished,
    /// The stored bot cannot be read.
    BotBroken,
    /// The secret header is wrong.
    Header,
    /// The body is larger than is read.
    TooLarge,
    /// The body stopped in the middle.
    BodyBroken,
    /// The database did not answer.
    Store,
    /// The turn did not end in time.
    Late,
    /// Too many turns at once.
    Busy,
    /// The conversation moved and the turn could not begin again.
    Conflict,
    /// The stored state cannot be read.
    State,
    /// A late answer could not be posted; the person sees it with their next message.
    Callback,
    /// A turn was still running when its process died.
    Lost,
    /// The program failed; a bug of ours.
    Panic,
}

impl Kind {
    /// The name under which it is stored, logged and counted.
    pub fn name(self) -> &'static str {
        match self {
            Self::Request(name) => name,
            Self::NoBot => "no-bot",
            Self::Off => "off",
            Self::Unpublished => "unpublished",
            Self::BotBroken => "bot-broken",
            Self::Header => "header",
            Self::TooLarge => "too-large",
            Self::BodyBroken => "body-broken",
            Self::Store => "store",
            Self::Late => "late",
            Self::Busy => "busy",
            Self::Conflict => "conflict",
            Self::State => "state",
            Self::Callback => "callback",
            Self::Lost => "lost",
            Self::Panic => "panic",
        }
    }
}

/// One problem.
#[derive(Debug)]
pub struct Problem {
    bot: String,
    kind: Kind,
    place: String,
    detail: String,
    excerpt: String,
    request_id: Option<String>,
}

impl Problem {
    /// A problem with this request.
    pub fn of(request: &SkillRequest, kind: Kind, place: &str, detail: &str) -> Self {
        let bytes = match &request.body {
            Body::Whole(body) | Body::TooLarge(body) | Body::Broken(body) => body,
        };
        let excerpt = String::from_utf8_lossy(&bytes[..bytes.len().min(EXCERPT)]).replace('\0', "");
        Self {
            bot: request.bot.chars().take(64).collect(),
            kind,
            place: place.to_owned(),
            detail: detail.to_owned(),
            excerpt,
            request_id: request.request_id.clone(),
        }
    }
}

impl Problem {
    /// A problem that is found after its request is gone.
    pub fn of_bot(bot: String, kind: Kind, detail: &str, request_id: Option<String>) -> Self {
        Self {
            bot,
            kind,
            place: String::new(),
            detail: detail.to_owned(),
            excerpt: String::new(),
            request_id,
        }
    }
}

/// The queue.
#[derive(Debug, Default)]
pub struct Problems {
    waiting: Mutex<VecDeque<Problem>>,
    bell: Notify,
    told: std::sync::atomic::AtomicU64,
    dropped: std::sync::atomic::AtomicU64,
}

impl Problems {
    /// Logs a problem and puts it into the queue.
    pub fn tell(&self, problem: Problem) {
        use std::sync::atomic::Ordering::Relaxed;
        tracing::warn!(
            problem.kind = problem.kind.name(),
            bot.id = %problem.bot,
            request.id = problem.request_id.as_deref().unwrap_or_default(),
            place = %problem.place,
            detail = %problem.detail,
            "a skill request could not be served as it came"
        );
        self.told.fetch_add(1, Relaxed);
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.len() == MAX_WAITING {
            waiting.pop_front();
            self.dropped.fetch_add(1, Relaxed);
        }
        waiting.push_back(problem);
        drop(waiting);
        self.bell.notify_one();
    }

    /// How many were told, and how many of them were dropped.
    pub fn counts(&self) -> (u64, u64) {
        use std::sync::atomic::Ordering::Relaxed;
        (self.told.load(Relaxed), self.dropped.load(Relaxed))
    }

    fn take(&self) -> Vec<Problem> {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let count = waiting.len().min(BATCH);
        waiting.drain(..count).collect()
    }

    fn put_back(&self, problems: Vec<Problem>) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        for problem in problems.into_iter().rev() {
            if waiting.len() < MAX_WAITING {
                waiting.push_front(problem);
            }
        }
    }
}

/// Writes the queue to the store, for as long as the server runs.
pub async fn write(hub: &Hub) {
    loop {
        hub.problems.bell.notified().await;
        while flush(hub).await {}
    }
}

/// Writes some of the queue. `false` where nothing is left.
pub async fn flush(hub: &Hub) -> bool {
    let problems = hub.problems.take();
    if problems.is_empty() {
        return false;
    }
    let now_ms = hub.clock.now_ms();
    let rows = problems
        .iter()
        .zip(0_u128..)
        .map(|(problem, number)| NewProblem {
            // Their order is that of their ids, also within a millisecond.
            id: ProblemId::new(now_ms, number << 64 | u128::from(hub.die.roll())),
            workspace: None,
            bot: Some(problem.bot.clone()),
            at: now_ms,
            kind: problem.kind.name(),
            place: problem.place.clone(),
            detail: problem.detail.clone(),
            excerpt: problem.excerpt.clone(),
            request_id: problem.request_id.clone(),
        })
        .collect();
    if let Err(error) = hub.store.record_problems(rows).await {
        tracing::warn!(%error, "problems could not be written; they are tried again");
        hub.problems.put_back(problems);
        tokio::time::sleep(Duration::from_secs(1)).await;
        hub.problems.bell.notify_one();
        return false;
    }
    true
}
