//! What relays tell, taken up: each customer's in the order in which it came, at least once, and no message twice.
//!
//! A hook stands in the store before its relay is answered. Whoever takes it up removes it afterwards; a run that dies in
//! between leaves it to others, and what it had committed is recognised by the messenger's own number.

use std::{sync::Arc, time::Duration};

use channels::consulttalk::{self, Heard as Said, Hook, Mark, Part, Reference, Relay, What};
use engine::message::{Action, Button, Message, Received};
use livechat::words::grams;
use serde_json::{Map, Value, json};
use store::{BotId, ChatProfile, ConsultChannelRow, HookRow};

use super::{PARAM, PLATFORM, media, outbox};
use crate::{
    Hub,
    chat::{
        ChatError,
        hear::{self, EndUser, Heard, RoomTold},
    },
};

/// How long a run of the server has for one before others take it up.
pub const OURS_MS: i64 = 60_000;
/// How often it is looked for what was left behind.
const SWEEP_EVERY: Duration = Duration::from_secs(5);
/// What waits for another run of the server is looked at so often.
const LOOK_AGAIN_MS: i64 = 250;
/// Customers that are looked after at a time.
const SWEPT: u32 = 200;
/// Hooks of one customer that are read at a time.
const PIECE: u32 = 20;
/// What tells of an unknown message is looked at so often again.
const MAX_UNKNOWN: i64 = 2;
/// What failed is tried again after a second, twice as long each time, up to this.
const MAX_WAIT_MS: i64 = 60_000;
/// What could not be taken up for so long is given up: its session has ended long ago.
const GIVEN_UP_MS: i64 = 31 * 86_400_000;
/// Characters of a text that was too long for the hook and stands in a file.
const MAX_LONG_TEXT: usize = 200_000;

/// Takes up what waits of a customer, unless somebody does.
pub fn wake(hub: &Arc<Hub>, bot: BotId, user_key: &str) {
    let key = (bot, user_key.to_owned());
    if hub.consult.hearing.begin(&key) {
        let hub = Arc::clone(hub);
        tokio::spawn(async move { drain(&hub, key).await });
    }
}

/// The same after a while. If this run ends before, the sweep of another finds it.
fn wake_later(hub: &Arc<Hub>, (bot, user_key): (BotId, String), wait_ms: i64) {
    let hub = Arc::clone(hub);
    tokio::spawn(async move {
        tokio::time::sleep(Duration::from_millis(u64::try_from(wait_ms).unwrap_or_default())).await;
        wake(&hub, bot, &user_key);
    });
}

/// Looks for what was left behind.
pub async fn run(hub: &Arc<Hub>) {
    // Also what the outbox holds: whoever was at work is gone.
    if let Err(error) = hub.store.free_consult_work(hub.clock.now_ms()).await {
        tracing::warn!(%error, "what an earlier run was working on waits until its time is over");
    }
    loop {
        match hub.store.consult_hooks_due(hub.clock.now_ms(), SWEPT).await {
            Ok(due) => due.iter().for_each(|(bot, user_key)| wake(hub, *bot, user_key)),
            Err(error) => {
                tracing::warn!(%error, "what relays told could not be looked for; it is tried again");
            }
        }
        tokio::time::sleep(SWEEP_EVERY).await;
    }
}

async fn drain(hub: &Arc<Hub>, key: (BotId, String)) {
    loop {
        let rows = match hub.store.consult_hooks_of(key.0, &key.1, PIECE).await {
            Ok(rows) => rows,
            Err(error) => {
                tracing::warn!(%error, "what a relay told could not be read; it is tried again");
                return hub.consult.hearing.stop(&key);
            }
        };
        if rows.is_empty() {
            if hub.consult.hearing.end(&key) {
                return;
            }
            continue;
        }
        let channel = match hub.store.consult_channel(key.0).await {
            Ok(channel) => channel,
            Err(error) => {
                tracing::warn!(%error, "a channel could not be read; what its relay told is tried again");
                return hub.consult.hearing.stop(&key);
            }
        };
        for (at, row) in rows.iter().enumerate() {
            if !one(hub, channel.as_ref(), row).await {
                // What comes after it waits for it: the sweep goes on when it is due. Where another run of the server has
                // it, that is in a moment, and the other does not know of what came here meanwhile.
                let is_ours = |row: &HookRow| row.owner == hub.owner && row.tries == 0;
                if !is_ours(row) && rows[at..].iter().any(is_ours) {
                    wake_later(hub, key.clone(), LOOK_AGAIN_MS);
                }
                return hub.consult.hearing.stop(&key);
            }
        }
    }
}

