//! What the old server answers (spec legacy-smartchat.md 3, 4), read as leniently as twenty real bots of those years need.
//!
//! Numbers stand as texts and texts as numbers, a BOM comes first, keys are in the way, a keyboard is wrapped. What the
//! old platform ignored is ignored and named in [`Reply::oddities`]; what it refused is [`Unread`].

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::text;

/// Buttons that the old platform took (4); further ones were cut.
pub const MAX_BUTTONS: usize = 100;
/// Characters of a button that are kept (ours).
const MAX_BUTTON: usize = 1_000;
/// Characters of a text that are read (ours): the old platform showed 1,000.
const MAX_TEXT: usize = 20_000;
/// Bytes of an answer that are read (ours).
pub const MAX_BYTES: usize = 256 * 1024;

/// A keyboard. Without buttons it is free text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Keyboard {
    /// The buttons, in order, each once.
    pub buttons: Vec<String>,
}

impl Keyboard {
    /// Nothing can be pressed.
    pub fn is_blank(&self) -> bool {
        self.buttons.is_empty()
    }

    /// Is this one of the buttons, white space around it aside?
    pub fn offers(&self, said: &str) -> bool {
        self.buttons.iter().any(|button| button.trim() == said.trim())
    }
}

/// A picture.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Photo {
    /// Where it is, as the old server writes it.
    pub url: String,
    /// Width and height, where both are known.
    pub size: Option<(f64, f64)>,
}

impl Photo {
    /// Known to be twice as wide as high, which KakaoTalk shows whole.
    pub fn is_two_to_one(&self) -> bool {
        self.size.is_some_and(|(width, height)| (width / height - 2.0).abs() < 0.02)
    }
}

/// A link at the bubble's foot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// What stands on it; never blank.
    pub label: String,
    /// Where it leads.
    pub url: String,
}

/// An answer to a message.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Reply {
    /// The text.
    pub text: Option<String>,
    /// The picture.
    pub photo: Option<Photo>,
    /// The link.
    pub link: Option<Link>,
    /// The keyboard; `None` where the answer has none.
    pub keyboard: Option<Keyboard>,
    /// What is odd about it, as stable names.
    #[serde(skip)]
    pub oddities: Vec<&'static str>,
}

/// Why an answer is none. Each was an error of the old platform, too.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unread {
    /// The body is empty.
    #[error("the body is empty")]
    Empty,
    /// It is a page of HTML.
    #[error("the body is an HTML page, not JSON")]
    Html,
    /// It is no JSON.
    #[error("the body is not JSON: {0}")]
    NotJson(String),
    /// It is JSON, but no object.
    #[error("the body is JSON, but no object")]
    NotAnObject,
    /// There is no `message` in it.
    #[error("there is no \"message\" in it")]
    NoMessage,
    /// The message has neither text nor photo nor link.
    #[error("the message has neither text nor photo nor message_button")]
    EmptyMessage,
    /// The keyboard is none: no `type`, or `buttons` that are no list ("wrong keyboard initialization").
    #[error("wrong keyboard initialization: {0}")]
    WrongKeyboard(&'static str),
}

impl Unread {
    /// What happened and what to do, in Korean.
    pub fn ko(&self) -> String {
        match self {
            Self::Empty => "응답 본문이 비어 있어요.".to_owned(),
            Self::Html => {
                "JSON이 아니라 HTML 페이지가 왔어요. 서버가 오류 화면을 보내는지 확인해 주세요.".to_owned()
            }
            Self::NotJson(why) => format!("응답이 JSON이 아니에요: {why}"),
            Self::NotAnObject => "응답이 JSON이지만 객체({…})가 아니에요.".to_owned(),
            Self::NoMessage => "응답에 message가 없어요.".to_owned(),
            Self::EmptyMessage => "message에 text, photo, message_button이 하나도 없어요.".to_owned(),
            Self::WrongKeyboard(why) => {
                format!("키보드 형식이 올바르지 않아요(wrong keyboard initialization): {why}")
            }
        }
    }
}

/// Reads the answer to `GET /keyboard`: the bare keyboard, or one in `keyboard`.
pub fn home(body: &[u8]) -> Result<Keyboard, Unread> {
    let root = object(body)?;
    let bare = root.contains_key("type") || root.contains_key("buttons");
    let inner = root.get("keyboard").and_then(Value::as_object).filter(|_| !bare);
    keyboard(inner.unwrap_or(&root)).map(|(keyboard, _)| keyboard)
}

