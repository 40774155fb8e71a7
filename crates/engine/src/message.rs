//! What a bot says and what an end user says: the one vocabulary of all channels.
//!
//! Shapes are those of spec `bot.md` ("Messages", "Buttons"). They are what is stored, what webhooks carry and what
//! a channel turns into its own dialect; no channel's limit is applied here.

mod read;

pub use read::{NoMessage, buttons};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// One message, sent by a bot or an agent, or received from an end user.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase")]
pub enum Message {
    /// Plain text with buttons (up to 9 by the file format).
    Text {
        /// The text as people see it.
        text: String,
        /// Buttons under the text.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        buttons: Vec<Button>,
    },
    /// A picture, video, sound or link.
    Media {
        /// What is shown.
        media: Media,
        /// Buttons under it; the file format has none, exports of others may.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        buttons: Vec<Button>,
    },
    /// Cards side by side.
    Cards {
        /// Up to 10 by the file format.
        cards: Vec<Card>,
    },
    /// A point on the map.
    Location {
        /// The point.
        location: Location,
    },
}

/// A picture, video, sound or link.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Media {
    /// `image`, `video`, `audio` or `link`; an open string, since files hold others.
    pub content_type: String,
    /// Where it is.
    pub uri: String,
    /// What it shows, for those who cannot see it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alt_text: Option<String>,
}

/// One card.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Card {
    /// The first line.
    pub title: String,
    /// The text below.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The picture above.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub media: Option<Media>,
    /// Where a press on the card leads.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uri: Option<String>,
    /// Buttons below (up to 9 by the file format).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub buttons: Vec<Button>,
}

/// A point on the map.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Location {
    /// Its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
}

/// A button of a message or card, or a quick reply.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Button {
    /// What stands on it.
    pub label: String,
    /// What a press does.
    #[serde(flatten)]
    pub action: Action,
}

/// What a press on a button does.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum Action {
    /// Opens an address.
    Link {
        /// The address.
        uri: String,
    },
    /// Sends a message as the end user. Without payload the label is sent as text.
    Postback {
        /// Sent beside the label; up to 1,000 characters. JSON is read as an object by the bot.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        payload: Option<String>,
    },
    /// Goes to a flow, or to one node of it.
    Goto {
        /// The flow.
        #[serde(rename = "flowId")]
        flow_id: i64,
        /// The node; the flow's entry where absent.
        #[serde(rename = "nodeId", default, skip_serializing_if = "Option::is_none")]
        node_id: Option<i64>,
    },
}

/// What an end user sent.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Received {
    /// `text`, `media`, `location` or a channel's own word for what we cannot read.
    pub kind: String,
    /// What was typed, or the label of what was pressed.
    pub text: Option<String>,
    /// What the pressed button carried.
    pub payload: Option<String>,
    /// A picture or file.
    pub media: Option<Media>,
    /// A place.
    pub location: Option<Location>,
}

impl Received {
    /// A typed text.
    pub fn text(text: impl Into<String>) -> Self {
        Self { kind: "text".to_owned(), text: Some(text.into()), ..Self::default() }
    }

    /// A pressed button: its label as text, and what it carried.
    pub fn postback(label: impl Into<String>, payload: impl Into<String>) -> Self {
        Self { payload: Some(payload.into()), ..Self::text(label) }
    }

    /// A picture, video or sound.
    pub fn media(media: Media) -> Self {
        Self { kind: "media".to_owned(), media: Some(media), ..Self::default() }
    }

    /// The `message` of the context (spec bot.md, "Context"): a payload that is JSON is an object there.
    pub fn to_context(&self) -> Value {
        let mut map = Map::new();
        map.insert("type".to_owned(), Value::String(self.kind.clone()));
        if let Some(text) = &self.text {
            map.insert("text".to_owned(), Value::String(text.clone()));
        }
        if let Some(payload) = &self.payload {
            let read = match serde_json::from_str::<Value>(payload) {
                Ok(value @ (Value::Object(_) | Value::Array(_))) => value,
                _ => Value::String(payload.clone()),
            };
            map.insert("payload".to_owned(), read);
        }
        if let Some(media) = &self.media {
            map.insert("media".to_owned(), to_value(media));
        }
        if let Some(location) = &self.location {
            map.insert("location".to_owned(), to_value(location));
        }
        Value::Object(map)
    }
}

fn to_value<T: Serialize>(part: &T) -> Value {
    serde_json::to_value(part).unwrap_or(Value::Null)
}
