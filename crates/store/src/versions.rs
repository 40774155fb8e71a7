//! Versions of bots: published from the draft, served again, thrown away. What a version holds never changes.

use crate::{
    AccountId, BotId, ReadError, Store, StoreError,
    db::{Batch, CommitError},
};

statements! {
    LAST = "SELECT last_version FROM bots WHERE id = $1 AND deleted_at IS NULL";
    // The draft is copied inside the database, after the bot's row is held, so that nothing can come between reading and
    // publishing it.
    GO_LIVE = "UPDATE bots SET live_version = last_version + 1, last_version = last_version + 1,
        live_revision = draft_revision, updated_at = $2 WHERE id = $1 AND last_version = $3 AND deleted_at IS NULL
        AND draft_revision = COALESCE($4, draft_revision)";
    ADD = "INSERT INTO bot_versions (bot_id, number, workspace_id, file, created_at, note, published_by, published_by_name,
        revision) SELECT id, last_version, workspace_id, draft, $2, $4, $5, $6, draft_revision
        FROM bots WHERE id = $1 AND last_version - 1 = $3";
    LIST = "SELECT number, note, published_by_name, created_at, octet_length(file), revision FROM bot_versions
        WHERE bot_id = $1 AND number < $2 ORDER BY number DESC LIMIT $3";
    // Of two who serve and throw away the same version one comes first: each holds the bot's row before it looks.
    HOLD = "UPDATE bots SET updated_at = $2 WHERE id = $1 AND deleted_at IS NULL";
    SERVE = "UPDATE bots SET live_version = $2,
        live_revision = (SELECT v.revision FROM bot_versions v WHERE v.bot_id = $1 AND v.number = $2)
        WHERE id = $1 AND EXISTS (SELECT 1 FROM bot_versions v WHERE v.bot_id = $1 AND v.number = $2)";
    HOLD_UNSERVED = "UPDATE bots SET updated_at = updated_at
        WHERE id = $1 AND deleted_at IS NULL AND (live_version IS NULL OR live_version <> $2)";
    REMOVE = "DELETE FROM bot_versions WHERE bot_id = $1 AND number = $2";
}

/// A version to be made of the draft.
#[derive(Debug, Clone, Default)]
pub struct NewVersion {
    /// The draft must still be at this revision; whatever it is at where absent.
    pub revision: Option<i64>,
    /// Why, in the publisher's words; may be empty.
    pub note: String,
    /// Who publishes it: the account and what they are called. Nobody on the command line.
    pub by: Option<(AccountId, String)>,
}

/// A published version, without its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionRow {
    /// Its number.
    pub number: i64,
    /// Why it was published; empty where nobody said.
    pub note: String,
    /// What its publisher was called then.
    pub published_by: Option<String>,
    /// When it was published.
    pub created_at: i64,
    /// Bytes of its file.
    pub size: i64,
    /// The draft's revision of which it was made, where that is known.
    pub revision: Option<i64>,
}

impl Store {
    /// Makes the draft a version that never changes, and lets it answer. The version's number. Where a revision is named
    /// and the draft has moved on: [`CommitError::Stale`].
    pub async fn publish(&self, bot: BotId, new: NewVersion, now_ms: i64) -> Result<i64, StoreError> {
        let mut before = None;
        loop {
            let last = self.db.row(LAST, vec![bot.into()]).await?;
            let last = last.ok_or(StoreError::Missing("bot"))?.int()?;
            if before.replace(last) == Some(last) {
                // Nobody else published in between, so it is the draft that has changed.
                return Err(CommitError::Stale { table: "bots" }.into());
            }
            let (by, name) = new.by.clone().unzip();
            let live = vec![bot.into(), now_ms.into(), last.into(), new.revision.into()];
            let add = vec![
                bot.into(),
                now_ms.into(),
                last.into(),
                new.note.as_str().into(),
                by.into(),
                name.into(),
            ];
            let batch = Batch::default().guarded("bots", GO_LIVE, live).guarded("bot_versions", ADD, add);
            match self.commit(batch).await {
                Ok(()) => return Ok(last + 1),
                // Someone else published in between: theirs has this number, ours is the next.
                Err(CommitError::Stale { .. } | CommitError::Duplicate { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// The versions of a bot before this one, newest first.
    pub async fn versions(
        &self,
        bot: BotId,
        before: Option<i64>,
        limit: u32,
    ) -> Result<Vec<VersionRow>, ReadError> {
        let params = vec![bot.into(), before.unwrap_or(i64::MAX).into(), limit.into()];
        let rows = self.db.rows(LIST, params).await?;
        rows.into_iter()
            .map(|mut row| {
                Ok(VersionRow {
                    number: row.int()?,
                    note: row.opt_text()?.unwrap_or_default(),
                    published_by: row.opt_text()?,
                    created_at: row.int()?,
                    size: row.int()?,
                    revision: row.opt_int()?,
                })
            })
            .collect()
    }

    /// Lets a version answer that was published before. Stale of `bot_versions` where there is none with this number.
    pub async fn serve_version(&self, bot: BotId, number: i64, now_ms: i64) -> Result<(), StoreError> {
        let batch = Batch::default().guarded("bots", HOLD, vec![bot.into(), now_ms.into()]).guarded(
            "bot_versions",
            SERVE,
            vec![bot.into(), number.into()],
        );
        Ok(self.commit(batch).await?)
    }

    /// Throws a version away. Stale of `bots` where it is the one that answers, of `bot_versions` where there is none.
    pub async fn delete_version(&self, bot: BotId, number: i64) -> Result<(), StoreError> {
        let params = || vec![bot.into(), number.into()];
        let batch = Batch::default().guarded("bots", HOLD_UNSERVED, params()).guarded(
            "bot_versions",
            REMOVE,
            params(),
        );
        Ok(self.commit(batch).await?)
    }
}
