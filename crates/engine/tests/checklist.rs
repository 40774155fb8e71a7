//! The check list of the editor: each thing that it knows, in a bot that has it and in one that has not.

use engine::bot::{
    BotFile, Severity,
    check::{self, Limits},
};
use serde_json::{Value, json};

/// A channel that shows three bubbles and 1,000 bytes at once; texts of up to ten letters count as one bubble.
const LIMITS: Limits = Limits {
    platform: "kakao",
    channel: ("카카오톡", "KakaoTalk"),
    text: 1_000,
    text_with_buttons: 400,
    cards: 10,
    card_title: 50,
    heading_in_row: 0,
    card_body: 76,
    card_body_in_row: (76, 128),
    buttons: 3,
    buttons_in_row: 3,
    label: 14,
    quick_replies: 10,
    quick_reply_label: 14,
    payload: 1_000,
    answer: Some((3, 1_000)),
    weigh: |messages| {
        let size = |message: &engine::message::Message| format!("{message:?}").len();
        (messages.len(), messages.iter().map(size).sum())
    },
    measure: |text| text.chars().count(),
    then: check::Then::DIVIDED,
};

/// All that is said of a bot with these flows, as `code@flow/node.field`; a `!` stands before warnings, two before errors.
fn found(flows: &Value) -> Vec<String> {
    let file =
        json!({"title": "시험", "flows": flows, "preference": {"entryFlowId": 1, "fallbackFlowId": 2}});
    let file = BotFile::read(&file.to_string()).expect("is a bot").file;
    check::check(&file, &LIMITS)
        .iter()
        .map(|complaint| {
            let mark = match complaint.severity {
                Severity::Error => "!!",
                Severity::Warning => "!",
                Severity::Note => "",
            };
            let part = |part: &Option<String>| part.clone().unwrap_or_default();
            let spot = &complaint.spot;
            format!(
                "{mark}{}@{}/{}.{}",
                complaint.code,
                part(&spot.flow),
                part(&spot.node),
                part(&spot.field)
            )
        })
        .collect()
}

/// What is said with this code.
#[track_caller]
fn check(code: &str, flows: &Value, expected: &[&str]) {
    let found = found(flows);
    let of_code: Vec<&String> =
        found.iter().filter(|it| it.trim_start_matches('!').starts_with(&format!("{code}@"))).collect();
    assert_eq!(of_code, expected, "{found:#?}");
}

fn node(id: i64, kind: &str, data: &Value, next: &Value) -> Value {
    json!({"id": id, "type": kind, "label": format!("{kind} {id}"), "data": data, "next": next})
}

fn text(id: i64, text: &str, next: i64) -> Value {
    node(id, "response", &json!({"message": {"type": "text", "text": text}}), &json!([{"nodeId": next}]))
}

fn ask(id: i64, next: &Value) -> Value {
    node(id, "keyboard", &json!({"type": "any"}), next)
}

/// The entry flow with these nodes behind its entry, a fallback flow that goes back, and further flows.
fn flows(nodes: &[Value], more: &[Value]) -> Value {
    let entry = || json!({"id": 1, "type": "entry", "label": "진입", "next": [{"nodeId": 2}]});
    let flow = |id: i64, nodes: &[Value]| {
        let nodes: Vec<Value> = std::iter::once(entry()).chain(nodes.iter().cloned()).collect();
        json!({"id": id, "title": format!("플로우 {id}"), "nodes": nodes})
    };
    let mut all = vec![flow(1, nodes)];
    let has_fallback = more.iter().any(|flow| flow["id"] == 2);
    if !has_fallback {
        all.push(flow(2, &[node(2, "back", &json!({"operation": "pop"}), &json!([]))]));
    }
    all.extend(
        more.iter()
            .map(|more| flow(more["id"].as_i64().expect("an id"), more["nodes"].as_array().expect("nodes"))),
    );
    Value::Array(all)
}

#[test]
fn dead_ends() {
    check(
        "dead-end",
        &flows(&[text(2, "안녕", 3), text(3, "끝", 4), node(4, "params", &json!({}), &json!([]))], &[]),
        &["dead-end@1/4."],
    );
    check(
        "input-leads-nowhere",
        &flows(&[text(2, "안녕", 3), ask(3, &json!([]))], &[]),
        &["!input-leads-nowhere@1/3."],
    );
    check("dead-end", &flows(&[text(2, "안녕", 3), ask(3, &json!([{"nodeId": 2}]))], &[]), &[]);
}

