//! The vault: secrets and settings of connected services, per workspace, sealed before they reach the database.
//!
//! A row is sealed for its workspace, kind and name, so that rows cannot be exchanged by someone who may write to the
//! database. What was opened is kept for a few seconds, so that turns do not read it each time; a change is seen by a
//! running server that soon. Nothing here is ever logged, exported or shown: `about` says what people may see.

mod key;
mod kind;
mod secrets;

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use key::{Bound, Key};
pub use key::{KeyError, KeySource};
pub use kind::{Kind, Lack};
pub use secrets::{Form, Opened, SecretError, Secrets};
use serde_json::Value;
use store::{Store, StoreError, VaultKey, WorkspaceId};
use tokio::time::Instant;

use crate::clock::{Clock, Die};

/// How long opened values are kept; also how soon a running server sees a change.
const KEEP: Duration = Duration::from_secs(5);
/// Workspaces whose values are kept open.
const MAX_KEPT: usize = 1_000;
/// Entries of a workspace: all of them are opened together.
const MAX_ENTRIES: usize = 300;
/// Bytes of one value; a service account's file has 2,400.
const MAX_VALUE: usize = 32 * 1024;
/// Entries that a key is tried on before it seals another: one that opens is enough, the rest may be damaged.
const TRIED: u32 = 20;
/// Letters of a name.
const MAX_NAME: usize = 64;
/// The name that is meant where none is given.
pub const DEFAULT_NAME: &str = "default";

/// The vault. Cheap to clone.
#[derive(Clone)]
pub struct Vault {
    inner: Arc<Inner>,
}

struct Inner {
    store: Store,
    clock: Clock,
    die: Die,
    source: KeySource,
    key: Mutex<Option<Arc<Key>>>,
    kept: Mutex<HashMap<WorkspaceId, Kept>>,
    reading: tokio::sync::Mutex<()>,
}

type Entries = HashMap<(Kind, String), Option<Arc<str>>>;

/// The opened entries of a workspace; `None` for one that the key does not open.
struct Kept {
    until: Instant,
    entries: Arc<Entries>,
}

/// What people may see of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What it is.
    pub kind: Kind,
    /// What it is called.
    pub name: String,
    /// What it is about, without secrets.
    pub about: Value,
    /// When it was last put.
    pub updated_at: i64,
}

/// Why a vault was not read or changed.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// The store does not answer, or there is no such entry.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// There is no key, or none that fits.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The name cannot be used.
    #[error("{0:?} cannot be a name: a name is 1 to 64 letters (a-z, A-Z), digits, - _ and .")]
    Name(String),
    /// The value is empty or too long.
    #[error("the value must have 1 to {MAX_VALUE} bytes")]
    Size,
    /// There are enough.
    #[error("a workspace holds {MAX_ENTRIES} secrets and connections at most; remove one first")]
    Many,
    /// The settings lack something.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Settings(Vec<Lack>),
    /// There are several of this kind, and no name was given.
    #[error("there are several connections of kind {0}; name one, or call one \"{DEFAULT_NAME}\"")]
    Several(Kind),
    /// There is none of this name.
    #[error("there is no {kind} named {name}")]
    Missing {
        /// The kind.
        kind: Kind,
        /// The name.
        name: String,
    },
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Vault").finish_non_exhaustive()
    }
}

impl Vault {
    /// The vault of a store. The key is looked for when it is first needed.
    pub fn new(store: Store, clock: Clock, die: Die, source: KeySource) -> Self {
        let inner = Inner {
            store,
            clock,
            die,
            source,
            key: Mutex::default(),
            kept: Mutex::default(),
            reading: tokio::sync::Mutex::default(),
        };
        Self { inner: Arc::new(inner) }
    }

    /// A secret's value; `None` where there is none of this name.
    pub async fn secret(&self, workspace: WorkspaceId, name: &str) -> Result<Option<String>, VaultError> {
        let value = self.open(workspace, Kind::Secret, name).await?;
        Ok(value.map(|value| value.to_string()))
    }

