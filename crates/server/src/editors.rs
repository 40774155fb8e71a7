//! Who works on which bot's draft just now, and the news that they need of each other.
//!
//! Kept in this process only: presence is a courtesy, not a lock. That nothing is overwritten is what the draft's revision
//! is for, across processes too. Bounded in bots, in people per bot and in time.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use serde::Serialize;
use store::{AccountId, BotId};
use tokio::sync::{broadcast, watch};
use utoipa::ToSchema;

/// Bots that are worked on at the same time.
const MAX_ROOMS: usize = 2_000;
/// Open editors of one bot.
const MAX_PEOPLE: usize = 50;
/// An editor that has said nothing for so long is gone; it speaks every 20 s.
const GONE_AFTER_MS: i64 = 45_000;
/// News that a slow listener may be behind. Who is further behind is told the present state anew.
const MAX_NEWS: usize = 64;
/// That somebody works on a draft is noted in the log at most so often: autosave speaks every few seconds.
const NOTE_AFTER_MS: i64 = 30 * 60_000;

/// The rooms of this process.
#[derive(Debug)]
pub struct Editors {
    rooms: Mutex<HashMap<BotId, Room>>,
    closing: watch::Sender<bool>,
}

/// One open editor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = EditorPresence)]
pub struct Presence {
    /// Which of a person's open editors: chosen by the editor itself.
    pub session: String,
    /// Whose it is.
    #[schema(value_type = String)]
    pub account_id: AccountId,
    /// What they are called.
    pub name: String,
    /// Where their picture is.
    #[schema(required)]
    pub picture: Option<String>,
    /// The flow they look at.
    #[schema(required)]
    pub flow: Option<i64>,
    /// The node they have selected.
    #[schema(required)]
    pub node: Option<i64>,
}

/// The draft was saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DraftSaved)]
pub struct Saved {
    /// The draft's revision now.
    pub revision: i64,
    /// The editor that saved it; null where it was changed elsewhere (settings, an import).
    #[schema(required)]
    pub session: Option<String>,
    /// Who saved it.
    pub name: String,
}

/// What those who work on a bot are told.
#[derive(Debug, Clone)]
pub enum News {
    /// Somebody came, went or moved.
    Presence,
    /// The draft was saved.
    Saved(Saved),
}

#[derive(Debug)]
struct Room {
    people: Vec<(Presence, i64)>,
    news: broadcast::Sender<News>,
    noted: Vec<(AccountId, i64)>,
}

impl Default for Editors {
    fn default() -> Self {
        Self { rooms: Mutex::default(), closing: watch::Sender::new(false) }
    }
}

impl Default for Room {
    fn default() -> Self {
        Self { people: Vec::new(), news: broadcast::Sender::new(MAX_NEWS), noted: Vec::new() }
    }
}

impl Room {
    /// Forgets who is gone. Was there anybody?
    fn forget_gone(&mut self, now_ms: i64) -> bool {
        let before = self.people.len();
        self.people.retain(|(_, seen)| now_ms - seen < GONE_AFTER_MS);
        self.people.len() < before
    }

    fn is_empty(&self, now_ms: i64) -> bool {
        self.people.is_empty()
            && self.news.receiver_count() == 0
            && self.noted.iter().all(|(_, at)| now_ms - at > NOTE_AFTER_MS)
    }
}

impl Editors {
    /// Somebody is there. `false` where there are too many.
    pub fn enter(&self, bot: BotId, present: Presence, now_ms: i64) -> bool {
        self.room(bot, now_ms, |room| {
            let mut changed = room.forget_gone(now_ms);
            let same = |it: &Presence| it.session == present.session && it.account_id == present.account_id;
            match room.people.iter().position(|(it, _)| same(it)) {
                Some(at) => {
                    changed |= room.people[at].0 != present;
                    room.people[at] = (present, now_ms);
                }
                None if room.people.len() >= MAX_PEOPLE => return false,
                None => {
                    room.people.push((present, now_ms));
                    changed = true;
                }
            }
            if changed {
                // Nobody may be listening.
                drop(room.news.send(News::Presence));
            }
            true
        })
        .unwrap_or(false)
    }

    /// Who is there.
    pub fn people(&self, bot: BotId) -> Vec<Presence> {
        let rooms = self.rooms.lock().unwrap_or_else(PoisonError::into_inner);
        rooms.get(&bot).map_or_else(Vec::new, |room| room.people.iter().map(|(it, _)| it.clone()).collect())
    }

    /// Listens to the news of a bot; `None` where too many bots are worked on.
    pub fn listen(&self, bot: BotId, now_ms: i64) -> Option<broadcast::Receiver<News>> {
        self.room(bot, now_ms, |room| room.news.subscribe())
    }

