//! Notes that mention the caller: what colleagues asked them to look at.

use std::sync::Arc;

use axum::{extract::State, http::StatusCode};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::{AccountId, LineId};
use utoipa::{IntoParams, ToSchema};

use super::super::List;
use crate::{
    Hub,
    chat::{sight, view::Chat},
    http::{
        access::{Caller, Role},
        input::{Json, Params},
        problem::Problem,
    },
};

/// Mentions of one piece.
const PIECE: u32 = 30;

/// A note that mentions the caller.
#[derive(Debug, Serialize, ToSchema)]
pub struct Mention {
    /// The note's id.
    #[schema(value_type = String)]
    line: LineId,
    /// When it was written.
    at: i64,
    /// Who wrote it.
    #[schema(required, value_type = Option<String>)]
    by: Option<AccountId>,
    /// What it says.
    text: String,
    /// Has the caller seen it?
    seen: bool,
    /// In which conversation.
    chat: Chat,
}

/// How many notes the caller has not seen.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnseenMentions {
    /// So many.
    unseen: i64,
}

/// Up to where the caller has seen them.
#[derive(Debug, Deserialize, ToSchema)]
pub struct SeenMentions {
    /// The newest note that they have seen.
    line: String,
}

/// Which of them.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct MentionsOf {
    /// Where a list goes on.
    cursor: Option<String>,
}

fn line(text: &str) -> Result<LineId, Problem> {
    text.parse().map_err(|_| Problem::Malformed("no id of a note".to_owned()))
}

/// Notes that mention the caller, newest first. One in a conversation that is hidden from them is not there.
#[utoipa::path(get, path = "/api/workspaces/{ws}/mentions", operation_id = "listMentions", tag = "chats",
    params(MentionsOf), responses((status = 200, body = List<Mention>)))]
pub async fn list(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Params(of): Params<MentionsOf>,
) -> Result<axum::Json<List<Mention>>, Problem> {
    let (workspace, role) = caller.member()?;
    let whose = (workspace, caller.account.id);
    let before = of.cursor.as_deref().map(line).transpose()?;
    let rows = hub.store.mentions(whose, before, PIECE + 1).await?;
    let next = (rows.len() > PIECE as usize).then(|| rows[PIECE as usize - 1].line.to_string());
    let mut items = Vec::new();
    for row in rows.into_iter().take(PIECE as usize) {
        let read = hub.store.chat_by_id(workspace, row.end_user).await?;
        let Some(chat) = read.and_then(|read| read.chat) else { continue };
        if role < Role::Admin && sight::hides(&hub, &chat, caller.account.id).await? {
            continue;
        }
        let data: Value = serde_json::from_str(&row.data).unwrap_or_default();
        items.push(Mention {
            line: row.line,
            at: row.at,
            by: row.by,
            text: data["text"].as_str().unwrap_or_default().to_owned(),
            seen: row.seen,
            chat: chat.into(),
        });
    }
    Ok(axum::Json(List { items, next }))
}

/// How many notes mention the caller that they have not seen.
#[utoipa::path(get, path = "/api/workspaces/{ws}/mentions/unseen", operation_id = "countMentions", tag = "chats",
    responses((status = 200, body = UnseenMentions)))]
pub async fn unseen(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
) -> Result<axum::Json<UnseenMentions>, Problem> {
    let (workspace, _) = caller.member()?;
    let unseen = hub.store.unseen_mentions(workspace, caller.account.id).await?;
    Ok(axum::Json(UnseenMentions { unseen }))
}

/// The caller has seen the notes up to this one.
#[utoipa::path(post, path = "/api/workspaces/{ws}/mentions/seen", operation_id = "seeMentions", tag = "chats",
    request_body = SeenMentions, responses((status = 204)))]
pub async fn see(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Json(seen): Json<SeenMentions>,
) -> Result<StatusCode, Problem> {
    let (workspace, _) = caller.member()?;
    hub.store.see_mentions((workspace, caller.account.id), line(&seen.line)?).await?;
    Ok(StatusCode::NO_CONTENT)
}
