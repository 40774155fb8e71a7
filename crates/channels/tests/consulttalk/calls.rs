//! Calls, as each relay wants them.

use channels::consulttalk::{
    Bubble, BubbleKind, BubbleMedia, Call, CallBody, Link, LinkKind, MediaKind, NATIVE_PATHS, Relay, Upload,
    activate, block, consent, deactivate, end, end_with_bot, facts, send, session, set_receive, unblock,
    upload, video_state,
};
use serde_json::{Value, json};

use super::{SENDER, USER, WHOM, line};

const IMAGE: &str = "http://mud-kage.kakao.com/dn/a.jpg";
const FILE: &str = "http://mud-kage.kakao.com/dn/b.pdf";

fn medium(kind: MediaKind, uploaded: &str) -> BubbleMedia {
    BubbleMedia {
        kind,
        uri: "https://shop.example/here".to_owned(),
        uploaded: Some(uploaded.to_owned()),
        name: None,
        size: None,
    }
}

fn file() -> Bubble {
    Bubble::media(BubbleMedia {
        name: Some("표.pdf".to_owned()),
        size: Some(1_234),
        ..medium(MediaKind::File, FILE)
    })
}

fn says(name: &str, extra: &str) -> Link {
    Link { extra: Some(extra.to_owned()), ..Link::new(LinkKind::BK, name) }
}

/// A picture, a text, one button of each kind and a quick reply.
fn card() -> Bubble {
    let web = Link {
        url_mobile: Some("https://m.shop.example".to_owned()),
        url_pc: Some("https://shop.example".to_owned()),
        ..Link::new(LinkKind::WL, "매장")
    };
    let to_bot = Link { event: Some("HELLO".to_owned()), ..Link::new(LinkKind::BT, "챗봇") };
    Bubble {
        kind: BubbleKind::Card,
        media: Some(medium(MediaKind::Photo, IMAGE)),
        buttons: vec![says("배송 조회", "m41_0"), web, to_bot],
        quick_replies: vec![says("처음으로", "q41_0")],
        ..Bubble::text("무엇을 도와드릴까요?")
    }
}

fn carousel() -> Bubble {
    let card = |header: Option<&str>| Bubble {
        header: header.map(str::to_owned),
        kind: BubbleKind::Card,
        media: Some(medium(MediaKind::Photo, IMAGE)),
        buttons: vec![says("고르기", "m41_0")],
        ..Bubble::text("달아요")
    };
    Bubble {
        kind: BubbleKind::Carousel,
        text: None,
        cards: vec![card(Some("감귤")), card(None)],
        ..Bubble::text("")
    }
}

fn body(call: &Call) -> Value {
    match &call.body {
        CallBody::Json(text) => serde_json::from_str(text).expect("is JSON"),
        other => panic!("no JSON: {other:?}"),
    }
}

/// Method, address behind the host, and body of a message.
fn sent(relay: Relay, bubble: &Bubble) -> (String, Value) {
    let call = send(&line(relay), WHOM, "clz-17", bubble);
    (format!("{} {}", call.method, path(&call)), body(&call))
}

fn path(call: &Call) -> &str {
    call.url.strip_prefix("https://relay.example").expect("goes where the line says")
}

/// What stands beside the keys of the room.
fn with_keys(rest: &Value) -> Value {
    let mut body = json!({"user_key": USER, "sender_key": SENDER, "serial_number": "clz-17"});
    body.as_object_mut().expect("is one").extend(rest.as_object().expect("is one").clone());
    body
}

fn with_camel_keys(rest: &Value) -> Value {
    let mut body = json!({"userKey": USER, "senderKey": SENDER, "ref": "clz-17"});
    body.as_object_mut().expect("is one").extend(rest.as_object().expect("is one").clone());
    body
}

