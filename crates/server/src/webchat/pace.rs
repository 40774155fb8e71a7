//! How much a visitor may ask of the server: so many messages at once and per second over all of their pages, so many pages
//! per address.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
};

use store::BotId;

use crate::attempts::Key;

/// Messages that a visitor may send at once.
const BURST: i64 = 10;
/// After that one comes free in so many milliseconds.
const EVERY_MS: i64 = 500;
/// Addresses that are remembered.
const MAX_REMEMBERED: usize = 50_000;
/// Sessions that are begun from an address are counted for so long.
const WINDOW_MS: i64 = 60_000;

/// Visitors that are forgotten are looked for at most so often.
const SWEEP_EVERY_MS: i64 = 1_000;

/// What one visitor may still send.
#[derive(Debug)]
pub struct Bucket {
    left: i64,
    at: i64,
}

impl Bucket {
    /// A full one.
    pub fn new(now_ms: i64) -> Self {
        Self { left: BURST, at: now_ms }
    }

    /// Takes one; the milliseconds to wait where there is none.
    pub fn take(&mut self, now_ms: i64) -> Result<(), i64> {
        let gained = (now_ms - self.at).max(0) / EVERY_MS;
        if gained > 0 {
            self.left = (self.left + gained).min(BURST);
            self.at += gained * EVERY_MS;
        }
        if self.left == 0 {
            return Err((self.at + EVERY_MS - now_ms).max(1));
        }
        self.left -= 1;
        Ok(())
    }

    /// Is there as much as at the beginning?
    fn is_full(&self, now_ms: i64) -> bool {
        self.left + (now_ms - self.at).max(0) / EVERY_MS >= BURST
    }
}

/// What visitors may still send: opening another page, or the same anew, gives nobody more.
#[derive(Debug, Default)]
pub struct Visitors {
    known: Mutex<Known>,
}

#[derive(Debug, Default)]
struct Known {
    buckets: HashMap<(BotId, Box<str>), Bucket>,
    swept_at: i64,
}

impl Visitors {
    /// Takes one; the milliseconds to wait where there is none.
    pub fn take(&self, bot: BotId, user_key: &str, now_ms: i64) -> Result<(), i64> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (bot, user_key.into());
        if known.buckets.len() >= MAX_REMEMBERED && !known.buckets.contains_key(&key) {
            if now_ms - known.swept_at < SWEEP_EVERY_MS {
                return Err(SWEEP_EVERY_MS);
            }
            known.swept_at = now_ms;
            known.buckets.retain(|_, bucket| !bucket.is_full(now_ms));
        }
        known.buckets.entry(key).or_insert_with(|| Bucket::new(now_ms)).take(now_ms)
    }
}

#[derive(Debug, Clone, Copy, Default)]
struct Seen {
    /// Pages that are open.
    open: u32,
    /// Sessions that were begun since.
    begun: u32,
    since: i64,
}

/// Where pages come from.
#[derive(Debug, Default)]
pub struct Addresses {
    seen: Mutex<HashMap<Key, Seen>>,
}

/// A page that is open.
#[derive(Debug)]
pub struct Page {
    addresses: Arc<Addresses>,
    key: Key,
}

impl Addresses {
    /// A session is begun. The milliseconds to wait where there were too many of late.
    pub fn begin(&self, address: IpAddr, most: u32, now_ms: i64) -> Result<(), i64> {
        let mut all = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= MAX_REMEMBERED {
            all.retain(|_, seen| seen.open > 0 || now_ms - seen.since < WINDOW_MS);
        }
        let seen = all.entry(Key::of_address(address)).or_default();
        if now_ms - seen.since >= WINDOW_MS {
            (seen.begun, seen.since) = (0, now_ms);
        }
        if seen.begun >= most {
            return Err((seen.since + WINDOW_MS - now_ms).max(1));
        }
        seen.begun += 1;
        Ok(())
    }

    /// A page opens; `None` where so many are open from there.
    pub fn open(self: &Arc<Self>, address: IpAddr, most: u32) -> Option<Page> {
        let key = Key::of_address(address);
        let mut all = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let seen = all.entry(key.clone()).or_default();
        if seen.open >= most {
            return None;
        }
        seen.open += 1;
        Some(Page { addresses: Arc::clone(self), key })
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        let mut all = self.addresses.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(seen) = all.get_mut(&self.key) {
            seen.open = seen.open.saturating_sub(1);
            if seen.open == 0 && seen.begun == 0 {
                all.remove(&self.key);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_may_hurry_but_not_flood() {
        let mut bucket = Bucket::new(0);
        assert_eq!((0..20).filter(|_| bucket.take(0).is_ok()).count(), BURST as usize);
        assert_eq!(bucket.take(100), Err(EVERY_MS - 100));
        assert_eq!((0..20).filter(|n| bucket.take(EVERY_MS * (n + 1)).is_ok()).count(), 20);
    }

    #[test]
    fn a_visitor_has_one_measure_and_idle_ones_are_forgotten() {
        let visitors = Visitors::default();
        let bot = BotId::new(1, 1);
        assert_eq!((0..20).filter(|_| visitors.take(bot, "anon:1", 0).is_ok()).count(), BURST as usize);
        assert!(
            visitors.take(bot, "anon:2", 0).is_ok() && visitors.take(BotId::new(1, 2), "anon:1", 0).is_ok()
        );
        for nth in 0..MAX_REMEMBERED {
            let _ = visitors.take(bot, &format!("anon:many{nth}"), 0);
        }
        assert_eq!(visitors.take(bot, "anon:new", 10), Err(SWEEP_EVERY_MS));
        assert!(visitors.take(bot, "anon:new", 60_000).is_ok());
        assert_eq!(visitors.known.lock().expect("no panic").buckets.len(), 1);
    }

    #[test]
    fn an_address_has_so_many_pages_and_sessions() {
        let addresses = Arc::new(Addresses::default());
        let home: IpAddr = "203.0.113.7".parse().expect("an address");
        let (first, second) = (addresses.open(home, 2), addresses.open(home, 2));
        assert!(first.is_some() && second.is_some() && addresses.open(home, 2).is_none());
        drop(first);
        assert!(addresses.open(home, 2).is_some());
        assert!(addresses.begin(home, 1, 0).is_ok());
        assert_eq!(addresses.begin(home, 1, 1_000), Err(WINDOW_MS - 1_000));
        assert!(addresses.begin(home, 1, WINDOW_MS).is_ok());
    }
}
