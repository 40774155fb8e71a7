//! The console's preview of the web chat: what it draws is what a page gets.

use serde_json::{Value, json};

use crate::bed::{Bed, bot_file};

/// What only a running server knows is not compared: the ids of messages, and when it was.
fn comparable(frame: &Value) -> Value {
    let mut frame = frame.clone();
    if frame["type"] == "message" {
        let map = frame.as_object_mut().expect("an object");
        map.remove("id");
        map.remove("at");
    }
    frame
}

/// A bed whose bot says more about deliveries than one message of the web chat holds.
async fn talkative() -> Bed {
    let mut bed = Bed::start().await;
    let mut file = bot_file();
    let long = format!("{}. {}", "내일 도착해요".repeat(90), "문 앞에 둘게요".repeat(60));
    let buttons: Vec<Value> = (1..=11)
        .map(|at| json!({"type": "goto", "label": format!("배송 {at}"), "flowId": 1, "nodeId": 2}))
        .collect();
    file["flows"][0]["nodes"][5]["data"]["message"] =
        json!({"type": "text", "text": long, "buttons": buttons});
    let bots = bed.at("bots");
    let made = bed.owner.call("POST", &bots, &json!({"file": file})).await.expect(201);
    made["bot"]["id"].as_str().expect("an id").clone_into(&mut bed.bot);
    let publish = format!("{bots}/{}/publish", bed.bot);
    bed.owner.call("POST", &publish, &Value::Null).await.expect(200);
    bed.web(json!({"enabled": true})).await;
    bed
}

#[tokio::test(flavor = "multi_thread")]
async fn the_preview_shows_what_a_page_gets() {
    let mut bed = talkative().await;
    let mut page = bed.customer().await;
    let preview = bed.at(&format!("bots/{}/preview", bed.bot));
    let says = |text: &str| json!({"type": "message", "text": text});
    let (mut state, mut last) = (Value::Null, Value::Null);
    for event in [
        json!({"type": "start"}),
        says("배송"),
        // The first button of what was said last.
        Value::Null,
        says("무슨 말인지 모를 말"),
        json!({"type": "goto", "flow": 1}),
        says("상담원"),
        says("여보세요"),
        says("상담 취소"),
        says("배송"),
    ] {
        let event = if event.is_null() {
            let buttons: &Vec<Value> = last
                .as_array()
                .expect("frames")
                .iter()
                .find_map(|frame: &Value| frame["data"]["buttons"].as_array())
                .expect("buttons");
            json!({"type": "message", "button": buttons[0]})
        } else {
            event
        };
        let body = json!({"channel": "web", "state": state, "event": event});
        let tried = bed.owner.call("POST", &preview, &body).await.expect(200);
        state = tried["state"].clone();
        last = tried["answer"]["frames"].clone();
        // The very frame of the preview, sent by a page.
        if tried["request"]["type"] != "hello" {
            page.socket().send(tried["request"].clone()).await;
        }
        for frame in last.as_array().expect("frames") {
            let got = page.socket().next().await.expect("is open");
            assert_eq!(comparable(&got), comparable(frame), "{event}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_preview_says_what_pages_see_otherwise() {
    let mut bed = talkative().await;
    let preview = bed.at(&format!("bots/{}/preview", bed.bot));
    let mut state = Value::Null;
    let mut seen = Value::Null;
    for event in [json!({"type": "start"}), json!({"type": "message", "text": "배송"})] {
        let body = json!({"channel": "web", "state": state, "event": event});
        seen = bed.owner.call("POST", &preview, &body).await.expect(200);
        state = seen["state"].clone();
    }
    let marks: Vec<(&str, i64)> = seen["marks"]
        .as_array()
        .expect("marks")
        .iter()
        .map(|mark| (mark["code"].as_str().expect("a code"), mark["bubble"].as_i64().expect("a bubble")))
        .collect();
    assert_eq!(marks, [("text-divided", 0), ("buttons-moved", 1)]);
    assert_eq!(seen["context"]["platform"], "web");
    // An agent is called: nobody comes, and until it is taken back the bot is silent.
    for (text, visits, mark) in [("상담원", true, None), ("여보세요", false, Some("waits-for-agent"))]
    {
        let event = json!({"type": "message", "text": text});
        let body = json!({"channel": "web", "state": state, "event": event});
        seen = bed.owner.call("POST", &preview, &body).await.expect(200);
        state = seen["state"].clone();
        assert_eq!(!seen["trace"]["visits"].as_array().expect("visits").is_empty(), visits, "{text}");
        assert_eq!(seen["marks"][0]["code"].as_str(), mark, "{text}");
    }
    // What pages do not send.
    for (event, pointer) in [
        (json!({"type": "message", "location": {"latitude": 37.5, "longitude": 127.0}}), "/event/location"),
        (
            json!({"type": "message", "button": {"type": "link", "label": "가", "uri": "https://a.kr"}}),
            "/event/button",
        ),
        (json!({"type": "message", "media": {"uri": "https://example.com/a.png"}}), "/event/media"),
        (json!({"type": "message", "text": "가".repeat(1_001)}), "/event/text"),
    ] {
        let body = json!({"channel": "web", "state": null, "event": event});
        let refused = bed.owner.call("POST", &preview, &body).await;
        let errors = refused.json()["errors"].clone();
        assert_eq!((refused.problem().as_str(), &errors[0]["pointer"]), ("422 invalid", &json!(pointer)));
    }
}
