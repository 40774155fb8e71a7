//! What the relays answer.

use channels::consulttalk::{
    Class, Ended, Failure, Relay, Sent, SessionState, Uploaded, VideoState, may_repeat, read_done,
    read_ended, read_sent, read_session, read_uploaded, read_video_state,
};
use serde_json::{Value, json};

const NATIVE: [Relay; 3] = [Relay::Native, Relay::HappytalkV1, Relay::HappytalkV3];

fn sent(relay: Relay, status: u16, body: &Value) -> Sent {
    read_sent(relay, status, body.to_string().as_bytes())
}

#[track_caller]
fn class(sent: Sent) -> Class {
    match sent {
        Sent::Failed(failure) => failure.class,
        other => panic!("no failure: {other:?}"),
    }
}

#[test]
fn success_is_known_in_all_its_spellings() {
    for code in
        [json!(0), json!("0"), json!("0000"), json!(200), json!("200"), json!("SUCCESS"), json!("A000")]
    {
        for relay in NATIVE {
            assert_eq!(sent(relay, 200, &json!({"code": code})), Sent::Done { serial: None }, "{code}");
            assert_eq!(read_done(relay, 200, json!({"code": code}).to_string().as_bytes()), Ok(()), "{code}");
        }
    }
    let dktechin = json!({"code": "SUCCESS", "payload": {"message_info": [
        {"code": 0, "created_at": "2026-01-01T09:00:00.360", "serial_number": "b7_2f"}], "success_count": 1}});
    assert_eq!(sent(Relay::Dktechin, 200, &dktechin), Sent::Done { serial: Some("b7_2f".to_owned()) });
    let reseller = json!({"code": 200, "message": "SUCCESS"});
    assert_eq!(sent(Relay::Dktechin, 200, &reseller), Sent::Done { serial: None });
    let bizgo = |data: Value| json!({"common": {"authCode": "A000", "authResult": "Success"}, "data": data});
    let pending = bizgo(json!({"code": "A000", "result": "Success", "msgKey": "BZ-9", "ref": "clz-9"}));
    assert_eq!(sent(Relay::Bizgo, 200, &pending), Sent::Pending { key: "BZ-9".to_owned() });
    let ended = bizgo(json!({"code": "A000", "result": "Success", "data": {"msgKey": "BZ-8"}}));
    assert_eq!(
        read_ended(Relay::Bizgo, 200, ended.to_string().as_bytes()),
        Ended::Pending { key: "BZ-8".to_owned() }
    );
}

/// The table of 3.5, which comes with HTTP 200.
#[test]
fn every_code_of_kakao_has_its_kind() {
    let table = [
        (-400, Class::Config),
        (-500, Class::Config),
        (-501, Class::Config),
        (-502, Class::Closed),
        (-503, Class::BadUser),
        (-505, Class::BadMedia),
        (-506, Class::TooLong),
        (-507, Class::Config),
        (-508, Class::Config),
        (-509, Class::BadBubble),
        (-510, Class::BadBubble),
        (-511, Class::Blocked),
        (-512, Class::Config),
        (-600, Class::Transient),
        (-601, Class::Transient),
        (-681, Class::Config),
        (-999, Class::Unknown),
    ];
    for (code, expected) in table {
        for relay in NATIVE {
            let answer = json!({"code": code, "message": "SomeException(x)"});
            let Sent::Failed(failure) = sent(relay, 200, &answer) else { panic!("{code}") };
            let said = "SomeException(x)".to_owned();
            assert_eq!(failure, Failure { class: expected, code: code.to_string(), said });
        }
        let inner = json!({"code": "FAILED", "payload": {"message_info": [
            {"code": code, "message": "SomeException", "serial_number": "b7_2f"}]}});
        assert_eq!(class(sent(Relay::Dktechin, 200, &inner)), expected, "{code} at DKTechin");
    }
    for code in [-504, -520] {
        assert_eq!(sent(Relay::Native, 200, &json!({"code": code})), Sent::AlreadySent);
        assert_eq!(sent(Relay::HappytalkV3, 200, &json!({"code": code.to_string()})), Sent::AlreadySent);
    }
    for code in ["403", "507", "508", "509", "514", "515", "516", "517", "805", "810", "811", "4060"] {
        let failure = read_done(Relay::HappytalkV1, 200, json!({"code": code}).to_string().as_bytes());
        assert_eq!(failure.map_err(|failure| failure.class), Err(Class::Config), "{code}");
    }
}

