//! The index of words over conversations: which pairs of letters (`livechat::words`) stand in what customers and agents said.
//!
//! This crate knows numbers alone: who indexes reads what was said, makes pairs of it and stores them together with how far
//! they go ([`Store::index_chat`]). The guard is that the chat is still indexed as far as was read: nobody's words come
//! back after they were erased.

use std::sync::LazyLock;

use crate::{
    EndUserId, PATIENCE, ReadError, Store, StoreError, WorkspaceId,
    db::{Batch, CommitError},
    grams,
};

/// Pairs that are counted at most to say how rare one is.
const COUNTED: i64 = 2_000;

statements! {
    UNINDEXED = "SELECT workspace_id, end_user_id, indexed, last_seq, name, phone, email, user_key FROM chats
        WHERE indexed < last_seq ORDER BY end_user_id LIMIT $1";
    SAID = "SELECT seq, COALESCE(masked, data) FROM messages
        WHERE end_user_id = $1 AND seq > $2 AND sender <> 'bot' ORDER BY seq LIMIT $3";
    SAID_BEFORE = "SELECT seq, COALESCE(masked, data) FROM messages
        WHERE end_user_id = $1 AND seq < $2 AND sender <> 'bot' ORDER BY seq DESC LIMIT $3";
    MOVE = "UPDATE chats SET indexed = $3 WHERE end_user_id = $1 AND indexed = $2";
    ADD = "INSERT INTO chat_grams (end_user_id, gram, workspace_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    COUNT = "SELECT count(*) FROM (SELECT 1 FROM chat_grams WHERE workspace_id = $1 AND gram >= $2 AND gram <= $3
        LIMIT $4) AS few";
}

/// A conversation whose newest words are not in the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnindexedRow {
    /// The workspace.
    pub workspace: WorkspaceId,
    /// Whose it is.
    pub end_user: EndUserId,
    /// The number of the last message whose words are in it; below -1 where the names are not, either.
    pub indexed: i64,
    /// The number of the last message.
    pub last_seq: i64,
    /// Name, telephone number, e-mail address, user key.
    pub names: [String; 4],
}

/// Something that a customer or an agent said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaidRow {
    /// Its number in the thread.
    pub seq: i64,
    /// The message as JSON; masked where it is to be.
    pub data: String,
}

/// Adds pairs to the index; those that are there stay.
pub(crate) fn add_grams(batch: Batch, workspace: WorkspaceId, end_user: EndUserId, pairs: &[i64]) -> Batch {
    static TEXT: LazyLock<String> = LazyLock::new(|| grams::several(ADD));
    grams::add(batch, &TEXT, (end_user.into(), workspace), pairs)
}

impl Store {
    /// Conversations of all workspaces whose newest words are not in the index.
    pub async fn unindexed_chats(&self, limit: u32) -> Result<Vec<UnindexedRow>, ReadError> {
        let rows = self.db.report(UNINDEXED, vec![limit.into()]).await?;
        rows.into_iter()
            .map(|mut row| {
                Ok(UnindexedRow {
                    workspace: row.id(WorkspaceId::from_bytes)?,
                    end_user: row.id(EndUserId::from_bytes)?,
                    indexed: row.int()?,
                    last_seq: row.int()?,
                    names: [row.text()?, row.text()?, row.text()?, row.text()?],
                })
            })
            .collect()
    }

    /// What customer and agents said after this number, oldest first.
    pub async fn said_after(
        &self,
        end_user: EndUserId,
        after: i64,
        limit: u32,
    ) -> Result<Vec<SaidRow>, ReadError> {
        said(self.db.report(SAID, vec![end_user.into(), after.into(), limit.into()]).await?)
    }

    /// What customer and agents said before this number, newest first.
    pub async fn said_before(
        &self,
        end_user: EndUserId,
        before: i64,
        limit: u32,
    ) -> Result<Vec<SaidRow>, ReadError> {
        said(self.db.report(SAID_BEFORE, vec![end_user.into(), before.into(), limit.into()]).await?)
    }

    /// Puts pairs of letters into the index, which goes from one message to another by it. `false` where somebody else has
    /// moved it, or the conversation is gone: nothing was stored.
    pub async fn index_chat(
        &self,
        (workspace, end_user): (WorkspaceId, EndUserId),
        (from, to): (i64, i64),
        grams: &[i64],
    ) -> Result<bool, StoreError> {
        let batch = Batch::default().guarded("chats", MOVE, vec![end_user.into(), from.into(), to.into()]);
        match self.db.commit(add_grams(batch, workspace, end_user, grams), PATIENCE).await {
            Ok(()) => Ok(true),
            Err(CommitError::Stale { .. }) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// In how many conversations of a workspace a pair from the first to the last number stands; counts up to some
    /// thousands.
    pub async fn count_grams(
        &self,
        workspace: WorkspaceId,
        (from, to): (i64, i64),
    ) -> Result<i64, ReadError> {
        let params = vec![workspace.into(), from.into(), to.into(), COUNTED.into()];
        self.db.row(COUNT, params).await?.map_or(Ok(0), |mut row| row.int())
    }
}

fn said(rows: Vec<crate::db::Row>) -> Result<Vec<SaidRow>, ReadError> {
    rows.into_iter().map(|mut row| Ok(SaidRow { seq: row.int()?, data: row.text()? })).collect()
}
