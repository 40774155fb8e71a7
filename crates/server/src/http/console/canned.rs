//! Canned messages (상용구): a team's, which admins keep, and each agent's own.

use std::sync::Arc;

use axum::{extract::State, http::StatusCode};
use serde::{Deserialize, Serialize};
use store::{CannedId, CannedRow};
use utoipa::ToSchema;

use super::List;
use crate::{
    Hub,
    http::{
        access::{Caller, Role},
        input::{Check, Ids, Json},
        problem::{Problem, Thing},
    },
};

/// Canned messages that an agent sees.
const MAX_CANNED: usize = 1_000;
/// Characters of a shortcut.
const MAX_SHORTCUT: usize = 30;

/// A canned message.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Canned {
    /// Its id.
    #[schema(value_type = String)]
    id: CannedId,
    /// Is it the caller's own? Else the team's.
    own: bool,
    /// What it is called.
    title: String,
    /// What it says; a template.
    text: String,
    /// What is typed after `/`.
    shortcut: String,
    /// Its place in the list.
    position: i64,
}

/// A canned message to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CannedBody {
    /// The caller's own? Else the team's, which admins keep. Cannot be changed later.
    own: Option<bool>,
    /// What it is called.
    title: String,
    /// What it says; a template.
    text: String,
    /// What is typed after `/`.
    shortcut: Option<String>,
    /// Its place in the list.
    position: Option<i64>,
}

impl From<CannedRow> for Canned {
    fn from(row: CannedRow) -> Self {
        Self {
            id: row.id,
            own: row.owner.is_some(),
            title: row.title,
            text: row.text,
            shortcut: row.shortcut,
            position: row.position,
        }
    }
}

/// The canned messages that the caller sees, in order.
#[utoipa::path(get, path = "/api/workspaces/{ws}/canned", operation_id = "listCanned", tag = "canned",
    responses((status = 200, body = List<Canned>)))]
pub async fn list(State(hub): State<Arc<Hub>>, caller: Caller) -> Result<axum::Json<List<Canned>>, Problem> {
    let (workspace, _) = caller.member()?;
    let rows = hub.store.canned(workspace, caller.account.id).await?;
    Ok(axum::Json(List { items: rows.into_iter().map(Canned::from).collect(), next: None }))
}

/// Adds one.
#[utoipa::path(post, path = "/api/workspaces/{ws}/canned", operation_id = "addCanned", tag = "canned",
    request_body = CannedBody, responses((status = 201, body = Canned)))]
pub async fn add(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Json(body): Json<CannedBody>,
) -> Result<(StatusCode, axum::Json<Canned>), Problem> {
    let (workspace, role) = caller.member()?;
    let own = body.own.unwrap_or(false);
    if !own && role < Role::Admin {
        return Err(Problem::RoleTooLow(Role::Admin));
    }
    let known = hub.store.canned(workspace, caller.account.id).await?;
    if known.len() >= MAX_CANNED {
        return Err(Problem::TooMany(MAX_CANNED as u32));
    }
    let now_ms = hub.clock.now_ms();
    let last = known.last().map_or(0, |row| row.position + 1);
    let id = CannedId::new(now_ms, hub.die.roll_wide());
    let row = checked(CannedRow {
        id,
        owner: own.then_some(caller.account.id),
        title: body.title,
        text: body.text,
        shortcut: body.shortcut.unwrap_or_default(),
        position: body.position.unwrap_or(last),
    })?;
    hub.store.add_canned(workspace, row.clone(), now_ms).await?;
    Ok((StatusCode::CREATED, axum::Json(row.into())))
}

/// Changes one.
#[utoipa::path(put, path = "/api/workspaces/{ws}/canned/{id}", operation_id = "changeCanned", tag = "canned",
    request_body = CannedBody, responses((status = 200, body = Canned)))]
pub async fn change(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, id)): Ids<(String, String)>,
    Json(body): Json<CannedBody>,
) -> Result<axum::Json<Canned>, Problem> {
    let (workspace, _) = caller.member()?;
    let known = keepable(&hub, &caller, &id).await?;
    let row = checked(CannedRow {
        id: known.id,
        owner: known.owner,
        title: body.title,
        text: body.text,
        shortcut: body.shortcut.unwrap_or_default(),
        position: body.position.unwrap_or(known.position),
    })?;
    hub.store.change_canned(workspace, row.clone()).await?;
    Ok(axum::Json(row.into()))
}

/// Removes one.
#[utoipa::path(delete, path = "/api/workspaces/{ws}/canned/{id}", operation_id = "removeCanned", tag = "canned",
    responses((status = 204)))]
pub async fn remove(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, id)): Ids<(String, String)>,
) -> Result<StatusCode, Problem> {
    let (workspace, _) = caller.member()?;
    let known = keepable(&hub, &caller, &id).await?;
    hub.store.remove_canned(workspace, known.id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// One that the caller sees and may change: their own, or as an admin the team's.
async fn keepable(hub: &Hub, caller: &Caller, id: &str) -> Result<CannedRow, Problem> {
    let (workspace, role) = caller.member()?;
    let missing = || Problem::Missing(Thing::Canned);
    let id: CannedId = id.parse().map_err(|_| missing())?;
    let seen = hub.store.canned(workspace, caller.account.id).await?;
    let row = seen.into_iter().find(|row| row.id == id).ok_or_else(missing)?;
    if row.owner.is_none() && role < Role::Admin {
        return Err(Problem::RoleTooLow(Role::Admin));
    }
    Ok(row)
}

#[expect(clippy::needless_pass_by_value, reason = "what comes out takes its place")]
fn checked(row: CannedRow) -> Result<CannedRow, Problem> {
    let mut check = Check::default();
    let title = check.name("/title", &row.title);
    let text = check.text("/text", &row.text);
    if text.trim().is_empty() {
        check.wrong("/text", "보낼 내용을 적어 주세요.", "Write what is to be said.");
    }
    let shortcut = row.shortcut.trim().trim_start_matches('/').to_owned();
    if shortcut.chars().count() > MAX_SHORTCUT || shortcut.contains(char::is_whitespace) {
        check.wrong(
            "/shortcut",
            format!("띄어쓰기 없이 {MAX_SHORTCUT}자까지 적어 주세요."),
            format!("Enter at most {MAX_SHORTCUT} characters without spaces."),
        );
    }
    check.done()?;
    Ok(CannedRow { title, text, shortcut, ..row })
}
