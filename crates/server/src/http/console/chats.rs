//! Conversations as agents work with them: lists, threads, and what is done in them. Whoever is a member may act as an
//! agent.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::StatusCode,
};
use engine::message::Message;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json, value::RawValue};
use store::{
    AccountId, BotId, ChatQuery, EndUserId, LineId, LineRow, NewLine, NewLive, ThreadMessage, WorkspaceId,
};
use utoipa::{IntoParams, ToSchema};

use super::{List, pictures::PictureBytes};
use crate::{
    Hub,
    chat::{
        act::{self, Deed, Place},
        change::line_json,
        view::{self, Chat},
    },
    http::{
        access::{Caller, From},
        input::{self, Check, Ids, Json, Params},
        problem::{Problem, Thing},
        webchat::upload,
    },
    live::bells::{BellKey, Ring},
    picture,
};

/// Conversations of one piece of a list.
const PIECE: u32 = 50;
/// Messages of one piece of a thread.
const THREAD_PIECE: u32 = 50;
/// Lines that come with it.
const MAX_LINES: u32 = 500;
/// Characters of a message.
const MAX_TEXT: usize = 1_000;
/// Characters of a sender's id.
const MAX_CLIENT_ID: usize = 64;
/// Tags of a conversation, and characters of one.
const MAX_TAGS: usize = 20;
const MAX_TAG: usize = 30;

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
    /// A part of name, telephone number, e-mail address or user key.
    search: Option<String>,
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

/// To whom.
#[derive(Debug, Deserialize, ToSchema)]
pub struct Transfer {
    /// The agent; null: back into the queue.
    #[schema(value_type = Option<String>)]
    to: Option<String>,
}

/// How it ends.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Completion {
    /// The flow that goes on at once, other than the settings say.
    flow_id: Option<i64>,
}

/// Where the bot is to go on.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct StartFlow {
    /// The flow.
    flow_id: i64,
    /// The node; the flow's entry where absent.
    node_id: Option<i64>,
}

/// What an agent says.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NewChatMessage {
    /// The console's id of it: sent again with the same id it is the same message.
    client_id: String,
    /// The message: `{type: "text", text}` or another kind of message.
    #[schema(value_type = Object)]
    data: Value,
}

/// A message that was sent.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Sent {
    /// Its number in the thread.
    seq: i64,
    /// The conversation after it.
    chat: Chat,
}

/// A picture that can be sent.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ChatMedia {
    /// Its address.
    url: String,
    /// Its media type.
    content_type: &'static str,
    /// In pixels.
    width: u32,
    /// In pixels.
    height: u32,
}

/// A note for colleagues.
#[derive(Debug, Deserialize, ToSchema)]
pub struct Note {
    /// What it says.
    text: String,
    /// Members who are mentioned in it.
    #[serde(default)]
    mentions: Vec<String>,
}

/// Up to where a thread was seen.
#[derive(Debug, Deserialize, ToSchema)]
pub struct Seen {
    /// The number of the last message that was seen.
    seq: i64,
}

/// What agents write down about an end user; what is absent stays.
#[derive(Debug, Deserialize, ToSchema)]
pub struct Profile {
    /// The name.
    name: Option<String>,
    /// The telephone number.
    phone: Option<String>,
    /// The e-mail address.
    email: Option<String>,
    /// The gender, in words.
    gender: Option<String>,
    /// All tags.
    tags: Option<Vec<String>>,
}

/// Conversations of a workspace, the one in which something was said last first.
#[utoipa::path(get, path = "/api/workspaces/{ws}/chats", operation_id = "listChats", tag = "chats", params(Which),
    responses((status = 200, body = List<Chat>)))]
