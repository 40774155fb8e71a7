//! What consoles see happen: events numbered per workspace, in the order in which they were committed.
//!
//! They are added at the end of the batch that they tell of ([`add`]), so they are there exactly when it is; the counter's
//! row is held for the rest of that batch alone.

use crate::{EndUserId, PATIENCE, ReadError, Store, StoreError, WorkspaceId, db::Batch};

statements! {
    COUNT = "INSERT INTO live_counters (workspace_id, last) VALUES ($1, $2)
        ON CONFLICT (workspace_id) DO UPDATE SET last = live_counters.last + excluded.last";
    ADD = "INSERT INTO live_events (workspace_id, seq, at, kind, end_user_id, message_seq, data)
        SELECT workspace_id, last - $2, $3, $4, $5, $6, $7 FROM live_counters WHERE workspace_id = $1";
    LAST = "SELECT last FROM live_counters WHERE workspace_id = $1";
    AFTER = "SELECT e.seq, e.at, e.kind, e.end_user_id, e.message_seq, e.data, m.is_user, m.sender, m.data, m.created_at,
        m.id, s.client_id, s.author_id
        FROM live_events e
        LEFT JOIN messages m ON m.end_user_id = e.end_user_id AND m.seq = e.message_seq
        LEFT JOIN sends s ON s.end_user_id = e.end_user_id AND s.seq = e.message_seq
        WHERE e.workspace_id = $1 AND e.seq > $2 ORDER BY e.seq LIMIT $3";
    PRUNE = "DELETE FROM live_events WHERE at < $1";
}

/// Something that happens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewLive {
    /// What: `message`, `chat`, `line`, …
    pub kind: &'static str,
    /// In whose conversation.
    pub end_user: Option<EndUserId>,
    /// The message's number.
    pub message: Option<i64>,
    /// More about it, as JSON.
    pub data: String,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LiveRow {
    /// Its number.
    pub seq: i64,
    /// When.
    pub at: i64,
    /// What.
    pub kind: String,
    /// In whose conversation.
    pub end_user: Option<EndUserId>,
    /// More about it, as JSON.
    pub data: String,
    /// What was said.
    pub message: Option<crate::ThreadMessage>,
}

/// Adds events to a batch. They must be its last statements.
pub(crate) fn add(mut batch: Batch, workspace: WorkspaceId, events: Vec<NewLive>, now_ms: i64) -> Batch {
    if events.is_empty() {
        return batch;
    }
    let count = events.len() as i64;
    batch = batch.then(COUNT, vec![workspace.into(), count.into()]);
    for (at, event) in events.into_iter().enumerate() {
        batch = batch.then(
            ADD,
            vec![
                workspace.into(),
                (count - 1 - at as i64).into(),
                now_ms.into(),
                event.kind.into(),
                event.end_user.into(),
                event.message.into(),
                event.data.into(),
            ],
        );
    }
    batch
}

impl Store {
    /// The number of the last event of a workspace; 0 where nothing happened yet.
    pub async fn last_live(&self, workspace: WorkspaceId) -> Result<i64, ReadError> {
        self.db.row(LAST, vec![workspace.into()]).await?.map_or(Ok(0), |mut row| row.int())
    }

    /// The events of a workspace after this number, in order, with what was said in them.
    pub async fn live_after(
        &self,
        workspace: WorkspaceId,
        after: i64,
        limit: u32,
    ) -> Result<Vec<LiveRow>, ReadError> {
        let rows = self.db.rows(AFTER, vec![workspace.into(), after.into(), limit.into()]).await?;
        rows.into_iter()
            .map(|mut row| {
                let (seq, at, kind) = (row.int()?, row.int()?, row.text()?);
                let end_user = row.opt_id(EndUserId::from_bytes)?;
                let message_seq = row.opt_int()?;
                let data = row.text()?;
                let message = match (message_seq, row.opt_int()?) {
                    (Some(seq), Some(is_user)) => Some(crate::ThreadMessage {
                        seq,
                        is_user: is_user != 0,
                        sender: row.text()?,
                        data: row.text()?,
                        at: row.int()?,
                        id: row.id(crate::MessageId::from_bytes)?,
                        client_id: row.opt_text()?,
                        author: row.opt_id(crate::AccountId::from_bytes)?,
                    }),
                    _ => None,
                };
                Ok(LiveRow { seq, at, kind, end_user, data, message })
            })
            .collect()
    }

    /// Something happens that no other change is stored for.
    pub async fn tell_live(
        &self,
        workspace: WorkspaceId,
        events: Vec<NewLive>,
        now_ms: i64,
    ) -> Result<(), StoreError> {
        Ok(self.db.commit(add(Batch::default(), workspace, events, now_ms), PATIENCE).await?)
    }

    /// Throws away events from before this moment. Who was away for longer reads the lists anew.
    pub async fn prune_live(&self, before_ms: i64) -> Result<(), StoreError> {
        Ok(self.db.commit(Batch::default().then(PRUNE, vec![before_ms.into()]), PATIENCE).await?)
    }
}
