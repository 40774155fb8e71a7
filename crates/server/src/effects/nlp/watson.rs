//! Watson Assistant v2: a session per conversation, kept here until the service has forgotten it.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde::Deserialize;
use serde_json::{Value, json};
use store::WorkspaceId;

use super::{Entity, Meaning, NlpError, Question};
use crate::{
    effects::provider::{Call, Trouble, join, part, settings, shortened},
    guard::Request,
};

/// Letters of a text that the service takes.
const MAX_TEXT: usize = 2_048;
/// Sessions that are kept; past that all are thrown away, and made anew.
const MAX_KEPT: usize = 20_000;
const WHO: &str = "Watson Assistant";

/// The service's sessions of our conversations.
#[derive(Debug, Default)]
pub struct Sessions {
    kept: Mutex<HashMap<Key, String>>,
}

type Key = (WorkspaceId, String, String);

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Connection {
    url: String,
    apikey: String,
    #[serde(default)]
    assistant_id: Option<String>,
    #[serde(default)]
    environment_id: Option<String>,
    version: String,
}

pub(super) async fn ask(
    call: &Call<'_>,
    value: &Value,
    question: &Question<'_>,
) -> Result<Meaning, NlpError> {
    let connection: Connection = settings(WHO, value)?;
    let named = |text: &Option<String>| text.as_deref().map(str::trim).filter(|id| !id.is_empty()).map(part);
    let agent = Some(question.agent.trim()).filter(|agent| !agent.is_empty()).map(part);
    let environment = named(&connection.environment_id);
    // The service takes an environment's id in the assistant's place, too.
    let path = match (agent.or_else(|| named(&connection.assistant_id)), environment) {
        (Some(assistant), Some(environment)) => {
            format!("v2/assistants/{assistant}/environments/{environment}")
        }
        (Some(only), None) | (None, Some(only)) => format!("v2/assistants/{only}"),
        (None, None) => return Err(NlpError::NoAgent),
    };
    let base = join(&connection.url, &format!("{path}/sessions"));
    let key = (call.workspace, base.clone(), call.session.to_owned());
    let known = call.memory.sessions.get(&key);
    if let Some(session) = &known {
        match say(call, &connection, (&base, session), question.text).await {
            // It forgets sessions after minutes of silence.
            Err(Trouble::Status { status: 404, .. }) => {}
            said => return read(&said?).map_err(NlpError::from),
        }
    }
    let made = call.json(WHO, request(&connection, &base, &json!({}))).await?;
    let session = made["session_id"].as_str().ok_or(Trouble::Unreadable { who: WHO })?.to_owned();
    let said = say(call, &connection, (&base, &session), question.text).await?;
    call.memory.sessions.keep(key, session);
    Ok(read(&said)?)
}

async fn say(
    call: &Call<'_>,
    connection: &Connection,
    (base, session): (&str, &str),
    text: &str,
) -> Result<Value, Trouble> {
    let input = json!({"message_type": "text", "text": shortened(text.trim(), MAX_TEXT)});
    let url = format!("{base}/{}/message", part(session));
    call.json(WHO, request(connection, &url, &json!({"input": input}))).await
}

fn request(connection: &Connection, url: &str, body: &Value) -> Request {
    let user = STANDARD.encode(format!("apikey:{}", connection.apikey));
    Request::new("POST", &format!("{url}?version={}", part(connection.version.trim())))
        .header("authorization", &format!("Basic {user}"))
        .json(body)
}

fn read(body: &Value) -> Result<Meaning, Trouble> {
    let output = body.get("output").filter(|output| output.is_object());
    let output = output.ok_or(Trouble::Unreadable { who: WHO })?;
    let list = |name: &str| output[name].as_array().map_or(&[][..], Vec::as_slice);
    let intent = list("intents").first();
    let entities = list("entities").iter().filter_map(|found| {
        Some(Entity {
            entity: found["entity"].as_str()?.to_owned(),
            value: found["value"].clone(),
            score: found["confidence"].as_f64(),
        })
    });
    let lines: Vec<&str> = list("generic")
        .iter()
        .filter(|said| said["response_type"] == "text")
        .filter_map(|said| said["text"].as_str())
        .collect();
    Ok(Meaning {
        intent: intent.and_then(|intent| intent["intent"].as_str()).map(str::to_owned),
        score: intent.and_then(|intent| intent["confidence"].as_f64()),
        answer: (!lines.is_empty()).then(|| lines.join("\n")),
        entities: entities.collect(),
    })
}

impl Sessions {
    fn get(&self, key: &Key) -> Option<String> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).get(key).cloned()
    }

    fn keep(&self, key: Key, session: String) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= MAX_KEPT {
            kept.clear();
        }
        kept.insert(key, session);
    }
}
