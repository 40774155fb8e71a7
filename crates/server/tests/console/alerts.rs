//! Alerts: what is too much is told once, in the console, by mail and by webhook, and ends by itself.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use ring::hmac;
use serde_json::{Map, Value, json};
use simulator::upstream::Upstream;

use crate::{afterwards::Shop, browser::Browser};

async fn alerts(browser: &mut Browser, workspace: &str) -> Value {
    browser.get(&format!("/api/workspaces/{workspace}/alerts")).await.expect(200)
}

/// How often a signature of this secret stands in a delivery's header; checked as a receiver would.
fn signatures(secret: &Value, (head, body): &(Map<String, Value>, String)) -> usize {
    let secret = secret.as_str().and_then(|it| it.strip_prefix("whsec_")).expect("a secret");
    let key = hmac::Key::new(hmac::HMAC_SHA256, &STANDARD.decode(secret).expect("base64"));
    let text = |name: &str| head[name].as_str().expect("a header");
    let signed = format!("{}.{}.{body}", text("webhook-id"), text("webhook-timestamp"));
    let holds = |it: &&str| {
        let tag = it.strip_prefix("v1,").and_then(|it| STANDARD.decode(it).ok()).expect("a signature");
        hmac::verify(&key, signed.as_bytes(), &tag).is_ok()
    };
    text("webhook-signature").split(' ').filter(holds).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn errors_open_an_alert_that_is_told_and_read() {
    let upstream = Upstream::start().await.expect("listens");
    upstream.page("/hook", "ok");
    let mut shop = Shop::open_with(|config| {
        config.outbound.allow = vec!["127.0.0.1/32".parse().expect("a network")];
    })
    .await;
    let (workspace, path) = (shop.workspace.clone(), shop.at("/alert-rules"));
    let rules = shop.owner.get(&path).await.expect(200);
    assert_eq!(
        (&rules["errors"]["count"], &rules["emails"], &rules["webhookUrl"]),
        (&5.into(), &json!([]), &Value::Null)
    );
    for bad in [
        json!({"errors": {"on": true, "count": 0, "minutes": 10}}),
        json!({"slow": {"on": true, "count": 1, "minutes": 2_000}}),
        json!({"silent": {"on": true, "hours": 0}}),
        json!({"emails": ["nobody"]}),
        json!({"webhookUrl": "ftp://a.example"}),
        json!({"language": "fr"}),
    ] {
        assert_eq!(shop.owner.call("PUT", &path, &bad).await.problem(), "422 invalid", "{bad}");
    }
    let hook = format!("{}/hook", upstream.base);
    let rules = json!({"errors": {"on": true, "count": 2, "minutes": 10}, "webhookUrl": hook, "emails": ["Kim@Example.com"]});
    let set = shop.owner.call("PUT", &path, &rules).await.expect(200);
    assert_eq!(set["emails"], json!(["kim@example.com"]));
    let hub = std::sync::Arc::clone(&shop.bed.hub);
    let mut room = shop.kakao().room("kim");
    room.says("안녕").await;
    room.says("고장").await;
    shop.logged(2).await;
    shop.added_up().await;
    server::insight::watch::round(&hub).await.expect("looks");
    assert_eq!(alerts(&mut shop.owner, &workspace).await["items"], json!([]));
    shop.kakao().room("lee").says("안녕").await;
    let mut room = shop.kakao().room("park");
    room.says("안녕").await;
    room.says("고장").await;
    shop.logged(5).await;
    shop.added_up().await;
    for _ in 0..2 {
        server::insight::watch::round(&hub).await.expect("looks");
    }
    let list = alerts(&mut shop.owner, &workspace).await;
    let alert = &list["items"][0];
    assert_eq!((list["items"].as_array().map(Vec::len), &list["unread"]), (Some(1), &1.into()), "{list}");
    assert_eq!(
        (&alert["kind"], &alert["amount"], &alert["endedAt"], &alert["read"]),
        (&"errors".into(), &2.into(), &Value::Null, &false.into())
    );
    assert_eq!(
        (&alert["hooked"], alert["mailError"].is_string(), &alert["botTitle"]),
        (&true.into(), true, &"맑은마켓".into()),
        "{alert}"
    );
    assert!(alert["text"].as_str().is_some_and(|text| text.contains("2번")), "{alert}");
    let told: Vec<Value> =
        upstream.posted("/hook").iter().map(|body| serde_json::from_str(body).expect("JSON")).collect();
    assert_eq!(told.len(), 1, "told once");
    assert_eq!((&told[0]["kind"], &told[0]["botId"]), (&"errors".into(), &shop.bot.clone().into()));
    let delivery = &upstream.deliveries("/hook")[0];
    let at: i64 = delivery.0["webhook-timestamp"].as_str().and_then(|at| at.parse().ok()).expect("seconds");
    assert!((server::clock::Clock::default().now_ms() / 1_000 - at).abs() < 60, "signed now, not {at}");
    assert_eq!(
        (&delivery.0["webhook-id"], &delivery.0["content-type"]),
        (&told[0]["id"], &"application/json".into())
    );
    let secret = shop.get("/alert-rules/secret").await["secret"].clone();
    assert_eq!(signatures(&secret, delivery), 1);
    // Read by one is not read by all.
    let mut reader = shop.bed.member(&mut shop.owner, &workspace, "readonly").await;
    let up_to = json!({"upTo": alert["id"]});
    shop.owner.call("PUT", &format!("/api/workspaces/{workspace}/alerts/read"), &up_to).await.expect(204);
    let list = alerts(&mut shop.owner, &workspace).await;
    assert_eq!((&list["unread"], &list["items"][0]["read"]), (&0.into(), &true.into()));
    assert_eq!(alerts(&mut reader, &workspace).await["unread"], 1);
    assert_eq!(reader.call("PUT", &path, &rules).await.problem(), "403 role-too-low");
    // Switched off, it ends.
    let off = json!({"errors": {"on": false, "count": 2, "minutes": 10}, "silent": {"on": true, "hours": 5}});
    shop.owner.call("PUT", &path, &off).await.expect(200);
    server::insight::watch::round(&hub).await.expect("looks");
    assert!(alerts(&mut shop.owner, &workspace).await["items"][0]["endedAt"].is_i64());
    // Five hours without a customer.
    let at = server::clock::Clock::default().now_ms() - 6 * 3_600_000;
    shop.bed.sql(&format!("UPDATE threads SET last_at = {at}"));
    server::insight::watch::round(&hub).await.expect("looks");
    let list = alerts(&mut shop.owner, &workspace).await;
    assert_eq!(
        (&list["items"][0]["kind"], &list["items"][0]["amount"]),
        (&"silent".into(), &6.into()),
        "{list}"
    );
    shop.kakao().room("choi").says("안녕").await;
    shop.added_up().await;
    server::insight::watch::round(&hub).await.expect("looks");
    assert!(alerts(&mut shop.owner, &workspace).await["items"][0]["endedAt"].is_i64());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_webhook_leaves_through_the_guard_and_can_be_tried() {
    let upstream = Upstream::start().await.expect("listens");
    let mut shop = Shop::open().await;
    let path = shop.at("/alert-rules");
    shop.owner
        .call("PUT", &path, &json!({"webhookUrl": format!("{}/hook", upstream.base)}))
        .await
        .expect(200);
    let tried = shop.owner.call("POST", &format!("{path}/try"), &Value::Null).await.expect(200);
    assert_eq!((&tried["hooked"], tried["hookError"].is_string()), (&false.into(), true), "{tried}");
    assert_eq!(upstream.requests(), 0, "a private address was called");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_secret_of_a_webhook_is_kept_from_readers_and_exchanged_without_a_gap() {
    let upstream = Upstream::start().await.expect("listens");
    upstream.page("/hook", "ok");
    let mut shop = Shop::open_with(|config| {
        config.outbound.allow = vec!["127.0.0.1/32".parse().expect("a network")];
    })
    .await;
    let (workspace, rules) = (shop.workspace.clone(), shop.at("/alert-rules"));
    let secret = format!("{rules}/secret");
    assert_eq!(shop.owner.get(&secret).await.expect(200), json!({"secret": null}), "no webhook, no secret");
    let hook = json!({"webhookUrl": format!("{}/hook", upstream.base)});
    let set = shop.owner.call("PUT", &rules, &hook).await.expect(200);
    let first = shop.owner.get(&secret).await.expect(200)["secret"].clone();
    let text = first.as_str().expect("a secret");
    assert!(text.starts_with("whsec_") && !set.to_string().contains(text), "{set}");
    // Other rules leave it as it is.
    let moved = json!({"webhookUrl": format!("{}/hook", upstream.base), "language": "en"});
    shop.owner.call("PUT", &rules, &moved).await.expect(200);
    assert_eq!(shop.owner.get(&secret).await.expect(200)["secret"], first);
    let mut reader = shop.bed.member(&mut shop.owner, &workspace, "readonly").await;
    assert_eq!(reader.get(&secret).await.problem(), "403 role-too-low");
    assert!(!reader.get(&rules).await.expect(200).to_string().contains(text));
    let second = shop.owner.call("POST", &secret, &Value::Null).await.expect(200)["secret"].clone();
    assert_ne!(first, second);
    let tried = shop.owner.call("POST", &format!("{rules}/try"), &Value::Null).await.expect(200);
    assert_eq!(tried["hooked"], true, "{tried}");
    let delivery = &upstream.deliveries("/hook")[0];
    assert_eq!((signatures(&second, delivery), signatures(&first, delivery)), (1, 1), "both for a day");
    let audit = shop.owner.get(&format!("/api/workspaces/{workspace}/audit")).await.expect(200);
    assert!(audit.to_string().contains("alerts.secret") && !audit.to_string().contains("whsec_"), "{audit}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_webhook_that_refuses_is_tried_three_times_with_one_id() {
    let upstream = Upstream::start().await.expect("listens");
    let mut shop = Shop::open_with(|config| {
        config.outbound.allow = vec!["127.0.0.1/32".parse().expect("a network")];
    })
    .await;
    let (workspace, path) = (shop.workspace.clone(), shop.at("/alert-rules"));
    let refusing = format!("{}/status/503", upstream.base);
    let rules = json!({"errors": {"on": true, "count": 1, "minutes": 10}, "webhookUrl": refusing});
    shop.owner.call("PUT", &path, &rules).await.expect(200);
    let mut room = shop.kakao().room("kim");
    room.says("안녕").await;
    room.says("고장").await;
    shop.logged(2).await;
    shop.added_up().await;
    for tries in 1..=5 {
        server::insight::watch::round(&shop.bed.hub).await.expect("looks");
        assert_eq!(upstream.requests(), tries.min(3), "after round {tries}");
        // As if five minutes had passed.
        shop.bed.sql("UPDATE alerts SET tell_at = 1 WHERE tell_at > 0");
    }
    let list = alerts(&mut shop.owner, &workspace).await;
    assert_eq!(
        (&list["items"][0]["hooked"], &list["items"][0]["hookError"]),
        (&false.into(), &"HTTP 503".into()),
        "{list}"
    );
    // Of one kind somebody is told once an hour: it ends, opens again, and is only shown.
    shop.bed.sql("UPDATE alerts SET ended_at = 1");
    server::insight::watch::round(&shop.bed.hub).await.expect("looks");
    assert_eq!(alerts(&mut shop.owner, &workspace).await["items"].as_array().map(Vec::len), Some(2));
    assert_eq!(upstream.requests(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn alerts_come_in_pieces_and_of_one_bot() {
    let mut shop = Shop::open().await;
    let workspace = shop.workspace.clone();
    let list = format!("/api/workspaces/{workspace}/alerts");
    let path = shop.at("/alert-rules");
    for kind in ["errors", "silent"] {
        let on = json!({"errors": {"on": kind == "errors", "count": 1, "minutes": 10},
            "silent": {"on": kind == "silent", "hours": 1}});
        shop.owner.call("PUT", &path, &on).await.expect(200);
        if kind == "errors" {
            let mut room = shop.kakao().room("kim");
            room.says("안녕").await;
            room.says("고장").await;
            shop.logged(2).await;
            shop.added_up().await;
        } else {
            let at = server::clock::Clock::default().now_ms() - 2 * 3_600_000;
            shop.bed.sql(&format!("UPDATE threads SET last_at = {at}"));
        }
        server::insight::watch::round(&shop.bed.hub).await.expect("looks");
    }
    let first = shop.owner.get(&format!("{list}?limit=1")).await.expect(200);
    assert_eq!((&first["items"][0]["kind"], &first["unread"]), (&"silent".into(), &2.into()), "{first}");
    let next = first["next"].as_str().expect("a cursor");
    let rest = shop.owner.get(&format!("{list}?limit=1&cursor={next}")).await.expect(200);
    assert_eq!((&rest["items"][0]["kind"], &rest["next"]), (&"errors".into(), &Value::Null), "{rest}");
    let bots = format!("/api/workspaces/{workspace}/bots");
    let other =
        shop.owner.call("POST", &bots, &json!({"template": "empty", "title": "다른 봇"})).await.expect(201);
    let other = other["bot"]["id"].as_str().expect("an id").to_owned();
    let none = shop.owner.get(&format!("{list}?bot={other}")).await.expect(200);
    assert_eq!((none["items"].as_array().map(Vec::len), &none["unread"]), (Some(0), &2.into()), "{none}");
    let own = shop.owner.get(&format!("{list}?bot={}", shop.bot)).await.expect(200);
    assert_eq!(own["items"].as_array().map(Vec::len), Some(2), "{own}");
    assert_eq!(shop.owner.get(&format!("{list}?cursor=x")).await.status.as_u16(), 400);
    // Who has read the older one has one to read.
    let read = json!({"upTo": rest["items"][0]["id"]});
    shop.owner.call("PUT", &format!("{list}/read"), &read).await.expect(204);
    assert_eq!(alerts(&mut shop.owner, &workspace).await["unread"], 1);
}
