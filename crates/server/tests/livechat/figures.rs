//! Figures about consultations: what is counted, and what a survey after them adds.

use serde_json::{Value, json};

use crate::bed::Bed;

#[tokio::test(flavor = "multi_thread")]
async fn what_customers_give_is_counted_once() {
    let mut bed = Bed::start_with_bot(
        |_| {},
        serde_json::from_str(include_str!("../../../../examples/survey.json")).expect("a bot"),
    )
    .await;
    let own = bed.at(&format!("bots/{}/chat-settings", bed.bot));
    bed.owner.call("PUT", &own, &json!({"completion": {"flowId": 3}})).await.expect(200);
    let mut page = bed.customer().await;
    let (from, _) = page.hears().await;
    assert_eq!(from, "bot");
    page.says("상담원 연결").await;
    assert_eq!(page.hears().await.0, "bot");
    page.with("waiting").await;
    let list = bed.until("chats?state=requested", |list| list["items"][0]["id"].is_string()).await;
    let chat = list["items"][0]["id"].as_str().expect("an id").to_owned();
    let at = |rest: &str| bed.at(&format!("chats/{chat}/{rest}"));
    let (messages, complete) = (at("messages"), at("complete"));
    let said = json!({"clientId": "a", "data": {"type": "text", "text": "도와드릴게요"}});
    bed.owner.call("POST", &messages, &said).await.expect(200);
    page.sees("agent", "도와드릴게요").await;
    bed.owner.call("POST", &complete, &json!({})).await.expect(200);
    assert!(page.hears().await.1.contains("만족"), "the survey begins");
    page.says("5점").await;
    assert!(page.hears().await.1.contains("고맙"), "the survey ends");
    let today = bed.owner.get(&bed.at("chat-stats/today")).await.expect(200);
    let figures = &today["today"];
    assert_eq!(
        (&figures["requested"], &figures["completed"], &figures["missed"]),
        (&json!(1), &json!(1), &json!(0))
    );
    assert_eq!(figures["scores"], json!({"answers": 1, "average": 500, "counts": [0, 0, 0, 0, 1]}));
    assert_eq!(figures["agents"][0]["scores"]["answers"], 1);
    assert!(
        figures["longestWaitMs"].is_i64()
            && figures["p95WaitMs"].is_i64()
            && figures["medianResponseMs"].is_i64()
    );
    assert_eq!(today["yesterday"]["requested"], 0);
    // Another consultation that nobody is asked about counts nothing more.
    page.says("하나 더요").await;
    page.hears().await;
    page.says("상담원 연결").await;
    page.hears().await;
    page.with("waiting").await;
    page.says("취소").await;
    page.with("bot").await;
    let today = bed.owner.get(&bed.at("chat-stats/today")).await.expect(200);
    assert_eq!((&today["today"]["requested"], &today["today"]["cancelled"]), (&json!(2), &json!(1)));
    assert_eq!(today["today"]["scores"]["answers"], 1);
    let days = today["today"]["days"].as_array().expect("days");
    assert_eq!(days.len(), 1, "{days:?}");
    assert_eq!(
        (&days[0]["requested"], &days[0]["completed"], &days[0]["missed"]),
        (&json!(2), &json!(1), &json!(1))
    );
    let now = bed.server.hub.clock.now_ms();
    // A day without a request is there, too; days that have not come are not.
    let week = format!("chat-stats?from={}&until={}", now - 7 * 86_400_000, now + 2 * 86_400_000);
    let week = bed.owner.get(&bed.at(&week)).await.expect(200);
    let days = week["days"].as_array().expect("days");
    assert_eq!(days.len(), 8, "{days:?}");
    assert_eq!((&days[0]["requested"], &days[7]["requested"]), (&json!(0), &json!(2)));
    let base = bed.at("chat-stats/file");
    let file = |rest: &str| format!("{base}?from={}&until={}&{rest}", now - 3_600_000, now + 60_000);
    let csv = bed.owner.request("GET", &file("format=csv")).send().await.expect("an answer");
    let csv = csv.bytes().await.expect("a file");
    assert!(csv.starts_with(b"\xef\xbb\xbf"), "Excel in Korea needs the mark");
    let text = String::from_utf8(csv.to_vec()).expect("UTF-8");
    assert_eq!(text.lines().count(), 3, "{text}");
    assert!(
        text.lines().next().is_some_and(|head| head.contains("놓친 이유") && head.contains("만족도")),
        "{text}"
    );
    let book = bed.owner.request("GET", &file("format=xlsx")).send().await.expect("an answer");
    let sheet = server::insight::sheet::read::rows(&book.bytes().await.expect("a file")).expect("a table");
    assert_eq!(sheet.len(), 3);
    let agents = bed.owner.request("GET", &file("format=csv&table=agents")).send().await.expect("an answer");
    assert_eq!(agents.text().await.expect("a text").lines().count(), 2);
    let by_day = bed.owner.request("GET", &file("format=csv&table=days")).send().await.expect("an answer");
    assert!(by_day.text().await.expect("a text").lines().count() >= 2);
    assert_eq!(bed.owner.get(&file("format=csv&table=x")).await.problem(), "422 invalid");
    assert_eq!(bed.owner.get(&file("format=doc")).await.problem(), "422 invalid");
    let mut stranger = bed.server.browser();
    assert_eq!(stranger.call("GET", &file("format=csv"), &Value::Null).await.problem(), "401 not-signed-in");
}
