//! What end users do: they open the room, write, press, take a call back.
//!
//! While an agent is called or talks, what they write goes to the agents and the bot hears nothing of it, save where an
//! agent lets a flow run.

use std::sync::Arc;

use engine::{event::Event, message::Received};
use livechat::{Act, Resume, State, room::Became};
use serde_json::{Map, Value};
use store::{BotId, ChatRead, EndUserId};

use super::{
    ChatError,
    change::{Change, Key, Say},
    play::Player,
    settings,
};
use crate::{Hub, consulttalk, turns::lane::LaneKey};

/// How often a change begins again when others moved the conversation meanwhile.
const MAX_TRIES: usize = 20;

/// Who does it.
#[derive(Debug, Clone)]
pub struct EndUser {
    /// The bot they talk to.
    pub bot: BotId,
    /// The channel.
    pub platform: &'static str,
    /// What the channel calls them.
    pub user_key: String,
    /// Params that come with it.
    pub params: Map<String, Value>,
    /// What the messenger tells of their room with it, where it has such a thing.
    pub room: Option<RoomTold>,
}

/// What a messenger tells of a room (`livechat::room`).
#[derive(Debug, Clone)]
pub enum RoomTold {
    /// The customer wrote.
    Heard {
        /// The session, where it is named.
        session: Option<String>,
        /// When.
        at: i64,
    },
    /// The customer asked for the company.
    Asked {
        /// The session, where it is named.
        session: Option<String>,
        /// When.
        at: i64,
    },
    /// The session has ended.
    Ended {
        /// The session, where it is named.
        session: Option<String>,
        /// Why, where it is known.
        why: Option<String>,
    },
    /// The customer has read.
    Seen {
        /// Up to when.
        at: i64,
    },
    /// An agent has blocked the customer, or let them in again.
    Blocked(bool),
    /// The customer has given name and telephone number.
    Personal,
}

