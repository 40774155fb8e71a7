//! What a button carries: which button of which message it is. `extra` may hold fifty letters, digits and underscores
//! (spec consulttalk.md 3.1), so neither a payload nor a place in a bot has room there; both are looked up by the mark.

use engine::message::{Button, Message};

use super::guesses;

/// A button that was pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mark {
    /// A button of a message.
    Button {
        /// The message's number in its thread.
        seq: i64,
        /// The button's number in the whole message, all cards one after the other, from 0.
        n: usize,
    },
    /// A quick reply that stood under a message.
    QuickReply {
        /// The message's number in its thread.
        seq: i64,
        /// The quick reply's number, from 0.
        n: usize,
    },
}

impl Mark {
    /// As a button carries it. `None` for numbers that no thread has.
    pub(super) fn extra(self) -> Option<String> {
        let (letter, seq, n) = match self {
            Self::Button { seq, n } => ('m', seq, n),
            Self::QuickReply { seq, n } => ('q', seq, n),
        };
        let extra = format!("{letter}{seq}_{n}");
        (seq >= 0 && extra.len() <= guesses::EXTRA).then_some(extra)
    }
}

/// The mark that came back. `None` for an `extra` that is not ours.
pub fn mark(extra: &str) -> Option<Mark> {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (seq, n) = extra.get(1..)?.split_once('_')?;
    if !digits(seq) || !digits(n) {
        return None;
    }
    let (seq, n) = (seq.parse().ok()?, n.parse().ok()?);
    match extra.as_bytes()[0] {
        b'm' => Some(Mark::Button { seq, n }),
        b'q' => Some(Mark::QuickReply { seq, n }),
        _ => None,
    }
}

/// Button `n` of a message, counted as [`Mark::Button`] counts.
pub fn button_of(message: &Message, n: usize) -> Option<&Button> {
    match message {
        Message::Text { buttons, .. } | Message::Media { buttons, .. } => buttons.get(n),
        Message::Cards { cards } => cards.iter().flat_map(|card| &card.buttons).nth(n),
        Message::Location { .. } => None,
    }
}
