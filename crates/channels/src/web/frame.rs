//! The frames.

use engine::message::{Button, Media};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, value::RawValue};

/// What a page sends.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum ClientFrame {
    /// The first frame: who it is, and what it has already.
    Hello {
        /// The token that the session was begun with.
        token: String,
        /// The number of the last message that the page has; absent for none.
        #[serde(default)]
        after: Option<i64>,
        /// The room was opened, not only the connection: the bot may greet.
        #[serde(default)]
        start: bool,
        /// Params to be set.
        #[serde(default)]
        params: Map<String, Value>,
    },
    /// The end user says something or presses a button.
    Message {
        /// The page's id of it. Sent again with the same id it is the same message.
        id: String,
        /// What was typed, or the label of what was pressed.
        #[serde(default)]
        text: Option<String>,
        /// What the pressed button carries.
        #[serde(default)]
        payload: Option<String>,
        /// A picture that was uploaded.
        #[serde(default)]
        media: Option<Media>,
    },
    /// A goto button was pressed, or the page moves the conversation.
    Goto {
        /// The page's id of it.
        id: String,
        /// The flow.
        flow_id: i64,
        /// The node; the flow's entry where absent.
        #[serde(default)]
        node_id: Option<i64>,
        /// What stood on the button.
        #[serde(default)]
        label: Option<String>,
    },
    /// The room was opened on a connection that said hello without `start`: the bot may greet.
    Start {
        /// The page's id of it.
        id: String,
    },
    /// What was said before the oldest message that the page has.
    History {
        /// The page's id of it.
        id: String,
        /// The number of the oldest message that it has.
        before: i64,
    },
    /// From the start of the entry flow.
    Restart {
        /// The page's id of it.
        id: String,
    },
    /// The end user takes an agent call back.
    Cancel {
        /// The page's id of it.
        id: String,
    },
    /// Params to be set.
    Params {
        /// The page's id of it.
        id: String,
        /// Null takes a param away.
        params: Map<String, Value>,
    },
    /// The end user is typing.
    Typing,
    /// Is the server there?
    Ping,
}

/// What a page gets.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum ServerFrame<'a> {
    /// All that was missed has been sent.
    Ready {
        /// The number of the last message; -1 where there is none.
        seq: i64,
    },
    /// Something was said.
    Message {
        /// Its number in the thread, from 0.
        seq: i64,
        /// Its id.
        id: &'a str,
        /// `user`, `bot` or `agent`.
        from: &'a str,
        /// When, in milliseconds UTC.
        at: i64,
        /// The page's id, where the page sent it.
        #[serde(skip_serializing_if = "Option::is_none")]
        client_id: Option<&'a str>,
        /// How long to show typing before it, in milliseconds.
        #[serde(skip_serializing_if = "Option::is_none")]
        delay_ms: Option<u64>,
        /// What (spec bot.md, "Messages").
        data: &'a RawValue,
    },
    /// What was said earlier, as it was asked for.
    History {
        /// The page's id of what asked for it.
        id: &'a str,
        /// Messages, oldest first.
        messages: Vec<ServerFrame<'a>>,
        /// Is there anything before them?
        more: bool,
    },
    /// Who answers now, and what can be tapped.
    State {
        /// `bot`, `waiting` or `agent`.
        with: &'a str,
        /// Quick replies to the last message.
        quick_replies: &'a [Button],
        /// What takes an agent call back, while one waits.
        #[serde(skip_serializing_if = "Option::is_none")]
        cancel: Option<&'a str>,
    },
    /// What a frame with this id asked for is done and stored.
    Done {
        /// The page's id.
        id: &'a str,
    },
    /// Somebody is typing.
    Typing {
        /// `bot` or `agent`.
        from: &'a str,
    },
    /// Something could not be done.
    Error {
        /// The page's id, where there was one.
        #[serde(skip_serializing_if = "Option::is_none")]
        id: Option<&'a str>,
        /// A stable name.
        code: &'a str,
        /// For people, in Korean.
        ko: &'a str,
        /// For people, in English.
        en: &'a str,
        /// May it be sent again, and when, in milliseconds?
        #[serde(skip_serializing_if = "Option::is_none")]
        retry_after_ms: Option<i64>,
    },
    /// The server is there.
    Pong,
}

impl ServerFrame<'_> {
    /// As it is sent.
    pub fn text(&self) -> String {
        // Only maps with keys that are no strings fail to serialise; there are none.
        serde_json::to_string(self).unwrap_or_default()
    }
}
