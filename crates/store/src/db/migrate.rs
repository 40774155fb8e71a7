//! Migrations: which there are, which a database has, and when to refuse.
//!
//! A migration is a file under `migrations/`, applied once and never edited. A database that knows a migration which
//! this program does not was opened by a newer version; writing to it could break it, so it is refused with a
//! sentence that says what to do.

use super::DbError;

/// A migration.
#[derive(Debug, Clone, Copy)]
pub struct Migration {
    /// The file's stem: when it was written and what it does.
    pub name: &'static str,
    /// Its statements in the common dialect.
    pub sql: &'static str,
}

macro_rules! migrations {
    ($($name:literal),* $(,)?) => {
        &[$(Migration { name: $name, sql: include_str!(concat!("../../migrations/", $name, ".sql")) }),*]
    };
}

/// All of them, oldest first.
pub const ALL: &[Migration] = migrations![
    "2026-11-24-0900_add_bots_and_conversations",
    "2026-11-24-0930_index_problems_by_bot",
    "2026-11-25-1600_add_late_answers",
    "2026-11-25-1700_add_vault",
    "2026-11-25-1800_add_pushes",
    "2026-11-25-1900_add_accounts",
    "2026-11-27-1906_mark_demo",
    "2026-11-27-2000_tell_about_versions",
    "2026-11-27-2001_add_media",
    "2026-11-27-2002_add_path_tests",
    "2026-11-27-2101_add_request_log",
    "2026-11-27-2102_add_statistics",
    "2026-11-27-2103_add_alerts",
    "2026-11-27-2104_add_record_settings",
    "2026-11-27-2200_add_live_events",
    "2026-11-27-2201_add_live_chat",
    "2026-11-27-2202_add_web_channels",
    "2026-11-28-0001_index_words_of_chats",
    "2026-11-28-0002_add_answers",
    "2026-11-28-0003_score_consultations",
    "2026-11-28-0332_add_mentions",
    "2026-11-28-0333_name_senders_of_media",
    "2026-11-28-0340_add_bridges",
    "2026-11-28-0350_add_webhooks",
    "2026-11-28-0705_add_consulttalk",
    "2026-11-28-0850_find_untold",
    "2026-11-28-1130_add_web_push",
];

/// The table of what was applied.
pub const TABLE: &str =
    "CREATE TABLE IF NOT EXISTS migrations (name TEXT NOT NULL PRIMARY KEY, applied_at BIGINT NOT NULL)";
/// What was applied.
pub const APPLIED: &str = "SELECT name FROM migrations";

/// Why a database does not open.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// It knows a migration that this program does not.
    #[error(
        "this database was opened by a newer version of closer (migration {migration}); install that version, or restore the backup that was made beside the database before the upgrade"
    )]
    Newer {
        /// The migration.
        migration: String,
    },
    /// The copy before the upgrade could not be made, so nothing was changed.
    #[error(
        "the database could not be backed up to {path} before its upgrade, so nothing was changed: {error}"
    )]
    Backup {
        /// Where the copy was to be.
        path: String,
        /// Why not.
        error: DbError,
    },
    /// A migration failed; nothing of it was kept.
    #[error("the upgrade {migration} failed and nothing of it was kept: {error}")]
    Migration {
        /// The migration.
        migration: &'static str,
        /// Why.
        error: DbError,
    },
    /// The address cannot be used.
    #[error("the database address cannot be used: {0}")]
    Address(String),
    /// The database does not open.
    #[error("the database cannot be opened: {0}")]
    Db(#[from] DbError),
}

impl OpenError {
    /// The same in Korean.
    pub fn ko(&self) -> String {
        match self {
            Self::Newer { migration } => format!(
                "더 새로운 버전의 closer가 연 데이터베이스예요 ({migration}). 그 버전을 설치하거나, 업그레이드 전에 데이터베이스 옆에 만들어진 백업을 복원해 주세요."
            ),
            Self::Backup { path, error } => {
                format!("업그레이드 전 백업({path})을 만들지 못해서 아무것도 바꾸지 않았어요: {error}")
            }
            Self::Migration { migration, error } => {
                format!("업그레이드({migration})가 실패해서 되돌렸어요: {error}")
            }
            Self::Address(what) => format!("데이터베이스 주소를 쓸 수 없어요: {what}"),
            Self::Db(error) => format!("데이터베이스를 열 수 없어요: {error}"),
        }
    }
}

/// What is still to be applied to a database that has these.
pub fn missing(applied: &[String]) -> Result<Vec<Migration>, OpenError> {
    if let Some(unknown) =
        applied.iter().find(|name| ALL.iter().all(|migration| migration.name != name.as_str()))
    {
        return Err(OpenError::Newer { migration: unknown.clone() });
    }
    Ok(ALL.iter().filter(|migration| applied.iter().all(|name| name != migration.name)).copied().collect())
}
