//! Comparing as JavaScript does (spec templates.md, "logic in conditions").

use std::borrow::Cow;

use serde_json::Value;

use super::text_of;

/// The four relations.
#[derive(Debug, Clone, Copy)]
pub(super) enum Order {
    Lt,
    Lte,
    Gt,
    Gte,
}

impl Order {
    pub(super) fn holds(self, left: Option<&Value>, right: Option<&Value>) -> bool {
        let (left, right) = (primitive(left), primitive(right));
        if let (Some(Value::String(left)), Some(Value::String(right))) = (left.as_deref(), right.as_deref()) {
            let (left, right) = (left.encode_utf16(), right.encode_utf16());
            return match self {
                Self::Lt => left.lt(right),
                Self::Lte => left.le(right),
                Self::Gt => left.gt(right),
                Self::Gte => left.ge(right),
            };
        }
        let (left, right) = (number_of(left.as_deref()), number_of(right.as_deref()));
        match self {
            Self::Lt => left < right,
            Self::Lte => left <= right,
            Self::Gt => left > right,
            Self::Gte => left >= right,
        }
    }
}

/// JavaScript's `===`. Two lists or objects are never the same one.
pub(super) fn same(left: Option<&Value>, right: Option<&Value>) -> bool {
    match (left, right) {
        (None, None) => true,
        (Some(Value::Number(left)), Some(Value::Number(right))) => left.as_f64() == right.as_f64(),
        (Some(Value::Array(_) | Value::Object(_)), _) => false,
        (Some(left), Some(right)) => left == right,
        _ => false,
    }
}

/// JavaScript's `Number(value)`; NaN where it is none.
pub(super) fn number(value: &Value) -> f64 {
    number_of(primitive(Some(value)).as_deref())
}

/// JavaScript's truth: unlike in blocks, an empty list is true.
pub(super) fn truthy(value: Option<&Value>) -> bool {
    matches!(value, Some(Value::Array(_))) || text_of::is_truthy(value)
}

fn number_of(value: Option<&Value>) -> f64 {
    match value {
        None => f64::NAN,
        Some(Value::Null) => 0.0,
        Some(Value::Bool(truth)) => f64::from(u8::from(*truth)),
        Some(Value::Number(number)) => number.as_f64().unwrap_or(f64::NAN),
        Some(Value::String(text)) => number_of_text(text),
        Some(Value::Array(_) | Value::Object(_)) => f64::NAN,
    }
}

fn number_of_text(text: &str) -> f64 {
    let text = text.trim();
    if text.is_empty() {
        return 0.0;
    }
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits == "Infinity" {
        return if text.starts_with('-') { f64::NEG_INFINITY } else { f64::INFINITY };
    }
    if let Some(hex) = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        return u64::from_str_radix(hex, 16).map_or(f64::NAN, |number| number as f64);
    }
    // Rust also reads "inf", "nan" and the like.
    if digits.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        text.parse().unwrap_or(f64::NAN)
    } else {
        f64::NAN
    }
}

/// Lists and objects compare by their texts.
fn primitive(value: Option<&Value>) -> Option<Cow<'_, Value>> {
    match value {
        Some(list @ (Value::Array(_) | Value::Object(_))) => {
            Some(Cow::Owned(Value::String(text_of::text(Some(list)))))
        }
        other => other.map(Cow::Borrowed),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_compare_as_in_javascript() {
        let check = |left: Value, order: Order, right: Value, expected: bool| {
            assert_eq!(order.holds(Some(&left), Some(&right)), expected, "{left} {order:?} {right}");
        };
        check(json!("10"), Order::Gt, json!(9), true);
        check(json!("10"), Order::Gt, json!("9"), false);
        check(json!("abc"), Order::Gt, json!(1), false);
        check(json!(null), Order::Gte, json!(0), true);
        check(json!(true), Order::Lte, json!(1), true);
        check(json!([5]), Order::Lt, json!(6), true);
        check(json!(""), Order::Lt, json!(1), true);
        assert!(!Order::Lt.holds(None, Some(&json!(1))));
        assert!(same(Some(&json!(1)), Some(&json!(1.0))));
        assert!(!same(Some(&json!(1)), Some(&json!("1"))));
        assert!(!same(Some(&json!([])), Some(&json!([]))));
        assert!(!same(None, Some(&json!(null))));
    }
}
