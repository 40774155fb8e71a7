//! Live chat under load: agents who watch, customers and agents who talk, and a million stored messages.
//!
//! The way of a message is measured from the customer's socket to the screens of agents, all of whom watch the workspace;
//! opening a conversation is measured as the console does it, with its two calls. The clients run on the same machine as
//! the server, so what they cost is in the figures.

use std::{
    collections::HashMap,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use anyhow::{Context as _, ensure};
use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use store::{
    BotId, ChatCommit, ChatRow, ConversationId, EndUserId, MessageId, NewMessage, NewTurn, Options, Store,
    TurnFacts, TurnId, WorkspaceId,
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    sync::Mutex,
    task::JoinSet,
    time::Instant,
};
use tokio_tungstenite::{
    WebSocketStream, client_async,
    tungstenite::{Message, client::IntoClientRequest as _, http::HeaderValue},
};

use crate::{
    product::{Closer, Running, postgres},
    reports::now,
    webchat,
};

/// The bot: it calls an agent at a word.
const BOT: &str = "examples/survey.json";
pub const CALL: &str = "상담원 연결";
/// Stored messages of one conversation.
const OF_ONE: i64 = 100;
/// Commits under way while they are stored.
const AT_ONCE: usize = 64;
/// Of so many consoles one reads and times what it gets; the others take it and look at nothing.
const TIMED: usize = 15;
/// Customers who talk: each may say two things a second.
const CUSTOMERS: usize = 200;
/// How long a message or an answer may take before the run fails.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// How much of it.
struct Length {
    agents: usize,
    /// Messages a second: from customers, and a tenth of them from agents.
    rate: f64,
    seconds: f64,
    /// Web chats that are connected and silent.
    pages: usize,
    stored: i64,
    opened: usize,
}

const LONG: Length =
    Length { agents: 300, rate: 200.0, seconds: 60.0, pages: 10_000, stored: 1_000_000, opened: 1_000 };
const SHORT: Length =
    Length { agents: 30, rate: 40.0, seconds: 5.0, pages: 1_000, stored: 20_000, opened: 100 };

/// The socket of a page or a console.
pub type Socket = WebSocketStream<TcpStream>;

/// Measures and prints everything, on both databases.
pub async fn livechat(args: &[&str]) -> anyhow::Result<()> {
    let length = match args {
        [] => LONG,
        ["--short"] => SHORT,
        _ => anyhow::bail!("livechat takes --short and nothing else"),
    };
    let folder = tempfile::tempdir()?;
    let url = postgres("livechat").await?;
    let mut met = true;
    for (name, database) in [("SQLite", None), ("PostgreSQL", Some(url.as_str()))] {
        met &= on(name, &folder.path().join(name), database, &length).await?;
    }
    // What a page costs is the server's own memory, whatever database there is.
    let silent = install(&folder.path().join("silent"), None)?;
    met &= webchat::connected("SQLite", &silent, length.pages).await?;
    println!("{}", if met { "All targets were met." } else { "Not all targets were met." });
    Ok(())
}

async fn on(name: &str, folder: &Path, database: Option<&str>, length: &Length) -> anyhow::Result<bool> {
    let closer = install(folder, database)?;
    let bot: BotId = closer.bot.parse()?;
    let now_ms = now(folder)?;
    let store = Store::open(Options { url: &closer.store_url(), now_ms }).await?;
    let begun = Instant::now();
    let stored = fill(&store, bot, length.stored, now_ms).await?;
    println!(
        "\n{name}: {} messages in {} conversations, written in {:.0} s",
        length.stored,
        stored.len(),
        begun.elapsed().as_secs_f64()
    );
    let server = closer.serve()?;
    let team = Team::enter(&server, &closer.bot).await?;
    while !store.unindexed_chats(1).await?.is_empty() {
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    println!("{name}: words indexed after {:.0} s", begun.elapsed().as_secs_f64());
    let quiet = open(&team, &stored, length.opened).await?;
    let found = search(&team).await?;
    let mut met = line("opening a conversation, alone, p95", &quiet, 95, 100.0);
    line("finding a word in all of them, alone, p95", &found, 95, f64::INFINITY);
    let stop = Arc::new(AtomicBool::new(false));
    let late = watchers(&team, length.agents, &stop).await?;
    let (said, ways, beside) = talk(&team, length, &stored, &late).await?;
    stop.store(true, Ordering::Relaxed);
    println!(
        "{name}: {} agents, {said} messages in {:.0} s; {:.0} MiB",
        length.agents,
        length.seconds,
        server.memory()
    );
    met &= line("message to agents' screens, p99", &ways, 99, 150.0);
    met &= line("opening a conversation beside it, p95", &beside, 95, 100.0);
    Ok(met)
}

/// A server that many pages of one machine may ask at once.
pub fn install(folder: &Path, database: Option<&str>) -> anyhow::Result<Closer> {
    std::fs::create_dir_all(folder)?;
    let bounds = "[web]\npages_per_address = 100000\nsessions_per_minute = 100000\n";
    std::fs::write(folder.join("closer.toml"), bounds)?;
    Closer::install(folder, database, BOT)
}

/// Prints a share of some times, in milliseconds. Is it within the target?
fn line(what: &str, times: &[f64], hundredths: usize, target: f64) -> bool {
    let mut times = times.to_vec();
    times.sort_by(f64::total_cmp);
    let share = |part: usize| {
        times.get((times.len() * part).div_ceil(100).saturating_sub(1)).copied().unwrap_or(f64::NAN)
    };
    let found = share(hundredths);
    let met = found <= target;
    let verdict = match (target.is_finite(), met) {
        (false, _) => String::new(),
        (true, true) => format!(" (target ≤ {target:.0}: met)"),
        (true, false) => format!(" (target ≤ {target:.0}: MISSED)"),
    };
    println!("  {what}: {found:.1} ms{verdict}; p50 {:.1}, {} measured", share(50), times.len());
    met
}

/// A number like chance, the same in every run.
pub fn dice(number: i64, salt: i64) -> u128 {
    let mut mixed = (number as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(salt as u64);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    u128::from(mixed ^ (mixed >> 31)) << 16 | u128::from(salt as u16)
}

/// Conversations of a hundred messages, as many as are needed.
async fn fill(store: &Store, bot: BotId, messages: i64, now_ms: i64) -> anyhow::Result<Vec<EndUserId>> {
    let at = now_ms - 3_600_000;
    let workspace = store.default_workspace(at, 1).await?;
    let mut under_way = JoinSet::new();
    let mut all = Vec::new();
    for number in 0..messages / OF_ONE {
        let commit = conversation((workspace, bot), number, at);
        all.push(commit.chat.end_user);
        let store = store.clone();
        under_way.spawn(async move { store.commit_chat(commit, PATIENCE).await });
        while under_way.len() >= AT_ONCE {
            if let Some(done) = under_way.join_next().await {
                done??;
            }
        }
    }
    while let Some(done) = under_way.join_next().await {
        done??;
    }
    Ok(all)
}

fn conversation((workspace, bot): (WorkspaceId, BotId), number: i64, at: i64) -> ChatCommit {
    let end_user = EndUserId::new(at, dice(number, 1));
    let words = ["배송", "환불", "교환", "결제", "쿠폰", "회원", "주문", "선물", "포장", "영수증"];
    let messages: Vec<NewMessage> = (0..OF_ONE)
        .map(|seq| {
            let sender = ["user", "agent", "bot"][(seq % 3) as usize];
            let word = words[(dice(number * OF_ONE + seq, 2) >> 16) as usize % words.len()];
            let text = format!("{word} 문의 {number}-{seq}번이에요. 언제까지 기다리면 될까요?");
            NewMessage {
                id: MessageId::new(at + seq, dice(number * OF_ONE + seq, 3)),
                is_user: sender == "user",
                sender,
                data: json!({"type": "text", "text": text}).to_string(),
                masked: None,
                mask_at: None,
                created_at: at + seq,
            }
        })
        .collect();
    let ids = (end_user, ConversationId::new(at, dice(number, 4)));
    let chat = ChatRow {
        state: "completed".to_owned(),
        last_seq: OF_ONE - 1,
        last_at: at + number,
        last_sender: "user".to_owned(),
        last_text: "문의".to_owned(),
        ..ChatRow::begun((workspace, bot), ("web", &format!("stored-{number}")), ids, at)
    };
    ChatCommit {
        chat,
        expected_version: None,
        state: "{}".to_owned(),
        turn: Some(NewTurn {
            id: TurnId::new(at, dice(number, 5)),
            request_id: None,
            mode: "web",
            block: None,
            bot_version: 1,
            started_at: at,
            took_us: 1_000,
            answer: "{}".to_owned(),
            late: None,
            trace: "{}".to_owned(),
            fault: None,
            facts: TurnFacts::default(),
        }),
        first_seq: 0,
        messages,
        sends: Vec::new(),
        outbox: Vec::new(),
        lines: Vec::new(),
        consultation_moved: false,
        score: None,
        loads: Vec::new(),
        events: Vec::new(),
        now_ms: at,
    }
}

/// The server as its people use it: one account, whose consoles are the agents'.
#[derive(Debug, Clone)]
pub struct Team {
    /// Where the server is.
    pub address: String,
    cookie: String,
    /// The workspace's part of the API.
    pub base: String,
    bot: String,
}

const ACCOUNT: (&str, &str) = ("bench@example.com", "맑은 하늘 종이배 소풍");

impl Team {
    /// Sets the server up, or signs in where it is; web chat is on afterwards.
    pub async fn enter(server: &Running, bot: &str) -> anyhow::Result<Self> {
        let (email, password) = ACCOUNT;
        let new = json!({"email": email, "password": password, "name": "재는 이", "workspace": "맑은마켓",
            "language": "ko"});
        let mut wire = Wire::connect(&server.address, "").await?;
        let (mut status, mut head, mut body) = wire.call("POST", "/api/setup", &new.to_string()).await?;
        if status != 201 {
            let known = json!({"email": email, "password": password});
            (status, head, body) = wire.call("POST", "/api/session", &known.to_string()).await?;
        }
        ensure!(status == 200 || status == 201, "{status} {body}");
        let cookie = head
            .lines()
            .find_map(|line| line.to_ascii_lowercase().starts_with("set-cookie:").then(|| line[11..].trim()))
            .and_then(|cookie| cookie.split(';').next())
            .with_context(|| format!("no cookie: {head}"))?;
        let me: Value = serde_json::from_str(&body)?;
        let workspace = me["workspaces"][0]["id"].as_str().context("no workspace")?;
        let team = Self {
            address: server.address.clone(),
            cookie: cookie.to_owned(),
            base: format!("/api/workspaces/{workspace}"),
            bot: bot.to_owned(),
        };
        let mut wire = team.wire().await?;
        let web = format!("{}/bots/{bot}/web", team.base);
        wire.ask("PUT", &web, &json!({"enabled": true})).await?;
        // Nobody is given away: whoever writes first has it, and may have as many as there are.
        let rules = json!({"assignment": {"auto": false, "max": 100}});
        wire.ask("PUT", &format!("{}/chat-settings", team.base), &rules).await?;
        Ok(team)
    }

    /// Begins a visitor's session: their token.
    pub async fn session(&self) -> anyhow::Result<String> {
        let mut wire = self.wire().await?;
        let (_, _, session) = wire.call("POST", &format!("/webchat/{}/session", self.bot), "{}").await?;
        let session: Value = serde_json::from_str(&session)?;
        Ok(session["token"].as_str().with_context(|| format!("no token: {session}"))?.to_owned())
    }

    /// A connection to the API.
    pub async fn wire(&self) -> anyhow::Result<Wire> {
        Wire::connect(&self.address, &self.cookie).await
    }

    /// A console, or a customer's page.
    async fn socket(&self, path: &str, cookie: bool) -> anyhow::Result<Socket> {
        let mut request = format!("ws://{}{path}", self.address).into_client_request()?;
        if cookie {
            request.headers_mut().insert("cookie", HeaderValue::from_str(&self.cookie)?);
        }
        let stream = TcpStream::connect(&self.address).await?;
        stream.set_nodelay(true)?;
        Ok(client_async(request, stream).await?.0)
    }

    /// A console that answers customers and gets what happened after this event; `None`: what happens from now on.
    pub async fn console(&self, after: Option<i64>) -> anyhow::Result<Socket> {
        let after = after.map_or_else(String::new, |after| format!("&after={after}"));
        self.socket(&format!("{}/live?agent=true{after}", self.base), true).await
    }
}

/// One connection that stays open, as a browser's does.
pub struct Wire {
    stream: TcpStream,
    address: String,
    cookie: String,
    rest: Vec<u8>,
}

impl Wire {
    async fn connect(address: &str, cookie: &str) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, address: address.to_owned(), cookie: cookie.to_owned(), rest: Vec::new() })
    }

    /// Asks; the JSON of a good answer.
    pub async fn ask(&mut self, method: &str, path: &str, body: &Value) -> anyhow::Result<Value> {
        let text = if body.is_null() { String::new() } else { body.to_string() };
        let (status, _, answer) = self.call(method, path, &text).await?;
        ensure!((200..300).contains(&status), "{method} {path}: {status} {answer}");
        Ok(serde_json::from_str(&answer).unwrap_or_default())
    }

    /// Status, head and body of the answer.
    async fn call(&mut self, method: &str, path: &str, body: &str) -> anyhow::Result<(u16, String, String)> {
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: {}\r\nx-closer: 1\r\ncookie: {}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            self.address,
            self.cookie,
            body.len()
        );
        self.stream.write_all(request.as_bytes()).await?;
        let mut came = std::mem::take(&mut self.rest);
        let head = loop {
            if let Some(end) = came.windows(4).position(|four| four == b"\r\n\r\n") {
                let rest = came.split_off(end + 4);
                break String::from_utf8_lossy(&std::mem::replace(&mut came, rest)).into_owned();
            }
            self.more(&mut came).await?;
        };
        let length = head
            .lines()
            .find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length:")?.trim().parse().ok())
            .unwrap_or(0);
        while came.len() < length {
            self.more(&mut came).await?;
        }
        self.rest = came.split_off(length);
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).context("no status")?;
        Ok((status, head, String::from_utf8_lossy(&came).into_owned()))
    }

    async fn more(&mut self, came: &mut Vec<u8>) -> anyhow::Result<()> {
        let mut buffer = vec![0; 16 * 1024];
        let count = tokio::time::timeout(PATIENCE, self.stream.read(&mut buffer)).await??;
        ensure!(count > 0, "the server closed the connection");
        came.extend_from_slice(&buffer[..count]);
        Ok(())
    }
}

