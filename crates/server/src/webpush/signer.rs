//! Says to browsers' makers who posts: a token for each, signed with the installation's key (VAPID, RFC 8292).

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use ring::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _},
};
use serde_json::json;

/// How long a token is good; a day is the most that is allowed.
const GOOD_S: i64 = 12 * 3_600;

/// The key cannot be made or read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the key that pushes are signed with cannot be made or read (server_keys in the database)")]
pub struct NoKey;

/// The installation's key.
pub struct Signer {
    pair: EcdsaKeyPair,
}

impl Signer {
    /// A new key, as it is stored: PKCS #8.
    pub fn make() -> Result<Vec<u8>, NoKey> {
        let made = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new());
        made.map(|key| key.as_ref().to_vec()).map_err(|_| NoKey)
    }

    /// Reads what was stored.
    pub fn read(stored: &[u8]) -> Result<Self, NoKey> {
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, stored, &SystemRandom::new());
        pair.map(|pair| Self { pair }).map_err(|_| NoKey)
    }

    /// The public half, as browsers take it: an uncompressed point in base64url.
    pub fn public(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.pair.public_key().as_ref())
    }

    /// The `authorization` of a post to this origin. `contact` is where a maker finds us: `https:` or `mailto:`.
    pub fn authorization(&self, origin: &str, contact: &str, now_ms: i64) -> Result<String, NoKey> {
        let head = URL_SAFE_NO_PAD.encode(json!({"typ": "JWT", "alg": "ES256"}).to_string());
        let claims = json!({"aud": origin, "exp": now_ms / 1_000 + GOOD_S, "sub": contact});
        let signed = format!("{head}.{}", URL_SAFE_NO_PAD.encode(claims.to_string()));
        let signature = self.pair.sign(&SystemRandom::new(), signed.as_bytes()).map_err(|_| NoKey)?;
        Ok(format!("vapid t={signed}.{}, k={}", URL_SAFE_NO_PAD.encode(signature), self.public()))
    }
}

#[cfg(test)]
mod tests {
    use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};

    use super::*;

    #[test]
    fn a_maker_can_tell_who_posts() {
        let signer = Signer::read(&Signer::make().expect("a key")).expect("reads");
        let said = signer
            .authorization("https://push.example", "https://chat.example", 1_790_000_000_999)
            .expect("signs");
        let (token, key) = said.strip_prefix("vapid t=").and_then(|it| it.split_once(", k=")).expect("both");
        let (signed, signature) = token.rsplit_once('.').expect("a signature");
        let decode = |text: &str| URL_SAFE_NO_PAD.decode(text).expect("base64url");
        UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, decode(key))
            .verify(signed.as_bytes(), &decode(signature))
            .expect("is signed with that key");
        let claims: serde_json::Value =
            serde_json::from_slice(&decode(signed.split_once('.').expect("claims").1)).expect("JSON");
        assert_eq!(
            claims,
            json!({"aud": "https://push.example", "exp": 1_790_043_200, "sub": "https://chat.example"})
        );
    }

    #[test]
    fn a_broken_key_is_told() {
        assert_eq!(Signer::read(b"no key").err(), Some(NoKey));
    }
}
