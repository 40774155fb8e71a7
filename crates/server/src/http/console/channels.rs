//! What each channel can show, as data: the editor counts with the numbers by which the server shapes.

use std::sync::Arc;

use axum::extract::State;
use channels::{Capabilities, KAKAOBIZ, WEB, kakao};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    Hub,
    http::{access::Caller, problem::Problem},
    tryout::Channel,
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
    /// Can a bot be connected to it now?
    available: bool,
    /// What it shows.
    limits: ChannelLimits,
}

/// What a channel shows. Lengths are in characters (Unicode scalars); null means that nothing bounds it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ChannelLimits {
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
    /// What stands on a button.
    button_label: usize,
    /// Quick replies at once; 0 where there are none and they become buttons of a further message.
    quick_replies: usize,
    /// What stands on a quick reply.
    quick_reply_label: usize,
    /// What a button carries back.
    payload: usize,
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
    let shape = |id| ChannelShape { id, available: id != Channel::Kakaobiz, limits: limits(&hub, id) };
    Ok(axum::Json(Channels { channels: Channel::ALL.into_iter().map(shape).collect() }))
}

/// What a channel can show and do.
pub fn capabilities(channel: Channel) -> Capabilities {
    match channel {
        Channel::Kakao => kakao::CAPABILITIES,
        Channel::Kakaobiz => KAKAOBIZ,
        Channel::Web => WEB,
    }
}

fn limits(hub: &Hub, channel: Channel) -> ChannelLimits {
    let shown = capabilities(channel);
    let is_kakao = channel == Channel::Kakao;
    ChannelLimits {
        text: shown.text,
        text_fold: is_kakao.then_some(kakao::limits::TEXT_FOLD),
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
        button_label: shown.label,
        quick_replies: shown.quick_replies,
        quick_reply_label: shown.quick_reply_label,
        payload: shown.payload,
        alt_text: is_kakao.then_some(kakao::limits::ALT_TEXT),
        waiting_after_ms: is_kakao.then_some(hub.config.kakao.waiting_after_ms),
    }
}
