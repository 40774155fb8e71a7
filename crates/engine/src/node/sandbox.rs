//! `sandbox` (사용자 정의 스크립트): runs JavaScript of the bot's author.
//!
//! The reply's result is `result`, which is what the script gave back: its `params` become the conversation's, its
//! `message` is sent.

use serde_json::{Map, Value};

use super::asking::text;
use crate::{ask::Ask, turn::Stage};

pub(super) fn ask(data: &Value, script: Option<&str>, stage: &Stage) -> Ask {
    Ask::Script {
        script: script.unwrap_or_default().to_owned(),
        runtime: text(data, "runtime"),
        context: stage.context.to_value(),
    }
}

pub(super) fn read(results: &Map<String, Value>, stage: &mut Stage) -> Option<Value> {
    let result = results.get("result")?;
    if let Some(Value::Object(params)) = result.get("params") {
        for (key, value) in params {
            stage.set_param(key, value.clone());
        }
    }
    result.get("message").cloned()
}