/// Opens conversations by chance, as a console does: what it is, and its newest messages.
async fn open(team: &Team, stored: &[EndUserId], count: usize) -> anyhow::Result<Vec<f64>> {
    let mut wire = team.wire().await?;
    let mut times = Vec::with_capacity(count);
    for number in 0..count {
        let chat = stored[(dice(number as i64, 7) >> 16) as usize % stored.len()];
        let begun = Instant::now();
        wire.ask("GET", &format!("{}/chats/{chat}", team.base), &Value::Null).await?;
        let thread = wire.ask("GET", &format!("{}/chats/{chat}/messages", team.base), &Value::Null).await?;
        times.push(begun.elapsed().as_secs_f64() * 1_000.0);
        ensure!(thread["messages"].as_array().is_some_and(|all| all.len() == 50), "{thread}");
    }
    Ok(times)
}

/// Looks for words in all conversations.
async fn search(team: &Team) -> anyhow::Result<Vec<f64>> {
    let mut wire = team.wire().await?;
    let mut times = Vec::new();
    for words in ["환불", "문의 17-3번", "언제까지", "없는낱말", "영수증 문의"].iter().cycle().take(50)
    {
        let words: String = words.bytes().map(|byte| format!("%{byte:02X}")).collect();
        let begun = Instant::now();
        wire.ask("GET", &format!("{}/chats?search={words}", team.base), &Value::Null).await?;
        times.push(begun.elapsed().as_secs_f64() * 1_000.0);
    }
    Ok(times)
}

