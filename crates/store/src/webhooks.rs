//! Webhooks: where a bot's business is told what happens, how far each has been told, and what came of each try.

use crate::{
    BotId, DeliveryId, PATIENCE, ReadError, Store, StoreError, WebhookId, WorkspaceId,
    db::{Batch, CommitError, Row},
};

statements! {
    LIST = "SELECT id, workspace_id, bot_id, name, url, enabled, events, signing, after_seq, tries, due_at, why, created_at
        FROM webhooks WHERE bot_id = $1 ORDER BY id";
    ADD = "INSERT INTO webhooks (id, workspace_id, bot_id, name, url, enabled, events, signing, after_seq, tries, due_at,
        why, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8,
        COALESCE((SELECT last FROM live_counters WHERE workspace_id = $2), 0), 0, 0, NULL, $9)";
    CHANGE = "UPDATE webhooks SET name = $3, url = $4, enabled = $5, events = $6, signing = $7, tries = 0, due_at = 0,
        why = NULL WHERE workspace_id = $1 AND id = $2";
    REMOVE = "DELETE FROM webhooks WHERE workspace_id = $1 AND id = $2";
    REMOVE_TRIES = "DELETE FROM webhook_tries WHERE webhook_id = $1";
    DUE = "SELECT w.id, w.workspace_id, w.bot_id, w.name, w.url, w.enabled, w.events, w.signing, w.after_seq, w.tries,
        w.due_at, w.why, w.created_at FROM webhooks w
        JOIN live_counters c ON c.workspace_id = w.workspace_id AND c.last > w.after_seq
        WHERE w.enabled = 1 AND w.due_at <= $1 ORDER BY w.due_at, w.id LIMIT $2";
    CLAIM = "UPDATE webhooks SET due_at = $3 WHERE id = $1 AND due_at = $2 AND enabled = 1";
    TOLD = "UPDATE webhooks SET after_seq = $2, tries = 0, due_at = 0 WHERE id = $1 AND after_seq < $2";
    FAILED = "UPDATE webhooks SET tries = $2, due_at = $3, enabled = $4, why = $5 WHERE id = $1 AND enabled = 1";
    ADD_TRY = "INSERT INTO webhook_tries (webhook_id, id, events, first_seq, last_seq, error, took_ms)
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    PRUNE_TRIES = "DELETE FROM webhook_tries WHERE webhook_id = $1 AND id < $2";
    TRIES = "SELECT id, events, first_seq, last_seq, error, took_ms FROM webhook_tries WHERE webhook_id = $1
        ORDER BY id DESC LIMIT $2";
}

/// A webhook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebhookRow {
    /// Its id.
    pub id: WebhookId,
    /// Whose bot it is.
    pub workspace: WorkspaceId,
    /// The bot.
    pub bot: BotId,
    /// What people call it.
    pub name: String,
    /// Where it is posted to.
    pub url: String,
    /// Is it on?
    pub enabled: bool,
    /// The events that are wanted, as JSON.
    pub events: String,
    /// What deliveries are signed with, as JSON.
    pub signing: String,
    /// The last event that was told or not wanted.
    pub after_seq: i64,
    /// Failed tries of what is to be told now.
    pub tries: i64,
    /// When the next try is due; 0 where nothing failed.
    pub due_at: i64,
    /// Why it was switched off by itself.
    pub why: Option<String>,
    /// When it was made.
    pub created_at: i64,
}

/// A try to deliver; it was made when its id was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryRow {
    /// Its id.
    pub id: DeliveryId,
    /// How many events it had.
    pub events: i64,
    /// The first of them.
    pub first_seq: i64,
    /// The last of them.
    pub last_seq: i64,
    /// Why it failed.
    pub error: Option<String>,
    /// How long it took.
    pub took_ms: i64,
}

/// What becomes of a webhook after a try that failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AfterFailure {
    /// It is tried again at this moment.
    Again(i64),
    /// It is switched off, for this reason.
    Off(String),
}

impl Store {
    /// The webhooks of a bot.
    pub async fn webhooks(&self, bot: BotId) -> Result<Vec<WebhookRow>, ReadError> {
        self.db.rows(LIST, vec![bot.into()]).await?.into_iter().map(webhook).collect()
    }

    /// Adds one; it is told what happens from now on.
    pub async fn add_webhook(&self, row: WebhookRow) -> Result<(), StoreError> {
        let params = vec![
            row.id.into(),
            row.workspace.into(),
            row.bot.into(),
            row.name.into(),
            row.url.into(),
            row.enabled.into(),
            row.events.into(),
            row.signing.into(),
            row.created_at.into(),
        ];
        Ok(self.commit(Batch::default().then(ADD, params)).await?)
    }

