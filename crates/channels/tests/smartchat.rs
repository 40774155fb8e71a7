//! The bridge to servers of the closed auto-reply API: each row of spec legacy-smartchat.md 7.1 and 7.3, each vector of 8,
//! and answers by chance, which Kakao's judge has to accept whatever an old server says.

use channels::{
    kakao::{
        inbound::{self, Hints},
        outbound,
    },
    smartchat::{
        Many, Options, Pictures, State,
        incoming::{self, Kind, Wanted},
        legacy::{self, Keyboard, Reply, Unread},
        outgoing::{self, Shown},
    },
};
use proptest::prelude::*;
use serde_json::{Value, json};
use simulator::judge::{self, Verdict};

fn keyboard(labels: &[&str]) -> Keyboard {
    Keyboard { buttons: labels.iter().map(|label| (*label).to_owned()).collect() }
}

fn numbered(count: usize) -> Keyboard {
    Keyboard { buttons: (1..=count).map(|n| format!("버튼 {n}")).collect() }
}

/// A skill request with this utterance and these changes.
fn request(utterance: &str, change: impl FnOnce(&mut Value)) -> inbound::Inbound {
    let mut body = json!({
        "bot": {"id": "64aa10b2c3d4e5f60718293a", "name": "가게"},
        "intent": {"id": "1", "name": "폴백 블록"},
        "action": {"id": "2", "name": "스킬", "params": {}, "clientExtra": {}},
        "userRequest": {
            "block": {"id": "1", "name": "폴백 블록"},
            "user": {"id": "0f3c", "type": "botUserKey", "properties": {"plusfriendUserKey": "Qk3-x_PmT0aB"}},
            "utterance": utterance, "params": {"surface": "Kakaotalk.plusfriend"}, "lang": "ko", "timezone": "Asia/Seoul"
        }
    });
    change(&mut body);
    inbound::read(body.to_string().as_bytes(), &Hints::default())
}

fn known(buttons: &[&str]) -> State {
    State { user_key: "k".to_owned(), friend: true, keyboard: keyboard(buttons), answered_at: 1 }
}

fn text(content: &str) -> Wanted {
    Wanted::Message { kind: Kind::Text, content: content.to_owned(), friend: false }
}

#[track_caller]
fn check_wanted(said: &str, state: &State, options: &Options, expected: &Wanted) {
    assert_eq!(incoming::wanted(&request(said, |_| ()), state, options), *expected, "{said:?}");
}

#[test]
fn each_kind_of_request_becomes_its_call() {
    let (options, state) = (Options::default(), known(&[]));
    let welcome = request("", |body| body["userRequest"]["block"]["name"] = json!("웰컴 블록"));
    assert_eq!(incoming::wanted(&welcome, &State::default(), &options), Wanted::Welcome);
    assert_eq!(incoming::wanted(&welcome, &state, &options), Wanted::Welcome);
    // An old friend: told of once, where the owner wants that.
    let first = incoming::wanted(&request("안녕", |_| ()), &State::default(), &options);
    assert_eq!(first, Wanted::Message { kind: Kind::Text, content: "안녕".to_owned(), friend: true });
    let untold = Options { tell_old_friends: false, ..Options::default() };
    check_wanted("안녕", &State::default(), &untold, &text("안녕"));
    check_wanted("차량번호등록", &state, &options, &text("차량번호등록"));
    // 처음으로 is the bot's own word unless the owner says otherwise.
    check_wanted("처음으로", &state, &options, &text("처음으로"));
    let home = Options { home_words: vec!["처음으로".to_owned()], ..Options::default() };
    check_wanted(" 처음으로\n", &state, &home, &Wanted::Home);
    let by_extra = request("메뉴", |body| body["action"]["clientExtra"] = json!({"home": true}));
    assert_eq!(incoming::wanted(&by_extra, &state, &options), Wanted::Home);
    for (kind, expected) in [
        ("image", Some(Kind::Photo)),
        ("video", Some(Kind::Video)),
        ("audio", Some(Kind::Audio)),
        ("file", None),
        ("location", None),
    ] {
        let url = "https://talk.kakaocdn.net/dna/x/1";
        let sent = request(url, |body| {
            body["userRequest"]["params"]["media"] =
                json!([{"type": kind, "url": url}, {"type": kind, "url": "https://x/2"}]);
        });
        let wanted = expected.map_or(Wanted::Unsupported, |kind| Wanted::Message {
            kind,
            content: url.to_owned(),
            friend: false,
        });
        assert_eq!(incoming::wanted(&sent, &state, &options), wanted, "{kind}");
    }
    let old_photo = "http://dn-m.talk.kakao.com/talkm/a/b/i_0.jpg";
    let wanted = Wanted::Message { kind: Kind::Photo, content: old_photo.to_owned(), friend: false };
    check_wanted(old_photo, &state, &options, &wanted);
    let secure = request("사진 2장", |body| {
        body["action"]["params"]["secureimage"] = json!(
            "{\"secureUrls\":\"List(http://secure.kakaocdn.net/1.jpg, http://secure.kakaocdn.net/2.jpg)\"}"
        );
    });
    let wanted = incoming::wanted(&secure, &state, &options);
    let first = "http://secure.kakaocdn.net/1.jpg".to_owned();
    assert_eq!(wanted, Wanted::Message { kind: Kind::Photo, content: first, friend: false });
}

