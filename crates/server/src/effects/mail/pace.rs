//! How many mails a workspace sends in a minute: so many within any 60 seconds.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Mutex, PoisonError},
    time::Duration,
};

use store::WorkspaceId;
use tokio::time::Instant;

const MINUTE: Duration = Duration::from_secs(60);
/// Workspaces that are looked through for old entries once there are so many.
const MANY: usize = 1_000;

/// When each workspace sent its last mails.
#[derive(Debug, Default)]
pub struct Pace {
    sent: Mutex<HashMap<WorkspaceId, VecDeque<Instant>>>,
}

impl Pace {
    /// One more mail now, or how long to wait for it.
    pub(super) fn take(&self, workspace: WorkspaceId, per_minute: u32, now: Instant) -> Result<(), Duration> {
        let mut sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        if sent.len() > MANY {
            sent.retain(|_, times| times.back().is_some_and(|last| now.duration_since(*last) < MINUTE));
        }
        let times = sent.entry(workspace).or_default();
        while times.front().is_some_and(|first| now.duration_since(*first) >= MINUTE) {
            times.pop_front();
        }
        match times.front() {
            Some(first) if times.len() >= per_minute as usize => {
                Err(MINUTE.saturating_sub(now.duration_since(*first)))
            }
            _ => {
                times.push_back(now);
                Ok(())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_window_slides() {
        let (pace, a, b) = (Pace::default(), WorkspaceId::new(1, 1), WorkspaceId::new(1, 2));
        let begun = Instant::now();
        let at = |seconds: u64| begun + Duration::from_secs(seconds);
        assert_eq!(pace.take(a, 2, at(0)), Ok(()));
        assert_eq!(pace.take(a, 2, at(30)), Ok(()));
        assert_eq!(pace.take(a, 2, at(40)), Err(Duration::from_secs(20)));
        assert_eq!(pace.take(b, 2, at(40)), Ok(()));
        assert_eq!(pace.take(a, 2, at(60)), Ok(()));
        assert_eq!(pace.take(a, 2, at(60)), Err(Duration::from_secs(30)));
    }
}
