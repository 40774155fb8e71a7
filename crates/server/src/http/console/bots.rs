//! Bots: what is there, how they come, change, are published, and go.
//!
//! What a bot says by itself and how its conversations begin stand in its file, so changing them changes the draft and
//! nothing else of the file moves.

pub mod change;
pub mod check;
pub mod draft;
pub mod path_tests;
pub mod preview;
pub mod uses;
pub mod versions;
pub mod workbench;

use std::sync::Arc;

use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::IntoResponse,
};
use engine::bot::{Bot as Compiled, BotFile, Complaint, Severity};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use store::{BotId, BotNumbers, BotRow, DraftFile, NewBot, Store, StoreError, WorkspaceId};
use utoipa::{IntoParams, ToSchema};

use super::{List, noting, templates};
use crate::{
    Hub,
    editors::Saved,
    http::{
        access::{Caller, Speaks},
        input::{self, BotBody, Check, Ids, Json, Params},
        problem::{Problem, Thing},
    },
    numbers,
};

/// Bots of one workspace.
const MAX_BOTS: usize = 1_000;
/// A change is tried again so often when another one came in between.
const TRIES: usize = 5;

/// A bot as a list shows it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BotSummary {
    /// Its id.
    #[schema(value_type = String)]
    id: BotId,
    /// What people call it.
    title: String,
    /// What it is for.
    description: String,
    /// Is KakaoTalk switched on?
    kakao_enabled: bool,
    /// The version that answers.
    #[schema(required)]
    live_version: Option<i64>,
    /// Has the draft changed since it was published?
    draft_ahead: bool,
    /// People who talked to it today.
    users_today: i64,
    /// Turns of today.
    turns_today: i64,
    /// Turns of today that ended with an error.
    errors_today: i64,
    /// Does it have flows, or does an old server answer for it?
    kind: BotKind,
    /// When it was last changed.
    updated_at: i64,
    /// When it was deleted; it can be restored for 30 days.
    #[schema(required)]
    deleted_at: Option<i64>,
}

/// What answers for a bot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum BotKind {
    /// Its flows.
    Flows,
    /// An old server.
    Bridge,
}

/// A bot.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Bot {
    /// As a list shows it.
    #[serde(flatten)]
    summary: BotSummary,
    /// The address to be pasted into OpenBuilder.
    skill_url: String,
    /// The same for the draft.
    draft_skill_url: String,
    /// How the draft behaves beyond its flows.
    preference: Preference,
}

/// How a bot behaves beyond its flows.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Preference {
    /// What it says by itself.
    system_message: SystemMessage,
    /// How conversations begin and go on.
    session_behavior: SessionBehavior,
}

/// What a bot says by itself; templates.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct SystemMessage {
    /// When a turn says nothing.
    empty: String,
    /// When a turn fails.
    error: String,
    /// Over buttons that need a message of their own.
    additional_choice: String,
    /// In place of a medium that the channel cannot show.
    unsupported_media: String,
    /// The button that fetches the rest.
    more: String,
    /// When the answer takes longer.
    waiting: String,
    /// The button that fetches it then.
    waiting_button: String,
}

/// How conversations begin and go on.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct SessionBehavior {
    /// Who comes back goes on where they stood.
    restore_navigation: bool,
    /// Opening the room is answered with the entry flow.
    welcome_on_session_start: bool,
    /// A first message without a conversation is answered with the entry flow.
    welcome_on_message_without_session: bool,
}

/// Which bots.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Which {
    /// A part of title or description.
    search: Option<String>,
    /// The deleted ones instead.
    deleted: Option<bool>,
}

/// A bot to be made: from a template, or from a file.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NewBotBody {
    /// The template's id.
    template: Option<String>,
    /// A bot or flow file. Send it as it stands: numbers keep their spelling.
    #[schema(value_type = Option<Object>)]
    file: Option<Box<RawValue>>,
    /// What it is to be called; else as the file says.
    title: Option<String>,
}

/// A bot that was made, and what is remarkable about its file.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BotMade {
    /// The bot.
    bot: Bot,
    /// What is remarkable.
    warnings: Vec<Warning>,
}

/// What is remarkable about a file.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Warnings {
    /// What is remarkable.
    warnings: Vec<Warning>,
}

/// One thing that is remarkable about a file.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Warning {
    /// `note` or `warning`.
    severity: &'static str,
    /// A stable name.
    code: &'static str,
    /// Where, in words.
    place: String,
    /// What and why.
    message: String,
}

/// A proof that one means this bot.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Deletion {
    /// The bot's title, typed.
    title: String,
}

