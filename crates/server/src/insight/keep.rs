//! The janitor of records: throws away what a workspace does not keep any longer, in small pieces.
//!
//! Each round does a bounded number of pieces and remembers where it stopped, so that turns never wait for it and a large
//! backlog is worked off over minutes.

use std::{collections::HashMap, time::Duration};

use store::{BotId, EndUserId, RecordSettings, StoreError, TurnId, WorkspaceId};

use crate::Hub;

/// Between two rounds.
const EVERY: Duration = Duration::from_secs(60);
const DAY_MS: i64 = 86_400_000;
/// Pieces of one kind in one round.
const PIECES: usize = 20;
/// Between two walks through all end users of a workspace.
const WALK_AGAIN_MS: i64 = 3_600_000;
/// Between two looks at how long a bot's log is.
const COUNT_AGAIN_MS: i64 = 10 * 60_000;
/// Days for which alerts are kept.
const ALERT_DAYS: i64 = 90;

/// Where sweeping stopped.
#[derive(Debug, Default)]
pub struct Sweeping {
    turns: Option<TurnId>,
    messages: HashMap<WorkspaceId, Walk>,
    counted_at: i64,
}

/// A walk through the end users of a workspace.
#[derive(Debug, Default)]
struct Walk {
    at: Option<EndUserId>,
    rested_at: i64,
}

/// Keeps house for as long as the server runs.
pub async fn run(hub: &Hub) {
    loop {
        tokio::time::sleep(EVERY).await;
        if let Err(error) = round(hub).await {
            tracing::warn!(%error, "old records could not be thrown away; they are tried again in a minute");
        }
    }
}

/// One round.
pub async fn round(hub: &Hub) -> Result<(), StoreError> {
    let mut sweeping = hub.insight.sweeping.lock().await;
    let now_ms = hub.clock.now_ms();
    let all = hub.store.workspaces_and_bots().await?;
    let mut settings = Vec::with_capacity(all.len());
    for (workspace, _) in &all {
        settings.push((*workspace, hub.store.record_settings(*workspace).await?));
    }
    turns(hub, &mut sweeping, &settings, now_ms).await?;
    sweeping.messages.retain(|id, _| all.iter().any(|(workspace, _)| workspace == id));
    let count = now_ms - sweeping.counted_at > COUNT_AGAIN_MS;
    if count {
        sweeping.counted_at = now_ms;
    }
    for ((workspace, bots), (_, kept)) in all.iter().zip(&settings) {
        let walk = sweeping.messages.entry(*workspace).or_default();
        messages(hub, walk, *workspace, kept, now_ms).await?;
        for bot in bots {
            requests(hub, *bot, kept, (now_ms, count)).await?;
            if let Some(days) = kept.messages_days {
                for _ in 0..PIECES {
                    if !hub.store.sweep_marks(*bot, now_ms - days * DAY_MS).await? {
                        break;
                    }
                }
            }
        }
    }
    hub.store.prune_alerts(now_ms - ALERT_DAYS * DAY_MS).await
}

async fn turns(
    hub: &Hub,
    sweeping: &mut Sweeping,
    settings: &[(WorkspaceId, RecordSettings)],
    now_ms: i64,
) -> Result<(), StoreError> {
    let oldest: Vec<_> =
        settings.iter().map(|(id, kept)| (*id, now_ms - kept.traces_days * DAY_MS)).collect();
    for _ in 0..PIECES {
        let swept = hub.store.sweep_turns(sweeping.turns, &oldest).await?;
        sweeping.turns = swept.at;
        if swept.at.is_none() {
            break;
        }
    }
    Ok(())
}

async fn messages(
    hub: &Hub,
    walk: &mut Walk,
    workspace: WorkspaceId,
    kept: &RecordSettings,
    now_ms: i64,
) -> Result<(), StoreError> {
    let Some(days) = kept.messages_days else { return Ok(()) };
    if walk.at.is_none() && now_ms - walk.rested_at < WALK_AGAIN_MS {
        return Ok(());
    }
    for _ in 0..PIECES {
        let swept = hub.store.sweep_messages(workspace, walk.at, now_ms - days * DAY_MS).await?;
        walk.at = swept.at;
        if swept.at.is_none() {
            walk.rested_at = now_ms;
            break;
        }
    }
    Ok(())
}

async fn requests(
    hub: &Hub,
    bot: BotId,
    kept: &RecordSettings,
    (now_ms, count): (i64, bool),
) -> Result<(), StoreError> {
    let mut oldest = now_ms - kept.requests_days * DAY_MS;
    if count && let Some(past) = hub.store.requests_past(bot, hub.config.limits.requests_per_bot).await? {
        oldest = oldest.max(past);
    }
    for _ in 0..PIECES {
        if !hub.store.prune_requests(bot, oldest).await? {
            break;
        }
    }
    Ok(())
}

/// The next walk begins at once: somebody has changed how long messages are kept.
pub async fn begin_anew(hub: &Hub, workspace: WorkspaceId) {
    hub.insight.sweeping.lock().await.messages.remove(&workspace);
}
