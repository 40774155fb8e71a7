//! Chat completions as OpenAI speaks them, and as local servers and other services do after it.
//!
//! A question is asked once more where that may help and the time is there: after 429 and 503 as late as the service
//! says, after another failure of its own at once, and with `max_completion_tokens` where a model does not know
//! `max_tokens` any more.

use std::{collections::BTreeMap, time::Duration};

use engine::ask::LlmMessage;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use tokio::time::{Instant, sleep};

use super::{Call, Told, Trouble, join, settings, wait_s};
use crate::guard::{Request, Response};

/// A second question needs so much time to be worth it.
const WORTH: Duration = Duration::from_millis(1_000);
/// How long a pause after a failure without `Retry-After` is.
const PAUSE: Duration = Duration::from_millis(200);
/// The part in which models that think aloud do so.
const THINKING: (&str, &str) = ("<think>", "</think>");
/// Who is asked.
pub const WHO: &str = "AI";

/// An OpenAI-compatible endpoint.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Endpoint {
    /// `https://api.openai.com/v1`, `http://127.0.0.1:11434/v1`, ….
    pub base_url: String,
    /// Its key, where it wants one.
    #[serde(default)]
    pub api_key: Option<String>,
    /// The model that is asked where nobody says.
    #[serde(default)]
    pub model: String,
    /// More headers.
    #[serde(default)]
    pub headers: Option<BTreeMap<String, String>>,
}

/// What is asked.
#[derive(Debug, Default)]
pub struct Question {
    /// The model; empty means the endpoint's.
    pub model: String,
    /// The conversation.
    pub messages: Vec<LlmMessage>,
    /// 0 to 2.
    pub temperature: Option<f64>,
    /// How long the answer may be in the model's own pieces.
    pub max_tokens: Option<u32>,
}

