//! The rules of contexts that an answer sets (spec kakao-skill.md 4.12).

use serde_json::{Map, Value};

use super::{
    Judge,
    read::{Field, present},
    rule,
};

// Limits that third parties name; Kakao's table has none.
const NAME: usize = 50;
const LIFE_SPAN: i64 = 100;
const TTL: i64 = 86_400;

/// A context as an answer writes it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ContextValue {
    /// Its name; must be an output context of the block.
    pub name: String,
    /// How many turns it lives; 0 deletes it.
    pub life_span: i64,
    /// How many seconds it lives.
    pub ttl: Option<i64>,
    /// Its values, which are texts.
    pub params: Map<String, Value>,
}

impl Judge {
    pub(super) fn contexts(&mut self, root: &Value) {
        let Some(context) = self.object(root, "context", "") else { return };
        for (at, value) in self.list(context, "values", "/context").iter().enumerate() {
            let pointer = format!("/context/values/{at}");
            let name = self.text(value, Field::required("name"), &pointer);
            let life_span = value.get("lifeSpan").and_then(Value::as_i64).filter(|turns| *turns >= 0);
            if life_span.is_none() {
                let found = value.get("lifeSpan").map(Value::to_string).unwrap_or_default();
                self.broken(rule::CONTEXT_LIFE_SPAN, &format!("{pointer}/lifeSpan"), found, "0, 1, 2, …");
            }
            let life_span = life_span.unwrap_or_default();
            let ttl = self.whole(value, "ttl", &pointer);
            if name.chars().count() > NAME || life_span > LIFE_SPAN || ttl.is_some_and(|ttl| ttl > TTL) {
                self.broken(rule::CONTEXT_LIMITS, &pointer, "", "");
            }
            let params = self
                .object(value, "params", &pointer)
                .and_then(Value::as_object)
                .cloned()
                .unwrap_or_default();
            for (key, value) in params.iter().filter(|(_, value)| !value.is_string()) {
                let place = format!("{pointer}/params/{key}");
                self.broken(rule::CONTEXT_PARAMS, &place, value.to_string(), "string");
            }
            if present(value, "name").is_some() {
                self.verdict.contexts.push(ContextValue { name, life_span, ttl, params });
            }
        }
    }
}