pub async fn list(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Params(which): Params<Which>,
) -> Result<axum::Json<List<Chat>>, Problem> {
    let (workspace, _) = caller.member()?;
    let bot = which.bot.map(|bot| bot.parse().map_err(|_| Problem::Missing(Thing::Bot))).transpose()?;
    let query = ChatQuery {
        state: which.state,
        without_bot: which.without_bot.unwrap_or(false),
        bot,
        owner: which.mine.unwrap_or(false).then_some(caller.account.id),
        search: which.search.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()),
        after: which.cursor.as_deref().map(read_cursor).transpose()?,
        limit: PIECE + 1,
    };
    let mut rows = hub.store.chats(workspace, query).await?;
    let more = rows.len() > PIECE as usize;
    rows.truncate(PIECE as usize);
    let next = rows.last().filter(|_| more).map(|row| format!("{}-{}", row.last_at, row.end_user));
    Ok(axum::Json(List { items: rows.into_iter().map(Into::into).collect(), next }))
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
    for row in hub.store.chat_counts(workspace).await? {
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
    let (workspace, _) = caller.member()?;
    let read = hub.store.chat_by_id(workspace, id(&chat)?).await?;
    let read = read.ok_or(Problem::Missing(Thing::Chat))?;
    let Some(chat) = read.chat else { return Err(Problem::Missing(Thing::Chat)) };
    let kept = read.session.as_ref().map(|session| crate::chat::kept::Kept::read(&session.state));
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
    let (workspace, _) = caller.member()?;
    let chat = id(&chat)?;
    // Whose it is: a thread of another workspace is not there.
    let row = row(&hub, workspace, chat).await?;
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
    Ok(axum::Json(Thread { messages: messages.into_iter().map(Into::into).collect(), lines, more }))
}

impl std::convert::From<ThreadMessage> for ChatMessage {
    fn from(row: ThreadMessage) -> Self {
        Self {
            seq: row.seq,
            id: row.id.to_string(),
            from: row.sender,
            at: row.at,
            author: row.author,
            client_id: row.client_id.map(|id| view::own_id(&id, row.author).to_owned()),
            data: raw(row.data),
        }
    }
}

impl std::convert::From<LineRow> for ChatLine {
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

/// Takes a request, or steps into a conversation: the bot stops, it is the caller's.
#[utoipa::path(post, path = "/api/workspaces/{ws}/chats/{chat}/take", operation_id = "takeChat", tag = "chats",
    responses((status = 200, body = Chat)))]
pub async fn take(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, chat)): Ids<(String, String)>,
) -> Result<axum::Json<Chat>, Problem> {
    does(&hub, &caller, &chat, Deed::Take).await
}

/// Joins a consultation beside its owner.
#[utoipa::path(post, path = "/api/workspaces/{ws}/chats/{chat}/join", operation_id = "joinChat", tag = "chats",
    responses((status = 200, body = Chat)))]
pub async fn join(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, chat)): Ids<(String, String)>,
) -> Result<axum::Json<Chat>, Problem> {
    does(&hub, &caller, &chat, Deed::Join).await
}

/// Leaves a consultation; its owner hands it over or completes it instead.
#[utoipa::path(post, path = "/api/workspaces/{ws}/chats/{chat}/leave", operation_id = "leaveChat", tag = "chats",
    responses((status = 200, body = Chat)))]
pub async fn leave(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, chat)): Ids<(String, String)>,
) -> Result<axum::Json<Chat>, Problem> {
    does(&hub, &caller, &chat, Deed::Leave).await
}

/// Gives a consultation to an agent, or back into the queue.
#[utoipa::path(post, path = "/api/workspaces/{ws}/chats/{chat}/transfer", operation_id = "transferChat", tag = "chats",
    request_body = Transfer, responses((status = 200, body = Chat)))]
pub async fn transfer(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, chat)): Ids<(String, String)>,
    Json(transfer): Json<Transfer>,
) -> Result<axum::Json<Chat>, Problem> {
    let (workspace, _) = caller.member()?;
    let to = match transfer.to {
        None => None,
        Some(to) => {
            let missing = || Problem::Missing(Thing::Member);
            let account: AccountId = to.parse().map_err(|_| missing())?;
            hub.store.member(workspace, account).await?.ok_or_else(missing)?;
            Some(account)
        }
    };
    does(&hub, &caller, &chat, Deed::Transfer(to)).await
}

