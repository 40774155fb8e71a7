//! Templates inside data: a node's message with all its texts, and lists that grow with an array.
//!
//! An item of a list whose texts use `[i]` or `[a..b]` is repeated for each element (spec templates.md, "array
//! expansion"). The first array that the item names decides how often; of others the missing elements are empty.

use serde_json::{Map, Value};

use super::{
    Env, Scope, Template, TemplateError,
    ast::{Expr, Path},
    render,
};

/// How often an item is repeated at most.
const MAX_ITEMS: usize = 10;

/// A JSON value whose texts are templates, parsed once.
#[derive(Debug, Clone)]
pub enum Data {
    /// Holds no template anywhere.
    Plain(Value),
    /// A text with a template, or why it cannot be parsed.
    Text(Result<Box<Template>, TemplateError>),
    /// A list.
    List(Vec<Item>),
    /// An object.
    Object(Vec<(String, Data)>),
}

/// An item of a list.
#[derive(Debug, Clone)]
pub struct Item {
    data: Data,
    over: Option<(Path, Option<(usize, usize)>)>,
}

/// Rendered data.
#[derive(Debug, Clone, PartialEq)]
pub struct RenderedData {
    /// As the end user sees it.
    pub shown: Value,
    /// As it is stored, where `MASK` makes it differ.
    pub stored: Option<Value>,
    /// When the stored form takes over: the earliest of its masks; at once where absent.
    pub mask_after_ms: Option<u64>,
}

/// Why data was not rendered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataError {
    /// Which text, as a JSON pointer.
    pub pointer: String,
    /// What is wrong with it.
    pub error: TemplateError,
}

impl Data {
    /// Parses all texts of a value.
    pub fn compile(value: &Value) -> Self {
        match value {
            Value::String(text) => match Template::parse(text) {
                Ok(template) => match template.as_plain() {
                    Some(plain) => Self::Plain(Value::from(plain)),
                    None => Self::Text(Ok(Box::new(template))),
                },
                Err(error) => Self::Text(Err(error)),
            },
            Value::Array(items) => {
                let items: Vec<Item> = items.iter().map(Item::compile).collect();
                if items.iter().all(|item| matches!(item.data, Self::Plain(_))) {
                    return Self::Plain(value.clone());
                }
                Self::List(items)
            }
            Value::Object(map) => {
                let entries: Vec<_> =
                    map.iter().map(|(key, value)| (key.clone(), Self::compile(value))).collect();
                if entries.iter().all(|(_, data)| matches!(data, Self::Plain(_))) {
                    return Self::Plain(value.clone());
                }
                Self::Object(entries)
            }
            other => Self::Plain(other.clone()),
        }
    }

    /// The texts that cannot be parsed, each with its JSON pointer.
    pub fn errors(&self) -> impl Iterator<Item = (String, &TemplateError)> {
        let mut found = Vec::new();
        self.collect_errors("", &mut found);
        found.into_iter()
    }

    fn collect_errors<'a>(&'a self, pointer: &str, found: &mut Vec<(String, &'a TemplateError)>) {
        match self {
            Self::Text(Err(error)) => found.push((pointer.to_owned(), error)),
            Self::Plain(_) | Self::Text(Ok(_)) => {}
            Self::List(items) => {
                for (at, item) in items.iter().enumerate() {
                    item.data.collect_errors(&format!("{pointer}/{at}"), found);
                }
            }
            Self::Object(entries) => {
                for (key, data) in entries {
                    data.collect_errors(&format!("{pointer}/{key}"), found);
                }
            }
        }
    }

    /// The first `[i]` or `[a..b]` in reading order.
    fn expansion(&self) -> Option<(Path, Option<(usize, usize)>)> {
        match self {
            Self::Plain(_) | Self::Text(Err(_)) => None,
            Self::Text(Ok(template)) => {
                let mut found = None;
                template.body.visit(&mut |expr| {
                    if let (None, Expr::Path(path)) = (&found, expr) {
                        found = path.expansion();
                    }
                });
                found
            }
            Self::List(items) => items.iter().find_map(|item| item.data.expansion()),
            Self::Object(entries) => entries.iter().find_map(|(_, data)| data.expansion()),
        }
    }

