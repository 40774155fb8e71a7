//! Notes in which somebody is mentioned: what they were asked to look at.
//!
//! They are written with the note ([`Store::note_chat`]) and go with its conversation.

use crate::{
    AccountId, EndUserId, LineId, PATIENCE, ReadError, Store, StoreError, WorkspaceId,
    db::{Batch, Row},
};

statements! {
    ADD = "INSERT INTO mentions (workspace_id, account_id, line_id, end_user_id, seen) VALUES ($1, $2, $3, $4, 0)";
    LIST = "SELECT m.line_id, m.end_user_id, m.seen, l.at, l.by_id, l.data FROM mentions m
        JOIN chat_lines l ON l.end_user_id = m.end_user_id AND l.id = m.line_id
        WHERE m.workspace_id = $1 AND m.account_id = $2 AND m.line_id < $3 ORDER BY m.line_id DESC LIMIT $4";
    UNSEEN = "SELECT count(*) FROM mentions WHERE workspace_id = $1 AND account_id = $2 AND seen = 0";
    SEE = "UPDATE mentions SET seen = 1 WHERE workspace_id = $1 AND account_id = $2 AND line_id <= $3 AND seen = 0";
}

/// A note in which somebody is mentioned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MentionRow {
    /// The note.
    pub line: LineId,
    /// In whose conversation.
    pub end_user: EndUserId,
    /// Have they seen it?
    pub seen: bool,
    /// When it was written.
    pub at: i64,
    /// Who wrote it.
    pub by: Option<AccountId>,
    /// `{text, mentions}`, as JSON.
    pub data: String,
}

/// The batch with these mentions in it.
pub(crate) fn add_to(
    batch: Batch,
    (workspace, end_user): (WorkspaceId, EndUserId),
    line: LineId,
    mentioned: &[AccountId],
) -> Batch {
    mentioned.iter().fold(batch, |batch, account| {
        batch.then(ADD, vec![workspace.into(), (*account).into(), line.into(), end_user.into()])
    })
}

impl Store {
    /// What mentions somebody before this note, newest first.
    pub async fn mentions(
        &self,
        (workspace, account): (WorkspaceId, AccountId),
        before: Option<LineId>,
        limit: u32,
    ) -> Result<Vec<MentionRow>, ReadError> {
        let before = before.unwrap_or_else(|| LineId::from_bytes([0xff; 16]));
        let params = vec![workspace.into(), account.into(), before.into(), limit.into()];
        let read = |mut row: Row| {
            Ok(MentionRow {
                line: row.id(LineId::from_bytes)?,
                end_user: row.id(EndUserId::from_bytes)?,
                seen: row.int()? != 0,
                at: row.int()?,
                by: row.opt_id(AccountId::from_bytes)?,
                data: row.text()?,
            })
        };
        self.db.rows(LIST, params).await?.into_iter().map(read).collect()
    }

    /// How many of them they have not seen.
    pub async fn unseen_mentions(
        &self,
        workspace: WorkspaceId,
        account: AccountId,
    ) -> Result<i64, ReadError> {
        let params = vec![workspace.into(), account.into()];
        self.db.row(UNSEEN, params).await?.map_or(Ok(0), |mut row| row.int())
    }

    /// They have seen what mentions them up to this note.
    pub async fn see_mentions(
        &self,
        (workspace, account): (WorkspaceId, AccountId),
        up_to: LineId,
    ) -> Result<(), StoreError> {
        let params = vec![workspace.into(), account.into(), up_to.into()];
        Ok(self.db.commit(Batch::default().then(SEE, params), PATIENCE).await?)
    }
}
