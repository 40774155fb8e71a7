//! Web push: the browsers to which agents want news while their console is closed, and how far they were told.

use crate::{
    AccountId, PATIENCE, ReadError, SignInId, Store, StoreError, WorkspaceId,
    db::{Batch, CommitError, Row},
};

statements! {
    KEY = "SELECT value FROM server_keys WHERE name = $1";
    KEEP_KEY = "INSERT INTO server_keys (name, value, created_at) VALUES ($1, $2, $3) ON CONFLICT (name) DO NOTHING";
    BEGIN = "INSERT INTO web_push_feeds (workspace_id, after_seq)
        VALUES ($1, COALESCE((SELECT last FROM live_counters WHERE workspace_id = $1), 0))
        ON CONFLICT (workspace_id) DO NOTHING";
    ADD = "INSERT INTO web_push_devices (workspace_id, device, account_id, sign_in_id, endpoint, public_key, auth, language,
        created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        ON CONFLICT (workspace_id, device) DO UPDATE SET account_id = excluded.account_id,
        sign_in_id = excluded.sign_in_id, endpoint = excluded.endpoint, public_key = excluded.public_key,
        auth = excluded.auth, language = excluded.language, created_at = excluded.created_at";
    // Where nobody is signed in any more, and an agent's oldest beyond some.
    PRUNE = "DELETE FROM web_push_devices WHERE workspace_id = $1 AND NOT EXISTS
        (SELECT 1 FROM sign_ins s WHERE s.id = web_push_devices.sign_in_id)";
    PRUNE_OLDEST = "DELETE FROM web_push_devices WHERE workspace_id = $1 AND account_id = $2 AND device NOT IN
        (SELECT device FROM web_push_devices WHERE workspace_id = $1 AND account_id = $2
        ORDER BY created_at DESC, device LIMIT $3)";
    REMOVE = "DELETE FROM web_push_devices WHERE workspace_id = $1 AND device = $2";
    REMOVE_OWN = "DELETE FROM web_push_devices WHERE workspace_id = $1 AND device = $2 AND account_id = $3";
    DUE = "SELECT f.workspace_id, f.after_seq FROM web_push_feeds f
        JOIN live_counters c ON c.workspace_id = f.workspace_id AND c.last > f.after_seq
        WHERE EXISTS (SELECT 1 FROM web_push_devices d WHERE d.workspace_id = f.workspace_id)
        ORDER BY f.workspace_id";
    MOVE = "UPDATE web_push_feeds SET after_seq = $3 WHERE workspace_id = $1 AND after_seq = $2";
    // Agents whose console is open see it there.
    AWAY = "SELECT d.device, d.account_id, m.role, d.endpoint, d.public_key, d.auth, d.language, a.settings
        FROM web_push_devices d
        JOIN sign_ins s ON s.id = d.sign_in_id AND s.account_id = d.account_id AND s.expires_at > $2
        JOIN members m ON m.workspace_id = d.workspace_id AND m.account_id = d.account_id
        JOIN agents a ON a.workspace_id = d.workspace_id AND a.account_id = d.account_id AND a.online_until <= $2
        WHERE d.workspace_id = $1 ORDER BY d.device";
}

/// The key's name among those of the installation.
const KEY_NAME: &str = "web_push";
/// Browsers of one agent; past that the oldest is forgotten.
const MAX_DEVICES: i64 = 10;

/// A browser that wants news.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewWebPushDevice {
    /// The workspace whose news it wants.
    pub workspace: WorkspaceId,
    /// The SHA-256 of the address.
    pub device: [u8; 32],
    /// Whose it is.
    pub account: AccountId,
    /// How they are signed in there: with its end the news end.
    pub sign_in: SignInId,
    /// Where news is posted to.
    pub endpoint: String,
    /// The browser's key: a point of P-256, uncompressed.
    pub public_key: Vec<u8>,
    /// The browser's secret, 16 bytes.
    pub auth: Vec<u8>,
    /// `ko` or `en`.
    pub language: String,
    /// Now.
    pub created_at: i64,
}

