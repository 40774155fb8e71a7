//! Pictures and documents that bots, agents and visitors send: small and few, so they stand in the database and are backed up
//! with it.

use crate::{ReadError, Store, StoreError, WorkspaceId, db::Batch, pictures::PictureHash};

statements! {
    ADD = "INSERT INTO media (hash, workspace_id, kind, width, height, bytes, created_at, sender)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING";
    ONE = "SELECT kind, bytes FROM media WHERE hash = $1";
    COUNT = "SELECT count(*) FROM media WHERE workspace_id = $1";
    COUNT_SENT = "SELECT count(*), COALESCE(sum(CASE WHEN sender = $2 THEN 1 ELSE 0 END), 0) FROM media
        WHERE workspace_id = $1 AND sender IS NOT NULL";
}

/// A picture or document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMedia {
    /// The SHA-256 of its bytes.
    pub hash: PictureHash,
    /// Whose it is.
    pub workspace: WorkspaceId,
    /// Its media type.
    pub kind: &'static str,
    /// In pixels; 0 of a document.
    pub width: u32,
    /// In pixels; 0 of a document.
    pub height: u32,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The visitor who sent it; nobody where a bot or an agent shows it.
    pub sender: Option<String>,
}

/// A picture or document as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MediaRow {
    /// Its media type.
    pub kind: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl Store {
    /// Keeps a picture; one with the same bytes is there already and stays.
    pub async fn add_media(&self, media: NewMedia, now_ms: i64) -> Result<(), StoreError> {
        let params = vec![
            media.hash.to_vec().into(),
            media.workspace.into(),
            media.kind.into(),
            media.width.into(),
            media.height.into(),
            media.bytes.into(),
            now_ms.into(),
            media.sender.into(),
        ];
        Ok(self.commit(Batch::default().then(ADD, params)).await?)
    }

    /// The picture with this hash.
    pub async fn media(&self, hash: PictureHash) -> Result<Option<MediaRow>, ReadError> {
        let Some(mut row) = self.db.row(ONE, vec![hash.to_vec().into()]).await? else { return Ok(None) };
        Ok(Some(MediaRow { kind: row.text()?, bytes: row.opt_bytes()?.unwrap_or_default() }))
    }

    /// How many pictures a workspace has.
    pub async fn media_count(&self, workspace: WorkspaceId) -> Result<i64, ReadError> {
        self.db.row(COUNT, vec![workspace.into()]).await?.map_or(Ok(0), |mut row| row.int())
    }

    /// How many pictures visitors have sent into a workspace's chats, and how many of them this one did.
    pub async fn media_sent(&self, workspace: WorkspaceId, sender: &str) -> Result<(i64, i64), ReadError> {
        let Some(mut row) = self.db.row(COUNT_SENT, vec![workspace.into(), sender.into()]).await? else {
            return Ok((0, 0));
        };
        Ok((row.int()?, row.int()?))
    }
}
