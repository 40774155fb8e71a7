//! What owners see of their bots afterwards: the log of requests, the connection guide, statistics, alerts, retention.
//!
//! Nothing here stands in a turn's way. A turn leaves a note with its request ([`note`]) and facts in its commit
//! (`store::facts`); the rest happens beside: [`log`] writes requests down in batches, [`follow`] adds facts up, [`watch`]
//! looks for what alerts are about, [`keep`] throws away what is old. Reports read on connections of their own.

pub mod follow;
pub mod guide;
pub mod keep;
pub mod log;
pub mod note;
pub mod packed;
pub mod period;
pub mod rules;
pub mod sheet;
pub mod watch;

/// What of it lives in memory.
#[derive(Debug, Default)]
pub struct Insight {
    /// Requests on their way to the log.
    pub log: log::Log,
    /// One adds up at a time in this process.
    pub following: tokio::sync::Mutex<()>,
    /// Where sweeping stopped.
    pub sweeping: tokio::sync::Mutex<keep::Sweeping>,
}
