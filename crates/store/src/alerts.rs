//! Alerts: when a bot's owner wants to be told, what was told, and who has seen it.
//!
//! A bot has one open alert of a kind: a unique index sees to it, whoever of several processes finds it first. What is to
//! be told outside is written with the alert and claimed before it is sent.

use crate::{
    AccountId, AlertId, BotId, PATIENCE, ReadError, Store, StoreError, WorkspaceId,
    accounts::worked,
    db::{Batch, CommitError, Row},
};

statements! {
    RULES = "SELECT bot_id, workspace_id, rules FROM alert_rules WHERE bot_id = $1";
    ALL_RULES = "SELECT r.bot_id, r.workspace_id, r.rules FROM alert_rules r
        JOIN bots b ON b.id = r.bot_id AND b.deleted_at IS NULL WHERE r.bot_id > $1 ORDER BY r.bot_id LIMIT $2";
    SET_RULES = "INSERT INTO alert_rules (bot_id, workspace_id, rules, updated_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (bot_id) DO UPDATE SET rules = excluded.rules, updated_at = excluded.updated_at";
    ADD = "INSERT INTO alerts (workspace_id, id, bot_id, kind, amount, threshold, minutes, tell_at, told)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '{}')";
    OPEN = "SELECT workspace_id, id, bot_id, kind, amount, threshold, minutes, ended_at, told FROM alerts
        WHERE bot_id = $1 AND ended_at IS NULL";
    OPEN_BOTS = "SELECT DISTINCT bot_id FROM alerts WHERE ended_at IS NULL";
    RAISE = "UPDATE alerts SET amount = $3 WHERE workspace_id = $1 AND id = $2 AND amount < $3";
    END = "UPDATE alerts SET ended_at = $3 WHERE workspace_id = $1 AND id = $2 AND ended_at IS NULL";
    LIST = "SELECT workspace_id, id, bot_id, kind, amount, threshold, minutes, ended_at, told FROM alerts
        WHERE workspace_id = $1 AND id < $2 AND (CAST($4 AS BIGINT) = 0 OR bot_id = $5) ORDER BY id DESC LIMIT $3";
    DUE = "SELECT workspace_id, id, bot_id, kind, amount, threshold, minutes, ended_at, told FROM alerts
        WHERE tell_at > 0 AND tell_at <= $1 ORDER BY tell_at LIMIT 20";
    CLAIM = "UPDATE alerts SET tell_at = $4 WHERE workspace_id = $1 AND id = $2 AND tell_at > 0 AND tell_at <= $3";
    TOLD = "UPDATE alerts SET tell_at = $3, told = $4 WHERE workspace_id = $1 AND id = $2";
    UNREAD = "SELECT count(*) FROM alerts a WHERE a.workspace_id = $1 AND NOT EXISTS (SELECT 1 FROM alert_reads r
        WHERE r.workspace_id = a.workspace_id AND r.account_id = $2 AND r.up_to >= a.id)";
    READ = "INSERT INTO alert_reads (workspace_id, account_id, up_to) VALUES ($1, $2, $3)
        ON CONFLICT (workspace_id, account_id) DO UPDATE SET
        up_to = CASE WHEN alert_reads.up_to > excluded.up_to THEN alert_reads.up_to ELSE excluded.up_to END";
    READ_UP_TO = "SELECT up_to FROM alert_reads WHERE workspace_id = $1 AND account_id = $2";
    PRUNE = "DELETE FROM alerts WHERE id < $1";
}

/// The rules of a bot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RulesRow {
    /// The bot.
    pub bot: BotId,
    /// Whose it is.
    pub workspace: WorkspaceId,
    /// Thresholds and where to tell, as JSON.
    pub rules: String,
}

