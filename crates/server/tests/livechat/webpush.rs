//! Web push: agents whose console is closed are told by their browsers, what they want to know and may see, and once.

use std::time::Duration;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use ring::{
    aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey},
    agreement::{ECDH_P256, EphemeralPrivateKey, UnparsedPublicKey, agree_ephemeral},
    hkdf,
    rand::SystemRandom,
    signature,
};
use serde_json::{Value, json};
use simulator::upstream::Upstream;

use crate::{bed::Bed, browser::Browser};

const AUTH: [u8; 16] = [9; 16];

/// A browser's end: it reads one message, since its key agrees once.
struct Device {
    own: EphemeralPrivateKey,
    path: String,
    body: Value,
}

impl Device {
    fn new(upstream: &Upstream, path: &str) -> Self {
        let own = EphemeralPrivateKey::generate(&ECDH_P256, &SystemRandom::new()).expect("a key");
        let body = json!({
            "endpoint": format!("{}{path}", upstream.base),
            "p256dh": BASE64.encode(own.compute_public_key().expect("a point")),
            "auth": BASE64.encode(AUTH),
            "language": "ko",
        });
        Self { own, path: path.to_owned(), body }
    }

    /// What the n-th post says to the browser.
    fn reads(self, upstream: &Upstream, nth: usize) -> Value {
        let (head, body) = upstream.posts(&self.path).swap_remove(nth);
        assert_eq!(head["content-encoding"], "aes128gcm");
        assert_eq!((&head["urgency"], &head["ttl"]), (&json!("high"), &json!("600")));
        let (salt, rest) = body.split_at(16);
        let (sender, sealed) = rest[5..].split_at(65);
        let own_public = BASE64.decode(self.body["p256dh"].as_str().expect("a key")).expect("base64url");
        let peer = UnparsedPublicKey::new(&ECDH_P256, sender);
        let text = agree_ephemeral(self.own, &peer, |shared| {
            let first = hkdf::Salt::new(hkdf::HKDF_SHA256, &AUTH).extract(shared);
            let info: [&[u8]; 3] = [b"WebPush: info\0", &own_public, sender];
            let mut input = [0; 32];
            first.expand(&info, hkdf::HKDF_SHA256).expect("expands").fill(&mut input).expect("32 bytes");
            let keys = hkdf::Salt::new(hkdf::HKDF_SHA256, salt).extract(&input);
            let key: UnboundKey =
                keys.expand(&[b"Content-Encoding: aes128gcm\0"], &AES_128_GCM).expect("expands").into();
            let mut nonce = [0; 32];
            let info = [&b"Content-Encoding: nonce\0"[..]];
            keys.expand(&info, hkdf::HKDF_SHA256).expect("expands").fill(&mut nonce).expect("32 bytes");
            let nonce = Nonce::try_assume_unique_for_key(&nonce[..12]).expect("12 bytes");
            let mut text = sealed.to_vec();
            let plain =
                LessSafeKey::new(key).open_in_place(nonce, Aad::empty(), &mut text).expect("is whole");
            plain.strip_suffix(&[2]).expect("the last record").to_vec()
        });
        serde_json::from_slice(&text.expect("agrees")).expect("JSON")
    }
}

/// As a browser does it: the key first, with which it asks its maker for an address.
async fn wants(bed: &Bed, browser: &mut Browser, device: &Device) {
    browser.get(&bed.at("agents/me/push")).await.expect(200);
    browser.call("PUT", &bed.at("agents/me/push"), &device.body).await.expect(204);
}

