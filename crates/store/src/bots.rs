//! Bots and their drafts; what was published of them is in `versions.rs`.

use crate::{
    BotId, ReadError, Store, StoreError, TurnId, WorkspaceId,
    accounts::worked,
    db::{Batch, Row},
};

statements! {
    ADD = "INSERT INTO bots (id, workspace_id, title, description, draft, draft_revision, last_version, kakao_enabled,
        created_at, updated_at) VALUES ($1, $2, $3, $4, $5, 1, 0, 1, $6, $6)";
    LIST = "SELECT id, workspace_id, title, description, live_version, live_revision, draft_revision, kakao_enabled,
        kakao_header_name, created_at, updated_at, deleted_at, bridge FROM bots WHERE workspace_id = $1 AND deleted_at IS NULL ORDER BY id";
    ONE = "SELECT id, workspace_id, title, description, live_version, live_revision, draft_revision, kakao_enabled,
        kakao_header_name, created_at, updated_at, deleted_at, bridge FROM bots WHERE id = $1";
    DELETED = "SELECT id, workspace_id, title, description, live_version, live_revision, draft_revision, kakao_enabled,
        kakao_header_name, created_at, updated_at, deleted_at, bridge FROM bots
        WHERE workspace_id = $1 AND deleted_at IS NOT NULL ORDER BY deleted_at DESC, id";
    // A deleted bot still has its numbers; whoever asks knows which bots they show.
    NUMBERS = "SELECT bot_id, count(*), count(DISTINCT end_user_id), count(fault) FROM turns
        WHERE workspace_id = $1 AND id >= $2 GROUP BY bot_id";
    DRAFT = "SELECT draft FROM bots WHERE id = $1";
    DRAFT_AT = "SELECT draft, draft_revision, updated_at FROM bots WHERE id = $1 AND deleted_at IS NULL";
    VERSION = "SELECT file FROM bot_versions WHERE bot_id = $1 AND number = $2";
    SAVE_DRAFT = "UPDATE bots SET draft = $3, title = $4, description = $5, draft_revision = draft_revision + 1,
        updated_at = $6 WHERE id = $1 AND draft_revision = $2 AND deleted_at IS NULL";
    SET_KAKAO = "UPDATE bots SET kakao_enabled = $2, updated_at = $3 WHERE id = $1 AND deleted_at IS NULL";
    SET_HEADER = "UPDATE bots SET kakao_header_name = $2, kakao_header_hash = $3 WHERE id = $1 AND deleted_at IS NULL";
    SET_BRIDGE = "UPDATE bots SET bridge = $2, updated_at = $3 WHERE id = $1 AND bridge IS NOT NULL AND deleted_at IS NULL";
    BECOME_BRIDGE = "UPDATE bots SET bridge = $2 WHERE id = $1";
    DELETE = "UPDATE bots SET deleted_at = $2, updated_at = $2 WHERE id = $1 AND deleted_at IS NULL";
    RESTORE = "UPDATE bots SET deleted_at = NULL, updated_at = $2 WHERE id = $1 AND deleted_at IS NOT NULL";
    DUE = "SELECT id FROM bots WHERE deleted_at < $1 ORDER BY deleted_at LIMIT 10";
    PURGE_MESSAGES = "DELETE FROM messages WHERE end_user_id IN (SELECT id FROM end_users WHERE bot_id = $1)";
    PURGE_TURNS = "DELETE FROM turns WHERE bot_id = $1";
    PURGE_SESSIONS = "DELETE FROM sessions WHERE end_user_id IN (SELECT id FROM end_users WHERE bot_id = $1)";
    PURGE_LATE = "DELETE FROM late_answers WHERE bot_id = $1";
    PURGE_PUSH_TARGETS = "DELETE FROM push_targets WHERE push_id IN (SELECT id FROM pushes WHERE bot_id = $1)";
    PURGE_PUSHES = "DELETE FROM pushes WHERE bot_id = $1";
    PURGE_GRAMS = "DELETE FROM chat_grams WHERE end_user_id IN (SELECT id FROM end_users WHERE bot_id = $1)";
    PURGE_WEBHOOK_TRIES = "DELETE FROM webhook_tries WHERE webhook_id IN (SELECT id FROM webhooks WHERE bot_id = $1)";
    PURGE_WEBHOOKS = "DELETE FROM webhooks WHERE bot_id = $1";
    PURGE_MENTIONS = "DELETE FROM mentions WHERE end_user_id IN (SELECT id FROM end_users WHERE bot_id = $1)";
    PURGE_LINES = "DELETE FROM chat_lines WHERE end_user_id IN (SELECT id FROM end_users WHERE bot_id = $1)";
    PURGE_SENDS = "DELETE FROM sends WHERE end_user_id IN (SELECT id FROM end_users WHERE bot_id = $1)";
    PURGE_CHATS = "DELETE FROM chats WHERE bot_id = $1";
    PURGE_CONSULTATIONS = "DELETE FROM consultations WHERE bot_id = $1";
    PURGE_CHAT_SETTINGS = "DELETE FROM chat_settings WHERE bot_id = $1";
    PURGE_WEB = "DELETE FROM web_channels WHERE bot_id = $1";
    PURGE_END_USERS = "DELETE FROM end_users WHERE bot_id = $1";
    PURGE_VERSIONS = "DELETE FROM bot_versions WHERE bot_id = $1";
    PURGE_PATH_TESTS = "DELETE FROM path_tests WHERE bot_id = $1";
    PURGE_REQUESTS = "DELETE FROM skill_requests WHERE bot_id = $1";
    PURGE_SEEN = "DELETE FROM kakao_seen WHERE bot_id = $1";
    PURGE_FACTS = "DELETE FROM turn_facts WHERE bot_id = $1";
    PURGE_SLOTS = "DELETE FROM stat_slots WHERE bot_id = $1";
    PURGE_PEOPLE = "DELETE FROM stat_people WHERE bot_id = $1";
    PURGE_NODES = "DELETE FROM stat_nodes WHERE bot_id = $1";
    PURGE_MARKS = "DELETE FROM turn_marks WHERE bot_id = $1";
    PURGE_THREADS = "DELETE FROM threads WHERE bot_id = $1";
    PURGE_RULES = "DELETE FROM alert_rules WHERE bot_id = $1";
    PURGE_ALERTS = "DELETE FROM alerts WHERE bot_id = $1";
    PURGE_BOT = "DELETE FROM bots WHERE id = $1 AND deleted_at < $2";
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
    /// The draft's revision when that version was made; `None` where it is not known.
    pub live_revision: Option<i64>,
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
    /// Where the old server is that answers for it, as JSON; `None` for a bot with flows.
    pub bridge: Option<String>,
}