/// What is on its way: when each text was sent, and how long it took to each timed console.
#[derive(Debug, Default)]
struct Way {
    sent: Mutex<HashMap<String, Instant>>,
    times: Mutex<Vec<f64>>,
    arrived: AtomicU64,
}

/// Agents' consoles. Some of them time what comes.
async fn watchers(team: &Team, count: usize, stop: &Arc<AtomicBool>) -> anyhow::Result<Arc<Way>> {
    let way = Arc::new(Way::default());
    for number in 0..count {
        let mut socket = team.console(None).await?;
        let (way, stop) = (Arc::clone(&way), Arc::clone(stop));
        if number % TIMED == 0 {
            tokio::spawn(async move {
                while let Some(Ok(Message::Text(text))) = socket.next().await {
                    if stop.load(Ordering::Relaxed) {
                        break;
                    }
                    let frame: Value = serde_json::from_str(&text).unwrap_or_default();
                    let said = frame["message"]["data"]["text"].as_str().unwrap_or_default();
                    let sent = way.sent.lock().await.get(said).copied();
                    if let Some(sent) = sent {
                        way.times.lock().await.push(sent.elapsed().as_secs_f64() * 1_000.0);
                        way.arrived.fetch_add(1, Ordering::Relaxed);
                    }
                }
            });
        } else {
            let mut stream = socket.into_inner();
            tokio::spawn(async move {
                let mut buffer = vec![0; 64 * 1024];
                while !stop.load(Ordering::Relaxed) && stream.read(&mut buffer).await.is_ok_and(|got| got > 0)
                {
                }
            });
        }
    }
    Ok(way)
}

