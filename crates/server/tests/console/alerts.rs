//! Alerts: what is too much is told once, in the console, by mail and by webhook, and ends by itself.

use serde_json::{Value, json};
use simulator::upstream::Upstream;

use crate::{afterwards::Shop, browser::Browser};

async fn alerts(browser: &mut Browser, workspace: &str) -> Value {
    browser.get(&format!("/api/workspaces/{workspace}/alerts")).await.expect(200)
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
    let at = server::clock::Clock.now_ms() - 6 * 3_600_000;
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
