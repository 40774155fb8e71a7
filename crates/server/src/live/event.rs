//! Events as consoles get them: `{"seq", "at", "type", "chat", …}` (docs/live.md).

use serde::Serialize;
use serde_json::value::RawValue;
use store::{LiveRow, ThreadMessage};

use super::feed::Event;
use crate::chat::view::own_id;

/// A message of a thread, as consoles get it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Message<'a> {
    seq: i64,
    id: String,
    from: &'a str,
    at: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    author: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    client_id: Option<&'a str>,
    data: &'a RawValue,
}

#[derive(Debug, Serialize)]
struct Frame<'a> {
    seq: i64,
    at: i64,
    r#type: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    chat: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Message<'a>>,
    /// What the event says more: the chat after it, a line, …
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<&'a RawValue>,
}

/// The frame of an event.
pub fn of(row: &LiveRow) -> Event {
    let raw = |text: &'_ str| -> Option<Box<RawValue>> { RawValue::from_string(text.to_owned()).ok() };
    let data = raw(&row.data);
    let said = row.message.as_ref().and_then(|message| raw(&message.data));
    let message = row.message.as_ref().zip(said.as_deref()).map(|(message, data)| of_message(message, data));
    let frame = Frame {
        seq: row.seq,
        at: row.at,
        r#type: &row.kind,
        chat: row.end_user.map(|id| id.to_string()),
        message,
        data: data.as_deref(),
    };
    // Only maps with keys that are no strings fail to serialise; there are none.
    let text = serde_json::to_string(&frame).unwrap_or_default().into();
    Event { seq: row.seq, text, chat: row.end_user, to: None, holders: None }
}

fn of_message<'a>(message: &'a ThreadMessage, data: &'a RawValue) -> Message<'a> {
    Message {
        seq: message.seq,
        id: message.id.to_string(),
        from: &message.sender,
        at: message.at,
        author: message.author.map(|author| author.to_string()),
        client_id: message.client_id.as_deref().map(|id| own_id(id, message.author)),
        data,
    }
}
