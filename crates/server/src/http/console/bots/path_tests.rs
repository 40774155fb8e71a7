//! Path tests: conversations that were tried once, kept, and played again against the draft.

use std::{sync::Arc, time::Duration};

use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::IntoResponse,
};
use engine::lang::Lang;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::{BotRow, CommitError, PathTestId, PathTestRow, StoreError};
use utoipa::ToSchema;

use super::{
    Life, bot_of, noting,
    preview::{NamedSource, Source, load},
};
use crate::{
    Hub,
    http::{
        access::{Caller, Speaks},
        console::List,
        input::{self, BotBody, Check, Ids},
        problem::{Problem, Thing},
    },
    tryout::{
        Channel, Person,
        path::{self, Parts, PathStep, PathTestFile},
    },
};

/// Tests of one bot.
const MAX_TESTS: usize = 500;
/// How long a run may take; tests that are not reached by then are told as such.
const RUN_WITHIN: Duration = Duration::from_secs(50);

/// A path test.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PathTest {
    /// Its id.
    #[schema(value_type = String)]
    id: PathTestId,
    /// What it is made of.
    #[serde(flatten)]
    parts: Parts,
    /// When it was made.
    created_at: i64,
    /// When it was last changed.
    updated_at: i64,
}

/// What is to change; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PathTestChange {
    /// What people call it.
    name: Option<String>,
    /// On which channel it is played.
    channel: Option<Channel>,
    /// Who talks to the bot.
    person: Option<Person>,
    /// What is said and answered: how the answers of today are taken over, too.
    steps: Option<Vec<PathStep>>,
}

/// What is to be played.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PathTestsToRun {
    /// Against which file of the bot; the draft where absent.
    source: Option<Source>,
    /// Which tests; all where absent.
    ids: Option<Vec<String>>,
}

/// What became of the tests.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PathTestResults {
    /// In the order of the list.
    results: Vec<PathTestResult>,
}

/// What became of one test.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct PathTestResult {
    /// The test.
    #[schema(value_type = String)]
    id: PathTestId,
    /// What people call it.
    name: String,
    /// Did every step get the answer that it had?
    passed: bool,
    /// Its steps, in order; empty where there was no time for it.
    steps: Vec<PathStepResult>,
}

/// What became of one step.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct PathStepResult {
    /// Did it get the answer that it had?
    passed: bool,
    /// The answer that it had.
    #[schema(value_type = Object)]
    expected: Value,
    /// The answer that it got.
    #[schema(value_type = Object)]
    got: Value,
    /// What differs, in words.
    #[schema(required)]
    difference: Option<String>,
}

/// The path tests of a bot.
#[utoipa::path(get, path = "/api/workspaces/{ws}/bots/{bot}/tests", operation_id = "listPathTests", tag = "tests",
    responses((status = 200, body = List<PathTest>)))]
pub async fn list(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, bot)): Ids<(String, String)>,
) -> Result<axum::Json<List<PathTest>>, Problem> {
    let row = bot_of(&hub, &caller, &bot, Life::Here).await?;
    let items = all(&hub, &row).await?;
    Ok(axum::Json(List { items, next: None }))
}

/// All path tests as a file, for `closer test` and for other bots.
#[utoipa::path(get, path = "/api/workspaces/{ws}/bots/{bot}/tests/file", operation_id = "exportPathTests", tag = "tests",
    responses((status = 200, body = PathTestFile)))]
pub async fn file(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, bot)): Ids<(String, String)>,
) -> Result<impl IntoResponse, Problem> {
    let row = bot_of(&hub, &caller, &bot, Life::Here).await?;
    let tests = all(&hub, &row).await?.into_iter().map(|test| test.parts).collect();
    let text = serde_json::to_string_pretty(&PathTestFile { bot_id: Some(row.id.to_string()), tests })
        .unwrap_or_default();
    let kind = HeaderValue::from_static("application/json; charset=utf-8");
    let disposition = HeaderValue::from_static("attachment; filename=\"path-tests.json\"");
    Ok(([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, disposition)], text))
}

/// Keeps a conversation as a path test.
#[utoipa::path(post, path = "/api/workspaces/{ws}/bots/{bot}/tests", operation_id = "addPathTest", tag = "tests",
    request_body = Parts, responses((status = 201, body = PathTest)))]