#[test]
fn the_older_model_has_six_types() {
    for (relay, path) in
        [(Relay::Native, "POST /v2/partner_key/chat/write"), (Relay::HappytalkV1, "POST /v1/chat/write")]
    {
        let table = [
            (Bubble::text("안녕하세요"), json!({"message_type": "TX", "message": "안녕하세요"})),
            (
                Bubble::media(medium(MediaKind::Photo, IMAGE)),
                json!({"message_type": "IM", "image_url": IMAGE}),
            ),
            (Bubble::media(medium(MediaKind::Video, FILE)), json!({"message_type": "VI", "file_url": FILE})),
            (Bubble::media(medium(MediaKind::Audio, FILE)), json!({"message_type": "AU", "file_url": FILE})),
            (
                file(),
                json!({"message_type": "FI", "file_url": FILE, "file_name": "표.pdf", "file_size": 1_234}),
            ),
            (
                card(),
                json!({"message_type": "LI", "message": "무엇을 도와드릴까요?", "image_url": IMAGE, "links": [
                    {"name": "배송 조회", "type": "BK", "extra": "m41_0"},
                    {"name": "매장", "type": "WL", "url_mobile": "https://m.shop.example",
                        "url_pc": "https://shop.example"},
                    {"name": "챗봇", "type": "BT", "event": "HELLO"}],
                    "supplement": {"quick_reply": [{"name": "처음으로", "type": "BK", "chat_extra": "q41_0"}]}}),
            ),
            (
                Bubble {
                    auto_answer: Some("S2".to_owned()), ..Bubble::text("지금은 자리에 없어요")
                },
                json!({"message_type": "LI", "message": "지금은 자리에 없어요", "auto_answer": "S2"}),
            ),
        ];
        for (bubble, expected) in table {
            assert_eq!(sent(relay, &bubble), (path.to_owned(), with_keys(&expected)));
        }
    }
}

#[test]
fn happytalks_third_generation_composes() {
    let (plain, rich) =
        ("POST /kakaoWebhook/v3/bzc/chat/send/plain", "POST /kakaoWebhook/v3/bzc/chat/send/rich");
    let table = [
        (plain, Bubble::text("안녕"), json!({"chat_bubble_type": "TEXT", "message": "안녕"})),
        (
            plain,
            Bubble::media(medium(MediaKind::Photo, IMAGE)),
            json!({"chat_bubble_type": "IMAGE", "attachment": {"image": {"img_url": IMAGE}}}),
        ),
        (
            plain,
            file(),
            json!({"chat_bubble_type": "FILE", "attachment": {"file": {"file_url": FILE, "file_name": "표.pdf",
                "file_size": 1_234}}}),
        ),
        (
            rich,
            card(),
            json!({"chat_bubble_type": "IMAGE", "message": "무엇을 도와드릴까요?", "attachment": {
                "image": {"img_url": IMAGE},
                "buttons": [{"name": "배송 조회", "type": "BK", "extra": "m41_0"},
                    {"name": "매장", "type": "WL", "url_mobile": "https://m.shop.example",
                        "url_pc": "https://shop.example"},
                    {"name": "챗봇", "type": "BT", "chat_event": "HELLO"}],
                "quick_replies": [{"name": "처음으로", "type": "BK", "extra": "q41_0"}]}}),
        ),
        (
            rich,
            carousel(),
            json!({"chat_bubble_type": "CAROUSEL_FEED", "carousel": {"list": [
                {"header": "감귤", "message": "달아요", "attachment": {"image": {"img_url": IMAGE},
                    "buttons": [{"name": "고르기", "type": "BK", "extra": "m41_0"}]}},
                {"message": "달아요", "attachment": {"image": {"img_url": IMAGE},
                    "buttons": [{"name": "고르기", "type": "BK", "extra": "m41_0"}]}}]}}),
        ),
        (
            rich,
            Bubble { auto_answer: Some("S4".to_owned()), ..Bubble::text("곧 연결돼요") },
            json!({"chat_bubble_type": "TEXT", "message": "곧 연결돼요", "auto_answer": "S4"}),
        ),
    ];
    for (path, bubble, expected) in table {
        assert_eq!(sent(Relay::HappytalkV3, &bubble), (path.to_owned(), with_keys(&expected)));
    }
}

