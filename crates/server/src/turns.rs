//! Turns of KakaoTalk: from a request's bytes to an answer's bytes.
//!
//! `run.rs` is the conductor; the rest are its instruments. Whatever happens, an answer comes out, and what went
//! wrong is recorded for the operator.

pub mod bots;
pub mod bridge;
pub mod commit;
pub mod early;
pub mod gate;
pub mod kept;
pub mod lane;
pub mod late;
pub mod play;
pub mod run;
pub mod scratch;

use std::time::Instant;

use crate::insight::note::Note;

/// A request to a bot's skill URL.
#[derive(Debug)]
pub struct SkillRequest {
    /// Its id, which is that of the turn which it begins.
    pub id: store::TurnId,
    /// What the turn notes of it, for the log.
    pub note: Note,
    /// The bot, as it stands in the address.
    pub bot: String,
    /// Does the draft answer?
    pub draft: bool,
    /// The address says that this is the welcome block.
    pub welcome: bool,
    /// `X-Request-Id`, where it came and is sane.
    pub request_id: Option<String>,
    /// All headers: one of them may be the bot's secret.
    pub headers: axum::http::HeaderMap,
    /// The body, or why there is none.
    pub body: Body,
    /// When the request arrived.
    pub arrived: Instant,
    /// When a turn that goes on is answered with the waiting text.
    pub waiting_at: Instant,
    /// When the answer must be given.
    pub deadline: Instant,
}

/// What came as the body of a request.
#[derive(Debug)]
pub enum Body {
    /// All of it.
    Whole(bytes::Bytes),
    /// More than is read; the beginning.
    TooLarge(bytes::Bytes),
    /// It stopped or dawdled; what had come.
    Broken(bytes::Bytes),
}

/// What is sent back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The secret header was wrong: the one case that is not answered with 200 (spec kakao-skill.md 1.4).
    pub refused: bool,
    /// A skill response 2.0.
    pub body: String,
}

impl Answer {
    /// An answer with 200.
    pub fn ok(body: String) -> Self {
        Self { refused: false, body }
    }
}
