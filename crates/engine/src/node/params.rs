//! `params` (파라미터 설정): sets or clears the conversation's params.

use serde_json::Value;

use super::Next;
use crate::{
    condition::Condition,
    json::Json,
    template::{Template, TemplateError},
    turn::{FaultKind, Stage},
};

/// What the node reads from its data.
#[derive(Debug)]
pub enum Params {
    /// Takes all params away.
    Clear,
    /// Sets them one after the other, so that a later one sees an earlier one.
    Set(Vec<Entry>),
}

/// One param to set.
#[derive(Debug)]
pub struct Entry {
    /// Its name: letters, digits, `_ - :`.
    pub key: String,
    condition: Option<Condition>,
    value: Setting,
}

#[derive(Debug)]
enum Setting {
    Plain(Value),
    Template(Result<Template, TemplateError>),
}

impl Params {
    pub(super) fn compile(data: &Value) -> Self {
        if data.get("type").and_then(Value::as_str) == Some("clear") {
            return Self::Clear;
        }
        let entries = data.get("set").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        Self::Set(entries.iter().filter_map(Entry::compile).collect())
    }

    pub(super) fn errors(&self) -> Vec<(String, TemplateError)> {
        let Self::Set(entries) = self else { return Vec::new() };
        entries
            .iter()
            .enumerate()
            .filter_map(|(at, entry)| match &entry.value {
                Setting::Template(Err(error)) => Some((format!("data.set[{at}].value"), error.clone())),
                _ => None,
            })
            .collect()
    }

    pub(super) fn run(&self, stage: &mut Stage) -> Result<Next, FaultKind> {
        match self {
            Self::Clear => {
                if let Some(params) = stage.context.params_mut() {
                    params.clear();
                }
                stage.changed("params", Value::Null);
            }
            Self::Set(entries) => {
                for (at, entry) in entries.iter().enumerate() {
                    entry.set(at, stage)?;
                }
            }
        }
        Ok(Next::Along)
    }
}

impl Entry {
    fn compile(json: &Value) -> Option<Self> {
        let key = json.get("key").and_then(Value::as_str)?.trim().to_owned();
        let value = match json.get("value") {
            Some(Value::String(text)) => Setting::Template(Template::parse(text)),
            other => Setting::Plain(other.cloned().unwrap_or_default()),
        };
        let condition =
            json.get("where").filter(|it| !it.is_null()).and_then(|it| Condition::compile(&Json::from(it)));
        (!key.is_empty()).then_some(Self { key, condition, value })
    }

    fn set(&self, at: usize, stage: &mut Stage) -> Result<(), FaultKind> {
        let fault = |field: &str, error: TemplateError| FaultKind::Template {
            field: format!("data.set[{at}].{field}"),
            error,
        };
        if let Some(condition) = &self.condition
            && !condition.holds(&stage.context, &mut stage.env).map_err(|error| fault("where", error))?
        {
            return Ok(());
        }
        let value = match &self.value {
            Setting::Plain(value) => value.clone(),
            Setting::Template(Ok(template)) => {
                template.evaluate(&stage.context, &mut stage.env).map_err(|error| fault("value", error))?
            }
            Setting::Template(Err(error)) => return Err(fault("value", error.clone())),
        };
        stage.changed(&format!("params.{}", self.key), value.clone());
        if let Some(params) = stage.context.params_mut() {
            if value.is_null() {
                params.shift_remove(&self.key);
            } else {
                params.insert(self.key.clone(), value);
            }
        }
        Ok(())
    }
}
