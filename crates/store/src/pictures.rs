//! Pictures of people and workspaces: few and small, so they stand in the database and are backed up with it.

use crate::{
    ReadError, Store, StoreError,
    db::{Batch, Row},
};

statements! {
    ADD = "INSERT INTO pictures (hash, kind, bytes, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
    ONE = "SELECT kind, bytes FROM pictures WHERE hash = $1";
    PRUNE = "DELETE FROM pictures WHERE created_at < $1
        AND NOT EXISTS (SELECT 1 FROM accounts WHERE picture = pictures.hash)
        AND NOT EXISTS (SELECT 1 FROM workspaces WHERE picture = pictures.hash)";
}

/// The SHA-256 of a picture's bytes.
pub type PictureHash = [u8; 32];

/// A picture to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPicture {
    /// The SHA-256 of its bytes.
    pub hash: PictureHash,
    /// Its media type.
    pub kind: &'static str,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A picture as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureRow {
    /// Its media type.
    pub kind: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// The batch with this picture in it.
pub(crate) fn add_to(batch: Batch, picture: NewPicture, now_ms: i64) -> Batch {
    let params = vec![picture.hash.to_vec().into(), picture.kind.into(), picture.bytes.into(), now_ms.into()];
    batch.then(ADD, params)
}

/// The hash in the next cell, if there is one.
pub(crate) fn hash(row: &mut Row) -> Result<Option<PictureHash>, ReadError> {
    Ok(row.opt_bytes()?.and_then(|bytes| bytes.try_into().ok()))
}

impl Store {
    /// The picture with this hash.
    pub async fn picture(&self, hash: PictureHash) -> Result<Option<PictureRow>, ReadError> {
        let Some(mut row) = self.db.row(ONE, vec![hash.to_vec().into()]).await? else { return Ok(None) };
        Ok(Some(PictureRow { kind: row.text()?, bytes: row.opt_bytes()?.unwrap_or_default() }))
    }

    /// Throws away pictures that nobody has any more and that are older.
    pub async fn prune_pictures(&self, older_than_ms: i64) -> Result<(), StoreError> {
        Ok(self.commit(Batch::default().then(PRUNE, vec![older_than_ms.into()])).await?)
    }
}
