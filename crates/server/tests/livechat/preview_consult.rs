//! The console's preview of ConsultationTalk: what it shows is what the outbox sends to the dealer.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::http::{HeaderMap, Uri};
use channels::consulttalk::{Relay, facts, tried::SENDER_KEY};
use serde_json::{Map, Value, json};

use crate::bed::{Bed, bot_file};

/// How long a call of the outbox may take.
const SOON: Duration = Duration::from_secs(20);

/// A call that a dealer got.
#[derive(Debug, Clone)]
struct Got {
    path: String,
    headers: HeaderMap,
    body: Value,
}

/// A dealer that takes everything.
#[derive(Clone)]
struct Dealer {
    url: String,
    got: Arc<Mutex<Vec<Got>>>,
}

impl Dealer {
    async fn start() -> Self {
        let got = Arc::new(Mutex::new(Vec::<Got>::new()));
        let keeps = Arc::clone(&got);
        let take = move |uri: Uri, headers: HeaderMap, body: String| async move {
            let path = uri.path().to_owned();
            let mut keeps = keeps.lock().expect("no panic");
            // The answers of all dealers in one: each reads what is its own.
            let answer = json!({
                "code": if path.starts_with("/api/v1/") { json!("SUCCESS") } else { json!(0) },
                "payload": {"message_info": [{"code": 0, "serial_number": "s"}], "success_count": 1, "fail_count": 0},
                "common": {"authCode": "A000", "authResult": "Success"},
                "data": {"code": "A000", "result": "Success", "msgKey": format!("k{}", keeps.len())},
            });
            let body = serde_json::from_str(&body).unwrap_or(Value::Null);
            keeps.push(Got { path, headers, body });
            axum::Json(answer)
        };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let app = axum::Router::new().fallback(take);
        tokio::spawn(async move { axum::serve(listener, app).await });
        Self { url, got }
    }

