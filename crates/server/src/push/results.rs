//! Asks Kakao for the results of calls that it has taken: soon at first, then less and less often, for a day.

use std::time::Duration;

use store::{BotId, CommitError, PushRow, PushState, PushStep, StoreError, TargetState};
use tokio::time::{Instant, sleep};

use super::{CALL_WITHIN, Desk, PushError, desk, outcome::Outcome};
use crate::{
    Hub,
    effects::provider::{Trouble, part},
    guard::Request,
};

/// How often it is looked whether something is due.
const LOOK_EVERY: Duration = Duration::from_secs(10);
/// Calls that are asked about in one round.
const ROUND: u32 = 50;
/// After this nobody asks any more.
const GIVE_UP_MS: i64 = 24 * 3_600_000;
/// The longest pause between two questions.
const LONGEST_PAUSE_MS: i64 = 3_600_000;
/// … and the shortest.
const SHORTEST_PAUSE_MS: i64 = 10_000;
/// How long pushes are kept, with the keys of their users.
const KEEP_MS: i64 = 180 * 86_400_000;
/// Rounds between two times that old pushes are thrown away.
const PRUNE_EVERY: u32 = 360;

/// Fetches results as they become due, until the runtime ends.
pub async fn watch(hub: &Hub) {
    let mut round: u32 = 0;
    loop {
        if round.is_multiple_of(PRUNE_EVERY)
            && let Err(error) = hub.store.prune_pushes(hub.clock.now_ms() - KEEP_MS).await
        {
            tracing::warn!(%error, "old pushes could not be thrown away; it is tried again in an hour");
        }
        if let Err(error) = fetch_due(hub).await {
            tracing::warn!(%error, "the pushes that wait for results could not be read; it is tried again soon");
        }
        round = round.wrapping_add(1);
        sleep(LOOK_EVERY).await;
    }
}

/// Asks now for all open results of a bot's latest calls, due or not.
pub async fn fetch(hub: &Hub, bot: BotId, limit: u32) -> Result<(), StoreError> {
    for push in hub.store.pushes(bot, limit, None).await? {
        if push.state == PushState::Open {
            settle(hub, &push).await?;
        }
    }
    Ok(())
}

async fn fetch_due(hub: &Hub) -> Result<(), StoreError> {
    for push in hub.store.pushes_due(hub.clock.now_ms(), ROUND).await? {
        settle(hub, &push).await?;
    }
    Ok(())
}

/// Asks for the result of one call and writes what it says.
async fn settle(hub: &Hub, push: &PushRow) -> Result<(), StoreError> {
    let now_ms = hub.clock.now_ms();
    let step = match ask(hub, push).await {
        Ok(outcome) if outcome.is_complete() => {
            let each = outcome.of_each(hub.store.push_targets(push.id).await?);
            PushStep { each, ..step(PushState::Done, &push.message, None) }
        }
        Ok(_) => later(push, now_ms),
        Err(error) => {
            tracing::warn!(%error, push.id = %push.id, "the results of a push could not be fetched");
            later(push, now_ms)
        }
    };
    match hub.store.step_push(push.id, step, now_ms).await {
        // Another process was quicker.
        Err(StoreError::Commit(CommitError::Stale { .. })) => Ok(()),
        done => done,
    }
}

async fn ask(hub: &Hub, push: &PushRow) -> Result<Outcome, PushError> {
    let until = Instant::now() + CALL_WITHIN;
    let desk: Desk = desk(hub, (push.workspace, push.bot), Some(until)).await?;
    let task = part(push.task_id.as_deref().unwrap_or_default());
    let request = Request::new("GET", &desk.at(&format!("v1/tasks/{task}")));
    let body = desk.ask(hub, request, until).await?;
    Outcome::read(&body).ok_or_else(|| Trouble::Unreadable { who: super::WHO }.into())
}

fn step(state: PushState, message: &str, check_at: Option<i64>) -> PushStep {
    PushStep { task_id: None, state, message: message.to_owned(), check_at, all: None, each: Vec::new() }
}

/// The pause grows with the call's age.
fn later(push: &PushRow, now_ms: i64) -> PushStep {
    let age = now_ms - push.created_at;
    if age >= GIVE_UP_MS {
        let why = "카카오가 하루 안에 결과를 알려 주지 않았어요.";
        let all = Some((TargetState::Unknown, Some(why.to_owned())));
        return PushStep { all, ..step(PushState::Expired, &push.message, None) };
    }
    let pause = (age / 2).clamp(SHORTEST_PAUSE_MS, LONGEST_PAUSE_MS);
    step(PushState::Open, &push.message, Some(now_ms + pause))
}

#[cfg(test)]
mod tests {
    use store::{PushId, WorkspaceId};

    use super::*;

    #[test]
    fn questions_become_rare_and_end_after_a_day() {
        let push = PushRow {
            id: PushId::new(0, 0),
            workspace: WorkspaceId::new(0, 0),
            bot: BotId::new(0, 0),
            event: "e".to_owned(),
            task_id: Some("t".to_owned()),
            state: PushState::Open,
            message: String::new(),
            users: 1,
            check_at: None,
            created_at: 0,
            updated_at: 0,
        };
        let (mut now, mut questions) = (SHORTEST_PAUSE_MS, 0);
        while let Some(next) = later(&push, now).check_at {
            assert!((SHORTEST_PAUSE_MS..=LONGEST_PAUSE_MS).contains(&(next - now)));
            (now, questions) = (next, questions + 1);
        }
        assert!((30..=60).contains(&questions), "{questions}");
        assert!((GIVE_UP_MS..GIVE_UP_MS + LONGEST_PAUSE_MS).contains(&now));
        assert_eq!(later(&push, now).state, PushState::Expired);
    }
}
