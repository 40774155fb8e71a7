//! The widget's files: served with their policies, and small.

use std::io::Write as _;

use flate2::{Compression, write::GzEncoder};
use serde_json::json;

use crate::bed::Bed;

/// Bytes of the button and its loader, compressed.
const MAX_LOADER: usize = 40 * 1024;

fn compressed(bytes: &[u8]) -> usize {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(bytes).expect("is written");
    gzip.finish().expect("is finished").len()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_widget_is_small_and_held_by_its_policy() {
    let mut bed = Bed::start().await;
    let mut browser = bed.server.browser();
    let loader = browser.get("/webchat.js").await;
    assert_eq!(
        (loader.status.as_u16(), loader.header("content-type")),
        (200, "text/javascript; charset=utf-8")
    );
    assert_eq!(loader.header("cross-origin-resource-policy"), "cross-origin", "sites load it");
    let size = compressed(&loader.bytes);
    assert!(size < MAX_LOADER, "{size}");
    let again = browser.request("GET", "/webchat.js").header("if-none-match", loader.header("etag"));
    assert_eq!(browser.send(again).await.status.as_u16(), 304);
    let path = format!("/webchat/{}", bed.bot);
    let room = browser.get(&path).await;
    assert_eq!((room.status.as_u16(), room.header("content-type")), (200, "text/html; charset=utf-8"));
    let policy = room.header("content-security-policy");
    assert!(policy.contains("script-src 'self';") && policy.ends_with("frame-ancestors *"), "{policy}");
    assert!(!policy.contains("unsafe"), "{policy}");
    assert_eq!(room.header("x-frame-options"), "");
    // What the page names is there.
    let html = String::from_utf8(room.bytes.clone()).expect("UTF-8");
    let named: Vec<&str> = html.split('"').filter(|text| text.starts_with("/webchat/")).collect();
    assert_eq!(named, ["/webchat/room.css", "/webchat/room.js"]);
    for file in named.iter().copied().chain(["/webchat/connection.js", "/webchat/bubble.js"]) {
        assert_eq!(browser.get(file).await.status.as_u16(), 200, "{file}");
    }
    bed.web(json!({"enabled": true, "settings": {"origins": ["https://shop.example.com"]}})).await;
    let room = browser.get(&path).await;
    assert!(
        room.header("content-security-policy").ends_with("frame-ancestors 'self' https://shop.example.com")
    );
    // The rest of the server shows itself in no frame.
    assert_eq!(browser.get("/").await.header("x-frame-options"), "DENY");
}
