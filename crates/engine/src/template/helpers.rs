//! The helpers by name, and what those do that only compute a value.
//!
//! Helpers are a closed set (spec templates.md): an unknown one is a mistake that is told when the template is parsed.
//! Those that run a body (`if`, `each`, …) are in `render.rs`.

use std::borrow::Cow;

use serde_json::Value;
use unicode_segmentation::UnicodeSegmentation;

use super::{Env, ast::Expr, compare, date, error::TemplateErrorKind as Error, josa, mask, number, text_of};
use crate::secret;

/// A helper.
#[derive(Debug, Clone, Copy)]
pub(super) enum Helper {
    If,
    Unless,
    Each,
    With,
    Lookup,
    Log,
    Compare(compare::Order),
    Same(bool),
    And,
    Or,
    Rand,
    Josa,
    Quote,
    Escape,
    Format,
    Truncate,
    Date,
    Mask,
    Secret,
    Extra(&'static Extra),
}

/// A helper that a test brings along.
#[derive(Debug)]
pub struct Extra {
    /// Its name.
    pub name: &'static str,
    /// What it does with its arguments and its named arguments.
    pub run: fn(&[Option<Value>], &[(String, Option<Value>)]) -> ExtraResult,
}

/// What a test's helper does.
#[derive(Debug)]
pub enum ExtraResult {
    /// Gives this value.
    Value(Option<Value>),
    /// Runs its body with these block params.
    Body(Vec<Value>),
    /// Runs its inverse.
    Inverse,
}

/// The helpers that tests bring along.
pub(super) type Extras = &'static [Extra];

/// An argument; `None` is JavaScript's `undefined`.
pub(super) type Arg<'x> = Option<Cow<'x, Value>>;

impl Helper {
    pub(super) fn named(name: &str, extras: Extras) -> Option<Self> {
        if let Some(extra) = extras.iter().find(|extra| extra.name == name) {
            return Some(Self::Extra(extra));
        }
        Some(match name {
            "if" => Self::If,
            "unless" => Self::Unless,
            "each" => Self::Each,
            "with" => Self::With,
            "lookup" => Self::Lookup,
            "log" => Self::Log,
            "$eq" => Self::Same(true),
            "$ne" => Self::Same(false),
            "$lt" => Self::Compare(compare::Order::Lt),
            "$lte" => Self::Compare(compare::Order::Lte),
            "$gt" => Self::Compare(compare::Order::Gt),
            "$gte" => Self::Compare(compare::Order::Gte),
            "$and" => Self::And,
            "$or" => Self::Or,
            "RAND" => Self::Rand,
            "JOSA" => Self::Josa,
            "QUOTE" => Self::Quote,
            "ESCAPE" => Self::Escape,
            "FORMAT" => Self::Format,
            "TRUNCATE" => Self::Truncate,
            "DATE" => Self::Date,
            "MASK" => Self::Mask,
            "SECRET" => Self::Secret,
            _ => return None,
        })
    }

    /// What is wrong with these arguments, as far as it can be seen before rendering?
    ///
    /// A secret's name is written out: if it came from a value, who sends that value could choose among the secrets.
    pub(super) fn refuses(self, args: &[Expr]) -> Option<Error> {
        let Self::Secret = self else {
            // What another helper made of a placeholder would be filled in wrongly or not at all.
            let wraps = |arg: &Expr| matches!(arg, Expr::Call(call) if matches!(call.helper, Self::Secret));
            return args.iter().any(wraps).then_some(Error::SecretWrapped);
        };
        let named = matches!(args, [Expr::Literal(Some(Value::String(name)))] if secret::is_name(name));
        (!named).then_some(Error::SecretName)
    }

    /// Can it be given so many arguments?
    pub(super) fn takes(self, count: usize) -> bool {
        match self {
            Self::If | Self::Unless | Self::Each | Self::With | Self::Escape | Self::Secret => count == 1,
            Self::Lookup | Self::Compare(_) | Self::Same(_) | Self::Josa => count == 2,
            Self::And | Self::Or => count >= 2,
            Self::Rand => count >= 1,
            Self::Quote | Self::Format | Self::Mask => (1..=2).contains(&count),
            Self::Truncate => (2..=3).contains(&count),
            Self::Date => count <= 3,
            Self::Log | Self::Extra(_) => true,
        }
    }

