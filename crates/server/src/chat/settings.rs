//! The settings of teams and bots, read from the store now and then.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use livechat::{Overrides, Settings};
use store::{BotId, ReadError, WorkspaceId};

use crate::Hub;

/// How long they are taken for true: so soon other processes see a change.
const KEEP: Duration = Duration::from_secs(5);
/// Bots whose settings are remembered.
const MAX_KEPT: usize = 10_000;

/// Settings that were read.
#[derive(Debug, Default)]
pub struct Cache {
    kept: Mutex<HashMap<(WorkspaceId, BotId), (Instant, Arc<Settings>)>>,
    restricts: Mutex<HashMap<WorkspaceId, (Instant, bool)>>,
}

impl Cache {
    /// Forgets all: some have changed.
    pub fn forget(&self) {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).clear();
        self.restricts.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

/// Do agents of this workspace see only what is theirs, of some bot at least?
pub async fn restricts(hub: &Hub, workspace: WorkspaceId) -> Result<bool, ReadError> {
    let cache = &hub.chats.settings.restricts;
    let now = hub.clock.instant();
    if let Some((at, restricts)) = cache.lock().unwrap_or_else(PoisonError::into_inner).get(&workspace)
        && now.saturating_duration_since(*at) < KEEP
    {
        return Ok(*restricts);
    }
    let restricts = hub.store.any_only_assigned(workspace).await?;
    let mut kept = cache.lock().unwrap_or_else(PoisonError::into_inner);
    if kept.len() >= MAX_KEPT {
        kept.clear();
    }
    kept.insert(workspace, (now, restricts));
    Ok(restricts)
}

/// The settings of a bot: its team's, and what it does otherwise.
pub async fn of(hub: &Hub, workspace: WorkspaceId, bot: BotId) -> Result<Arc<Settings>, ReadError> {
    let cache = &hub.chats.settings;
    let now = hub.clock.instant();
    let key = (workspace, bot);
    if let Some((at, settings)) = cache.kept.lock().unwrap_or_else(PoisonError::into_inner).get(&key)
        && now.saturating_duration_since(*at) < KEEP
    {
        return Ok(Arc::clone(settings));
    }
    let (team, own) = hub.store.chat_settings(workspace, Some(bot)).await?;
    let settings = Arc::new(team_of(team.as_deref()).with(overrides_of(own.as_deref())));
    let mut kept = cache.kept.lock().unwrap_or_else(PoisonError::into_inner);
    if kept.len() >= MAX_KEPT {
        // Rare enough to be crude: what is used comes back with its next change.
        kept.clear();
    }
    kept.insert(key, (now, Arc::clone(&settings)));
    Ok(settings)
}

/// The settings of a team as they are stored; the defaults where there are none or they cannot be read.
pub fn team_of(text: Option<&str>) -> Settings {
    read(text)
}

/// What a bot does otherwise, as it is stored.
pub fn overrides_of(text: Option<&str>) -> Overrides {
    read(text)
}

fn read<T: serde::de::DeserializeOwned + Default>(text: Option<&str>) -> T {
    let Some(text) = text else { return T::default() };
    serde_json::from_str(text).unwrap_or_else(|error| {
        tracing::error!(%error, "stored chat settings cannot be read; the defaults hold");
        T::default()
    })
}