    /// The settings of a connection. Without a name: the only one of its kind, or the one that is called `default`.
    pub async fn connection(
        &self,
        workspace: WorkspaceId,
        kind: Kind,
        name: Option<&str>,
    ) -> Result<Option<Value>, VaultError> {
        let name = match name {
            Some(name) => name.to_owned(),
            None => {
                let entries = self.entries(workspace).await?;
                let mut names = entries.keys().filter(|(own, _)| *own == kind).map(|(_, name)| name);
                match (names.next(), names.next()) {
                    (None, _) => return Ok(None),
                    (Some(only), None) => only.clone(),
                    _ if entries.contains_key(&(kind, DEFAULT_NAME.to_owned())) => DEFAULT_NAME.to_owned(),
                    _ => return Err(VaultError::Several(kind)),
                }
            }
        };
        let value = self.open(workspace, kind, &name).await?;
        // What was put was an object; a text that is none comes from a database that was changed by hand.
        Ok(value.and_then(|value| serde_json::from_str(&value).ok()))
    }

    /// Puts a secret, in place of the one that has its name.
    pub async fn put_secret(
        &self,
        workspace: WorkspaceId,
        name: &str,
        value: &str,
    ) -> Result<(), VaultError> {
        self.put(workspace, Kind::Secret, name, (value, &Value::Object(serde_json::Map::new()))).await
    }

    /// Puts a connection, in place of the one that has its kind and name. Its settings are checked.
    pub async fn put_connection(
        &self,
        workspace: WorkspaceId,
        kind: Kind,
        name: &str,
        settings: &Value,
    ) -> Result<(), VaultError> {
        let lacks = kind.lacks(settings);
        if !lacks.is_empty() {
            return Err(VaultError::Settings(lacks));
        }
        self.put(workspace, kind, name, (&settings.to_string(), &kind.about(settings))).await
    }

    /// All entries, by kind and name; what they hold is not read.
    pub async fn list(&self, workspace: WorkspaceId) -> Result<Vec<Entry>, VaultError> {
        let rows = self.inner.store.vault_entries(workspace).await.map_err(StoreError::from)?;
        let entry = |row: store::VaultRow| {
            Some(Entry {
                kind: Kind::from_name(&row.kind)?,
                name: row.name,
                about: serde_json::from_str(&row.about).unwrap_or_default(),
                updated_at: row.updated_at,
            })
        };
        Ok(rows.into_iter().filter_map(entry).collect())
    }

    /// Takes an entry out.
    pub async fn remove(&self, workspace: WorkspaceId, kind: Kind, name: &str) -> Result<(), VaultError> {
        let removed = self.inner.store.remove_from_vault(vault_key(workspace, kind, name)).await;
        self.forget(workspace);
        match removed {
            Err(StoreError::Missing(_)) => Err(VaultError::Missing { kind, name: name.to_owned() }),
            ended => Ok(ended?),
        }
    }

    async fn put(
        &self,
        workspace: WorkspaceId,
        kind: Kind,
        name: &str,
        (value, about): (&str, &Value),
    ) -> Result<(), VaultError> {
        if !is_name(name) {
            return Err(VaultError::Name(name.chars().take(MAX_NAME).collect()));
        }
        if value.is_empty() || value.len() > MAX_VALUE {
            return Err(VaultError::Size);
        }
        let inner = &self.inner;
        let rows = inner.store.vault_entries(workspace).await.map_err(StoreError::from)?;
        let is_new = rows.iter().all(|row| (row.kind.as_str(), row.name.as_str()) != (kind.name(), name));
        if is_new && rows.len() >= MAX_ENTRIES {
            return Err(VaultError::Many);
        }
        let key = self.key_for_sealing().await?;
        let bound = Bound { workspace, kind: kind.name(), name };
        let sealed = key.seal(&bound, value.as_bytes(), &inner.die);
        let entry = vault_key(workspace, kind, name);
        inner.store.put_in_vault(entry, sealed, about.to_string(), inner.clock.now_ms()).await?;
        self.forget(workspace);
        Ok(())
    }

