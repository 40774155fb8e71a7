//! Pictures at http addresses, handed on over this server's own https address (spec legacy-smartchat.md 7.3): KakaoTalk
//! may not show the others, and old servers have no certificate.
//!
//! The address is signed with a key of the bridge, so that this is no way to have anything fetched by anybody. What
//! comes back is looked at before it is handed on: a picture and nothing else.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use channels::smartchat::Pictures;
use ring::hmac;
use store::BotId;
use tokio::time::Instant;

use super::Settings;
use crate::{Hub, guard::Request, secret};

/// Bytes of a picture: more than KakaoTalk advises, less than hurts.
const MAX_BYTES: usize = 5 * 1024 * 1024;
/// How long the old server may take for it.
const WITHIN: std::time::Duration = std::time::Duration::from_secs(8);
/// How long whoever asks may keep it.
const KEEP: &str = "public, max-age=600";
/// Longer addresses are left as they are: Kakao takes about 2,000 characters.
const MAX_ADDRESS: usize = 1_200;

/// The address under which this server hands a picture on; `None` where it cannot.
pub fn address(hub: &Hub, bot: BotId, settings: &Settings, picture: &str) -> Option<String> {
    if settings.key.is_empty() || picture.len() > MAX_ADDRESS {
        return None;
    }
    let base = hub.config.public_url();
    let mark = secret::hex(hmac::sign(&key(settings), picture.as_bytes()).as_ref());
    Some(format!("{base}/bridge/{bot}/picture/{mark}/{}", URL_SAFE_NO_PAD.encode(picture)))
}

fn key(settings: &Settings) -> hmac::Key {
    hmac::Key::new(hmac::HMAC_SHA256, settings.key.as_bytes())
}

/// `GET /bridge/{bot}/picture/{mark}/{address}`.
pub async fn show(
    State(hub): State<Arc<Hub>>,
    Path((bot, mark, address)): Path<(String, String, String)>,
) -> Response {
    let found = fetch(&hub, &bot, &mark, &address).await;
    let Some((kind, body)) = found else { return StatusCode::NOT_FOUND.into_response() };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CACHE_CONTROL, HeaderValue::from_static(KEEP)),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox")),
    ];
    (headers, body).into_response()
}

async fn fetch(hub: &Hub, bot: &str, mark: &str, address: &str) -> Option<(&'static str, bytes::Bytes)> {
    let row = hub.store.bot(bot.parse().ok()?).await.ok()??;
    let settings = Settings::read(row.bridge.as_deref()?)?;
    let served = row.deleted_at.is_none() && settings.options.pictures == Pictures::Proxy;
    if !served || settings.key.is_empty() {
        return None;
    }
    let picture = String::from_utf8(URL_SAFE_NO_PAD.decode(address).ok()?).ok()?;
    hmac::verify(&key(&settings), picture.as_bytes(), &unhex(mark)?).ok()?;
    let guard = hub.bridges.guard(settings.is_inside_for(&picture), &hub.guard);
    let request = Request::new("GET", &picture).max_redirects(0).max_bytes(MAX_BYTES);
    let response = guard.send(request, Instant::now() + WITHIN).await.ok()?;
    if response.status != 200 {
        return None;
    }
    Some((kind_of(&response.body)?, response.body))
}

/// What kind of picture these bytes are; what a header claims is not asked.
fn kind_of(body: &[u8]) -> Option<&'static str> {
    match body {
        [0x89, b'P', b'N', b'G', ..] => Some("image/png"),
        [0xFF, 0xD8, 0xFF, ..] => Some("image/jpeg"),
        [b'G', b'I', b'F', b'8', ..] => Some("image/gif"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("image/webp"),
        _ => None,
    }
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.is_ascii() || text.len() != 64 {
        return None;
    }
    (0..32).map(|at| u8::from_str_radix(text.get(at * 2..at * 2 + 2)?, 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pictures_are_handed_on() {
        assert_eq!(kind_of(b"\x89PNG\r\n"), Some("image/png"));
        assert_eq!(kind_of(b"\xFF\xD8\xFF\xE0"), Some("image/jpeg"));
        assert_eq!(kind_of(b"GIF89a"), Some("image/gif"));
        assert_eq!(kind_of(b"RIFF\0\0\0\0WEBPVP8 "), Some("image/webp"));
        for bad in [&b"<svg onload=alert(1)>"[..], b"<html>", b"", b"RIFF"] {
            assert_eq!(kind_of(bad), None);
        }
    }
}
