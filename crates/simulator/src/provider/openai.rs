//! An endpoint that speaks OpenAI's chat completions, as the service and the local servers do.
//!
//! What the model says is written down beforehand ([`OpenAi::says`]); a request that OpenAI would refuse is refused.

use std::{collections::VecDeque, io};

use serde_json::{Value, json};

use super::{Heard, Provider, Said};

/// The endpoint.
pub type OpenAi = Provider<State>;

/// What it remembers.
#[derive(Debug)]
pub struct State {
    key: Option<String>,
    next: VecDeque<Says>,
}

/// What the model says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Says {
    /// A whole answer.
    Text(String),
    /// An answer that the bound of tokens ended.
    Cut(String),
    /// A refusal, in the field for it.
    Refusal(String),
    /// Nothing: a filter stood before it.
    Filtered,
    /// An answer of white space.
    Blank,
}

impl OpenAi {
    /// An endpoint that asks for this key, or for none as local servers do. Its base is [`Provider::url`] with `/v1`.
    pub async fn start(key: Option<&str>) -> io::Result<Self> {
        Self::start_with(State { key: key.map(str::to_owned), next: VecDeque::new() }, answer).await
    }

    /// What the model says next; after that it repeats the user's last words.
    pub fn says(&self, says: impl IntoIterator<Item = Says>) {
        self.state().next.extend(says);
    }
}

fn refuse(status: u16, kind: &str, code: &str, message: &str) -> Said {
    Said::json(status, &json!({"error": {"message": message, "type": kind, "param": null, "code": code}}))
}

fn answer(state: &mut State, heard: &Heard) -> Said {
    if heard.path != "/v1/chat/completions" || heard.method != "POST" {
        let message = format!("Invalid URL ({} {})", heard.method, heard.path);
        return refuse(404, "invalid_request_error", "not_found", &message);
    }
    if let Some(key) = &state.key {
        let given = heard.header("authorization").and_then(|value| value.strip_prefix("Bearer "));
        if given != Some(key.as_str()) {
            // OpenAI shows parts of the key that it was given, too.
            let message = format!("Incorrect API key provided: {}.", given.unwrap_or_default());
            return refuse(401, "invalid_request_error", "invalid_api_key", &message);
        }
    }
    let body = heard.json();
    let last = match check(&body) {
        Ok(last) => last,
        Err(why) => return refuse(400, "invalid_request_error", "invalid_value", &why),
    };
    let says = state.next.pop_front().unwrap_or_else(|| Says::Text(format!("“{last}”라고 하셨네요.")));
    let (content, refusal, finish) = match says {
        Says::Text(text) => (json!(text), Value::Null, "stop"),
        Says::Cut(text) => (json!(text), Value::Null, "length"),
        Says::Refusal(text) => (Value::Null, json!(text), "stop"),
        Says::Filtered => (json!(""), Value::Null, "content_filter"),
        Says::Blank => (json!(" \n "), Value::Null, "stop"),
    };
    let used = (last.chars().count(), content.as_str().map_or(0, |text| text.chars().count()));
    Said::json(
        200,
        &json!({"id": "chatcmpl-1", "object": "chat.completion", "created": 1_790_000_000, "model": body["model"],
            "choices": [{"index": 0, "message": {"role": "assistant", "content": content, "refusal": refusal},
                "logprobs": null, "finish_reason": finish}],
            "usage": {"prompt_tokens": used.0, "completion_tokens": used.1, "total_tokens": used.0 + used.1}}),
    )
}

/// The user's last words, or what is wrong with the request.
fn check(body: &Value) -> Result<String, String> {
    body["model"].as_str().filter(|model| !model.is_empty()).ok_or("you must provide a model parameter")?;
    let messages = body["messages"].as_array().filter(|list| !list.is_empty());
    let messages = messages.ok_or("[] is too short - 'messages'")?;
    for message in messages {
        let role = message["role"].as_str().unwrap_or_default();
        if !["system", "developer", "user", "assistant"].contains(&role) {
            return Err(format!("'{role}' is not one of ['system', 'assistant', 'user']"));
        }
        if !message["content"].is_string() {
            return Err("Invalid type for 'messages[].content'".to_owned());
        }
    }
    if let Some(temperature) = body.get("temperature")
        && !temperature.as_f64().is_some_and(|value| (0.0..=2.0).contains(&value))
    {
        return Err("Invalid 'temperature': expected a number between 0 and 2".to_owned());
    }
    if let Some(most) = body.get("max_tokens")
        && most.as_u64().is_none_or(|value| value == 0)
    {
        return Err("Invalid 'max_tokens': integer below minimum value".to_owned());
    }
    let last = messages.iter().rev().find(|message| message["role"] == "user");
    Ok(last.and_then(|message| message["content"].as_str()).unwrap_or_default().to_owned())
}
