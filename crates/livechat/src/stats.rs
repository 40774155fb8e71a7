//! Figures about consultations (spec live-chat.md, "Statistics"). What each of them means stands at its field, and the
//! console shows it beside the figure.

use std::collections::BTreeMap;

use jiff::{Timestamp, tz::TimeZone};
use serde::Serialize;

use crate::{AgentId, State};

/// What is known of one consultation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Case {
    /// Did the bot call? Else an agent stepped in, and nobody waited.
    pub called: bool,
    /// Where it stands.
    pub state: State,
    /// A call that was taken back at once and counts for nothing.
    pub ignored: bool,
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
    /// Consultations that agents began by themselves; they are in no other figure but the agents'.
    pub stepped_in: u32,
    /// From the call until the first agent came, on average over those that one came to.
    pub average_wait_ms: Option<i64>,
    /// The wait that half of them did not exceed.
    pub median_wait_ms: Option<i64>,
    /// From the call until an agent first wrote, on average over those where one did.
    pub average_response_ms: Option<i64>,
    /// Completed by a thousand requested.
    pub rate: Option<u32>,
    /// By hour of the day in the team's zone.
    pub hours: Vec<Bucket>,
    /// By weekday, Monday first.
    pub weekdays: Vec<Bucket>,
    /// By agent: the last owner of each consultation.
    pub agents: Vec<AgentFigures>,
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
    for case in cases.iter().filter(|case| !case.ignored) {
        let response = case.answered_at.map(|at| at - case.requested_at);
        if let Some(agent) = case.owner {
            let (own, times) = agents.entry(agent).or_insert_with(|| (AgentFigures::new(agent), Vec::new()));
            own.taken += 1;
            own.answered += u32::from(case.answered_at.is_some());
            own.completed += u32::from(case.state == State::Completed);
            own.transfers += u32::try_from(case.transfers).unwrap_or(0);
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
        let wait = case.connected_at.map(|at| at - case.requested_at);
        waits.extend(wait);
        responses.extend(response);
        if let Ok(at) = Timestamp::from_millisecond(case.requested_at) {
            let local = at.to_zoned(zone.clone());
            figures.hours[local.hour() as usize % 24].add(wait);
            figures.weekdays[local.weekday().to_monday_zero_offset() as usize % 7].add(wait);
        }
    }
    figures.average_wait_ms = average(&waits);
    figures.median_wait_ms = median(waits);
    figures.average_response_ms = average(&responses);
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
        Self { agent, taken: 0, answered: 0, completed: 0, transfers: 0, average_response_ms: None }
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

/// The middle one; the lower of two.
fn median(mut times: Vec<i64>) -> Option<i64> {
    times.sort_unstable();
    times.get(times.len().saturating_sub(1) / 2).copied()
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
        assert_eq!(of(&[], &zone).rate, None);
    }
}
