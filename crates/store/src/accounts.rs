//! Accounts: the people who work in the console, and what they prove themselves with.

use crate::{
    AccountId, ReadError, SignInId, Store, StoreError, WorkspaceId,
    db::{Batch, CommitError, Row},
    pictures::{self, NewPicture, PictureHash},
    workspaces,
};

statements! {
    // The demo's account owns nothing: a server that has no other is still to be set up.
    ANY = "SELECT id FROM accounts WHERE demo = 0 LIMIT 1";
    // The row of the default workspace is locked before this is asked, so that of two first owners one is refused.
    ADD_FIRST = "INSERT INTO accounts (id, email, name, password, language, theme, totp_step, created_at, updated_at)
        SELECT $1, $2, $3, $4, $5, 'system', 0, $6, $6 WHERE NOT EXISTS (SELECT 1 FROM accounts WHERE demo = 0)";
    ADD = "INSERT INTO accounts (id, email, name, password, language, theme, totp_step, created_at, updated_at)
        VALUES ($1, $2, $3, $4, $5, 'system', 0, $6, $6)";
    ONE = "SELECT id, email, name, password, language, theme, picture, totp_secret, totp_pending, created_at, last_seen_at,
        demo FROM accounts WHERE id = $1";
    BY_EMAIL = "SELECT id, email, name, password, language, theme, picture, totp_secret, totp_pending, created_at,
        last_seen_at, demo FROM accounts WHERE email = $1";
    LIST = "SELECT id, email, name, password, language, theme, picture, totp_secret, totp_pending, created_at, last_seen_at,
        demo FROM accounts ORDER BY id";
    SET_PROFILE = "UPDATE accounts SET name = $2, language = $3, theme = $4, updated_at = $5 WHERE id = $1";
    SET_PICTURE = "UPDATE accounts SET picture = $2, updated_at = $3 WHERE id = $1";
    SET_PASSWORD = "UPDATE accounts SET password = $2, updated_at = $3 WHERE id = $1";
    END_SIGN_INS = "DELETE FROM sign_ins WHERE account_id = $1";
    END_OTHER_SIGN_INS = "DELETE FROM sign_ins WHERE account_id = $1 AND id <> $2";
    ADD_RESET = "INSERT INTO resets (token, account_id, expires_at) VALUES ($1, $2, $3)";
    RESET_PASSWORD = "UPDATE accounts SET password = $2, updated_at = $3
        WHERE id = (SELECT account_id FROM resets WHERE token = $1 AND expires_at > $3)";
    RESET_SIGN_INS = "DELETE FROM sign_ins WHERE account_id = (SELECT account_id FROM resets WHERE token = $1)";
    RESET_USED = "DELETE FROM resets WHERE account_id = (SELECT account_id FROM resets WHERE token = $1)";
    DROP_RESETS = "DELETE FROM resets WHERE account_id = $1";
    PRUNE_RESETS = "DELETE FROM resets WHERE expires_at < $1";
    PROPOSE_TOTP = "UPDATE accounts SET totp_pending = $2 WHERE id = $1";
    CONFIRM_TOTP = "UPDATE accounts SET totp_secret = totp_pending, totp_pending = NULL, totp_step = $2, updated_at = $3
        WHERE id = $1 AND totp_pending IS NOT NULL";
    DROP_CODES = "DELETE FROM recovery_codes WHERE account_id = $1";
    ADD_CODE = "INSERT INTO recovery_codes (account_id, code) VALUES ($1, $2)";
    REMOVE_TOTP = "UPDATE accounts SET totp_secret = NULL, totp_pending = NULL, updated_at = $2 WHERE id = $1";
    USE_STEP = "UPDATE accounts SET totp_step = $2 WHERE id = $1 AND totp_step < $2";
    USE_CODE = "DELETE FROM recovery_codes WHERE account_id = $1 AND code = $2";
}

/// An account to be made.
#[derive(Debug, Clone)]
pub struct NewAccount {
    /// Its id.
    pub id: AccountId,
    /// Where its mail goes, in lower case.
    pub email: String,
    /// What the person is called.
    pub name: String,
    /// Argon2id as a PHC text.
    pub password: String,
    /// `ko` or `en`.
    pub language: &'static str,
    /// Now.
    pub now_ms: i64,
}