    /// Tells everyone that the draft was saved.
    pub fn saved(&self, bot: BotId, saved: Saved) {
        let rooms = self.rooms.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(room) = rooms.get(&bot) {
            drop(room.news.send(News::Saved(saved)));
        }
    }

    /// Forgets who is gone, and tells the others.
    pub fn sweep(&self, bot: BotId, now_ms: i64) {
        let mut rooms = self.rooms.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(room) = rooms.get_mut(&bot)
            && room.forget_gone(now_ms)
        {
            drop(room.news.send(News::Presence));
        }
    }

    /// Is it time to note that this account works on the bot?
    pub fn is_to_be_noted(&self, bot: BotId, account: AccountId, now_ms: i64) -> bool {
        self.room(bot, now_ms, |room| {
            let known = room.noted.iter().any(|(it, at)| *it == account && now_ms - at <= NOTE_AFTER_MS);
            if !known {
                room.noted.retain(|(it, at)| *it != account && now_ms - at <= NOTE_AFTER_MS);
                room.noted.push((account, now_ms));
            }
            !known
        })
        .unwrap_or(true)
    }

    /// Resolves when the server is about to stop, so that listeners go home.
    pub fn closing(&self) -> watch::Receiver<bool> {
        self.closing.subscribe()
    }

    /// Sends all listeners home.
    pub fn close(&self) {
        self.closing.send_replace(true);
    }

    fn room<T>(&self, bot: BotId, now_ms: i64, work: impl FnOnce(&mut Room) -> T) -> Option<T> {
        let mut rooms = self.rooms.lock().unwrap_or_else(PoisonError::into_inner);
        if rooms.len() >= MAX_ROOMS && !rooms.contains_key(&bot) {
            for room in rooms.values_mut() {
                room.forget_gone(now_ms);
            }
            rooms.retain(|_, room| !room.is_empty(now_ms));
            if rooms.len() >= MAX_ROOMS {
                return None;
            }
        }
        Some(work(rooms.entry(bot).or_default()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn present(session: &str, node: i64) -> Presence {
        Presence {
            session: session.to_owned(),
            account_id: AccountId::new(1, 1),
            name: "김".to_owned(),
            picture: None,
            flow: Some(1),
            node: Some(node),
        }
    }

    #[test]
    fn people_come_move_and_are_gone_when_they_say_nothing() {
        let editors = Editors::default();
        let bot = BotId::new(1, 1);
        let mut news = editors.listen(bot, 0).expect("there is room");
        assert!(editors.enter(bot, present("a", 1), 0));
        assert!(matches!(news.try_recv(), Ok(News::Presence)));
        assert!(editors.enter(bot, present("a", 1), 20_000), "a heartbeat");
        assert!(news.try_recv().is_err(), "a heartbeat is no news");
        assert!(editors.enter(bot, present("a", 2), 21_000));
        assert!(matches!(news.try_recv(), Ok(News::Presence)));
        assert!(editors.enter(bot, present("b", 1), 40_000));
        assert_eq!(editors.people(bot).len(), 2);
        news.try_recv().expect("b has come");
        editors.sweep(bot, 21_000 + GONE_AFTER_MS);
        assert_eq!(editors.people(bot), [present("b", 1)]);
        assert!(matches!(news.try_recv(), Ok(News::Presence)));
        editors.saved(bot, Saved { revision: 3, session: None, name: "김".to_owned() });
        assert!(matches!(news.try_recv(), Ok(News::Saved(Saved { revision: 3, .. }))));
    }

    #[test]
    fn rooms_and_people_are_bounded() {
        let editors = Editors::default();
        let bot = BotId::new(1, 1);
        for n in 0..MAX_PEOPLE {
            assert!(editors.enter(bot, present(&n.to_string(), 1), 0));
        }
        assert!(!editors.enter(bot, present("one more", 1), 1));
        assert!(editors.enter(bot, present("one more", 1), GONE_AFTER_MS), "the others are gone");
        for n in 0..MAX_ROOMS + 10 {
            assert!(editors.enter(BotId::new(2, n as u128), present("a", 1), n as i64 * GONE_AFTER_MS));
        }
        assert!(editors.rooms.lock().expect("is sound").len() <= MAX_ROOMS);
    }

    #[test]
    fn work_on_a_draft_is_noted_once_in_a_while() {
        let editors = Editors::default();
        let (bot, account) = (BotId::new(1, 1), AccountId::new(1, 1));
        assert!(editors.is_to_be_noted(bot, account, 0));
        assert!(!editors.is_to_be_noted(bot, account, NOTE_AFTER_MS));
        assert!(editors.is_to_be_noted(bot, AccountId::new(1, 2), NOTE_AFTER_MS));
        assert!(editors.is_to_be_noted(bot, account, NOTE_AFTER_MS + 1));
    }
}
