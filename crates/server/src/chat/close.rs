//! What happens by itself: consultations that have been silent for too long close, requests that nobody was free for are
//! looked at again.

use std::sync::Arc;

use livechat::{State, close::Times};
use store::ChatRow;

use super::{
    ChatError,
    act::{self, Deed, Place},
    assign, settings,
};
use crate::Hub;

/// Consultations that are looked at in one go.
const AT_ONCE: u32 = 500;
/// The shortest silence that may close one, in milliseconds: settings are in minutes.
const SHORTEST_MS: i64 = 60_000;

/// Closes what is due and gives out what waits. Called from time to time.
pub async fn sweep(hub: &Arc<Hub>) {
    if let Err(error) = close(hub).await {
        tracing::warn!(%error, "silent consultations could not be closed; they are looked at again in a minute");
    }
    if let Err(error) = take_back(hub).await {
        tracing::warn!(%error, "consultations that were left behind could not be looked at; they are in a minute");
    }
    match hub.store.queued_workspaces().await {
        Ok(workspaces) => workspaces.into_iter().for_each(|workspace| assign::later(hub, workspace)),
        Err(error) => {
            tracing::warn!(%error, "waiting requests could not be read; they are read again in a minute");
        }
    }
}

/// Ends the consultations of deleted bots, and puts those of agents who have left back into the queue. How many.
pub async fn take_back(hub: &Arc<Hub>) -> Result<usize, ChatError> {
    let bots = hub.store.chats_of_gone_bots(AT_ONCE).await?.into_iter().map(|place| (place, Deed::End));
    let agents = hub.store.chats_of_gone_agents(AT_ONCE).await?;
    let agents = agents.into_iter().map(|place| (place, Deed::Transfer(None)));
    let mut done = 0;
    for ((workspace, chat), deed) in bots.chain(agents) {
        match act::act(hub, Place { workspace, chat, by: None, only_own: false }, deed).await {
            Ok(_) => done += 1,
            // Somebody was quicker.
            Err(ChatError::NoChat | ChatError::Conflict | ChatError::Refused(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(done)
}

/// Closes what is due. How many.
pub async fn close(hub: &Arc<Hub>) -> Result<usize, ChatError> {
    let now_ms = hub.clock.now_ms();
    let (mut closed, mut after) = (0, None);
    loop {
        let silent = hub.store.silent_chats(now_ms - SHORTEST_MS, after, AT_ONCE).await?;
        let Some(last) = silent.last() else { return Ok(closed) };
        after = Some((last.last_at, last.end_user));
        for chat in &silent {
            closed += usize::from(close_one(hub, chat, now_ms).await?);
        }
    }
}

async fn close_one(hub: &Arc<Hub>, chat: &ChatRow, now_ms: i64) -> Result<bool, ChatError> {
    let settings = settings::of(hub, chat.workspace, chat.bot).await?;
    let times = Times {
        state: State::read(&chat.state).unwrap_or(State::Bot),
        requested_at: chat.requested_at.unwrap_or(chat.last_at),
        last_at: chat.last_at,
        waiting_since: chat.waiting_since,
    };
    if !settings.auto_close.is_due(&times, now_ms) {
        return Ok(false);
    }
    let place = Place { workspace: chat.workspace, chat: chat.end_user, by: None, only_own: false };
    match act::act(hub, place, Deed::Close).await {
        Ok(_) => Ok(true),
        Err(ChatError::NoChat | ChatError::Conflict) => Ok(false),
        Err(error) => Err(error),
    }
}
