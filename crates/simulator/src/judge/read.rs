//! Reads single fields of an answer and notes what is wrong with them.
//!
//! Every reader returns something to show, so that one pass finds all broken rules and not only the first.

use serde_json::Value;

use super::{Judge, Rule, Violation, rule};

/// A text field: what it is called, how long it may be and whether it has to be there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Field {
    key: &'static str,
    limit: usize,
    lines: usize,
    required: bool,
}

impl Field {
    pub(super) const fn optional(key: &'static str) -> Self {
        Self { key, limit: usize::MAX, lines: usize::MAX, required: false }
    }

    pub(super) const fn required(key: &'static str) -> Self {
        Self { required: true, ..Self::optional(key) }
    }

    pub(super) const fn chars(self, limit: usize) -> Self {
        Self { limit, ..self }
    }

    pub(super) const fn lines(self, lines: usize) -> Self {
        Self { lines, ..self }
    }
}

impl Judge {
    /// Notes a broken rule.
    pub(super) fn broken(
        &mut self,
        rule: Rule,
        pointer: &str,
        found: impl Into<String>,
        limit: impl Into<String>,
    ) {
        let violation = Violation {
            rule: rule.name,
            pointer: pointer.to_owned(),
            found: found.into(),
            limit: limit.into(),
            code: rule.code,
        };
        let list = if rule.drops { &mut self.verdict.violations } else { &mut self.verdict.remarks };
        list.push(violation);
    }

    /// A text; the empty one where it is missing.
    pub(super) fn text(&mut self, holder: &Value, field: Field, pointer: &str) -> String {
        let place = format!("{pointer}/{}", field.key);
        match present(holder, field.key) {
            None => {
                if field.required {
                    self.broken(rule::FIELD_MISSING, &place, "", field.key);
                }
                String::new()
            }
            Some(Value::String(text)) => {
                self.measure(text, field, &place);
                text.clone()
            }
            Some(other) => {
                self.broken(rule::FIELD_TYPE, &place, kind(other), "string");
                String::new()
            }
        }
    }

    fn measure(&mut self, text: &str, field: Field, place: &str) {
        let length = text.chars().count();
        if length > field.limit {
            self.broken(rule::TEXT_TOO_LONG, place, length.to_string(), field.limit.to_string());
        }
        if field.required && text.trim().is_empty() {
            self.broken(rule::TEXT_EMPTY, place, "", field.key);
        }
        if text.contains('\0') {
            self.broken(rule::TEXT_NUL, place, "\\u0000", "");
        }
        let lines = text.trim_end().split('\n').count();
        if lines > field.lines {
            self.broken(rule::LINES, place, lines.to_string(), field.lines.to_string());
        }
    }

    /// Two texts that share one limit (4.4, 4.8).
    pub(super) fn together(&mut self, texts: [&str; 2], limit: usize, pointer: &str) {
        let length: usize = texts.iter().map(|text| text.chars().count()).sum();
        // A single text over the limit was named already.
        if length > limit && texts.iter().all(|text| text.chars().count() <= limit) {
            self.broken(rule::TEXT_TOO_LONG, pointer, length.to_string(), limit.to_string());
        }
    }

    /// An http or https address; the empty text where it is missing.
    pub(super) fn url(&mut self, holder: &Value, key: &'static str, pointer: &str, required: bool) -> String {
        let place = format!("{pointer}/{key}");
        match present(holder, key) {
            None => {
                if required {
                    self.broken(rule::FIELD_MISSING, &place, "", key);
                }
                String::new()
            }
            Some(Value::String(url)) if is_web(url) => url.clone(),
            Some(other) => {
                self.broken(rule::URL, &place, other.to_string(), "http(s)://…");
                String::new()
            }
        }
    }

    /// A switch; off where it is missing.
    pub(super) fn flag(&mut self, holder: &Value, key: &str, pointer: &str) -> bool {
        match present(holder, key) {
            None => false,
            Some(Value::Bool(on)) => *on,
            Some(other) => {
                self.broken(rule::FIELD_TYPE, &format!("{pointer}/{key}"), kind(other), "boolean");
                false
            }
        }
    }

    /// An optional whole number.
    pub(super) fn whole(&mut self, holder: &Value, key: &str, pointer: &str) -> Option<i64> {
        let value = present(holder, key)?;
        if value.as_i64().is_none() {
            self.broken(rule::FIELD_TYPE, &format!("{pointer}/{key}"), value.to_string(), "whole number");
        }
        value.as_i64()
    }

    /// An optional object.
    pub(super) fn object<'a>(&mut self, holder: &'a Value, key: &str, pointer: &str) -> Option<&'a Value> {
        let value = present(holder, key)?;
        if value.is_object() {
            return Some(value);
        }
        self.broken(rule::FIELD_TYPE, &format!("{pointer}/{key}"), kind(value), "object");
        None
    }

    /// An optional list; empty where it is missing.
    pub(super) fn list<'a>(&mut self, holder: &'a Value, key: &str, pointer: &str) -> &'a [Value] {
        match present(holder, key) {
            None => &[],
            Some(Value::Array(list)) => list,
            Some(other) => {
                self.broken(rule::FIELD_TYPE, &format!("{pointer}/{key}"), kind(other), "array");
                &[]
            }
        }
    }
}

/// A field that is there; `null` counts as absent.
pub(super) fn present<'a>(holder: &'a Value, key: &str) -> Option<&'a Value> {
    holder.get(key).filter(|value| !value.is_null())
}

pub(super) fn string(holder: &Value, key: &str) -> String {
    holder.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
}

pub(super) fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// Absolute, http or https, and nothing in it that has to be percent-encoded.
fn is_web(url: &str) -> bool {
    let Some((scheme, rest)) = url.split_once("://") else { return false };
    let web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    web && !rest.is_empty()
        && !rest.starts_with(['/', '?', '#'])
        && rest.chars().all(|c| c.is_ascii_graphic())
}
