//! What agents do with a conversation.

use std::sync::Arc;

use engine::event::Event;
use livechat::{Act, Resume, State};
use store::{AccountId, ChatRead, ChatRow, EndUserId, WorkspaceId};

use super::{
    ChatError, assign,
    change::{Change, Key, Say, agent},
    hear::lane,
    play::Player,
    settings, sight,
};
use crate::{Hub, consulttalk};

/// What stands in the thread where the messenger asks for name and telephone number in its own words.
const CONSENT: &str = "개인정보 제공 동의를 요청했어요.";
/// How often a change begins again when others moved the conversation meanwhile.
const MAX_TRIES: usize = 20;

/// Which conversation, and who does it; nobody where the rules do.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// The workspace.
    pub workspace: WorkspaceId,
    /// The chat.
    pub chat: EndUserId,
    /// The agent.
    pub by: Option<AccountId>,
    /// Is what is hidden from the agent not there?
    pub only_own: bool,
}

/// What is done.
#[derive(Debug, Clone)]
pub enum Deed {
    /// The rules give a request to an agent.
    Assign(AccountId),
    /// The agent takes it, or steps in.
    Take,
    /// The agent comes in beside its owner.
    Join,
    /// The agent goes.
    Leave,
    /// It is given to an agent, or back into the queue.
    Transfer(Option<AccountId>),
    /// The agent says something.
    Say {
        /// The sender's id of it.
        client_id: String,
        /// The message, as JSON.
        data: String,
    },
    /// The agent starts a flow.
    StartFlow {
        /// The flow.
        flow_id: i64,
        /// The node.
        node_id: Option<i64>,
    },
    /// The agent stops it.
    StopFlow,
    /// The agent ends it, perhaps with a flow other than the settings name.
    Complete {
        /// The flow that goes on.
        flow_id: Option<i64>,
    },
    /// It has been silent for too long.
    Close,
    /// Nobody can answer in it any more: its bot is gone.
    End,
    /// The agent ends the customer's session at the messenger, perhaps by handing them to the channel's other bot.
    EndRoom {
        /// The other bot's event.
        event: Option<String>,
    },
    /// The agent keeps the customer out, or lets them in again.
    Block(bool),
    /// The messenger asks the customer for name and telephone number.
    AskConsent {
        /// The sender's id of it.
        client_id: String,
    },
}

/// Does it. The chat after it, and the number of the message that was said.
pub async fn act(hub: &Arc<Hub>, place: Place, deed: Deed) -> Result<(ChatRow, Option<i64>), ChatError> {
    let mut known = false;
    for _ in 0..MAX_TRIES {
        let read = read(hub, place).await?;
        let Some(chat) = read.chat.as_ref() else { return Err(ChatError::NoChat) };
        if let Some(agent) = place.by.filter(|_| place.only_own)
            && sight::hides(hub, chat, agent).await?
        {
            return Err(ChatError::NoChat);
        }
        let (platform, user_key) = (chat.platform.clone(), chat.user_key.clone());
        if !engine::node::manual::answered_here(&platform) {
            return Err(ChatError::NotHere);
        }
        let _lane = hub.lanes.enter(lane(chat.bot, &platform, &user_key)).await;
        // On the heap: whoever waits for it would carry all of a change.
        match Box::pin(attempt(hub, place, &deed)).await {
            Ok(Some(done)) => return Ok(done),
            Ok(None) => {}
            // Perhaps a member who has never been an agent: that has no room for anything.
            Err(ChatError::Full { agent, .. }) if !known => {
                hub.store.ensure_agent(place.workspace, agent).await?;
                known = true;
            }
            Err(error) => return Err(error),
        }
        hub.meters.turns_retried.increment(1);
    }
    Err(ChatError::Conflict)
}

async fn read(hub: &Hub, place: Place) -> Result<ChatRead, ChatError> {
    hub.store.chat_by_id(place.workspace, place.chat).await?.ok_or(ChatError::NoChat)
}

async fn attempt(
    hub: &Arc<Hub>,
    place: Place,
    deed: &Deed,
) -> Result<Option<(ChatRow, Option<i64>)>, ChatError> {
    let read = read(hub, place).await?;
    let Some(chat) = read.chat.clone() else { return Err(ChatError::NoChat) };
    if let Deed::Say { client_id, .. } | Deed::AskConsent { client_id } = deed
        && let Some(seq) = hub.store.sent(place.chat, client_id).await?
    {
        return Ok(Some((chat, Some(seq))));
    }
    let settings = settings::of(hub, place.workspace, chat.bot).await?;
    let key = Key { bot: chat.bot, platform: &chat.platform, user_key: &chat.user_key };
    let mut change = Change::begin(hub, &read, key, Arc::clone(&settings));
    let asked = match does(hub, &read, &mut change, place.by, deed).await {
        Ok(asked) => asked,
        // Two rings of one bell: it was given out already, or taken back.
        Err(ChatError::Refused(_)) if matches!(deed, Deed::Assign(_) | Deed::Close | Deed::End) => {
            return Ok(Some((chat, None)));
        }
        Err(error) => return Err(error),
    };
    if change.is_empty() {
        return Ok(Some((change.chat, None)));
    }
    let takes = change.takes();
    let says = matches!(deed, Deed::Say { .. } | Deed::AskConsent { .. });
    match change.commit().await {
        Ok(changed) => {
            // Somebody may have become free, or a request waits again.
            if matches!(deed, Deed::Transfer(_) | Deed::Complete { .. } | Deed::Close) {
                assign::later(hub, place.workspace);
            }
            let seq = says.then_some(changed.messages.start);
            Ok(Some((changed.chat, seq)))
        }
        Err(error) => match Change::failed(error, takes, &settings) {
            Some(error) => Err(error),
            None if asked => Err(ChatError::Conflict),
            None => Ok(None),
        },
    }
}

