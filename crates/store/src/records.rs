//! How a workspace's records are counted and how long they are kept, and throwing away what is older.
//!
//! Sweeping works in pieces that remember where they stopped, so that turns go on meanwhile: a piece reads on the
//! connection for reports and deletes a few hundred rows. What is deleted while a piece is read is found by the next.

use crate::{BotId, EndUserId, PATIENCE, ReadError, Store, StoreError, TurnId, WorkspaceId, db::Batch};

statements! {
    SETTINGS = "SELECT zone, messages_days, traces_days, requests_days FROM record_settings WHERE workspace_id = $1";
    SET = "INSERT INTO record_settings (workspace_id, zone, messages_days, traces_days, requests_days, updated_at)
        VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (workspace_id) DO UPDATE SET zone = excluded.zone,
        messages_days = excluded.messages_days, traces_days = excluded.traces_days, requests_days = excluded.requests_days,
        updated_at = excluded.updated_at";
    WORKSPACES = "SELECT id FROM workspaces ORDER BY id";
    BOTS = "SELECT id FROM bots WHERE workspace_id = $1 ORDER BY id";
    OLD_TURNS = "SELECT id, workspace_id FROM turns WHERE id > $1 AND id < $2 ORDER BY id LIMIT $3";
    DELETE_TURN = "DELETE FROM turns WHERE id = $1 AND workspace_id = $2";
    PEOPLE = "SELECT end_user_id FROM threads WHERE workspace_id = $1 AND end_user_id > $2 ORDER BY end_user_id LIMIT $3";
    OLD_MESSAGES = "SELECT max(seq) FROM messages WHERE end_user_id = $1 AND created_at < $2";
    DELETE_MESSAGES = "DELETE FROM messages WHERE end_user_id = $1 AND created_at < $2 AND seq <= $3 AND seq IN (
        SELECT seq FROM messages WHERE end_user_id = $1 AND seq <= $3 ORDER BY seq LIMIT 300)";
    // What is left is indexed anew.
    FORGET_GRAMS = "DELETE FROM chat_grams WHERE end_user_id = $1";
    UNINDEX = "UPDATE chats SET indexed = -2 WHERE end_user_id = $1";
    FORGET_SAID = "UPDATE threads SET said = '' WHERE end_user_id = $1 AND last_at < $2";
    OLD_MARKS = "SELECT kind, at, turn_id FROM turn_marks WHERE bot_id = $1 AND kind = $2 AND at < $3 ORDER BY at LIMIT $4";
    DELETE_MARK = "DELETE FROM turn_marks WHERE bot_id = $1 AND kind = $2 AND at = $3 AND turn_id = $4";
}

/// Turns that one piece of sweeping looks at.
const TURNS_AT_ONCE: u32 = 300;
/// End users that one piece of sweeping looks at.
const PEOPLE_AT_ONCE: u32 = 100;

/// How a workspace's records are counted and how long they are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordSettings {
    /// The zone of days in statistics, by its IANA name.
    pub zone: String,
    /// Days for which messages are kept; `None` for as long as the workspace exists.
    pub messages_days: Option<i64>,
    /// Days for which traces of turns are kept, with the answers as they were sent.
    pub traces_days: i64,
    /// Days for which the log of requests is kept.
    pub requests_days: i64,
}

impl Default for RecordSettings {
    fn default() -> Self {
        Self { zone: "Asia/Seoul".to_owned(), messages_days: None, traces_days: 30, requests_days: 7 }
    }
}

/// Where sweeping stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Swept<T> {
    /// The last that was looked at; `None` where all were.
    pub at: Option<T>,
    /// How many rows were thrown away.
    pub gone: usize,
}

impl Store {
    /// How a workspace's records are kept.
    pub async fn record_settings(&self, workspace: WorkspaceId) -> Result<RecordSettings, ReadError> {
        let row = self.db.report(SETTINGS, vec![workspace.into()]).await?.into_iter().next();
        row.map_or_else(
            || Ok(RecordSettings::default()),
            |mut row| {
                Ok(RecordSettings {
                    zone: row.text()?,
                    messages_days: row.opt_int()?,
                    traces_days: row.int()?,
                    requests_days: row.int()?,
                })
            },
        )
    }

    /// Sets how a workspace's records are kept.
    pub async fn set_record_settings(
        &self,
        workspace: WorkspaceId,
        settings: &RecordSettings,
        now_ms: i64,
    ) -> Result<(), StoreError> {
        let params = vec![
            workspace.into(),
            settings.zone.as_str().into(),
            settings.messages_days.into(),
            settings.traces_days.into(),
            settings.requests_days.into(),
            now_ms.into(),
        ];
        Ok(self.commit(Batch::default().then(SET, params)).await?)
    }

