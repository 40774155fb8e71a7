//! What goes to customers, from the outbox to their relay: one customer's in order, one call for each.
//!
//! A row is claimed before its call leaves. After a call that was lost on the way it is sent again with the same number where
//! the relay takes a number once; elsewhere it may have arrived, so it is not sent again and stands there as failed, for a
//! person to decide.

use std::{sync::Arc, time::Duration};

use channels::consulttalk::{
    self, Bubble, Call, CallBody, Class, Ended, Failure, Line, Sent, Whom, facts, may_repeat, read_done,
    read_ended, read_sent,
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, json};
use store::{BotId, ConsultChannelRow, EndUserId, NewLive, OutMove, OutRow, StoreError};
use tokio::time::Instant;
use utoipa::ToSchema;

use super::{PLATFORM, line, media};
use crate::{
    Hub,
    chat::hear::{self, EndUser, Heard, RoomTold},
    guard,
};

/// How long one call may take.
const CALL_WITHIN: Duration = Duration::from_secs(20);
/// How long a run of the server has for one before others see that it is gone: pictures are uploaded first.
const OURS_MS: i64 = 120_000;
/// How often it is looked for what was left behind.
const SWEEP_EVERY: Duration = Duration::from_secs(5);
/// Customers that are looked after at a time.
const SWEPT: u32 = 200;
/// Rows of one customer that are read at a time.
const PIECE: u32 = 20;
/// How often what may be tried again is tried.
const MAX_TRIES: i64 = 8;
/// What failed for a moment is tried again after a second, twice as long each time, up to this.
const MAX_WAIT_MS: i64 = 60_000;
/// What a relay tells later is awaited so long; then nobody knows what became of it.
const TOLD_WITHIN_MS: i64 = 600_000;
/// Bytes of a relay's answer.
const MAX_ANSWER: usize = 256 * 1024;

/// Sends what waits for a customer, unless somebody does.
pub fn wake(hub: &Arc<Hub>, end_user: EndUserId) {
    if hub.consult.sending.begin(&end_user) {
        let hub = Arc::clone(hub);
        tokio::spawn(async move { drain(&hub, end_user).await });
    }
}

/// The same after a while. If this run ends before, the sweep of another finds it.
fn wake_later(hub: &Arc<Hub>, end_user: EndUserId, wait_ms: i64) {
    let hub = Arc::clone(hub);
    tokio::spawn(async move {
        tokio::time::sleep(Duration::from_millis(u64::try_from(wait_ms).unwrap_or_default())).await;
        wake(&hub, end_user);
    });
}

/// Looks for what was left behind.
pub async fn run(hub: &Arc<Hub>) {
    loop {
        if let Err(error) = give_up(hub).await {
            tracing::warn!(%error, "what waits for a relay's word could not be looked for; it is tried again");
        }
        match hub.store.outbox_due(hub.clock.now_ms(), SWEPT).await {
            Ok(due) => due.into_iter().for_each(|end_user| wake(hub, end_user)),
            Err(error) => {
                tracing::warn!(%error, "what waits for customers could not be looked for; it is tried again");
            }
        }
        tokio::time::sleep(SWEEP_EVERY).await;
    }
}

/// What the relay wanted to tell of later and never did: nobody knows whether it arrived.
async fn give_up(hub: &Arc<Hub>) -> Result<(), StoreError> {
    for row in hub.store.outs_untold(hub.clock.now_ms(), SWEPT).await? {
        settle(hub, &row, Tried::Lost("no-result".to_owned())).await?;
    }
    Ok(())
}

async fn drain(hub: &Arc<Hub>, end_user: EndUserId) {
    loop {
        let rows = match hub.store.outbox_of(end_user, PIECE).await {
            Ok(rows) => rows,
            Err(error) => {
                tracing::warn!(%error, "what waits for a customer could not be read; it is tried again");
                return hub.consult.sending.stop(&end_user);
            }
        };
        if rows.is_empty() {
            if hub.consult.sending.end(&end_user) {
                return;
            }
            continue;
        }
        let first = &rows[0];
        let channel = match hub.store.consult_channel(first.bot).await {
            Ok(channel) => channel,
            Err(error) => {
                tracing::warn!(%error, "a channel could not be read; what waits for its customer is tried again");
                return hub.consult.sending.stop(&end_user);
            }
        };
        for row in rows {
            match one(hub, channel.as_ref(), row).await {
                Ok(true) => {}
                // What comes after it waits for it: the sweep goes on when it is due.
                Ok(false) => return hub.consult.sending.stop(&end_user),
                Err(error) => {
                    tracing::warn!(%error, "what became of a message could not be written down; it is tried again");
                    return hub.consult.sending.stop(&end_user);
                }
            }
        }
    }
}

