//! SQL for SQLite and PostgreSQL from one text, and nothing else.
//!
//! A tour: [`Store`] is the one type above; each noun has a file with its SQL beside the function that runs it;
//! [`db`] reads rows and commits batches on either database. Writes are [`db::Batch`] values with guards, so nobody
//! holds a transaction across an await. Time and chance are arguments.
//!
//! To add a function: its statement in the `statements!` of its noun, the function beside it, and a case in
//! `tests/contract/`, which runs on both databases. A statement that is missing from `statements!` does not compile.

/// Names the statements of a file, so that a test can prepare all of them on both databases.
macro_rules! statements {
    ($($(#[$doc:meta])* $name:ident = $sql:expr;)*) => {
        $($(#[$doc])* const $name: &str = $sql;)*
        pub(crate) const ALL: &[(&str, &str)] = &[$((stringify!($name), $name)),*];
    };
}

/// The columns of a chat, as `chats::chat_row` reads them after the id.
macro_rules! chat_columns {
    () => {
        "c.end_user_id, c.workspace_id, c.bot_id, c.conversation_id, c.platform, c.user_key, c.state,
        c.origin, c.consultation_id, c.owner_id, c.previous_id, c.present, c.flow, c.moved, c.category,
        c.in_hours, c.requested_at, c.connected_at, c.answered_at, c.ended_at, c.transfers, c.missed,
        c.waiting_since, c.name, c.phone, c.email, c.gender, c.tags, c.last_seq, c.last_at, c.last_sender,
        c.last_text, c.unread, c.created_at, c.room"
    };
}

mod accounts;
mod agents;
mod alerts;
mod answers;
mod audit;
mod bots;
mod canned;
mod chat_list;
mod chat_search;
mod chat_settings;
mod chats;
mod consult_channels;
mod consult_hooks;
mod consult_outbox;
pub mod db;
mod demo;
mod facts;
mod grams;
mod ids;
mod invites;
mod late;
mod live;
mod media;
mod mentions;
mod messages;
mod path_tests;
mod pictures;
mod presence;
mod problems;
mod pushes;
mod records;
mod requests;
mod sign_ins;
mod stats;
mod threads;
mod turns;
mod vault;
mod versions;
mod web_channels;
mod web_push;
mod webhooks;
mod workspaces;

use std::{path::Path, sync::Arc, time::Duration};

pub use accounts::{AccountRow, NewAccount};
pub use agents::AgentRow;
pub use alerts::{AlertRow, NewAlert, RulesRow};
pub use answers::{ASKED_GRAMS, AnswerRow, NewAnswer};
pub use audit::{AuditRow, NewAudit};
pub use bots::{BotNumbers, BotRow, DraftFile, DraftRow, NewBot};
pub use canned::CannedRow;
pub use chat_list::{CaseRow, ChatCounts, ChatItem, ChatProfile, ChatQuery, LineRow, ThreadMessage};
pub use chat_search::{SaidRow, UnindexedRow};
pub use chats::{ChatCommit, ChatRead, ChatRow, Load, NewLine, NewSend};
pub use consult_channels::ConsultChannelRow;
pub use consult_hooks::HookRow;
pub use consult_outbox::{NewOut, OutMove, OutRow};
pub use db::{CommitError, DbError, OpenError, Stats};
pub use demo::{Demo, NewDemo};
pub use facts::{DEVELOPMENT, NodeFact, SLOT_MS, SLOW_US, TurnFacts, channel};
pub use ids::{
    AccountId, AlertId, AnswerId, AuditId, BotId, CannedId, ConsultationId, ConversationId, DeliveryId,
    EndUserId, HookId, InviteId, LineId, MessageId, NoId, OutId, OwnerId, PathTestId, ProblemId, PushId,
    SignInId, TurnId, WebhookId, WorkspaceId,
};
pub use invites::{InviteRow, NewInvite, Opened};
pub use late::{LateEnd, LateRow, LateState, NewLate};
pub use live::{LiveRow, NewLive};
pub use media::{MediaRow, NewMedia};
pub use mentions::MentionRow;
pub use messages::MessageRow;
pub use path_tests::{PathTestBody, PathTestRow};
pub use pictures::{NewPicture, PictureHash, PictureRow};
pub use presence::People;
pub use problems::{NewProblem, ProblemRow};
pub use pushes::{NewPush, PushRow, PushState, PushStep, PushTargetRow, TargetState};
pub use records::{RecordSettings, Swept};
pub use requests::{NewRequest, NewSeen, RequestAbout, RequestFilter, RequestRow, RequestWhole, SeenRow};
pub use sign_ins::{NewSignIn, SignInRead, SignInRow};
pub use stats::{GroupRow, MarkFilter, MarkRow, NodeRow, PeopleRow, Recount, Slots, SumRow};
pub use threads::{FoundThread, StateRow, ThreadCursor, ThreadRow, TurnWhole};
pub use turns::{BotHead, Counts, NewMessage, NewTurn, SessionRow, TurnCommit, TurnKey, TurnRead, TurnRow};
pub use vault::{VaultKey, VaultRow};
pub use versions::{NewVersion, VersionRow};
pub use web_channels::WebChannelRow;
pub use web_push::{NewWebPushDevice, WebPushDeviceRow};
pub use webhooks::{AfterFailure, DeliveryRow, WebhookRow};

pub use workspaces::{MemberRow, Membership, WorkspaceRow};

/// How long a write that is no turn may wait.
const PATIENCE: Duration = Duration::from_secs(10);

/// Where a store is.
#[derive(Debug, Clone, Copy)]
pub struct Options<'a> {
    /// A file's path, or a `postgres://` address.
    pub url: &'a str,
    /// Now; it stands in the name of a backup and beside applied migrations.
    pub now_ms: i64,
}

/// The store. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Store {
    db: db::Db,
    note: Option<Arc<NewAudit>>,
}

/// Why something was not read.
pub type ReadError = DbError;

/// Why something was not read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Reading failed.
    #[error(transparent)]
    Read(#[from] DbError),
    /// Writing failed.
    #[error(transparent)]
    Commit(#[from] CommitError),
    /// There is no such row, or not any more.
    #[error("there is no such {0}")]
    Missing(&'static str),
    /// Only the embedded database can be copied to a file.
    #[error(
        "PostgreSQL is backed up with its own tools: pg_dump --format=custom. PostgreSQL은 pg_dump로 백업해 주세요."
    )]
    NotEmbedded,
}

impl Store {
    /// Opens a store, makes it if it is not there, and brings its schema up to date.
    pub async fn open(options: Options<'_>) -> Result<Self, OpenError> {
        Ok(Self { db: db::Db::open(options.url, options.now_ms).await?, note: None })
    }

    /// The same store, whose changes write this line to the audit log in their own batch: neither is there without the
    /// other.
    #[must_use]
    pub fn noting(&self, line: NewAudit) -> Self {
        Self { db: self.db.clone(), note: Some(Arc::new(line)) }
    }

    /// Does the database answer?
    pub async fn ping(&self) -> Result<(), ReadError> {
        self.db.row(PING, Vec::new()).await.map(|_| ())
    }

    /// Copies the embedded database to a new file, also while it is used.
    pub async fn backup_to(&self, to: &Path) -> Result<(), StoreError> {
        if self.db.backup(to).await? { Ok(()) } else { Err(StoreError::NotEmbedded) }
    }

    /// What the database does, for metrics.
    pub fn stats(&self) -> Stats {
        self.db.stats()
    }

    /// Commits a batch, with the line for the audit log where there is one.
    async fn commit(&self, batch: db::Batch) -> Result<(), CommitError> {
        let batch = match &self.note {
            Some(note) => note.add_to(batch),
            None => batch,
        };
        self.db.commit(batch, PATIENCE).await
    }

    /// Writes the line for the audit log alone: for what changes nothing and is remarkable all the same.
    pub async fn note_only(&self) -> Result<(), StoreError> {
        Ok(self.commit(db::Batch::default()).await?)
    }

    /// Prepares every statement of this crate; the names of those that the database refuses.
    #[doc(hidden)]
    pub async fn refused_statements(&self) -> Vec<String> {
        let all = [
            ALL,
            accounts::ALL,
            agents::ALL,
            answers::ALL,
            alerts::ALL,
            audit::ALL,
            bots::ALL,
            canned::ALL,
            chat_list::ALL,
            chat_search::ALL,
            chat_settings::ALL,
            chats::ALL,
            consult_channels::ALL,
            consult_hooks::ALL,
            consult_outbox::ALL,
            demo::ALL,
            facts::ALL,
            invites::ALL,
            late::ALL,
            live::ALL,
            media::ALL,
            mentions::ALL,
            messages::ALL,
            path_tests::ALL,
            pictures::ALL,
            problems::ALL,
            pushes::ALL,
            records::ALL,
            requests::ALL,
            sign_ins::ALL,
            presence::ALL,
            stats::ALL,
            threads::ALL,
            turns::ALL,
            vault::ALL,
            web_channels::ALL,
            web_push::ALL,
            webhooks::ALL,
            versions::ALL,
            workspaces::ALL,
        ];
        let mut refused = Vec::new();
        for (name, sql) in all.into_iter().flatten() {
            let writes = ["INSERT", "UPDATE", "DELETE"].iter().any(|verb| sql.starts_with(verb));
            for guarded in [false, true] {
                if guarded && !writes {
                    continue;
                }
                if let Err(error) = self.db.prepare(sql, guarded).await {
                    refused.push(format!("{name}: {error}"));
                }
            }
        }
        refused
    }
}

statements! {
    PING = "SELECT 1";
}
