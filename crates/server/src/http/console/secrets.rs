//! The names of a workspace's secrets, for who writes `{{SECRET("name")}}` into a bot. Never their values: nobody reads those.

use std::sync::Arc;

use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::List;
use crate::{
    Hub,
    http::{access::Caller, problem::Problem},
    vault::Kind,
};

/// A secret, without its value.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SecretName {
    /// What it is called.
    name: String,
    /// When it was last set.
    updated_at: i64,
}

/// The names of all secrets, in order.
#[utoipa::path(get, path = "/api/workspaces/{ws}/secrets", operation_id = "listSecrets", tag = "editor",
    responses((status = 200, body = List<SecretName>)))]
pub async fn list(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
) -> Result<axum::Json<List<SecretName>>, Problem> {
    let (workspace, _) = caller.member()?;
    // The names are not locked: no key is needed to read them.
    let rows = hub.store.vault_entries(workspace).await?;
    let mut items: Vec<SecretName> = rows
        .into_iter()
        .filter(|row| Kind::from_name(&row.kind) == Some(Kind::Secret))
        .map(|row| SecretName { name: row.name, updated_at: row.updated_at })
        .collect();
    items.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(axum::Json(List { items, next: None }))
}
