//! Secrets and connections of a workspace, sealed. This crate cannot open them.

use crate::{
    PATIENCE, ReadError, Store, StoreError, WorkspaceId,
    db::{Batch, Row},
};

statements! {
    PUT = "INSERT INTO vault (workspace_id, kind, name, sealed, about, created_at, updated_at)
        VALUES ($1, $2, $3, $4, $5, $6, $6)
        ON CONFLICT (workspace_id, kind, name) DO UPDATE SET sealed = $4, about = $5, updated_at = $6";
    GET = "SELECT kind, name, sealed, about, created_at, updated_at FROM vault
        WHERE workspace_id = $1 AND kind = $2 AND name = $3";
    LIST = "SELECT kind, name, sealed, about, created_at, updated_at FROM vault
        WHERE workspace_id = $1 ORDER BY kind, name";
    SOME = "SELECT workspace_id, kind, name, sealed FROM vault ORDER BY workspace_id, kind, name LIMIT $1";
    REMOVE = "DELETE FROM vault WHERE workspace_id = $1 AND kind = $2 AND name = $3";
}

/// Which entry of a vault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VaultKey {
    /// Whose it is.
    pub workspace: WorkspaceId,
    /// What it is: `secret`, `smtp`, ….
    pub kind: String,
    /// What it is called, unique among its kind.
    pub name: String,
}

/// An entry of a vault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VaultRow {
    /// What it is.
    pub kind: String,
    /// What it is called.
    pub name: String,
    /// The ciphertext.
    pub sealed: Vec<u8>,
    /// JSON for people, without secrets.
    pub about: String,
    /// When it was first put there.
    pub created_at: i64,
    /// When it was last replaced.
    pub updated_at: i64,
}

impl Store {
    /// Puts an entry into a vault, in place of the one that has its name.
    pub async fn put_in_vault(
        &self,
        key: VaultKey,
        sealed: Vec<u8>,
        about: String,
        now_ms: i64,
    ) -> Result<(), StoreError> {
        let params = vec![
            key.workspace.into(),
            key.kind.into(),
            key.name.into(),
            sealed.into(),
            about.into(),
            now_ms.into(),
        ];
        Ok(self.db.commit(Batch::default().then(PUT, params), PATIENCE).await?)
    }

    /// One entry.
    pub async fn vault_entry(&self, key: VaultKey) -> Result<Option<VaultRow>, ReadError> {
        let params = vec![key.workspace.into(), key.kind.into(), key.name.into()];
        self.db.row(GET, params).await?.map(read).transpose()
    }

    /// All entries of a workspace, by kind and name.
    pub async fn vault_entries(&self, workspace: WorkspaceId) -> Result<Vec<VaultRow>, ReadError> {
        self.db.rows(LIST, vec![workspace.into()]).await?.into_iter().map(read).collect()
    }

    /// Some entries of any workspaces with what is sealed in them, to try a key on.
    pub async fn some_vault_entries(&self, limit: u32) -> Result<Vec<(VaultKey, Vec<u8>)>, ReadError> {
        let rows = self.db.rows(SOME, vec![limit.into()]).await?;
        rows.into_iter()
            .map(|mut row| {
                let key = VaultKey {
                    workspace: row.id(WorkspaceId::from_bytes)?,
                    kind: row.text()?,
                    name: row.text()?,
                };
                Ok((key, row.opt_bytes()?.unwrap_or_default()))
            })
            .collect()
    }

    /// Takes an entry out. [`StoreError::Missing`] where there is none.
    pub async fn remove_from_vault(&self, key: VaultKey) -> Result<(), StoreError> {
        let params = vec![key.workspace.into(), key.kind.into(), key.name.into()];
        match self.db.commit(Batch::default().guarded("vault", REMOVE, params), PATIENCE).await {
            Err(crate::CommitError::Stale { .. }) => Err(StoreError::Missing("entry of the vault")),
            ended => Ok(ended?),
        }
    }
}

fn read(mut row: Row) -> Result<VaultRow, ReadError> {
    Ok(VaultRow {
        kind: row.text()?,
        name: row.text()?,
        sealed: row.opt_bytes()?.unwrap_or_default(),
        about: row.text()?,
        created_at: row.int()?,
        updated_at: row.int()?,
    })
}
