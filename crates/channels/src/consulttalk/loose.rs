//! JSON as the relays write it: numbers as texts and texts as numbers, keys in two spellings, nothing where something
//! should be.

use std::{borrow::Cow, collections::HashMap};

use serde_json::{Map, Value, value::RawValue};

/// Longer texts are no keys, codes or names.
const MAX_WORD: usize = 1_000;

/// A JSON object, with the text that it was read from.
pub(super) struct Object<'a> {
    text: Cow<'a, str>,
    pub(super) map: Map<String, Value>,
}

impl<'a> Object<'a> {
    /// Bytes that are a JSON object. Broken characters inside are replaced: a message with one is still a message.
    pub(super) fn read(body: &'a [u8]) -> Option<Self> {
        let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
        let text = String::from_utf8_lossy(body);
        let map = serde_json::from_str(&text).ok()?;
        Some(Self { text, map })
    }

    /// The id under the first of these names that has one. Ids of Kakao outgrow the numbers of JavaScript, and one that outgrew ours, too, is
    /// taken as it is written.
    pub(super) fn id(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| match self.map.get(*name)? {
            Value::Number(number) if number.is_f64() => {
                let raw: HashMap<Cow<'_, str>, &RawValue> = serde_json::from_str(&self.text).ok()?;
                Some(raw.get(*name)?.get().to_owned())
            }
            value => word(value),
        })
    }
}

/// What stands under the first of these names that has something under it.
pub(super) fn get<'a>(map: &'a Map<String, Value>, names: &[&str]) -> Option<&'a Value> {
    names.iter().filter_map(|name| map.get(*name)).find(|value| !value.is_null())
}

/// The object under one of these names.
pub(super) fn object<'a>(map: &'a Map<String, Value>, names: &[&str]) -> Option<&'a Map<String, Value>> {
    names.iter().find_map(|name| map.get(*name)?.as_object())
}

/// The word under the first of these names that has one.
pub(super) fn said(map: &Map<String, Value>, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| word(map.get(*name)?))
}

/// A text that is not blank, or a number or truth value as text.
pub(super) fn word(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Bool(truth) => truth.to_string(),
        _ => return None,
    };
    (!text.is_empty() && text.chars().nth(MAX_WORD).is_none()).then_some(text)
}

/// Bytes of a file: a number, or a number as text.
pub(super) fn size(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.trim().parse().ok())
}
