//! The node `chitchat`: small talk with a language model that knows nothing of the business, and says so.

use engine::ask::{LlmMessage, LlmRole, Reply};
use serde_json::{Map, Value};

use super::{
    llm,
    provider::{
        Call,
        chat::{self, Question},
        failed, shortened,
    },
};

/// Who the model is to be. It must not promise what only the shop can.
const PERSONA: &str = "\
당신은 카카오톡 채널에서 손님과 가볍게 이야기를 나누는 다정한 도우미예요. \
한두 문장으로 짧게, 친근한 해요체로 대답해 주세요. 목록이나 마크다운 기호는 쓰지 마세요. \
가격, 재고, 예약, 환불처럼 가게가 정하는 일은 지어내지 말고 모른다고 말한 뒤 메뉴나 상담원에게 물어보라고 안내하세요. \
손님이 다른 언어로 말하면 그 언어로 대답하세요.";
/// How freely it talks.
const TEMPERATURE: f64 = 0.7;
/// Letters of what a person says that are sent.
const MAX_TEXT: usize = 1_000;

/// Answers what was said, after what was said before, with the model of these settings (connection `openai`).
pub async fn answer(call: &Call<'_>, settings: &Value, text: &str, history: &[LlmMessage]) -> Reply {
    let endpoint = match chat::endpoint(settings) {
        Ok(endpoint) => endpoint,
        Err(trouble) => return failed(&trouble, &[], Map::new()),
    };
    let message = |role, content: &str| LlmMessage { role, content: content.to_owned() };
    let mut messages = vec![message(LlmRole::System, PERSONA)];
    messages.extend_from_slice(history);
    messages.push(message(LlmRole::User, shortened(text, MAX_TEXT)));
    let question = Question { messages, temperature: Some(TEMPERATURE), ..Question::default() };
    llm::reply(chat::complete(call, &endpoint, &question).await, &endpoint)
}