    /// The value of a helper that runs no body.
    pub(super) fn value<'x>(self, args: Vec<Arg<'x>>, env: &mut Env) -> Result<Arg<'x>, Error> {
        let owned = |value: Value| Ok(Some(Cow::Owned(value)));
        let at = |index: usize| args.get(index).and_then(|arg| arg.as_deref());
        let text = |index: usize| text_of::as_text(at(index));
        match self {
            Self::If | Self::Unless | Self::Each | Self::With | Self::Log => Ok(None),
            Self::Lookup => lookup(args),
            Self::Same(wanted) => owned(Value::Bool(compare::same(at(0), at(1)) == wanted)),
            Self::Compare(order) => owned(Value::Bool(order.holds(at(0), at(1)))),
            Self::And => owned(Value::Bool((0..args.len()).all(|index| text_of::is_truthy(at(index))))),
            Self::Or => owned(Value::Bool((0..args.len()).any(|index| text_of::is_truthy(at(index))))),
            Self::Rand => Ok(rand(args, env)),
            Self::Josa => owned(Value::String(josa::with(&text(0), text(1).trim()))),
            Self::Quote => {
                let quote = if args.len() > 1 { text(1) } else { Cow::Borrowed("\"") };
                owned(Value::String(quoted(&text(0), &quote)))
            }
            Self::Escape => owned(Value::String(escaped(&text(0)))),
            Self::Format => {
                let option = (args.len() > 1).then(|| text(1));
                number::format(at(0), option.as_deref()).map(|text| Some(Cow::Owned(Value::String(text))))
            }
            Self::Truncate => {
                let omission = if args.len() > 2 { text(2) } else { Cow::Borrowed("...") };
                let length = at(1).map_or(f64::NAN, compare::number);
                owned(Value::String(truncated(&text(0), length, &omission)))
            }
            Self::Date => {
                let option = |index: usize| {
                    at(index).filter(|value| !value.is_null()).map(|value| text_of::as_text(Some(value)))
                };
                date::format(at(0), option(1).as_deref(), option(2).as_deref(), env.now_ms)
                    .map(|text| Some(Cow::Owned(Value::String(text))))
            }
            Self::Mask => {
                env.mask = Some(if args.len() > 1 { mask::schedule(&text(1)) } else { None });
                owned(Value::String(text(0).into_owned()))
            }
            Self::Secret if !env.secrets => Err(Error::SecretOutside),
            Self::Secret if !secret::is_name(&text(0)) => Err(Error::SecretName),
            Self::Secret => owned(Value::String(secret::placeholder(&text(0), &env.secret_nonce()))),
            Self::Extra(extra) => {
                let args: Vec<Option<Value>> = args.into_iter().map(|arg| arg.map(Cow::into_owned)).collect();
                match (extra.run)(&args, &[]) {
                    ExtraResult::Value(value) => Ok(value.map(Cow::Owned)),
                    ExtraResult::Body(_) | ExtraResult::Inverse => Ok(None),
                }
            }
        }
    }
}

/// `lookup object key`; what has no keys is given back as it is.
fn lookup(mut args: Vec<Arg<'_>>) -> Result<Arg<'_>, Error> {
    let key = args.pop().flatten();
    let Some(object) = args.pop().flatten() else { return Ok(None) };
    if !compare::truthy(Some(&object)) {
        return Ok(Some(object));
    }
    let key = text_of::as_text(key.as_deref());
    Ok(match object {
        Cow::Borrowed(object) => child(object, &key),
        Cow::Owned(object) => child(&object, &key).map(|found| Cow::Owned(found.into_owned())),
    })
}

/// A property of a value, as JavaScript finds it.
pub(super) fn child<'x>(value: &'x Value, key: &str) -> Arg<'x> {
    match value {
        Value::Object(map) => map.get(key).map(Cow::Borrowed),
        Value::Array(items) => match key.parse::<usize>() {
            Ok(index) => items.get(index).map(Cow::Borrowed),
            Err(_) => (key == "length").then(|| Cow::Owned(Value::from(items.len()))),
        },
        Value::String(text) => {
            (key == "length").then(|| Cow::Owned(Value::from(text.encode_utf16().count())))
        }
        _ => None,
    }
}

/// Two whole numbers: one in their range, both ends included; else one of the arguments.
fn rand<'x>(args: Vec<Arg<'x>>, env: &mut Env) -> Arg<'x> {
    let roll = env.roll();
    if let [Some(from), Some(to)] = args.as_slice() {
        let whole = |value: &Value| {
            let number = compare::number(value);
            let is_text = value.as_str().is_some_and(|text| text.trim().is_empty());
            (!is_text && number.fract() == 0.0 && number.abs() < 9.0e15).then_some(number as i64)
        };
        if let (Some(from), Some(to)) = (whole(from), whole(to)) {
            let (low, high) = (from.min(to), from.max(to));
            let span = (high - low) as u64 + 1;
            return Some(Cow::Owned(Value::from(low + (roll % span) as i64)));
        }
    }
    let at = (roll % args.len().max(1) as u64) as usize;
    args.into_iter().nth(at).flatten()
}

/// A text as a JSON string, in this quotation mark.
fn quoted(text: &str, quote: &str) -> String {
    let mut out = quote.to_owned();
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            c if c < ' ' || matches!(c, '\u{7f}' | '\u{2028}' | '\u{2029}') => {
                out.push_str(&format!("\\u{:04x}", c as u32));
            }
            c if quote.contains(c) => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out.push_str(quote);
    out
}

/// As JavaScript's `encodeURIComponent`.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.!~*'()".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// At most so many characters, the omission included.
fn truncated(text: &str, length: f64, omission: &str) -> String {
    if !length.is_finite() || text.graphemes(true).nth(length.max(0.0) as usize).is_none() {
        return text.to_owned();
    }
    let length = length.max(0.0) as usize;
    let kept = length.saturating_sub(omission.graphemes(true).count());
    let mut out: String = text.graphemes(true).take(kept).collect();
    out.extend(omission.graphemes(true).take(length - kept.min(length)));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_quoted_escaped_and_truncated() {
        assert_eq!(quoted("a\"b\\\n\u{1}", "\""), r#""a\"b\\\n\u0001""#);
        assert_eq!(quoted("it's \"x\"", "'"), r#"'it\'s "x"'"#);
        assert_eq!(escaped("name=홍길동"), "name%3D%ED%99%8D%EA%B8%B8%EB%8F%99");
        assert_eq!(truncated("ABCDEFGHIJKLMNOP", 10.0, "..."), "ABCDEFG...");
        assert_eq!(truncated("가나다", 3.0, "..."), "가나다");
        assert_eq!(truncated("가👨‍👩‍👧나다라", 3.0, "…"), "가👨‍👩‍👧…");
        assert_eq!(truncated("가나다라", 2.0, "..."), "..");
        assert_eq!(truncated("가나다라", 0.0, "…"), "");
    }
}
