//! PostgreSQL: a small pool, and batches that are sent in one go.
//!
//! A managed PostgreSQL is milliseconds away, so a batch is pipelined: BEGIN, all statements and COMMIT leave together
//! and the answers are awaited together. A guard raises inside the database, which makes the rest of the batch fail
//! and COMMIT roll back; the connection stays usable. A connection that breaks is thrown away and made anew when it is
//! next needed; while the server is away each call fails within a second.

use std::{
    collections::HashMap,
    str::FromStr,
    sync::{Arc, Mutex, PoisonError, atomic::Ordering},
    time::Duration,
};

use futures_util::future::join_all;
use tokio::{sync::Semaphore, time::timeout};
use tokio_postgres::{Client, Config, NoTls, config::SslMode, error::SqlState, types::ToSql};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::{
    Batch, CommitError, Counters, DbError, Row, Value,
    dialect::{self, GUARD_STATE},
    migrate,
    migrate::OpenError,
};

/// Connections at most. More would only wait for each other on a small server.
const CONNECTIONS: usize = 16;
/// … and at most for reports, so that turns always find others.
const REPORTS: usize = 3;
/// How long a connection may take to be made.
const CONNECT_WITHIN: Duration = Duration::from_secs(1);
/// How long a query may take; longer than any turn may.
const ANSWER_WITHIN: Duration = Duration::from_secs(30);
/// The key of the lock under which migrations run, so that several processes may start at once.
const MIGRATION_LOCK: i64 = 0x0c10_5e72;

/// A pool of connections.
pub struct Postgres {
    config: Config,
    tls: Option<MakeRustlsConnect>,
    idle: Mutex<Vec<Connection>>,
    room: Semaphore,
    reports: Semaphore,
    pub(super) counters: Arc<Counters>,
}

impl std::fmt::Debug for Postgres {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The configuration holds the password.
        f.debug_struct("Postgres").finish_non_exhaustive()
    }
}

/// A connection with its prepared statements.
struct Connection {
    client: Client,
    prepared: HashMap<(&'static str, bool), tokio_postgres::Statement>,
}

impl Postgres {
    /// Opens a database and brings its schema up to date.
    pub async fn open(url: &str, now_ms: i64) -> Result<Self, OpenError> {
        let mut config = Config::from_str(url).map_err(|_| {
            // The driver's own text may repeat the address with its password.
            OpenError::Address(
                "expected postgres://user:password@host:port/database?sslmode=require".to_owned(),
            )
        })?;
        config.connect_timeout(CONNECT_WITHIN).application_name("closer");
        let tls = (config.get_ssl_mode() != SslMode::Disable).then(make_tls).transpose()?;
        let pool = Self {
            config,
            tls,
            idle: Mutex::new(Vec::new()),
            room: Semaphore::new(CONNECTIONS),
            reports: Semaphore::new(REPORTS),
            counters: Arc::new(Counters::default()),
        };
        let connection = pool.connect().await?;
        upgrade(&connection.client, now_ms).await?;
        pool.give_back(connection);
        Ok(pool)
    }

    /// See [`super::Db::rows`].
    pub async fn rows(&self, sql: &'static str, params: Vec<Value>) -> Result<Vec<Row>, DbError> {
        let _room = self.room().await?;
        let mut connection = self.take().await?;
        let statement = connection.prepare(sql, None).await?;
        let params: Vec<&(dyn ToSql + Sync)> = params.iter().map(|value| value as _).collect();
        let found = within(connection.client.query(&statement, &params)).await?;
        self.give_back(connection);
        found.iter().map(Row::of_postgres).collect()
    }

    /// See [`super::Db::report`].
    pub async fn report(&self, sql: &'static str, params: Vec<Value>) -> Result<Vec<Row>, DbError> {
        let _turn = self.reports.acquire().await.map_err(|_| DbError::Closed)?;
        self.rows(sql, params).await
    }

    /// See [`super::Db::prepare`].
    pub async fn prepare(&self, sql: &'static str, guarded: bool) -> Result<(), DbError> {
        let _room = self.room().await?;
        let mut connection = self.take().await?;
        let guard = guarded.then_some((1, "test"));
        connection.prepare(sql, guard).await?;
        self.give_back(connection);
        Ok(())
    }