/// The bots of a workspace.
#[utoipa::path(get, path = "/api/workspaces/{ws}/bots", operation_id = "listBots", tag = "bots", params(Which),
    responses((status = 200, body = List<BotSummary>)))]
pub async fn list(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Params(which): Params<Which>,
) -> Result<axum::Json<List<BotSummary>>, Problem> {
    let (workspace, _) = caller.member()?;
    let rows = if which.deleted == Some(true) {
        hub.store.deleted_bots(workspace).await?
    } else {
        hub.store.bots(workspace).await?
    };
    let numbers = numbers::of(&hub, workspace).await?;
    let wanted = which.search.unwrap_or_default().trim().to_lowercase();
    let found = |row: &BotRow| {
        [&row.title, &row.description].into_iter().any(|text| text.to_lowercase().contains(&wanted))
    };
    let items = rows.into_iter().filter(found).map(|row| summary(row, &numbers)).collect();
    Ok(axum::Json(List { items, next: None }))
}

/// One bot.
#[utoipa::path(get, path = "/api/workspaces/{ws}/bots/{bot}", operation_id = "getBot", tag = "bots",
    responses((status = 200, body = Bot)))]
pub async fn show(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, bot)): Ids<(String, String)>,
) -> Result<axum::Json<Bot>, Problem> {
    let row = bot_of(&hub, &caller, &bot, Life::Here).await?;
    whole(&hub, row).await.map(axum::Json)
}

/// Makes a bot, from a template or from a file.
#[utoipa::path(post, path = "/api/workspaces/{ws}/bots", operation_id = "addBot", tag = "bots",
    request_body = NewBotBody, responses((status = 201, body = BotMade)))]
pub async fn add(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Speaks(lang): Speaks,
    BotBody(body): BotBody,
) -> Result<impl IntoResponse, Problem> {
    let (workspace, _) = caller.member()?;
    let new: NewBotBody = input::read(body.as_bytes())?;
    let mut check = Check::default();
    let title = new.title.map(|title| check.name("/title", &title));
    if new.template.is_some() == new.file.is_some() {
        check.wrong(
            "",
            "예시(template)와 파일(file) 가운데 하나를 골라 주세요.",
            "Give either a template or a file.",
        );
    }
    check.done()?;
    let text = match (&new.template, &new.file) {
        (Some(template), _) => templates::file(template).ok_or(Problem::Missing(Thing::Template))?,
        (None, Some(file)) => file.get(),
        (None, None) => return Err(Problem::Missing(Thing::Template)),
    };
    let mut reading = BotFile::read(text).map_err(|refused| Problem::BotFileRefused(refused.0))?;
    if let Some(title) = &title {
        reading.file.set_title(title);
    }
    room_for_one(&hub, workspace).await?;
    let source = new.template.unwrap_or_default();
    let made = keep(&hub, &caller, reading, ("bot.add", None, &source), lang).await?;
    Ok((StatusCode::CREATED, axum::Json(made)))
}

/// Is there room for one more bot?
pub(super) async fn room_for_one(hub: &Hub, workspace: WorkspaceId) -> Result<(), Problem> {
    let (bots, deleted) = (hub.store.bots(workspace).await?, hub.store.deleted_bots(workspace).await?);
    if bots.len() + deleted.len() >= MAX_BOTS { Err(Problem::TooMany(MAX_BOTS as u32)) } else { Ok(()) }
}

/// Makes a bot of a file that was written here; `why` is the act and what it was done to.
pub(super) async fn make(
    hub: &Hub,
    caller: &Caller,
    file: &str,
    (act, target): (&'static str, &str),
    lang: engine::lang::Lang,
) -> Result<BotMade, Problem> {
    let reading = BotFile::read(file).map_err(|refused| Problem::BotFileRefused(refused.0))?;
    keep(hub, caller, reading, (act, Some(target), ""), lang).await
}

async fn keep(
    hub: &Hub,
    caller: &Caller,
    reading: engine::bot::Reading,
    (act, target, detail): (&'static str, Option<&str>, &str),
    lang: engine::lang::Lang,
) -> Result<BotMade, Problem> {
    let (workspace, _) = caller.member()?;
    let now_ms = hub.clock.now_ms();
    let id = BotId::new(now_ms, hub.die.roll_wide());
    let title = lifted(reading.file.title());
    noting(hub, caller, workspace, (act, target.unwrap_or(&title), detail))
        .create_bot(NewBot {
            id,
            workspace,
            title: title.clone(),
            description: lifted(reading.file.description()),
            draft: reading.file.write(),
            now_ms,
        })
        .await?;
    let row = hub.store.bot(id).await?.ok_or(Problem::Internal)?;
    let bot = whole(hub, row).await?;
    Ok(BotMade { bot, warnings: warnings(&reading.warnings, lang) })
}

/// The draft's file.
#[utoipa::path(get, path = "/api/workspaces/{ws}/bots/{bot}/export", operation_id = "exportBot", tag = "bots",
    responses((status = 200, body = Object, content_type = "application/json")))]
