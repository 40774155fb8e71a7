//! Paths into JSON values, and how values are read as numbers and texts.
//!
//! A path is what stands left of a condition: `message.text`, `fetch.data.items[0].name`. It is parsed once and walked
//! by reference; it evaluates nothing.

use std::borrow::Cow;

use serde_json::Value;

/// A parsed path. The first part names a context key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    first: String,
    rest: Vec<Step>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Key(String),
    Index(usize),
}

impl Path {
    /// Reads `a.b[0].c`. Whatever is no index is part of a key, so that no path is refused.
    pub fn parse(text: &str) -> Self {
        let mut steps = Vec::new();
        for part in text.split('.') {
            let (key, indices) = split_indices(part);
            if !key.is_empty() || indices.is_empty() {
                steps.push(Step::Key(key.to_owned()));
            }
            steps.extend(indices.into_iter().map(Step::Index));
        }
        let mut steps = steps.into_iter();
        let first = match steps.next() {
            Some(Step::Key(key)) => key,
            Some(Step::Index(index)) => index.to_string(),
            None => String::new(),
        };
        Self { first, rest: steps.collect() }
    }

    /// The context key that this path begins with.
    pub fn first(&self) -> &str {
        &self.first
    }

    /// Is it one word?
    pub fn is_bare(&self) -> bool {
        self.rest.is_empty()
    }

    /// Does it go beyond its second part?
    pub fn is_deep(&self) -> bool {
        self.rest.len() > 1
    }

    /// The key behind the first, where there is one: `error` of `fetch.error.name`.
    pub fn second(&self) -> Option<&str> {
        match self.rest.first()? {
            Step::Key(key) => Some(key),
            Step::Index(_) => None,
        }
    }

    /// Walks on from the value of the first key. `length` of arrays and texts is known, as in JavaScript.
    pub fn walk<'a>(&self, start: &'a Value) -> Option<Cow<'a, Value>> {
        let mut here = start;
        for (at, step) in self.rest.iter().enumerate() {
            let next = match (step, here) {
                (Step::Key(key), Value::Object(map)) => map.get(key),
                (Step::Index(index), Value::Array(items)) => items.get(*index),
                (Step::Index(index), Value::Object(map)) => map.get(&index.to_string()),
                (Step::Key(key), Value::Array(items)) => {
                    key.parse::<usize>().ok().and_then(|index| items.get(index))
                }
                _ => None,
            };
            match next {
                Some(value) => here = value,
                None if at + 1 == self.rest.len() && *step == Step::Key("length".to_owned()) => {
                    return length(here).map(Cow::Owned);
                }
                None => return None,
            }
        }
        Some(Cow::Borrowed(here))
    }
}

fn split_indices(part: &str) -> (&str, Vec<usize>) {
    let Some(open) = part.find('[') else { return (part, Vec::new()) };
    let mut indices = Vec::new();
    let mut rest = &part[open..];
    while let Some(inner) = rest.strip_prefix('[') {
        let Some(close) = inner.find(']') else { return (part, Vec::new()) };
        let Ok(index) = inner[..close].trim().parse() else { return (part, Vec::new()) };
        indices.push(index);
        rest = &inner[close + 1..];
    }
    if rest.is_empty() { (&part[..open], indices) } else { (part, Vec::new()) }
}

fn length(value: &Value) -> Option<Value> {
    match value {
        Value::Array(items) => Some(Value::from(items.len())),
        Value::String(text) => Some(Value::from(text.encode_utf16().count())),
        _ => None,
    }
}

/// A number, or a text that is one (surrounding white space aside). Nothing else is a number here: `true` is not 1.
pub fn as_number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => {
            let text = text.trim();
            // Rust reads "inf" and "nan"; people who write them mean words.
            text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.'))
                .then(|| text.parse().ok())?
        }
        _ => None,
    }
}

/// A whole number, or a text that is one.
pub fn as_whole(value: &Value) -> Option<i64> {
    as_number(value)
        .filter(|number| number.fract() == 0.0 && number.abs() < 9.0e15)
        .map(|number| number as i64)
}

/// The text of a simple value; `None` for null, arrays and objects.
pub fn as_text(value: &Value) -> Option<Cow<'_, str>> {
    match value {
        Value::String(text) => Some(Cow::Borrowed(text)),
        Value::Number(number) => Some(Cow::Owned(match number.as_f64() {
            Some(float) if float.fract() == 0.0 && float.abs() < 9.0e15 => format!("{float:.0}"),
            _ => number.to_string(),
        })),
        Value::Bool(truth) => Some(Cow::Borrowed(if *truth { "true" } else { "false" })),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn check(path: &str, expected: Option<&Value>) {
        let context = json!({"a": {"b": [{"c": 1}, [2, 3]], "": 4, "x[y]": 5}, "s": "가나"});
        let path = Path::parse(path);
        let found = context.get(path.first()).and_then(|start| path.walk(start).map(Cow::into_owned));
        assert_eq!(found.as_ref(), expected);
    }

    #[test]
    fn paths_walk_objects_and_arrays() {
        check("a.b[0].c", Some(&json!(1)));
        check("a.b[1][0]", Some(&json!(2)));
        check("a.b.1.1", Some(&json!(3)));
        check("a.b.length", Some(&json!(2)));
        check("s.length", Some(&json!(2)));
        check("a.x[y]", Some(&json!(5)));
        check("a.b[9].c", None);
        check("nothing.at.all", None);
    }

    #[test]
    fn texts_that_are_numbers_are_numbers() {
        assert_eq!(as_number(&json!(" 12.5 ")), Some(12.5));
        assert_eq!(as_number(&json!("")), None);
        assert_eq!(as_number(&json!("inf")), None);
        assert_eq!(as_number(&json!(true)), None);
    }
}
