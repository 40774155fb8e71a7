//! What closes by itself (spec live-chat.md, "Auto-close").

use serde::{Deserialize, Serialize};

use crate::State;

/// When consultations close by themselves.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct AutoClose {
    /// Minutes for which a request may wait; `None`: for ever.
    pub waiting_minutes: Option<u32>,
    /// Minutes without a message after which one in progress is over; `None`: never.
    pub connected_minutes: Option<u32>,
    /// Also where the end user waits for an answer?
    pub even_if_unanswered: bool,
    /// What the end user is told then. Empty for nothing.
    pub message: String,
}

/// What is known of a consultation's times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Times {
    /// Where it stands.
    pub state: State,
    /// When it was requested.
    pub requested_at: i64,
    /// The last message of either side.
    pub last_at: i64,
    /// Since when the end user waits for an answer.
    pub waiting_since: Option<i64>,
}

impl AutoClose {
    /// Is it to be closed now?
    pub fn is_due(&self, times: &Times, now_ms: i64) -> bool {
        let over = |since: i64, minutes: Option<u32>| {
            minutes.is_some_and(|minutes| now_ms - since >= i64::from(minutes) * 60_000)
        };
        match times.state {
            // A request is itself a question that waits for an answer: only its own setting closes it.
            State::Requested => over(times.requested_at.max(times.last_at), self.waiting_minutes),
            State::Connected => {
                (times.waiting_since.is_none() || self.even_if_unanswered)
                    && over(times.last_at, self.connected_minutes)
            }
            State::Bot | State::Completed | State::Missed => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn silence_closes_but_nobody_who_waits_for_an_answer() {
        let rule =
            AutoClose { waiting_minutes: Some(10), connected_minutes: Some(5), ..AutoClose::default() };
        let times = |state, waiting_since| Times { state, requested_at: 0, last_at: 60_000, waiting_since };
        let minute = |n: i64| n * 60_000;
        assert!(!rule.is_due(&times(State::Connected, None), minute(6) - 1));
        assert!(rule.is_due(&times(State::Connected, None), minute(6)));
        assert!(!rule.is_due(&times(State::Connected, Some(60_000)), minute(600)));
        let harsh = AutoClose { even_if_unanswered: true, ..rule.clone() };
        assert!(harsh.is_due(&times(State::Connected, Some(60_000)), minute(6)));
        assert!(!rule.is_due(&times(State::Requested, Some(0)), minute(11) - 1));
        assert!(rule.is_due(&times(State::Requested, Some(0)), minute(11)));
        assert!(!rule.is_due(&times(State::Bot, None), minute(600)));
        assert!(!AutoClose::default().is_due(&times(State::Connected, None), minute(6_000)));
    }
}
