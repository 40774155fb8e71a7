//! Judges an answer by Kakao's written rules (spec kakao-skill.md 4).
//!
//! One violation drops the whole answer (1.4), so the judge is as strict as the documents are, and reports every broken
//! rule at once. Lengths count Unicode scalars; a bubble is measured in bytes of its JSON. The judge reads the JSON by
//! itself and shares nothing with the code that writes such answers. It says nothing about whether an answer is *good*.
//!
//! One more rule: a constant in [`rule`], the check beside the field it is about, and a line in `tests/judge.rs`, which
//! fails as long as a rule has no example.

mod bubble;
mod button;
mod card;
mod carousel;
mod context;
mod item_card;
mod read;
pub mod rule;

use serde::Serialize;
use serde_json::Value;

pub use bubble::{Bubble, Button, Card, Carousel, Header, Item};
pub use context::ContextValue;
pub use rule::Rule;

use crate::lang::Lang;
use read::{Field, kind, present};

/// Bytes of one bubble (1.4).
const BUBBLE_BYTES: usize = 30_720;
const OUTPUTS: usize = 3;
const TEXT: usize = 1_000;
/// In the current documents; older ones have 1,000.
const ALT_TEXT: usize = 50;

/// What the judge says.
#[derive(Debug, Clone, Default)]
pub struct Verdict {
    /// Broken rules; with one of them the person sees nothing.
    pub violations: Vec<Violation>,
    /// What is shown, but not as it was meant.
    pub remarks: Vec<Violation>,
    /// What the person sees.
    pub bubbles: Vec<Bubble>,
    /// What can be tapped above the input.
    pub quick_replies: Vec<Button>,
    /// Contexts that the answer sets.
    pub contexts: Vec<ContextValue>,
    /// The answer asks for a late one.
    pub use_callback: bool,
    /// Values for bubbles that were drawn in the builder.
    pub data: Option<Value>,
}

/// A broken rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Violation {
    /// A stable name, such as `text-too-long`.
    pub rule: &'static str,
    /// Where, as a JSON pointer.
    pub pointer: String,
    /// What was found.
    pub found: String,
    /// What is allowed.
    pub limit: String,
    /// Kakao's number for it, where one is known.
    pub code: Option<u16>,
}

/// What the judge knows about the block besides its answer.
#[derive(Debug, Clone, Copy)]
pub struct Asked {
    /// The block was run by an event and may stay silent with `outputs: []` (1.4).
    pub by_event: bool,
    /// The block shows what the skill says. Otherwise an answer need not have a template (4.10).
    pub skill_data: bool,
}

impl Default for Asked {
    fn default() -> Self {
        Self { by_event: false, skill_data: true }
    }
}

/// Judges the body of an answer to an ordinary block.
pub fn judge(body: &[u8]) -> Verdict {
    judge_answer(body, None, Asked::default())
}

/// Judges an answer with its `Content-Type`.
pub fn judge_answer(body: &[u8], content_type: Option<&str>, asked: Asked) -> Verdict {
    let mut judge = Judge { verdict: Verdict::default(), asked };
    if let Some(other) =
        content_type.filter(|given| !given.trim().to_ascii_lowercase().starts_with("application/json"))
    {
        judge.broken(rule::CONTENT_TYPE, "", other, "application/json; charset=utf-8");
    }
    match serde_json::from_slice::<Value>(body) {
        Ok(Value::Object(root)) => judge.response(&Value::Object(root)),
        Ok(other) => judge.broken(rule::NOT_AN_OBJECT, "", kind(&other), "object"),
        Err(error) => judge.broken(rule::NOT_JSON, "", error.to_string(), "JSON"),
    }
    let mut verdict = judge.verdict;
    if !verdict.violations.is_empty() {
        // Nothing of a dropped answer has an effect.
        verdict = Verdict { violations: verdict.violations, remarks: verdict.remarks, ..Verdict::default() };
    }
    verdict
}