/// Completes a consultation: all agents leave, the bot answers again.
#[utoipa::path(post, path = "/api/workspaces/{ws}/chats/{chat}/complete", operation_id = "completeChat", tag = "chats",
    request_body = Completion, responses((status = 200, body = Chat)))]
pub async fn complete(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, chat)): Ids<(String, String)>,
    Json(completion): Json<Completion>,
) -> Result<axum::Json<Chat>, Problem> {
    does(&hub, &caller, &chat, Deed::Complete { flow_id: completion.flow_id }).await
}

/// Lets the bot run a flow in a consultation.
#[utoipa::path(post, path = "/api/workspaces/{ws}/chats/{chat}/flow", operation_id = "startFlowInChat", tag = "chats",
    request_body = StartFlow, responses((status = 200, body = Chat)))]
pub async fn start_flow(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, chat)): Ids<(String, String)>,
    Json(flow): Json<StartFlow>,
) -> Result<axum::Json<Chat>, Problem> {
    does(&hub, &caller, &chat, Deed::StartFlow { flow_id: flow.flow_id, node_id: flow.node_id }).await
}

/// Stops the flow that runs in a consultation.
#[utoipa::path(delete, path = "/api/workspaces/{ws}/chats/{chat}/flow", operation_id = "stopFlowInChat", tag = "chats",
    responses((status = 200, body = Chat)))]
pub async fn stop_flow(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, chat)): Ids<(String, String)>,
) -> Result<axum::Json<Chat>, Problem> {
    does(&hub, &caller, &chat, Deed::StopFlow).await
}

/// Says something to the end user. A request that is nobody's becomes the caller's by it.
#[utoipa::path(post, path = "/api/workspaces/{ws}/chats/{chat}/messages", operation_id = "sendChatMessage",
    tag = "chats", request_body = NewChatMessage, responses((status = 200, body = Sent)))]
pub async fn send(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, chat)): Ids<(String, String)>,
    Json(message): Json<NewChatMessage>,
) -> Result<axum::Json<Sent>, Problem> {
    let mut check = Check::default();
    let length = message.client_id.chars().count();
    if length == 0 || length > MAX_CLIENT_ID {
        check.wrong(
            "/clientId",
            format!("1자 이상 {MAX_CLIENT_ID}자 이하로 보내 주세요."),
            format!("Send 1 to {MAX_CLIENT_ID} characters."),
        );
    }
    let data = Message::from_value(&message.data).ok().flatten();
    let fits = |message: &Message| match message {
        Message::Text { text, .. } => !text.trim().is_empty() && text.chars().count() <= MAX_TEXT,
        _ => true,
    };
    match &data {
        Some(data) if fits(data) => {}
        _ => check.wrong(
            "/data",
            format!("보낼 내용을 {MAX_TEXT}자까지 적어 주세요."),
            format!("Enter a message of at most {MAX_TEXT} characters."),
        ),
    }
    check.done()?;
    let data = serde_json::to_string(&data).unwrap_or_default();
    let place = place(&caller, &chat)?;
    // Agents and end users make their ids for themselves: one never stands for the other's message.
    let client_id = format!("{}:{}", caller.account.id, message.client_id);
    let (chat, seq) = act::act(&hub, place, Deed::Say { client_id, data }).await?;
    Ok(axum::Json(Sent { seq: seq.unwrap_or(-1), chat: chat.into() }))
}

/// Takes a picture to be sent: the bytes of a JPEG, PNG, GIF or BMP of at most 10 MB, which are drawn anew. Send its `url` in a
/// message then.
#[utoipa::path(post, path = "/api/workspaces/{ws}/chats/{chat}/media", operation_id = "addChatMedia", tag = "chats",
    request_body(content = PictureBytes, content_type = "application/octet-stream"),
    responses((status = 201, body = ChatMedia)))]
