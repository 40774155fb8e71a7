//! Bots and their published versions.

use crate::{
    BotId, PATIENCE, ReadError, Store, StoreError, WorkspaceId,
    db::{Batch, CommitError, Row},
};

statements! {
    ADD = "INSERT INTO bots (id, workspace_id, title, description, draft, draft_revision, last_version, kakao_enabled,
        created_at, updated_at) VALUES ($1, $2, $3, $4, $5, 1, 0, 1, $6, $6)";
    LIST = "SELECT id, workspace_id, title, description, live_version, draft_revision, kakao_enabled, kakao_header_name,
        created_at, updated_at, deleted_at FROM bots WHERE workspace_id = $1 AND deleted_at IS NULL ORDER BY id";
    ONE = "SELECT id, workspace_id, title, description, live_version, draft_revision, kakao_enabled, kakao_header_name,
        created_at, updated_at, deleted_at FROM bots WHERE id = $1";
    DRAFT = "SELECT draft FROM bots WHERE id = $1";
    VERSION = "SELECT file FROM bot_versions WHERE bot_id = $1 AND number = $2";
    SAVE_DRAFT = "UPDATE bots SET draft = $3, title = $4, description = $5, draft_revision = draft_revision + 1,
        updated_at = $6 WHERE id = $1 AND draft_revision = $2 AND deleted_at IS NULL";
    // The draft is copied inside the database, so that nothing can come between reading and publishing it.
    ADD_VERSION = "INSERT INTO bot_versions (bot_id, number, workspace_id, file, created_at)
        SELECT id, last_version + 1, workspace_id, draft, $2 FROM bots WHERE id = $1 AND last_version = $3 AND deleted_at IS NULL";
    GO_LIVE = "UPDATE bots SET live_version = last_version + 1, last_version = last_version + 1, updated_at = $2
        WHERE id = $1 AND last_version = $3 AND deleted_at IS NULL";
    LAST_VERSION = "SELECT last_version FROM bots WHERE id = $1 AND deleted_at IS NULL";
    SET_KAKAO = "UPDATE bots SET kakao_enabled = $2, updated_at = $3 WHERE id = $1 AND deleted_at IS NULL";
    SET_HEADER = "UPDATE bots SET kakao_header_name = $2, kakao_header_hash = $3 WHERE id = $1 AND deleted_at IS NULL";
    DELETE = "UPDATE bots SET deleted_at = $2, updated_at = $2 WHERE id = $1 AND deleted_at IS NULL";
    RESTORE = "UPDATE bots SET deleted_at = NULL, updated_at = $2 WHERE id = $1 AND deleted_at IS NOT NULL";
}

/// A bot to be made.
#[derive(Debug, Clone)]
pub struct NewBot {
    /// Its id.
    pub id: BotId,
    /// Whose it is.
    pub workspace: WorkspaceId,
    /// What people call it.
    pub title: String,
    /// What it is for.
    pub description: String,
    /// Its file, as the draft.
    pub draft: String,
    /// Now.
    pub now_ms: i64,
}

/// A bot, without its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BotRow {
    /// Its id.
    pub id: BotId,
    /// Whose it is.
    pub workspace: WorkspaceId,
    /// What people call it.
    pub title: String,
    /// What it is for.
    pub description: String,
    /// The version that answers.
    pub live_version: Option<i64>,
    /// Counts the changes of the draft.
    pub draft_revision: i64,
    /// Is KakaoTalk switched on?
    pub kakao_enabled: bool,
    /// The name of the secret header, where one is asked for.
    pub kakao_header_name: Option<String>,
    /// When it was made.
    pub created_at: i64,
    /// When it was last changed.
    pub updated_at: i64,
    /// When it was deleted.
    pub deleted_at: Option<i64>,
}

impl Store {
    /// Makes a bot.
    pub async fn create_bot(&self, bot: NewBot) -> Result<(), StoreError> {
        let params = vec![
            bot.id.into(),
            bot.workspace.into(),
            bot.title.into(),
            bot.description.into(),
            bot.draft.into(),
            bot.now_ms.into(),
        ];
        Ok(self.db.commit(Batch::default().then(ADD, params), PATIENCE).await?)
    }

    /// The bots of a workspace, oldest first, without deleted ones.
    pub async fn bots(&self, workspace: WorkspaceId) -> Result<Vec<BotRow>, StoreError> {
        let rows = self.db.rows(LIST, vec![workspace.into()]).await?;
        Ok(rows.into_iter().map(bot_row).collect::<Result<_, _>>()?)
    }

