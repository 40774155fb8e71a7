//! Answers as they go out: each rule of product.md K9 once by hand, and all of them by chance before the simulator's
//! judge, which shares no code with the channel.

use channels::kakao::outbound::{self, Answer, Shaped, Words};
use engine::message::{Action, Button, Card, Media, Message};
use proptest::prelude::*;
use serde_json::{Value, json};
use simulator::judge::{self, Bubble};

const WORDS: Words<'static> =
    Words {
        more: "더보기", additional_choice: "골라 주세요", unsupported_media: "열어 보세요", empty: "네"
    };

fn shaped(messages: &[Message], quick_replies: &[Button]) -> Shaped {
    outbound::shape(&Answer {
        messages: messages.iter().collect(),
        quick_replies,
        agent_call: None,
        words: WORDS,
    })
}

/// The outputs of the first page.
fn outputs(messages: &[Message]) -> Value {
    let body: Value = serde_json::from_str(&shaped(messages, &[]).body).expect("is JSON");
    body["template"]["outputs"].clone()
}

fn text(text: &str, buttons: Vec<Button>) -> Message {
    Message::Text { text: text.to_owned(), buttons }
}

fn postback(label: &str) -> Button {
    Button { label: label.to_owned(), action: Action::Postback { payload: None } }
}

fn image(uri: &str) -> Media {
    Media { content_type: "image".to_owned(), uri: uri.to_owned(), alt_text: None }
}

fn card(title: &str, media: Option<Media>) -> Card {
    Card {
        title: title.to_owned(),
        description: Some("설명".to_owned()),
        media,
        uri: None,
        buttons: vec![postback("고르기")],
    }
}

/// The kinds of outputs, a carousel with its type and number.
fn kinds(outputs: &Value) -> Vec<String> {
    let of = |output: &Value| {
        let (kind, inner) = output.as_object().and_then(|map| map.iter().next()).expect("one key");
        match inner.get("items").and_then(Value::as_array) {
            Some(items) if kind == "carousel" => {
                format!("{}×{}", inner["type"].as_str().unwrap_or("?"), items.len())
            }
            _ => kind.clone(),
        }
    };
    outputs.as_array().expect("a list").iter().map(of).collect()
}

#[test]
fn a_text_is_a_bubble_and_a_text_with_buttons_a_text_card() {
    assert_eq!(outputs(&[text("안녕하세요", vec![])]), json!([{"simpleText": {"text": "안녕하세요"}}]));
    let expected = json!([{"textCard": {"description": "고르세요", "buttons": [
        {"label": "네", "action": "message", "messageText": "네"},
        {"label": "지도", "action": "webLink", "webLinkUrl": "https://a.kr/"}]}}]);
    let link =
        Button { label: "지도".to_owned(), action: Action::Link { uri: "https://a.kr/".to_owned() } };
    let found = outputs(&[text("고르세요", vec![postback("네"), link])]);
    assert_eq!(found[0]["textCard"]["description"], expected[0]["textCard"]["description"]);
    for at in 0..2 {
        for key in ["label", "action", "messageText", "webLinkUrl"] {
            let (found, wanted) =
                (&found[0]["textCard"]["buttons"][at][key], &expected[0]["textCard"]["buttons"][at][key]);
            assert_eq!(found, wanted, "button {at}, {key}");
        }
    }
}

#[test]
fn more_than_three_buttons_need_more_cards() {
    let buttons: Vec<Button> = (1..=7).map(|number| postback(&format!("버튼 {number}"))).collect();
    let shaped = shaped(&[text("고르세요", buttons)], &[]);
    let seen = judge::judge(shaped.body.as_bytes());
    assert_eq!(seen.violations, Vec::new());
    let labels: Vec<&str> = seen
        .bubbles
        .iter()
        .flat_map(Bubble::cards)
        .flat_map(|card| &card.buttons)
        .map(|button| button.label.as_str())
        .collect();
    assert_eq!(labels, ["버튼 1", "버튼 2", "버튼 3", "버튼 4", "버튼 5", "버튼 6", "버튼 7"]);
}

