//! Values as JavaScript writes them.

use std::{borrow::Cow, fmt::Write as _};

use serde_json::{Map, Number, Value};

/// The text that a value has in a longer text: `a,b` for lists, `[object Object]` for objects but errors, nothing for
/// null.
pub(super) fn text(value: Option<&Value>) -> String {
    let mut out = String::new();
    write(value, &mut out);
    out
}

/// The same, appended.
pub(super) fn write(value: Option<&Value>, out: &mut String) {
    match value {
        None | Some(Value::Null) => {}
        Some(Value::Bool(truth)) => out.push_str(if *truth { "true" } else { "false" }),
        Some(Value::Number(found)) => write_number(found, out),
        Some(Value::String(text)) => out.push_str(text),
        Some(Value::Array(items)) => {
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                write(Some(item), out);
            }
        }
        Some(Value::Object(map)) => match error(map) {
            Some((name, message)) => {
                let _ = write!(out, "{name}: {message}");
            }
            None => out.push_str("[object Object]"),
        },
    }
}

/// The error of a node, which authors write as `{{sandbox.error}}`: an `Error` in JavaScript, and it prints so.
fn error(map: &Map<String, Value>) -> Option<(&str, &str)> {
    let known = map.keys().all(|key| matches!(key.as_str(), "name" | "message" | "stack"));
    let part = |key: &str| map.get(key).and_then(Value::as_str);
    known.then(|| Some((part("name")?, part("message")?))).flatten()
}

/// A text without a copy where it is one already.
pub(super) fn as_text(value: Option<&Value>) -> Cow<'_, str> {
    match value {
        Some(Value::String(text)) => Cow::Borrowed(text),
        other => Cow::Owned(text(other)),
    }
}

fn write_number(number: &Number, out: &mut String) {
    if let Some(whole) = number.as_i64()
        && whole.unsigned_abs() < 1 << 53
    {
        let _ = write!(out, "{whole}");
        return;
    }
    out.push_str(&float(number.as_f64().unwrap_or(f64::NAN)));
}

/// A number as JavaScript prints it: the shortest digits that read back, and an exponent only far from zero.
pub(super) fn float(number: f64) -> String {
    if number.is_nan() {
        return "NaN".to_owned();
    }
    if number.is_infinite() {
        return if number > 0.0 { "Infinity".to_owned() } else { "-Infinity".to_owned() };
    }
    if number == 0.0 {
        return "0".to_owned();
    }
    let scientific = format!("{number:e}");
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let (sign, mantissa) = mantissa.strip_prefix('-').map_or(("", mantissa), |rest| ("-", rest));
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    // The position of the decimal point, counted in digits.
    let point = exponent + 1;
    let count = digits.len() as i32;
    if (-5..=21).contains(&point) {
        let at = point.max(0) as usize;
        return if point <= 0 {
            format!("{sign}0.{}{digits}", "0".repeat((-point) as usize))
        } else if point >= count {
            format!("{sign}{digits}{}", "0".repeat((point - count) as usize))
        } else {
            format!("{sign}{}.{}", &digits[..at], &digits[at..])
        };
    }
    let mark = if exponent < 0 { '-' } else { '+' };
    let fraction = if digits.len() > 1 { format!(".{}", &digits[1..]) } else { String::new() };
    format!("{sign}{}{fraction}e{mark}{}", &digits[..1], exponent.abs())
}

/// Does a block about this value run its body? Empty are null, false, the empty text, zero and the empty list; an
/// empty object is not.
pub(super) fn is_truthy(value: Option<&Value>) -> bool {
    match value {
        None | Some(Value::Null) => false,
        Some(Value::Bool(truth)) => *truth,
        Some(Value::Number(number)) => {
            number.as_f64().is_some_and(|number| number != 0.0 && !number.is_nan())
        }
        Some(Value::String(text)) => !text.is_empty(),
        Some(Value::Array(items)) => !items.is_empty(),
        Some(Value::Object(_)) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::float;

    #[test]
    fn numbers_are_written_as_javascript_writes_them() {
        for (number, text) in [
            (10.0, "10"),
            (0.1, "0.1"),
            (-2.5, "-2.5"),
            (1e21, "1e+21"),
            (123_456_789_012_345_670_000.0, "123456789012345670000"),
            (1e-7, "1e-7"),
            (1.5e-7, "1.5e-7"),
            (0.000_001, "0.000001"),
            (1.0 / 3.0, "0.3333333333333333"),
        ] {
            assert_eq!(float(number), text);
        }
    }
}
