//! What each relay can do, as data: the server works by it, the console shows it (spec consulttalk.md 10, 11).

use serde::Serialize;

use super::{Relay, guesses};
use crate::Capabilities;

/// Something that the dealer issues and calls must carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Credential {
    /// Its name in [`super::Line::credentials`].
    pub name: &'static str,
    /// The header that carries it, or the place in the path.
    pub header_or_path: &'static str,
    /// Must not be shown again.
    pub secret: bool,
}

/// What a relay can do. Plain data: where a contract gives other numbers, a copy is changed.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own, and all are shown as a table")]
pub struct Facts {
    /// Of whom this is said.
    pub relay: Relay,
    /// Characters in one text.
    pub text: usize,
    /// Buttons under one bubble.
    pub buttons: usize,
    /// Characters on a button.
    pub label: usize,
    /// Quick replies at once; 0 where they become buttons.
    pub quick_replies: usize,
    /// Characters on a quick reply.
    pub quick_reply_label: usize,
    /// Cards in a row, least and most; `None` where each card is a bubble.
    pub carousel: Option<(usize, usize)>,
    /// Bubbles are composed of parts (the newer model); otherwise of the older link kind.
    pub rich: bool,
    /// A message sent again with the same serial is not shown twice.
    pub dedupes_by_serial: bool,
    /// What became of a call comes as a hook.
    pub result_comes_later: bool,
    /// Bubbles that we put into one call. `DKTechin` takes more, but what of them failed could not be told from what was
    /// lost.
    pub bubbles_per_call: usize,
    /// The body of the 200 with which a hook is answered.
    pub acknowledgement: &'static str,
    /// How soon it must be answered, in milliseconds.
    pub acknowledge_within_ms: u64,
    /// Hooks are signed. No relay signs them: the secret address and the list of callers have to do.
    pub signed: bool,
    /// Hosts from which customers' files may be fetched.
    pub media_inbound: &'static [&'static str],
    /// Bytes of an image.
    pub image_bytes: u64,
    /// Bytes of an image in a bubble with buttons.
    pub link_image_bytes: u64,
    /// Pixels that an image in a bubble with buttons must be wide.
    pub image_min_width: u32,
    /// Width by height of such an image, least and most.
    pub image_ratio: (f32, f32),
    /// Kinds of pictures, by the ends of their names.
    pub image_types: &'static [&'static str],
    /// Kinds of pictures in a bubble with buttons.
    pub link_image_types: &'static [&'static str],
    /// Ends of names that are refused as files.
    pub refused_types: &'static [&'static str],
    /// Bytes of a file or video.
    pub file_bytes: u64,
    /// Bytes of a sound.
    pub audio_bytes: u64,
    /// Videos are worked on after the upload; whether they are done can be asked.
    pub videos_take_time: bool,
    /// Days after which an uploaded file is gone; 0 where nothing is said.
    pub uploads_kept_days: u32,
    /// Calls a second for all that sends nothing; 0 where nothing is said.
    pub calls_per_second: u32,
    /// A customer can be blocked.
    pub can_block: bool,
    /// The session can be asked for.
    pub can_query_session: bool,
    /// A session can end with the channel's chatbot taking over.
    pub ends_with_bot: bool,
    /// The customer can be asked for name and telephone number in a bubble.
    pub asks_consent: bool,
    /// We can tell the relay where hooks go; otherwise the dealer's people do.
    pub sets_receive_address: bool,
    /// Headers beside the relay's own come with the contract.
    pub headers_by_contract: bool,
    /// Where the calls go; blank where only the contract says.
    pub base_url: &'static str,
    /// Where they go for trying things out; blank where there is no such place.
    pub test_url: &'static str,
    /// What the dealer issues.
    pub credentials: &'static [Credential],
}

/// Kakao's file servers.
const MEDIA_HOSTS: &[&str] = &[
    "talk.kakaocdn.net",
    "dn.talk.kakao.com",
    "dn-m.talk.kakao.com",
    "mud-kage.kakao.com",
    "api1-kage.kakao.com",
];

const HAPPYTALK_CREDENTIALS: &[Credential] = &[
    Credential { name: "client_id", header_or_path: "HT-Client-Id", secret: false },
    Credential { name: "client_secret", header_or_path: "HT-Client-Secret", secret: true },
];

