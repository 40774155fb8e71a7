//! Dialogflow ES v2: `detectIntent` of a text.

use serde_json::json;

use super::{State, refuse};
use crate::provider::{Heard, Said};

/// Dialogflow's bound of a text, in characters.
const MAX_TEXT: usize = 256;
/// … and of a session's name, in bytes.
const MAX_SESSION: usize = 36;

pub(super) fn answer(state: &mut State, heard: &Heard) -> Said {
    let Some((agent, session)) = heard
        .path
        .strip_prefix("/v2/projects/")
        .and_then(|rest| rest.strip_suffix(":detectIntent"))
        .and_then(|rest| rest.split_once("/sessions/"))
        .filter(|(agent, _)| agent.ends_with("/agent"))
    else {
        return refuse(404, "NOT_FOUND", "Method not found.");
    };
    if session.is_empty() || session.len() > MAX_SESSION {
        return refuse(400, "INVALID_ARGUMENT", "Resource name does not match the expected format.");
    }
    let body = heard.json();
    let input = &body["queryInput"]["text"];
    let (Some(text), Some(language)) = (input["text"].as_str(), input["languageCode"].as_str()) else {
        return refuse(400, "INVALID_ARGUMENT", "Input text not set.");
    };
    if text.is_empty() {
        return refuse(400, "INVALID_ARGUMENT", "Input text not set.");
    }
    if text.chars().count() > MAX_TEXT {
        return refuse(400, "INVALID_ARGUMENT", "Input text exceeds 256 characters.");
    }
    let found = state.phrases.iter().find(|phrase| text.contains(&phrase.holds));
    let (intent, confidence, parameters, says) = match found {
        Some(phrase) => (
            json!({"name": format!("projects/{agent}/intents/{}", phrase.intent.len()), "displayName": phrase.intent}),
            phrase.confidence,
            phrase.parameters.clone(),
            phrase.answer.as_str(),
        ),
        None => (
            json!({"name": format!("projects/{agent}/intents/0"), "displayName": "Default Fallback Intent", "isFallback": true}),
            1.0,
            json!({}),
            "다시 말씀해 주시겠어요?",
        ),
    };
    Said::json(
        200,
        &json!({"responseId": "5f4b9f0c-0000-4000-8000-000000000001", "queryResult": {
            "queryText": text, "parameters": parameters, "allRequiredParamsPresent": true,
            "fulfillmentText": says, "fulfillmentMessages": [{"text": {"text": [says]}}],
            "intent": intent, "intentDetectionConfidence": confidence, "languageCode": language}}),
    )
}
