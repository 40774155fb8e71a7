//! Figures about consultations (spec live-chat.md, "Statistics"). What each of them means stands at its field, and the
//! console shows it beside the figure.

use std::collections::BTreeMap;

use jiff::{Timestamp, tz::TimeZone};
use serde::Serialize;

use crate::{AgentId, State, consultation::Lost};

/// What is known of one consultation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Case {
    /// Did the bot call? Else an agent stepped in, and nobody waited.
    pub called: bool,
    /// Where it stands.
    pub state: State,
    /// A call that was taken back at once and counts for nothing.
    pub ignored: bool,
    /// Why it was missed.
    pub lost: Option<Lost>,
    /// What the customer gave it afterwards, from 1 to 5.
    pub score: Option<i64>,
    /// When it was requested.
    pub requested_at: i64,
    /// When the first agent came.
    pub connected_at: Option<i64>,
    /// When an agent first answered.
    pub answered_at: Option<i64>,
    /// Whose it is, or was last.
    pub owner: Option<AgentId>,
    /// How often it was handed over.
    pub transfers: i64,
}

/// The figures of a period.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Figures {
    /// Calls of bots in the period, without those that were taken back at once where the team ignores these.
    pub requested: u32,
    /// Of these, the ones that wait now.
    pub waiting: u32,
    /// … that go on now.
    pub connected: u32,
    /// … that an agent came to and that are over.
    pub completed: u32,
    /// … that nobody came to: taken back, left or expired.
    pub missed: u32,
    /// Of these, the ones that the customer took back.
    pub cancelled: u32,
    /// … whose customer left.
    pub left: u32,
    /// … that closed by themselves because nobody came for so long.
    pub expired: u32,
    /// Calls that were taken back within ten seconds where the team does not count these; they are in no other figure.
    pub ignored: u32,
    /// Consultations that agents began by themselves; they are in no other figure but the agents'.
    pub stepped_in: u32,
    /// From the call until the first agent came, on average over those that one came to.
    pub average_wait_ms: Option<i64>,
    /// The wait that half of them did not exceed.
    pub median_wait_ms: Option<i64>,
    /// The wait that nine of ten of them did not exceed.
    pub p90_wait_ms: Option<i64>,
    /// The wait that 95 of a hundred of them did not exceed.
    pub p95_wait_ms: Option<i64>,
    /// The longest wait of them.
    pub longest_wait_ms: Option<i64>,
    /// From the call until an agent first wrote, on average over those where one did.
    pub average_response_ms: Option<i64>,
    /// The time until then that half of them did not exceed.
    pub median_response_ms: Option<i64>,
    /// … that nine of ten did not exceed.
    pub p90_response_ms: Option<i64>,
    /// What customers gave, in consultations of all kinds.
    pub scores: Scores,
    /// Completed by a thousand requested.
    pub rate: Option<u32>,
    /// By hour of the day in the team's zone.
    pub hours: Vec<Bucket>,
    /// By weekday, Monday first.
    pub weekdays: Vec<Bucket>,
    /// By day in the team's zone, as `2026-11-28`; days without a request are absent.
    pub days: BTreeMap<String, Day>,
    /// By agent: the last owner of each consultation.
    pub agents: Vec<AgentFigures>,
}

/// The requests of one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Day {
    /// By how long they waited.
    pub waits: Bucket,
    /// Those that an agent came to and that are over.
    pub completed: u32,
    /// Those that nobody came to.
    pub missed: u32,
    /// From the call until the first agent came, in all.
    pub waited_ms: i64,
}

impl Day {
    /// From the call until the first agent came, on average over those that one came to.
    pub fn average_wait_ms(&self) -> Option<i64> {
        let met = i64::from(self.waits.requested - self.waits.unanswered);
        self.waited_ms.checked_div(met)
    }
}

/// What customers gave consultations, from 1 to 5.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Scores {
    /// How often each was given, 1 first.
    pub counts: [u32; 5],
}

/// Requests of an hour or a weekday, by how long they waited until an agent came or they were over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Bucket {
    /// All of them.
    pub requested: u32,
    /// An agent came within 15 minutes.
    pub quick: u32,
    /// … within 30.
    pub slow: u32,
    /// … later.
    pub slowest: u32,
    /// Nobody came, or nobody has come yet.
    pub unanswered: u32,
}

/// What an agent did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AgentFigures {
    /// Who, in 16 bytes.
    #[serde(skip)]
    pub agent: AgentId,
    /// Consultations that were theirs at last.
    pub taken: u32,
    /// … in which somebody answered.
    pub answered: u32,
    /// … that were completed.
    pub completed: u32,
    /// How often these were handed over before.
    pub transfers: u32,
    /// From the call until an agent first wrote, on average.
    pub average_response_ms: Option<i64>,
    /// What customers gave them.
    pub scores: Scores,
}

const MINUTE_MS: i64 = 60_000;

