//! Watson Assistant v2: sessions and messages, signed in with an API key.

use std::{collections::HashSet, io};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::{Value, json};

use super::{Heard, Provider, Said};

/// Watson.
pub type Watson = Provider<State>;

/// What Watson remembers.
#[derive(Debug)]
pub struct State {
    key: String,
    assistant: String,
    environment: Option<String>,
    sessions: HashSet<String>,
    made: usize,
    skills: Vec<(String, Value)>,
}

impl Watson {
    /// An assistant, and the key that opens it. With an environment it is reached through that alone.
    pub async fn start(key: &str, assistant: &str, environment: Option<&str>) -> io::Result<Self> {
        let state = State {
            key: key.to_owned(),
            assistant: assistant.to_owned(),
            environment: environment.map(str::to_owned),
            sessions: HashSet::new(),
            made: 0,
            skills: Vec::new(),
        };
        Self::start_with(state, answer).await
    }

    /// What the assistant's `output` is for texts that hold this.
    pub fn knows(&self, holds: &str, output: Value) {
        self.state().skills.push((holds.to_owned(), output));
    }

    /// All sessions end, as they do after minutes of silence.
    pub fn forgets_sessions(&self) {
        self.state().sessions.clear();
    }

    /// How many sessions were made.
    pub fn sessions(&self) -> usize {
        self.state().made
    }
}

fn refuse(code: u16, error: &str) -> Said {
    Said::json(code, &json!({"error": error, "code": code}))
}

fn answer(state: &mut State, heard: &Heard) -> Said {
    let expected = format!("Basic {}", STANDARD.encode(format!("apikey:{}", state.key)));
    if heard.header("authorization") != Some(expected.as_str()) {
        return refuse(401, "Unauthorized");
    }
    let version = heard.parameter("version").unwrap_or_default();
    let is_date = version.len() == 10 && version.split('-').map(str::len).eq([4, 2, 2]);
    if !is_date {
        return refuse(400, "Invalid version parameter: a date as YYYY-MM-DD is required");
    }
    let base = match &state.environment {
        Some(environment) => {
            format!("/v2/assistants/{}/environments/{environment}/sessions", state.assistant)
        }
        None => format!("/v2/assistants/{}/sessions", state.assistant),
    };
    let Some(rest) = heard.path.strip_prefix(&base).filter(|_| heard.method == "POST") else {
        return refuse(404, "Resource not found");
    };
    if rest.is_empty() {
        state.made += 1;
        let session = format!("0a1b2c3d-0000-4000-8000-{:012}", state.made);
        state.sessions.insert(session.clone());
        return Said::json(201, &json!({"session_id": session}));
    }
    let Some(session) = rest.strip_prefix('/').and_then(|rest| rest.strip_suffix("/message")) else {
        return refuse(404, "Resource not found");
    };
    if !state.sessions.contains(session) {
        return refuse(404, "Invalid Session");
    }
    let body = heard.json();
    let text = body["input"]["text"].as_str().unwrap_or_default();
    if body["input"]["message_type"] != "text" {
        return refuse(400, "input.message_type is text");
    }
    if text.chars().count() > 2_048 {
        return refuse(400, "input.text cannot be longer than 2048 characters");
    }
    let found = state.skills.iter().find(|(holds, _)| text.contains(holds.as_str()));
    let output = found.map_or_else(
        || json!({"intents": [], "entities": [], "generic": [{"response_type": "text", "text": "잘 모르겠어요."}]}),
        |(_, output)| output.clone(),
    );
    Said::json(200, &json!({"output": output, "user_id": session}))
}
