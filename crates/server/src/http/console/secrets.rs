//! The names of a workspace's secrets, for who writes `{{SECRET("name")}}` into a bot. Never their values: nobody reads those.

use std::sync::Arc;

use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::workspaces;
use crate::{
    Hub,
    http::{access::Caller, console::List, input::Ids, problem::Problem},
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