pub async fn export(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, bot)): Ids<(String, String)>,
) -> Result<impl IntoResponse, Problem> {
    let row = bot_of(&hub, &caller, &bot, Life::Here).await?;
    let file = hub.store.draft_file(row.id).await?.ok_or(Problem::Missing(Thing::Bot))?;
    let name = if row.title.trim().is_empty() { "bot" } else { row.title.trim() };
    let encoded: String =
        name.bytes()
            .map(|byte| {
                if byte.is_ascii_alphanumeric() {
                    char::from(byte).to_string()
                } else {
                    format!("%{byte:02X}")
                }
            })
            .collect();
    let disposition = format!("attachment; filename=\"bot.json\"; filename*=UTF-8''{encoded}.json");
    let disposition = HeaderValue::from_str(&disposition).unwrap_or(HeaderValue::from_static("attachment"));
    let kind = HeaderValue::from_static("application/json; charset=utf-8");
    Ok(([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, disposition)], file))
}

/// Overwrites the draft with a file.
#[utoipa::path(put, path = "/api/workspaces/{ws}/bots/{bot}/file", operation_id = "overwriteBot", tag = "bots",
    request_body = Object, responses((status = 200, body = Warnings)))]
pub async fn overwrite(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Speaks(lang): Speaks,
    Ids((_, bot)): Ids<(String, String)>,
    BotBody(file): BotBody,
) -> Result<axum::Json<Warnings>, Problem> {
    let reading = BotFile::read(&file).map_err(|refused| Problem::BotFileRefused(refused.0))?;
    let (title, description) = (lifted(reading.file.title()), lifted(reading.file.description()));
    let draft = reading.file.write();
    for _ in 0..TRIES {
        let row = bot_of(&hub, &caller, &bot, Life::Here).await?;
        let store = noting(&hub, &caller, row.workspace, ("bot.overwrite", &row.title, ""));
        let file = DraftFile { title: &title, description: &description, draft: &draft };
        let saver = Saver { name: &caller.account.name, session: None };
        if save(&hub, &store, &row, file, saver).await?.is_some() {
            return Ok(axum::Json(Warnings { warnings: warnings(&reading.warnings, lang) }));
        }
    }
    Err(Problem::BotChanged)
}

/// Deletes a bot, which must be named. It can be restored for 30 days.
#[utoipa::path(delete, path = "/api/workspaces/{ws}/bots/{bot}", operation_id = "deleteBot", tag = "bots",
    request_body = Deletion, responses((status = 204)))]
pub async fn delete(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, bot)): Ids<(String, String)>,
    Json(deletion): Json<Deletion>,
) -> Result<StatusCode, Problem> {
    let row = bot_of(&hub, &caller, &bot, Life::Here).await?;
    let mut check = Check::default();
    if deletion.title != row.title {
        check.wrong("/title", "봇의 제목과 똑같이 적어 주세요.", "Type the bot's title exactly.");
    }
    check.done()?;
    let store = noting(&hub, &caller, row.workspace, ("bot.delete", &row.title, ""));
    gone_if_stale(store.delete_bot(row.id, hub.clock.now_ms()).await)?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes a deletion back.
#[utoipa::path(post, path = "/api/workspaces/{ws}/bots/{bot}/restore", operation_id = "restoreBot", tag = "bots",
    responses((status = 200, body = Bot)))]
pub async fn restore(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, bot)): Ids<(String, String)>,
) -> Result<axum::Json<Bot>, Problem> {
    let row = bot_of(&hub, &caller, &bot, Life::Deleted).await?;
    let store = noting(&hub, &caller, row.workspace, ("bot.restore", &row.title, ""));
    gone_if_stale(store.restore_bot(row.id, hub.clock.now_ms()).await)?;
    let row = hub.store.bot(row.id).await?.ok_or(Problem::Missing(Thing::Bot))?;
    whole(&hub, row).await.map(axum::Json)
}

/// Is a bot there, or deleted?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Life {
    Here,
    Deleted,
}

