//! Webhooks: what becomes of a consultation is told in order, once, and later where it could not be told at once.

use std::time::Duration;

use serde_json::{Value, json};
use simulator::upstream::Upstream;

use crate::bed::Bed;

const ALL: [&str; 4] = ["requested", "connected", "cancelled", "disconnected"];

fn body(url: &str, events: &[&str]) -> Value {
    let events: Vec<String> =
        events.iter().map(|event| format!("bot.conversation.agent_call_{event}")).collect();
    json!({"name": "주문 서버", "url": url, "enabled": true, "events": events})
}

/// All events that came, in the order in which they came.
async fn told(upstream: &Upstream, path: &str, count: usize) -> Vec<Value> {
    for _ in 0..400 {
        let all: Vec<Value> = upstream
            .posted(path)
            .iter()
            .map(|body| serde_json::from_str::<Value>(body).expect("JSON"))
            .flat_map(|body| body["messages"].as_array().cloned().unwrap_or_default())
            .collect();
        if all.len() >= count {
            return all;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("{count} events did not come: {:?}", upstream.posted(path));
}

fn names(events: &[Value]) -> Vec<&str> {
    events
        .iter()
        .map(|event| event["event"].as_str().expect("a name").rsplit('_').next().expect("a word"))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_consultation_is_told_from_its_call_to_its_end() {
    let (mut bed, upstream) = Bed::start_beside().await;
    upstream.page("/hook", "ok");
    upstream.page("/calls", "ok");
    let hooks = bed.at(&format!("bots/{}/webhooks", bed.bot));
    for bad in [
        body("ftp://a.example", &ALL),
        body("https://a.example", &[]),
        json!({"name": "", "url": "https://a.example", "enabled": true, "events": ["bot.conversation.agent_call_requested"]}),
        json!({"name": "x", "url": "https://a.example", "enabled": true, "events": ["bot.party"]}),
    ] {
        assert_eq!(bed.owner.call("POST", &hooks, &bad).await.problem(), "422 invalid", "{bad}");
    }
    let hook =
        bed.owner.call("POST", &hooks, &body(&format!("{}/hook", upstream.base), &ALL)).await.expect(201);
    let calls = body(&format!("{}/calls", upstream.base), &ALL[..1]);
    bed.owner.call("POST", &hooks, &calls).await.expect(201);
    let mut page = bed.customer().await;
    page.sees("bot", "안녕하세요").await;
    page.says("상담원").await;
    page.sees("bot", "상담원을 부르고 있어요.").await;
    let list = bed.until("chats?state=requested", |list| list["items"][0]["id"].is_string()).await;
    let chat = list["items"][0]["id"].as_str().expect("an id").to_owned();
    bed.owner.call("POST", &bed.at(&format!("chats/{chat}/take")), &Value::Null).await.expect(200);
    bed.owner.call("POST", &bed.at(&format!("chats/{chat}/complete")), &json!({})).await.expect(200);
    page.with("bot").await;
    page.says("또요").await;
    page.sees("bot", "상담원을 부르고 있어요.").await;
    page.says("상담 취소").await;
    page.with("bot").await;
    let events = told(&upstream, "/hook", 5).await;
    assert_eq!(names(&events), ["requested", "connected", "disconnected", "requested", "cancelled"]);
    let first = &events[0];
    assert_eq!(
        (&first["sourceType"], &first["sourceId"], &first["data"]["bot"]["title"]),
        (&json!("bot"), &json!(bed.bot), &json!("맑은마켓"))
    );
    assert_eq!(
        (&first["data"]["endUser"]["id"], &first["data"]["conversation"]["platform"]),
        (&json!(chat), &json!("web"))
    );
    assert!(
        first["data"]["conversation"]["createdAt"]
            .as_str()
            .is_some_and(|at| at.ends_with('Z') && at.contains('.'))
    );
    assert_eq!(events[4]["data"]["consultation"]["why"], "cancelled");
    assert_eq!(
        events[1]["data"]["consultation"]["agentId"],
        bed.owner.get("/api/me").await.expect(200)["id"]
    );
    let mut ids: Vec<&str> = events.iter().map(|event| event["id"].as_str().expect("an id")).collect();
    ids.dedup();
    assert_eq!(ids.len(), 5);
    assert_eq!(names(&told(&upstream, "/calls", 2).await), ["requested", "requested"], "only what is wanted");
    let delivery = &upstream.deliveries("/hook")[0];
    assert_eq!(delivery.0["user-agent"], "CLOSER/webhook");
    assert!(delivery.0["webhook-signature"].as_str().is_some_and(|it| it.starts_with("v1,")));
    // What is shown of it, and to whom.
    let one = format!("{hooks}/{}", hook["id"].as_str().expect("an id"));
    let tries = bed.owner.get(&format!("{one}/tries")).await.expect(200);
    assert!(
        tries["items"].as_array().is_some_and(|tries| !tries.is_empty() && tries[0]["error"].is_null()),
        "{tries}"
    );
    let before = bed.owner.get(&format!("{one}/secret")).await.expect(200);
    let after = bed.owner.call("POST", &format!("{one}/secret"), &Value::Null).await.expect(200);
    assert_ne!(before["secret"], after["secret"]);
    let mut editor = bed.server.member(&mut bed.owner, &bed.workspace, "editor").await;
    assert_eq!(editor.get(&hooks).await.problem(), "403 role-too-low");
    bed.owner.call("DELETE", &one, &Value::Null).await.expect(204);
    assert_eq!(bed.owner.get(&format!("{one}/tries")).await.problem(), "404 no-such-webhook");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_could_not_be_told_is_told_when_it_is_resumed() {
    let (mut bed, upstream) = Bed::start_beside().await;
    let hooks = bed.at(&format!("bots/{}/webhooks", bed.bot));
    // Nobody answers there yet.
    let wanted = body(&format!("{}/late", upstream.base), &ALL);
    let hook = bed.owner.call("POST", &hooks, &wanted).await.expect(201);
    let one = format!("{hooks}/{}", hook["id"].as_str().expect("an id"));
    let mut page = bed.customer().await;
    page.sees("bot", "안녕하세요").await;
    page.says("상담원").await;
    page.sees("bot", "상담원을 부르고 있어요.").await;
    let failed = format!("bots/{}/webhooks", bed.bot);
    for tries in 1..=3 {
        if tries > 1 {
            // The minutes between two tries are over.
            bed.server.sql("UPDATE webhooks SET due_at = 1");
        }
        bed.until(&failed, |list| {
            let hook = &list["items"][0];
            if tries < 3 { hook["againAt"].as_i64() > Some(1) } else { hook["why"].is_string() }
        })
        .await;
    }
    let list = bed.owner.get(&hooks).await.expect(200);
    assert_eq!((&list["items"][0]["enabled"], &list["items"][0]["why"]), (&json!(false), &json!("HTTP 404")));
    let tries = bed.owner.get(&format!("{one}/tries")).await.expect(200);
    assert_eq!(tries["items"].as_array().map(Vec::len), Some(3), "{tries}");
    page.says("상담 취소").await;
    page.with("bot").await;
    upstream.page("/late", "ok");
    bed.owner.call("PUT", &one, &wanted).await.expect(200);
    assert_eq!(names(&told(&upstream, "/late", 2).await), ["requested", "cancelled"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_posted_into_the_house() {
    let mut bed = Bed::start().await;
    let upstream = Upstream::start().await.expect("listens");
    upstream.page("/hook", "ok");
    let hooks = bed.at(&format!("bots/{}/webhooks", bed.bot));
    bed.owner.call("POST", &hooks, &body(&format!("{}/hook", upstream.base), &ALL)).await.expect(201);
    let mut page = bed.customer().await;
    page.sees("bot", "안녕하세요").await;
    page.says("상담원").await;
    page.sees("bot", "상담원을 부르고 있어요.").await;
    let rest = format!("bots/{}/webhooks", bed.bot);
    bed.until(&rest, |list| list["items"][0]["againAt"].is_i64()).await;
    assert!(upstream.posted("/hook").is_empty());
}
