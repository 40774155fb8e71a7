//! Sign-ins: what a browser holds while a person works. (A session, here, is an end user's conversation.)
//!
//! The browser holds a token, the table its SHA-256. Tokens are exchanged from time to time; the one before stays good
//! for a moment, for requests that were on their way.

use crate::{
    AccountId, AccountRow, ReadError, SignInId, Store, StoreError, WorkspaceId,
    accounts::{self, worked},
    db::Batch,
};

statements! {
    ADD = "INSERT INTO sign_ins (id, account_id, token, previous_until, created_at, rotated_at, last_seen_at, expires_at,
        user_agent, address) VALUES ($1, $2, $3, 0, $4, $4, $4, $5, $6, $7)";
    SEEN = "UPDATE accounts SET last_seen_at = $2 WHERE id = $1";
    READ = "SELECT s.id, s.rotated_at, s.last_seen_at, CASE WHEN s.token = $1 THEN 1 ELSE 0 END, m.role,
        a.id, a.email, a.name, a.password, a.language, a.theme, a.picture, a.totp_secret, a.totp_pending, a.created_at,
        a.last_seen_at, a.demo
        FROM sign_ins s JOIN accounts a ON a.id = s.account_id
        LEFT JOIN members m ON m.account_id = a.id AND m.workspace_id = $2
        WHERE (s.token = $1 OR (s.previous_token = $1 AND s.previous_until > $3)) AND s.expires_at > $3";
    TOUCH = "UPDATE sign_ins SET last_seen_at = $2, expires_at = $3, address = $4 WHERE id = $1";
    ROTATE = "UPDATE sign_ins SET previous_token = token, previous_until = $4, token = $3, rotated_at = $5
        WHERE id = $1 AND token = $2";
    LIST = "SELECT id, created_at, last_seen_at, user_agent, address FROM sign_ins
        WHERE account_id = $1 AND expires_at > $2 ORDER BY last_seen_at DESC, id DESC";
    END = "DELETE FROM sign_ins WHERE account_id = $1 AND id = $2";
    END_OTHERS = "DELETE FROM sign_ins WHERE account_id = $1 AND id <> $2";
    PRUNE = "DELETE FROM sign_ins WHERE expires_at < $1";
}

/// A sign-in to be made.
#[derive(Debug, Clone)]
pub struct NewSignIn {
    /// Its id.
    pub id: SignInId,
    /// Whose it is.
    pub account: AccountId,
    /// The SHA-256 of its token.
    pub token: [u8; 32],
    /// What the browser calls itself.
    pub user_agent: String,
    /// Where it came from.
    pub address: String,
    /// Now.
    pub now_ms: i64,
    /// Until when it is good if nobody comes back.
    pub expires_at: i64,
}

/// Who comes with a token, and what they are in a workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignInRead {
    /// The sign-in.
    pub id: SignInId,
    /// When its token was made.
    pub rotated_at: i64,
    /// When it was last noted that someone came with it.
    pub last_seen_at: i64,
    /// Was this the newest token, not the one before?
    pub newest: bool,
    /// The role in the workspace that was asked about.
    pub role: Option<String>,
    /// Who it is.
    pub account: AccountRow,
}

/// A sign-in, as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignInRow {
    /// Its id.
    pub id: SignInId,
    /// When it was made.
    pub created_at: i64,
    /// When someone last came with it, to the minute.
    pub last_seen_at: i64,
    /// What the browser calls itself.
    pub user_agent: String,
    /// Where it last came from.
    pub address: String,
}

impl Store {
    /// Signs someone in.
    pub async fn sign_in(&self, new: NewSignIn) -> Result<(), StoreError> {
        let params = vec![
            new.id.into(),
            new.account.into(),
            new.token.to_vec().into(),
            new.now_ms.into(),
            new.expires_at.into(),
            new.user_agent.into(),
            new.address.into(),
        ];
        let batch =
            Batch::default().then(ADD, params).then(SEEN, vec![new.account.into(), new.now_ms.into()]);
        Ok(self.commit(batch).await?)
    }

    /// Who comes with a token (SHA-256), and their role in a workspace.
    pub async fn signed_in(
        &self,
        token: [u8; 32],
        workspace: Option<WorkspaceId>,
        now_ms: i64,
    ) -> Result<Option<SignInRead>, ReadError> {
        let params = vec![token.to_vec().into(), workspace.into(), now_ms.into()];
        let Some(mut row) = self.db.row(READ, params).await? else { return Ok(None) };
        Ok(Some(SignInRead {
            id: row.id(SignInId::from_bytes)?,
            rotated_at: row.int()?,
            last_seen_at: row.int()?,
            newest: row.truth()?,
            role: row.opt_text()?,
            account: accounts::account_row(&mut row)?,
        }))
    }

    /// Notes that someone came with a sign-in, which is good for longer now.
    pub async fn touch_sign_in(
        &self,
        (id, account): (SignInId, AccountId),
        address: &str,
        now_ms: i64,
        expires_at: i64,
    ) -> Result<(), StoreError> {
        let batch = Batch::default()
            .then(TOUCH, vec![id.into(), now_ms.into(), expires_at.into(), address.into()])
            .then(SEEN, vec![account.into(), now_ms.into()]);
        Ok(self.commit(batch).await?)
    }

    /// Exchanges a token for another. `false` where another request has done so already.
    pub async fn rotate_sign_in(
        &self,
        id: SignInId,
        (old, new): ([u8; 32], [u8; 32]),
        now_ms: i64,
        old_until: i64,
    ) -> Result<bool, StoreError> {
        let params =
            vec![id.into(), old.to_vec().into(), new.to_vec().into(), old_until.into(), now_ms.into()];
        worked(self.commit(Batch::default().guarded("sign_ins", ROTATE, params)).await)
    }

    /// Where an account is signed in, last seen first.
    pub async fn sign_ins(&self, account: AccountId, now_ms: i64) -> Result<Vec<SignInRow>, ReadError> {
        let rows = self.db.rows(LIST, vec![account.into(), now_ms.into()]).await?;
        rows.into_iter()
            .map(|mut row| {
                Ok(SignInRow {
                    id: row.id(SignInId::from_bytes)?,
                    created_at: row.int()?,
                    last_seen_at: row.int()?,
                    user_agent: row.text()?,
                    address: row.text()?,
                })
            })
            .collect()
    }

    /// Ends a sign-in of an account. `false` where it has none such.
    pub async fn end_sign_in(&self, account: AccountId, id: SignInId) -> Result<bool, StoreError> {
        let batch = Batch::default().guarded("sign_ins", END, vec![account.into(), id.into()]);
        worked(self.commit(batch).await)
    }

    /// Ends all sign-ins of an account but one.
    pub async fn end_other_sign_ins(&self, account: AccountId, keep: SignInId) -> Result<(), StoreError> {
        let batch = Batch::default().then(END_OTHERS, vec![account.into(), keep.into()]);
        Ok(self.commit(batch).await?)
    }

    /// Throws away sign-ins that are too old.
    pub async fn prune_sign_ins(&self, now_ms: i64) -> Result<(), StoreError> {
        Ok(self.commit(Batch::default().then(PRUNE, vec![now_ms.into()])).await?)
    }
}
