//! Messages to bubbles, each valid by itself (spec kakao-skill.md 4).
//!
//! What is too long is divided into further bubbles where it stands alone, and cut with "…" where it stands in a row
//! of cards. A button that does not fit stands in a further card. A `basicCard` needs a picture (1.4), so cards without
//! one are `textCard`s, and a row of both is divided where the kind changes.

use engine::message::{Action, Button, Card, Location, Media, Message};
use serde_json::{Value, json};

use super::{
    limits,
    marker::Extra,
    outbound::{ShapeNote, Words},
    url, wire,
};
use crate::text;

/// What a button says that has nothing on it.
const BLANK_LABEL: &str = "선택";
/// What an agent call says where the bot says nothing.
const AGENT_CALL: &str = "상담원과 이야기하려면 아래 버튼을 눌러 주세요.";

/// One output of an answer.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Bubble {
    /// A text without buttons, which can be joined with another.
    Plain(String),
    /// Anything else.
    Fixed(Value),
}

impl Bubble {
    pub(super) fn into_output(self) -> Value {
        match self {
            Self::Plain(text) => wire::simple_text(&text),
            Self::Fixed(output) => output,
        }
    }
}

/// A card on its way: `picture` decides its kind.
struct Draft {
    title: String,
    description: String,
    picture: Option<Value>,
    buttons: Vec<Value>,
}

/// Collects bubbles.
pub(super) struct Shaper<'a> {
    words: Words<'a>,
    pub(super) bubbles: Vec<Bubble>,
    pub(super) notes: Vec<ShapeNote>,
    at: Option<usize>,
}

impl<'a> Shaper<'a> {
    pub(super) fn new(words: Words<'a>) -> Self {
        Self { words, bubbles: Vec::new(), notes: Vec::new(), at: None }
    }

    pub(super) fn message(&mut self, at: Option<usize>, message: &Message) {
        self.at = at;
        match message {
            Message::Text { text, buttons } => {
                let buttons = self.buttons(buttons);
                self.text(text, buttons);
            }
            Message::Media { media, buttons } => self.media(media, buttons),
            Message::Cards { cards } => self.cards(cards),
            Message::Location { location } => self.location(location),
        }
    }

    /// The button that opens Kakao's own talk with a person (spec kakao-skill.md 5).
    pub(super) fn agent_call(&mut self, message: Option<&Message>, label: &str) {
        self.at = None;
        let operator = wire::operator(&self.label(label));
        match message {
            Some(Message::Text { text, buttons }) => {
                let buttons = std::iter::once(operator).chain(self.buttons(buttons)).collect();
                self.text(text, buttons);
            }
            other => {
                if let Some(message) = other {
                    self.message(None, message);
                }
                self.text(AGENT_CALL, vec![operator]);
            }
        }
    }

    /// Quick replies as they go out. Links cannot be tapped there; they become buttons of a bubble.
    pub(super) fn quick_replies(&mut self, replies: &[Button]) -> Vec<Value> {
        self.at = None;
        let is_link = |button: &&Button| matches!(button.action, Action::Link { .. });
        let links: Vec<Button> = replies.iter().filter(is_link).cloned().collect();
        if !links.is_empty() {
            self.note("quick-reply-link", links.len(), 0);
            let buttons = self.buttons(&links);
            if !buttons.is_empty() {
                self.text("", buttons);
            }
        }
        replies.iter().filter(|button| !is_link(button)).filter_map(|button| self.button(button)).collect()
    }

