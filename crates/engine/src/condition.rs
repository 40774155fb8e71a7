//! Conditions on edges (spec bot.md, "Where").
//!
//! `{ "<path>": { "<operator>": value } }`: all must hold; `$and` and `$or` nest. A part that this program does not
//! know never holds: a bot that branches on it then takes its other edge instead of a wrong one.
//! A condition's value may be a template; the errors of such templates are faults of the scenario, not "does not hold".

use regex::{Regex, RegexBuilder};
use serde_json::Value;

use crate::{
    context::Context,
    json::Json,
    template::{Env, Template, TemplateError},
    value::{Path, as_number, as_text},
};

/// How large the program of one regular expression may become, in bytes.
const REGEX_SIZE: usize = 1 << 20;

/// A parsed condition.
#[derive(Debug, Clone)]
pub enum Condition {
    /// All parts must hold.
    All(Vec<Condition>),
    /// One part must hold.
    Any(Vec<Condition>),
    /// One test of one value.
    Test {
        /// What is tested.
        path: Path,
        /// The test.
        test: Test,
    },
    /// Something unknown: never holds.
    Unknown,
}

/// One test of one value.
#[derive(Debug, Clone)]
pub enum Test {
    /// Is the value.
    Equals(Operand),
    /// Is not the value.
    NotEquals(Operand),
    /// The text contains the text, or the array the value.
    Contains(Operand),
    /// Is there (null counts as absent), or is not.
    Exists(bool),
    /// Both read as numbers and compare so.
    Number(Order, Operand),
    /// The text matches.
    Matches(Pattern),
}

/// How two numbers compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// `>`
    Gt,
    /// `>=`
    Gte,
    /// `<`
    Lt,
    /// `<=`
    Lte,
}

/// What a value is compared with.
#[derive(Debug, Clone)]
pub enum Operand {
    /// A value of the file.
    Plain(Value),
    /// A template of the file, or why it does not parse.
    Template(Result<Box<Template>, TemplateError>),
}

/// A regular expression.
#[derive(Debug, Clone)]
pub enum Pattern {
    /// Compiled when the bot was loaded.
    Ready(Regex),
    /// Known only when a template has been rendered.
    Template(Result<Box<Template>, TemplateError>),
    /// Does not compile; never matches. `bot/check.rs` tells.
    Broken,
}

impl Condition {
    /// Parses the `where` of an edge. `None` where it asks for nothing, which always holds.
    pub fn compile(json: &Json) -> Option<Self> {
        let Some(entries) = json.as_object() else { return Some(Self::Unknown) };
        let mut parts: Vec<Self> =
            entries.iter().flat_map(|(key, value)| compile_entry(key, value)).collect();
        match parts.len() {
            0 => None,
            1 => parts.pop(),
            _ => Some(Self::All(parts)),
        }
    }

