//! When agents work (운영 시간): intervals of each weekday, public holidays, a team's own days.

use jiff::{
    Timestamp,
    civil::{Date, Weekday},
    tz::TimeZone,
};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use crate::holidays;

/// Days ahead in which the next opening is looked for.
const LOOK_AHEAD: usize = 60;

/// When agents work, and what happens outside.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own on the settings page")]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Hours {
    /// Off: always.
    pub enabled: bool,
    /// The zone of the times, as `Asia/Seoul`.
    pub time_zone: String,
    /// From Monday to Sunday.
    pub week: [Vec<Interval>; 7],
    /// Closed on Korea's public holidays?
    pub public_holidays: bool,
    /// Days that are otherwise.
    pub days: Vec<Day>,
    /// What an end user is told outside; a template. Empty for nothing.
    pub notice: String,
    /// May agents be called outside?
    pub accept: bool,
    /// Does the bot answer meanwhile? Else a request that was accepted pauses it.
    pub bot_answers: bool,
    /// The flow that goes on outside, instead of the notice.
    pub flow_id: Option<i64>,
}

/// From a minute of the day up to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interval {
    /// The first minute.
    pub from: Minute,
    /// The minute after the last.
    pub to: Minute,
}

/// A minute of a day, written as `09:30`; `24:00` ends a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Minute(pub u16);

/// A day that is not as its weekday: closed where it has no intervals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Day {
    /// The day, as `2026-12-31`.
    #[serde(with = "iso")]
    pub date: Date,
    /// What it is.
    #[serde(default)]
    pub name: String,
    /// When agents work on it.
    #[serde(default)]
    pub open: Vec<Interval>,
}

/// A day as `2026-12-31`.
mod iso {
    use jiff::civil::Date;
    use serde::{Deserialize, Deserializer, Serializer, de::Error as _};

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
    pub(super) fn serialize<S: Serializer>(day: &Date, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(day)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

/// Do agents work at a moment?
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Now {
    /// They do.
    Open,
    /// They do not.
    Closed {
        /// The holiday, where it is one.
        holiday: Option<String>,
        /// When they come, in milliseconds UTC; `None` where that is not within two months.
        opens_at: Option<i64>,
    },
}

impl Default for Hours {
    fn default() -> Self {
        let working = || vec![Interval { from: Minute(9 * 60), to: Minute(18 * 60) }];
        Self {
            enabled: false,
            time_zone: "Asia/Seoul".to_owned(),
            week: [working(), working(), working(), working(), working(), Vec::new(), Vec::new()],
            public_holidays: true,
            days: Vec::new(),
            notice: String::new(),
            accept: true,
            bot_answers: false,
            flow_id: None,
        }
    }
}

impl Hours {
    /// Do agents work now?
    pub fn at(&self, now_ms: i64) -> Now {
        if !self.enabled {
            return Now::Open;
        }
        let zone = self.zone();
        let Ok(now) = Timestamp::from_millisecond(now_ms) else { return Now::Open };
        let local = now.to_zoned(zone.clone()).datetime();
        let minute = Minute(local.hour() as u16 * 60 + local.minute() as u16);
        let (open, holiday) = self.on(local.date());
        if open.iter().any(|interval| interval.holds(minute)) {
            return Now::Open;
        }
        Now::Closed { holiday, opens_at: self.opens_after(local.date(), minute, &zone) }
    }

    /// The intervals of a day, and the holiday that it is.
    fn on(&self, day: Date) -> (&[Interval], Option<String>) {
        if let Some(own) = self.days.iter().find(|own| own.date == day) {
            return (&own.open, Some(own.name.clone()).filter(|name| !name.is_empty()));
        }
        if self.public_holidays
            && let Some(name) = holidays::name(day)
        {
            return (&[], Some(name));
        }
        (&self.week[index(day.weekday())], None)
    }

    fn opens_after(&self, today: Date, minute: Minute, zone: &TimeZone) -> Option<i64> {
        let mut day = today;
        for ahead in 0..LOOK_AHEAD {
            let (open, _) = self.on(day);
            let next = open
                .iter()
                .filter(|interval| interval.from < interval.to && (ahead > 0 || interval.from > minute))
                .map(|interval| interval.from)
                .min();
            if let Some(Minute(at)) = next {
                let time = day.at((at / 60) as i8, (at % 60) as i8, 0, 0);
                let moment = zone.to_ambiguous_zoned(time).compatible().ok()?;
                return Some(moment.timestamp().as_millisecond());
            }
            day = day.tomorrow().ok()?;
        }
        None
    }

    /// The zone of the times. A name that nobody knows is Seoul: [`Hours::complaints`] says so beforehand.
    pub fn zone(&self) -> TimeZone {
        TimeZone::get(&self.time_zone).or_else(|_| TimeZone::get("Asia/Seoul")).unwrap_or(TimeZone::UTC)
    }

    /// A moment as people of the team write it: `2026-12-31 09:30:00`.
    pub fn local(&self, at_ms: i64) -> String {
        Timestamp::from_millisecond(at_ms).map_or_else(
            |_| String::new(),
            |at| {
                let local = at.to_zoned(self.zone()).datetime();
                let (date, time) = (local.date(), local.time());
                format!("{date} {:02}:{:02}:{:02}", time.hour(), time.minute(), time.second())
            },
        )
    }

    /// What is wrong with it: where, as the rest of a JSON pointer, and why, in Korean and English.
    pub fn complaints(&self) -> Vec<(String, &'static str, &'static str)> {
        let mut found = Vec::new();
        if TimeZone::get(&self.time_zone).is_err() {
            found.push((
                "/timeZone".to_owned(),
                "모르는 시간대예요. Asia/Seoul처럼 적어 주세요.",
                "This time zone is not known; write it as Asia/Seoul.",
            ));
        }
        let lists = self.week.iter().enumerate().map(|(at, list)| (format!("/week/{at}"), list));
        let own = self.days.iter().enumerate().map(|(at, day)| (format!("/days/{at}/open"), &day.open));
        for (place, list) in lists.chain(own) {
            for (at, interval) in list.iter().enumerate() {
                if interval.from >= interval.to {
                    found.push((
                        format!("{place}/{at}"),
                        "끝나는 시각이 시작하는 시각보다 늦어야 해요.",
                        "It must end after it begins.",
                    ));
                }
            }
        }
        found
    }
}

impl Interval {
    fn holds(self, minute: Minute) -> bool {
        (self.from..self.to).contains(&minute)
    }
}

impl Serialize for Minute {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{:02}:{:02}", self.0 / 60, self.0 % 60))
    }
}

impl<'de> Deserialize<'de> for Minute {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let read = || -> Option<u16> {
            let (hour, minute) = text.split_once(':')?;
            let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
            (minute < 60 && hour * 60 + minute <= 24 * 60).then_some(hour * 60 + minute)
        };
        let whole = text.len() == 5 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b':');
        read()
            .filter(|_| whole)
            .map(Self)
            .ok_or_else(|| D::Error::custom(format!("{text:?} is no time of day such as 09:30")))
    }
}

