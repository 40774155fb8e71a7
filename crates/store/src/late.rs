//! Answers that come later than the messenger waits (spec product.md K13).
//!
//! A row is written before a person is told to wait, so that a process that dies leaves a trace of what it owed. The
//! commit of the turn ends it, or turns it into something to be posted.

use crate::{
    BotId, EndUserId, OwnerId, PATIENCE, ReadError, Store, StoreError, TurnId, TurnKey, WorkspaceId,
    db::{Batch, Row},
};

/// Rows of dead processes that are taken over at once.
const MAX_LEFT: u32 = 500;

statements! {
    BEGIN = "INSERT INTO late_answers (turn_id, workspace_id, bot_id, platform, draft, user_key, owner, state,
        callback_url, expires_at, request_id, told, held, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, 'running', $8, $9, $10, $11, NULL, $12)";
    END = "DELETE FROM late_answers WHERE turn_id = $1";
    POST = "UPDATE late_answers SET state = 'posting', held = $2 WHERE turn_id = $1";
    LOSE = "UPDATE late_answers SET state = 'lost', callback_url = NULL WHERE turn_id = $1";
    KEEP = "UPDATE sessions SET state = $3, version = version + 1, updated_at = $4
        WHERE end_user_id = $1 AND version = $2";
    LEFT = "SELECT turn_id, workspace_id, bot_id, platform, draft, user_key, state, callback_url, expires_at, request_id,
        told, held, created_at FROM late_answers
        WHERE owner <> $1 AND state <> 'lost' AND expires_at < $2 ORDER BY turn_id LIMIT $3";
    OF_END_USER = "SELECT state FROM late_answers
        WHERE bot_id = $1 AND platform = $2 AND draft = $3 AND user_key = $4 ORDER BY turn_id DESC LIMIT 1";
    FORGET = "DELETE FROM late_answers WHERE state = 'lost' AND created_at < $1";
}

/// A turn that goes on after the person was told to wait.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewLate {
    /// The turn.
    pub turn: TurnId,
    /// Whose bot it is.
    pub workspace: WorkspaceId,
    /// The bot.
    pub bot: BotId,
    /// The channel.
    pub platform: String,
    /// Does the draft answer?
    pub draft: bool,
    /// What the channel calls the end user.
    pub user_key: String,
    /// The process that works on it.
    pub owner: OwnerId,
    /// Where the answer may be posted; `None` where the person fetches it.
    pub callback_url: Option<String>,
    /// When the turn must have ended and the address is good no longer.
    pub expires_at: i64,
    /// The channel's id of the request.
    pub request_id: Option<String>,
    /// What the person was told.
    pub told: String,
    /// Now.
    pub now_ms: i64,
}

/// What becomes of the row when the turn is committed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LateEnd {
    /// The answer is in the session.
    Kept(TurnId),
    /// The answer is to be posted; this is what is kept of it, as JSON.
    Post(TurnId, String),
}

/// How far a late answer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LateState {
    /// The turn runs.
    Running,
    /// The turn has ended; its answer is on its way.
    Posting,
    /// The process died; there will be no answer.
    Lost,
}

/// A late answer that a process left behind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LateRow {
    /// As it was written, but for its owner.
    pub begun: NewLate,
    /// How far it was.
    pub state: LateState,
    /// The answer, where the turn had ended.
    pub held: Option<String>,
}

impl LateState {
    fn of(name: &str) -> Self {
        match name {
            "running" => Self::Running,
            "posting" => Self::Posting,
            _ => Self::Lost,
        }
    }
}

impl Store {
    /// Writes that a turn goes on after its person was told to wait.
    pub async fn begin_late(&self, late: NewLate) -> Result<(), StoreError> {
        let params = vec![
            late.turn.into(),
            late.workspace.into(),
            late.bot.into(),
            late.platform.into(),
            late.draft.into(),
            late.user_key.into(),
            late.owner.into(),
            late.callback_url.into(),
            late.expires_at.into(),
            late.request_id.into(),
            late.told.into(),
            late.now_ms.into(),
        ];
        Ok(self.db.commit(Batch::default().then(BEGIN, params), PATIENCE).await?)
    }

    /// The answer is in the person's hands, or there is nobody left to tell.
    pub async fn end_late(&self, turn: TurnId) -> Result<(), StoreError> {
        Ok(self.db.commit(Batch::default().then(END, vec![turn.into()]), PATIENCE).await?)
    }

    /// There will be no answer; kept so that the person can be told when they ask for it.
    pub async fn lose_late(&self, turn: TurnId) -> Result<(), StoreError> {
        Ok(self.db.commit(Batch::default().then(LOSE, vec![turn.into()]), PATIENCE).await?)
    }

    /// Puts an answer that could not be delivered into the session, if that has not moved since.
    pub async fn keep_late(
        &self,
        turn: TurnId,
        end_user: EndUserId,
        expected_version: i64,
        state: String,
        now_ms: i64,
    ) -> Result<(), StoreError> {
        let batch = Batch::default()
            .guarded(
                "sessions",
                KEEP,
                vec![end_user.into(), expected_version.into(), state.into(), now_ms.into()],
            )
            .then(END, vec![turn.into()]);
        Ok(self.db.commit(batch, PATIENCE).await?)
    }

    /// How far the newest late answer of an end user is; `None` where none is owed.
    pub async fn late_of(&self, key: TurnKey<'_>) -> Result<Option<LateState>, ReadError> {
        let params = vec![key.bot.into(), key.platform.into(), key.draft.into(), key.user_key.into()];
        let Some(mut row) = self.db.row(OF_END_USER, params).await? else { return Ok(None) };
        Ok(Some(LateState::of(&row.text()?)))
    }

    /// What other processes left behind: late answers that should have come before this moment.
    pub async fn left_late(&self, owner: OwnerId, expired_before: i64) -> Result<Vec<LateRow>, ReadError> {
        let rows = self.db.rows(LEFT, vec![owner.into(), expired_before.into(), MAX_LEFT.into()]).await?;
        rows.into_iter().map(|row| left(row, owner)).collect()
    }

    /// Throws away what was lost before this moment.
    pub async fn forget_late(&self, before: i64) -> Result<(), StoreError> {
        Ok(self.db.commit(Batch::default().then(FORGET, vec![before.into()]), PATIENCE).await?)
    }
}

/// What a turn's commit does with the row of its late answer.
pub(crate) fn end(batch: Batch, end: LateEnd) -> Batch {
    match end {
        LateEnd::Kept(turn) => batch.then(END, vec![turn.into()]),
        LateEnd::Post(turn, held) => batch.then(POST, vec![turn.into(), held.into()]),
    }
}

fn left(mut row: Row, owner: OwnerId) -> Result<LateRow, ReadError> {
    let turn = row.id(TurnId::from_bytes)?;
    let workspace = row.id(WorkspaceId::from_bytes)?;
    let bot = row.id(BotId::from_bytes)?;
    let (platform, draft, user_key) = (row.text()?, row.truth()?, row.text()?);
    let state = LateState::of(&row.text()?);
    let callback_url = row.opt_text()?;
    let expires_at = row.int()?;
    let (request_id, told, held) = (row.opt_text()?, row.text()?, row.opt_text()?);
    let now_ms = row.int()?;
    let begun = NewLate {
        turn,
        workspace,
        bot,
        platform,
        draft,
        user_key,
        owner,
        callback_url,
        expires_at,
        request_id,
        told,
        now_ms,
    };
    Ok(LateRow { begun, state, held })
}