/// A customer whose consultation an agent has.
pub async fn customer(team: &Team, number: usize) -> anyhow::Result<(Socket, String)> {
    let token = team.session().await?;
    let mut socket = page(team, &token).await?;
    says(&mut socket, &format!("call-{number}"), CALL).await?;
    done(&mut socket, &format!("call-{number}")).await?;
    Ok((socket, token))
}

/// The room of a customer.
pub async fn page(team: &Team, token: &str) -> anyhow::Result<Socket> {
    let mut socket = team.socket(&format!("/webchat/{}/socket", team.bot), false).await?;
    let hello = json!({"type": "hello", "token": token, "after": Value::Null, "start": true});
    socket.send(Message::text(hello.to_string())).await?;
    Ok(socket)
}

/// Writes something in the room.
pub async fn says(socket: &mut Socket, id: &str, text: &str) -> anyhow::Result<()> {
    let frame = json!({"type": "message", "id": id, "text": text});
    Ok(socket.send(Message::text(frame.to_string())).await?)
}

/// Waits until the server has said that it has this message.
pub async fn done(socket: &mut Socket, id: &str) -> anyhow::Result<()> {
    let waiting = async {
        while let Some(frame) = socket.next().await {
            let Message::Text(text) = frame? else { continue };
            let frame: Value = serde_json::from_str(&text)?;
            ensure!(frame["type"] != "error", "{frame}");
            if frame["type"] == "done" && frame["id"] == id {
                return Ok(());
            }
        }
        anyhow::bail!("the socket closed before {id} was done")
    };
    tokio::time::timeout(PATIENCE, waiting).await?
}