/// What one try came to.
enum Tried {
    Sent {
        key: Option<String>,
    },
    Pending {
        key: String,
    },
    Closed,
    Failed(Failure),
    /// It failed before anything was sent: whoever sends it again sends nothing twice.
    NotSent(Failure),
    /// Nobody knows whether it arrived.
    Lost(String),
}

/// Sends one. `false` where those after it must wait.
async fn one(hub: &Arc<Hub>, channel: Option<&ConsultChannelRow>, row: OutRow) -> Result<bool, StoreError> {
    let now_ms = hub.clock.now_ms();
    if row.next_at > now_ms {
        return Ok(false);
    }
    let Some(channel) = channel else {
        let gone = failure(Class::Config, "channel-gone");
        return settle(hub, &row, Tried::Failed(gone)).await.map(|()| true);
    };
    let line = match line(hub, channel).await {
        Ok(line) => line,
        Err(error) => {
            tracing::warn!(bot.id = %row.bot, %error, "a channel cannot be spoken with");
            return settle(hub, &row, Tried::Failed(failure(Class::Config, &error.to_string())))
                .await
                .map(|()| true);
        }
    };
    let repeats = facts(line.relay).dedupes_by_serial;
    if row.state == "sending" && !repeats && row.work == "send" {
        // Whoever sent it is gone, and a relay that does not know the number again would send it twice.
        let tried = if facts(line.relay).result_comes_later {
            Tried::Pending { key: String::new() }
        } else {
            Tried::Lost("interrupted".to_owned())
        };
        return settle(hub, &row, tried).await.map(|()| true);
    }
    if !hub.store.claim_out(&row, hub.owner, now_ms + OURS_MS).await? {
        return Ok(false);
    }
    let Some((user_key, room)) = hub.store.outbox_address(row.end_user).await? else { return Ok(true) };
    let room = super::room_of(room.as_deref());
    let whom =
        Whom { user_key: &user_key, session_id: (!room.session.is_empty()).then_some(room.session.as_str()) };
    let tried = match work(hub, channel, &line, &row, whom).await {
        Ok(tried) => tried,
        // Not everything that is written down is a bubble: a program of another version wrote it.
        Err(why) => Tried::Failed(failure(Class::BadBubble, &why)),
    };
    let tries = row.tries + 1;
    let passes = |failure: &Failure| matches!(failure.class, Class::RateLimited | Class::Transient);
    let again = match &tried {
        // To end or block twice does no harm.
        Tried::Lost(_) => repeats || row.work != "send",
        Tried::NotSent(failure) => passes(failure),
        Tried::Failed(failure) if row.work == "send" => {
            may_repeat(line.relay, Some(&Sent::Failed(failure.clone())))
        }
        Tried::Failed(failure) => passes(failure),
        _ => false,
    };
    sign(hub, channel, &tried).await;
    if again && tries < MAX_TRIES {
        let wait = (1_000_i64 << row.tries.min(6)).min(MAX_WAIT_MS);
        let why = match &tried {
            Tried::Failed(failure) | Tried::NotSent(failure) => Some(why(failure)),
            _ => None,
        };
        let to = OutMove {
            state: "waiting",
            relay_key: None,
            next_at: hub.clock.now_ms() + wait,
            why,
            sent_at: None,
        };
        moves(hub, &row, to).await?;
        wake_later(hub, row.end_user, wait);
        return Ok(false);
    }
    settle(hub, &row, tried).await?;
    Ok(true)
}

