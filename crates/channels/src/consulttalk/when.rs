//! Times and telephone numbers in the relays' spellings.

use serde_json::Value;

/// Kakao writes local times without a zone; local is Korea, nine hours ahead all year.
const KOREA_MINUTES: i64 = 9 * 60;

/// Milliseconds since 1970: as a number, as a number in a text, or as an ISO time.
pub(super) fn ms(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => number.as_i64().or_else(|| number.as_f64().map(|float| float as i64)),
        Value::String(text) => text.trim().parse().ok().or_else(|| iso_ms(text.trim())),
        _ => None,
    }
}

/// `2026-01-01T00:00:59.316Z`, `…+09:00`, or without a zone.
fn iso_ms(text: &str) -> Option<i64> {
    let (date, time) = text.split_once(['T', ' '])?;
    let [year, month, day] = numbers(date, '-')?;
    let zone = time.find(['Z', 'z', '+', '-']).unwrap_or(time.len());
    let (clock, zone) = time.split_at(zone);
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, ""));
    let [hour, minute, second] = numbers(clock, ':')?;
    let fits = (1970..=9999).contains(&year)
        && (1..=12).contains(&month)
        && (1..=31).contains(&day)
        && hour < 24
        && minute < 60
        && second <= 60;
    if !fits || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let thousandths: i64 = format!("{fraction:0<3.3}").parse().ok()?;
    let minutes = (days(year, month, day) * 24 + hour) * 60 + minute - offset_minutes(zone)?;
    Some((minutes * 60 + second) * 1_000 + thousandths)
}

fn offset_minutes(zone: &str) -> Option<i64> {
    if zone.is_empty() {
        return Some(KOREA_MINUTES);
    }
    let (sign, rest) = match zone.as_bytes()[0] {
        b'+' => (1, &zone[1..]),
        b'-' => (-1, &zone[1..]),
        _ => return (zone.len() == 1).then_some(0),
    };
    let digits: String = rest.chars().filter(|c| *c != ':').collect();
    if digits.len() != 4 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (hours, minutes): (i64, i64) = (digits[..2].parse().ok()?, digits[2..].parse().ok()?);
    (hours < 15 && minutes < 60).then_some(sign * (hours * 60 + minutes))
}

/// Three numbers with this between them.
fn numbers(text: &str, between: char) -> Option<[i64; 3]> {
    let mut parts = text.split(between).map(|part| {
        let is_number = (1..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| part.parse::<i64>().ok()).flatten()
    });
    let three = [parts.next()??, parts.next()??, parts.next()??];
    parts.next().is_none().then_some(three)
}

/// Days since 1970 in the Gregorian calendar: years are counted from March, so that a leap day comes last.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let since_march = (month + 9) % 12;
    year * 365 + year / 4 - year / 100 + year / 400 + (since_march * 153 + 2) / 5 + day - 1 - 719_468
}

/// A moment as DKTechin writes it (`…Z`), and as Bizgo does (`…+09:00`).
pub(super) fn iso(ms: i64, in_korea: bool) -> String {
    let (shift, zone) = if in_korea { (KOREA_MINUTES * 60_000, "+09:00") } else { (0, "Z") };
    let ms = ms.saturating_add(shift);
    let (day, rest) = (ms.div_euclid(86_400_000), ms.rem_euclid(86_400_000));
    let (mut year, mut month) = (1970 + day.div_euclid(366).min(day.div_euclid(365)), 12);
    while days(year + 1, 1, 1) <= day {
        year += 1;
    }
    while days(year, month, 1) > day {
        month -= 1;
    }
    let date = day - days(year, month, 1) + 1;
    let (hour, minute, second) = (rest / 3_600_000, rest / 60_000 % 60, rest / 1_000 % 60);
    format!("{year:04}-{month:02}-{date:02}T{hour:02}:{minute:02}:{second:02}.{:03}{zone}", rest % 1_000)
}

/// A Korean telephone number as people write it, digits only: `821012345678` and `+82 10-1234-5678` are `01012345678`.
/// `None` where it is none.
pub(super) fn phone(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let digits = match digits.strip_prefix("82") {
        // "+82 (0)10…" is written, too.
        Some(rest) if digits.len() >= 10 => format!("0{}", rest.trim_start_matches('0')),
        _ => digits,
    };
    (8..=15).contains(&digits.len()).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn times_are_read_in_every_spelling() {
        for (spelling, expected) in [
            (json!(1_767_225_600_123_i64), Some(1_767_225_600_123)),
            (json!("1767225600123"), Some(1_767_225_600_123)),
            (json!(1.767_225_600_123e12), Some(1_767_225_600_123)),
            (json!("2026-01-01T00:00:00.123Z"), Some(1_767_225_600_123)),
            (json!("2026-01-01T09:00:00.123+09:00"), Some(1_767_225_600_123)),
            (json!("2026-01-01T09:00:00.1234567+0900"), Some(1_767_225_600_123)),
            (json!("2026-01-01T09:00:00.1"), Some(1_767_225_600_100)),
            (json!("2026-01-01 09:00:00"), Some(1_767_225_600_000)),
            (json!("2025-12-31T19:00:00-05:00"), Some(1_767_225_600_000)),
            (json!("1970-01-01T00:00:00Z"), Some(0)),
            (json!("2024-02-29T00:00:00Z"), Some(1_709_164_800_000)),
            (json!("2024-03-01T00:00:00Z"), Some(1_709_251_200_000)),
            (json!("2024-12-31T23:59:59Z"), Some(1_735_689_599_000)),
            (json!("2026-13-01T00:00:00Z"), None),
            (json!("2026-01-01T00:00:00Zulu"), None),
            (json!("2026-01-01T00:00:00+9"), None),
            (json!("yesterday"), None),
            (json!(null), None),
            (json!([1]), None),
        ] {
            assert_eq!(ms(&spelling), expected, "{spelling}");
        }
    }

    #[test]
    fn times_are_written_as_they_are_read() {
        assert_eq!(iso(1_767_225_600_123, false), "2026-01-01T00:00:00.123Z");
        assert_eq!(iso(1_767_225_600_123, true), "2026-01-01T09:00:00.123+09:00");
        // Every day of a leap year and its neighbours, and the last millisecond of each.
        for day in days(2023, 1, 1)..days(2026, 1, 1) {
            for moment in [day * 86_400_000, (day + 1) * 86_400_000 - 1] {
                assert_eq!(ms(&json!(iso(moment, false))), Some(moment));
                assert_eq!(ms(&json!(iso(moment, true))), Some(moment));
            }
        }
    }

    #[test]
    fn telephone_numbers_are_alike_however_they_come() {
        for spelling in
            ["821012345678", "01012345678", "+82 10-1234-5678", "010-1234-5678", "+82 (0)10 1234 5678"]
        {
            assert_eq!(phone(spelling).as_deref(), Some("01012345678"), "{spelling}");
        }
        assert_eq!(phone("82212345678").as_deref(), Some("0212345678"));
        assert_eq!(phone("0212345678").as_deref(), Some("0212345678"));
        assert_eq!(phone("없음"), None);
        assert_eq!(phone(""), None);
    }
}