/// Reads the answer to `POST /message`.
pub fn reply(body: &[u8]) -> Result<Reply, Unread> {
    let root = object(body)?;
    let message = root.get("message").and_then(Value::as_object).ok_or(Unread::NoMessage)?;
    let mut oddities = Vec::new();
    if ["photo", "message_button", "text"].iter().any(|key| root.contains_key(*key)) {
        // It did not show then and does not now: whoever runs the server finds it named.
        oddities.push("misplaced-part");
    }
    let text = message.get("text").and_then(text_of).filter(|text| !text.trim().is_empty());
    let photo = message.get("photo").and_then(photo_of);
    if photo.is_none() && message.get("photo").is_some_and(|photo| !photo.is_null()) {
        oddities.push("photo-without-url");
    }
    let link = message.get("message_button").and_then(link_of);
    if link.is_none() && message.get("message_button").is_some_and(|link| !link.is_null()) {
        oddities.push("message-button-without-url");
    }
    if text.is_none() && photo.is_none() && link.is_none() {
        return Err(Unread::EmptyMessage);
    }
    let keyboard = match root.get("keyboard") {
        None | Some(Value::Null) => None,
        Some(value) => match value.as_object().map(keyboard) {
            Some(Ok((keyboard, odd))) => {
                oddities.extend(odd);
                Some(keyboard)
            }
            // The message itself is well, and a person waits for it.
            Some(Err(_)) | None => {
                oddities.push("wrong-keyboard");
                None
            }
        },
    };
    Ok(Reply { text, photo, link, keyboard, oddities })
}

fn object(body: &[u8]) -> Result<Map<String, Value>, Unread> {
    let text = String::from_utf8_lossy(body);
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.is_empty() {
        return Err(Unread::Empty);
    }
    if text.starts_with('<') {
        return Err(Unread::Html);
    }
    match serde_json::from_str(text) {
        Ok(Value::Object(map)) => Ok(map),
        Ok(_) => Err(Unread::NotAnObject),
        Err(error) => Err(Unread::NotJson(error.to_string())),
    }
}

/// A keyboard, and what is odd about it.
fn keyboard(map: &Map<String, Value>) -> Result<(Keyboard, Vec<&'static str>), Unread> {
    let kind = map.get("type").and_then(Value::as_str).map(str::trim);
    let is_buttons = match kind {
        Some("buttons") => true,
        Some("text") => false,
        Some(_) => return Err(Unread::WrongKeyboard("type has to be \"buttons\" or \"text\"")),
        None => return Err(Unread::WrongKeyboard("there is no type")),
    };
    if !is_buttons {
        return Ok((Keyboard::default(), Vec::new()));
    }
    let list = match map.get("buttons") {
        None | Some(Value::Null) => return Ok((Keyboard::default(), Vec::new())),
        Some(Value::Array(list)) => list,
        Some(_) => return Err(Unread::WrongKeyboard("buttons has to be a list of texts")),
    };
    let mut buttons: Vec<String> = Vec::new();
    for label in list.iter().filter_map(text_of) {
        let label: String = label.chars().take(MAX_BUTTON).collect();
        // What has nothing that can be seen cannot be pressed.
        if !text::clean(&label).trim().is_empty() && !buttons.contains(&label) {
            if buttons.len() == MAX_BUTTONS {
                return Ok((Keyboard { buttons }, vec!["buttons-over-100"]));
            }
            buttons.push(label);
        }
    }
    Ok((Keyboard { buttons }, Vec::new()))
}

/// A text, or a number or truth as one.
fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if text.len() > MAX_TEXT => Some(text.chars().take(MAX_TEXT).collect()),
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        _ => None,
    }
}

fn number_of(value: &Value) -> Option<f64> {
    let number = match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.trim().trim_end_matches("px").trim_end().parse().ok(),
        _ => None,
    };
    number.filter(|number| number.is_finite() && *number > 0.0)
}

fn photo_of(value: &Value) -> Option<Photo> {
    let url = value.get("url")?.as_str().map(str::trim).filter(|url| !url.is_empty())?.to_owned();
    let side = |name: &str| value.get(name).and_then(number_of);
    Some(Photo { url, size: side("width").zip(side("height")) })
}

fn link_of(value: &Value) -> Option<Link> {
    let url = value.get("url")?.as_str().map(str::trim).filter(|url| !url.is_empty())?.to_owned();
    let label = value.get("label").and_then(text_of).filter(|label| !label.trim().is_empty());
    Some(Link { label: label.unwrap_or_else(|| "바로가기".to_owned()), url })
}
