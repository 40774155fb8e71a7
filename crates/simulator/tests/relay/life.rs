//! How sessions begin and end, in every dialect.

use serde_json::{Value, json};
use simulator::relay::{
    Contents, Dialect, From, HookKind, Kind, LongText, Order, PHOTO_JPEG, PHOTO_PNG, Unheard,
};

use super::company::{Company, NOON};

/// The part of a path that all dialects share.
fn tails(company: &Company) -> Vec<String> {
    company.paths().into_iter().map(|path| path.rsplit('/').next().unwrap_or_default().to_owned()).collect()
}

/// Sends a text in the company's dialect; is it taken at once?
async fn answers(company: &Company, user: &str, text: &str) -> Value {
    match company.relay.dialect() {
        Dialect::Native | Dialect::HappytalkV1 => {
            company.writes(user, &format!("s-{}", text.len()), json!({"message": text})).await
        }
        Dialect::HappytalkV3 => {
            let more = json!({"serial_number": "s-1", "chat_bubble_type": "TEXT", "message": text});
            company.post("/kakaoWebhook/v3/bzc/chat/send/plain", user, more).await
        }
        Dialect::Dktechin => {
            let body = json!({"version": 1, "chapters": [{"sections": [{"type": "text", "data": text}]}]});
            company.calls("POST", "/api/v1/send/plain", &[("X-User-Key", user)], &body).await.1
        }
        Dialect::Bizgo => {
            let more = json!({"msgType": "TEXT", "message": text, "ref": "r-1"});
            company.post("/api/comm/v1/cstalk/plain", user, more).await
        }
    }
}

#[tokio::test]
async fn a_customer_who_writes_opens_a_session_and_is_answered() {
    for dialect in Dialect::ALL {
        let company = Company::start(dialect).await;
        let relay = &company.relay;
        assert_eq!(relay.session("kim"), None);
        let said = relay.write("kim", "배송이 언제 오나요?").await;
        assert!(said.taken(), "{dialect:?}: {said:?}");
        assert_eq!((said.status(), said.deliveries.len()), (200, 2));
        assert_eq!(tails(&company), ["reference", "message"], "{dialect:?}");
        let session = relay.session("kim").expect("is open");
        assert_eq!((session.started, session.ended), ("UM", None));
        // 30 days later it is 10:00 again: a full hour already.
        assert_eq!(session.expires_ms, NOON + 30 * 86_400_000);
        answers(&company, "kim", "내일 도착해요").await;
        assert!(relay.sees("kim", "내일 도착해요").await);
        let room = relay.room("kim");
        let who: Vec<From> = room.iter().map(|shown| shown.from).collect();
        assert_eq!(who, [From::Customer, From::Company]);
        assert_eq!(relay.violations(), []);
        // The next word comes in the same session, without a reference.
        assert!(relay.settle().await);
        company.hooks();
        relay.write("kim", "고마워요").await;
        assert_eq!(tails(&company), ["message"], "{dialect:?}");
        assert_eq!(relay.session("kim").expect("still").id, session.id);
    }
}

#[tokio::test]
async fn a_session_that_no_webhook_took_is_none() {
    for dialect in Dialect::ALL {
        let company = Company::with(dialect, |options| options.retries.times = 0).await;
        company.answers(&[(500, ""), (404, "")]);
        let said = company.relay.write("kim", "안녕하세요").await;
        assert!(!said.taken());
        assert_eq!(company.relay.session("kim"), None, "{dialect:?}");
        // Half of it is enough: Kakao opens at the first success.
        company.answers(&[(500, "")]);
        company.relay.write("kim", "거기 있어요?").await;
        assert!(company.relay.session("kim").is_some(), "{dialect:?}");
    }
}

