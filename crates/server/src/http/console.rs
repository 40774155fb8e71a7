//! The calls of the console, one file per noun, and the shapes that several of them speak of.
//!
//! To add one: a handler with `#[utoipa::path]` in the file of its noun, a line in `access.rs` with who may call it, a row
//! in `tests/console/table.rs`, and `cargo test -p server --test console` to renew `openapi.json`.

pub mod agents;
pub mod alerts;
pub mod answers;
pub mod audit;
pub mod bots;
pub mod bridge;
pub mod canned;
pub mod channels;
pub mod chat_settings;
pub mod chat_stats;
pub mod chats;
pub mod consulttalk;
pub mod conversations;
pub mod demo;
mod insight;
pub mod invites;
pub mod kakao;
pub mod live;
pub mod me;
pub mod media;
pub mod members;
pub mod pictures;
pub mod records;
pub mod requests;
pub mod secrets;
pub mod session;
pub mod setup;
mod sheets;
pub mod stats;
pub mod templates;
pub mod web_channel;
pub mod webhooks;
pub mod webpush;
pub mod workspaces;

use engine::lang::Lang;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use store::{AuditId, Membership, NewAudit, PictureHash, Store, WorkspaceId};
use utoipa::ToSchema;

use super::{
    access::{Caller, Role},
    problem::Problem,
};
use crate::{Hub, secret};

/// A list that comes in pieces.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct List<T> {
    /// The items of this piece.
    pub items: Vec<T>,
    /// What to give as `cursor` for the next piece; null where this was the last.
    #[schema(required)]
    pub next: Option<String>,
}

/// The language of a console.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Korean.
    Ko,
    /// English.
    En,
}

/// How a console looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
    /// As the machine is set.
    System,
}

/// Who is signed in.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Me {
    /// The account's id.
    #[schema(value_type = String)]
    id: store::AccountId,
    /// Where mail goes.
    email: String,
    /// What the person is called.
    name: String,
    /// Where their picture is.
    #[schema(required)]
    picture: Option<String>,
    /// The language of their console.
    language: Language,
    /// How it looks.
    theme: Theme,
    /// Are one-time codes asked for?
    totp: bool,
    /// Is it the account that looks around in the demo?
    demo: bool,
    /// The workspaces they are members of.
    workspaces: Vec<Workspace>,
}

/// A workspace, and what one is in it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Workspace {
    /// Its id.
    #[schema(value_type = String)]
    id: WorkspaceId,
    /// What people call it.
    name: String,
    /// Where its picture is.
    #[schema(required)]
    picture: Option<String>,
    /// What the caller is in it.
    role: Role,
    /// Is it the demo, whose bots and people are made up?
    demo: bool,
}

/// Where a picture is now.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PictureAt {
    /// Its address.
    #[schema(required)]
    picture: Option<String>,
}

impl Language {
    fn lang(self) -> Lang {
        match self {
            Self::Ko => Lang::Ko,
            Self::En => Lang::En,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Ko => "ko",
            Self::En => "en",
        }
    }

    fn read(name: &str) -> Self {
        if name == "en" { Self::En } else { Self::Ko }
    }
}

impl Theme {
    fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
            Self::System => "system",
        }
    }

    fn read(name: &str) -> Self {
        match name {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::System,
        }
    }
}

impl From<Membership> for Workspace {
    fn from(membership: Membership) -> Self {
        Self {
            id: membership.workspace.id,
            name: membership.workspace.name,
            picture: membership.workspace.picture.map(picture_url),
            role: Role::read(&membership.role).unwrap_or(Role::Readonly),
            demo: membership.workspace.demo,
        }
    }
}

/// Where a picture is.
fn picture_url(hash: PictureHash) -> String {
    format!("/api/pictures/{}", secret::hex(&hash))
}

/// Who somebody is, with all their workspaces.
async fn me_of(hub: &Hub, id: store::AccountId) -> Result<Me, Problem> {
    let account = hub.store.account(id).await?.ok_or(Problem::NotSignedIn)?;
    let workspaces = hub.store.workspaces_of(id).await?;
    Ok(Me {
        id,
        email: account.email,
        name: account.name,
        picture: account.picture.map(picture_url),
        language: Language::read(&account.language),
        theme: Theme::read(&account.theme),
        totp: account.totp_secret.is_some(),
        demo: account.demo,
        workspaces: workspaces.into_iter().map(Workspace::from).collect(),
    })
}

/// The store, whose next change writes a line to the workspace's log.
fn noting(hub: &Hub, caller: &Caller, workspace: WorkspaceId, what: (&'static str, &str, &str)) -> Store {
    let (action, target, detail) = what;
    hub.store.noting(NewAudit {
        id: AuditId::new(hub.clock.now_ms(), hub.die.roll_wide()),
        workspace,
        account: caller.account.id,
        name: caller.account.name.clone(),
        action,
        target: target.to_owned(),
        detail: detail.to_owned(),
    })
}

/// What is stored as JSON, as it stands.
fn raw(text: String) -> Box<RawValue> {
    RawValue::from_string(text).unwrap_or_else(|_| RawValue::NULL.to_owned())
}