#[test]
fn every_word_of_the_others_has_its_kind() {
    let dktechin = [
        ("UNAUTHORIZED", Class::Config),
        ("INVALID_KEY_EXCEPTION", Class::Config),
        ("INVALID_PARAMETER", Class::BadBubble),
        ("NOT_ALLOWED_TYPE", Class::BadBubble),
        ("UNKNOWN_SYSTEM_ERROR", Class::Transient),
        ("SOMETHING_NEW", Class::Unknown),
    ];
    for (word, expected) in dktechin {
        assert_eq!(
            class(sent(Relay::Dktechin, 200, &json!({"code": word, "payload": null}))),
            expected,
            "{word}"
        );
    }
    let bizgo = [
        ("A020", Class::RateLimited),
        ("A502", Class::Config),
        ("A507", Class::BadUser),
        ("A572", Class::BadBubble),
        ("A573", Class::BadBubble),
        ("A821", Class::Closed),
        ("A201", Class::BadMedia),
        ("A213", Class::Transient),
        ("A820", Class::Unknown),
    ];
    for (code, expected) in bizgo {
        let answer = json!({"common": {"authCode": "A000"}, "data": {"code": code, "result": "x"}});
        assert_eq!(class(sent(Relay::Bizgo, 200, &answer)), expected, "{code}");
    }
    // The same numbers are about the caller where they stand in `common`.
    let caller = |code: &str| json!({"common": {"authCode": code, "authResult": "no"}});
    assert_eq!(class(sent(Relay::Bizgo, 401, &caller("A401"))), Class::Config);
    assert_eq!(class(sent(Relay::Bizgo, 200, &caller("A572"))), Class::Config);
    assert_eq!(class(sent(Relay::Bizgo, 429, &caller("A020"))), Class::RateLimited);
}

#[test]
fn a_status_speaks_where_the_body_does_not() {
    for relay in Relay::ALL {
        for (status, expected) in [
            (401, Class::Config),
            (403, Class::Config),
            (404, Class::Config),
            (402, Class::Quota),
            (413, Class::BadMedia),
            (429, Class::RateLimited),
            (500, Class::Transient),
            (503, Class::Transient),
            (302, Class::Unknown),
        ] {
            let answer = read_sent(relay, status, b"<html><h1>Error</h1></html>");
            assert_eq!(class(answer), expected, "{status} at {relay}");
        }
        for nothing in [&b""[..], b"{}", b"[]", b"ok"] {
            assert_eq!(class(read_sent(relay, 200, nothing)), Class::Unknown, "{relay}");
        }
        // A success with a status that is none is none.
        assert_eq!(class(sent(relay, 500, &json!({"code": 0}))), Class::Transient);
        let far_too_long = json!({"code": -601, "message": "x".repeat(10_000)});
        let Sent::Failed(failure) = sent(relay, 500, &far_too_long) else { panic!("{relay}") };
        assert!(failure.said.chars().count() <= 500);
    }
}

#[test]
fn an_end_says_whether_anything_was_open() {
    let ended = |relay, body: Value| read_ended(relay, 200, body.to_string().as_bytes());
    let closed = |id: &str| Ended::Closed { session_id: Some(id.to_owned()) };
    assert_eq!(ended(Relay::Native, json!({"code": 0, "session_id": "810200300"})), closed("810200300"));
    assert_eq!(ended(Relay::HappytalkV1, json!({"code": 0, "sessionId": 810_200_300})), closed("810200300"));
    assert_eq!(ended(Relay::HappytalkV3, json!({"code": "0000"})), Ended::WasClosed);
    assert_eq!(ended(Relay::Native, json!({"code": -502})), Ended::WasClosed);
    assert_eq!(ended(Relay::Dktechin, json!({"code": "SUCCESS"})), Ended::Closed { session_id: None });
    let gone = json!({"common": {"authCode": "A000"}, "data": {"code": "A821"}});
    assert_eq!(ended(Relay::Bizgo, gone), Ended::WasClosed);
    let Ended::Failed(failure) = ended(Relay::Native, json!({"code": -507})) else { panic!("no failure") };
    assert_eq!(failure.class, Class::Config);
}

