//! What is kept of a conversation between two turns.
//!
//! It is stored as JSON in one row and read back whole, so it is kept small: empty parts are not written, and lists
//! that could grow without end are bounded. Fields may be added; a stored session of an older version reads with
//! their defaults.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::message::Action;

/// How many back positions are remembered.
pub const MAX_POSITIONS: usize = 100;

/// The state of a conversation at rest.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Session {
    /// The node at which the conversation rests; `None` before it began.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<Place>,
    /// Where the position before was, for `navigation.prev`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub previous: Option<Place>,
    /// The conversation's params.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub params: Map<String, Value>,
    /// The results of nodes by type: `keyboard`, `fetch`, …
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub results: Map<String, Value>,
    /// The back positions, newest last (spec bot.md, "Back positions").
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub positions: Vec<Place>,
    /// Is the newest position the one where the user stands? Not so at the start and after `drop`.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub on_position: bool,
    /// The explicit stack of the deprecated `backstack` node, newest last.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub backstack: Vec<Place>,
    /// Buttons of the last answer that do more than send their label. Channels that send back only the label of what
    /// was pressed find their meaning here.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub offers: Vec<Offer>,
    /// An agent was called and the end user waits.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub agent_called: bool,
}

/// A node of a flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Place {
    /// The flow's id.
    #[serde(rename = "f")]
    pub flow: i64,
    /// The node's id.
    #[serde(rename = "n")]
    pub node: i64,
}

/// A button that was shown and what it does.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Offer {
    /// What stands on it.
    #[serde(rename = "l")]
    pub label: String,
    /// What a press does: a postback with payload, or a goto.
    #[serde(rename = "a")]
    pub action: Action,
}
