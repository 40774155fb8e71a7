//! Live chat killed under load: what was acknowledged is there once, whoever else was connected.
//!
//! Some customers and agents talk as fast as they are answered, for most kills strike them in the middle of something. Beside
//! them is the crowd that a busy team has: customers who write once a second, consoles that watch everything, pages that are
//! open and silent; after each kill all of them come back at once, as browsers do. The server dies at a moment by chance, also
//! while the crowd is still coming back.

use std::{
    collections::{HashMap, HashSet},
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use anyhow::{Context as _, bail, ensure};
use futures_util::StreamExt as _;
use serde_json::{Value, json};
use store::{ChatItem, ChatQuery, Options, Store, WorkspaceId};
use tokio::{io::AsyncReadExt as _, sync::Mutex, task::JoinSet};
use tokio_tungstenite::tungstenite::Message;

use crate::{
    livechat::{CALL, Team, customer, dice, done, install, page, says},
    product::Closer,
    reports::now,
    webchat::{enough_files, visitors},
};

/// Customers who write as fast as they are answered, and conversations in which an agent does.
const BUSY: usize = 8;
/// Each of the crowd's customers writes so often.
const PAUSE: Duration = Duration::from_secs(1);
/// Of so many consoles one reads what it gets, and looks for gaps.
const READS: usize = 15;
/// Conversations of a list that are read at once.
const PIECE: u32 = 1_000;

/// Who is there besides those who are busy.
#[derive(Debug)]
pub struct Crowd {
    /// Customers whose consultation was asked for.
    pub customers: usize,
    /// Consoles that watch the workspace.
    pub consoles: usize,
    /// Web chats in which nothing is said.
    pub pages: usize,
    /// The server lives so long at most.
    pub longest: Duration,
}

/// The load that is promised: 200 messages a second, 300 agents, 10,000 web chats.
pub const CROWD: Crowd =
    Crowd { customers: 200, consoles: 300, pages: 10_000, longest: Duration::from_secs(6) };
/// What a short run can afford.
pub const FEW: Crowd = Crowd { customers: 20, consoles: 30, pages: 200, longest: Duration::from_secs(1) };

/// What the rounds have in common.
#[derive(Debug, Default)]
struct Ledger {
    /// Texts that the server said it has.
    acknowledged: Mutex<HashSet<String>>,
    /// What each writer has sent and has no answer to.
    pending: Mutex<HashMap<String, String>>,
    /// The last event that each reading console has seen.
    seen: Mutex<HashMap<usize, i64>>,
    /// What a console missed, if one did.
    gap: Mutex<Option<String>>,
    /// Connected at this moment.
    connected: AtomicUsize,
}

/// Kills the server at moments by chance while customers and agents talk: what was acknowledged is there once, and what was
/// not is sent again and is there once, too. Consoles that come back get what they missed, and pages are greeted once.
pub async fn kills(
    name: &str,
    folder: &Path,
    database: Option<&str>,
    (rounds, crowd): (u64, &Crowd),
) -> anyhow::Result<()> {
    enough_files(crowd.customers + crowd.consoles + crowd.pages)?;
    let closer = &install(folder, database)?;
    let now_ms = now(folder)?;
    let mut server = closer.serve()?;
    let mut team = Team::enter(&server, &closer.bot).await?;
    let mut tokens = Vec::new();
    for number in 0..BUSY + crowd.customers {
        tokens.push(customer(&team, number).await?.1);
    }
    let chats = asked_for(&team).await?;
    // They were greeted and say nothing; their pages close here.
    let silent: Arc<Vec<String>> =
        Arc::new(visitors(&team, crowd.pages).await?.into_iter().map(|(_, token)| token).collect());
    let ledger = Arc::new(Ledger::default());
    let mut there = Vec::new();
    for round in 0..rounds {
        team.address.clone_from(&server.address);
        ledger.connected.store(0, Ordering::Relaxed);
        let mut all = JoinSet::new();
        for (number, token) in tokens.iter().enumerate() {
            let (team, token, ledger) = (team.clone(), token.clone(), Arc::clone(&ledger));
            let pause = (number >= BUSY).then_some(PAUSE);
            all.spawn(async move {
                // Whatever breaks is the kill; what had no answer by then is sent again next time.
                let _ = customer_talks(&team, (&token, number), (round, pause), &ledger).await;
            });
        }
        for (number, chat) in chats.iter().take(BUSY).enumerate() {
            let (team, chat, ledger) = (team.clone(), chat.clone(), Arc::clone(&ledger));
            all.spawn(async move {
                let _ = agent_talks(&team, (&chat, number), round, &ledger).await;
            });
        }
        for number in 0..crowd.consoles {
            let (team, ledger) = (team.clone(), Arc::clone(&ledger));
            all.spawn(async move {
                let _ = watches(&team, number, &ledger).await;
            });
        }
        let herd = tokio::spawn(come_back(team.clone(), silent.clone(), Arc::clone(&ledger)));
        let longest = crowd.longest.as_millis();
        let moment = 60 + (dice(round as i64, 8) >> 16) % longest;
        tokio::time::sleep(Duration::from_millis(moment as u64)).await;
        there.push(ledger.connected.load(Ordering::Relaxed));
        server.kill();
        herd.abort();
        while all.join_next().await.is_some() {}
        let _ = herd.await;
        if let Some(gap) = ledger.gap.lock().await.take() {
            bail!("{name}: after {round} kills a console missed something: {gap}");
        }
        server = closer.serve()?;
    }
    team.address.clone_from(&server.address);
    settle(&team, &tokens, &ledger).await?;
    catch_up(name, &team, crowd.consoles, &ledger).await?;
    drop(server);
    there.sort_unstable();
    println!(
        "{name}: connected when it was killed: {} at the median, {} at most, of {}",
        there.get(there.len() / 2).copied().unwrap_or_default(),
        there.last().copied().unwrap_or_default(),
        BUSY + crowd.customers + crowd.consoles + crowd.pages
    );
    let acknowledged = ledger.acknowledged.lock().await;
    check(name, closer, (rounds, now_ms), &acknowledged, crowd.pages).await
}

/// The conversations that wait for an agent.
async fn asked_for(team: &Team) -> anyhow::Result<Vec<String>> {
    let path = format!("{}/chats?state=requested", team.base);
    let list = team.wire().await?.ask("GET", &path, &Value::Null).await?;
    let items = list["items"].as_array().into_iter().flatten();
    let chats: Vec<String> = items.filter_map(|chat| chat["id"].as_str().map(str::to_owned)).collect();
    ensure!(chats.len() >= BUSY, "{list}");
    Ok(chats)
}

/// All silent pages come back, and stay until this is dropped.
async fn come_back(team: Team, tokens: Arc<Vec<String>>, ledger: Arc<Ledger>) {
    let mut pages = JoinSet::new();
    for token in tokens.iter() {
        let (team, token, ledger) = (team.clone(), token.clone(), Arc::clone(&ledger));
        pages.spawn(async move {
            let mut socket = page(&team, &token).await?;
            ledger.connected.fetch_add(1, Ordering::Relaxed);
            while socket.next().await.is_some_and(|frame| frame.is_ok()) {}
            anyhow::Ok(())
        });
    }
    while pages.join_next().await.is_some() {}
}

async fn customer_talks(
    team: &Team,
    (token, number): (&str, usize),
    (round, pause): (u64, Option<Duration>),
    ledger: &Ledger,
) -> anyhow::Result<()> {
    let mut socket = page(team, token).await?;
    ledger.connected.fetch_add(1, Ordering::Relaxed);
    if let Some(pause) = pause {
        // They do not all write at the same moment.
        tokio::time::sleep(pause.mul_f64(number as f64 % 97.0 / 97.0)).await;
    }
    let writer = format!("customer-{number}");
    for count in 0.. {
        let id = ledger.next(&writer, round, count).await;
        says(&mut socket, &id, &id).await?;
        done(&mut socket, &id).await?;
        ledger.has(&writer, id).await;
        if let Some(pause) = pause {
            tokio::time::sleep(pause).await;
        }
    }
    Ok(())
}

async fn agent_talks(
    team: &Team,
    (chat, number): (&str, usize),
    round: u64,
    ledger: &Ledger,
) -> anyhow::Result<()> {
    let mut wire = team.wire().await?;
    let writer = format!("agent-{number}");
    for count in 0.. {
        let id = ledger.next(&writer, round, count).await;
        let body = json!({"clientId": id, "data": {"type": "text", "text": id}});
        wire.ask("POST", &format!("{}/chats/{chat}/messages", team.base), &body).await?;
        ledger.has(&writer, id).await;
    }
    Ok(())
}

impl Ledger {
    /// What this writer says next: what had no answer, else something new.
    async fn next(&self, writer: &str, round: u64, count: usize) -> String {
        let mut pending = self.pending.lock().await;
        pending.entry(writer.to_owned()).or_insert_with(|| format!("{writer}-{round}-{count}")).clone()
    }

    /// The server has it.
    async fn has(&self, writer: &str, id: String) {
        self.pending.lock().await.remove(writer);
        self.acknowledged.lock().await.insert(id);
    }
}

/// A console. Some read every event and say where one is missing, also between two connections.
async fn watches(team: &Team, number: usize, ledger: &Ledger) -> anyhow::Result<()> {
    if !number.is_multiple_of(READS) {
        let mut stream = team.console(None).await?.into_inner();
        ledger.connected.fetch_add(1, Ordering::Relaxed);
        let mut buffer = vec![0; 64 * 1024];
        while stream.read(&mut buffer).await? > 0 {}
        return Ok(());
    }
    let after = ledger.seen.lock().await.get(&number).copied();
    let mut socket = team.console(after).await?;
    ledger.connected.fetch_add(1, Ordering::Relaxed);
    while let Some(Ok(frame)) = socket.next().await {
        ledger.reads(number, &frame).await?;
    }
    Ok(())
}

impl Ledger {
    /// A console got this frame: it must be the one after the last.
    async fn reads(&self, number: usize, frame: &Message) -> anyhow::Result<()> {
        let Message::Text(text) = frame else { return Ok(()) };
        let frame: Value = serde_json::from_str(text)?;
        let mut seen = self.seen.lock().await;
        let known = seen.get(&number).copied();
        match (frame["type"].as_str(), frame["seq"].as_i64(), known) {
            (Some("hello"), Some(seq), None) => {
                seen.insert(number, seq);
            }
            (Some("hello"), Some(seq), Some(known)) if seq == known => {}
            (Some("hello" | "reset"), seq, known) => {
                *self.gap.lock().await = Some(format!("it had seen {known:?} and was sent to {seq:?}"));
            }
            (_, Some(seq), Some(known)) if seq == known + 1 => {
                seen.insert(number, seq);
            }
            (_, Some(seq), known) => {
                *self.gap.lock().await = Some(format!("{seq} came after {known:?}"));
            }
            // Who is there and who types has no number.
            (_, None, _) => {}
        }
        Ok(())
    }
}

/// What the last kill left without an answer is sent once more.
async fn settle(team: &Team, tokens: &[String], ledger: &Ledger) -> anyhow::Result<()> {
    for (number, token) in tokens.iter().enumerate() {
        let writer = format!("customer-{number}");
        let left = ledger.pending.lock().await.get(&writer).cloned();
        if let Some(id) = left {
            let mut socket = page(team, token).await?;
            says(&mut socket, &id, &id).await?;
            done(&mut socket, &id).await?;
            ledger.has(&writer, id).await;
        }
    }
    Ok(())
}

/// Every reading console comes back once more and gets everything up to the newest event.
async fn catch_up(name: &str, team: &Team, consoles: usize, ledger: &Ledger) -> anyhow::Result<()> {
    for number in (0..consoles).step_by(READS) {
        let after = ledger.seen.lock().await.get(&number).copied();
        // A console of now says which event is the newest.
        let hello = team.console(None).await?.next().await.context("no greeting")??;
        let newest: Value = serde_json::from_str(hello.to_text()?)?;
        let newest = newest["seq"].as_i64().context("no number")?;
        let mut socket = team.console(after).await?;
        let coming = async {
            while ledger.seen.lock().await.get(&number).is_none_or(|seen| *seen < newest) {
                let frame = socket.next().await.context("the console was closed")??;
                ledger.reads(number, &frame).await?;
            }
            anyhow::Ok(())
        };
        tokio::time::timeout(crate::livechat::PATIENCE, coming).await.context("events stayed away")??;
        if let Some(gap) = ledger.gap.lock().await.take() {
            bail!("{name}: at the end a console missed something: {gap}");
        }
    }
    Ok(())
}

/// Every message is there once, threads and events have no gap, silent pages were greeted once.
async fn check(
    name: &str,
    closer: &Closer,
    (rounds, now_ms): (u64, i64),
    acknowledged: &HashSet<String>,
    pages: usize,
) -> anyhow::Result<()> {
    let store = Store::open(Options { url: &closer.store_url(), now_ms }).await?;
    let workspace = store.default_workspace(now_ms, 1).await?;
    let mut stored: HashMap<String, u32> = HashMap::new();
    // How many messages silent conversations have, and how many have so many.
    let mut greetings: HashMap<i64, usize> = HashMap::new();
    for chat in all_chats(&store, workspace, closer).await? {
        let mut next = 0;
        let mut is_silent = true;
        loop {
            let piece = store.chat_after(chat.end_user, next - 1, 500).await?;
            if piece.is_empty() {
                break;
            }
            for message in piece {
                ensure!(message.seq == next, "{name}: message {next} of {} is missing", chat.end_user);
                next += 1;
                let said: Value = serde_json::from_str(&message.data)?;
                if message.sender != "bot" {
                    is_silent = false;
                    *stored.entry(said["text"].as_str().unwrap_or_default().to_owned()).or_default() += 1;
                }
            }
        }
        if is_silent {
            *greetings.entry(next).or_default() += 1;
        }
    }
    ensure!(
        greetings.len() == 1 && greetings.values().sum::<usize>() == pages,
        "{name}: of {pages} silent pages so many have so many messages: {greetings:?}"
    );
    stored.remove(CALL);
    let last = last_event(name, &store, workspace).await?;
    let lost: Vec<&String> = acknowledged.iter().filter(|id| !stored.contains_key(*id)).collect();
    let doubled: Vec<&String> = stored.iter().filter(|(_, count)| **count > 1).map(|(id, _)| id).collect();
    ensure!(acknowledged.len() as u64 > rounds, "only {} messages were acknowledged", acknowledged.len());
    ensure!(lost.is_empty(), "{name}: {} acknowledged messages are lost: {:?}", lost.len(), lost.first());
    ensure!(doubled.is_empty(), "{name}: {} messages are there twice: {:?}", doubled.len(), doubled.first());
    println!(
        "{name}: killed {rounds} times while customers and agents talked; {} acknowledged messages, none lost, none doubled ({} stored, {last} events without a gap, {pages} silent pages greeted once)",
        acknowledged.len(),
        stored.len()
    );
    Ok(())
}

async fn all_chats(store: &Store, workspace: WorkspaceId, closer: &Closer) -> anyhow::Result<Vec<ChatItem>> {
    let mut all: Vec<ChatItem> = Vec::new();
    loop {
        let after = all.last().map(|chat| (chat.last_at, chat.end_user));
        let query = ChatQuery { bot: Some(closer.bot.parse()?), limit: PIECE, after, ..ChatQuery::default() };
        let piece = store.chats(workspace, query).await?;
        if piece.is_empty() {
            return Ok(all);
        }
        all.extend(piece);
    }
}

/// The number of the newest event; all before it are there.
async fn last_event(name: &str, store: &Store, workspace: WorkspaceId) -> anyhow::Result<i64> {
    let mut last = 0;
    loop {
        let events = store.live_after(workspace, last, 500).await?;
        let (Some(first), Some(newest)) = (events.first(), events.last()) else { return Ok(last) };
        ensure!(
            first.seq == last + 1 && newest.seq == last + events.len() as i64,
            "{name}: events have a gap"
        );
        last = newest.seq;
    }
}