#[test]
fn uploads_are_read_at_every_relay() {
    let uploaded = |relay, body: Value| read_uploaded(relay, 200, body.to_string().as_bytes());
    let plain = |url: &str| Ok(Uploaded { url: url.to_owned(), name: None, size: None });
    let file =
        |url: &str| Ok(Uploaded { url: url.to_owned(), name: Some("표.pdf".to_owned()), size: Some(1_234) });
    let (image, document) = ("http://mud-kage.kakao.com/dn/a.jpg", "http://mud-kage.kakao.com/dn/b.pdf");
    assert_eq!(uploaded(Relay::Native, json!({"code": "0000", "image": image})), plain(image));
    assert_eq!(uploaded(Relay::HappytalkV1, json!({"code": 0, "file": image})), plain(image));
    let happytalk = json!({"code": "0000", "file": document, "name": "표.pdf", "size": 1_234});
    assert_eq!(uploaded(Relay::HappytalkV3, happytalk), file(document));
    let dktechin =
        json!({"code": "SUCCESS", "payload": document, "extra": {"FILE_NAME": "표.pdf", "FILE_SIZE": 1_234}});
    assert_eq!(uploaded(Relay::Dktechin, dktechin), file(document));
    let bizgo = |data: Value| json!({"common": {"authCode": "A000"}, "data": data});
    let data = json!({"code": "A000", "fileUrl": document, "fileName": "표.pdf", "size": "1234"});
    assert_eq!(uploaded(Relay::Bizgo, bizgo(data.clone())), file(document));
    assert_eq!(uploaded(Relay::Bizgo, bizgo(json!({"code": "A000", "data": data}))), file(document));
    assert_eq!(uploaded(Relay::Bizgo, bizgo(json!({"code": "A000", "imgUrl": image}))), plain(image));
    let refused = |relay, body| uploaded(relay, body).map_err(|failure| failure.class);
    assert_eq!(refused(Relay::Native, json!({"code": -505})), Err(Class::BadMedia));
    assert_eq!(refused(Relay::Dktechin, json!({"code": "NOT_ALLOWED_TYPE"})), Err(Class::BadMedia));
    assert_eq!(refused(Relay::Bizgo, bizgo(json!({"code": "A213"}))), Err(Class::BadMedia));
    assert_eq!(refused(Relay::Native, json!({"code": "0000"})), Err(Class::Unknown));
}

#[test]
fn a_session_is_read_out_of_its_text() {
    let session = |relay, body: Value| read_session(relay, 200, body.to_string().as_bytes());
    let inner = json!({"code": 0, "session": {"session_id": 9_007_199_254_740_993_u64, "started_type": "UM",
        "started_at": "2026-01-01T09:00:00", "expired_type": null, "expired_at": null}});
    let wrapped = json!({"code": "SUCCESS", "payload": inner.to_string()});
    let open = session(Relay::Dktechin, wrapped).expect("is a session");
    assert_eq!(open.session_id.as_deref(), Some("9007199254740993"));
    assert!(open.is_open());
    let bizgo = json!({"common": {"authCode": "A000"}, "data": {"code": "A000", "data": {
        "sessionId": "810200300", "startedType": "SW", "expiredType": "EP", "expiredAt": "2026-01-02T09:00:00"}}});
    let over = session(Relay::Bizgo, bizgo).expect("is a session");
    assert_eq!((over.expired_type.as_deref(), over.is_open()), (Some("EP"), false));
    let none = json!({"code": "SUCCESS", "payload": "{\"code\":-502}"});
    assert_eq!(session(Relay::Dktechin, none), Ok(SessionState::default()));
    let none = json!({"common": {"authCode": "A000"}, "data": {"code": "A820"}});
    assert_eq!(session(Relay::Bizgo, none), Ok(SessionState::default()));
    let refused = session(Relay::Dktechin, json!({"code": "UNAUTHORIZED"}));
    assert_eq!(refused.map_err(|failure| failure.class), Err(Class::Config));
}

#[test]
fn a_video_is_ready_when_the_relay_says_so() {
    let state = |payload: Value| {
        read_video_state(200, json!({"code": "SUCCESS", "payload": payload}).to_string().as_bytes())
            .map_err(|failure| failure.class)
    };
    assert_eq!(state(json!("COMPLETE")), Ok(VideoState::Ready));
    assert_eq!(state(json!({"status": "IN_PROGRESS"})), Ok(VideoState::Working));
    assert_eq!(state(json!("NOT_FOUND")), Ok(VideoState::Missing));
    assert_eq!(state(json!("?")), Err(Class::Unknown));
}

#[test]
fn nothing_is_sent_twice() {
    let failed = |class| Sent::Failed(Failure { class, code: String::new(), said: String::new() });
    for relay in Relay::ALL {
        let dedupes = NATIVE.contains(&relay);
        assert_eq!(may_repeat(relay, None), dedupes, "{relay}: a lost answer");
        assert_eq!(may_repeat(relay, Some(&failed(Class::Transient))), dedupes, "{relay}");
        assert!(may_repeat(relay, Some(&failed(Class::RateLimited))), "{relay}");
        for class in Class::ALL {
            if !matches!(class, Class::Transient | Class::RateLimited) {
                assert!(!may_repeat(relay, Some(&failed(class))), "{relay}: {class:?}");
            }
        }
        for done in [Sent::AlreadySent, Sent::Done { serial: None }, Sent::Pending { key: String::new() }] {
            assert!(!may_repeat(relay, Some(&done)), "{relay}: {done:?}");
        }
    }
}

#[test]
fn every_kind_of_failure_has_words_of_its_own() {
    let mut seen = std::collections::BTreeSet::new();
    for class in Class::ALL {
        let words = class.words();
        assert!(words.ko.ends_with("요.") && words.en.ends_with('.'), "{class:?}");
        assert!(seen.insert(words.ko) && seen.insert(words.en), "{class:?}");
    }
}
