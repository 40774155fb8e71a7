//! What is kept of a conversation between two changes.

use engine::{message::Button, session::Session};
use serde::{Deserialize, Serialize};

/// The state of a conversation, as it is stored.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Kept {
    /// The engine's part.
    #[serde(rename = "s")]
    pub session: Session,
    /// What can be tapped instead of typing.
    #[serde(rename = "q", skip_serializing_if = "Vec::is_empty")]
    pub quick_replies: Vec<Button>,
    /// What takes an agent call back, while one waits.
    #[serde(rename = "c", skip_serializing_if = "Option::is_none")]
    pub cancel: Option<String>,
}

impl Kept {
    /// Reads what was stored. What cannot be read is as if it had never been.
    pub fn read(state: &str) -> Self {
        serde_json::from_str(state).unwrap_or_else(|error| {
            tracing::error!(%error, "the stored state of a conversation cannot be read; it begins anew");
            Self::default()
        })
    }

    /// As it is stored.
    pub fn text(&self) -> String {
        // Only maps with keys that are no strings fail to serialise; there are none.
        serde_json::to_string(self).unwrap_or_default()
    }
}
