//! What Kakao's own relay and Happytalk's answer to calls.

use serde_json::{Value, json};
use simulator::relay::{Dialect, From, HookKind, PHOTO_JPEG, PHOTO_PNG, Unheard, Use};

use super::company::Company;

const BOTH: [Dialect; 2] = [Dialect::Native, Dialect::HappytalkV1];

fn path(company: &Company, end: &str) -> String {
    let upload = end.starts_with("image") || end.starts_with("file") || end.starts_with("profile");
    match company.relay.dialect() {
        Dialect::Native if upload => format!("/v1/{{partner}}/{end}"),
        Dialect::Native => format!("/v2/{{partner}}/{end}"),
        _ => format!("/v1/{end}"),
    }
}

#[tokio::test]
async fn sends_are_refused_for_the_state_of_the_room() {
    for dialect in BOTH {
        let company = Company::start(dialect).await;
        let relay = &company.relay;
        let text = json!({"message": "네"});
        assert_eq!(company.writes("kim", "s1", text.clone()).await["code"], -502);
        relay.write("kim", "안녕하세요").await;
        let answer = company.writes("kim", "s1", text.clone()).await;
        let created = if dialect == Dialect::Native { "created_at" } else { "createdAt" };
        assert_eq!(answer, json!({"code": 0, created: "2026-11-28T10:00:00.000"}));
        let again = company.writes("kim", "s1", text.clone()).await;
        assert_eq!(again["code"], -504);
        assert!(again["message"].as_str().is_some_and(|name| name.starts_with("DuplicateSerialNumber")));
        assert_eq!(relay.room("kim").len(), 2, "shown once");
        relay.leave("kim").await;
        assert_eq!(company.writes("kim", "s2", text.clone()).await["code"], -502);
        // A serial that was refused is still free.
        relay.write("kim", "다시요").await;
        assert_eq!(company.writes("kim", "s2", text.clone()).await["code"], 0);
        let off = json!({"sender_key": relay.sender_key()});
        company.calls("POST", &path(&company, "profile/chat/deactivate"), &[], &off).await;
        assert_eq!(company.writes("kim", "s3", text.clone()).await["code"], -508);
        assert_eq!(relay.write("lee", "여보세요").await.unheard, Some(Unheard::ChatOff));
        company.calls("POST", &path(&company, "profile/chat/activate"), &[], &off).await;
        assert_eq!(company.writes("kim", "s3", text).await["code"], 0);
        assert_eq!(relay.violations(), [], "none of this is a mistake of form");
    }
}

#[tokio::test]
async fn an_end_says_whether_it_ended_anything() {
    for dialect in BOTH {
        let company = Company::start(dialect).await;
        let relay = &company.relay;
        relay.write("kim", "안녕하세요").await;
        let session = relay.session("kim").expect("is open").id;
        company.hooks();
        let key = if dialect == Dialect::Native { "session_id" } else { "sessionId" };
        let ended = company.post(&path(&company, "chat/end"), "kim", json!({})).await;
        assert_eq!(ended, json!({"code": 0, key: session}));
        assert_eq!(company.post(&path(&company, "chat/end"), "kim", json!({})).await, json!({"code": 0}));
        assert_eq!(relay.ended("kim").await, Some("EP"));
        assert!(relay.settle().await);
        assert!(company.paths().is_empty(), "no hook unless asked for");
    }
    let company = Company::with(Dialect::Native, |options| options.hook_after_end = true).await;
    company.relay.write("kim", "안녕하세요").await;
    company.post("/v2/{partner}/chat/end", "kim", json!({})).await;
    assert!(company.relay.settle().await);
    assert_eq!(company.paths(), ["/reference", "/message", "/expired_session"]);
}

#[tokio::test]
async fn a_bot_takes_over_at_an_end_or_a_button() {
    let company = Company::start(Dialect::Native).await;
    let relay = &company.relay;
    for (user, event, with_bot) in [("a", "WELCOME", true), ("b", "인사", false), ("c", "", false)] {
        relay.write(user, "안녕하세요").await;
        let ended = company.post("/v2/{partner}/chat/endWithBot", user, json!({"bot_event": event})).await;
        assert!(ended["session_id"].is_string(), "{ended}");
        assert_eq!((relay.ended(user).await, relay.is_with_bot(user)), (Some("SB"), with_bot));
    }
    company.hooks();
    // What is said to the bot is not heard, until the bot hands over.
    assert_eq!(relay.write("a", "여보세요").await.unheard, Some(Unheard::WithBot));
    assert!(company.paths().is_empty());
    relay.from_bot("a", Vec::new()).await;
    relay.write("a", "사람 맞아요?").await;
    assert_eq!(company.paths(), ["/reference", "/message"]);
    let buttons = json!({"message_type": "LI", "message": "더 필요하세요?",
        "links": [{"name": "챗봇으로", "type": "BT", "event": "WELCOME"}]});
    assert_eq!(company.writes("a", "s1", buttons).await["code"], 0);
    let pressed = relay.press("a", "챗봇으로").await;
    assert!(pressed.of(HookKind::ExpiredSession).is_some_and(|hook| hook.taken));
    assert_eq!((relay.ended("a").await, relay.is_with_bot("a")), (Some("SB"), true));
    assert_eq!(relay.room("a").last().map(|shown| shown.from), Some(From::Bot));
}