impl Violation {
    /// The rule in words, with what was found and what is allowed.
    pub fn sentence(&self, lang: Lang) -> String {
        let text = Rule::named(self.rule).map_or(self.rule, |rule| lang.of(rule.ko, rule.en));
        let mut sentence = text.to_owned();
        let found: String = self.found.chars().take(80).collect();
        match (found.is_empty(), self.limit.is_empty()) {
            (true, true) => {}
            (false, true) => sentence += &format!(" ({found})"),
            (true, false) => sentence += &format!(" ({})", self.limit),
            (false, false) => {
                sentence += &format!(" ({found}, {} {})", lang.of("허용", "allowed"), self.limit);
            }
        }
        if !self.pointer.is_empty() {
            sentence += &format!(" · {}", self.pointer);
        }
        if let Some(code) = self.code {
            sentence += &format!(" · {code}");
        }
        sentence
    }
}

struct Judge {
    verdict: Verdict,
    asked: Asked,
}

impl Judge {
    fn response(&mut self, root: &Value) {
        match present(root, "version") {
            Some(Value::String(version)) if version == "2.0" => {}
            Some(other) => self.broken(rule::VERSION, "/version", other.to_string(), "\"2.0\""),
            // Whatever else it holds is read by other rules; saying more would only confuse.
            None => return self.broken(rule::VERSION_1, "/version", "", "\"2.0\""),
        }
        self.verdict.use_callback = self.flag(root, "useCallback", "");
        self.contexts(root);
        self.verdict.data = self.object(root, "data", "").cloned();
        let template = self.object(root, "template", "");
        if self.verdict.use_callback {
            if template.is_some() {
                self.broken(rule::TEMPLATE_IGNORED, "/template", "", "");
            }
            return;
        }
        match template {
            Some(template) => self.template(template),
            None if self.asked.skill_data && present(root, "template").is_none() => {
                self.broken(rule::TEMPLATE_MISSING, "/template", "", "");
            }
            None => {}
        }
    }

    fn template(&mut self, template: &Value) {
        let pointer = "/template/outputs";
        let Some(outputs) = template.get("outputs").and_then(Value::as_array) else {
            let found = template.get("outputs").map_or("", kind);
            return self.broken(rule::OUTPUTS_MISSING, pointer, found, "array");
        };
        if outputs.len() > OUTPUTS || outputs.is_empty() && !self.asked.by_event {
            self.broken(rule::OUTPUTS_COUNT, pointer, outputs.len().to_string(), format!("1–{OUTPUTS}"));
        }
        for (at, output) in outputs.iter().enumerate() {
            let pointer = format!("{pointer}/{at}");
            let bytes = output.to_string().len();
            if bytes > BUBBLE_BYTES {
                self.broken(rule::BUBBLE_TOO_LARGE, &pointer, bytes.to_string(), BUBBLE_BYTES.to_string());
            }
            let bubble = self.output(output, &pointer);
            self.verdict.bubbles.extend(bubble);
        }
        self.quick_replies(template);
    }

    fn output(&mut self, output: &Value, pointer: &str) -> Option<Bubble> {
        let Some(map) = output.as_object() else {
            self.broken(rule::FIELD_TYPE, pointer, kind(output), "object");
            return None;
        };
        let mut entries = map.iter();
        let (Some((name, inner)), None) = (entries.next(), entries.next()) else {
            self.broken(rule::OUTPUT_KEYS, pointer, map.keys().cloned().collect::<Vec<_>>().join(", "), "1");
            return None;
        };
        let pointer = format!("{pointer}/{name}");
        match name.as_str() {
            "simpleText" => {
                self.flag(inner, "forwardable", &pointer);
                Some(Bubble::Text(self.text(inner, Field::required("text").chars(TEXT), &pointer)))
            }
            "simpleImage" => {
                self.flag(inner, "forwardable", &pointer);
                let url = self.url(inner, "imageUrl", &pointer, true);
                if present(inner, "altText").is_none() {
                    self.broken(rule::ALT_TEXT, &format!("{pointer}/altText"), "", "altText");
                }
                let alt = self.text(inner, Field::optional("altText").chars(ALT_TEXT), &pointer);
                Some(Bubble::Image(url, alt))
            }
            "textCard" | "basicCard" | "commerceCard" | "listCard" | "itemCard" => {
                Some(Bubble::Card(Box::new(self.card(name, inner, &pointer, false))))
            }
            "carousel" => self.carousel(inner, &pointer).map(Bubble::Carousel),
            _ => {
                self.broken(rule::OUTPUT_UNKNOWN, &pointer, name.as_str(), "");
                None
            }
        }
    }
}
