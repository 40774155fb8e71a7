//! Judges an answer by Kakao's written rules (spec kakao-skill.md 4).
//!
//! One violation drops the whole answer (1.4), so the judge is as strict as the documents are. Lengths count Unicode
//! scalars; a bubble is measured in bytes of its JSON.

mod card;

use serde::Serialize;
use serde_json::{Map, Value};

/// Bytes of one bubble (1.4).
const BUBBLE_BYTES: usize = 30_720;

/// What the judge says.
#[derive(Debug, Clone, Default)]
pub struct Verdict {
    /// Broken rules; with one of them the person sees nothing.
    pub violations: Vec<Violation>,
    /// What the person sees.
    pub bubbles: Vec<Bubble>,
    /// What can be tapped above the input.
    pub quick_replies: Vec<Button>,
    /// Contexts that the answer sets: name, life span, seconds, params.
    pub contexts: Vec<(String, i64, Option<i64>, Map<String, Value>)>,
    /// The answer asks for a late one.
    pub use_callback: bool,
}

/// A broken rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Violation {
    /// A stable name, such as `text-too-long`.
    pub rule: &'static str,
    /// Where, as a JSON pointer.
    pub pointer: String,
    /// What was found and what is allowed.
    pub found: String,
    /// Kakao's number for it, where one is known.
    pub code: Option<u16>,
}

/// One bubble.
#[derive(Debug, Clone, PartialEq)]
pub enum Bubble {
    /// A text.
    Text(String),
    /// A picture: its address and what it shows.
    Image(String, String),
    /// One card.
    Card(Card),
    /// Cards side by side.
    Carousel(Vec<Card>),
}

/// A card of any kind.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Card {
    /// `textCard`, `basicCard`, …
    pub kind: String,
    /// The title.
    pub title: String,
    /// The text, or the lines of a list.
    pub description: String,
    /// The picture's address.
    pub picture: Option<String>,
    /// Items of a list.
    pub items: Vec<Button>,
    /// The buttons.
    pub buttons: Vec<Button>,
}

/// A button, quick reply or list item.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Button {
    /// What stands on it.
    pub label: String,
    /// `message`, `block`, `webLink`, `phone`, `share`, `operator`.
    pub action: String,
    /// What is said when it is tapped.
    pub message: Option<String>,
    /// The block that is called.
    pub block_id: Option<String>,
    /// Where it leads.
    pub link: Option<String>,
    /// What comes back as `clientExtra`.
    pub extra: Option<Value>,
}

/// Judges the body of an answer.
pub fn judge(body: &[u8]) -> Verdict {
    let mut judge = Judge { verdict: Verdict::default() };
    match serde_json::from_slice::<Value>(body) {
        Ok(value) => judge.response(&value),
        Err(error) => judge.broken("not-json", "", error.to_string()),
    }
    if !judge.verdict.violations.is_empty() {
        judge.verdict.bubbles.clear();
        judge.verdict.quick_replies.clear();
    }
    judge.verdict
}

struct Judge {
    verdict: Verdict,
}

impl Judge {
    fn broken(&mut self, rule: &'static str, pointer: &str, found: impl Into<String>) {
        let code = (rule == "thumbnail-missing").then_some(2461);
        self.verdict.violations.push(Violation {
            rule,
            pointer: pointer.to_owned(),
            found: found.into(),
            code,
        });
    }

    fn response(&mut self, value: &Value) {
        let Some(root) = value.as_object() else { return self.broken("not-an-object", "", kind(value)) };
        match root.get("version").and_then(Value::as_str) {
            Some("2.0") => {}
            Some(other) => self.broken("version", "/version", other),
            None => self.broken("version-1", "/version", "without a version the answer is read as version 1"),
        }
        self.verdict.use_callback = root.get("useCallback").and_then(Value::as_bool).unwrap_or(false);
        self.contexts(root.get("context"));
        let Some(template) = root.get("template") else {
            if !self.verdict.use_callback && root.get("data").is_none() {
                self.broken("template-missing", "/template", "there is nothing to show");
            }
            return;
        };
        let Some(outputs) = template.get("outputs").and_then(Value::as_array) else {
            return self.broken("outputs-missing", "/template/outputs", "no list");
        };
        if outputs.is_empty() || outputs.len() > 3 {
            self.broken("outputs-count", "/template/outputs", format!("{} of 1 to 3", outputs.len()));
        }
        for (at, output) in outputs.iter().enumerate() {
            let pointer = format!("/template/outputs/{at}");
            let bytes = output.to_string().len();
            if bytes > BUBBLE_BYTES {
                self.broken("bubble-too-large", &pointer, format!("{bytes} of {BUBBLE_BYTES} bytes"));
            }
            if let Some(bubble) = self.output(output, &pointer) {
                self.verdict.bubbles.push(bubble);
            }
        }
        if let Some(replies) = template.get("quickReplies") {
            self.quick_replies(replies);
        }
    }

    fn output(&mut self, output: &Value, pointer: &str) -> Option<Bubble> {
        let map = output.as_object().filter(|map| map.len() == 1);
        let Some((name, inner)) = map.and_then(|map| map.iter().next()) else {
            self.broken("output-keys", pointer, "an output has exactly one key");
            return None;
        };
        let pointer = format!("{pointer}/{name}");
        match name.as_str() {
            "simpleText" => {
                let text = self.text(inner, "text", &pointer, 1_000, true);
                Some(Bubble::Text(text))
            }
            "simpleImage" => {
                self.url(inner, "imageUrl", &pointer, true);
                let alt = self.text(inner, "altText", &pointer, 1_000, false);
                Some(Bubble::Image(string(inner, "imageUrl"), alt))
            }
            "textCard" | "basicCard" | "commerceCard" | "listCard" | "itemCard" => {
                Some(Bubble::Card(self.card(name, inner, &pointer, false)))
            }
            "carousel" => self.carousel(inner, &pointer),
            other => {
                self.broken("output-unknown", &pointer, other);
                None
            }
        }
    }

