//! Reads what a company sends as strictly as the documents are written, and notes every broken rule.
//!
//! Real relays may be milder here and there (an unknown key is probably skipped); a company that passes this judge has
//! nothing to fear from them. Each rule carries the code of Kakao's (consulttalk.md 3.5) with which the call is answered;
//! relays with codes of their own translate it.

pub(super) mod classic;
pub(super) mod rich;

use serde_json::{Map, Value};

use super::{
    options::Dialect,
    room::Button,
    upload::{Uploads, Use},
};

/// A broken rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// In which call: `write`, `end`, `upload_image`, ….
    pub operation: &'static str,
    /// Kakao's code for it.
    pub code: i32,
    /// The rule's name: `text-too-long`, `unknown-field`, ….
    pub rule: &'static str,
    /// Where: a path of keys, or a header.
    pub at: String,
    /// What was found there.
    pub found: String,
}

impl std::fmt::Display for Violation {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { operation, code, rule, at, found } = self;
        write!(formatter, "{operation}: {rule} ({code}) {at} {found}")
    }
}

/// Kakao's codes.
pub(super) mod code {
    pub const UNAUTHORIZED: i32 = -500;
    pub const SENDER: i32 = -501;
    pub const SESSION: i32 = -502;
    pub const USER: i32 = -503;
    pub const DUPLICATE: i32 = -504;
    pub const MEDIA: i32 = -505;
    pub const LENGTH: i32 = -506;
    pub const PARTNER: i32 = -507;
    pub const INACTIVE: i32 = -508;
    pub const JSON: i32 = -509;
    pub const MESSAGE: i32 = -510;
    pub const BLOCKED: i32 = -511;
    pub const HISTORY: i32 = -681;
}

/// Kakao's name for a code.
pub(super) fn name(code: i32) -> &'static str {
    match code {
        code::UNAUTHORIZED => "UnauthorizedException",
        code::SENDER => "InvalidSenderException",
        code::SESSION => "InvalidSessionException",
        code::USER => "InvalidUserKeyException",
        code::DUPLICATE => "DuplicateSerialNumberException",
        code::MEDIA => "InvalidImageException",
        code::LENGTH => "MessageLengthOverLimitException",
        code::PARTNER => "InvalidHubPartnerException",
        code::INACTIVE => "InvalidProfileChatStatusException",
        code::JSON => "InvalidJsonException",
        code::MESSAGE => "InvalidMessageException",
        code::BLOCKED => "BlockedUserMessageException",
        code::HISTORY => "IncludeInStartChatbotMessageException",
        -512 => "ContractNotFoundException",
        -600 => "FailedToSendMessageException",
        _ => "InternalSystemErrorException",
    }
}

/// Where something stands and how it may look.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rule {
    key: &'static str,
    most: usize,
    code: i32,
    required: bool,
}

impl Rule {
    pub const fn optional(key: &'static str, most: usize) -> Self {
        Self { key, most, code: code::MESSAGE, required: false }
    }

    pub const fn required(key: &'static str, most: usize) -> Self {
        Self { required: true, ..Self::optional(key, most) }
    }

    pub const fn code(self, code: i32) -> Self {
        Self { code, ..self }
    }
}

/// Reads one call.
pub(super) struct Judge<'a> {
    pub operation: &'static str,
    pub dialect: Dialect,
    pub uploads: &'a Uploads,
    pub now_ms: i64,
    pub found: Vec<Violation>,
}

impl<'a> Judge<'a> {
    pub fn new(operation: &'static str, dialect: Dialect, uploads: &'a Uploads, now_ms: i64) -> Self {
        Self { operation, dialect, uploads, now_ms, found: Vec::new() }
    }

    pub fn broken(&mut self, code: i32, rule: &'static str, at: &str, found: impl Into<String>) {
        let found: String = found.into().chars().take(200).collect();
        self.found.push(Violation { operation: self.operation, code, rule, at: at.to_owned(), found });
    }

    /// How this relay spells a key that we know in snake case.
    pub fn key(&self, snake: &str) -> String {
        if self.dialect == Dialect::Bizgo { camel(snake) } else { snake.to_owned() }
    }

