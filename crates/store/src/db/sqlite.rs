//! SQLite: one writer thread that commits many waiting batches together, and a few readers.
//!
//! Several writers on SQLite wait for each other, and each commit waits for the disk; so there is one, and whatever
//! has gathered while the disk was busy goes into the next transaction. `synchronous=FULL`: what was answered is on
//! the disk. A group runs without savepoints; only when one of its batches fails is it taken back and run again with
//! one savepoint per batch, so that the failing one alone is left out.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
        mpsc,
    },
    thread,
    time::Duration,
};

use rusqlite::{Connection, ErrorCode, OpenFlags, config::DbConfig, params_from_iter};
use tokio::{sync::oneshot, time::Instant};

use super::{Batch, CommitError, Counters, DbError, Row, Value, dialect, migrate, migrate::OpenError};

/// Batches in one transaction at most.
const MAX_GROUP: usize = 256;
/// Reader threads: a long listing holds up one of them. A read is microseconds; more would only fight for the cores.
const READERS: usize = 2;
/// Reads in one snapshot at most.
const MAX_READS: usize = 64;
/// Pages of the log after which the writer copies them into the database file. Commits wait meanwhile: 8,000 pages write
/// less, but stop everybody for 30 ms.
const CHECKPOINT_PAGES: i64 = 2_000;
/// How long another process (a command) may hold the write lock.
const BUSY: Duration = Duration::from_secs(4);
/// Page cache of the writer and of each reader, in KiB: part of the stated memory bound.
const WRITER_CACHE_KIB: i64 = 16 * 1024;
const READER_CACHE_KIB: i64 = 4 * 1024;

/// An open SQLite file.
#[derive(Debug)]
pub struct Sqlite {
    writer: mpsc::Sender<Write>,
    readers: Vec<mpsc::Sender<Read>>,
    /// Reads for reports: none of them stands in the way of a turn.
    reporter: mpsc::Sender<Read>,
    next_reader: AtomicUsize,
    path: PathBuf,
    pub(super) counters: Arc<Counters>,
}

struct Write {
    batch: Batch,
    until: Instant,
    /// The batch goes back too: memory is freed best by the thread that asked for it.
    answer: oneshot::Sender<(Result<(), CommitError>, Batch)>,
}