const NATIVE: Facts = Facts {
    relay: Relay::Native,
    text: guesses::TEXT,
    buttons: 5,
    label: 28,
    quick_replies: 10,
    quick_reply_label: 14,
    carousel: None,
    rich: false,
    dedupes_by_serial: true,
    result_comes_later: false,
    bubbles_per_call: 1,
    acknowledgement: guesses::ACKNOWLEDGEMENT,
    acknowledge_within_ms: guesses::ACKNOWLEDGE_WITHIN_MS,
    signed: false,
    media_inbound: MEDIA_HOSTS,
    image_bytes: guesses::IMAGE_BYTES,
    link_image_bytes: guesses::LINK_IMAGE_BYTES,
    image_min_width: 500,
    image_ratio: (0.75, 2.0),
    image_types: &["jpg", "jpeg", "png", "gif"],
    link_image_types: &["jpg", "jpeg", "png"],
    refused_types: &[],
    file_bytes: guesses::FILE_BYTES,
    audio_bytes: guesses::AUDIO_BYTES,
    videos_take_time: false,
    uploads_kept_days: 0,
    calls_per_second: 0,
    can_block: true,
    can_query_session: false,
    ends_with_bot: true,
    asks_consent: false,
    sets_receive_address: false,
    headers_by_contract: true,
    base_url: "https://bzc-api.kakao.com",
    test_url: "",
    credentials: &[Credential { name: "partner_key", header_or_path: "{partner}", secret: true }],
};

const HAPPYTALK_V1: Facts = Facts {
    relay: Relay::HappytalkV1,
    ends_with_bot: false,
    sets_receive_address: true,
    headers_by_contract: false,
    base_url: "https://kakao-api.happytalk.io",
    test_url: "https://patch-kakao-api.happytalk.io",
    credentials: HAPPYTALK_CREDENTIALS,
    ..NATIVE
};

const HAPPYTALK_V3: Facts = Facts {
    relay: Relay::HappytalkV3,
    carousel: Some((2, 6)),
    rich: true,
    link_image_bytes: guesses::IMAGE_BYTES,
    link_image_types: &["jpg", "jpeg", "png", "gif"],
    ends_with_bot: true,
    ..HAPPYTALK_V1
};

const DKTECHIN: Facts = Facts {
    relay: Relay::Dktechin,
    dedupes_by_serial: false,
    refused_types: &[
        "php", "phtml", "jsp", "jspx", "asp", "aspx", "cer", "asa", "cdx", "cfm", "exe", "com", "msi", "bat",
        "cmd", "sh", "pl", "py",
    ],
    videos_take_time: true,
    uploads_kept_days: 15,
    can_query_session: true,
    asks_consent: true,
    headers_by_contract: true,
    base_url: "",
    test_url: "",
    credentials: &[],
    ..HAPPYTALK_V3
};

const BIZGO: Facts = Facts {
    relay: Relay::Bizgo,
    dedupes_by_serial: false,
    result_comes_later: true,
    acknowledgement: r#"{"code":"A000","result":"Success"}"#,
    acknowledge_within_ms: 5_000,
    calls_per_second: 5,
    can_query_session: true,
    asks_consent: true,
    sets_receive_address: false,
    base_url: "https://mars.ibapi.kr",
    test_url: "https://sandbox-mars.ibapi.kr",
    credentials: &[Credential { name: "api_key", header_or_path: "Authorization", secret: true }],
    ..HAPPYTALK_V3
};

/// What this relay can do.
pub const fn facts(relay: Relay) -> Facts {
    match relay {
        Relay::Native => NATIVE,
        Relay::HappytalkV1 => HAPPYTALK_V1,
        Relay::HappytalkV3 => HAPPYTALK_V3,
        Relay::Dktechin => DKTECHIN,
        Relay::Bizgo => BIZGO,
    }
}

impl Facts {
    /// What the channel shows through this relay. Titles of cards go before their text (0), and what a button carries has
    /// no bound: a mark stands for it ([`super::Mark`]).
    pub fn capabilities(&self) -> Capabilities {
        // Cards that do not fit into a row go out one by one, whole: in a row is what has room there.
        let (cards, in_row) =
            self.carousel.map_or((1, self.text), |(_, most)| (most, guesses::CAROUSEL_MESSAGE));
        Capabilities {
            platform: "kakaobiz",
            text: self.text,
            text_with_buttons: self.text,
            cards,
            card_title: 0,
            card_body: self.text,
            card_body_in_carousel: in_row,
            text_card_body_in_carousel: in_row,
            buttons: self.buttons,
            label: self.label,
            quick_replies: self.quick_replies,
            quick_reply_label: self.quick_reply_label,
            payload: usize::MAX,
            messages: None,
            bytes: None,
            can_push: true,
            must_answer: false,
        }
    }

    /// Buttons of a card that stands in a row with others; `None` where no row is made.
    pub fn buttons_in_row(&self) -> Option<usize> {
        self.carousel.map(|_| guesses::CAROUSEL_BUTTONS)
    }

    /// Characters of a card's title that stands over its text in a row; 0 where no row is made.
    pub fn heading_in_row(&self) -> usize {
        self.carousel.map_or(0, |_| guesses::CAROUSEL_HEADER)
    }
}

/// How long a text is here: in UTF-16 units ([`guesses::TEXT`]).
pub fn length(text: &str) -> usize {
    crate::text::units(text)
}
