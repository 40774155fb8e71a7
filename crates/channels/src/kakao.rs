//! KakaoTalk through an OpenBuilder skill: one POST in, one answer out, within five seconds.
//!
//! [`inbound::read`] takes any bytes at all; [`outbound::shape`] takes any answer at all. Between them stands the
//! marker: Kakao gives a pressed button's `extra` back as `action.clientExtra`, so that is where payloads travel.
//!
//! Two things surprise. Kakao drops an answer *whole* when one rule is broken, so shaping rather splits too much
//! than sends too much. And nothing can be sent unasked, so what does not fit waits, as [`outbound::Held`], behind
//! a quick reply "더보기" that asks for it.

pub mod callback;
pub mod fallback;
pub mod finding;
pub mod inbound;
pub mod limits;
pub mod mode;
pub mod outbound;
pub mod reply;
pub mod tried;

pub(crate) mod marker;
mod media;
mod seen;
mod shape;
mod skill;
pub(crate) mod url;
pub(crate) mod wire;

use crate::Capabilities;

/// What KakaoTalk shows through a skill (spec kakao-skill.md 4, product.md "Limits of the channels").
pub const CAPABILITIES: Capabilities = Capabilities {
    platform: "kakao",
    text: limits::TEXT,
    text_with_buttons: limits::TEXT_CARD,
    cards: limits::CAROUSEL,
    card_title: limits::TITLE,
    card_body: limits::BASIC_CARD,
    card_body_in_carousel: limits::BASIC_CARD_IN_CAROUSEL,
    text_card_body_in_carousel: limits::TEXT_CARD_IN_CAROUSEL,
    buttons: limits::BUTTONS,
    label: limits::LABEL,
    quick_replies: limits::QUICK_REPLIES,
    quick_reply_label: limits::LABEL,
    payload: limits::PAYLOAD,
    messages: Some(limits::OUTPUTS),
    bytes: Some(limits::BYTES),
    can_push: false,
    must_answer: true,
};
