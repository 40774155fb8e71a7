//! Who may watch and act: members of the workspace, from our own pages.

use std::time::Duration;

use serde_json::{Value, json};

use crate::{bed::Bed, browser::PASSWORD};

#[tokio::test(flavor = "multi_thread")]
async fn a_workspace_is_watched_by_its_members_from_our_own_pages() {
    let mut bed = Bed::start().await;
    let path = bed.at("live");
    let cookie = bed.owner.cookie.clone();
    assert_eq!(bed.socket(&path, None).await.err(), Some(401));
    let evil = bed.socket_from(&path, cookie.as_deref(), Some("https://evil.example")).await;
    assert_eq!(evil.err(), Some(403), "another site opens no socket with our cookie");
    let own = bed.server.base.clone();
    assert!(bed.socket_from(&path, cookie.as_deref(), Some(&own)).await.is_ok());
    assert_eq!(bed.owner.get(&path).await.problem(), "400 malformed");
    // Somebody of another workspace sees and does nothing.
    let person = server::people::NewPerson {
        email: "stranger@example.com",
        password: PASSWORD,
        name: "낯선 사람",
        language: engine::lang::Lang::Ko,
    };
    server::people::add(&bed.server.hub, person, "readonly", "").await.expect("is added");
    let mut stranger = bed.server.browser();
    let me = stranger
        .call("POST", "/api/session", &json!({"email": "stranger@example.com", "password": PASSWORD}))
        .await
        .expect(200);
    let leave = bed.at(&format!("members/{}", me["id"].as_str().expect("an id")));
    stranger.call("DELETE", &leave, &Value::Null).await.expect(204);
    let other = stranger.call("POST", "/api/workspaces", &json!({"name": "딴 가게"})).await.expect(201);
    let mut page = bed.customer().await;
    page.sees("bot", "안녕하세요").await;
    let list = bed.until("chats", |list| list["items"][0]["id"].is_string()).await;
    let chat = list["items"][0]["id"].as_str().expect("an id").to_owned();
    assert_eq!(bed.socket(&path, stranger.cookie.as_deref()).await.err(), Some(404));
    let elsewhere = format!("/api/workspaces/{}/chats/{chat}", other["id"].as_str().expect("an id"));
    assert_eq!(stranger.get(&elsewhere).await.problem(), "404 no-such-chat");
    assert_eq!(stranger.get(&format!("{elsewhere}/messages")).await.problem(), "404 no-such-chat");
    let take = stranger.call("POST", &format!("{elsewhere}/take"), &Value::Null).await;
    assert_eq!(take.problem(), "404 no-such-chat");
}

#[tokio::test(flavor = "multi_thread")]
async fn events_come_as_server_sent_ones_too() {
    let bed = Bed::start().await;
    let mut page = bed.customer().await;
    page.sees("bot", "안녕하세요").await;
    let request = bed
        .owner
        .request("GET", &bed.at("live"))
        .header("accept", "text/event-stream")
        .header("last-event-id", "0");
    let mut answer = request.send().await.expect("an answer");
    assert_eq!(answer.status(), 200);
    let mut text = String::new();
    let reading = async {
        while !text.contains("안녕하세요") {
            text.push_str(&String::from_utf8_lossy(
                &answer.chunk().await.expect("a piece").expect("goes on"),
            ));
        }
    };
    tokio::time::timeout(Duration::from_secs(20), reading).await.expect("comes");
    assert!(text.contains("id: 1") && text.contains("\"type\":\"hello\""), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_and_canned_messages_are_checked_and_kept() {
    let mut bed = Bed::start().await;
    let path = bed.at("chat-settings");
    let first = bed.owner.get(&path).await.expect(200);
    assert_eq!(
        (&first["assignment"]["max"], &first["hours"]["timeZone"]),
        (&json!(10), &json!("Asia/Seoul"))
    );
    let bad = json!({"assignment": {"max": 0}, "hours": {"timeZone": "Asia/Nowhere", "week": [[{"from": "18:00", "to": "09:00"}], [], [], [], [], [], []]}});
    let answer = bed.owner.call("PUT", &path, &bad).await;
    assert_eq!(answer.problem(), "422 invalid");
    let places: Vec<&str> = answer.json()["errors"]
        .as_array()
        .expect("errors")
        .iter()
        .filter_map(|it| it["pointer"].as_str())
        .map(|it| match it {
            "/assignment/max" => "max",
            "/hours/timeZone" => "zone",
            "/hours/week/0/0" => "week",
            _ => "other",
        })
        .collect();
    assert_eq!(places, ["max", "zone", "week"]);
    let mut reader = bed.server.member(&mut bed.owner, &bed.workspace, "readonly").await;
    assert_eq!(reader.call("PUT", &path, &json!({})).await.problem(), "403 role-too-low");
    let canned = bed.at("canned");
    let body = |own: bool| json!({"own": own, "title": "인사", "text": "안녕하세요 {{name}}님", "shortcut": "/인사"});
    assert_eq!(reader.call("POST", &canned, &body(false)).await.problem(), "403 role-too-low");
    let own = reader.call("POST", &canned, &body(true)).await.expect(201);
    let team = bed.owner.call("POST", &canned, &body(false)).await.expect(201);
    assert_eq!((&own["shortcut"], &team["own"]), (&json!("인사"), &json!(false)));
    assert_eq!(reader.get(&canned).await.expect(200)["items"].as_array().expect("a list").len(), 2);
    assert_eq!(bed.owner.get(&canned).await.expect(200)["items"].as_array().expect("a list").len(), 1);
    let of_team = format!("{canned}/{}", team["id"].as_str().expect("an id"));
    assert_eq!(reader.call("DELETE", &of_team, &Value::Null).await.problem(), "403 role-too-low");
    let of_reader = format!("{canned}/{}", own["id"].as_str().expect("an id"));
    assert_eq!(bed.owner.call("DELETE", &of_reader, &Value::Null).await.problem(), "404 no-such-canned");
    reader.call("DELETE", &of_reader, &Value::Null).await.expect(204);
    let profile = json!({"name": "김손님", "tags": ["단골", " "]});
    let mut page = bed.customer().await;
    page.sees("bot", "안녕하세요").await;
    let list = bed.until("chats", |list| list["items"][0]["id"].is_string()).await;
    let chat = bed.at(&format!("chats/{}", list["items"][0]["id"].as_str().expect("an id")));
    let kept = reader.call("PATCH", &chat, &profile).await.expect(200);
    assert_eq!((&kept["name"], &kept["tags"]), (&json!("김손님"), &json!(["단골"])));
    let whole = reader.get(&chat).await.expect(200);
    assert_eq!(
        (&whole["botTitle"], &whole["answerable"], &whole["name"]),
        (&json!("맑은마켓"), &json!(true), &json!("김손님"))
    );
}
