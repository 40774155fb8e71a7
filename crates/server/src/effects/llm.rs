//! The node `llm`: a language model answers.
//!
//! The answer is not cut here: the node fits it to the channel (`max_chars`), where it knows sentences from letters.

use engine::ask::{Llm, Reply};
use serde_json::{Map, Value};

use super::provider::{
    Call,
    chat::{self, ChatError, Endpoint, Question},
    failed,
};

/// Asks the model of these settings (connection `openai`).
pub async fn answer(call: &Call<'_>, settings: &Value, ask: &Llm) -> Reply {
    let endpoint = match chat::endpoint(settings) {
        Ok(endpoint) => endpoint,
        Err(trouble) => return failed(&trouble, &[], Map::new()),
    };
    let question = Question {
        model: ask.model.clone(),
        messages: ask.messages.clone(),
        temperature: ask.temperature,
        max_tokens: ask.max_tokens,
    };
    reply(chat::complete(call, &endpoint, &question).await, &endpoint)
}

/// What the flow learns of an answer or its absence.
pub(super) fn reply(answered: Result<chat::Answer, ChatError>, endpoint: &Endpoint) -> Reply {
    match answered {
        Ok(answer) => Reply::Done(answer.results()),
        Err(error) => failed(&error, &endpoint.secrets(), error.results()),
    }
}