impl Store {
    /// Makes a bot.
    pub async fn create_bot(&self, bot: NewBot) -> Result<(), StoreError> {
        Ok(self.commit(added(bot)).await?)
    }

    /// Makes a bot that an old server answers for: where it is, as JSON.
    pub async fn create_bridge(&self, bot: NewBot, bridge: &str) -> Result<(), StoreError> {
        let params = vec![bot.id.into(), bridge.into()];
        Ok(self.commit(added(bot).then(BECOME_BRIDGE, params)).await?)
    }

    /// Changes where the old server of a bridge is.
    pub async fn set_bridge(&self, bot: BotId, bridge: &str, now_ms: i64) -> Result<(), StoreError> {
        let params = vec![bot.into(), bridge.into(), now_ms.into()];
        Ok(self.commit(Batch::default().guarded("bots", SET_BRIDGE, params)).await?)
    }

    /// The bots of a workspace, oldest first, without deleted ones.
    pub async fn bots(&self, workspace: WorkspaceId) -> Result<Vec<BotRow>, StoreError> {
        let rows = self.db.rows(LIST, vec![workspace.into()]).await?;
        Ok(rows.into_iter().map(bot_row).collect::<Result<_, _>>()?)
    }

    /// The deleted bots of a workspace, deleted last first.
    pub async fn deleted_bots(&self, workspace: WorkspaceId) -> Result<Vec<BotRow>, StoreError> {
        let rows = self.db.rows(DELETED, vec![workspace.into()]).await?;
        Ok(rows.into_iter().map(bot_row).collect::<Result<_, _>>()?)
    }

    /// What the bots of a workspace have done since a moment; bots that did nothing are left out. Reads all turns of that
    /// time: not for the way of a turn.
    pub async fn bot_numbers(
        &self,
        workspace: WorkspaceId,
        since_ms: i64,
    ) -> Result<Vec<BotNumbers>, ReadError> {
        let params = vec![workspace.into(), TurnId::new(since_ms, 0).into()];
        let rows = self.db.rows(NUMBERS, params).await?;
        rows.into_iter()
            .map(|mut row| {
                Ok(BotNumbers {
                    bot: row.id(BotId::from_bytes)?,
                    turns: row.int()?,
                    end_users: row.int()?,
                    faults: row.int()?,
                })
            })
            .collect()
    }

    /// One bot, also a deleted one.
    pub async fn bot(&self, id: BotId) -> Result<Option<BotRow>, StoreError> {
        Ok(self.db.row(ONE, vec![id.into()]).await?.map(bot_row).transpose()?)
    }

