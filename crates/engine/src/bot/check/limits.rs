//! What a channel will not show as it is written. Only texts without templates can be measured beforehand.

use serde_json::Value;

use super::{Complaint, Severity, Spot};
use crate::{message::Message, value::as_number};

/// The numbers of a channel, as far as a bot file can break them. All in characters or pieces.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// The platform as bot files name it.
    pub platform: &'static str,
    /// The channel's name in Korean and English sentences.
    pub channel: (&'static str, &'static str),
    /// One text.
    pub text: usize,
    /// A text with buttons under it.
    pub text_with_buttons: usize,
    /// Cards in one message.
    pub cards: usize,
    /// A card's title; 0 where it goes before the card's text and takes of its room.
    pub card_title: usize,
    /// A title up to this takes no room of a card among others, where titles do at all.
    pub heading_in_row: usize,
    /// The description of a lone card with a picture. Without one it has the room of a text with buttons, title included.
    pub card_body: usize,
    /// The description of a card among others: with a picture, and without.
    pub card_body_in_row: (usize, usize),
    /// Buttons under one text or card.
    pub buttons: usize,
    /// Buttons of a card among others.
    pub buttons_in_row: usize,
    /// A button's label.
    pub label: usize,
    /// Quick replies at once.
    pub quick_replies: usize,
    /// A quick reply's label.
    pub quick_reply_label: usize,
    /// What a button carries.
    pub payload: usize,
    /// Bubbles and bytes of one answer, where the channel counts them.
    pub answer: Option<(usize, usize)>,
    /// How many bubbles and bytes the channel makes of messages that are said in one answer.
    pub weigh: fn(&[Message]) -> (usize, usize),
    /// How long a text is there.
    pub measure: fn(&str) -> usize,
    /// What becomes of the rest.
    pub then: Then,
}

/// What becomes of the rest, in Korean and English, as the end of a sentence.
#[derive(Debug, Clone, Copy)]
pub struct Then {
    /// Of cards.
    pub cards: (&'static str, &'static str),
    /// Of the text of a lone card.
    pub card_body: (&'static str, &'static str),
    /// Of the text of a card among others.
    pub card_body_in_row: (&'static str, &'static str),
    /// Of a card's buttons.
    pub card_buttons: (&'static str, &'static str),
    /// Of the buttons of a card among others.
    pub card_buttons_in_row: (&'static str, &'static str),
    /// Of quick replies.
    pub quick_replies: (&'static str, &'static str),
    /// Of a quick reply's label.
    pub quick_reply_label: (&'static str, &'static str),
}

/// It is cut.
const CUT: (&str, &str) = ("…로 줄여요", "the rest is cut with …");

impl Then {
    /// Divided where that is possible, else cut.
    pub const DIVIDED: Self = Self {
        cards: ("나눠서 보여 줘요", "they are divided"),
        card_body: ("나머지는 다음 말풍선으로 보내요", "the rest follows as a text"),
        card_body_in_row: CUT,
        card_buttons: ("다음 카드로 나눠요", "the rest stands on a further card"),
        card_buttons_in_row: ("다음 카드로 나눠요", "the rest stands on a further card"),
        quick_replies: ("나눠서 보여 줘요", "they are shown in pages"),
        quick_reply_label: CUT,
    };
}

impl Limits {
    pub(super) fn check(&self, data: &Value, kind: &str, spot: &Spot, complaints: &mut Vec<Complaint>) {
        let mut seen = Seen { limits: self, spot, complaints };
        match kind {
            "response" => seen.message(data.get("message"), "data.message"),
            "keyboard" => {
                let label = (self.quick_reply_label, self.then.quick_reply_label);
                let buttons = seen.buttons(data.get("buttons"), "data.buttons", label);
                seen.count(
                    "quick-replies",
                    buttons,
                    self.quick_replies,
                    "data.buttons",
                    self.then.quick_replies,
                );
                seen.message(data.pointer("/messages/failure"), "data.messages.failure");
            }
            "manual" => {
                // What only KakaoTalk says is nobody else's.
                for name in ["default", "kakao", "error"]
                    .into_iter()
                    .filter(|name| *name != "kakao" || self.platform == "kakao")
                {
                    let field = format!("data.messages.{name}");
                    seen.message(data.get("messages").and_then(|messages| messages.get(name)), &field);
                }
            }
            "llm" => seen.answer(data.get("maxChars").and_then(as_number)),
            _ => {}
        }
    }
}

struct Seen<'a> {
    limits: &'a Limits,
    spot: &'a Spot,
    complaints: &'a mut Vec<Complaint>,
}

