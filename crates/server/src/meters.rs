//! What is measured, under names that stay (docs/logging.md).
//!
//! Handles are made once: looking a metric up by name for each turn would cost more than counting does. Each server
//! has its own set, so that several of them can run in one test.

use std::{fmt, time::Duration};

use metrics::{
    Counter, Gauge, Histogram, counter, describe_counter, describe_gauge, describe_histogram, gauge,
    histogram,
};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};

/// Bounds of the duration histograms, in seconds.
const BUCKETS: [f64; 14] =
    [0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 5.0];

/// The handles of all metrics.
pub struct Meters {
    prometheus: PrometheusHandle,
    /// Turns that were answered and, where they are, stored.
    pub turns_answered: Counter,
    /// Turns that ended with the bot's error message by a fault of the scenario.
    pub turns_faulted: Counter,
    /// Turns of OpenBuilder's tests, which are not stored.
    pub turns_tested: Counter,
    /// Requests that were answered with what an earlier one was answered.
    pub turns_repeated: Counter,
    /// Requests that no turn could answer: bot missing, off, broken, no JSON, out of time, …
    pub turns_refused: Counter,
    /// Turns that began again because someone else moved the conversation.
    pub turns_retried: Counter,
    /// Requests that were answered with the waiting text while their turn went on.
    pub turns_waiting: Counter,
    /// Late answers that were posted.
    pub late_posted: Counter,
    /// Late answers that could not be posted and were kept for the next turn.
    pub late_kept: Counter,
    /// Problems recorded for the operator.
    pub problems: Counter,
    /// Problems that came faster than they could be recorded.
    pub problems_dropped: Counter,
    /// Turns that run now.
    pub running: Gauge,
    /// Waiting for the lane.
    pub lane: Histogram,
    /// The one read.
    pub read: Histogram,
    /// The engine.
    pub engine: Histogram,
    /// The one commit.
    pub commit: Histogram,
    /// From the arrival of the request to its answer.
    pub total: Histogram,
    store_queue: Gauge,
    store_commits: Counter,
    store_batches: Counter,
}

impl fmt::Debug for Meters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Meters").finish_non_exhaustive()
    }
}

impl Default for Meters {
    fn default() -> Self {
        let builder = PrometheusBuilder::new();
        // The list is not empty, which is all that is asked of it.
        let builder = builder.set_buckets(&BUCKETS).unwrap_or_default();
        let recorder = builder.build_recorder();
        let prometheus = recorder.handle();
        metrics::with_local_recorder(&recorder, || {
            describe_counter!("closer_turns_total", "Turns by how they ended.");
            describe_counter!("closer_problems_total", "Problems with requests, recorded for the operator.");
            describe_counter!("closer_problems_dropped_total", "Problems that came too fast to be recorded.");
            describe_counter!(
                "closer_turns_waiting_total",
                "Requests answered with the waiting text while their turn went on."
            );
            describe_counter!("closer_late_answers_total", "Late answers, by what became of the post.");
            describe_gauge!("closer_turns_running", "Turns that run now.");
            describe_histogram!(
                "closer_turn_seconds",
                "Duration of a turn by phase; total is what Kakao waits."
            );
            describe_gauge!("closer_store_queue", "Commits that wait for the database.");
            describe_counter!("closer_store_commits_total", "Committed batches of statements.");
            describe_counter!(
                "closer_store_groups_total",
                "Transactions on the disk: many commits share one."
            );
            let turns = |result: &'static str| counter!("closer_turns_total", "result" => result);
            let phase = |phase: &'static str| histogram!("closer_turn_seconds", "phase" => phase);
            Self {
                prometheus,
                turns_answered: turns("answered"),
                turns_faulted: turns("faulted"),
                turns_tested: turns("tested"),
                turns_repeated: turns("repeated"),
                turns_refused: turns("refused"),
                turns_retried: counter!("closer_turns_retried_total"),
                turns_waiting: counter!("closer_turns_waiting_total"),
                late_posted: counter!("closer_late_answers_total", "result" => "posted"),
                late_kept: counter!("closer_late_answers_total", "result" => "kept"),
                problems: counter!("closer_problems_total"),
                problems_dropped: counter!("closer_problems_dropped_total"),
                running: gauge!("closer_turns_running"),
                lane: phase("lane"),
                read: phase("read"),
                engine: phase("engine"),
                commit: phase("commit"),
                total: phase("total"),
                store_queue: gauge!("closer_store_queue"),
                store_commits: counter!("closer_store_commits_total"),
                store_batches: counter!("closer_store_groups_total"),
            }
        })
    }
}

impl Meters {
    /// All metrics in Prometheus' text form.
    pub fn render(&self, store: &store::Stats) -> String {
        self.store_queue.set(store.queued as f64);
        self.store_commits.absolute(store.commits);
        self.store_batches.absolute(store.groups);
        self.prometheus.render()
    }

    /// Folds what has been measured into the histograms; without it they would grow between two scrapes.
    pub fn upkeep(&self) {
        self.prometheus.run_upkeep();
    }
}

/// Adds a duration to a histogram.
pub fn took(histogram: &Histogram, duration: Duration) {
    histogram.record(duration.as_secs_f64());
}
