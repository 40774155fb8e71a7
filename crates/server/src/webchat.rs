//! The web chat of a bot as its owner sets it up, and what a browser holds to prove who it is.
//!
//! A token names the end user and is signed with the bot's secret: nothing of it is stored, and who has no token reads and
//! writes nothing. Exchanging the secret ends all tokens. A site may sign its own keys with the same secret, so that nobody
//! can pose as another of its customers (docs/webchat.md).

pub mod pace;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use ring::hmac;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::secret::hex;

/// Bytes of a bot's secret.
pub const SECRET_BYTES: usize = 32;
/// How long a browser may stay away and still be known.
const TOKEN_FOR_MS: i64 = 180 * 86_400_000;
/// Characters of a given user key (spec integrations.md).
const MAX_KEY: usize = 90;
/// How keys begin that we give to browsers; a site's own keys may not.
const ANONYMOUS: &str = "anon:";

/// How a web chat looks and whom it lets in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct WebSettings {
    /// What stands at the top; the bot's title where empty.
    pub title: String,
    /// … and below it.
    pub description: String,
    /// A picture's address.
    pub icon: String,
    /// What the button says before the room is opened.
    pub greeting: String,
    /// The colour of the button and of what the visitor says, as `#4F5BD5`.
    pub primary_color: String,
    /// The colour of what stands on it.
    pub text_color: String,
    /// Where the button stands: `right`, `left`, `top-right`, `top-left`.
    pub position: String,
    /// A picture on the button instead of the drawn one: its address.
    pub button_icon: String,
    /// The button's size in pixels.
    pub button_size: u16,
    /// Pixels between the button and the side of the page.
    pub margin_x: u16,
    /// … and the page's top or bottom.
    pub margin_y: u16,
    /// Is the room `light` or `dark`? `auto`: as the visitor's device is.
    pub appearance: String,
    /// The room's words: `ko` or `en`; `auto`: as the visitor's browser says.
    pub language: String,
    /// Sites that may show it, as `https://shop.example.com`; any where there are none.
    pub origins: Vec<String>,
    /// May a site name its users without signing their keys? Then anyone who knows a key can pose as its owner.
    pub unsigned_keys: bool,
}

impl Default for WebSettings {
    fn default() -> Self {
        Self {
            title: String::new(),
            description: String::new(),
            icon: String::new(),
            greeting: String::new(),
            primary_color: "#4F5BD5".to_owned(),
            text_color: "#FFFFFF".to_owned(),
            position: "right".to_owned(),
            button_icon: String::new(),
            button_size: 56,
            margin_x: 20,
            margin_y: 20,
            appearance: "auto".to_owned(),
            language: "auto".to_owned(),
            origins: Vec::new(),
            unsigned_keys: false,
        }
    }
}

impl WebSettings {
    /// As they are stored; the defaults where they cannot be read.
    pub fn read(text: &str) -> Self {
        serde_json::from_str(text).unwrap_or_default()
    }

    /// May a page of this origin speak with the server? Ours may always.
    pub fn admits(&self, origin: &str, own: &str) -> bool {
        self.origins.is_empty()
            || origin.eq_ignore_ascii_case(own)
            || self.origins.iter().any(|known| known.eq_ignore_ascii_case(origin))
    }
}

/// What a token says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visitor {
    /// What the end user is called.
    #[serde(rename = "k")]
    pub user_key: String,
    /// When the token was given.
    #[serde(rename = "i")]
    pub issued_at: i64,
}

/// Why a user key is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyRefused {
    /// It cannot be a key.
    Malformed,
    /// It is not signed and has to be.
    Unsigned,
    /// Its signature is wrong.
    BadSignature,
}

/// A key for a browser that says nothing of its user.
pub fn anonymous(now_ms: i64, die: u128) -> String {
    format!("{ANONYMOUS}{}", store::EndUserId::new(now_ms, die))
}

/// Is it one of those?
pub fn is_anonymous(key: &str) -> bool {
    key.starts_with(ANONYMOUS)
}

/// May a site call its user by this key?
pub fn check_key(
    settings: &WebSettings,
    secret: &[u8],
    key: &str,
    signature: Option<&str>,
) -> Result<(), KeyRefused> {
    let sound = !key.trim().is_empty()
        && key.chars().count() <= MAX_KEY
        && !key.contains(char::is_control)
        && !key.starts_with(ANONYMOUS);
    if !sound {
        return Err(KeyRefused::Malformed);
    }
    match signature {
        None if settings.unsigned_keys => Ok(()),
        None => Err(KeyRefused::Unsigned),
        Some(given) => {
            let given = from_hex(given).ok_or(KeyRefused::BadSignature)?;
            let signer = hmac::Key::new(hmac::HMAC_SHA256, secret);
            hmac::verify(&signer, key.as_bytes(), &given).map_err(|_| KeyRefused::BadSignature)
        }
    }
}