#[tokio::test]
async fn blocked_people_are_neither_heard_nor_written_to() {
    for dialect in BOTH {
        let company = Company::start(dialect).await;
        let relay = &company.relay;
        relay.write("kim", "안녕하세요").await;
        company.hooks();
        assert_eq!(company.post(&path(&company, "profile/user/block"), "kim", json!({})).await["code"], 0);
        assert_eq!((relay.ended("kim").await, relay.is_blocked("kim")), (Some("BU"), true));
        assert_eq!(relay.write("kim", "왜요?").await.unheard, Some(Unheard::Blocked));
        assert_eq!(company.writes("kim", "s1", json!({"message": "네"})).await["code"], -511);
        assert!(company.paths().is_empty());
        assert_eq!(relay.room("kim").last().map(|shown| shown.from), Some(From::Kakao), "a notice");
        company.post(&path(&company, "profile/user/unblock"), "kim", json!({})).await;
        assert!(relay.write("kim", "이제요?").await.taken());
    }
}

#[tokio::test]
async fn buttons_come_back_as_kakao_sends_them() {
    let company = Company::start(Dialect::HappytalkV1).await;
    let relay = &company.relay;
    relay.write("kim", "안녕하세요").await;
    let bubble = json!({"message_type": "LI", "message": "무엇을 도와드릴까요?",
        "links": [{"name": "배송 조회", "type": "BK", "extra": "ship_1"}, {"name": "전달", "type": "MD", "extra": "m_1"},
            {"name": "홈", "type": "WL", "url_mobile": "https://m.example.com"}],
        "supplement": {"quick_reply": [{"name": "처음으로", "type": "BK", "chat_extra": "home"}]}});
    assert_eq!(company.writes("kim", "s1", bubble.clone()).await["code"], 0);
    company.hooks();
    relay.press("kim", "처음으로").await;
    let message = company.hooks().pop().expect("a message").1;
    assert_eq!((&message["content"], &message["extra"]), (&json!("처음으로"), &json!("home")));
    assert_eq!(relay.press("kim", "처음으로").await.unheard, Some(Unheard::NoSuchButton), "chips go away");
    relay.press("kim", "배송 조회").await;
    let message = company.hooks().pop().expect("a message").1;
    assert_eq!((&message["content"], &message["extra"]), (&json!("배송 조회"), &json!("ship_1")));
    relay.press("kim", "전달").await;
    let message = company.hooks().pop().expect("a message").1;
    assert_eq!(
        (&message["content"], &message["extra"]),
        (&json!("전달\n무엇을 도와드릴까요?"), &json!("m_1"))
    );
    let link = relay.press("kim", "홈").await;
    assert_eq!(
        (link.unheard, link.opened.as_deref()),
        (Some(Unheard::LedOut), Some("https://m.example.com"))
    );
    assert!(company.paths().is_empty());
    // The newest bubble's button counts, where two have one label.
    let mut newer = bubble;
    newer["links"][0]["extra"] = json!("ship_2");
    company.writes("kim", "s2", newer).await;
    relay.press("kim", "배송 조회").await;
    assert_eq!(company.hooks().pop().expect("a message").1["extra"], "ship_2");
    assert_eq!(relay.violations(), []);
}

