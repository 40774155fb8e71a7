//! A customer's room at a messenger that gives and takes the permission to write (spec consulttalk.md, "Session").
//!
//! What the relay tells comes in any order, repeated, and sometimes without saying of which session it speaks. So a session
//! begins with whatever names it first, and one that has ended is remembered for a while: what is told of it afterwards
//! opens nothing.

use serde::{Deserialize, Serialize};

/// A session lasts so long after what the customer last said …
const LASTS_MS: i64 = 30 * 86_400_000;
/// … up to the next full hour.
const HOUR_MS: i64 = 3_600_000;
/// Sessions that have ended and are remembered.
const MAX_PAST: usize = 8;

/// A room.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Room {
    /// May the company write?
    pub open: bool,
    /// The messenger's id of the session; empty while it has named none.
    pub session: String,
    /// When it began.
    pub since: i64,
    /// When it ends by itself.
    pub until: i64,
    /// When the customer last wrote.
    pub heard_at: i64,
    /// Up to when the customer has read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seen_at: Option<i64>,
    /// Why it ended, as the messenger's letters say: `EU`, `EC`, …; empty where it did not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// Has an agent blocked the customer?
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub blocked: bool,
    /// Sessions that have ended, the newest last.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub past: Vec<String>,
}

/// What happens to a room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told<'a> {
    /// The customer wrote.
    Heard {
        /// The session, where it is named.
        session: Option<&'a str>,
        /// When, by the messenger's clock or by ours.
        at: i64,
    },
    /// The customer asked for the company.
    Asked {
        /// The session, where it is named.
        session: Option<&'a str>,
        /// When.
        at: i64,
    },
    /// The session has ended.
    Ended {
        /// The session, where it is named.
        session: Option<&'a str>,
        /// Why, where it is said.
        why: Option<&'a str>,
    },
    /// The customer has read.
    Seen {
        /// Up to when.
        at: i64,
    },
    /// An agent has blocked the customer, or let them in again.
    Blocked(bool),
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Became {
    /// A session has begun.
    Begun,
    /// It is as it was.
    Same,
    /// The session has ended.
    Closed,
    /// That was told of a session that has ended already.
    Past,
}

impl Room {
    /// May the company write now?
    pub fn is_open(&self, now_ms: i64) -> bool {
        self.open && !self.blocked && now_ms < self.until
    }

    /// Takes up what was told.
    pub fn take(&mut self, told: Told<'_>) -> Became {
        match told {
            Told::Heard { session, at } => {
                let became = self.enter(session, at);
                if became != Became::Past {
                    self.extend(at);
                }
                became
            }
            Told::Asked { session, at } => {
                let became = self.enter(session, at);
                if became == Became::Begun {
                    self.extend(at);
                }
                became
            }
            Told::Ended { session, why } => self.end(session, why),
            Told::Seen { at } => {
                self.seen_at = Some(self.seen_at.unwrap_or(0).max(at));
                Became::Same
            }
            Told::Blocked(blocked) => {
                self.blocked = blocked;
                if blocked { self.end(None, Some("BU")) } else { Became::Same }
            }
        }
    }

    fn enter(&mut self, session: Option<&str>, at: i64) -> Became {
        let session = session.unwrap_or_default();
        if !session.is_empty() && self.past.iter().any(|past| past == session) {
            return Became::Past;
        }
        if self.open && (session.is_empty() || self.session.is_empty() || self.session == session) {
            if self.session.is_empty() {
                session.clone_into(&mut self.session);
            }
            return Became::Same;
        }
        // A session of another name: the one before has ended, although nobody told.
        self.leave();
        self.open = true;
        session.clone_into(&mut self.session);
        self.since = at;
        self.why = None;
        Became::Begun
    }

    fn extend(&mut self, at: i64) {
        self.heard_at = self.heard_at.max(at);
        let full_hour = self.heard_at.div_euclid(HOUR_MS) * HOUR_MS;
        let rounded = if full_hour == self.heard_at { full_hour } else { full_hour + HOUR_MS };
        self.until = rounded + LASTS_MS;
    }

    fn end(&mut self, session: Option<&str>, why: Option<&str>) -> Became {
        let named = session.filter(|session| !session.is_empty());
        if let Some(named) = named
            && named != self.session
            && !(self.open && self.session.is_empty())
        {
            self.remember(named.to_owned());
            return Became::Past;
        }
        if let Some(why) = why {
            self.why = Some(why.to_owned());
        }
        if !self.open {
            return Became::Past;
        }
        if let Some(named) = named {
            named.clone_into(&mut self.session);
        }
        self.why.get_or_insert_default();
        self.leave();
        Became::Closed
    }

    fn leave(&mut self) {
        self.open = false;
        let session = self.session.clone();
        self.remember(session);
    }