/// Takes one up. `false` where those after it must wait.
async fn one(hub: &Arc<Hub>, channel: Option<&ConsultChannelRow>, row: &HookRow) -> bool {
    let now_ms = hub.clock.now_ms();
    if hub.consult.signs(row.bot, true, hub.clock.instant())
        && let Err(error) = hub.store.consult_heard(row.bot, &row.hook, row.id.made_at()).await
    {
        tracing::warn!(%error, "a sign of life could not be written down");
    }
    if row.owner != hub.owner || row.tries > 0 {
        let may = row.next_at <= now_ms
            && hub.store.claim_consult_hook(row, hub.owner, now_ms + OURS_MS).await.unwrap_or(false);
        if !may {
            return false;
        }
    }
    let done = match take_up(hub, channel, row).await {
        Ok(()) => hub.store.consult_hook_done(row.id).await.map_err(|error| error.to_string()),
        Err(why) => Err(why),
    };
    match done {
        Ok(()) => true,
        Err(why) if row.id.made_at() < now_ms - GIVEN_UP_MS => {
            tracing::error!(bot.id = %row.bot, hook = row.hook, why, "what a relay told is given up after a month");
            hub.store.consult_hook_done(row.id).await.is_ok()
        }
        Err(why) => {
            let wait = (1_000_i64 << row.tries.min(6)).min(MAX_WAIT_MS);
            tracing::warn!(bot.id = %row.bot, hook = row.hook, tries = row.tries + 1, why, "what a relay told waits");
            let failed = hub.store.consult_hook_failed(row.id, hub.clock.now_ms() + wait, &why).await;
            if let Err(error) = failed {
                tracing::warn!(%error, "… and that could not be written down");
            }
            wake_later(hub, (row.bot, row.user_key.clone()), wait);
            false
        }
    }
}

async fn take_up(hub: &Arc<Hub>, channel: Option<&ConsultChannelRow>, row: &HookRow) -> Result<(), String> {
    // The bot is gone, or its channel: nobody is there to be told.
    let Some(channel) = channel else { return Ok(()) };
    let Some(relay) = Relay::read(&channel.relay) else { return Ok(()) };
    let hook = read(relay, row);
    match hook.what {
        What::Message(ref said) => message(hub, channel, &hook, said, row).await,
        What::Reference(ref reference) => asked(hub, channel, &hook, reference, row).await,
        What::Expired { ref kind } => {
            let told = RoomTold::Ended { session: hook.session_id.clone(), why: kind.clone() };
            hears(hub, channel, &hook, Some(told), Map::new(), Heard::Params, None).await
        }
        What::Seen => {
            let told = RoomTold::Seen { at: hook.at_ms.unwrap_or(row.id.made_at()) };
            hears(hub, channel, &hook, Some(told), Map::new(), Heard::Params, None).await
        }
        What::Personal { ref phone, ref nickname } => personal(hub, channel, &hook, phone, nickname).await,
        What::Result { ref key, ref reference, ref outcome, .. } => {
            let told = outbox::told(hub, row.bot, (key, reference.as_deref()), outcome).await;
            let known = told.map_err(|error| error.to_string())?;
            // The call's own answer may still be on its way. What stays unknown was written by somebody else, and what the
            // customer says does not wait for that.
            if known || row.tries >= MAX_UNKNOWN {
                Ok(())
            } else {
                Err("it tells of what is not known yet".to_owned())
            }
        }
        // What it says may not be kept (spec consulttalk.md, "cert_result").
        What::Certified => Ok(()),
        What::Unknown { why } => {
            tracing::warn!(bot.id = %row.bot, hook = row.hook, why, "a relay told something that is not known");
            unknown(hub, channel, &hook, row).await
        }
    }
}

/// Reads one as its relay writes.
pub fn read(relay: Relay, row: &HookRow) -> Hook {
    let headers: Map<String, Value> = serde_json::from_str(&row.headers).unwrap_or_default();
    let header = |name: &str| headers.get(&name.to_ascii_lowercase())?.as_str().map(str::to_owned);
    consulttalk::read(relay, &row.hook, &header, &row.body)
}

