//! Workspaces: making one, its name, its picture.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::StatusCode,
};
use serde::Deserialize;
use store::WorkspaceId;
use utoipa::ToSchema;

use super::{PictureAt, Workspace, me::picture_of, noting, picture_url, pictures::PictureBytes};
use crate::{
    Hub,
    http::{
        access::{Caller, Role},
        input::{Check, Json},
        problem::{Problem, Thing},
    },
};

/// Workspaces that one account may be in.
const MAX_WORKSPACES: usize = 100;

/// What it is called.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NewWorkspace {
    /// What people call it.
    name: String,
}

/// What is to change; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct WorkspaceChange {
    /// What people call it.
    name: Option<String>,
}

/// Makes a workspace; the caller owns it.
#[utoipa::path(post, path = "/api/workspaces", operation_id = "addWorkspace", tag = "workspaces",
    request_body = NewWorkspace, responses((status = 201, body = Workspace)))]
pub async fn add(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Json(new): Json<NewWorkspace>,
) -> Result<(StatusCode, axum::Json<Workspace>), Problem> {
    if caller.account.demo {
        return Err(Problem::DemoOnly);
    }
    let mut check = Check::default();
    let name = check.name("/name", &new.name);
    check.done()?;
    if hub.store.workspaces_of(caller.account.id).await?.len() >= MAX_WORKSPACES {
        return Err(Problem::TooMany(MAX_WORKSPACES as u32));
    }
    let now_ms = hub.clock.now_ms();
    let id = WorkspaceId::new(now_ms, hub.die.roll_wide());
    noting(&hub, &caller, id, ("workspace.add", &name, ""))
        .add_workspace(id, &name, caller.account.id, now_ms)
        .await?;
    Ok((
        StatusCode::CREATED,
        axum::Json(Workspace { id, name, picture: None, role: Role::Owner, demo: false }),
    ))
}

/// One workspace.
#[utoipa::path(get, path = "/api/workspaces/{ws}", operation_id = "getWorkspace", tag = "workspaces",
    responses((status = 200, body = Workspace)))]
pub async fn show(State(hub): State<Arc<Hub>>, caller: Caller) -> Result<axum::Json<Workspace>, Problem> {
    of(&hub, &caller).await.map(axum::Json)
}

/// Changes a workspace's name.
#[utoipa::path(patch, path = "/api/workspaces/{ws}", operation_id = "changeWorkspace", tag = "workspaces",
    request_body = WorkspaceChange, responses((status = 200, body = Workspace)))]
pub async fn change(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Json(change): Json<WorkspaceChange>,
) -> Result<axum::Json<Workspace>, Problem> {
    let (id, _) = caller.member()?;
    if let Some(name) = change.name {
        let mut check = Check::default();
        let name = check.name("/name", &name);
        check.done()?;
        let before = of(&hub, &caller).await?.name;
        noting(&hub, &caller, id, ("workspace.rename", &name, &before)).rename_workspace(id, &name).await?;
    }
    of(&hub, &caller).await.map(axum::Json)
}

/// Sets a workspace's picture: the bytes of a PNG, JPEG, WebP or GIF.
#[utoipa::path(put, path = "/api/workspaces/{ws}/picture", operation_id = "setWorkspacePicture", tag = "workspaces",
    request_body(content = PictureBytes, content_type = "application/octet-stream"),
    responses((status = 200, body = PictureAt)))]
pub async fn set_picture(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    request: Request,
) -> Result<axum::Json<PictureAt>, Problem> {
    let (id, _) = caller.member()?;
    let small = picture_of(&hub, request).await?;
    let picture = Some(picture_url(small.hash));
    noting(&hub, &caller, id, ("workspace.picture", "", ""))
        .set_workspace_picture(id, Some(small), hub.clock.now_ms())
        .await?;
    Ok(axum::Json(PictureAt { picture }))
}

/// Removes a workspace's picture.
#[utoipa::path(delete, path = "/api/workspaces/{ws}/picture", operation_id = "removeWorkspacePicture",
    tag = "workspaces", responses((status = 200, body = PictureAt)))]
pub async fn remove_picture(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
) -> Result<axum::Json<PictureAt>, Problem> {
    let (id, _) = caller.member()?;
    noting(&hub, &caller, id, ("workspace.picture", "", ""))
        .set_workspace_picture(id, None, hub.clock.now_ms())
        .await?;
    Ok(axum::Json(PictureAt { picture: None }))
}

async fn of(hub: &Hub, caller: &Caller) -> Result<Workspace, Problem> {
    let (id, role) = caller.member()?;
    let row = hub.store.workspace(id).await?.ok_or(Problem::Missing(Thing::Workspace))?;
    Ok(Workspace { id, name: row.name, picture: row.picture.map(picture_url), role, demo: row.demo })
}
