//! What agents do with a customer's room at the messenger: end its session, keep the customer out, ask for name and number.

use std::sync::Arc;

use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use super::deeds::{Sent, place};
use crate::{
    Hub,
    chat::{
        act::{self, Deed},
        view::Chat,
    },
    http::{
        access::Caller,
        input::{Check, Ids, Json},
        problem::Problem,
    },
};

/// Letters of the other bot's event (spec consulttalk.md, "endWithBot").
const MAX_EVENT: usize = 100;
/// Letters of a sender's id.
const MAX_CLIENT_ID: usize = 64;

/// How the session ends.
#[derive(Debug, Deserialize, ToSchema)]
pub struct RoomEnd {
    /// The event with which the channel's other bot goes on: letters, digits and `_`; null where nobody does.
    event: Option<String>,
}

/// Whether the customer is kept out.
#[derive(Debug, Deserialize, ToSchema)]
pub struct RoomBlock {
    /// Kept out, or let in again.
    blocked: bool,
}

/// The question for name and telephone number.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RoomConsent {
    /// The console's id of it: sent again with the same id it is the same question.
    client_id: String,
}

/// Ends the customer's session at the messenger, perhaps by handing them to the channel's OpenBuilder bot. The consultation ends
/// with it.
#[utoipa::path(post, path = "/api/workspaces/{ws}/chats/{chat}/room/end", operation_id = "endChatRoom", tag = "chats",
    request_body = RoomEnd, responses((status = 200, body = Chat)))]
pub async fn end(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, chat)): Ids<(String, String)>,
    Json(end): Json<RoomEnd>,
) -> Result<axum::Json<Chat>, Problem> {
    let mut check = Check::default();
    let event = end.event.map(|event| event.trim().to_owned());
    if event.as_ref().is_some_and(|event| {
        event.len() > MAX_EVENT || !event.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    }) {
        check.wrong(
            "/event",
            format!("영문, 숫자, 밑줄(_)로 {MAX_EVENT}자까지 적어 주세요."),
            format!("Use up to {MAX_EVENT} letters, digits and underscores."),
        );
    }
    check.done()?;
    let (chat, _) = act::act(&hub, place(&caller, &chat)?, Deed::EndRoom { event }).await?;
    Ok(axum::Json(chat.into()))
}

/// Keeps a customer out, or lets them in again: what a blocked customer writes is not delivered by the messenger.
#[utoipa::path(post, path = "/api/workspaces/{ws}/chats/{chat}/room/block", operation_id = "blockChatRoom", tag = "chats",
    request_body = RoomBlock, responses((status = 200, body = Chat)))]
pub async fn block(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, chat)): Ids<(String, String)>,
    Json(block): Json<RoomBlock>,
) -> Result<axum::Json<Chat>, Problem> {
    let (chat, _) = act::act(&hub, place(&caller, &chat)?, Deed::Block(block.blocked)).await?;
    Ok(axum::Json(chat.into()))
}

/// Has the messenger ask the customer for name and telephone number, in its own bubble. What they give stands in the profile.
#[utoipa::path(post, path = "/api/workspaces/{ws}/chats/{chat}/room/consent", operation_id = "askChatConsent", tag = "chats",
    request_body = RoomConsent, responses((status = 200, body = Sent)))]
pub async fn consent(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, chat)): Ids<(String, String)>,
    Json(asked): Json<RoomConsent>,
) -> Result<axum::Json<Sent>, Problem> {
    let mut check = Check::default();
    let length = asked.client_id.chars().count();
    if length == 0 || length > MAX_CLIENT_ID {
        check.wrong(
            "/clientId",
            format!("1자 이상 {MAX_CLIENT_ID}자 이하로 보내 주세요."),
            format!("Send 1 to {MAX_CLIENT_ID} characters."),
        );
    }
    check.done()?;
    let client_id = format!("{}:{}", caller.account.id, asked.client_id);
    let (chat, seq) = act::act(&hub, place(&caller, &chat)?, Deed::AskConsent { client_id }).await?;
    Ok(axum::Json(Sent::new(seq, chat)))
}
