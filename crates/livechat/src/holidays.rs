//! The public holidays of Korea, with the days that stand in for them (대체공휴일).
//!
//! Dates of the lunar calendar are a table, in Korean time: at new moons around midnight Korea and China differ (2027,
//! 2028). Days of elections are named one by one: they are added when they are proclaimed. A team adds its own days.
//! Source of the rules: 관공서의 공휴일에 관한 규정, 공휴일에 관한 법률.

use jiff::civil::{Date, Weekday, date};

/// Lunar days by year: 설날, 부처님오신날, 추석, each as month and day.
const LUNAR: [(i16, [(i8, i8); 3]); 17] = [
    (2024, [(2, 10), (5, 15), (9, 17)]),
    (2025, [(1, 29), (5, 5), (10, 6)]),
    (2026, [(2, 17), (5, 24), (9, 25)]),
    (2027, [(2, 7), (5, 13), (9, 15)]),
    (2028, [(1, 27), (5, 2), (10, 3)]),
    (2029, [(2, 13), (5, 20), (9, 22)]),
    (2030, [(2, 3), (5, 9), (9, 12)]),
    (2031, [(1, 23), (5, 28), (10, 1)]),
    (2032, [(2, 11), (5, 16), (9, 19)]),
    (2033, [(1, 31), (5, 6), (9, 8)]),
    (2034, [(2, 19), (5, 25), (9, 27)]),
    (2035, [(2, 8), (5, 15), (9, 16)]),
    (2036, [(1, 28), (5, 3), (10, 4)]),
    (2037, [(2, 15), (5, 22), (9, 24)]),
    (2038, [(2, 4), (5, 11), (9, 13)]),
    (2039, [(1, 24), (4, 30), (10, 2)]),
    (2040, [(2, 12), (5, 18), (9, 21)]),
];

/// Days that are holidays once.
const ONCE: [(i16, i8, i8, &str); 6] = [
    (2024, 4, 10, "국회의원 선거일"),
    (2024, 10, 1, "국군의 날"),
    (2025, 1, 27, "임시공휴일"),
    (2025, 6, 3, "대통령 선거일"),
    (2026, 6, 3, "지방선거일"),
    (2028, 4, 12, "국회의원 선거일"),
];

/// When another day stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Substitute {
    Never,
    /// On Sundays and other holidays: 설날 and 추석.
    Sunday,
    /// On Saturdays too.
    Weekend,
}

/// The days of a year that come each year.
const FIXED: [(i8, i8, &str, Substitute, i16); 10] = [
    (1, 1, "신정", Substitute::Never, 0),
    (3, 1, "삼일절", Substitute::Weekend, 0),
    (5, 1, "노동절", Substitute::Weekend, 2026),
    (5, 5, "어린이날", Substitute::Weekend, 0),
    (6, 6, "현충일", Substitute::Never, 0),
    (7, 17, "제헌절", Substitute::Weekend, 2026),
    (8, 15, "광복절", Substitute::Weekend, 0),
    (10, 3, "개천절", Substitute::Weekend, 0),
    (10, 9, "한글날", Substitute::Weekend, 0),
    (12, 25, "성탄절", Substitute::Weekend, 0),
];

/// The first and the last year that are known.
pub const YEARS: (i16, i16) = (LUNAR[0].0, LUNAR[LUNAR.len() - 1].0);