#[test]
fn unreachable_flows() {
    let go = |to: i64| node(3, "flow", &json!({"flowId": to}), &json!([]));
    let of = |id: i64, nodes: &[Value]| json!({"id": id, "nodes": nodes});
    // 3 and 4 lead to each other, and nothing leads there.
    let island = [of(3, &[text(2, "셋", 3), go(4)]), of(4, &[text(2, "넷", 3), go(3)])];
    check(
        "flow-not-linked",
        &flows(&[text(2, "안녕", 3), ask(3, &json!([{"nodeId": 2}]))], &island),
        &["flow-not-linked@3/.", "flow-not-linked@4/."],
    );
    check("flow-not-linked", &flows(&[text(2, "안녕", 3), go(3)], &island), &[]);
    // A button leads there too, and a template may lead anywhere.
    let button = json!({"type": "buttons", "buttons": [{"type": "goto", "label": "가", "flowId": 3}]});
    check("flow-not-linked", &flows(&[node(2, "keyboard", &button, &json!([]))], &island), &[]);
    let anywhere = node(2, "flow", &json!({"flowId": "{{params.to}}"}), &json!([]));
    check("flow-not-linked", &flows(&[anywhere], &island), &[]);
}

#[test]
fn edges_that_never_win() {
    let with = |edges: Value| flows(&[text(2, "안녕", 3), ask(3, &edges), text(4, "가", 3)], &[]);
    let yes = json!({"message": {"equals": "네"}});
    check(
        "edge-never-wins",
        &with(json!([{"nodeId": 4, "where": yes}, {"nodeId": 2, "where": yes}])),
        &["!edge-never-wins@1/3.next[1]"],
    );
    check(
        "edge-never-wins",
        &with(json!([{"nodeId": 4, "where": yes}, {"nodeId": 2, "where": yes, "priority": 1}])),
        &["!edge-never-wins@1/3.next[0]"],
    );
    check(
        "edge-never-wins",
        &with(json!([{"nodeId": 4, "priority": 1}, {"nodeId": 2, "where": yes}])),
        &["!edge-never-wins@1/3.next[1]"],
    );
    check("edge-never-wins", &with(json!([{"nodeId": 4}, {"nodeId": 2, "where": yes}])), &[]);
}

#[test]
fn unknown_params() {
    let set = |key: &str| {
        node(
            3,
            "params",
            &json!({"type": "set", "set": [{"key": key, "value": "1"}]}),
            &json!([{"nodeId": 4}]),
        )
    };
    let with = |said: &str, key: &str| {
        flows(
            &[
                text(2, said, 3),
                set(key),
                ask(4, &json!([{"nodeId": 2, "where": {"params.age": {"gt": 1}}}])),
            ],
            &[],
        )
    };
    check("unknown-param", &with("{{params.name}}", "age"), &["unknown-param@1/2.data.message.text"]);
    check("unknown-param", &with("{{JOSA(name, \"은\")}}", "age"), &["unknown-param@1/2.data.message.text"]);
    check("unknown-param", &with("안녕", "name"), &["unknown-param@1/4.next[0].where"]);
    // What is set, what the context has, what a block means by a name, and names that a template decides.
    check("unknown-param", &with("{{params.age}} {{message}} {{keyboard.value}} {{platform}}", "age"), &[]);
    check("unknown-param", &with("{{#each params.age}}{{name}} {{this}}{{/each}}", "age"), &[]);
    check("unknown-param", &with("{{params.name}}", "{{message}}"), &[]);
    let script = node(
        4,
        "sandbox",
        &json!({"script": "module.exports = () => ({ params: { name: 1 } })"}),
        &json!([{"nodeId": 2}]),
    );
    check("unknown-param", &flows(&[text(2, "{{params.name}}", 4), script], &[]), &[]);
}

