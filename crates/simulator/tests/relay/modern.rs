//! What the relays with rich bubbles answer to calls: Happytalk's third generation, DKTechin, Bizgo.

use serde_json::{Value, json};
use simulator::relay::{Bubble, Dialect, HookKind, Kind, PHOTO_JPEG, PHOTO_PNG, Unheard};

use super::company::Company;

const ALL: [Dialect; 3] = [Dialect::HappytalkV3, Dialect::Dktechin, Dialect::Bizgo];

/// Snake case, as Bizgo writes it.
fn camel(value: &Value) -> Value {
    match value {
        Value::Object(map) => map
            .iter()
            .map(|(key, value)| {
                let mut words = key.split('_');
                let first = words.next().unwrap_or_default().to_owned();
                let rest = words.map(|word| word[..1].to_uppercase() + &word[1..]);
                (first + &rest.collect::<String>(), camel(value))
            })
            .collect::<serde_json::Map<_, _>>()
            .into(),
        Value::Array(list) => list.iter().map(camel).collect(),
        other => other.clone(),
    }
}

/// A rich bubble, written once and sent in each relay's way; the code with which it is answered.
async fn rich(company: &Company, user: &str, serial: &str, kind: &str, bubble: &Value) -> Value {
    let mut body = bubble.clone();
    match company.relay.dialect() {
        Dialect::HappytalkV3 => {
            body["serial_number"] = json!(serial);
            body["chat_bubble_type"] = json!(if kind == "WIDE" { "WIDE_IMAGE" } else { kind });
            company.post("/kakaoWebhook/v3/bzc/chat/send/rich", user, body).await["code"].clone()
        }
        Dialect::Dktechin => {
            body["type"] = json!(kind.to_lowercase());
            if let Some(message) = body.as_object_mut().and_then(|map| map.remove("message")) {
                body["data"] = message;
            }
            let body = json!({"version": 1, "chapters": [{"sections": [body]}], "meta": {"trace": serial}});
            let answer = company.calls("POST", "/api/v1/send/rich", &[("X-User-Key", user)], &body).await.1;
            let inner = answer["payload"]["message_info"][0]["code"].clone();
            if inner.is_null() { answer["code"].clone() } else { inner }
        }
        _ => {
            let mut body = camel(&body);
            body["msgType"] = json!(kind);
            body["ref"] = json!(serial);
            let answer = company.post("/api/comm/v1/cstalk/rich", user, body).await;
            answer["data"]["code"].clone()
        }
    }
}

fn good(dialect: Dialect) -> Value {
    if dialect == Dialect::Bizgo { json!("A000") } else { json!(0) }
}

/// Uploads a picture for a bubble with buttons; its address.
async fn picture(company: &Company, bytes: &[u8]) -> Value {
    let key = company.relay.sender_key();
    match company.relay.dialect() {
        Dialect::HappytalkV3 => {
            let texts = [("sender_key", key), ("image_type", "rich")];
            company.uploads("/kakaoWebhook/v3/bzc/image/upload", "image", "i.jpg", bytes, &texts).await["image"].clone()
        }
        Dialect::Dktechin => company.uploads("/api/v1/upload/image/rich", "image", "i.jpg", bytes, &[]).await
            ["payload"]
            .clone(),
        _ => {
            let texts = [("senderKey", key), ("imageType", "rich")];
            company.uploads("/api/comm/v1/file/cstalk/image", "file", "i.jpg", bytes, &texts).await["data"]["imgUrl"]
                .clone()
        }
    }
}