pub async fn media(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    from: From,
    Ids((_, chat)): Ids<(String, String)>,
    request: Request,
) -> Result<(StatusCode, axum::Json<ChatMedia>), Problem> {
    let (workspace, _) = caller.member()?;
    row(&hub, workspace, id(&chat)?).await?;
    let file = input::bytes(request.into_body(), picture::MAX_MEDIA_BYTES).await?;
    let taken = upload::keep(&hub, workspace, file.into()).await?;
    let url = format!("{}{}", from.base, taken.url);
    let media = ChatMedia { url, content_type: taken.content_type, width: taken.width, height: taken.height };
    Ok((StatusCode::CREATED, axum::Json(media)))
}

/// Writes a note that colleagues see and the end user does not.
#[utoipa::path(post, path = "/api/workspaces/{ws}/chats/{chat}/notes", operation_id = "noteChat", tag = "chats",
    request_body = Note, responses((status = 201, body = ChatLine)))]
pub async fn note(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, chat)): Ids<(String, String)>,
    Json(note): Json<Note>,
) -> Result<(StatusCode, axum::Json<ChatLine>), Problem> {
    let (workspace, _) = caller.member()?;
    let mut check = Check::default();
    let text = check.text("/text", &note.text);
    if text.trim().is_empty() {
        check.wrong("/text", "메모를 적어 주세요.", "Write a note.");
    }
    check.done()?;
    let members = hub.store.members(workspace).await?;
    let known = |id: &String| members.iter().any(|member| member.account.to_string() == *id);
    let mentions: Vec<String> = note.mentions.into_iter().filter(known).collect();
    let row = row(&hub, workspace, id(&chat)?).await?;
    let now_ms = hub.clock.now_ms();
    let line = NewLine {
        id: LineId::new(now_ms, hub.die.roll_wide()),
        kind: "note",
        agent: None,
        by: Some(caller.account.id),
        data: json!({"text": text, "mentions": mentions}).to_string(),
    };
    let event = event("line", row.end_user, line_json(&line, now_ms, row.last_seq));
    let made = ChatLine {
        id: line.id,
        kind: line.kind.to_owned(),
        at: now_ms,
        after_seq: row.last_seq,
        agent: None,
        by: line.by,
        data: raw(line.data.clone()),
    };
    hub.store.note_chat((workspace, row.end_user), line, vec![event], now_ms).await?;
    hub.live.ring(workspace);
    Ok((StatusCode::CREATED, axum::Json(made)))
}

/// Tells the end user and colleagues that the caller types.
#[utoipa::path(post, path = "/api/workspaces/{ws}/chats/{chat}/typing", operation_id = "typeInChat", tag = "chats",
    responses((status = 204)))]
pub async fn typing(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, chat)): Ids<(String, String)>,
) -> Result<StatusCode, Problem> {
    let (workspace, _) = caller.member()?;
    tell_typing(&hub, workspace, id(&chat)?, caller.account.id).await;
    Ok(StatusCode::NO_CONTENT)
}

/// An agent types: their end user sees it while they talk, colleagues always.
pub async fn tell_typing(hub: &Hub, workspace: WorkspaceId, chat: EndUserId, account: AccountId) {
    let Ok(Some(store::ChatRead { chat: Some(row), .. })) = hub.store.chat_by_id(workspace, chat).await
    else {
        return;
    };
    let told = json!({"type": "typing", "chat": chat, "from": "agent", "agent": account});
    hub.live.signal(workspace, told.to_string());
    if row.state == "connected" {
        let bell = BellKey::new(row.bot, &row.platform, &row.user_key);
        hub.live.bells.ring(&bell, Ring::Typing("agent"));
    }
}

/// The caller has seen the thread up to this message.
#[utoipa::path(post, path = "/api/workspaces/{ws}/chats/{chat}/seen", operation_id = "seeChat", tag = "chats",
    request_body = Seen, responses((status = 204)))]
