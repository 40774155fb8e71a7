//! The only clock and the only die.
//!
//! Everything else is given a time or a number and can therefore be tested and replayed. Both are cheap to clone and
//! to ask.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Instant, SystemTime, UNIX_EPOCH},
};

/// Step of the Weyl sequence that the die walks along (splitmix64).
const GAMMA: u64 = 0x9e37_79b9_7f4a_7c15;

/// Tells the time.
#[derive(Debug, Clone, Copy, Default)]
pub struct Clock {
    ahead_ms: i64,
}

impl Clock {
    /// A clock that goes so many milliseconds ahead of the machine's: tests visit other days with it.
    pub fn ahead(ahead_ms: i64) -> Self {
        Self { ahead_ms }
    }

    /// Milliseconds since 1970, UTC. Zero on a machine whose clock stands before 1970.
    pub fn now_ms(self) -> i64 {
        #[expect(clippy::disallowed_methods, reason = "this is the one clock")]
        let now = SystemTime::now();
        let now = now
            .duration_since(UNIX_EPOCH)
            .map_or(0, |since| i64::try_from(since.as_millis()).unwrap_or(i64::MAX));
        now + self.ahead_ms
    }

    /// A moment to measure durations from; never goes backwards.
    pub fn instant(self) -> Instant {
        #[expect(clippy::disallowed_methods, reason = "this is the one clock")]
        Instant::now()
    }
}

/// Gives numbers that nobody can foresee from outside. They make ids and seeds, not secrets.
#[derive(Debug, Clone)]
pub struct Die {
    state: Arc<AtomicU64>,
}

impl Die {
    /// A die that starts from the machine's entropy.
    pub fn new() -> Result<Self, getrandom::Error> {
        #[expect(clippy::disallowed_methods, reason = "this is the one die")]
        let start = getrandom::u64()?;
        Ok(Self { state: Arc::new(AtomicU64::new(start)) })
    }

    /// 32 bytes of the machine's entropy itself, for keys.
    pub fn key() -> Result<[u8; 32], getrandom::Error> {
        let mut key = [0; 32];
        #[expect(clippy::disallowed_methods, reason = "this is the one die")]
        getrandom::fill(&mut key)?;
        Ok(key)
    }

    /// 64 bits.
    pub fn roll(&self) -> u64 {
        let mut mixed = self.state.fetch_add(GAMMA, Ordering::Relaxed);
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// 128 bits, for an id.
    pub fn roll_wide(&self) -> u128 {
        u128::from(self.roll()) << 64 | u128::from(self.roll())
    }
}