/// What an end user does.
#[derive(Debug, Clone)]
pub enum Heard {
    /// Opens the room.
    Start,
    /// Says something or presses a button.
    Message(Received),
    /// Is moved to a flow: by a button with this label, or by the page.
    Goto {
        /// The flow.
        flow_id: i64,
        /// The node.
        node_id: Option<i64>,
        /// What stood on the button.
        label: Option<String>,
    },
    /// Wants to begin again.
    Restart,
    /// Takes an agent call back.
    Cancel,
    /// Says nothing; params come.
    Params,
    /// Something came that the bot must not answer: it stands in the thread.
    Kept(Received),
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answered {
    /// Who it was; `None` where there was nothing to be stored.
    pub end_user: Option<EndUserId>,
    /// It had been done before: the same id of the sender's.
    pub again: bool,
    /// Nothing was done: a session begins with it, and the welcome comes first.
    pub begins: bool,
}

/// Does what an end user does. `id` is the sender's id of it: what was done with it before is not done again.
pub async fn hear(
    hub: &Arc<Hub>,
    user: &EndUser,
    heard: Heard,
    id: Option<&str>,
) -> Result<Answered, ChatError> {
    let _permit = hub.permit().ok_or(ChatError::Busy)?;
    let _lane = hub.lanes.enter(lane(user.bot, user.platform, &user.user_key)).await;
    for _ in 0..MAX_TRIES {
        // On the heap: whoever waits for it would carry all of a change.
        if let Some(answered) = Box::pin(attempt(hub, user, &heard, id)).await? {
            return Ok(answered);
        }
        hub.meters.turns_retried.increment(1);
    }
    Err(ChatError::Conflict)
}

/// The lane of an end user. A platform's users are no other platform's, even by the same name.
pub fn lane(bot: BotId, platform: &str, user_key: &str) -> LaneKey {
    LaneKey { bot: bot.to_string(), draft: false, user: format!("{platform}\n{user_key}") }
}

async fn attempt(
    hub: &Arc<Hub>,
    user: &EndUser,
    heard: &Heard,
    id: Option<&str>,
) -> Result<Option<Answered>, ChatError> {
    let read = read(hub, user).await?;
    let end_user = read.session.as_ref().map(|session| session.end_user);
    if let (Some(end_user), Some(id)) = (end_user, id)
        && hub.store.sent(end_user, id).await?.is_some()
    {
        return Ok(Some(Answered { end_user: Some(end_user), again: true, begins: false }));
    }
    let settings = settings::of(hub, read.workspace, user.bot).await?;
    let key = Key { bot: user.bot, platform: user.platform, user_key: &user.user_key };
    let mut change = Change::begin(hub, &read, key, Arc::clone(&settings));
    for (name, value) in &user.params {
        if value.is_null() {
            change.kept.session.params.shift_remove(name);
        } else {
            change.kept.session.params.insert(name.clone(), value.clone());
        }
    }
    let told = user.room.as_ref().map(|told| change.enter(told));
    if told == Some(Became::Begun) && matches!(heard, Heard::Message(_) | Heard::Goto { .. }) {
        return Ok(Some(Answered { end_user, again: false, begins: true }));
    }
    let player = Player::load(hub, read.workspace, user.bot, read.live_version).await?;
    let heard = match (heard, told) {
        // The room goes on: nobody is welcomed twice.
        (Heard::Start, Some(became)) if became != Became::Begun => &Heard::Params,
        // What is told of a session that has ended can be read, and no more.
        (Heard::Message(said), Some(Became::Past)) => &Heard::Kept(said.clone()),
        (Heard::Goto { label: Some(label), .. }, Some(Became::Past)) => {
            &Heard::Kept(Received::text(label.clone()))
        }
        (heard, _) => heard,
    };
    let done = does(&mut change, &player, heard, id).await;
    let tells = !user.params.is_empty() || change.room_moved();
    if change.is_empty() && (!tells || end_user.is_none()) {
        return Ok(Some(Answered { end_user, again: false, begins: false }));
    }
    let takes = change.takes();
    let workspace = read.workspace;
    match change.commit().await {
        Ok(changed) => {
            // With a session its consultation has ended: an agent is free.
            if done.drains || told == Some(Became::Closed) {
                super::assign::later(hub, workspace);
            }
            if done.ran {
                hub.meters.turns_answered.increment(1);
            }
            Ok(Some(Answered { end_user: Some(changed.chat.end_user), again: false, begins: false }))
        }
        Err(error) => match Change::failed(error, takes, &settings) {
            Some(error) => Err(error),
            // What the world was asked is not asked twice.
            None if done.asked => Err(ChatError::Conflict),
            None => Ok(None),
        },
    }
}

async fn read(hub: &Hub, user: &EndUser) -> Result<ChatRead, ChatError> {
    let read =
        hub.store.chat_by_key(user.bot, user.platform, &user.user_key).await?.ok_or(ChatError::NoBot)?;
    let is_on = match user.platform {
        consulttalk::PLATFORM => read.consult.is_some(),
        _ => matches!(&read.web, Some((true, ..))),
    };
    if is_on { Ok(read) } else { Err(ChatError::Off) }
}

/// What a change did that is told once it is committed.
#[derive(Debug, Clone, Copy, Default)]
struct Done {
    asked: bool,
    /// The bot took a turn.
    ran: bool,
    /// A request waits, or an agent has become free.
    drains: bool,
}

async fn does(change: &mut Change<'_>, player: &Player<'_>, heard: &Heard, id: Option<&str>) -> Done {
    let mut done = Done::default();
    let takes_back = match heard {
        Heard::Cancel => true,
        Heard::Message(said) => {
            let word = change.kept.cancel.as_deref().map(str::trim);
            word.is_some() && said.text.as_deref().map(str::trim) == word
        }
        _ => false,
    };
    if let Some(said) = said(heard) {
        change.say(Say {
            from: "user",
            data: said.to_context().to_string(),
            masked: None,
            mask_after_ms: None,
            delay_ms: 0,
            client_id: id.map(str::to_owned),
            author: None,
            system: None,
            consent: false,
        });
    }
    if takes_back && change.consultation.state == State::Requested {
        let resumes = change.act(Act::Cancel, None);
        done.drains = true;
        if let Ok(Some(Resume::AfterCall)) = resumes {
            let played = player.play(change, Event::Cancel, id).await;
            (done.asked, done.ran) = (played.asked, true);
        }
        return done;
    }
    if !change.consultation.bot_answers() {
        change.kept.quick_replies.clear();
        return done;
    }
    let event = match heard {
        Heard::Start => {
            let restores = player.bot.preference.session_behavior.restore_navigation;
            let is_page = change.chat.platform == super::WEB;
            // The thread is shown; nothing is said again (spec bot.md, "A turn", 2).
            if is_page && change.kept.session.position.is_some() && restores {
                return done;
            }
            Event::Start
        }
        Heard::Message(received) => Event::Message(received.clone()),
        Heard::Goto { flow_id, node_id, .. } => Event::Goto { flow_id: *flow_id, node_id: *node_id },
        Heard::Restart => {
            change.kept.session.forget_navigation();
            Event::Goto { flow_id: player.bot.preference.entry_flow, node_id: None }
        }
        Heard::Cancel | Heard::Params | Heard::Kept(_) => return done,
    };
    let played = player.play(change, event, id).await;
    Done { asked: played.asked, ran: true, drains: played.requested }
}

/// What stands in the thread.
fn said(heard: &Heard) -> Option<Received> {
    match heard {
        Heard::Message(received) | Heard::Kept(received) => Some(received.clone()),
        Heard::Goto { label: Some(label), .. } => Some(Received::text(label.clone())),
        _ => None,
    }
}
