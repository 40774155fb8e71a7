//! ConsultationTalk as a process sees it: customers behind a dealer's relay, at a rate, and while the server is killed.
//!
//! The relay runs in this program and shares no code with the channel; what it judges and counts is what customers see.

use std::{
    collections::{HashMap, HashSet},
    path::Path,
    sync::Arc,
    time::Duration,
};

use anyhow::{Context as _, ensure};
use serde_json::{Value, json};
use simulator::relay::{Clock, Dialect, From, Load, Options, Relay};
use store::{ChatQuery, ChatRow, OutRow, Store};
use tokio::{sync::Mutex, task::JoinSet, time::Instant};

use crate::{
    livechat::{PATIENCE, Team, dice},
    measure::{Targets, median},
    product::Closer,
    reports::now,
};

/// The bot: it calls an agent at a word.
const BOT: &str = "examples/survey.json";
const CALL: &str = "상담원 연결";
/// Messages a second.
const RATE: f64 = 200.0;
/// Customers who write in turn.
const PEOPLE: u64 = 500;
/// Customers whose conversations are killed.
const KILLED: usize = 4;
/// A run that is gone holds a call for two minutes; after that everything is sent or has failed.
const AT_REST: Duration = Duration::from_secs(240);

/// Runs by itself: `bench consulttalk [--short]`.
pub async fn run(args: &[&str]) -> anyhow::Result<()> {
    ensure!(args.iter().all(|arg| *arg == "--short"), "consulttalk takes --short and nothing else");
    let seconds = if args.is_empty() { 600 } else { 30 };
    let folder = tempfile::tempdir()?;
    let mut targets = Targets::default();
    load(folder.path(), seconds, &mut targets).await?;
    targets.print();
    Ok(())
}

/// A server that may call this machine, with a bot.
fn install(folder: &Path, database: Option<&str>) -> anyhow::Result<Closer> {
    std::fs::create_dir_all(folder)?;
    std::fs::write(folder.join("closer.toml"), "[outbound]\nallow = [\"127.0.0.0/8\"]\n")?;
    Closer::install(folder, database, BOT)
}

/// Sets the bot's channel up behind this relay; the path where hooks go.
async fn connect(team: &Team, bot: &str, relay: &Relay) -> anyhow::Result<String> {
    let body = json!({
        "enabled": true,
        "relay": relay.dialect().name(),
        "senderKey": relay.sender_key(),
        "settings": {"baseUrl": relay.base_url()},
        "keys": relay.credentials(),
    });
    let path = format!("{}/bots/{bot}/consulttalk", team.base);
    let channel = team.wire().await?.ask("PUT", &path, &body).await?;
    let url = channel["receiveUrl"].as_str().with_context(|| format!("no address: {channel}"))?;
    let at = url.find("/consulttalk/").with_context(|| url.to_owned())?;
    Ok(url[at..].to_owned())
}

fn points(relay: &Relay, address: &str, path: &str) -> anyhow::Result<()> {
    ensure!(relay.set_receive(&format!("http://{address}{path}")), "{address} is no address of this machine");
    Ok(())
}

async fn load(folder: &Path, seconds: u64, targets: &mut Targets) -> anyhow::Result<()> {
    let closer = install(folder, None)?;
    let now_ms = now(folder)?;
    let server = closer.serve()?;
    let team = Team::enter(&server, &closer.bot).await?;
    let options = Options { clock: Clock::from(now_ms), keep: 20, ..Options::of(Dialect::Native) };
    let relay = Relay::start(Dialect::Native, options).await?;
    let path = connect(&team, &closer.bot, &relay).await?;
    points(&relay, &server.address, &path)?;
    let messages = (RATE * seconds as f64) as u64;
    let turns = messages / PEOPLE;
    let load = Load {
        users: PEOPLE,
        first_user: 0,
        messages,
        rate: RATE,
        at_once: 64,
        says: (0..=turns).map(said).collect(),
    };
    let running = {
        let relay = relay.clone();
        tokio::spawn(async move { relay.load(&load).await })
    };
    let mut memory = Vec::new();
    while !running.is_finished() {
        tokio::time::sleep(Duration::from_secs(1)).await;
        memory.push(server.memory());
    }
    let loaded = running.await?;
    let begun = Instant::now();
    let mut bubbles = 0;
    // What is still on its way to customers.
    while bubbles < relay.counts().bubbles && begun.elapsed() < PATIENCE {
        bubbles = relay.counts().bubbles;
        tokio::time::sleep(Duration::from_secs(2)).await;
    }
    println!(
        "\nConsultationTalk, SQLite: {messages} messages of {PEOPLE} customers in {:.0} s",
        loaded.seconds
    );
    println!(
        "hooks answered: p50 {:.1} ms, p99 {:.1}, slowest {:.1}; {} given up",
        loaded.hook_p50, loaded.hook_p99, loaded.hook_max, loaded.lost
    );
    println!(
        "customers answered: {} times, p50 {:.0} ms, p99 {:.0}, slowest {:.0}; {bubbles} bubbles, {} broken rules",
        loaded.answered,
        loaded.answer_p50,
        loaded.answer_p99,
        loaded.answer_max,
        relay.counts().violations
    );
    let part = (memory.len() / 3).clamp(1, 60);
    let early = median(memory.iter().skip(part).take(part).copied().collect());
    let late = median(memory.iter().rev().take(part).copied().collect());
    println!("memory: {early:.0} MiB after the first {part} s, {late:.0} MiB in the last");
    drop(server);
    ensure!(loaded.lost == 0, "{} messages were given up", loaded.lost);
    ensure!(relay.counts().violations == 0, "{:?}", relay.violations().first());
    in_order(&closer, now_ms, messages).await?;
    targets.at_most("Hooks answered, p99, ms", loaded.hook_p99, 50.0);
    targets.at_most(
        "Messages a second that were asked for to those that came",
        RATE * loaded.seconds / messages as f64,
        1.02,
    );
    targets.at_most("Memory in the last minute to after the first", late / early, 1.15);
    Ok(())
}