/// An account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountRow {
    /// Its id.
    pub id: AccountId,
    /// Where its mail goes, in lower case.
    pub email: String,
    /// What the person is called.
    pub name: String,
    /// Argon2id as a PHC text; empty where nobody can sign in by password.
    pub password: String,
    /// `ko` or `en`.
    pub language: String,
    /// `light`, `dark` or `system`.
    pub theme: String,
    /// The person's picture.
    pub picture: Option<PictureHash>,
    /// What one-time codes are counted from, where they are asked for.
    pub totp_secret: Option<Vec<u8>>,
    /// … and a secret that was shown but not confirmed yet.
    pub totp_pending: Option<Vec<u8>>,
    /// When it was made.
    pub created_at: i64,
    /// When the person was last seen.
    pub last_seen_at: Option<i64>,
    /// Is it the account that looks around in the demo?
    pub demo: bool,
}

impl Store {
    /// Is there an account at all?
    pub async fn any_account(&self) -> Result<bool, ReadError> {
        Ok(self.db.row(ANY, Vec::new()).await?.is_some())
    }

    /// Makes the first account, owner of the default workspace, which gets this name. `Stale` on `accounts` where
    /// someone was quicker.
    pub async fn set_up(
        &self,
        account: NewAccount,
        workspace_name: &str,
        die: u128,
    ) -> Result<WorkspaceId, StoreError> {
        let workspace = self.default_workspace(account.now_ms, die).await?;
        let (id, now_ms) = (account.id, account.now_ms);
        let batch = workspaces::rename_into(Batch::default(), workspace, workspace_name).guarded(
            "accounts",
            ADD_FIRST,
            new_account(account),
        );
        self.commit(workspaces::member_into(batch, (workspace, id), "owner", now_ms)).await?;
        Ok(workspace)
    }

    /// Makes an account. `Duplicate` where the address has one.
    pub async fn add_account(&self, account: NewAccount) -> Result<(), StoreError> {
        Ok(self.commit(add_to(Batch::default(), account)).await?)
    }

    /// One account.
    pub async fn account(&self, id: AccountId) -> Result<Option<AccountRow>, ReadError> {
        self.db.row(ONE, vec![id.into()]).await?.map(|mut row| account_row(&mut row)).transpose()
    }

    /// The account with this address, which is in lower case.
    pub async fn account_by_email(&self, email: &str) -> Result<Option<AccountRow>, ReadError> {
        self.db.row(BY_EMAIL, vec![email.into()]).await?.map(|mut row| account_row(&mut row)).transpose()
    }

    /// All accounts, oldest first.
    pub async fn accounts(&self) -> Result<Vec<AccountRow>, ReadError> {
        self.db.rows(LIST, Vec::new()).await?.iter_mut().map(account_row).collect()
    }

    /// Changes name, language and theme.
    pub async fn set_profile(
        &self,
        account: AccountId,
        (name, language, theme): (&str, &str, &str),
        now_ms: i64,
    ) -> Result<(), StoreError> {
        let params = vec![account.into(), name.into(), language.into(), theme.into(), now_ms.into()];
        Ok(self.commit(Batch::default().guarded("accounts", SET_PROFILE, params)).await?)
    }

    /// Sets or removes a person's picture.
    pub async fn set_account_picture(
        &self,
        account: AccountId,
        picture: Option<NewPicture>,
        now_ms: i64,
    ) -> Result<(), StoreError> {
        let hash = picture.as_ref().map(|picture| picture.hash.to_vec());
        let mut batch = Batch::default();
        if let Some(picture) = picture {
            batch = pictures::add_to(batch, picture, now_ms);
        }
        let params = vec![account.into(), hash.into(), now_ms.into()];
        Ok(self.commit(batch.guarded("accounts", SET_PICTURE, params)).await?)
    }

    /// Sets a new password; all sign-ins but this one end, and so do links for a new password.
    pub async fn set_password(
        &self,
        account: AccountId,
        password: &str,
        keep: Option<SignInId>,
        now_ms: i64,
    ) -> Result<(), StoreError> {
        let params = vec![account.into(), password.into(), now_ms.into()];
        let batch = Batch::default()
            .guarded("accounts", SET_PASSWORD, params)
            .then(DROP_RESETS, vec![account.into()]);
        let batch = match keep {
            Some(keep) => batch.then(END_OTHER_SIGN_INS, vec![account.into(), keep.into()]),
            None => batch.then(END_SIGN_INS, vec![account.into()]),
        };
        Ok(self.commit(batch).await?)
    }

