//! Workspaces (작업 공간) and their members. One workspace is made by itself; whoever sets the server up becomes its owner.

use crate::{
    AccountId, PATIENCE, ReadError, Store, StoreError, WorkspaceId,
    accounts::worked,
    db::{Batch, CommitError, Row},
    pictures::{self, NewPicture, PictureHash},
};

statements! {
    DEFAULT = "SELECT id FROM workspaces WHERE is_default = 1";
    ADD_DEFAULT = "INSERT INTO workspaces (id, name, is_default, created_at) VALUES ($1, $2, 1, $3)
        ON CONFLICT DO NOTHING";
    ADD = "INSERT INTO workspaces (id, name, created_at) VALUES ($1, $2, $3)";
    RENAME = "UPDATE workspaces SET name = $2 WHERE id = $1";
    SET_PICTURE = "UPDATE workspaces SET picture = $2 WHERE id = $1";
    ONE = "SELECT id, name, picture, demo FROM workspaces WHERE id = $1";
    OF_ACCOUNT = "SELECT w.id, w.name, w.picture, w.demo, m.role FROM members m JOIN workspaces w ON w.id = m.workspace_id
        WHERE m.account_id = $1 ORDER BY w.id";
    MEMBERS = "SELECT a.id, a.name, a.email, a.picture, m.role, a.last_seen_at FROM members m
        JOIN accounts a ON a.id = m.account_id WHERE m.workspace_id = $1 ORDER BY m.created_at, a.id";
    MEMBER = "SELECT a.id, a.name, a.email, a.picture, m.role, a.last_seen_at FROM members m
        JOIN accounts a ON a.id = m.account_id WHERE m.workspace_id = $1 AND m.account_id = $2";
    ADD_MEMBER = "INSERT INTO members (workspace_id, account_id, role, created_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT DO NOTHING";
    // Holds the workspace's row, so that of two owners who remove each other one is refused.
    HOLD = "UPDATE workspaces SET name = name WHERE id = $1";
    SET_ROLE = "UPDATE members SET role = $3 WHERE workspace_id = $1 AND account_id = $2 AND (role <> 'owner' OR $3 = 'owner'
        OR EXISTS (SELECT 1 FROM members o WHERE o.workspace_id = $1 AND o.role = 'owner' AND o.account_id <> $2))";
    REMOVE = "DELETE FROM members WHERE workspace_id = $1 AND account_id = $2 AND (role <> 'owner'
        OR EXISTS (SELECT 1 FROM members o WHERE o.workspace_id = $1 AND o.role = 'owner' AND o.account_id <> $2))";
}

/// A workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkspaceRow {
    /// Its id.
    pub id: WorkspaceId,
    /// What people call it; empty until someone gives it a name.
    pub name: String,
    /// Its picture.
    pub picture: Option<PictureHash>,
    /// Is it the demo?
    pub demo: bool,
}

/// A workspace, and what one is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    /// The workspace.
    pub workspace: WorkspaceRow,
    /// `owner`, `admin`, `editor` or `readonly`.
    pub role: String,
}

