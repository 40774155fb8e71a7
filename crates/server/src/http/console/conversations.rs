//! Conversations of a bot to read, the turns behind them for the inspector, and one customer's data to hand over or erase.
//!
//! A conversation here is all that one end user has said and heard. The list is a second or two behind; threads are not.

use std::sync::Arc;

use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::IntoResponse,
};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use store::{EndUserId, MessageRow, StoreError, ThreadCursor, ThreadRow, TurnId, TurnWhole};
use utoipa::{IntoParams, ToSchema};

use super::{List, insight, noting, requests::raw};
use crate::{
    Hub,
    http::{
        access::Caller,
        input::{Check, Ids, Json, Params},
        problem::{Problem, Thing},
    },
    insight::{follow, packed},
};

/// Letters of a search.
const MAX_SEARCH: usize = 100;
/// Messages of one customer that are handed over: more would not fit into one answer.
const MAX_EXPORTED: usize = 50_000;

/// Which conversations.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ConversationPiece {
    /// How the key that the channel gives to the person begins.
    key: Option<String>,
    /// Words that stand in a message.
    text: Option<String>,
    /// `kakao`, `kakao-development`, `web`, `kakaobiz`; all where it is left out.
    channel: Option<String>,
    /// `next` of the piece before. A search for words looks through some hundred conversations at a time, so a piece may
    /// be empty and still have a next one.
    cursor: Option<String>,
    /// How many items, 100 at most.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
}

/// A conversation.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ConversationLine {
    /// Its id.
    #[schema(value_type = String)]
    id: EndUserId,
    /// What the channel calls the person.
    user_key: String,
    /// The channel.
    channel: String,
    /// When they first wrote.
    first_at: i64,
    /// When they last wrote.
    last_at: i64,
    /// What they said last.
    said: String,
    /// Turns.
    turns: i64,
    /// Messages, of both sides.
    messages: i64,
    /// Turns that ended with an error.
    errors: i64,
    /// The message in which the words were found.
    #[serde(skip_serializing_if = "Option::is_none")]
    found: Option<i64>,
}

/// A conversation and its state.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Conversation {
    /// As a list shows it.
    #[serde(flatten)]
    line: ConversationLine,
    /// What the scenario keeps of it: params, position and what else there is.
    #[schema(value_type = Object)]
    state: Box<RawValue>,
}

/// Which messages of a thread.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ThreadPiece {
    /// Messages before this number, newest first.
    before: Option<i64>,
    /// Messages after this number, oldest first, instead.
    after: Option<i64>,
    /// From the first message of this turn on, oldest first, instead.
    turn: Option<String>,
    /// How many items, 100 at most.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
}

/// A message of a thread.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadMessage {
    /// Its number in the thread, from 0.
    seq: i64,
    /// Its id.
    #[schema(value_type = String)]
    id: store::MessageId,
    /// The turn that it is of; its trace can be looked at while it is kept.
    #[schema(value_type = String)]
    turn: TurnId,
    /// Conversations are cut where somebody was silent for long; messages of one have the same here.
    #[schema(value_type = String)]
    visit: store::ConversationId,
    /// Did the person say it?
    is_user: bool,
    /// `user`, `bot` or `agent`.
    sender: String,
    /// The message, as bots write messages.
    #[schema(value_type = Object)]
    data: Box<RawValue>,
    /// When it was said.
    at: i64,
}

/// One turn, for the inspector.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TurnDetail {
    /// Its id.
    #[schema(value_type = String)]
    id: TurnId,
    /// The conversation that it is of.
    #[schema(value_type = String)]
    conversation: EndUserId,
    /// When its request came.
    at: i64,
    /// How long it took, in milliseconds.
    took_ms: f64,
    /// The channel's mode, such as `operating`.
    mode: String,
    /// The channel's block.
    #[schema(required)]
    block: Option<String>,
    /// The version that answered; 0 for the draft.
    version: i64,
    /// The channel's id of the request.
    #[schema(required)]
    request_id: Option<String>,
    /// Why the scenario failed.
    #[schema(required)]
    fault: Option<String>,
    /// What happened, node by node: `from` and `visits` with data after templates, what changed in the context, time waited.
    #[schema(required, value_type = Option<Object>)]
    trace: Box<RawValue>,
    /// What was said in it.
    messages: Vec<ThreadMessage>,
    /// The request as it came, as text; null where it is not kept any longer.
    #[schema(required)]
    request: Option<String>,
    /// The answer as it was sent, as text, after masking.
    answer: String,
    /// The answer that came after it.
    #[schema(required)]
    late: Option<String>,
}

