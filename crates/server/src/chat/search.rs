//! Looking for conversations by names and by what was said in them.
//!
//! The index says where pairs of letters stand ([`super::index`]); each conversation that it names is then looked at itself,
//! newest messages first and a bounded number of them, so that what is shown does stand there.

use livechat::words::Query;
use store::{ChatQuery, ChatRow, EndUserId, StoreError, WorkspaceId};

use super::{index, summary};
use crate::Hub;

/// Conversations that one piece of a search looks at.
const LOOKED_AT: usize = 300;
/// … at once.
const WINDOW: u32 = 50;
/// Messages of a conversation that are looked through, at once and in all.
const MESSAGES: u32 = 200;
const ALL_MESSAGES: usize = 2_000;
/// Pairs that are asked for.
const PAIRS: usize = 4;

/// A conversation in which something was found.
#[derive(Debug)]
pub struct Hit {
    /// The conversation.
    pub chat: ChatRow,
    /// The message's number and the words around; `None` where a name was found.
    pub message: Option<(i64, String)>,
}

/// Where a search goes on.
pub type Place = (i64, EndUserId);

/// Conversations with these words, newest first, and where the search goes on.
pub async fn search(
    hub: &Hub,
    workspace: WorkspaceId,
    query: ChatQuery,
    words: &Query,
) -> Result<(Vec<Hit>, Option<Place>), StoreError> {
    index::catch_up(hub).await?;
    let mut pairs = Vec::new();
    for pair in words.ranges() {
        pairs.push((hub.store.count_grams(workspace, pair).await?, pair));
    }
    // The rarest lead: they name the fewest.
    pairs.sort_unstable();
    if pairs.first().is_none_or(|(count, _)| *count == 0) {
        return Ok((Vec::new(), None));
    }
    let pairs: Vec<_> = pairs.into_iter().map(|(_, pair)| pair).take(PAIRS).collect();
    let (mut hits, mut after, mut looked_at) = (Vec::new(), query.after, 0);
    loop {
        let window = ChatQuery { after, limit: WINDOW, ..query.clone() };
        let rows = hub.store.chats_with(workspace, window, &pairs).await?;
        let more = rows.len() == WINDOW as usize;
        for row in rows {
            after = Some((row.last_at, row.end_user));
            looked_at += 1;
            if let Some(hit) = look_at(hub, row, words).await? {
                hits.push(hit);
            }
            if hits.len() == query.limit as usize || looked_at == LOOKED_AT {
                return Ok((hits, after));
            }
        }
        if !more {
            return Ok((hits, None));
        }
    }
}

/// Do the words stand in this conversation?
async fn look_at(hub: &Hub, chat: ChatRow, words: &Query) -> Result<Option<Hit>, StoreError> {
    if [&chat.name, &chat.phone, &chat.email, &chat.user_key].iter().any(|name| words.is_in(name)) {
        return Ok(Some(Hit { chat, message: None }));
    }
    let mut before = i64::MAX;
    for _ in 0..ALL_MESSAGES / MESSAGES as usize {
        let said = hub.store.said_before(chat.end_user, before, MESSAGES).await?;
        for message in &said {
            let text = summary::words(&message.data);
            if words.is_in(&text) {
                let hit = Some((message.seq, words.excerpt(&text)));
                return Ok(Some(Hit { chat, message: hit }));
            }
        }
        match said.last() {
            Some(last) if said.len() == MESSAGES as usize => before = last.seq,
            _ => break,
        }
    }
    Ok(None)
}
