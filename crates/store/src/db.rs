//! The thin layer over two drivers: read rows, commit batches, nothing else.
//!
//! Two databases are a closed set, so this is an enum. Nothing above this module knows which of them it talks to, save
//! backup, which only an embedded database needs.

pub mod batch;
mod dialect;
mod migrate;
mod postgres;
mod row;
mod sqlite;
mod value;

use std::{
    path::Path,
    sync::Arc,
    sync::atomic::{AtomicU64, AtomicUsize, Ordering},
    time::Duration,
};

pub use batch::{Batch, CommitError};
pub use migrate::OpenError;
pub use row::Row;
use tokio::time::{Instant, sleep};
pub use value::Value;

/// While something is being committed, a report rests for twice as long as it worked, and no longer than this, before it
/// goes on …
const BREATH: Duration = Duration::from_millis(20);
/// … unless it worked for so short a time that nobody noticed.
const BRIEF: Duration = Duration::from_millis(1);
/// Nothing was committed for so long: nobody is held up.
const QUIET: Duration = Duration::from_millis(200);

/// What a driver reports.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// SQLite says no.
    #[error("{0}")]
    Sqlite(#[from] rusqlite::Error),
    /// PostgreSQL says no.
    #[error("{}", postgres::describe(.0))]
    Postgres(#[from] tokio_postgres::Error),
    /// A cell has another type than this program writes.
    #[error("column {column} holds a value of another type; the database was changed by hand")]
    Row {
        /// Its position.
        column: usize,
    },
    /// No connection could be made in time.
    #[error("no connection to the database: {0}")]
    Connect(String),
    /// The thread that works for the database is gone; the process is ending.
    #[error("the database is closed")]
    Closed,
}

/// What the database does, for metrics.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stats {
    /// Commits that wait.
    pub queued: usize,
    /// Batches that were committed.
    pub commits: u64,
    /// Transactions that carried them.
    pub groups: u64,
}

/// The counters behind [`Stats`].
#[derive(Debug)]
struct Counters {
    queued: AtomicUsize,
    commits: AtomicU64,
    groups: AtomicU64,
    opened: Instant,
    /// When something was last to be committed, in milliseconds since it was opened.
    asked_ms: AtomicU64,
}

impl Default for Counters {
    fn default() -> Self {
        Self {
            queued: AtomicUsize::default(),
            commits: AtomicU64::default(),
            groups: AtomicU64::default(),
            opened: Instant::now(),
            asked_ms: AtomicU64::default(),
        }
    }
}

impl Counters {
    fn ask(&self) {
        self.asked_ms.store(self.opened.elapsed().as_millis() as u64, Ordering::Relaxed);
    }

    /// Is nothing committed these days?
    fn is_quiet(&self) -> bool {
        let last = Duration::from_millis(self.asked_ms.load(Ordering::Relaxed));
        self.opened.elapsed().saturating_sub(last) > QUIET
    }
}

/// A database.
#[derive(Debug, Clone)]
pub enum Db {
    /// The embedded one.
    Sqlite(Arc<sqlite::Sqlite>),
    /// A server.
    Postgres(Arc<postgres::Postgres>),
}

impl Db {
    /// Is it this program's own, which no other server uses?
    pub fn is_own(&self) -> bool {
        matches!(self, Self::Sqlite(_))
    }

    /// Opens a database and brings its schema up to date.
    pub async fn open(url: &str, now_ms: i64) -> Result<Self, OpenError> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            Ok(Self::Postgres(Arc::new(postgres::Postgres::open(url, now_ms).await?)))
        } else {
            let path = url.strip_prefix("sqlite:").unwrap_or(url).to_owned();
            let opened =
                tokio::task::spawn_blocking(move || sqlite::Sqlite::open(Path::new(&path), now_ms)).await;
            Ok(Self::Sqlite(Arc::new(opened.map_err(|_| OpenError::Db(DbError::Closed))??)))
        }
    }

    /// All rows of a query.
    pub async fn rows(&self, sql: &'static str, params: Vec<Value>) -> Result<Vec<Row>, DbError> {
        match self {
            Self::Sqlite(db) => db.rows(sql, params).await,
            Self::Postgres(db) => db.rows(sql, params).await,
        }
    }

    /// The first row of a query.
    pub async fn row(&self, sql: &'static str, params: Vec<Value>) -> Result<Option<Row>, DbError> {
        Ok(self.rows(sql, params).await?.into_iter().next())
    }

    /// All rows of a query that may take its time: lists, statistics, exports. No turn waits for it.
    pub async fn report(&self, sql: &'static str, params: Vec<Value>) -> Result<Vec<Row>, DbError> {
        let begun = Instant::now();
        let rows = match self {
            Self::Sqlite(db) => db.report(sql, params).await,
            Self::Postgres(db) => db.report(sql, params).await,
        };
        // The work of reports takes processors from turns, whoever does it: turns get theirs in between. Those of other
        // servers at the same database are not seen here, so there is a rest in quiet times too.
        let worked = begun.elapsed();
        if worked > BRIEF {
            let rest = if self.counters().is_quiet() { worked / 4 } else { worked * 2 };
            sleep(rest.min(BREATH)).await;
        }
        rows
    }

    /// Commits a batch, or nothing of it. Past `within` it is not begun any more.
    pub async fn commit(&self, batch: Batch, within: Duration) -> Result<(), CommitError> {
        self.counters().ask();
        match self {
            Self::Sqlite(db) => db.commit(batch, within).await,
            Self::Postgres(db) => db.commit(batch, within).await,
        }
    }

    /// Prepares a statement without running it: how the tests check all statements of this crate.
    pub async fn prepare(&self, sql: &'static str, guarded: bool) -> Result<(), DbError> {
        match self {
            Self::Sqlite(db) => db.prepare(sql).await,
            Self::Postgres(db) => db.prepare(sql, guarded).await,
        }
    }

    /// Copies the embedded database to a file. `false` where there is none to copy.
    pub async fn backup(&self, to: &Path) -> Result<bool, DbError> {
        match self {
            Self::Sqlite(db) => db.backup(to).await.map(|()| true),
            Self::Postgres(_) => Ok(false),
        }
    }

    fn counters(&self) -> &Counters {
        match self {
            Self::Sqlite(db) => &db.counters,
            Self::Postgres(db) => &db.counters,
        }
    }

    /// What the database does.
    pub fn stats(&self) -> Stats {
        let counters = self.counters();
        Stats {
            queued: counters.queued.load(Ordering::Relaxed),
            commits: counters.commits.load(Ordering::Relaxed),
            groups: counters.groups.load(Ordering::Relaxed),
        }
    }
}
