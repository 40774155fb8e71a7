//! Threads: what was said, in order.

use crate::{
    ConversationId, EndUserId, MessageId, PATIENCE, ReadError, Store, StoreError, TurnId, db::Batch,
};

statements! {
    THREAD = "SELECT seq, id, conversation_id, turn_id, is_user, sender, data, created_at FROM messages
        WHERE end_user_id = $1 AND seq < $2 ORDER BY seq DESC LIMIT $3";
    DUE = "SELECT count(*) FROM messages WHERE mask_at IS NOT NULL AND mask_at <= $1";
    MASK = "UPDATE messages SET data = masked, masked = NULL, mask_at = NULL WHERE mask_at IS NOT NULL AND mask_at <= $1";
}

/// A stored message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageRow {
    /// Its number in the thread, from 0.
    pub seq: i64,
    /// Its id.
    pub id: MessageId,
    /// The conversation.
    pub conversation: ConversationId,
    /// The turn.
    pub turn: TurnId,
    /// Did the end user say it?
    pub is_user: bool,
    /// `user`, `bot` or an agent.
    pub sender: String,
    /// The message, as JSON.
    pub data: String,
    /// When it was said.
    pub created_at: i64,
}

impl Store {
    /// The messages of an end user before this number, newest first.
    pub async fn thread(
        &self,
        end_user: EndUserId,
        before_seq: Option<i64>,
        limit: u32,
    ) -> Result<Vec<MessageRow>, ReadError> {
        let before = before_seq.unwrap_or(i64::MAX);
        let rows = self.db.rows(THREAD, vec![end_user.into(), before.into(), limit.into()]).await?;
        rows.into_iter()
            .map(|mut row| {
                Ok(MessageRow {
                    seq: row.int()?,
                    id: row.id(MessageId::from_bytes)?,
                    conversation: row.id(ConversationId::from_bytes)?,
                    turn: row.id(TurnId::from_bytes)?,
                    is_user: row.truth()?,
                    sender: row.text()?,
                    data: row.text()?,
                    created_at: row.int()?,
                })
            })
            .collect()
    }

    /// Masks the messages whose time has come; how many. The unmasked form is gone afterwards.
    pub async fn mask_due(&self, now_ms: i64) -> Result<i64, StoreError> {
        let due = match self.db.row(DUE, vec![now_ms.into()]).await? {
            Some(mut row) => row.int()?,
            None => 0,
        };
        if due > 0 {
            self.db.commit(Batch::default().then(MASK, vec![now_ms.into()]), PATIENCE).await?;
        }
        Ok(due)
    }
}
