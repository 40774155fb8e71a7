//! Canned messages (상용구): a team's, and each agent's own.

use crate::{AccountId, CannedId, ReadError, Store, StoreError, WorkspaceId, db::Batch};

statements! {
    LIST = "SELECT id, owner_id, title, text, shortcut, position FROM canned_messages
        WHERE workspace_id = $1 AND (owner_id IS NULL OR owner_id = $2) ORDER BY position, id";
    ADD = "INSERT INTO canned_messages (id, workspace_id, owner_id, title, text, shortcut, position, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    CHANGE = "UPDATE canned_messages SET title = $3, text = $4, shortcut = $5, position = $6
        WHERE workspace_id = $1 AND id = $2";
    REMOVE = "DELETE FROM canned_messages WHERE workspace_id = $1 AND id = $2";
}

/// A canned message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CannedRow {
    /// Its id.
    pub id: CannedId,
    /// Whose it is; the team's where nobody's.
    pub owner: Option<AccountId>,
    /// What it is called.
    pub title: String,
    /// What it says; a template.
    pub text: String,
    /// What is typed after `/`.
    pub shortcut: String,
    /// Its place in the list.
    pub position: i64,
}

impl Store {
    /// The canned messages that an agent sees: the team's and their own, in order.
    pub async fn canned(
        &self,
        workspace: WorkspaceId,
        agent: AccountId,
    ) -> Result<Vec<CannedRow>, ReadError> {
        let rows = self.db.rows(LIST, vec![workspace.into(), agent.into()]).await?;
        rows.into_iter()
            .map(|mut row| {
                Ok(CannedRow {
                    id: row.id(CannedId::from_bytes)?,
                    owner: row.opt_id(AccountId::from_bytes)?,
                    title: row.text()?,
                    text: row.text()?,
                    shortcut: row.text()?,
                    position: row.int()?,
                })
            })
            .collect()
    }

    /// Adds one.
    pub async fn add_canned(
        &self,
        workspace: WorkspaceId,
        row: CannedRow,
        now_ms: i64,
    ) -> Result<(), StoreError> {
        let params = vec![
            row.id.into(),
            workspace.into(),
            row.owner.into(),
            row.title.into(),
            row.text.into(),
            row.shortcut.into(),
            row.position.into(),
            now_ms.into(),
        ];
        Ok(self.commit(Batch::default().then(ADD, params)).await?)
    }

    /// Changes one, save whose it is.
    pub async fn change_canned(&self, workspace: WorkspaceId, row: CannedRow) -> Result<(), StoreError> {
        let params = vec![
            workspace.into(),
            row.id.into(),
            row.title.into(),
            row.text.into(),
            row.shortcut.into(),
            row.position.into(),
        ];
        Ok(self.commit(Batch::default().guarded("canned_messages", CHANGE, params)).await?)
    }

    /// Removes one.
    pub async fn remove_canned(&self, workspace: WorkspaceId, id: CannedId) -> Result<(), StoreError> {
        let params = vec![workspace.into(), id.into()];
        Ok(self.commit(Batch::default().guarded("canned_messages", REMOVE, params)).await?)
    }
}