    fn text(&mut self, text: &str, buttons: Vec<Value>) {
        let text = text::clean(text);
        if buttons.is_empty() {
            let pieces = text::divide(&text, limits::TEXT);
            if pieces.len() > 1 {
                self.note("text-divided", text::count(&text), limits::TEXT);
            }
            self.bubbles.extend(pieces.into_iter().map(Bubble::Plain));
            return;
        }
        let trimmed = text.trim_end();
        let description = text::divide(trimmed, limits::TEXT_CARD).pop().unwrap_or_default();
        let before = &trimmed[..trimmed.len() - description.len()];
        if !before.trim().is_empty() {
            self.note("text-divided", text::count(trimmed), limits::TEXT_CARD);
            self.bubbles
                .extend(text::divide(before.trim_start(), limits::TEXT).into_iter().map(Bubble::Plain));
        }
        let mut groups = groups(buttons).into_iter();
        let first = groups.next().unwrap_or_default();
        let description = if description.trim().is_empty() { self.choice() } else { description };
        self.bubbles.push(Bubble::Fixed(wire::card(
            "textCard",
            json!({"description": description, "buttons": first}),
        )));
        self.more_buttons(groups.collect());
    }

    /// Buttons that found no room, in cards of their own.
    fn more_buttons(&mut self, groups: Vec<Vec<Value>>) {
        if groups.is_empty() {
            return;
        }
        self.note(
            "buttons-moved",
            groups.iter().map(Vec::len).sum::<usize>() + limits::BUTTONS,
            limits::BUTTONS,
        );
        let choice = text::cut(&self.choice(), limits::TEXT_CARD_IN_CAROUSEL);
        let drafts = groups
            .into_iter()
            .map(|buttons| Draft {
                title: String::new(),
                description: choice.clone(),
                picture: None,
                buttons,
            })
            .collect();
        self.row(drafts);
    }

    fn media(&mut self, media: &Media, buttons: &[Button]) {
        let address = url::web(&media.uri);
        let alt = media.alt_text.as_deref().map(text::clean).filter(|alt| !alt.trim().is_empty());
        let mut buttons = self.buttons(buttons);
        match (media.content_type.as_str(), address) {
            ("image", Some(address)) => {
                let shown = text::cut(alt.as_deref().unwrap_or("이미지"), limits::ALT_TEXT);
                if buttons.is_empty() {
                    self.bubbles.push(Bubble::Fixed(wire::simple_image(&address, &shown)));
                } else {
                    let picture = json!({"imageUrl": address, "altText": shown});
                    let mut groups = groups(buttons).into_iter();
                    let first = groups.next().unwrap_or_default();
                    let card = Draft {
                        title: String::new(),
                        description: String::new(),
                        picture: Some(picture),
                        buttons: first,
                    };
                    self.bubbles.push(Bubble::Fixed(lone(card)));
                    self.more_buttons(groups.collect());
                }
            }
            (kind, Some(address)) => {
                let (said, label) = match kind {
                    "link" => (alt.unwrap_or_else(|| media.uri.clone()), "열기"),
                    "video" => (alt.unwrap_or_else(|| self.words.unsupported_media.to_owned()), "영상 보기"),
                    "audio" => (alt.unwrap_or_else(|| self.words.unsupported_media.to_owned()), "소리 듣기"),
                    _ => (alt.unwrap_or_else(|| self.words.unsupported_media.to_owned()), "파일 열기"),
                };
                self.note("media-as-link", 1, 1);
                buttons.insert(0, wire::web_link(label, &address));
                self.text(&said, buttons);
            }
            (_, None) => {
                self.note("media-dropped", 1, 0);
                let said = self.words.unsupported_media;
                self.text(if said.trim().is_empty() { "(지원하지 않는 미디어)" } else { said }, buttons);
            }
        }
    }

    fn location(&mut self, location: &Location) {
        let title = location.title.as_deref().map(text::clean).filter(|title| !title.trim().is_empty());
        let name = title.unwrap_or_else(|| "위치".to_owned());
        let address = url::map(&name, location.latitude, location.longitude);
        self.text(&name, vec![wire::web_link("지도 보기", &address)]);
    }

