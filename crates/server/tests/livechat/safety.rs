//! What visitors and strangers cannot do.

use serde_json::{Value, json};

use crate::bed::Bed;

#[tokio::test(flavor = "multi_thread")]
async fn nobody_reads_or_writes_in_anothers_conversation() {
    let bed = Bed::start().await;
    let mut page = bed.customer().await;
    page.sees("bot", "안녕하세요").await;
    let other = bed.customer().await;
    let (body, _) = page.token.split_once('.').expect("two parts");
    let (_, tag) = other.token.split_once('.').expect("two parts");
    for forged in [String::new(), body.to_owned(), format!("{body}.{tag}"), format!("{body}.")] {
        let mut socket = bed.page(&forged, None, true).await;
        assert!(socket.socket().closes().await, "{forged}");
    }
    // The key of an anonymous visitor is no proof, and no site may give it.
    let (_, session) = bed.session(json!({"token": page.token})).await;
    let key = session["userKey"].as_str().expect("a key");
    for body in [json!({"userKey": key}), json!({"userKey": key, "signature": "00"})] {
        let (status, answer) = bed.session(body).await;
        assert_eq!((status, &answer["code"]), (422, &json!("user-key")), "{answer}");
    }
    // Something else than hello first.
    let mut socket = bed.socket(&format!("/webchat/{}/socket", bed.bot), None).await.expect("connects");
    socket.send(json!({"type": "message", "id": "1", "text": "안녕"})).await;
    assert!(socket.closes().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_site_signs_its_users_and_unsigned_ones_are_let_in_only_where_the_owner_says_so() {
    let mut bed = Bed::start().await;
    let path = bed.at(&format!("bots/{}/web/secret", bed.bot));
    let secret = bed.owner.get(&path).await.expect(200)["secret"].as_str().expect("a secret").to_owned();
    let bytes: Vec<u8> = (0..secret.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&secret[at..at + 2], 16).expect("hex"))
        .collect();
    let signature = server::webchat::sign_key(&bytes, "member-7");
    let signed = json!({"userKey": "member-7", "signature": signature});
    let (status, session) = bed.session(signed.clone()).await;
    assert_eq!(
        (status, &session["userKey"], &session["anonymous"]),
        (200, &json!("member-7"), &json!(false))
    );
    let (status, refused) = bed.session(json!({"userKey": "member-7"})).await;
    assert_eq!((status, &refused["code"]), (403, &json!("unsigned-key")));
    let (status, refused) = bed.session(json!({"userKey": "member-8", "signature": signature})).await;
    assert_eq!((status, &refused["code"]), (403, &json!("bad-signature")));
    // The same user in another browser has the same conversation.
    let token = session["token"].as_str().expect("a token").to_owned();
    let mut page = bed.page(&token, None, true).await;
    page.sees("bot", "안녕하세요").await;
    let (_, elsewhere) = bed.session(signed).await;
    let mut there = bed.page(elsewhere["token"].as_str().expect("a token"), None, false).await;
    there.sees("bot", "안녕하세요").await;
    // Who signs out is somebody new: a named user's token without the name names nobody.
    let (_, out) = bed.session(json!({"token": token})).await;
    assert_eq!(out["anonymous"], true);
    bed.web(json!({"enabled": true, "settings": {"unsignedKeys": true}})).await;
    assert_eq!(bed.session(json!({"userKey": "member-9"})).await.0, 200);
    // Another secret ends all tokens.
    bed.owner.call("POST", &path, &Value::Null).await.expect(200);
    assert!(bed.page(&token, None, true).await.socket().closes().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chat_that_is_off_or_not_meant_for_a_site_is_not_there() {
    let mut bed = Bed::start().await;
    let socket = format!("/webchat/{}/socket", bed.bot);
    bed.web(json!({"enabled": true, "settings": {"origins": ["https://shop.example.com"]}})).await;
    assert!(bed.socket_from(&socket, None, Some("https://shop.example.com")).await.is_ok());
    let evil = bed.socket_from(&socket, None, Some("https://evil.example")).await;
    assert_eq!(evil.err(), Some(403));
    bed.web(json!({"enabled": false})).await;
    assert_eq!(bed.session(json!({})).await.0, 403);
    assert_eq!(bed.socket(&socket, None).await.err(), Some(403));
    assert_eq!(bed.socket(&format!("/webchat/{}/socket", "0".repeat(26)), None).await.err(), Some(404));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_cannot_flood_and_is_told_so() {
    let bed = Bed::start_with(|config| {
        config.web.pages_per_address = 2;
        config.web.sessions_per_minute = 3;
    })
    .await;
    let mut page = bed.customer().await;
    page.sees("bot", "안녕하세요").await;
    for _ in 0..40 {
        page.sends("배송").await;
    }
    let refused = page.socket().kind("error").await;
    assert_eq!((&refused["code"], refused["retryAfterMs"].is_i64()), (&json!("too-fast"), true), "{refused}");
    page.socket().send(json!({"type": "message", "id": "long", "text": "가".repeat(1_001)})).await;
    let long = page.socket().wait("the refusal", |frame| frame["id"] == "long").await;
    assert_eq!(long["code"], "too-long");
    let path = format!("/webchat/{}/socket", bed.bot);
    let _second = bed.socket(&path, None).await.expect("connects");
    assert_eq!(bed.socket(&path, None).await.err(), Some(429));
    assert_eq!(bed.session(json!({})).await.0, 200);
    assert_eq!(bed.session(json!({})).await.0, 200);
    let (status, refused) = bed.session(json!({})).await;
    assert_eq!((status, &refused["code"]), (429, &json!("too-many")));
    // A huge frame closes the socket of whoever sends it.
    page.socket().send(json!({"type": "message", "id": "huge", "text": "가".repeat(20_000)})).await;
    assert!(page.socket().closes().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_customers_write_is_told_as_data() {
    let mut bed = Bed::start().await;
    let mut page = bed.customer().await;
    page.sees("bot", "안녕하세요").await;
    let nasty = "<img src=x onerror=alert(1)>{{params}}\u{202e}\"]}";
    page.says(nasty).await;
    page.sees("bot", "잘 모르겠어요.").await;
    let list = bed.until("chats", |list| list["items"][0]["lastSender"] == "bot").await;
    let chat = list["items"][0]["id"].as_str().expect("an id").to_owned();
    let answer = bed.owner.get(&bed.at(&format!("chats/{chat}/messages"))).await;
    assert_eq!(answer.header("content-type"), "application/json");
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    assert_eq!(answer.expect(200)["messages"][1]["data"]["text"], nasty);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_is_drawn_anew_and_nothing_else_is_taken_for_one() {
    let mut bed = Bed::start().await;
    let mut page = bed.customer().await;
    page.sees("bot", "안녕하세요").await;
    let client = reqwest::Client::builder().no_proxy().build().expect("a client");
    let url = format!("{}/webchat/{}/media", bed.server.base, bed.bot);
    let token = page.token.clone();
    let upload = async |bytes: Vec<u8>, token: &str| {
        let request = client.post(&url).header("authorization", format!("Bearer {token}")).body(bytes);
        let answer = request.send().await.expect("an answer");
        (answer.status().as_u16(), answer.json::<Value>().await.expect("JSON"))
    };
    let program = b"MZ\x90\x00 this is no picture".to_vec();
    assert_eq!(upload(program, &token).await.1["code"], "not-a-picture");
    let page_in_disguise = b"\xff\xd8\xff<script>alert(1)</script>".to_vec();
    assert_eq!(upload(page_in_disguise, &token).await.0, 422);
    assert_eq!(upload(PNG.to_vec(), "forged.token").await.1["code"], "token");
    let (status, taken) = upload(PNG.to_vec(), &token).await;
    assert_eq!(status, 201, "{taken}");
    let uri = taken["url"].as_str().expect("an address").to_owned();
    assert_eq!(
        client.get(format!("{}{uri}", bed.server.base)).send().await.expect("an answer").status(),
        200
    );
    let media =
        |uri: &str| json!({"type": "message", "id": "p", "media": {"contentType": "image", "uri": uri}});
    page.socket().send(media("https://evil.example/track.png")).await;
    assert_eq!(page.socket().kind("error").await["code"], "bad-media");
    page.socket().send(media(&uri)).await;
    let said = page.socket().kind("message").await;
    assert!(
        said["data"]["media"]["uri"]
            .as_str()
            .is_some_and(|whole| whole.starts_with("http") && whole.ends_with(&uri)),
        "{said}"
    );
    let list = bed.until("chats", |list| list["items"][0]["lastSeq"].as_i64() > Some(0)).await;
    let chat = list["items"][0]["id"].as_str().expect("an id").to_owned();
    let taken =
        bed.owner.raw("POST", &bed.at(&format!("chats/{chat}/media")), None, PNG.to_vec()).await.expect(201);
    assert!(taken["url"].as_str().is_some_and(|url| url.contains("/media/")));
}

#[tokio::test(flavor = "multi_thread")]
async fn one_visitor_cannot_fill_the_workspace_with_pictures() {
    let mut bed = Bed::start().await;
    let mut page = bed.customer().await;
    page.sees("bot", "안녕하세요").await;
    let other = bed.customer().await;
    let client = reqwest::Client::builder().no_proxy().build().expect("a client");
    let url = format!("{}/webchat/{}/media", bed.server.base, bed.bot);
    let upload = async |token: &str| {
        let request = client.post(&url).header("authorization", format!("Bearer {token}")).body(PNG.to_vec());
        let answer = request.send().await.expect("an answer");
        (answer.status().as_u16(), answer.json::<Value>().await.expect("JSON"))
    };
    assert_eq!(upload(&page.token).await.0, 201);
    // A hundred of theirs are there already.
    bed.server.sql(
        "INSERT INTO media (hash, workspace_id, kind, width, height, bytes, created_at, sender)
         WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 99)
         SELECT randomblob(32), workspace_id, kind, width, height, bytes, created_at, sender FROM media, n",
    );
    let (status, refused) = upload(&page.token).await;
    assert_eq!((status, &refused["code"]), (409, &json!("full")), "{refused}");
    assert_eq!(upload(&other.token).await.0, 201, "others send theirs");
    let list =
        bed.until("chats", |list| list["items"].as_array().is_some_and(|items| items.len() == 2)).await;
    let chat = list["items"][0]["id"].as_str().expect("an id").to_owned();
    bed.owner.raw("POST", &bed.at(&format!("chats/{chat}/media")), None, PNG.to_vec()).await.expect(201);
}

#[tokio::test(flavor = "multi_thread")]
async fn agents_send_documents_and_nothing_that_runs() {
    let mut bed = Bed::start().await;
    let mut page = bed.customer().await;
    page.sees("bot", "안녕하세요").await;
    let list = bed.until("chats", |list| list["items"][0]["id"].is_string()).await;
    let chat = list["items"][0]["id"].as_str().expect("an id").to_owned();
    let files = |name: &str| bed.at(&format!("chats/{chat}/files?name={name}"));
    let (quote, disguise, program, nameless) =
        (files("%EA%B2%AC%EC%A0%81.pdf"), files("a.pdf"), files("a.exe"), files("..%2Fa.pdf"));
    let pdf = b"%PDF-1.7\n1 0 obj\n".to_vec();
    let taken = bed.owner.raw("POST", &quote, None, pdf.clone()).await.expect(201);
    assert_eq!((&taken["name"], &taken["contentType"]), (&json!("견적.pdf"), &json!("application/pdf")));
    let url = taken["url"].as_str().expect("an address").to_owned();
    let client = reqwest::Client::builder().no_proxy().build().expect("a client");
    let answer = client.get(&url).send().await.expect("an answer");
    let header = |name: &str| answer.headers()[name].to_str().expect("text").to_owned();
    assert_eq!(
        (header("content-type"), header("content-disposition"), header("x-content-type-options")),
        ("application/pdf".to_owned(), "attachment".to_owned(), "nosniff".to_owned())
    );
    assert_eq!(answer.bytes().await.expect("bytes"), pdf);
    // Under another ending it is not there: nobody makes a page or a picture of it.
    for ending in ["html", "png", "docx"] {
        let other = url.replace(".pdf", &format!(".{ending}"));
        assert_eq!(client.get(other).send().await.expect("an answer").status(), 404, "{ending}");
    }
    assert_eq!(
        bed.owner.raw("POST", &disguise, None, b"MZ\x90\x00".to_vec()).await.problem(),
        "422 not-a-document"
    );
    assert_eq!(bed.owner.raw("POST", &program, None, pdf.clone()).await.problem(), "422 not-a-document");
    assert_eq!(bed.owner.raw("POST", &nameless, None, pdf).await.problem(), "422 invalid");
    // The customer gets it as a link with its name.
    let media = json!({"type": "media", "media": {"contentType": "link", "uri": url, "altText": "견적.pdf"}});
    bed.owner.call("POST", &bed.at(&format!("chats/{chat}/take")), &Value::Null).await.expect(200);
    let messages = bed.at(&format!("chats/{chat}/messages"));
    bed.owner.call("POST", &messages, &json!({"clientId": "f", "data": media})).await.expect(200);
    let said = page.socket().wait("the document", |frame| frame["data"]["type"] == "media").await;
    assert_eq!(said["data"]["media"], media["media"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn earlier_messages_are_ones_own_and_a_guessed_picture_is_not_there() {
    let bed = Bed::start().await;
    let mut page = bed.customer().await;
    page.sees("bot", "안녕하세요").await;
    page.says("배송").await;
    page.sees("bot", "내일 도착해요.").await;
    let earlier = json!({"type": "history", "id": "h", "before": i64::MAX});
    page.socket().send(earlier.clone()).await;
    let whole = page.socket().kind("history").await;
    let texts: Vec<&str> = whole["messages"]
        .as_array()
        .expect("messages")
        .iter()
        .filter_map(|message| message["data"]["text"].as_str())
        .collect();
    assert_eq!((texts, &whole["more"]), (vec!["안녕하세요", "배송", "내일 도착해요."], &json!(false)));
    page.socket().send(json!({"type": "history", "id": "first", "before": 1})).await;
    let first = page.socket().wait("the first", |frame| frame["id"] == "first").await;
    assert_eq!(first["messages"].as_array().map(Vec::len), Some(1));
    // Whoever asks for the same is another and gets their own.
    let mut other = bed.customer().await;
    other.sees("bot", "안녕하세요").await;
    other.socket().send(earlier).await;
    let own = other.socket().kind("history").await;
    assert_eq!(own["messages"].as_array().map(Vec::len), Some(1), "{own}");
    // A picture has no number to be counted through.
    let client = reqwest::Client::builder().no_proxy().build().expect("a client");
    for name in ["1.png".to_owned(), format!("{}.png", "0".repeat(64)), "..%2f..%2fconfig.toml".to_owned()] {
        let answer = client.get(format!("{}/media/{name}", bed.server.base)).send().await.expect("an answer");
        assert_eq!(answer.status(), 404, "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn opening_the_page_anew_gives_a_flood_no_more() {
    let bed = Bed::start().await;
    let mut page = bed.customer().await;
    page.sees("bot", "안녕하세요").await;
    for _ in 0..30 {
        page.sends("배송").await;
    }
    assert_eq!(page.socket().kind("error").await["code"], "too-fast");
    // The same visitor on another page, and with a picture.
    let mut again = bed.page(&page.token, None, false).await;
    again.socket().kind("ready").await;
    for _ in 0..10 {
        again.sends("배송").await;
    }
    assert_eq!(again.socket().kind("error").await["code"], "too-fast");
    let client = reqwest::Client::builder().no_proxy().build().expect("a client");
    let url = format!("{}/webchat/{}/media", bed.server.base, bed.bot);
    let mut refused = false;
    for _ in 0..15 {
        let sent =
            client.post(&url).header("authorization", format!("Bearer {}", page.token)).body(PNG.to_vec());
        refused |= sent.send().await.expect("an answer").status() == 429;
    }
    assert!(refused, "pictures are counted, too");
    // Somebody else is not held up.
    let mut other = bed.customer().await;
    other.sees("bot", "안녕하세요").await;
    other.says("배송").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_could_run_scripts_is_no_picture_and_what_is_kept_runs_none() {
    let bed = Bed::start().await;
    let page = bed.customer().await;
    let client = reqwest::Client::builder().no_proxy().build().expect("a client");
    let url = format!("{}/webchat/{}/media", bed.server.base, bed.bot);
    let upload = async |bytes: Vec<u8>, kind: &str| {
        let request = client
            .post(&url)
            .header("authorization", format!("Bearer {}", page.token))
            .header("content-type", kind)
            .body(bytes);
        let answer = request.send().await.expect("an answer");
        (answer.status().as_u16(), answer.json::<Value>().await.expect("JSON"))
    };
    let drawing = br#"<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>"#.to_vec();
    assert_eq!(upload(drawing, "image/svg+xml").await.0, 422);
    assert_eq!(upload(b"<!doctype html><script>alert(1)</script>".to_vec(), "image/png").await.0, 422);
    assert_eq!(upload(b"\x7fELF\x02\x01\x01".to_vec(), "image/jpeg").await.0, 422);
    // A picture with a page behind its last byte comes out without it, under a type and a policy that run nothing.
    let mut both = PNG.to_vec();
    both.extend_from_slice(b"<script>alert(1)</script>");
    let (status, taken) = upload(both, "text/html").await;
    assert_eq!(status, 201, "{taken}");
    let kept =
        client.get(format!("{}{}", bed.server.base, taken["url"].as_str().expect("an address"))).send();
    let kept = kept.await.expect("an answer");
    let header = |name: &str| kept.headers()[name].to_str().expect("text").to_owned();
    assert_eq!(
        (header("content-type").as_str(), header("x-content-type-options").as_str()),
        ("image/png", "nosniff")
    );
    assert!(header("content-security-policy").starts_with("default-src 'none'"));
    let bytes = kept.bytes().await.expect("bytes");
    assert!(!bytes.windows(7).any(|part| part == b"<script"));
}

/// The smallest picture: one pixel.
const PNG: &[u8] = &[
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44, 0x52, 0x00,
    0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x01, 0x08, 0x06, 0x00, 0x00, 0x00, 0x1f, 0x15, 0xc4, 0x89, 0x00,
    0x00, 0x00, 0x0d, 0x49, 0x44, 0x41, 0x54, 0x78, 0xda, 0x63, 0xf8, 0xdf, 0xc0, 0xf0, 0x1f, 0x00, 0x06,
    0x80, 0x02, 0x7f, 0xcf, 0x12, 0x09, 0xf1, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42,
    0x60, 0x82,
];