#[test]
fn only_line_breaks_at_the_end_are_taken_from_an_utterance() {
    let (options, state) = (Options::default(), known(&[]));
    check_wanted("두  칸 \r\n\n", &state, &options, &text("두  칸 "));
    for blank in [" ", "\n", "", " \n "] {
        check_wanted(blank, &state, &options, &Wanted::Again);
    }
}

#[test]
fn a_button_goes_back_letter_by_letter() {
    let long = "가".repeat(500);
    let labels = [" 앞뒤 칸 ", "둘\n줄", long.as_str()];
    let (options, state) = (Options::default(), known(&labels));
    let shown = outgoing::say("고르세요", &state.keyboard, &options);
    let page = judged(&shown);
    for (at, reply) in page.quick_replies.iter().enumerate() {
        let pressed = request(reply.message.as_deref().expect("says something").trim(), |body| {
            body["action"]["clientExtra"] = reply.extra.clone().expect("carries its number");
        });
        assert_eq!(incoming::wanted(&pressed, &state, &options), text(labels[at]));
        // A number that does not fit to what was said is an old button.
        let stale = request("다른 말", |body| {
            body["action"]["clientExtra"] = reply.extra.clone().expect("carries its number");
        });
        assert_eq!(incoming::wanted(&stale, &state, &options), text("다른 말"));
    }
}

#[test]
fn strict_buttons_keep_other_words_from_the_server() {
    let strict = Options { strict_buttons: true, ..Options::default() };
    check_wanted("아무 말", &known(&["하나", "둘"]), &strict, &Wanted::Again);
    check_wanted(" 하나 ", &known(&["하나", "둘"]), &strict, &text(" 하나 "));
    check_wanted("아무 말", &known(&[]), &strict, &text("아무 말"));
    let shown = judged(&outgoing::again(&keyboard(&["하나", "둘"]), &strict));
    assert_eq!(labels(&shown), ["하나", "둘"]);
}