#[tokio::test]
async fn rich_bubbles_are_shown_as_they_were_meant() {
    for dialect in ALL {
        let company = Company::start(dialect).await;
        let relay = &company.relay;
        relay.write("kim", "안녕하세요").await;
        let image = picture(&company, PHOTO_JPEG).await;
        // Narrower than the older relays want it, but of the right shape.
        let small = picture(&company, PHOTO_PNG).await;
        assert!(image.is_string() && small.is_string(), "{dialect:?}");
        let text = json!({"message": "무엇을 도와드릴까요?", "attachment": {
            "buttons": [{"name": "배송 조회", "type": "BK", "extra": "m1_0"},
                {"name": "홈", "type": "WL", "url_mobile": "https://m.example.com", "url_target": "out"}],
            "quick_replies": [{"name": "처음으로", "type": "BK", "extra": "q1_0"}]}});
        assert_eq!(rich(&company, "kim", "s1", "TEXT", &text).await, good(dialect));
        let photo = json!({"message": "보세요", "attachment": {"image": {"img_url": image},
            "buttons": [{"name": "챗봇으로", "type": "BT", "chat_event": "WELCOME"}]}});
        assert_eq!(rich(&company, "kim", "s2", "IMAGE", &photo).await, good(dialect));
        let card = |number: usize| {
            json!({"header": format!("카드 {number}"), "message": "설명", "attachment": {
            "image": {"img_url": small}, "buttons": [{"name": format!("고르기 {number}"), "type": "BK", "extra": format!("m3_{number}")}]}})
        };
        let cards = json!({"carousel": {"list": [card(0), card(1)]}});
        assert_eq!(rich(&company, "kim", "s3", "CAROUSEL_FEED", &cards).await, good(dialect));
        let wide = json!({"message": "넓게", "attachment": {"image": {"img_url": image}}});
        assert_eq!(rich(&company, "kim", "s4", "WIDE", &wide).await, good(dialect));
        assert_eq!(relay.violations(), [], "{dialect:?}");
        let said = relay.said("kim", 4).await;
        let kinds: Vec<Kind> = said.iter().map(|bubble| bubble.kind).collect();
        assert_eq!(kinds, [Kind::Text, Kind::Photo, Kind::Carousel, Kind::Wide], "{dialect:?}");
        assert_eq!(said[0].quick_replies[0].extra.as_deref(), Some("q1_0"));
        assert_eq!(said[2].cards[1].header, "카드 1");
        assert!(relay.settle().await);
        company.hooks();
        relay.press("kim", "고르기 1").await;
        let message = company.hooks().pop().expect("a message").1;
        let extra = if dialect == Dialect::Dktechin { &message["meta"]["extra"] } else { &message["extra"] };
        assert_eq!(extra, "m3_1");
        relay.press("kim", "챗봇으로").await;
        assert_eq!((relay.ended("kim").await, relay.is_with_bot("kim")), (Some("SB"), true));
    }
}

#[tokio::test]
async fn rich_bubbles_are_judged() {
    for dialect in ALL {
        let company = Company::start(dialect).await;
        company.relay.write("kim", "안녕하세요").await;
        let image = picture(&company, PHOTO_JPEG).await;
        let button = |more: Value| {
            let mut button = json!({"name": "단추", "type": "BK"});
            for (key, value) in more.as_object().expect("an object") {
                button[key] = value.clone();
            }
            json!({"message": "보세요", "attachment": {"buttons": [button]}})
        };
        let card = json!({"header": "하나", "message": "뿐"});
        for (number, (code, rule, kind, bubble)) in [
            (-506, "text-too-long", "TEXT", json!({"message": "가".repeat(1_001)})),
            (-510, "missing", "TEXT", json!({"attachment": {"buttons": [{"name": "가", "type": "BK"}]}})),
            (-510, "incomplete", "IMAGE", json!({"message": "그림이 없어요"})),
            (-505, "not-uploaded", "IMAGE", json!({"message": "네", "attachment": {"image": {"img_url": "https://example.com/a.jpg"}}})),
            (-510, "count", "TEXT", json!({"message": "네", "attachment": {"buttons": vec![json!({"name": "가", "type": "BK"}); 6]}})),
            (-510, "text-too-long", "TEXT", button(json!({"name": "가".repeat(29)}))),
            (-510, "link-without-url-mobile", "TEXT", button(json!({"type": "WL", "url_pc": "https://example.com"}))),
            (-510, "app-link-with-one-target", "TEXT", button(json!({"type": "AL", "scheme_ios": "app://"}))),
            (-510, "mark-pattern", "TEXT", button(json!({"extra": "ㄱ"}))),
            (-510, "yellow-button", "TEXT", button(json!({"type": "AC"}))),
            (-510, "count", "CAROUSEL_FEED", json!({"carousel": {"list": [card]}})),
            (-510, "count", "CAROUSEL_FEED", json!({"carousel": {"list": vec![card.clone(); 7]}})),
            (-510, "carousel", "TEXT", json!({"message": "네", "carousel": {"list": [card, card]}})),
            (-510, "field-of-another-type", "IMAGE", json!({"message": "네", "auto_answer": "S1",
                "attachment": {"image": {"img_url": image}}})),
        ]
        .into_iter()
        .enumerate()
        {
            let told = company.broken().len();
            let answer = rich(&company, "kim", &format!("s{number}"), kind, &bubble).await;
            let attachment = !matches!(rule, "text-too-long" | "missing" | "incomplete" | "field-of-another-type")
                || bubble["message"] == "보세요";
            let wanted = match dialect {
                Dialect::Bizgo if attachment => json!("A573"),
                Dialect::Bizgo if rule == "incomplete" => json!("A573"),
                Dialect::Bizgo => json!("A572"),
                _ => json!(code),
            };
            assert_eq!(answer, wanted, "{dialect:?} {kind} {bubble}");
            let found = company.broken()[told..].to_vec();
            assert!(found.contains(&rule), "{dialect:?} {bubble}: {found:?}");
        }
        // What cannot be read is refused as a whole.
        let told = company.broken().len();
        let answer =
            rich(&company, "kim", "unknown", "TEXT", &json!({"message": "네", "typing": true})).await;
        let wanted = match dialect {
            Dialect::HappytalkV3 => json!(-509),
            Dialect::Dktechin => json!("INVALID_PARAMETER"),
            _ => json!("A572"),
        };
        assert_eq!((answer, &company.broken()[told..]), (wanted, &["unknown-field"][..]));
    }
}

