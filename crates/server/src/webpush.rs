//! Web push: agents whose console is closed are told as well, by their browser or phone (spec live-chat.md, notifications).
//!
//! What happened stands in `live_events`. Each workspace knows up to where its agents' browsers were told; who moves that
//! number on tells, so of several processes one does, and nobody is told twice. Unlike webhooks this is a bell and no
//! delivery: what could not be told at once is not told later, and old news is none. The list in the console is the truth.

mod seal;
mod signer;

use std::{
    collections::{BTreeMap, HashMap, hash_map::Entry},
    sync::Arc,
    time::Duration,
};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};
use store::{AccountId, ChatRow, EndUserId, LiveRow, ReadError, StoreError, WebPushDeviceRow, WorkspaceId};
use tokio::{task::JoinSet, time::Instant};
use url::{Host, Url};

pub use seal::{AUTH, POINT};
use signer::{NoKey, Signer};

use crate::{Hub, chat::sight, guard::Request};

/// Between two looks.
const EVERY: Duration = Duration::from_secs(1);
/// Events that are read at once.
const PIECE: u32 = 500;
/// What is older is told to nobody.
const FRESH_MS: i64 = 60_000;
/// How long a browser's maker keeps it for a phone that sleeps, in seconds.
const KEPT_S: u32 = 600;
/// How long a post may take.
const WITHIN: Duration = Duration::from_secs(10);
/// Workspaces that are being told at the same time.
const MAX_TELLING: usize = 64;
/// News for one browser in one round; what is more is seen in the console.
const MAX_NEWS: usize = 5;
/// Characters of what was said that are shown.
const SHOWN: usize = 200;
/// Bytes of an answer that are read.
const MAX_ANSWER: usize = 16 * 1024;

/// Why nobody could be told.
#[derive(Debug, thiserror::Error)]
pub enum WebPushError {
    /// The store does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// There is no key to sign with.
    #[error(transparent)]
    Key(#[from] NoKey),
}

impl From<ReadError> for WebPushError {
    fn from(error: ReadError) -> Self {
        Self::Store(error.into())
    }
}

/// What somebody is told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Request,
    Assigned,
    Message,
    Mention,
}

impl Kind {
    /// Its name in an agent's settings.
    fn name(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Assigned => "assigned",
            Self::Message => "message",
            Self::Mention => "mention",
        }
    }

    fn title(self, language: &str, customer: &str) -> String {
        match (self, language) {
            (Self::Request, "en") => "New request".to_owned(),
            (Self::Request, _) => "새 상담 요청".to_owned(),
            (Self::Assigned, "en") => "A consultation was assigned to you".to_owned(),
            (Self::Assigned, _) => "상담이 배정됐어요".to_owned(),
            (Self::Message, "en") => format!("Message from {customer}"),
            (Self::Message, _) => format!("{customer}님의 메시지"),
            (Self::Mention, "en") => "A note mentions you".to_owned(),
            (Self::Mention, _) => "메모에서 나를 불렀어요".to_owned(),
        }
    }
}

/// Something to be told.
struct News<'a> {
    kind: Kind,
    chat: &'a ChatRow,
    text: String,
    /// Whom it is for; everybody who may see the conversation where `None`.
    to: Option<Vec<AccountId>>,
}

/// What a browser is given (web/public/push-worker.js reads it).
#[derive(Debug, Serialize)]
struct Shown<'a> {
    kind: Kind,
    title: String,
    text: &'a str,
    /// What comes later about the same conversation takes its place.
    tag: String,
    url: String,
    lang: &'a str,
}

/// What of a line's data is read.
#[derive(Debug, Deserialize)]
struct Line {
    kind: String,
    agent: Option<AccountId>,
    by: Option<AccountId>,
}

/// Who is mentioned in a note, and how.
#[derive(Debug, Deserialize)]
struct Mention {
    mentions: Vec<AccountId>,
    #[serde(default)]
    text: String,
}

/// The public half of the key, as browsers take it. Makes the key where there is none.
pub async fn public_key(hub: &Hub) -> Result<String, WebPushError> {
    let stored = match hub.store.known_web_push_key().await? {
        Some(stored) => stored,
        None => hub.store.web_push_key(Signer::make()?, hub.clock.now_ms()).await?,
    };
    Ok(Signer::read(&stored)?.public())
}

/// The address's fingerprint, by which a browser is known.
pub fn device(endpoint: &str) -> [u8; 32] {
    Sha256::digest(endpoint).into()
}