#[test]
fn dktechin_puts_keys_into_headers_and_bubbles_into_chapters() {
    let call = send(&line(Relay::Dktechin), WHOM, "clz-17", &Bubble::text("안녕"));
    let expected = json!({"version": 1, "chapters": [{"sections": [{"type": "text", "data": "안녕"}]}],
        "meta": {"trace": "clz-17"}});
    assert_eq!(body(&call), expected);
    let headers: Vec<(&str, &str)> =
        call.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let expected = [
        ("X-Platform-Type", "kakao_counsel_talk"),
        ("X-Service-Key", SENDER),
        ("X-User-Key", USER),
        ("X-Event-Key", "810200300"),
    ];
    assert_eq!(headers, expected);
    let section = |bubble: &Bubble| {
        let (path, body) = sent(Relay::Dktechin, bubble);
        (path, body["chapters"][0]["sections"].clone())
    };
    let (plain, rich) = ("POST /api/v1/send/plain".to_owned(), "POST /api/v1/send/rich".to_owned());
    assert_eq!(
        section(&file()),
        (plain.clone(), json!([{"type": "file", "data": FILE, "name": "표.pdf", "size": 1_234}]))
    );
    let video = Bubble::media(medium(MediaKind::Video, FILE));
    assert_eq!(section(&video), (plain, json!([{"type": "video", "data": FILE}])));
    let (path, sections) = section(&card());
    assert_eq!(path, rich);
    assert_eq!(sections[0]["type"], "image");
    assert_eq!(sections[0]["data"], "무엇을 도와드릴까요?");
    assert_eq!(sections[0]["attachment"]["image"]["img_url"], IMAGE);
    assert_eq!(sections[0]["attachment"]["quick_replies"][0]["extra"], "q41_0");
    let (_, sections) = section(&carousel());
    assert_eq!(sections[0]["type"], "carousel_feed");
    assert_eq!(sections[0]["carousel"]["list"][0]["header"], "감귤");
    let asked = consent(&facts(Relay::Dktechin)).expect("asks");
    assert_eq!(section(&asked), (rich, json!([{"type": "personal"}])));
}

#[test]
fn bizgo_writes_camel_case() {
    let (plain, rich) = ("POST /api/comm/v1/cstalk/plain", "POST /api/comm/v1/cstalk/rich");
    let asked = consent(&facts(Relay::Bizgo)).expect("asks");
    let table = [
        (plain, Bubble::text("안녕"), json!({"msgType": "TEXT", "message": "안녕"})),
        (
            plain,
            file(),
            json!({"msgType": "FILE", "attachment": {"file": {"fileUrl": FILE, "fileName": "표.pdf",
                "fileSize": 1_234}}}),
        ),
        (
            rich,
            card(),
            json!({"msgType": "IMAGE", "message": "무엇을 도와드릴까요?", "attachment": {
                "image": {"imgUrl": IMAGE},
                "buttons": [{"name": "배송 조회", "type": "BK", "extra": "m41_0"},
                    {"name": "매장", "type": "WL", "urlMobile": "https://m.shop.example",
                        "urlPc": "https://shop.example"},
                    {"name": "챗봇", "type": "BT", "chatEvent": "HELLO"}],
                "quickReplies": [{"name": "처음으로", "type": "BK", "extra": "q41_0"}]}}),
        ),
        (rich, asked, json!({"msgType": "PERSONAL"})),
        (
            rich,
            Bubble { auto_answer: Some("S1".to_owned()), ..Bubble::text("지금은 어려워요") },
            json!({"msgType": "TEXT", "message": "지금은 어려워요", "autoAnswer": "S1"}),
        ),
    ];
    for (path, bubble, expected) in table {
        assert_eq!(sent(Relay::Bizgo, &bubble), (path.to_owned(), with_camel_keys(&expected)));
    }
    assert_eq!(consent(&facts(Relay::Native)), None);
}

