//! The members of a workspace: who they are, what they may do, and how they leave.

use std::sync::Arc;

use axum::{extract::State, http::StatusCode};
use serde::{Deserialize, Serialize};
use store::{AccountId, MemberRow, WorkspaceId};
use utoipa::ToSchema;

use super::{List, noting, picture_url};
use crate::{
    Hub,
    http::{
        access::{Caller, Role},
        input::{Ids, Json},
        problem::{Problem, Thing},
    },
    live::MEMBERS,
};

/// A member of a workspace.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Member {
    /// The account's id.
    #[schema(value_type = String)]
    id: AccountId,
    /// What the person is called.
    name: String,
    /// Where mail goes.
    email: String,
    /// Where their picture is.
    #[schema(required)]
    picture: Option<String>,
    /// What they may do.
    role: Role,
    /// When they were last seen, to the minute.
    #[schema(required)]
    last_seen_at: Option<i64>,
}

/// What a member is to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RoleChange {
    /// The role that is to be.
    role: Role,
}

impl From<MemberRow> for Member {
    fn from(row: MemberRow) -> Self {
        Self {
            id: row.account,
            name: row.name,
            email: row.email,
            picture: row.picture.map(picture_url),
            role: Role::read(&row.role).unwrap_or(Role::Readonly),
            last_seen_at: row.last_seen_at,
        }
    }
}

/// The members of a workspace, in the order in which they came.
#[utoipa::path(get, path = "/api/workspaces/{ws}/members", operation_id = "listMembers", tag = "members",
    responses((status = 200, body = List<Member>)))]
pub async fn list(State(hub): State<Arc<Hub>>, caller: Caller) -> Result<axum::Json<List<Member>>, Problem> {
    let (workspace, _) = caller.member()?;
    let members = hub.store.members(workspace).await?;
    Ok(axum::Json(List { items: members.into_iter().map(Member::from).collect(), next: None }))
}

/// Gives a member another role. Owners may give any; admins may make editors and readers of editors and readers.
#[utoipa::path(patch, path = "/api/workspaces/{ws}/members/{id}", operation_id = "changeMember", tag = "members",
    request_body = RoleChange, responses((status = 200, body = Member)))]
pub async fn change(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, id)): Ids<(String, String)>,
    Json(change): Json<RoleChange>,
) -> Result<axum::Json<Member>, Problem> {
    let (workspace, role) = caller.member()?;
    let member = member(&hub, workspace, &id).await?;
    if role < Role::Owner && member.role.max(change.role) >= Role::Admin {
        return Err(Problem::RanksTooHigh);
    }
    let detail = format!("{} → {}", member.role.name(), change.role.name());
    let changed = noting(&hub, &caller, workspace, ("member.role", &member.email, &detail))
        .set_role(workspace, member.id, change.role.name())
        .await?;
    if !changed {
        return Err(Problem::LastOwner);
    }
    // Consoles that watch the workspace see more or less from now on, or nothing.
    hub.live.signal(workspace, MEMBERS.to_owned());
    Ok(axum::Json(Member { role: change.role, ..member }))
}

/// Takes a member out. Anyone may leave; owners may take out anyone, admins editors and readers.
#[utoipa::path(delete, path = "/api/workspaces/{ws}/members/{id}", operation_id = "removeMember", tag = "members",
    responses((status = 204)))]
pub async fn remove(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, id)): Ids<(String, String)>,
) -> Result<StatusCode, Problem> {
    let (workspace, role) = caller.member()?;
    let leaves = id == caller.account.id.to_string();
    if !leaves && role < Role::Admin {
        return Err(Problem::RoleTooLow(Role::Admin));
    }
    let member = member(&hub, workspace, &id).await?;
    if !leaves && role < Role::Owner && member.role >= Role::Admin {
        return Err(Problem::RanksTooHigh);
    }
    let action = if leaves { "member.leave" } else { "member.remove" };
    let removed = noting(&hub, &caller, workspace, (action, &member.email, member.role.name()))
        .remove_member(workspace, member.id)
        .await?;
    hub.live.signal(workspace, MEMBERS.to_owned());
    if removed { Ok(StatusCode::NO_CONTENT) } else { Err(Problem::LastOwner) }
}

async fn member(hub: &Hub, workspace: WorkspaceId, id: &str) -> Result<Member, Problem> {
    let missing = || Problem::Missing(Thing::Member);
    let id: AccountId = id.parse().map_err(|_| missing())?;
    hub.store.member(workspace, id).await?.map(Member::from).ok_or_else(missing)
}
