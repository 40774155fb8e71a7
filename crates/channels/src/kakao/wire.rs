//! The JSON of a skill response (spec kakao-skill.md 4), built from pieces that are valid by themselves.
//!
//! Pieces are `serde_json::Value`: an answer has a dozen of them, and their sizes are measured before it is known
//! which of them go out.

use serde_json::{Map, Value, json};

use super::marker::Extra;

/// The whole response. `outputs` holds 1 to 3 pieces, `quick_replies` at most 10.
pub(crate) fn response(outputs: &[Value], quick_replies: &[Value]) -> String {
    let mut template = Map::new();
    template.insert("outputs".to_owned(), Value::from(outputs));
    if !quick_replies.is_empty() {
        template.insert("quickReplies".to_owned(), Value::from(quick_replies));
    }
    json!({"version": "2.0", "template": template}).to_string()
}

pub(crate) fn simple_text(text: &str) -> Value {
    json!({"simpleText": {"text": text}})
}

pub(crate) fn simple_image(url: &str, alt: &str) -> Value {
    json!({"simpleImage": {"imageUrl": url, "altText": alt}})
}

pub(crate) fn carousel(kind: &str, items: &[Value]) -> Value {
    json!({"carousel": {"type": kind, "items": items}})
}

pub(crate) fn card(kind: &str, card: Value) -> Value {
    Value::Object(Map::from_iter([(kind.to_owned(), card)]))
}

pub(crate) fn web_link(label: &str, url: &str) -> Value {
    json!({"label": label, "action": "webLink", "webLinkUrl": url})
}

pub(crate) fn phone(label: &str, number: &str) -> Value {
    json!({"label": label, "action": "phone", "phoneNumber": number})
}

pub(crate) fn operator(label: &str) -> Value {
    json!({"label": label, "action": "operator"})
}

/// A button or quick reply that says something; both have the same form.
pub(crate) fn says(label: &str, message: &str, extra: Option<&Extra<'_>>) -> Value {
    let mut button = json!({"label": label, "action": "message", "messageText": message});
    if let (Some(extra), Value::Object(map)) = (extra, &mut button) {
        map.insert("extra".to_owned(), serde_json::to_value(extra).unwrap_or_default());
    }
    button
}

/// How many bytes a piece takes on the wire.
pub(crate) fn size(piece: &Value) -> usize {
    piece.to_string().len()
}