#[tokio::test]
async fn happytalk_sends_plain_elements_and_ends_with_the_bot() {
    let company = Company::start(Dialect::HappytalkV3).await;
    let relay = &company.relay;
    relay.write("kim", "안녕하세요").await;
    let key = relay.sender_key().to_owned();
    let plain = async |serial: &str, kind: &str, more: Value| {
        let mut body = json!({"serial_number": serial, "chat_bubble_type": kind});
        for (key, value) in more.as_object().expect("an object") {
            body[key] = value.clone();
        }
        company.post("/kakaoWebhook/v3/bzc/chat/send/plain", "kim", body).await["code"].clone()
    };
    assert_eq!(plain("s1", "TEXT", json!({"message": "네"})).await, 0);
    assert_eq!(plain("s1", "TEXT", json!({"message": "네"})).await, -504);
    let upload = "/kakaoWebhook/v3/bzc/image/upload";
    let image =
        company.uploads(upload, "image", "i.png", PHOTO_PNG, &[("sender_key", &key)]).await["image"].clone();
    assert_eq!(plain("s2", "IMAGE", json!({"attachment": {"image": {"img_url": image}}})).await, 0);
    let texts = [("sender_key", key.as_str()), ("file_type", "audio")];
    let sound = company.uploads("/kakaoWebhook/v3/bzc/file/upload", "file", "a.mp3", b"la", &texts).await;
    assert_eq!(plain("s3", "AUDIO", json!({"attachment": {"file": {"file_url": sound["file"]}}})).await, 0);
    assert_eq!(
        plain("s4", "VIDEO", json!({"attachment": {"file": {"file_url": sound["file"]}}})).await,
        -505
    );
    assert_eq!(
        plain("s5", "IMAGE", json!({"message": "그림", "attachment": {"image": {"img_url": image}}})).await,
        -510
    );
    // A plain picture is none for a bubble with text.
    let bubble = json!({"message": "네", "attachment": {"image": {"img_url": image}}});
    assert_eq!(rich(&company, "kim", "s6", "IMAGE", &bubble).await, -505);
    let session = relay.session("kim").expect("is open").id;
    let ended =
        company.post("/kakaoWebhook/v3/bzc/chat/endWithBot", "kim", json!({"bot_event": "HELLO"})).await;
    assert_eq!(ended, json!({"code": 0, "session_id": session}));
    assert!(relay.is_with_bot("kim"));
}

