//! Gives waiting requests to agents (자동 배정): whenever a request comes, an agent comes, or one becomes free.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use livechat::{
    Settings,
    assign::{Candidate, Request, choose, order},
};
use store::{AgentRow, ChatRow, WorkspaceId};

use super::{
    ChatError,
    act::{self, Deed, Place},
    change::agent,
    settings,
};
use crate::Hub;

/// Requests that are looked at in one go.
const AT_ONCE: u32 = 200;

/// Workspaces in which requests are being given out, and whether somebody asked again meanwhile.
#[derive(Debug, Default)]
pub struct Running {
    workspaces: Mutex<HashMap<WorkspaceId, bool>>,
}

impl Running {
    /// May the caller begin? Else whoever is at it goes round once more.
    fn begin(&self, workspace: WorkspaceId) -> bool {
        let mut workspaces = self.workspaces.lock().unwrap_or_else(PoisonError::into_inner);
        match workspaces.get_mut(&workspace) {
            Some(again) => {
                *again = true;
                false
            }
            None => {
                workspaces.insert(workspace, false);
                true
            }
        }
    }

    /// Has the caller ended? Not where somebody asked again.
    fn end(&self, workspace: WorkspaceId) -> bool {
        let mut workspaces = self.workspaces.lock().unwrap_or_else(PoisonError::into_inner);
        match workspaces.get_mut(&workspace) {
            Some(again) if *again => {
                *again = false;
                false
            }
            _ => {
                workspaces.remove(&workspace);
                true
            }
        }
    }
}

/// Gives out what waits in a workspace, soon and beside the caller's work.
pub fn later(hub: &Arc<Hub>, workspace: WorkspaceId) {
    if !hub.chats.assigning.begin(workspace) {
        return;
    }
    let hub = Arc::clone(hub);
    tokio::spawn(async move {
        loop {
            if let Err(error) = drain(&hub, workspace).await {
                tracing::warn!(%error, workspace.id = %workspace, "waiting requests could not be given out; they are looked at again within a minute");
            }
            if hub.chats.assigning.end(workspace) {
                return;
            }
        }
    });
}

/// Gives out what waits in a workspace. How many found an agent.
pub async fn drain(hub: &Arc<Hub>, workspace: WorkspaceId) -> Result<usize, ChatError> {
    let mut given = 0;
    let waiting = hub.store.chat_queue(workspace, AT_ONCE).await?;
    if waiting.is_empty() {
        return Ok(0);
    }
    let mut agents = hub.store.agents(workspace).await?;
    let team = settings::team_of(hub.store.chat_settings(workspace, None).await?.0.as_deref());
    let requests: Vec<Request> = waiting.iter().map(request).collect();
    for at in order(&team.assignment, &requests) {
        let chat = &waiting[at];
        let settings = settings::of(hub, workspace, chat.bot).await?;
        if !settings.assignment.auto {
            continue;
        }
        // An agent who was free a moment ago may be full by now: the guard says so, and the next is tried.
        loop {
            let candidates = candidates(&agents, &settings, hub.clock.now_ms());
            let seed = hub.die.roll();
            let Some(found) = choose(&settings.assignment, &requests[at], &candidates, seed) else { break };
            let account = super::change::account(found);
            let place = Place { workspace, chat: chat.end_user, by: None, only_own: false };
            match act::act(hub, place, Deed::Assign(account)).await {
                Ok((after, _)) => {
                    if after.owner == Some(account)
                        && let Some(agent) = agents.iter_mut().find(|agent| agent.account == account)
                    {
                        agent.open += 1;
                        given += 1;
                    }
                    break;
                }
                Err(ChatError::Full { .. }) => {
                    if let Some(agent) = agents.iter_mut().find(|agent| agent.account == account) {
                        agent.open = i64::from(settings.assignment.max);
                    }
                }
                Err(ChatError::NoChat | ChatError::Conflict) => break,
                Err(error) => return Err(error),
            }
        }
    }
    Ok(given)
}

fn request(chat: &ChatRow) -> Request {
    Request {
        category: serde_json::from_str(&chat.category).unwrap_or_default(),
        previous: chat.previous.map(agent),
        in_hours: chat.in_hours,
        since: chat.requested_at.unwrap_or(0),
    }
}

fn candidates(agents: &[AgentRow], settings: &Settings, now_ms: i64) -> Vec<Candidate> {
    agents
        .iter()
        .map(|row| Candidate {
            id: agent(row.account),
            open: u32::try_from(row.open).unwrap_or(u32::MAX),
            max: settings.assignment.max,
            online: row.online_until > now_ms && !row.away,
            categories: serde_json::from_str(&row.categories).unwrap_or_default(),
        })
        .collect()
}