    fn carousel(&mut self, carousel: &Value, pointer: &str) -> Option<Bubble> {
        let kind = string(carousel, "type");
        if !matches!(kind.as_str(), "textCard" | "basicCard" | "commerceCard" | "listCard" | "itemCard") {
            self.broken("carousel-type", pointer, kind);
            return None;
        }
        let empty = Vec::new();
        let items = carousel.get("items").and_then(Value::as_array).unwrap_or(&empty);
        let most = if kind == "listCard" { 5 } else { 10 };
        if items.is_empty() || items.len() > most {
            self.broken("carousel-count", pointer, format!("{} of 1 to {most}", items.len()));
        }
        if let Some(header) = carousel.get("header") {
            if matches!(kind.as_str(), "textCard" | "listCard") {
                self.broken("carousel-header", pointer, "not for this type");
            }
            self.text(header, "title", &format!("{pointer}/header"), 100, true);
            self.text(header, "description", &format!("{pointer}/header"), 200, true);
            let thumbnail = header.get("thumbnail").unwrap_or(&Value::Null);
            self.url(thumbnail, "imageUrl", &format!("{pointer}/header/thumbnail"), true);
        }
        let ratio =
            |item: &Value| item.pointer("/thumbnail/fixedRatio").and_then(Value::as_bool).unwrap_or(false);
        if kind == "basicCard" && items.windows(2).any(|pair| ratio(&pair[0]) != ratio(&pair[1])) {
            self.broken("carousel-ratio", pointer, "all pictures need one ratio");
        }
        let cards = items
            .iter()
            .enumerate()
            .map(|(at, item)| self.card(&kind, item, &format!("{pointer}/items/{at}"), true))
            .collect();
        Some(Bubble::Carousel(cards))
    }

    fn quick_replies(&mut self, replies: &Value) {
        let pointer = "/template/quickReplies";
        let Some(list) = replies.as_array() else {
            return self.broken("quick-replies-list", pointer, kind(replies));
        };
        if list.len() > 10 {
            self.broken("quick-replies-count", pointer, format!("{} of 10", list.len()));
        }
        for (at, reply) in list.iter().enumerate() {
            let pointer = format!("{pointer}/{at}");
            self.text(reply, "label", &pointer, 14, true);
            let action = string(reply, "action");
            match action.as_str() {
                "message" => drop(self.text(reply, "messageText", &pointer, usize::MAX, true)),
                "block" => drop(self.text(reply, "blockId", &pointer, usize::MAX, true)),
                other => self.broken("quick-reply-action", &pointer, other),
            }
            self.extra(reply, &pointer);
            self.verdict.quick_replies.push(card::button_of(reply));
        }
    }

    fn extra(&mut self, holder: &Value, pointer: &str) {
        if holder.get("extra").is_some_and(|extra| !extra.is_object()) {
            self.broken("extra", &format!("{pointer}/extra"), "extra is an object");
        }
    }

    fn contexts(&mut self, context: Option<&Value>) {
        let Some(values) = context.and_then(|context| context.get("values")) else { return };
        for (at, value) in values.as_array().into_iter().flatten().enumerate() {
            let pointer = format!("/context/values/{at}");
            let name = self.text(value, "name", &pointer, 50, true);
            let Some(life_span) = value.get("lifeSpan").and_then(Value::as_i64) else {
                self.broken("context-life-span", &pointer, "lifeSpan is a number of turns");
                continue;
            };
            let params = value.get("params").and_then(Value::as_object).cloned().unwrap_or_default();
            if params.values().any(|value| !value.is_string()) {
                self.broken("context-params", &pointer, "params are strings");
            }
            self.verdict.contexts.push((name, life_span, value.get("ttl").and_then(Value::as_i64), params));
        }
    }

    /// A text within its limit; the empty one where it is missing.
    fn text(&mut self, holder: &Value, key: &str, pointer: &str, limit: usize, required: bool) -> String {
        let place = format!("{pointer}/{key}");
        match holder.get(key) {
            None | Some(Value::Null) => {
                if required {
                    self.broken("field-missing", &place, key);
                }
                String::new()
            }
            Some(Value::String(text)) => {
                let length = text.chars().count();
                if length > limit {
                    self.broken("text-too-long", &place, format!("{length} of {limit} characters"));
                }
                if required && text.trim().is_empty() {
                    self.broken("text-empty", &place, "nothing to show");
                }
                if text.contains('\0') {
                    self.broken("text-nul", &place, "NUL");
                }
                text.clone()
            }
            Some(other) => {
                self.broken("field-type", &place, kind(other));
                String::new()
            }
        }
    }

    /// An http or https address.
    fn url(&mut self, holder: &Value, key: &str, pointer: &str, required: bool) {
        let place = format!("{pointer}/{key}");
        match holder.get(key) {
            None | Some(Value::Null) if !required => {}
            None | Some(Value::Null) => self.broken("field-missing", &place, key),
            Some(Value::String(url)) if is_web(url) => {}
            Some(other) => self.broken("url", &place, other.to_string()),
        }
    }
}

fn is_web(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    let rest = rest.or_else(|| {
        let (scheme, rest) = url.split_once("://")?;
        (scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")).then_some(rest)
    });
    rest.is_some_and(|rest| {
        !rest.is_empty() && !rest.starts_with('/') && rest.chars().all(|c| c.is_ascii_graphic())
    })
}

fn string(value: &Value, key: &str) -> String {
    value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}
