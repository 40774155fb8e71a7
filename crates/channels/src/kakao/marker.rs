//! What our buttons carry, so that a press is told from typing (spec kakao-skill.md 4.11, "extra → clientExtra").
//!
//! `{"closer":{"p":"payload"}}`, `{"closer":{"f":12,"n":3}}`, `{"closer":{"more":1}}`,
//! `{"closer":{"late":1}}`. These shapes live in messages
//! that people may press weeks later: add keys, never change one.
//!
//! A marker is no proof of anything. The text comes back without it when Kakao matches the utterance to a block with
//! another skill, and anyone who can call the skill URL can write one.

use serde::Serialize;
use serde_json::{Map, Value};

/// The key in `extra` under which everything of ours stands.
const KEY: &str = "closer";

/// `extra` of a button or quick reply of ours.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Extra<'a> {
    closer: Mark<'a>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize)]
struct Mark<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    p: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    f: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    n: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    more: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    late: Option<u8>,
}

impl<'a> Extra<'a> {
    /// A press that brings a payload.
    pub(crate) fn payload(payload: &'a str) -> Self {
        Self { closer: Mark { p: Some(payload), ..Mark::default() } }
    }

    /// A press that leads to a flow or node.
    pub(super) fn goto(flow_id: i64, node_id: Option<i64>) -> Self {
        Self { closer: Mark { f: Some(flow_id), n: node_id, ..Mark::default() } }
    }

    /// A press that asks for what did not fit.
    pub(super) fn more() -> Self {
        Self { closer: Mark { more: Some(1), ..Mark::default() } }
    }

    /// A press that asks for the answer that took longer.
    pub(super) fn late() -> Self {
        Self { closer: Mark { late: Some(1), ..Mark::default() } }
    }
}

/// A marker that came back.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Pressed {
    /// A postback with its payload.
    Payload(String),
    /// A goto button.
    Goto { flow_id: i64, node_id: Option<i64> },
    /// "더보기".
    More,
    /// "답변 보기".
    Late,
    /// Ours by its key, but of a shape that no version of ours has written.
    Unknown,
}

/// The marker in a `clientExtra`, if there is one.
pub(super) fn read(client_extra: &Map<String, Value>) -> Option<Pressed> {
    let mark = client_extra.get(KEY)?;
    if let Some(payload) = mark.get("p") {
        return Some(match payload {
            Value::String(text) => Pressed::Payload(text.clone()),
            Value::Null => Pressed::Unknown,
            other => Pressed::Payload(other.to_string()),
        });
    }
    if let Some(flow_id) = mark.get("f").and_then(integer) {
        return Some(Pressed::Goto { flow_id, node_id: mark.get("n").and_then(integer) });
    }
    if mark.get("more").is_some() {
        return Some(Pressed::More);
    }
    if mark.get("late").is_some() {
        return Some(Pressed::Late);
    }
    Some(Pressed::Unknown)
}

/// Numbers survive Kakao's way there and back, but a number in quotes is as clear.
fn integer(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.parse().ok(),
        _ => None,
    }
}
