//! The cookie that a signed-in browser holds.

use axum::http::{HeaderMap, HeaderValue, header};

use crate::{Hub, people::SIGNED_IN_MS, secret::Token};

/// Over https the name itself forbids that another host sets it (`__Host-`).
fn name(hub: &Hub) -> &'static str {
    if hub.config.is_https() { "__Host-closer_session" } else { "closer_session" }
}

/// The token that a request carries.
pub fn token(hub: &Hub, headers: &HeaderMap) -> Option<Token> {
    let name = name(hub);
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .filter(|(key, _)| *key == name)
        .find_map(|(_, value)| Token::read(value))
}

/// Gives a browser a token.
pub fn set(hub: &Hub, token: &Token) -> HeaderValue {
    line(hub, &token.to_string(), SIGNED_IN_MS / 1_000)
}

/// Takes it away.
pub fn clear(hub: &Hub) -> HeaderValue {
    line(hub, "", 0)
}

fn line(hub: &Hub, value: &str, seconds: i64) -> HeaderValue {
    let secure = if hub.config.is_https() { "; Secure" } else { "" };
    let text = format!("{}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}", name(hub));
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static(""))
}
