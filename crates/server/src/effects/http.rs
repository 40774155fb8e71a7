//! The node `fetch`: one HTTP call, and what the flow learns of it (bot.md, "Node types").
//!
//! `fetch.uri` is the address as the author wrote it, with `⟦secret:NAME⟧` where a secret stands; `fetch.data` is JSON
//! or text; `fetch.statusCode` is there whenever the server answered. Anything but 2xx is an error and still has data.
//! Values of secrets are taken out of `uri` and of errors, not out of `data`: what a server sends back is the author's
//! to show or not.
//!
//! What surprises: GET and HEAD have no body, also where the file has one left over from another method; a JSON body
//! that is none after its templates is not sent, since the author learns more from the position of the mistake than
//! from the server's 400; the author's own Content-Type wins, and then the body is sent as it is.

mod reading;

use bytes::Bytes;
use engine::ask::{Fetch, FetchBody, Reply};
use serde::de::IgnoredAny;
use serde_json::{Map, Value};
use tokio::time::{Instant, timeout_at};
use url::form_urlencoded;

use crate::{
    guard::{Guard, GuardError, Request, Response},
    vault::{Form, Opened, SecretError, Secrets},
};

/// Bytes of an answer that are taken. All of it may come to stand in the session's state.
const MAX_DATA: usize = 1024 * 1024;
/// Redirects that are followed.
const MAX_REDIRECTS: u32 = 5;
/// What is asked for where the author does not say.
const ACCEPT: &str = "application/json, text/plain;q=0.9, */*;q=0.8";

/// Why there is nothing but an error.
#[derive(Debug, thiserror::Error)]
enum FetchError {
    /// The body is to be JSON and is none.
    #[error("The body is not valid JSON after its templates: {0}. Texts from people go through QUOTE(…)")]
    BadBody(serde_json::Error),
    /// A secret.
    #[error(transparent)]
    Secret(#[from] SecretError),
    /// The call.
    #[error(transparent)]
    Guard(#[from] GuardError),
}

/// Calls, until then at the latest.
pub async fn fetch(guard: &Guard, fetch: &Fetch, secrets: &Secrets, until: Instant) -> Reply {
    let mut results = Map::new();
    results.insert("uri".to_owned(), secrets.shown(&fetch.uri).into());
    let opened = match timeout_at(until, secrets.open(texts(fetch))).await {
        Ok(Ok(opened)) => opened,
        Ok(Err(error)) => return failed(&error.into(), None, results),
        Err(_) => return failed(&SecretError::Late.into(), None, results),
    };
    let called = match request(fetch, &opened) {
        Ok(request) => guard.send(request, until).await.map_err(FetchError::from),
        Err(error) => Err(error),
    };
    match called {
        Ok(response) => answered(&response, results),
        Err(error) => failed(&error, Some(&opened), results),
    }
}

fn answered(response: &Response, mut results: Map<String, Value>) -> Reply {
    results.insert("data".to_owned(), reading::data(&response.body, response.header("content-type")));
    let status = response.status;
    results.insert("statusCode".to_owned(), status.into());
    if response.is_success() {
        return Reply::Done(results);
    }
    Reply::Failed {
        name: "StatusCodeError".to_owned(),
        message: format!("The server answered {status}. 서버가 {status} 상태로 답했어요."),
        results,
    }
}

fn failed(error: &FetchError, opened: Option<&Opened>, results: Map<String, Value>) -> Reply {
    let message = format!("{error}. {}", error.ko());
    let message = opened.map_or_else(|| message.clone(), |opened| opened.scrub(&message));
    Reply::Failed { name: error.name().to_owned(), message, results }
}

/// All texts that may name a secret.
fn texts(fetch: &Fetch) -> Vec<&str> {
    let mut texts = vec![fetch.uri.as_str()];
    texts.extend(fetch.headers.iter().map(|(_, value)| value.as_str()));
    match &fetch.body {
        FetchBody::Empty => {}
        FetchBody::Text(text) => texts.push(text),
        FetchBody::Form(pairs) => texts.extend(pairs.iter().map(|(_, value)| value.as_str())),
    }
    texts
}

fn request(fetch: &Fetch, opened: &Opened) -> Result<Request, FetchError> {
    let has = |name: &str| fetch.headers.iter().any(|(own, _)| own.trim().eq_ignore_ascii_case(name));
    let url = opened.fill(&fetch.uri, Form::Address);
    let mut request = Request::new(&fetch.method, &url).max_bytes(MAX_DATA).max_redirects(MAX_REDIRECTS);
    for (name, value) in &fetch.headers {
        request = request.header(name, &opened.fill(value, Form::Raw));
    }
    if !has("accept") {
        request = request.header("accept", ACCEPT);
    }
    if matches!(fetch.method.as_str(), "GET" | "HEAD") {
        return Ok(request);
    }
    let Some((content_type, body)) = body(fetch, opened)? else { return Ok(request) };
    if !has("content-type") {
        request = request.header("content-type", content_type);
    }
    Ok(request.body(body))
}

/// The body with its usual type.
fn body(fetch: &Fetch, opened: &Opened) -> Result<Option<(&'static str, Bytes)>, FetchError> {
    let json = "application/json; charset=utf-8";
    let form = "application/x-www-form-urlencoded; charset=utf-8";
    let own_type = fetch.headers.iter().find(|(name, _)| name.trim().eq_ignore_ascii_case("content-type"));
    let is_json = own_type
        .map_or(fetch.content_type == "json", |(_, value)| value.to_ascii_lowercase().contains("json"));
    let (content_type, body) = match (&fetch.body, fetch.content_type.as_str()) {
        (FetchBody::Empty, _) => return Ok(None),
        (FetchBody::Text(text), _) if is_json => {
            serde_json::from_str::<IgnoredAny>(text).map_err(FetchError::BadBody)?;
            (json, opened.fill(text, Form::Json))
        }
        (FetchBody::Text(text), "x-www-form-urlencoded") => (form, opened.fill(text, Form::Raw)),
        (FetchBody::Text(text), _) => ("text/plain; charset=utf-8", opened.fill(text, Form::Raw)),
        (FetchBody::Form(pairs), _) if is_json => {
            let filled = pairs.iter().map(|(key, value)| (key.clone(), opened.fill(value, Form::Raw).into()));
            (json, Value::Object(filled.collect()).to_string())
        }
        (FetchBody::Form(pairs), _) => {
            let mut encoder = form_urlencoded::Serializer::new(String::new());
            for (key, value) in pairs {
                encoder.append_pair(key, &opened.fill(value, Form::Raw));
            }
            (form, encoder.finish())
        }
    };
    Ok(Some((content_type, body.into())))
}

impl FetchError {
    fn name(&self) -> &'static str {
        match self {
            Self::BadBody(_) => "BadBody",
            Self::Secret(error) => error.name(),
            Self::Guard(error) => error.name(),
        }
    }

    fn ko(&self) -> String {
        match self {
            Self::BadBody(error) => format!(
                "템플릿을 채운 본문이 올바른 JSON이 아니에요({}번째 줄, {}번째 칸). 사람이 쓴 글은 QUOTE(…)로 감싸 주세요.",
                error.line(),
                error.column()
            ),
            Self::Secret(error) => error.ko(),
            Self::Guard(error) => error.ko(),
        }
    }
}