/// Kakao takes system answers on texts only, and only five of them.
#[test]
fn a_system_answer_stands_where_it_may() {
    for relay in Relay::ALL {
        for bubble in [
            Bubble { auto_answer: Some("S9".to_owned()), ..Bubble::text("안녕") },
            Bubble { auto_answer: Some("S1".to_owned()), ..card() },
            Bubble { auto_answer: Some("S1".to_owned()), ..file() },
        ] {
            let text = sent(relay, &bubble).1.to_string();
            assert!(!text.contains("auto_answer") && !text.contains("autoAnswer"), "{relay}: {text}");
        }
    }
}

fn about(call: &Call) -> (String, Value) {
    let body = match &call.body {
        CallBody::None => Value::Null,
        _ => body(call),
    };
    (format!("{} {}", call.method, path(call)), body)
}

#[test]
fn sessions_and_customers_are_ended_and_blocked_everywhere() {
    let person = json!({"user_key": USER, "sender_key": SENDER});
    let to_bot = json!({"user_key": USER, "sender_key": SENDER, "bot_event": "HELLO"});
    let camel = json!({"userKey": USER, "senderKey": SENDER});
    let camel_to_bot = json!({"userKey": USER, "senderKey": SENDER, "botEvent": "HELLO"});
    let wrapped = json!({"cstalk": {"senderKey": SENDER, "userKey": USER}});
    let table = [
        (
            Relay::Native,
            "/v2/partner_key/chat/end",
            "/v2/partner_key/chat/endWithBot",
            "/v1/partner_key/profile/user/block",
            [&person, &to_bot, &person],
        ),
        (Relay::HappytalkV1, "/v1/chat/end", "/v1/chat/end", "/v1/profile/user/block", [&person; 3]),
        (
            Relay::HappytalkV3,
            "/kakaoWebhook/v3/bzc/chat/end",
            "/kakaoWebhook/v3/bzc/chat/endWithBot",
            "/v1/profile/user/block",
            [&person, &to_bot, &person],
        ),
        (
            Relay::Dktechin,
            "/api/v1/send/end",
            "/api/v1/send/endWithBot",
            "/api/v1/profile/block",
            [&Value::Null, &json!("HELLO"), &Value::Null],
        ),
        (
            Relay::Bizgo,
            "/api/comm/v1/cstalk/end",
            "/api/comm/v1/cstalk/endWithBot",
            "/api/comm/v1/center/cstalk/profile/user/block",
            [&camel, &camel_to_bot, &wrapped],
        ),
    ];
    for (relay, ended, to_bot, blocked, bodies) in table {
        let line = line(relay);
        assert_eq!(about(&end(&line, WHOM)), (format!("POST {ended}"), bodies[0].clone()), "{relay}");
        assert_eq!(
            about(&end_with_bot(&line, WHOM, "HELLO")),
            (format!("POST {to_bot}"), bodies[1].clone()),
            "{relay}"
        );
        assert_eq!(about(&block(&line, WHOM)), (format!("POST {blocked}"), bodies[2].clone()), "{relay}");
        let unblocked = blocked.replace("block", "unblock");
        assert_eq!(about(&unblock(&line, WHOM)), (format!("POST {unblocked}"), bodies[2].clone()), "{relay}");
        // An event that no chatbot can have still ends the session.
        let no_event = about(&end_with_bot(&line, WHOM, "안녕 #1")).1.to_string();
        assert!(!no_event.contains("안녕"), "{relay}: {no_event}");
        assert_eq!(facts(relay).ends_with_bot, relay != Relay::HappytalkV1);
    }
}

