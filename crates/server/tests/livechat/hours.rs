//! Outside of operating hours, and what closes by itself.

use serde_json::json;

use crate::bed::Bed;

fn closed(more: &serde_json::Value) -> serde_json::Value {
    let mut hours =
        json!({"enabled": true, "week": [[], [], [], [], [], [], []], "notice": "상담 시간이 아니에요."});
    hours.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
    json!({"hours": hours})
}

#[tokio::test(flavor = "multi_thread")]
async fn outside_of_hours_a_request_waits_or_the_bot_goes_on_as_the_team_says() {
    let mut bed = Bed::start().await;
    bed.settings(closed(&json!({"accept": true}))).await;
    let mut page = bed.customer().await;
    page.sees("bot", "안녕하세요").await;
    page.says("상담원").await;
    page.sees("bot", "상담 시간이 아니에요.").await;
    page.with("waiting").await;
    let list = bed.until("chats?state=requested", |list| list["items"][0]["inHours"] == false).await;
    assert_eq!(list["items"].as_array().expect("a list").len(), 1);

    bed.settings(closed(&json!({"accept": false}))).await;
    let mut page = bed.customer().await;
    page.sees("bot", "안녕하세요").await;
    page.says("상담원").await;
    page.sees("bot", "상담 시간이 아니에요.").await;
    page.sees("bot", "상담을 취소했어요.").await;
    page.says("배송").await;
    page.sees("bot", "내일 도착해요.").await;

    bed.settings(closed(&json!({"accept": true, "botAnswers": true}))).await;
    let mut page = bed.customer().await;
    page.sees("bot", "안녕하세요").await;
    page.says("상담원").await;
    page.sees("bot", "상담 시간이 아니에요.").await;
    page.sees("bot", "상담을 취소했어요.").await;
    page.says("배송").await;
    page.sees("bot", "내일 도착해요.").await;
    page.with("waiting").await;

    bed.settings(closed(&json!({"flowId": 3}))).await;
    let mut page = bed.customer().await;
    page.sees("bot", "안녕하세요").await;
    page.says("상담원").await;
    page.sees("bot", "상담은 어떠셨어요?").await;
    bed.until("chats?state=requested", |list| list["items"].as_array().is_some_and(|items| items.len() == 2))
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_public_holiday_closes_the_hours_and_the_day_before_does_not() {
    // Noon in Seoul: 성탄절, a Friday; the day before; and the Monday that stands in for 삼일절 of 2026, a Sunday.
    for (noon, is_open) in [("2026-12-25", false), ("2026-12-24", true), ("2026-03-02", false)] {
        let at: jiff::Timestamp = format!("{noon}T12:00:00+09:00").parse().expect("a moment");
        let ahead_ms = at.as_millisecond() - server::clock::Clock::default().now_ms();
        let mut bed = Bed::start_with(|config| config.ahead_ms = ahead_ms).await;
        let day = json!([{"from": "00:00", "to": "23:59"}]);
        let week: Vec<_> = (0..7).map(|_| day.clone()).collect();
        let mut hours =
            json!({"enabled": true, "week": week, "notice": "상담 시간이 아니에요.", "accept": false});
        bed.settings(json!({"hours": hours})).await;
        let mut page = bed.customer().await;
        page.sees("bot", "안녕하세요").await;
        page.says("상담원").await;
        if is_open {
            page.sees("bot", "상담원을 부르고 있어요.").await;
            page.with("waiting").await;
            continue;
        }
        page.sees("bot", "상담 시간이 아니에요.").await;
        page.sees("bot", "상담을 취소했어요.").await;
        let list = bed.owner.get(&bed.at("chats?state=requested")).await.expect(200);
        assert_eq!(list["items"], json!([]), "{noon}: nobody is called");
        // A team that works on holidays is there.
        hours["publicHolidays"] = json!(false);
        bed.settings(json!({"hours": hours})).await;
        page.says("상담원").await;
        page.sees("bot", "상담원을 부르고 있어요.").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn silence_closes_but_nobody_who_waits_for_an_answer() {
    let mut bed = Bed::start().await;
    bed.settings(
        json!({"autoClose": {"waitingMinutes": 5, "connectedMinutes": 5, "message": "상담을 마쳐요."}}),
    )
    .await;
    let mut waits = bed.customer().await;
    waits.sees("bot", "안녕하세요").await;
    waits.says("상담원").await;
    waits.sees("bot", "상담원을 부르고 있어요.").await;
    let mut asks = bed.customer().await;
    asks.sees("bot", "안녕하세요").await;
    asks.says("상담원").await;
    asks.sees("bot", "상담원을 부르고 있어요.").await;
    let list = bed
        .until("chats?state=requested", |list| list["items"].as_array().is_some_and(|items| items.len() == 2))
        .await;
    let chat = list["items"][0]["id"].as_str().expect("an id").to_owned();
    let messages = bed.at(&format!("chats/{chat}/messages"));
    let take = bed.at(&format!("chats/{chat}/take"));
    bed.owner.call("POST", &take, &serde_json::Value::Null).await.expect(200);
    let long_ago = bed.server.hub.clock.now_ms() - 6 * 60_000;
    bed.server.sql(&format!("UPDATE chats SET last_at = {long_ago}, requested_at = {long_ago}"));
    // The server does it by itself, too; whoever comes first.
    server::chat::close::close(&bed.server.hub).await.expect("closes");
    waits.sees("bot", "상담을 마쳐요.").await;
    bed.until("chats?state=missed", |list| list["items"][0]["missed"] == "expired").await;
    let open = bed.owner.get(&bed.at("chats?state=connected")).await.expect(200);
    assert_eq!(open["items"][0]["id"], chat.as_str(), "who waits for an answer is not sent away");
    // Once the agent has answered, silence is the customer's.
    bed.owner
        .call("POST", &messages, &json!({"clientId": "1", "data": {"type": "text", "text": "네"}}))
        .await
        .expect(200);
    asks.sees("agent", "네").await;
    bed.server.sql(&format!("UPDATE chats SET last_at = {long_ago}"));
    server::chat::close::close(&bed.server.hub).await.expect("closes");
    asks.sees("bot", "상담을 마쳐요.").await;
    bed.until("chats?state=completed", |list| list["items"].as_array().is_some_and(|items| items.len() == 1))
        .await;
}
