//! Each rule of the judge has an answer that breaks it, and only it; a rule without one fails here.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use simulator::judge::{Asked, judge, judge_answer, rule};

/// An answer with one output.
fn one(output: &Value) -> Value {
    json!({"version": "2.0", "template": {"outputs": [output]}})
}

fn text_card(more: &Value) -> Value {
    let mut card = json!({"title": "안내", "description": "내용"});
    card.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
    one(&json!({"textCard": card}))
}

fn basic_card(more: &Value) -> Value {
    let mut card = json!({"title": "감귤", "thumbnail": {"imageUrl": "https://a.kr/1.png"}});
    card.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
    one(&json!({"basicCard": card}))
}

fn commerce_card(more: &Value) -> Value {
    let mut card = json!({"title": "감귤", "description": "5kg", "price": 28000, "currency": "won",
        "thumbnails": [{"imageUrl": "https://a.kr/1.png"}]});
    card.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
    one(&json!({"commerceCard": card}))
}

fn list_card(more: &Value) -> Value {
    let mut card = json!({"header": {"title": "상품"}, "items": [{"title": "감귤"}]});
    card.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
    one(&json!({"listCard": card}))
}

fn item_card(more: &Value) -> Value {
    let mut card = json!({"itemList": [{"title": "주문", "description": "감귤"}]});
    card.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
    one(&json!({"itemCard": card}))
}

fn carousel(kind: &str, items: &[Value]) -> Value {
    one(&json!({"carousel": {"type": kind, "items": items}}))
}

fn quick_reply(reply: &Value) -> Value {
    json!({"version": "2.0", "template": {"outputs": [{"simpleText": {"text": "네"}}], "quickReplies": [reply]}})
}

fn context(value: &Value) -> Value {
    json!({"version": "2.0", "template": {"outputs": [{"simpleText": {"text": "네"}}]}, "context": {"values": [value]}})
}

fn button(button: &Value) -> Value {
    text_card(&json!({"buttons": [button]}))
}

