//! The widget's files (`web/widget/`): the script for sites, the room, and what the room loads. Written by hand and small, so
//! they are in the program without having been built.

use std::sync::Arc;

use axum::{
    Router,
    extract::{Path, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};

use crate::{
    Hub,
    http::headers,
    secret::{hash, hex},
    webchat::WebSettings,
};

const LOADER: &str = include_str!("../../../../../web/widget/loader.js");
const ROOM: &str = include_str!("../../../../../web/widget/room.html");
const STYLE: &str = include_str!("../../../../../web/widget/room.css");
const SCRIPT: &str = include_str!("../../../../../web/widget/room.js");
const CONNECTION: &str = include_str!("../../../../../web/widget/connection.js");
const BUBBLE: &str = include_str!("../../../../../web/widget/bubble.js");

/// What the room may load: its own files, pictures and videos of bots, and the two players.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' https: data:; \
    media-src 'self' https:; frame-src https://www.youtube-nocookie.com https://player.vimeo.com; base-uri 'none'; \
    form-action 'none'; object-src 'none'; frame-ancestors ";

/// The routes of the widget.
pub fn router() -> Router<Arc<Hub>> {
    let script = |text: &'static str| {
        get(move |State(hub): State<Arc<Hub>>, headers: HeaderMap| async move {
            file(&hub, &headers, "text/javascript; charset=utf-8", text)
        })
    };
    let style = get(|State(hub): State<Arc<Hub>>, headers: HeaderMap| async move {
        file(&hub, &headers, "text/css; charset=utf-8", STYLE)
    });
    Router::new()
        .route("/webchat.js", script(LOADER))
        .route("/webchat/room.js", script(SCRIPT))
        .route("/webchat/connection.js", script(CONNECTION))
        .route("/webchat/bubble.js", script(BUBBLE))
        .route("/webchat/room.css", style)
        .route("/webchat/{bot}", get(room))
}

/// A file, asked for each time and sent only where it has changed.
fn file(hub: &Hub, asked: &HeaderMap, kind: &'static str, text: &'static str) -> Response {
    let tag = format!("\"{}\"", &hex(&hash(text.as_bytes()))[..16]);
    let known = asked.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes());
    let mut response = if known { StatusCode::NOT_MODIFIED.into_response() } else { text.into_response() };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(header::ETAG, tag);
    }
    headers::secure(headers, hub.config.is_https());
    // Sites load the script, and the frame loads the rest.
    headers.insert(
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("cross-origin"),
    );
    response
}

/// The room, as a page of its own or in a frame of the sites that the channel admits.
async fn room(State(hub): State<Arc<Hub>>, Path(bot): Path<String>, asked: HeaderMap) -> Response {
    let channel = match bot.parse() {
        Ok(id) => hub.store.web_channel(id).await.ok().flatten(),
        Err(_) => None,
    };
    // A room that is not there or is off says so by itself, when it asks for a session.
    let settings = channel.map(|channel| WebSettings::read(&channel.settings)).unwrap_or_default();
    let ancestors = if settings.origins.is_empty() {
        "*".to_owned()
    } else {
        format!("'self' {}", settings.origins.join(" "))
    };
    let mut response = file(&hub, &asked, "text/html; charset=utf-8", ROOM);
    let headers = response.headers_mut();
    headers.remove(header::X_FRAME_OPTIONS);
    // A page that was not sent again keeps the policy that it came with.
    headers.remove(header::ETAG);
    if let Ok(policy) = HeaderValue::from_str(&format!("{POLICY}{ancestors}")) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}
