//! One turn per end user at a time, within this process.
//!
//! Across processes the session's version is the guard: a turn that finds it moved begins again. The lane makes that
//! nearly impossible, the guard makes it safe. Lanes exist only while someone is in them.

use std::{
    collections::HashMap,
    hash::{BuildHasher, Hash, RandomState},
    sync::{Arc, Mutex, PoisonError},
};

use tokio::sync::{Mutex as Lane, OwnedMutexGuard};

const SHARDS: usize = 64;

/// Whose lane it is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct LaneKey {
    /// The bot's id, as it stands in the address.
    pub bot: String,
    /// Does the draft answer?
    pub draft: bool,
    /// What the channel calls the end user.
    pub user: String,
}

/// All lanes of this process.
#[derive(Debug)]
pub struct Lanes {
    shards: Vec<Mutex<HashMap<LaneKey, Arc<Lane<()>>>>>,
    hasher: RandomState,
}

/// The right to run a turn; the next in the lane goes on when it is dropped.
#[derive(Debug)]
pub struct LaneGuard<'a> {
    lanes: &'a Lanes,
    key: LaneKey,
    held: Option<OwnedMutexGuard<()>>,
}

impl Default for Lanes {
    fn default() -> Self {
        Self { shards: (0..SHARDS).map(|_| Mutex::default()).collect(), hasher: RandomState::new() }
    }
}

impl Lanes {
    /// Waits until nobody else runs a turn of this end user.
    pub async fn enter(&self, key: LaneKey) -> LaneGuard<'_> {
        let lane = {
            let mut shard = self.shard(&key).lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(shard.entry(key.clone()).or_default())
        };
        // The guard exists before the wait, so that a caller that gives up waiting leaves no lane behind.
        let mut guard = LaneGuard { lanes: self, key, held: None };
        guard.held = Some(lane.lock_owned().await);
        guard
    }

    /// How many end users have a turn running or waiting.
    pub fn busy(&self) -> usize {
        self.shards.iter().map(|shard| shard.lock().unwrap_or_else(PoisonError::into_inner).len()).sum()
    }

    fn shard(&self, key: &LaneKey) -> &Mutex<HashMap<LaneKey, Arc<Lane<()>>>> {
        &self.shards[self.hasher.hash_one(key) as usize % SHARDS]
    }
}

impl Drop for LaneGuard<'_> {
    fn drop(&mut self) {
        let mut shard = self.lanes.shard(&self.key).lock().unwrap_or_else(PoisonError::into_inner);
        drop(self.held.take());
        // Whoever waits holds a clone; clones are made only under this lock.
        if shard.get(&self.key).is_some_and(|lane| Arc::strong_count(lane) == 1) {
            shard.remove(&self.key);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn key(user: &str) -> LaneKey {
        LaneKey { bot: "b".to_owned(), draft: false, user: user.to_owned() }
    }

    #[tokio::test]
    async fn one_end_user_waits_and_others_do_not() {
        let lanes = Lanes::default();
        let first = lanes.enter(key("kim")).await;
        let _other = lanes.enter(key("lee")).await;
        let second = tokio::time::timeout(Duration::from_millis(20), lanes.enter(key("kim"))).await;
        assert!(second.is_err(), "kim's lane is taken");
        drop(first);
        let third = lanes.enter(key("kim")).await;
        assert_eq!(lanes.busy(), 2);
        drop(third);
        assert_eq!(lanes.busy(), 1, "an empty lane is forgotten");
    }
}
