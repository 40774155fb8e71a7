//! Secrets: tokens that browsers and links carry, and what is kept of them.
//!
//! The die makes ids, which may be foreseen by whoever has seen enough of them; what is here comes from the machine's
//! entropy each time. A token is shown once and kept as SHA-256: it is random enough that nothing slower is needed.

use std::fmt::{self, Write as _};

use sha2::{Digest, Sha256};

use crate::clock::Die;

/// Bytes of a token.
const BYTES: usize = 32;
/// Letters of recovery codes: none that people take for another. 32 of them, so that a byte falls on each alike.
const CODE_LETTERS: &[u8; 32] = b"23456789abcdefghjkmnpqrstuvwxyz0";
/// Letters of a recovery code: 75 bits of chance.
const CODE_LENGTH: usize = 15;

/// 256 bits that nobody can guess. Its text is lower-case hexadecimal.
#[derive(Clone, PartialEq, Eq)]
pub struct Token([u8; BYTES]);

impl Token {
    /// A new one.
    pub fn new() -> Result<Self, getrandom::Error> {
        Ok(Self(bytes()?))
    }

    /// The token that a text is; `None` where it is none.
    pub fn read(text: &str) -> Option<Self> {
        if text.len() != BYTES * 2 || !text.is_ascii() {
            return None;
        }
        let mut token = [0; BYTES];
        for (at, byte) in token.iter_mut().enumerate() {
            *byte = u8::from_str_radix(text.get(at * 2..at * 2 + 2)?, 16).ok()?;
        }
        Some(Self(token))
    }

    /// Its bytes.
    pub fn into_bytes(self) -> [u8; BYTES] {
        self.0
    }

    /// What is kept of it.
    pub fn hash(&self) -> [u8; 32] {
        hash(&self.0)
    }
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

/// Bytes from the machine's entropy, 32 at most.
pub fn bytes<const N: usize>() -> Result<[u8; N], getrandom::Error> {
    const { assert!(N <= 32, "a key has 32 bytes") };
    let key = Die::key()?;
    let mut bytes = [0; N];
    bytes.copy_from_slice(&key[..N]);
    Ok(bytes)
}

/// The SHA-256 of some bytes.
pub fn hash(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// Bytes in lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// A code to be written down and used once where a phone is lost.
pub fn recovery_code() -> Result<String, getrandom::Error> {
    let chance: [u8; CODE_LENGTH] = bytes()?;
    let letters: String =
        chance.iter().map(|byte| char::from(CODE_LETTERS[usize::from(byte % 32)])).collect();
    Ok(format!("{}-{}-{}", &letters[..5], &letters[5..10], &letters[10..]))
}

/// What is kept of a recovery code, however it was typed.
pub fn recovery_hash(code: &str) -> [u8; 32] {
    let letters: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    hash(letters.to_ascii_lowercase().as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_reads_back_and_shows_itself_only_when_asked() {
        let token = Token::new().expect("entropy");
        assert_eq!(Token::read(&token.to_string()), Some(token.clone()));
        assert_ne!(token, Token::new().expect("entropy"));
        assert!(!format!("{token:?}").contains(&token.to_string()[..8]));
        for bad in ["", "0", &"g".repeat(64), &"가".repeat(64), &"0".repeat(63)] {
            assert_eq!(Token::read(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_recovery_code_may_be_typed_as_one_likes() {
        let code = recovery_code().expect("entropy");
        assert_eq!(code.len(), CODE_LENGTH + 2);
        assert_eq!(
            recovery_hash(&code),
            recovery_hash(&format!(" {} ", code.replace('-', " ").to_uppercase()))
        );
        assert_ne!(recovery_hash(&code), recovery_hash(&recovery_code().expect("entropy")));
    }
}
