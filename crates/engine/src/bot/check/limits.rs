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
    /// A card's title.
    pub card_title: usize,
    /// The description of a lone card with a picture. Without one it has the room of a text with buttons, title included.
    pub card_body: usize,
    /// The description of a card among others: with a picture, and without.
    pub card_body_in_row: (usize, usize),
    /// Buttons under one text or card.
    pub buttons: usize,
    /// A button's label.
    pub label: usize,
    /// Quick replies at once.
    pub quick_replies: usize,
    /// What a button carries.
    pub payload: usize,
    /// Bubbles and bytes of one answer, where the channel counts them.
    pub answer: Option<(usize, usize)>,
    /// How many bubbles and bytes the channel makes of messages that are said in one answer.
    pub weigh: fn(&[Message]) -> (usize, usize),
}

impl Limits {
    pub(super) fn check(&self, data: &Value, kind: &str, spot: &Spot, complaints: &mut Vec<Complaint>) {
        let mut seen = Seen { limits: self, spot, complaints };
        match kind {
            "response" => seen.message(data.get("message"), "data.message"),
            "keyboard" => {
                let buttons = seen.buttons(data.get("buttons"), "data.buttons");
                seen.count(
                    "quick-replies",
                    buttons,
                    self.quick_replies,
                    "data.buttons",
                    ("나눠서 보여 줘요", "they are shown in pages"),
                );
                seen.message(data.pointer("/messages/failure"), "data.messages.failure");
            }
            "manual" => {
                for name in ["default", "kakao", "error"] {
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
        let buttons = self.buttons(message.get("buttons"), &format!("{field}.buttons"));
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
            ("나눠서 보여 줘요", "they are divided"),
        );
        for (at, card) in cards.iter().enumerate() {
            let field = format!("{field}.cards[{at}]");
            let cut = ("…로 줄여요", "the rest is cut with …");
            let follows = ("나머지는 다음 말풍선으로 보내요", "the rest follows as a text");
            self.length(
                "card-title",
                card.get("title"),
                self.limits.card_title,
                &format!("{field}.title"),
                cut,
            );
            let has_picture =
                card.pointer("/media/uri").and_then(Value::as_str).is_some_and(|uri| !uri.trim().is_empty());
            let title = card.get("title").and_then(Value::as_str).map_or(0, |title| title.chars().count());
            let (in_row, in_row_plain) = self.limits.card_body_in_row;
            let (room, then) = match (cards.len() > 1, has_picture) {
                (true, true) => (in_row, cut),
                (true, false) => (in_row_plain, cut),
                (false, true) => (self.limits.card_body, follows),
                (false, false) => (self.limits.text_with_buttons.saturating_sub(title), follows),
            };
            self.length("card-body", card.get("description"), room, &format!("{field}.description"), then);
            let buttons = self.buttons(card.get("buttons"), &format!("{field}.buttons"));
            self.count(
                "buttons",
                buttons,
                self.limits.buttons,
                &format!("{field}.buttons"),
                ("다음 카드로 나눠요", "the rest stands on a further card"),
            );
        }
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

    fn buttons(&mut self, buttons: Option<&Value>, field: &str) -> usize {
        let buttons = buttons.and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        for (at, button) in buttons.iter().enumerate() {
            let field = format!("{field}[{at}]");
            self.length(
                "label",
                button.get("label"),
                self.limits.label,
                &format!("{field}.label"),
                ("…로 줄여요", "the rest is cut with …"),
            );
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
        let length = text.chars().count();
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
