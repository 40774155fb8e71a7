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
    // How the chat looks stands in the script: no page has to ask for it. Nobody but the bot's own is in it.
    let with_look = browser.get(&format!("/webchat.js?botId={}", bed.bot)).await;
    let text = String::from_utf8(with_look.bytes.clone()).expect("UTF-8");
    assert!(text.contains(r#"const KNOWN = {"enabled":true"#) && text.contains("맑은마켓"), "{text:.400}");
    assert!(compressed(&with_look.bytes) < MAX_LOADER);
    // A client that unpacks nothing by itself sees how it is sent.
    let plain = reqwest::Client::builder().no_proxy().no_gzip().build().expect("a client");
    let asked = plain.get(format!("{}/webchat.js", bed.server.base)).header("accept-encoding", "br, gzip");
    let packed = asked.send().await.expect("an answer");
    assert_eq!(packed.headers()["content-encoding"], "gzip");
    assert!(packed.bytes().await.expect("bytes").len() < MAX_LOADER);
    let unknown = browser.get(&format!("/webchat.js?botId={}", "0".repeat(26))).await;
    let unknown = String::from_utf8(unknown.bytes).expect("UTF-8");
    assert!(unknown.contains(r#"const KNOWN = {"enabled":false,"origins":[]};"#));
    let path = format!("/webchat/{}", bed.bot);
    let look = browser.get(&format!("{path}/look")).await;
    assert_eq!(look.json()["channel"]["title"], "맑은마켓");
    let room = browser.get(&path).await;
    assert_eq!((room.status.as_u16(), room.header("content-type")), (200, "text/html; charset=utf-8"));
    let policy = room.header("content-security-policy");
    assert!(policy.contains("script-src 'self';") && policy.ends_with("frame-ancestors *"), "{policy}");
    assert!(!policy.contains("unsafe"), "{policy}");
    assert_eq!(room.header("x-frame-options"), "");
    // What the page names is there.
    let html = String::from_utf8(room.bytes.clone()).expect("UTF-8");
    let named: Vec<&str> = html.split('"').filter(|text| text.starts_with("/webchat/")).collect();
    assert!(named.contains(&"/webchat/room.css") && named.contains(&"/webchat/room.js"), "{named:?}");
    let mut whole = 0;
    for file in named.iter().copied().chain(["/webchat/sdk.js"]) {
        let sent = browser.get(file).await;
        assert_eq!(sent.status.as_u16(), 200, "{file}");
        // What it imports is there, too.
        let text = String::from_utf8(sent.bytes.clone()).expect("UTF-8");
        for part in text.split("from \"./").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert_eq!(browser.get(&format!("/webchat/{part}")).await.status.as_u16(), 200, "{file}: {part}");
        }
        whole += compressed(&sent.bytes);
    }
    assert!(whole < MAX_LOADER, "the room is no larger than the button may be: {whole}");
    bed.web(json!({"enabled": false})).await;
    let off =
        String::from_utf8(browser.get(&format!("/webchat.js?botId={}", bed.bot)).await.bytes).expect("UTF-8");
    assert!(
        off.contains(r#"const KNOWN = {"enabled":false,"origins":[]};"#),
        "what is off says no more than that"
    );
    bed.web(json!({"enabled": true, "settings": {"origins": ["https://shop.example.com"]}})).await;
    let room = browser.get(&path).await;
    assert!(
        room.header("content-security-policy").ends_with("frame-ancestors 'self' https://shop.example.com")
    );
    // The rest of the server shows itself in no frame.
    assert_eq!(browser.get("/").await.header("x-frame-options"), "DENY");
}
