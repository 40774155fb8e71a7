//! What happened in a turn, node by node, for the inspector and for replays.
//!
//! A trace is stored with every turn, so it is short: what can be looked up elsewhere (the node's own data in the
//! bot's version, the text of a message in the thread) is not repeated, and empty parts are not written.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The trace of one turn.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Trace {
    /// The node whose edges were tried with the event, where there was one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Visit>,
    /// The nodes that ran, in order.
    pub visits: Vec<Visit>,
    /// Why the turn failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fault: Option<String>,
}

/// One node of a turn.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Visit {
    /// The flow's id.
    pub flow: i64,
    /// The node's id.
    pub node: i64,
    /// The node's type.
    pub kind: String,
    /// The position of the edge that was taken in the node's list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edge: Option<usize>,
    /// The node's data after templates, where templates changed it and it is no message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<Value>,
    /// What the node changed in the context: key → new value, null where it was removed.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub changed: Map<String, Value>,
    /// How many messages it sent.
    #[serde(skip_serializing_if = "is_zero")]
    pub sent: usize,
    /// Why the node failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// How long the world took to answer its question, in milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waited_ms: Option<u64>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
fn is_zero(count: &usize) -> bool {
    *count == 0
}