#[tokio::test]
async fn hooks_carry_what_the_dealer_writes() {
    let native = Company::start(Dialect::Native).await;
    native.relay.consult("kim", "order_8812").await;
    native.relay.write("kim", "여기요").await;
    let hooks = native.hooks();
    let sender = native.relay.sender_key().to_owned();
    let session = native.relay.session("kim").expect("is open").id;
    assert_eq!(hooks[0].0, "/reference");
    assert_eq!(hooks[0].1["reference"]["extra"], "order_8812");
    assert_eq!(hooks[1].1["session_id"], session.as_str());
    let message = &hooks[1].1;
    assert_eq!(
        *message,
        json!({"user_key": "kim", "sender_key": sender, "session_id": session, "time": NOON,
            "serial_number": message["serial_number"], "type": "text", "content": "여기요", "contents": ["여기요"]})
    );
    assert!(message["serial_number"].as_i64().expect("a number") > 1 << 53);

    let company = Company::start(Dialect::Dktechin).await;
    company.relay.write("kim", "여기요").await;
    let heads = company.heads();
    let session = company.relay.session("kim").expect("is open").id;
    for (name, value) in [
        ("x-platform-type", "kakao_counsel_talk"),
        ("x-service-key", company.relay.sender_key()),
        ("x-user-key", "kim"),
        ("x-event-key", &session),
    ] {
        assert_eq!(heads[1].header(name), Some(value));
    }
    assert_eq!(heads[0].json()["user_key"], "kim");
    let message = heads[1].json();
    assert_eq!(message["chapters"][0]["sections"][0]["data"], "여기요");
    assert_eq!(message["meta"]["created"], "2026-11-28T01:00:00.000Z");
    assert!(message["meta"]["serialNumber"].is_string() && message.get("user_key").is_none());

    let company = Company::start(Dialect::Bizgo).await;
    company.relay.write("kim", "여기요").await;
    let hooks = company.hooks();
    assert_eq!((hooks[0].0.as_str(), hooks[1].0.as_str()), ("/cstalk/reference", "/cstalk/message"));
    let message = &hooks[1].1;
    assert_eq!(message["contents"], json!([{"comment": "여기요"}]));
    assert_eq!((&message["msgType"], &message["requestType"]), (&json!("TEXT"), &json!("message")));
    assert_eq!(message["kakaoTime"], "2026-11-28T10:00:00.000+09:00");
    assert_ne!(message["msgKey"], hooks[0].1["msgKey"]);
}

#[tokio::test]
async fn the_first_two_hooks_come_in_every_order() {
    for (order, wanted) in [
        (Order::ReferenceFirst, ["/reference", "/message"]),
        (Order::MessageFirst, ["/message", "/reference"]),
    ] {
        let company = Company::with(Dialect::Native, |options| options.order = order).await;
        company.relay.write("kim", "안녕하세요").await;
        assert_eq!(company.paths(), wanted);
    }
    let company = Company::with(Dialect::Native, |options| options.order = Order::Together).await;
    company.relay.write("kim", "안녕하세요").await;
    let mut paths = company.paths();
    paths.sort_unstable();
    assert_eq!(paths, ["/message", "/reference"]);
}

#[tokio::test]
async fn a_repeated_request_keeps_the_session_and_a_later_start_remembers_the_last() {
    let company = Company::start(Dialect::HappytalkV1).await;
    let relay = &company.relay;
    relay.consult("kim", "order_1").await;
    let first = relay.session("kim").expect("is open").id;
    relay.consult("kim", "order_2").await;
    assert_eq!(relay.session("kim").expect("is open").id, first);
    relay.leave("kim").await;
    company.hooks();
    relay.write("kim", "다시 왔어요").await;
    let hooks = company.hooks();
    assert_ne!(hooks[0].1["session_id"], first.as_str());
    assert_eq!(hooks[0].1["reference"]["extra"], "");
    assert_eq!(hooks[0].1["last_reference"]["extra"], "order_2");
    assert_eq!(hooks[0].1["last_reference"]["bot"], "false");
    // Longer meta is cut without a word.
    relay.consult("kim", &"가".repeat(1_200)).await;
    let hooks = company.hooks();
    assert_eq!(hooks[0].1["reference"]["extra"].as_str().expect("a text").chars().count(), 1_000);
}

#[tokio::test]
async fn customers_end_sessions_in_every_way() {
    for dialect in Dialect::ALL {
        let company = Company::start(dialect).await;
        let relay = &company.relay;
        for (user, how) in [("a", "EU"), ("b", "EC"), ("c", "BF"), ("d", "AE")] {
            relay.write(user, "안녕하세요").await;
            company.hooks();
            let outcome = match how {
                "EU" => relay.write(user, "!종료").await,
                "EC" => relay.leave(user).await,
                "BF" => relay.block(user).await,
                _ => relay.expire(user).await,
            };
            assert!(outcome.of(HookKind::ExpiredSession).is_some_and(|hook| hook.taken), "{dialect:?} {how}");
            assert_eq!(tails(&company), ["expired_session"], "{dialect:?} {how}");
            assert_eq!(relay.ended(user).await, Some(how));
            // Once is enough.
            assert_eq!(relay.leave(user).await.unheard, Some(Unheard::NoSession));
            assert!(company.paths().is_empty());
        }
    }
}

#[tokio::test]
async fn the_end_word_can_be_a_message_too() {
    let company = Company::with(Dialect::Native, |options| options.end_word_is_message = true).await;
    company.relay.write("kim", "안녕하세요").await;
    company.hooks();
    company.relay.write("kim", "!종료").await;
    assert_eq!(company.paths(), ["/message", "/expired_session"]);
}