    /// See [`super::Db::commit`].
    pub async fn commit(&self, batch: Batch, within: Duration) -> Result<(), CommitError> {
        // A timeout of nothing still lets work through that is ready at once.
        if within.is_zero() {
            return Err(CommitError::Expired);
        }
        self.counters.queued.fetch_add(1, Ordering::Relaxed);
        let begun = timeout(within, async {
            let room = self.room.acquire().await.map_err(|_| CommitError::Unavailable(DbError::Closed))?;
            let mut connection = self.take().await.map_err(CommitError::Unavailable)?;
            let mut statements = Vec::with_capacity(batch.statements.len());
            for statement in &batch.statements {
                let guard = statement.guard.map(|guard| (guard.rows, guard.table));
                statements
                    .push(connection.prepare(statement.sql, guard).await.map_err(CommitError::Unavailable)?);
            }
            Ok((room, connection, statements))
        })
        .await;
        self.counters.queued.fetch_sub(1, Ordering::Relaxed);
        let (_room, connection, statements) = begun.map_err(|_| CommitError::Expired)??;
        let done = pipeline(&connection.client, &batch, &statements).await;
        if !matches!(done, Err(CommitError::Unavailable(_) | CommitError::Unknown)) {
            self.give_back(connection);
        }
        done?;
        self.counters.commits.fetch_add(1, Ordering::Relaxed);
        self.counters.groups.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    async fn room(&self) -> Result<tokio::sync::SemaphorePermit<'_>, DbError> {
        self.room.acquire().await.map_err(|_| DbError::Closed)
    }

    async fn take(&self) -> Result<Connection, DbError> {
        loop {
            let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
            match idle {
                Some(connection) if connection.client.is_closed() => {}
                Some(connection) => return Ok(connection),
                None => return self.connect().await,
            }
        }
    }

    fn give_back(&self, connection: Connection) {
        if !connection.client.is_closed() {
            self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
        }
    }