/// An alert to be opened.
#[derive(Debug, Clone)]
pub struct NewAlert {
    /// Its id.
    pub id: AlertId,
    /// Whose bot it is.
    pub workspace: WorkspaceId,
    /// The bot.
    pub bot: BotId,
    /// `errors`, `slow`, `cuts` or `silent`.
    pub kind: &'static str,
    /// How much was found.
    pub amount: i64,
    /// … and how much was too much.
    pub threshold: i64,
    /// In how many minutes.
    pub minutes: i64,
    /// When it is told outside; 0 where it is not.
    pub tell_at: i64,
}

/// An alert.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlertRow {
    /// Whose bot it is.
    pub workspace: WorkspaceId,
    /// Its id; it was opened when its id was made.
    pub id: AlertId,
    /// The bot.
    pub bot: BotId,
    /// `errors`, `slow`, `cuts` or `silent`.
    pub kind: String,
    /// How much was found, at most.
    pub amount: i64,
    /// … and how much was too much.
    pub threshold: i64,
    /// In how many minutes.
    pub minutes: i64,
    /// When things were well again.
    pub ended_at: Option<i64>,
    /// What became of telling it outside, as JSON.
    pub told: String,
}

impl Store {
    /// The rules of a bot, where it has its own.
    pub async fn alert_rules(&self, bot: BotId) -> Result<Option<RulesRow>, ReadError> {
        self.db.report(RULES, vec![bot.into()]).await?.into_iter().next().map(rules).transpose()
    }

    /// The rules of all bots after this one, in the order of their ids.
    pub async fn all_alert_rules(
        &self,
        after: Option<BotId>,
        limit: u32,
    ) -> Result<Vec<RulesRow>, ReadError> {
        let after = after.unwrap_or_else(|| BotId::from_bytes([0; 16]));
        self.db.report(ALL_RULES, vec![after.into(), limit.into()]).await?.into_iter().map(rules).collect()
    }

    /// Sets the rules of a bot.
    pub async fn set_alert_rules(&self, row: RulesRow, now_ms: i64) -> Result<(), StoreError> {
        let params = vec![row.bot.into(), row.workspace.into(), row.rules.into(), now_ms.into()];
        Ok(self.commit(Batch::default().then(SET_RULES, params)).await?)
    }

