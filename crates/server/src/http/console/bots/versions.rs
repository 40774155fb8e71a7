//! Versions: the draft is published as one, and any can be looked at, served again, taken back into the draft, deleted.

use std::sync::Arc;

use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::IntoResponse,
};
use engine::{bot::BotFile, json::Json as Tree};
use serde::{Deserialize, Serialize};
use store::{BotRow, CommitError, DraftFile, NewVersion, StoreError, VersionRow};
use utoipa::{IntoParams, ToSchema};

use super::{Life, Saver, TRIES, bot_of, check, draft::DraftKept, lifted, noting, save, warnings};
use crate::{
    Hub,
    http::{
        access::{Caller, Speaks},
        console::List,
        input::{Check, Ids, Json, MaybeJson, Params},
        problem::{Problem, Thing},
    },
    lint,
};

/// Versions in one piece of the list.
const PAGE: usize = 50;

/// How the draft is published.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Publishing {
    /// Why, for those who look at the versions later: at most 1,000 characters.
    note: Option<String>,
    /// The draft must still be at this revision; whatever it is at where absent.
    revision: Option<i64>,
}

/// The version that answers now.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Published {
    /// Its number.
    version: i64,
}

/// A published version.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Version {
    /// Its number.
    number: i64,
    /// Why it was published; empty where nobody said.
    note: String,
    /// What its publisher was called then; null for the command line.
    #[schema(required)]
    published_by: Option<String>,
    /// When it was published.
    created_at: i64,
    /// Does it answer now?
    live: bool,
    /// Is the draft still as it was when this version was made of it?
    is_draft: bool,
    /// Bytes of its file.
    size: i64,
}

/// Where a list goes on.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Page {
    /// What the piece before gave as `next`.
    cursor: Option<i64>,
}

/// On which revision of the draft one works.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Base {
    /// The draft's revision.
    base: i64,
}

/// Lets the draft answer, as a version that never changes. Refused where the check finds errors; warnings do not stop it.
#[utoipa::path(post, path = "/api/workspaces/{ws}/bots/{bot}/publish", operation_id = "publishBot", tag = "bots",
    request_body(content = Option<Publishing>), responses((status = 200, body = Published)))]
pub async fn publish(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, bot)): Ids<(String, String)>,
    MaybeJson(publishing): MaybeJson<Publishing>,
) -> Result<axum::Json<Published>, Problem> {
    let mut check = Check::default();
    let note = check.text("/note", publishing.note.unwrap_or_default().trim());
    check.done()?;
    for _ in 0..TRIES {
        let row = bot_of(&hub, &caller, &bot, Life::Here).await?;
        let draft = hub.store.draft(row.id).await?.ok_or(Problem::Missing(Thing::Bot))?;
        if publishing.revision.is_some_and(|revision| revision != draft.revision) {
            return Err(Problem::DraftChanged);
        }
        let complaints = check::complaints(draft.file, None).await?;
        if lint::stops(&complaints) {
            return Err(Problem::BotHasErrors(complaints));
        }
        // What was checked is what is published, or it is checked again.
        let new = NewVersion {
            revision: Some(draft.revision),
            note: note.clone(),
            by: Some((caller.account.id, caller.account.name.clone())),
        };
        let store = noting(&hub, &caller, row.workspace, ("bot.publish", &row.title, &note));
        match store.publish(row.id, new, hub.clock.now_ms()).await {
            Ok(version) => return Ok(axum::Json(Published { version })),
            Err(StoreError::Commit(CommitError::Stale { .. })) => {}
            Err(StoreError::Missing(_)) => return Err(Problem::Missing(Thing::Bot)),
            Err(error) => return Err(error.into()),
        }
    }
    Err(Problem::DraftChanged)
}

/// The versions, newest first.
#[utoipa::path(get, path = "/api/workspaces/{ws}/bots/{bot}/versions", operation_id = "listVersions", tag = "versions",
    params(Page), responses((status = 200, body = List<Version>)))]
pub async fn list(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, bot)): Ids<(String, String)>,
    Params(page): Params<Page>,
) -> Result<axum::Json<List<Version>>, Problem> {
    let row = bot_of(&hub, &caller, &bot, Life::Here).await?;
    let mut rows = hub.store.versions(row.id, page.cursor, PAGE as u32 + 1).await?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let next = rows.last().filter(|_| more).map(|last| last.number.to_string());
    let items = rows.into_iter().map(|version| shown(version, &row)).collect();
    Ok(axum::Json(List { items, next }))
}

fn shown(version: VersionRow, bot: &BotRow) -> Version {
    Version {
        number: version.number,
        note: version.note,
        published_by: version.published_by,
        created_at: version.created_at,
        live: bot.live_version == Some(version.number),
        is_draft: version.revision == Some(bot.draft_revision),
        size: version.size,
    }
}