    async fn connect(&self) -> Result<Connection, DbError> {
        let connecting = async {
            Ok::<_, tokio_postgres::Error>(match &self.tls {
                Some(tls) => {
                    let (client, connection) = self.config.connect(tls.clone()).await?;
                    tokio::spawn(run(connection));
                    client
                }
                None => {
                    let (client, connection) = self.config.connect(NoTls).await?;
                    tokio::spawn(run(connection));
                    client
                }
            })
        };
        let client = timeout(CONNECT_WITHIN, connecting)
            .await
            .map_err(|_| DbError::Connect("no answer within a second".to_owned()))??;
        Ok(Connection { client, prepared: HashMap::new() })
    }
}

impl Connection {
    async fn prepare(
        &mut self,
        sql: &'static str,
        guard: Option<(u64, &'static str)>,
    ) -> Result<tokio_postgres::Statement, DbError> {
        if let Some(found) = self.prepared.get(&(sql, guard.is_some())) {
            return Ok(found.clone());
        }
        let statement = match guard {
            Some((rows, table)) => {
                within(self.client.prepare(&dialect::postgres_guarded(sql, rows, table))).await?
            }
            None => within(self.client.prepare(sql)).await?,
        };
        self.prepared.insert((sql, guard.is_some()), statement.clone());
        Ok(statement)
    }
}

/// Reads and writes a connection until it ends. Why it ended is seen by whoever uses the client next.
async fn run<S, T>(connection: tokio_postgres::Connection<S, T>)
where
    S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin,
    T: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin,
{
    if let Err(error) = connection.await {
        tracing::warn!(error = %describe(&error), "a connection to PostgreSQL ended");
    }
}

async fn within<T>(work: impl Future<Output = Result<T, tokio_postgres::Error>>) -> Result<T, DbError> {
    timeout(ANSWER_WITHIN, work)
        .await
        .map_err(|_| DbError::Connect("the database did not answer within 30 seconds".to_owned()))?
        .map_err(DbError::from)
}

/// Sends BEGIN, the statements and COMMIT together. The first poll of each future sends its message, in order.
async fn pipeline(
    client: &Client,
    batch: &Batch,
    statements: &[tokio_postgres::Statement],
) -> Result<(), CommitError> {
    let params: Vec<Vec<&(dyn ToSql + Sync)>> = batch
        .statements
        .iter()
        .map(|statement| statement.params.iter().map(|value| value as _).collect())
        .collect();
    let begin = client.batch_execute("BEGIN");
    let work = join_all(
        statements.iter().zip(&params).map(|(statement, params)| client.query(statement, params.as_slice())),
    );
    let commit = client.batch_execute("COMMIT");
    let all = async {
        // `join!` polls in this order.
        tokio::join!(biased; begin, work, commit)
    };
    let Ok((begun, worked, committed)) = timeout(ANSWER_WITHIN, all).await else {
        return Err(CommitError::Unknown);
    };
    begun.map_err(|error| CommitError::Unavailable(error.into()))?;
    let first_error = worked.into_iter().find_map(Result::err);
    match (first_error, committed) {
        (None, Ok(())) => Ok(()),
        // All statements went through; what became of COMMIT is not known.
        (None, Err(error)) if error.as_db_error().is_none() => Err(CommitError::Unknown),
        (None, Err(error)) => Err(failed(error)),
        (Some(error), _) => Err(failed(error)),
    }
}

fn failed(error: tokio_postgres::Error) -> CommitError {
    let Some(db) = error.as_db_error() else { return CommitError::Unavailable(error.into()) };
    if db.code().code() == GUARD_STATE {
        return CommitError::Stale { table: table_name(db.message()) };
    }
    match *db.code() {
        SqlState::UNIQUE_VIOLATION => {
            CommitError::Duplicate { key: db.constraint().unwrap_or_default().to_owned() }
        }
        SqlState::T_R_SERIALIZATION_FAILURE | SqlState::T_R_DEADLOCK_DETECTED => {
            CommitError::Stale { table: "rows" }
        }
        _ => CommitError::Unavailable(error.into()),
    }
}

/// The name of a guarded table, as this program spells it.
fn table_name(said: &str) -> &'static str {
    [
        "sessions",
        "end_users",
        "bots",
        "bot_versions",
        "workspaces",
        "accounts",
        "members",
        "invites",
        "sign_ins",
        "resets",
        "recovery_codes",
        "pushes",
        "agents",
        "chats",
        "canned_messages",
        "web_channels",
        "vault",
        "path_tests",
        "stat_follower",
        "alerts",
    ]
    .into_iter()
    .find(|name| *name == said)
    .unwrap_or("a row")
}

/// The driver's error with its cause, which its own text leaves out.
pub(super) fn describe(error: &tokio_postgres::Error) -> String {
    match error.as_db_error() {
        Some(db) => format!("{} ({})", db.message(), db.code().code()),
        None => match std::error::Error::source(error) {
            Some(cause) => format!("{error}: {cause}"),
            None => error.to_string(),
        },
    }
}

fn make_tls() -> Result<MakeRustlsConnect, OpenError> {
    let mut roots = rustls::RootCertStore::empty();
    for certificate in rustls_native_certs::load_native_certs().certs {
        // One certificate that cannot be read must not hide the others.
        let _ = roots.add(certificate);
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| OpenError::Address(error.to_string()))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(MakeRustlsConnect::new(config))
}

async fn upgrade(client: &Client, now_ms: i64) -> Result<(), OpenError> {
    let locked = async {
        client.query("SELECT pg_advisory_lock($1)", &[&MIGRATION_LOCK]).await?;
        client.batch_execute(migrate::TABLE).await?;
        client.query(migrate::APPLIED, &[]).await
    };
    let applied = locked.await.map_err(DbError::from)?.iter().map(|row| row.get(0)).collect::<Vec<String>>();
    let result = async {
        let missing = migrate::missing(&applied)?;
        if !missing.is_empty() {
            client.batch_execute(dialect::POSTGRES_PRELUDE).await.map_err(DbError::from)?;
        }
        for migration in missing {
            let sql = dialect::postgres_migration(migration.sql);
            // The name is this program's own; the simple protocol takes no parameters.
            let note =
                format!("INSERT INTO migrations (name, applied_at) VALUES ('{}', {now_ms})", migration.name);
            let done = client.batch_execute(&format!("BEGIN; {sql} {note}; COMMIT;")).await;
            if let Err(error) = done {
                let _ = client.batch_execute("ROLLBACK").await;
                return Err(OpenError::Migration { migration: migration.name, error: error.into() });
            }
        }
        Ok(())
    }
    .await;
    client.query("SELECT pg_advisory_unlock($1)", &[&MIGRATION_LOCK]).await.map_err(DbError::from)?;
    result
}