/// Waits until so many were posted there.
async fn posted(upstream: &Upstream, path: &str, count: usize) {
    for _ in 0..400 {
        if upstream.posts(path).len() >= count {
            return;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("{count} posts did not come to {path}, but {}", upstream.posts(path).len());
}

/// Waits until what has happened so far was told: a browser at this path hears of a call that comes after it.
async fn after(bed: &mut Bed, upstream: &Upstream) {
    upstream.page("/marker", "ok");
    let already = upstream.posts("/marker").len();
    let marker = Device::new(upstream, "/marker");
    let mut agent = bed.server.member(&mut bed.owner, &bed.workspace, "readonly").await;
    wants(bed, &mut agent, &marker).await;
    let mut page = bed.customer().await;
    page.sees("bot", "안녕하세요").await;
    page.says("상담원").await;
    posted(upstream, "/marker", already + 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agent_whose_console_is_closed_is_told_of_a_call_and_of_what_is_said() {
    let (mut bed, upstream) = Bed::start_beside().await;
    upstream.page("/first", "ok");
    upstream.page("/second", "ok");
    // Each reads one message, so each is there twice.
    let (first, second) = (Device::new(&upstream, "/first"), Device::new(&upstream, "/second"));
    let mut owner = std::mem::replace(&mut bed.owner, bed.server.browser());
    wants(&bed, &mut owner, &first).await;
    wants(&bed, &mut owner, &second).await;
    bed.owner = owner;
    let mut page = bed.customer().await;
    page.sees("bot", "안녕하세요").await;
    page.says("상담원").await;
    page.sees("bot", "상담원을 부르고 있어요.").await;
    posted(&upstream, "/first", 1).await;
    let list = bed.until("chats?state=requested", |list| list["items"][0]["id"].is_string()).await;
    let chat = list["items"][0]["id"].as_str().expect("an id").to_owned();
    let key = bed.owner.get(&bed.at("agents/me/push")).await.expect(200)["key"].clone();
    // Who posts, as the browser's maker sees it.
    let head = upstream.posts("/first")[0].0.clone();
    let said = head["authorization"].as_str().expect("signed");
    let (token, by) = said.strip_prefix("vapid t=").and_then(|it| it.split_once(", k=")).expect("both");
    assert_eq!(by, key);
    let (signed, mark) = token.rsplit_once('.').expect("a signature");
    let decode = |text: &str| BASE64.decode(text).expect("base64url");
    signature::UnparsedPublicKey::new(&signature::ECDSA_P256_SHA256_FIXED, decode(by))
        .verify(signed.as_bytes(), &decode(mark))
        .expect("is signed with the key that the browser was given");
    let claims: Value =
        serde_json::from_slice(&decode(signed.split_once('.').expect("claims").1)).expect("JSON");
    assert_eq!(claims["aud"], upstream.base);
    assert_eq!(head["topic"], chat);
    assert_eq!(
        first.reads(&upstream, 0),
        json!({"kind": "request", "title": "새 상담 요청", "text": "", "tag": chat, "lang": "ko",
            "url": format!("/w/{}/chat?open={chat}", bed.workspace)})
    );
    bed.owner.call("POST", &bed.at(&format!("chats/{chat}/take")), &Value::Null).await.expect(200);
    page.says("주문한 그릇이 깨졌어요").await;
    posted(&upstream, "/second", 2).await;
    let read = second.reads(&upstream, 1);
    assert_eq!((&read["kind"], &read["text"]), (&json!("message"), &json!("주문한 그릇이 깨졌어요")));
    assert!(read["title"].as_str().is_some_and(|title| title.ends_with("님의 메시지")), "{read}");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_told_who_looks_does_not_want_to_or_is_gone() {
    let (mut bed, upstream) = Bed::start_beside().await;
    for path in ["/looks", "/unwilling", "/out"] {
        upstream.page(path, "ok");
    }
    // The owner looks at the console.
    let looks = Device::new(&upstream, "/looks");
    let mut owner = std::mem::replace(&mut bed.owner, bed.server.browser());
    wants(&bed, &mut owner, &looks).await;
    bed.owner = owner;
    let mut console = bed.console(&bed.owner, "?agent=true").await;
    // An editor wants no news of calls; an admin has signed out.
    let mut unwilling = bed.server.member(&mut bed.owner, &bed.workspace, "editor").await;
    wants(&bed, &mut unwilling, &Device::new(&upstream, "/unwilling")).await;
    let settings = json!({"settings": {"notify": {"request": false}}});
    unwilling.call("PATCH", &bed.at("agents/me"), &settings).await.expect(200);
    let mut out = bed.server.member(&mut bed.owner, &bed.workspace, "admin").await;
    wants(&bed, &mut out, &Device::new(&upstream, "/out")).await;
    out.call("DELETE", "/api/session", &Value::Null).await.expect(204);
    after(&mut bed, &upstream).await;
    for path in ["/looks", "/unwilling", "/out"] {
        assert!(upstream.posts(path).is_empty(), "{path}");
    }
    console.wait("the call is seen there", |frame| frame["type"] == "line").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_that_is_gone_is_forgotten() {
    let (mut bed, upstream) = Bed::start_beside().await;
    let gone = Device::new(&upstream, "/status/410");
    let mut owner = std::mem::replace(&mut bed.owner, bed.server.browser());
    wants(&bed, &mut owner, &gone).await;
    bed.owner = owner;
    let mut page = bed.customer().await;
    page.sees("bot", "안녕하세요").await;
    page.says("상담원").await;
    let workspace = bed.workspace.parse().expect("an id");
    for _ in 0..400 {
        if bed
            .server
            .hub
            .store
            .web_push_devices_away(workspace, i64::MAX / 2)
            .await
            .expect("reads")
            .is_empty()
        {
            return;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("the browser is still known after {} posts", upstream.requests());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_browser_is_refused_and_nobody_takes_anothers_away() {
    let (mut bed, upstream) = Bed::start_beside().await;
    let path = bed.at("agents/me/push");
    let good = Device::new(&upstream, "/mine").body;
    for (field, value) in [
        ("endpoint", json!("http://push.example/x")),
        ("endpoint", json!("file:///etc/passwd")),
        ("p256dh", json!("AAAA")),
        ("p256dh", json!("***")),
        ("auth", json!("")),
        ("language", json!("fr")),
    ] {
        let mut bad = good.clone();
        bad[field] = value;
        let answer = bed.owner.call("PUT", &path, &bad).await;
        assert_eq!(answer.problem(), "422 invalid", "{bad}");
    }
    bed.owner.call("PUT", &path, &good).await.expect(204);
    let mut other = bed.server.member(&mut bed.owner, &bed.workspace, "editor").await;
    let gone = json!({"endpoint": good["endpoint"]});
    other.call("DELETE", &path, &gone).await.expect(204);
    let workspace = bed.workspace.parse().expect("an id");
    let known = bed.server.hub.store.clone();
    let count = async || {
        known.web_push_devices_away(workspace, bed.server.hub.clock.now_ms()).await.expect("reads").len()
    };
    assert_eq!(count().await, 1, "the owner's is still there");
    bed.owner.call("DELETE", &path, &gone).await.expect(204);
    assert_eq!(count().await, 0);
}