async fn hears(
    hub: &Arc<Hub>,
    channel: &ConsultChannelRow,
    hook: &Hook,
    room: Option<RoomTold>,
    params: Map<String, Value>,
    heard: Heard,
    id: Option<&str>,
) -> Result<(), String> {
    let Some(user_key) = hook.user_key.clone() else { return Ok(()) };
    let user = EndUser { bot: channel.bot, platform: PLATFORM, user_key, params, room };
    match hear::hear(hub, &user, heard.clone(), id).await {
        // A session that begins with a message begins like any other: with the welcome.
        Ok(answered) if answered.begins => {
            let at = hook.at_ms.unwrap_or(hub.clock.now_ms());
            let begins = RoomTold::Asked { session: hook.session_id.clone(), at };
            let beginning = EndUser { room: Some(begins), ..user.clone() };
            let welcomed = hear::hear(hub, &beginning, Heard::Start, None).await;
            welcomed.map_err(|error| error.to_string())?;
            hear::hear(hub, &user, heard, id).await.map(|_| ()).map_err(|error| error.to_string())
        }
        Ok(_) => Ok(()),
        // Nobody is there to be told. One that is switched off may be switched on again: that waits.
        Err(ChatError::NoBot) => Ok(()),
        Err(error) => Err(error.to_string()),
    }
}

/// The session begins, or the customer asks once more.
async fn asked(
    hub: &Arc<Hub>,
    channel: &ConsultChannelRow,
    hook: &Hook,
    reference: &Reference,
    row: &HookRow,
) -> Result<(), String> {
    let at = hook.at_ms.unwrap_or(row.id.made_at());
    let mut known = Map::new();
    let words = [
        ("extra", &reference.extra),
        ("lastExtra", &reference.last_extra),
        ("botEvent", &reference.bot_event),
        ("appUserId", &reference.app_user_id),
    ];
    for (name, value) in words {
        if let Some(value) = value.as_deref().filter(|value| !value.is_empty()) {
            known.insert(name.to_owned(), json!(value));
        }
    }
    if reference.bot {
        known.insert("fromBot".to_owned(), json!(true));
    }
    if !reference.history.is_empty() {
        known.insert("history".to_owned(), json!(reference.history));
    }
    // What an earlier session brought says nothing of this one.
    let known = if known.is_empty() { Value::Null } else { Value::Object(known) };
    let told = RoomTold::Asked { session: hook.session_id.clone(), at };
    let params = Map::from_iter([(PARAM.to_owned(), known)]);
    hears(hub, channel, hook, Some(told), params, Heard::Start, None).await
}

/// The customer has given name and telephone number: they stand in the context and, where nothing stands there yet, in what
/// agents have written down.
async fn personal(
    hub: &Arc<Hub>,
    channel: &ConsultChannelRow,
    hook: &Hook,
    phone: &str,
    nickname: &str,
) -> Result<(), String> {
    let params = Map::from_iter([
        (format!("{PARAM}Phone"), json!(phone)),
        (format!("{PARAM}Nickname"), json!(nickname)),
    ]);
    hears(hub, channel, hook, Some(RoomTold::Personal), params, Heard::Params, None).await?;
    let Some(user_key) = hook.user_key.as_deref() else { return Ok(()) };
    let read =
        hub.store.chat_by_key(channel.bot, PLATFORM, user_key).await.map_err(|error| error.to_string())?;
    let Some(chat) = read.and_then(|read| read.chat) else { return Ok(()) };
    let new = |known: &str, given: &str| (known.is_empty() && !given.is_empty()).then(|| given.to_owned());
    let profile = ChatProfile {
        name: new(&chat.name, nickname),
        phone: new(&chat.phone, phone),
        ..ChatProfile::default()
    };
    let pairs: Vec<i64> =
        [&profile.name, &profile.phone].into_iter().flatten().flat_map(|text| grams(text)).collect();
    let whose = (chat.workspace, chat.end_user);
    let set = hub.store.set_chat_profile(whose, profile, &pairs, hub.clock.now_ms()).await;
    set.map_err(|error| error.to_string())?;
    hub.live.ring(chat.workspace);
    Ok(())
}

