//! What bots did today, counted at most every few seconds: the count reads all turns of the day, and many people may
//! look at the same list.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use store::{BotNumbers, ReadError, WorkspaceId};

use crate::Hub;

/// How old numbers may be that are shown.
const FRESH_MS: i64 = 15_000;
/// Workspaces whose numbers are remembered at most.
const MAX_REMEMBERED: usize = 1_000;
/// A day begins at midnight in Korea, which knows no summer time.
const SEOUL_MS: i64 = 9 * 3_600_000;
const DAY_MS: i64 = 86_400_000;

/// Numbers, and when they were counted.
#[derive(Debug, Default)]
pub struct Numbers {
    counted: Mutex<HashMap<WorkspaceId, (i64, Vec<BotNumbers>)>>,
}

/// When today began.
pub fn today(now_ms: i64) -> i64 {
    (now_ms + SEOUL_MS).div_euclid(DAY_MS) * DAY_MS - SEOUL_MS
}

/// What the bots of a workspace did today.
pub async fn of(hub: &Hub, workspace: WorkspaceId) -> Result<Vec<BotNumbers>, ReadError> {
    let now_ms = hub.clock.now_ms();
    let counted = &hub.people.numbers.counted;
    let known = counted.lock().unwrap_or_else(PoisonError::into_inner).get(&workspace).cloned();
    if let Some((at, numbers)) = known
        && now_ms - at < FRESH_MS
        && at >= today(now_ms)
    {
        return Ok(numbers);
    }
    let numbers = hub.store.bot_numbers(workspace, today(now_ms)).await?;
    let mut counted = counted.lock().unwrap_or_else(PoisonError::into_inner);
    if counted.len() >= MAX_REMEMBERED {
        counted.clear();
    }
    counted.insert(workspace, (now_ms, numbers.clone()));
    Ok(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_at_midnight_in_seoul() {
        // 2026-11-25 00:00 in Seoul is 15:00 UTC of the day before.
        let midnight = 1_795_532_400_000;
        assert_eq!(today(midnight), midnight);
        assert_eq!(today(midnight + DAY_MS - 1), midnight);
        assert_eq!(today(midnight - 1), midnight - DAY_MS);
    }
}