/// Customers and agents talk at a rate, while somebody opens conversations. How many messages, their ways, the openings.
async fn talk(
    team: &Team,
    length: &Length,
    stored: &[EndUserId],
    way: &Arc<Way>,
) -> anyhow::Result<(u64, Vec<f64>, Vec<f64>)> {
    let mut pages = Vec::new();
    for number in 0..CUSTOMERS {
        pages.push(customer(team, number).await?.0);
    }
    let until = Instant::now() + Duration::from_secs_f64(length.seconds);
    let pause = Duration::from_secs_f64(CUSTOMERS as f64 / length.rate);
    let mut talking = JoinSet::new();
    for (number, mut socket) in pages.into_iter().enumerate() {
        let way = Arc::clone(way);
        talking.spawn(async move {
            let mut count = 0_u64;
            tokio::time::sleep(pause.mul_f64(number as f64 / CUSTOMERS as f64)).await;
            let mut beat = tokio::time::interval(pause);
            while Instant::now() < until {
                beat.tick().await;
                let text = format!("{number}번 손님의 {count}번째 질문이에요");
                way.sent.lock().await.insert(text.clone(), Instant::now());
                says(&mut socket, &format!("{number}-{count}"), &text).await?;
                done(&mut socket, &format!("{number}-{count}")).await?;
                count += 1;
            }
            anyhow::Ok(count)
        });
    }
    let mut beside = Vec::new();
    while Instant::now() < until {
        beside.extend(open(team, stored, 5).await?);
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let mut said = 0;
    while let Some(one) = talking.join_next().await {
        said += one??;
    }
    let timed = length.agents.div_ceil(TIMED) as u64;
    let all = Instant::now();
    while way.arrived.load(Ordering::Relaxed) < said * timed {
        ensure!(
            all.elapsed() < PATIENCE,
            "{} of {} arrived",
            way.arrived.load(Ordering::Relaxed),
            said * timed
        );
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let ways = std::mem::take(&mut *way.times.lock().await);
    Ok((said, ways, beside))
}