/// The figures of these consultations.
pub fn of(cases: &[Case], zone: &TimeZone) -> Figures {
    let mut figures = Figures {
        hours: vec![Bucket::default(); 24],
        weekdays: vec![Bucket::default(); 7],
        ..Figures::default()
    };
    let (mut waits, mut responses) = (Vec::new(), Vec::new());
    let mut agents: BTreeMap<AgentId, (AgentFigures, Vec<i64>)> = BTreeMap::new();
    for case in cases {
        if case.ignored {
            figures.ignored += 1;
            continue;
        }
        figures.scores.add(case.score);
        let response = case.answered_at.map(|at| at - case.requested_at);
        if let Some(agent) = case.owner {
            let (own, times) = agents.entry(agent).or_insert_with(|| (AgentFigures::new(agent), Vec::new()));
            own.taken += 1;
            own.answered += u32::from(case.answered_at.is_some());
            own.completed += u32::from(case.state == State::Completed);
            own.transfers += u32::try_from(case.transfers).unwrap_or(0);
            own.scores.add(case.score);
            times.extend(response);
        }
        if !case.called {
            figures.stepped_in += 1;
            continue;
        }
        figures.requested += 1;
        match case.state {
            State::Requested => figures.waiting += 1,
            State::Connected => figures.connected += 1,
            State::Completed => figures.completed += 1,
            State::Missed => figures.missed += 1,
            State::Bot => {}
        }
        match case.lost {
            Some(Lost::Cancelled) => figures.cancelled += 1,
            Some(Lost::Left) => figures.left += 1,
            Some(Lost::Expired) => figures.expired += 1,
            None => {}
        }
        let wait = case.connected_at.map(|at| at - case.requested_at);
        waits.extend(wait);
        responses.extend(response);
        if let Ok(at) = Timestamp::from_millisecond(case.requested_at) {
            let local = at.to_zoned(zone.clone());
            figures.hours[local.hour() as usize % 24].add(wait);
            figures.weekdays[local.weekday().to_monday_zero_offset() as usize % 7].add(wait);
            let day = figures.days.entry(local.date().to_string()).or_default();
            day.waits.add(wait);
            day.completed += u32::from(case.state == State::Completed);
            day.missed += u32::from(case.state == State::Missed);
            day.waited_ms += wait.unwrap_or(0);
        }
    }
    waits.sort_unstable();
    responses.sort_unstable();
    figures.average_wait_ms = average(&waits);
    figures.median_wait_ms = share(&waits, 50);
    figures.p90_wait_ms = share(&waits, 90);
    figures.p95_wait_ms = share(&waits, 95);
    figures.longest_wait_ms = waits.last().copied();
    figures.average_response_ms = average(&responses);
    figures.median_response_ms = share(&responses, 50);
    figures.p90_response_ms = share(&responses, 90);
    figures.rate = (figures.requested > 0)
        .then(|| (u64::from(figures.completed) * 1_000 / u64::from(figures.requested)) as u32);
    figures.agents = agents
        .into_values()
        .map(|(own, times)| AgentFigures { average_response_ms: average(&times), ..own })
        .collect();
    figures
}

impl AgentFigures {
    fn new(agent: AgentId) -> Self {
        Self {
            agent,
            taken: 0,
            answered: 0,
            completed: 0,
            transfers: 0,
            average_response_ms: None,
            scores: Scores::default(),
        }
    }
}

impl Scores {
    fn add(&mut self, score: Option<i64>) {
        let at = score.and_then(|score| usize::try_from(score - 1).ok());
        if let Some(count) = at.and_then(|at| self.counts.get_mut(at)) {
            *count += 1;
        }
    }

    /// How many gave one.
    pub fn answers(&self) -> u32 {
        self.counts.iter().sum()
    }

    /// The average in hundredths: 450 is 4.5.
    pub fn average(&self) -> Option<u32> {
        let sum: u32 = (1..).zip(self.counts).map(|(score, count)| score * count).sum();
        (sum * 100).checked_div(self.answers())
    }
}

impl Bucket {
    fn add(&mut self, wait: Option<i64>) {
        self.requested += 1;
        *match wait {
            Some(wait) if wait < 15 * MINUTE_MS => &mut self.quick,
            Some(wait) if wait <= 30 * MINUTE_MS => &mut self.slow,
            Some(_) => &mut self.slowest,
            None => &mut self.unanswered,
        } += 1;
    }
}

fn average(times: &[i64]) -> Option<i64> {
    (!times.is_empty()).then(|| times.iter().sum::<i64>() / times.len() as i64)
}