fn index(weekday: Weekday) -> usize {
    weekday.to_monday_zero_offset() as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ms(text: &str) -> i64 {
        format!("{text}+09:00").parse::<Timestamp>().expect("a time").as_millisecond()
    }

    fn check(hours: &Hours, at: &str, expected: Result<(), (Option<&str>, &str)>) {
        let expected = match expected {
            Ok(()) => Now::Open,
            Err((holiday, opens)) => Now::Closed {
                holiday: holiday.map(str::to_owned),
                opens_at: (!opens.is_empty()).then(|| ms(opens)),
            },
        };
        assert_eq!(hours.at(ms(at)), expected, "{at}");
    }

    #[test]
    fn agents_work_by_the_week_and_not_on_holidays() {
        let hours = Hours { enabled: true, ..Hours::default() };
        check(&hours, "2026-11-27T09:00:00", Ok(()));
        check(&hours, "2026-11-27T17:59:59", Ok(()));
        check(&hours, "2026-11-27T08:59:59", Err((None, "2026-11-27T09:00:00")));
        // Friday evening: Monday morning.
        check(&hours, "2026-11-27T18:00:00", Err((None, "2026-11-30T09:00:00")));
        // 추석: Thursday to Saturday, then a Sunday.
        check(&hours, "2026-09-24T10:00:00", Err((Some("추석"), "2026-09-28T09:00:00")));
        check(&hours, "2026-08-17T10:00:00", Err((Some("광복절 대체공휴일"), "2026-08-18T09:00:00")));
        assert_eq!(hours.local(ms("2026-09-24T10:05:00")), "2026-09-24 10:05:00");
        check(&Hours { public_holidays: false, ..hours.clone() }, "2026-09-24T10:00:00", Ok(()));
        check(&Hours { enabled: false, ..hours }, "2026-09-24T03:00:00", Ok(()));
    }

    #[test]
    fn a_day_of_ones_own_wins() {
        let at = |from: u16, to: u16| vec![Interval { from: Minute(from), to: Minute(to) }];
        let own =
            |date: &str, open| Day { date: date.parse().expect("a date"), name: "행사".to_owned(), open };
        let days = vec![own("2026-12-25", at(600, 720)), own("2026-12-28", Vec::new())];
        let hours = Hours { enabled: true, days, ..Hours::default() };
        check(&hours, "2026-12-25T11:00:00", Ok(()));
        check(&hours, "2026-12-28T11:00:00", Err((Some("행사"), "2026-12-29T09:00:00")));
        let never = Hours { week: Default::default(), days: Vec::new(), ..hours };
        check(&never, "2026-12-28T11:00:00", Err((None, "")));
    }

    #[test]
    fn times_are_written_as_people_write_them() {
        let hours: Hours = serde_json::from_str(
            r#"{"enabled": true, "week": [[{"from": "00:00", "to": "24:00"}], [], [], [], [], [], []], "days": [{"date": "2026-12-31"}]}"#,
        )
        .expect("reads");
        check(&hours, "2026-11-30T23:59:59", Ok(()));
        check(&hours, "2026-12-01T00:00:00", Err((None, "2026-12-07T00:00:00")));
        assert!(hours.complaints().is_empty());
        assert!(serde_json::to_string(&hours).expect("writes").contains(r#"{"from":"00:00","to":"24:00"}"#));
        for bad in ["9:00", "24:01", "ab:cd", "09:60", "", "+9:00"] {
            let text = format!(r#"{{"from": "{bad}", "to": "24:00"}}"#);
            assert!(serde_json::from_str::<Interval>(&text).is_err(), "{bad}");
        }
        let bad = Hours {
            time_zone: "Asia/Pyeongchang".to_owned(),
            days: vec![Day {
                date: "2026-12-31".parse().expect("a date"),
                name: String::new(),
                open: vec![Interval { from: Minute(9), to: Minute(9) }],
            }],
            ..Hours::default()
        };
        let places: Vec<String> = bad.complaints().into_iter().map(|(place, ..)| place).collect();
        assert_eq!(places, ["/timeZone", "/days/0/open/0"]);
    }
}
