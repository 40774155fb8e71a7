//! Dialogflow ES v2: `detectIntent` for one text. Parameters of the intent are its entities; the service gives them no
//! score.

use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{Entity, Meaning, NlpError, Question};
use crate::{
    effects::provider::{
        Call, Trouble,
        google::{self, Account},
        join, part, settings, shortened,
    },
    guard::Request,
};

const SCOPE: &str = "https://www.googleapis.com/auth/dialogflow";
const BASE: &str = "https://dialogflow.googleapis.com";
/// Letters of a text that the service takes.
const MAX_TEXT: usize = 256;
const WHO: &str = "Dialogflow";

#[derive(Deserialize)]
struct Connection {
    project_id: String,
    #[serde(default)]
    client_email: Option<String>,
    #[serde(default)]
    private_key: Option<String>,
    #[serde(default)]
    token_uri: Option<String>,
    #[serde(default)]
    token: Option<String>,
    #[serde(default)]
    language: Option<String>,
    #[serde(default)]
    url: Option<String>,
}

pub(super) async fn ask(
    call: &Call<'_>,
    value: &Value,
    question: &Question<'_>,
) -> Result<Meaning, NlpError> {
    let connection: Connection = settings(WHO, value)?;
    let project = match question.agent.trim() {
        "" => connection.project_id.trim(),
        agent => agent,
    };
    let base = connection.url.as_deref().unwrap_or(BASE);
    let path = format!("v2/projects/{}/agent/sessions/{}:detectIntent", part(project), session(call.session));
    let language = question.data["language"].as_str().filter(|language| !language.is_empty());
    let language = language.or(connection.language.as_deref()).unwrap_or("ko");
    let text = json!({"text": shortened(question.text.trim(), MAX_TEXT), "languageCode": language});
    let request = Request::new("POST", &join(base, &path)).json(&json!({"queryInput": {"text": text}}));
    let body = send(call, connection, request).await?;
    read(&body).ok_or_else(|| Trouble::Unreadable { who: WHO }.into())
}

async fn send(call: &Call<'_>, connection: Connection, request: Request) -> Result<Value, Trouble> {
    let with = |token: &str| request.clone().header("authorization", &format!("Bearer {token}"));
    let account = match (connection.token, connection.client_email, connection.private_key) {
        (Some(token), _, _) => return call.json(WHO, with(&token)).await,
        (None, Some(client_email), Some(private_key)) => {
            Account { client_email, private_key, token_uri: connection.token_uri }
        }
        _ => return Err(Trouble::Settings { who: WHO, why: "client_email, private_key / token".to_owned() }),
    };
    match call.json(WHO, with(&google::token(call, &account, SCOPE).await?)).await {
        // The token was taken back before its end.
        Err(Trouble::SignIn { status: 401, .. }) => {
            google::forget(call, &account, SCOPE);
            call.json(WHO, with(&google::token(call, &account, SCOPE).await?)).await
        }
        done => done,
    }
}

/// The service takes 36 bytes; our names for conversations may be longer, and are nobody's business there.
fn session(own: &str) -> String {
    Sha256::digest(own.as_bytes()).iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

fn read(body: &Value) -> Option<Meaning> {
    let result = body["queryResult"].as_object()?;
    let text = |value: Option<&Value>| {
        value.and_then(Value::as_str).filter(|text| !text.is_empty()).map(str::to_owned)
    };
    let spoken = || {
        let lines = result.get("fulfillmentMessages")?.as_array()?;
        let lines = lines.iter().filter_map(|line| text(line.pointer("/text/text/0")));
        let joined = lines.collect::<Vec<_>>().join("\n");
        (!joined.is_empty()).then_some(joined)
    };
    let mut entities = Vec::new();
    for (name, value) in result.get("parameters").and_then(Value::as_object).into_iter().flatten() {
        let values = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
        // A parameter that was not found is an empty text.
        for value in values.iter().filter(|value| !value.is_null() && value.as_str() != Some("")) {
            entities.push(Entity { entity: name.clone(), value: value.clone(), score: None });
        }
    }
    Some(Meaning {
        intent: text(result.get("intent").and_then(|intent| intent.get("displayName"))),
        score: result.get("intentDetectionConfidence").and_then(Value::as_f64),
        answer: text(result.get("fulfillmentText")).or_else(spoken),
        entities,
    })
}