    /// Keeps a link for a new password: the SHA-256 of its token. Earlier links of the account end.
    pub async fn add_reset(
        &self,
        account: AccountId,
        token: [u8; 32],
        expires_at: i64,
    ) -> Result<(), StoreError> {
        let batch = Batch::default()
            .then(DROP_RESETS, vec![account.into()])
            .then(ADD_RESET, vec![token.to_vec().into(), account.into(), expires_at.into()]);
        Ok(self.commit(batch).await?)
    }

    /// Sets a new password by a link, once; all sign-ins end. `false` where the link is used, old or none.
    pub async fn use_reset(&self, token: [u8; 32], password: &str, now_ms: i64) -> Result<bool, StoreError> {
        let token = || token.to_vec().into();
        let batch = Batch::default()
            .guarded("accounts", RESET_PASSWORD, vec![token(), password.into(), now_ms.into()])
            .then(RESET_SIGN_INS, vec![token()])
            .guarded("resets", RESET_USED, vec![token()]);
        worked(self.commit(batch).await)
    }

    /// Throws away links that are too old.
    pub async fn prune_resets(&self, now_ms: i64) -> Result<(), StoreError> {
        Ok(self.commit(Batch::default().then(PRUNE_RESETS, vec![now_ms.into()])).await?)
    }

    /// Keeps a secret for one-time codes until the first code proves that it arrived.
    pub async fn propose_totp(&self, account: AccountId, secret: &[u8]) -> Result<(), StoreError> {
        let params = vec![account.into(), secret.to_vec().into()];
        Ok(self.commit(Batch::default().guarded("accounts", PROPOSE_TOTP, params)).await?)
    }

    /// From now on one-time codes are asked for; the first, of this step of time, is used already. The recovery codes
    /// (SHA-256) replace earlier ones.
    pub async fn confirm_totp(
        &self,
        account: AccountId,
        step: i64,
        codes: &[[u8; 32]],
        now_ms: i64,
    ) -> Result<(), StoreError> {
        let params = vec![account.into(), step.into(), now_ms.into()];
        let batch =
            Batch::default().guarded("accounts", CONFIRM_TOTP, params).then(DROP_CODES, vec![account.into()]);
        let batch = codes
            .iter()
            .fold(batch, |batch, code| batch.then(ADD_CODE, vec![account.into(), code.to_vec().into()]));
        Ok(self.commit(batch).await?)
    }

    /// One-time codes are not asked for any more.
    pub async fn remove_totp(&self, account: AccountId, now_ms: i64) -> Result<(), StoreError> {
        let batch = Batch::default()
            .guarded("accounts", REMOVE_TOTP, vec![account.into(), now_ms.into()])
            .then(DROP_CODES, vec![account.into()]);
        Ok(self.commit(batch).await?)
    }

    /// Uses the one-time code of a step of time. `false` where that or a later one was used already.
    pub async fn use_totp_step(&self, account: AccountId, step: i64) -> Result<bool, StoreError> {
        let batch = Batch::default().guarded("accounts", USE_STEP, vec![account.into(), step.into()]);
        worked(self.commit(batch).await)
    }

    /// Uses a recovery code, once. `false` where it is used or none.
    pub async fn use_recovery_code(&self, account: AccountId, code: [u8; 32]) -> Result<bool, StoreError> {
        let params = vec![account.into(), code.to_vec().into()];
        worked(self.commit(Batch::default().guarded("recovery_codes", USE_CODE, params)).await)
    }
}

/// The batch with a new account in it.
pub(crate) fn add_to(batch: Batch, account: NewAccount) -> Batch {
    batch.then(ADD, new_account(account))
}

/// A guard that failed is an answer, not a fault.
pub(crate) fn worked(done: Result<(), CommitError>) -> Result<bool, StoreError> {
    match done {
        Ok(()) => Ok(true),
        Err(CommitError::Stale { .. }) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

fn new_account(account: NewAccount) -> Vec<crate::db::Value> {
    vec![
        account.id.into(),
        account.email.into(),
        account.name.into(),
        account.password.into(),
        account.language.into(),
        account.now_ms.into(),
    ]
}

/// The columns of an account, in the order of the statements above.
pub(crate) fn account_row(row: &mut Row) -> Result<AccountRow, ReadError> {
    Ok(AccountRow {
        id: row.id(AccountId::from_bytes)?,
        email: row.text()?,
        name: row.text()?,
        password: row.text()?,
        language: row.text()?,
        theme: row.text()?,
        picture: pictures::hash(row)?,
        totp_secret: row.opt_bytes()?,
        totp_pending: row.opt_bytes()?,
        created_at: row.int()?,
        last_seen_at: row.opt_int()?,
        demo: row.truth()?,
    })
}
