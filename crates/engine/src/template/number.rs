//! `FORMAT`: numbers in the formats of Numeral.js 2.0.6, English names and signs.
//!
//! Written after how Numeral behaves, oddities included, because bots that people bring were written against it;
//! `tests/oracle.rs` compares with the original.

use serde_json::Value;

use super::{compare, error::TemplateErrorKind as Error, text_of};

const BYTES: [&str; 9] = ["B", "KB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB"];
const BINARY: [&str; 9] = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB", "ZiB", "YiB"];

/// A value in a format; without one, grouped as in Korea. What is no number is left alone.
pub(super) fn format(value: Option<&Value>, option: Option<&str>) -> Result<String, Error> {
    let number = match value {
        Some(Value::Number(number)) => number.as_f64(),
        Some(Value::String(text)) if !text.trim().is_empty() => {
            Some(compare::number(&Value::from(text.replace(',', "")))).filter(|number| number.is_finite())
        }
        _ => None,
    };
    let Some(number) = number else { return Ok(text_of::text(value)) };
    let Some(format) = option.map(str::trim).filter(|format| !format.is_empty()) else {
        return Ok(grouped(number));
    };
    if format.len() > 100 {
        return Err(Error::Format(format.chars().take(20).collect()));
    }
    Ok(by_kind(number, format))
}

/// Thousands grouped, at most three decimals.
fn grouped(number: f64) -> String {
    plain(number, "0,0[.][000]")
}

fn by_kind(value: f64, format: &str) -> String {
    let has = |part: &str| format.contains(part);
    if has("BPS") {
        let space = if has(" BPS") { " " } else { "" };
        return with_suffix(plain(value * 10_000.0, &without(format, "BPS")), &format!("{space}BPS"));
    }
    if ["0b", " b", "0ib", " ib"].iter().any(|part| has(part)) {
        return bytes(value, format);
    }
    if has("$") {
        return currency(value, format);
    }
    if has("e+") || has("e-") {
        return exponential(value, format);
    }
    if has("o") {
        let space = if has(" o") { " " } else { "" };
        return format!("{}{space}{}", plain(value, &without(format, "o")), ordinal(value));
    }
    if has("%") {
        let space = if has(" %") { " " } else { "" };
        return with_suffix(plain(value * 100.0, &without(format, "%")), &format!("{space}%"));
    }
    if has(":") {
        let hours = (value / 3600.0).floor();
        let minutes = ((value - hours * 3600.0) / 60.0).floor();
        let seconds = round(value - hours * 3600.0 - minutes * 60.0);
        return format!("{}:{minutes:02.0}:{seconds:02.0}", text_of::float(hours));
    }
    plain(value, format)
}

/// The format without its first such sign and one space before it.
fn without(format: &str, sign: &str) -> String {
    let Some(at) = format.find(sign) else { return format.to_owned() };
    let before = &format[..at];
    let before = before.strip_suffix(char::is_whitespace).unwrap_or(before);
    format!("{before}{}", &format[at + sign.len()..])
}

/// A suffix goes inside a closing parenthesis.
fn with_suffix(output: String, suffix: &str) -> String {
    match output.strip_suffix(')') {
        Some(inside) => format!("{inside}{suffix})"),
        None => output + suffix,
    }
}

fn bytes(value: f64, format: &str) -> String {
    let (base, names): (f64, _) = if format.contains("ib") { (1024.0, BINARY) } else { (1000.0, BYTES) };
    let space = if format.contains(" b") || format.contains(" ib") { " " } else { "" };
    let format = if format.contains("ib") { without(format, "ib") } else { without(format, "b") };
    let mut value = value;
    let mut suffix = space.to_owned();
    for (power, name) in names.iter().enumerate() {
        let least = base.powi(power as i32);
        if value == 0.0 || (value >= least && value < least * base) {
            suffix.push_str(name);
            value /= least;
            break;
        }
    }
    plain(value, &format) + &suffix
}

fn exponential(value: f64, format: &str) -> String {
    let scientific = format!("{value:e}");
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let format = ["e+0", "e-0"].iter().fold(format.to_owned(), |format, part| format.replacen(part, "", 1));
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{}e{sign}{}", plain(mantissa.parse().unwrap_or(0.0), &format), exponent.abs())
}

fn ordinal(value: f64) -> &'static str {
    if ((value % 100.0 / 10.0).trunc() as i64) == 1 {
        return "th";
    }
    let last = value % 10.0;
    if last.fract() != 0.0 {
        return "th";
    }
    match last as i64 {
        1 => "st",
        2 => "nd",
        3 => "rd",
        _ => "th",
    }
}

