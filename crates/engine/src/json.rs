//! JSON that is written out as it was read: keys in their order, numbers in their spelling.
//!
//! `serde_json::Value` turns `24.0` into a float and `1e3` into `1000.0`; a bot file must come out again byte for byte
//! (spec bot.md, "The file"), so bot files are read into this tree and everything else uses `Value`.
//! White space and the spelling of string escapes are not kept: a file is written in the one canonical layout.
//! Two things in a file cannot be kept at all, and are told as notes: a key that stands twice in one object (the last
//! value counts, as in JavaScript) and half of a surrogate pair (written as U+FFFD).

use std::fmt::Write as _;

use serde_json::{Map, Number, Value};

/// How deep arrays and objects may nest. Real bot files stay below 15.
const MAX_DEPTH: usize = 128;

/// A JSON tree.
#[derive(Debug, Clone, PartialEq)]
pub enum Json {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number, in its spelling.
    Number(Box<str>),
    /// A string, unescaped.
    String(String),
    /// An array.
    Array(Vec<Json>),
    /// An object; keys in file order, each once.
    Object(Vec<(String, Json)>),
}

/// Why a text is no JSON.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {what}")]
pub struct SyntaxError {
    /// 1-based.
    pub line: usize,
    /// 1-based, in characters.
    pub column: usize,
    /// What was found or missing there.
    pub what: &'static str,
}

/// Something that was read but cannot be kept as it stood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// This key stands twice in one object; the last value counts.
    DuplicateKey(String),
    /// A string held half of a surrogate pair.
    LoneSurrogate,
}

impl Json {
    /// Reads a whole text.
    pub fn parse(text: &str) -> Result<(Self, Vec<Note>), SyntaxError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut reader = Reader { text, bytes: text.as_bytes(), at: 0, notes: Vec::new() };
        let value = reader.value(0)?;
        reader.space();
        if reader.at < reader.bytes.len() {
            return Err(reader.error("something follows the end of the JSON"));
        }
        Ok((value, reader.notes))
    }

    /// The canonical layout of bot files: two spaces, no newline at the end.
    pub fn write(&self) -> String {
        let mut out = String::new();
        write_value(self, 0, &mut out);
        out
    }

    /// The value of a key, where this is an object that has it.
    pub fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Object(entries) => entries.iter().find(|(name, _)| name == key).map(|(_, value)| value),
            _ => None,
        }
    }

    /// The same, to change it.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Self> {
        match self {
            Self::Object(entries) => entries.iter_mut().find(|(name, _)| name == key).map(|(_, value)| value),
            _ => None,
        }
    }

    /// Sets a key of an object, in place or at the end. Nothing happens where this is no object.
    pub fn set(&mut self, key: &str, value: Self) {
        if let Some(slot) = self.get_mut(key) {
            *slot = value;
        } else if let Self::Object(entries) = self {
            entries.push((key.to_owned(), value));
        }
    }

    /// The elements, where this is an array.
    pub fn as_array(&self) -> Option<&[Self]> {
        match self {
            Self::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The entries, where this is an object.
    pub fn as_object(&self) -> Option<&[(String, Self)]> {
        match self {
            Self::Object(entries) => Some(entries),
            _ => None,
        }
    }

    /// The text, where this is a string.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// The truth value, where this is one.
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(truth) => Some(*truth),
            _ => None,
        }
    }

    /// A whole number; `3.0` counts as one.
    pub fn as_i64(&self) -> Option<i64> {
        match self {
            Self::Number(digits) => digits.parse().ok().or_else(|| {
                let float: f64 = digits.parse().ok()?;
                (float.fract() == 0.0 && float.abs() < 9.0e15).then_some(float as i64)
            }),
            _ => None,
        }
    }

    /// The same tree as the rest of the program uses it.
    pub fn to_value(&self) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Bool(truth) => Value::Bool(*truth),
            Self::Number(digits) => number(digits),
            Self::String(text) => Value::String(text.clone()),
            Self::Array(items) => Value::Array(items.iter().map(Self::to_value).collect()),
            Self::Object(entries) => Value::Object(
                entries.iter().map(|(key, value)| (key.clone(), value.to_value())).collect::<Map<_, _>>(),
            ),
        }
    }
}

impl From<&Value> for Json {
    fn from(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(truth) => Self::Bool(*truth),
            Value::Number(number) => Self::Number(number.to_string().into()),
            Value::String(text) => Self::String(text.clone()),
            Value::Array(items) => Self::Array(items.iter().map(Self::from).collect()),
            Value::Object(map) => {
                Self::Object(map.iter().map(|(key, value)| (key.clone(), Self::from(value))).collect())
            }
        }
    }
}