pub async fn add(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, bot)): Ids<(String, String)>,
    BotBody(body): BotBody,
) -> Result<impl IntoResponse, Problem> {
    let parts: Parts = input::read(body.as_bytes())?;
    let row = bot_of(&hub, &caller, &bot, Life::Here).await?;
    let mut made = keep(&hub, &caller, &row, vec![parts]).await?;
    Ok((StatusCode::CREATED, axum::Json(made.pop().ok_or(Problem::Internal)?)))
}

/// Takes in a file of path tests; what is there stays.
#[utoipa::path(post, path = "/api/workspaces/{ws}/bots/{bot}/tests/file", operation_id = "importPathTests", tag = "tests",
    request_body = PathTestFile, responses((status = 201, body = List<PathTest>)))]
pub async fn take_in(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, bot)): Ids<(String, String)>,
    BotBody(body): BotBody,
) -> Result<impl IntoResponse, Problem> {
    let file: PathTestFile = input::read(body.as_bytes())?;
    let row = bot_of(&hub, &caller, &bot, Life::Here).await?;
    let items = keep(&hub, &caller, &row, file.tests).await?;
    Ok((StatusCode::CREATED, axum::Json(List { items, next: None })))
}

/// Changes a path test.
#[utoipa::path(patch, path = "/api/workspaces/{ws}/bots/{bot}/tests/{test}", operation_id = "changePathTest",
    tag = "tests", request_body = PathTestChange, responses((status = 200, body = PathTest)))]
pub async fn change(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, bot, test)): Ids<(String, String, String)>,
    BotBody(body): BotBody,
) -> Result<axum::Json<PathTest>, Problem> {
    let change: PathTestChange = input::read(body.as_bytes())?;
    let row = bot_of(&hub, &caller, &bot, Life::Here).await?;
    let missing = || Problem::Missing(Thing::PathTest);
    let id: PathTestId = test.parse().map_err(|_| missing())?;
    let mut test = all(&hub, &row).await?.into_iter().find(|test| test.id == id).ok_or_else(missing)?;
    let parts = &mut test.parts;
    parts.name = change.name.unwrap_or_else(|| parts.name.clone());
    parts.channel = change.channel.unwrap_or(parts.channel);
    parts.person = change.person.unwrap_or_else(|| parts.person.clone());
    parts.steps = change.steps.unwrap_or_else(|| std::mem::take(&mut parts.steps));
    let mut check = Check::default();
    checked(&mut check, "", parts);
    check.done()?;
    test.updated_at = hub.clock.now_ms();
    let saved = hub.store.save_path_test(row.id, id, test.parts.body(), test.updated_at).await;
    gone_if_stale(saved)?;
    Ok(axum::Json(test))
}

/// Deletes a path test.
#[utoipa::path(delete, path = "/api/workspaces/{ws}/bots/{bot}/tests/{test}", operation_id = "deletePathTest",
    tag = "tests", responses((status = 204)))]
pub async fn delete(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, bot, test)): Ids<(String, String, String)>,
) -> Result<StatusCode, Problem> {
    let row = bot_of(&hub, &caller, &bot, Life::Here).await?;
    let id: PathTestId = test.parse().map_err(|_| Problem::Missing(Thing::PathTest))?;
    gone_if_stale(hub.store.delete_path_test(row.id, id).await)?;
    Ok(StatusCode::NO_CONTENT)
}

/// Plays path tests again. The world is not asked: requests get the answers of the recording.
#[utoipa::path(post, path = "/api/workspaces/{ws}/bots/{bot}/tests/run", operation_id = "runPathTests", tag = "tests",
    request_body = PathTestsToRun, responses((status = 200, body = PathTestResults)))]
