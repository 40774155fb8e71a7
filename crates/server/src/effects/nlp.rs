//! The node `nlp`: what a text means, by one of four kinds of services, with one kind of result.
//!
//! The results are `intent` (a name), `score` (0 to 1), `answer` (what the service would say), each only where the
//! service gives one, and `entities` (`[{entity, value, score}]`). To add a service: a file here, a variant of [`Service`], a kind of
//! connection in the vault.

mod classify;
mod dialogflow;
mod http;
pub mod watson;

use engine::ask::Reply;
use serde_json::{Map, Value, json};

use super::provider::{Call, Told, Trouble, chat::ChatError, failed};

/// Which service is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Service {
    /// Dialogflow ES v2.
    Dialogflow,
    /// Watson Assistant v2.
    Watson,
    /// Any HTTP service, by a mapping.
    Http,
    /// A language model that chooses among given intents.
    Classify,
}

/// A text and what the node says about it.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// Which agent of the service; empty means the connection's.
    pub agent: &'a str,
    /// The node's data.
    pub data: &'a Value,
    /// The text.
    pub text: &'a str,
}

/// What a text means.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Meaning {
    /// What the person wants.
    pub intent: Option<String>,
    /// How sure that is, 0 to 1.
    pub score: Option<f64>,
    /// What the service would answer.
    pub answer: Option<String>,
    /// The things that were named.
    pub entities: Vec<Entity>,
}

/// A thing that was named.
#[derive(Debug, Clone, PartialEq)]
pub struct Entity {
    /// What kind of thing.
    pub entity: String,
    /// Which one.
    pub value: Value,
    /// How sure that is, where the service says so.
    pub score: Option<f64>,
}

/// Why nothing was understood.
#[derive(Debug, thiserror::Error)]
pub enum NlpError {
    /// The service, or the way to it.
    #[error(transparent)]
    Trouble(#[from] Trouble),
    /// The language model.
    #[error(transparent)]
    Chat(#[from] ChatError),
    /// There is no text.
    #[error("There is no text to understand")]
    NoText,
    /// The node names no intents to choose from.
    #[error("This node needs intents to choose from: intents [{{name, description, examples}}]")]
    NoIntents,
    /// The connection names no agent, and the node neither.
    #[error("Neither the node nor the connection says which agent is asked")]
    NoAgent,
    /// Nothing stands where the mapping says that the intent does.
    #[error("The answer has nothing at {at}, where the intent should be")]
    NotMapped {
        /// Where.
        at: String,
    },
}

/// Asks a service with these settings.
pub async fn understand(
    call: &Call<'_>,
    service: Service,
    settings: &Value,
    question: &Question<'_>,
) -> Reply {
    let asked = async {
        if question.text.trim().is_empty() {
            return Err(NlpError::NoText);
        }
        match service {
            Service::Dialogflow => dialogflow::ask(call, settings, question).await,
            Service::Watson => watson::ask(call, settings, question).await,
            Service::Http => http::ask(call, settings, question).await,
            Service::Classify => classify::ask(call, settings, question).await,
        }
    };
    match asked.await {
        Ok(meaning) => Reply::Done(meaning.results()),
        Err(error) => failed(&error, &secrets(settings), Map::new()),
    }
}

/// What must not be shown of settings of any of the kinds.
fn secrets(settings: &Value) -> Vec<&str> {
    let named =
        ["apikey", "apiKey", "token", "private_key"].into_iter().filter_map(|name| settings[name].as_str());
    let headers =
        settings["headers"].as_object().into_iter().flatten().filter_map(|(_, value)| value.as_str());
    named.chain(headers).collect()
}

impl Meaning {
    fn results(self) -> Map<String, Value> {
        let entities: Vec<Value> = self
            .entities
            .into_iter()
            .map(|found| json!({"entity": found.entity, "value": found.value, "score": found.score}))
            .collect();
        let results = [
            ("intent", self.intent.map(Value::from)),
            ("score", self.score.map(Value::from)),
            ("answer", self.answer.map(Value::from)),
            ("entities", Some(Value::Array(entities))),
        ];
        results.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
    }
}

impl Told for NlpError {
    fn name(&self) -> &'static str {
        match self {
            Self::Trouble(trouble) => trouble.name(),
            Self::Chat(error) => error.name(),
            Self::NoText => "EmptyText",
            Self::NoIntents => "NoIntents",
            Self::NoAgent => "NoAgent",
            Self::NotMapped { .. } => "BadResponse",
        }
    }

    fn ko(&self) -> String {
        match self {
            Self::Trouble(trouble) => trouble.ko(),
            Self::Chat(error) => error.ko(),
            Self::NoText => "분석할 글이 없어요.".to_owned(),
            Self::NoIntents => {
                "이 노드에는 고를 의도 목록이 필요해요: intents [{name, description, examples}]".to_owned()
            }
            Self::NoAgent => "어느 에이전트에 물어볼지 노드나 연결 설정에 적어 주세요.".to_owned(),
            Self::NotMapped { at } => {
                format!("응답의 {at} 자리에 의도가 없어요. 연결의 mapping을 확인해 주세요.")
            }
        }
    }
}
