//! Messengers' dialects: their wire types to the engine's words and back.
//!
//! Everything here is a function of its arguments: no socket, no clock, no die, no log. A messenger's JSON is
//! known in this crate and nowhere else; what a bot says and hears is [`engine::message`] and [`engine::event`].
//!
//! Reading never fails. A request that makes no sense is still an answerable thing: it becomes an `Inbound` that
//! says what is missing, because a person in front of KakaoTalk waits for *something* whatever we think of the JSON.
//! Shaping never fails either: what does not fit is split, paged or cut, in that order.
//!
//! # How to add a messenger
//! 1. A module with the messenger's name: `inbound.rs` reads (bytes in, engine event and findings out), `outbound.rs`
//!    shapes (engine messages in, bytes out), `limits.rs` holds its numbers with their source.
//! 2. A constant of [`Capabilities`] beside [`kakao::CAPABILITIES`] (of ConsultationTalk they hang on the relay:
//!    [`consulttalk::Facts::capabilities`]).
//! 3. Captured requests under `fixtures/<name>/`, read by `tests/modes.rs`; a judge of the messenger's written
//!    limits in the simulator, which shares no code with the module, and a property test (`tests/shaping.rs`) that
//!    asks it.

pub mod consulttalk;
pub mod kakao;
pub mod smartchat;
pub mod web;

mod text;

use std::fmt;

use serde::{Deserialize, Serialize};

/// What a channel can show and do. The console's editor and the engine's callers read it; shaping does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Capabilities {
    /// The platform as bot files and contexts name it.
    pub platform: &'static str,
    /// Characters in one text.
    pub text: usize,
    /// Characters of a text that has buttons under it, before it is divided.
    pub text_with_buttons: usize,
    /// Cards side by side in one message.
    pub cards: usize,
    /// Characters in a card's title.
    pub card_title: usize,
    /// Characters in the body of a lone card with a picture.
    pub card_body: usize,
    /// Characters in the body of a card with a picture among others.
    pub card_body_in_carousel: usize,
    /// Characters in the body of a card without a picture among others.
    pub text_card_body_in_carousel: usize,
    /// Buttons on one card.
    pub buttons: usize,
    /// Characters on a button.
    pub label: usize,
    /// Quick replies shown at once.
    pub quick_replies: usize,
    /// Characters on a quick reply.
    pub quick_reply_label: usize,
    /// Characters in what a button carries back; the most that there is where nothing bounds it.
    pub payload: usize,
    /// Bubbles in one answer; `None` where nothing counts them.
    pub messages: Option<usize>,
    /// Bytes in one answer; `None` where nothing measures them.
    pub bytes: Option<usize>,
    /// Whether the channel can be written to without being asked first.
    pub can_push: bool,
    /// Whether each event must be answered with at least one message.
    pub must_answer: bool,
}

/// What the web chat shows (spec product.md, "Limits of the channels").
pub const WEB: Capabilities = Capabilities {
    platform: "web",
    text: 1_000,
    text_with_buttons: 1_000,
    cards: 10,
    card_title: 255,
    card_body: 1_000,
    card_body_in_carousel: 1_000,
    text_card_body_in_carousel: 1_000,
    buttons: 9,
    label: 255,
    quick_replies: 50,
    quick_reply_label: 255,
    payload: 1_000,
    messages: None,
    bytes: None,
    can_push: true,
    must_answer: false,
};

/// Something that could not be sent as it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ShapeNote {
    /// The position of the message; `None` for quick replies and the agent call.
    pub message: Option<usize>,
    /// The bubble of the whole answer in which it shows, from 0.
    pub bubble: usize,
    /// What happened, as a stable name: `text-divided`, `label-cut`, `button-dropped`, …
    pub what: &'static str,
    /// How long or how many it was.
    pub from: usize,
    /// How long or how many are shown.
    pub to: usize,
}

/// Who is speaking, as the channel names them: unique within one bot of the channel, opaque, stable.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UserKey(String);

impl UserKey {
    /// Longer keys are no keys: Kakao's document says 70 characters, captures show 68.
    pub const MAX_CHARS: usize = 200;

    /// A key from the wire. `None` where the text cannot be one: blank, far too long, or with control characters.
    pub fn new(text: &str) -> Option<Self> {
        let text = text.trim();
        let sound = !text.is_empty()
            && text.chars().nth(Self::MAX_CHARS).is_none()
            && !text.chars().any(char::is_control);
        sound.then(|| Self(text.to_owned()))
    }

    /// The key as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The key as owned text.
    pub fn into_string(self) -> String {
        self.0
    }
}

impl fmt::Display for UserKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
