//! Invitations into a workspace: an address, a role and a link that is good once.
//!
//! The link's token is a secret and is kept as SHA-256 only, so a link that was lost is made anew, not looked up.

use crate::{
    AccountId, InviteId, NewAccount, ReadError, Store, StoreError, WorkspaceId,
    accounts::{self, worked},
    db::Batch,
    pictures::{self, PictureHash},
    workspaces,
};

statements! {
    // Who is invited again gets a new link; the old one ends.
    DROP = "DELETE FROM invites WHERE workspace_id = $1 AND email = $2";
    ADD = "INSERT INTO invites (id, workspace_id, email, role, token, invited_by, created_at, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    LIST = "SELECT i.id, i.email, i.role, a.name, i.created_at, i.expires_at FROM invites i
        LEFT JOIN accounts a ON a.id = i.invited_by WHERE i.workspace_id = $1 AND i.expires_at > $2 ORDER BY i.id";
    OPEN = "SELECT i.id, i.email, i.role, a.name, i.created_at, i.expires_at, w.id, w.name, w.picture FROM invites i
        JOIN workspaces w ON w.id = i.workspace_id LEFT JOIN accounts a ON a.id = i.invited_by
        WHERE i.token = $1 AND i.expires_at > $2";
    REVOKE = "DELETE FROM invites WHERE workspace_id = $1 AND id = $2";
    PRUNE = "DELETE FROM invites WHERE expires_at < $1";
}

/// An invitation to be made.
#[derive(Debug, Clone)]
pub struct NewInvite {
    /// Its id.
    pub id: InviteId,
    /// Into which workspace.
    pub workspace: WorkspaceId,
    /// Who is invited: an address in lower case.
    pub email: String,
    /// As what.
    pub role: &'static str,
    /// The SHA-256 of the link's token.
    pub token: [u8; 32],
    /// By whom.
    pub invited_by: AccountId,
    /// Now.
    pub now_ms: i64,
    /// Until when the link is good.
    pub expires_at: i64,
}

/// An invitation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InviteRow {
    /// Its id.
    pub id: InviteId,
    /// Who is invited.
    pub email: String,
    /// As what.
    pub role: String,
    /// What the inviter is called.
    pub invited_by: String,
    /// When it was made.
    pub created_at: i64,
    /// Until when the link is good.
    pub expires_at: i64,
}

/// An invitation whose link was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// The invitation.
    pub invite: InviteRow,
    /// Into which workspace.
    pub workspace: WorkspaceId,
    /// What people call it.
    pub workspace_name: String,
    /// Its picture.
    pub workspace_picture: Option<PictureHash>,
}

impl Store {
    /// Invites people. Earlier invitations of the same addresses into the same workspace end.
    pub async fn add_invites(&self, invites: Vec<NewInvite>) -> Result<(), StoreError> {
        let batch = invites.into_iter().fold(Batch::default(), |batch, invite| {
            batch.then(DROP, vec![invite.workspace.into(), invite.email.as_str().into()]).then(
                ADD,
                vec![
                    invite.id.into(),
                    invite.workspace.into(),
                    invite.email.into(),
                    invite.role.into(),
                    invite.token.to_vec().into(),
                    invite.invited_by.into(),
                    invite.now_ms.into(),
                    invite.expires_at.into(),
                ],
            )
        });
        Ok(self.commit(batch).await?)
    }

    /// The invitations of a workspace that are still good, oldest first.
    pub async fn invites(&self, workspace: WorkspaceId, now_ms: i64) -> Result<Vec<InviteRow>, ReadError> {
        let mut rows = self.db.rows(LIST, vec![workspace.into(), now_ms.into()]).await?;
        rows.iter_mut().map(invite_row).collect()
    }

    /// The invitation behind a link, by the SHA-256 of its token.
    pub async fn open_invite(&self, token: [u8; 32], now_ms: i64) -> Result<Option<Opened>, ReadError> {
        let params = vec![token.to_vec().into(), now_ms.into()];
        let Some(mut row) = self.db.row(OPEN, params).await? else { return Ok(None) };
        Ok(Some(Opened {
            invite: invite_row(&mut row)?,
            workspace: row.id(WorkspaceId::from_bytes)?,
            workspace_name: row.text()?,
            workspace_picture: pictures::hash(&mut row)?,
        }))
    }

    /// Takes an invitation back. `false` where the workspace has none such.
    pub async fn revoke_invite(&self, workspace: WorkspaceId, id: InviteId) -> Result<bool, StoreError> {
        let batch = Batch::default().guarded("invites", REVOKE, vec![workspace.into(), id.into()]);
        worked(self.commit(batch).await)
    }

    /// Accepts an invitation, once: a new account is made where there is none yet. `false` where the link was used or
    /// taken back meanwhile; `Duplicate` where the address has got an account meanwhile.
    pub async fn accept_invite(
        &self,
        opened: &Opened,
        account: AccountId,
        new: Option<NewAccount>,
        now_ms: i64,
    ) -> Result<bool, StoreError> {
        let mut batch = Batch::default().guarded(
            "invites",
            REVOKE,
            vec![opened.workspace.into(), opened.invite.id.into()],
        );
        if let Some(new) = new {
            batch = accounts::add_to(batch, new);
        }
        let batch = workspaces::member_into(batch, (opened.workspace, account), &opened.invite.role, now_ms);
        worked(self.commit(batch).await)
    }

    /// Throws away invitations that are too old.
    pub async fn prune_invites(&self, now_ms: i64) -> Result<(), StoreError> {
        Ok(self.commit(Batch::default().then(PRUNE, vec![now_ms.into()])).await?)
    }
}

fn invite_row(row: &mut crate::db::Row) -> Result<InviteRow, ReadError> {
    Ok(InviteRow {
        id: row.id(InviteId::from_bytes)?,
        email: row.text()?,
        role: row.text()?,
        invited_by: row.opt_text()?.unwrap_or_default(),
        created_at: row.int()?,
        expires_at: row.int()?,
    })
}