/// What the model answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The text, without white space around it and without what the model thought aloud.
    pub text: String,
    /// Why the text ends: `stop`, `length`, ….
    pub finish_reason: Option<String>,
    /// What it cost: `promptTokens`, `completionTokens`, `totalTokens`.
    pub usage: Map<String, Value>,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum ChatError {
    /// The service failed.
    #[error(transparent)]
    Trouble(#[from] Trouble),
    /// The model refused.
    #[error("The model refused to answer: {said}")]
    Refused {
        /// Its words.
        said: String,
        /// What there is all the same.
        answer: Box<Answer>,
    },
    /// A filter stood before the answer.
    #[error("The service's content filter held the answer back")]
    Filtered(Box<Answer>),
    /// There is no text in it.
    #[error("The model answered with nothing{}", if .0.finish_reason.as_deref() == Some("length") { "; raise the bound of tokens" } else { "" })]
    Empty(Box<Answer>),
}

/// Reads a connection's settings.
pub fn endpoint(value: &Value) -> Result<Endpoint, Trouble> {
    settings(WHO, value)
}

/// Asks.
pub async fn complete(
    call: &Call<'_>,
    endpoint: &Endpoint,
    question: &Question,
) -> Result<Answer, ChatError> {
    let mut body = body(endpoint, question);
    let mut tried_again = false;
    loop {
        let request = request(endpoint, &body).max_redirects(0);
        let again = match call.guard.send(request, call.until).await.map_err(Trouble::from) {
            Ok(response) if response.is_success() => return read(&response),
            Ok(response) => {
                let trouble = Trouble::of(WHO, &response);
                if tried_again {
                    return Err(trouble.into());
                }
                match second(&response, &trouble, &mut body) {
                    Some(pause) => Again { pause, trouble },
                    None => return Err(trouble.into()),
                }
            }
            // Nobody knows whether the model was asked; it costs little to ask it twice, and nothing is written.
            Err(trouble @ Trouble::Guard(crate::guard::GuardError::Cut { .. })) if !tried_again => {
                Again { pause: PAUSE, trouble }
            }
            Err(trouble) => return Err(trouble.into()),
        };
        if Instant::now() + again.pause + WORTH > call.until {
            return Err(again.trouble.into());
        }
        sleep(again.pause).await;
        tried_again = true;
    }
}

struct Again {
    pause: Duration,
    trouble: Trouble,
}

/// Does it help to ask again, and when? May change the question.
fn second(response: &Response, trouble: &Trouble, body: &mut Value) -> Option<Duration> {
    match (response.status, trouble) {
        (429 | 503, _) => Some(wait_s(response).map_or(PAUSE, Duration::from_secs)),
        (500 | 502 | 504 | 529, _) => Some(PAUSE),
        (400, Trouble::Status { said, .. }) if said.contains("max_completion_tokens") => {
            let most = body.as_object_mut()?.shift_remove("max_tokens")?;
            body["max_completion_tokens"] = most;
            Some(Duration::ZERO)
        }
        _ => None,
    }
}

fn body(endpoint: &Endpoint, question: &Question) -> Value {
    let model = if question.model.trim().is_empty() { &endpoint.model } else { &question.model };
    let messages: Vec<Value> = question
        .messages
        .iter()
        .map(|message| json!({"role": message.role.as_str(), "content": message.content}))
        .collect();
    let mut body = json!({"model": model.trim(), "messages": messages});
    if let Some(temperature) = question.temperature {
        body["temperature"] = json!(temperature);
    }
    if let Some(most) = question.max_tokens {
        body["max_tokens"] = json!(most);
    }
    body
}

fn request(endpoint: &Endpoint, body: &Value) -> Request {
    let mut request = Request::new("POST", &join(&endpoint.base_url, "chat/completions"));
    if let Some(key) = endpoint.api_key.as_deref().filter(|key| !key.is_empty()) {
        request = request.header("authorization", &format!("Bearer {key}"));
    }
    for (name, value) in endpoint.headers.iter().flatten() {
        request = request.header(name, value);
    }
    request.json(body)
}

fn read(response: &Response) -> Result<Answer, ChatError> {
    let unreadable = || Trouble::Unreadable { who: WHO };
    let body: Value = serde_json::from_slice(&response.body).map_err(|_| unreadable())?;
    let choice = body.pointer("/choices/0").ok_or_else(unreadable)?;
    let message = choice.get("message").filter(|message| message.is_object()).ok_or_else(unreadable)?;
    let finish_reason = choice["finish_reason"].as_str().map(str::to_owned);
    let mut usage = Map::new();
    for (own, theirs) in [
        ("promptTokens", "prompt_tokens"),
        ("completionTokens", "completion_tokens"),
        ("totalTokens", "total_tokens"),
    ] {
        if let Some(count) = body["usage"][theirs].as_u64() {
            usage.insert(own.to_owned(), count.into());
        }
    }
    let text = spoken(message["content"].as_str().unwrap_or_default()).to_owned();
    let answer = Answer { text, finish_reason, usage };
    if let Some(said) = message["refusal"].as_str().filter(|said| !said.trim().is_empty()) {
        return Err(ChatError::Refused { said: said.trim().to_owned(), answer: Box::new(answer) });
    }
    if answer.finish_reason.as_deref() == Some("content_filter") {
        return Err(ChatError::Filtered(Box::new(answer)));
    }
    if answer.text.is_empty() {
        return Err(ChatError::Empty(Box::new(answer)));
    }
    Ok(answer)
}

/// What is left when thoughts and white space are taken away. Thoughts without an end are no answer.
fn spoken(text: &str) -> &str {
    let text = text.trim();
    match text.strip_prefix(THINKING.0) {
        Some(rest) => rest.split_once(THINKING.1).map_or("", |(_, spoken)| spoken.trim()),
        None => text,
    }
}

impl Endpoint {
    /// What must not be shown: the key, and headers that may hold one.
    pub fn secrets(&self) -> Vec<&str> {
        let headers = self.headers.iter().flatten().map(|(_, value)| value.as_str());
        self.api_key.as_deref().into_iter().chain(headers).collect()
    }
}

impl Answer {
    /// As the flow learns of it.
    pub fn results(&self) -> Map<String, Value> {
        let mut results = Map::new();
        if !self.text.is_empty() {
            results.insert("answer".to_owned(), self.text.as_str().into());
        }
        if let Some(reason) = &self.finish_reason {
            results.insert("finishReason".to_owned(), reason.as_str().into());
        }
        if !self.usage.is_empty() {
            results.insert("usage".to_owned(), Value::Object(self.usage.clone()));
        }
        results
    }
}

impl ChatError {
    /// What there is all the same.
    pub fn results(&self) -> Map<String, Value> {
        match self {
            Self::Trouble(_) => Map::new(),
            Self::Refused { answer, .. } | Self::Filtered(answer) | Self::Empty(answer) => answer.results(),
        }
    }
}

impl Told for ChatError {
    fn name(&self) -> &'static str {
        match self {
            Self::Trouble(trouble) => trouble.name(),
            // For a flow a filter is a refusal, too; `finishReason` tells them apart.
            Self::Refused { .. } | Self::Filtered(_) => "Refused",
            Self::Empty(_) => "EmptyAnswer",
        }
    }

    fn ko(&self) -> String {
        match self {
            Self::Trouble(trouble) => trouble.ko(),
            Self::Refused { .. } => "AI가 대답을 거절했어요.".to_owned(),
            Self::Filtered(_) => "AI 서비스의 안전 필터가 답변을 막았어요.".to_owned(),
            Self::Empty(answer) if answer.finish_reason.as_deref() == Some("length") => {
                "AI의 답변이 비어 있어요. 토큰 수 한도를 늘려 주세요.".to_owned()
            }
            Self::Empty(_) => "AI의 답변이 비어 있어요.".to_owned(),
        }
    }
}
