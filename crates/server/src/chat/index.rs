//! The index of words: what customers and agents have said, a little at a time and beside everything else.
//!
//! What bots say is not in it: they say the same to everybody. Who looks for words has what is there indexed first
//! ([`catch_up`]); else the index is a second behind.

use std::{collections::BTreeSet, time::Duration};

use livechat::words::grams;
use store::{StoreError, UnindexedRow};

use super::summary;
use crate::Hub;

/// Conversations of one piece, and messages of one of them.
const PIECE: u32 = 20;
const MESSAGES: u32 = 100;
/// Between two looks where there was nothing to do.
const IDLE: Duration = Duration::from_millis(500);
/// Between two pieces: the store belongs to turns first.
const BREATH: Duration = Duration::from_millis(10);
/// Pieces that a search waits for at most.
const MAX_PIECES: usize = 20;

/// Indexes for as long as the server runs.
pub async fn run(hub: &Hub) {
    loop {
        match piece(hub).await {
            Ok(0) => tokio::time::sleep(IDLE).await,
            Ok(_) => tokio::time::sleep(BREATH).await,
            Err(error) => {
                tracing::warn!(%error, "words could not be indexed; they are tried again");
                tokio::time::sleep(Duration::from_secs(2)).await;
            }
        }
    }
}

/// Indexes what there is now.
pub async fn catch_up(hub: &Hub) -> Result<(), StoreError> {
    for _ in 0..MAX_PIECES {
        if piece(hub).await? == 0 {
            break;
        }
    }
    Ok(())
}

/// Indexes some. How many conversations there were.
async fn piece(hub: &Hub) -> Result<usize, StoreError> {
    let _alone = hub.chats.indexing.lock().await;
    let waiting = hub.store.unindexed_chats(PIECE).await?;
    for row in &waiting {
        one(hub, row).await?;
    }
    Ok(waiting.len())
}

async fn one(hub: &Hub, row: &UnindexedRow) -> Result<(), StoreError> {
    let mut found = BTreeSet::new();
    if row.indexed < -1 {
        row.names.iter().for_each(|name| found.extend(grams(name)));
    }
    let said = hub.store.said_after(row.end_user, row.indexed.max(-1), MESSAGES).await?;
    for message in &said {
        found.extend(grams(&summary::words(&message.data)));
    }
    let to = match said.last() {
        Some(last) if said.len() == MESSAGES as usize => last.seq,
        last => row.last_seq.max(last.map_or(-1, |last| last.seq)),
    };
    let pairs: Vec<i64> = found.into_iter().collect();
    // Where somebody else was quicker there is nothing left to do.
    hub.store.index_chat((row.workspace, row.end_user), (row.indexed, to), &pairs).await.map(drop)
}