fn currency(value: f64, format: &str) -> String {
    let is_sign = |c: char| matches!(c, '+' | '|' | '-' | '(' | '$') || c.is_whitespace();
    let is_end = |c: char| matches!(c, '+' | '|' | '-' | ')' | '$') || c.is_whitespace();
    let mut before: Vec<char> = format.chars().take_while(|c| is_sign(*c)).collect();
    let mut after: Vec<char> = format.chars().rev().take_while(|c| is_end(*c)).collect();
    after.reverse();
    let at = format.find('$').unwrap_or(0);
    let (head, tail) = (&format[..at], &format[at + 1..]);
    let head = head.strip_suffix(char::is_whitespace).unwrap_or(head);
    let tail = tail.strip_prefix(char::is_whitespace).unwrap_or(tail);
    let mut output: Vec<char> = plain(value, &format!("{head}{tail}")).chars().collect();
    let drop_first = |list: &mut Vec<char>, signs: [char; 2]| {
        if let Some(at) = list.iter().position(|c| signs.contains(c)) {
            list.remove(at);
        }
    };
    if value >= 0.0 {
        drop_first(&mut before, ['-', '(']);
        drop_first(&mut after, ['-', ')']);
    } else if !before.contains(&'-') && !before.contains(&'(') {
        before.insert(0, '-');
    }
    for (at, sign) in before.iter().enumerate() {
        if *sign == '$' || *sign == ' ' {
            output.insert(at.min(output.len()), *sign);
        }
    }
    for at in (0..after.len()).rev() {
        let sign = after[at];
        if sign == '$' || sign == ' ' {
            let from_end = after.len() - (1 + at);
            output.insert(output.len().saturating_sub(from_end), sign);
        }
    }
    output.into_iter().collect()
}

/// A number in a format without a kind of its own.
fn plain(value: f64, format: &str) -> String {
    let mut value = if value.is_finite() { value } else { 0.0 };
    let mut format = format.to_owned();
    let parentheses = format.contains('(');
    // Where the sign stands: at the beginning, or else at the end.
    let mut signed = None;
    if parentheses {
        format = format.replace(['(', ')', '|'], "");
    } else if format.contains('+') || format.contains('-') {
        signed = if format.contains('+') {
            format.find('+')
        } else if value < 0.0 {
            format.find('-')
        } else {
            None
        };
        format = format.replace(['+', '-', '|'], "");
    }
    let (mut unit, forced) = abbreviation(&mut value, &mut format);
    let optional_decimals = format.contains("[.]");
    if optional_decimals {
        format = format.replacen("[.]", ".", 1);
    }
    let (head, precision) = match format.split_once('.') {
        Some((head, tail)) => (head.to_owned(), tail.split('.').next().unwrap_or_default().to_owned()),
        None => (format.clone(), String::new()),
    };
    let leading = head.split(',').next().unwrap_or_default().matches('0').count();
    let (mut whole, mut decimals) = if precision.is_empty() {
        (fixed(value, 0, 0), String::new())
    } else {
        let digits = |part: &str| part.chars().count();
        let text = match precision.replacen(']', "", 1).split_once('[') {
            Some((sure, optional)) => {
                let optional = optional.split('[').next().unwrap_or_default();
                fixed(value, digits(sure) + digits(optional), digits(optional))
            }
            None => fixed(value, digits(&precision), 0),
        };
        match text.split_once('.') {
            Some((whole, decimals)) => (whole.to_owned(), format!(".{decimals}")),
            None => (text, String::new()),
        }
    };
    if optional_decimals && decimals.trim_start_matches('.').parse::<f64>().unwrap_or(0.0) == 0.0 {
        decimals.clear();
    }
    if !unit.is_empty() && !forced && whole.parse::<f64>().is_ok_and(|whole| whole >= 1000.0) && unit != "t" {
        whole = text_of::float(whole.parse::<f64>().unwrap_or(0.0) / 1000.0);
        unit = match unit.as_str() {
            "k" => "m",
            "m" => "b",
            "b" => "t",
            other => other,
        }
        .to_owned();
    }
    let negative = whole.starts_with('-');
    let mut whole = whole.trim_start_matches('-').to_owned();
    if whole.len() < leading {
        whole = "0".repeat(leading - whole.len()) + &whole;
    }
    if format.contains(',') {
        whole = group(&whole);
    }
    if format.starts_with('.') {
        whole.clear();
    }
    let output = format!("{whole}{decimals}{unit}");
    match (parentheses, signed) {
        (true, _) if negative => format!("({output})"),
        (true, _) => output,
        (false, Some(0)) => format!("{}{output}", if negative { '-' } else { '+' }),
        (false, Some(_)) => format!("{output}{}", if negative { '-' } else { '+' }),
        (false, None) if negative => format!("-{output}"),
        (false, None) => output,
    }
}

