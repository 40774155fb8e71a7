//! What members change, written in the batch of the change itself: see [`Store::noting`].

use crate::{
    AccountId, AuditId, ReadError, Store, StoreError, WorkspaceId,
    db::{Batch, Value},
};

statements! {
    ADD = "INSERT INTO audit (workspace_id, id, account_id, name, action, target, detail)
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    LIST = "SELECT id, account_id, name, action, target, detail FROM audit
        WHERE workspace_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3";
    PRUNE = "DELETE FROM audit WHERE id < $1";
}

/// A line to be written.
#[derive(Debug, Clone)]
pub struct NewAudit {
    /// Its id, which says when.
    pub id: AuditId,
    /// Whose log it is.
    pub workspace: WorkspaceId,
    /// Who did it.
    pub account: AccountId,
    /// What they were called.
    pub name: String,
    /// What they did; a stable name such as `bot.delete`.
    pub action: &'static str,
    /// To what or whom, as people call it.
    pub target: String,
    /// What else there is to say, or nothing.
    pub detail: String,
}

/// A line of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditRow {
    /// Its id, which says when.
    pub id: AuditId,
    /// Who did it.
    pub account: AccountId,
    /// What they were called then.
    pub name: String,
    /// What they did.
    pub action: String,
    /// To what or whom.
    pub target: String,
    /// What else there is to say.
    pub detail: String,
}

impl NewAudit {
    fn params(&self) -> Vec<Value> {
        vec![
            self.workspace.into(),
            self.id.into(),
            self.account.into(),
            self.name.as_str().into(),
            self.action.into(),
            self.target.as_str().into(),
            self.detail.as_str().into(),
        ]
    }

    /// The batch with this line in it.
    pub(crate) fn add_to(&self, batch: Batch) -> Batch {
        batch.then(ADD, self.params())
    }
}

impl Store {
    /// Lines before this one, newest first.
    pub async fn audit(
        &self,
        workspace: WorkspaceId,
        before: Option<AuditId>,
        limit: u32,
    ) -> Result<Vec<AuditRow>, ReadError> {
        let before = before.unwrap_or_else(|| AuditId::from_bytes([255; 16]));
        let rows = self.db.rows(LIST, vec![workspace.into(), before.into(), limit.into()]).await?;
        rows.into_iter()
            .map(|mut row| {
                Ok(AuditRow {
                    id: row.id(AuditId::from_bytes)?,
                    account: row.id(AccountId::from_bytes)?,
                    name: row.text()?,
                    action: row.text()?,
                    target: row.text()?,
                    detail: row.text()?,
                })
            })
            .collect()
    }

    /// Throws away lines that are older.
    pub async fn prune_audit(&self, older_than_ms: i64) -> Result<(), StoreError> {
        let oldest = AuditId::new(older_than_ms, 0);
        Ok(self.commit(Batch::default().then(PRUNE, vec![oldest.into()])).await?)
    }
}
