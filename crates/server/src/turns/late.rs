//! Brings late answers to their people: posts them, keeps in the session what cannot be posted, and settles what a
//! process that died has left.
//!
//! A callback's address takes one answer (spec kakao-skill.md 6), so a post that may have arrived can be tried again
//! without being seen twice.

use std::time::{Duration, Instant};

use channels::kakao::{callback, fallback, outbound, outbound::Held, reply};
use store::{LateRow, LateState, SessionRow, TurnId, TurnKey};

use super::{kept::Kept, kept::Late, lane::LaneKey, run::PLATFORM};
use crate::{
    Hub,
    guard::Request,
    problems::{Kind, Problem},
};

/// Kakao refuses an answer that follows its announcement too closely (6.4).
const PAUSE: Duration = Duration::from_millis(1_000);
/// How long an address is good after its request (6.4), with a second to spare.
const GOOD_FOR: Duration = Duration::from_secs(59);
/// How often a post is tried.
const TRIES: u32 = 3;
/// How long one try may take.
const TRY_WITHIN: Duration = Duration::from_secs(10);
/// Between two tries.
const BETWEEN: Duration = Duration::from_millis(500);
/// A receipt is a line.
const MAX_RECEIPT: usize = 64 * 1024;
/// How long it is remembered that an answer was lost.
const REMEMBER_LOST_MS: i64 = 24 * 3_600_000;
/// Other processes on the same database may be late with what they owe.
const OTHERS_GRACE_MS: i64 = 15_000;

/// An answer that is to be posted.
#[derive(Debug)]
pub struct Post<'a> {
    /// The turn that made it.
    pub turn: TurnId,
    /// Where to.
    pub url: &'a str,
    /// The skill response.
    pub body: String,
    /// When its request came: the address is good for a minute from then.
    pub arrived: Instant,
}

/// Posts an answer; `Err` says why it is not with its person.
pub async fn post(hub: &Hub, post: &Post<'_>, announced: Instant) -> Result<(), String> {
    tokio::time::sleep_until((announced + PAUSE).into()).await;
    let good_until = post.arrived + GOOD_FOR;
    let mut last = "the address was good for a minute and that is over".to_owned();
    for attempt in 0..TRIES {
        let now = hub.clock.instant();
        if now >= good_until {
            break;
        }
        if attempt > 0 {
            tokio::time::sleep(BETWEEN).await;
        }
        let request = Request::new("POST", post.url)
            .header("content-type", "application/json; charset=utf-8")
            .body(post.body.clone())
            .max_bytes(MAX_RECEIPT)
            .max_redirects(0);
        match hub.guard.send(request, good_until.min(now + TRY_WITHIN).into()).await {
            // Kakao's word is final: a token that is refused once is refused for ever.
            Ok(response) => return callback::receipt(response.status, &response.body),
            Err(error) => last = error.to_string(),
        }
    }
    Err(last)
}

/// An answer that could not be posted is shown with the next turn.
pub async fn keep(hub: &Hub, turn: TurnId, row: &SessionRow, kept: Kept, held: Held) -> Result<(), String> {
    // What would have been behind "더보기" is in the whole.
    let late = Some(Late { held, fetched: false, button: String::new() });
    let state = Kept { held: None, late, ..kept }.state();
    hub.meters.late_kept.increment(1);
    hub.store
        .keep_late(turn, row.end_user, row.version, state, hub.clock.now_ms())
        .await
        .map_err(|error| error.to_string())
}

/// Puts an answer into the session as it is now, after what may be there already.
pub async fn keep_in_session(hub: &Hub, key: TurnKey<'_>, turn: TurnId, held: Held) -> Result<(), String> {
    let read = hub.store.read_turn(key).await.map_err(|error| error.to_string())?;
    let row = read.and_then(|read| read.session).ok_or("the conversation is gone")?;
    let (mut kept, _) = Kept::read(&row.state, &row.recent);
    let held = match kept.late.take().filter(|late| !late.fetched) {
        Some(before) => before.held.then(held),
        None => held,
    };
    keep(hub, turn, &row, kept, held).await
}

/// Settles what processes that are gone have left. On an embedded database nobody else can be at work.
pub async fn settle(hub: &Hub) {
    let now_ms = hub.clock.now_ms();
    let before = if hub.config.database.is_empty() { i64::MAX } else { now_ms - OTHERS_GRACE_MS };
    let left = match hub.store.left_late(hub.owner, before).await {
        Ok(left) => left,
        Err(error) => {
            tracing::warn!(%error, "late answers of an earlier run could not be read; they are tried again in a minute");
            return;
        }
    };
    for row in left {
        settle_one(hub, row, now_ms).await;
    }
    if let Err(error) = hub.store.forget_late(now_ms - REMEMBER_LOST_MS).await {
        tracing::warn!(%error, "old lost answers could not be thrown away; they are tried again in a minute");
    }
}

async fn settle_one(hub: &Hub, row: LateRow, now_ms: i64) {
    let begun = &row.begun;
    let age = Duration::from_millis(now_ms.saturating_sub(begun.now_ms).max(0) as u64);
    let now = hub.clock.instant();
    // The row was written a few seconds after its request came.
    let waited = Duration::from_millis(hub.config.kakao.waiting_after_ms);
    let arrived = now.checked_sub(age + waited).unwrap_or(now);
    let held: Option<Held> = row.held.as_deref().and_then(|held| serde_json::from_str(held).ok());
    let body = match &held {
        Some(held) => outbound::shape_held(held).body,
        None => fallback::plain(reply::LOST),
    };
    let posted = match begun.callback_url.as_deref() {
        Some(url) if age + waited < GOOD_FOR => {
            let answer = Post { turn: begun.turn, url, body, arrived };
            post(hub, &answer, arrived).await
        }
        _ => Err("the address is good no longer".to_owned()),
    };
    let done = match (posted, row.state, held) {
        (Ok(()), LateState::Posting, _) => {
            hub.store.end_late(begun.turn).await.map_err(|error| error.to_string())
        }
        (Err(_), LateState::Posting, Some(held)) => {
            let lane =
                LaneKey { bot: begun.bot.to_string(), draft: begun.draft, user: begun.user_key.clone() };
            let _guard = hub.lanes.enter(lane).await;
            let key =
                TurnKey { bot: begun.bot, platform: PLATFORM, draft: begun.draft, user_key: &begun.user_key };
            keep_in_session(hub, key, begun.turn, held).await
        }
        _ => {
            let detail = "서버가 멈추는 바람에 답변을 준비하지 못했어요. 고객이 다시 말하면 처음부터 답해요. The server stopped while this answer was being made.";
            let id = begun.request_id.clone();
            hub.problems.tell(Problem::of_bot(begun.bot.to_string(), Kind::Lost, detail, id));
            hub.store.lose_late(begun.turn).await.map_err(|error| error.to_string())
        }
    };
    if let Err(error) = done {
        tracing::warn!(%error, turn.id = %begun.turn, "a late answer of an earlier run is tried again in a minute");
    }
}
