//! Who is told what: events that everybody sees, those of conversations that are some agents' alone, and mentions.

use std::{collections::HashMap, sync::Arc};

use serde::Deserialize;
use store::{AccountId, BotId, EndUserId, LiveRow, ReadError, WorkspaceId};

use super::{event, feed::Event};
use crate::{
    Hub,
    chat::{settings, sight, view},
};

/// Agents.
pub type Agents = Arc<[AccountId]>;

/// What of a conversation's view says whose it is.
#[derive(Debug, Deserialize)]
struct Whose {
    bot: BotId,
    owner: Option<AccountId>,
    present: Vec<AccountId>,
}

/// Who is mentioned in a note.
#[derive(Debug, Deserialize)]
struct Mention {
    mentions: Vec<AccountId>,
}

/// The events of these rows, each with whom it is for.
pub async fn events(
    hub: &Hub,
    workspace: WorkspaceId,
    mut rows: Vec<LiveRow>,
) -> Result<Vec<Event>, ReadError> {
    // A chat that has changed without its state being known where it was committed: as it is now.
    for row in rows.iter_mut().filter(|row| row.kind == "chat" && row.data.is_empty()) {
        let Some(end_user) = row.end_user else { continue };
        if let Some(chat) = hub.store.chat_by_id(workspace, end_user).await?.and_then(|read| read.chat) {
            row.data = view::json(chat);
        }
    }
    let mut told: Vec<Event> = rows.iter().map(event::of).collect();
    for (row, event) in rows.iter().zip(&mut told).filter(|(row, _)| row.kind == "mention") {
        let mention: Option<Mention> = serde_json::from_str(&row.data).ok();
        event.to = Some(mention.map_or_else(Vec::new, |mention| mention.mentions).into());
    }
    if !settings::restricts(hub, workspace).await? {
        return Ok(told);
    }
    // The last event of a change says whose it is after it, so the rows are walked backwards.
    let mut known: HashMap<EndUserId, Option<Agents>> = HashMap::new();
    for (row, event) in rows.iter().zip(&mut told).rev() {
        let Some(end_user) = row.end_user else { continue };
        let tells = row.kind == "chat" || row.kind == "message";
        let whose: Option<Whose> = serde_json::from_str(&row.data).ok().filter(|_| tells);
        let holders = match (whose, known.get(&end_user)) {
            (Some(whose), _) => {
                let bot = settings::of(hub, workspace, whose.bot).await?;
                let holders = whose.present.into_iter().chain(whose.owner).collect();
                bot.assignment.only_assigned.then_some(holders)
            }
            (None, Some(holders)) => holders.clone(),
            (None, None) => match hub.store.chat_by_id(workspace, end_user).await?.and_then(|it| it.chat) {
                Some(chat) => {
                    let bot = settings::of(hub, workspace, chat.bot).await?;
                    bot.assignment.only_assigned.then(|| sight::holders(&chat).into())
                }
                None => None,
            },
        };
        event.holders.clone_from(&holders);
        known.insert(end_user, holders);
    }
    Ok(told)
}
