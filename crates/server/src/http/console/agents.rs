//! Agents: who is there, who is away, what they are specialists for.

use std::sync::Arc;

use axum::extract::State;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use store::{AccountId, AgentRow};
use utoipa::ToSchema;

use super::{List, noting, picture_url};
use crate::{
    Hub, chat,
    http::{
        access::Caller,
        input::{Check, Ids, Json},
        problem::{Problem, Thing},
    },
    live::presence,
};

/// Categories that an agent may be a specialist for, levels of one, characters of a level.
const MAX_CATEGORIES: usize = 50;
const MAX_LEVELS: usize = 3;
const MAX_LEVEL: usize = 60;
/// Bytes of an agent's own settings.
const MAX_SETTINGS: usize = 16 * 1024;

/// An agent.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Agent {
    /// The account.
    #[schema(value_type = String)]
    id: AccountId,
    /// What the person is called.
    name: String,
    /// Where their picture is.
    #[schema(required)]
    picture: Option<String>,
    /// Is a console of theirs open?
    online: bool,
    /// Do they take no requests now?
    away: bool,
    /// Their open consultations, waiting and in progress.
    open: i64,
    /// What they are specialists for, each from the outside in.
    #[schema(value_type = Vec<Vec<String>>)]
    categories: Box<RawValue>,
    /// The caller's own settings (favourite flows, notifications); null for others.
    #[schema(required, value_type = Option<Object>)]
    settings: Option<Box<RawValue>>,
}

/// What an agent changes of themselves; what is absent stays.
#[derive(Debug, Deserialize, ToSchema)]
pub struct Mine {
    /// No requests for now?
    away: Option<bool>,
    /// Favourite flows, notifications and the like: an object that the console makes and reads.
    #[schema(value_type = Option<Object>)]
    settings: Option<Box<RawValue>>,
}

/// What an admin changes of an agent.
#[derive(Debug, Deserialize, ToSchema)]
pub struct AgentChange {
    /// What they are specialists for, each from the outside in; none for a general agent.
    categories: Vec<Vec<String>>,
}

fn agent(row: AgentRow, caller: AccountId, now_ms: i64) -> Agent {
    let raw = |text: String| RawValue::from_string(text).unwrap_or_else(|_| RawValue::NULL.to_owned());
    Agent {
        online: row.online_until > now_ms,
        id: row.account,
        name: row.name,
        picture: row.picture.map(picture_url),
        away: row.away,
        open: row.open,
        categories: raw(row.categories),
        settings: (row.account == caller).then(|| raw(row.settings)),
    }
}

/// The agents of a workspace: members who have opened the chat.
#[utoipa::path(get, path = "/api/workspaces/{ws}/agents", operation_id = "listAgents", tag = "agents",
    responses((status = 200, body = List<Agent>)))]
pub async fn list(State(hub): State<Arc<Hub>>, caller: Caller) -> Result<axum::Json<List<Agent>>, Problem> {
    let (workspace, _) = caller.member()?;
    let now_ms = hub.clock.now_ms();
    let rows = hub.store.agents(workspace).await?;
    let items = rows.into_iter().map(|row| agent(row, caller.account.id, now_ms)).collect();
    Ok(axum::Json(List { items, next: None }))
}

/// Goes away or comes back, and keeps what the caller's console wants to remember.
#[utoipa::path(patch, path = "/api/workspaces/{ws}/agents/me", operation_id = "changeOwnAgent", tag = "agents",
    request_body = Mine, responses((status = 200, body = Agent)))]
pub async fn set_mine(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Json(mine): Json<Mine>,
) -> Result<axum::Json<Agent>, Problem> {
    let (workspace, _) = caller.member()?;
    let account = caller.account.id;
    let mut check = Check::default();
    if let Some(settings) = &mine.settings
        && (settings.get().len() > MAX_SETTINGS || !settings.get().trim_start().starts_with('{'))
    {
        check.wrong("/settings", "16 KB까지의 객체여야 해요.", "An object of at most 16 KB.");
    }
    check.done()?;
    hub.store.ensure_agent(workspace, account).await?;
    if let Some(settings) = mine.settings {
        hub.store.set_agent_settings((workspace, account), settings.get().to_owned()).await?;
    }
    if let Some(away) = mine.away {
        hub.store.set_agent_away((workspace, account), away, Vec::new(), hub.clock.now_ms()).await?;
        presence::announce(&hub, workspace).await;
        if !away {
            chat::assign::later(&hub, workspace);
        }
    }
    one(&hub, &caller, account).await
}

/// Says what an agent is a specialist for.
#[utoipa::path(patch, path = "/api/workspaces/{ws}/agents/{id}", operation_id = "changeAgent", tag = "agents",
    request_body = AgentChange, responses((status = 200, body = Agent)))]
pub async fn change(
    State(hub): State<Arc<Hub>>,
    caller: Caller,
    Ids((_, id)): Ids<(String, String)>,
    Json(change): Json<AgentChange>,
) -> Result<axum::Json<Agent>, Problem> {
    let (workspace, _) = caller.member()?;
    let missing = || Problem::Missing(Thing::Member);
    let account: AccountId = id.parse().map_err(|_| missing())?;
    let member = hub.store.member(workspace, account).await?.ok_or_else(missing)?;
    let mut check = Check::default();
    let categories: Vec<Vec<String>> = change
        .categories
        .iter()
        .map(|levels| levels.iter().map(|level| level.trim().to_owned()).collect())
        .collect();
    let sound = |levels: &Vec<String>| {
        (1..=MAX_LEVELS).contains(&levels.len())
            && levels.iter().all(|level| !level.is_empty() && level.chars().count() <= MAX_LEVEL)
    };
    if categories.len() > MAX_CATEGORIES || !categories.iter().all(sound) {
        check.wrong(
            "/categories",
            format!("분류는 {MAX_CATEGORIES}개까지, 하나에 3단계까지예요."),
            format!("There may be {MAX_CATEGORIES} categories of 1 to 3 levels."),
        );
    }
    check.done()?;
    hub.store.ensure_agent(workspace, account).await?;
    let text = serde_json::to_string(&categories).unwrap_or_default();
    noting(&hub, &caller, workspace, ("agent.categories", &member.email, &text))
        .set_agent_categories((workspace, account), text.clone())
        .await?;
    chat::assign::later(&hub, workspace);
    one(&hub, &caller, account).await
}

async fn one(hub: &Hub, caller: &Caller, account: AccountId) -> Result<axum::Json<Agent>, Problem> {
    let (workspace, _) = caller.member()?;
    let rows = hub.store.agents(workspace).await?;
    let row = rows.into_iter().find(|row| row.account == account).ok_or(Problem::Missing(Thing::Member))?;
    Ok(axum::Json(agent(row, caller.account.id, hub.clock.now_ms())))
}
