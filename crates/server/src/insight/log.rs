//! The log of requests: from the answer's way out into the store, in batches and bounded.
//!
//! What an answer says is kept with its turn, where `MASK` has been at work, so the log has answers of its own only where
//! there is no turn. Tests of OpenBuilder are lines without content; their pairs stay in memory for a while, for whoever
//! is trying something out (spec product.md K5). When the store is away requests wait in memory; what does not fit is
//! dropped and counted.

use std::{
    collections::{BTreeMap, HashMap, HashSet, VecDeque},
    str::FromStr,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
    time::Duration,
};

use serde::Serialize;
use store::{BotId, NewRequest, NewSeen, RequestAbout, SLOW_US, SeenRow, TurnId, WorkspaceId};
use tokio::sync::Notify;

use super::{
    note::{Noted, Noticed},
    packed,
};
use crate::{
    Hub,
    turns::{Answer, Body, SkillRequest},
};

/// Requests that wait for the writer at most …
const MAX_WAITING: usize = 4_000;
/// … and their bytes.
const MAX_BYTES: usize = 16 * 1024 * 1024;
/// Requests that are written at once.
const BATCH: usize = 128;
/// The writer lets requests gather for so long.
const GATHER: Duration = Duration::from_millis(100);
/// Pairs of tests that stay in memory.
const MAX_TESTS: usize = 100;
/// Rows of `kakao_seen` per bot: names come from outside.
const MAX_SEEN: usize = 200;
/// Bots whose rows are remembered.
const MAX_BOTS: usize = 2_000;

/// Requests on their way to the store.
#[derive(Debug, Default)]
pub struct Log {
    waiting: Mutex<VecDeque<Exchange>>,
    bytes: AtomicUsize,
    bell: Notify,
    dropped: AtomicU64,
    tests: Mutex<VecDeque<TestPair>>,
    known: Mutex<HashMap<BotId, HashSet<Key>>>,
    active: Mutex<HashSet<BotId>>,
}

/// A request and what became of it.
#[derive(Debug)]
struct Exchange {
    request: Arc<SkillRequest>,
    noted: Noted,
    answer: Option<String>,
    status: u16,
    at: i64,
    took_us: i64,
}

/// The pair of a test.
#[derive(Debug, Clone)]
pub struct TestPair {
    /// The request's id.
    pub id: TurnId,
    /// What came.
    pub request: String,
    /// What was answered.
    pub answer: String,
}

/// A row of `kakao_seen`.
type Key = (bool, String, &'static str, String);

/// One of a line's problems, as it is stored.
#[derive(Debug, Serialize)]
struct Written<'a> {
    code: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    place: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    detail: &'a str,
}

impl Log {
    /// Takes a request that has been answered.
    pub fn tell(&self, hub: &Hub, request: &Arc<SkillRequest>, answer: &Answer) {
        let noted = request.note.look();
        // Only what may be a bot of ours: anybody can call any address.
        if BotId::from_str(&request.bot).is_err() || noted.problems.iter().any(|it| it.code == "no-bot") {
            return;
        }
        let keeps = noted.test || !(noted.stored || noted.waits);
        let took = hub.clock.instant() - request.arrived;
        let exchange = Exchange {
            answer: keeps.then(|| answer.body.clone()),
            noted,
            status: if answer.refused { 401 } else { 200 },
            at: request.id.made_at(),
            took_us: i64::try_from(took.as_micros()).unwrap_or(i64::MAX),
            request: Arc::clone(request),
        };
        let size = exchange.size();
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.len() >= MAX_WAITING || self.bytes.load(Ordering::Relaxed) + size > MAX_BYTES {
            self.dropped.fetch_add(1, Ordering::Relaxed);
            return;
        }
        self.bytes.fetch_add(size, Ordering::Relaxed);
        waiting.push_back(exchange);
        drop(waiting);
        self.bell.notify_one();
    }

    /// How many requests came too fast to be written down.
    pub fn dropped(&self) -> u64 {
        self.dropped.load(Ordering::Relaxed)
    }

    /// The pair of a test, while it is remembered.
    pub fn test(&self, id: TurnId) -> Option<TestPair> {
        let tests = self.tests.lock().unwrap_or_else(PoisonError::into_inner);
        tests.iter().find(|pair| pair.id == id).cloned()
    }

