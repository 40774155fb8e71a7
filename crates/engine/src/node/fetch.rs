//! `fetch` (HTTP 요청): sends an HTTP request.
//!
//! The one node whose data may hold `SECRET` (see [`crate::secret`]): it stands as a placeholder in the question, in
//! traces and in results. The reply's results are `uri`, `statusCode` and `data`.

use serde_json::Value;

use super::asking::{Refusal, text};
use crate::{
    ask::{Ask, Fetch, FetchBody},
    value::as_text,
};

pub(super) fn ask(data: &Value) -> Result<Ask, Refusal> {
    let method = text(data, "method").to_ascii_uppercase();
    let uri = text(data, "uri");
    if uri.trim().is_empty() {
        return Err(Refusal::missing("uri", "요청 주소"));
    }
    Ok(Ask::Fetch(Fetch {
        method: if method.is_empty() { "GET".to_owned() } else { method },
        uri,
        headers: pairs(data.get("headers")),
        content_type: text(data, "contentType"),
        body: match data.get("body") {
            Some(Value::String(body)) if !body.is_empty() => FetchBody::Text(body.clone()),
            Some(Value::Object(_)) => FetchBody::Form(pairs(data.get("body"))),
            _ => FetchBody::Empty,
        },
    }))
}

fn pairs(value: Option<&Value>) -> Vec<(String, String)> {
    let entries = value.and_then(Value::as_object);
    entries
        .into_iter()
        .flatten()
        .map(|(key, value)| (key.clone(), as_text(value).unwrap_or_default().into_owned()))
        .collect()
}
