//! From what the old server answers to what KakaoTalk shows (spec legacy-smartchat.md 7.3).
//!
//! Characters are counted as UTF-16 units here, to be on the safe side. Nothing of an answer is lost but what the old
//! platform cut, too; what had to be changed is named in the notes.

use engine::message::{Action, Button, Media, Message};
use serde_json::{Value, json};

use super::{
    Many, Options, Pictures,
    incoming::{payload_of, said_by},
    legacy::{Keyboard, Link, Photo, Reply},
};
use crate::{
    ShapeNote,
    kakao::{limits, marker::Extra, outbound::Held, url, wire},
    text::{self, cut16, divide16, units},
};

/// Stands over a page that has buttons only.
const CHOICE: &str = "아래에서 골라 주세요.";
/// The quick reply for the next page.
const MORE: &str = "더보기";
/// Said when a message cannot be passed on.
const UNSUPPORTED: &str = "텍스트와 사진만 받을 수 있어요.";
/// Said where nothing of an answer can be shown.
const LOST: &str = "보여 드릴 수 없는 답변이에요.";
/// What stands for a picture.
const PICTURE: &str = "사진";
/// Characters of a list item's title (older libraries; kakao-skill.md 4.7).
const LIST_TITLE: usize = 36;
/// Items of one card in a row of list cards, and such cards in a row (4.7, 4.9).
const LIST_ITEMS: (usize, usize) = (4, 5);
/// Items of a list card that stands alone.
const LONE_LIST_ITEMS: usize = 5;

/// Gives a picture at an http address another address.
pub type Proxy<'a> = &'a dyn Fn(&str) -> Option<String>;

/// What is to be shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    /// As it goes out.
    pub held: Held,
    /// As messages, for the thread.
    pub messages: Vec<Message>,
    /// What could not be sent as it was.
    pub notes: Vec<ShapeNote>,
}

/// Shows an answer with this keyboard.
pub fn show(reply: &Reply, keyboard: &Keyboard, options: &Options, proxy: Proxy<'_>) -> Shown {
    let mut shaper = Shaper { bubbles: Vec::new(), messages: Vec::new(), notes: Vec::new() };
    let picture = reply.photo.as_ref().and_then(|photo| shaper.picture(photo, options, proxy));
    let text = reply.text.as_deref().map(text::clean).filter(|text| !text.trim().is_empty());
    let button = reply.link.as_ref().map(|link| shaper.link(link));
    shaper.tell(text.as_deref(), picture.as_ref(), reply.link.as_ref());
    shaper.content(text.as_deref(), picture, button);
    shaper.end(keyboard, options)
}

/// Shows a text of the bridge's own with this keyboard: the greeting, the failure, the strict prompt.
pub fn say(said: &str, keyboard: &Keyboard, options: &Options) -> Shown {
    let said = text::clean(said);
    let said = if said.trim().is_empty() { CHOICE.to_owned() } else { said };
    let mut shaper = Shaper { bubbles: Vec::new(), messages: Vec::new(), notes: Vec::new() };
    shaper.tell(Some(&said), None, None);
    shaper.content(Some(&said), None, None);
    shaper.end(keyboard, options)
}

/// Asks to choose among the buttons that were shown last.
pub fn again(keyboard: &Keyboard, options: &Options) -> Shown {
    if keyboard.is_blank() {
        say(&options.greeting, keyboard, options)
    } else {
        say(CHOICE, keyboard, options)
    }
}

/// Says that what came cannot be passed on.
pub fn unsupported(keyboard: &Keyboard, options: &Options) -> Shown {
    say(UNSUPPORTED, keyboard, options)
}

/// A button of a bubble on its way, and its label where it had to be cut.
struct Foot {
    button: Option<Value>,
    whole_label: Option<String>,
    label: String,
}

struct Shaper {
    bubbles: Vec<Value>,
    messages: Vec<Message>,
    notes: Vec<ShapeNote>,
}

