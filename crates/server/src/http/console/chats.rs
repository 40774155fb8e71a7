//! Conversations as agents find them: lists, searches, threads, what the bots do now. What is done in them is in [`deeds`],
//! what is written down in [`notes`].
//!
//! Members who are no admins see only what is theirs where the team says so (`chat::sight`).

pub mod deeds;
pub mod files;
pub mod mentions;
pub mod notes;
pub mod panels;
pub mod room;

use std::sync::Arc;

use axum::extract::State;
use livechat::words::Query;
use serde::{Deserialize, Serialize};
use serde_json::{Value, value::RawValue};
use store::{AccountId, BotId, ChatQuery, ChatRow, EndUserId, LineId, LineRow, NewLive, ThreadMessage};
use utoipa::{IntoParams, ToSchema};

use super::{List, raw};
use crate::{
    Hub,
    chat::{
        kept::Kept,
        search::{self, Hit},
        sight,
        view::{self, Chat},
    },
    consulttalk::{self, outbox::Delivery},
    http::{
        access::{Caller, Role},
        input::{Ids, Params},
        problem::{Problem, Thing},
    },
    turns::bots::Edition,
};

/// Conversations of one piece of a list.
const PIECE: u32 = 50;
/// Messages of one piece of a thread.
const THREAD_PIECE: u32 = 50;
/// Conversations of a list by how long they wait.
const MAX_WAITING: u32 = 500;
/// Lines that come with it.
const MAX_LINES: u32 = 500;
/// A bot's conversation runs while something was said in it within so long.
const RUNNING_MS: i64 = 30 * 60_000;

/// Which conversations.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase")]
pub struct Which {
    /// `bot`, `requested`, `connected`, `completed` or `missed`; all where absent.
    state: Option<String>,
    /// Only those of this bot.
    bot: Option<String>,
    /// Only the caller's own.
    mine: Option<bool>,
    /// Without those in which no agent was ever asked for.
    without_bot: Option<bool>,
    /// Parts of a name, a telephone number, an e-mail address or a user key, or of what customer and agents said: all
    /// words of it, whatever stands between their letters.
    search: Option<String>,
    /// Only those with this tag.
    tag: Option<String>,
    /// Only those of this category or one beneath it: `주문 > 취소`.
    category: Option<String>,
    /// With `requested` or `connected`: the one that waits longest first, up to 500 and no next piece.
    longest: Option<bool>,
    /// Where a list goes on.
    cursor: Option<String>,
}

/// Which part of a thread.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Part {
    /// Messages before this number, newest first in time; the newest where absent.
    before: Option<i64>,
    /// Messages after this number instead.
    after: Option<i64>,
}

/// How many conversations wait and go on.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Counts {
    /// The bot.
    #[schema(value_type = String)]
    bot: BotId,
    /// Requests that wait.
    requested: i64,
    /// … of which these are nobody's.
    queued: i64,
    /// Consultations in progress.
    connected: i64,
}

/// A conversation in full.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ChatInFull {
    /// As the list shows it.
    #[serde(flatten)]
    chat: Chat,
    /// What people call the bot.
    bot_title: String,
    /// The conversation's params.
    #[schema(value_type = Object)]
    params: Value,
    /// Can agents write on this channel from here?
    answerable: bool,
}

/// A part of a thread.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Thread {
    /// Messages, oldest first.
    messages: Vec<ChatMessage>,
    /// What happened beside them; agents alone see it.
    lines: Vec<ChatLine>,
    /// Are there older ones?
    more: bool,
}

/// A message.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ChatMessage {
    /// Its number in the thread, from 0.
    seq: i64,
    /// Its id.
    id: String,
    /// `user`, `bot` or `agent`.
    from: String,
    /// When.
    at: i64,
    /// The agent who wrote it.
    #[schema(required, value_type = Option<String>)]
    author: Option<AccountId>,
    /// The sender's id of it.
    #[schema(required)]
    client_id: Option<String>,
    /// The message: `{type: text|media|cards|location, …}`.
    #[schema(value_type = Object)]
    data: Box<RawValue>,
    /// On the way through a relay: what became of each of its bubbles. Empty on other channels.
    deliveries: Vec<Delivery>,
}

