//! A transaction as a value: all of it happens, or nothing.
//!
//! The write never needs to read. What looks like read-then-write is phrased as a *guarded* statement: "change this
//! row if it is still so; if not, nothing of the batch happens".

use super::{DbError, Value};

/// Statements that happen together.
#[derive(Debug, Clone, Default)]
pub struct Batch {
    pub(super) statements: Vec<Statement>,
}

/// One statement of a batch.
#[derive(Debug, Clone)]
pub(super) struct Statement {
    pub sql: &'static str,
    pub params: Vec<Value>,
    pub guard: Option<Guard>,
}

/// How many rows a statement must change.
#[derive(Debug, Clone, Copy)]
pub(super) struct Guard {
    pub rows: u64,
    pub table: &'static str,
}

impl Batch {
    /// Adds a statement.
    #[must_use]
    pub fn then(mut self, sql: &'static str, params: Vec<Value>) -> Self {
        self.statements.push(Statement { sql, params, guard: None });
        self
    }

    /// Adds a statement that must change exactly one row of this table.
    #[must_use]
    pub fn guarded(mut self, table: &'static str, sql: &'static str, params: Vec<Value>) -> Self {
        self.statements.push(Statement { sql, params, guard: Some(Guard { rows: 1, table }) });
        self
    }
}

/// Why a batch was not committed.
#[derive(Debug, thiserror::Error)]
pub enum CommitError {
    /// Someone moved this row since it was read. Read again and decide anew.
    #[error("{table} changed since it was read")]
    Stale {
        /// The row's table.
        table: &'static str,
    },
    /// A unique key exists already.
    #[error("a row with this key exists already: {key}")]
    Duplicate {
        /// The key, as the database names it.
        key: String,
    },
    /// The batch waited past its time. It was not and will not be executed.
    #[error("the database was too busy to commit in time")]
    Expired,
    /// The connection was lost while committing: it may have happened or not.
    #[error("the connection to the database was lost while committing")]
    Unknown,
    /// The database cannot be reached or cannot write.
    #[error("the database cannot be used: {0}")]
    Unavailable(#[source] DbError),
}