#[test]
fn a_card_has_a_thumbnail_or_is_a_text_card() {
    let picture = || Some(image("https://a.kr/1.png"));
    let of = |cards: Vec<Card>| kinds(&outputs(&[Message::Cards { cards }]));
    assert_eq!(of(vec![card("가", None)]), ["textCard"]);
    assert_eq!(of(vec![card("가", picture())]), ["basicCard"]);
    assert_eq!(of(vec![card("가", None), card("나", None)]), ["textCard×2"]);
    assert_eq!(of((0..10).map(|_| card("가", picture())).collect()), ["basicCard×10"]);
}

#[test]
fn a_long_text_is_divided_where_a_reader_pauses_and_not_cut() {
    let sentence = "오늘 들어온 제주 감귤이 아주 달아요. ";
    let long = sentence.repeat(100);
    let shaped = shaped(&[text(&long, vec![])], &[]);
    let seen = judge::judge(shaped.body.as_bytes());
    assert_eq!(seen.violations, Vec::new());
    let texts: Vec<String> = seen.bubbles.iter().flat_map(Bubble::texts).collect();
    assert!(texts.len() >= 2 && texts.iter().all(|part| part.ends_with("달아요.")), "{texts:?}");
    assert_eq!(words(&texts.concat()), words(&long));
}

#[test]
fn quick_replies_past_ten_wait_behind_more() {
    let replies: Vec<Button> = (1..=25).map(|number| postback(&format!("{number}번"))).collect();
    let mut page = shaped(&[text("고르세요", vec![])], &replies);
    let mut labels = Vec::new();
    for _ in 0..5 {
        let seen = judge::judge(page.body.as_bytes());
        assert_eq!(seen.violations, Vec::new(), "{}", page.body);
        assert!(seen.quick_replies.len() <= 10);
        labels.extend(
            seen.quick_replies.into_iter().map(|reply| reply.label).filter(|label| label != "더보기"),
        );
        let Some(rest) = page.rest else { break };
        page = outbound::shape_held(&rest);
    }
    let expected: Vec<String> = (1..=25).map(|number| format!("{number}번")).collect();
    assert_eq!(labels.into_iter().collect::<std::collections::BTreeSet<_>>(), expected.into_iter().collect());
}

#[test]
fn the_agent_button_is_kakaos_own() {
    let said = text("상담원을 불러 드릴게요.", vec![]);
    let answer = Answer {
        messages: vec![],
        quick_replies: &[],
        agent_call: Some((Some(&said), "상담원 연결")),
        words: WORDS,
    };
    let body = outbound::shape(&answer).body;
    let seen = judge::judge(body.as_bytes());
    assert_eq!(seen.violations, Vec::new(), "{body}");
    let buttons: Vec<_> =
        seen.bubbles.iter().flat_map(Bubble::cards).flat_map(|card| &card.buttons).collect();
    assert_eq!(
        (buttons.len(), buttons[0].action.as_str(), buttons[0].label.as_str()),
        (1, "operator", "상담원 연결")
    );
}

#[test]
fn nothing_to_say_is_said() {
    assert_eq!(outputs(&[]), json!([{"simpleText": {"text": "네"}}]));
    assert_eq!(outputs(&[text(" \n ", vec![])]), json!([{"simpleText": {"text": "네"}}]));
}

/// What is left of a text when only what a reader reads counts.
fn words(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect()
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[가-힣a-z0-9 .,!?\n]{0,80}",
        2 => "[가-힣 .\n]{900,2600}",
        1 => "[👨‍👩‍👧🇰🇷e\u{301}가 \u{0}\u{202e}]{0,600}",
        1 => Just(String::new()),
    ]
}

fn any_button() -> impl Strategy<Value = Button> {
    let action = prop_oneof![
        Just(Action::Postback { payload: None }),
        any_text().prop_map(|payload| Action::Postback { payload: Some(payload) }),
        (0..9_i64).prop_map(|flow_id| Action::Goto { flow_id, node_id: None }),
        prop_oneof![
            Just("https://a.kr/길?q=가 나"),
            Just("tel:02-123-4567"),
            Just("javascript:alert(1)"),
            Just("")
        ]
        .prop_map(|uri| Action::Link { uri: uri.to_owned() }),
    ];
    (prop_oneof![3 => "[가-힣 ]{1,10}", 1 => any_text()], action)
        .prop_map(|(label, action)| Button { label, action })
}

