//! `DATE`: moments in the formats of Moment.js, locale ko.
//!
//! A format without a zone is written in Korean time, since that is where the bots' customers are (ours); no format
//! is ISO 8601 in UTC. A value that is no moment gives Moment's own words for it.

use std::fmt::Write as _;

use jiff::{
    Timestamp, Zoned, civil,
    tz::{Offset, TimeZone},
};
use serde_json::Value;

use super::{compare, error::TemplateErrorKind as Error};

/// Where no zone is named.
const HOME: &str = "Asia/Seoul";
const INVALID: &str = "Invalid date";
const WEEKDAYS: [&str; 7] = ["일", "월", "화", "수", "목", "금", "토"];

/// A moment in a format.
pub(super) fn format(
    value: Option<&Value>,
    format: Option<&str>,
    zone: Option<&str>,
    now_ms: i64,
) -> Result<String, Error> {
    let name = zone.map(str::trim).filter(|zone| !zone.is_empty());
    let zone =
        TimeZone::get(name.unwrap_or(HOME)).map_err(|_| Error::Format(name.unwrap_or(HOME).to_owned()))?;
    let Some(moment) = read(value, &zone, now_ms) else { return Ok(INVALID.to_owned()) };
    match format.filter(|format| !format.is_empty()) {
        None => Ok(iso(moment)),
        Some(format) if format.len() > 1_000 => Err(Error::Format(format.chars().take(20).collect())),
        Some(format) => Ok(write(&moment.to_zoned(zone), format)),
    }
}

/// Now, Unix time in seconds or milliseconds, or ISO 8601.
fn read(value: Option<&Value>, zone: &TimeZone, now_ms: i64) -> Option<Timestamp> {
    let text = match value {
        None | Some(Value::Null) => return Timestamp::from_millisecond(now_ms).ok(),
        Some(Value::Number(number)) => return unix(number.as_f64()?),
        Some(Value::String(text)) => text.trim(),
        Some(_) => return None,
    };
    if text.is_empty() {
        return Timestamp::from_millisecond(now_ms).ok();
    }
    // Eight digits are a day, as in 20181207; longer rows of digits are Unix time.
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    if digits && text.len() == 8 {
        let date =
            civil::Date::new(text[..4].parse().ok()?, text[4..6].parse().ok()?, text[6..].parse().ok()?)
                .ok()?;
        return Some(date.to_zoned(zone.clone()).ok()?.timestamp());
    }
    if digits || text.starts_with('-') {
        return unix(compare::number(&Value::from(text)));
    }
    if let Ok(moment) = text.parse::<Timestamp>() {
        return Some(moment);
    }
    if let Ok(there) = text.parse::<civil::DateTime>() {
        return Some(there.to_zoned(zone.clone()).ok()?.timestamp());
    }
    let month: civil::Date = format!("{text}-01").parse().ok()?;
    Some(month.to_zoned(zone.clone()).ok()?.timestamp())
}

fn unix(number: f64) -> Option<Timestamp> {
    if !number.is_finite() {
        return None;
    }
    // A hundred thousand million: in seconds the year 5138, in milliseconds 1973.
    let milliseconds = if number.abs() < 1e11 { number * 1_000.0 } else { number };
    Timestamp::from_millisecond(milliseconds as i64).ok()
}

fn iso(moment: Timestamp) -> String {
    let there = Offset::UTC.to_datetime(moment);
    format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z",
        there.year(),
        there.month(),
        there.day(),
        there.hour(),
        there.minute(),
        there.second(),
        there.millisecond()
    )
}

fn write(moment: &Zoned, format: &str) -> String {
    let format = long_formats(format);
    let mut out = String::new();
    let mut rest = format.as_str();
    while !rest.is_empty() {
        let token = token(rest);
        rest = &rest[token.len()..];
        if let Some(text) = token.strip_prefix('[').and_then(|token| token.strip_suffix(']')) {
            out.push_str(text);
        } else if let Some(escaped) = token.strip_prefix('\\') {
            out.push_str(escaped);
        } else {
            piece(moment, token, &mut out);
        }
    }
    out
}

/// Moment's tokens, the longest first.
const TOKENS: [&str; 58] = [
    "YYYYYY", "YYYYY", "Hmmss", "hmmss", "YYYY", "MMMM", "DDDD", "DDDo", "dddd", "gggg", "GGGG", "Hmm",
    "hmm", "MMM", "DDD", "ddd", "YY", "MM", "Mo", "DD", "Do", "dd", "do", "ww", "wo", "WW", "Wo", "Qo", "gg",
    "GG", "hh", "HH", "kk", "mm", "ss", "zz", "ZZ", "yy", "yo", "M", "D", "d", "w", "W", "Q", "y", "e", "E",
    "a", "A", "h", "H", "k", "m", "s", "x", "X", "z",
];