pub async fn run(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Speaks(lang): Speaks,
    Ids((_, bot)): Ids<(String, String)>,
    BotBody(body): BotBody,
) -> Result<axum::Json<PathTestResults>, Problem> {
    let PathTestsToRun { source, ids } = input::read(body.as_bytes())?;
    let row = bot_of(&hub, &caller, &bot, Life::Here).await?;
    let compiled = load(&hub, &row, source.unwrap_or(Source::Named(NamedSource::Draft))).await?;
    let wanted =
        |test: &PathTest| ids.as_ref().is_none_or(|ids| ids.iter().any(|id| *id == test.id.to_string()));
    let tests: Vec<PathTest> = all(&hub, &row).await?.into_iter().filter(wanted).collect();
    let _trial = hub.trial().ok_or(Problem::Busy)?;
    let until = hub.clock.instant() + RUN_WITHIN;
    let bot_id = row.id.to_string();
    let mut results = Vec::with_capacity(tests.len());
    for PathTest { id, parts, .. } in tests {
        let outcomes = if hub.clock.instant() < until {
            path::play(&compiled, &bot_id, &parts, &hub.scripts).await
        } else {
            Vec::new()
        };
        results.push(result(id, parts, outcomes, lang));
    }
    Ok(axum::Json(PathTestResults { results }))
}

fn result(id: PathTestId, parts: Parts, outcomes: Vec<path::Outcome>, lang: Lang) -> PathTestResult {
    let was_played = outcomes.len() == parts.steps.len();
    let steps: Vec<PathStepResult> = parts
        .steps
        .into_iter()
        .zip(outcomes)
        .map(|(step, outcome)| PathStepResult {
            passed: outcome.difference.is_none(),
            expected: step.answer,
            got: outcome.got,
            difference: outcome.difference.map(|said| said.get(lang).to_owned()),
        })
        .collect();
    PathTestResult { id, name: parts.name, passed: was_played && steps.iter().all(|step| step.passed), steps }
}

async fn all(hub: &Hub, bot: &BotRow) -> Result<Vec<PathTest>, Problem> {
    let rows = hub.store.path_tests(bot.id).await?;
    Ok(rows.iter().filter_map(|row| read(bot, row)).collect())
}

fn read(bot: &BotRow, row: &PathTestRow) -> Option<PathTest> {
    match serde_json::from_str(&row.body.steps) {
        Ok(parts) => {
            Some(PathTest { id: row.id, parts, created_at: row.created_at, updated_at: row.updated_at })
        }
        Err(error) => {
            tracing::error!(bot.id = %bot.id, test.id = %row.id, %error, "a stored path test cannot be read");
            None
        }
    }
}

fn checked(check: &mut Check, pointer: &str, parts: &mut Parts) {
    parts.name = check.name(&format!("{pointer}/name"), &parts.name);
    if let Some(said) = parts.fault() {
        check.wrong(&format!("{pointer}/steps"), said.ko, said.en);
    }
}

async fn keep(
    hub: &Hub,
    caller: &Caller,
    bot: &BotRow,
    mut tests: Vec<Parts>,
) -> Result<Vec<PathTest>, Problem> {
    let mut check = Check::default();
    let many = tests.len() > 1;
    for (at, parts) in tests.iter_mut().enumerate() {
        let pointer = if many { format!("/tests/{at}") } else { String::new() };
        checked(&mut check, &pointer, parts);
    }
    check.done()?;
    if hub.store.path_tests(bot.id).await?.len() + tests.len() > MAX_TESTS {
        return Err(Problem::TooMany(MAX_TESTS as u32));
    }
    let now_ms = hub.clock.now_ms();
    let made: Vec<PathTest> = tests
        .into_iter()
        .map(|parts| PathTest {
            id: PathTestId::new(now_ms, hub.die.roll_wide()),
            parts,
            created_at: now_ms,
            updated_at: now_ms,
        })
        .collect();
    if made.is_empty() {
        return Ok(made);
    }
    let names = made.iter().map(|test| test.parts.name.as_str()).collect::<Vec<_>>().join(", ");
    let bodies = made.iter().map(|test| (test.id, test.parts.body())).collect();
    let store = noting(hub, caller, bot.workspace, ("bot.addTest", &bot.title, &names));
    store.add_path_tests((bot.workspace, bot.id), bodies, now_ms).await?;
    Ok(made)
}

fn gone_if_stale(done: Result<(), StoreError>) -> Result<(), Problem> {
    match done {
        Err(StoreError::Commit(CommitError::Stale { .. })) => Err(Problem::Missing(Thing::PathTest)),
        done => Ok(done?),
    }
}