    fn remember(&mut self, session: String) {
        if !session.is_empty() && !self.past.contains(&session) {
            self.past.push(session);
            let over = self.past.len().saturating_sub(MAX_PAST);
            self.past.drain(..over);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: i64 = 1_767_236_400_000;

    fn heard(session: &str, at: i64) -> Told<'_> {
        Told::Heard { session: Some(session), at }
    }

    fn asked(session: &str, at: i64) -> Told<'_> {
        Told::Asked { session: Some(session), at }
    }

    fn ended(session: &str) -> Told<'_> {
        Told::Ended { session: Some(session), why: None }
    }

    #[test]
    fn whichever_comes_first_begins_the_session() {
        for order in [[heard("1", NOON), asked("1", NOON)], [asked("1", NOON), heard("1", NOON)]] {
            let mut room = Room::default();
            assert_eq!(order.map(|told| room.take(told)), [Became::Begun, Became::Same]);
            assert!(room.is_open(NOON));
        }
    }

    #[test]
    fn it_lasts_thirty_days_to_the_next_full_hour() {
        let mut room = Room::default();
        room.take(heard("1", NOON + 15 * 60_000));
        assert_eq!(room.until, NOON + HOUR_MS + LASTS_MS);
        // What is told late does not shorten it.
        room.take(heard("1", NOON - 5 * HOUR_MS));
        assert_eq!(room.until, NOON + HOUR_MS + LASTS_MS);
        assert!(!room.is_open(room.until));
        // A request alone does not lengthen it.
        room.take(asked("1", NOON + 9 * HOUR_MS));
        assert_eq!(room.until, NOON + HOUR_MS + LASTS_MS);
    }

    #[test]
    fn what_is_told_of_an_ended_session_opens_nothing() {
        let mut room = Room::default();
        room.take(heard("1", NOON));
        assert_eq!(room.take(ended("1")), Became::Closed);
        assert_eq!(room.why.as_deref(), Some(""));
        assert_eq!(room.take(ended("1")), Became::Past);
        assert_eq!(room.take(heard("1", NOON)), Became::Past);
        assert_eq!(room.take(asked("1", NOON)), Became::Past);
        assert!(!room.is_open(NOON));
        assert_eq!(room.take(heard("2", NOON + 1)), Became::Begun);
        // The end of the first is told once more, late.
        assert_eq!(room.take(ended("1")), Became::Past);
        assert!(room.is_open(NOON + 1));
        assert_eq!(room.why, None);
    }

    #[test]
    fn an_end_that_comes_before_its_beginning_counts() {
        let mut room = Room::default();
        assert_eq!(room.take(ended("1")), Became::Past);
        assert_eq!(room.take(heard("1", NOON)), Became::Past);
        assert!(!room.is_open(NOON));
    }

    #[test]
    fn a_session_without_a_name_takes_the_one_that_comes() {
        let mut room = Room::default();
        assert_eq!(room.take(Told::Heard { session: None, at: NOON }), Became::Begun);
        assert_eq!(room.take(asked("7", NOON)), Became::Same);
        assert_eq!(room.session, "7");
        assert_eq!(room.take(Told::Ended { session: None, why: Some("EP") }), Became::Closed);
        assert_eq!(room.why.as_deref(), Some("EP"));
        // The messenger's own word of it comes afterwards, without a reason.
        assert_eq!(room.take(ended("7")), Became::Past);
        assert_eq!(room.why.as_deref(), Some("EP"));
    }

    #[test]
    fn another_session_ends_the_one_before() {
        let mut room = Room::default();
        room.take(heard("1", NOON));
        assert_eq!(room.take(asked("2", NOON + 1)), Became::Begun);
        assert_eq!(room.take(heard("1", NOON + 2)), Became::Past);
        assert_eq!(room.session, "2");
    }

    #[test]
    fn who_is_blocked_cannot_be_written_to() {
        let mut room = Room::default();
        room.take(heard("1", NOON));
        assert_eq!(room.take(Told::Blocked(true)), Became::Closed);
        assert!(!room.is_open(NOON));
        assert_eq!(room.why.as_deref(), Some("BU"));
        assert_eq!(room.take(Told::Blocked(false)), Became::Same);
        assert_eq!(room.take(heard("2", NOON + 5)), Became::Begun);
        assert!(room.is_open(NOON + 5));
    }

    #[test]
    fn it_is_read_as_it_was_written() {
        let mut room = Room::default();
        room.take(heard("1", NOON));
        room.take(Told::Seen { at: NOON });
        let text = serde_json::to_string(&room).expect("is JSON");
        assert_eq!(serde_json::from_str::<Room>(&text).expect("is read"), room);
        assert_eq!(serde_json::from_str::<Room>("{}").expect("is read"), Room::default());
    }
}
