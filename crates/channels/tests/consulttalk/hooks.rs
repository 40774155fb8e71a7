//! What the relays post.

use channels::consulttalk::{
    Class, Heard, Hook, MediaKind, Part, Reference, Relay, Sent, What, facts, media_host_is_allowed, read,
};
use serde_json::json;

use super::{SENDER, USER};

fn fixture(name: &str) -> Vec<u8> {
    let path = format!("{}/../../fixtures/consulttalk/{name}.json", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn no_header(_: &str) -> Option<String> {
    None
}

/// The hook as the relay posts it: its name is the path's end.
fn hook(relay: Relay, path: &str, name: &str) -> Hook {
    let header = |name: &str| {
        let value = match name {
            "X-Service-Key" => SENDER,
            "X-User-Key" => USER,
            "X-Event-Key" => "810200300",
            _ => return None,
        };
        (relay == Relay::Dktechin).then(|| value.to_owned())
    };
    read(relay, path, &header, &fixture(name))
}

fn heard(hook: &Hook) -> &Heard {
    match &hook.what {
        What::Message(heard) => heard,
        other => panic!("no message: {other:?}"),
    }
}

fn said(text: &str) -> Part {
    Part::Text(text.to_owned())
}

fn photo(number: u8, comment: &str) -> Part {
    let url = format!(
        "https://talk.kakaocdn.net/dna/p{number}/a/b/i_{number}.jpeg?credential=C&expires=1770000000&signature=S"
    );
    Part::Media { kind: MediaKind::Photo, url, comment: comment.to_owned() }
}

#[test]
fn whose_hook_it_is_and_when_is_read_at_every_relay() {
    let table = [
        (Relay::Native, "message", "native/message-text", Some(1_767_225_600_123)),
        (Relay::HappytalkV1, "/message/", "native/message-photos", Some(1_767_225_600_123)),
        (Relay::HappytalkV3, "seen_info", "native/seen_info", Some(1_767_225_700_000)),
        (Relay::Dktechin, "message", "dktechin/message-image", Some(1_767_225_600_123)),
        (Relay::Dktechin, "expired_session", "dktechin/expired_session", Some(1_767_229_999_000)),
        (Relay::Bizgo, "cstalk/message", "bizgo/message-text", Some(1_767_225_600_123)),
    ];
    for (relay, path, name, at_ms) in table {
        let hook = hook(relay, path, name);
        assert_eq!(hook.sender_key.as_deref(), Some(SENDER), "{name}");
        assert_eq!(hook.user_key.as_deref(), Some(USER), "{name}");
        assert_eq!(hook.session_id.as_deref(), Some("810200300"), "{name}");
        assert_eq!(hook.at_ms, at_ms, "{name}");
    }
}

/// Resellers of DKTechin leave headers out or spell the body's keys anew (6.5); elsewhere a header is nobody's word.
#[test]
fn only_dktechin_is_believed_its_headers() {
    let body = fixture("dktechin/expired_session");
    let bare = read(Relay::Dktechin, "expired_session", &no_header, &body);
    assert_eq!((bare.user_key.as_deref(), bare.session_id.as_deref()), (Some(USER), Some("810200300")));
    let from_meta = read(Relay::Dktechin, "message", &no_header, &fixture("dktechin/message-image"));
    assert_eq!((from_meta.user_key, from_meta.session_id.as_deref()), (None, Some("810200300")));
    let forged = |_: &str| Some("somebody else".to_owned());
    let native = read(Relay::Native, "message", &forged, &fixture("native/message-text"));
    assert_eq!((native.sender_key.as_deref(), native.user_key.as_deref()), (Some(SENDER), Some(USER)));
    let dktechin = read(Relay::Dktechin, "expired_session", &forged, &body);
    assert_eq!(dktechin.user_key.as_deref(), Some("somebody else"));
}

#[test]
fn serials_keep_every_digit() {
    let serial = |relay, path, name| heard(&hook(relay, path, name)).serial.clone();
    assert_eq!(
        serial(Relay::Native, "message", "native/message-text").as_deref(),
        Some("9007199254740993001")
    );
    assert_eq!(
        serial(Relay::HappytalkV1, "message", "native/message-photos").as_deref(),
        Some("9007199254740993002")
    );
    assert_eq!(
        serial(Relay::Dktechin, "message", "dktechin/message-image").as_deref(),
        Some("9007199254740993007")
    );
    assert_eq!(serial(Relay::Bizgo, "message", "bizgo/message-text").as_deref(), Some("BZ-IN-1"));
    for written in ["18446744073709551615", "123456789012345678901234567890", "-7"] {
        let body = format!(r#"{{"type":"text","content":"네","serial_number": {written} }}"#);
        let hook = read(Relay::Native, "message", &no_header, body.as_bytes());
        assert_eq!(heard(&hook).serial.as_deref(), Some(written));
    }
}

#[test]
fn what_was_said_is_read_in_all_forms() {
    let native = |name: &str| heard(&hook(Relay::Native, "message", name)).clone();
    assert_eq!(native("native/message-text").parts, [said("포장만 따로 살 수 있나요?")]);
    assert_eq!(native("native/message-photos").parts, [photo(1, ""), photo(2, "뒷면")]);
    let old = "http://dn-m.talk.kakao.com/talkm/a/b/i_3.png".to_owned();
    assert_eq!(
        native("native/message-old-photo").parts,
        [Part::Media { kind: MediaKind::Photo, url: old, comment: String::new() }]
    );
    let long = native("native/message-long");
    assert_eq!(long.long_text.as_deref(), Some("http://dn-m.talk.kakao.com/talkm/a/b/long.txt"));
    assert_eq!(native("native/message-pressed").extra.as_deref(), Some("m41_2"));
    assert_eq!(native("native/message-emoticon").parts, [Part::Unknown { kind: "emoticon".to_owned() }]);

    let dktechin = heard(&hook(Relay::Dktechin, "message", "dktechin/message-image")).clone();
    assert_eq!(dktechin.parts, [photo(4, ""), photo(5, "")]);
    let long = heard(&hook(Relay::Dktechin, "message", "dktechin/message-long")).clone();
    assert_eq!(long.long_text.as_deref(), Some("http://dn.talk.kakao.com/talkm/a/b/long.txt"));

    let bizgo = heard(&hook(Relay::Bizgo, "cstalk/message", "bizgo/message-text")).clone();
    assert_eq!(
        (bizgo.parts, bizgo.extra.as_deref()),
        (vec![said("포장만 따로 살 수 있나요?")], Some("q41_0"))
    );
    assert_eq!(heard(&hook(Relay::Bizgo, "cstalk/message", "bizgo/message-image")).parts, [photo(6, "")]);
}

#[test]
fn contents_go_before_content_and_nothing_said_is_still_heard() {
    let parts = |body: serde_json::Value| {
        heard(&read(Relay::HappytalkV3, "message", &no_header, body.to_string().as_bytes())).parts.clone()
    };
    assert_eq!(parts(json!({"type": "text", "content": "옛", "contents": ["새"]})), [said("새")]);
    assert_eq!(parts(json!({"type": "text", "content": "옛", "contents": []})), [said("옛")]);
    assert_eq!(parts(json!({"type": "text", "content": "옛", "contents": null})), [said("옛")]);
    assert_eq!(parts(json!({"content": "종류 없이"})), [said("종류 없이")]);
    assert_eq!(
        parts(json!({"type": "video", "content": "https://talk.kakaocdn.net/v.mp4"})),
        [Part::Media {
            kind: MediaKind::Video,
            url: "https://talk.kakaocdn.net/v.mp4".to_owned(),
            comment: String::new()
        }]
    );
    let unknown = |kind: &str| vec![Part::Unknown { kind: kind.to_owned() }];
    assert_eq!(parts(json!({"type": "text", "content": "  "})), unknown("text"));
    assert_eq!(parts(json!({"type": "photo", "contents": [{"comment": "주소 없이"}]})), unknown("photo"));
    assert_eq!(parts(json!({})), unknown("unknown"));
    // DKTechin's chapters are no other relay's.
    assert_eq!(
        parts(json!({"chapters": [{"sections": [{"type": "text", "data": "안녕"}]}]})),
        unknown("unknown")
    );
    let native = read(Relay::Dktechin, "message", &no_header, &fixture("native/message-text"));
    assert_eq!(heard(&native).parts, [said("포장만 따로 살 수 있나요?")]);
}

#[test]
fn a_request_to_be_talked_to_brings_what_was_before() {
    let reference = |relay, path, name| match hook(relay, path, name).what {
        What::Reference(reference) => reference,
        other => panic!("no reference: {other:?}"),
    };
    let plain = reference(Relay::Native, "reference", "native/reference");
    let expected = Reference {
        extra: Some("order_5511".to_owned()),
        app_user_id: Some("77001".to_owned()),
        ..Reference::default()
    };
    assert_eq!(plain, expected);
    let from_bot = reference(Relay::HappytalkV1, "reference", "native/reference-from-bot");
    assert_eq!(
        (from_bot.extra, from_bot.last_extra.as_deref(), from_bot.bot, from_bot.bot_event.as_deref()),
        (None, Some("order_4400"), true, Some("HELLO"))
    );
    assert_eq!(from_bot.created_at.as_deref(), Some("2025-12-30T11:20:33.5"));
    assert_eq!(from_bot.history.len(), 1);
    assert_eq!(from_bot.history[0]["utterance"], "상담원 연결");
    let bizgo = reference(Relay::Bizgo, "cstalk/reference", "bizgo/reference");
    assert_eq!((bizgo.app_user_id.as_deref(), bizgo.bot, bizgo.bot_event), (Some("77001"), false, None));
}

#[test]
fn the_other_hooks_are_told_apart() {
    let what = |relay, path, name| hook(relay, path, name).what;
    let ended = |kind: Option<&str>| What::Expired { kind: kind.map(str::to_owned) };
    assert_eq!(what(Relay::HappytalkV3, "expired_session", "native/expired_session"), ended(Some("EU")));
    assert_eq!(what(Relay::Dktechin, "expired_session", "dktechin/expired_session"), ended(None));
    assert_eq!(what(Relay::Native, "seen_info", "native/seen_info"), What::Seen);
    let personal = What::Personal { phone: "01055501234".to_owned(), nickname: "보리".to_owned() };
    assert_eq!(what(Relay::Native, "personal_info", "native/personal_info"), personal);
    assert_eq!(what(Relay::Bizgo, "cstalk/personal_info", "bizgo/personal_info"), personal);
    assert_eq!(what(Relay::Bizgo, "cstalk/cert_result", "bizgo/cert_result"), What::Certified);
    for path in ["", "/", "message_bot", "messages", "result"] {
        let what = what(Relay::Native, path, "native/message-text");
        assert!(matches!(what, What::Unknown { .. }), "{path}: {what:?}");
    }
    let nothing = read(Relay::Native, "message", &no_header, b"<html>");
    assert_eq!(nothing.what, What::Unknown { why: "the body is no JSON object" });
    let nobody = read(Relay::Native, "personal_info", &no_header, br#"{"personal_info":{"nickname":"x"}}"#);
    assert!(matches!(nobody.what, What::Unknown { .. }));
}

#[test]
fn bizgo_says_later_what_became_of_a_call() {
    let result = |name| match hook(Relay::Bizgo, "cstalk/result", name).what {
        What::Result { key, reference, operation, outcome } => (key, reference, operation, outcome),
        other => panic!("no result: {other:?}"),
    };
    let (key, reference, operation, outcome) = result("bizgo/result-delivered");
    assert_eq!(
        (key.as_str(), reference.as_deref(), operation.as_str()),
        ("BZ-OUT-1", Some("clz-17"), "write")
    );
    assert_eq!(outcome, Sent::Done { serial: Some("BZ-OUT-1".to_owned()) });
    let (key, reference, operation, outcome) = result("bizgo/result-closed");
    assert_eq!((key.as_str(), reference, operation.as_str()), ("BZ-OUT-2", None, "endwithbot"));
    let Sent::Failed(failure) = outcome else { panic!("{outcome:?}") };
    assert_eq!(
        (failure.class, failure.code.as_str(), failure.said.as_str()),
        (Class::Closed, "A821", "Invalid session")
    );
    let nameless = read(Relay::Bizgo, "cstalk/result", &no_header, br#"{"reportCode":"A000"}"#);
    assert!(matches!(nameless.what, What::Unknown { .. }));
}

/// A message with a broken character, or a mark before it, is a message.
#[test]
fn broken_bytes_cost_no_message() {
    let mut body = b"\xef\xbb\xbf{\"type\":\"text\",\"content\":\"ab".to_vec();
    body.extend(b"\xff\xfe cd\"}");
    let hook = read(Relay::Native, "message", &no_header, &body);
    assert_eq!(heard(&hook).parts, [said("ab\u{fffd}\u{fffd} cd")]);
}

#[test]
fn files_are_fetched_from_kakao_only() {
    let facts = facts(Relay::Native);
    for good in [
        "https://talk.kakaocdn.net/dna/a?credential=C",
        "http://dn-m.talk.kakao.com/a.txt",
        "https://DN.talk.kakao.com:443/a",
        "http://mud-kage.kakao.com/dn/a.jpg",
    ] {
        assert!(media_host_is_allowed(&facts, good), "{good}");
    }
    for bad in [
        "https://talk.kakaocdn.net.evil.example/a",
        "https://evil.example/talk.kakaocdn.net",
        "https://talk.kakaocdn.net@evil.example/a",
        "https://talk.kakaocdn.net\\@evil.example/a",
        "https://talk.kakaocdn.net:8443/a",
        "file:///etc/passwd",
        "//talk.kakaocdn.net/a",
        "http://169.254.169.254/",
        "",
    ] {
        assert!(!media_host_is_allowed(&facts, bad), "{bad}");
    }
}