#[test]
fn empty_answers() {
    // 3 says nothing: whoever says something hears the system message.
    let silent = flows(
        &[
            text(2, "안녕", 3),
            ask(3, &json!([{"nodeId": 4}])),
            node(4, "params", &json!({}), &json!([{"nodeId": 3}])),
        ],
        &[],
    );
    check("silent-answer", &silent, &["silent-answer@1/3."]);
    check("silent-answer", &flows(&[text(2, "안녕", 3), ask(3, &json!([{"nodeId": 2}]))], &[]), &[]);
    let replies = node(
        3,
        "keyboard",
        &json!({"type": "buttons", "buttons": [{"type": "postback", "label": "가"}]}),
        &json!([{"nodeId": 3}]),
    );
    check("silent-answer", &flows(&[text(2, "안녕", 3), replies], &[]), &[]);
    let empty = |message: &Value| {
        flows(
            &[
                node(2, "response", &json!({"message": message}), &json!([{"nodeId": 3}])),
                ask(3, &json!([{"nodeId": 2}])),
            ],
            &[],
        )
    };
    check(
        "empty-message",
        &empty(&json!({"type": "text", "text": " "})),
        &["!empty-message@1/2.data.message"],
    );
    check(
        "empty-message",
        &empty(&json!({"type": "cards", "cards": []})),
        &["!empty-message@1/2.data.message"],
    );
    check(
        "empty-message",
        &empty(&json!({"type": "text", "text": "", "buttons": [{"type": "postback", "label": "가"}]})),
        &[],
    );
    check(
        "unreadable-message",
        &empty(&json!({"type": "media", "media": {"contentType": "image", "uri": ""}})),
        &["!!unreadable-message@1/2.data.message"],
    );
    check("unreadable-message", &empty(&json!({})), &["!!unreadable-message@1/2.data.message"]);
    let place = json!({"type": "location", "location": {"latitude": "{{params.lat}}", "longitude": "{{params.lng}}"}});
    check("unreadable-message", &empty(&place), &[]);
    // What nobody can reach fails for nobody.
    let island = [json!({"id": 3, "nodes": [node(2, "response", &json!({}), &json!([]))]})];
    check(
        "unreadable-message",
        &flows(&[text(2, "안녕", 3), ask(3, &json!([{"nodeId": 2}]))], &island),
        &["!unreadable-message@3/2.data.message"],
    );
}

#[test]
fn fallback_loops() {
    let begin = [text(2, "안녕", 3), ask(3, &json!([{"nodeId": 2}]))];
    let fallback = |nodes: &[Value]| flows(&begin, &[json!({"id": 2, "nodes": nodes})]);
    check(
        "fallback-loop",
        &fallback(&[node(2, "response", &json!({"message": {"type": "text", "text": "네?"}}), &json!([]))]),
        &["!fallback-loop@2/."],
    );
    check(
        "fallback-loop",
        &fallback(&[text(2, "네?", 3), ask(3, &json!([{"nodeId": 2}]))]),
        &["!fallback-loop@2/."],
    );
    check("fallback-loop", &fallback(&[text(2, "네?", 3), node(3, "back", &json!({}), &json!([]))]), &[]);
    check(
        "fallback-loop",
        &fallback(&[text(2, "네?", 3), node(3, "flow", &json!({"flowId": 1}), &json!([]))]),
        &[],
    );
    let button = json!({"type": "buttons", "buttons": [{"type": "goto", "label": "처음", "flowId": 1}]});
    check("fallback-loop", &fallback(&[text(2, "네?", 3), node(3, "keyboard", &button, &json!([]))]), &[]);
    // Round and round through another flow, without waiting.
    let to = |flow: i64| node(3, "flow", &json!({"flowId": flow}), &json!([]));
    let round = flows(
        &begin,
        &[
            json!({"id": 2, "nodes": [text(2, "네?", 3), to(3)]}),
            json!({"id": 3, "nodes": [text(2, "아니요", 3), to(2)]}),
        ],
    );
    check("endless-circle", &round, &["!!endless-circle@2/1."]);
}

