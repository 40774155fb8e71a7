//! What templates, conditions and scripts see of a request, as the context key `kakao` (spec bot.md, "Context").
//!
//! Everything that the request brought besides the text, so that nothing is lost where OpenBuilder scenarios remain
//! (spec product.md K4). Values that are JSON in a text (system entities, plugins) stand decoded in `params`; the
//! texts as they came stand in `rawParams`, where the two differ.

use serde_json::{Map, Value};

use super::{media, mode::Mode, skill};

/// How deep a value may nest; what is deeper is left out. Real ones have four levels.
const MAX_DEPTH: usize = 16;

/// Builds the context key.
pub(super) fn context(root: &Map<String, Value>, request: Option<&Map<String, Value>>, mode: Mode) -> Value {
    let mut seen = Map::new();
    let action = root.get("action");
    let of = |part: Option<&Value>, key: &str| {
        part.and_then(|part| part.get(key)).filter(|value| !value.is_null()).cloned()
    };
    let mut put = |key: &str, value: Option<Value>| {
        if let Some(value) = value.filter(|value| depth(value) <= MAX_DEPTH) {
            seen.insert(key.to_owned(), value);
        }
    };
    put("mode", Some(Value::from(mode.name())));
    put("block", request.and_then(|request| request.get("block").cloned()).or_else(|| intent_block(root)));
    put("intent", root.get("intent").cloned());
    put("bot", root.get("bot").cloned());
    put("action", action.map(|action| pick(action, &["id", "name"])));
    let raw = action.and_then(|action| action.get("params")).and_then(Value::as_object);
    let mut images = Vec::new();
    if let Some(raw) = raw {
        let params: Map<String, Value> =
            raw.iter().map(|(key, value)| (key.clone(), decoded(value, &mut images))).collect();
        if params != *raw {
            put("rawParams", Some(Value::Object(raw.clone())));
        }
        put("params", Some(Value::Object(params)));
    }
    put("detailParams", of(action, "detailParams"));
    put("clientExtra", of(action, "clientExtra").filter(Value::is_object));
    if !images.is_empty() {
        put("secureImages", Some(Value::from(images)));
    }
    put(
        "contexts",
        root.get("contexts")
            .map(contexts)
            .filter(|contexts| contexts.as_object().is_some_and(|map| !map.is_empty())),
    );
    put("flow", root.get("flow").cloned().filter(Value::is_object));
    if let Some(request) = request {
        put("user", request.get("user").cloned());
        put("requestParams", request.get("params").cloned());
        put("surface", of(request.get("params"), "surface"));
        put("lang", request.get("lang").cloned().filter(Value::is_string));
        put("timezone", request.get("timezone").cloned());
        put("utterance", request.get("utterance").cloned());
    }
    Value::Object(seen)
}

fn intent_block(root: &Map<String, Value>) -> Option<Value> {
    root.get("intent").filter(|intent| intent.is_object()).map(|intent| pick(intent, &["id", "name"]))
}

fn pick(value: &Value, keys: &[&str]) -> Value {
    keys.iter().filter_map(|key| Some(((*key).to_owned(), value.get(*key)?.clone()))).collect()
}

/// The value of a param: JSON texts as what they hold, secure images as a list of addresses (spec kakao-skill.md 8.1).
fn decoded(value: &Value, images: &mut Vec<String>) -> Value {
    let Some(text) = value.as_str() else { return value.clone() };
    let Some(mut inner) = skill::json_text(text) else { return value.clone() };
    if let Some(urls) = inner.get("secureUrls").and_then(Value::as_str).map(media::secure_urls) {
        images.extend(urls.iter().cloned());
        if let Value::Object(map) = &mut inner {
            map.insert("secureUrls".to_owned(), Value::from(urls));
        }
    }
    inner
}

/// Active contexts by name: `{"order": {"lifespan": 3, "params": {"menu": "커피"}}}`.
fn contexts(value: &Value) -> Value {
    let flat = |params: &Map<String, Value>| -> Value {
        let resolved = |value: &Value| {
            let inner = value.get("resolvedValue").or_else(|| value.get("value"));
            inner.unwrap_or(value).clone()
        };
        params.iter().map(|(key, value)| (key.clone(), resolved(value))).collect()
    };
    let entry = |context: &Value| {
        let name = context.get("name")?.as_str()?.to_owned();
        let mut kept = context.as_object()?.clone();
        kept.shift_remove("name");
        if let Some(params) = context.get("params").and_then(Value::as_object) {
            kept.insert("params".to_owned(), flat(params));
        }
        Some((name, Value::Object(kept)))
    };
    value.as_array().into_iter().flatten().filter_map(entry).collect()
}

fn depth(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or(0),
        Value::Object(map) => 1 + map.values().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}
