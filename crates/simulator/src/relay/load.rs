//! Many customers at once.
//!
//! Open loop as in [`crowd`](crate::crowd): messages are written at a fixed rate whatever happens, and a webhook's answer is
//! timed from the moment when its message *should* have been sent. How long customers wait for the company's first bubble
//! is timed beside it.

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use serde::Serialize;
use tokio::time::Instant;

use super::Relay;
use crate::crowd::Histogram;

/// Who writes how much.
#[derive(Debug, Clone)]
pub struct Load {
    /// How many customers, in turn.
    pub users: u64,
    /// Added to their numbers, so that later loads are other people.
    pub first_user: u64,
    /// Messages altogether.
    pub messages: u64,
    /// Messages per second.
    pub rate: f64,
    /// Hooks under way at once; with more due, messages wait, and the wait counts.
    pub at_once: usize,
    /// What customers say, in turn.
    pub says: Vec<String>,
}

/// How it went. Times are milliseconds.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Loaded {
    /// Messages whose hook was taken.
    pub taken: u64,
    /// Messages that were given up.
    pub lost: u64,
    /// From the first message to the last answer of a webhook.
    pub seconds: f64,
    /// Of webhooks' answers.
    pub hook_p50: f64,
    /// Of webhooks' answers.
    pub hook_p99: f64,
    /// Of webhooks' answers.
    pub hook_max: f64,
    /// Times that customers waited for the company and were answered, since the relay began or the last load.
    pub answered: u64,
    /// From a customer's word to the company's first bubble after it.
    pub answer_p50: f64,
    /// The same.
    pub answer_p99: f64,
    /// The same.
    pub answer_max: f64,
}

impl Relay {
    /// Writes all messages.
    pub async fn load(&self, load: &Load) -> Loaded {
        let shared = Arc::new(Shared::default());
        let load = Arc::new(load.clone());
        let begun = Instant::now();
        let writers: Vec<_> = (0..load.at_once.max(1))
            .map(|_| {
                let (relay, load, shared) = (self.clone(), Arc::clone(&load), Arc::clone(&shared));
                tokio::spawn(async move { relay.writer(&load, &shared, begun).await })
            })
            .collect();
        for writer in writers {
            // A writer that panics is missed in the counts.
            let _ = writer.await;
        }
        let seconds = begun.elapsed().as_secs_f64();
        let hooks = shared.hooks.lock().unwrap_or_else(PoisonError::into_inner);
        let mut answers = self.office.counts.answers.lock().unwrap_or_else(PoisonError::into_inner);
        let answers = std::mem::take(&mut *answers);
        Loaded {
            taken: shared.taken.load(Ordering::Relaxed),
            lost: shared.lost.load(Ordering::Relaxed),
            seconds,
            hook_p50: hooks.percentile(0.5),
            hook_p99: hooks.percentile(0.99),
            hook_max: hooks.percentile(1.0),
            answered: answers.count(),
            answer_p50: answers.percentile(0.5),
            answer_p99: answers.percentile(0.99),
            answer_max: answers.percentile(1.0),
        }
    }

    async fn writer(&self, load: &Load, shared: &Shared, begun: Instant) {
        loop {
            let number = shared.next.fetch_add(1, Ordering::Relaxed);
            if number >= load.messages {
                return;
            }
            let due = begun + Duration::from_secs_f64(number as f64 / load.rate);
            tokio::time::sleep_until(due).await;
            let users = load.users.max(1);
            let user = format!("load{:012}", load.first_user + number % users);
            let says = load.says.len().max(1);
            let text = load.says.get((number / users) as usize % says).map_or("안녕하세요", String::as_str);
            if self.write(&user, text).await.taken() {
                shared.taken.fetch_add(1, Ordering::Relaxed);
            } else {
                shared.lost.fetch_add(1, Ordering::Relaxed);
            }
            shared.hooks.lock().unwrap_or_else(PoisonError::into_inner).add(due.elapsed());
        }
    }
}

#[derive(Default)]
struct Shared {
    next: AtomicU64,
    taken: AtomicU64,
    lost: AtomicU64,
    hooks: Mutex<Histogram>,
}