#[tokio::test]
async fn dktechin_answers_each_bubble_of_a_call() {
    let company = Company::start(Dialect::Dktechin).await;
    let relay = &company.relay;
    let user = [("X-User-Key", "kim")];
    let body =
        |sections: Value| json!({"version": 1, "chapters": [{"sections": sections}], "meta": {"trace": "t"}});
    let two = body(
        json!([{"type": "text", "data": "하나"}, {"type": "image", "data": "https://example.com/a.jpg"}]),
    );
    let (_, closed) = company.calls("POST", "/api/v1/send/plain", &user, &two).await;
    assert_eq!(closed["code"], "FAILED");
    assert_eq!(closed["payload"]["message_info"][0]["code"], -502);
    relay.write("kim", "안녕하세요").await;
    let (status, half) = company.calls("POST", "/api/v1/send/plain", &user, &two).await;
    assert_eq!((status, &half["code"]), (200, &json!("PARTIAL_SUCCESS")));
    let info = &half["payload"]["message_info"];
    assert_eq!((&info[0]["code"], &info[1]["code"]), (&json!(0), &json!(-505)));
    assert_ne!(info[0]["serial_number"], info[1]["serial_number"]);
    assert_eq!((&half["payload"]["success_count"], &half["payload"]["fail_count"]), (&json!(1), &json!(1)));
    assert_eq!(half["now"], "2026-11-28T10:00:00.000+09:00");
    // The same call once more is shown once more: nothing here knows it again.
    company.calls("POST", "/api/v1/send/plain", &user, &two).await;
    assert_eq!(relay.said("kim", 2).await, [Bubble::text("하나"), Bubble::text("하나")]);
    // The session's key is asked for only where it is given.
    let session = relay.session("kim").expect("is open").id;
    let one = body(json!([{"type": "text", "data": "셋"}]));
    for (key, wanted) in [(session.as_str(), "SUCCESS"), ("1", "FAILED")] {
        let headers = [("X-User-Key", "kim"), ("X-Event-Key", key)];
        assert_eq!(company.calls("POST", "/api/v1/send/plain", &headers, &one).await.1["code"], wanted);
    }
    let strange = body(json!([{"type": "sticker", "data": "셋"}]));
    assert_eq!(
        company.calls("POST", "/api/v1/send/plain", &user, &strange).await.1["code"],
        "NOT_ALLOWED_TYPE"
    );
    let mut keyed = one.clone();
    keyed["user_key"] = json!("kim");
    assert_eq!(
        company.calls("POST", "/api/v1/send/plain", &user, &keyed).await.1["code"],
        "INVALID_PARAMETER"
    );
    assert_eq!(company.calls("POST", "/api/v1/send/plain", &[], &one).await.1["code"], "INVALID_PARAMETER");
    let bare = reqwest::Client::builder().no_proxy().build().expect("a client");
    let answer =
        bare.post(format!("{}/api/v1/send/plain", relay.base_url())).send().await.expect("an answer");
    assert_eq!(answer.status(), 401);
    assert_eq!(answer.json::<Value>().await.expect("is JSON")["code"], "UNAUTHORIZED");
}

#[tokio::test]
async fn dktechin_ends_with_a_farewell_and_tells_of_sessions() {
    let company = Company::start(Dialect::Dktechin).await;
    let relay = &company.relay;
    let user = [("X-User-Key", "kim")];
    relay.consult("kim", "a").await;
    let session = async || {
        let answer = company.calls("GET", "/api/v1/session", &user, &Value::Null).await.1;
        serde_json::from_str::<Value>(answer["payload"].as_str().expect("a text")).expect("is JSON")
    };
    let open = session().await;
    assert!(open["session"]["session_id"].is_u64(), "{open}");
    assert_eq!(
        (&open["session"]["started_type"], &open["session"]["expired_type"]),
        (&json!("BM"), &Value::Null)
    );
    let farewell =
        json!({"version": 1, "chapters": [{"sections": [{"type": "text", "data": "안녕히 가세요"}]}]});
    let refused = company.calls("POST", "/api/v1/send/end", &user, &farewell).await;
    assert_eq!(refused.1["code"], "INVALID_PARAMETER", "its form is not named");
    let headers = [("X-User-Key", "kim"), ("X-Event-Type", "PLAIN")];
    assert_eq!(company.calls("POST", "/api/v1/send/end", &headers, &farewell).await.1["code"], "SUCCESS");
    assert!(relay.sees("kim", "안녕히 가세요").await);
    assert_eq!(relay.ended("kim").await, Some("EP"));
    assert_eq!(session().await["session"]["expired_type"], "EP");
    relay.write("kim", "다시요").await;
    let event = company.calls("POST", "/api/v1/send/endWithBot", &user, &json!("WELCOME")).await;
    assert_eq!((&event.1["code"], relay.is_with_bot("kim")), (&json!("SUCCESS"), true));
    relay.write("lee", "여보세요").await;
    let blocked =
        company.calls("POST", "/api/v1/profile/block", &[("X-User-Key", "lee")], &Value::Null).await;
    assert_eq!((blocked.1, relay.ended("lee").await), (json!({"code": "200"}), Some("BU")));
    let day = company.calls("GET", "/api/v1/stat/chat?date=20261128", &[], &Value::Null).await.1;
    let day: Value = serde_json::from_str(day["payload"].as_str().expect("a text")).expect("is JSON");
    assert_eq!((&day["total_count"], &day["valid_count"]), (&json!(2), &json!(1)));
    assert_eq!(day["invalid_no_answer_count"], 1);
    let url = json!({"receive_url": "https://chat.example.com/kakaobiz/abc"});
    assert_eq!(
        company.calls("PUT", "/api/v2/system/sender/update/receive_url", &[], &url).await.1["code"],
        "SUCCESS"
    );
    assert_eq!(relay.receive().as_deref(), Some("https://chat.example.com/kakaobiz/abc"));
    company.calls("PUT", "/api/v2/system/sender/deactivate", &[], &Value::Null).await;
    assert!(!relay.is_active());
}