fn said(turn: u64) -> String {
    format!("{turn}번째 말이에요")
}

/// Each customer's messages are there once, in the order in which they were written.
async fn in_order(closer: &Closer, now_ms: i64, messages: u64) -> anyhow::Result<()> {
    let store = Store::open(store::Options { url: &closer.store_url(), now_ms }).await?;
    let mut stored = 0;
    for chat in chats(&store, closer, now_ms).await? {
        for (turn, (is_user, text)) in
            thread(&store, &chat).await?.into_iter().filter(|(user, _)| *user).enumerate()
        {
            ensure!(is_user && text == said(turn as u64), "{}: {text} is number {turn}", chat.user_key);
            stored += 1;
        }
    }
    ensure!(stored == messages, "{stored} of {messages} messages are there");
    println!("each of {messages} messages is there once, in its customer's order");
    Ok(())
}

async fn chats(store: &Store, closer: &Closer, now_ms: i64) -> anyhow::Result<Vec<ChatRow>> {
    let workspace = store.default_workspace(now_ms, 1).await?;
    let own = ChatQuery { bot: Some(closer.bot.parse()?), limit: 10_000, ..ChatQuery::default() };
    Ok(store.chats(workspace, own).await?)
}

/// Was it the customer, and what was said.
async fn thread(store: &Store, chat: &ChatRow) -> anyhow::Result<Vec<(bool, String)>> {
    let mut all = Vec::new();
    loop {
        let piece = store.chat_after(chat.end_user, all.len() as i64 - 1, 500).await?;
        if piece.is_empty() {
            return Ok(all);
        }
        for message in piece {
            ensure!(message.seq == all.len() as i64, "message {} of {} is missing", all.len(), chat.user_key);
            all.push((message.is_user, text(&message.data)));
        }
    }
}

fn text(data: &str) -> String {
    let data: Value = serde_json::from_str(data).unwrap_or_default();
    data["text"].as_str().unwrap_or_default().to_owned()
}

/// Kills the server at moments by chance while customers and agents talk. What a relay was told to be taken is stored once;
/// what an agent's console was told to be said is in the customer's hands once where the relay knows numbers again, at most
/// once where it does not, and never without a state.
pub async fn kills(name: &str, folder: &Path, database: Option<&str>, rounds: u64) -> anyhow::Result<()> {
    for dialect in [Dialect::Native, Dialect::Dktechin] {
        // One folder for both: the secrets of a database have one key.
        let closer = install(folder, database)?;
        let killed = Killed::start(&closer, folder, dialect).await?;
        killed.run(name, rounds).await?;
    }
    Ok(())
}

/// What is being killed, and what was promised so far.
struct Killed<'a> {
    closer: &'a Closer,
    now_ms: i64,
    relay: Relay,
    path: String,
    team: Team,
    server: crate::product::Running,
    chats: Vec<String>,
    taken: Arc<Mutex<HashSet<String>>>,
    accepted: Arc<Mutex<HashSet<String>>>,
    /// What each agent's console has no answer for.
    open: Arc<Mutex<HashMap<usize, String>>>,
}

fn person(number: usize) -> String {
    format!("person{number}")
}