#[tokio::test]
async fn uploads_are_looked_at_and_sent_as_what_they_are() {
    for dialect in BOTH {
        let company = Company::start(dialect).await;
        let relay = &company.relay;
        relay.write("kim", "안녕하세요").await;
        let sender = relay.sender_key().to_owned();
        let image = async |name: &str, bytes: &[u8], kind: Option<&str>| {
            let mut texts = vec![("sender_key", sender.as_str())];
            texts.extend(kind.map(|kind| ("image_type", kind)));
            company.uploads(&path(&company, "image/upload"), "image", name, bytes, &texts).await
        };
        let plain = image("사진.jpg", PHOTO_JPEG, None).await;
        assert_eq!(plain["code"], "0000");
        let plain = plain["image"].as_str().expect("an address").to_owned();
        assert_eq!(reqwest::get(&plain).await.expect("is there").bytes().await.expect("bytes"), PHOTO_JPEG);
        let linked = image("i.jpg", PHOTO_JPEG, Some("link")).await["image"].clone();
        let narrow = image("i.png", PHOTO_PNG, Some("link")).await;
        assert_eq!(
            (&narrow["code"], narrow["image"].is_null()),
            (&json!(-505), true),
            "320 pixels are too few"
        );
        assert_eq!(image("i.jpg", b"no picture", None).await["code"], -505);
        let texts = [("sender_key", sender.as_str()), ("file_type", "video")];
        let video = company.uploads(&path(&company, "file/upload"), "file", "a.mp4", b"film", &texts).await;
        assert_eq!((&video["name"], &video["size"]), (&json!("a.mp4"), &json!(4)));
        let file = company
            .uploads(&path(&company, "file/upload"), "file", "a.pdf", b"%PDF", &[("sender_key", &sender)])
            .await;
        let told = company.broken().len();
        for (number, (wanted, body)) in [
            (0, json!({"message_type": "IM", "image_url": plain})),
            (0, json!({"message_type": "LI", "message": "보세요", "image_url": linked})),
            (-505, json!({"message_type": "LI", "message": "보세요", "image_url": plain})),
            (-505, json!({"message_type": "IM", "image_url": "https://example.com/mine.jpg"})),
            (0, json!({"message_type": "VI", "file_url": video["file"]})),
            (-505, json!({"message_type": "AU", "file_url": video["file"]})),
            (-505, json!({"message_type": "VI", "file_url": file["file"]})),
            (
                0,
                json!({"message_type": "FI", "file_url": file["file"], "file_name": "a.pdf", "file_size": 4}),
            ),
            (-510, json!({"message_type": "FI", "file_url": file["file"]})),
        ]
        .into_iter()
        .enumerate()
        {
            let answer = company.writes("kim", &format!("s{number}"), body.clone()).await;
            assert_eq!(answer["code"], wanted, "{body} {answer}");
        }
        assert_eq!(
            company.broken()[told..],
            ["wrong-use", "not-uploaded", "wrong-use", "wrong-use", "missing", "missing"]
        );
        assert_eq!(relay.upload(&plain).expect("is there").used, Use::Image);
        // What was uploaded is gone after three weeks.
        relay.pass(std::time::Duration::from_secs(22 * 86_400)).await;
        let old = company.writes("kim", "old", json!({"message_type": "IM", "image_url": plain})).await;
        assert_eq!(old["code"], -505);
    }
}

#[tokio::test]
async fn what_a_document_does_not_allow_is_refused_and_noted() {
    let company = Company::start(Dialect::HappytalkV1).await;
    company.relay.write("kim", "안녕하세요").await;
    let link = |more: Value| {
        let mut link = json!({"name": "단추", "type": "BK"});
        for (key, value) in more.as_object().expect("an object") {
            link[key] = value.clone();
        }
        json!({"message_type": "LI", "message": "보세요", "links": [link]})
    };
    let many = |count: usize| json!({"message_type": "LI", "message": "네", "links": vec![json!({"name": "가", "type": "BK"}); count]});
    for (number, (wanted, rule, body)) in [
        (-506, "text-too-long", json!({"message": "가".repeat(1_001)})),
        (-510, "missing", json!({"message": " "})),
        (-510, "missing", json!({"message_type": "LI", "links": [{"name": "가", "type": "BK"}]})),
        (-510, "nothing-but-text", json!({"message_type": "LI", "message": "단추가 없어요"})),
        (-510, "unknown-word", json!({"message_type": "XX", "message": "네"})),
        (-509, "unknown-field", json!({"message": "네", "typing": true})),
        (-509, "no-text", json!({"message": 7})),
        (-510, "field-of-another-type", json!({"message": "네", "links": [{"name": "가", "type": "BK"}]})),
        (
            -510,
            "field-of-another-type",
            json!({"message": "네", "supplement": {"quick_reply": [{"name": "가", "type": "BK"}]}}),
        ),
        (-510, "field-of-another-type", json!({"message": "네", "auto_answer": "S1"})),
        (-510, "count", many(6)),
        (-510, "count", many(0)),
        (-510, "text-too-long", link(json!({"name": "가".repeat(29)}))),
        (-510, "button-type", link(json!({"type": "ZZ"}))),
        (-510, "link-without-url-mobile", link(json!({"type": "WL", "url_pc": "https://example.com"}))),
        (-510, "no-web-address", link(json!({"type": "WL", "url_mobile": "javascript:alert(1)"}))),
        (-510, "app-link-with-one-target", link(json!({"type": "AL", "scheme_ios": "app://"}))),
        (-510, "form-without-key", link(json!({"type": "BF"}))),
        (-510, "address-without-link", link(json!({"url_mobile": "https://example.com"}))),
        (-510, "mark-pattern", link(json!({"extra": "a-b"}))),
        (-510, "text-too-long", link(json!({"extra": "a".repeat(51)}))),
        (-510, "target", link(json!({"target": "in"}))),
        (-509, "unknown-field", link(json!({"chat_extra": "a"}))),
        (-510, "unknown-word", json!({"message_type": "LI", "message": "네", "auto_answer": "S9"})),
    ]
    .into_iter()
    .enumerate()
    {
        let told = company.broken().len();
        let answer = company.writes("kim", &format!("s{number}"), body.clone()).await;
        assert_eq!(answer["code"], wanted, "{body} {answer}");
        let found = company.broken()[told..].to_vec();
        assert!(found.contains(&rule), "{body}: {found:?}");
    }
    // At the edge all is well.
    let edges = json!({"message_type": "LI", "message": "가".repeat(1_000),
        "links": vec![json!({"name": "가".repeat(28), "type": "AL", "url_mobile": "https://example.com", "scheme_ios": "app://"}); 5],
        "supplement": {"quick_reply": vec![json!({"name": "가".repeat(14), "type": "BK", "chat_extra": "a".repeat(50)}); 10]}});
    let told = company.broken().len();
    assert_eq!(company.writes("kim", "edge", edges).await["code"], 0);
    for (wanted, serial) in [(-510, String::new()), (-510, "s".repeat(31))] {
        assert_eq!(company.writes("kim", &serial, json!({"message": "네"})).await["code"], wanted);
    }
    assert_eq!(company.broken().len(), told + 2);
    assert_eq!(company.relay.room("kim").len(), 2, "the customer's word, and the one at the edge");
}

