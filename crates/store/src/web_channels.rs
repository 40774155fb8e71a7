//! The web chat of each bot: is it on, how it looks, and the secret that signs what browsers hold.

use crate::{BotId, ReadError, Store, StoreError, WorkspaceId, db::Batch};

statements! {
    READ = "SELECT b.workspace_id, b.title, w.enabled, w.settings, w.secret, w.updated_at FROM bots b
        LEFT JOIN web_channels w ON w.bot_id = b.id WHERE b.id = $1 AND b.deleted_at IS NULL";
    SAVE = "INSERT INTO web_channels (bot_id, workspace_id, enabled, settings, secret, updated_at)
        VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (bot_id) DO UPDATE SET enabled = excluded.enabled, settings = excluded.settings,
        updated_at = excluded.updated_at";
    RENEW = "UPDATE web_channels SET secret = $3, updated_at = $4 WHERE workspace_id = $1 AND bot_id = $2";
}

/// A bot's web chat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebChannelRow {
    /// Whose bot it is.
    pub workspace: WorkspaceId,
    /// What people call the bot.
    pub bot_title: String,
    /// Is it on? Off where it was never set up.
    pub enabled: bool,
    /// How it looks and whom it lets in, as JSON.
    pub settings: String,
    /// The secret; empty where it was never set up.
    pub secret: Vec<u8>,
    /// When it was last changed.
    pub updated_at: i64,
}

impl Store {
    /// A bot's web chat. `None` where there is no such bot.
    pub async fn web_channel(&self, bot: BotId) -> Result<Option<WebChannelRow>, ReadError> {
        let Some(mut row) = self.db.row(READ, vec![bot.into()]).await? else { return Ok(None) };
        Ok(Some(WebChannelRow {
            workspace: row.id(WorkspaceId::from_bytes)?,
            bot_title: row.text()?,
            enabled: row.opt_int()?.is_some_and(|enabled| enabled != 0),
            settings: row.opt_text()?.unwrap_or_else(|| "{}".to_owned()),
            secret: row.opt_bytes()?.unwrap_or_default(),
            updated_at: row.opt_int()?.unwrap_or(0),
        }))
    }

    /// Sets it up or changes it. The secret is taken only where there is none.
    pub async fn set_web_channel(&self, bot: BotId, row: WebChannelRow) -> Result<(), StoreError> {
        let params = vec![
            bot.into(),
            row.workspace.into(),
            row.enabled.into(),
            row.settings.into(),
            row.secret.into(),
            row.updated_at.into(),
        ];
        Ok(self.commit(Batch::default().then(SAVE, params)).await?)
    }

    /// Exchanges the secret: what was signed with the old one is void.
    pub async fn renew_web_secret(
        &self,
        workspace: WorkspaceId,
        bot: BotId,
        secret: Vec<u8>,
        now_ms: i64,
    ) -> Result<(), StoreError> {
        let params = vec![workspace.into(), bot.into(), secret.into(), now_ms.into()];
        Ok(self.commit(Batch::default().guarded("web_channels", RENEW, params)).await?)
    }
}
