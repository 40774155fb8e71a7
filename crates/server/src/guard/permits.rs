//! How many calls run at once: per host, so that one slow server does not take all connections, and in all.
//!
//! The host's permit is taken first: who waits for a slow host holds nothing that others need.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError, Weak},
};

use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::{Instant, timeout_at},
};

use super::error::GuardError;

/// Hosts that are called or waited for at the same time. A turn calls one, so this is beyond what the turns that run
/// at once can reach.
const MAX_HOSTS: usize = 8_192;

#[derive(Debug)]
pub(super) struct Permits {
    all: Arc<Semaphore>,
    per_host: usize,
    hosts: Mutex<HashMap<String, Weak<Semaphore>>>,
}

/// The right to call; gone when it is dropped.
#[derive(Debug)]
pub(super) struct Permit {
    _all: OwnedSemaphorePermit,
    _host: OwnedSemaphorePermit,
}

impl Permits {
    pub(super) fn new(all: usize, per_host: usize) -> Self {
        Self { all: Arc::new(Semaphore::new(all)), per_host, hosts: Mutex::default() }
    }

    /// Waits for a permit, no longer than until then.
    pub(super) async fn take(&self, host: &str, until: Instant) -> Result<Permit, GuardError> {
        let busy = || GuardError::Busy { host: host.to_owned() };
        let of_host = self.of_host(host).ok_or_else(busy)?;
        let taking = async {
            let host = of_host.acquire_owned().await.ok()?;
            let all = Arc::clone(&self.all).acquire_owned().await.ok()?;
            Some(Permit { _all: all, _host: host })
        };
        let taken = timeout_at(until, taking).await.ok().flatten();
        // Callers that are out of time give their permits back together; the next ones are as late as they.
        taken.filter(|_| Instant::now() < until).ok_or_else(busy)
    }

    /// Whoever holds or waits for a permit keeps the host's semaphore alive; the map only finds it.
    fn of_host(&self, host: &str) -> Option<Arc<Semaphore>> {
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = hosts.get(host).and_then(Weak::upgrade) {
            return Some(found);
        }
        if hosts.len() >= MAX_HOSTS {
            hosts.retain(|_, semaphore| semaphore.strong_count() > 0);
        }
        if hosts.len() >= MAX_HOSTS {
            return None;
        }
        let made = Arc::new(Semaphore::new(self.per_host));
        hosts.insert(host.to_owned(), Arc::downgrade(&made));
        Some(made)
    }
}