/// The name of a rule and an answer that breaks it alone.
fn examples() -> Vec<(&'static str, Value)> {
    let long = |count: usize| "가".repeat(count);
    let row = json!({"title": "주문", "description": "감귤"});
    let card = json!({"title": "감귤", "thumbnail": {"imageUrl": "https://a.kr/1.png"}});
    let square =
        json!({"title": "감귤", "thumbnail": {"imageUrl": "https://a.kr/1.png", "fixedRatio": true}});
    let tap = |label: &str| json!({"label": label, "action": "message", "messageText": "네"});
    vec![
        ("not-an-object", json!([])),
        ("version-1", json!({"template": {"outputs": [{"simpleText": {"text": "네"}}]}})),
        ("version", json!({"version": "3.0", "template": {"outputs": [{"simpleText": {"text": "네"}}]}})),
        ("template-missing", json!({"version": "2.0"})),
        ("template-ignored", json!({"version": "2.0", "useCallback": true, "template": {"outputs": []}})),
        ("outputs-missing", json!({"version": "2.0", "template": {}})),
        (
            "outputs-count",
            json!({"version": "2.0", "template": {"outputs": vec![json!({"simpleText": {"text": "네"}}); 4]}}),
        ),
        ("output-keys", one(&json!({"simpleText": {"text": "네"}, "simpleImage": {}}))),
        ("output-unknown", one(&json!({"bigText": {"text": "네"}}))),
        (
            "bubble-too-large",
            button(&json!({"label": "네", "action": "message", "messageText": long(11_000)})),
        ),
        ("field-missing", one(&json!({"simpleText": {}}))),
        ("field-type", one(&json!({"simpleText": {"text": 5}}))),
        ("text-empty", one(&json!({"simpleText": {"text": "  "}}))),
        ("text-too-long", one(&json!({"simpleText": {"text": long(1_001)}}))),
        ("text-nul", one(&json!({"simpleText": {"text": "가\u{0}나"}}))),
        (
            "lines",
            one(&json!({"carousel": {"type": "basicCard", "items": [card], "header": {"title": "가\n나\n다",
            "description": "라", "thumbnail": {"imageUrl": "https://a.kr/1.png"}}}})),
        ),
        ("url", one(&json!({"simpleImage": {"imageUrl": "ftp://a.kr/1.png", "altText": "귤"}}))),
        ("alt-text-missing", one(&json!({"simpleImage": {"imageUrl": "https://a.kr/1.png"}}))),
        ("text-card-empty", one(&json!({"textCard": {"buttons": [tap("네")]}}))),
        ("thumbnail-missing", one(&json!({"basicCard": {"title": "감귤"}}))),
        ("price", commerce_card(&json!({"price": 28000.5}))),
        ("thumbnails-count", commerce_card(&json!({"thumbnails": []}))),
        ("currency", commerce_card(&json!({"currency": "usd"}))),
        ("discount-rate", commerce_card(&json!({"discountRate": 10}))),
        ("list-header", list_card(&json!({"header": {}}))),
        ("list-count", list_card(&json!({"items": vec![json!({"title": "감귤"}); 6]}))),
        ("list-item-action", list_card(&json!({"items": [{"title": "감귤", "action": "webLink"}]}))),
        ("list-item-long", list_card(&json!({"items": [{"title": long(37)}]}))),
        ("item-count", item_card(&json!({"itemList": []}))),
        ("item-head", item_card(&json!({"head": {"title": "가"}, "profile": {"title": "나"}}))),
        ("item-title", item_card(&json!({"description": "설명"}))),
        ("item-alignment", item_card(&json!({"itemListAlignment": "center"}))),
        (
            "item-summary",
            item_card(&json!({"itemListSummary": {"title": "합계", "description": "아주 많이"}})),
        ),
        (
            "item-ratio",
            item_card(&json!({"thumbnail": {"imageUrl": "https://a.kr/1.png", "width": 3, "height": 1}})),
        ),
        (
            "item-mixed",
            carousel(
                "itemCard",
                &[json!({"itemList": [row]}), json!({"itemList": [row], "head": {"title": "가"}})],
            ),
        ),
        ("carousel-type", carousel("simpleText", &[])),
        ("carousel-count", carousel("textCard", &vec![json!({"title": "가"}); 11])),
        (
            "carousel-header",
            one(
                &json!({"carousel": {"type": "textCard", "items": [{"title": "가"}], "header": {"title": "가",
            "description": "나", "thumbnail": {"imageUrl": "https://a.kr/1.png"}}}}),
            ),
        ),
        ("carousel-ratio", carousel("basicCard", &[card, square])),
        ("link-empty", basic_card(&json!({"thumbnail": {"imageUrl": "https://a.kr/1.png", "link": {}}}))),
        ("buttons-count", text_card(&json!({"buttons": vec![tap("네"); 4]}))),
        ("button-layout", text_card(&json!({"buttonLayout": "diagonal"}))),
        ("button-action", button(&json!({"label": "네", "action": "dance"}))),
        ("button-action-retired", button(&json!({"label": "네", "action": "osLink"}))),
        ("button-action-group", button(&json!({"label": "네", "action": "mention"}))),
        ("extra", button(&json!({"label": "네", "action": "operator", "extra": "{}"}))),
        (
            "quick-replies-count",
            json!({"version": "2.0", "template": {"outputs": [{"simpleText": {"text": "네"}}],
            "quickReplies": vec![tap("네"); 11]}}),
        ),
        (
            "quick-reply-action",
            quick_reply(&json!({"label": "네", "action": "webLink", "webLinkUrl": "https://a.kr"})),
        ),
        ("quick-reply-case", quick_reply(&json!({"label": "네", "action": "Message", "messageText": "네"}))),
        ("context-life-span", context(&json!({"name": "가", "lifeSpan": "3"}))),
        ("context-params", context(&json!({"name": "가", "lifeSpan": 3, "params": {"a": 1}}))),
        ("context-limits", context(&json!({"name": long(51), "lifeSpan": 3}))),
    ]
}

