//! The demo: a workspace to look around in, and the account that does so. There is one at most, made only while nobody
//! owns the server, and it can be taken away as a whole.

use crate::{
    AccountId, NewAccount, ReadError, Store, StoreError, WorkspaceId, accounts::worked, db::Batch,
    workspaces::member_into,
};

statements! {
    FIND = "SELECT w.id, a.id FROM workspaces w JOIN accounts a ON a.demo = 1 WHERE w.demo = 1";
    // Both only where there is no account at all: the demo of a server that somebody owns would be a way in.
    ADD_WORKSPACE = "INSERT INTO workspaces (id, name, demo, created_at) SELECT $1, $2, 1, $3
        WHERE NOT EXISTS (SELECT 1 FROM accounts)";
    ADD_ACCOUNT = "INSERT INTO accounts (id, email, name, password, language, theme, totp_step, demo, created_at, updated_at)
        SELECT $1, $2, $3, $4, $5, 'system', 0, 1, $6, $6 WHERE NOT EXISTS (SELECT 1 FROM accounts)";
    // Deleted so long ago that the next tidying throws them away with all that was said in them.
    DROP_BOTS = "UPDATE bots SET deleted_at = 0 WHERE workspace_id = $1";
    DROP_MEMBERS = "DELETE FROM members WHERE workspace_id = $1 OR account_id = $2";
    DROP_INVITES = "DELETE FROM invites WHERE workspace_id = $1";
    DROP_AUDIT = "DELETE FROM audit WHERE workspace_id = $1";
    DROP_ALERT_RULES = "DELETE FROM alert_rules WHERE workspace_id = $1";
    DROP_ALERTS = "DELETE FROM alerts WHERE workspace_id = $1";
    DROP_ALERT_READS = "DELETE FROM alert_reads WHERE workspace_id = $1";
    DROP_DEVICES = "DELETE FROM web_push_devices WHERE workspace_id = $1";
    DROP_FEED = "DELETE FROM web_push_feeds WHERE workspace_id = $1";
    DROP_RECORD_SETTINGS = "DELETE FROM record_settings WHERE workspace_id = $1";
    DROP_SIGN_INS = "DELETE FROM sign_ins WHERE account_id = $1";
    DROP_RESETS = "DELETE FROM resets WHERE account_id = $1";
    DROP_ACCOUNT = "DELETE FROM accounts WHERE id = $1 AND demo = 1";
    DROP_WORKSPACE = "DELETE FROM workspaces WHERE id = $1 AND demo = 1";
}

/// A demo to be made.
#[derive(Debug, Clone)]
pub struct NewDemo {
    /// The id of its workspace.
    pub workspace: WorkspaceId,
    /// What that is called.
    pub name: String,
    /// Who looks around.
    pub account: NewAccount,
    /// As what.
    pub role: &'static str,
}

/// The demo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Demo {
    /// Its workspace.
    pub workspace: WorkspaceId,
    /// Who looks around in it.
    pub account: AccountId,
}

impl Store {
    /// The demo, where there is one.
    pub async fn demo(&self) -> Result<Option<Demo>, ReadError> {
        let Some(mut row) = self.db.row(FIND, Vec::new()).await? else { return Ok(None) };
        Ok(Some(Demo {
            workspace: row.id(WorkspaceId::from_bytes)?,
            account: row.id(AccountId::from_bytes)?,
        }))
    }

    /// Makes the demo. `false` where there is an account already, be it the demo's own.
    pub async fn add_demo(&self, new: NewDemo) -> Result<bool, StoreError> {
        let account = new.account;
        let now_ms = account.now_ms;
        let who = (new.workspace, account.id);
        let batch = Batch::default()
            .guarded("workspaces", ADD_WORKSPACE, vec![new.workspace.into(), new.name.into(), now_ms.into()])
            .guarded(
                "accounts",
                ADD_ACCOUNT,
                vec![
                    account.id.into(),
                    account.email.into(),
                    account.name.into(),
                    account.password.into(),
                    account.language.into(),
                    now_ms.into(),
                ],
            );
        worked(self.commit(member_into(batch, who, new.role, now_ms)).await)
    }

    /// Takes the demo away: workspace, account, and the bots with all that was said. `false` where it is gone already.
    pub async fn remove_demo(&self, demo: Demo) -> Result<bool, StoreError> {
        let (workspace, account) = (demo.workspace, demo.account);
        let batch = Batch::default()
            .guarded("workspaces", DROP_WORKSPACE, vec![workspace.into()])
            .guarded("accounts", DROP_ACCOUNT, vec![account.into()])
            .then(DROP_BOTS, vec![workspace.into()])
            .then(DROP_MEMBERS, vec![workspace.into(), account.into()])
            .then(DROP_INVITES, vec![workspace.into()])
            .then(DROP_AUDIT, vec![workspace.into()])
            .then(DROP_ALERT_RULES, vec![workspace.into()])
            .then(DROP_ALERTS, vec![workspace.into()])
            .then(DROP_ALERT_READS, vec![workspace.into()])
            .then(DROP_DEVICES, vec![workspace.into()])
            .then(DROP_FEED, vec![workspace.into()])
            .then(DROP_RECORD_SETTINGS, vec![workspace.into()])
            .then(DROP_SIGN_INS, vec![account.into()])
            .then(DROP_RESETS, vec![account.into()]);
        worked(self.commit(batch).await)
    }
}
