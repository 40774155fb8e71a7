//! The message model of v3: plain and rich bubbles (consulttalk.md 4), as Happytalk, DKTechin and Bizgo spell it.

use serde_json::{Map, Value};

use super::{Form, Judge, Rule, classic::TEXT, code, join};
use crate::relay::{
    options::Dialect,
    room::{Bubble, Button, Kind, Medium},
    upload::Use,
};

const BUTTONS: Form = Form {
    known: &[
        "name",
        "type",
        "url_mobile",
        "url_pc",
        "scheme_android",
        "scheme_ios",
        "url_target",
        "extra",
        "chat_event",
        "start_type",
        "biz_form_key",
    ],
    kinds: &["WL", "AL", "BK", "MD", "BT", "AC", "BF"],
    label: 28,
    extra: &["extra"],
    event: &["chat_event"],
    target: "url_target",
};

/// Documents write `extra` and `chat_extra` for one and the same thing.
const QUICK_REPLIES: Form = Form {
    known: &[
        "name",
        "type",
        "url_mobile",
        "url_pc",
        "scheme_android",
        "scheme_ios",
        "url_target",
        "extra",
        "chat_extra",
        "chat_event",
        "start_type",
        "biz_form_key",
    ],
    kinds: &["WL", "AL", "BK", "BT", "BF"],
    label: 14,
    extra: &["extra", "chat_extra"],
    event: &["chat_event"],
    target: "url_target",
};

/// The only label of a button that adds the channel.
const ADD_CHANNEL: &str = "채널 추가";
/// The only labels of a button that opens a form.
const FORMS: [&str; 3] = ["톡에서 예약하기", "톡에서 설문하기", "톡에서 응모하기"];

/// The fields of a plain bubble that are not keys of the room.
pub(in crate::relay) const PLAIN: [&str; 2] = ["message", "attachment"];
/// The same of a rich bubble.
pub(in crate::relay) const RICH: [&str; 7] =
    ["message", "description", "header", "attachment", "carousel", "auto_answer", "lock"];

