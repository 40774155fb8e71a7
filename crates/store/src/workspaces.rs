//! Workspaces (작업 공간). One is made by itself; a server that needs no others never sees it.

use crate::{
    PATIENCE, Store, StoreError, WorkspaceId,
    db::{Batch, CommitError},
};

statements! {
    DEFAULT = "SELECT id FROM workspaces WHERE is_default = 1";
    ADD_DEFAULT = "INSERT INTO workspaces (id, name, is_default, created_at) VALUES ($1, $2, 1, $3)
        ON CONFLICT DO NOTHING";
}

impl Store {
    /// The workspace of a server that was not given others; made on first use.
    pub async fn default_workspace(&self, now_ms: i64, die: u128) -> Result<WorkspaceId, StoreError> {
        loop {
            if let Some(mut row) = self.db.row(DEFAULT, Vec::new()).await? {
                return Ok(row.id(WorkspaceId::from_bytes)?);
            }
            let id = WorkspaceId::new(now_ms, die);
            let batch = Batch::default().guarded(
                "workspaces",
                ADD_DEFAULT,
                vec![id.into(), "".into(), now_ms.into()],
            );
            match self.db.commit(batch, PATIENCE).await {
                Ok(()) => return Ok(id),
                // Another process was quicker; its workspace is read.
                Err(CommitError::Stale { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }
}
