//! Requests find their agents.

use serde_json::{Value, json};

use crate::bed::{Bed, Page};

async fn calls(bed: &Bed) -> Page {
    let mut page = bed.customer().await;
    page.sees("bot", "안녕하세요").await;
    page.says("상담원").await;
    page.sees("bot", "상담원을 부르고 있어요.").await;
    page
}

#[tokio::test(flavor = "multi_thread")]
async fn requests_go_out_up_to_the_maximum_and_the_rest_wait_for_room() {
    let mut bed = Bed::start().await;
    bed.settings(json!({"assignment": {"auto": true, "max": 2}})).await;
    let mut kim = bed.server.member(&mut bed.owner, &bed.workspace, "readonly").await;
    let mut pages = Vec::new();
    for _ in 0..5 {
        pages.push(calls(&bed).await);
    }
    bed.until("chats?state=requested", |list| list["items"].as_array().is_some_and(|items| items.len() == 5))
        .await;
    // Nobody is there; then two agents come, at the same time.
    let (one, other) = tokio::join!(bed.console(&kim, "?agent=true"), bed.console(&bed.owner, "?agent=true"));
    let owners = |list: &Value| {
        let mut owners: Vec<String> = list["items"]
            .as_array()
            .expect("a list")
            .iter()
            .filter_map(|chat| chat["owner"].as_str().map(str::to_owned))
            .collect();
        owners.sort();
        owners
    };
    let list = bed.until("chats?state=requested", |list| owners(list).len() == 4).await;
    let given = owners(&list);
    assert!(given[0] == given[1] && given[2] == given[3] && given[1] != given[2], "two each: {given:?}");
    // The oldest went out first: the last one waits.
    assert_eq!(
        list["items"].as_array().expect("a list").iter().filter(|chat| chat["owner"].is_null()).count(),
        1
    );
    assert_eq!(list["items"][0]["owner"], Value::Null, "the newest request is the first in the list");
    // No room by hand either.
    let waiting = list["items"][0]["id"].as_str().expect("an id").to_owned();
    let take = bed.at(&format!("chats/{waiting}/take"));
    assert_eq!(kim.call("POST", &take, &Value::Null).await.problem(), "409 agent-full");
    // One is completed: the one that waits goes out.
    let mine = kim.get(&bed.at("chats?mine=true&state=requested")).await.expect(200);
    let first = mine["items"][0]["id"].as_str().expect("an id").to_owned();
    kim.call("POST", &bed.at(&format!("chats/{first}/take")), &Value::Null).await.expect(200);
    kim.call("POST", &bed.at(&format!("chats/{first}/complete")), &json!({})).await.expect(200);
    bed.until("chats?state=requested", |list| owners(list).len() == 4).await;
    let agents = bed.until("agents", |list| {
        list["items"].as_array().is_some_and(|agents| agents.iter().all(|agent| agent["open"] == 2))
    });
    assert_eq!(agents.await["items"].as_array().expect("agents").len(), 2);
    drop((one, other));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_away_gets_nothing_and_gets_it_when_back() {
    let mut bed = Bed::start().await;
    bed.settings(json!({"assignment": {"auto": true}})).await;
    let me = bed.at("agents/me");
    bed.owner.call("PATCH", &me, &json!({"away": true})).await.expect(200);
    let mut console = bed.console(&bed.owner, "?agent=true").await;
    console.kind("hello").await;
    let _page = calls(&bed).await;
    let waits =
        |list: &Value| list["items"][0]["owner"].is_null() && list["items"][0]["state"] == "requested";
    bed.until("chats", waits).await;
    tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    bed.until("chats", waits).await;
    bed.owner.call("PATCH", &me, &json!({"away": false})).await.expect(200);
    bed.until("chats", |list| list["items"][0]["owner"].is_string()).await;
    console.wait("the assignment", |frame| frame["data"]["kind"] == "assigned").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_handed_over_and_its_own_agent_cannot_just_leave() {
    let mut bed = Bed::start().await;
    let mut kim = bed.server.member(&mut bed.owner, &bed.workspace, "readonly").await;
    let page = calls(&bed).await;
    let list = bed.until("chats", |list| list["items"][0]["state"] == "requested").await;
    let chat = list["items"][0]["id"].as_str().expect("an id").to_owned();
    let at = |rest: &str| bed.at(&format!("chats/{chat}/{rest}"));
    let (take, join, leave, transfer, messages) =
        (at("take"), at("join"), at("leave"), at("transfer"), at("messages"));
    let taken = bed.owner.call("POST", &take, &Value::Null).await.expect(200);
    assert_eq!(kim.call("POST", &take, &Value::Null).await.problem(), "409 chat-taken");
    kim.call("POST", &join, &Value::Null).await.expect(200);
    assert_eq!(bed.owner.call("POST", &leave, &Value::Null).await.problem(), "409 chat-owner-stays");
    kim.call("POST", &leave, &Value::Null).await.expect(200);
    let me = kim.get("/api/me").await.expect(200)["id"].clone();
    let over = bed.owner.call("POST", &transfer, &json!({"to": me})).await.expect(200);
    assert_eq!((&over["owner"], &over["state"]), (&me, &json!("connected")));
    assert_ne!(over["owner"], taken["owner"]);
    let nobody = json!({"to": "0".repeat(26)});
    assert_eq!(bed.owner.call("POST", &transfer, &nobody).await.problem(), "404 no-such-member");
    let back = kim.call("POST", &transfer, &json!({"to": null})).await.expect(200);
    assert_eq!((&back["owner"], &back["state"]), (&Value::Null, &json!("requested")));
    // Whoever writes first has it.
    let body = json!({"clientId": "1", "data": {"type": "text", "text": "네"}});
    let sent = kim.call("POST", &messages, &body).await.expect(200);
    assert_eq!((&sent["chat"]["owner"], &sent["chat"]["state"]), (&me, &json!("connected")));
    let agents = bed.owner.get(&bed.at("agents")).await.expect(200);
    let open: i64 = agents["items"]
        .as_array()
        .expect("agents")
        .iter()
        .map(|agent| agent["open"].as_i64().expect("a number"))
        .sum();
    assert_eq!(open, 1);
    drop(page);
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_are_made_of_what_happened() {
    let mut bed = Bed::start().await;
    let mut page = bed.customer().await;
    page.sees("bot", "안녕하세요").await;
    page.says("상담원").await;
    page.sees("bot", "상담원을 부르고 있어요.").await;
    let list = bed.until("chats?state=requested", |list| list["items"][0]["id"].is_string()).await;
    let chat = list["items"][0]["id"].as_str().expect("an id").to_owned();
    let (take, complete) = (bed.at(&format!("chats/{chat}/take")), bed.at(&format!("chats/{chat}/complete")));
    bed.owner.call("POST", &take, &Value::Null).await.expect(200);
    bed.owner.call("POST", &complete, &json!({})).await.expect(200);
    let mut other = bed.customer().await;
    other.sees("bot", "안녕하세요").await;
    other.says("상담원").await;
    other.sees("bot", "상담원을 부르고 있어요.").await;
    other.says("상담 취소").await;
    let now = bed.server.hub.clock.now_ms();
    let period = format!("from={}&until={}", now - 3_600_000, now + 1_000);
    let stats = bed.until(&format!("chat-stats?{period}"), |stats| stats["missed"] == 1).await;
    assert_eq!(
        (&stats["requested"], &stats["completed"], &stats["rate"]),
        (&json!(2), &json!(1), &json!(500))
    );
    assert_eq!(
        (&stats["agents"][0]["name"], &stats["agents"][0]["completed"]),
        (&json!("김소유"), &json!(1))
    );
    let hours: i64 =
        stats["hours"].as_array().expect("hours").iter().filter_map(|hour| hour["requested"].as_i64()).sum();
    assert_eq!(hours, 2);
    let file = bed.owner.get(&bed.at(&format!("chat-stats/file?format=csv&{period}"))).await;
    assert_eq!((file.status.as_u16(), file.header("content-type")), (200, "text/csv; charset=utf-8"));
    let text = String::from_utf8(file.bytes.clone()).expect("UTF-8");
    assert!(text.starts_with('\u{feff}') && text.lines().count() == 3 && text.contains("김소유"), "{text}");
    for from in ["0", "-9223372036854775808"] {
        let long = format!("chat-stats?from={from}&until={now}");
        assert_eq!(bed.owner.get(&bed.at(&long)).await.problem(), "422 invalid");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_leaves_and_what_is_deleted_leaves_nobody_behind() {
    let mut bed = Bed::start().await;
    let mut kim = bed.server.member(&mut bed.owner, &bed.workspace, "readonly").await;
    let page = calls(&bed).await;
    let list = bed.until("chats?state=requested", |list| list["items"][0]["id"].is_string()).await;
    let chat = list["items"][0]["id"].as_str().expect("an id").to_owned();
    kim.call("POST", &bed.at(&format!("chats/{chat}/take")), &Value::Null).await.expect(200);
    let me = kim.get("/api/me").await.expect(200)["id"].as_str().expect("an id").to_owned();
    kim.call("DELETE", &bed.at(&format!("members/{me}")), &Value::Null).await.expect(204);
    server::chat::close::take_back(&bed.server.hub).await.expect("looks");
    bed.until("chats?state=requested", |list| {
        list["items"][0]["owner"].is_null() && list["items"][0]["id"] == chat.as_str()
    })
    .await;
    bed.owner.call("POST", &bed.at(&format!("chats/{chat}/take")), &Value::Null).await.expect(200);
    bed.owner
        .call("DELETE", &bed.at(&format!("bots/{}", bed.bot)), &json!({"title": "맑은마켓"}))
        .await
        .expect(204);
    server::chat::close::take_back(&bed.server.hub).await.expect("looks");
    bed.until("agents", |list| {
        list["items"].as_array().is_some_and(|all| all.iter().all(|agent| agent["open"] == 0))
    })
    .await;
    drop(page);
}