    fn cards(&mut self, cards: &[Card]) {
        let mut drafts = Vec::with_capacity(cards.len());
        for card in cards {
            let link = card.uri.as_deref().and_then(url::web);
            let picture =
                card.media.as_ref().filter(|media| media.content_type == "image").and_then(|media| {
                    let mut picture = json!({"imageUrl": url::web(&media.uri)?});
                    if let Some(alt) =
                        media.alt_text.as_deref().map(text::clean).filter(|alt| !alt.trim().is_empty())
                    {
                        picture["altText"] = Value::from(text::cut(&alt, limits::ALT_TEXT));
                    }
                    if let Some(link) = &link {
                        picture["link"] = json!({"web": link});
                    }
                    Some(picture)
                });
            let mut buttons = self.buttons(&card.buttons);
            if let (None, Some(link)) = (&picture, &link) {
                buttons.push(wire::web_link("자세히 보기", link));
            }
            if picture.is_none() && card.media.is_some() {
                self.note("card-media-dropped", 1, 0);
                let other = card.media.as_ref().filter(|media| media.content_type != "image");
                if let Some(address) = other.and_then(|media| url::web(&media.uri)) {
                    buttons.push(wire::web_link("열기", &address));
                }
            }
            let title = text::clean(&card.title).trim().to_owned();
            let description = text::clean(card.description.as_deref().unwrap_or_default()).trim().to_owned();
            let mut groups = groups(buttons).into_iter();
            drafts.push(Draft {
                title: title.clone(),
                description,
                picture: picture.clone(),
                buttons: groups.next().unwrap_or_default(),
            });
            for buttons in groups {
                self.note("buttons-moved", card.buttons.len(), limits::BUTTONS);
                drafts.push(Draft {
                    title: title.clone(),
                    description: self.choice(),
                    picture: picture.clone(),
                    buttons,
                });
            }
        }
        self.row(drafts);
    }

    /// Cards side by side: one kind in a row, ten at most, and not too many bytes.
    fn row(&mut self, drafts: Vec<Draft>) {
        let mut row: Vec<Draft> = Vec::new();
        let mut bytes = 0;
        for draft in drafts {
            let size =
                wire::size(&json!([draft.title, draft.description, draft.picture, draft.buttons])) + 64;
            let other_kind = row.last().is_some_and(|last| last.picture.is_some() != draft.picture.is_some());
            if other_kind
                || row.len() == limits::CAROUSEL
                || (!row.is_empty() && bytes + size > limits::CAROUSEL_BYTES)
            {
                self.close_row(std::mem::take(&mut row));
                bytes = 0;
            }
            bytes += size;
            row.push(draft);
        }
        self.close_row(row);
    }

    fn close_row(&mut self, mut row: Vec<Draft>) {
        if row.len() <= 1 {
            if let Some(draft) = row.pop() {
                self.lone_card(draft);
            }
            return;
        }
        let kind = if row[0].picture.is_some() { "basicCard" } else { "textCard" };
        let limit =
            if kind == "basicCard" { limits::BASIC_CARD_IN_CAROUSEL } else { limits::TEXT_CARD_IN_CAROUSEL };
        let items: Vec<Value> = row
            .into_iter()
            .map(|mut draft| {
                self.cut_field("card-title-cut", &mut draft.title, limits::TITLE);
                self.cut_field("card-text-cut", &mut draft.description, limit);
                item(draft)
            })
            .collect();
        self.bubbles.push(Bubble::Fixed(wire::carousel(kind, &items)));
    }

    /// A card by itself: what its text has too much follows as a text.
    fn lone_card(&mut self, mut draft: Draft) {
        self.cut_field("card-title-cut", &mut draft.title, limits::TITLE);
        let room = match draft.picture {
            Some(_) => limits::BASIC_CARD,
            None => limits::TEXT_CARD - text::count(&draft.title),
        };
        let mut pieces = text::divide(&draft.description, room).into_iter();
        let first = pieces.next().unwrap_or_default();
        let after = draft.description.trim_end()[first.len().min(draft.description.trim_end().len())..]
            .trim_start()
            .to_owned();
        draft.description = first;
        self.bubbles.push(Bubble::Fixed(lone(draft)));
        if !after.is_empty() {
            self.note("card-text-divided", text::count(&after) + room, room);
            self.text(&after, Vec::new());
        }
    }

