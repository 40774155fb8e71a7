//! Messages through Kakao's Event API, and what became of them for each user.
//!
//! A push is written before Kakao is called, so that a process that dies leaves a trace of what it may have sent.

use crate::{
    BotId, PATIENCE, PushId, ReadError, Store, StoreError, WorkspaceId,
    db::{Batch, Row},
};

statements! {
    ADD = "INSERT INTO pushes (id, workspace_id, bot_id, event, task_id, state, message, users, check_at, created_at,
        updated_at) VALUES ($1, $2, $3, $4, NULL, 'sending', '', $5, NULL, $6, $6)";
    ADD_TARGET = "INSERT INTO push_targets (push_id, seq, user_type, user_key, state, error_type, error)
        VALUES ($1, $2, $3, $4, 'sending', NULL, NULL)";
    SETTLE = "UPDATE pushes SET task_id = coalesce($2, task_id), state = $3, message = $4, check_at = $5, updated_at = $6
        WHERE id = $1 AND state IN ('sending', 'open')";
    SETTLE_ALL = "UPDATE push_targets SET state = $2, error = $3 WHERE push_id = $1 AND state IN ('sending', 'accepted')";
    SETTLE_ONE = "UPDATE push_targets SET state = $3, error_type = $4, error = $5 WHERE push_id = $1 AND seq = $2";
    OF_BOT = "SELECT id, workspace_id, bot_id, event, task_id, state, message, users, check_at, created_at, updated_at
        FROM pushes WHERE bot_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3";
    DUE = "SELECT id, workspace_id, bot_id, event, task_id, state, message, users, check_at, created_at, updated_at
        FROM pushes WHERE check_at IS NOT NULL AND check_at <= $1 ORDER BY check_at LIMIT $2";
    TARGETS = "SELECT seq, user_type, user_key, state, error_type, error FROM push_targets
        WHERE push_id = $1 ORDER BY seq";
    PRUNE = "DELETE FROM pushes WHERE id < $1";
    PRUNE_TARGETS = "DELETE FROM push_targets WHERE push_id < $1";
}

/// A call that is about to be made.
#[derive(Debug, Clone)]
pub struct NewPush {
    /// Its id.
    pub id: PushId,
    /// Whose bot it is.
    pub workspace: WorkspaceId,
    /// The bot.
    pub bot: BotId,
    /// The event.
    pub event: String,
    /// Kinds and keys of the users.
    pub targets: Vec<(&'static str, String)>,
    /// Now.
    pub now_ms: i64,
}

/// What became of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PushState {
    /// It is being made, or was when its process died.
    Sending,
    /// Kakao has taken it; results are asked for.
    Open,
    /// The results are there.
    Done,
    /// Kakao did not take it.
    Refused,
    /// Nobody knows whether Kakao took it.
    Unknown,
    /// The results did not come in time.
    Expired,
}

/// What became of a user's message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TargetState {
    /// The call is being made.
    Sending,
    /// Kakao has taken it.
    Accepted,
    /// It was sent.
    Sent,
    /// It was not.
    Failed,
    /// Kakao does not say.
    Unknown,
}

/// A call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PushRow {
    /// Its id.
    pub id: PushId,
    /// Whose bot it is.
    pub workspace: WorkspaceId,
    /// The bot.
    pub bot: BotId,
    /// The event.
    pub event: String,
    /// Kakao's name of it.
    pub task_id: Option<String>,
    /// What became of it.
    pub state: PushState,
    /// What Kakao said, or why it was not asked.
    pub message: String,
    /// How many users it named.
    pub users: i64,
    /// When its results are asked for next.
    pub check_at: Option<i64>,
    /// When it was made.
    pub created_at: i64,
    /// When it last changed.
    pub updated_at: i64,
}

/// A user of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PushTargetRow {
    /// Its place in the call.
    pub seq: i64,
    /// What kind of key it is.
    pub user_type: String,
    /// The key.
    pub user_key: String,
    /// What became of it.
    pub state: TargetState,
    /// Kakao's number of the failure.
    pub error_type: Option<i64>,
    /// Kakao's words about it, or ours.
    pub error: Option<String>,
}

/// How a call goes on.
#[derive(Debug, Clone)]
pub struct PushStep {
    /// Kakao's name of it, where that is new.
    pub task_id: Option<String>,
    /// What became of it.
    pub state: PushState,
    /// What Kakao said.
    pub message: String,
    /// When its results are asked for next.
    pub check_at: Option<i64>,
    /// What is true of all users that are not settled yet: state and error.
    pub all: Option<(TargetState, Option<String>)>,
    /// What is true of single users, by their place.
    pub each: Vec<PushTargetRow>,
}