impl Shaper {
    /// The table of 7.3.
    fn content(&mut self, said: Option<&str>, picture: Option<(Value, bool)>, foot: Option<Foot>) {
        match (said, picture, foot) {
            (None, None, None) => {}
            (None, None, Some(foot)) => {
                let title = cut16(&one_line(&foot.label), limits::TITLE);
                let mut card = json!({"title": title});
                if units(&foot.label) > limits::TITLE {
                    card["description"] = Value::from(cut16(&foot.label, limits::TEXT_CARD - limits::TITLE));
                }
                self.card("textCard", card, foot.button);
            }
            (Some(said), None, None) => self.texts(said, limits::OUTPUTS),
            (Some(said), None, Some(foot)) => {
                let whole = with_label(said.trim(), foot.whole_label.as_deref());
                if units(&whole) <= limits::TEXT_CARD {
                    self.card("textCard", json!({"description": whole}), foot.button);
                } else {
                    self.texts(said, limits::OUTPUTS - 1);
                    let title = cut16(&one_line(&foot.label), limits::TITLE);
                    self.card("textCard", json!({"title": title}), foot.button);
                }
            }
            (None, Some((picture, _)), None) => {
                self.bubbles
                    .push(wire::simple_image(picture["imageUrl"].as_str().unwrap_or_default(), PICTURE));
            }
            (Some(said), Some((picture, square)), foot) => {
                let whole =
                    with_label(said.trim(), foot.as_ref().and_then(|foot| foot.whole_label.as_deref()));
                if units(&whole) <= limits::BASIC_CARD {
                    let card = json!({"description": whole, "thumbnail": thumbnail(picture, square)});
                    self.card("basicCard", card, foot.and_then(|foot| foot.button));
                    return;
                }
                // Old clients drew the text above the picture.
                self.texts(said, limits::OUTPUTS - 1);
                self.content(None, Some((picture, square)), foot);
            }
            (None, Some((picture, square)), Some(foot)) => {
                let mut card = json!({"thumbnail": thumbnail(picture, square)});
                if let Some(whole) = &foot.whole_label {
                    card["description"] = Value::from(cut16(whole, limits::BASIC_CARD));
                }
                self.card("basicCard", card, foot.button);
            }
        }
    }

    fn card(&mut self, kind: &str, mut card: Value, button: Option<Value>) {
        if let Some(button) = button {
            card["buttons"] = json!([button]);
            card["buttonLayout"] = Value::from("vertical");
        }
        self.bubbles.push(wire::card(kind, card));
    }

    /// At most so many bubbles of text; the last is cut where there would be more.
    fn texts(&mut self, said: &str, most: usize) {
        let pieces = divide16(said, limits::TEXT);
        if pieces.len() > 1 {
            self.note("text-divided", units(said), limits::TEXT);
        }
        let mut shown: Vec<String> = pieces.iter().take(most).cloned().collect();
        if let (Some(last), true) = (shown.last_mut(), pieces.len() > most) {
            self.note("text-cut", units(said), most * limits::TEXT);
            *last = cut16(&format!("{last}…"), limits::TEXT);
        }
        self.bubbles.extend(shown.iter().map(|piece| wire::simple_text(piece)));
    }

    /// The picture's part of a card, and whether its square area is to be used.
    fn picture(&mut self, photo: &Photo, options: &Options, proxy: Proxy<'_>) -> Option<(Value, bool)> {
        let Some(address) = url::web(&photo.url) else {
            self.note("picture-dropped", 1, 0);
            return None;
        };
        let is_http = address.get(..7).is_some_and(|head| head.eq_ignore_ascii_case("http://"));
        let address = match options.pictures {
            Pictures::Https if is_http => format!("https://{}", &address[7..]),
            Pictures::Proxy if is_http => proxy(&address).unwrap_or(address),
            _ => address,
        };
        Some((json!({"imageUrl": address, "altText": PICTURE}), !photo.is_two_to_one()))
    }

    fn link(&mut self, link: &Link) -> Foot {
        let whole = one_line(&text::clean(&link.label));
        let whole = if whole.is_empty() { "바로가기".to_owned() } else { whole };
        let label = cut16(&whole, limits::LABEL);
        let was_cut = label != whole;
        if was_cut {
            self.note("label-cut", units(&whole), limits::LABEL);
        }
        let button = match (url::phone(&link.url), url::web(&link.url)) {
            (Some(number), _) => Some(wire::phone(&label, &number)),
            (None, Some(address)) => Some(wire::web_link(&label, &address)),
            // KakaoTalk drops an answer whole whose link is of another scheme.
            (None, None) => {
                self.note("button-dropped", 1, 0);
                None
            }
        };
        Foot { button, whole_label: was_cut.then(|| whole.clone()), label: whole }
    }