#[tokio::test]
async fn dktechin_works_on_videos_for_a_while_and_refuses_programs() {
    let company =
        Company::with(Dialect::Dktechin, |options| options.video_takes = std::time::Duration::from_secs(30))
            .await;
    let relay = &company.relay;
    relay.write("kim", "안녕하세요").await;
    let upload = "/api/v1/upload/file";
    let video = company.uploads(upload, "file", "a.mp4", b"film", &[("type", "VIDEO")]).await;
    let url = video["payload"].as_str().expect("an address").to_owned();
    let status = async || {
        let path = format!("/api/v1/upload/status?type=VIDEO&url={url}");
        company.calls("GET", &path, &[], &Value::Null).await.1["payload"].clone()
    };
    let send = async || {
        let body = json!({"version": 1, "chapters": [{"sections": [{"type": "video", "data": url}]}]});
        company.calls("POST", "/api/v1/send/plain", &[("X-User-Key", "kim")], &body).await.1["code"].clone()
    };
    assert_eq!((status().await, send().await), (json!("IN_PROGRESS"), json!("FAILED")));
    relay.pass(std::time::Duration::from_secs(31)).await;
    assert_eq!((status().await, send().await), (json!("COMPLETE"), json!("SUCCESS")));
    let told = company.broken();
    let refused = company.uploads(upload, "file", "setup.exe", b"MZ", &[("type", "FILE")]).await;
    assert_eq!(refused["code"], "NOT_ALLOWED_TYPE");
    assert_eq!(told, ["not-ready"]);
    assert_eq!(company.broken()[1..], ["upload-refused"]);
}

#[tokio::test]
async fn consent_is_asked_for_once_in_a_session() {
    for dialect in [Dialect::Dktechin, Dialect::Bizgo] {
        let company = Company::start(dialect).await;
        let relay = &company.relay;
        relay.write("kim", "안녕하세요").await;
        assert_eq!(rich(&company, "kim", "s1", "PERSONAL", &json!({})).await, good(dialect));
        assert_ne!(rich(&company, "kim", "s2", "PERSONAL", &json!({})).await, good(dialect));
        assert!(relay.settle().await);
        company.hooks();
        assert!(relay.consent("kim", "01012345678", "라이언").await.taken());
        let (path, hook) = company.hooks().pop().expect("a hook");
        assert!(path.ends_with("/personal_info"));
        let (given, phone) = match dialect {
            Dialect::Bizgo => (&hook["personalInfo"], "01012345678"),
            _ => (&hook["personal_info"], "821012345678"),
        };
        assert_eq!(*given, json!({"phone_number": phone, "nickname": "라이언"}));
        relay.leave("kim").await;
        assert_eq!(relay.consent("kim", "01012345678", "라이언").await.unheard, Some(Unheard::NoSession));
    }
}