/// A bot of the caller's workspace. One of another workspace is as good as none.
async fn bot_of(hub: &Hub, caller: &Caller, id: &str, life: Life) -> Result<BotRow, Problem> {
    let missing = || Problem::Missing(Thing::Bot);
    let (workspace, _) = caller.member()?;
    let id: BotId = id.parse().map_err(|_| missing())?;
    let row = hub.store.bot(id).await?.filter(|row| row.workspace == workspace).ok_or_else(missing)?;
    if row.deleted_at.is_some() == (life == Life::Deleted) { Ok(row) } else { Err(missing()) }
}

/// The workspace of a bot that the caller may work on.
pub(super) async fn workspace_of(
    hub: &Hub,
    caller: &Caller,
    bot: &str,
) -> Result<store::WorkspaceId, Problem> {
    bot_of(hub, caller, bot, Life::Here).await.map(|row| row.workspace)
}

/// Somebody else did the same a moment before.
fn gone_if_stale(done: Result<(), StoreError>) -> Result<(), Problem> {
    match done {
        Err(StoreError::Commit(store::CommitError::Stale { .. })) => Err(Problem::Missing(Thing::Bot)),
        done => Ok(done?),
    }
}

/// Who saves a draft.
#[derive(Debug, Clone, Copy)]
struct Saver<'a> {
    /// What they are called.
    name: &'a str,
    /// In which of their open editors.
    session: Option<&'a str>,
}

/// Saves a draft and tells those who work on it; the new revision. `None` where another change came in between.
async fn save(
    hub: &Hub,
    store: &Store,
    row: &BotRow,
    file: DraftFile<'_>,
    saver: Saver<'_>,
) -> Result<Option<i64>, Problem> {
    match store.save_draft(row.id, row.draft_revision, file, hub.clock.now_ms()).await {
        Ok(revision) => {
            let (name, session) = (saver.name.to_owned(), saver.session.map(str::to_owned));
            hub.editors.saved(row.id, Saved { revision, session, name });
            Ok(Some(revision))
        }
        Err(StoreError::Commit(store::CommitError::Stale { .. })) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// A text of the file as lists show it: a file may hold letters that no database takes.
fn lifted(text: &str) -> String {
    text.chars().filter(|letter| *letter != '\0').collect()
}

fn summary(row: BotRow, numbers: &[BotNumbers]) -> BotSummary {
    let today = numbers.iter().find(|numbers| numbers.bot == row.id);
    BotSummary {
        id: row.id,
        kind: if row.bridge.is_some() { BotKind::Bridge } else { BotKind::Flows },
        // What has no flows has nothing to publish.
        draft_ahead: row.bridge.is_none() && row.live_revision != Some(row.draft_revision),
        title: row.title,
        description: row.description,
        kakao_enabled: row.kakao_enabled,
        live_version: row.live_version,
        users_today: today.map_or(0, |today| today.end_users),
        turns_today: today.map_or(0, |today| today.turns),
        errors_today: today.map_or(0, |today| today.faults),
        updated_at: row.updated_at,
        deleted_at: row.deleted_at,
    }
}

pub(super) async fn whole(hub: &Hub, row: BotRow) -> Result<Bot, Problem> {
    let numbers = numbers::of(hub, row.workspace).await?;
    let file = hub.store.draft_file(row.id).await?.ok_or(Problem::Missing(Thing::Bot))?;
    let reading = BotFile::read(&file).map_err(|refused| {
        tracing::error!(bot.id = %row.id, error = %refused, "a stored draft cannot be read");
        Problem::BotFileRefused(refused.0)
    })?;
    let preference = Compiled::compile(&reading.file).preference;
    let (said, behavior) = (preference.system_message, preference.session_behavior);
    let skill_url = format!("{}/webhook/kakao/{}/i/skill", hub.config.public_url(), row.id);
    Ok(Bot {
        draft_skill_url: format!("{skill_url}/draft"),
        skill_url,
        summary: summary(row, &numbers),
        preference: Preference {
            system_message: SystemMessage {
                empty: said.empty.source,
                error: said.error.source,
                additional_choice: said.additional_choice.source,
                unsupported_media: said.unsupported_media.source,
                more: said.more.source,
                waiting: said.waiting.source,
                waiting_button: said.waiting_button.source,
            },
            session_behavior: SessionBehavior {
                restore_navigation: behavior.restore_navigation,
                welcome_on_session_start: behavior.welcome_on_session_start,
                welcome_on_message_without_session: behavior.welcome_on_message_without_session,
            },
        },
    })
}

fn warnings(complaints: &[Complaint], lang: engine::lang::Lang) -> Vec<Warning> {
    let warning = |complaint: &Complaint| Warning {
        severity: match complaint.severity {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        },
        code: complaint.code,
        place: complaint.spot.describe(lang),
        message: complaint.said.get(lang).to_owned(),
    };
    complaints.iter().map(warning).collect()
}
