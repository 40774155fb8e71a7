//! `keyboard` (사용자 입력 요청): waits for input and reads it.
//!
//! The result stands at `keyboard.value`: the payload of a pressed button or else the text, a number, a place.
//! Input that does not fit (`min`, `max`, `integer`, no number at all, none of the buttons) makes
//! `keyboard.status` FAILED and sets `keyboard.error`; with `strict` it is answered with `messages.failure` instead,
//! and the node goes on waiting.

use serde_json::{Value, json};

use super::Next;
use crate::{
    message::{Received, buttons},
    template::expand::Data,
    turn::{FaultKind, Stage},
    value::as_number,
};

/// What the node reads from its data.
#[derive(Debug)]
pub struct Keyboard {
    /// What is waited for.
    pub kind: Kind,
    /// The quick replies of a `buttons` keyboard.
    pub buttons: Data,
    /// `messages` with `failure`.
    pub messages: Data,
    strict: bool,
}

/// What a keyboard waits for.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// Anything.
    Any,
    /// A text.
    Text,
    /// One of the buttons, or with `strict` off anything.
    Buttons,
    /// A number.
    Number {
        /// The smallest that fits.
        min: Option<f64>,
        /// The largest that fits.
        max: Option<f64>,
        /// Whole numbers only.
        integer: bool,
        /// Also finds the number within a sentence (`3개요`).
        parse: bool,
    },
    /// A place.
    Location,
}

/// What became of an input.
#[derive(Debug)]
pub(crate) enum Answered {
    /// The edges are tried.
    Taken,
    /// It does not fit; the failure message has been said and the node goes on waiting.
    Refused,
}

impl Keyboard {
    pub(super) fn compile(data: &Value) -> Self {
        let number = |key: &str| data.get(key).and_then(as_number);
        let flag = |key: &str| data.get(key).and_then(Value::as_bool).unwrap_or(false);
        let kind = match data.get("type").and_then(Value::as_str) {
            Some("text") => Kind::Text,
            Some("buttons") => Kind::Buttons,
            Some("number") => Kind::Number {
                min: number("min"),
                max: number("max"),
                integer: flag("integer"),
                parse: flag("parse"),
            },
            Some("location") => Kind::Location,
            None if data.get("buttons").is_some() => Kind::Buttons,
            _ => Kind::Any,
        };
        Self {
            kind,
            buttons: Data::compile(data.get("buttons").unwrap_or(&Value::Null)),
            messages: Data::compile(data.get("messages").unwrap_or(&Value::Null)),
            strict: flag("strict"),
        }
    }

    pub(super) fn run(&self, stage: &mut Stage) -> Result<Next, FaultKind> {
        if self.kind == Kind::Buttons {
            let rendered = stage.render(&self.buttons, "data.buttons")?;
            stage.quick_replies = buttons(Some(&rendered.shown));
        }
        stage.result("keyboard", json!({"status": "PENDING"}));
        Ok(Next::Rest)
    }

    /// Reads the input for which the conversation has rested here.
    pub(crate) fn answer(&self, heard: &Received, stage: &mut Stage) -> Result<Answered, FaultKind> {
        match self.read(heard, stage)? {
            Ok(value) => {
                stage.result("keyboard", json!({"status": "COMPLETED", "value": value}));
                Ok(Answered::Taken)
            }
            Err(problem) => {
                let value = heard.text.clone();
                stage.failed(problem);
                stage.result(
                    "keyboard",
                    json!({"status": "FAILED", "value": value, "error": {"name": "InvalidInput", "message": problem}}),
                );
                if !self.strict {
                    return Ok(Answered::Taken);
                }
                let messages = stage.render(&self.messages, "data.messages")?;
                if let Some(failure) = messages.shown.get("failure").filter(|failure| failure.is_object()) {
                    let failure = failure.clone();
                    stage.say_value(
                        &failure,
                        messages.stored.and_then(|stored| stored.get("failure").cloned()),
                    )?;
                }
                Ok(Answered::Refused)
            }
        }
    }

    fn read(&self, heard: &Received, stage: &mut Stage) -> Result<Result<Value, &'static str>, FaultKind> {
        let text = heard.text.as_deref().unwrap_or_default().trim();
        Ok(match &self.kind {
            Kind::Text if heard.text.is_none() => Err("a text was expected"),
            Kind::Text => Ok(Value::from(text)),
            Kind::Any => Ok(any(heard)),
            Kind::Buttons => {
                let fits = !self.strict || heard.payload.is_some() || {
                    let rendered = stage.render(&self.buttons, "data.buttons")?;
                    buttons(Some(&rendered.shown)).iter().any(|button| button.label.trim() == text)
                };
                if fits { Ok(any(heard)) } else { Err("none of the buttons was chosen") }
            }
            Kind::Number { min, max, integer, parse } => match number(text, *parse) {
                None => Err("a number was expected"),
                Some(number) if *integer && number.fract() != 0.0 => Err("a whole number was expected"),
                Some(number) if min.is_some_and(|min| number < min) => Err("the number is too small"),
                Some(number) if max.is_some_and(|max| number > max) => Err("the number is too large"),
                Some(number) if number.fract() == 0.0 && number.abs() < 9.0e15 => {
                    Ok(Value::from(number as i64))
                }
                Some(number) => Ok(Value::from(number)),
            },
            Kind::Location => match &heard.location {
                Some(place) => Ok(json!({"latitude": place.latitude, "longitude": place.longitude})),
                None => Err("a place was expected"),
            },
        })
    }
}

fn any(heard: &Received) -> Value {
    let media = || heard.media.as_ref().map(|media| media.uri.as_str());
    heard
        .payload
        .as_deref()
        .or(heard.text.as_deref())
        .or_else(media)
        .map_or(Value::Null, |text| Value::from(text.trim()))
}

/// Reads a number as Koreans write it: `1,234`, full-width digits, and with `within` also inside a sentence.
fn number(text: &str, within: bool) -> Option<f64> {
    let plain: String = text
        .chars()
        .filter(|c| *c != ',')
        .map(|c| match c {
            '０'..='９' => char::from(b'0' + (c as u32 - '０' as u32) as u8),
            '－' => '-',
            '．' => '.',
            c => c,
        })
        .collect();
    if let Some(number) = as_number(&Value::from(plain.as_str())) {
        return Some(number);
    }
    if !within {
        return None;
    }
    let start = plain.find(|c: char| c.is_ascii_digit())?;
    let signed = plain[..start].ends_with('-');
    let digits: &str = &plain[start..];
    let end = digits.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(digits.len());
    let number: f64 = digits[..end].trim_end_matches('.').parse().ok()?;
    Some(if signed { -number } else { number })
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (text, within, expected) in [
            ("1,234", false, Some(1234.0)),
            ("３．５", false, Some(3.5)),
            ("3개요", false, None),
            ("3개요", true, Some(3.0)),
            ("한 -2.5도", true, Some(-2.5)),
            ("셋", true, None),
            ("", true, None),
        ] {
            assert_eq!(number(text, within), expected, "{text}");
        }
    }
}
