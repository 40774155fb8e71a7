//! What members have changed.

use std::sync::Arc;

use axum::extract::State;
use serde::{Deserialize, Serialize};
use store::{AccountId, AuditId};
use utoipa::{IntoParams, ToSchema};

use super::List;
use crate::{
    Hub,
    http::{access::Caller, input::Params, problem::Problem},
};

/// Lines of one piece.
const PIECE: u32 = 50;
/// … and at most.
const MAX_PIECE: u32 = 100;

/// Which piece of a list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Piece {
    /// `next` of the piece before.
    cursor: Option<String>,
    /// How many items, 100 at most.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
}

/// A line of the log.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AuditLine {
    /// Its id.
    #[schema(value_type = String)]
    id: AuditId,
    /// When it happened.
    at: i64,
    /// Who did it.
    actor: Actor,
    /// What they did: `workspace.add`, `workspace.rename`, `workspace.picture`, `member.join`, `member.role`,
    /// `member.remove`, `member.leave`, `invite.add`, `invite.revoke`, `bot.add`, `bot.change`, `bot.edit`,
    /// `bot.publish`, `bot.serve`, `bot.deleteVersion`, `bot.revert`, `bot.addTest`, `bot.overwrite`, `bot.delete`, `bot.restore`,
    /// `kakao.change`, `kakao.remove`, `alerts.rules`, `alerts.secret`, `records.change`, `customer.export` or `customer.erase`.
    action: String,
    /// To what or whom, as people call it.
    target: String,
    /// What else there is to say.
    detail: String,
}

/// Who did something.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Actor {
    /// The account's id.
    #[schema(value_type = String)]
    id: AccountId,
    /// What they were called then.
    name: String,
}

/// What members have changed, newest first.
#[utoipa::path(get, path = "/api/workspaces/{ws}/audit", operation_id = "listAudit", tag = "members", params(Piece),
    responses((status = 200, body = List<AuditLine>)))]
pub async fn list(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Params(piece): Params<Piece>,
) -> Result<axum::Json<List<AuditLine>>, Problem> {
    let (workspace, _) = caller.member()?;
    let limit = piece.limit.unwrap_or(PIECE).clamp(1, MAX_PIECE);
    let before = match piece.cursor.as_deref() {
        Some(cursor) => Some(cursor.parse().map_err(|error| Problem::Malformed(format!("cursor: {error}")))?),
        None => None,
    };
    let mut rows = hub.store.audit(workspace, before, limit + 1).await?;
    let more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    let next = rows.last().filter(|_| more).map(|row| row.id.to_string());
    let items = rows.into_iter().map(|row| AuditLine {
        id: row.id,
        at: row.id.made_at(),
        actor: Actor { id: row.account, name: row.name },
        action: row.action,
        target: row.target,
        detail: row.detail,
    });
    Ok(axum::Json(List { items: items.collect(), next }))
}
