//! Passwords: Argon2id with OWASP's figures, a few at a time.
//!
//! A hash costs 19 MiB and some 15 ms of a core, so a flood of sign-ins must wait here instead of eating the machine
//! that answers KakaoTalk. Whoever has no account costs the same time as who has.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use tokio::sync::Semaphore;

use crate::secret;

/// Memory of one hash in KiB, passes, lanes (OWASP Password Storage Cheat Sheet).
const COST: (u32, u32, u32) = (19 * 1024, 2, 1);
/// Hashes at the same time: 38 MiB.
const AT_ONCE: usize = 2;
/// Who waits for a hash at most; at 15 ms each the last of them waits half a second.
const MAX_WAITING: usize = 64;
/// Bytes of salt.
const SALT: usize = 16;
/// A hash of nothing that anyone can type, with the cost of a real one.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5bm9ib2R5bm9ib2R5$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Why there is no hash.
#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    /// Too many wait already.
    #[error("too many passwords are being checked")]
    Busy,
    /// The machine or the library fails.
    #[error("a password could not be hashed: {0}")]
    Failed(String),
}

/// Hashes passwords.
#[derive(Debug)]
pub struct Passwords {
    permits: Arc<Semaphore>,
    waiting: AtomicUsize,
}

impl Default for Passwords {
    fn default() -> Self {
        Self { permits: Arc::new(Semaphore::new(AT_ONCE)), waiting: AtomicUsize::new(0) }
    }
}

impl Passwords {
    /// What is kept of a password.
    pub async fn hash(&self, password: &str) -> Result<String, PasswordError> {
        let salt: [u8; SALT] = secret::bytes().map_err(|error| PasswordError::Failed(error.to_string()))?;
        let password = password.to_owned();
        self.work(move || {
            let hash = argon()?.hash_password_with_salt(password.as_bytes(), &salt);
            hash.map(|hash| hash.to_string()).map_err(|error| PasswordError::Failed(error.to_string()))
        })
        .await
    }

    /// Is this the password? Without a hash the answer is no, after the same time.
    pub async fn verify(&self, password: &str, hash: Option<&str>) -> Result<bool, PasswordError> {
        let hash = hash.filter(|hash| !hash.is_empty()).unwrap_or(NOBODY).to_owned();
        let password = password.to_owned();
        self.work(move || {
            let hash = PasswordHash::new(&hash).map_err(|error| PasswordError::Failed(error.to_string()))?;
            Ok(argon()?.verify_password(password.as_bytes(), &hash).is_ok())
        })
        .await
    }

    async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, PasswordError> + Send + 'static,
    ) -> Result<T, PasswordError> {
        if self.waiting.fetch_add(1, Ordering::Relaxed) >= MAX_WAITING {
            self.waiting.fetch_sub(1, Ordering::Relaxed);
            return Err(PasswordError::Busy);
        }
        let permit = Arc::clone(&self.permits).acquire_owned().await;
        self.waiting.fetch_sub(1, Ordering::Relaxed);
        let permit = permit.map_err(|error| PasswordError::Failed(error.to_string()))?;
        let done = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            work()
        });
        done.await.map_err(|error| PasswordError::Failed(error.to_string()))?
    }
}

fn argon() -> Result<Argon2<'static>, PasswordError> {
    let (memory, passes, lanes) = COST;
    let params =
        Params::new(memory, passes, lanes, None).map_err(|error| PasswordError::Failed(error.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_is_known_again_and_no_other() {
        let passwords = Passwords::default();
        let hash = passwords.hash("맑은 날의 비밀번호").await.expect("hashes");
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert_ne!(hash, passwords.hash("맑은 날의 비밀번호").await.expect("hashes"));
        assert!(passwords.verify("맑은 날의 비밀번호", Some(&hash)).await.expect("verifies"));
        assert!(!passwords.verify("흐린 날의 비밀번호", Some(&hash)).await.expect("verifies"));
        for nobody in [None, Some("")] {
            assert!(!passwords.verify("nobody", nobody).await.expect("verifies"));
        }
    }
}
