//! What happens, told to whoever watches: consoles of a workspace, and pages of an end user.
//!
//! The store is the truth, this is the doorbell. A console holds nothing but the number of the last event that it has seen;
//! when the bell rings it takes what came after it, from what is remembered here or from the store. So a slow console costs
//! no memory, a missed ring costs a moment, and a reconnect is nothing special. Rings reach this process alone; feeds look
//! at the store each second as well, so that what other processes do is seen.

pub mod audience;
pub mod bells;
pub mod event;
pub mod feed;
pub mod presence;

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use store::WorkspaceId;

use crate::Hub;
use bells::Bells;
use feed::Feed;
use presence::Presence;

/// Rings for consoles alone: who is a member, or as what, has changed.
pub const MEMBERS: &str = r#"{"type":"members"}"#;

/// All that is told in this process.
#[derive(Debug, Default)]
pub struct Live {
    feeds: Mutex<HashMap<WorkspaceId, Arc<Feed>>>,
    /// Pages of end users.
    pub bells: Bells,
    /// Agents whose consoles are open here.
    pub presence: Presence,
}

impl Live {
    /// Something was committed in this workspace: who watches it is told.
    pub fn ring(&self, workspace: WorkspaceId) {
        let feeds = self.feeds.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(feed) = feeds.get(&workspace) {
            feed.ring();
        }
    }

    /// Tells consoles of a workspace something that is not stored: who types, who is there.
    pub fn signal(&self, workspace: WorkspaceId, text: String) {
        let feeds = self.feeds.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(feed) = feeds.get(&workspace) {
            feed.signal(text.into());
        }
    }

    fn feed(&self, hub: &Arc<Hub>, workspace: WorkspaceId, last: i64) -> feed::Watcher {
        let mut feeds = self.feeds.lock().unwrap_or_else(PoisonError::into_inner);
        let feed = feeds.entry(workspace).or_insert_with(|| {
            let feed = Arc::new(Feed::new(workspace, last));
            tokio::spawn(feed::run(Arc::clone(hub), Arc::clone(&feed)));
            feed
        });
        Feed::watch(feed)
    }

    /// Forgets a feed that nobody watches. `false` where somebody does.
    fn forget(&self, feed: &Arc<Feed>) -> bool {
        let mut feeds = self.feeds.lock().unwrap_or_else(PoisonError::into_inner);
        // Watchers are made under this lock.
        let idle = feed.is_idle();
        if idle {
            feeds.remove(&feed.workspace);
        }
        idle
    }

    /// How many workspaces are watched.
    pub fn watched(&self) -> usize {
        self.feeds.lock().unwrap_or_else(PoisonError::into_inner).len()
    }
}

/// Watches a workspace from now on.
pub async fn watch(hub: &Arc<Hub>, workspace: WorkspaceId) -> Result<feed::Watcher, store::ReadError> {
    let last = hub.store.last_live(workspace).await?;
    Ok(hub.live.feed(hub, workspace, last))
}