    /// All workspaces and all their bots, deleted ones too.
    pub async fn workspaces_and_bots(&self) -> Result<Vec<(WorkspaceId, Vec<BotId>)>, ReadError> {
        let mut found = Vec::new();
        for mut row in self.db.report(WORKSPACES, Vec::new()).await? {
            let workspace = row.id(WorkspaceId::from_bytes)?;
            let bots = self.db.report(BOTS, vec![workspace.into()]).await?;
            let bots = bots.into_iter().map(|mut row| row.id(BotId::from_bytes)).collect::<Result<_, _>>()?;
            found.push((workspace, bots));
        }
        Ok(found)
    }

    /// Throws away turns that are older than their workspace keeps them, a few hundred at a time: `oldest` says since when
    /// a workspace keeps them. Messages and statistics stay.
    pub async fn sweep_turns(
        &self,
        after: Option<TurnId>,
        oldest: &[(WorkspaceId, i64)],
    ) -> Result<Swept<TurnId>, StoreError> {
        let newest = oldest.iter().map(|(_, since)| *since).max().unwrap_or(0);
        let after = after.unwrap_or_else(|| TurnId::from_bytes([0; 16]));
        let params = vec![after.into(), TurnId::new(newest, 0).into(), TURNS_AT_ONCE.into()];
        let rows = self.db.report(OLD_TURNS, params).await?;
        let mut swept = Swept { at: None, gone: 0 };
        let more = rows.len() == TURNS_AT_ONCE as usize;
        let mut batch = Batch::default();
        for mut row in rows {
            let (turn, workspace) = (row.id(TurnId::from_bytes)?, row.id(WorkspaceId::from_bytes)?);
            swept.at = more.then_some(turn);
            let since = oldest.iter().find(|(id, _)| *id == workspace).map(|(_, since)| *since);
            if since.is_some_and(|since| turn.made_at() < since) {
                batch = batch.then(DELETE_TURN, vec![turn.into(), workspace.into()]);
                swept.gone += 1;
            }
        }
        if swept.gone > 0 {
            self.db.commit(batch, PATIENCE).await?;
        }
        Ok(swept)
    }

    /// Throws away messages of a workspace that are older, of a hundred end users at a time.
    pub async fn sweep_messages(
        &self,
        workspace: WorkspaceId,
        after: Option<EndUserId>,
        older_than_ms: i64,
    ) -> Result<Swept<EndUserId>, StoreError> {
        let after = after.unwrap_or_else(|| EndUserId::from_bytes([0; 16]));
        let params = vec![workspace.into(), after.into(), PEOPLE_AT_ONCE.into()];
        let people = self.db.report(PEOPLE, params).await?;
        let more = people.len() == PEOPLE_AT_ONCE as usize;
        let mut swept = Swept { at: None, gone: 0 };
        for mut row in people {
            let person = row.id(EndUserId::from_bytes)?;
            swept.at = more.then_some(person);
            // Whoever is younger has nothing that old.
            while person.made_at() < older_than_ms {
                let params = vec![person.into(), older_than_ms.into()];
                let last = self.db.report(OLD_MESSAGES, params).await?.into_iter().next();
                let Some(last) = last.map_or(Ok(None), |mut row| row.opt_int())? else { break };
                let params = vec![person.into(), older_than_ms.into(), last.into()];
                let batch = Batch::default()
                    .then(DELETE_MESSAGES, params)
                    .then(FORGET_SAID, vec![person.into(), older_than_ms.into()])
                    .then(FORGET_GRAMS, vec![person.into()])
                    .then(UNINDEX, vec![person.into()]);
                self.db.commit(batch, PATIENCE).await?;
                swept.gone += 1;
            }
        }
        Ok(swept)
    }

    /// Throws away some marks of a bot's turns that are older: what people said stands in them. Are there more?
    pub async fn sweep_marks(&self, bot: BotId, older_than_ms: i64) -> Result<bool, StoreError> {
        let mut more = false;
        for kind in ["fault", "unanswered", "slow", "cut"] {
            let params = vec![bot.into(), kind.into(), older_than_ms.into(), TURNS_AT_ONCE.into()];
            let rows = self.db.report(OLD_MARKS, params).await?;
            if rows.is_empty() {
                continue;
            }
            more |= rows.len() == TURNS_AT_ONCE as usize;
            let mut batch = Batch::default();
            for mut row in rows {
                let (kind, at, turn) = (row.text()?, row.int()?, row.id(TurnId::from_bytes)?);
                batch = batch.then(DELETE_MARK, vec![bot.into(), kind.into(), at.into(), turn.into()]);
            }
            self.db.commit(batch, PATIENCE).await?;
        }
        Ok(more)
    }
}
