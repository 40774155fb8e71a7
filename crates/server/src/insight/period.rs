//! Periods of statistics: whole days of a workspace's zone, as slots.
//!
//! A day is where its zone says, also where summer time begins or ends. Sums come from the store with one offset per
//! question, so a period is cut into runs of days that have the same offset; a day on which the offset changes is a run of
//! its own. Zones whose offset is no multiple of half an hour cannot be put together from slots and are refused.

use jiff::{
    Timestamp,
    civil::Date,
    tz::{Offset, TimeZone},
};
use store::SLOT_MS;

/// Days of a period at most.
pub const MAX_DAYS: i64 = 3_700;
const DAY_MS: i64 = 86_400_000;

/// A period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// The moment at which the first day begins.
    pub from_ms: i64,
    /// … and at which the last one has ended.
    pub to_ms: i64,
    /// Days with the same offset.
    pub runs: Vec<Run>,
}

/// Days that have the same offset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    /// The first slot.
    pub from: i64,
    /// The slot after the last.
    pub to: i64,
    /// The offset, in slots.
    pub offset: i64,
    /// A day of its own, of 23 or 25 hours: which.
    pub day: Option<Date>,
}

/// Why there is no period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoPeriod {
    /// The last day lies before the first.
    Backwards,
    /// Too many days.
    TooLong,
    /// A day that no calendar has.
    OutOfRange,
}

/// A zone by its IANA name, if its offsets fit into slots.
pub fn zone(name: &str) -> Option<TimeZone> {
    let zone = TimeZone::get(name).ok()?;
    // One look at each month from the first year of this product on.
    let fits = (0..40 * 12).all(|month| {
        let at = Timestamp::from_millisecond(1_767_225_600_000 + month * 30 * DAY_MS).unwrap_or_default();
        i64::from(zone.to_offset(at).seconds()) % (SLOT_MS / 1_000) == 0
    });
    (fits && zone.iana_name().is_some()).then_some(zone)
}

/// The day of a moment.
pub fn day_of(zone: &TimeZone, at_ms: i64) -> Date {
    Timestamp::from_millisecond(at_ms).unwrap_or_default().to_zoned(zone.clone()).date()
}

/// The moment at which a day begins.
fn begins(zone: &TimeZone, day: Date) -> Option<i64> {
    Some(day.to_zoned(zone.clone()).ok()?.timestamp().as_millisecond())
}

/// The day with this number since 1970.
pub fn numbered(number: i64) -> Date {
    Timestamp::from_millisecond(number * DAY_MS).unwrap_or_default().to_zoned(TimeZone::UTC).date()
}

impl Period {
    /// The day on which a slot of the period lies.
    pub fn day(&self, slot: i64) -> Date {
        let run = self.runs.iter().find(|run| slot < run.to).or(self.runs.last());
        run.map_or(self.to, |run| run.day.unwrap_or_else(|| numbered((slot + run.offset).div_euclid(48))))
    }

    /// The days from one to the other, both included.
    pub fn new(zone: &TimeZone, from: Date, to: Date) -> Result<Self, NoPeriod> {
        if to < from {
            return Err(NoPeriod::Backwards);
        }
        let mut runs: Vec<Run> = Vec::new();
        let (mut day, mut count) = (from, 0);
        let mut at = begins(zone, from).ok_or(NoPeriod::OutOfRange)?;
        let from_ms = at;
        loop {
            count += 1;
            if count > MAX_DAYS {
                return Err(NoPeriod::TooLong);
            }
            let next = day.tomorrow().map_err(|_| NoPeriod::OutOfRange)?;
            let ends = begins(zone, next).ok_or(NoPeriod::OutOfRange)?;
            let offset = |ms: i64| {
                let at = Timestamp::from_millisecond(ms).unwrap_or_default();
                slots(zone.to_offset(at))
            };
            let (before, after) = (offset(at), offset(ends - 1));
            let run = Run {
                from: at.div_euclid(SLOT_MS),
                to: ends.div_euclid(SLOT_MS),
                offset: before,
                day: (before != after).then_some(day),
            };
            match runs.last_mut() {
                Some(last) if last.day.is_none() && run.day.is_none() && last.offset == run.offset => {
                    last.to = run.to;
                }
                _ => runs.push(run),
            }
            if day == to {
                return Ok(Self { from, to, from_ms, to_ms: ends, runs });
            }
            (day, at) = (next, ends);
        }
    }

    /// All its days, the first first.
    pub fn days(&self) -> impl Iterator<Item = Date> + use<> {
        let to = self.to;
        std::iter::successors(Some(self.from), |day| day.tomorrow().ok()).take_while(move |day| *day <= to)
    }

    /// Its first slot, and the one after its last.
    pub fn slots(&self) -> (i64, i64) {
        (self.from_ms.div_euclid(SLOT_MS), self.to_ms.div_euclid(SLOT_MS))
    }
}

fn slots(offset: Offset) -> i64 {
    i64::from(offset.seconds()).div_euclid(SLOT_MS / 1_000)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_day_in_seoul_begins_at_fifteen_hours_utc() {
        let seoul = zone("Asia/Seoul").expect("a zone");
        let period = Period::new(&seoul, date(2026, 11, 1), date(2026, 11, 30)).expect("a period");
        assert_eq!(period.runs.len(), 1);
        assert_eq!((period.runs[0].offset, period.days().count()), (18, 30));
        // 2026-10-31T15:00Z.
        assert_eq!(period.from_ms, 1_793_458_800_000);
        assert_eq!(day_of(&seoul, period.from_ms), date(2026, 11, 1));
        assert_eq!(day_of(&seoul, period.from_ms - 1), date(2026, 10, 31));
        assert_eq!(day_of(&seoul, period.to_ms), date(2026, 12, 1));
        let run = period.runs[0];
        assert_eq!(numbered((run.from + run.offset) / 48), date(2026, 11, 1));
        assert_eq!(numbered((run.to - 1 + run.offset) / 48), date(2026, 11, 30));
        assert_eq!((period.day(run.from), period.day(run.to - 1)), (date(2026, 11, 1), date(2026, 11, 30)));
    }

    #[test]
    fn summer_time_is_a_day_of_its_own() {
        let berlin = zone("Europe/Berlin").expect("a zone");
        let period = Period::new(&berlin, date(2026, 3, 1), date(2026, 11, 1)).expect("a period");
        let odd: Vec<_> =
            period.runs.iter().filter_map(|run| run.day.map(|day| (day, run.to - run.from))).collect();
        assert_eq!(odd, [(date(2026, 3, 29), 46), (date(2026, 10, 25), 50)]);
        assert_eq!(period.runs.len(), 5);
        let slots: i64 = period.runs.iter().map(|run| run.to - run.from).sum();
        assert_eq!(period.slots().1 - period.slots().0, slots);
    }

    #[test]
    fn zones_that_do_not_fit_and_periods_that_are_none_are_refused() {
        for good in ["Asia/Seoul", "UTC", "America/New_York", "Asia/Kolkata", "Australia/Adelaide"] {
            assert!(zone(good).is_some(), "{good}");
        }
        for bad in ["Asia/Kathmandu", "Mars/Olympus", "", "../etc/passwd"] {
            assert!(zone(bad).is_none(), "{bad}");
        }
        let utc = TimeZone::UTC;
        assert_eq!(Period::new(&utc, date(2026, 2, 1), date(2026, 1, 1)), Err(NoPeriod::Backwards));
        assert_eq!(Period::new(&utc, date(2000, 1, 1), date(2026, 1, 1)), Err(NoPeriod::TooLong));
    }
}
