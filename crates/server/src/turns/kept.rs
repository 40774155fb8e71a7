//! What is kept of a conversation between two turns: the engine's session and the channel's remainder.

use channels::kakao::outbound::Held;
use engine::session::Session;
use serde::{Deserialize, Serialize};

/// How many request ids are remembered per end user. Kakao was never seen to repeat a request; a proxy may.
const MAX_RECENT: usize = 4;

/// The state of a conversation, as it is stored.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Kept {
    /// The engine's part.
    #[serde(rename = "s")]
    pub session: Session,
    /// What did not fit into the last answer.
    #[serde(rename = "h", skip_serializing_if = "Option::is_none")]
    pub held: Option<Held>,
    /// An answer that took longer than Kakao waits.
    #[serde(rename = "l", skip_serializing_if = "Option::is_none")]
    pub late: Option<Late>,
    /// What a bridge keeps of the person.
    #[serde(rename = "b", skip_serializing_if = "Option::is_none")]
    pub bridge: Option<channels::smartchat::State>,
    /// The last requests and the turns that answered them; stored in a column of its own.
    #[serde(skip)]
    pub recent: Vec<(String, String)>,
}

/// An answer that came after its person was told to wait.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Late {
    /// All of it.
    #[serde(rename = "a")]
    pub held: Held,
    /// It was fetched: it is shown again when it is asked for again, but not by itself.
    #[serde(rename = "f", default)]
    pub fetched: bool,
    /// What is said to fetch it, where the marker does not come back.
    #[serde(rename = "m", default)]
    pub button: String,
}

impl Kept {
    /// Reads what was stored. What cannot be read is as if it had never been, and told to the caller.
    pub fn read(state: &str, recent: &str) -> (Self, bool) {
        let kept = serde_json::from_str::<Self>(state);
        let sound = kept.is_ok();
        let mut kept = kept.unwrap_or_default();
        kept.recent = serde_json::from_str(recent).unwrap_or_default();
        (kept, sound)
    }

    /// What was held back as an answer that is still to be seen: its person asked for it and was told to wait.
    #[must_use]
    pub fn unseen(mut self, button: &str) -> Self {
        let held = self.held.take();
        self.late = match self.late.take() {
            Some(late) => Some(Late { fetched: false, ..late }),
            None => held.map(|held| Late { held, fetched: false, button: button.to_owned() }),
        };
        self
    }

    /// As it is stored.
    pub fn state(&self) -> String {
        // Only maps with keys that are no strings fail to serialise; there are none.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The turn that answered this request before.
    pub fn answered(&self, request_id: &str) -> Option<&str> {
        self.recent.iter().find(|(id, _)| id == request_id).map(|(_, turn)| turn.as_str())
    }

    /// Remembers a request and its turn.
    pub fn remember(&mut self, request_id: &str, turn: &str) {
        if self.recent.len() >= MAX_RECENT {
            self.recent.remove(0);
        }
        self.recent.push((request_id.to_owned(), turn.to_owned()));
    }
}