    fn cut_field(&mut self, what: &'static str, field: &mut String, limit: usize) {
        let length = text::count(field);
        if length > limit {
            self.note(what, length, limit);
            *field = text::cut(field, limit);
        }
    }

    fn buttons(&mut self, buttons: &[Button]) -> Vec<Value> {
        buttons.iter().filter_map(|button| self.button(button)).collect()
    }

    fn button(&mut self, button: &Button) -> Option<Value> {
        let label = self.label(&button.label);
        // What a press says is the whole label: the bot compares it, and knows the buttons of its last answer by it.
        let said = one_line(&button.label);
        let said =
            if said.is_empty() { BLANK_LABEL.to_owned() } else { text::cut(&said, limits::MESSAGE_TEXT) };
        match &button.action {
            Action::Link { uri } => {
                if let Some(number) = url::phone(uri) {
                    return Some(wire::phone(&label, &number));
                }
                let address = url::web(uri);
                if address.is_none() {
                    self.note("button-dropped", 1, 0);
                }
                address.map(|address| wire::web_link(&label, &address))
            }
            Action::Postback { payload } => {
                let payload = payload.as_deref().map(text::clean);
                let carried = payload.as_deref().filter(|payload| text::count(payload) <= limits::PAYLOAD);
                if payload.is_some() && carried.is_none() {
                    self.note("payload-by-label", 1, 0);
                }
                Some(wire::says(&label, &said, carried.map(Extra::payload).as_ref()))
            }
            Action::Goto { flow_id, node_id } => {
                Some(wire::says(&label, &said, Some(&Extra::goto(*flow_id, *node_id))))
            }
        }
    }

    fn label(&mut self, label: &str) -> String {
        let label = one_line(label);
        if label.is_empty() {
            return BLANK_LABEL.to_owned();
        }
        let length = text::count(&label);
        if length > limits::LABEL {
            self.note("label-cut", length, limits::LABEL);
        }
        text::cut(&label, limits::LABEL)
    }

    fn choice(&self) -> String {
        let choice = text::clean(self.words.additional_choice);
        let choice =
            if choice.trim().is_empty() { "아래에서 선택해 주세요." } else { choice.trim() };
        text::cut(choice, limits::TEXT_CARD_IN_CAROUSEL.min(limits::BASIC_CARD_IN_CAROUSEL))
    }

    fn note(&mut self, what: &'static str, from: usize, to: usize) {
        self.notes.push(ShapeNote { message: self.at, bubble: self.bubbles.len(), what, from, to });
    }
}

fn one_line(label: &str) -> String {
    text::clean(label).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Buttons in threes.
fn groups(buttons: Vec<Value>) -> Vec<Vec<Value>> {
    let mut groups: Vec<Vec<Value>> = Vec::new();
    for button in buttons {
        match groups.last_mut() {
            Some(group) if group.len() < limits::BUTTONS => group.push(button),
            _ => groups.push(vec![button]),
        }
    }
    groups
}

fn lone(draft: Draft) -> Value {
    let kind = if draft.picture.is_some() { "basicCard" } else { "textCard" };
    wire::card(kind, item(draft))
}

/// The card itself. A `textCard` must say something (4.4).
fn item(draft: Draft) -> Value {
    let Draft { title, description, picture, buttons } = draft;
    let mut card = json!({});
    let silent = title.is_empty() && description.is_empty();
    if !title.is_empty() {
        card["title"] = Value::from(title);
    }
    if !description.is_empty() {
        card["description"] = Value::from(description);
    } else if silent && picture.is_none() {
        card["description"] = Value::from("아래에서 선택해 주세요.");
    }
    if let Some(picture) = picture {
        card["thumbnail"] = picture;
    }
    if !buttons.is_empty() {
        card["buttons"] = Value::from(buttons);
    }
    card
}
