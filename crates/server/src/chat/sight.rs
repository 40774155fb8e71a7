//! What agents may see: everything, or where the team says so only what is theirs (`onlyAssigned`).
//!
//! Who keeps the team (admins and owners) sees everything always. Others see what they own or are in; the rest is not there
//! for them, in lists, threads, acts and events alike.

use store::{AccountId, ChatRow, ReadError};

use super::settings;
use crate::Hub;

/// The agents whose conversation it is: its owner, and those in it.
pub fn holders(chat: &ChatRow) -> Vec<AccountId> {
    let mut holders: Vec<AccountId> = serde_json::from_str(&chat.present).unwrap_or_default();
    holders.extend(chat.owner);
    holders
}

/// Is this conversation hidden from an agent?
pub async fn hides(hub: &Hub, chat: &ChatRow, agent: AccountId) -> Result<bool, ReadError> {
    let settings = settings::of(hub, chat.workspace, chat.bot).await?;
    Ok(settings.assignment.only_assigned && !holders(chat).contains(&agent))
}