    /// The key, which must open something that is there already: two keys in one database would be found out too
    /// late. It is made where nothing is there yet.
    async fn key_for_sealing(&self) -> Result<Arc<Key>, VaultError> {
        let some = self.inner.store.some_vault_entries(TRIED).await.map_err(StoreError::from)?;
        if some.is_empty() {
            let key = Arc::new(self.inner.source.find_or_make()?);
            *self.inner.key.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&key));
            return Ok(key);
        }
        let key = self.key()?;
        let fits = some.iter().any(|(entry, sealed)| {
            let bound = Bound { workspace: entry.workspace, kind: &entry.kind, name: &entry.name };
            key.open(&bound, sealed).is_some()
        });
        if fits { Ok(key) } else { Err(self.does_not_fit()) }
    }

    fn does_not_fit(&self) -> VaultError {
        KeyError::DoesNotFit { place: self.inner.source.place() }.into()
    }

    fn key(&self) -> Result<Arc<Key>, KeyError> {
        let mut kept = self.inner.key.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(key) = &*kept {
            return Ok(Arc::clone(key));
        }
        let key = Arc::new(self.inner.source.find()?);
        *kept = Some(Arc::clone(&key));
        Ok(key)
    }

    async fn open(
        &self,
        workspace: WorkspaceId,
        kind: Kind,
        name: &str,
    ) -> Result<Option<Arc<str>>, VaultError> {
        match self.entries(workspace).await?.get(&(kind, name.to_owned())) {
            None => Ok(None),
            Some(Some(value)) => Ok(Some(Arc::clone(value))),
            Some(None) => Err(self.does_not_fit()),
        }
    }

    /// Reads and opens the entries of a workspace, or takes what was opened a moment ago.
    async fn entries(&self, workspace: WorkspaceId) -> Result<Arc<Entries>, VaultError> {
        if let Some(kept) = self.kept(workspace) {
            return Ok(kept);
        }
        // One reads, the others wait for what it finds.
        let _reading = self.inner.reading.lock().await;
        if let Some(kept) = self.kept(workspace) {
            return Ok(kept);
        }
        let rows = self.inner.store.vault_entries(workspace).await.map_err(StoreError::from)?;
        let mut entries = Entries::new();
        if !rows.is_empty() {
            let key = self.key()?;
            for row in rows {
                let Some(kind) = Kind::from_name(&row.kind) else { continue };
                let bound = Bound { workspace, kind: &row.kind, name: &row.name };
                let value = key.open(&bound, &row.sealed).and_then(|value| String::from_utf8(value).ok());
                entries.insert((kind, row.name), value.map(Arc::from));
            }
        }
        let entries = Arc::new(entries);
        let now = Instant::now();
        let mut all = self.inner.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= MAX_KEPT {
            all.retain(|_, kept| kept.until > now);
        }
        if all.len() < MAX_KEPT {
            all.insert(workspace, Kept { until: now + KEEP, entries: Arc::clone(&entries) });
        }
        Ok(entries)
    }

    fn kept(&self, workspace: WorkspaceId) -> Option<Arc<Entries>> {
        let all = self.inner.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = all.get(&workspace).filter(|kept| kept.until > Instant::now())?;
        Some(Arc::clone(&kept.entries))
    }

    fn forget(&self, workspace: WorkspaceId) {
        self.inner.kept.lock().unwrap_or_else(PoisonError::into_inner).remove(&workspace);
    }
}

fn vault_key(workspace: WorkspaceId, kind: Kind, name: &str) -> VaultKey {
    VaultKey { workspace, kind: kind.name().to_owned(), name: name.to_owned() }
}

/// Names stand in templates and on command lines; the engine's rule for `SECRET` is the same.
fn is_name(name: &str) -> bool {
    (1..=MAX_NAME).contains(&name.len())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
}

impl VaultError {
    /// What happened and what to do, in Korean.
    pub fn ko(&self) -> String {
        match self {
            Self::Store(error) => format!("데이터베이스를 쓸 수 없어요: {error}"),
            Self::Key(error) => error.ko(),
            Self::Name(name) => {
                format!("{name:?}은(는) 이름으로 쓸 수 없어요. 영문자, 숫자, - _ . 만 64자까지 쓸 수 있어요.")
            }
            Self::Size => format!("값은 1바이트에서 {MAX_VALUE}바이트까지 쓸 수 있어요."),
            Self::Many => {
                format!("비밀값과 연결은 작업 공간마다 {MAX_ENTRIES}개까지예요. 쓰지 않는 것을 지워 주세요.")
            }
            Self::Settings(lacks) => lacks.iter().map(Lack::ko).collect::<Vec<_>>().join("\n"),
            Self::Several(kind) => format!(
                "{kind} 연결이 여러 개예요. 쓸 연결의 이름을 적거나 하나를 \"{DEFAULT_NAME}\"로 만들어 주세요."
            ),
            Self::Missing { kind, name } => format!("{kind} '{name}'이(가) 없어요."),
        }
    }
}