/// What so many of a hundred do not exceed; the lower of two. The times are sorted.
fn share(times: &[i64], hundredths: usize) -> Option<i64> {
    times.get((times.len() * hundredths).div_ceil(100).saturating_sub(1)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Monday, 2026-11-23, 10:00 in Seoul.
    const MONDAY: i64 = 1_795_395_600_000;

    fn case(state: State, minutes: Option<i64>) -> Case {
        Case {
            called: true,
            state,
            ignored: false,
            lost: None,
            score: None,
            requested_at: MONDAY,
            connected_at: minutes.map(|minutes| MONDAY + minutes * MINUTE_MS),
            answered_at: minutes.map(|minutes| MONDAY + (minutes + 1) * MINUTE_MS),
            owner: minutes.map(|_| AgentId([1; 16])),
            transfers: 1,
        }
    }

    #[test]
    fn figures_are_what_they_say() {
        let zone = TimeZone::get("Asia/Seoul").expect("a zone");
        let cases = [
            case(State::Completed, Some(1)),
            case(State::Completed, Some(20)),
            case(State::Connected, Some(45)),
            case(State::Requested, None),
            case(State::Missed, None),
            Case { ignored: true, ..case(State::Missed, None) },
            Case { called: false, ..case(State::Completed, Some(0)) },
        ];
        let got = of(&cases, &zone);
        assert_eq!(
            (got.requested, got.waiting, got.connected, got.completed, got.missed, got.stepped_in),
            (5, 1, 1, 2, 1, 1)
        );
        assert_eq!(got.average_wait_ms, Some(22 * MINUTE_MS));
        assert_eq!(got.median_wait_ms, Some(20 * MINUTE_MS));
        assert_eq!(got.average_response_ms, Some(23 * MINUTE_MS));
        assert_eq!(got.rate, Some(400));
        let expected = Bucket { requested: 5, quick: 1, slow: 1, slowest: 1, unanswered: 2 };
        assert_eq!((got.hours[10], got.weekdays[0]), (expected, expected));
        assert_eq!(got.hours.iter().map(|hour| hour.requested).sum::<u32>(), 5);
        let [kim] = &got.agents[..] else { panic!("one agent") };
        assert_eq!((kim.taken, kim.answered, kim.completed, kim.transfers), (4, 4, 3, 4));
        assert_eq!(
            (got.p90_wait_ms, got.p95_wait_ms, got.longest_wait_ms, got.median_response_ms),
            (got.longest_wait_ms, got.longest_wait_ms, Some(45 * MINUTE_MS), Some(21 * MINUTE_MS))
        );
        assert_eq!((got.ignored, got.cancelled), (1, 0));
        assert_eq!(of(&[], &zone).rate, None);
    }

    #[test]
    fn a_day_ends_at_midnight_where_the_team_is() {
        let zone = TimeZone::get("Asia/Seoul").expect("a zone");
        let at = |hours: i64, minutes| Case {
            requested_at: MONDAY + hours * 60 * MINUTE_MS,
            ..case(State::Completed, Some(minutes))
        };
        // 10:00 and 23:00 on Monday, 00:00 on Tuesday; the last waited, as one sees it from its own hour.
        let cases = [
            at(0, 4),
            at(13, 13 * 60 + 6),
            at(14, 14 * 60 + 20),
            Case { requested_at: MONDAY, ..case(State::Missed, None) },
        ];
        let got = of(&cases, &zone);
        let days: Vec<_> = got
            .days
            .iter()
            .map(|(day, it)| (day.as_str(), it.waits.requested, it.completed, it.missed))
            .collect();
        assert_eq!(days, [("2026-11-23", 3, 2, 1), ("2026-11-24", 1, 1, 0)]);
        assert_eq!(got.days["2026-11-23"].average_wait_ms(), Some(5 * MINUTE_MS));
        assert_eq!(Day::default().average_wait_ms(), None);
    }

    #[test]
    fn times_are_shared_by_how_many_do_not_exceed_them() {
        let times: Vec<i64> = (1..=20).collect();
        assert_eq!(
            [50, 90, 95, 100].map(|part| share(&times, part)),
            [Some(10), Some(18), Some(19), Some(20)]
        );
        assert_eq!((share(&[7], 95), share(&[], 50)), (Some(7), None));
    }

    #[test]
    fn reasons_and_scores_are_counted() {
        let zone = TimeZone::get("Asia/Seoul").expect("a zone");
        let missed = |lost| Case { lost: Some(lost), ..case(State::Missed, None) };
        let scored = |score| Case { score: Some(score), ..case(State::Completed, Some(1)) };
        let all = [
            missed(Lost::Cancelled),
            missed(Lost::Cancelled),
            missed(Lost::Expired),
            missed(Lost::Left),
            scored(5),
            scored(4),
            scored(9),
        ];
        let got = of(&all, &zone);
        assert_eq!((got.missed, got.cancelled, got.left, got.expired), (4, 2, 1, 1));
        assert_eq!(
            (got.scores.counts, got.scores.answers(), got.scores.average()),
            ([0, 0, 0, 1, 1], 2, Some(450))
        );
        assert_eq!((got.agents[0].scores, Scores::default().average()), (got.scores, None));
    }
}