/// May news be posted there? Makers of browsers listen on `https`; only this machine itself needs none.
pub fn is_endpoint(endpoint: &str) -> bool {
    Url::parse(endpoint).is_ok_and(|url| match (url.scheme(), url.host()) {
        ("https", Some(_)) => true,
        ("http", Some(Host::Ipv4(address))) => address.is_loopback(),
        ("http", Some(Host::Domain(name))) => name == "localhost",
        _ => false,
    })
}

/// Tells for as long as the server runs.
pub async fn run(hub: &Arc<Hub>) {
    let mut telling = JoinSet::new();
    loop {
        tokio::time::sleep(EVERY).await;
        if let Err(error) = round(hub, &mut telling).await {
            tracing::warn!(%error, "agents whose console is closed could not be told; it goes on in a moment");
        }
        while telling.try_join_next().is_some() {}
        // A maker that does not answer holds up its own workspace, and others only where there are very many such.
        while telling.len() >= MAX_TELLING {
            telling.join_next().await;
        }
    }
}

/// Takes on what has happened, workspace by workspace, and lets it be told.
async fn round(hub: &Arc<Hub>, telling: &mut JoinSet<()>) -> Result<(), WebPushError> {
    for (workspace, after) in hub.store.web_push_due().await? {
        let events = hub.store.live_after(workspace, after, PIECE).await?;
        let now_ms = hub.clock.now_ms();
        let newest = events.last().filter(|event| event.at > now_ms - FRESH_MS).map(|event| event.seq);
        let up_to = match newest {
            Some(seq) => seq,
            // Far behind, as after a pause: from here on.
            None => hub.store.last_live(workspace).await?,
        };
        if up_to <= after || !hub.store.claim_web_push(workspace, after, up_to).await? || newest.is_none() {
            continue;
        }
        let devices = hub.store.web_push_devices_away(workspace, now_ms).await?;
        if !devices.is_empty() {
            let hub = Arc::clone(hub);
            telling.spawn(async move {
                if let Err(error) = tell(&hub, workspace, &events, &devices).await {
                    tracing::warn!(%error, "agents whose console is closed could not be told what has happened");
                }
            });
        }
    }
    Ok(())
}

async fn tell(
    hub: &Hub,
    workspace: WorkspaceId,
    events: &[LiveRow],
    devices: &[WebPushDeviceRow],
) -> Result<(), WebPushError> {
    let since = hub.clock.now_ms() - FRESH_MS;
    let events: Vec<&LiveRow> = events.iter().filter(|event| event.at > since && may_tell(event)).collect();
    let mut chats: HashMap<EndUserId, Option<ChatRow>> = HashMap::new();
    for end_user in events.iter().filter_map(|event| event.end_user) {
        if let Entry::Vacant(free) = chats.entry(end_user) {
            free.insert(hub.store.chat_by_id(workspace, end_user).await?.and_then(|read| read.chat));
        }
    }
    let news: Vec<News<'_>> = events
        .iter()
        .filter_map(|event| {
            let chat = chats.get(&event.end_user?)?.as_ref()?;
            news(event, chat)
        })
        .collect();
    if news.is_empty() {
        return Ok(());
    }
    let Some(stored) = hub.store.known_web_push_key().await? else { return Ok(()) };
    let signer = Signer::read(&stored)?;
    let mut posts = Vec::new();
    for row in devices {
        for shown in wanted(hub, workspace, row, &news).await? {
            posts.push(post(hub, &signer, (workspace, row), shown));
        }
    }
    futures_util::future::join_all(posts).await;
    Ok(())
}

/// Can somebody want to be told of it?
fn may_tell(event: &LiveRow) -> bool {
    match event.kind.as_str() {
        "line" | "mention" => true,
        "message" => event.message.as_ref().is_some_and(|message| message.is_user),
        _ => false,
    }
}

fn news<'a>(event: &LiveRow, chat: &'a ChatRow) -> Option<News<'a>> {
    match event.kind.as_str() {
        "message" => {
            let is_open = matches!(chat.state.as_str(), "requested" | "connected");
            let holders = sight::holders(chat);
            if !is_open || holders.is_empty() {
                return None;
            }
            let said: Value = serde_json::from_str(&event.message.as_ref()?.data).ok()?;
            let text = said["text"].as_str().unwrap_or_default().to_owned();
            Some(News { kind: Kind::Message, chat, text, to: Some(holders) })
        }
        "mention" => {
            let Mention { mentions, text } = serde_json::from_str(&event.data).ok()?;
            Some(News { kind: Kind::Mention, chat, text, to: Some(mentions) })
        }
        _ => {
            let line: Line = serde_json::from_str(&event.data).ok()?;
            match line.kind.as_str() {
                "requested" => Some(News { kind: Kind::Request, chat, text: String::new(), to: None }),
                "assigned" | "transferred" if line.agent.is_some() && line.agent != line.by => Some(News {
                    kind: Kind::Assigned,
                    chat,
                    text: String::new(),
                    to: Some(line.agent.into_iter().collect()),
                }),
                _ => None,
            }
        }
    }
}

