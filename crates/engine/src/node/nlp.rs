//! `nlp` (자연어 처리): asks what the end user's text means. The reply's results are `intent`, `entities`
//! (`[{entity, value, score}]`), `answer` and `score`.

use serde_json::{Map, Value};

use super::asking::{Refusal, heard, text};
use crate::{ask::Ask, turn::Stage};

pub(super) fn ask(data: &Value, stage: &Stage) -> Result<Ask, Refusal> {
    Ok(Ask::Nlp {
        provider: text(data, "provider"),
        agent: text(data, "agent"),
        text: heard(stage)?,
        data: data.clone(),
    })
}

/// Templates and edges may rely on a list of entities, however little the provider found.
pub(super) fn read(results: &mut Map<String, Value>) {
    if !results.get("entities").is_some_and(Value::is_array) {
        results.insert("entities".to_owned(), Value::Array(Vec::new()));
    }
}