#[tokio::test]
async fn bizgo_tells_results_later() {
    let company = Company::start(Dialect::Bizgo).await;
    let relay = &company.relay;
    let plain = async |user: &str, reference: &str| {
        let more = json!({"msgType": "TEXT", "message": "네", "ref": reference});
        company.post("/api/comm/v1/cstalk/plain", user, more).await
    };
    relay.write("kim", "안녕하세요").await;
    company.hooks();
    let sent = plain("kim", "r-1").await;
    assert_eq!((&sent["common"]["authCode"], &sent["data"]["code"]), (&json!("A000"), &json!("A000")));
    assert_eq!(sent["data"]["ref"], "r-1");
    assert!(relay.settle().await);
    let (path, result) = company.hooks().pop().expect("a result");
    assert_eq!(path, "/cstalk/result");
    assert_eq!(result["msgKey"], sent["data"]["msgKey"]);
    assert_eq!(
        (&result["requestType"], &result["msgType"], &result["reportCode"], &result["ref"]),
        (&json!("write"), &json!("TEXT"), &json!("A000"), &json!("r-1"))
    );
    // Nobody is there: the call succeeds, the result does not.
    let sent = plain("lee", "r-2").await;
    assert_eq!(sent["data"]["code"], "A000");
    assert!(relay.settle().await);
    let result = company.hooks().pop().expect("a result").1;
    assert_eq!((&result["reportCode"], &result["ref"]), (&json!("A821"), &json!("r-2")));
    let ended = company.post("/api/comm/v1/cstalk/end", "kim", json!({})).await;
    assert!(relay.settle().await);
    let hooks = company.hooks();
    let mut paths: Vec<&str> = hooks.iter().map(|(path, _)| path.as_str()).collect();
    paths.sort_unstable();
    assert_eq!(paths, ["/cstalk/expired_session", "/cstalk/result"]);
    let result = &hooks.iter().find(|(path, _)| path.ends_with("result")).expect("a result").1;
    assert_eq!(result["msgKey"], ended["data"]["data"]["msgKey"]);
    assert_eq!((&result["requestType"], &result["reportCode"]), (&json!("end"), &json!("A000")));
    company.post("/api/comm/v1/cstalk/end", "kim", json!({})).await;
    assert!(relay.settle().await);
    assert_eq!(company.hooks().pop().expect("a result").1["reportCode"], "A821");

    let company = Company::with(Dialect::Bizgo, |options| options.refuses_later = false).await;
    let more = json!({"msgType": "TEXT", "message": "네"});
    let sent = company.post("/api/comm/v1/cstalk/plain", "lee", more).await;
    assert_eq!(sent["data"]["code"], "A821");
    assert!(company.relay.settle().await);
    assert!(company.paths().is_empty());
}

#[tokio::test]
async fn bizgo_asks_for_its_key_and_wraps_calls_to_the_centre() {
    let company = Company::start(Dialect::Bizgo).await;
    let relay = &company.relay;
    relay.write("kim", "안녕하세요").await;
    let bare = reqwest::Client::builder().no_proxy().build().expect("a client");
    let url = format!("{}/api/comm/v1/cstalk/end", relay.base_url());
    let bearer = format!("Bearer {}", relay.credentials()["api_key"]);
    let answer = bare.post(url).header("authorization", bearer).body("{}").send().await.expect("an answer");
    assert_eq!((answer.status().as_u16(), company.broken()), (401, vec!["credentials"]));
    let other = json!({"userKey": "kim", "senderKey": "x".repeat(40)});
    assert_eq!(company.calls("POST", "/api/comm/v1/cstalk/end", &[], &other).await.1["data"]["code"], "A502");
    let path = "/api/comm/v1/center/cstalk/session?userKey=kim";
    let session = company.calls("GET", path, &[], &Value::Null).await.1;
    assert_eq!(session["data"]["data"]["startedType"], "UM");
    let keys = json!({"senderKey": relay.sender_key(), "userKey": "kim"});
    let block = "/api/comm/v1/center/cstalk/profile/user/block";
    assert_ne!(
        company.calls("POST", block, &[], &keys).await.1["data"]["code"],
        "A000",
        "it has to be wrapped"
    );
    assert_eq!(company.calls("POST", block, &[], &json!({"cstalk": keys})).await.1["data"]["code"], "A000");
    assert_eq!(relay.ended("kim").await, Some("BU"));
    let size = company
        .uploads(
            "/api/comm/v1/file/cstalk",
            "file",
            "a.pdf",
            b"%PDF",
            &[("senderKey", relay.sender_key()), ("fileType", "FILE")],
        )
        .await;
    assert_eq!(size["data"]["size"], "4", "a text");
    relay.write("lee", "여보세요").await;
    let more = json!({"msgType": "TEXT", "message": "지울 말"});
    let key = company.post("/api/comm/v1/cstalk/plain", "lee", more).await["data"]["msgKey"].clone();
    let delete = json!({"cstalk": {"senderKey": relay.sender_key(), "userKey": "lee", "msgKey": key}});
    let path = "/api/comm/v1/center/cstalk/chat/delete";
    assert_eq!(company.calls("POST", path, &[], &delete).await.1["data"]["code"], "A000");
    assert_eq!(company.calls("POST", path, &[], &delete).await.1["data"]["code"], "A822");
    assert_eq!(relay.room("lee").len(), 1);
    assert!(relay.leave("lee").await.of(HookKind::ExpiredSession).is_some());
}