fn any_media() -> impl Strategy<Value = Media> {
    let kind = prop_oneof![3 => Just("image"), 1 => Just("video"), 1 => Just("link"), 1 => Just("hologram")];
    let uri = prop_oneof![3 => Just("https://a.kr/사진.png"), 1 => Just("//a.kr/1.png"), 1 => Just(""), 1 => Just("data:x")];
    (kind, uri, proptest::option::of(any_text())).prop_map(|(kind, uri, alt_text)| Media {
        content_type: kind.to_owned(),
        uri: uri.to_owned(),
        alt_text,
    })
}

fn any_message() -> impl Strategy<Value = Message> {
    let buttons = || proptest::collection::vec(any_button(), 0..12);
    let card = (any_text(), proptest::option::of(any_text()), proptest::option::of(any_media()), buttons())
        .prop_map(|(title, description, media, buttons)| Card {
            title,
            description,
            media,
            uri: None,
            buttons,
        });
    prop_oneof![
        (any_text(), buttons()).prop_map(|(text, buttons)| Message::Text { text, buttons }),
        (any_media(), buttons()).prop_map(|(media, buttons)| Message::Media { media, buttons }),
        proptest::collection::vec(card, 0..13).prop_map(|cards| Message::Cards { cards }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever a bot says, each page of it is shown, and the bubbles end.
    #[test]
    fn every_page_of_every_answer_is_shown(
        messages in proptest::collection::vec(any_message(), 0..7),
        replies in proptest::collection::vec(any_button(), 0..30),
    ) {
        let mut page = shaped(&messages, &replies);
        for number in 0.. {
            let seen = judge::judge(page.body.as_bytes());
            prop_assert_eq!(&seen.violations, &Vec::new(), "page {}: {}", number, page.body);
            prop_assert!(page.body.len() <= 30_720);
            // Quick replies come round again, bubbles do not.
            prop_assert!(number < 60 || replies.len() > 10, "the pages do not end");
            if number == 60 {
                break;
            }
            let Some(rest) = page.rest else { break };
            // As it is between two requests.
            let stored = serde_json::to_string(&rest).expect("is written");
            page = outbound::shape_held(&serde_json::from_str(&stored).expect("is read"));
        }
    }

    /// Texts are divided among bubbles and pages; no word of them is lost.
    #[test]
    fn no_word_of_a_text_is_lost(texts in proptest::collection::vec("[가-힣a-z0-9 .,!?\n]{1,2600}", 1..9)) {
        let messages: Vec<Message> = texts.iter().map(|said| text(said, vec![])).collect();
        let mut page = shaped(&messages, &[]);
        let mut read = String::new();
        loop {
            let seen = judge::judge(page.body.as_bytes());
            prop_assert_eq!(&seen.violations, &Vec::new());
            read.extend(seen.bubbles.iter().flat_map(Bubble::texts));
            let Some(rest) = page.rest else { break };
            page = outbound::shape_held(&rest);
        }
        let said = words(&texts.concat());
        if !said.is_empty() {
            prop_assert_eq!(words(&read), said);
        }
    }
}

/// What was said before a person has to wait is shown as far as it fits beside the waiting text; the rest is held.
#[test]
fn a_waiting_text_leaves_room_for_what_was_said() {
    let said: Vec<Message> = ["하나", "둘", "셋"].map(|said| text(said, vec![postback("고르기")])).to_vec();
    let hold = |messages: &[Message]| {
        outbound::hold(&Answer {
            messages: messages.iter().collect(),
            quick_replies: &[],
            agent_call: None,
            words: WORDS,
        })
        .0
    };
    let (body, rest) = outbound::shape_waiting(Some(hold(&said)), "잠시만요", "답변 보기");
    let verdict = judge::judge(body.as_bytes());
    assert_eq!(verdict.violations, []);
    assert_eq!(
        verdict.bubbles.iter().flat_map(Bubble::texts).collect::<Vec<_>>(),
        ["하나", "둘", "잠시만요"]
    );
    assert_eq!(verdict.quick_replies[0].label, "답변 보기");
    let whole = rest.expect("one is left").then(hold(&[text("넷", vec![])]));
    let verdict = judge::judge(outbound::shape_held(&whole).body.as_bytes());
    assert_eq!(verdict.bubbles.iter().flat_map(Bubble::texts).collect::<Vec<_>>(), ["셋", "넷"]);
    let (body, rest) = outbound::shape_waiting(None, " ", "");
    assert_eq!((judge::judge(body.as_bytes()).violations, rest), (vec![], None));
}