/// Something that happened in a conversation, or a note.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ChatLine {
    /// Its id.
    #[schema(value_type = String)]
    id: LineId,
    /// `requested`, `assigned`, `connected`, `joined`, `left`, `transferred`, `flow-started`, `flow-stopped`, `completed`,
    /// `missed` or `note`.
    kind: String,
    /// When.
    at: i64,
    /// It stands after the message of this number.
    after_seq: i64,
    /// Whom it is about.
    #[schema(required, value_type = Option<String>)]
    agent: Option<AccountId>,
    /// Who did it; null for the end user, the bot and the rules.
    #[schema(required, value_type = Option<String>)]
    by: Option<AccountId>,
    /// More about it: `{text, mentions}` of a note, `{category}` of a request, `{why}` where it was missed.
    #[schema(value_type = Object)]
    data: Box<RawValue>,
}

/// A conversation of a list, and where it has what was searched for.
#[derive(Debug, Serialize, ToSchema)]
pub struct ListedChat {
    /// The conversation.
    #[serde(flatten)]
    chat: Chat,
    /// The message that has the words; null where a name has them, and without a search.
    #[schema(required)]
    found: Option<Found>,
}

/// A message that has the words that were searched for.
#[derive(Debug, Serialize, ToSchema)]
pub struct Found {
    /// Its number in the thread.
    seq: i64,
    /// The words, and some around them.
    text: String,
}

/// A conversation in which a bot answers now.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RunningChat {
    /// The conversation.
    #[serde(flatten)]
    chat: Chat,
    /// The flow in which it is; null before it began.
    #[schema(required)]
    flow_id: Option<i64>,
    /// … what it is called.
    flow_title: String,
    /// The node at which it rests.
    #[schema(required)]
    node_id: Option<i64>,
    /// … what it is called.
    node_title: String,
}

/// Conversations of a workspace, the one in which something was said last first.
#[utoipa::path(get, path = "/api/workspaces/{ws}/chats", operation_id = "listChats", tag = "chats", params(Which),
    responses((status = 200, body = List<ListedChat>)))]
pub async fn list(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Params(which): Params<Which>,
) -> Result<axum::Json<List<ListedChat>>, Problem> {
    let (workspace, _) = caller.member()?;
    let words = which.search.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(Query::read);
    let longest = which.longest.unwrap_or(false);
    let query = which.query(&caller)?;
    match words {
        // Marks alone are in no text.
        Some(None) => Ok(axum::Json(List { items: Vec::new(), next: None })),
        Some(Some(words)) => {
            let query = ChatQuery { limit: PIECE, ..query };
            let (hits, next) = search::search(&hub, workspace, query, &words).await?;
            let next = next.map(|(at, id)| format!("{at}-{id}"));
            Ok(axum::Json(List { items: hits.into_iter().map(ListedChat::from).collect(), next }))
        }
        None if longest && query.state.is_some() => {
            let query = ChatQuery { limit: MAX_WAITING, ..query };
            let rows = hub.store.chats_waiting(workspace, query).await?;
            Ok(axum::Json(List { items: rows.into_iter().map(ListedChat::from).collect(), next: None }))
        }
        None => {
            let mut rows = hub.store.chats(workspace, ChatQuery { limit: PIECE + 1, ..query }).await?;
            let next = next_of(&mut rows, |row| row);
            Ok(axum::Json(List { items: rows.into_iter().map(ListedChat::from).collect(), next }))
        }
    }
}

/// Conversations in which bots answer now, on all channels, with where they are: to be watched, and to be stepped into where
/// agents can write.
#[utoipa::path(get, path = "/api/workspaces/{ws}/chats/running", operation_id = "listRunningChats", tag = "chats",
    params(Which), responses((status = 200, body = List<RunningChat>)))]