    /// How many tests this is made of: among edges of equal priority the one with more wins.
    pub fn weight(&self) -> usize {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().map(Self::weight).sum(),
            Self::Test { .. } | Self::Unknown => 1,
        }
    }

    /// Does it hold?
    pub fn holds(&self, context: &Context, env: &mut Env) -> Result<bool, TemplateError> {
        match self {
            Self::All(parts) => {
                for part in parts {
                    if !part.holds(context, env)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            Self::Any(parts) => {
                for part in parts {
                    if part.holds(context, env)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            Self::Test { path, test } => {
                let found = context.at(path);
                test.holds(found.as_deref().filter(|value| !value.is_null()), context, env)
            }
            Self::Unknown => Ok(false),
        }
    }

    /// The errors of its templates, and its broken patterns as `None`.
    pub fn faults(&self) -> Vec<Option<&TemplateError>> {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().flat_map(Self::faults).collect(),
            Self::Test { test, .. } => test.fault().into_iter().collect(),
            Self::Unknown => Vec::new(),
        }
    }
}

impl Test {
    fn holds(&self, value: Option<&Value>, context: &Context, env: &mut Env) -> Result<bool, TemplateError> {
        Ok(match self {
            Self::Exists(wanted) => value.is_some() == *wanted,
            Self::Equals(operand) => equals(value, &operand.value(context, env)?),
            Self::NotEquals(operand) => !equals(value, &operand.value(context, env)?),
            Self::Contains(operand) => {
                let wanted = operand.value(context, env)?;
                value.is_some_and(|value| contains(value, &wanted))
            }
            Self::Number(order, operand) => {
                let wanted = operand.value(context, env)?;
                match (value.and_then(as_number), as_number(&wanted)) {
                    (Some(left), Some(right)) => match order {
                        Order::Gt => left > right,
                        Order::Gte => left >= right,
                        Order::Lt => left < right,
                        Order::Lte => left <= right,
                    },
                    _ => false,
                }
            }
            Self::Matches(pattern) => match value.and_then(as_text) {
                Some(text) => pattern.matches(&text, context, env)?,
                None => false,
            },
        })
    }

    fn fault(&self) -> Option<Option<&TemplateError>> {
        match self {
            Self::Equals(operand)
            | Self::NotEquals(operand)
            | Self::Contains(operand)
            | Self::Number(_, operand) => match operand {
                Operand::Template(Err(error)) => Some(Some(error)),
                _ => None,
            },
            Self::Matches(Pattern::Broken) => Some(None),
            Self::Matches(Pattern::Template(Err(error))) => Some(Some(error)),
            Self::Matches(_) | Self::Exists(_) => None,
        }
    }
}

impl Operand {
    fn compile(json: &Json) -> Self {
        match json {
            Json::String(text) if text.contains("{{") => Self::Template(Template::parse(text).map(Box::new)),
            other => Self::Plain(other.to_value()),
        }
    }

    fn value(&self, context: &Context, env: &mut Env) -> Result<Value, TemplateError> {
        match self {
            Self::Plain(value) => Ok(value.clone()),
            Self::Template(Ok(template)) => template.evaluate(context, env),
            Self::Template(Err(error)) => Err(error.clone()),
        }
    }
}

impl Pattern {
    fn compile(json: &Json) -> Self {
        match json {
            Json::String(text) if text.contains("{{") => Self::Template(Template::parse(text).map(Box::new)),
            Json::String(text) => pattern(text).map_or(Self::Broken, Self::Ready),
            _ => Self::Broken,
        }
    }

    fn matches(&self, text: &str, context: &Context, env: &mut Env) -> Result<bool, TemplateError> {
        Ok(match self {
            Self::Ready(regex) => regex.is_match(text),
            Self::Template(Ok(template)) => {
                let source = template.render(context, env)?.text;
                pattern(&source).is_some_and(|regex| regex.is_match(text))
            }
            Self::Template(Err(error)) => return Err(error.clone()),
            Self::Broken => false,
        })
    }
}

/// The parts of a condition that are unknown, each with its place behind `where` and its name.
pub fn unknown_parts(json: &Json) -> Vec<(String, String)> {
    let Some(entries) = json.as_object() else {
        return if *json == Json::Null { Vec::new() } else { vec![(String::new(), "where".to_owned())] };
    };
    let mut found = Vec::new();
    for (key, value) in entries {
        match (key.as_str(), value) {
            ("$and" | "$or", Json::Array(parts)) => {
                for (at, part) in parts.iter().enumerate() {
                    found.extend(
                        unknown_parts(part)
                            .into_iter()
                            .map(|(place, what)| (format!(".{key}[{at}]{place}"), what)),
                    );
                }
            }
            (_, Json::Object(tests)) if !key.starts_with('$') => {
                found.extend(
                    tests
                        .iter()
                        .filter(|(operator, value)| compile_test(operator, value).is_none())
                        .map(|(operator, _)| (format!(".{key}.{operator}"), operator.clone())),
                );
            }
            _ => found.push((format!(".{key}"), key.clone())),
        }
    }
    found
}

fn compile_entry(key: &str, value: &Json) -> Vec<Condition> {
    match (key, value) {
        ("$and" | "$or", Json::Array(parts)) => {
            let parts = parts
                .iter()
                .map(|part| Condition::compile(part).unwrap_or(Condition::All(Vec::new())))
                .collect();
            vec![if key == "$and" { Condition::All(parts) } else { Condition::Any(parts) }]
        }
        (_, Json::Object(tests)) if !key.starts_with('$') => {
            let path = Path::parse(key);
            tests
                .iter()
                .map(|(operator, value)| match compile_test(operator, value) {
                    Some(test) => Condition::Test { path: path.clone(), test },
                    None => Condition::Unknown,
                })
                .collect()
        }
        _ => vec![Condition::Unknown],
    }
}

fn compile_test(operator: &str, value: &Json) -> Option<Test> {
    Some(match operator {
        "equals" => Test::Equals(Operand::compile(value)),
        "notEquals" => Test::NotEquals(Operand::compile(value)),
        "contains" => Test::Contains(Operand::compile(value)),
        "exists" => Test::Exists(match value {
            Json::Bool(wanted) => *wanted,
            Json::String(text) if text == "true" => true,
            Json::String(text) if text == "false" => false,
            _ => return None,
        }),
        "gt" => Test::Number(Order::Gt, Operand::compile(value)),
        "gte" => Test::Number(Order::Gte, Operand::compile(value)),
        "lt" => Test::Number(Order::Lt, Operand::compile(value)),
        "lte" => Test::Number(Order::Lte, Operand::compile(value)),
        "regex" => Test::Matches(Pattern::compile(value)),
        _ => return None,
    })
}

fn pattern(source: &str) -> Option<Regex> {
    RegexBuilder::new(source).size_limit(REGEX_SIZE).dfa_size_limit(REGEX_SIZE).build().ok()
}

/// Numbers and texts that are numbers compare as numbers, other simple values by their text.
fn equals(value: Option<&Value>, wanted: &Value) -> bool {
    let Some(value) = value else { return wanted.is_null() };
    if value == wanted {
        return true;
    }
    if let (Some(left), Some(right)) = (as_number(value), as_number(wanted)) {
        #[expect(clippy::float_cmp, reason = "the author asks for the very number")]
        return left == right;
    }
    matches!((as_text(value), as_text(wanted)), (Some(left), Some(right)) if left == right)
}

fn contains(value: &Value, wanted: &Value) -> bool {
    match value {
        Value::Array(items) => items.iter().any(|item| equals(Some(item), wanted)),
        _ => match (as_text(value), as_text(wanted)) {
            (Some(text), Some(part)) => text.contains(part.as_ref()),
            _ => false,
        },
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn check(condition: &str, expected: bool) {
        let context = Context::from_value(json!({
            "message": {"type": "text", "text": "뒤로 2번"},
            "params": {"age": "19", "tags": ["vip", 3], "name": "홍길동", "zero": 0, "nothing": null},
            "platform": "kakao",
        }));
        let (json, _) = Json::parse(condition).expect("is JSON");
        let condition = Condition::compile(&json);
        let holds = condition
            .is_none_or(|condition| condition.holds(&context, &mut Env::new(0, 1)).expect("renders"));
        assert_eq!(holds, expected, "{json:?}");
    }

    #[test]
    fn each_operator_holds_when_its_row_says_so() {
        for (condition, expected) in [
            (r#"{"message": {"equals": "뒤로 2번"}}"#, true),
            (r#"{"message.text": {"contains": "2"}}"#, true),
            (r#"{"message.text": {"regex": "뒤|back"}}"#, true),
            (r#"{"message.text": {"regex": "("}}"#, false),
            (r#"{"params.age": {"equals": 19}}"#, true),
            (r#"{"params.age": {"equals": "19.0"}}"#, true),
            (r#"{"age": {"gte": 19}}"#, true),
            (r#"{"age": {"gt": "19"}}"#, false),
            (r#"{"name": {"lt": 5}}"#, false),
            (r#"{"tags": {"contains": "vip"}}"#, true),
            (r#"{"tags": {"contains": "3"}}"#, true),
            (r#"{"params.nothing": {"exists": true}}"#, false),
            (r#"{"params.nothing": {"exists": false}}"#, true),
            (r#"{"zero": {"exists": true}}"#, true),
            (r#"{"nowhere": {"notEquals": "x"}}"#, true),
            (r#"{"nowhere": {"equals": null}}"#, true),
            (r#"{"name": {"equals": "{{params.name}}"}}"#, true),
            (r#"{"name": {"regex": "^{{name}}$"}}"#, true),
            (r#"{"name": {"sounds": "like"}}"#, false),
            ("{}", true),
        ] {
            check(condition, expected);
        }
    }

    #[test]
    fn parts_nest_and_all_must_hold() {
        check(r#"{"age": {"gte": 10, "lt": 20}, "platform": {"equals": "kakao"}}"#, true);
        check(r#"{"age": {"gte": 10, "lt": 15}}"#, false);
        check(
            r#"{"$or": [{"age": {"lt": 5}}, {"$and": [{"name": {"exists": true}}, {"zero": {"equals": 0}}]}]}"#,
            true,
        );
        check(r#"{"$or": []}"#, false);
    }

    #[test]
    fn more_tests_weigh_more() {
        let weight = |text: &str| {
            Condition::compile(&Json::parse(text).expect("is JSON").0).map_or(0, |it| it.weight())
        };
        assert_eq!(weight(r#"{"a": {"gt": 1, "lt": 2}, "$or": [{"b": {"exists": true}}]}"#), 3);
    }

    #[test]
    fn unknown_parts_are_named_with_their_place() {
        let (json, _) = Json::parse(r#"{"$or": [{"a": {"near": 1}}], "$not": {}}"#).expect("is JSON");
        let found = unknown_parts(&json);
        assert_eq!(
            found,
            [(".$or[0].a.near".to_owned(), "near".to_owned()), (".$not".to_owned(), "$not".to_owned())]
        );
    }
}
