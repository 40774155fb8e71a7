//! From a skill request to what is to be asked of the old server (spec legacy-smartchat.md 7.1).

use engine::event::Event;
use serde_json::Value;

use super::{Options, State};
use crate::kakao::{
    inbound::{BlockKind, Heard, Inbound},
    limits,
};
use crate::text;

/// How the payload of one of our buttons begins; behind it stands the button's number in its keyboard.
const BUTTON: &str = "legacy:";

/// Kinds of messages that the old API knew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A text.
    Text,
    /// The address of a picture.
    Photo,
    /// The address of a video.
    Video,
    /// The address of a sound.
    Audio,
}

impl Kind {
    /// Its name on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Photo => "photo",
            Self::Video => "video",
            Self::Audio => "audio",
        }
    }
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// Tell of a new friend without waiting for it, then show the home keyboard.
    Welcome,
    /// Show the home keyboard.
    Home,
    /// Ask the old server.
    Message {
        /// What kind of message.
        kind: Kind,
        /// The text or address.
        content: String,
        /// Tell of a friend first, who is older than the bridge.
        friend: bool,
    },
    /// Show the last buttons again without a call.
    Again,
    /// Say that this cannot be read; no call.
    Unsupported,
}

/// What the old server calls this person: what was chosen before; else the channel's own key, so that a server's stored
/// users may match; else the bot's key for them (5).
pub fn user_key(inbound: &Inbound, state: &State) -> String {
    if !state.user_key.is_empty() {
        return state.user_key.clone();
    }
    let properties = inbound.kakao.get("user").and_then(|user| user.get("properties"));
    let of_channel = ["plusfriendUserKey", "plusfriend_user_key"].iter().find_map(|name| {
        let key = properties?.get(*name)?.as_str()?.trim();
        (!key.is_empty() && key.chars().count() <= 200).then(|| key.to_owned())
    });
    of_channel.unwrap_or_else(|| inbound.user.as_ref().map(ToString::to_string).unwrap_or_default())
}

/// The body of `POST /message`: these three fields and no other, since some servers refuse what they do not know (2).
pub fn body(user_key: &str, kind: Kind, content: &str) -> String {
    let text = |text: &str| Value::from(text).to_string();
    format!("{{\"user_key\":{},\"type\":\"{}\",\"content\":{}}}", text(user_key), kind.name(), text(content))
}

/// The body of `POST /friend`.
pub fn friend_body(user_key: &str) -> String {
    format!("{{\"user_key\":{}}}", Value::from(user_key))
}

/// What a request asks for.
pub fn wanted(inbound: &Inbound, state: &State, options: &Options) -> Wanted {
    let is_new = state.user_key.is_empty();
    let utterance = utterance(inbound);
    if goes_home(inbound, &utterance, options) {
        return Wanted::Home;
    }
    let heard = match &inbound.heard {
        // The page that was asked for is gone; its label must never reach the old server.
        Heard::More | Heard::Late => return Wanted::Again,
        Heard::Unreadable => return Wanted::Unsupported,
        Heard::Event(Event::Message(heard)) => Some(heard),
        Heard::Event(_) => None,
    };
    let payload = heard.and_then(|heard| heard.payload.as_deref());
    if inbound.block.kind == BlockKind::Welcome && payload.is_none() {
        return Wanted::Welcome;
    }
    let friend = is_new && options.tell_old_friends;
    let secure = inbound.kakao.get("secureImages").and_then(|urls| urls.get(0)).and_then(Value::as_str);
    let media = heard.and_then(|heard| heard.media.as_ref());
    let sent = media.map(|media| (media.content_type.as_str(), media.uri.as_str()));
    if let Some((kind, uri)) = sent.or_else(|| secure.map(|uri| ("image", uri))) {
        let kind = match kind {
            "image" => Kind::Photo,
            "video" => Kind::Video,
            "audio" => Kind::Audio,
            _ => return Wanted::Unsupported,
        };
        if options.strict_buttons && !state.keyboard.is_blank() {
            return Wanted::Again;
        }
        return Wanted::Message { kind, content: uri.to_owned(), friend };
    }
    let content = pressed(payload, &utterance, state).unwrap_or(utterance);
    if content.trim().is_empty() {
        // A blank block of somebody new is how some welcome blocks are seen to speak (kakao-skill.md 3.1); from
        // anybody else it is nothing, and at least one old server dies of it.
        return if is_new && inbound.block.kind != BlockKind::Fallback {
            Wanted::Welcome
        } else {
            Wanted::Again
        };
    }
    if options.strict_buttons && !state.keyboard.is_blank() && !state.keyboard.offers(&content) {
        return Wanted::Again;
    }
    Wanted::Message { kind: Kind::Text, content, friend }
}

/// The utterance without line breaks at its end; spaces inside and around stay, since buttons are compared letter by
/// letter.
fn utterance(inbound: &Inbound) -> String {
    let raw = inbound.kakao.get("utterance").and_then(Value::as_str).or(inbound.said.as_deref());
    raw.unwrap_or_default().trim_end_matches(['\n', '\r']).to_owned()
}

fn goes_home(inbound: &Inbound, utterance: &str, options: &Options) -> bool {
    let home = inbound.kakao.get("clientExtra").and_then(|extra| extra.get("home"));
    let by_extra = home.is_some_and(|home| !matches!(home, Value::Null | Value::Bool(false)));
    let said = utterance.trim();
    by_extra || (!said.is_empty() && options.home_words.iter().any(|word| word.trim() == said))
}

/// The button that was pressed, letter by letter, where the marker that came back fits to what is visibly said.
fn pressed(payload: Option<&str>, utterance: &str, state: &State) -> Option<String> {
    let number: usize = payload?.strip_prefix(BUTTON)?.parse().ok()?;
    let button = state.keyboard.buttons.get(number)?;
    (said_by(button).trim() == utterance.trim()).then(|| button.clone())
}

/// What a button says in the room.
pub(super) fn said_by(button: &str) -> String {
    text::cut(&text::clean(button), limits::MESSAGE_TEXT)
}

/// What a button carries back.
pub(super) fn payload_of(number: usize) -> String {
    format!("{BUTTON}{number}")
}