pub async fn running(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Params(which): Params<Which>,
) -> Result<axum::Json<List<RunningChat>>, Problem> {
    let (workspace, _) = caller.member()?;
    let query = ChatQuery { limit: PIECE + 1, ..which.query(&caller)? };
    let since = hub.clock.now_ms() - RUNNING_MS;
    let mut rows = hub.store.chats_running(workspace, query, since).await?;
    let next = next_of(&mut rows, |(row, _)| row);
    let bots = hub.store.bots(workspace).await?;
    let mut items = Vec::with_capacity(rows.len());
    for (chat, state) in rows {
        let place = Kept::read(&state).session.position;
        let version = bots.iter().find(|bot| bot.id == chat.bot).and_then(|bot| bot.live_version);
        let bot = match version {
            Some(version) => hub.bots.get(&hub.store, chat.bot, Edition::Version(version)).await.ok(),
            None => None,
        };
        let flow = place.zip(bot.as_ref()).and_then(|(place, bot)| bot.flow(place.flow));
        let node = place.zip(flow).and_then(|(place, flow)| flow.node(place.node));
        items.push(RunningChat {
            chat: chat.into(),
            flow_id: place.map(|place| place.flow),
            flow_title: flow.map(|flow| flow.title.clone()).unwrap_or_default(),
            node_id: place.map(|place| place.node),
            node_title: node.map(|node| node.label.clone()).unwrap_or_default(),
        });
    }
    Ok(axum::Json(List { items, next }))
}

impl Which {
    fn query(self, caller: &Caller) -> Result<ChatQuery, Problem> {
        let bot = self.bot.map(|bot| bot.parse().map_err(|_| Problem::Missing(Thing::Bot))).transpose()?;
        let levels = self.category.as_deref().unwrap_or_default().split('>').map(str::trim);
        Ok(ChatQuery {
            state: self.state,
            without_bot: self.without_bot.unwrap_or(false),
            bot,
            owner: self.mine.unwrap_or(false).then_some(caller.account.id),
            tag: self.tag.map(|tag| tag.trim().to_owned()).filter(|tag| !tag.is_empty()),
            category: levels.filter(|level| !level.is_empty()).map(str::to_owned).collect(),
            seen_by: only_own(caller)?,
            after: self.cursor.as_deref().map(read_cursor).transpose()?,
            limit: PIECE,
        })
    }
}

/// Cuts a list that was read one longer than a piece; where it goes on.
fn next_of<T>(rows: &mut Vec<T>, chat: impl Fn(&T) -> &ChatRow) -> Option<String> {
    let more = rows.len() > PIECE as usize;
    rows.truncate(PIECE as usize);
    rows.last().filter(|_| more).map(chat).map(|row| format!("{}-{}", row.last_at, row.end_user))
}

impl From<ChatRow> for ListedChat {
    fn from(row: ChatRow) -> Self {
        Self { chat: row.into(), found: None }
    }
}

impl From<Hit> for ListedChat {
    fn from(hit: Hit) -> Self {
        let found = hit.message.map(|(seq, text)| Found { seq, text });
        Self { chat: hit.chat.into(), found }
    }
}

fn read_cursor(cursor: &str) -> Result<(i64, EndUserId), Problem> {
    let read = || {
        let (at, id) = cursor.split_once('-')?;
        Some((at.parse().ok()?, id.parse().ok()?))
    };
    read().ok_or_else(|| Problem::Malformed("cursor: no place in this list".to_owned()))
}

/// How many conversations wait and go on, by bot.
#[utoipa::path(get, path = "/api/workspaces/{ws}/chats/counts", operation_id = "countChats", tag = "chats",
    responses((status = 200, body = List<Counts>)))]
pub async fn counts(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
) -> Result<axum::Json<List<Counts>>, Problem> {
    let (workspace, _) = caller.member()?;
    let mut items: Vec<Counts> = Vec::new();
    for row in hub.store.chat_counts(workspace, only_own(&caller)?).await? {
        let at = items.iter().position(|known| known.bot == row.bot).unwrap_or_else(|| {
            items.push(Counts { bot: row.bot, requested: 0, queued: 0, connected: 0 });
            items.len() - 1
        });
        if row.state == "requested" {
            (items[at].requested, items[at].queued) = (row.count, row.count - row.owned);
        } else {
            items[at].connected = row.count;
        }
    }
    Ok(axum::Json(List { items, next: None }))
}

/// A conversation.
#[utoipa::path(get, path = "/api/workspaces/{ws}/chats/{chat}", operation_id = "getChat", tag = "chats",
    responses((status = 200, body = ChatInFull)))]
pub async fn show(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, chat)): Ids<(String, String)>,
) -> Result<axum::Json<ChatInFull>, Problem> {
    let (read, chat) = read(&hub, &caller, &chat).await?;
    let kept = read.session.as_ref().map(|session| Kept::read(&session.state));
    Ok(axum::Json(ChatInFull {
        answerable: engine::node::manual::answered_here(&chat.platform),
        chat: chat.into(),
        bot_title: read.bot_title,
        params: Value::Object(kept.map(|kept| kept.session.params).unwrap_or_default()),
    }))
}