impl Store {
    /// Writes a call that is about to be made.
    pub async fn add_push(&self, push: NewPush) -> Result<(), StoreError> {
        let users = push.targets.len() as i64;
        let params = vec![
            push.id.into(),
            push.workspace.into(),
            push.bot.into(),
            push.event.into(),
            users.into(),
            push.now_ms.into(),
        ];
        let mut batch = Batch::default().then(ADD, params);
        for (seq, (kind, key)) in (0_i64..).zip(push.targets) {
            batch = batch.then(ADD_TARGET, vec![push.id.into(), seq.into(), kind.into(), key.into()]);
        }
        Ok(self.db.commit(batch, PATIENCE).await?)
    }

    /// Writes how a call goes on. One that is settled stays as it is: the error is then `Stale`.
    pub async fn step_push(&self, id: PushId, step: PushStep, now_ms: i64) -> Result<(), StoreError> {
        let params = vec![
            id.into(),
            step.task_id.into(),
            step.state.name().into(),
            step.message.into(),
            step.check_at.into(),
            now_ms.into(),
        ];
        let mut batch = Batch::default().guarded("pushes", SETTLE, params);
        if let Some((state, error)) = step.all {
            batch = batch.then(SETTLE_ALL, vec![id.into(), state.name().into(), error.into()]);
        }
        for target in step.each {
            let params = vec![
                id.into(),
                target.seq.into(),
                target.state.name().into(),
                target.error_type.into(),
                target.error.into(),
            ];
            batch = batch.then(SETTLE_ONE, params);
        }
        Ok(self.db.commit(batch, PATIENCE).await?)
    }

    /// The calls of a bot before this one, newest first.
    pub async fn pushes(
        &self,
        bot: BotId,
        limit: u32,
        before: Option<PushId>,
    ) -> Result<Vec<PushRow>, ReadError> {
        let before = before.unwrap_or_else(|| PushId::from_bytes([255; 16]));
        let rows = self.db.rows(OF_BOT, vec![bot.into(), before.into(), limit.into()]).await?;
        rows.into_iter().map(push).collect()
    }

    /// The calls whose results are to be asked for by now.
    pub async fn pushes_due(&self, now_ms: i64, limit: u32) -> Result<Vec<PushRow>, ReadError> {
        let rows = self.db.rows(DUE, vec![now_ms.into(), limit.into()]).await?;
        rows.into_iter().map(push).collect()
    }

    /// The users of a call, in its order.
    pub async fn push_targets(&self, id: PushId) -> Result<Vec<PushTargetRow>, ReadError> {
        let rows = self.db.rows(TARGETS, vec![id.into()]).await?;
        rows.into_iter()
            .map(|mut row| {
                Ok(PushTargetRow {
                    seq: row.int()?,
                    user_type: row.text()?,
                    user_key: row.text()?,
                    state: TargetState::from_name(&row.text()?),
                    error_type: row.opt_int()?,
                    error: row.opt_text()?,
                })
            })
            .collect()
    }

    /// Throws away calls that are older, with their users.
    pub async fn prune_pushes(&self, older_than_ms: i64) -> Result<(), StoreError> {
        let oldest = PushId::new(older_than_ms, 0);
        let batch =
            Batch::default().then(PRUNE, vec![oldest.into()]).then(PRUNE_TARGETS, vec![oldest.into()]);
        Ok(self.db.commit(batch, PATIENCE).await?)
    }
}

fn push(mut row: Row) -> Result<PushRow, ReadError> {
    Ok(PushRow {
        id: row.id(PushId::from_bytes)?,
        workspace: row.id(WorkspaceId::from_bytes)?,
        bot: row.id(BotId::from_bytes)?,
        event: row.text()?,
        task_id: row.opt_text()?,
        state: PushState::from_name(&row.text()?),
        message: row.text()?,
        users: row.int()?,
        check_at: row.opt_int()?,
        created_at: row.int()?,
        updated_at: row.int()?,
    })
}

impl PushState {
    const ALL: [Self; 6] =
        [Self::Sending, Self::Open, Self::Done, Self::Refused, Self::Unknown, Self::Expired];

    /// As it is stored.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sending => "sending",
            Self::Open => "open",
            Self::Done => "done",
            Self::Refused => "refused",
            Self::Unknown => "unknown",
            Self::Expired => "expired",
        }
    }

    /// A word that this program does not know says nothing about the call.
    fn from_name(name: &str) -> Self {
        Self::ALL.into_iter().find(|state| state.name() == name).unwrap_or(Self::Unknown)
    }
}

impl TargetState {
    const ALL: [Self; 5] = [Self::Sending, Self::Accepted, Self::Sent, Self::Failed, Self::Unknown];

    /// As it is stored.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sending => "sending",
            Self::Accepted => "accepted",
            Self::Sent => "sent",
            Self::Failed => "failed",
            Self::Unknown => "unknown",
        }
    }

    fn from_name(name: &str) -> Self {
        Self::ALL.into_iter().find(|state| state.name() == name).unwrap_or(Self::Unknown)
    }
}