#[tokio::test]
async fn thirty_days_end_a_session_at_the_next_full_hour() {
    let company = Company::start(Dialect::Native).await;
    let relay = &company.relay;
    let days = |days: u64| std::time::Duration::from_secs(days * 86_400);
    let minutes = |minutes: u64| std::time::Duration::from_secs(minutes * 60);
    relay.pass(minutes(15)).await;
    relay.write("kim", "안녕하세요").await;
    company.hooks();
    // Ten days later the customer writes again, and the thirty days begin anew.
    relay.pass(days(10)).await;
    relay.write("kim", "아직 거기 있죠?").await;
    assert!(relay.pass(days(30) + minutes(44)).await.is_empty());
    assert_eq!(relay.pass(minutes(1)).await.len(), 1);
    assert_eq!(company.paths(), ["/message", "/expired_session"]);
    assert_eq!(relay.ended("kim").await, Some("AE"));
    let answer = company.writes("kim", "s1", json!({"message": "늦었어요"})).await;
    assert_eq!(answer["code"], -502);
}

#[tokio::test]
async fn long_texts_come_cut_with_the_address_of_the_whole() {
    let text = "가나다라".repeat(1_100);
    for (dialect, kept) in [
        (Dialect::Native, 4_000),
        (Dialect::HappytalkV1, 300),
        (Dialect::Dktechin, 4_000),
        (Dialect::Bizgo, 4_000),
    ] {
        let company = Company::start(dialect).await;
        company.relay.write("kim", &text).await;
        let message = company.hooks().pop().expect("a message").1;
        let (cut, url) = match dialect {
            Dialect::Dktechin => {
                let section = &message["chapters"][0]["sections"][0];
                (section["data"].clone(), section["attachment"]["url"].clone())
            }
            Dialect::Bizgo => {
                (message["contents"][0]["comment"].clone(), message["attachment"]["url"].clone())
            }
            _ => (message["contents"][0].clone(), message["attachment"]["url"].clone()),
        };
        assert_eq!(cut.as_str().expect("a text").chars().count(), kept, "{dialect:?}");
        let url = url.as_str().expect("an address").to_owned();
        let whole = reqwest::get(&url).await.expect("is served");
        assert_eq!(whole.headers()["content-type"], "text/plain; charset=utf-8");
        assert_eq!(whole.text().await.expect("a text"), text);
        // Without its signature the address is worth nothing.
        let bare = url.split('?').next().expect("a path");
        assert_eq!(reqwest::get(bare).await.expect("an answer").status(), 403);
    }
    let over = LongText { over: 10, keep: 5 };
    let company = Company::with(Dialect::Native, |options| options.long_text = over).await;
    company.relay.write("kim", "열 글자가 넘어가요").await;
    company.relay.write("kim", "열 글자 넘는 글이에요").await;
    let hooks = company.hooks();
    assert_eq!(hooks[1].1.get("attachment"), None);
    assert_eq!(hooks[2].1["contents"][0], "열 글자 ");
}

#[tokio::test]
async fn several_photos_are_one_message_and_can_be_fetched() {
    for dialect in Dialect::ALL {
        let company = Company::start(dialect).await;
        company.relay.photos("kim", 3).await;
        let hooks = company.hooks();
        assert_eq!(hooks.len(), 2, "{dialect:?}");
        let message = &hooks[1].1;
        let urls: Vec<String> = match dialect {
            Dialect::Dktechin => {
                let sections = message["chapters"][0]["sections"].as_array().expect("a list");
                assert!(sections.iter().all(|section| section["display"] == "image"));
                sections.iter().map(|section| section["data"].as_str().expect("a url").to_owned()).collect()
            }
            _ => message["contents"]
                .as_array()
                .expect("a list")
                .iter()
                .map(|item| item["url"].as_str().expect("a url").to_owned())
                .collect(),
        };
        assert_eq!(urls.len(), 3, "{dialect:?}");
        for (url, bytes) in urls.iter().zip([PHOTO_JPEG, PHOTO_PNG, PHOTO_JPEG]) {
            let served = reqwest::get(url).await.expect("is served");
            assert!(served.headers()["content-type"].to_str().expect("a text").starts_with("image/"));
            assert_eq!(served.bytes().await.expect("bytes"), bytes);
        }
    }
}

#[tokio::test]
async fn content_comes_in_the_forms_of_all_years() {
    for (form, wanted) in [(Contents::New, json!([null, ["네"]])), (Contents::Old, json!(["네", null]))] {
        let company = Company::with(Dialect::Native, |options| options.contents = form).await;
        company.relay.write("kim", "네").await;
        let message = company.hooks().pop().expect("a message").1;
        assert_eq!(json!([message["content"], message["contents"]]), wanted);
    }
    let company = Company::with(Dialect::Native, |options| options.contents = Contents::OldObject).await;
    company.relay.photos("kim", 2).await;
    let hooks = company.hooks();
    assert_eq!(hooks.len(), 3, "one reference, and each photo by itself");
    assert!(hooks[2].1["content"]["url"].is_string());
    assert_ne!(hooks[1].1["serial_number"], hooks[2].1["serial_number"]);
}