#[test]
fn more_bubbles_and_bytes_than_an_answer_takes() {
    let row = |count: i64, said: &str| {
        let mut nodes: Vec<Value> = (0..count).map(|at| text(at + 2, said, at + 3)).collect();
        nodes.push(ask(count + 2, &json!([{"nodeId": 2}])));
        flows(&nodes, &[])
    };
    check("over-bubbles", &row(3, "말"), &[]);
    check("over-bubbles", &row(4, "말"), &["over-bubbles@1/2."]);
    check("over-bytes", &row(3, &"말".repeat(50)), &[]);
    check("over-bytes", &row(3, &"말".repeat(150)), &["over-bytes@1/2."]);
    // An input between makes two answers of it.
    let two = flows(
        &[
            text(2, "하나", 3),
            text(3, "둘", 4),
            ask(4, &json!([{"nodeId": 5}])),
            text(5, "셋", 6),
            text(6, "넷", 4),
        ],
        &[],
    );
    check("over-bubbles", &two, &[]);
    // What is said before a link and behind it is one answer.
    let linked = flows(
        &[text(2, "하나", 3), text(3, "둘", 4), node(4, "flow", &json!({"flowId": 3}), &json!([]))],
        &[json!({"id": 3, "nodes": [text(2, "셋", 3), text(3, "넷", 4), ask(4, &json!([{"nodeId": 2}]))]})],
    );
    check("over-bubbles", &linked, &["over-bubbles@1/2."]);
}

#[test]
fn missing_texts() {
    let message = json!({"message": {"type": "cards", "cards": [
        {"title": "", "buttons": [{"type": "postback", "label": " "}]}, {"title": "가"}, {"media": {"contentType": "image", "uri": "https://a"}}]}});
    let cards = flows(
        &[node(2, "response", &message, &json!([{"nodeId": 3}])), ask(3, &json!([{"nodeId": 2}]))],
        &[],
    );
    check("missing-label", &cards, &["!missing-label@1/2.data.message.cards[0].buttons[0].label"]);
    check("empty-card", &cards, &["!empty-card@1/2.data.message.cards[0]"]);
    let strict = |messages: &Value| {
        let data = json!({"type": "number", "strict": true, "messages": messages});
        flows(&[text(2, "몇?", 3), node(3, "keyboard", &data, &json!([{"nodeId": 2}]))], &[])
    };
    check("missing-failure-text", &strict(&json!({})), &["!missing-failure-text@1/3.data.messages.failure"]);
    check("missing-failure-text", &strict(&json!({"failure": {"type": "text", "text": "숫자로"}})), &[]);
    let file = json!({"title": "시험", "flows": flows(&[text(2, "안녕", 3), ask(3, &json!([{"nodeId": 2}]))], &[]),
        "preference": {"entryFlowId": 1, "fallbackFlowId": 2, "systemMessage": {"empty": "", "error": "앗"}}});
    let file = BotFile::read(&file.to_string()).expect("is a bot").file;
    let said = check::check(&file, &LIMITS);
    let blank: Vec<_> = said
        .iter()
        .filter(|it| it.code == "missing-system-message")
        .map(|it| it.spot.field.as_deref())
        .collect();
    assert_eq!(blank, [Some("preference.systemMessage.empty")]);
}

#[test]
fn limits_of_cards_hang_on_their_company() {
    let card = |length: usize, picture: bool| {
        let mut card = json!({"title": "제목", "description": "가".repeat(length)});
        if picture {
            card["media"] = json!({"contentType": "image", "uri": "https://example.com/a.png"});
        }
        card
    };
    let with = |cards: &[Value]| {
        let message = json!({"message": {"type": "cards", "cards": cards}});
        flows(&[node(2, "response", &message, &json!([{"nodeId": 3}])), ask(3, &json!([{"nodeId": 2}]))], &[])
    };
    let at = |card: usize| format!("limit-card-body@1/2.data.message.cards[{card}].description");
    let limit = |cards: &[Value], over: &[usize]| {
        let expected: Vec<String> = over.iter().map(|card| at(*card)).collect();
        check("limit-card-body", &with(cards), &expected.iter().map(String::as_str).collect::<Vec<_>>());
    };
    // A lone card: 76 beside a picture here, and without one what a text with buttons has, title included.
    limit(&[card(76, true)], &[]);
    limit(&[card(77, true)], &[0]);
    limit(&[card(398, false)], &[]);
    limit(&[card(399, false)], &[0]);
    // Among others: 76 with a picture, 128 without.
    limit(&[card(77, true), card(128, false)], &[0]);
    limit(&[card(76, true), card(129, false)], &[1]);
}
