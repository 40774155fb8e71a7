//! A bubble as it waits to be sent: the same for all relays, so that it can be stored before anybody knows when it goes.

use serde::{Deserialize, Serialize};

use super::{Facts, MediaKind, Upload};

/// The system answers that Kakao knows (spec consulttalk.md 3.1): `S1` no consultation possible, `S2` nobody there,
/// `S3` ended without an answer, `S4` waiting, `S5` a forbidden word. A bubble marked so is not billed.
pub const AUTO_ANSWERS: [&str; 5] = ["S1", "S2", "S3", "S4", "S5"];

/// One bubble.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Bubble {
    /// What it is.
    pub kind: BubbleKind,
    /// Its text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// A heading; only cards in a row have one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub header: Option<String>,
    /// Its picture, video, sound or file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub media: Option<BubbleMedia>,
    /// Buttons under it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub buttons: Vec<Link>,
    /// What can be tapped instead of typing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub quick_replies: Vec<Link>,
    /// The cards of a row.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cards: Vec<Bubble>,
    /// One of [`AUTO_ANSWERS`], where the bubble is a system answer. Only texts without a picture may be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub auto_answer: Option<String>,
}

/// What a bubble is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BubbleKind {
    /// A text and nothing else.
    Text,
    /// A picture and nothing else.
    Image,
    /// A video.
    Video,
    /// A sound.
    Audio,
    /// A file.
    File,
    /// A text with a picture, buttons, or both.
    Card,
    /// Cards in a row.
    Carousel,
    /// Kakao's own question for name and telephone number.
    Consent,
}

/// A picture, video, sound or file in a bubble.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BubbleMedia {
    /// What it is.
    pub kind: MediaKind,
    /// Where the bot or the agent says that it is.
    pub uri: String,
    /// Where Kakao has it; only that can be shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uploaded: Option<String>,
    /// Its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<u64>,
}

/// A button or quick reply.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Link {
    /// What stands on it.
    pub name: String,
    /// What it does.
    pub kind: LinkKind,
    /// The address on a phone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url_mobile: Option<String>,
    /// The address on a computer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url_pc: Option<String>,
    /// The app's address on Android.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scheme_android: Option<String>,
    /// The app's address on iOS.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scheme_ios: Option<String>,
    /// What comes back when it is pressed: letters, digits and underscores, fifty at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extra: Option<String>,
    /// The chatbot's event ([`LinkKind::BT`]).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
    /// The key of a business form ([`LinkKind::BF`]).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub biz_form_key: Option<String>,
}

/// What a button does, in Kakao's letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum LinkKind {
    /// Opens a web address.
    WL,
    /// Opens an app.
    AL,
    /// Says its label, with its `extra`.
    BK,
    /// Says its label and the bubble's text.
    MD,
    /// Ends the session; the chatbot takes over.
    BT,
    /// Opens a business form.
    BF,
}

impl LinkKind {
    /// Kakao's two letters.
    pub const fn letters(self) -> &'static str {
        match self {
            Self::WL => "WL",
            Self::AL => "AL",
            Self::BK => "BK",
            Self::MD => "MD",
            Self::BT => "BT",
            Self::BF => "BF",
        }
    }
}

impl Link {
    /// A button of this kind with nothing behind it.
    pub fn new(kind: LinkKind, name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            kind,
            url_mobile: None,
            url_pc: None,
            scheme_android: None,
            scheme_ios: None,
            extra: None,
            event: None,
            biz_form_key: None,
        }
    }
}

impl Bubble {
    /// An empty bubble.
    pub(super) const fn new(kind: BubbleKind) -> Self {
        Self {
            kind,
            text: None,
            header: None,
            media: None,
            buttons: Vec::new(),
            quick_replies: Vec::new(),
            cards: Vec::new(),
            auto_answer: None,
        }
    }

    /// A text.
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: Some(text.into()), ..Self::new(BubbleKind::Text) }
    }

    /// A picture, video, sound or file by itself.
    pub fn media(media: BubbleMedia) -> Self {
        let kind = match media.kind {
            MediaKind::Photo => BubbleKind::Image,
            MediaKind::Video => BubbleKind::Video,
            MediaKind::Audio => BubbleKind::Audio,
            MediaKind::File => BubbleKind::File,
        };
        Self { media: Some(media), ..Self::new(kind) }
    }

    /// The same, named a card where there is more than text in it.
    pub(super) fn named(mut self) -> Self {
        if self.media.is_some() || !self.buttons.is_empty() {
            self.kind = BubbleKind::Card;
        }
        self
    }

    /// Whether it may be marked as a system answer: a text, perhaps with buttons, without a picture.
    pub const fn may_be_system_answer(&self) -> bool {
        matches!(self.kind, BubbleKind::Text | BubbleKind::Card) && self.media.is_none()
    }

    /// Everything that must be uploaded before it can be sent, and as what.
    pub fn uploads(&mut self) -> Vec<(Upload, &mut BubbleMedia)> {
        let in_bubble = matches!(self.kind, BubbleKind::Card);
        let own = self
            .media
            .as_mut()
            .map(|media| (if in_bubble { Upload::InBubble } else { Upload::Plain(media.kind) }, media));
        let cards = self.cards.iter_mut().filter_map(|card| card.media.as_mut());
        own.into_iter().chain(cards.map(|media| (Upload::InBubble, media))).collect()
    }
}

/// Kakao's question for name and telephone number (spec consulttalk.md 4): fixed words, once a session. `None` where
/// the relay has none.
pub fn consent(facts: &Facts) -> Option<Bubble> {
    facts.asks_consent.then(|| Bubble::new(BubbleKind::Consent))
}
