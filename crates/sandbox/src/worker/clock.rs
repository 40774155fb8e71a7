//! The worker's clock: when a script's time is over and when its timers are due. Nothing of it is stored.

use std::time::Instant;

/// Now, on a clock that never goes backwards.
pub fn now() -> Instant {
    #[expect(
        clippy::disallowed_methods,
        reason = "a worker is a process of its own; it is given a length of time and measures it"
    )]
    Instant::now()
}