/// A browser of an agent whose console is closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebPushDeviceRow {
    /// The SHA-256 of the address.
    pub device: [u8; 32],
    /// Whose it is.
    pub account: AccountId,
    /// Their role in the workspace.
    pub role: String,
    /// Where news is posted to.
    pub endpoint: String,
    /// The browser's key.
    pub public_key: Vec<u8>,
    /// The browser's secret.
    pub auth: Vec<u8>,
    /// `ko` or `en`.
    pub language: String,
    /// The agent's own settings, as JSON: what they want to be told.
    pub settings: String,
}

impl Store {
    /// What pushes of this installation are signed with. The first who needs it makes it; all others use theirs.
    pub async fn web_push_key(&self, new: Vec<u8>, now_ms: i64) -> Result<Vec<u8>, StoreError> {
        let params = vec![KEY_NAME.into(), new.into(), now_ms.into()];
        self.db.commit(Batch::default().then(KEEP_KEY, params), PATIENCE).await?;
        self.known_web_push_key().await?.ok_or(StoreError::Missing("server_keys"))
    }

    /// The same, where somebody has made it.
    pub async fn known_web_push_key(&self) -> Result<Option<Vec<u8>>, ReadError> {
        self.db.row(KEY, vec![KEY_NAME.into()]).await?.map_or(Ok(None), |mut row| row.opt_bytes())
    }

    /// A browser wants news from now on. Those where nobody is signed in any more go.
    pub async fn add_web_push_device(&self, new: NewWebPushDevice) -> Result<(), StoreError> {
        let (workspace, account) = (new.workspace, new.account);
        let params = vec![
            workspace.into(),
            new.device.to_vec().into(),
            account.into(),
            new.sign_in.into(),
            new.endpoint.into(),
            new.public_key.into(),
            new.auth.into(),
            new.language.into(),
            new.created_at.into(),
        ];
        let batch = Batch::default()
            .then(BEGIN, vec![workspace.into()])
            .then(ADD, params)
            .then(PRUNE, vec![workspace.into()])
            .then(PRUNE_OLDEST, vec![workspace.into(), account.into(), MAX_DEVICES.into()]);
        Ok(self.commit(batch).await?)
    }

    /// A browser wants no news any more; of this account, where one is named.
    pub async fn remove_web_push_device(
        &self,
        workspace: WorkspaceId,
        device: [u8; 32],
        account: Option<AccountId>,
    ) -> Result<(), StoreError> {
        let mut params = vec![workspace.into(), device.to_vec().into()];
        let statement = match account {
            Some(account) => {
                params.push(account.into());
                REMOVE_OWN
            }
            None => REMOVE,
        };
        Ok(self.commit(Batch::default().then(statement, params)).await?)
    }

    /// Workspaces with such browsers in which something has happened, and up to where they were told.
    pub async fn web_push_due(&self) -> Result<Vec<(WorkspaceId, i64)>, ReadError> {
        let read = |mut row: Row| Ok((row.id(WorkspaceId::from_bytes)?, row.int()?));
        self.db.rows(DUE, Vec::new()).await?.into_iter().map(read).collect()
    }

    /// Takes on to tell a workspace's browsers what happened between these numbers; `false` where another process has.
    pub async fn claim_web_push(
        &self,
        workspace: WorkspaceId,
        after: i64,
        up_to: i64,
    ) -> Result<bool, StoreError> {
        let batch = Batch::default().guarded(
            "web_push_feeds",
            MOVE,
            vec![workspace.into(), after.into(), up_to.into()],
        );
        match self.db.commit(batch, PATIENCE).await {
            Ok(()) => Ok(true),
            Err(CommitError::Stale { .. }) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// The browsers of agents whose console is closed, who are still members and signed in there.
    pub async fn web_push_devices_away(
        &self,
        workspace: WorkspaceId,
        now_ms: i64,
    ) -> Result<Vec<WebPushDeviceRow>, ReadError> {
        self.db.rows(AWAY, vec![workspace.into(), now_ms.into()]).await?.into_iter().map(device).collect()
    }
}

fn device(mut row: Row) -> Result<WebPushDeviceRow, ReadError> {
    Ok(WebPushDeviceRow {
        device: row.opt_bytes()?.and_then(|bytes| bytes.try_into().ok()).unwrap_or_default(),
        account: row.id(AccountId::from_bytes)?,
        role: row.text()?,
        endpoint: row.text()?,
        public_key: row.opt_bytes()?.unwrap_or_default(),
        auth: row.opt_bytes()?.unwrap_or_default(),
        language: row.text()?,
        settings: row.text()?,
    })
}