    /// One bot, also a deleted one.
    pub async fn bot(&self, id: BotId) -> Result<Option<BotRow>, StoreError> {
        Ok(self.db.row(ONE, vec![id.into()]).await?.map(bot_row).transpose()?)
    }

    /// The draft's file.
    pub async fn draft_file(&self, bot: BotId) -> Result<Option<String>, ReadError> {
        self.db.row(DRAFT, vec![bot.into()]).await?.map(|mut row| row.text()).transpose()
    }

    /// A published version's file.
    pub async fn version_file(&self, bot: BotId, number: i64) -> Result<Option<String>, ReadError> {
        self.db.row(VERSION, vec![bot.into(), number.into()]).await?.map(|mut row| row.text()).transpose()
    }

    /// Saves the draft if it is still at this revision; the new revision.
    pub async fn save_draft(
        &self,
        bot: BotId,
        expected_revision: i64,
        file: DraftFile<'_>,
        now_ms: i64,
    ) -> Result<i64, StoreError> {
        let params = vec![
            bot.into(),
            expected_revision.into(),
            file.draft.into(),
            file.title.into(),
            file.description.into(),
            now_ms.into(),
        ];
        self.db.commit(Batch::default().guarded("bots", SAVE_DRAFT, params), PATIENCE).await?;
        Ok(expected_revision + 1)
    }

    /// Makes the draft a version that never changes, and lets it answer. The version's number.
    pub async fn publish(&self, bot: BotId, now_ms: i64) -> Result<i64, StoreError> {
        loop {
            let last = self.db.row(LAST_VERSION, vec![bot.into()]).await?;
            let last = last.ok_or(StoreError::Missing("bot"))?.int()?;
            let params = || vec![bot.into(), now_ms.into(), last.into()];
            let batch = Batch::default().guarded("bot_versions", ADD_VERSION, params()).guarded(
                "bots",
                GO_LIVE,
                params(),
            );
            match self.db.commit(batch, PATIENCE).await {
                Ok(()) => return Ok(last + 1),
                // Someone else published in between: theirs has this number, ours is the next.
                Err(CommitError::Stale { .. } | CommitError::Duplicate { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// Switches KakaoTalk, and sets (`Some(Some)`), removes (`Some(None)`) or leaves (`None`) the secret header: its
    /// name in lower case and the SHA-256 of its value.
    pub async fn set_kakao(
        &self,
        bot: BotId,
        enabled: bool,
        header: Option<Option<(String, [u8; 32])>>,
        now_ms: i64,
    ) -> Result<(), StoreError> {
        let mut batch =
            Batch::default().guarded("bots", SET_KAKAO, vec![bot.into(), enabled.into(), now_ms.into()]);
        if let Some(header) = header {
            let (name, hash) = header.map(|(name, hash)| (name, hash.to_vec())).unzip();
            batch = batch.guarded("bots", SET_HEADER, vec![bot.into(), name.into(), hash.into()]);
        }
        Ok(self.db.commit(batch, PATIENCE).await?)
    }

    /// Deletes a bot; it can be restored.
    pub async fn delete_bot(&self, bot: BotId, now_ms: i64) -> Result<(), StoreError> {
        let batch = Batch::default().guarded("bots", DELETE, vec![bot.into(), now_ms.into()]);
        Ok(self.db.commit(batch, PATIENCE).await?)
    }

    /// Takes a deletion back.
    pub async fn restore_bot(&self, bot: BotId, now_ms: i64) -> Result<(), StoreError> {
        let batch = Batch::default().guarded("bots", RESTORE, vec![bot.into(), now_ms.into()]);
        Ok(self.db.commit(batch, PATIENCE).await?)
    }
}

/// A draft to be saved.
#[derive(Debug, Clone, Copy)]
pub struct DraftFile<'a> {
    /// The title, lifted out of the file for lists.
    pub title: &'a str,
    /// The description, lifted out of the file.
    pub description: &'a str,
    /// The file.
    pub draft: &'a str,
}

fn bot_row(mut row: Row) -> Result<BotRow, ReadError> {
    Ok(BotRow {
        id: row.id(BotId::from_bytes)?,
        workspace: row.id(WorkspaceId::from_bytes)?,
        title: row.text()?,
        description: row.text()?,
        live_version: row.opt_int()?,
        draft_revision: row.int()?,
        kakao_enabled: row.truth()?,
        kakao_header_name: row.opt_text()?,
        created_at: row.int()?,
        updated_at: row.int()?,
        deleted_at: row.opt_int()?,
    })
}