impl Seen<'_> {
    fn message(&mut self, message: Option<&Value>, field: &str) {
        let Some(message) = message else { return };
        let buttons = self.buttons(message.get("buttons"), &format!("{field}.buttons"), self.label());
        self.count(
            "buttons",
            buttons,
            self.limits.buttons,
            &format!("{field}.buttons"),
            ("다음 말풍선으로 나눠요", "the rest stands in a further bubble"),
        );
        let text_limit = if buttons > 0 { self.limits.text_with_buttons } else { self.limits.text };
        self.length(
            "text",
            message.get("text"),
            text_limit,
            &format!("{field}.text"),
            ("말풍선을 나눠요", "it is divided into bubbles"),
        );
        let Some(cards) = message.get("cards").and_then(Value::as_array) else { return };
        self.count(
            "cards",
            cards.len(),
            self.limits.cards,
            &format!("{field}.cards"),
            self.limits.then.cards,
        );
        for (at, card) in cards.iter().enumerate() {
            self.card(card, cards.len() > 1, &format!("{field}.cards[{at}]"));
        }
    }

    fn card(&mut self, card: &Value, in_row: bool, field: &str) {
        let limits = self.limits;
        let then = limits.then;
        let text = |key: &str| card.get(key).and_then(Value::as_str).unwrap_or_default();
        let has_picture =
            card.pointer("/media/uri").and_then(Value::as_str).is_some_and(|uri| !uri.trim().is_empty());
        let (pictured, plain) = limits.card_body_in_row;
        let (room, rest) = match (in_row, has_picture) {
            (true, true) => (pictured, then.card_body_in_row),
            (true, false) => (plain, then.card_body_in_row),
            (false, true) => (limits.card_body, then.card_body),
            (false, false) => (limits.text_with_buttons, then.card_body),
        };
        let title = (limits.measure)(text("title"));
        let body = format!("{field}.description");
        if limits.card_title > 0 {
            self.length("card-title", card.get("title"), limits.card_title, &format!("{field}.title"), CUT);
            let room = if in_row || has_picture { room } else { room.saturating_sub(title) };
            self.length("card-body", card.get("description"), room, &body, rest);
        } else if in_row && title <= limits.heading_in_row {
            self.length("card-body", card.get("description"), room, &body, rest);
        } else {
            // A title stands in a line of its own before the text.
            let whole = [text("title"), text("description")].join("\n");
            self.length("card-body", Some(&whole.trim().into()), room, &body, rest);
        }
        let field = format!("{field}.buttons");
        let buttons = self.buttons(card.get("buttons"), &field, self.label());
        let (most, rest) = if in_row {
            (limits.buttons_in_row, then.card_buttons_in_row)
        } else {
            (limits.buttons, then.card_buttons)
        };
        self.count("buttons", buttons, most, &field, rest);
    }

    /// A generated answer that may be longer than one text.
    fn answer(&mut self, max_chars: Option<f64>) {
        let limit = self.limits.text;
        if let Some(length) = max_chars.filter(|length| *length > limit as f64) {
            let (ko, en) = self.limits.channel;
            self.tell(
                code("text"),
                "data.maxChars",
                format!("{ko}에서는 {limit}자까지 보여요 (지금 {length}자까지). 말풍선을 나눠요."),
                format!("{en} shows {limit} characters (now up to {length}); it is divided into bubbles."),
            );
        }
    }

    /// How much a button's label holds, and what becomes of the rest.
    fn label(&self) -> (usize, (&'static str, &'static str)) {
        (self.limits.label, CUT)
    }

    fn buttons(
        &mut self,
        buttons: Option<&Value>,
        field: &str,
        (label, rest): (usize, (&str, &str)),
    ) -> usize {
        let buttons = buttons.and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        for (at, button) in buttons.iter().enumerate() {
            let field = format!("{field}[{at}]");
            self.length("label", button.get("label"), label, &format!("{field}.label"), rest);
            self.length(
                "payload",
                button.get("payload"),
                self.limits.payload,
                &format!("{field}.payload"),
                ("전달되지 않아요", "it is not carried"),
            );
        }
        buttons.len()
    }

    fn length(
        &mut self,
        what: &'static str,
        text: Option<&Value>,
        limit: usize,
        field: &str,
        then: (&str, &str),
    ) {
        let Some(text) = text.and_then(Value::as_str).filter(|text| !text.contains("{{")) else { return };
        let length = (self.limits.measure)(text);
        if length > limit {
            let (ko, en) = self.limits.channel;
            self.tell(
                code(what),
                field,
                format!("{ko}에서는 {limit}자까지 보여요 (지금 {length}자). {}.", then.0),
                format!("{en} shows {limit} characters (now {length}); {}.", then.1),
            );
        }
    }

    fn count(&mut self, what: &'static str, count: usize, limit: usize, field: &str, then: (&str, &str)) {
        if count > limit {
            let (ko, en) = self.limits.channel;
            self.tell(
                code(what),
                field,
                format!("{ko}에서는 한 번에 {limit}개까지 보여요 (지금 {count}개). {}.", then.0),
                format!("{en} shows {limit} at once (now {count}); {}.", then.1),
            );
        }
    }

    fn tell(&mut self, code: &'static str, field: &str, ko: String, en: String) {
        let complaint = Complaint::new(Severity::Note, code, self.spot.field(field), ko, en);
        self.complaints.push(complaint.of_channel(self.limits.platform));
    }
}

fn code(what: &str) -> &'static str {
    match what {
        "text" => "limit-text",
        "card-title" => "limit-card-title",
        "card-body" => "limit-card-body",
        "label" => "limit-label",
        "payload" => "limit-payload",
        "buttons" => "limit-buttons",
        "cards" => "limit-cards",
        _ => "limit-quick-replies",
    }
}
