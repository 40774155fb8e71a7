//! `push` (먼저 말걸기, ours): sends an event through Kakao's Event API, so that a block speaks first (kakao-skill.md 7).
//!
//! The receivers are the end user of this conversation, or whom `to` names: a list of user keys, or a text with keys
//! between commas, spaces or line breaks. The reply's results are `taskId` and `message`; Kakao's `FAIL` is a failure
//! of the node. That a push is accepted does not mean that it was delivered.

use serde_json::{Map, Value};

use super::asking::{Refusal, filled};
use crate::{
    ask::{Ask, MAX_PUSH_TARGETS, Push, PushKey, PushTarget},
    turn::Stage,
    value::as_text,
};

pub(super) fn ask(data: &Value, stage: &Stage) -> Result<Ask, Refusal> {
    let event = filled(data, "event").ok_or_else(|| Refusal::missing("event", "이벤트 이름"))?;
    let kind = match filled(data, "toType") {
        None => PushKey::default(),
        Some(name) => PushKey::from_name(name.trim()).ok_or_else(|| {
            Refusal::new(
                "UnknownKeyType",
                &format!("'{name}'은(는) 카카오가 아는 사용자 키 종류(toType)가 아니에요."),
                &format!("'{name}' is no kind of user key (toType) that Kakao knows."),
            )
        })?,
    };
    let keys = receivers(data.get("to"), stage);
    if keys.is_empty() {
        return Err(Refusal::new(
            "NoReceiver",
            "받을 사람이 없어요. 카카오톡 대화가 아니면 사용자 키(to)를 적어 주세요.",
            "Nobody would receive this; outside of KakaoTalk name user keys in 'to'.",
        ));
    }
    if keys.len() > MAX_PUSH_TARGETS {
        return Err(Refusal::new(
            "TooManyReceivers",
            &format!("한 번에 {MAX_PUSH_TARGETS}명까지 보낼 수 있어요 (지금 {}명).", keys.len()),
            &format!("One push reaches {MAX_PUSH_TARGETS} users at most (now {}).", keys.len()),
        ));
    }
    Ok(Ask::Push(Push {
        event: event.trim().to_owned(),
        data: object(data.get("data")),
        params: object(data.get("params")),
        to: keys.into_iter().map(|id| PushTarget { kind, id }).collect(),
    }))
}

/// Kakao takes a push or not; what it says is read as the node's own success or failure.
pub(super) fn read(results: &Map<String, Value>) -> Result<(), Refusal> {
    if results.get("status").and_then(Value::as_str) != Some("FAIL") {
        return Ok(());
    }
    let why = results.get("message").and_then(as_text).unwrap_or_default();
    Err(Refusal::new(
        "PushRefused",
        &format!("카카오가 메시지를 받지 않았어요: {why}"),
        &format!("Kakao did not take the push: {why}"),
    ))
}

/// The keys that `to` names, each once.
fn receivers(to: Option<&Value>, stage: &Stage) -> Vec<String> {
    let mut keys = Vec::new();
    match to {
        None | Some(Value::Null) => own_key(stage, &mut keys),
        Some(Value::Array(items)) => items.iter().for_each(|item| split(item, &mut keys)),
        Some(text) => match text.as_str().map(str::trim) {
            Some("") => own_key(stage, &mut keys),
            Some(list) if list.starts_with('[') => match serde_json::from_str::<Vec<Value>>(list) {
                Ok(items) => items.iter().for_each(|item| split(item, &mut keys)),
                Err(_) => split(text, &mut keys),
            },
            _ => split(text, &mut keys),
        },
    }
    keys
}

/// Only KakaoTalk's own user keys mean something to Kakao. A bot that is being tried out stands for one on KakaoTalk.
fn own_key(stage: &Stage, keys: &mut Vec<String>) {
    if matches!(stage.platform.as_str(), "kakao" | "test")
        && let Some(key) = stage.context.key("userKey")
    {
        split(key, keys);
    }
}

fn split(value: &Value, keys: &mut Vec<String>) {
    let text = as_text(value).unwrap_or_default();
    for key in text.split(|c: char| c == ',' || c.is_whitespace()).filter(|key| !key.is_empty()) {
        if !keys.iter().any(|known| known == key) {
            keys.push(key.to_owned());
        }
    }
}

/// An object of the file, or a text that is one after templates.
fn object(value: Option<&Value>) -> Map<String, Value> {
    match value {
        Some(Value::Object(map)) => map.clone(),
        Some(Value::String(text)) => serde_json::from_str(text).unwrap_or_default(),
        _ => Map::new(),
    }
}