/// The public holidays of a year, in order, each day once.
pub fn of(year: i16) -> Vec<(Date, String)> {
    let mut named: Vec<(Date, &str, Substitute)> = FIXED
        .iter()
        .filter(|(.., since)| year >= *since)
        .map(|(month, day, name, substitute, _)| (date(year, *month, *day), *name, *substitute))
        .collect();
    if let Some((_, [seollal, buddha, chuseok])) = LUNAR.iter().find(|(known, _)| *known == year) {
        for ((month, day), name) in [(seollal, "설날"), (chuseok, "추석")] {
            let at = date(year, *month, *day);
            let around = [at.yesterday().unwrap_or(at), at, at.tomorrow().unwrap_or(at)];
            named.extend(around.map(|day| (day, name, Substitute::Sunday)));
        }
        named.push((date(year, buddha.0, buddha.1), "부처님오신날", Substitute::Weekend));
    }
    let once = ONCE.iter().filter(|(known, ..)| *known == year);
    named.extend(once.map(|(_, month, day, name)| (date(year, *month, *day), *name, Substitute::Never)));
    // Where two fall on one day, the one with the wider rule names it.
    named.sort_by_key(|(day, ..)| *day);
    let mut days: Vec<(Date, String)> = Vec::new();
    let mut owed: Vec<(Date, String)> = Vec::new();
    let mut at = 0;
    while at < named.len() {
        let (day, ..) = named[at];
        let same: Vec<&(Date, &str, Substitute)> =
            named[at..].iter().take_while(|(other, ..)| *other == day).collect();
        at += same.len();
        let names: Vec<&str> = same.iter().map(|(_, name, _)| *name).collect();
        days.push((day, names.join(", ")));
        let meets = same.len() > 1 && same.iter().any(|(.., rule)| *rule != Substitute::Never);
        let falls = same.iter().find(|(.., rule)| match rule {
            Substitute::Never => false,
            Substitute::Sunday => day.weekday() == Weekday::Sunday,
            Substitute::Weekend => matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday),
        });
        if let Some((_, name, _)) = falls.or(same.iter().find(|_| meets)) {
            owed.push((day, (*name).to_owned()));
        }
    }
    for (day, name) in owed {
        let mut next = day;
        while is_taken(next, &days) {
            match next.tomorrow() {
                Ok(tomorrow) => next = tomorrow,
                Err(_) => break,
            }
        }
        days.push((next, format!("{name} 대체공휴일")));
    }
    days.sort_by_key(|(day, _)| *day);
    days.dedup_by_key(|(day, _)| *day);
    days
}

/// The public holiday that a day is.
pub fn name(day: Date) -> Option<String> {
    of(day.year()).into_iter().find(|(holiday, _)| *holiday == day).map(|(_, name)| name)
}

fn is_taken(day: Date, days: &[(Date, String)]) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
        || days.iter().any(|(holiday, _)| *holiday == day)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Months and days as an almanac has them.
    fn check(year: i16, expected: &str) {
        let got: Vec<String> =
            of(year).iter().map(|(day, _)| format!("{:02}-{:02}", day.month(), day.day())).collect();
        assert_eq!(got.join(" "), expected, "{year}");
    }

    #[test]
    fn the_years_are_those_of_the_almanac() {
        check(
            2024,
            "01-01 02-09 02-10 02-11 02-12 03-01 04-10 05-05 05-06 05-15 06-06 08-15 09-16 09-17 09-18 10-01 10-03 10-09 12-25",
        );
        check(
            2025,
            "01-01 01-27 01-28 01-29 01-30 03-01 03-03 05-05 05-06 06-03 06-06 08-15 10-03 10-05 10-06 10-07 10-08 10-09 12-25",
        );
        check(
            2026,
            "01-01 02-16 02-17 02-18 03-01 03-02 05-01 05-05 05-24 05-25 06-03 06-06 07-17 08-15 08-17 09-24 09-25 09-26 10-03 10-05 10-09 12-25",
        );
        check(
            2027,
            "01-01 02-06 02-07 02-08 02-09 03-01 05-01 05-03 05-05 05-13 06-06 07-17 07-19 08-15 08-16 09-14 09-15 09-16 10-03 10-04 10-09 10-11 12-25 12-27",
        );
        check(
            2028,
            "01-01 01-26 01-27 01-28 03-01 04-12 05-01 05-02 05-05 06-06 07-17 08-15 10-02 10-03 10-04 10-05 10-09 12-25",
        );
        check(
            2029,
            "01-01 02-12 02-13 02-14 03-01 05-01 05-05 05-07 05-20 05-21 06-06 07-17 08-15 09-21 09-22 09-23 09-24 10-03 10-09 12-25",
        );
        check(
            2032,
            "01-01 02-10 02-11 02-12 03-01 05-01 05-03 05-05 05-16 05-17 06-06 07-17 07-19 08-15 08-16 09-18 09-19 09-20 09-21 10-03 10-04 10-09 10-11 12-25 12-27",
        );
    }

    #[test]
    fn holidays_have_names() {
        assert_eq!(name(date(2026, 9, 25)).as_deref(), Some("추석"));
        assert_eq!(name(date(2026, 8, 17)).as_deref(), Some("광복절 대체공휴일"));
        assert_eq!(name(date(2025, 5, 5)).as_deref(), Some("어린이날, 부처님오신날"));
        assert_eq!(name(date(2026, 8, 18)), None);
        // Beyond the table: the days of the sun alone.
        assert_eq!(name(date(2055, 10, 9)).as_deref(), Some("한글날"));
    }
}