    /// Changes one, and tries again what could not be delivered.
    pub async fn change_webhook(&self, row: WebhookRow) -> Result<(), StoreError> {
        let params = vec![
            row.workspace.into(),
            row.id.into(),
            row.name.into(),
            row.url.into(),
            row.enabled.into(),
            row.events.into(),
            row.signing.into(),
        ];
        Ok(self.commit(Batch::default().guarded("webhooks", CHANGE, params)).await?)
    }

    /// Removes one, and what is known of its deliveries.
    pub async fn remove_webhook(&self, workspace: WorkspaceId, id: WebhookId) -> Result<(), StoreError> {
        let batch = Batch::default()
            .guarded("webhooks", REMOVE, vec![workspace.into(), id.into()])
            .then(REMOVE_TRIES, vec![id.into()]);
        Ok(self.commit(batch).await?)
    }

    /// Webhooks that are on, that something has happened for, and that need not wait.
    pub async fn webhooks_due(&self, now_ms: i64, limit: u32) -> Result<Vec<WebhookRow>, ReadError> {
        self.db.rows(DUE, vec![now_ms.into(), limit.into()]).await?.into_iter().map(webhook).collect()
    }

    /// Keeps others from telling it until a moment; `false` where somebody was first.
    pub async fn claim_webhook(&self, row: &WebhookRow, until_ms: i64) -> Result<bool, StoreError> {
        let params = vec![row.id.into(), row.due_at.into(), until_ms.into()];
        let batch = Batch::default().guarded("webhooks", CLAIM, params);
        match self.db.commit(batch, PATIENCE).await {
            Ok(()) => Ok(true),
            Err(CommitError::Stale { .. }) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// It was told up to this number, by a delivery where there was something to be told. Tries from before a moment are
    /// thrown away.
    pub async fn webhook_told(
        &self,
        id: WebhookId,
        up_to: i64,
        delivery: Option<DeliveryRow>,
        keep_since_ms: i64,
    ) -> Result<(), StoreError> {
        let batch = Batch::default().then(TOLD, vec![id.into(), up_to.into()]);
        Ok(self.commit(tried(batch, id, delivery, keep_since_ms)).await?)
    }

    /// A delivery failed for the n-th time.
    pub async fn webhook_failed(
        &self,
        id: WebhookId,
        tries: i64,
        after: AfterFailure,
        delivery: DeliveryRow,
    ) -> Result<(), StoreError> {
        let (due_at, enabled, why) = match after {
            AfterFailure::Again(at) => (at, true, None),
            AfterFailure::Off(why) => (0, false, Some(why)),
        };
        let params = vec![id.into(), tries.into(), due_at.into(), enabled.into(), why.into()];
        let batch = Batch::default().then(FAILED, params);
        Ok(self.commit(tried(batch, id, Some(delivery), 0)).await?)
    }

    /// The newest tries of a webhook.
    pub async fn deliveries(&self, id: WebhookId, limit: u32) -> Result<Vec<DeliveryRow>, ReadError> {
        let read = |mut row: Row| {
            Ok(DeliveryRow {
                id: row.id(DeliveryId::from_bytes)?,
                events: row.int()?,
                first_seq: row.int()?,
                last_seq: row.int()?,
                error: row.opt_text()?,
                took_ms: row.int()?,
            })
        };
        self.db.rows(TRIES, vec![id.into(), limit.into()]).await?.into_iter().map(read).collect()
    }
}

fn tried(batch: Batch, id: WebhookId, delivery: Option<DeliveryRow>, keep_since_ms: i64) -> Batch {
    let Some(row) = delivery else { return batch };
    let params = vec![
        id.into(),
        row.id.into(),
        row.events.into(),
        row.first_seq.into(),
        row.last_seq.into(),
        row.error.into(),
        row.took_ms.into(),
    ];
    batch.then(ADD_TRY, params).then(PRUNE_TRIES, vec![id.into(), DeliveryId::new(keep_since_ms, 0).into()])
}

fn webhook(mut row: Row) -> Result<WebhookRow, ReadError> {
    Ok(WebhookRow {
        id: row.id(WebhookId::from_bytes)?,
        workspace: row.id(WorkspaceId::from_bytes)?,
        bot: row.id(BotId::from_bytes)?,
        name: row.text()?,
        url: row.text()?,
        enabled: row.int()? != 0,
        events: row.text()?,
        signing: row.text()?,
        after_seq: row.int()?,
        tries: row.int()?,
        due_at: row.int()?,
        why: row.opt_text()?,
        created_at: row.int()?,
    })
}