/// The longest token at the head of a format.
fn token(format: &str) -> &str {
    if format.starts_with('[')
        && let Some(end) = format[1..].find(['[', ']'])
        && format[1 + end..].starts_with(']')
    {
        return &format[..end + 2];
    }
    if let Some(escaped) = format.strip_prefix('\\') {
        return &format[..=token(escaped).len().min(escaped.len())];
    }
    if format.starts_with('S') {
        let count = format.bytes().take_while(|byte| *byte == b'S').count().min(9);
        return &format[..count];
    }
    let found = TOKENS.iter().find(|token| format.starts_with(**token));
    found.map_or_else(
        || &format[..format.chars().next().map_or(0, char::len_utf8)],
        |token| &format[..token.len()],
    )
}

/// `L` and its kin become what they stand for.
fn long_formats(format: &str) -> String {
    const LONG: [(&str, &str); 10] = [
        ("LTS", "A h:mm:ss"),
        ("LT", "A h:mm"),
        ("LLLL", "YYYY년 MMMM D일 dddd A h:mm"),
        ("LLL", "YYYY년 MMMM D일 A h:mm"),
        ("LL", "YYYY년 MMMM D일"),
        ("L", "YYYY.MM.DD."),
        ("llll", "YYYY년 MMMM D일 dddd A h:mm"),
        ("lll", "YYYY년 MMMM D일 A h:mm"),
        ("ll", "YYYY년 MMMM D일"),
        ("l", "YYYY.MM.DD."),
    ];
    let mut out = String::with_capacity(format.len());
    let mut rest = format;
    while let Some(c) = rest.chars().next() {
        if rest.starts_with(['[', '\\']) {
            let token = token(rest);
            out.push_str(token);
            rest = &rest[token.len()..];
        } else if let Some((token, long)) = LONG.iter().find(|(token, _)| rest.starts_with(*token)) {
            out.push_str(long);
            rest = &rest[token.len()..];
        } else {
            out.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    out
}

/// Writes one token.
fn piece(moment: &Zoned, token: &str, out: &mut String) {
    let hour = moment.hour();
    let twelve = if hour % 12 == 0 { 12 } else { hour % 12 };
    let weekday = moment.weekday().to_sunday_zero_offset();
    let day_name = WEEKDAYS[weekday as usize % 7];
    let quarter = (moment.month() - 1) / 3 + 1;
    let week = || sunday_week(moment);
    let iso_week = moment.date().iso_week_date();
    let minutes = moment.offset().seconds() / 60;
    let offset = |colon: &str| {
        let sign = if minutes < 0 { '-' } else { '+' };
        format!("{sign}{:02}{colon}{:02}", minutes.abs() / 60, minutes.abs() % 60)
    };
    let year = moment.year();
    // Writing to a String cannot fail.
    let _ = match token {
        "YYYYYY" => write!(out, "{}{:06}", if year < 0 { '-' } else { '+' }, year.abs()),
        "YYYYY" => write!(out, "{year:05}"),
        "YYYY" => write!(out, "{year:04}"),
        "YY" | "yy" => write!(out, "{:02}", year.rem_euclid(100)),
        "Y" | "y" | "yo" => write!(out, "{year}"),
        "MMMM" | "MMM" | "Mo" => write!(out, "{}월", moment.month()),
        "MM" => write!(out, "{:02}", moment.month()),
        "M" => write!(out, "{}", moment.month()),
        "DDDD" => write!(out, "{:03}", moment.day_of_year()),
        "DDDo" => write!(out, "{}일", moment.day_of_year()),
        "DDD" => write!(out, "{}", moment.day_of_year()),
        "DD" => write!(out, "{:02}", moment.day()),
        "Do" => write!(out, "{}일", moment.day()),
        "D" => write!(out, "{}", moment.day()),
        "dddd" => write!(out, "{day_name}요일"),
        "ddd" | "dd" => write!(out, "{day_name}"),
        "do" => write!(out, "{weekday}일"),
        "d" | "e" => write!(out, "{weekday}"),
        "E" => write!(out, "{}", if weekday == 0 { 7 } else { weekday }),
        "Q" | "Qo" => write!(out, "{quarter}"),
        "w" => write!(out, "{}", week().1),
        "ww" => write!(out, "{:02}", week().1),
        "wo" => write!(out, "{}주", week().1),
        "gggg" => write!(out, "{:04}", week().0),
        "gg" => write!(out, "{:02}", week().0.rem_euclid(100)),
        "W" => write!(out, "{}", iso_week.week()),
        "WW" => write!(out, "{:02}", iso_week.week()),
        "Wo" => write!(out, "{}주", iso_week.week()),
        "GGGG" => write!(out, "{:04}", iso_week.year()),
        "GG" => write!(out, "{:02}", iso_week.year().rem_euclid(100)),
        "A" | "a" => write!(out, "{}", if hour < 12 { "오전" } else { "오후" }),
        "HH" => write!(out, "{hour:02}"),
        "H" => write!(out, "{hour}"),
        "hh" => write!(out, "{twelve:02}"),
        "h" => write!(out, "{twelve}"),
        "kk" => write!(out, "{:02}", if hour == 0 { 24 } else { hour }),
        "k" => write!(out, "{}", if hour == 0 { 24 } else { hour }),
        "Hmm" => write!(out, "{hour}{:02}", moment.minute()),
        "Hmmss" => write!(out, "{hour}{:02}{:02}", moment.minute(), moment.second()),
        "hmm" => write!(out, "{twelve}{:02}", moment.minute()),
        "hmmss" => write!(out, "{twelve}{:02}{:02}", moment.minute(), moment.second()),
        "mm" => write!(out, "{:02}", moment.minute()),
        "m" => write!(out, "{}", moment.minute()),
        "ss" => write!(out, "{:02}", moment.second()),
        "s" => write!(out, "{}", moment.second()),
        "Z" => write!(out, "{}", offset(":")),
        "ZZ" => write!(out, "{}", offset("")),
        "z" | "zz" => write!(out, "{}", moment.strftime("%Z")),
        "X" => write!(out, "{}", moment.timestamp().as_second()),
        "x" => write!(out, "{}", moment.timestamp().as_millisecond()),
        fraction if fraction.starts_with('S') => {
            let nanoseconds = format!("{:03}000000", moment.millisecond());
            write!(out, "{}", &nanoseconds[..fraction.len()])
        }
        other => write!(out, "{other}"),
    };
}

/// Year and number of the week that begins on Sunday; the first week of a year holds its first of January.
fn sunday_week(moment: &Zoned) -> (i16, i64) {
    let date = moment.date();
    let first_of = |year: i16| -> Option<civil::Date> {
        let january = civil::Date::new(year, 1, 1).ok()?;
        let back = i64::from(january.weekday().to_sunday_zero_offset());
        january.checked_sub(jiff::Span::new().days(back)).ok()
    };
    let year = match first_of(date.year() + 1) {
        Some(next) if date >= next => date.year() + 1,
        _ => date.year(),
    };
    let days = first_of(year)
        .and_then(|first| date.since((jiff::Unit::Day, first)).ok())
        .map_or(0, |span| span.get_days());
    (year, i64::from(days) / 7 + 1)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn moments_are_written_in_moments_formats() {
        let check = |value: Value, format: Option<&str>, zone: Option<&str>, expected: &str| {
            let found = super::format(Some(&value), format, zone, 1_790_000_000_000);
            assert_eq!(found.as_deref(), Ok(expected), "{value} {format:?}");
        };
        let moment = || json!("2018-12-07T05:47:14.667Z");
        check(moment(), Some("YYYY년 MM월 DD일 HH시 mm분"), Some("Asia/Seoul"), "2018년 12월 07일 14시 47분");
        check(moment(), None, None, "2018-12-07T05:47:14.667Z");
        check(moment(), Some("LLLL"), None, "2018년 12월 7일 금요일 오후 2:47");
        check(moment(), Some("dddd a h:mm:ss.SSS [월] ZZ"), Some("UTC"), "금요일 오전 5:47:14.667 월 +0000");
        check(json!(1_544_161_634), Some("x"), None, "1544161634000");
        check(json!(1_544_161_634_667_i64), Some("X"), None, "1544161634");
        check(json!("20181207"), Some("L"), None, "2018.12.07.");
        check(json!("2018-12-07"), Some("YYYY-MM-DD HH:mm z"), None, "2018-12-07 00:00 KST");
        check(json!("어제"), Some("L"), None, "Invalid date");
        check(json!(null), None, None, "2026-09-21T14:13:20.000Z");
        check(json!("2024-12-31"), Some("gggg ww GGGG WW Q Do DDDo"), None, "2025 01 2025 01 4 31일 366일");
        assert!(super::format(None, Some("L"), Some("Mars/Olympus"), 0).is_err());
    }
}