/// A proof that one means this customer.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CustomerErasure {
    /// What the channel calls the person, typed.
    user_key: String,
}

/// The conversations of a bot, newest first.
#[utoipa::path(get, path = "/api/workspaces/{ws}/bots/{bot}/conversations", operation_id = "listConversations",
    tag = "conversations", params(ConversationPiece), responses((status = 200, body = List<ConversationLine>)))]
pub async fn list(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, bot)): Ids<(String, String)>,
    Params(which): Params<ConversationPiece>,
) -> Result<axum::Json<List<ConversationLine>>, Problem> {
    let bot = insight::bot_of(&hub, &caller, &bot).await?.id;
    let limit = insight::piece(which.limit);
    let after = insight::timed_cursor(which.cursor.as_deref())?
        .map(|(last_at, end_user)| ThreadCursor { last_at, end_user });
    let channel = which.channel.as_deref().unwrap_or_default();
    let searched = |text: Option<&str>| {
        let text: String = text.unwrap_or_default().trim().chars().take(MAX_SEARCH).collect();
        Some(text.replace('\0', "")).filter(|text| !text.is_empty())
    };
    if let Some(key) = searched(which.key.as_deref()) {
        let rows = hub.store.threads_by_key(bot, channel, &key, limit).await?;
        let items = rows.into_iter().map(ConversationLine::from).collect();
        return Ok(axum::Json(List { items, next: None }));
    }
    if let Some(text) = searched(which.text.as_deref()) {
        // As the text stands in a message's JSON.
        let text = serde_json::to_string(&text).unwrap_or_default();
        let words = text.trim_start_matches('"').strip_suffix('"').unwrap_or_default();
        let (found, next) = hub.store.threads_with(bot, (channel, words), after, limit as usize).await?;
        let items = found
            .into_iter()
            .map(|it| ConversationLine { found: Some(it.seq), ..ConversationLine::from(it.thread) });
        return Ok(axum::Json(List { items: items.collect(), next: next.map(written) }));
    }
    let mut rows = hub.store.threads(bot, channel, after, limit + 1).await?;
    let more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    let next = rows
        .last()
        .filter(|_| more)
        .map(|row| written(ThreadCursor { last_at: row.last_at, end_user: row.end_user }));
    Ok(axum::Json(List { items: rows.into_iter().map(ConversationLine::from).collect(), next }))
}

/// One conversation and its state.
#[utoipa::path(get, path = "/api/workspaces/{ws}/bots/{bot}/conversations/{user}", operation_id = "getConversation",
    tag = "conversations", responses((status = 200, body = Conversation)))]
pub async fn show(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, bot, user)): Ids<(String, String, String)>,
) -> Result<axum::Json<Conversation>, Problem> {
    let thread = thread_of(&hub, &caller, (&bot, &user)).await?;
    let state = hub.store.session_state(thread.end_user).await?;
    let state = raw(state.as_ref().map_or("null", |row| &row.state));
    Ok(axum::Json(Conversation { line: thread.into(), state }))
}

/// The messages of a conversation.
#[utoipa::path(get, path = "/api/workspaces/{ws}/bots/{bot}/conversations/{user}/messages", operation_id = "listMessages",
    tag = "conversations", params(ThreadPiece), responses((status = 200, body = List<ThreadMessage>)))]
