//! Tells a bot's business what becomes of its consultations (spec integrations.md, "Webhooks out").
//!
//! What happened stands in `live_events`, written in the commit that made it so; a webhook knows up to where it was told. So
//! nothing is told that did not happen, and what could not be delivered is delivered later, in order, for as long as events
//! are kept. What happens within a moment goes in one delivery. A webhook is claimed before it is told: of several processes
//! one tells it. A delivery that was taken and whose success could not be written is told again: receivers know events by
//! their ids.

use std::time::Duration;

use engine::session::Place;
use livechat::State;
use serde::Deserialize;
use serde_json::{Value, json};
use store::{
    AfterFailure, BotRow, ChatRow, DeliveryId, DeliveryRow, EndUserId, LiveRow, StoreError, WebhookRow,
};
use tokio::time::Instant;

use crate::{Hub, chat::kept::Kept, guard::Request, signing::Signing};

/// Between two looks, and so the time whose events go together.
pub const EVERY: Duration = Duration::from_secs(1);
/// Webhooks that are told in one round.
const AT_ONCE: u32 = 20;
/// Events that are read for one delivery.
const PIECE: u32 = 200;
/// How long a webhook may take, and how long nobody else tells it meanwhile.
const WITHIN: Duration = Duration::from_secs(10);
const CLAIMED_MS: i64 = 30_000;
/// Bytes of an answer that are read.
const MAX_ANSWER: usize = 64 * 1024;
/// Until the next try, after each that failed: three in half an hour.
const WAITS_MS: [i64; 2] = [5 * 60_000, 25 * 60_000];
/// How long tries are kept.
const TRIES_FOR_MS: i64 = 7 * 86_400_000;

/// What can be told: the name outside, and the line of the thread that says so.
pub const EVENTS: [(&str, &str); 8] = [
    ("bot.conversation.agent_call_requested", "requested"),
    ("bot.conversation.agent_call_connected", "connected"),
    ("bot.conversation.agent_call_cancelled", "missed"),
    ("bot.conversation.agent_call_disconnected", "completed"),
    ("bot.conversation.agent_assigned", "assigned"),
    ("bot.conversation.agent_joined", "joined"),
    ("bot.conversation.agent_left", "left"),
    ("bot.conversation.agent_transferred", "transferred"),
];

/// What a line of a thread says.
#[derive(Debug, Deserialize)]
struct Line {
    id: String,
    kind: String,
    at: i64,
    agent: Option<String>,
    by: Option<String>,
    data: Value,
}

/// Tells for as long as the server runs.
pub async fn run(hub: &Hub) {
    loop {
        tokio::time::sleep(EVERY).await;
        if let Err(error) = round(hub).await {
            tracing::warn!(%error, "webhooks could not be told; they are told in a moment");
        }
    }
}

/// Tells every webhook that is due.
pub async fn round(hub: &Hub) -> Result<(), StoreError> {
    let now_ms = hub.clock.now_ms();
    let due = hub.store.webhooks_due(now_ms, AT_ONCE).await?;
    // A slow server of one business holds up no other.
    let told = futures_util::future::join_all(due.iter().map(|row| tell(hub, row))).await;
    told.into_iter().collect()
}

async fn tell(hub: &Hub, row: &WebhookRow) -> Result<(), StoreError> {
    let now_ms = hub.clock.now_ms();
    if !hub.store.claim_webhook(row, now_ms + CLAIMED_MS).await? {
        return Ok(());
    }
    let events = hub.store.live_after(row.workspace, row.after_seq, PIECE).await?;
    let Some(last_seq) = events.last().map(|event| event.seq) else {
        // What it has not been told is not kept any more: it goes on from here.
        let newest = hub.store.last_live(row.workspace).await?;
        return hub.store.webhook_told(row.id, newest, None, 0).await;
    };
    let messages = wanted(hub, row, &events).await?;
    if messages.is_empty() {
        return hub.store.webhook_told(row.id, last_seq, None, 0).await;
    }
    let id = DeliveryId::new(now_ms, hub.die.roll_wide());
    let body =
        json!({"id": id, "webhookId": row.id, "webhookUrl": row.url, "messages": messages}).to_string();
    let begun = hub.clock.instant();
    let signing: Option<Signing> = serde_json::from_str(&row.signing).ok();
    let posted = post(hub, (&row.url, signing.as_ref()), &id.to_string(), body).await;
    let delivery = DeliveryRow {
        id,
        events: messages.len() as i64,
        first_seq: row.after_seq + 1,
        last_seq,
        error: posted.as_ref().err().cloned(),
        took_ms: (hub.clock.instant() - begun).as_millis() as i64,
    };
    match posted {
        Ok(()) => hub.store.webhook_told(row.id, last_seq, Some(delivery), now_ms - TRIES_FOR_MS).await,
        Err(why) => {
            let tries = row.tries + 1;
            let wait = usize::try_from(row.tries).ok().and_then(|at| WAITS_MS.get(at));
            let after = wait.map_or(AfterFailure::Off(why), |wait| AfterFailure::Again(now_ms + wait));
            hub.store.webhook_failed(row.id, tries, after, delivery).await
        }
    }
}

