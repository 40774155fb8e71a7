//! Moments as the relays write them: Seoul has had one offset since 1988.

use jiff::{Timestamp, Zoned, tz};

/// `2026-01-01T09:00:00.123`, local, without a zone.
pub(super) fn local(now_ms: i64) -> String {
    seoul(now_ms).strftime("%Y-%m-%dT%H:%M:%S%.3f").to_string()
}

/// `2026-01-01T09:00:00.123+09:00`.
pub(super) fn zoned(now_ms: i64) -> String {
    format!("{}+09:00", local(now_ms))
}

/// `2026-01-01T00:00:00.123Z`.
pub(super) fn utc(now_ms: i64) -> String {
    format!("{}Z", local(now_ms - OFFSET_MS))
}

/// The day on which a room is billed, `2026-01-01`: it begins at four in the morning (1.4).
pub(super) fn day(now_ms: i64) -> String {
    seoul(now_ms - 4 * 3_600_000).strftime("%Y-%m-%d").to_string()
}

const OFFSET_MS: i64 = 9 * 3_600_000;

fn seoul(now_ms: i64) -> Zoned {
    Timestamp::from_millisecond(now_ms).unwrap_or_default().to_zoned(tz::TimeZone::fixed(tz::offset(9)))
}
