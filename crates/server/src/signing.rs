//! Signs what is posted to other people's servers, as the Standard Webhooks convention has it (spec integrations.md).
//!
//! A receiver that knows the secret can tell that a delivery is ours and that nobody has kept it for later:
//! `webhook-signature` is HMAC-SHA256 over `webhook-id`, `webhook-timestamp` and the very bytes of the body. After an
//! exchange deliveries carry two signatures for a day, so that no receiver has to change at the same moment.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use ring::hmac;
use serde::{Deserialize, Serialize};

use crate::secret;

/// Bytes of a secret.
const BYTES: usize = 32;
/// How a secret begins, so that it is recognised where it should not be.
const PREFIX: &str = "whsec_";
/// How long deliveries are signed with the exchanged secret too.
pub const OVERLAP_MS: i64 = 86_400_000;

/// What deliveries are signed with.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Signing {
    secret: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    before: Option<Before>,
}

/// The secret before this one.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Before {
    secret: String,
    until: i64,
}

/// The headers of one delivery, names and values.
pub type Headers = [(&'static str, String); 3];

impl Signing {
    /// A new secret.
    pub fn new() -> Result<Self, getrandom::Error> {
        let secret = format!("{PREFIX}{}", STANDARD.encode(secret::bytes::<BYTES>()?));
        Ok(Self { secret, before: None })
    }

    /// Another secret; the one of now signs too for a day.
    pub fn renewed(self, now_ms: i64) -> Result<Self, getrandom::Error> {
        let before = Some(Before { secret: self.secret, until: now_ms + OVERLAP_MS });
        Ok(Self { before, ..Self::new()? })
    }

    /// The secret as receivers are given it.
    pub fn secret(&self) -> &str {
        &self.secret
    }

    /// Signs a delivery. Tries of one delivery have the same id, by which a receiver knows them again.
    pub fn headers(&self, id: &str, now_ms: i64, body: &str) -> Headers {
        let at = now_ms / 1_000;
        let before = self.before.as_ref().filter(|before| before.until > now_ms);
        let secrets = [Some(&self.secret), before.map(|before| &before.secret)];
        let signatures: Vec<String> =
            secrets.into_iter().flatten().map(|it| sign(it, id, at, body)).collect();
        [
            ("webhook-id", id.to_owned()),
            ("webhook-timestamp", at.to_string()),
            ("webhook-signature", signatures.join(" ")),
        ]
    }
}

fn sign(secret: &str, id: &str, at: i64, body: &str) -> String {
    let key = STANDARD.decode(secret.trim_start_matches(PREFIX)).unwrap_or_default();
    let key = hmac::Key::new(hmac::HMAC_SHA256, &key);
    format!("v1,{}", STANDARD.encode(hmac::sign(&key, format!("{id}.{at}.{body}").as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Made with `printf 'msg_1.1790000000.{"a":1}' | openssl dgst -sha256 -hmac 0123456789abcdef0123456789abcdef -binary`.
    const KNOWN: &str = "EF488F7uYY4TXOBrbBX9MaAXDO4ogYB77u0x1pFO5Gk=";

    fn known() -> Signing {
        let secret = format!("whsec_{}", STANDARD.encode("0123456789abcdef0123456789abcdef"));
        Signing { secret, before: None }
    }

    #[test]
    fn a_delivery_is_signed_as_others_would_sign_it() {
        let headers = known().headers("msg_1", 1_790_000_000_999, r#"{"a":1}"#);
        assert_eq!(
            headers.map(|(name, value)| format!("{name}: {value}")),
            [
                "webhook-id: msg_1".to_owned(),
                "webhook-timestamp: 1790000000".to_owned(),
                format!("webhook-signature: v1,{KNOWN}"),
            ]
        );
    }

    #[test]
    fn an_exchanged_secret_signs_for_another_day_and_no_longer() {
        let renewed = known().renewed(1_790_000_000_000).expect("chance");
        let signature = |now_ms| renewed.headers("msg_1", now_ms, "{}")[2].1.clone();
        let old = |now_ms: i64| known().headers("msg_1", now_ms, "{}")[2].1.clone();
        let soon = 1_790_000_000_000 + OVERLAP_MS - 1_000;
        assert_eq!(signature(soon).split(' ').count(), 2);
        assert_eq!(signature(soon).split(' ').nth(1), Some(old(soon).as_str()));
        let late = 1_790_000_000_000 + OVERLAP_MS;
        assert_eq!(signature(late).split(' ').count(), 1);
        assert_ne!(signature(late), old(late));
    }

    #[test]
    fn two_secrets_are_not_the_same() {
        let (one, other) = (Signing::new().expect("chance"), Signing::new().expect("chance"));
        assert!(one.secret().starts_with("whsec_") && one.secret().len() == 50, "{}", one.secret());
        assert_ne!(one.secret(), other.secret());
    }
}
