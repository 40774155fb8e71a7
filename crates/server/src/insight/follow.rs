//! The follower: adds up what turns have left for statistics, a little at a time.
//!
//! A piece is small, so that turns which commit meanwhile wait a moment at most. Who needs figures of this moment calls
//! [`catch_up`] first; else they are a second behind.

use std::time::Duration;

use store::StoreError;

use crate::Hub;

/// Turns that one piece adds up.
const PIECE: u32 = 100;
/// Between two looks where there was nothing to do.
const IDLE: Duration = Duration::from_millis(500);
/// Between two pieces: the store belongs to turns first.
const BREATH: Duration = Duration::from_millis(5);
/// Pieces that a report waits for at most.
const MAX_PIECES: usize = 50;

/// Follows for as long as the server runs.
pub async fn run(hub: &Hub) {
    loop {
        match piece(hub).await {
            Ok(count) if count >= PIECE as usize => tokio::time::sleep(BREATH).await,
            Ok(_) => tokio::time::sleep(IDLE).await,
            Err(error) => {
                tracing::warn!(%error, "statistics could not be added up; they are tried again");
                tokio::time::sleep(Duration::from_secs(2)).await;
            }
        }
    }
}

/// Adds up what there is now.
pub async fn catch_up(hub: &Hub) -> Result<(), StoreError> {
    for _ in 0..MAX_PIECES {
        if piece(hub).await? < PIECE as usize {
            break;
        }
    }
    Ok(())
}

async fn piece(hub: &Hub) -> Result<usize, StoreError> {
    let _alone = hub.insight.following.lock().await;
    hub.store.add_up(PIECE).await
}
