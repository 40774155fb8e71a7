//! What agents do in a conversation: take, hand over, complete, write. Whoever is a member may act as an agent; where the
//! team says so (`onlyAssigned`), members who are no admins find only what is theirs.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::StatusCode,
};
use engine::message::Message;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::{AccountId, EndUserId, WorkspaceId};
use utoipa::ToSchema;

use super::{event, id, only_own, row};
use crate::{
    Hub,
    chat::{
        act::{self, Deed, Place},
        view::Chat,
    },
    http::{
        access::{Caller, From},
        console::pictures::PictureBytes,
        input::{self, Check, Ids, Json},
        problem::{Problem, Thing},
        webchat::upload,
    },
    live::bells::{BellKey, Ring},
    picture,
};

/// Characters of a message.
const MAX_TEXT: usize = 1_000;
/// Characters of a sender's id.
const MAX_CLIENT_ID: usize = 64;

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

impl Sent {
    /// What was said, and the conversation after it.
    pub fn new(seq: Option<i64>, chat: store::ChatRow) -> Self {
        Self { seq: seq.unwrap_or(-1), chat: chat.into() }
    }
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

/// Up to where a thread was seen.
#[derive(Debug, Deserialize, ToSchema)]
pub struct Seen {
    /// The number of the last message that was seen.
    seq: i64,
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
    Ok(axum::Json(Sent::new(seq, chat)))
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
    row(&hub, &caller, &chat).await?;
    let file = input::bytes(request.into_body(), picture::MAX_MEDIA_BYTES).await?;
    let taken = upload::keep(&hub, workspace, file.into(), None).await?;
    let url = format!("{}{}", from.base, taken.url);
    let media = ChatMedia { url, content_type: taken.content_type, width: taken.width, height: taken.height };
    Ok((StatusCode::CREATED, axum::Json(media)))
}

/// Tells the end user and colleagues that the caller types.
#[utoipa::path(post, path = "/api/workspaces/{ws}/chats/{chat}/typing", operation_id = "typeInChat", tag = "chats",
    responses((status = 204)))]
pub async fn typing(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, chat)): Ids<(String, String)>,
) -> Result<StatusCode, Problem> {
    let row = row(&hub, &caller, &chat).await?;
    tell_typing(&hub, row.workspace, row.end_user, caller.account.id).await;
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
    let row = row(&hub, &caller, &chat).await?;
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

async fn does(hub: &Arc<Hub>, caller: &Caller, chat: &str, deed: Deed) -> Result<axum::Json<Chat>, Problem> {
    let (chat, _) = act::act(hub, place(caller, chat)?, deed).await?;
    Ok(axum::Json(chat.into()))
}

pub(super) fn place(caller: &Caller, chat: &str) -> Result<Place, Problem> {
    let (workspace, _) = caller.member()?;
    let only_own = only_own(caller)?.is_some();
    Ok(Place { workspace, chat: id(chat)?, by: Some(caller.account.id), only_own })
}