fn number(digits: &str) -> Value {
    if let Ok(whole) = digits.parse::<i64>() {
        return Value::from(whole);
    }
    if let Ok(whole) = digits.parse::<u64>() {
        return Value::from(whole);
    }
    digits.parse::<f64>().ok().and_then(Number::from_f64).map_or(Value::Null, Value::Number)
}

fn write_value(value: &Json, depth: usize, out: &mut String) {
    match value {
        Json::Null => out.push_str("null"),
        Json::Bool(true) => out.push_str("true"),
        Json::Bool(false) => out.push_str("false"),
        Json::Number(digits) => out.push_str(digits),
        Json::String(text) => write_string(text, out),
        Json::Array(items) if items.is_empty() => out.push_str("[]"),
        Json::Object(entries) if entries.is_empty() => out.push_str("{}"),
        Json::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                next_line(index, depth + 1, out);
                write_value(item, depth + 1, out);
            }
            end_line(depth, out);
            out.push(']');
        }
        Json::Object(entries) => {
            out.push('{');
            for (index, (key, value)) in entries.iter().enumerate() {
                next_line(index, depth + 1, out);
                write_string(key, out);
                out.push_str(": ");
                write_value(value, depth + 1, out);
            }
            end_line(depth, out);
            out.push('}');
        }
    }
}

fn next_line(index: usize, depth: usize, out: &mut String) {
    if index > 0 {
        out.push(',');
    }
    end_line(depth, out);
}

fn end_line(depth: usize, out: &mut String) {
    out.push('\n');
    for _ in 0..depth {
        out.push_str("  ");
    }
}