/// A member of a workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberRow {
    /// The account.
    pub account: AccountId,
    /// What the person is called.
    pub name: String,
    /// Where their mail goes.
    pub email: String,
    /// Their picture.
    pub picture: Option<PictureHash>,
    /// `owner`, `admin`, `editor` or `readonly`.
    pub role: String,
    /// When they were last seen, to the minute.
    pub last_seen_at: Option<i64>,
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

    /// Makes a workspace; its maker owns it.
    pub async fn add_workspace(
        &self,
        id: WorkspaceId,
        name: &str,
        owner: AccountId,
        now_ms: i64,
    ) -> Result<(), StoreError> {
        let batch = Batch::default().then(ADD, vec![id.into(), name.into(), now_ms.into()]);
        Ok(self.commit(member_into(batch, (id, owner), "owner", now_ms)).await?)
    }

    /// One workspace.
    pub async fn workspace(&self, id: WorkspaceId) -> Result<Option<WorkspaceRow>, ReadError> {
        self.db.row(ONE, vec![id.into()]).await?.map(|mut row| workspace_row(&mut row)).transpose()
    }

    /// Gives a workspace another name.
    pub async fn rename_workspace(&self, id: WorkspaceId, name: &str) -> Result<(), StoreError> {
        Ok(self.commit(rename_into(Batch::default(), id, name)).await?)
    }

    /// Sets or removes a workspace's picture.
    pub async fn set_workspace_picture(
        &self,
        id: WorkspaceId,
        picture: Option<NewPicture>,
        now_ms: i64,
    ) -> Result<(), StoreError> {
        let hash = picture.as_ref().map(|picture| picture.hash.to_vec());
        let mut batch = Batch::default();
        if let Some(picture) = picture {
            batch = pictures::add_to(batch, picture, now_ms);
        }
        Ok(self.commit(batch.guarded("workspaces", SET_PICTURE, vec![id.into(), hash.into()])).await?)
    }

    /// The workspaces of an account, oldest first.
    pub async fn workspaces_of(&self, account: AccountId) -> Result<Vec<Membership>, ReadError> {
        let rows = self.db.rows(OF_ACCOUNT, vec![account.into()]).await?;
        rows.into_iter()
            .map(|mut row| Ok(Membership { workspace: workspace_row(&mut row)?, role: row.text()? }))
            .collect()
    }

    /// The members of a workspace, in the order in which they came.
    pub async fn members(&self, workspace: WorkspaceId) -> Result<Vec<MemberRow>, ReadError> {
        self.db.rows(MEMBERS, vec![workspace.into()]).await?.into_iter().map(member_row).collect()
    }

    /// One member of a workspace.
    pub async fn member(
        &self,
        workspace: WorkspaceId,
        account: AccountId,
    ) -> Result<Option<MemberRow>, ReadError> {
        let params = vec![workspace.into(), account.into()];
        self.db.row(MEMBER, params).await?.map(member_row).transpose()
    }

    /// Makes someone a member; who is one already keeps their role.
    pub async fn add_member(
        &self,
        workspace: WorkspaceId,
        account: AccountId,
        role: &str,
        now_ms: i64,
    ) -> Result<(), StoreError> {
        Ok(self.commit(member_into(Batch::default(), (workspace, account), role, now_ms)).await?)
    }

    /// Gives a member another role. `false` where there is no such member, or it is the last owner.
    pub async fn set_role(
        &self,
        workspace: WorkspaceId,
        account: AccountId,
        role: &str,
    ) -> Result<bool, StoreError> {
        let batch = Batch::default().then(HOLD, vec![workspace.into()]).guarded(
            "members",
            SET_ROLE,
            vec![workspace.into(), account.into(), role.into()],
        );
        worked(self.commit(batch).await)
    }

    /// Takes a member out. `false` where there is no such member, or it is the last owner.
    pub async fn remove_member(
        &self,
        workspace: WorkspaceId,
        account: AccountId,
    ) -> Result<bool, StoreError> {
        let batch = Batch::default().then(HOLD, vec![workspace.into()]).guarded(
            "members",
            REMOVE,
            vec![workspace.into(), account.into()],
        );
        worked(self.commit(batch).await)
    }
}

/// The batch with a workspace's new name in it.
pub(crate) fn rename_into(batch: Batch, id: WorkspaceId, name: &str) -> Batch {
    batch.guarded("workspaces", RENAME, vec![id.into(), name.into()])
}

/// The batch with a new member in it.
pub(crate) fn member_into(
    batch: Batch,
    (workspace, account): (WorkspaceId, AccountId),
    role: &str,
    now_ms: i64,
) -> Batch {
    batch.then(ADD_MEMBER, vec![workspace.into(), account.into(), role.into(), now_ms.into()])
}

fn workspace_row(row: &mut Row) -> Result<WorkspaceRow, ReadError> {
    Ok(WorkspaceRow {
        id: row.id(WorkspaceId::from_bytes)?,
        name: row.text()?,
        picture: pictures::hash(row)?,
        demo: row.truth()?,
    })
}

fn member_row(mut row: Row) -> Result<MemberRow, ReadError> {
    Ok(MemberRow {
        account: row.id(AccountId::from_bytes)?,
        name: row.text()?,
        email: row.text()?,
        picture: pictures::hash(&mut row)?,
        role: row.text()?,
        last_seen_at: row.opt_int()?,
    })
}
