//! What each channel can show, as data: the editor counts with the numbers by which the server shapes.

use std::sync::Arc;

use axum::extract::State;
use channels::{
    Capabilities, WEB,
    consulttalk::{Facts, facts},
    kakao,
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    Hub,
    http::{access::Caller, problem::Problem},
    tryout::{Channel, consult::Setup},
};

/// All channels.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Channels {
    /// In the order in which they are shown.
    channels: Vec<ChannelShape>,
}

/// A channel.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ChannelShape {
    /// Its name in files and calls.
    id: Channel,
    /// What it shows; of `kakaobiz` through Kakao's own protocol, since that hangs on a bot's relay.
    limits: ChannelLimits,
    /// In what its lengths are.
    measure: Measure,
}

/// In what a channel's lengths are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = ChannelMeasure)]
pub enum Measure {
    /// Characters (Unicode scalars).
    Characters,
    /// UTF-16 units, in which many emoji count two.
    Utf16,
}

/// What a channel shows. Lengths are in its measure; null means that nothing bounds it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ChannelLimits {
    /// One text; longer ones are divided.
    text: usize,
    /// A text longer than this is folded behind "전체 보기".
    #[schema(required)]
    text_fold: Option<usize>,
    /// A text with buttons under it.
    text_with_buttons: usize,
    /// Bubbles in one answer; what comes after waits behind "더보기".
    #[schema(required)]
    bubbles: Option<usize>,
    /// Bytes of one answer.
    #[schema(required)]
    bytes: Option<usize>,
    /// Cards side by side in one message.
    cards: usize,
    /// A card's title; 0 where cards have none and it goes before the description.
    card_title: usize,
    /// The description of a lone card with a picture.
    card_description: usize,
    /// The description of a lone card without one, title included.
    card_description_without_picture: usize,
    /// The description of a card with a picture among others.
    card_description_in_row: usize,
    /// The description of a card without a picture among others.
    card_description_in_row_without_picture: usize,
    /// Buttons under one text or card.
    buttons: usize,
    /// Buttons of a card among others, where that is another number.
    #[schema(required)]
    buttons_in_row: Option<usize>,
    /// What stands on a button.
    button_label: usize,
    /// Quick replies at once; on `kakaobiz` more of them become buttons.
    quick_replies: usize,
    /// What stands on a quick reply.
    quick_reply_label: usize,
    /// What a button carries back.
    #[schema(required)]
    payload: Option<usize>,
    /// Text that stands for a picture.
    #[schema(required)]
    alt_text: Option<usize>,
    /// After so many milliseconds the person is told to wait; null where nobody hangs up.
    #[schema(required)]
    waiting_after_ms: Option<u64>,
}

/// All channels and what each can show.
#[utoipa::path(get, path = "/api/channels", operation_id = "listChannels", tag = "editor",
    responses((status = 200, body = Channels)))]
pub async fn list(State(hub): State<Arc<Hub>>, _caller: Caller) -> Result<axum::Json<Channels>, Problem> {
    let shape = |id| ChannelShape { id, limits: limits(&hub, id), measure: measure(id) };
    Ok(axum::Json(Channels { channels: Channel::ALL.into_iter().map(shape).collect() }))
}

/// What a channel shows.
pub fn limits(hub: &Hub, channel: Channel) -> ChannelLimits {
    match channel {
        Channel::Kakao => ChannelLimits {
            text_fold: Some(kakao::limits::TEXT_FOLD),
            alt_text: Some(kakao::limits::ALT_TEXT),
            waiting_after_ms: Some(hub.config.kakao.waiting_after_ms),
            ..numbers(&kakao::CAPABILITIES)
        },
        Channel::Kakaobiz => consult_limits(&facts(Setup::default().relay)),
        Channel::Web => numbers(&WEB),
    }
}

/// What ConsultationTalk shows through a relay.
pub fn consult_limits(facts: &Facts) -> ChannelLimits {
    let buttons_in_row = facts.buttons_in_row();
    ChannelLimits { buttons_in_row, payload: None, ..numbers(&facts.capabilities()) }
}

/// In what a channel's lengths are.
pub fn measure(channel: Channel) -> Measure {
    match channel {
        Channel::Kakaobiz => Measure::Utf16,
        Channel::Kakao | Channel::Web => Measure::Characters,
    }
}

fn numbers(shown: &Capabilities) -> ChannelLimits {
    ChannelLimits {
        text: shown.text,
        text_fold: None,
        text_with_buttons: shown.text_with_buttons,
        bubbles: shown.messages,
        bytes: shown.bytes,
        cards: shown.cards,
        card_title: shown.card_title,
        card_description: shown.card_body,
        card_description_without_picture: shown.text_with_buttons,
        card_description_in_row: shown.card_body_in_carousel,
        card_description_in_row_without_picture: shown.text_card_body_in_carousel,
        buttons: shown.buttons,
        buttons_in_row: None,
        button_label: shown.label,
        quick_replies: shown.quick_replies,
        quick_reply_label: shown.quick_reply_label,
        payload: Some(shown.payload),
        alt_text: None,
        waiting_after_ms: None,
    }
}