#[test]
fn a_channel_is_switched_and_told_where_hooks_go() {
    let table = [
        (Relay::Native, "POST /v1/partner_key/profile/chat/activate", json!({"sender_key": SENDER})),
        (Relay::HappytalkV1, "POST /v1/profile/chat/activate", json!({"sender_key": SENDER})),
        (Relay::HappytalkV3, "POST /v1/profile/chat/activate", json!({"sender_key": SENDER})),
        (Relay::Dktechin, "PUT /api/v2/system/sender/activate", Value::Null),
        (
            Relay::Bizgo,
            "POST /api/comm/v1/center/cstalk/profile/chat/activate",
            json!({"cstalk": {"senderKey": SENDER}}),
        ),
    ];
    for (relay, path, body) in table {
        assert_eq!(about(&activate(&line(relay))), (path.to_owned(), body.clone()), "{relay}");
        let path = path.replace("activate", "deactivate");
        assert_eq!(about(&deactivate(&line(relay))), (path, body), "{relay}");
    }
    let hooks = "https://talk.example/in/secret";
    let receive = |relay| set_receive(&line(relay), hooks).map(|call| about(&call));
    let v1 = ("POST /v1/center/domain/update".to_owned(), json!({"sender_key": SENDER, "domain": hooks}));
    assert_eq!(receive(Relay::HappytalkV1), Some(v1));
    let v3 = (format!("POST /kakaoWebhook/v1/bzmc/consult/{SENDER}/receiveDomain"), json!({"domain": hooks}));
    assert_eq!(receive(Relay::HappytalkV3), Some(v3));
    let dktechin = ("PUT /api/v2/system/sender/update/receive_url".to_owned(), json!({"receive_url": hooks}));
    assert_eq!(receive(Relay::Dktechin), Some(dktechin));
    for relay in Relay::ALL {
        assert_eq!(receive(relay).is_some(), facts(relay).sets_receive_address, "{relay}");
        assert_eq!(session(&line(relay), WHOM).is_some(), facts(relay).can_query_session, "{relay}");
        assert_eq!(video_state(&line(relay), FILE).is_some(), facts(relay).videos_take_time, "{relay}");
    }
    let asked = session(&line(Relay::Bizgo), WHOM).expect("asks");
    assert_eq!(
        about(&asked).0,
        format!("GET /api/comm/v1/center/cstalk/session?senderKey={SENDER}&userKey={USER}")
    );
    let asked = session(&line(Relay::Dktechin), WHOM).expect("asks");
    assert_eq!(about(&asked).0, "GET /api/v1/session");
    let video = video_state(&line(Relay::Dktechin), "http://a.kr/v?1").expect("asks");
    assert_eq!(about(&video).0, "GET /api/v1/upload/status?type=VIDEO&url=http%3A%2F%2Fa.kr%2Fv%3F1");
}

#[test]
fn each_upload_says_what_it_is_for() {
    let form = |relay, purpose| {
        let call = upload(&line(relay), purpose, "사진.png", "image/png");
        let CallBody::Form { fields, file_field, file_name, mime } = &call.body else { panic!("{call:?}") };
        assert_eq!((file_name.as_str(), mime.as_str()), ("사진.png", "image/png"));
        let fields: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={value}")).collect();
        format!("{} {file_field} {}", path(&call), fields.join("&")).replace(SENDER, "S")
    };
    let (photo, video) = (Upload::Plain(MediaKind::Photo), Upload::Plain(MediaKind::Video));
    let table = [
        (Relay::Native, photo, "/v1/partner_key/image/upload image sender_key=S"),
        (Relay::Native, Upload::InBubble, "/v1/partner_key/image/upload image sender_key=S&image_type=link"),
        (Relay::Native, video, "/v1/partner_key/file/upload file sender_key=S&file_type=video"),
        (Relay::HappytalkV1, Upload::InBubble, "/v1/image/upload image sender_key=S&image_type=link"),
        (
            Relay::HappytalkV1,
            Upload::Plain(MediaKind::File),
            "/v1/file/upload file sender_key=S&file_type=file",
        ),
        (
            Relay::HappytalkV3,
            Upload::InBubble,
            "/kakaoWebhook/v3/bzc/image/upload image sender_key=S&image_type=rich",
        ),
        (
            Relay::HappytalkV3,
            Upload::Plain(MediaKind::Audio),
            "/kakaoWebhook/v3/bzc/file/upload file sender_key=S&file_type=audio",
        ),
        (Relay::Dktechin, photo, "/api/v1/upload/image image "),
        (Relay::Dktechin, Upload::InBubble, "/api/v1/upload/image/rich image "),
        (Relay::Dktechin, video, "/api/v1/upload/file file type=VIDEO"),
        (Relay::Bizgo, photo, "/api/comm/v1/file/cstalk/image file senderKey=S"),
        (Relay::Bizgo, Upload::InBubble, "/api/comm/v1/file/cstalk/image file senderKey=S&imageType=rich"),
        (Relay::Bizgo, video, "/api/comm/v1/file/cstalk file senderKey=S&fileType=video"),
    ];
    for (relay, purpose, expected) in table {
        assert_eq!(form(relay, purpose), expected, "{relay}");
    }
}

