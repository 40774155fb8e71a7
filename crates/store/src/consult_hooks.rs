//! What relays of ConsultationTalk have told and nobody has taken up yet. A relay is answered when it stands here; whoever
//! takes it up takes it away afterwards, so that it is taken up at least once whatever happens in between.

use crate::{
    BotId, HookId, OwnerId, PATIENCE, ReadError, Store, StoreError,
    db::{Batch, CommitError, Row},
};

statements! {
    ADD = "INSERT INTO consult_hooks (id, bot_id, user_key, hook, headers, body, owner_id, tries, next_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8)";
    OF_USER = "SELECT id, bot_id, user_key, hook, headers, body, owner_id, tries, next_at FROM consult_hooks
        WHERE bot_id = $1 AND user_key = $2 ORDER BY id LIMIT $3";
    DUE = "SELECT DISTINCT bot_id, user_key FROM (SELECT bot_id, user_key FROM consult_hooks WHERE next_at <= $1
        ORDER BY next_at, id LIMIT $2) due";
    CLAIM = "UPDATE consult_hooks SET owner_id = $3, next_at = $4 WHERE id = $1 AND next_at = $2";
    FAILED = "UPDATE consult_hooks SET tries = tries + 1, next_at = $2, why = $3 WHERE id = $1";
    DONE = "DELETE FROM consult_hooks WHERE id = $1";
    WAITING = "SELECT (SELECT count(*) FROM consult_hooks WHERE bot_id = $1),
        (SELECT id FROM consult_hooks WHERE bot_id = $1 ORDER BY id LIMIT 1)";
}

/// What a relay has told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HookRow {
    /// Its id; it came when this was made.
    pub id: HookId,
    /// The bot.
    pub bot: BotId,
    /// The customer; empty where it names none.
    pub user_key: String,
    /// Which hook: the end of the path.
    pub hook: String,
    /// The headers that matter, as JSON.
    pub headers: String,
    /// The body as it came.
    pub body: Vec<u8>,
    /// Who works on it.
    pub owner: OwnerId,
    /// How often it failed.
    pub tries: i64,
    /// When others may work on it.
    pub next_at: i64,
}

impl Store {
    /// Keeps what a relay has told.
    pub async fn add_consult_hook(&self, row: HookRow) -> Result<(), StoreError> {
        let params = vec![
            row.id.into(),
            row.bot.into(),
            row.user_key.into(),
            row.hook.into(),
            row.headers.into(),
            row.body.into(),
            row.owner.into(),
            row.next_at.into(),
        ];
        Ok(self.commit(Batch::default().then(ADD, params)).await?)
    }

    /// What waits of one customer, in the order in which it came.
    pub async fn consult_hooks_of(
        &self,
        bot: BotId,
        user_key: &str,
        limit: u32,
    ) -> Result<Vec<HookRow>, ReadError> {
        let rows = self.db.rows(OF_USER, vec![bot.into(), user_key.into(), limit.into()]).await?;
        rows.into_iter().map(hook).collect()
    }

    /// Customers of whom something waits that nobody works on any more.
    pub async fn consult_hooks_due(
        &self,
        now_ms: i64,
        limit: u32,
    ) -> Result<Vec<(BotId, String)>, ReadError> {
        let rows = self.db.rows(DUE, vec![now_ms.into(), limit.into()]).await?;
        rows.into_iter().map(|mut row| Ok((row.id(BotId::from_bytes)?, row.text()?))).collect()
    }

    /// Works on one from now on; `false` where somebody was first.
    pub async fn claim_consult_hook(
        &self,
        row: &HookRow,
        owner: OwnerId,
        until_ms: i64,
    ) -> Result<bool, StoreError> {
        let params = vec![row.id.into(), row.next_at.into(), owner.into(), until_ms.into()];
        match self.db.commit(Batch::default().guarded("consult_hooks", CLAIM, params), PATIENCE).await {
            Ok(()) => Ok(true),
            Err(CommitError::Stale { .. }) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// It could not be taken up, and is tried again at this moment.
    pub async fn consult_hook_failed(&self, id: HookId, again_at: i64, why: &str) -> Result<(), StoreError> {
        let params = vec![id.into(), again_at.into(), why.into()];
        Ok(self.db.commit(Batch::default().then(FAILED, params), PATIENCE).await?)
    }

    /// It was taken up.
    pub async fn consult_hook_done(&self, id: HookId) -> Result<(), StoreError> {
        Ok(self.db.commit(Batch::default().then(DONE, vec![id.into()]), PATIENCE).await?)
    }

    /// How many of a bot wait, and since when the first does.
    pub async fn consult_hooks_waiting(&self, bot: BotId) -> Result<(i64, Option<i64>), ReadError> {
        let Some(mut row) = self.db.row(WAITING, vec![bot.into()]).await? else { return Ok((0, None)) };
        Ok((row.int()?, row.opt_id(HookId::from_bytes)?.map(|id| id.made_at())))
    }
}

fn hook(mut row: Row) -> Result<HookRow, ReadError> {
    Ok(HookRow {
        id: row.id(HookId::from_bytes)?,
        bot: row.id(BotId::from_bytes)?,
        user_key: row.text()?,
        hook: row.text()?,
        headers: row.text()?,
        body: row.opt_bytes()?.unwrap_or_default(),
        owner: row.id(OwnerId::from_bytes)?,
        tries: row.int()?,
        next_at: row.int()?,
    })
}