pub async fn messages(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, bot, user)): Ids<(String, String, String)>,
    Params(which): Params<ThreadPiece>,
) -> Result<axum::Json<List<ThreadMessage>>, Problem> {
    let end_user = thread_of(&hub, &caller, (&bot, &user)).await?.end_user;
    let limit = insight::piece(which.limit);
    let from = match which.turn.as_deref() {
        Some(turn) => {
            let turn: TurnId = turn.parse().map_err(|_| Problem::Missing(Thing::Turn))?;
            let first = hub.store.turn_begins_at(end_user, turn).await?;
            Some(first.ok_or(Problem::Missing(Thing::Turn))? - 1)
        }
        None => which.after,
    };
    let mut rows = match from {
        Some(after) => hub.store.thread_after(end_user, after, limit + 1).await?,
        None => hub.store.thread(end_user, which.before, limit + 1).await?,
    };
    let more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    let next = rows.last().filter(|_| more).map(|row| row.seq.to_string());
    Ok(axum::Json(List { items: rows.into_iter().map(ThreadMessage::from).collect(), next }))
}

/// One turn, for the inspector.
#[utoipa::path(get, path = "/api/workspaces/{ws}/bots/{bot}/turns/{turn}", operation_id = "getTurn", tag = "conversations",
    responses((status = 200, body = TurnDetail)))]
pub async fn turn(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, bot, turn)): Ids<(String, String, String)>,
) -> Result<axum::Json<TurnDetail>, Problem> {
    let bot = insight::bot_of(&hub, &caller, &bot).await?.id;
    let missing = || Problem::Missing(Thing::Turn);
    let id: TurnId = turn.parse().map_err(|_| missing())?;
    let turn = hub.store.turn(bot, id).await?.ok_or_else(missing)?;
    let logged = hub.store.request(bot, id).await?;
    let request = logged.and_then(|whole| whole.packed.as_deref().and_then(packed::unpack));
    let end_user = turn.row.end_user;
    let messages = match hub.store.turn_begins_at(end_user, id).await? {
        Some(first) => hub.store.thread_after(end_user, first - 1, 100).await?,
        None => Vec::new(),
    };
    let messages = messages.into_iter().take_while(|row| row.turn == id).map(ThreadMessage::from).collect();
    Ok(axum::Json(detail(turn, messages, request)))
}

/// All that is kept of one customer (열람): profile, state, messages, turns, and the requests of the last days.
#[utoipa::path(get, path = "/api/workspaces/{ws}/bots/{bot}/conversations/{user}/export", operation_id = "exportCustomer",
    tag = "conversations", responses((status = 200, body = Object, content_type = "application/json")))]
pub async fn export(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, bot, user)): Ids<(String, String, String)>,
) -> Result<impl IntoResponse, Problem> {
    let row = insight::bot_of(&hub, &caller, &bot).await?;
    follow::catch_up(&hub).await?;
    let thread = thread_of(&hub, &caller, (&bot, &user)).await?;
    let end_user = thread.end_user;
    let mut messages = Vec::new();
    while messages.len() < MAX_EXPORTED {
        let after = messages.last().map_or(-1, |message: &ThreadMessage| message.seq);
        let rows = hub.store.thread_after(end_user, after, 500).await?;
        if rows.is_empty() {
            break;
        }
        messages.extend(rows.into_iter().map(ThreadMessage::from));
    }
    let mut turns: Vec<TurnDetail> = Vec::new();
    while turns.len() < MAX_EXPORTED {
        let rows = hub.store.turns_of(end_user, turns.last().map(|turn| turn.id), 200).await?;
        if rows.is_empty() {
            break;
        }
        turns.extend(rows.into_iter().map(|turn| detail(turn, Vec::new(), None)));
    }
    let mut requests = Vec::new();
    let mut after = None;
    loop {
        let ids = hub.store.requests_of(row.id, &thread.user_key, after).await?;
        let Some(last) = ids.last() else { break };
        after = Some(*last);
        for id in ids {
            let found = hub.store.request(row.id, id).await?;
            let text = found.and_then(|whole| whole.packed.as_deref().and_then(packed::unpack));
            requests.push(serde_json::json!({"id": id, "at": id.made_at(), "request": text}));
        }
    }
    let state = hub.store.session_state(end_user).await?;
    let body = serde_json::json!({
        "bot": {"id": row.id, "title": row.title},
        "exportedAt": hub.clock.now_ms(),
        "customer": ConversationLine::from(thread),
        "state": raw(state.as_ref().map_or("null", |row| &row.state)),
        "messages": messages,
        "turns": turns,
        "requests": requests,
    });
    // Who looks at whose data is written down too.
    note(&hub, &caller, ("customer.export", &row.title, &user)).await?;
    let disposition = format!("attachment; filename=\"customer-{end_user}.json\"");
    let disposition = HeaderValue::from_str(&disposition).unwrap_or(HeaderValue::from_static("attachment"));
    let kind = HeaderValue::from_static("application/json; charset=utf-8");
    Ok(([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, disposition)], body.to_string()))
}

