//! The bytes of a skill request: to JSON, and from there to the object that holds the payload.
//!
//! Not strict on purpose. A text that is *almost* JSON (broken UTF-8, a lone half of an emoji, a bare line break
//! inside a string) is mended and read again; a payload that a transform function wrapped in an envelope is looked
//! for one level down. What was done is always a finding.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::{finding::Findings, limits};

/// A request that is a JSON object.
pub(super) struct Payload {
    /// The object that should hold `userRequest`.
    pub(super) root: Map<String, Value>,
    /// Where it stands, as a JSON pointer: empty unless it was wrapped.
    pub(super) base: String,
}

/// Reads a body as far as it can be read.
pub(super) fn parse(body: &[u8], findings: &mut Findings) -> Option<Payload> {
    if body.len() > limits::REQUEST_BYTES {
        findings.broken(
            "too-large",
            "",
            format!("요청이 {}바이트로 너무 커서 읽지 않았어요.", body.len()),
            format!("The request has {} bytes, which is too large; it was not read.", body.len()),
        );
        return None;
    }
    let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
    if body.iter().all(u8::is_ascii_whitespace) {
        findings.broken(
            "empty-body",
            "",
            "요청 본문이 비어 있어요. 스킬이 POST로 호출되는지 확인해 주세요.",
            "The body is empty. Is the skill called with POST?",
        );
        return None;
    }
    let value = match serde_json::from_slice(body) {
        Ok(value) => value,
        Err(error) => mended(body, &error, findings)?,
    };
    object(value, findings)
}

/// A second try after repairing what some servers in between do to JSON.
fn mended(body: &[u8], error: &serde_json::Error, findings: &mut Findings) -> Option<Value> {
    let text = String::from_utf8_lossy(body);
    if let Ok(value) = serde_json::from_str(&mend(&text)) {
        findings.note(
            "mended",
            "",
            format!("JSON에 작은 오류가 있어 고쳐서 읽었어요({error})."),
            format!("The JSON had small faults and was mended before reading ({error})."),
        );
        return Some(value);
    }
    findings.broken(
        "not-json",
        "",
        format!("요청이 JSON이 아니에요({error}). 스킬에 변환함수가 설정되어 있다면 빼 주세요."),
        format!("The request is not JSON ({error}). If a transform function (변환함수) is set on the skill, remove it."),
    );
    None
}

/// Escapes bare control characters inside strings and replaces halves of surrogate pairs.
fn mend(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut in_string = false;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let mut taken = c.len_utf8();
        match c {
            '"' => {
                in_string = !in_string;
                out.push(c);
            }
            '\\' if in_string => {
                taken = escape(rest, &mut out);
            }
            c if in_string && c < ' ' => {
                out.push_str(match c {
                    '\n' => "\\n",
                    '\t' => "\\t",
                    _ => " ",
                });
            }
            c => out.push(c),
        }
        rest = &rest[taken..];
    }
    out
}

