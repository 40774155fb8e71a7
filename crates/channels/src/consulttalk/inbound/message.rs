//! `/message`: what the customer sent (spec consulttalk.md 2.1, 6.5, 7.1).

use serde_json::{Map, Value};

use super::{Heard, MediaKind, Part};
use crate::consulttalk::{
    Relay,
    loose::{self, Object},
};

/// What is left where a relay names no kind.
const NAMELESS: &str = "unknown";

/// The message in a hook. A body in DKTechin's chapters is known by them; resellers pass on the native one, too.
pub(super) fn read(relay: Relay, object: &Object<'_>) -> Heard {
    match object.map.get("chapters").and_then(Value::as_array) {
        Some(chapters) if relay == Relay::Dktechin => from_chapters(object, chapters),
        _ => from_contents(object),
    }
}

fn from_contents(object: &Object<'_>) -> Heard {
    let map = &object.map;
    let attachment = loose::object(map, &["attachment"]);
    // A body of DKTechin's whose chapters are missing still has a number.
    let in_meta = || loose::said(loose::object(map, &["meta"])?, &["serialNumber", "serial_number"]);
    let mut heard = Heard {
        serial: object.id(&["serial_number", "serialNumber", "msgKey"]).or_else(in_meta),
        parts: Vec::new(),
        long_text: attachment.and_then(|attachment| loose::said(attachment, &["url"])),
        extra: loose::said(map, &["extra"]),
    };
    let named = loose::said(map, &["type", "msgType"]);
    // A body without a type is a text where it holds one.
    let kind = named.clone().unwrap_or_else(|| "text".to_owned());
    let items: &[Value] = match map.get("contents") {
        Some(Value::Array(items)) if !items.is_empty() => items,
        Some(Value::String(_) | Value::Object(_)) => std::slice::from_ref(&map["contents"]),
        _ => loose::get(map, &["content"]).map_or(&[], std::slice::from_ref),
    };
    if kind.eq_ignore_ascii_case("text") {
        heard.parts.extend(items.iter().filter_map(|item| text(item).map(Part::Text)));
    } else if let Some(media) = media_kind(&kind) {
        // An item without an address says nothing that could be shown.
        heard.parts.extend(items.iter().filter_map(|item| from_item(media, item)));
    }
    if heard.parts.is_empty() && heard.long_text.is_none() {
        heard.parts.push(Part::Unknown { kind: named.unwrap_or_else(|| NAMELESS.to_owned()) });
    }
    heard
}

fn from_chapters(object: &Object<'_>, chapters: &[Value]) -> Heard {
    let none = Map::new();
    let meta = loose::object(&object.map, &["meta"]).unwrap_or(&none);
    let mut heard = Heard {
        serial: loose::said(meta, &["serialNumber", "serial_number"])
            .or_else(|| object.id(&["serial_number", "serialNumber"])),
        extra: loose::said(&object.map, &["extra"]).or_else(|| loose::said(meta, &["extra"])),
        ..Heard::default()
    };
    let sections = chapters
        .iter()
        .filter_map(|chapter| chapter.get("sections")?.as_array())
        .flatten()
        .filter_map(Value::as_object);
    for section in sections {
        let attachment = loose::object(section, &["attachment"]);
        let of_attachment = |name: &str| attachment.and_then(|attachment| loose::said(attachment, &[name]));
        heard.extra =
            heard.extra.or_else(|| loose::said(section, &["extra"])).or_else(|| of_attachment("extra"));
        let kind = loose::said(section, &["type"]).unwrap_or_else(|| "text".to_owned());
        let shown = loose::said(section, &["display"]).unwrap_or_else(|| kind.clone());
        let data = section.get("data").unwrap_or(&Value::Null);
        if kind.eq_ignore_ascii_case("text") {
            let address = of_attachment("url");
            let has_address = address.is_some();
            heard.long_text = heard.long_text.or(address);
            match text(data) {
                Some(text) => heard.parts.push(Part::Text(text)),
                None if has_address => {}
                None => heard.parts.push(Part::Unknown { kind }),
            }
        } else {
            let part = media_kind(&shown).and_then(|media| from_item(media, data));
            heard.parts.push(part.unwrap_or(Part::Unknown { kind: shown }));
        }
    }
    if heard.parts.is_empty() && heard.long_text.is_none() {
        heard.parts.push(Part::Unknown { kind: NAMELESS.to_owned() });
    }
    heard
}

fn media_kind(name: &str) -> Option<MediaKind> {
    let kinds = [
        ("photo", MediaKind::Photo),
        ("image", MediaKind::Photo),
        ("video", MediaKind::Video),
        ("audio", MediaKind::Audio),
        ("file", MediaKind::File),
    ];
    kinds.into_iter().find(|(word, _)| name.eq_ignore_ascii_case(word)).map(|(_, kind)| kind)
}

/// The words of an item: the item itself, or what stands in its comment (Bizgo).
fn text(item: &Value) -> Option<String> {
    let text = match item {
        Value::String(text) => text,
        Value::Object(map) => ["comment", "text"].iter().find_map(|name| map.get(*name)?.as_str())?,
        _ => return None,
    };
    (!text.trim().is_empty()).then(|| text.to_owned())
}

fn from_item(kind: MediaKind, item: &Value) -> Option<Part> {
    let (address, comment) = match item {
        Value::String(address) => (address.as_str(), ""),
        Value::Object(map) => {
            (map.get("url")?.as_str()?, map.get("comment").and_then(Value::as_str).unwrap_or_default())
        }
        _ => return None,
    };
    let address = address.trim();
    (!address.is_empty()).then(|| Part::Media { kind, url: address.to_owned(), comment: comment.to_owned() })
}