#[tokio::test]
async fn a_file_is_what_its_name_says() {
    let company = Company::start(Dialect::Native).await;
    for (name, kind, shown) in [
        ("계약서.pdf", "file", Kind::File),
        ("노래.mp3", "audio", Kind::Audio),
        ("강아지.mp4", "video", Kind::Video),
        ("사진.PNG", "photo", Kind::Photo),
    ] {
        company.relay.file("kim", name, b"bytes").await;
        let message = company.hooks().pop().expect("a message").1;
        assert_eq!(message["type"], kind);
        let url = message["contents"][0]["url"].as_str().expect("a url").to_owned();
        assert_eq!(reqwest::get(url).await.expect("is served").bytes().await.expect("bytes"), "bytes");
        assert_eq!(company.relay.room("kim").pop().expect("shown").bubble.kind, shown);
    }
}

#[tokio::test]
async fn who_comes_from_the_bot_brings_the_history() {
    let item = json!({"timestamp": NOON, "utterance": "상담원 연결", "messages": [{"type": "text", "text": "연결할게요"}]});
    let company = Company::start(Dialect::Native).await;
    company.relay.from_bot("kim", vec![item.clone()]).await;
    let (path, hook) = company.hooks().pop().expect("a hook");
    assert_eq!((path.as_str(), &hook["chatbot_messages"]), ("/reference", &json!([item])));
    assert_eq!(company.relay.session("kim").expect("is open").started, "SW");
    let asked = company.post("/v2/{partner}/chatbot/messages", "kim", json!({})).await;
    assert_eq!(asked["code"], -681);

    let company = Company::with(Dialect::Native, |options| options.history_in_reference = false).await;
    company.relay.from_bot("kim", vec![item.clone()]).await;
    assert_eq!(company.hooks().pop().expect("a hook").1.get("chatbot_messages"), None);
    let asked = company.post("/v2/{partner}/chatbot/messages", "kim", json!({})).await;
    assert_eq!(asked, json!({"code": 0, "chatbot_messages": [item]}));
}

#[tokio::test]
async fn reading_and_consent_are_told_within_a_session_only() {
    for dialect in Dialect::ALL {
        let company = Company::start(dialect).await;
        let relay = &company.relay;
        assert_eq!(relay.read("kim").await.unheard, Some(Unheard::NoSession));
        relay.write("kim", "안녕하세요").await;
        company.hooks();
        assert!(relay.read("kim").await.taken());
        let hooks = company.hooks();
        assert!(hooks[0].0.ends_with("/seen_info"), "{dialect:?}");
        let user = if dialect == Dialect::Bizgo { "userKey" } else { "user_key" };
        assert_eq!(hooks[0].1[user], "kim");
        if matches!(dialect, Dialect::Native | Dialect::HappytalkV1 | Dialect::HappytalkV3) {
            relay.consent("kim", "01012345678", "라이언").await;
            let hook = company.hooks().pop().expect("a hook").1;
            assert_eq!(hook["personal_info"], json!({"phone_number": "821012345678", "nickname": "라이언"}));
        } else {
            assert_eq!(relay.consent("kim", "01012345678", "라이언").await.unheard, Some(Unheard::NotAsked));
        }
    }
    let company = Company::with(Dialect::Native, |options| options.seen_info = false).await;
    company.relay.write("kim", "안녕하세요").await;
    assert_eq!(company.relay.read("kim").await.unheard, Some(Unheard::NotWanted));
}

#[tokio::test]
async fn days_are_billed_by_rooms_with_a_word_of_the_company() {
    let company = Company::start(Dialect::Native).await;
    let relay = &company.relay;
    for user in ["kim", "lee", "park"] {
        relay.write(user, "안녕하세요").await;
    }
    company.writes("kim", "s1", json!({"message": "네"})).await;
    company.writes("kim", "s2", json!({"message": "또 네"})).await;
    let automatic = json!({"message_type": "LI", "message": "상담 시간이 아니에요", "auto_answer": "S1"});
    company.writes("lee", "s3", automatic).await;
    assert_eq!((relay.today().as_str(), relay.billed("2026-11-28")), ("2026-11-28", 1));
    // The day runs until four in the morning: it is ten.
    relay.pass(std::time::Duration::from_secs(17 * 3_600 + 3_599)).await;
    company.writes("park", "s4", json!({"message": "늦게"})).await;
    assert_eq!((relay.billed("2026-11-28"), relay.billed("2026-11-29")), (2, 0));
    relay.pass(std::time::Duration::from_secs(1)).await;
    company.writes("kim", "s5", json!({"message": "새 날"})).await;
    assert_eq!((relay.billed("2026-11-28"), relay.billed("2026-11-29")), (2, 1));
    assert_eq!(relay.violations(), []);
}