/// Those of the events that the webhook wants, as it gets them.
async fn wanted(hub: &Hub, row: &WebhookRow, events: &[LiveRow]) -> Result<Vec<Value>, StoreError> {
    let names: Vec<String> = serde_json::from_str(&row.events).unwrap_or_default();
    let mut messages = Vec::new();
    let mut bot: Option<BotRow> = None;
    for event in events.iter().filter(|event| event.kind == "line") {
        let (Some(end_user), Ok(line)) = (event.end_user, serde_json::from_str::<Line>(&event.data)) else {
            continue;
        };
        let name = EVENTS.iter().find(|(_, kind)| *kind == line.kind).map(|(name, _)| *name);
        let Some(name) = name.filter(|name| names.iter().any(|wanted| wanted == name)) else { continue };
        let Some((chat, kept)) = read(hub, row, end_user).await? else { continue };
        if bot.is_none() {
            bot = hub.store.bot(row.bot).await?;
        }
        let Some(bot) = &bot else { continue };
        messages.push(message(name, &line, bot, (&chat, &kept)));
    }
    Ok(messages)
}

/// The conversation as it is now, if it is of this bot.
async fn read(
    hub: &Hub,
    row: &WebhookRow,
    end_user: EndUserId,
) -> Result<Option<(ChatRow, Kept)>, StoreError> {
    let Some(read) = hub.store.chat_by_id(row.workspace, end_user).await? else { return Ok(None) };
    let kept = read.session.as_ref().map(|session| Kept::read(&session.state)).unwrap_or_default();
    Ok(read.chat.filter(|chat| chat.bot == row.bot).map(|chat| (chat, kept)))
}

/// One event. The conversation in it is as it was when it was told, or newer; `consultation` says what happened then.
fn message(name: &str, line: &Line, bot: &BotRow, (chat, kept): (&ChatRow, &Kept)) -> Value {
    let params = Value::Object(kept.session.params.clone());
    let place = |place: &Place| json!({"flowId": place.flow, "nodeId": place.node});
    let navigation = json!({
        "current": kept.session.position.as_ref().map(place),
        "prev": kept.session.previous.as_ref().map(place),
    });
    let category: Value = serde_json::from_str(&chat.category).unwrap_or_default();
    json!({
        "id": line.id,
        "event": name,
        "sourceType": "bot",
        "sourceId": bot.id,
        "timestamp": line.at,
        "data": {
            "bot": {
                "id": bot.id,
                "title": bot.title,
                "description": bot.description,
                "createdAt": iso(bot.created_at),
                "updatedAt": iso(bot.updated_at),
            },
            "endUser": {
                "id": chat.end_user,
                "botId": bot.id,
                "platform": chat.platform,
                "userKey": chat.user_key,
                "params": params,
                "lastConversationId": chat.conversation,
                "createdAt": iso(chat.created_at),
                "updatedAt": iso(chat.last_at),
            },
            "conversation": {
                "id": chat.conversation,
                "botId": bot.id,
                "endUserId": chat.end_user,
                "platform": chat.platform,
                "userKey": chat.user_key,
                "params": params,
                "context": {
                    "botId": bot.id,
                    "conversationId": chat.conversation,
                    "endUserId": chat.end_user,
                    "platform": chat.platform,
                    "userKey": chat.user_key,
                    "params": params,
                    "navigation": navigation,
                },
                "navigation": navigation,
                "createdAt": iso(chat.created_at),
                "updatedAt": iso(chat.last_at),
            },
            "consultation": {
                "id": chat.consultation,
                "state": state(&line.kind).map(State::name),
                "category": category,
                "agentId": line.agent,
                "byId": line.by,
                "why": line.data["why"],
            },
        },
    })
}

/// Where a consultation stood after such a line; as it was before where the line says nothing of it.
fn state(kind: &str) -> Option<State> {
    match kind {
        "requested" | "assigned" => Some(State::Requested),
        "connected" | "joined" | "left" => Some(State::Connected),
        "missed" => Some(State::Missed),
        "completed" => Some(State::Completed),
        _ => None,
    }
}

/// ISO 8601 in UTC, with milliseconds.
fn iso(ms: i64) -> String {
    jiff::Timestamp::from_millisecond(ms).map(|at| format!("{at:.3}")).unwrap_or_default()
}

/// Posts a signed JSON to a server of a business, through the guard. Why it was not taken, where it was not.
pub async fn post(
    hub: &Hub,
    (url, signing): (&str, Option<&Signing>),
    id: &str,
    body: String,
) -> Result<(), String> {
    // Nothing leaves unsigned: a receiver could not tell it from anybody's.
    let signing = signing.ok_or("the webhook has no secret; save it once more")?;
    let headers = signing.headers(id, hub.clock.now_ms(), &body);
    let mut request = Request::new("POST", url)
        .header("content-type", "application/json")
        .header("user-agent", "CLOSER/webhook")
        .max_bytes(MAX_ANSWER)
        .max_redirects(0);
    for (name, value) in &headers {
        request = request.header(name, value);
    }
    let until = Instant::from_std(hub.clock.instant()) + WITHIN;
    match hub.guard.send(request.body(body), until).await {
        Ok(response) if response.is_success() => Ok(()),
        Ok(response) => Err(format!("HTTP {}", response.status)),
        Err(error) => Err(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_iso_with_milliseconds() {
        assert_eq!(iso(1_795_395_600_007), "2026-11-23T01:00:00.007Z");
        assert_eq!(iso(1_795_395_600_000), "2026-11-23T01:00:00.000Z");
    }
}