#[test]
fn a_bubble_names_what_must_be_uploaded() {
    let purposes = |mut bubble: Bubble| -> Vec<Upload> {
        bubble.uploads().into_iter().map(|(purpose, _)| purpose).collect()
    };
    assert_eq!(purposes(Bubble::text("안녕")), []);
    assert_eq!(purposes(card()), [Upload::InBubble]);
    assert_eq!(purposes(carousel()), [Upload::InBubble, Upload::InBubble]);
    assert_eq!(purposes(file()), [Upload::Plain(MediaKind::File)]);
}

#[test]
fn credentials_go_where_each_relay_wants_them_and_are_not_shown() {
    let headers = |relay| send(&line(relay), WHOM, "clz-17", &Bubble::text("안녕")).headers;
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    assert_eq!(headers(Relay::Native), []);
    let happytalk = [pair("HT-Client-Id", "client_id"), pair("HT-Client-Secret", "client_secret")];
    assert_eq!(headers(Relay::HappytalkV1), happytalk);
    assert_eq!(headers(Relay::HappytalkV3), happytalk);
    assert_eq!(headers(Relay::Bizgo), [pair("Authorization", "api_key")]);
    for relay in Relay::ALL {
        let mut line = line(relay);
        for value in line.credentials.values_mut() {
            *value = "s3cret".to_owned();
        }
        line.headers.push(pair("X-Contract-Token", "s3cret"));
        let shown = format!("{line:?} {:?}", send(&line, WHOM, "clz-17", &Bubble::text("안녕")));
        assert!(!shown.contains("s3cret"), "{shown}");
    }
}

/// Dealers without a published wrapper name their own paths (9).
#[test]
fn a_dealer_may_have_paths_headers_and_an_address_of_its_own() {
    let mut line = line(Relay::Native);
    line.headers.push(("X-Dealer".to_owned(), "luna".to_owned()));
    line.credentials.insert("partner_key".to_owned(), "a/b".to_owned());
    line.paths.insert("send".to_owned(), "talk/{partner}/{sender_key}/say".to_owned());
    line.paths.insert("end".to_owned(), "https://other.example/end".to_owned());
    line.paths.insert("block".to_owned(), "  ".to_owned());
    let call = send(&line, WHOM, "clz-17", &Bubble::text("안녕"));
    assert_eq!(path(&call), format!("/talk/a%2Fb/{SENDER}/say"));
    assert_eq!(call.headers, [("X-Dealer".to_owned(), "luna".to_owned())]);
    assert_eq!(end(&line, WHOM).url, "https://other.example/end");
    assert_eq!(path(&block(&line, WHOM)), "/v1/a%2Fb/profile/user/block");
    line.base_url = String::new();
    assert!(send(&line, WHOM, "1", &Bubble::text("x")).url.starts_with("https://bzc-api.kakao.com/talk/"));
    let names: Vec<&str> = NATIVE_PATHS.iter().map(|(name, _)| *name).collect();
    assert!(names.contains(&"send") && names.contains(&"upload-image") && names.len() == 9);
}