/// A version's file.
#[utoipa::path(get, path = "/api/workspaces/{ws}/bots/{bot}/versions/{version}/file", operation_id = "getVersionFile",
    tag = "versions", responses((status = 200, body = Object, content_type = "application/json")))]
pub async fn file(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, bot, version)): Ids<(String, String, String)>,
) -> Result<impl IntoResponse, Problem> {
    let row = bot_of(&hub, &caller, &bot, Life::Here).await?;
    let file = hub.store.version_file(row.id, number(&version)?).await?;
    let kind = HeaderValue::from_static("application/json; charset=utf-8");
    Ok(([(header::CONTENT_TYPE, kind)], file.ok_or(Problem::Missing(Thing::Version))?))
}

/// Lets a version answer again, as it is.
#[utoipa::path(post, path = "/api/workspaces/{ws}/bots/{bot}/versions/{version}/publish", operation_id = "serveVersion",
    tag = "versions", responses((status = 200, body = Published)))]
pub async fn serve(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, bot, version)): Ids<(String, String, String)>,
) -> Result<axum::Json<Published>, Problem> {
    let version = number(&version)?;
    let row = bot_of(&hub, &caller, &bot, Life::Here).await?;
    let store = noting(&hub, &caller, row.workspace, ("bot.serve", &row.title, &version.to_string()));
    match store.serve_version(row.id, version, hub.clock.now_ms()).await {
        Ok(()) => Ok(axum::Json(Published { version })),
        Err(StoreError::Commit(CommitError::Stale { table: "bot_versions" })) => {
            Err(Problem::Missing(Thing::Version))
        }
        Err(StoreError::Commit(CommitError::Stale { .. })) => Err(Problem::Missing(Thing::Bot)),
        Err(error) => Err(error.into()),
    }
}

/// Takes a version's flows and preferences back into the draft; title, description and audience stay as they are.
#[utoipa::path(post, path = "/api/workspaces/{ws}/bots/{bot}/versions/{version}/draft", operation_id = "revertDraft",
    tag = "versions", request_body = Base, responses((status = 200, body = DraftKept)))]
pub async fn to_draft(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Speaks(lang): Speaks,
    Ids((_, bot, version)): Ids<(String, String, String)>,
    Json(base): Json<Base>,
) -> Result<axum::Json<DraftKept>, Problem> {
    let version = number(&version)?;
    let row = bot_of(&hub, &caller, &bot, Life::Here).await?;
    if row.draft_revision != base.base {
        return Err(Problem::DraftChanged);
    }
    let old = hub.store.version_file(row.id, version).await?.ok_or(Problem::Missing(Thing::Version))?;
    let draft = hub.store.draft_file(row.id).await?.ok_or(Problem::Missing(Thing::Bot))?;
    let parsed = |text: &str| {
        Tree::parse(text).map(|(tree, _)| tree).map_err(|error| {
            tracing::error!(bot.id = %row.id, %error, "a stored bot file cannot be read");
            Problem::Internal
        })
    };
    let (old, mut tree) = (parsed(&old)?, parsed(&draft)?);
    for key in ["flows", "preference"] {
        if let Some(value) = old.get(key) {
            tree.set(key, value.clone());
        }
    }
    let reading = BotFile::read(&tree.write()).map_err(|refused| Problem::BotFileRefused(refused.0))?;
    let store = noting(&hub, &caller, row.workspace, ("bot.revert", &row.title, &version.to_string()));
    let (title, description) = (lifted(reading.file.title()), lifted(reading.file.description()));
    let text = reading.file.write();
    let file = DraftFile { title: &title, description: &description, draft: &text };
    let saver = Saver { name: &caller.account.name, session: None };
    let revision = save(&hub, &store, &row, file, saver).await?.ok_or(Problem::DraftChanged)?;
    Ok(axum::Json(DraftKept { revision, warnings: warnings(&reading.warnings, lang) }))
}

/// Deletes a version. The one that answers stays.
#[utoipa::path(delete, path = "/api/workspaces/{ws}/bots/{bot}/versions/{version}", operation_id = "deleteVersion",
    tag = "versions", responses((status = 204)))]
pub async fn delete(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, bot, version)): Ids<(String, String, String)>,
) -> Result<StatusCode, Problem> {
    let version = number(&version)?;
    let row = bot_of(&hub, &caller, &bot, Life::Here).await?;
    let store = noting(&hub, &caller, row.workspace, ("bot.deleteVersion", &row.title, &version.to_string()));
    match store.delete_version(row.id, version).await {
        Ok(()) => Ok(StatusCode::NO_CONTENT),
        Err(StoreError::Commit(CommitError::Stale { table: "bots" })) => Err(Problem::VersionLive),
        Err(StoreError::Commit(CommitError::Stale { .. })) => Err(Problem::Missing(Thing::Version)),
        Err(error) => Err(error.into()),
    }
}

fn number(text: &str) -> Result<i64, Problem> {
    text.parse().map_err(|_| Problem::Missing(Thing::Version))
}