/// `a`, `ak`, `am`, `ab`, `at`: divides the value and gives the unit.
fn abbreviation(value: &mut f64, format: &mut String) -> (String, bool) {
    let Some(at) = format.find('a') else { return (String::new(), false) };
    let forced = format[at + 1..].chars().next().filter(|c| matches!(c, 'k' | 'm' | 'b' | 't'));
    let space = if format.contains(" a") { " " } else { "" };
    let from = format.find(&format!("{space}a")).unwrap_or(at);
    let mut to = from + space.len() + 1;
    if format[to..].starts_with(['k', 'm', 'b', 't']) {
        to += 1;
    }
    format.replace_range(from..to, "");
    let size = value.abs();
    let units = [('t', 1e12), ('b', 1e9), ('m', 1e6), ('k', 1e3)];
    let unit = match forced {
        Some(forced) => units.iter().find(|(unit, _)| *unit == forced),
        None => units.iter().find(|(_, least)| size >= *least),
    };
    match unit {
        Some((unit, least)) => {
            *value /= least;
            (format!("{space}{unit}"), forced.is_some())
        }
        None => (space.to_owned(), forced.is_some()),
    }
}

fn group(digits: &str) -> String {
    let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    let (whole, rest) = digits.split_at(end);
    let mut out = String::with_capacity(digits.len() * 4 / 3);
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    out + rest
}

/// Rounded to at most so many decimals, the last of them optional.
fn fixed(value: f64, most: usize, optional: usize) -> String {
    let text = text_of::float(value);
    let least = most - optional.min(most);
    let precision = match text.split_once('.') {
        Some((_, decimals)) => decimals.len().max(least).min(most),
        None => least,
    };
    // Shifted as text, so that 1.005 is rounded as a person would.
    let shifted: f64 = format!("{text}e{precision}").parse().unwrap_or(f64::NAN);
    let rounded = round(shifted) / 10_f64.powi(precision as i32);
    let mut out = format!("{rounded:.precision$}");
    if out.starts_with('-') && rounded == 0.0 {
        out.remove(0);
    }
    let removable = optional.saturating_sub(most - precision);
    if removable > 0 {
        let kept = out.trim_end_matches('0');
        let zeros = (out.len() - kept.len()).min(removable);
        if zeros > 0 {
            out.truncate(out.len() - zeros);
            if out.ends_with('.') {
                out.pop();
            }
        }
    }
    out
}

/// JavaScript's `Math.round`: halves go up.
fn round(value: f64) -> f64 {
    let floor = value.floor();
    if value - floor >= 0.5 { floor + 1.0 } else { floor }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn numbers_are_written_in_numerals_formats() {
        let check = |value: Value, option: Option<&str>, expected: &str| {
            assert_eq!(format(Some(&value), option).as_deref(), Ok(expected), "{value} {option:?}");
        };
        check(json!(10000), None, "10,000");
        check(json!("01234.5"), None, "1,234.5");
        check(json!("열 개"), None, "열 개");
        check(json!(null), None, "");
        check(json!(123.456), Some("0.00"), "123.46");
        check(json!(1_230_974), Some("0.0a"), "1.2m");
        check(json!(-1234.5), Some("(0,0.00)"), "(1,234.50)");
        check(json!(0.974_878_234), Some("0.000%"), "97.488%");
        check(json!(100), Some("+0"), "+100");
        check(json!(7.2), Some("000.00"), "007.20");
        check(json!(1000.234), Some("$0,0.00"), "$1,000.23");
        check(json!(1001), Some("$ 0,0[.]00"), "$ 1,001");
        check(json!(-1000.234), Some("($0,0)"), "($1,000)");
        check(json!(1024), Some("0b"), "1KB");
        check(json!(2048), Some("0 ib"), "2 KiB");
        check(json!(3_467_479_682_787_i64), Some("0.000b"), "3.467TB");
        check(json!(63846), Some("00:00:00"), "17:44:06");
        check(json!(1_123_456_789), Some("0,0e+0"), "1e+9");
        check(json!(23), Some("0o"), "23rd");
        check(json!(0.0056), Some("0 BPS"), "56 BPS");
        check(json!(10000.23), Some("0,0"), "10,000");
        check(json!(1.005), Some("0.00"), "1.01");
        check(json!(0.23), Some(".00"), ".23");
    }
}