impl<'a> Killed<'a> {
    async fn start(closer: &'a Closer, folder: &Path, dialect: Dialect) -> anyhow::Result<Self> {
        let now_ms = now(folder)?;
        let server = closer.serve()?;
        let team = Team::enter(&server, &closer.bot).await?;
        let options = Options {
            clock: Clock::from(now_ms),
            keep: 1_000_000,
            remember: 1_000_000,
            ..Options::of(dialect)
        };
        let relay = Relay::start(dialect, options).await?;
        let path = connect(&team, &closer.bot, &relay).await?;
        points(&relay, &server.address, &path)?;
        for number in 0..KILLED {
            ensure!(relay.write(&person(number), CALL).await.taken(), "the first word was not taken");
        }
        let mut wire = team.wire().await?;
        let list = format!("{}/chats?state=requested&bot={}", team.base, closer.bot);
        let begun = Instant::now();
        let chats: Vec<String> = loop {
            let list = wire.ask("GET", &list, &Value::Null).await?;
            let items = list["items"].as_array().into_iter().flatten();
            let own = items.filter(|chat| chat["botId"].as_str().is_none_or(|bot| bot == closer.bot));
            let ids: Vec<String> = own.filter_map(|chat| chat["id"].as_str().map(str::to_owned)).collect();
            if ids.len() == KILLED {
                break ids;
            }
            ensure!(begun.elapsed() < PATIENCE, "{list}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        };
        for chat in &chats {
            wire.ask("POST", &format!("{}/chats/{chat}/take", team.base), &Value::Null).await?;
        }
        Ok(Self {
            closer,
            now_ms,
            relay,
            path,
            team,
            server,
            chats,
            taken: Arc::default(),
            accepted: Arc::default(),
            open: Arc::default(),
        })
    }

    async fn run(mut self, name: &str, rounds: u64) -> anyhow::Result<()> {
        for round in 0..rounds {
            let before = self.said().await;
            let mut talking = JoinSet::new();
            for number in 0..KILLED {
                talking.spawn(writes(self.relay.clone(), (round, number), Arc::clone(&self.taken)));
                let (team, chat) = (self.team.clone(), self.chats[number].clone());
                let (accepted, open) = (Arc::clone(&self.accepted), Arc::clone(&self.open));
                talking.spawn(async move {
                    // Whatever breaks is the kill; what had no answer by then is sent again next time.
                    let _ = answers(&team, &chat, (round, number), &accepted, &open).await;
                });
            }
            self.talks(&before).await?;
            tokio::time::sleep(Duration::from_millis((dice(round as i64, 9) >> 16) as u64 % 400)).await;
            self.server.kill();
            while talking.join_next().await.is_some() {}
            self.server = self.closer.serve()?;
            self.team.address.clone_from(&self.server.address);
            points(&self.relay, &self.server.address, &self.path)?;
            // The relay forgot what was answered, too.
            self.relay.resend_last(20).await;
        }
        for number in 0..KILLED {
            let left = self.open.lock().await.remove(&number);
            if let Some(left) = left {
                says(&self.team, &self.chats[number], &left).await?;
                self.accepted.lock().await.insert(left);
            }
        }
        self.rest().await?;
        let Self { closer, now_ms, relay, taken, accepted, server, .. } = self;
        drop(server);
        let store = Store::open(store::Options { url: &closer.store_url(), now_ms }).await?;
        let (taken, accepted) = (taken.lock().await, accepted.lock().await);
        ensure!(taken.len() as u64 >= rounds && accepted.len() as u64 >= rounds, "hardly anything was said");
        let mut stored: HashMap<String, usize> = HashMap::new();
        let (mut sent, mut failed) = (0, 0);
        for chat in chats(&store, closer, now_ms).await? {
            for (_, text) in thread(&store, &chat).await? {
                *stored.entry(text).or_default() += 1;
            }
            let shown: Vec<String> = relay
                .room(&chat.user_key)
                .into_iter()
                .filter(|shown| shown.from == From::Company)
                .map(|shown| shown.bubble.text)
                .collect();
            for out in store.outs_between(chat.end_user, 0, i64::MAX).await? {
                let said = text(&out.data);
                if !said.starts_with("답 ") {
                    continue;
                }
                let times = shown.iter().filter(|text| **text == said).count();
                match judged(relay.dialect(), &out, times) {
                    Ok(true) => sent += 1,
                    Ok(false) => failed += 1,
                    Err(why) => anyhow::bail!("{name}, {}: {said} {why}: {out:?}", relay.dialect().name()),
                }
            }
        }
        for said in taken.iter().chain(accepted.iter()) {
            ensure!(stored.contains_key(said), "{name}: {said} was acknowledged and is lost");
        }
        let doubled = stored
            .iter()
            .find(|(said, count)| **count > 1 && (said.starts_with("답 ") || said.starts_with("말 ")));
        ensure!(doubled.is_none(), "{name}: {doubled:?} is there twice");
        ensure!(relay.counts().violations == 0, "{:?}", relay.violations().first());
        println!(
            "{name}, {}: killed {rounds} times; {} words of customers and {} of agents acknowledged, none lost, none doubled; {sent} shown once, {failed} visibly failed",
            relay.dialect().name(),
            taken.len(),
            accepted.len()
        );
        Ok(())
    }

    /// How much was acknowledged: of customers, of agents.
    async fn said(&self) -> (usize, usize) {
        (self.taken.lock().await.len(), self.accepted.lock().await.len())
    }

    /// Waits until both sides talk, however slow the machine is.
    async fn talks(&self, before: &(usize, usize)) -> anyhow::Result<()> {
        let begun = Instant::now();
        loop {
            let said = self.said().await;
            if said.0 > before.0 && said.1 > before.1 {
                return Ok(());
            }
            ensure!(begun.elapsed() < PATIENCE, "nobody talks: {before:?}, {said:?}");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// Waits until everything that was said is sent or has failed.
    async fn rest(&self) -> anyhow::Result<()> {
        let mut wire = self.team.wire().await?;
        let begun = Instant::now();
        // What was acknowledged and waits is not lost, but it has to be taken up in the end.
        let channel = format!("{}/bots/{}/consulttalk", self.team.base, self.closer.bot);
        loop {
            let waiting = wire.ask("GET", &channel, &Value::Null).await?["waiting"].clone();
            if waiting == 0 {
                break;
            }
            ensure!(begun.elapsed() < AT_REST, "{waiting} of what was acknowledged is never taken up");
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        for chat in &self.chats {
            let mut after = -1;
            // Piece by piece: the next one is looked at when this one rests.
            loop {
                let path = format!("{}/chats/{chat}/messages?after={after}", self.team.base);
                let page = wire.ask("GET", &path, &Value::Null).await?;
                let messages = page["messages"].as_array().map(Vec::as_slice).unwrap_or_default();
                let mut states = messages
                    .iter()
                    .flat_map(|message| message["deliveries"].as_array().into_iter().flatten())
                    .filter_map(|delivery| delivery["state"].as_str());
                if states.all(|state| ["sent", "failed"].contains(&state)) {
                    after = messages.last().and_then(|message| message["seq"].as_i64()).unwrap_or(after);
                    if page["more"] != true {
                        break;
                    }
                    continue;
                }
                ensure!(begun.elapsed() < AT_REST, "something is neither sent nor failed: {page}");
                tokio::time::sleep(Duration::from_millis(500)).await;
            }
        }
        Ok(())
    }
}

/// Was it shown as its state says? Whether it is sent; why not, where that may not be.
fn judged(dialect: Dialect, out: &OutRow, times: usize) -> Result<bool, String> {
    match (out.state.as_str(), times) {
        ("sent", 1) => Ok(true),
        ("failed", 0 | 1) if dialect != Dialect::Native => Ok(false),
        (state, times) => Err(format!("is {state} and was shown {times} times")),
    }
}

/// A customer writes until a hook is not taken.
async fn writes(relay: Relay, (round, number): (u64, usize), taken: Arc<Mutex<HashSet<String>>>) {
    for count in 0.. {
        let said = format!("말 {round}-{number}-{count}");
        if !relay.write(&person(number), &said).await.taken() {
            return;
        }
        taken.lock().await.insert(said);
    }
}

/// An agent's console sends until it has no answer.
async fn answers(
    team: &Team,
    chat: &str,
    (round, number): (u64, usize),
    accepted: &Mutex<HashSet<String>>,
    open: &Mutex<HashMap<usize, String>>,
) -> anyhow::Result<()> {
    for count in 0.. {
        let left = open.lock().await.get(&number).cloned();
        let said = left.unwrap_or_else(|| format!("답 {round}-{number}-{count}"));
        open.lock().await.insert(number, said.clone());
        says(team, chat, &said).await?;
        open.lock().await.remove(&number);
        accepted.lock().await.insert(said);
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    Ok(())
}

async fn says(team: &Team, chat: &str, said: &str) -> anyhow::Result<()> {
    let body = json!({"clientId": said, "data": {"type": "text", "text": said}});
    let path = format!("{}/chats/{chat}/messages", team.base);
    team.wire().await?.ask("POST", &path, &body).await.map(drop)
}
