//! The widget's files (`web/widget/`): the script for sites, the room, and what the room loads. Written by hand and small, so
//! they are in the program without having been built.

use std::{
    io::Write as _,
    sync::{Arc, LazyLock},
};

use axum::{
    Router,
    extract::{Path, Query, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use bytes::Bytes;
use flate2::{Compression, write::GzEncoder};
use serde::Deserialize;

use super::shown;
use crate::{
    Hub,
    http::headers,
    secret::{hash, hex},
    webchat::WebSettings,
};

const LOADER: &str = include_str!("../../../../../web/widget/loader.js");
/// The line of the loader in whose place stands how the bot's chat looks: no page has to ask for it.
const LOOK: &str = "const KNOWN = undefined;";
const ROOM: &str = include_str!("../../../../../web/widget/room.html");
const SCRIPT: &str = "text/javascript; charset=utf-8";
const PAGE: &str = "text/html; charset=utf-8";

/// What the room may load: its own files, pictures and videos of bots, and the two players. `blob:`: pictures that a visitor
/// is sending.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
    img-src 'self' https: data: blob:; media-src 'self' https:; \
    frame-src https://www.youtube-nocookie.com https://player.vimeo.com; base-uri 'none'; form-action 'none'; \
    object-src 'none'; frame-ancestors ";

/// A file as it is sent.
#[derive(Clone)]
struct File {
    kind: &'static str,
    plain: Bytes,
    packed: Bytes,
    tag: HeaderValue,
}

impl File {
    fn new(kind: &'static str, text: impl Into<Bytes>) -> Self {
        let plain = text.into();
        let tag = format!("\"{}\"", &hex(&hash(&plain))[..16]);
        Self {
            kind,
            packed: packed(&plain),
            plain,
            tag: HeaderValue::from_str(&tag).unwrap_or(HeaderValue::from_static("\"\"")),
        }
    }
}

macro_rules! files {
    ($($name:literal $kind:expr;)*) => {
        [$(($name, File::new($kind, include_str!(concat!("../../../../../web/widget/", $name))))),*]
    };
}

/// What stands under `/webchat/`. Compressed once.
static FILES: LazyLock<Vec<(&str, File)>> = LazyLock::new(|| {
    files! {
        "bubble.js" SCRIPT;
        "composer.js" SCRIPT;
        "connection.js" SCRIPT;
        "dom.js" SCRIPT;
        "kept.js" SCRIPT;
        "media.js" SCRIPT;
        "page.js" SCRIPT;
        "room.css" "text/css; charset=utf-8";
        "room.js" SCRIPT;
        "sdk.js" SCRIPT;
        "thread.js" SCRIPT;
        "views.js" SCRIPT;
        "words.js" SCRIPT;
    }
    .into()
});

/// The routes of the widget.
pub fn router() -> Router<Arc<Hub>> {
    let mut router = Router::new().route("/webchat.js", get(loader)).route("/webchat/{bot}", get(room));
    for (name, file) in FILES.iter() {
        let shown =
            get(move |State(hub): State<Arc<Hub>>, asked: HeaderMap| async move { sent(&hub, &asked, file) });
        router = router.route(&format!("/webchat/{name}"), shown);
    }
    router
}

/// What is put into the script's address.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Asked {
    bot_id: String,
}

/// The script for sites, with the look of the chat that it is to open.
async fn loader(State(hub): State<Arc<Hub>>, Query(asked): Query<Asked>, headers: HeaderMap) -> Response {
    let text = if asked.bot_id.is_empty() {
        LOADER.to_owned()
    } else {
        // Only maps with keys that are no strings fail to serialise; there are none.
        let look = serde_json::to_string(&shown(&hub, &asked.bot_id).await).unwrap_or_default();
        LOADER.replacen(LOOK, &format!("const KNOWN = {look};"), 1)
    };
    sent(&hub, &headers, &File::new(SCRIPT, text))
}

/// A file, asked for each time and sent only where it has changed.
fn sent(hub: &Hub, asked: &HeaderMap, file: &File) -> Response {
    let known = asked.get(header::IF_NONE_MATCH).is_some_and(|known| known == file.tag);
    let takes_gzip = asked
        .get(header::ACCEPT_ENCODING)
        .and_then(|takes| takes.to_str().ok())
        .is_some_and(|takes| takes.split(',').any(|one| one.trim().split(';').next() == Some("gzip")));
    let mut response = match (known, takes_gzip) {
        (true, _) => StatusCode::NOT_MODIFIED.into_response(),
        (false, true) => ([(header::CONTENT_ENCODING, "gzip")], file.packed.clone()).into_response(),
        (false, false) => file.plain.clone().into_response(),
    };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(file.kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    headers.insert(header::ETAG, file.tag.clone());
    headers::secure(headers, hub.config.is_https());
    // Sites load the script, and interfaces of their own the modules; the frame loads the rest.
    headers.insert(
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("cross-origin"),
    );
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    response
}

fn packed(bytes: &[u8]) -> Bytes {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
    // Writing to memory does not fail; what could not be packed would be sent empty, which the tests would see.
    let written = gzip.write_all(bytes).and_then(|()| gzip.finish());
    written.unwrap_or_default().into()
}

/// The room, as a page of its own or in a frame of the sites that the channel admits.
async fn room(State(hub): State<Arc<Hub>>, Path(bot): Path<String>, asked: HeaderMap) -> Response {
    static PAGE_FILE: LazyLock<File> = LazyLock::new(|| File::new(PAGE, ROOM));
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
    let mut response = sent(&hub, &asked, &PAGE_FILE);
    let headers = response.headers_mut();
    headers.remove(header::X_FRAME_OPTIONS);
    // Nobody reads the page from another site, and one that was not sent again would keep the policy that it came with.
    headers.remove(header::ACCESS_CONTROL_ALLOW_ORIGIN);
    headers.remove(header::ETAG);
    if let Ok(policy) = HeaderValue::from_str(&format!("{POLICY}{ancestors}")) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}