/// Erases all that is kept of one customer (삭제). Figures of the statistics stay; nobody can be told from them.
#[utoipa::path(delete, path = "/api/workspaces/{ws}/bots/{bot}/conversations/{user}", operation_id = "eraseCustomer",
    tag = "conversations", request_body = CustomerErasure, responses((status = 204)))]
pub async fn erase(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, bot, user)): Ids<(String, String, String)>,
    Json(proof): Json<CustomerErasure>,
) -> Result<StatusCode, Problem> {
    let row = insight::bot_of(&hub, &caller, &bot).await?;
    // What waits to be written down or added up is part of what is to go.
    while crate::insight::log::flush(&hub).await {}
    while crate::problems::flush(&hub).await {}
    follow::catch_up(&hub).await?;
    let thread = thread_of(&hub, &caller, (&bot, &user)).await?;
    let mut check = Check::default();
    if proof.user_key.trim() != thread.user_key {
        check.wrong(
            "/userKey",
            "고객의 사용자 키와 달라요. 지우려는 고객이 맞는지 확인해 주세요.",
            "This is not the customer's key. Make sure that you mean this customer.",
        );
    }
    check.done()?;
    let id = thread.end_user.to_string();
    let store = noting(&hub, &caller, row.workspace, ("customer.erase", &row.title, &id));
    match store.erase_customer(row.id, thread.end_user).await {
        Ok(()) => Ok(StatusCode::NO_CONTENT),
        Err(StoreError::Missing(_)) => Err(Problem::Missing(Thing::Conversation)),
        Err(error) => Err(error.into()),
    }
}

async fn note(hub: &Hub, caller: &Caller, what: (&'static str, &str, &str)) -> Result<(), Problem> {
    let (workspace, _) = caller.member()?;
    Ok(noting(hub, caller, workspace, what).note_only().await?)
}

async fn thread_of(hub: &Hub, caller: &Caller, (bot, user): (&str, &str)) -> Result<ThreadRow, Problem> {
    let bot = insight::bot_of(hub, caller, bot).await?.id;
    let missing = || Problem::Missing(Thing::Conversation);
    let end_user: EndUserId = user.parse().map_err(|_| missing())?;
    hub.store.thread_of(bot, end_user).await?.ok_or_else(missing)
}

fn written(cursor: ThreadCursor) -> String {
    format!("{}.{}", cursor.last_at, cursor.end_user)
}

fn detail(turn: TurnWhole, messages: Vec<ThreadMessage>, request: Option<String>) -> TurnDetail {
    let row = turn.row;
    TurnDetail {
        id: row.id,
        conversation: row.end_user,
        at: row.started_at,
        took_ms: insight::ms(row.took_us),
        mode: row.mode,
        block: row.block,
        version: row.bot_version,
        request_id: row.request_id,
        fault: row.fault,
        trace: raw(&row.trace),
        messages,
        request,
        answer: turn.answer,
        late: turn.late,
    }
}

impl From<ThreadRow> for ConversationLine {
    fn from(row: ThreadRow) -> Self {
        Self {
            id: row.end_user,
            user_key: row.user_key,
            channel: row.channel,
            first_at: row.first_at,
            last_at: row.last_at,
            said: row.said,
            turns: row.turns,
            messages: row.messages,
            errors: row.faults,
            found: None,
        }
    }
}

impl From<MessageRow> for ThreadMessage {
    fn from(row: MessageRow) -> Self {
        Self {
            seq: row.seq,
            id: row.id,
            turn: row.turn,
            visit: row.conversation,
            is_user: row.is_user,
            sender: row.sender,
            data: raw(&row.data),
            at: row.created_at,
        }
    }
}