    /// An object with no other keys than these.
    pub fn object<'v>(&mut self, value: &'v Value, at: &str, known: &[&str]) -> &'v Map<String, Value> {
        static EMPTY: std::sync::LazyLock<Map<String, Value>> = std::sync::LazyLock::new(Map::new);
        let Some(map) = value.as_object() else {
            self.broken(code::JSON, "no-object", at, value.to_string());
            return &EMPTY;
        };
        let known: Vec<String> = known.iter().map(|key| self.key(key)).collect();
        for (key, value) in map {
            if !known.contains(key) {
                self.broken(code::JSON, "unknown-field", &join(at, key), value.to_string());
            }
        }
        map
    }

    /// What stands under a key; nothing where it is missing or null.
    pub fn get<'v>(&self, map: &'v Map<String, Value>, key: &str) -> Option<&'v Value> {
        map.get(&self.key(key)).filter(|value| !value.is_null())
    }

    /// A text; the empty one where it is missing.
    pub fn text(&mut self, map: &Map<String, Value>, rule: Rule, at: &str) -> String {
        let place = join(at, &self.key(rule.key));
        let text = match self.get(map, rule.key) {
            Some(Value::String(text)) => text.clone(),
            Some(other) => {
                self.broken(code::JSON, "no-text", &place, other.to_string());
                return String::new();
            }
            None => String::new(),
        };
        if rule.required && text.trim().is_empty() {
            self.broken(rule.code, "missing", &place, "");
        }
        let length = text.chars().count();
        if length > rule.most {
            self.broken(rule.code, "text-too-long", &place, format!("{length} > {}", rule.most));
        }
        text
    }

    /// A whole number, also as a text of digits.
    pub fn number(&mut self, map: &Map<String, Value>, rule: Rule, at: &str) -> u64 {
        let place = join(at, &self.key(rule.key));
        let found = self.get(map, rule.key);
        let read = match found {
            Some(Value::String(text)) => text.parse().ok(),
            Some(value) => value.as_u64(),
            None => None,
        };
        match (read, found) {
            (None, None) if rule.required => self.broken(rule.code, "missing", &place, ""),
            (None, Some(value)) => self.broken(code::JSON, "no-number", &place, value.to_string()),
            _ => {}
        }
        read.unwrap_or(0)
    }

    /// A truth.
    pub fn flag(&mut self, map: &Map<String, Value>, key: &'static str, at: &str) -> bool {
        match self.get(map, key) {
            None => false,
            Some(Value::Bool(flag)) => *flag,
            Some(other) => {
                let place = join(at, &self.key(key));
                self.broken(code::JSON, "no-flag", &place, other.to_string());
                false
            }
        }
    }

    /// A list with so many entries, if it is there.
    pub fn list<'v>(
        &mut self,
        map: &'v Map<String, Value>,
        key: &'static str,
        count: std::ops::RangeInclusive<usize>,
        at: &str,
    ) -> &'v [Value] {
        let place = join(at, &self.key(key));
        match self.get(map, key) {
            None => &[],
            Some(Value::Array(list)) => {
                if !count.contains(&list.len()) {
                    self.broken(code::MESSAGE, "count", &place, format!("{} ∉ {count:?}", list.len()));
                }
                list
            }
            Some(other) => {
                self.broken(code::JSON, "no-list", &place, other.to_string());
                &[]
            }
        }
    }

    /// One of these words.
    pub fn word(&mut self, map: &Map<String, Value>, key: &'static str, words: &[&str], at: &str) -> String {
        let word = self.text(map, Rule::optional(key, 100), at);
        if !word.is_empty() && !words.contains(&word.as_str()) {
            let place = join(at, &self.key(key));
            self.broken(code::MESSAGE, "unknown-word", &place, &word);
        }
        word
    }

    /// An uploaded object of one of these uses.
    pub fn media(&mut self, url: &str, uses: &[Use], at: &str) {
        if url.is_empty() {
            return;
        }
        match self.uploads.find(url, self.now_ms) {
            None => self.broken(code::MEDIA, "not-uploaded", at, url),
            Some(upload) if !uses.contains(&upload.used) => {
                self.broken(code::MEDIA, "wrong-use", at, format!("{:?}", upload.used));
            }
            Some(upload) if upload.ready_ms > self.now_ms => {
                self.broken(code::MEDIA, "not-ready", at, url);
            }
            Some(_) => {}
        }
    }

    /// The reason of an automatic answer.
    pub fn auto_answer(&mut self, map: &Map<String, Value>, at: &str) -> Option<String> {
        let reason = self.word(map, "auto_answer", &["S1", "S2", "S3", "S4", "S5"], at);
        (!reason.is_empty()).then_some(reason)
    }

    /// A button or quick reply: the keys differ, the rules are the same.
    fn button(&mut self, value: &Value, at: &str, form: &Form) -> Button {
        let map = self.object(value, at, form.known);
        let name = self.text(map, Rule::required("name", form.label), at);
        let kind = self.text(map, Rule::required("type", 2), at);
        if !kind.is_empty() && !form.kinds.contains(&kind.as_str()) {
            self.broken(code::MESSAGE, "button-type", at, &kind);
        }
        let mut reach = Vec::new();
        for key in ["url_mobile", "url_pc", "scheme_android", "scheme_ios"] {
            let url = self.text(map, Rule::optional(key, 1_000), at);
            let web = url.starts_with("http://") || url.starts_with("https://");
            if !url.is_empty() && key.starts_with("url") && !web {
                self.broken(code::MESSAGE, "no-web-address", &join(at, key), &url);
            }
            if !url.is_empty() {
                reach.push((key, url));
            }
        }
        let has = |key: &str| reach.iter().any(|(known, _)| *known == key);
        let targets =
            ["url_mobile", "scheme_android", "scheme_ios"].into_iter().filter(|key| has(key)).count();
        let form_key = self.text(map, Rule::optional("biz_form_key", 1_000), at);
        match kind.as_str() {
            "WL" if !has("url_mobile") => self.broken(code::MESSAGE, "link-without-url-mobile", at, ""),
            "AL" if targets < 2 => self.broken(code::MESSAGE, "app-link-with-one-target", at, ""),
            "BF" if form_key.is_empty() => self.broken(code::MESSAGE, "form-without-key", at, ""),
            "BK" | "MD" | "BT" if !reach.is_empty() => {
                self.broken(code::MESSAGE, "address-without-link", at, &reach[0].1);
            }
            _ => {}
        }
        let mut mark = |keys: &[&'static str]| {
            let mut mark = None;
            for key in keys {
                let text = self.text(map, Rule::optional(key, 50), at);
                let plain = text.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
                if !plain {
                    let place = join(at, &self.key(key));
                    self.broken(code::MESSAGE, "mark-pattern", &place, &text);
                }
                mark = mark.or((!text.is_empty()).then_some(text));
            }
            mark
        };
        let extra = mark(form.extra);
        let event = mark(form.event);
        let target = self.text(map, Rule::optional(form.target, 3), at);
        if !target.is_empty() && target != "out" {
            self.broken(code::MESSAGE, "target", at, &target);
        }
        let url = reach.into_iter().next().map_or(form_key, |(_, url)| url);
        Button { name, kind, url, extra, event }
    }
}

/// How buttons of one place are written.
struct Form {
    known: &'static [&'static str],
    kinds: &'static [&'static str],
    label: usize,
    extra: &'static [&'static str],
    event: &'static [&'static str],
    target: &'static str,
}

pub(super) fn join(at: &str, key: &str) -> String {
    if at.is_empty() { key.to_owned() } else { format!("{at}.{key}") }
}

fn camel(snake: &str) -> String {
    let mut words = snake.split('_');
    let mut camel = words.next().unwrap_or_default().to_owned();
    for word in words {
        let mut letters = word.chars();
        camel.extend(letters.next().map(|letter| letter.to_ascii_uppercase()));
        camel.push_str(letters.as_str());
    }
    camel
}
