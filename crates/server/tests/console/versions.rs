//! Versions through the console: published with a note, listed, compared by their files, served again, taken back into the
//! draft, deleted; and conversations that are under way meanwhile.

use serde_json::{Value, json};

use crate::browser::{Browser, Testbed, file};

const NOTHING: Value = Value::Null;

async fn given() -> (Testbed, Browser, String) {
    let bed = Testbed::start().await;
    let (owner, workspace) = bed.owner().await;
    (bed, owner, format!("/api/workspaces/{workspace}/bots"))
}

async fn made(owner: &mut Browser, at: &str, text: &str) -> String {
    let body = format!("{{\"file\":{text}}}").into_bytes();
    let made = owner.raw("POST", at, Some("application/json"), body).await.expect(201);
    format!("{at}/{}", made["bot"]["id"].as_str().expect("an id"))
}

async fn save(owner: &mut Browser, bot: &str, text: &str) -> i64 {
    let base = owner.get(&format!("{bot}/draft")).await.expect(200)["revision"].clone();
    let body = format!("{{\"base\":{base},\"file\":{text}}}").into_bytes();
    let kept = owner.raw("PUT", &format!("{bot}/draft"), Some("application/json"), body).await.expect(200);
    kept["revision"].as_i64().expect("a number")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_version_is_published_with_a_note_served_again_and_deleted() {
    let (_bed, mut owner, at) = given().await;
    let first = file("examples/shop.json").trim_end().to_owned();
    let bot = made(&mut owner, &at, &first).await;
    owner.call("POST", &format!("{bot}/publish"), &NOTHING).await.expect(200);
    let second = first.replacen("처음 인사", "첫인사", 1);
    let revision = save(&mut owner, &bot, &second).await;
    let stale = json!({"note": "인사를 바꿨어요", "revision": revision - 1});
    assert_eq!(owner.call("POST", &format!("{bot}/publish"), &stale).await.problem(), "409 draft-changed");
    let note = json!({"note": " 인사를 바꿨어요 ", "revision": revision});
    assert_eq!(owner.call("POST", &format!("{bot}/publish"), &note).await.expect(200), json!({"version": 2}));
    let long = json!({"note": "가".repeat(1_001)});
    assert_eq!(owner.call("POST", &format!("{bot}/publish"), &long).await.problem(), "422 invalid");
    let list = owner.get(&format!("{bot}/versions")).await.expect(200);
    let seen: Vec<_> = list["items"]
        .as_array()
        .expect("versions")
        .iter()
        .map(|it| {
            (
                it["number"].as_i64(),
                it["note"].as_str(),
                it["publishedBy"].as_str(),
                it["live"].as_bool(),
                it["isDraft"].as_bool(),
            )
        })
        .collect();
    assert_eq!(
        seen,
        [
            (Some(2), Some("인사를 바꿨어요"), Some("김소유"), Some(true), Some(true)),
            (Some(1), Some(""), Some("김소유"), Some(false), Some(false)),
        ]
    );
    assert_eq!(list["items"][0]["size"], second.len());
    let old = owner.get(&format!("{bot}/versions/1/file")).await;
    assert!(old.bytes == first.as_bytes(), "byte for byte");
    // The old one answers again; the draft is ahead of it.
    assert_eq!(
        owner.call("POST", &format!("{bot}/versions/1/publish"), &NOTHING).await.expect(200),
        json!({"version": 1})
    );
    let shown = owner.get(&bot).await.expect(200);
    assert_eq!((&shown["liveVersion"], &shown["draftAhead"]), (&json!(1), &json!(true)));
    assert_eq!(
        owner.call("DELETE", &format!("{bot}/versions/1"), &NOTHING).await.problem(),
        "409 version-live"
    );
    owner.call("DELETE", &format!("{bot}/versions/2"), &NOTHING).await.expect(204);
    for (method, path) in [("DELETE", "2"), ("GET", "2/file"), ("POST", "2/publish"), ("POST", "x/publish")] {
        let answer = owner.call(method, &format!("{bot}/versions/{path}"), &NOTHING).await;
        assert_eq!(answer.problem(), "404 no-such-version", "{method} {path}");
    }
    assert_eq!(
        owner.call("POST", &format!("{bot}/publish"), &NOTHING).await.expect(200),
        json!({"version": 3})
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_version_comes_back_into_the_draft_without_the_title() {
    let (_bed, mut owner, at) = given().await;
    let first = file("examples/shop.json").trim_end().to_owned();
    let bot = made(&mut owner, &at, &first).await;
    owner.call("POST", &format!("{bot}/publish"), &NOTHING).await.expect(200);
    let other = file("examples/templates/leads.json");
    let revision = save(&mut owner, &bot, &other).await;
    owner.call("PATCH", &bot, &json!({"title": "새 이름"})).await.expect(200);
    let back = format!("{bot}/versions/1/draft");
    assert_eq!(owner.call("POST", &back, &json!({"base": revision})).await.problem(), "409 draft-changed");
    let kept = owner.call("POST", &back, &json!({"base": revision + 1})).await.expect(200);
    assert_eq!(kept["revision"], revision + 2);
    let draft = owner.get(&format!("{bot}/draft")).await.expect(200);
    let wanted: Value = serde_json::from_str(&first).expect("is JSON");
    assert_eq!(
        (&draft["file"]["flows"], &draft["file"]["preference"]),
        (&wanted["flows"], &wanted["preference"])
    );
    assert_eq!(draft["file"]["title"], "새 이름");
}

#[tokio::test(flavor = "multi_thread")]
async fn many_versions_come_in_pieces() {
    let (_bed, mut owner, at) = given().await;
    let bot = made(&mut owner, &at, file("examples/templates/empty.json").trim_end()).await;
    for _ in 0..53 {
        owner.call("POST", &format!("{bot}/publish"), &NOTHING).await.expect(200);
    }
    let first = owner.get(&format!("{bot}/versions")).await.expect(200);
    assert_eq!((first["items"].as_array().map(Vec::len), &first["next"]), (Some(50), &json!("4")));
    let rest = owner.get(&format!("{bot}/versions?cursor=4")).await.expect(200);
    let numbers: Vec<_> =
        rest["items"].as_array().expect("versions").iter().map(|it| it["number"].as_i64()).collect();
    assert_eq!((numbers, &rest["next"]), (vec![Some(3), Some(2), Some(1)], &NOTHING));
}

/// A bot that greets, and asks along these nodes.
fn asking(nodes: &Value) -> String {
    let mut all = vec![
        json!({"id": 1, "type": "entry", "label": "진입", "next": [{"nodeId": 2}]}),
        json!({"id": 2, "type": "response", "label": "인사", "data": {"message": {"type": "text", "text": "어서 오세요"}},
            "next": [{"nodeId": 3}]}),
    ];
    all.extend(nodes.as_array().expect("a list").clone());
    json!({"title": "시험", "preference": {"entryFlowId": 1, "fallbackFlowId": 2,
            "sessionBehavior": {"restoreNavigation": true, "welcomeOnSessionStart": true, "welcomeOnMessageWithoutSession": true}},
        "flows": [{"id": 1, "title": "시작", "nodes": all},
            {"id": 2, "title": "폴백", "nodes": [{"id": 1, "type": "entry", "label": "진입", "next": [{"nodeId": 2}]},
                {"id": 2, "type": "response", "label": "다시", "data": {"message": {"type": "text", "text": "처음부터 도와드릴게요"}}, "next": [{"nodeId": 3}]},
                {"id": 3, "type": "flow", "label": "처음", "data": {"flowId": 1}}]}]})
    .to_string()
}

/// What KakaoTalk is answered when a person says this.
async fn says(bed: &Testbed, bot: &str, text: &str) -> Vec<String> {
    let id = bot.rsplit('/').next().expect("an id");
    let body = json!({"userRequest": {"block": {"id": "b", "name": "폴백 블록"}, "user": {"id": "kim", "type": "botUserKey"},
        "utterance": text, "params": {"surface": "Kakaotalk.plusfriend"}}, "bot": {"id": "64aa10b2c3d4e5f607180000"}});
    let client = reqwest::Client::builder().no_proxy().build().expect("a client");
    let url = format!("{}/webhook/kakao/{id}/i/skill", bed.base);
    let request = client.post(url).header("content-type", "application/json").body(body.to_string());
    let bytes = request.send().await.expect("an answer").bytes().await.expect("a body");
    let answer: Value = serde_json::from_slice(&bytes).expect("is JSON");
    let outputs = answer["template"]["outputs"].as_array().expect("a skill response").clone();
    outputs.iter().map(|it| it["simpleText"]["text"].as_str().unwrap_or("(…)").to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn conversations_go_on_when_their_node_is_gone() {
    let (bed, mut owner, at) = given().await;
    let keyboard = |id: i64, next: i64| json!({"id": id, "type": "keyboard", "label": "입력", "data": {"type": "any"}, "next": [{"nodeId": next}]});
    let text = |id: i64, text: &str, next: i64| json!({"id": id, "type": "response", "label": text, "data": {"message": {"type": "text", "text": text}}, "next": [{"nodeId": next}]});
    let back = |id: i64| json!({"id": id, "type": "back", "label": "뒤로", "data": {"operation": "pop", "count": 1}});
    // 3 asks, 4 says 하나, 5 asks: who says something goes on to 6 (둘), 7 asks, and then back.
    let first = asking(&json!([
        keyboard(3, 4),
        text(4, "하나", 5),
        keyboard(5, 6),
        text(6, "둘", 7),
        keyboard(7, 8),
        back(8)
    ]));
    let bot = made(&mut owner, &at, &first).await;
    let publish = async |owner: &mut Browser| {
        owner.call("POST", &format!("{bot}/publish"), &NOTHING).await.expect(200);
    };
    publish(&mut owner).await;
    assert_eq!(says(&bed, &bot, "안녕").await, ["어서 오세요"]);
    assert_eq!(says(&bed, &bot, "가").await, ["하나"]);
    // The conversation rests at node 5. Texts change: it goes on where it stands.
    save(&mut owner, &bot, &first.replace("둘", "두 번째")).await;
    publish(&mut owner).await;
    assert_eq!(says(&bed, &bot, "나").await, ["두 번째"]);
    // Now it rests at 7, and the position to go back to is 4, which is gone, as is 5: the fallback flow takes over.
    save(&mut owner, &bot, &asking(&json!([keyboard(3, 7), keyboard(7, 8), back(8)]))).await;
    publish(&mut owner).await;
    assert_eq!(says(&bed, &bot, "뒤로").await, ["처음부터 도와드릴게요", "어서 오세요"]);
    // The node at which it rests is gone.
    assert_eq!(says(&bed, &bot, "다").await, ["(메시지 없음)"], "7 asks again without a word");
    save(&mut owner, &bot, &asking(&json!([keyboard(3, 4), text(4, "셋", 3)]))).await;
    publish(&mut owner).await;
    assert_eq!(says(&bed, &bot, "라").await, ["처음부터 도와드릴게요", "어서 오세요"]);
    // The version before is served again, and the conversation goes on.
    owner.call("POST", &format!("{bot}/versions/1/publish"), &NOTHING).await.expect(200);
    assert_eq!(says(&bed, &bot, "마").await, ["하나"]);
}