    /// Opens an alert; `false` where the bot has an open one of this kind.
    pub async fn open_alert(&self, new: NewAlert) -> Result<bool, StoreError> {
        let params = vec![
            new.workspace.into(),
            new.id.into(),
            new.bot.into(),
            new.kind.into(),
            new.amount.into(),
            new.threshold.into(),
            new.minutes.into(),
            new.tell_at.into(),
        ];
        match self.db.commit(Batch::default().then(ADD, params), PATIENCE).await {
            Ok(()) => Ok(true),
            Err(CommitError::Duplicate { .. }) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// The open alerts of a bot.
    pub async fn open_alerts(&self, bot: BotId) -> Result<Vec<AlertRow>, ReadError> {
        self.db.report(OPEN, vec![bot.into()]).await?.into_iter().map(alert).collect()
    }

    /// The bots that have open alerts.
    pub async fn bots_with_open_alerts(&self) -> Result<Vec<BotId>, ReadError> {
        let rows = self.db.report(OPEN_BOTS, Vec::new()).await?;
        rows.into_iter().map(|mut row| row.id(BotId::from_bytes)).collect()
    }

    /// More was found.
    pub async fn raise_alert(
        &self,
        workspace: WorkspaceId,
        id: AlertId,
        amount: i64,
    ) -> Result<(), StoreError> {
        let params = vec![workspace.into(), id.into(), amount.into()];
        Ok(self.db.commit(Batch::default().then(RAISE, params), PATIENCE).await?)
    }

    /// Things are well again.
    pub async fn end_alert(
        &self,
        workspace: WorkspaceId,
        id: AlertId,
        now_ms: i64,
    ) -> Result<(), StoreError> {
        let params = vec![workspace.into(), id.into(), now_ms.into()];
        Ok(self.db.commit(Batch::default().then(END, params), PATIENCE).await?)
    }

    /// Alerts of a workspace before this one, newest first; of one bot or of all.
    pub async fn alerts(
        &self,
        workspace: WorkspaceId,
        bot: Option<BotId>,
        before: Option<AlertId>,
        limit: u32,
    ) -> Result<Vec<AlertRow>, ReadError> {
        let params = vec![
            workspace.into(),
            before.unwrap_or(AlertId::MAX).into(),
            limit.into(),
            bot.is_some().into(),
            bot.unwrap_or(BotId::MAX).into(),
        ];
        self.db.report(LIST, params).await?.into_iter().map(alert).collect()
    }

    /// Alerts that are to be told outside now.
    pub async fn alerts_to_tell(&self, now_ms: i64) -> Result<Vec<AlertRow>, ReadError> {
        self.db.report(DUE, vec![now_ms.into()]).await?.into_iter().map(alert).collect()
    }

    /// Takes an alert on oneself to tell it; `false` where somebody else has. It is due again at `again_at` unless
    /// [`Store::alert_told`] says otherwise.
    pub async fn claim_alert(
        &self,
        workspace: WorkspaceId,
        id: AlertId,
        now_ms: i64,
        again_at: i64,
    ) -> Result<bool, StoreError> {
        let params = vec![workspace.into(), id.into(), now_ms.into(), again_at.into()];
        let batch = Batch::default().guarded("alerts", CLAIM, params);
        worked(self.db.commit(batch, PATIENCE).await)
    }

    /// What became of telling it, as JSON, and when it is tried again (0: not any more).
    pub async fn alert_told(
        &self,
        workspace: WorkspaceId,
        id: AlertId,
        again_at: i64,
        told: &str,
    ) -> Result<(), StoreError> {
        let params = vec![workspace.into(), id.into(), again_at.into(), told.into()];
        Ok(self.db.commit(Batch::default().then(TOLD, params), PATIENCE).await?)
    }

    /// How many alerts somebody has not seen.
    pub async fn unread_alerts(&self, workspace: WorkspaceId, account: AccountId) -> Result<i64, ReadError> {
        let rows = self.db.report(UNREAD, vec![workspace.into(), account.into()]).await?;
        rows.into_iter().next().map_or(Ok(0), |mut row| row.int())
    }

    /// Up to which alert somebody has seen them.
    pub async fn alerts_read_up_to(
        &self,
        workspace: WorkspaceId,
        account: AccountId,
    ) -> Result<Option<AlertId>, ReadError> {
        let rows = self.db.report(READ_UP_TO, vec![workspace.into(), account.into()]).await?;
        rows.into_iter().next().map(|mut row| row.id(AlertId::from_bytes)).transpose()
    }

    /// Somebody has seen all alerts up to this one.
    pub async fn read_alerts(
        &self,
        workspace: WorkspaceId,
        account: AccountId,
        up_to: AlertId,
    ) -> Result<(), StoreError> {
        let params = vec![workspace.into(), account.into(), up_to.into()];
        Ok(self.db.commit(Batch::default().then(READ, params), PATIENCE).await?)
    }

    /// Throws old alerts away.
    pub async fn prune_alerts(&self, older_than_ms: i64) -> Result<(), StoreError> {
        let params = vec![AlertId::new(older_than_ms, 0).into()];
        Ok(self.db.commit(Batch::default().then(PRUNE, params), PATIENCE).await?)
    }
}

fn rules(mut row: Row) -> Result<RulesRow, ReadError> {
    Ok(RulesRow {
        bot: row.id(BotId::from_bytes)?,
        workspace: row.id(WorkspaceId::from_bytes)?,
        rules: row.text()?,
    })
}

fn alert(mut row: Row) -> Result<AlertRow, ReadError> {
    Ok(AlertRow {
        workspace: row.id(WorkspaceId::from_bytes)?,
        id: row.id(AlertId::from_bytes)?,
        bot: row.id(BotId::from_bytes)?,
        kind: row.text()?,
        amount: row.int()?,
        threshold: row.int()?,
        minutes: row.int()?,
        ended_at: row.opt_int()?,
        told: row.text()?,
    })
}
