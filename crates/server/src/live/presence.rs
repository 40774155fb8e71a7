//! Agents whose consoles are open. The store knows until when each is online; here is who keeps saying so.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use store::{AccountId, WorkspaceId};

use crate::{Hub, chat};

/// How long an agent counts as online after their console was last heard of.
const ONLINE_FOR_MS: i64 = 60_000;
/// How often an open console says that it is there.
pub const SAY_EVERY: Duration = Duration::from_secs(20);
/// How long an agent stays online after their last console was closed: a page that is loaded anew is gone for a moment.
const GRACE_MS: i64 = 10_000;

/// The agents whose consoles are open in this process.
#[derive(Debug, Default)]
pub struct Presence {
    open: Mutex<HashMap<(WorkspaceId, AccountId), usize>>,
}

/// An open console of an agent.
#[derive(Debug)]
pub struct Present {
    hub: Arc<Hub>,
    who: (WorkspaceId, AccountId),
}

impl Presence {
    /// The agents of a workspace whose consoles are open here.
    pub fn of(&self, workspace: WorkspaceId) -> Vec<AccountId> {
        let open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.keys().filter(|(at, _)| *at == workspace).map(|(_, account)| *account).collect()
    }
}

impl Present {
    /// An agent's console opens.
    pub async fn begin(hub: &Arc<Hub>, who: (WorkspaceId, AccountId)) -> Result<Self, store::StoreError> {
        let first = {
            let mut open = hub.live.presence.open.lock().unwrap_or_else(PoisonError::into_inner);
            let count = open.entry(who).or_default();
            *count += 1;
            *count == 1
        };
        let present = Self { hub: Arc::clone(hub), who };
        present.say().await?;
        if first {
            announce(hub, who.0).await;
            chat::assign::later(hub, who.0);
        }
        Ok(present)
    }

    /// The console is still there.
    pub async fn say(&self) -> Result<(), store::StoreError> {
        let until = self.hub.clock.now_ms() + ONLINE_FOR_MS;
        self.hub.store.see_agent(self.who.0, self.who.1, until).await
    }
}

impl Drop for Present {
    fn drop(&mut self) {
        let last = {
            let mut open = self.hub.live.presence.open.lock().unwrap_or_else(PoisonError::into_inner);
            match open.get_mut(&self.who) {
                Some(count) if *count > 1 => {
                    *count -= 1;
                    false
                }
                _ => {
                    open.remove(&self.who);
                    true
                }
            }
        };
        if last && let Ok(runtime) = tokio::runtime::Handle::try_current() {
            let (hub, who) = (Arc::clone(&self.hub), self.who);
            runtime.spawn(async move {
                let at_ms = hub.clock.now_ms() + GRACE_MS;
                if let Err(error) = hub.store.agent_leaves(who.0, who.1, at_ms).await {
                    tracing::warn!(%error, "that an agent has gone could not be written; a minute says it too");
                }
                tokio::time::sleep(Duration::from_millis(GRACE_MS as u64)).await;
                announce(&hub, who.0).await;
            });
        }
    }
}

/// Tells the consoles of a workspace to look who is there.
pub async fn announce(hub: &Arc<Hub>, workspace: WorkspaceId) {
    match hub.store.agents(workspace).await {
        Ok(rows) => {
            let now_ms = hub.clock.now_ms();
            let agents: Vec<serde_json::Value> = rows
                .iter()
                .map(|row| {
                    serde_json::json!({"id": row.account, "name": row.name, "away": row.away,
                        "online": row.online_until > now_ms, "open": row.open})
                })
                .collect();
            hub.live.signal(workspace, serde_json::json!({"type": "agents", "agents": agents}).to_string());
        }
        Err(error) => {
            tracing::warn!(%error, "who is there could not be read; consoles see it with the next change");
        }
    }
}
