//! Pages of end users: who has one open is told what is said to them.
//!
//! A ring carries what was said as the end user is to see it, which may be more than the store keeps (`MASK`). A page that
//! has missed rings reads its thread from the store.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use store::BotId;
use tokio::sync::broadcast;

/// Rings that wait for a slow page; past that it reads its thread.
const MAX_WAITING: usize = 16;

/// What a page is told.
#[derive(Debug, Clone)]
pub enum Ring {
    /// Messages with their numbers and frames, and the state after them.
    Said {
        /// In order.
        messages: Arc<[(i64, Box<str>)]>,
        /// The frame of the state.
        state: Arc<str>,
    },
    /// Somebody types.
    Typing(&'static str),
}

/// Whose bell it is: an end user may listen before anything of theirs is stored.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct BellKey {
    bot: BotId,
    user: Box<str>,
}

impl BellKey {
    /// The bell of an end user.
    pub fn new(bot: BotId, platform: &str, user_key: &str) -> Self {
        Self { bot, user: format!("{platform}\n{user_key}").into() }
    }
}

/// The bells of this process.
#[derive(Debug, Default)]
pub struct Bells {
    bells: Mutex<HashMap<BellKey, broadcast::Sender<Ring>>>,
}

/// A page that listens.
#[derive(Debug)]
pub struct Listener<'a> {
    bells: &'a Bells,
    key: BellKey,
    /// What it is told.
    pub rings: broadcast::Receiver<Ring>,
}

impl Bells {
    /// Listens for what is said to an end user.
    pub fn listen(&self, key: BellKey) -> Listener<'_> {
        let mut bells = self.bells.lock().unwrap_or_else(PoisonError::into_inner);
        let bell = bells.entry(key.clone()).or_insert_with(|| broadcast::Sender::new(MAX_WAITING));
        Listener { bells: self, rings: bell.subscribe(), key }
    }

    /// Does anybody listen?
    pub fn is_heard(&self, key: &BellKey) -> bool {
        self.bells.lock().unwrap_or_else(PoisonError::into_inner).contains_key(key)
    }

    /// Tells the pages of an end user.
    pub fn ring(&self, key: &BellKey, ring: Ring) {
        let bells = self.bells.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(bell) = bells.get(key) {
            // Nobody listening is no error.
            let _ = bell.send(ring);
        }
    }

    /// How many end users have a page open.
    pub fn count(&self) -> usize {
        self.bells.lock().unwrap_or_else(PoisonError::into_inner).len()
    }
}

impl Drop for Listener<'_> {
    fn drop(&mut self) {
        let mut bells = self.bells.bells.lock().unwrap_or_else(PoisonError::into_inner);
        // This one is still counted.
        if bells.get(&self.key).is_some_and(|bell| bell.receiver_count() <= 1) {
            bells.remove(&self.key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bell_is_there_while_somebody_listens() {
        let bells = Bells::default();
        let key = BellKey::new(BotId::new(1, 1), "web", "anon:1");
        let (first, mut second) = (bells.listen(key.clone()), bells.listen(key.clone()));
        bells.ring(&key, Ring::Typing("agent"));
        assert!(matches!(second.rings.try_recv(), Ok(Ring::Typing("agent"))));
        drop(first);
        assert!(bells.is_heard(&key));
        drop(second);
        assert_eq!(bells.count(), 0);
    }
}