    /// All that it got, once that is so much.
    async fn calls(&self, count: usize) -> Vec<Got> {
        let begun = tokio::time::Instant::now();
        loop {
            let got = self.got.lock().expect("no panic").clone();
            if got.len() >= count || begun.elapsed() > SOON {
                return got;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
}

/// A bot that says more than one bubble takes, in every kind.
fn talkative() -> Value {
    let mut file = bot_file();
    let long = format!("{}. {}", "내일 도착해요".repeat(120), "문 앞에 둘게요".repeat(60));
    let goto = |at: i64| json!({"type": "goto", "label": format!("배송 {at}"), "flowId": 4});
    let buttons: Vec<Value> = (1..=7).map(goto).collect();
    let card = |title: &str, buttons: i64| {
        let buttons: Vec<Value> =
            (1..=buttons).map(|at| json!({"type": "postback", "label": format!("{title} {at}"), "payload": format!("{title}:{at}")})).collect();
        json!({"title": title, "description": format!("{title}은 오늘 출발해요"), "buttons": buttons})
    };
    file["flows"][0]["nodes"][5]["data"]["message"] =
        json!({"type": "text", "text": long, "buttons": buttons});
    let nodes = json!([
        {"id": 1, "type": "entry", "label": "진입", "next": [{"nodeId": 2}]},
        {"id": 2, "type": "response", "label": "카드", "data": {"message": {"type": "cards", "cards": [card("택배", 2), card("퀵", 1), card("방문", 2)]}}, "next": [{"nodeId": 3}]},
        {"id": 3, "type": "response", "label": "영상", "data": {"message": {"type": "media", "media": {"contentType": "link", "uri": "https://youtu.be/abcdefgh", "altText": "포장하는 법"}}}, "next": [{"nodeId": 4}]},
        {"id": 4, "type": "keyboard", "label": "입력", "data": {"type": "buttons", "buttons": [
            {"label": "스물여덟 글자가 넘는 아주아주 길고도 긴 바로연결의 이름이에요", "type": "postback", "payload": "long"},
            {"label": "누리집", "type": "link", "uri": "https://example.com"}]}, "next": [{"nodeId": 5}]},
        {"id": 5, "type": "response", "label": "들음", "data": {"message": {"type": "text", "text": "{{message.text}} · {{message.payload}}"}}, "next": [{"nodeId": 4}]}]);
    file["flows"].as_array_mut().expect("flows").push(json!({"id": 4, "title": "배송", "nodes": nodes}));
    file
}

/// A server whose bot speaks through this relay to a dealer.
async fn scene(relay: Relay) -> (Bed, Dealer, String) {
    let allow = |config: &mut server::config::Config| {
        config.outbound.allow = vec!["127.0.0.0/8".parse().expect("a range")];
    };
    let mut bed = Bed::start_with_bot(allow, talkative()).await;
    let dealer = Dealer::start().await;
    let keys: Map<String, Value> = facts(relay)
        .credentials
        .iter()
        .map(|credential| (credential.name.to_owned(), json!("partner")))
        .collect();
    let body = json!({
        "enabled": true,
        "relay": relay.name(),
        "senderKey": SENDER_KEY,
        "settings": {"baseUrl": dealer.url, "additionalChoice": "더 있어요"},
        "keys": keys,
    });
    let path = bed.at(&format!("bots/{}/consulttalk", bed.bot));
    let channel = bed.owner.call("PUT", &path, &body).await.expect(200);
    let receive = channel["receiveUrl"].as_str().expect("an address").to_owned();
    (bed, dealer, receive)
}

/// Without the serials, which only a running server gives.
fn comparable(body: &Value) -> Value {
    let mut body = body.clone();
    let map = body.as_object_mut().expect("an object");
    for serial in ["serial_number", "ref", "meta"] {
        map.remove(serial);
    }
    body
}

async fn the_same_goes_out(relay: Relay) {
    let (mut bed, dealer, receive) = scene(relay).await;
    let preview = bed.at(&format!("bots/{}/preview", bed.bot));
    let client = reqwest::Client::builder().no_proxy().build().expect("a client");
    let says = |text: &str| json!({"type": "message", "text": text});
    let (mut state, mut last, mut seen) = (Value::Null, Value::Null, 0);
    for event in [
        json!({"type": "start"}),
        says("배송"),
        // The first button of what was said last, which leads to a flow.
        json!("button"),
        // One of a card.
        json!("button"),
        // What stands under the last answer, as a button or a quick reply.
        json!("reply"),
        says("무슨 말인지 모를 말"),
        json!("button"),
        says("상담원"),
    ] {
        let event = match event.as_str() {
            Some(what) => json!({"type": "message", "button": tapped(&last, what)}),
            None => event,
        };
        let body =
            json!({"channel": "kakaobiz", "state": state, "event": event, "person": {"userKey": "kim"}});
        let tried = bed.owner.call("POST", &preview, &body).await.expect(200);
        (state, last) = (tried["state"].clone(), tried["answer"].clone());
        assert_eq!(last["relay"], relay.name());
        // The very hook of the preview, posted by the dealer.
        let request = &tried["request"];
        let mut posting = client.post(format!("{receive}/{}", request["path"].as_str().expect("a path")));
        for (name, value) in request["headers"].as_object().into_iter().flatten() {
            posting = posting.header(name, value.as_str().expect("text"));
        }
        let answer = posting.json(&request["body"]).send().await.expect("an answer");
        assert_eq!(answer.status(), 200, "{relay} {event}");
        let calls = last["calls"].as_array().expect("calls").clone();
        let got = dealer.calls(seen + calls.len()).await;
        assert_eq!(got.len(), seen + calls.len(), "{relay} {event}: {last:#}");
        for (got, call) in got[seen..].iter().zip(&calls) {
            assert_eq!(comparable(&got.body), comparable(&call["body"]), "{relay} {event}");
            let url = call["url"].as_str().expect("an address");
            assert_eq!(url.strip_prefix(facts(relay).base_url), Some(got.path.as_str()), "{relay}");
            for (name, value) in call["headers"].as_object().into_iter().flatten() {
                let sent = got.headers.get(name).and_then(|value| value.to_str().ok());
                assert_eq!(sent, value.as_str(), "{relay}: {name}");
            }
        }
        seen = got.len();
    }
    assert!(seen > 10, "{relay}: {seen}");
}

/// A button that was sent last, wherever this relay writes it.
fn tapped(answer: &Value, what: &str) -> Value {
    fn walk<'a>(value: &'a Value, keys: &[&str], found: &mut Vec<&'a Value>) {
        match value {
            Value::Object(map) => {
                for (key, part) in map {
                    match part {
                        Value::Array(items) if keys.contains(&key.as_str()) => found.extend(items),
                        _ => walk(part, keys, found),
                    }
                }
            }
            Value::Array(items) => items.iter().for_each(|item| walk(item, keys, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    walk(&answer["calls"], &["links", "buttons"], &mut found);
    let buttons = found.clone();
    if what == "reply" {
        found.clear();
        walk(&answer["calls"], &["quick_reply", "quick_replies", "quickReplies"], &mut found);
        if found.is_empty() {
            // They became buttons of the last bubble.
            found = buttons
                .into_iter()
                .filter(|button| button["extra"].as_str().is_some_and(|it| it.starts_with('q')))
                .collect();
        }
    }
    (*found.iter().find(|button| button["type"] == "BK").unwrap_or_else(|| panic!("{what}: {answer:#}")))
        .clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_preview_shows_what_kakaos_own_relay_gets() {
    the_same_goes_out(Relay::Native).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_preview_shows_what_happytalk_gets() {
    the_same_goes_out(Relay::HappytalkV1).await;
    the_same_goes_out(Relay::HappytalkV3).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_preview_shows_what_dktechin_gets() {
    the_same_goes_out(Relay::Dktechin).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_preview_shows_what_bizgo_gets() {
    the_same_goes_out(Relay::Bizgo).await;
}

/// The kinds of bubbles and the marks of an answer.
fn looks(tried: &Value) -> (Vec<String>, Vec<String>) {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let calls = tried["answer"]["calls"].as_array().expect("calls");
    let kinds = calls.iter().map(|call| {
        let body = &call["body"];
        text(if body["chat_bubble_type"].is_null() {
            &body["message_type"]
        } else {
            &body["chat_bubble_type"]
        })
    });
    let marks = tried["marks"].as_array().expect("marks").iter();
    (kinds.collect(), marks.map(|mark| format!("{}@{}", text(&mark["code"]), mark["bubble"])).collect())
}

#[tokio::test(flavor = "multi_thread")]
async fn another_shaping_is_another_preview() {
    let (mut bed, _, _) = scene(Relay::HappytalkV3).await;
    let preview = bed.at(&format!("bots/{}/preview", bed.bot));
    let channel = bed.at(&format!("bots/{}/consulttalk", bed.bot));
    let go = json!({"channel": "kakaobiz", "state": null, "event": {"type": "goto", "flow": 4}});
    let tried = bed.owner.call("POST", &preview, &go).await.expect(200);
    // Rows of cards, and a label that is too long for quick replies.
    let (kinds, marks) = looks(&tried);
    assert_eq!(kinds, ["CAROUSEL_FEED", "TEXT", "TEXT"]);
    assert_eq!(marks, ["media-as-link@1", "label-cut@2", "quick-replies-as-buttons@2"]);
    // The same bot through a relay that knows no rows.
    let native = json!({"enabled": true, "relay": "native", "senderKey": SENDER_KEY, "settings": {}, "keys": {"partner_key": "p"}});
    bed.owner.call("PUT", &channel, &native).await.expect(200);
    let tried = bed.owner.call("POST", &preview, &go).await.expect(200);
    let (kinds, marks) = looks(&tried);
    assert_eq!(kinds, ["LI", "LI", "LI", "LI", "LI"]);
    assert_eq!(marks[0], "cards-one-by-one@0");
    // Without a channel it is as through Kakao's own protocol.
    bed.owner.call("DELETE", &channel, &Value::Null).await.expect(204);
    let same = bed.owner.call("POST", &preview, &go).await.expect(200);
    assert_eq!(same["answer"], tried["answer"]);
    // A path test is played as it was recorded, whatever relay is chosen afterwards.
    let test = json!({"name": "배송", "channel": "kakaobiz", "steps": [
        {"event": {"type": "goto", "flow": 4}, "answer": tried["answer"], "replies": tried["replies"]}]});
    let tests = bed.at(&format!("bots/{}/tests", bed.bot));
    bed.owner.call("POST", &tests, &test).await.expect(201);
    let v3 = json!({"enabled": true, "relay": "happytalk-v3", "senderKey": SENDER_KEY, "settings": {}, "keys": {}});
    bed.owner.call("PUT", &channel, &v3).await.expect(200);
    let ran = bed.owner.call("POST", &format!("{tests}/run"), &json!({})).await.expect(200);
    assert_eq!(ran["results"][0]["passed"], true, "{ran}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agent_who_is_called_is_waited_for() {
    let (mut bed, _, _) = scene(Relay::Native).await;
    let preview = bed.at(&format!("bots/{}/preview", bed.bot));
    let mut state = Value::Null;
    let mut seen = Vec::new();
    for text in ["", "상담원", "여보세요", "상담 취소", "배송"] {
        let event =
            if text.is_empty() { json!({"type": "start"}) } else { json!({"type": "message", "text": text}) };
        let body = json!({"channel": "kakaobiz", "state": state, "event": event});
        let tried = bed.owner.call("POST", &preview, &body).await.expect(200);
        state = tried["state"].clone();
        let calls = tried["answer"]["calls"].as_array().expect("calls").clone();
        let first =
            calls.first().map(|call| (call["body"]["message"].clone(), call["body"]["auto_answer"].clone()));
        seen.push((first, tried["agentCall"].is_object(), looks(&tried).1));
    }
    let said = |text: &str, system: Value| Some((json!(text), system));
    assert_eq!(seen[0].0, said("안녕하세요", Value::Null));
    assert_eq!((&seen[1].0, seen[1].1), (&said("상담원을 부르고 있어요.", json!("S4")), true));
    assert_eq!((&seen[2].0, &seen[2].2), (&None, &vec!["waits-for-agent@null".to_owned()]));
    assert_eq!(seen[3].0, said("상담을 취소했어요.", Value::Null));
    assert_eq!(seen[4].2, ["text-divided@0", "buttons-moved@0"]);
    // What customers of this channel do not do.
    for (event, pointer) in [
        (json!({"type": "message", "location": {"latitude": 37.5, "longitude": 127.0}}), "/event/location"),
        (
            json!({"type": "message", "button": {"type": "WL", "name": "가", "url_mobile": "https://a.kr"}}),
            "/event/button",
        ),
        (
            json!({"type": "message", "button": {"type": "BT", "name": "가", "event": "WELCOME"}}),
            "/event/button",
        ),
    ] {
        let body = json!({"channel": "kakaobiz", "state": null, "event": event});
        let refused = bed.owner.call("POST", &preview, &body).await;
        let errors = refused.json()["errors"].clone();
        assert_eq!((refused.problem().as_str(), &errors[0]["pointer"]), ("422 invalid", &json!(pointer)));
    }
    // A picture is heard as one.
    let photo = json!({"channel": "kakaobiz", "state": null, "event": {"type": "message", "media": {"uri": "https://talk.kakaocdn.net/a.png"}}});
    let tried = bed.owner.call("POST", &preview, &photo).await.expect(200);
    assert_eq!(tried["context"]["message"]["media"]["contentType"], "image", "{}", tried["context"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_check_list_and_the_counters_know_the_relay() {
    let (mut bed, _, _) = scene(Relay::HappytalkV3).await;
    let check = bed.at(&format!("bots/{}/check", bed.bot));
    let channels = bed.at(&format!("bots/{}/channels", bed.bot));
    let own = async |bed: &mut Bed| -> Vec<String> {
        let found = bed.owner.call("POST", &check, &json!({})).await.expect(200);
        let complaints = found["complaints"].as_array().expect("complaints").iter();
        complaints
            .filter(|it| it["channel"] == "kakaobiz")
            .map(|it| {
                format!("{}@{}", it["code"].as_str().expect("a code"), it["field"].as_str().expect("a field"))
            })
            .collect()
    };
    let found = own(&mut bed).await;
    assert_eq!(
        found,
        [
            "limit-buttons@data.message.buttons",
            "limit-text@data.message.text",
            "limit-label@data.buttons[0].label",
        ]
    );
    let seen = bed.owner.get(&channels).await.expect(200);
    let of = |seen: &Value, id: &str| {
        let all = seen["channels"].as_array().expect("channels");
        all.iter().find(|one| one["id"] == id).expect("is there").clone()
    };
    let consult = of(&seen, "kakaobiz");
    assert_eq!(
        (&consult["used"], &consult["relay"], &consult["measure"]),
        (&json!(true), &json!("happytalk-v3"), &json!("utf16"))
    );
    let limits = &consult["limits"];
    assert_eq!(
        (&limits["cards"], &limits["cardDescriptionInRow"], &limits["buttonsInRow"]),
        (&json!(6), &json!(180), &json!(2))
    );
    assert_eq!(
        (&limits["quickReplies"], &limits["quickReplyLabel"], &limits["payload"]),
        (&json!(10), &json!(14), &Value::Null)
    );
    // It is on the web and on KakaoTalk as well.
    assert_eq!((&of(&seen, "web")["used"], &of(&seen, "kakao")["used"]), (&json!(true), &json!(true)));
    // Through a relay without rows cards go out one by one, and it is said.
    let channel = bed.at(&format!("bots/{}/consulttalk", bed.bot));
    let native =
        json!({"enabled": true, "relay": "native", "senderKey": SENDER_KEY, "settings": {}, "keys": {}});
    bed.owner.call("PUT", &channel, &native).await.expect(200);
    assert!(own(&mut bed).await.contains(&"limit-cards@data.message.cards".to_owned()));
    // Switched off it is not used, and nothing is said of it; the preview still knows the relay.
    let off =
        json!({"enabled": false, "relay": "native", "senderKey": SENDER_KEY, "settings": {}, "keys": {}});
    bed.owner.call("PUT", &channel, &off).await.expect(200);
    assert_eq!(own(&mut bed).await, Vec::<String>::new());
    let consult = of(&bed.owner.get(&channels).await.expect(200), "kakaobiz");
    assert_eq!((&consult["used"], &consult["relay"]), (&json!(false), &json!("native")));
}