impl Judge<'_> {
    /// A plain bubble: one element. `kind` is the key of its type.
    pub fn plain(&mut self, map: &Map<String, Value>, kind: &'static str) -> Bubble {
        let word = self.kind(map, kind, &["TEXT", "IMAGE", "VIDEO", "AUDIO", "FILE"]);
        let text = self.message(map, "message", word == "TEXT");
        let attachment = self.get(map, "attachment").cloned().unwrap_or(Value::Null);
        if word == "TEXT" {
            if !attachment.is_null() {
                self.broken(code::MESSAGE, "field-of-another-type", "attachment", &word);
            }
            return Bubble::text(&text);
        }
        if !text.is_empty() {
            self.broken(code::MESSAGE, "field-of-another-type", "message", &word);
        }
        let (shown, used) = element(&word);
        let part = if shown == Kind::Photo { "image" } else { "file" };
        let attachment = self.object(&attachment, "attachment", &[part]).clone();
        let at = join("attachment", part);
        let inner = self.get(&attachment, part).cloned().unwrap_or_else(|| Value::Object(Map::new()));
        let medium = if shown == Kind::Photo {
            let inner = self.object(&inner, &at, &["img_url"]);
            Medium { url: self.text(inner, Rule::required("img_url", 1_000), &at), ..Medium::default() }
        } else {
            let inner = self.object(&inner, &at, &["file_url", "file_name", "file_size"]);
            let file = shown == Kind::File;
            Medium {
                url: self.text(inner, Rule::required("file_url", 1_000), &at),
                name: self.text(inner, Rule { required: file, ..Rule::optional("file_name", 1_000) }, &at),
                size: self.number(inner, Rule { required: file, ..Rule::optional("file_size", 0) }, &at),
            }
        };
        self.media(&medium.url, used, &at);
        Bubble { kind: shown, media: vec![medium], ..Bubble::default() }
    }

    /// DKTechin's plain section: the address stands where the text does.
    pub fn plain_section(&mut self, value: &Value, at: &str) -> Bubble {
        let map = self.object(value, at, &["type", "data", "name", "size"]).clone();
        let word = self.kind(&map, "type", &["TEXT", "IMAGE", "VIDEO", "AUDIO", "FILE"]);
        if word == "TEXT" {
            return Bubble::text(&self.message(&map, "data", true));
        }
        let (shown, used) = element(&word);
        let file = shown == Kind::File;
        let medium = Medium {
            url: self.text(&map, Rule::required("data", 1_000), at),
            name: self.text(&map, Rule { required: file, ..Rule::optional("name", 1_000) }, at),
            size: self.number(&map, Rule { required: file, ..Rule::optional("size", 0) }, at),
        };
        self.media(&medium.url, used, &join(at, "data"));
        Bubble { kind: shown, media: vec![medium], ..Bubble::default() }
    }

    /// DKTechin's rich section.
    pub fn rich_section(&mut self, value: &Value, at: &str) -> Bubble {
        let known =
            ["type", "data", "header", "description", "attachment", "carousel", "auto_answer", "lock"];
        let map = self.object(value, at, &known).clone();
        self.rich(&map, "type", "data")
    }

    /// A composed bubble. `kind` and `text` are the keys of its type and its text.
    pub fn rich(&mut self, map: &Map<String, Value>, kind: &'static str, text: &'static str) -> Bubble {
        let wide = if self.dialect == Dialect::HappytalkV3 { "WIDE_IMAGE" } else { "WIDE" };
        let mut words = vec!["TEXT", "IMAGE", wide, "WIDE_ITEM_LIST", "ITEM_LIST", "CAROUSEL_FEED"];
        if self.dialect != Dialect::HappytalkV3 {
            words.push("PERSONAL");
        }
        if self.dialect == Dialect::Bizgo {
            words.push("KAKAO_CERT");
        }
        let word = self.kind(map, kind, &words);
        let shown = match word.as_str() {
            "IMAGE" => Kind::Photo,
            "WIDE" | "WIDE_IMAGE" => Kind::Wide,
            "WIDE_ITEM_LIST" => Kind::WideItemList,
            "ITEM_LIST" => Kind::ItemList,
            "CAROUSEL_FEED" => Kind::Carousel,
            "PERSONAL" => Kind::Consent,
            "KAKAO_CERT" => Kind::Certificate,
            _ => Kind::Text,
        };
        let fixed = matches!(shown, Kind::Consent | Kind::Certificate);
        let needs_text = matches!(shown, Kind::Text | Kind::Photo | Kind::Wide);
        let mut bubble = Bubble {
            kind: shown,
            text: self.message(map, text, needs_text),
            header: self.text(map, Rule::optional("header", TEXT), ""),
            auto_answer: self.auto_answer(map, ""),
            lock: self.flag(map, "lock", ""),
            ..Bubble::default()
        };
        self.text(map, Rule::optional("description", TEXT), "");
        if bubble.auto_answer.is_some() && shown != Kind::Text {
            self.broken(code::MESSAGE, "field-of-another-type", "auto_answer", &word);
        }
        let attachment = self.get(map, "attachment").cloned();
        let carousel = self.get(map, "carousel").cloned();
        if fixed && (attachment.is_some() || carousel.is_some() || !bubble.text.is_empty()) {
            self.broken(code::MESSAGE, "field-of-another-type", text, &word);
        }
        if let Some(attachment) = attachment {
            self.attachment(&attachment, "attachment", &mut bubble, true);
        }
        if carousel.is_some() != (shown == Kind::Carousel) {
            self.broken(code::MESSAGE, "carousel", "carousel", &word);
        } else if let Some(carousel) = carousel {
            bubble.cards = self.cards(&carousel);
        }
        self.complete(&bubble);
        bubble
    }

    /// What each type has to have.
    fn complete(&mut self, bubble: &Bubble) {
        let items = bubble.items.len();
        let missing = match bubble.kind {
            Kind::Photo | Kind::Wide if bubble.media.is_empty() => Some("attachment.image"),
            Kind::Text if !bubble.media.is_empty() => Some("type"),
            Kind::WideItemList if bubble.header.is_empty() => Some("header"),
            Kind::WideItemList if !(3..=4).contains(&items) => Some("attachment.item.list"),
            Kind::ItemList if items == 0 && bubble.media.is_empty() && bubble.header.is_empty() => {
                Some("attachment.item")
            }
            Kind::ItemList if items == 1 || items > 10 => Some("attachment.item.list"),
            _ => None,
        };
        if let Some(at) = missing {
            self.broken(code::MESSAGE, "incomplete", at, format!("{:?}", bubble.kind));
        }
    }

    fn cards(&mut self, carousel: &Value) -> Vec<Bubble> {
        let carousel = self.object(carousel, "carousel", &["list", "tail"]).clone();
        let mut cards = Vec::new();
        for (at, card) in self.list(&carousel, "list", 2..=6, "carousel").iter().enumerate() {
            let at = format!("carousel.list[{at}]");
            let map = self.object(card, &at, &["header", "message", "attachment"]);
            let mut card = Bubble {
                kind: Kind::Photo,
                text: self.text(map, Rule::optional("message", TEXT).code(code::LENGTH), &at),
                header: self.text(map, Rule::optional("header", TEXT), &at),
                ..Bubble::default()
            };
            if card.text.trim().is_empty() && card.header.trim().is_empty() {
                self.broken(code::MESSAGE, "missing", &join(&at, "message"), "");
            }
            if let Some(attachment) = self.get(map, "attachment") {
                let many = self.narrow(Kind::Carousel);
                self.attachment(attachment, &join(&at, "attachment"), &mut card, false);
                if card.buttons.len() > many {
                    self.broken(code::MESSAGE, "count", &at, format!("{} > {many}", card.buttons.len()));
                }
            }
            cards.push(card);
        }
        cards
    }

    /// How many buttons this type takes.
    fn narrow(&self, kind: Kind) -> usize {
        match kind {
            Kind::Wide | Kind::WideItemList | Kind::Carousel if self.dialect == Dialect::Bizgo => 2,
            _ => 5,
        }
    }

    fn attachment(&mut self, value: &Value, at: &str, bubble: &mut Bubble, whole: bool) {
        let known: &[&str] = if whole {
            &["buttons", "coupon", "image", "item", "quick_replies"]
        } else {
            &["buttons", "coupon", "image"]
        };
        let map = self.object(value, at, known);
        if let Some(image) = self.get(map, "image") {
            let place = join(at, "image");
            let image = self.object(image, &place, &["img_url", "img_link"]);
            let url = self.text(image, Rule::required("img_url", 1_000), &place);
            self.media(&url, &[Use::LinkImage], &place);
            bubble.media.push(Medium { url, ..Medium::default() });
        }
        if let Some(item) = self.get(map, "item") {
            self.item(item, &join(at, "item"), bubble);
        }
        let coupon = self.get(map, "coupon").is_some();
        let mut many = self.narrow(bubble.kind);
        if coupon && self.dialect == Dialect::Bizgo {
            many = many.min(4);
        }
        for (number, button) in self.list(map, "buttons", 1..=many, at).iter().enumerate() {
            let place = format!("{at}.buttons[{number}]");
            let button = self.button(button, &place, &BUTTONS);
            bubble.buttons.push(button);
        }
        self.places(&bubble.buttons, bubble.kind, at);
        for (number, reply) in self.list(map, "quick_replies", 1..=10, at).iter().enumerate() {
            let place = format!("{at}.quick_replies[{number}]");
            let reply = self.button(reply, &place, &QUICK_REPLIES);
            bubble.quick_replies.push(reply);
        }
    }

    fn item(&mut self, value: &Value, at: &str, bubble: &mut Bubble) {
        let map = self.object(value, at, &["highlight", "list", "summary"]);
        let narrow = bubble.kind == Kind::ItemList;
        for (number, row) in self.list(map, "list", 1..=10, at).iter().enumerate() {
            let place = format!("{at}.list[{number}]");
            let known = ["title", "description", "image", "img_url", "url_mobile", "url_pc"];
            let row = self.object(row, &place, &known);
            let title = self.text(row, Rule::required("title", if narrow { 6 } else { 100 }), &place);
            let about = self.text(row, Rule::optional("description", if narrow { 23 } else { 100 }), &place);
            bubble.items.push((title, about));
        }
    }

    /// Labels and places of the two yellow buttons.
    fn places(&mut self, buttons: &[Button], kind: Kind, at: &str) {
        let wide = matches!(kind, Kind::Wide | Kind::WideItemList | Kind::Carousel);
        let has_channel = buttons.iter().any(|button| button.kind == "AC");
        for (number, button) in buttons.iter().enumerate() {
            let (label, place) = match button.kind.as_str() {
                "AC" => (button.name == ADD_CHANNEL, if wide { buttons.len() - 1 } else { 0 }),
                "BF" => (FORMS.contains(&button.name.as_str()), usize::from(has_channel && !wide)),
                _ => continue,
            };
            if !label || number != place {
                self.broken(code::MESSAGE, "yellow-button", at, &button.name);
            }
        }
    }

    /// The type, in capitals. DKTechin writes it small.
    fn kind(&mut self, map: &Map<String, Value>, key: &'static str, words: &[&str]) -> String {
        let word = self.text(map, Rule::required(key, 30), "");
        let small = self.dialect == Dialect::Dktechin;
        let spelled = if small { word.to_lowercase() } else { word.to_uppercase() };
        if !word.is_empty() && (spelled != word || !words.contains(&word.to_uppercase().as_str())) {
            self.broken(code::MESSAGE, "unknown-word", &self.key(key), &word);
        }
        word.to_uppercase()
    }

    /// The text of a bubble: too long has a code of its own.
    pub fn message(&mut self, map: &Map<String, Value>, key: &'static str, required: bool) -> String {
        let rule = Rule { required, ..Rule::optional(key, TEXT) };
        let before = self.found.len();
        let text = self.text(map, rule, "");
        for violation in &mut self.found[before..] {
            if violation.rule == "text-too-long" {
                violation.code = code::LENGTH;
            }
        }
        text
    }
}

/// The kind of a plain element, and the uploads that it shows.
fn element(word: &str) -> (Kind, &'static [Use]) {
    match word {
        "IMAGE" => (Kind::Photo, &[Use::Image, Use::LinkImage]),
        "VIDEO" => (Kind::Video, &[Use::Video]),
        "AUDIO" => (Kind::Audio, &[Use::Audio]),
        _ => (Kind::File, &[Use::File]),
    }
}