/// The call, and what was answered.
async fn work(
    hub: &Arc<Hub>,
    channel: &ConsultChannelRow,
    line: &Line,
    row: &OutRow,
    whom: Whom<'_>,
) -> Result<Tried, String> {
    let relay = line.relay;
    match row.work.as_str() {
        "send" => {
            let mut bubble: Bubble = serde_json::from_str(&row.data).map_err(|error| error.to_string())?;
            if let Err(failure) = media::bring(hub, channel, line, &mut bubble).await {
                return Ok(Tried::NotSent(failure));
            }
            // The number is the row's own: whoever sends it again sends the same.
            let serial = row.id.to_string();
            Ok(match call(hub, consulttalk::send(line, whom, &serial, &bubble)).await {
                // What became of it is told later all the same, under our own number.
                Err(error) if facts(relay).result_comes_later && !error.never_left() => {
                    Tried::Pending { key: String::new() }
                }
                Err(error) => lost(&error),
                Ok((status, body)) => match read_sent(relay, status, &body) {
                    Sent::Done { serial } => Tried::Sent { key: serial },
                    Sent::Pending { key } => Tried::Pending { key },
                    Sent::AlreadySent => Tried::Sent { key: None },
                    Sent::Failed(failure) => Tried::Failed(failure),
                },
            })
        }
        "end" | "end-with-bot" => {
            let asked = if row.work == "end" {
                consulttalk::end(line, whom)
            } else {
                consulttalk::end_with_bot(line, whom, &row.data)
            };
            Ok(match call(hub, asked).await {
                Err(error) => lost(&error),
                Ok((status, body)) => match read_ended(relay, status, &body) {
                    Ended::Closed { .. } | Ended::WasClosed => Tried::Closed,
                    Ended::Pending { key } => Tried::Pending { key },
                    Ended::Failed(failure) if failure.class == Class::Closed => Tried::Closed,
                    Ended::Failed(failure) => Tried::Failed(failure),
                },
            })
        }
        "block" | "unblock" => {
            let asked = if row.work == "block" {
                consulttalk::block(line, whom)
            } else {
                consulttalk::unblock(line, whom)
            };
            Ok(match call(hub, asked).await {
                Err(error) => lost(&error),
                Ok((status, body)) => match read_done(relay, status, &body) {
                    Ok(()) => Tried::Sent { key: None },
                    Err(failure) => Tried::Failed(failure),
                },
            })
        }
        other => Err(format!("there is no work of the name {other}")),
    }
}

/// Makes a call of a relay that carries no file: its status and body.
pub async fn call(hub: &Hub, call: Call) -> Result<(u16, bytes::Bytes), guard::GuardError> {
    let mut request = guard::Request::new(call.method, &call.url).max_bytes(MAX_ANSWER).max_redirects(0);
    for (name, value) in &call.headers {
        request = request.header(name, value);
    }
    if let CallBody::Json(body) = call.body {
        request = request.header("content-type", "application/json; charset=utf-8").body(body);
    }
    let response = hub.guard.send(request, Instant::now() + CALL_WITHIN).await?;
    Ok((response.status, response.body))
}

/// A call that got no answer. One that never left was not lost.
fn lost(error: &guard::GuardError) -> Tried {
    if error.never_left() {
        Tried::NotSent(failure(Class::Transient, &error.to_string()))
    } else {
        Tried::Lost(error.to_string())
    }
}

/// What the relay tells later of what it took, by its own name for it or by ours. `false` where that is not known: it may be
/// told before its name is written down, and others may write through the same relay.
pub async fn told(
    hub: &Arc<Hub>,
    bot: BotId,
    (key, reference): (&str, Option<&str>),
    outcome: &Sent,
) -> Result<bool, StoreError> {
    let named = if key.is_empty() { None } else { hub.store.out_by_key(bot, key).await? };
    let row = match (named, reference.and_then(|text| text.parse().ok())) {
        (Some(row), _) => Some(row),
        (None, Some(id)) => hub.store.out_by_id(bot, id).await?,
        (None, None) => None,
    };
    let Some(row) = row else { return Ok(false) };
    if !matches!(row.state.as_str(), "pending" | "sending") {
        return Ok(true);
    }
    let ends = row.work.starts_with("end");
    let tried = match outcome {
        Sent::Failed(failure) if ends && failure.class == Class::Closed => Tried::Closed,
        Sent::Failed(failure) => Tried::Failed(failure.clone()),
        _ if ends => Tried::Closed,
        _ => Tried::Sent { key: None },
    };
    settle(hub, &row, tried).await.map(|()| true)
}

