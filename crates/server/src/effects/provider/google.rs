//! Tokens of Google service accounts (RFC 7523): an assertion that is signed with the account's key is exchanged for a
//! token, which is kept until a minute before its end.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use ring::{
    rand::SystemRandom,
    signature::{RSA_PKCS1_SHA256, RsaKeyPair},
};
use rustls::pki_types::{PrivateKeyDer, pem::PemObject as _};
use serde::Deserialize;
use serde_json::json;
use sha2::{Digest, Sha256};
use tokio::time::Instant;
use url::form_urlencoded;

use super::{Call, Trouble};
use crate::guard::Request;

/// Where tokens come from, where an account does not say.
const TOKEN_URI: &str = "https://oauth2.googleapis.com/token";
/// How long an assertion is good, in seconds.
const ASSERTION_S: i64 = 600;
/// A token that ends sooner is not used any more.
const MARGIN: Duration = Duration::from_secs(60);
/// Tokens that are kept; past that all are thrown away, and asked for anew.
const MAX_KEPT: usize = 1_000;
const WHO: &str = "Google";

/// A service account, as Google's JSON file gives it.
#[derive(Debug, Deserialize)]
pub struct Account {
    /// Its address.
    pub client_email: String,
    /// Its key, in PEM.
    pub private_key: String,
    /// Where tokens come from.
    #[serde(default)]
    pub token_uri: Option<String>,
}

/// Tokens by account and scope.
#[derive(Debug, Default)]
pub struct Tokens {
    kept: Mutex<HashMap<[u8; 32], Token>>,
}

#[derive(Debug, Clone)]
struct Token {
    text: String,
    until: Instant,
}

#[derive(Deserialize)]
struct Granted {
    access_token: String,
    expires_in: u64,
}

/// A token of this account for this scope.
pub async fn token(call: &Call<'_>, account: &Account, scope: &str) -> Result<String, Trouble> {
    let key = key(account, scope);
    if let Some(token) = call.memory.tokens.get(&key) {
        return Ok(token);
    }
    let uri = account.token_uri.as_deref().unwrap_or(TOKEN_URI);
    let assertion = assertion(account, (scope, uri), call.clock.now_ms() / 1_000)?;
    let body = form_urlencoded::Serializer::new(String::new())
        .append_pair("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer")
        .append_pair("assertion", &assertion)
        .finish();
    let request =
        Request::new("POST", uri).header("content-type", "application/x-www-form-urlencoded").body(body);
    let granted = match call.json(WHO, request).await {
        Ok(granted) => granted,
        // Google says 400 to an account that it does not know or a key that was taken from it.
        Err(Trouble::Status { who, status: 400, said }) => {
            return Err(Trouble::SignIn { who, status: 400, said });
        }
        Err(error) => return Err(error),
    };
    let granted = Granted::deserialize(granted).map_err(|_| Trouble::Unreadable { who: WHO })?;
    let until = Instant::now() + Duration::from_secs(granted.expires_in).saturating_sub(MARGIN);
    call.memory.tokens.keep(key, Token { text: granted.access_token.clone(), until });
    Ok(granted.access_token)
}

/// Forgets a token that was refused.
pub fn forget(call: &Call<'_>, account: &Account, scope: &str) {
    call.memory.tokens.locked().remove(&key(account, scope));
}

/// Another key of the same account is another entry: what a removed key once got is not used.
fn key(account: &Account, scope: &str) -> [u8; 32] {
    let parts =
        [&account.client_email, &account.private_key, account.token_uri.as_deref().unwrap_or(""), scope];
    parts.iter().fold(Sha256::new(), |hash, part| hash.chain_update(part).chain_update([0])).finalize().into()
}

fn assertion(account: &Account, (scope, uri): (&str, &str), now_s: i64) -> Result<String, Trouble> {
    let unusable = |why: &str| Trouble::Settings { who: WHO, why: why.to_owned() };
    // Copied through a form, a key often holds `\n` as two letters.
    let pem = account.private_key.replace("\\n", "\n");
    let der = PrivateKeyDer::from_pem_slice(pem.as_bytes())
        .map_err(|_| unusable("private_key is no key in PEM / private_key가 PEM 키가 아니에요"))?;
    let pair = match &der {
        PrivateKeyDer::Pkcs8(der) => RsaKeyPair::from_pkcs8(der.secret_pkcs8_der()),
        PrivateKeyDer::Pkcs1(der) => RsaKeyPair::from_der(der.secret_pkcs1_der()),
        _ => return Err(unusable("private_key is no RSA key / private_key가 RSA 키가 아니에요")),
    };
    let pair = pair.map_err(|_| unusable("private_key is no RSA key / private_key가 RSA 키가 아니에요"))?;
    let claims = json!({"iss": account.client_email, "scope": scope, "aud": uri, "iat": now_s, "exp": now_s + ASSERTION_S});
    let head = URL_SAFE_NO_PAD.encode(json!({"alg": "RS256", "typ": "JWT"}).to_string());
    let signed = format!("{head}.{}", URL_SAFE_NO_PAD.encode(claims.to_string()));
    let mut signature = vec![0; pair.public().modulus_len()];
    pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), signed.as_bytes(), &mut signature)
        .map_err(|_| unusable("private_key cannot sign / private_key로 서명할 수 없어요"))?;
    Ok(format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature)))
}

impl Tokens {
    fn locked(&self) -> std::sync::MutexGuard<'_, HashMap<[u8; 32], Token>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn get(&self, key: &[u8; 32]) -> Option<String> {
        let kept = self.locked();
        kept.get(key).filter(|token| token.until > Instant::now()).map(|token| token.text.clone())
    }

    fn keep(&self, key: [u8; 32], token: Token) {
        let mut kept = self.locked();
        if kept.len() >= MAX_KEPT {
            kept.clear();
        }
        kept.insert(key, token);
    }
}
