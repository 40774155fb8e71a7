//! Conversations that are kept in memory only: OpenBuilder's bot test and skill editor (spec product.md K5).
//!
//! Nothing of them is stored or counted, but the scenario still works across messages. Bounded in number and time;
//! the one unused for longest makes room.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use super::{kept::Kept, lane::LaneKey};

/// How many test conversations are remembered.
const MAX_CONVERSATIONS: usize = 500;
/// How long a test conversation is remembered after its last message.
const KEEP_MS: i64 = 30 * 60 * 1000;

/// The test conversations of this process.
#[derive(Debug, Default)]
pub struct Scratch {
    conversations: Mutex<HashMap<LaneKey, Entry>>,
}

#[derive(Debug)]
struct Entry {
    kept: Kept,
    last_ms: i64,
}

impl Scratch {
    /// The state of a test conversation; a new one where there is none.
    pub fn load(&self, key: &LaneKey, now_ms: i64) -> Kept {
        let conversations = self.conversations.lock().unwrap_or_else(PoisonError::into_inner);
        conversations
            .get(key)
            .filter(|entry| now_ms - entry.last_ms < KEEP_MS)
            .map(|entry| entry.kept.clone())
            .unwrap_or_default()
    }

    /// Remembers the state of a test conversation.
    pub fn save(&self, key: LaneKey, kept: Kept, now_ms: i64) {
        let mut conversations = self.conversations.lock().unwrap_or_else(PoisonError::into_inner);
        if conversations.len() >= MAX_CONVERSATIONS && !conversations.contains_key(&key) {
            conversations.retain(|_, entry| now_ms - entry.last_ms < KEEP_MS);
            if conversations.len() >= MAX_CONVERSATIONS {
                let oldest =
                    conversations.iter().min_by_key(|(_, entry)| entry.last_ms).map(|(key, _)| key.clone());
                oldest.map(|key| conversations.remove(&key));
            }
        }
        conversations.insert(key, Entry { kept, last_ms: now_ms });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn test_conversations_are_bounded_in_number_and_time() {
        let scratch = Scratch::default();
        let key = |n: usize| LaneKey { bot: "b".to_owned(), draft: true, user: n.to_string() };
        let kept = || Kept { recent: vec![], ..Kept::default() };
        for n in 0..=MAX_CONVERSATIONS {
            scratch.save(
                key(n),
                Kept {
                    session: engine::session::Session { agent_called: true, ..Default::default() },
                    ..kept()
                },
                n as i64,
            );
        }
        assert!(!scratch.load(&key(0), 600).session.agent_called, "the oldest made room");
        assert!(scratch.load(&key(1), 600).session.agent_called);
        assert!(!scratch.load(&key(1), KEEP_MS + 600).session.agent_called, "time has passed");
    }
}