    /// Renders all texts.
    pub fn render(&self, scope: &dyn Scope, env: &mut Env) -> Result<RenderedData, DataError> {
        let mut masks = Masks::default();
        let both = self.both(scope, env, &mut masks).map_err(|(mut keys, error)| {
            keys.reverse();
            DataError { pointer: keys.into_iter().map(|key| format!("/{key}")).collect(), error }
        })?;
        let mask_after_ms = if masks.at_once { None } else { masks.earliest };
        Ok(RenderedData { shown: both.shown, stored: both.stored, mask_after_ms })
    }

    fn both(
        &self,
        scope: &dyn Scope,
        env: &mut Env,
        masks: &mut Masks,
    ) -> Result<Both, (Vec<String>, TemplateError)> {
        match self {
            Self::Plain(value) => Ok(Both { shown: value.clone(), stored: None }),
            Self::Text(Err(error)) => Err((Vec::new(), error.clone())),
            Self::Text(Ok(template)) => {
                let rendered = template.render(scope, env).map_err(|error| (Vec::new(), error))?;
                rendered.masks.iter().for_each(|mask| masks.add(mask.after_ms));
                Ok(Both { stored: rendered.masked().map(Value::String), shown: Value::String(rendered.text) })
            }
            Self::List(items) => {
                let mut shown = Vec::with_capacity(items.len());
                let mut stored = Vec::new();
                let mut differs = false;
                for (at, item) in items.iter().enumerate() {
                    let under = |(mut keys, error): (Vec<String>, TemplateError)| {
                        keys.push(at.to_string());
                        (keys, error)
                    };
                    for both in item.each(scope, env, masks).map_err(under)? {
                        differs |= both.stored.is_some();
                        stored.push(both.stored.unwrap_or_else(|| both.shown.clone()));
                        shown.push(both.shown);
                    }
                }
                Ok(Both { shown: Value::Array(shown), stored: differs.then_some(Value::Array(stored)) })
            }
            Self::Object(entries) => {
                let mut shown = Map::with_capacity(entries.len());
                let mut stored = None::<Map<String, Value>>;
                for (key, data) in entries {
                    let both = data.both(scope, env, masks).map_err(|(mut keys, error)| {
                        keys.push(key.clone());
                        (keys, error)
                    })?;
                    if both.stored.is_some() && stored.is_none() {
                        stored = Some(shown.clone());
                    }
                    if let Some(stored) = &mut stored {
                        stored.insert(key.clone(), both.stored.unwrap_or_else(|| both.shown.clone()));
                    }
                    shown.insert(key.clone(), both.shown);
                }
                Ok(Both { shown: Value::Object(shown), stored: stored.map(Value::Object) })
            }
        }
    }
}

impl Item {
    fn compile(value: &Value) -> Self {
        let data = Data::compile(value);
        Self { over: data.expansion(), data }
    }

    fn each(
        &self,
        scope: &dyn Scope,
        env: &mut Env,
        masks: &mut Masks,
    ) -> Result<Vec<Both>, (Vec<String>, TemplateError)> {
        // Inside an item that is being repeated, `[i]` of a nested list means the outer one.
        let (Some((path, range)), None) = (&self.over, env.expand) else {
            return Ok(vec![self.data.both(scope, env, masks)?]);
        };
        let count = render::expanded_count(path, *range, MAX_ITEMS, scope, env);
        let mut items = Vec::with_capacity(count);
        for index in 0..count {
            env.expand = Some(index);
            let both = self.data.both(scope, env, masks);
            env.expand = None;
            items.push(both?);
        }
        Ok(items)
    }
}

struct Both {
    shown: Value,
    stored: Option<Value>,
}

#[derive(Default)]
struct Masks {
    at_once: bool,
    earliest: Option<u64>,
}

impl Masks {
    fn add(&mut self, after_ms: Option<u64>) {
        match after_ms {
            None => self.at_once = true,
            Some(after) => self.earliest = Some(self.earliest.map_or(after, |earliest| earliest.min(after))),
        }
    }
}
