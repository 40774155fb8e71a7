//! Hooks on their way: waited for, tried again, repeated and put in the wrong order as a test asks for.

use std::{
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use serde_json::Value;
use tokio::time::Instant;

use super::{hook::HookKind, office::Office};

/// A hook as it is sent.
#[derive(Debug, Clone)]
pub(super) struct Hook {
    pub kind: HookKind,
    pub user: String,
    pub session: Option<String>,
    pub path: String,
    pub headers: Vec<(&'static str, String)>,
    pub body: Arc<str>,
}

/// What became of a hook.
#[derive(Debug, Clone)]
pub struct Delivery {
    /// Which.
    pub kind: HookKind,
    /// Whose room.
    pub user: String,
    /// Its body as it was sent.
    pub sent: String,
    /// The last answer's status; 0 where none came in time.
    pub status: u16,
    /// The last answer's body; where none came, why.
    pub body: String,
    /// From the first try to the last answer, without pauses.
    pub took: Duration,
    /// How often it was tried.
    pub tries: u32,
    /// Did the company take it?
    pub taken: bool,
    /// It waits for the next hook, to come after it.
    pub held: bool,
}

impl Delivery {
    /// Of a hook that was not sent yet.
    pub(super) fn of(hook: &Hook) -> Self {
        Self {
            kind: hook.kind,
            user: hook.user.clone(),
            sent: hook.body.to_string(),
            status: 0,
            body: String::new(),
            took: Duration::ZERO,
            tries: 0,
            taken: false,
            held: false,
        }
    }
}

/// What a test makes go wrong. Every number counts down.
#[derive(Debug, Clone, Default)]
pub struct Faults {
    /// So many hooks come twice.
    pub duplicate: u32,
    /// So many pairs come in the wrong order: `/message` before `/reference`, or a message after the next one.
    pub swap: u32,
    /// Every hook waits so long before.
    pub delay: Duration,
    /// `/seen_info` comes so much later, and [`Relay::read`](super::Relay::read) does not wait for it.
    pub seen_late: Duration,
    /// So many calls of the company are answered with 429.
    pub too_many: u32,
    /// So many calls are taken, and the connection ends without an answer.
    pub lose_answer: u32,
    /// So many calls are answered with 500 and not taken.
    pub fail: u32,
    /// Every call's answer takes so long more.
    pub slow: Duration,
    /// The next sends are refused with these of Kakao's codes, -600 for one.
    pub refuse: std::collections::VecDeque<i32>,
    /// Only calls whose path holds this go wrong; all while it is empty.
    pub only: String,
}

impl Office {
    /// Sends a hook until it is taken or given up.
    pub async fn post(&self, hook: Hook) -> Delivery {
        let (delay, twice) = {
            let mut faults = self.faults();
            let twice = faults.duplicate > 0;
            faults.duplicate = faults.duplicate.saturating_sub(1);
            (faults.delay, twice)
        };
        if !delay.is_zero() {
            tokio::time::sleep(delay).await;
        }
        let mut delivery = Delivery::of(&hook);
        let retries = self.options.retries;
        while !delivery.taken && delivery.tries <= retries.times {
            if delivery.tries > 0 {
                tokio::time::sleep(retries.pause).await;
            }
            self.attempt(&hook, &mut delivery).await;
        }
        self.counts.hooks.fetch_add(1, Ordering::Relaxed);
        if delivery.taken {
            self.acknowledged(&hook);
        } else {
            self.counts.lost.fetch_add(1, Ordering::Relaxed);
        }
        if twice {
            self.attempt(&hook, &mut delivery).await;
        }
        let mut state = self.state();
        state.hooks.push_back(hook);
        while state.hooks.len() > self.options.remember.min(MAX_HOOKS) {
            state.hooks.pop_front();
        }
        delivery
    }

    /// Sends a hook once more, as if the relay had forgotten that it did.
    pub async fn resend(&self, hook: &Hook) -> Delivery {
        let mut delivery = Delivery::of(hook);
        self.attempt(hook, &mut delivery).await;
        delivery
    }

    async fn attempt(&self, hook: &Hook, delivery: &mut Delivery) {
        delivery.tries += 1;
        let Some(receive) = self.state().receive.clone() else {
            "the relay knows no receive address: set_receive".clone_into(&mut delivery.body);
            return;
        };
        let mut request = self
            .client
            .post(format!("{receive}{}", hook.path))
            .timeout(self.options.hook_timeout)
            .header("content-type", "application/json; charset=UTF-8")
            .body(hook.body.to_string());
        for (name, value) in &hook.headers {
            request = request.header(*name, value);
        }
        let begun = Instant::now();
        let answer = match request.send().await {
            Ok(answer) => {
                let status = answer.status().as_u16();
                answer.text().await.map(|body| (status, body))
            }
            Err(error) => Err(error),
        };
        delivery.took += begun.elapsed();
        (delivery.status, delivery.body) = answer.unwrap_or_else(|error| (0, error.to_string()));
        // A copy that is refused does not take back what was taken.
        delivery.taken |= (200..300).contains(&delivery.status) && self.is_acknowledgement(&delivery.body);
    }

    fn is_acknowledgement(&self, body: &str) -> bool {
        let Some(wanted) = self.options.acknowledgement else { return true };
        serde_json::from_str::<Value>(body).is_ok_and(|body| body["code"] == wanted)
    }

    /// Sends a hook behind the back of whoever caused it.
    pub fn post_later(self: &Arc<Self>, hook: Hook, after: Duration) {
        let office = Arc::clone(self);
        self.counts.pending.fetch_add(1, Ordering::SeqCst);
        tokio::spawn(async move {
            tokio::time::sleep(after).await;
            office.post(hook).await;
            office.counts.pending.fetch_sub(1, Ordering::SeqCst);
            office.changed();
        });
    }
}

/// Hooks that can be sent again.
const MAX_HOOKS: usize = 1_000;