#[test]
fn a_user_keeps_the_key_that_was_chosen_first() {
    let sent = request("안녕", |_| ());
    assert_eq!(incoming::user_key(&sent, &State::default()), "Qk3-x_PmT0aB");
    let tested = request("안녕", |body| body["userRequest"]["user"]["properties"] = json!({}));
    assert_eq!(incoming::user_key(&tested, &State::default()), "0f3c");
    assert_eq!(incoming::user_key(&sent, &known(&[])), "k");
    // Exactly three fields, in this order.
    assert_eq!(
        incoming::body("encryptedUserKey", Kind::Text, "차량\"번호"),
        r#"{"user_key":"encryptedUserKey","type":"text","content":"차량\"번호"}"#
    );
    assert_eq!(incoming::friend_body("k"), r#"{"user_key":"k"}"#);
}

/// What is shown on the first page, by the judge of Kakao's rules.
#[track_caller]
fn judged(shown: &Shown) -> Verdict {
    let verdict = judge::judge(outbound::shape_held(&shown.held).body.as_bytes());
    assert_eq!(verdict.violations, [], "{}", outbound::shape_held(&shown.held).body);
    verdict
}

fn labels(verdict: &Verdict) -> Vec<&str> {
    verdict.quick_replies.iter().map(|reply| reply.label.as_str()).collect()
}

fn read(answer: &Value) -> Reply {
    legacy::reply(answer.to_string().as_bytes()).expect("is an answer")
}

fn shown(answer: &Value, options: &Options) -> Value {
    let reply = read(answer);
    let keyboard = reply.keyboard.clone().unwrap_or_default();
    let shown = outgoing::show(&reply, &keyboard, options, &|_| Some("https://closer.example/p".to_owned()));
    judged(&shown);
    serde_json::from_str(&outbound::shape_held(&shown.held).body).expect("is JSON")
}

/// The outputs of an answer, as far as the table of 7.3 speaks of them.
#[track_caller]
fn check_shown(message: Value, outputs: &Value) {
    let answer = shown(&Value::from_iter([("message", message)]), &Options::default());
    assert_eq!(answer["template"]["outputs"], *outputs);
}

#[test]
fn each_form_of_an_answer_has_its_bubbles() {
    let link = json!({"label": "더 보기", "url": "https://shop.example/가"});
    let button =
        json!([{"label": "더 보기", "action": "webLink", "webLinkUrl": "https://shop.example/%EA%B0%80"}]);
    let photo = json!({"url": "https://h/a.jpg", "width": 720, "height": 630});
    let thumbnail = json!({"imageUrl": "https://h/a.jpg", "altText": "사진", "fixedRatio": true});
    check_shown(json!({"text": "안녕"}), &json!([{"simpleText": {"text": "안녕"}}]));
    check_shown(
        json!({"text": "안녕", "message_button": link}),
        &json!([{"textCard": {"description": "안녕", "buttons": button, "buttonLayout": "vertical"}}]),
    );
    let long = "가".repeat(401);
    check_shown(
        json!({"text": long, "message_button": link}),
        &json!([{"simpleText": {"text": long}}, {"textCard": {"title": "더 보기", "buttons": button, "buttonLayout": "vertical"}}]),
    );
    check_shown(
        json!({"photo": photo}),
        &json!([{"simpleImage": {"imageUrl": "https://h/a.jpg", "altText": "사진"}}]),
    );
    check_shown(
        json!({"photo": photo, "message_button": link}),
        &json!([{"basicCard": {"thumbnail": thumbnail, "buttons": button, "buttonLayout": "vertical"}}]),
    );
    check_shown(
        json!({"photo": {"url": "https://h/a.jpg", "width": 800, "height": "400"}, "text": "두 배"}),
        &json!([{"basicCard": {"description": "두 배", "thumbnail": {"imageUrl": "https://h/a.jpg", "altText": "사진"}}}]),
    );
    let text = "가".repeat(231);
    check_shown(
        json!({"photo": photo, "text": text}),
        &json!([{"simpleText": {"text": text}}, {"simpleImage": {"imageUrl": "https://h/a.jpg", "altText": "사진"}}]),
    );
    check_shown(
        json!({"photo": photo, "text": text, "message_button": link}),
        &json!([{"simpleText": {"text": text}}, {"basicCard": {"thumbnail": thumbnail, "buttons": button, "buttonLayout": "vertical"}}]),
    );
    check_shown(
        json!({"message_button": link}),
        &json!([{"textCard": {"title": "더 보기", "buttons": button, "buttonLayout": "vertical"}}]),
    );
    // Telephone numbers are dialled, labels that are too long stand whole in the card, others get one.
    check_shown(
        json!({"text": "전화", "message_button": {"label": "주문페이지에서 더 자세히 보기", "url": "tel:02-123-4567"}}),
        &json!([{"textCard": {"description": "전화\n\n▸ 주문페이지에서 더 자세히 보기", "buttons": [
            {"label": "주문페이지에서 더 자세히…", "action": "phone", "phoneNumber": "02-123-4567"}], "buttonLayout": "vertical"}}]),
    );
    check_shown(
        json!({"message_button": {"label": " ", "url": "https://a"}}),
        &json!([{"textCard": {"title": "바로가기", "buttons": [
            {"label": "바로가기", "action": "webLink", "webLinkUrl": "https://a"}], "buttonLayout": "vertical"}}]),
    );
    // KakaoTalk drops an answer whose link is of another scheme.
    check_shown(
        json!({"text": "열기", "message_button": {"label": "열기", "url": "kakaotalk://open"}}),
        &json!([{"textCard": {"description": "열기"}}]),
    );
}

#[test]
fn long_texts_are_split_at_lines_and_cut_after_three() {
    let texts = |text: String| -> Vec<String> {
        let answer = shown(&json!({"message": {"text": text}}), &Options::default());
        let outputs = answer["template"]["outputs"].as_array().expect("a list").clone();
        outputs
            .iter()
            .map(|output| output["simpleText"]["text"].as_str().expect("a text").to_owned())
            .collect()
    };
    let lines = format!("{}\n{}", "가".repeat(700), "나".repeat(700));
    assert_eq!(texts(lines), ["가".repeat(700), "나".repeat(700)]);
    let much = texts("다".repeat(4_000));
    assert_eq!(much.iter().map(|text| text.chars().count()).collect::<Vec<_>>(), [1_000, 1_000, 1_000]);
    assert!(much[2].ends_with('…'));
    // Counted as UTF-16, of which an emoji has two.
    assert!(texts("😀".repeat(900)).iter().all(|text| text.encode_utf16().count() <= 1_000));
}

#[test]
fn pictures_get_addresses_that_kakao_can_load() {
    let vector =
        json!({"message": {"photo": {"url": "http://h/무 당이.png", "width": "640", "height": 480}}});
    let image = |pictures| {
        let answer = shown(&vector, &Options { pictures, ..Options::default() });
        answer["template"]["outputs"][0]["simpleImage"]["imageUrl"].as_str().expect("an address").to_owned()
    };
    assert_eq!(image(Pictures::AsIs), "http://h/%EB%AC%B4%20%EB%8B%B9%EC%9D%B4.png");
    assert_eq!(image(Pictures::Https), "https://h/%EB%AC%B4%20%EB%8B%B9%EC%9D%B4.png");
    assert_eq!(image(Pictures::Proxy), "https://closer.example/p");
}

#[test]
fn the_vectors_of_the_specification_hold() {
    let home =
        legacy::home(br#"{"type":"buttons","buttons":["\uC120\uD0DD 1","\uC120\uD0DD 2","\uC120\uD0DD 3"]}"#);
    assert_eq!(home, Ok(keyboard(&["선택 1", "선택 2", "선택 3"])));
    let plain = shown(&json!({"message": {"text": "차량번호를 적어 주세요"}}), &Options::default());
    assert_eq!(plain["template"].get("quickReplies"), None);
    let all = json!({
        "message": {"text": "등록되었습니다.", "photo": {"url": "https://h/a.jpg", "width": 640, "height": 480},
            "message_button": {"label": "쿠폰받기", "url": "https://c.example"}},
        "keyboard": {"type": "buttons", "buttons": ["처음으로", "다시 등록하기", "취소하기"]}});
    let answer = shown(&all, &Options::default());
    assert!(answer["template"]["outputs"][0].get("basicCard").is_some());
    assert_eq!(answer["template"]["quickReplies"].as_array().map(Vec::len), Some(3));
    assert_eq!(answer["template"]["quickReplies"][0]["messageText"], "처음으로");
    // 18 buttons: nine and more; more: nine others.
    let shown = outgoing::say("고르세요", &numbered(18), &Options::default());
    let first = outbound::shape_held(&shown.held);
    let page = judge::judge(first.body.as_bytes());
    assert_eq!((labels(&page).len(), labels(&page)[8], labels(&page)[9]), (10, "버튼 9", "더보기"));
    let second = outbound::shape_held(&first.rest.expect("there is more"));
    let page = judge::judge(second.body.as_bytes());
    assert_eq!((labels(&page)[0], labels(&page)[8]), ("버튼 10", "버튼 18"));
}

#[test]
fn many_buttons_fit_into_lists() {
    let list = Options { many: Many::List, ..Options::default() };
    for count in [11, 18, 20, 21, 37, 100] {
        let shown = outgoing::say("고르세요", &numbered(count), &list);
        let mut found = Vec::new();
        let mut held = Some(shown.held);
        while let Some(page) = held.as_ref().map(outbound::shape_held) {
            let verdict = judge::judge(page.body.as_bytes());
            assert_eq!(verdict.violations, []);
            let items = verdict.bubbles.iter().flat_map(judge::Bubble::cards).flat_map(|card| &card.items);
            found.extend(items.filter_map(|item| item.tap.as_ref()?.message.clone()));
            held = page.rest;
        }
        assert_eq!(found, numbered(count).buttons, "{count}");
    }
}

#[test]
fn shortened_labels_stay_different_and_say_the_whole() {
    let same = [
        "주문하신 상품의 배송 상태 조회",
        "주문하신 상품의 배송 상태 취소",
        "주문하신 상품의 배송 상태 변경",
    ];
    let page = judged(&outgoing::say("?", &keyboard(&same), &Options::default()));
    let shown = labels(&page);
    assert!(shown.iter().all(|label| label.chars().count() <= 14), "{shown:?}");
    let different: std::collections::HashSet<&&str> = shown.iter().collect();
    assert_eq!(different.len(), 3, "{shown:?}");
    for (reply, whole) in page.quick_replies.iter().zip(same) {
        assert_eq!(reply.message.as_deref(), Some(whole));
    }
}

#[test]
fn keyboards_are_read_as_they_really_came() {
    let home = |body: &str| legacy::home(body.as_bytes());
    assert_eq!(home("{\"type\":\"text\"}"), Ok(Keyboard::default()));
    assert_eq!(home("{\"text\":true,\"type\":\"text\"}"), Ok(Keyboard::default()));
    assert_eq!(
        home("\u{feff}{\"keyboard\":{\"type\":\"buttons\",\"buttons\":[1,true,\"\",null,\"a\",\"a\"]}}\n"),
        Ok(keyboard(&["1", "true", "a"]))
    );
    let many = json!({"type": "buttons", "buttons": (0..120).map(|n| n.to_string()).collect::<Vec<_>>()});
    assert_eq!(home(&many.to_string()).expect("reads").buttons.len(), 100);
    for bad in
        ["{\"type\":\"buttons\",\"buttons\":\"a,b\"}", "{\"buttons\":[\"a\"]}", "{}", "{\"type\":\"menu\"}"]
    {
        assert!(matches!(home(bad), Err(Unread::WrongKeyboard(_))), "{bad}");
    }
}

#[test]
fn what_the_old_platform_refused_is_refused_and_what_it_ignored_is_named() {
    let reply = |body: &str| legacy::reply(body.as_bytes());
    assert_eq!(reply(""), Err(Unread::Empty));
    assert_eq!(reply(" \n"), Err(Unread::Empty));
    assert_eq!(reply("<html>"), Err(Unread::Html));
    assert!(matches!(reply("ok"), Err(Unread::NotJson(_))));
    assert_eq!(reply("200"), Err(Unread::NotAnObject));
    assert_eq!(reply("{\"statusCode\":400,\"message\":\"x\"}"), Err(Unread::NoMessage));
    assert_eq!(reply("{}"), Err(Unread::NoMessage));
    assert_eq!(reply("{\"message\":{}}"), Err(Unread::EmptyMessage));
    assert_eq!(reply("{\"message\":{\"text\":\" \\n\"}}"), Err(Unread::EmptyMessage));
    let odd = reply(
        "{\"message\":{\"text\":42},\"photo\":{\"url\":\"https://h\"},\"keyboard\":{\"type\":\"buttons\",\"buttons\":\"a\"}}",
    );
    let odd = odd.expect("the message is well");
    assert_eq!((odd.text.as_deref(), odd.photo, odd.keyboard), (Some("42"), None, None));
    assert_eq!(odd.oddities, ["misplaced-part", "wrong-keyboard"]);
    let none = read(&json!({"message": {"text": "a"}, "keyboard": {"type": "text"}}));
    assert_eq!(none.keyboard, Some(Keyboard::default()), "free text is a keyboard, too");
}

#[test]
fn ten_minutes_of_silence_are_noticed() {
    let state = State { answered_at: 1_000, ..known(&[]) };
    assert!(!state.was_quiet(1_000 + 599_999));
    assert!(state.was_quiet(1_000 + 600_000));
    assert!(!State::default().was_quiet(i64::MAX));
    let kept = serde_json::to_string(&state).expect("is written");
    assert_eq!(serde_json::from_str::<State>(&kept).expect("is read"), state);
}

/// Any JSON, mostly near what an old server says.
fn answers() -> impl Strategy<Value = Value> {
    let text = prop_oneof![
        "[가-힣a-z0-9 \n😀]{0,40}",
        "[가-힣 .\n]{900,1300}",
        any::<String>(),
        Just("\u{0}\u{7}".to_owned()),
        Just("e\u{301}".repeat(600)),
        "[😀가]{400,1100}",
    ];
    let scalar = prop_oneof![
        text.clone().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<bool>().prop_map(Value::from),
        Just(Value::Null),
    ];
    let url = prop_oneof![
        Just("https://h.example/그림 1.png".to_owned()),
        Just("http://h/a.gif".to_owned()),
        Just("tel:02-1".to_owned()),
        Just("kakaotalk://x".to_owned()),
        Just("//h/a".to_owned()),
        any::<String>(),
    ];
    let size = prop_oneof![Just(json!(640)), Just(json!("320")), Just(json!(-1)), Just(Value::Null)];
    let photo = (url.clone(), size.clone(), size)
        .prop_map(|(url, width, height)| json!({"url": url, "width": width, "height": height}));
    let link = (scalar.clone(), url).prop_map(|(label, url)| json!({"label": label, "url": url}));
    let message =
        (proptest::option::of(scalar.clone()), proptest::option::of(photo), proptest::option::of(link))
            .prop_map(|(text, photo, link)| json!({"text": text, "photo": photo, "message_button": link}));
    let buttons = proptest::collection::vec(scalar.clone(), 0..130);
    let keyboard = prop_oneof![
        buttons.prop_map(|buttons| json!({"type": "buttons", "buttons": buttons})),
        Just(json!({"type": "text"})),
        scalar.clone(),
    ];
    let junk = proptest::option::of(scalar);
    (message, proptest::option::of(keyboard), junk)
        .prop_map(|(message, keyboard, junk)| json!({"message": message, "keyboard": keyboard, "junk": junk}))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    /// Whatever an old server answers: Kakao accepts every page of it, and each button is offered once and goes back whole.
    #[test]
    fn kakao_accepts_every_answer(answer in answers(), list in any::<bool>()) {
        let options = Options { many: if list { Many::List } else { Many::Paging }, ..Options::default() };
        let Ok(reply) = legacy::reply(answer.to_string().as_bytes()) else { return Ok(()) };
        let keyboard = reply.keyboard.clone().unwrap_or_default();
        let shown = outgoing::show(&reply, &keyboard, &options, &|_| None);
        prop_assert!(!shown.messages.is_empty());
        let mut page = outbound::shape_held(&shown.held);
        for _ in 0..40 {
            let verdict = judge::judge(page.body.as_bytes());
            prop_assert_eq!(&verdict.violations, &Vec::new(), "{}", page.body);
            prop_assert!(!verdict.bubbles.is_empty());
            let mut labels: Vec<&str> = verdict.quick_replies.iter().map(|reply| reply.label.as_str()).collect();
            labels.sort_unstable();
            let count = labels.len();
            labels.dedup();
            prop_assert_eq!(labels.len(), count, "two chips look alike");
            let Some(rest) = page.rest else { break };
            page = outbound::shape_held(&rest);
        }
    }

    /// No bytes at all make the reader fail in any other way than by saying so.
    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = legacy::reply(&bytes);
        let _ = legacy::home(&bytes);
        let mut almost = b"{\"message\":{\"text\":\"".to_vec();
        almost.extend(&bytes);
        almost.extend(b"\"},\"keyboard\":{\"type\":\"buttons\",\"buttons\":[1]}}");
        let _ = legacy::reply(&almost);
    }
}
