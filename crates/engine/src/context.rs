//! What templates, conditions and scripts can see (spec bot.md, "Context").
//!
//! One object with the keys of the spec. A name that is no context key is looked up in `params`; a context key wins.
//! `message` alone stands for the message's text.

use std::borrow::Cow;

use serde_json::{Map, Value};

use crate::{template::Scope, value::Path};

/// The context of one turn.
#[derive(Debug, Clone, Default)]
pub struct Context {
    root: Map<String, Value>,
}

impl Context {
    /// A context from its root object; anything else gives an empty one.
    pub fn from_value(value: Value) -> Self {
        match value {
            Value::Object(root) => Self { root },
            _ => Self::default(),
        }
    }

    /// Sets a key of the root.
    pub fn set(&mut self, key: &str, value: impl Into<Value>) {
        self.root.insert(key.to_owned(), value.into());
    }

    /// Takes a key of the root away.
    pub fn remove(&mut self, key: &str) -> Option<Value> {
        self.root.shift_remove(key)
    }

    /// A key of the root.
    pub fn key(&self, key: &str) -> Option<&Value> {
        self.root.get(key)
    }

    /// The conversation's params.
    pub fn params(&self) -> Option<&Map<String, Value>> {
        self.root.get("params").and_then(Value::as_object)
    }

    /// The same, to change them.
    pub fn params_mut(&mut self) -> Option<&mut Map<String, Value>> {
        self.root.get_mut("params").and_then(Value::as_object_mut)
    }

    /// What the end user typed, or the label of what they pressed.
    pub fn message_text(&self) -> Option<&Value> {
        self.root.get("message").and_then(|message| message.get("text"))
    }

    /// The value at a path.
    pub fn at(&self, path: &Path) -> Option<Cow<'_, Value>> {
        if path.is_bare() && path.first() == "message" {
            return self.message_text().map(Cow::Borrowed);
        }
        let start = self.root.get(path.first()).or_else(|| self.params()?.get(path.first()))?;
        path.walk(start)
    }

    /// The whole context, as a script is given it.
    pub fn to_value(&self) -> Value {
        Value::Object(self.root.clone())
    }

    /// All keys of the root.
    pub fn into_root(self) -> Map<String, Value> {
        self.root
    }
}

impl Scope for Context {
    fn get(&self, key: &str) -> Option<&Value> {
        self.root.get(key)
    }

    fn param(&self, key: &str) -> Option<&Value> {
        self.params()?.get(key)
    }

    fn to_value(&self) -> Value {
        Context::to_value(self)
    }

    fn alone(&self, key: &str) -> Option<&Value> {
        if key == "message" { self.message_text() } else { self.root.get(key) }
    }
}