/// Copies one escape at the head of `text`; says how many bytes of it were used.
fn escape(text: &str, out: &mut String) -> usize {
    let unit = |text: &str| {
        text.strip_prefix("\\u")
            .and_then(|digits| digits.get(..4))
            .and_then(|hex| u16::from_str_radix(hex, 16).ok())
    };
    match unit(text) {
        Some(0xD800..=0xDBFF) => {
            if matches!(unit(&text[6..]), Some(0xDC00..=0xDFFF)) {
                out.push_str(&text[..12]);
                return 12;
            }
            out.push('\u{FFFD}');
            6
        }
        Some(0xDC00..=0xDFFF) => {
            out.push('\u{FFFD}');
            6
        }
        Some(_) => {
            out.push_str(&text[..6]);
            6
        }
        None => match text[1..].chars().next() {
            Some(c @ ('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't')) => {
                out.push('\\');
                out.push(c);
                2
            }
            // An escape that JSON does not know: keep the backslash as a character.
            _ => {
                out.push_str("\\\\");
                1
            }
        },
    }
}

/// The object that holds the payload: the whole, or one level down in an envelope.
fn object(value: Value, findings: &mut Findings) -> Option<Payload> {
    let value = match value {
        Value::String(text) => json_text(&text).unwrap_or(Value::String(text)),
        other => other,
    };
    let kind = kind(&value);
    match value {
        Value::Object(root) if root.contains_key("userRequest") => {
            Some(Payload { root, base: String::new() })
        }
        Value::Object(mut root) => {
            let found = root
                .iter_mut()
                .find_map(|(key, value)| Some((format!("/{}", escape_key(key)), unwrap_payload(value)?)));
            Some(match found {
                Some((base, root)) => wrapped(root, base, findings),
                None => Payload { root, base: String::new() },
            })
        }
        Value::Array(mut items) => {
            let found = items
                .iter_mut()
                .enumerate()
                .find_map(|(at, value)| Some((format!("/{at}"), unwrap_payload(value)?)));
            if let Some((base, root)) = found {
                return Some(wrapped(root, base, findings));
            }
            not_object(kind, findings);
            None
        }
        _ => {
            not_object(kind, findings);
            None
        }
    }
}

fn wrapped(root: Map<String, Value>, base: String, findings: &mut Findings) -> Payload {
    findings.note(
        "wrapped",
        base.clone(),
        "스킬 요청이 다른 값 안에 들어 있어요. 스킬에 변환함수가 설정되어 있나요?",
        "The skill request stands inside another value: is a transform function (변환함수) set on the skill?",
    );
    Payload { root, base }
}

fn not_object(kind: &str, findings: &mut Findings) {
    findings.broken(
        "not-an-object",
        "",
        format!("요청이 JSON 객체가 아니라 {kind}이에요. 스킬에 변환함수가 설정되어 있나요?"),
        format!("The request is not a JSON object but {kind}: is a transform function (변환함수) set on the skill?"),
    );
}

/// Takes the payload out of a value that holds it, as an object or as JSON text.
fn unwrap_payload(value: &mut Value) -> Option<Map<String, Value>> {
    match value {
        Value::Object(map) if map.contains_key("userRequest") => Some(std::mem::take(map)),
        Value::String(text) if text.contains("userRequest") => match json_text(text)? {
            Value::Object(map) if map.contains_key("userRequest") => Some(map),
            _ => None,
        },
        _ => None,
    }
}

/// The value of a JSON text inside a string; only objects and arrays count as one.
pub(super) fn json_text(text: &str) -> Option<Value> {
    let text = text.trim();
    if !text.starts_with(['{', '[']) {
        return None;
    }
    serde_json::from_str(text).ok()
}

/// A key as it stands in a JSON pointer.
pub(super) fn escape_key(key: &str) -> Cow<'_, str> {
    if key.contains(['~', '/']) {
        Cow::Owned(key.replace('~', "~0").replace('/', "~1"))
    } else {
        Cow::Borrowed(key)
    }
}

/// The JSON type of a value, as the same word in both languages.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_mended(body: &[u8], pointer: &str, expected: &str) {
        let mut findings = Findings::default();
        let payload = parse(body, &mut findings).expect("an object");
        let value = Value::Object(payload.root);
        assert_eq!(value.pointer(pointer).and_then(Value::as_str), Some(expected));
        assert!(findings.0.iter().any(|f| f.code == "mended"), "{findings:?}");
    }

    #[test]
    fn almost_json_is_mended() {
        check_mended(br#"{"userRequest":{"utterance":"a\ud83d"}}"#, "/userRequest/utterance", "a\u{FFFD}");
        check_mended(br#"{"userRequest":{"utterance":"\ude00b"}}"#, "/userRequest/utterance", "\u{FFFD}b");
        check_mended(
            br#"{"userRequest":{"utterance":"\ud83d\ude00\ud83d"}}"#,
            "/userRequest/utterance",
            "😀\u{FFFD}",
        );
        check_mended(b"{\"userRequest\":{\"utterance\":\"a\nb\"}}", "/userRequest/utterance", "a\nb");
        check_mended(b"{\"userRequest\":{\"utterance\":\"\xff\"}}", "/userRequest/utterance", "\u{FFFD}");
        check_mended(br#"{"userRequest":{"utterance":"50\%"}}"#, "/userRequest/utterance", "50\\%");
    }

    #[test]
    fn an_envelope_is_opened() {
        for (body, base) in [
            (&br#"{"body":{"userRequest":{}}}"#[..], "/body"),
            (br#"[1,{"userRequest":{}}]"#, "/1"),
            (br#"{"a/b":"{\"userRequest\":{}}"}"#, "/a~1b"),
        ] {
            let mut findings = Findings::default();
            let payload = parse(body, &mut findings).expect("found");
            assert!(payload.root.contains_key("userRequest"));
            assert_eq!(payload.base, base);
            assert_eq!(findings.0[0].code, "wrapped");
        }
    }
}