enum Read {
    Rows { sql: &'static str, params: Vec<Value>, answer: oneshot::Sender<Result<Vec<Row>, DbError>> },
    Prepare { sql: &'static str, answer: oneshot::Sender<Result<(), DbError>> },
}

impl Sqlite {
    /// Opens a file, makes it if it is not there, and brings its schema up to date.
    pub fn open(path: &Path, now_ms: i64) -> Result<Self, OpenError> {
        let mut connection = connect(path, WRITER_CACHE_KIB)?;
        upgrade(&mut connection, path, now_ms)?;
        let counters = Arc::new(Counters::default());
        let (writer, writes) = mpsc::channel();
        spawn("store-writer", {
            let counters = Arc::clone(&counters);
            move || write(&mut connection, &writes, &counters)
        })?;
        let mut readers = Vec::with_capacity(READERS);
        for number in 0..READERS {
            readers.push(reader(path, &format!("store-reader-{number}"))?);
        }
        let reporter = reader(path, "store-reporter")?;
        Ok(Self {
            writer,
            readers,
            reporter,
            next_reader: AtomicUsize::new(0),
            path: path.to_owned(),
            counters,
        })
    }

    /// See [`super::Db::rows`].
    pub async fn rows(&self, sql: &'static str, params: Vec<Value>) -> Result<Vec<Row>, DbError> {
        let (answer, result) = oneshot::channel();
        self.reader().send(Read::Rows { sql, params, answer }).map_err(|_| DbError::Closed)?;
        result.await.map_err(|_| DbError::Closed)?
    }

    /// See [`super::Db::report`].
    pub async fn report(&self, sql: &'static str, params: Vec<Value>) -> Result<Vec<Row>, DbError> {
        let (answer, result) = oneshot::channel();
        self.reporter.send(Read::Rows { sql, params, answer }).map_err(|_| DbError::Closed)?;
        result.await.map_err(|_| DbError::Closed)?
    }

    /// See [`super::Db::prepare`].
    pub async fn prepare(&self, sql: &'static str) -> Result<(), DbError> {
        let (answer, result) = oneshot::channel();
        self.reader().send(Read::Prepare { sql, answer }).map_err(|_| DbError::Closed)?;
        result.await.map_err(|_| DbError::Closed)?
    }

    /// See [`super::Db::commit`].
    pub async fn commit(&self, batch: Batch, within: Duration) -> Result<(), CommitError> {
        let (answer, result) = oneshot::channel();
        let closed = || CommitError::Unavailable(DbError::Closed);
        let until = Instant::now() + within;
        self.counters.queued.fetch_add(1, Ordering::Relaxed);
        self.writer.send(Write { batch, until, answer }).map_err(|_| closed())?;
        result.await.map_err(|_| closed())?.0
    }

    /// See [`super::Db::backup`].
    pub async fn backup(&self, to: &Path) -> Result<(), DbError> {
        let (from, to) = (self.path.clone(), to.to_owned());
        tokio::task::spawn_blocking(move || copy(&connect(&from, READER_CACHE_KIB)?, &to))
            .await
            .map_err(|_| DbError::Closed)?
    }

    fn reader(&self) -> &mpsc::Sender<Read> {
        &self.readers[self.next_reader.fetch_add(1, Ordering::Relaxed) % self.readers.len()]
    }
}

/// A thread that reads.
fn reader(path: &Path, name: &str) -> Result<mpsc::Sender<Read>, DbError> {
    let connection = connect(path, READER_CACHE_KIB)?;
    connection.pragma_update(None, "query_only", true)?;
    let (reader, reads) = mpsc::channel();
    spawn(name, move || read(&connection, &reads))?;
    Ok(reader)
}

fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> Result<(), DbError> {
    let spawned = thread::Builder::new().name(name.to_owned()).spawn(work);
    spawned.map(|_| ()).map_err(|error| DbError::Connect(error.to_string()))
}

fn connect(path: &Path, cache_kib: i64) -> Result<Connection, DbError> {
    let flags =
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(BUSY)?;
    // Otherwise a statement whose plan looked at a parameter is planned anew each time it is bound.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "cache_size", -cache_kib)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.pragma_update(None, "wal_autocheckpoint", CHECKPOINT_PAGES)?;
    connection.set_prepared_statement_cache_capacity(128);
    Ok(connection)
}

fn upgrade(connection: &mut Connection, path: &Path, now_ms: i64) -> Result<(), OpenError> {
    // Looked at before anything is written: a newer database is left as it is.
    let applied = applied(connection)?;
    if migrate::missing(&applied)?.is_empty() {
        return Ok(());
    }
    if !applied.is_empty() {
        let to = PathBuf::from(format!("{}.backup-{now_ms}", path.display()));
        copy(connection, &to).map_err(|error| OpenError::Backup { path: to.display().to_string(), error })?;
    }
    let transaction = connection
        .transaction_with_behavior(rusqlite::TransactionBehavior::Exclusive)
        .map_err(DbError::from)?;
    transaction.execute_batch(migrate::TABLE).map_err(DbError::from)?;
    // Asked again under the lock: another process may have been quicker.
    for migration in migrate::missing(&self::applied(&transaction)?)? {
        let done = transaction.execute_batch(&dialect::sqlite_migration(migration.sql)).and_then(|()| {
            transaction.execute(
                "INSERT INTO migrations (name, applied_at) VALUES (?1, ?2)",
                (migration.name, now_ms),
            )
        });
        done.map_err(|error| OpenError::Migration { migration: migration.name, error: error.into() })?;
    }
    transaction.commit().map_err(DbError::from)?;
    Ok(())
}

fn applied(connection: &Connection) -> Result<Vec<String>, DbError> {
    let exists =
        connection.query_row("SELECT count(*) FROM sqlite_schema WHERE name = 'migrations'", [], |row| {
            row.get::<_, i64>(0)
        })?;
    if exists == 0 {
        return Ok(Vec::new());
    }
    let mut statement = connection.prepare(migrate::APPLIED)?;
    let names = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(names)
}

fn copy(from: &Connection, to: &Path) -> Result<(), DbError> {
    let mut target = Connection::open(to)?;
    // All pages in one step: a copy taken in pieces starts again with every commit in between.
    rusqlite::backup::Backup::new(from, &mut target)?.step(-1)?;
    Ok(())
}

fn read(connection: &Connection, reads: &mpsc::Receiver<Read>) {
    while let Ok(first) = reads.recv() {
        // One snapshot for all that wait: taking one costs more than a read. It is taken after the last of them came,
        // so each sees what was committed before it was asked.
        let mut group = vec![first];
        group.extend(reads.try_iter().take(MAX_READS - 1));
        let shared = group.len() > 1 && execute(connection, "BEGIN").is_ok();
        for read in group {
            match read {
                Read::Rows { sql, params, answer } => {
                    let _ = answer.send(query(connection, sql, &params));
                }
                Read::Prepare { sql, answer } => {
                    let prepared = connection.prepare(&dialect::sqlite(sql)).map(|_| ());
                    let _ = answer.send(prepared.map_err(DbError::from));
                }
            }
        }
        if shared && execute(connection, "COMMIT").is_err() {
            let _ = connection.execute_batch("ROLLBACK");
        }
    }
}

fn query(connection: &Connection, sql: &str, params: &[Value]) -> Result<Vec<Row>, DbError> {
    let mut statement = connection.prepare_cached(&dialect::sqlite(sql))?;
    let columns = statement.column_count();
    let mut rows = statement.query(params_from_iter(params))?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(Row::of_sqlite(row, columns)?);
    }
    Ok(found)
}

fn write(connection: &mut Connection, writes: &mpsc::Receiver<Write>, counters: &Counters) {
    while let Ok(first) = writes.recv() {
        let mut group = vec![first];
        while group.len() < MAX_GROUP
            && let Ok(next) = writes.try_recv()
        {
            group.push(next);
        }
        counters.queued.fetch_sub(group.len(), Ordering::Relaxed);
        let now = Instant::now();
        let (group, late): (Vec<_>, Vec<_>) = group.into_iter().partition(|write| write.until > now);
        for write in late {
            let _ = write.answer.send((Err(CommitError::Expired), write.batch));
        }
        if group.is_empty() {
            continue;
        }
        let results = commit_group(connection, &group);
        let committed = results.iter().filter(|result| result.is_ok()).count();
        counters.groups.fetch_add(1, Ordering::Relaxed);
        counters.commits.fetch_add(committed as u64, Ordering::Relaxed);
        for (write, result) in group.into_iter().zip(results) {
            let _ = write.answer.send((result, write.batch));
        }
    }
}

/// Commits a group: at first without savepoints, and where one batch fails again with them.
fn commit_group(connection: &Connection, group: &[Write]) -> Vec<Result<(), CommitError>> {
    for savepoints in [false, true] {
        match try_group(connection, group, savepoints) {
            Ok(Some(results)) => return results,
            Ok(None) => {}
            Err(error) => {
                // Nothing of an open transaction may be left for the next group.
                if !connection.is_autocommit() {
                    let _ = connection.execute_batch("ROLLBACK");
                }
                let said = error.to_string();
                return group
                    .iter()
                    .map(|_| Err(CommitError::Unavailable(DbError::Connect(said.clone()))))
                    .collect();
            }
        }
    }
    Vec::new()
}

/// `None` where a batch failed and the group was taken back.
fn try_group(
    connection: &Connection,
    group: &[Write],
    savepoints: bool,
) -> Result<Option<Vec<Result<(), CommitError>>>, rusqlite::Error> {
    execute(connection, "BEGIN IMMEDIATE")?;
    let mut results = Vec::with_capacity(group.len());
    for write in group {
        if savepoints {
            execute(connection, "SAVEPOINT batch")?;
        }
        let result = run(connection, &write.batch);
        match (&result, savepoints) {
            (Err(_), false) => {
                execute(connection, "ROLLBACK")?;
                return Ok(None);
            }
            (Err(_), true) => {
                execute(connection, "ROLLBACK TO batch")?;
                execute(connection, "RELEASE batch")?;
            }
            (Ok(()), true) => execute(connection, "RELEASE batch")?,
            (Ok(()), false) => {}
        }
        results.push(result);
    }
    execute(connection, "COMMIT")?;
    Ok(Some(results))
}

fn execute(connection: &Connection, sql: &str) -> Result<(), rusqlite::Error> {
    connection.prepare_cached(sql)?.execute([]).map(|_| ())
}

fn run(connection: &Connection, batch: &Batch) -> Result<(), CommitError> {
    for statement in &batch.statements {
        let changed = connection
            .prepare_cached(&dialect::sqlite(statement.sql))
            .and_then(|mut prepared| prepared.execute(params_from_iter(&statement.params)))
            .map_err(failed)?;
        if let Some(guard) = statement.guard
            && changed as u64 != guard.rows
        {
            return Err(CommitError::Stale { table: guard.table });
        }
    }
    Ok(())
}

fn failed(error: rusqlite::Error) -> CommitError {
    match &error {
        rusqlite::Error::SqliteFailure(code, message) if code.code == ErrorCode::ConstraintViolation => {
            CommitError::Duplicate { key: message.clone().unwrap_or_default() }
        }
        _ => CommitError::Unavailable(error.into()),
    }
}
