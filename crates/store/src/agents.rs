//! Agents: members of a workspace as far as live chat goes. A row is made when one first opens the chat.

use crate::{
    AccountId, NewLive, PATIENCE, ReadError, Store, StoreError, WorkspaceId,
    db::{Batch, Row},
    live,
};

statements! {
    // A member who has left is no agent any more, whatever the row says.
    LIST = "SELECT a.account_id, p.name, p.picture, m.role, a.away, a.online_until, a.open, a.categories, a.settings
        FROM agents a
        JOIN members m ON m.workspace_id = a.workspace_id AND m.account_id = a.account_id
        JOIN accounts p ON p.id = a.account_id
        WHERE a.workspace_id = $1 ORDER BY a.account_id";
    SEE = "INSERT INTO agents (workspace_id, account_id, away, online_until, open, categories, settings)
        VALUES ($1, $2, 0, $3, 0, '[]', '{}')
        ON CONFLICT (workspace_id, account_id) DO UPDATE SET online_until = excluded.online_until";
    ENSURE = "INSERT INTO agents (workspace_id, account_id, away, online_until, open, categories, settings)
        VALUES ($1, $2, 0, 0, 0, '[]', '{}') ON CONFLICT DO NOTHING";
    GO = "UPDATE agents SET online_until = $3 WHERE workspace_id = $1 AND account_id = $2 AND online_until > $3";
    AWAY = "UPDATE agents SET away = $3 WHERE workspace_id = $1 AND account_id = $2";
    CATEGORIES = "UPDATE agents SET categories = $3 WHERE workspace_id = $1 AND account_id = $2";
    SETTINGS = "UPDATE agents SET settings = $3 WHERE workspace_id = $1 AND account_id = $2";
}

/// An agent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgentRow {
    /// The account.
    pub account: AccountId,
    /// What the person is called.
    pub name: String,
    /// Their picture.
    pub picture: Option<crate::PictureHash>,
    /// Their role in the workspace.
    pub role: String,
    /// Do they take no requests now?
    pub away: bool,
    /// They are online until then.
    pub online_until: i64,
    /// Their open consultations.
    pub open: i64,
    /// What they are specialists for, as JSON.
    pub categories: String,
    /// Favourites and notifications, as JSON.
    pub settings: String,
}

impl Store {
    /// The agents of a workspace.
    pub async fn agents(&self, workspace: WorkspaceId) -> Result<Vec<AgentRow>, ReadError> {
        self.db.rows(LIST, vec![workspace.into()]).await?.into_iter().map(agent_row).collect()
    }

    /// An agent's console is open; makes them an agent.
    pub async fn see_agent(
        &self,
        workspace: WorkspaceId,
        account: AccountId,
        online_until: i64,
    ) -> Result<(), StoreError> {
        let params = vec![workspace.into(), account.into(), online_until.into()];
        Ok(self.db.commit(Batch::default().then(SEE, params), PATIENCE).await?)
    }

    /// Makes a member an agent, where they are none yet: they act without a console of their own.
    pub async fn ensure_agent(&self, workspace: WorkspaceId, account: AccountId) -> Result<(), StoreError> {
        let params = vec![workspace.into(), account.into()];
        Ok(self.db.commit(Batch::default().then(ENSURE, params), PATIENCE).await?)
    }

    /// An agent's last console is closed: they are offline from then on, unless seen again.
    pub async fn agent_leaves(
        &self,
        workspace: WorkspaceId,
        account: AccountId,
        at_ms: i64,
    ) -> Result<(), StoreError> {
        let params = vec![workspace.into(), account.into(), at_ms.into()];
        Ok(self.db.commit(Batch::default().then(GO, params), PATIENCE).await?)
    }

    /// An agent takes requests again, or none for now.
    pub async fn set_agent_away(
        &self,
        (workspace, account): (WorkspaceId, AccountId),
        away: bool,
        events: Vec<NewLive>,
        now_ms: i64,
    ) -> Result<(), StoreError> {
        let batch = Batch::default().then(AWAY, vec![workspace.into(), account.into(), away.into()]);
        Ok(self.db.commit(live::add(batch, workspace, events, now_ms), PATIENCE).await?)
    }

    /// What an agent is a specialist for, as JSON.
    pub async fn set_agent_categories(
        &self,
        (workspace, account): (WorkspaceId, AccountId),
        categories: String,
    ) -> Result<(), StoreError> {
        let params = vec![workspace.into(), account.into(), categories.into()];
        Ok(self.commit(Batch::default().guarded("agents", CATEGORIES, params)).await?)
    }

    /// An agent's favourites and notifications, as JSON.
    pub async fn set_agent_settings(
        &self,
        (workspace, account): (WorkspaceId, AccountId),
        settings: String,
    ) -> Result<(), StoreError> {
        let params = vec![workspace.into(), account.into(), settings.into()];
        Ok(self.db.commit(Batch::default().guarded("agents", SETTINGS, params), PATIENCE).await?)
    }
}

fn agent_row(mut row: Row) -> Result<AgentRow, ReadError> {
    Ok(AgentRow {
        account: row.id(AccountId::from_bytes)?,
        name: row.text()?,
        picture: row.opt_bytes()?.and_then(|bytes| bytes.try_into().ok()),
        role: row.text()?,
        away: row.truth()?,
        online_until: row.int()?,
        open: row.int()?,
        categories: row.text()?,
        settings: row.text()?,
    })
}
