//! How a team works, and what its bots do otherwise; JSON that this crate does not read.

use crate::{BotId, ReadError, Store, StoreError, WorkspaceId, db::Batch};

statements! {
    READ = "SELECT bot_id, settings FROM chat_settings WHERE workspace_id = $1 AND (bot_id = $2 OR bot_id = $3)";
    SAVE = "INSERT INTO chat_settings (workspace_id, bot_id, settings, updated_at, only_assigned) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (workspace_id, bot_id) DO UPDATE SET settings = excluded.settings, updated_at = excluded.updated_at,
        only_assigned = excluded.only_assigned";
    RESTRICTS = "SELECT count(*) FROM chat_settings WHERE workspace_id = $1 AND only_assigned = 1";
}

/// Stands for the team.
pub(crate) fn team() -> BotId {
    BotId::from_bytes([0; 16])
}

impl Store {
    /// The settings of the team, and those of one of its bots, where they were made.
    pub async fn chat_settings(
        &self,
        workspace: WorkspaceId,
        bot: Option<BotId>,
    ) -> Result<(Option<String>, Option<String>), ReadError> {
        let params = vec![workspace.into(), team().into(), bot.unwrap_or_else(team).into()];
        let (mut of_team, mut of_bot) = (None, None);
        for mut row in self.db.rows(READ, params).await? {
            let id = row.id(BotId::from_bytes)?;
            *(if id == team() { &mut of_team } else { &mut of_bot }) = Some(row.text()?);
        }
        Ok((of_team, of_bot))
    }

    /// Do the team or some of its bots say that agents see only what is theirs?
    pub async fn any_only_assigned(&self, workspace: WorkspaceId) -> Result<bool, ReadError> {
        let row = self.db.row(RESTRICTS, vec![workspace.into()]).await?;
        Ok(row.map_or(Ok(0), |mut row| row.int())? > 0)
    }

    /// Sets the settings of the team, or of one of its bots. `only_assigned` says what they say of it, where they do.
    pub async fn set_chat_settings(
        &self,
        workspace: WorkspaceId,
        bot: Option<BotId>,
        (settings, only_assigned): (String, Option<bool>),
        now_ms: i64,
    ) -> Result<(), StoreError> {
        let params = vec![
            workspace.into(),
            bot.unwrap_or_else(team).into(),
            settings.into(),
            now_ms.into(),
            only_assigned.into(),
        ];
        Ok(self.commit(Batch::default().then(SAVE, params)).await?)
    }
}
