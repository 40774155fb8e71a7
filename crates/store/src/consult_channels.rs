//! The ConsultationTalk (상담톡) of each bot: through which relay, how it is set up, and whether it lives.

use crate::{BotId, ReadError, Store, StoreError, WorkspaceId, db::Batch, db::Row};

statements! {
    BY_BOT = "SELECT b.id, b.workspace_id, b.title, t.enabled, t.relay, t.sender_key, t.settings, t.door, t.heard_at, t.heard,
        t.called_at, t.trouble, t.updated_at FROM bots b JOIN consult_channels t ON t.bot_id = b.id
        WHERE b.id = $1 AND b.deleted_at IS NULL";
    BY_DOOR = "SELECT b.id, b.workspace_id, b.title, t.enabled, t.relay, t.sender_key, t.settings, t.door, t.heard_at, t.heard,
        t.called_at, t.trouble, t.updated_at FROM consult_channels t JOIN bots b ON b.id = t.bot_id
        WHERE t.door = $1 AND b.deleted_at IS NULL";
    SAVE = "INSERT INTO consult_channels (bot_id, workspace_id, enabled, relay, sender_key, settings, door, heard, updated_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, '', $8)
        ON CONFLICT (bot_id) DO UPDATE SET enabled = excluded.enabled, relay = excluded.relay,
        sender_key = excluded.sender_key, settings = excluded.settings, door = excluded.door, updated_at = excluded.updated_at";
    REMOVE = "DELETE FROM consult_channels WHERE bot_id = $1";
    HEARD = "UPDATE consult_channels SET heard_at = $2, heard = $3 WHERE bot_id = $1";
    CALLED = "UPDATE consult_channels SET called_at = $2, trouble = NULL WHERE bot_id = $1";
    TROUBLED = "UPDATE consult_channels SET trouble = $2 WHERE bot_id = $1";
}

/// A bot's ConsultationTalk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsultChannelRow {
    /// The bot.
    pub bot: BotId,
    /// Whose bot it is.
    pub workspace: WorkspaceId,
    /// What people call the bot.
    pub bot_title: String,
    /// Is it on?
    pub enabled: bool,
    /// The relay, by its name.
    pub relay: String,
    /// The sender profile's key.
    pub sender_key: String,
    /// All else that is no secret, as JSON.
    pub settings: String,
    /// The secret part of the address that the relay calls.
    pub door: String,
    /// When the relay last called.
    pub heard_at: Option<i64>,
    /// … with what.
    pub heard: String,
    /// When a call of ours last went well.
    pub called_at: Option<i64>,
    /// What went wrong since, as JSON.
    pub trouble: Option<String>,
    /// When it was last changed.
    pub updated_at: i64,
}

impl Store {
    /// A bot's ConsultationTalk; `None` where none was ever set up.
    pub async fn consult_channel(&self, bot: BotId) -> Result<Option<ConsultChannelRow>, ReadError> {
        self.db.row(BY_BOT, vec![bot.into()]).await?.map(channel).transpose()
    }

    /// The one behind this secret part of an address.
    pub async fn consult_channel_behind(&self, door: &str) -> Result<Option<ConsultChannelRow>, ReadError> {
        self.db.row(BY_DOOR, vec![door.into()]).await?.map(channel).transpose()
    }

    /// Sets it up or changes it. What is known of its life stays.
    pub async fn set_consult_channel(&self, row: ConsultChannelRow) -> Result<(), StoreError> {
        let params = vec![
            row.bot.into(),
            row.workspace.into(),
            row.enabled.into(),
            row.relay.into(),
            row.sender_key.into(),
            row.settings.into(),
            row.door.into(),
            row.updated_at.into(),
        ];
        Ok(self.commit(Batch::default().then(SAVE, params)).await?)
    }

    /// Takes it away. Conversations stay.
    pub async fn remove_consult_channel(&self, bot: BotId) -> Result<(), StoreError> {
        Ok(self.commit(Batch::default().guarded("consult_channels", REMOVE, vec![bot.into()])).await?)
    }

    /// The relay has called.
    pub async fn consult_heard(&self, bot: BotId, hook: &str, now_ms: i64) -> Result<(), StoreError> {
        let params = vec![bot.into(), now_ms.into(), hook.into()];
        Ok(self.commit(Batch::default().then(HEARD, params)).await?)
    }

    /// A call of ours went well, or this went wrong with it.
    pub async fn consult_called(
        &self,
        bot: BotId,
        now_ms: i64,
        trouble: Option<String>,
    ) -> Result<(), StoreError> {
        let batch = match trouble {
            Some(trouble) => Batch::default().then(TROUBLED, vec![bot.into(), trouble.into()]),
            None => Batch::default().then(CALLED, vec![bot.into(), now_ms.into()]),
        };
        Ok(self.commit(batch).await?)
    }
}

fn channel(mut row: Row) -> Result<ConsultChannelRow, ReadError> {
    Ok(ConsultChannelRow {
        bot: row.id(BotId::from_bytes)?,
        workspace: row.id(WorkspaceId::from_bytes)?,
        bot_title: row.text()?,
        enabled: row.truth()?,
        relay: row.text()?,
        sender_key: row.text()?,
        settings: row.text()?,
        door: row.text()?,
        heard_at: row.opt_int()?,
        heard: row.text()?,
        called_at: row.opt_int()?,
        trouble: row.opt_text()?,
        updated_at: row.int()?,
    })
}