pub async fn see(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, chat)): Ids<(String, String)>,
    Json(seen): Json<Seen>,
) -> Result<StatusCode, Problem> {
    let (workspace, _) = caller.member()?;
    let row = row(&hub, workspace, id(&chat)?).await?;
    if row.unread > 0 {
        let end_user = row.end_user;
        let event = event("seen", end_user, json!({"seq": seen.seq, "by": caller.account.id}).to_string());
        let now_ms = hub.clock.now_ms();
        if hub.store.see_chat((workspace, end_user), seen.seq, vec![event], now_ms).await? {
            hub.live.ring(workspace);
        }
    }
    Ok(StatusCode::NO_CONTENT)
}

/// Writes down who the end user is.
#[utoipa::path(patch, path = "/api/workspaces/{ws}/chats/{chat}", operation_id = "changeChat", tag = "chats",
    request_body = Profile, responses((status = 200, body = Chat)))]
pub async fn change(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, chat)): Ids<(String, String)>,
    Json(profile): Json<Profile>,
) -> Result<axum::Json<Chat>, Problem> {
    let (workspace, _) = caller.member()?;
    let mut row = row(&hub, workspace, id(&chat)?).await?;
    let mut check = Check::default();
    let fields = [
        ("/name", profile.name, &mut row.name),
        ("/phone", profile.phone, &mut row.phone),
        ("/email", profile.email, &mut row.email),
        ("/gender", profile.gender, &mut row.gender),
    ];
    for (pointer, value, slot) in fields {
        if let Some(value) = value {
            let value = value.trim().to_owned();
            if value.chars().count() > 100 || value.contains(char::is_control) {
                check.wrong(
                    pointer,
                    "100자까지 한 줄로 적어 주세요.",
                    "Enter at most 100 characters in one line.",
                );
            }
            *slot = value;
        }
    }
    if let Some(tags) = profile.tags {
        let tags: Vec<String> =
            tags.iter().map(|tag| tag.trim().to_owned()).filter(|tag| !tag.is_empty()).collect();
        if tags.len() > MAX_TAGS || tags.iter().any(|tag| tag.chars().count() > MAX_TAG) {
            check.wrong(
                "/tags",
                format!("태그는 {MAX_TAGS}개, 하나에 {MAX_TAG}자까지예요."),
                format!("There may be {MAX_TAGS} tags of {MAX_TAG} characters."),
            );
        }
        row.tags = json!(tags).to_string();
    }
    check.done()?;
    let fields =
        [row.name.clone(), row.phone.clone(), row.email.clone(), row.gender.clone(), row.tags.clone()];
    let event = event("chat", row.end_user, view::json(row.clone()));
    hub.store.set_chat_profile((workspace, row.end_user), fields, vec![event], hub.clock.now_ms()).await?;
    hub.live.ring(workspace);
    Ok(axum::Json(row.into()))
}

async fn does(hub: &Arc<Hub>, caller: &Caller, chat: &str, deed: Deed) -> Result<axum::Json<Chat>, Problem> {
    let (chat, _) = act::act(hub, place(caller, chat)?, deed).await?;
    Ok(axum::Json(chat.into()))
}

fn place(caller: &Caller, chat: &str) -> Result<Place, Problem> {
    let (workspace, _) = caller.member()?;
    Ok(Place { workspace, chat: id(chat)?, by: Some(caller.account.id) })
}

fn id(text: &str) -> Result<EndUserId, Problem> {
    text.parse().map_err(|_| Problem::Missing(Thing::Chat))
}

async fn row(hub: &Hub, workspace: WorkspaceId, chat: EndUserId) -> Result<store::ChatRow, Problem> {
    let read = hub.store.chat_by_id(workspace, chat).await?;
    read.and_then(|read| read.chat).ok_or(Problem::Missing(Thing::Chat))
}

fn event(kind: &'static str, end_user: EndUserId, data: String) -> NewLive {
    NewLive { kind, end_user: Some(end_user), message: None, data }
}

fn raw(text: String) -> Box<RawValue> {
    RawValue::from_string(text).unwrap_or_else(|_| RawValue::NULL.to_owned())
}