/// What a browser is to be told: of each conversation the last of each kind, as its agent wants and may see it.
async fn wanted<'a>(
    hub: &Hub,
    workspace: WorkspaceId,
    row: &'a WebPushDeviceRow,
    news: &'a [News<'a>],
) -> Result<Vec<Shown<'a>>, WebPushError> {
    let wishes: Map<String, Value> = serde_json::from_str(&row.settings).unwrap_or_default();
    let mut last: BTreeMap<(EndUserId, Kind), &News<'_>> = BTreeMap::new();
    for one in news {
        let unwanted =
            wishes.get("notify").and_then(|kinds| kinds.get(one.kind.name())) == Some(&Value::Bool(false));
        let for_others = one.to.as_ref().is_some_and(|to| !to.contains(&row.account));
        if unwanted || for_others || hides(hub, row, one).await? {
            continue;
        }
        last.insert((one.chat.end_user, one.kind), one);
    }
    let shown = last.into_values().take(MAX_NEWS).map(|one| {
        let end_user = one.chat.end_user;
        let customer = customer(one.chat, &row.language);
        Shown {
            kind: one.kind,
            title: one.kind.title(&row.language, &customer),
            text: cut(&one.text),
            tag: end_user.to_string(),
            url: format!("/w/{workspace}/chat?open={end_user}"),
            lang: &row.language,
        }
    });
    Ok(shown.collect())
}

async fn hides(hub: &Hub, row: &WebPushDeviceRow, news: &News<'_>) -> Result<bool, ReadError> {
    // Everything else is for those whose it is, or was left out where it was written.
    let for_all = news.kind == Kind::Request && !matches!(row.role.as_str(), "owner" | "admin");
    Ok(for_all && sight::hides(hub, news.chat, row.account).await?)
}

/// What agents call somebody who wrote.
fn customer(chat: &ChatRow, language: &str) -> String {
    if !chat.name.is_empty() {
        return chat.name.clone();
    }
    let skip = chat.user_key.chars().count().saturating_sub(4);
    let key: String = chat.user_key.chars().skip(skip).collect();
    if language == "en" { format!("Customer {key}") } else { format!("고객 {key}") }
}

fn cut(text: &str) -> &str {
    text.char_indices().nth(SHOWN).map_or(text, |(at, _)| &text[..at])
}

async fn post(
    hub: &Hub,
    signer: &Signer,
    (workspace, row): (WorkspaceId, &WebPushDeviceRow),
    shown: Shown<'_>,
) {
    let sent = send(hub, signer, row, &shown).await;
    match sent {
        Ok(200..=299) => {}
        // The browser has taken it back, or never had it.
        Ok(404 | 410) => {
            if let Err(error) = hub.store.remove_web_push_device(workspace, row.device, None).await {
                tracing::warn!(%error, "a browser that wants no news any more could not be forgotten");
            }
        }
        Ok(status) => tracing::warn!(status, "a browser's maker took no news for an agent"),
        Err(why) => tracing::warn!(why, "news for an agent could not be posted to their browser's maker"),
    }
}

async fn send(hub: &Hub, signer: &Signer, row: &WebPushDeviceRow, shown: &Shown<'_>) -> Result<u16, String> {
    let url = Url::parse(&row.endpoint).map_err(|error| error.to_string())?;
    let text = serde_json::to_vec(shown).map_err(|error| error.to_string())?;
    let body = seal::seal(&text, &row.public_key, &row.auth).map_err(|error| error.to_string())?;
    let public = hub.config.public_url();
    // Makers want to know whom to turn to.
    let contact = if public.starts_with("https:") { public } else { "mailto:webmaster@localhost".to_owned() };
    let authorization = signer
        .authorization(&url.origin().ascii_serialization(), &contact, hub.clock.now_ms())
        .map_err(|error| error.to_string())?;
    let request = Request::new("POST", &row.endpoint)
        .header("authorization", &authorization)
        .header("content-encoding", "aes128gcm")
        .header("content-type", "application/octet-stream")
        .header("ttl", &KEPT_S.to_string())
        .header("urgency", "high")
        .header("topic", &shown.tag)
        .max_bytes(MAX_ANSWER)
        .max_redirects(0)
        .body(body);
    let until = Instant::from_std(hub.clock.instant()) + WITHIN;
    hub.guard.send(request, until).await.map(|answer| answer.status).map_err(|error| error.to_string())
}