/// Writes down what became of it, and what that means for the room.
async fn settle(hub: &Arc<Hub>, row: &OutRow, tried: Tried) -> Result<(), StoreError> {
    let now_ms = hub.clock.now_ms();
    let sent = |key| OutMove { state: "sent", relay_key: key, next_at: 0, why: None, sent_at: Some(now_ms) };
    let failed = |failure: &Failure| OutMove {
        state: "failed",
        relay_key: None,
        next_at: 0,
        why: Some(why(failure)),
        sent_at: None,
    };
    let (to, room) = match &tried {
        Tried::Sent { key } => {
            (sent(key.clone()), (row.work == "unblock").then_some(RoomTold::Blocked(false)))
        }
        Tried::Pending { key } => {
            let key = Some(key.clone()).filter(|key| !key.is_empty());
            (OutMove { state: "pending", next_at: now_ms + TOLD_WITHIN_MS, ..sent(key) }, None)
        }
        Tried::Closed => {
            let why = if row.work == "end-with-bot" { "WB" } else { "EP" };
            (sent(None), Some(RoomTold::Ended { session: None, why: Some(why.to_owned()) }))
        }
        Tried::Failed(failure) | Tried::NotSent(failure) => {
            let closed =
                (failure.class == Class::Closed).then_some(RoomTold::Ended { session: None, why: None });
            (failed(failure), closed)
        }
        Tried::Lost(said) => {
            (failed(&Failure { class: Class::Unknown, code: "lost".to_owned(), said: said.clone() }), None)
        }
    };
    let room = match (row.work.as_str(), &tried) {
        ("block", Tried::Sent { .. }) => Some(RoomTold::Blocked(true)),
        _ => room,
    };
    moves(hub, row, to).await?;
    if let Some(told) = room
        && let Some((user_key, _)) = hub.store.outbox_address(row.end_user).await?
    {
        let user =
            EndUser { bot: row.bot, platform: PLATFORM, user_key, params: Map::new(), room: Some(told) };
        if let Err(error) = hear::hear(hub, &user, Heard::Params, None).await {
            tracing::warn!(%error, "that a room is closed could not be written down; the next message finds it out again");
        }
    }
    Ok(())
}

async fn moves(hub: &Arc<Hub>, row: &OutRow, to: OutMove) -> Result<(), StoreError> {
    let told = OutRow { state: to.state.to_owned(), why: to.why.clone(), ..row.clone() };
    let event = NewLive {
        kind: "delivery",
        end_user: Some(row.end_user),
        message: None,
        data: json!({"seq": row.seq, "delivery": view(&told)}).to_string(),
    };
    if hub.store.move_out(row, to, vec![event], hub.clock.now_ms()).await? {
        hub.live.ring(row.workspace);
    }
    Ok(())
}

/// What became of one bubble of a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Delivery {
    /// Which part of the message, from 0.
    part: i64,
    /// `waiting`, `sending`, `pending` (the relay tells later), `sent` or `failed`.
    state: String,
    /// Why it failed, or is tried again.
    #[schema(required)]
    why: Option<Trouble>,
    /// When the relay took it.
    #[schema(required)]
    at: Option<i64>,
}

/// Why a call of a relay failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Trouble {
    /// What kind of trouble: `closed`, `config`, `blocked`, `transient`, ….
    class: String,
    /// The relay's own code.
    code: String,
    /// The relay's own words.
    said: String,
    /// What happened and what one can do, in Korean.
    ko: String,
    /// … and in English.
    en: String,
}

impl Trouble {
    /// As it is kept; nothing where that cannot be read.
    pub fn read(text: Option<&str>) -> Option<Self> {
        serde_json::from_str(text?).ok()
    }

    /// Trouble that lies here, and not with a relay.
    pub fn ours(said: String, ko: &str, en: &str) -> Self {
        Self { class: "config".to_owned(), code: String::new(), said, ko: ko.to_owned(), en: en.to_owned() }
    }
}

/// A row as consoles see it.
pub fn view(row: &OutRow) -> Delivery {
    Delivery {
        part: row.part,
        state: row.state.clone(),
        why: Trouble::read(row.why.as_deref()),
        at: row.sent_at,
    }
}

/// A failure as it is kept and shown.
pub fn why(failure: &Failure) -> String {
    let words = failure.class.words();
    json!({"class": failure.class, "code": failure.code, "said": failure.said, "ko": words.ko, "en": words.en}).to_string()
}

fn failure(class: Class, said: &str) -> Failure {
    Failure { class, code: String::new(), said: said.to_owned() }
}

/// Notes that calls reach the relay, or what stands in their way.
async fn sign(hub: &Hub, channel: &ConsultChannelRow, tried: &Tried) {
    let trouble = match tried {
        Tried::Sent { .. } | Tried::Pending { .. } | Tried::Closed => None,
        Tried::Failed(failure) | Tried::NotSent(failure)
            if matches!(failure.class, Class::Config | Class::Transient | Class::Quota) =>
        {
            Some(why(failure))
        }
        // A customer's room is closed, a picture is too large: the way is clear.
        Tried::Failed(_) | Tried::NotSent(_) => None,
        Tried::Lost(said) => Some(why(&failure(Class::Transient, said))),
    };
    if trouble.is_none()
        && channel.trouble.is_none()
        && !hub.consult.signs(channel.bot, false, hub.clock.instant())
    {
        return;
    }
    if let Err(error) = hub.store.consult_called(channel.bot, hub.clock.now_ms(), trouble).await {
        tracing::warn!(%error, "a sign of life could not be written down");
    }
}