/// Makes the change. Was the world asked?
async fn does(
    hub: &Arc<Hub>,
    read: &ChatRead,
    change: &mut Change<'_>,
    by: Option<AccountId>,
    deed: &Deed,
) -> Result<bool, ChatError> {
    let me = || by.map(agent).ok_or(ChatError::NoAgent);
    let bot = change.chat.bot;
    let player = || Player::load(hub, read.workspace, bot, read.live_version);
    match deed {
        Deed::Assign(to) => {
            change.act(Act::Assign(agent(*to)), by)?;
        }
        Deed::Take => {
            change.act(Act::Take(me()?), by)?;
            change.kept.quick_replies.clear();
        }
        Deed::Join => {
            change.act(Act::Join(me()?), by)?;
        }
        Deed::Leave => {
            change.act(Act::Leave(me()?), by)?;
        }
        Deed::Transfer(to) => {
            change.act(Act::Transfer(to.map(agent)), by)?;
        }
        Deed::Say { client_id, data } => {
            change.may_say()?;
            change.act(Act::Write(me()?), by)?;
            change.kept.quick_replies.clear();
            change.say(Say {
                from: "agent",
                data: data.clone(),
                masked: None,
                mask_after_ms: None,
                delay_ms: 0,
                client_id: Some(client_id.clone()),
                author: by,
                system: None,
                consent: false,
            });
        }
        Deed::AskConsent { client_id } => {
            if !change.asks_consent() {
                return Err(ChatError::NotHere);
            }
            change.may_say()?;
            change.act(Act::Write(me()?), by)?;
            let data = serde_json::json!({"type": "text", "text": CONSENT}).to_string();
            change.say(Say {
                from: "agent",
                data,
                masked: None,
                mask_after_ms: None,
                delay_ms: 0,
                client_id: Some(client_id.clone()),
                author: by,
                system: None,
                consent: true,
            });
        }
        Deed::EndRoom { event } => {
            if change.chat.platform != consulttalk::PLATFORM {
                return Err(ChatError::NotHere);
            }
            change.may_say()?;
            let (work, data) = match event {
                Some(event) => ("end-with-bot", event.clone()),
                None => ("end", String::new()),
            };
            change.note("room-ending", serde_json::json!({"event": event}), by);
            change.has_done(work, data);
        }
        Deed::Block(blocked) => {
            if change.chat.platform != consulttalk::PLATFORM {
                return Err(ChatError::NotHere);
            }
            change.has_done(if *blocked { "block" } else { "unblock" }, String::new());
            change.note(
                if *blocked { "room-blocking" } else { "room-unblocking" },
                serde_json::json!({}),
                by,
            );
        }
        Deed::StartFlow { flow_id, node_id } => {
            change.may_say()?;
            let player = player().await?;
            let found =
                player.bot.flow(*flow_id).filter(|flow| node_id.is_none_or(|node| flow.node(node).is_some()));
            if found.is_none() {
                return Err(ChatError::NoFlow);
            }
            change.act(Act::StartFlow(me()?), by)?;
            let event = Event::Goto { flow_id: *flow_id, node_id: *node_id };
            return Ok(player.play(change, event, None).await.asked);
        }
        Deed::StopFlow => {
            change.act(Act::StopFlow(me()?), by)?;
            change.kept.quick_replies.clear();
        }
        Deed::End => {
            change.act(Act::Close, by)?;
        }
        Deed::Complete { flow_id } => {
            let resume = change.act(Act::Complete, by)?;
            return goes_on(change, resume, *flow_id, player).await;
        }
        Deed::Close => {
            let waited = change.consultation.state == State::Requested;
            let resume = change.act(Act::Close, by)?;
            let message = change.settings.auto_close.message.clone();
            if !message.trim().is_empty() {
                let data = serde_json::json!({"type": "text", "text": message}).to_string();
                change.say(Say {
                    from: "bot",
                    data,
                    masked: None,
                    mask_after_ms: None,
                    delay_ms: 0,
                    client_id: None,
                    author: None,
                    // Nobody came: it ends without an answer.
                    system: waited.then_some("S3"),
                    consent: false,
                });
            }
            if !waited {
                return goes_on(change, resume, None, player).await;
            }
        }
    }
    Ok(false)
}

/// Where the bot goes on after a consultation (spec live-chat.md, "Complete"). Was the world asked?
async fn goes_on<'a, F: Future<Output = Result<Player<'a>, ChatError>>>(
    change: &mut Change<'_>,
    resume: Option<Resume>,
    flow_id: Option<i64>,
    player: impl FnOnce() -> F,
) -> Result<bool, ChatError> {
    let flow = flow_id.or(change.settings.completion.flow_id);
    if let Some(flow_id) = flow {
        let player = player().await?;
        if player.bot.flow(flow_id).is_some() {
            let event = Event::Goto { flow_id, node_id: None };
            return Ok(player.play(change, event, None).await.asked);
        }
        if change.settings.completion.flow_id != Some(flow_id) {
            return Err(ChatError::NoFlow);
        }
        // The flow of the settings is gone since: the consultation ends all the same.
        tracing::warn!(bot.id = %change.chat.bot, flow.id = flow_id, "the flow that follows a consultation is gone");
    }
    if resume == Some(Resume::FromStart) {
        change.kept.session.forget_navigation();
    }
    Ok(false)
}