    /// The same for the thread.
    fn tell(&mut self, said: Option<&str>, picture: Option<&(Value, bool)>, link: Option<&Link>) {
        let mut buttons: Vec<Button> = link
            .map(|link| Button { label: link.label.clone(), action: Action::Link { uri: link.url.clone() } })
            .into_iter()
            .collect();
        if let Some(said) = said {
            let buttons = if picture.is_none() { std::mem::take(&mut buttons) } else { Vec::new() };
            self.messages.push(Message::Text { text: said.to_owned(), buttons });
        }
        if let Some((picture, _)) = picture {
            let uri = picture["imageUrl"].as_str().unwrap_or_default().to_owned();
            let media = Media { content_type: "image".to_owned(), uri, alt_text: Some(PICTURE.to_owned()) };
            self.messages.push(Message::Media { media, buttons: std::mem::take(&mut buttons) });
        }
        if let Some(link) = link.filter(|_| !buttons.is_empty()) {
            self.messages.push(Message::Text { text: link.label.clone(), buttons });
        }
    }

    fn end(mut self, keyboard: &Keyboard, options: &Options) -> Shown {
        if self.bubbles.is_empty() {
            // A picture without an address that can be loaded, and nothing beside it.
            self.tell(Some(LOST), None, None);
            self.bubbles.push(wire::simple_text(LOST));
        }
        let labels = labels(&keyboard.buttons, limits::LABEL);
        let cut = keyboard.buttons.iter().zip(&labels).filter(|(button, label)| one_line(button) != **label);
        if let Some(longest) = cut.map(|(button, _)| units(button)).max() {
            self.note("label-cut", longest, limits::LABEL);
        }
        let mut chips: Vec<Value> = Vec::new();
        if keyboard.buttons.len() > limits::QUICK_REPLIES && options.many == Many::List {
            self.lists(&keyboard.buttons);
        } else {
            chips = keyboard.buttons.iter().zip(&labels).enumerate().map(says).collect();
        }
        let held = Held::of(self.bubbles, chips, MORE, CHOICE);
        Shown { held, messages: self.messages, notes: self.notes }
    }

    /// All buttons in list cards, five cards of four in a row.
    fn lists(&mut self, buttons: &[String]) {
        let (per_card, cards) = LIST_ITEMS;
        let titles = labels(buttons, LIST_TITLE);
        let items: Vec<Value> = buttons
            .iter()
            .zip(&titles)
            .enumerate()
            .map(|(number, (button, title))| {
                let payload = payload_of(number);
                let said = wire::says(title, &said_by(button), Some(&Extra::payload(&payload)));
                json!({"title": title, "action": "message", "messageText": said["messageText"], "extra": said["extra"]})
            })
            .collect();
        for row in items.chunks(per_card * cards) {
            let card = |items: &[Value]| json!({"header": {"title": CHOICE}, "items": items});
            if row.len() <= LONE_LIST_ITEMS {
                self.bubbles.push(wire::card("listCard", card(row)));
            } else {
                let cards: Vec<Value> = row.chunks(per_card).map(card).collect();
                self.bubbles.push(wire::carousel("listCard", &cards));
            }
        }
    }

    fn note(&mut self, what: &'static str, from: usize, to: usize) {
        self.notes.push(ShapeNote { message: None, bubble: self.bubbles.len(), what, from, to });
    }
}

fn says((number, (button, label)): (usize, (&String, &String))) -> Value {
    wire::says(label, &said_by(button), Some(&Extra::payload(&payload_of(number))))
}

fn thumbnail(mut picture: Value, square: bool) -> Value {
    if square {
        picture["fixedRatio"] = Value::from(true);
    }
    picture
}

/// The text of a card whose button shows less than its label.
fn with_label(said: &str, whole_label: Option<&str>) -> String {
    match whole_label {
        Some(label) => format!("{said}\n\n▸ {label}"),
        None => said.to_owned(),
    }
}

/// Labels of at most so many characters, all different: those that cutting made alike are numbered.
fn labels(buttons: &[String], limit: usize) -> Vec<String> {
    let mut taken: Vec<String> = Vec::with_capacity(buttons.len());
    for button in buttons {
        let whole = one_line(&text::clean(button));
        let whole = if whole.is_empty() { "선택".to_owned() } else { whole };
        let mut label = cut16(&whole, limit);
        let mut number = 2;
        while taken.contains(&label) {
            let suffix = format!(" ({number})");
            label = format!("{}{suffix}", cut16(&whole, limit - units(&suffix)));
            number += 1;
        }
        taken.push(label);
    }
    taken
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