/// Messages of a conversation, and what happened beside them.
#[utoipa::path(get, path = "/api/workspaces/{ws}/chats/{chat}/messages", operation_id = "listChatMessages",
    tag = "chats", params(Part), responses((status = 200, body = Thread)))]
pub async fn messages(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, chat)): Ids<(String, String)>,
    Params(part): Params<Part>,
) -> Result<axum::Json<Thread>, Problem> {
    let row = row(&hub, &caller, &chat).await?;
    let chat = row.end_user;
    let mut messages = match part.after {
        Some(after) => hub.store.chat_after(chat, after, THREAD_PIECE + 1).await?,
        None => hub.store.chat_before(chat, part.before, THREAD_PIECE + 1).await?,
    };
    let more = messages.len() > THREAD_PIECE as usize;
    messages.truncate(THREAD_PIECE as usize);
    if part.after.is_none() {
        messages.reverse();
    }
    let since = match messages.first() {
        // The oldest piece has what happened before the first message, too.
        Some(_) if part.after.is_none() && !more => row.created_at,
        Some(first) => first.at,
        None => row.created_at,
    };
    let lines = hub.store.chat_lines(chat, since, MAX_LINES).await?;
    let (first, last) =
        (messages.first().map_or(-1, |it| it.seq), messages.last().map_or(i64::MAX, |it| it.seq));
    let is_newest = part.before.is_none();
    let lines = lines
        .into_iter()
        .filter(|line| line.after_seq >= first - 1 && (is_newest || line.after_seq < last))
        .map(Into::into)
        .collect();
    let mut messages: Vec<ChatMessage> = messages.into_iter().map(Into::into).collect();
    if row.platform == consulttalk::PLATFORM {
        for out in hub.store.outs_between(chat, first.max(0), last).await? {
            if let Ok(at) = messages.binary_search_by_key(&out.seq, |message| message.seq) {
                messages[at].deliveries.push(consulttalk::outbox::view(&out));
            }
        }
    }
    Ok(axum::Json(Thread { messages, lines, more }))
}

impl From<ThreadMessage> for ChatMessage {
    fn from(row: ThreadMessage) -> Self {
        Self {
            seq: row.seq,
            id: row.id.to_string(),
            from: row.sender,
            at: row.at,
            author: row.author,
            client_id: row.client_id.map(|id| view::own_id(&id, row.author).to_owned()),
            data: raw(row.data),
            deliveries: Vec::new(),
        }
    }
}

impl From<LineRow> for ChatLine {
    fn from(row: LineRow) -> Self {
        Self {
            id: row.id,
            kind: row.kind,
            at: row.at,
            after_seq: row.after_seq,
            agent: row.agent,
            by: row.by,
            data: raw(row.data),
        }
    }
}

fn id(text: &str) -> Result<EndUserId, Problem> {
    text.parse().map_err(|_| Problem::Missing(Thing::Chat))
}

/// The agent who sees only what is theirs where the team says so; nobody for who keeps the team.
fn only_own(caller: &Caller) -> Result<Option<AccountId>, Problem> {
    let (_, role) = caller.member()?;
    Ok((role < Role::Admin).then_some(caller.account.id))
}

/// A conversation that the caller may see. One of another workspace, or of others alone, is not there.
async fn read(hub: &Hub, caller: &Caller, chat: &str) -> Result<(store::ChatRead, ChatRow), Problem> {
    let (workspace, _) = caller.member()?;
    let missing = || Problem::Missing(Thing::Chat);
    let read = hub.store.chat_by_id(workspace, id(chat)?).await?.ok_or_else(missing)?;
    let row = read.chat.clone().ok_or_else(missing)?;
    match only_own(caller)? {
        Some(agent) if sight::hides(hub, &row, agent).await? => Err(missing()),
        _ => Ok((read, row)),
    }
}

pub(super) async fn row(hub: &Hub, caller: &Caller, chat: &str) -> Result<ChatRow, Problem> {
    read(hub, caller, chat).await.map(|(_, row)| row)
}

fn event(kind: &'static str, end_user: EndUserId, data: String) -> NewLive {
    NewLive { kind, end_user: Some(end_user), message: None, data }
}
