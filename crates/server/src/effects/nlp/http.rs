//! Any service that understands texts over HTTP: settings say what is sent, and where in its answer things stand.
//!
//! `{{text}}`, `{{agent}}` and `{{session}}` in address and body are filled in, each in the way of its place: escaped
//! in an address and in JSON. `mapping` holds places as JSON pointers (`/result/0/intent`) or with dots
//! (`result.0.intent`).

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Entity, Meaning, NlpError, Question};
use crate::{
    effects::provider::{Call, part, settings},
    guard::Request,
};

/// Entities that are taken.
const MAX_ENTITIES: usize = 100;
const WHO: &str = "NLP";

#[derive(Deserialize)]
struct Connection {
    url: String,
    #[serde(default)]
    method: Option<String>,
    #[serde(default)]
    headers: Option<BTreeMap<String, String>>,
    #[serde(default)]
    body: Option<Value>,
    mapping: Mapping,
}

#[derive(Deserialize)]
struct Mapping {
    intent: String,
    #[serde(default)]
    score: Option<String>,
    #[serde(default)]
    answer: Option<String>,
    #[serde(default)]
    entities: Option<String>,
}

pub(super) async fn ask(
    call: &Call<'_>,
    value: &Value,
    question: &Question<'_>,
) -> Result<Meaning, NlpError> {
    let connection: Connection = settings(WHO, value)?;
    let names = [
        ("{{text}}", question.text.trim()),
        ("{{agent}}", question.agent.trim()),
        ("{{session}}", call.session),
    ];
    let url = names.iter().fold(connection.url.clone(), |url, (name, value)| url.replace(name, &part(value)));
    let method = connection.method.as_deref().unwrap_or(if connection.url.contains("{{text}}") {
        "GET"
    } else {
        "POST"
    });
    let mut request = Request::new(method, &url);
    for (name, value) in connection.headers.iter().flatten() {
        request = request.header(name, value);
    }
    if method != "GET" {
        let body = connection.body.unwrap_or_else(|| json!({"text": "{{text}}"}));
        let typed =
            connection.headers.iter().flatten().any(|(name, _)| name.eq_ignore_ascii_case("content-type"));
        let (body, content_type) = filled(body, &names);
        if !typed {
            request = request.header("content-type", content_type);
        }
        request = request.body(body);
    }
    read(&call.json(WHO, request).await?, &connection.mapping)
}

/// The body with the names filled in, and its type.
fn filled(body: Value, names: &[(&str, &str)]) -> (String, &'static str) {
    let json = "application/json; charset=utf-8";
    match body {
        // JSON that was written as a text: names stand within quotes there.
        Value::String(text) if text.trim_start().starts_with(['{', '[']) => {
            let body = names.iter().fold(text, |text, (name, value)| text.replace(name, &escaped(value)));
            (body, json)
        }
        Value::String(text) => {
            let body = names.iter().fold(text, |text, (name, value)| text.replace(name, value));
            (body, "text/plain; charset=utf-8")
        }
        mut body => {
            fill(&mut body, names);
            (body.to_string(), json)
        }
    }
}

fn fill(value: &mut Value, names: &[(&str, &str)]) {
    match value {
        Value::String(text) => {
            *text = names.iter().fold(std::mem::take(text), |text, (name, value)| text.replace(name, value));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| fill(item, names)),
        Value::Object(map) => map.values_mut().for_each(|item| fill(item, names)),
        _ => {}
    }
}

fn escaped(text: &str) -> String {
    let quoted = Value::from(text).to_string();
    quoted[1..quoted.len() - 1].to_owned()
}

fn at<'a>(body: &'a Value, place: &str) -> Option<&'a Value> {
    let place = place.trim();
    if place.is_empty() || place.starts_with('/') {
        return body.pointer(place);
    }
    let dotted = place.replace('[', ".").replace(']', "");
    body.pointer(&format!("/{}", dotted.trim_start_matches("$.").replace('.', "/")))
}

fn read(body: &Value, mapping: &Mapping) -> Result<Meaning, NlpError> {
    let text = |value: &Value| match value {
        Value::String(text) if !text.trim().is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    let number = |value: &Value| value.as_f64().or_else(|| value.as_str()?.trim().parse().ok());
    let placed = |place: &Option<String>| place.as_deref().and_then(|place| at(body, place));
    // Null says that nothing was understood; a place that is not there says that the mapping is wrong.
    let intent =
        at(body, &mapping.intent).ok_or_else(|| NlpError::NotMapped { at: mapping.intent.clone() })?;
    let first = |value: &Value, names: &[&str]| {
        names.iter().find_map(|name| value.get(*name).filter(|it| !it.is_null())).cloned()
    };
    let mut entities = Vec::new();
    match placed(&mapping.entities) {
        Some(Value::Array(items)) => {
            for item in items.iter().take(MAX_ENTITIES) {
                let entity = first(item, &["entity", "name", "type", "label"]).as_ref().and_then(text);
                let value = first(item, &["value", "text", "word"]);
                if let (Some(entity), Some(value)) = (entity, value) {
                    let score = first(item, &["score", "confidence", "prob"]).as_ref().and_then(number);
                    entities.push(Entity { entity, value, score });
                }
            }
        }
        Some(Value::Object(map)) => {
            entities.extend(map.iter().take(MAX_ENTITIES).map(|(entity, value)| Entity {
                entity: entity.clone(),
                value: value.clone(),
                score: None,
            }));
        }
        _ => {}
    }
    Ok(Meaning {
        intent: text(intent),
        score: placed(&mapping.score).and_then(number),
        answer: placed(&mapping.answer).and_then(text),
        entities,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_filled_in_by_the_way_of_their_place() {
        let names = [("{{text}}", "\"환불\"\n해줘"), ("{{agent}}", "a")];
        let (body, kind) = filled(json!("{\"q\": \"{{text}}\", \"bot\": \"{{agent}}\"}"), &names);
        assert!(kind.starts_with("application/json"));
        assert_eq!(
            serde_json::from_str::<Value>(&body).expect("is JSON"),
            json!({"q": "\"환불\"\n해줘", "bot": "a"})
        );
        assert_eq!(
            filled(json!({"q": ["{{text}}"]}), &names).0,
            json!({"q": ["\"환불\"\n해줘"]}).to_string()
        );
        assert_eq!(
            filled(json!("q={{text}}"), &names),
            ("q=\"환불\"\n해줘".to_owned(), "text/plain; charset=utf-8")
        );
    }

    #[test]
    fn places_are_pointers_or_have_dots() {
        let body = json!({"a": [{"b": 1}], "c/d": 2});
        for (place, found) in [
            ("/a/0/b", Some(1)),
            ("a.0.b", Some(1)),
            ("$.a[0].b", Some(1)),
            ("/c~1d", Some(2)),
            ("a.1.b", None),
        ] {
            assert_eq!(at(&body, place).and_then(Value::as_i64), found, "{place}");
        }
    }
}
