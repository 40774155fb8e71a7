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
    #[serde(skip_serializing_if = "Vec::is_empty", with = "flat")]
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

impl Session {
    /// As if the conversation had not begun: the next message begins at the entry flow. Params stay.
    pub fn forget_navigation(&mut self) {
        self.position = None;
        self.positions.clear();
        self.on_position = false;
        self.backstack.clear();
        self.agent_called = false;
    }
}

/// Places as one list of numbers: there may be a hundred of them in a row that every turn reads and writes.
mod flat {
    use serde::{Deserialize, Deserializer, Serializer, de::Error as _};

    use super::Place;

    pub(super) fn serialize<S: Serializer>(places: &[Place], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(places.iter().flat_map(|place| [place.flow, place.node]))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Place>, D::Error> {
        let numbers = Vec::<i64>::deserialize(deserializer)?;
        let (pairs, rest) = numbers.as_chunks::<2>();
        if !rest.is_empty() {
            return Err(D::Error::custom("places are pairs of numbers"));
        }
        Ok(pairs.iter().map(|&[flow, node]| Place { flow, node }).collect())
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_is_stored_and_read_alike() {
        let place = |flow, node| Place { flow, node };
        let session = Session {
            position: Some(place(1, 2)),
            positions: vec![place(1, 2), place(3, 4)],
            on_position: true,
            ..Session::default()
        };
        let stored = serde_json::to_string(&session).expect("is written");
        assert_eq!(stored, r#"{"position":{"f":1,"n":2},"positions":[1,2,3,4],"onPosition":true}"#);
        assert_eq!(serde_json::from_str::<Session>(&stored).expect("is read"), session);
        assert!(serde_json::from_str::<Session>(r#"{"positions":[1]}"#).is_err());
        assert_eq!(serde_json::from_str::<Session>("{}").expect("is read"), Session::default());
    }
}