    /// The draft's file.
    pub async fn draft_file(&self, bot: BotId) -> Result<Option<String>, ReadError> {
        self.db.row(DRAFT, vec![bot.into()]).await?.map(|mut row| row.text()).transpose()
    }

    /// The draft with its revision, of a bot that is not deleted.
    pub async fn draft(&self, bot: BotId) -> Result<Option<DraftRow>, ReadError> {
        let Some(mut row) = self.db.row(DRAFT_AT, vec![bot.into()]).await? else { return Ok(None) };
        Ok(Some(DraftRow { file: row.text()?, revision: row.int()?, updated_at: row.int()? }))
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
        self.commit(Batch::default().guarded("bots", SAVE_DRAFT, params)).await?;
        Ok(expected_revision + 1)
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
        Ok(self.commit(batch).await?)
    }

    /// Deletes a bot; it can be restored.
    pub async fn delete_bot(&self, bot: BotId, now_ms: i64) -> Result<(), StoreError> {
        let batch = Batch::default().guarded("bots", DELETE, vec![bot.into(), now_ms.into()]);
        Ok(self.commit(batch).await?)
    }

    /// Takes a deletion back.
    pub async fn restore_bot(&self, bot: BotId, now_ms: i64) -> Result<(), StoreError> {
        let batch = Batch::default().guarded("bots", RESTORE, vec![bot.into(), now_ms.into()]);
        Ok(self.commit(batch).await?)
    }

    /// Throws away bots that were deleted before a moment, with their versions and conversations; a few at a time. How
    /// many. A bot that is restored meanwhile stays whole.
    pub async fn purge_bots(&self, deleted_before_ms: i64) -> Result<usize, StoreError> {
        let mut purged = 0;
        for mut row in self.db.rows(DUE, vec![deleted_before_ms.into()]).await? {
            let bot = row.id(BotId::from_bytes)?;
            let of_bot = [
                PURGE_MESSAGES,
                PURGE_GRAMS,
                PURGE_WEBHOOK_TRIES,
                PURGE_WEBHOOKS,
                PURGE_MENTIONS,
                PURGE_LINES,
                PURGE_SENDS,
                PURGE_CHATS,
                PURGE_CONSULTATIONS,
                PURGE_CHAT_SETTINGS,
                PURGE_WEB,
                PURGE_TURNS,
                PURGE_SESSIONS,
                PURGE_LATE,
                PURGE_PUSH_TARGETS,
                PURGE_PUSHES,
                PURGE_END_USERS,
                PURGE_VERSIONS,
                PURGE_PATH_TESTS,
                PURGE_REQUESTS,
                PURGE_SEEN,
                PURGE_FACTS,
                PURGE_SLOTS,
                PURGE_PEOPLE,
                PURGE_NODES,
                PURGE_MARKS,
                PURGE_THREADS,
                PURGE_RULES,
                PURGE_ALERTS,
            ];
            let batch =
                Batch::default().guarded("bots", PURGE_BOT, vec![bot.into(), deleted_before_ms.into()]);
            let batch = of_bot.into_iter().fold(batch, |batch, sql| batch.then(sql, vec![bot.into()]));
            if worked(self.commit(batch).await)? {
                purged += 1;
            }
        }
        Ok(purged)
    }
}

/// What a bot has done since a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BotNumbers {
    /// The bot.
    pub bot: BotId,
    /// Its turns.
    pub turns: i64,
    /// The end users who had them.
    pub end_users: i64,
    /// Turns that ended with a fault.
    pub faults: i64,
}

/// A bot's draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftRow {
    /// The file.
    pub file: String,
    /// Counts its changes.
    pub revision: i64,
    /// When the bot was last changed.
    pub updated_at: i64,
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

fn added(bot: NewBot) -> Batch {
    let params = vec![
        bot.id.into(),
        bot.workspace.into(),
        bot.title.into(),
        bot.description.into(),
        bot.draft.into(),
        bot.now_ms.into(),
    ];
    Batch::default().then(ADD, params)
}

fn bot_row(mut row: Row) -> Result<BotRow, ReadError> {
    Ok(BotRow {
        id: row.id(BotId::from_bytes)?,
        workspace: row.id(WorkspaceId::from_bytes)?,
        title: row.text()?,
        description: row.text()?,
        live_version: row.opt_int()?,
        live_revision: row.opt_int()?,
        draft_revision: row.int()?,
        kakao_enabled: row.truth()?,
        kakao_header_name: row.opt_text()?,
        created_at: row.int()?,
        updated_at: row.int()?,
        deleted_at: row.opt_int()?,
        bridge: row.opt_text()?,
    })
}