/// The customer says something, or presses a button.
async fn message(
    hub: &Arc<Hub>,
    channel: &ConsultChannelRow,
    hook: &Hook,
    said: &Said,
    row: &HookRow,
) -> Result<(), String> {
    let at = hook.at_ms.unwrap_or(row.id.made_at());
    let told = || Some(RoomTold::Heard { session: hook.session_id.clone(), at });
    // Without a number of its own a repetition cannot be told from saying it twice.
    let serial = said.serial.clone().unwrap_or_else(|| row.id.to_string());
    let mut parts = said.parts.clone();
    if let Some(url) = &said.long_text {
        match media::text(hub, channel, url, MAX_LONG_TEXT).await {
            Ok(whole) => parts = vec![Part::Text(whole)],
            Err(why) => {
                tracing::warn!(bot.id = %channel.bot, why, "a long text could not be fetched; its beginning is kept");
            }
        }
    }
    if parts.is_empty() {
        parts.push(Part::Unknown { kind: "empty".to_owned() });
    }
    for (at, part) in parts.into_iter().enumerate() {
        let id = if at == 0 { format!("kakao:{serial}") } else { format!("kakao:{serial}:{at}") };
        let heard = match part {
            Part::Text(text) => pressed(hub, channel, hook, text, said.extra.as_deref()).await?,
            Part::Media { kind, url, comment } => {
                let media = media::take(hub, channel, kind, &url, &comment).await;
                Heard::Message(Received {
                    text: (!comment.is_empty()).then_some(comment),
                    ..Received::media(media)
                })
            }
            Part::Unknown { kind } => Heard::Message(Received { kind, ..Received::default() }),
        };
        hears(hub, channel, hook, told(), Map::new(), heard, Some(&id)).await?;
    }
    Ok(())
}

/// What is not known is kept as it came, in the thread where somebody sees it.
async fn unknown(
    hub: &Arc<Hub>,
    channel: &ConsultChannelRow,
    hook: &Hook,
    row: &HookRow,
) -> Result<(), String> {
    let text = String::from_utf8_lossy(&row.body).chars().take(MAX_LONG_TEXT).collect();
    let received = Received { kind: format!("kakao:{}", row.hook), text: Some(text), ..Received::default() };
    hears(hub, channel, hook, None, Map::new(), Heard::Kept(received), Some(&format!("kakao:{}", row.id)))
        .await
}

/// A text, or the button whose mark came with it.
async fn pressed(
    hub: &Hub,
    channel: &ConsultChannelRow,
    hook: &Hook,
    text: String,
    extra: Option<&str>,
) -> Result<Heard, String> {
    let plain = |text: String| Heard::Message(Received::text(text));
    let Some((mark, user_key)) = extra.and_then(consulttalk::mark).zip(hook.user_key.as_deref()) else {
        // What another system's button carried is what the customer's press means.
        return Ok(match extra {
            Some(extra) => Heard::Message(Received::postback(text, extra)),
            None => plain(text),
        });
    };
    let read =
        hub.store.chat_by_key(channel.bot, PLATFORM, user_key).await.map_err(|error| error.to_string())?;
    let Some(session) = read.and_then(|read| read.session) else { return Ok(plain(text)) };
    let button = match mark {
        Mark::Button { seq, n } => {
            let row = hub
                .store
                .chat_after(session.end_user, seq - 1, 1)
                .await
                .map_err(|error| error.to_string())?;
            let message = row.into_iter().find(|row| row.seq == seq);
            let message = message.and_then(|row| serde_json::from_str::<Message>(&row.data).ok());
            message.and_then(|message| consulttalk::button_of(&message, n).cloned())
        }
        // Quick replies go with the answer that they were under.
        Mark::QuickReply { n, .. } => {
            crate::chat::kept::Kept::read(&session.state).quick_replies.get(n).cloned()
        }
    };
    Ok(meaning(button, text))
}

/// What a press means: what the button does, or what is said where the button is not known any more.
pub fn meaning(button: Option<Button>, text: String) -> Heard {
    let plain = |text: String| Heard::Message(Received::text(text));
    match button.map(|button| (button.label, button.action)) {
        Some((label, Action::Goto { flow_id, node_id })) => {
            Heard::Goto { flow_id, node_id, label: Some(label) }
        }
        Some((label, Action::Postback { payload: Some(payload) })) => {
            Heard::Message(Received::postback(label, payload))
        }
        Some((label, _)) => plain(label),
        None => plain(text),
    }
}