/// Escapes as JavaScript's `JSON.stringify` does, since that wrote the files that people bring.
fn write_string(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            c if c < ' ' => {
                let _ = write!(out, "\\u{:04x}", c as u32);
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

struct Reader<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    notes: Vec<Note>,
}

impl Reader<'_> {
    fn error(&self, what: &'static str) -> SyntaxError {
        let mut end = self.at.min(self.text.len());
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        let before = &self.text[..end];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        SyntaxError {
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            what,
        }
    }

    fn space(&mut self) {
        while matches!(self.bytes.get(self.at), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }

    fn value(&mut self, depth: usize) -> Result<Json, SyntaxError> {
        if depth > MAX_DEPTH {
            return Err(self.error("arrays and objects nest too deeply"));
        }
        self.space();
        match self.bytes.get(self.at) {
            None => Err(self.error("the text ends where a value should stand")),
            Some(b'{') => self.object(depth),
            Some(b'[') => self.array(depth),
            Some(b'"') => self.string().map(Json::String),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b't') => self.word("true", Json::Bool(true)),
            Some(b'f') => self.word("false", Json::Bool(false)),
            Some(b'n') => self.word("null", Json::Null),
            Some(_) => Err(self.error("a value should stand here")),
        }
    }

    fn word(&mut self, word: &str, value: Json) -> Result<Json, SyntaxError> {
        if self.text[self.at..].starts_with(word) {
            self.at += word.len();
            Ok(value)
        } else {
            Err(self.error("a value should stand here"))
        }
    }

    fn array(&mut self, depth: usize) -> Result<Json, SyntaxError> {
        self.at += 1;
        let mut items = Vec::new();
        self.space();
        if self.eat(b']') {
            return Ok(Json::Array(items));
        }
        loop {
            items.push(self.value(depth + 1)?);
            self.space();
            if self.eat(b']') {
                return Ok(Json::Array(items));
            }
            if !self.eat(b',') {
                return Err(self.error("a comma or ] should stand here"));
            }
        }
    }

    fn object(&mut self, depth: usize) -> Result<Json, SyntaxError> {
        self.at += 1;
        let mut entries: Vec<(String, Json)> = Vec::new();
        self.space();
        if self.eat(b'}') {
            return Ok(Json::Object(entries));
        }
        loop {
            self.space();
            if self.bytes.get(self.at) != Some(&b'"') {
                return Err(self.error("a key in double quotes should stand here"));
            }
            let key = self.string()?;
            self.space();
            if !self.eat(b':') {
                return Err(self.error("a colon should stand here"));
            }
            let value = self.value(depth + 1)?;
            // Objects of bot files have a dozen keys; a linear search is cheaper than a map.
            if let Some((_, slot)) = entries.iter_mut().find(|(name, _)| *name == key) {
                *slot = value;
                self.notes.push(Note::DuplicateKey(key));
            } else {
                entries.push((key, value));
            }
            self.space();
            if self.eat(b'}') {
                return Ok(Json::Object(entries));
            }
            if !self.eat(b',') {
                return Err(self.error("a comma or } should stand here"));
            }
        }
    }

    fn eat(&mut self, byte: u8) -> bool {
        let found = self.bytes.get(self.at) == Some(&byte);
        self.at += usize::from(found);
        found
    }

    fn digits(&mut self) -> usize {
        let start = self.at;
        while matches!(self.bytes.get(self.at), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        self.at - start
    }

    fn number(&mut self) -> Result<Json, SyntaxError> {
        let start = self.at;
        self.eat(b'-');
        let leading_zero = self.bytes.get(self.at) == Some(&b'0');
        let whole = self.digits();
        if whole == 0 || (leading_zero && whole > 1) {
            return Err(self.error("this is no JSON number"));
        }
        if self.eat(b'.') && self.digits() == 0 {
            return Err(self.error("digits should follow the decimal point"));
        }
        if self.eat(b'e') || self.eat(b'E') {
            let _ = self.eat(b'+') || self.eat(b'-');
            if self.digits() == 0 {
                return Err(self.error("digits should follow the exponent"));
            }
        }
        Ok(Json::Number(self.text[start..self.at].into()))
    }

    fn string(&mut self) -> Result<String, SyntaxError> {
        self.at += 1;
        let mut out = String::new();
        loop {
            let start = self.at;
            while self.bytes.get(self.at).is_some_and(|byte| !matches!(byte, b'"' | b'\\' | 0..=0x1f)) {
                self.at += 1;
            }
            out.push_str(&self.text[start..self.at]);
            match self.bytes.get(self.at) {
                None => return Err(self.error("a string is not closed")),
                Some(b'"') => {
                    self.at += 1;
                    return Ok(out);
                }
                Some(b'\\') => {
                    self.at += 1;
                    self.escape(&mut out)?;
                }
                Some(_) => return Err(self.error("a control character must be escaped in a string")),
            }
        }
    }

    fn escape(&mut self, out: &mut String) -> Result<(), SyntaxError> {
        let Some(&byte) = self.bytes.get(self.at) else {
            return Err(self.error("a string is not closed"));
        };
        self.at += 1;
        match byte {
            b'"' | b'\\' | b'/' => out.push(byte as char),
            b'n' => out.push('\n'),
            b'r' => out.push('\r'),
            b't' => out.push('\t'),
            b'b' => out.push('\u{8}'),
            b'f' => out.push('\u{c}'),
            b'u' => {
                let high = self.hex()?;
                let mut code = high;
                if (0xd800..0xdc00).contains(&high) && self.text[self.at..].starts_with("\\u") {
                    let before = self.at;
                    self.at += 2;
                    let low = self.hex()?;
                    if (0xdc00..0xe000).contains(&low) {
                        code = 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
                    } else {
                        self.at = before;
                    }
                }
                out.push(char::from_u32(code).unwrap_or_else(|| {
                    self.notes.push(Note::LoneSurrogate);
                    char::REPLACEMENT_CHARACTER
                }));
            }
            _ => {
                self.at -= 1;
                return Err(self.error("this escape is unknown"));
            }
        }
        Ok(())
    }

    fn hex(&mut self) -> Result<u32, SyntaxError> {
        let digits = self.bytes.get(self.at..self.at + 4).and_then(|four| std::str::from_utf8(four).ok());
        match digits
            .filter(|four| four.bytes().all(|byte| byte.is_ascii_hexdigit()))
            .map(|four| u32::from_str_radix(four, 16))
        {
            Some(Ok(code)) => {
                self.at += 4;
                Ok(code)
            }
            _ => Err(self.error("four hexadecimal digits should follow \\u")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let written = Json::parse(text).map_or_else(|error| error.to_string(), |(json, _)| json.write());
        assert_eq!(written, expected);
    }

    #[test]
    fn numbers_keep_their_spelling() {
        check(
            "[24.0,1e3,-0,12345678901234567890,0.10]",
            "[\n  24.0,\n  1e3,\n  -0,\n  12345678901234567890,\n  0.10\n]",
        );
    }

    #[test]
    fn strings_are_escaped_as_javascript_does() {
        check(r#""\u00e9\/\u0001\ud83d\ude00\n""#, "\"é/\\u0001😀\\n\"");
    }

    #[test]
    fn keys_keep_their_order_and_the_last_of_two_counts() {
        check(r#"{"b":1,"a":{},"b":[]}"#, "{\n  \"b\": [],\n  \"a\": {}\n}");
        let (_, notes) = Json::parse(r#"{"b":1,"b":"\ud800"}"#).expect("is JSON");
        assert_eq!(notes, [Note::LoneSurrogate, Note::DuplicateKey("b".to_owned())]);
    }

    #[test]
    fn mistakes_are_named_with_their_place() {
        check("{\n  \"가\": 1,\n}", "line 3, column 1: a key in double quotes should stand here");
        check("[01]", "line 1, column 4: this is no JSON number");
        check("\"a", "line 1, column 3: a string is not closed");
        check("[1] x", "line 1, column 5: something follows the end of the JSON");
        check(&"[".repeat(500), "line 1, column 130: arrays and objects nest too deeply");
    }
}