#[tokio::test]
async fn strangers_are_told_so() {
    let company = Company::start(Dialect::Native).await;
    company.relay.write("kim", "안녕하세요").await;
    let body = json!({"user_key": "kim", "sender_key": company.relay.sender_key(), "serial_number": "s", "message": "네"});
    let (status, answer) = company.calls("POST", "/v2/nobody/chat/write", &[], &body).await;
    assert_eq!((status, &answer["code"]), (200, &json!(-507)));
    let mut other = body.clone();
    other["sender_key"] = json!("x".repeat(40));
    assert_eq!(company.calls("POST", "/v2/{partner}/chat/write", &[], &other).await.1["code"], -501);
    let mut long = body.clone();
    long["user_key"] = json!("k".repeat(21));
    assert_eq!(company.calls("POST", "/v2/{partner}/chat/write", &[], &long).await.1["code"], -503);
    assert_eq!(company.calls("POST", "/v2/{partner}/chat/say", &[], &body).await.0, 404);
    assert_eq!(company.broken(), ["credentials", "sender", "text-too-long"]);

    let company = Company::start(Dialect::HappytalkV1).await;
    let bare = reqwest::Client::builder().no_proxy().build().expect("a client");
    let url = format!("{}/v1/chat/write", company.relay.base_url());
    let answer = bare.post(url).body(body.to_string()).send().await.expect("an answer");
    assert_eq!(answer.status(), 401);
    assert_eq!(company.broken(), ["credentials"]);
}

#[tokio::test]
async fn the_receive_address_is_told_by_a_call() {
    let company = Company::start(Dialect::HappytalkV1).await;
    let key = company.relay.sender_key().to_owned();
    let update = "/v1/center/domain/update";
    let told = company
        .calls(
            "POST",
            update,
            &[],
            &json!({"sender_key": key, "domain": "https://chat.example.com/kakaobiz/abc/"}),
        )
        .await;
    assert_eq!(told.1, json!({"code": "200"}));
    assert_eq!(company.relay.receive().as_deref(), Some("https://chat.example.com/kakaobiz/abc"));
    let plain = json!({"sender_key": key, "domain": "http://chat.example.com"});
    assert_eq!(company.calls("POST", update, &[], &plain).await.1["code"], "405");
    let found = company.calls("POST", "/v1/center/domain/search", &[], &json!({"sender_key": key})).await;
    assert_eq!(found.1["domain"], "https://chat.example.com/kakaobiz/abc");

    let company = Company::start(Dialect::HappytalkV3).await;
    let path = format!("/kakaoWebhook/v1/bzmc/consult/{}/receiveDomain", company.relay.sender_key());
    let told = company.calls("POST", &path, &[], &json!({"domain": "https://chat.example.com"})).await;
    assert_eq!(told.1["code"], "200");
    assert_eq!(company.calls("GET", &path, &[], &Value::Null).await.1["domain"], "https://chat.example.com");
}