    /// Forgets what is known to be stored of a bot.
    pub fn forget(&self, bot: BotId) {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).remove(&bot);
    }

    /// The bots that had requests since this was asked last.
    pub fn active(&self) -> HashSet<BotId> {
        std::mem::take(&mut *self.active.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn take(&self) -> Vec<Exchange> {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let count = waiting.len().min(BATCH);
        let taken: Vec<_> = waiting.drain(..count).collect();
        let size = taken.iter().map(Exchange::size).sum();
        self.bytes.fetch_sub(size, Ordering::Relaxed);
        taken
    }

    fn put_back(&self, exchanges: Vec<Exchange>) {
        let size = exchanges.iter().map(Exchange::size).sum();
        self.bytes.fetch_add(size, Ordering::Relaxed);
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        for exchange in exchanges.into_iter().rev() {
            waiting.push_front(exchange);
        }
    }

    fn remember(&self, exchange: &Exchange) {
        let mut tests = self.tests.lock().unwrap_or_else(PoisonError::into_inner);
        if tests.len() >= MAX_TESTS {
            tests.pop_front();
        }
        let bytes = exchange.bytes();
        let bytes = &bytes[..bytes.len().min(packed::MAX_KEPT)];
        tests.push_back(TestPair {
            id: exchange.request.id,
            request: String::from_utf8_lossy(bytes).into_owned(),
            answer: exchange.answer.clone().unwrap_or_default(),
        });
    }
}

impl Exchange {
    fn bytes(&self) -> &[u8] {
        match &self.request.body {
            Body::Whole(bytes) | Body::TooLarge(bytes) | Body::Broken(bytes) => bytes,
        }
    }

    fn size(&self) -> usize {
        self.bytes().len() + self.answer.as_ref().map_or(0, String::len) + 512
    }

    /// What is seen of the channel's set-up in it: names, and whether the row begins anew.
    fn seen(&self) -> Vec<(&'static str, String, String, bool)> {
        let noted = &self.noted;
        let mut seen = Vec::new();
        let mut sign = |name: &str, detail: &str, anew: bool| {
            seen.push(("sign", name.to_owned(), detail.to_owned(), anew));
        };
        if noted.accepted {
            sign("accepted", "", false);
        }
        if noted.callback {
            sign("callback", "", false);
        }
        if noted.pressed && noted.accepted {
            sign("pressed", "", false);
            sign("offered", "", true);
        }
        if noted.offers {
            sign("offered", "", false);
        }
        for problem in &noted.problems {
            sign(&problem.code, &problem.detail, false);
        }
        if self.took_us >= SLOW_US {
            sign("slow", "", false);
        }
        // Who knows no secret says nothing about the set-up, and invents names.
        if noted.accepted {
            if !noted.kind.is_empty() {
                seen.push((noted.kind, noted.block.clone(), String::new(), false));
            }
            if !noted.kakao_bot.is_empty() {
                seen.push(("bot", noted.kakao_bot.clone(), String::new(), false));
            }
        }
        seen
    }
}

/// Writes the queue to the store, for as long as the server runs.
pub async fn write(hub: &Hub) {
    loop {
        hub.insight.log.bell.notified().await;
        tokio::time::sleep(GATHER).await;
        while flush(hub).await {}
    }
}

/// Writes some of the queue. `false` where nothing is left or nothing could be written.
pub async fn flush(hub: &Hub) -> bool {
    let log = &hub.insight.log;
    let exchanges = log.take();
    if exchanges.is_empty() {
        return false;
    }
    match write_some(hub, &exchanges).await {
        Ok(()) => true,
        Err(error) => {
            tracing::warn!(%error, "requests could not be written down; they are tried again");
            log.put_back(exchanges);
            tokio::time::sleep(Duration::from_secs(1)).await;
            log.bell.notify_one();
            false
        }
    }
}

async fn write_some(hub: &Hub, exchanges: &[Exchange]) -> Result<(), store::StoreError> {
    let log = &hub.insight.log;
    let mut rows = Vec::with_capacity(exchanges.len());
    let mut seen: BTreeMap<(BotId, Key), NewSeen> = BTreeMap::new();
    for exchange in exchanges {
        let Ok(bot) = BotId::from_str(&exchange.request.bot) else { continue };
        let workspace = match exchange.noted.workspace {
            Some(workspace) => workspace,
            // The request was not read so far that anybody asked for the bot.
            None => match hub.store.bot(bot).await?.filter(|row| row.deleted_at.is_none()) {
                Some(row) => row.workspace,
                None => continue,
            },
        };
        if exchange.noted.test {
            log.remember(exchange);
        }
        log.active.lock().unwrap_or_else(PoisonError::into_inner).insert(bot);
        rows.push(row_of(exchange, bot, workspace));
        for (what, name, detail, anew) in exchange.seen() {
            add(&mut seen, exchange, (bot, workspace), (what, name, detail, anew));
        }
    }
    let mut allowed = Vec::new();
    for ((bot, key), new) in seen {
        if may_write(hub, bot, &key).await? {
            allowed.push(new);
        }
    }
    hub.store.log_requests(rows, allowed).await
}

fn add(
    seen: &mut BTreeMap<(BotId, Key), NewSeen>,
    exchange: &Exchange,
    (bot, workspace): (BotId, WorkspaceId),
    (what, name, detail, anew): (&'static str, String, String, bool),
) {
    let (draft, mode) = (exchange.request.draft, exchange.noted.mode_name().to_owned());
    let new = seen.entry((bot, (draft, mode.clone(), what, name.clone()))).or_insert_with(|| NewSeen {
        bot,
        workspace,
        row: SeenRow {
            draft,
            mode,
            what: what.to_owned(),
            name,
            detail: String::new(),
            first_at: exchange.at,
            last_at: exchange.at,
            times: 0,
            took_us: 0,
            slowest_us: 0,
        },
        anew: false,
    });
    if anew {
        new.anew = true;
        new.row.times = 0;
        return;
    }
    new.row.times += 1;
    new.row.detail = detail;
    new.row.last_at = new.row.last_at.max(exchange.at);
    new.row.took_us = exchange.took_us;
    new.row.slowest_us = new.row.slowest_us.max(exchange.took_us);
}

/// Is this row there already, or is there room for it?
async fn may_write(hub: &Hub, bot: BotId, key: &Key) -> Result<bool, store::StoreError> {
    let log = &hub.insight.log;
    let known = || log.known.lock().unwrap_or_else(PoisonError::into_inner);
    if !known().contains_key(&bot) {
        let rows = hub.store.kakao_seen(bot).await?;
        let keys = rows.into_iter().filter_map(|row| {
            let what =
                ["welcome", "fallback", "other", "bot", "sign"].into_iter().find(|it| *it == row.what)?;
            Some((row.draft, row.mode, what, row.name))
        });
        let keys = keys.collect();
        let mut known = known();
        if known.len() >= MAX_BOTS {
            known.clear();
        }
        known.insert(bot, keys);
    }
    let mut known = known();
    let keys = known.entry(bot).or_default();
    Ok(keys.contains(key) || keys.len() < MAX_SEEN && keys.insert(key.clone()))
}

fn row_of(exchange: &Exchange, bot: BotId, workspace: WorkspaceId) -> NewRequest {
    let (request, noted) = (&exchange.request, &exchange.noted);
    let slow = (exchange.took_us >= SLOW_US).then(|| Noticed {
        code: "slow".to_owned(),
        place: String::new(),
        detail: String::new(),
    });
    let problems: Vec<Written<'_>> = noted
        .problems
        .iter()
        .chain(&slow)
        .map(|it| Written { code: &it.code, place: &it.place, detail: &it.detail })
        .collect();
    let first = problems.first().map(|it| it.code.to_owned());
    let bytes = exchange.bytes();
    NewRequest {
        bot,
        id: request.id,
        workspace,
        about: RequestAbout {
            at: exchange.at,
            draft: request.draft,
            mode: noted.mode_name().to_owned(),
            kind: noted.kind.to_owned(),
            block: noted.block.clone(),
            user_key: noted.user.clone().filter(|_| !noted.test),
            request_id: request.request_id.clone(),
            took_us: exchange.took_us,
            status: i64::from(exchange.status),
            stored: noted.stored || noted.waits,
            problems: first.is_some().then(|| serde_json::to_string(&problems).unwrap_or_default()),
            problem: first,
            size: bytes.len() as i64,
        },
        packed: (!noted.test).then(|| packed::pack(bytes)),
        answer: exchange.answer.clone().filter(|_| !noted.test),
    }
}

impl Noted {
    /// The mode's name, also where nothing could be read.
    fn mode_name(&self) -> &'static str {
        if self.mode.is_empty() { "unknown" } else { self.mode }
    }
}