/// The signature of a user key: HMAC-SHA256 with the secret's hexadecimal text turned back to bytes, in hexadecimal.
pub fn sign_key(secret: &[u8], key: &str) -> String {
    hex(hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, secret), key.as_bytes()).as_ref())
}

/// A token for a browser.
pub fn token(secret: &[u8], bot: &str, visitor: &Visitor) -> String {
    // Only maps with keys that are no strings fail to serialise; there are none.
    let body = URL_SAFE_NO_PAD.encode(serde_json::to_vec(visitor).unwrap_or_default());
    let tag = hmac::sign(&token_key(secret), signed(bot, &body).as_bytes());
    format!("{body}.{}", URL_SAFE_NO_PAD.encode(tag.as_ref()))
}

/// Whom a token names; nobody where it is not one of this bot's, or too old.
pub fn read_token(secret: &[u8], bot: &str, token: &str, now_ms: i64) -> Option<Visitor> {
    let (body, tag) = token.split_once('.')?;
    let tag = URL_SAFE_NO_PAD.decode(tag).ok()?;
    hmac::verify(&token_key(secret), signed(bot, body).as_bytes(), &tag).ok()?;
    let visitor: Visitor = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(body).ok()?).ok()?;
    (now_ms - visitor.issued_at < TOKEN_FOR_MS).then_some(visitor)
}

/// Sites know the secret: what we sign for ourselves is signed with a key that is made of it, so that no signed user key
/// can ever be a token.
fn token_key(secret: &[u8]) -> hmac::Key {
    let derived = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, secret), b"closer web chat token v1");
    hmac::Key::new(hmac::HMAC_SHA256, derived.as_ref())
}

fn signed(bot: &str, body: &str) -> String {
    format!("{bot}.{body}")
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) || !text.is_ascii() {
        return None;
    }
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(text.get(at..at + 2)?, 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &[u8] = &[7; SECRET_BYTES];

    #[test]
    fn a_token_is_good_for_its_bot_and_secret() {
        let visitor = Visitor { user_key: "anon:1".to_owned(), issued_at: 1_000 };
        let text = token(SECRET, "b1", &visitor);
        assert_eq!(read_token(SECRET, "b1", &text, 2_000), Some(visitor));
        assert_eq!(read_token(SECRET, "b2", &text, 2_000), None);
        assert_eq!(read_token(&[8; SECRET_BYTES], "b1", &text, 2_000), None);
        assert_eq!(read_token(SECRET, "b1", &text, 1_000 + TOKEN_FOR_MS), None);
        let (body, tag) = text.split_once('.').expect("two parts");
        let other = URL_SAFE_NO_PAD.encode(r#"{"k":"anon:2","i":1000}"#);
        for forged in
            [format!("{other}.{tag}"), format!("{body}."), body.to_owned(), String::new(), "가.나".to_owned()]
        {
            assert_eq!(read_token(SECRET, "b1", &forged, 2_000), None, "{forged}");
        }
    }

    #[test]
    fn keys_of_sites_are_signed_unless_the_owner_lets_them() {
        let strict = WebSettings::default();
        let signature = sign_key(SECRET, "member-7");
        assert_eq!(check_key(&strict, SECRET, "member-7", Some(&signature)), Ok(()));
        assert_eq!(check_key(&strict, SECRET, "member-8", Some(&signature)), Err(KeyRefused::BadSignature));
        assert_eq!(check_key(&strict, SECRET, "member-7", Some("zz")), Err(KeyRefused::BadSignature));
        assert_eq!(check_key(&strict, SECRET, "member-7", None), Err(KeyRefused::Unsigned));
        let lax = WebSettings { unsigned_keys: true, ..WebSettings::default() };
        assert_eq!(check_key(&lax, SECRET, "member-7", None), Ok(()));
        assert_eq!(check_key(&lax, SECRET, "anon:1", None), Err(KeyRefused::Malformed));
        assert_eq!(check_key(&lax, SECRET, &"k".repeat(91), None), Err(KeyRefused::Malformed));
    }

    #[test]
    fn only_named_sites_may_show_it() {
        let any = WebSettings::default();
        assert!(any.admits("https://evil.example", "https://chat.example.com"));
        let named = WebSettings { origins: vec!["https://shop.example.com".to_owned()], ..any };
        assert!(named.admits("https://Shop.example.com", "https://chat.example.com"));
        assert!(named.admits("https://chat.example.com", "https://chat.example.com"));
        assert!(!named.admits("https://evil.example", "https://chat.example.com"));
        assert!(!named.admits("null", "https://chat.example.com"));
    }
}
