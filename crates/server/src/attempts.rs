//! Guessing: who has failed too often waits longer and longer (docs/security.md).
//!
//! An attempt is counted when it begins and taken back when it succeeds, so that a thousand guesses sent at once are a
//! thousand attempts. Kept in memory: a restart forgets, and the growing delay begins anew.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Mutex, PoisonError},
};

/// Failures of one account before it waits.
const FREE_PER_ACCOUNT: u32 = 5;
/// … and the longest wait: short enough that nobody is locked out of their account for a day by a stranger.
const LONGEST_PER_ACCOUNT_MS: i64 = 5 * 60_000;
/// Failures of one address before it waits. Offices share one.
const FREE_PER_ADDRESS: u32 = 20;
/// … and the longest wait.
const LONGEST_PER_ADDRESS_MS: i64 = 15 * 60_000;
/// After this time without an attempt all is forgotten.
const FORGOTTEN_AFTER_MS: i64 = 60 * 60_000;
/// Accounts and addresses that are remembered at most: some 2 MiB.
const MAX_REMEMBERED: usize = 20_000;

/// What is counted by.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Key {
    /// An account's address, also of one that is not there.
    Account(String),
    /// Where the attempt comes from. The 64 bits of an IPv6 network are one place.
    Address(IpAddr),
}

impl Key {
    /// The place of an address.
    pub fn of_address(address: IpAddr) -> Self {
        match address {
            IpAddr::V6(long) => match long.to_ipv4_mapped() {
                Some(short) => Self::Address(IpAddr::V4(short)),
                None => {
                    let [a, b, c, d, ..] = long.segments();
                    Self::Address(IpAddr::V6([a, b, c, d, 0, 0, 0, 0].into()))
                }
            },
            short @ IpAddr::V4(_) => Self::Address(short),
        }
    }

    fn bounds(&self) -> (u32, i64) {
        match self {
            Self::Account(_) => (FREE_PER_ACCOUNT, LONGEST_PER_ACCOUNT_MS),
            Self::Address(_) => (FREE_PER_ADDRESS, LONGEST_PER_ADDRESS_MS),
        }
    }
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    failures: u32,
    last_ms: i64,
    not_before_ms: i64,
}

/// Attempts that have failed.
#[derive(Debug, Default)]
pub struct Attempts {
    entries: Mutex<HashMap<Key, Entry>>,
}

impl Attempts {
    /// Counts an attempt. Refused with the milliseconds that are to be waited; refused attempts do not count.
    pub fn begin(&self, keys: &[Key], now_ms: i64) -> Result<(), i64> {
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        let wait = keys
            .iter()
            .filter_map(|key| entries.get(key))
            .map(|entry| entry.not_before_ms - now_ms)
            .max()
            .unwrap_or(0);
        if wait > 0 {
            return Err(wait);
        }
        if entries.len() + keys.len() > MAX_REMEMBERED {
            forget(&mut entries, now_ms);
        }
        for key in keys {
            let (free, longest) = key.bounds();
            let entry = entries.entry(key.clone()).or_insert(Entry {
                failures: 0,
                last_ms: now_ms,
                not_before_ms: 0,
            });
            if now_ms - entry.last_ms > FORGOTTEN_AFTER_MS {
                entry.failures = 0;
            }
            entry.failures = entry.failures.saturating_add(1);
            entry.last_ms = now_ms;
            entry.not_before_ms = now_ms + delay(entry.failures, free, longest);
        }
        Ok(())
    }

    /// An attempt succeeded: its account starts anew, its address has one failure less.
    pub fn succeed(&self, keys: &[Key]) {
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        for key in keys {
            if matches!(key, Key::Account(_)) {
                entries.remove(key);
            } else {
                take_back(&mut entries, key);
            }
        }
    }

    /// An attempt was no failure, but proved nothing either.
    pub fn take_back(&self, keys: &[Key]) {
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        for key in keys {
            take_back(&mut entries, key);
        }
    }
}

fn take_back(entries: &mut HashMap<Key, Entry>, key: &Key) {
    if let Some(entry) = entries.get_mut(key) {
        entry.failures = entry.failures.saturating_sub(1);
        entry.not_before_ms = 0;
        if entry.failures == 0 {
            entries.remove(key);
        }
    }
}

/// One second after the free ones, doubling.
fn delay(failures: u32, free: u32, longest_ms: i64) -> i64 {
    match failures.checked_sub(free) {
        None => 0,
        Some(over) => 1_000_i64.checked_shl(over.min(32)).unwrap_or(longest_ms).min(longest_ms),
    }
}

/// Makes room: what is old goes, and if that is not enough, the half that was touched longest ago.
fn forget(entries: &mut HashMap<Key, Entry>, now_ms: i64) {
    entries.retain(|_, entry| now_ms - entry.last_ms <= FORGOTTEN_AFTER_MS);
    if entries.len() > MAX_REMEMBERED / 2 {
        let mut times: Vec<i64> = entries.values().map(|entry| entry.last_ms).collect();
        let middle = times.len() / 2;
        let (_, middle, _) = times.select_nth_unstable(middle);
        let middle = *middle;
        entries.retain(|_, entry| entry.last_ms > middle);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_waits_longer_and_longer_and_is_never_locked() {
        let attempts = Attempts::default();
        let key = [Key::Account("kim@example.com".to_owned())];
        let mut now = 1_000_000;
        let mut waits = Vec::new();
        for _ in 0..16 {
            if let Err(wait) = attempts.begin(&key, now) {
                waits.push(wait / 1_000);
                now += wait;
                attempts.begin(&key, now).expect("the wait is over");
            }
        }
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
        attempts.succeed(&key);
        assert_eq!(attempts.begin(&key, now), Ok(()));
    }

    #[test]
    fn guesses_sent_at_once_are_counted_at_once() {
        let attempts = Attempts::default();
        let key = [Key::Account("kim@example.com".to_owned())];
        let let_through = (0..1_000).filter(|_| attempts.begin(&key, 5).is_ok()).count();
        assert_eq!(let_through, FREE_PER_ACCOUNT as usize);
        assert!(attempts.begin(&[Key::Account("lee@example.com".to_owned())], 5).is_ok());
    }

    #[test]
    fn memory_is_bounded_and_an_hour_forgives() {
        let attempts = Attempts::default();
        for number in 0..(MAX_REMEMBERED as i64 * 2) {
            let _ = attempts.begin(&[Key::Account(number.to_string())], number);
        }
        assert!(attempts.entries.lock().expect("a lock").len() <= MAX_REMEMBERED);
        let key = [Key::of_address("2001:db8::1".parse().expect("an address"))];
        while attempts.begin(&key, 7).is_ok() {}
        let neighbour = [Key::of_address("2001:db8::2".parse().expect("an address"))];
        assert!(attempts.begin(&neighbour, 7).is_err());
        assert!(attempts.begin(&neighbour, 8 + FORGOTTEN_AFTER_MS).is_ok());
        assert!(attempts.begin(&neighbour, 8 + FORGOTTEN_AFTER_MS).is_ok());
    }
}