#[test]
fn each_rule_is_broken_by_its_example_and_by_nothing_else() {
    let mut shown: BTreeSet<&str> = ["not-json", "content-type"].into();
    for (name, answer) in examples() {
        let verdict = judge(answer.to_string().as_bytes());
        let broken: Vec<&str> =
            verdict.violations.iter().chain(&verdict.remarks).map(|violation| violation.rule).collect();
        assert_eq!(broken, [name], "{answer}");
        let drops = rule::Rule::named(name).expect("is listed").drops;
        assert_eq!(verdict.violations.is_empty(), !drops, "{name}");
        assert!(!drops || verdict.bubbles.is_empty(), "{name}: nothing of a dropped answer is seen");
        shown.insert(name);
    }
    assert_eq!(judge(b"oops").violations[0].rule, "not-json");
    let fine = one(&json!({"simpleText": {"text": "네"}})).to_string();
    let typed = judge_answer(fine.as_bytes(), Some("text/html"), Asked::default());
    assert_eq!((typed.violations.len(), typed.remarks[0].rule), (0, "content-type"));
    let missing: Vec<&str> =
        rule::ALL.iter().map(|rule| rule.name).filter(|name| !shown.contains(name)).collect();
    assert_eq!(missing, Vec::<&str>::new(), "rules without an example");
}

#[test]
fn what_is_just_within_the_limits_is_shown() {
    let long = |count: usize| "가".repeat(count);
    let tap = |label: &str| json!({"label": label, "action": "message", "messageText": "네"});
    let cards: Vec<Value> = (0..10)
        .map(|_| json!({"title": long(50), "description": "나", "thumbnail": {"imageUrl": "https://a.kr/1.png"}}))
        .collect();
    let fine = [
        one(&json!({"simpleText": {"text": long(1_000)}})),
        json!({"version": "2.0", "template": {"outputs": vec![json!({"simpleText": {"text": "네"}}); 3],
            "quickReplies": vec![tap(&long(14)); 10]}}),
        text_card(&json!({"title": "가", "description": long(399), "buttons": vec![tap(&long(14)); 3]})),
        text_card(&json!({"buttonLayout": "horizontal", "buttons": vec![tap(&long(8)); 2]})),
        carousel("basicCard", &cards),
        commerce_card(&json!({"discountRate": 10, "discountedPrice": 25200})),
        list_card(&json!({"items": vec![json!({"title": "감귤", "link": {"web": "https://a.kr"}}); 5]})),
        item_card(&json!({"title": "주문", "description": "내역", "head": {"title": "맑은마켓"},
            "itemListSummary": {"title": "합계", "description": "28,000원"}})),
        json!({"version": "2.0", "useCallback": true, "data": {"text": "잠시만요"}}),
        context(&json!({"name": "주문", "lifeSpan": 0, "ttl": 60, "params": {"번호": "1"}})),
    ];
    for answer in fine {
        let verdict = judge(answer.to_string().as_bytes());
        assert_eq!((verdict.violations, verdict.remarks), (Vec::new(), Vec::new()), "{answer}");
    }
}

#[test]
fn an_event_may_be_answered_with_silence_and_a_block_without_skill_data_with_nothing() {
    let silent = json!({"version": "2.0", "template": {"outputs": []}}).to_string();
    let by_event = Asked { by_event: true, ..Asked::default() };
    assert_eq!(judge(silent.as_bytes()).violations[0].rule, "outputs-count");
    assert!(judge_answer(silent.as_bytes(), None, by_event).violations.is_empty());
    let data = json!({"version": "2.0", "data": {"a": 1}}).to_string();
    let drawn = Asked { skill_data: false, ..Asked::default() };
    assert!(judge_answer(data.as_bytes(), None, drawn).violations.is_empty());
}
